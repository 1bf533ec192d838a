"""What every painted button has in common: Space and Enter press it, arrow keys go to the widget around it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


def is_plain_enter(event: QKeyEvent) -> bool:
    """Say whether this is Enter alone: with Ctrl, Shift or Alt it belongs to what lies around a button."""
    return event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


class Pressable(QAbstractButton):
    """A button that paints itself; the mouse over it repaints it, the accessible name is its sentence."""

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(sentence)

    @property
    def lit(self) -> bool:
        """Whether the mouse is over it and a click would do something."""
        return self.isEnabled() and self.underMouse()

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_plain_enter(event):
            self.click()
        elif event.key() in (*ENTER, *ARROWS):
            event.ignore()
        else:
            super().keyPressEvent(event)


def reach_with_tab(items: list[Pressable], entry: Pressable | None, *, clicks: bool = True) -> None:
    """Let Tab enter a group at one item only; the arrow keys move inside it.

    Without `clicks` the mouse presses an item and leaves the focus where it is.
    """
    click = Qt.FocusPolicy.ClickFocus if clicks else Qt.FocusPolicy.NoFocus
    for item in items:
        item.setFocusPolicy(Qt.FocusPolicy.TabFocus | click if item is (entry or items[0]) else click)


def step_to(items: list[Pressable], wanted: int, *, clicks: bool = True) -> None:
    """Move the focus to this item of a group, if there is one."""
    if 0 <= wanted < len(items):
        reach_with_tab(items, items[wanted], clicks=clicks)
        items[wanted].setFocus(Qt.FocusReason.TabFocusReason)
