"""Which keys move through the questions."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

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
