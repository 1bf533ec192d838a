"""What a page can do, by its words and keys: menu, F1, Ctrl+K and the line of keys all read it from its actions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

_SHOWN = {"Return": "Enter", "PgDown": "PgDn"}


@dataclass(frozen=True)
class Command:
    """One thing to do; further keys after the first do the same. `brief` is its word in the line of keys.

    What is `rare` comes last there, and gives way first.
    """

    words: str
    keys: tuple[str, ...]
    act: Callable[[], object]
    brief: str = ""
    rare: bool = False


def offer(page: QWidget, commands: Iterable[Command]) -> list[QAction]:
    """Give a page these actions: their keys work while the focus is in it."""
    return [_offer(page, command) for command in commands]


def _offer(page: QWidget, command: Command) -> QAction:
    action = QAction(command.words, page)
    action.setShortcuts([QKeySequence(key) for key in command.keys])
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.setShortcutVisibleInContextMenu(True)
    if command.brief:
        action.setIconText(command.brief)
    if command.rare:
        action.setPriority(QAction.Priority.LowPriority)
    action.triggered.connect(lambda _checked=False: command.act())
    page.addAction(action)
    return action


def hints(keys: QKeySequence) -> tuple[str, ...]:
    """Return the keys as they are printed on a keyboard, one by one."""
    return tuple(_SHOWN.get(key, key) for key in keys.toString().split("+"))
