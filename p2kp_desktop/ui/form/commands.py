"""What can be done in the form, each with its words and its keys: for the keyboard and for the menu."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Command:
    """One thing to do; further keys after the first do the same."""

    words: str
    keys: tuple[str, ...]
    act: Callable[[], object]


def offer(widget: QWidget, commands: list[Command]) -> None:
    """Give a widget these actions: their keys work while the focus is in it; the window's menu shows them."""
    for command in commands:
        action = QAction(command.words, widget)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setAutoRepeat(command.keys[:1] in (("F8",), ("Ctrl+Z",)))
        action.triggered.connect(lambda _checked=False, act=command.act: act())
        widget.addAction(action)
