"""Counts the keys that a record costs; who keyed it stands in figures that never leave this laptop."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from p2kp_desktop.ui.form.focused import FocusedQuestion
from p2kp_desktop.ui.form.hands import Hands

_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
_TAKEN_BACK = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class Tally(QObject):
    """Watches the open question and its field."""

    def __init__(self, box: FocusedQuestion, hands: Hands, parent: QObject) -> None:
        super().__init__(parent)
        self._hands = hands
        hands.undone.connect(lambda: hands.strike(corrects=True))
        for watched in (box, box.field):
            watched.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() not in _HELD:
            self._hands.strike(corrects=Qt.Key(event.key()) in _TAKEN_BACK)
        return False
