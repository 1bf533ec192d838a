"""The strip that asks for a reason before something is decided; what was typed is there again where that fails."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.lists.strip import AROUND, AskStrip, ReasonField
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12


class Reason(AskStrip):
    """Asks why; Enter decides, Esc leaves everything as it was."""

    def __init__(self) -> None:
        super().__init__("unusual")
        self._what, self.field = Label("", wraps=True), ReasonField()
        self.yes = Button(say("Simpan"), Kind.PRIMARY, keys=("Enter",))
        self.away = Button(say("Ke tempat sampah"), Kind.DANGER, keys=("Enter",))
        self._then: Callable[[str], object] = lambda _reason: None
        row = across((self.field, 1), self.yes, self.away, self.no, gap=SPACE_12)
        down(self._what, row, into=self, gap=SPACE_8, margins=AROUND)
        self.yes.clicked.connect(self.give)
        self.away.clicked.connect(self.give)

    def ask(self, what: str, example: str, then: Callable[[str], object], *, discards: bool = False) -> None:
        """Ask for the reason of one decision, then call `then` with it; `discards` says that a record goes by it."""
        self.yes.setVisible(not discards)
        self.away.setVisible(discards)
        self._then = then
        self._what.say(what)
        self.field.ask(example)
        self.ask_again()

    def ask_again(self) -> None:
        """Be there with what was typed, as after a decision that failed."""
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def leave(self) -> None:
        """Take the question away; nothing has happened."""
        self.hide()
        super().leave()

    @override
    def give(self) -> None:
        reason = self.field.given()
        if reason:
            self.hide()
            self._then(reason)
