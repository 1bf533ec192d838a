"""The strip that asks for something below a list, never over it, and the field for a reason, which may not be empty."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.labels import mark
from p2kp_desktop.ui.kit.letters import QuietFrame
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12, SPACE_16

AROUND = (SPACE_16, SPACE_8, SPACE_12, SPACE_8)


class AskStrip(QuietFrame):
    """Enter gives what is asked for, Esc leaves everything as it is; hidden until something is asked."""

    left = Signal()

    def __init__(self, status: str = "") -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.setProperty("status", status)
        self.no = Button(say("Batal"), keys=("Esc",))
        self.no.clicked.connect(self.leave)
        self.hide()

    def leave(self) -> None:
        """Say that nothing shall happen."""
        self.left.emit()

    def give(self) -> None:
        """Give what was asked for."""
        raise NotImplementedError

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in ENTER and not self.no.hasFocus():
            self.give()
        else:
            super().keyPressEvent(event)


class ReasonField(QLineEdit):
    """Asks why; says so itself where it is empty."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(say("Alasan"))
        self._example = ""
        self.textEdited.connect(lambda _text: self._hint())

    def ask(self, example: str) -> None:
        """Be empty, with an example of a reason."""
        self.clear()
        self._example = example
        self._hint()

    def _hint(self) -> None:
        self.setPlaceholderText(say("Alasan, misalnya {example}", example=self._example))
        mark(self, "status", "")

    def given(self) -> str:
        """Return the reason; without one the field says that it must be there, and has the focus."""
        reason = self.text().strip()
        if not reason:
            mark(self, "status", "err")
            self.setPlaceholderText(say("Alasan wajib diisi"))
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        return reason
