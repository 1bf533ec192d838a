"""The strip that asks why a record goes into the trash; it stands under the list, never over it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import Label, mark
from p2kp_desktop.ui.kit.letters import QuietFrame
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12, SPACE_16


class Removal(QuietFrame):
    """Asks for a reason; Enter gives the record up, Esc leaves it where it is."""

    given = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.setProperty("status", "unusual")
        self._what = Label("", wraps=True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(say("Alasan"))
        self._yes = Button(say("Ke tempat sampah"), Kind.DANGER, keys=("Enter",))
        self._no = Button(say("Batal"), keys=("Esc",))
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_16, SPACE_8, SPACE_12, SPACE_8)
        row.setSpacing(SPACE_12)
        row.addWidget(self._what, 1)
        row.addWidget(self.reason, 1)
        row.addWidget(self._yes)
        row.addWidget(self._no)
        self._yes.clicked.connect(self._give)
        self._no.clicked.connect(self.left)
        self.reason.textEdited.connect(lambda _text: mark(self.reason, "status", ""))
        self._needs_reason = True
        self.hide()

    def ask(self, what: str, *, needs_reason: bool) -> None:
        """Ask about a record; a draft that was never saved needs no reason."""
        self._needs_reason = needs_reason
        self._what.say(what)
        self.reason.clear()
        self.reason.setPlaceholderText(say("Alasan, misalnya terdata dua kali"))
        mark(self.reason, "status", "")
        self.reason.setVisible(needs_reason)
        self._yes.say(say("Ke tempat sampah") if needs_reason else say("Buang draf"))
        self.show()
        (self.reason if needs_reason else self._yes).setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        reason = self.reason.text().strip()
        if self._needs_reason and not reason:
            mark(self.reason, "status", "err")
            self.reason.setPlaceholderText(say("Alasan wajib diisi"))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.given.emit(reason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in ENTER and not self._no.hasFocus():
            self._give()
        else:
            super().keyPressEvent(event)
