"""The strip that asks once more before a backup takes the place of the workspace."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12, SPACE_16


class Confirming(QFrame):
    """Says what will happen; the focus is on the way back, so that a second Enter does nothing."""

    confirmed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.setProperty("status", "unusual")
        self._what = Label("", wraps=True)
        self.no = Button(say("Batal"), keys=("Esc",))
        self.yes = Button(say("Ya, pulihkan"), Kind.PRIMARY)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_16, SPACE_8, SPACE_12, SPACE_8)
        row.setSpacing(SPACE_12)
        row.addWidget(self._what, 1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self.no.clicked.connect(self.left)
        self.yes.clicked.connect(self.confirmed)
        self.hide()

    def ask(self, what: str) -> None:
        """Ask about a backup."""
        self._what.say(what)
        self.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
