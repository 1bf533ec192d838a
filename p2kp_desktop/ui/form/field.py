"""The field where an answer is typed: Enter and Tab leave it, the record's own undo replaces Qt's."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from p2kp_desktop.ui.form.steps import side_of, step_of


class AnswerField(QLineEdit):
    """One line that says by how many questions its writer wants to move on, and when to undo or redo."""

    stepped = Signal(int)
    undo_wanted = Signal()
    redo_wanted = Signal()
    sided = Signal(int)  # the number of an answer in conflict
    rings = Signal(int)  # ↓ or ↑ where a list below the field takes them

    def __init__(self) -> None:
        super().__init__()
        self.has_list = False
        self.setProperty("fit", "row")

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Take Tab as the way to the next question; Qt calls this for a widget that was hidden, too."""
        if self.isVisible():
            self.stepped.emit(1 if forward else -1)
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = step_of(event, arrows=not self.has_list)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if step:
            self.stepped.emit(step)
        elif side_of(event):
            self.sided.emit(side_of(event))
        elif self.has_list and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.rings.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.matches(QKeySequence.StandardKey.Redo) or (control and shift and event.key() == Qt.Key.Key_Z):
            self.redo_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        else:
            super().keyPressEvent(event)
