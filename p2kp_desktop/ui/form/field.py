"""The field where an answer is typed, and the keys that leave it; the record's own undo replaces Qt's."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

_FORTH = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_SHIFT, _KEYPAD = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier
_ARROWS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


def step_of(event: QKeyEvent, *, arrows: bool = True) -> int:
    """Return 1 for a key that goes to the next question, -1 for one that goes back, 0 for any other."""
    modifiers = event.modifiers() & ~_KEYPAD
    key = Qt.Key(event.key())
    if key in _FORTH and modifiers in (Qt.KeyboardModifier.NoModifier, _SHIFT):
        return -1 if modifiers == _SHIFT or key == Qt.Key.Key_Backtab else 1
    if modifiers != Qt.KeyboardModifier.NoModifier:
        return 0
    return _PAGES.get(key, 0) or (_ARROWS.get(key, 0) if arrows else 0)


def side_of(event: QKeyEvent) -> int:
    """Return 1 to 9 for Alt and a digit, which chooses among answers in conflict, 0 for any other key."""
    place = event.key() - Qt.Key.Key_0
    return place if event.modifiers() & ~_KEYPAD == Qt.KeyboardModifier.AltModifier and 1 <= place <= 9 else 0


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
