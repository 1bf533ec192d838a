"""The strip that asks for a reason before something is decided; it stands below the list, never over it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import Label, mark
from p2kp_desktop.ui.kit.letters import QuietFrame
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12, SPACE_16


class Reason(QuietFrame):
    """Asks why; Enter decides, Esc leaves everything as it was."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.setProperty("status", "unusual")
        self._what = Label("", wraps=True)
        self.field = QLineEdit()
        self.field.setAccessibleName(say("Alasan"))
        self.yes = Button(say("Simpan"), Kind.PRIMARY, keys=("Enter",))
        self.away = Button(say("Ke tempat sampah"), Kind.DANGER, keys=("Enter",))
        self.no = Button(say("Batal"), keys=("Esc",))
        self._then: Callable[[str], object] = lambda _reason: None
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_16, SPACE_8, SPACE_12, SPACE_8)
        column.setSpacing(SPACE_8)
        column.addWidget(self._what)
        row = QHBoxLayout()
        row.setSpacing(SPACE_12)
        row.addWidget(self.field, 1)
        for button in (self.yes, self.away, self.no):
            row.addWidget(button)
        column.addLayout(row)
        self.yes.clicked.connect(self._give)
        self.away.clicked.connect(self._give)
        self.no.clicked.connect(self.leave)
        self.field.textEdited.connect(lambda _text: mark(self.field, "status", ""))
        self.hide()

    def ask(self, what: str, example: str, then: Callable[[str], object], *, discards: bool = False) -> None:
        """Ask for the reason of one decision, then call `then` with it; `discards` says that a record goes by it."""
        self.yes.setVisible(not discards)
        self.away.setVisible(discards)
        self._then = then
        self._what.say(what)
        self.field.clear()
        self.field.setPlaceholderText(say("Alasan, misalnya {example}", example=example))
        mark(self.field, "status", "")
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Take the question away; nothing has happened."""
        self.hide()
        self.left.emit()

    def _give(self) -> None:
        reason = self.field.text().strip()
        if not reason:
            mark(self.field, "status", "err")
            self.field.setPlaceholderText(say("Alasan wajib diisi"))
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.hide()
        self._then(reason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in ENTER and not self.no.hasFocus():
            self._give()
        else:
            super().keyPressEvent(event)
