"""The strip that asks why a record goes into the trash; what was typed is there again where that fails."""

from PySide6.QtCore import Qt, Signal
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.layouts import across
from p2kp_desktop.ui.look.measures import SPACE_12

from .strip import AROUND, AskStrip, ReasonField


class Removal(AskStrip):
    """Asks for a reason; Enter gives the record up, Esc leaves it where it is."""

    given = Signal(str)

    def __init__(self) -> None:
        super().__init__("unusual")
        self._what, self.reason = Label("", wraps=True), ReasonField()
        self._yes = Button(say("Ke tempat sampah"), Kind.DANGER, keys=("Enter",))
        self._needs_reason = True
        across((self._what, 1), (self.reason, 1), self._yes, self.no, into=self, gap=SPACE_12, margins=AROUND)
        self._yes.clicked.connect(self.give)

    def ask(self, what: str, *, needs_reason: bool) -> None:
        """Ask about a record; a draft that was never saved needs no reason."""
        self._needs_reason = needs_reason
        self._what.say(what)
        self.reason.ask(say("terdata dua kali"))
        self.reason.setVisible(needs_reason)
        self._yes.say(say("Ke tempat sampah") if needs_reason else say("Buang draf"))
        self.ask_again()

    def ask_again(self) -> None:
        """Be there with what was typed, as after a removal that failed."""
        self.show()
        (self.reason if self._needs_reason else self._yes).setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def give(self) -> None:
        reason = self.reason.given() if self._needs_reason else ""
        if reason or not self._needs_reason:
            self.given.emit(reason)
