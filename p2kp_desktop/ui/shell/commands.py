"""Every action of the window by name and key: the map from which menu and shortcuts are made."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from p2kp_desktop.language import say


@dataclass(frozen=True)
class Command:
    """An action: its words, its key, what it does; `checked` marks the one of several that is in force."""

    words: str
    keys: str
    act: Callable[[], object]
    checked: bool | None = None


def bind(owner: QWidget, commands: Iterable[Command]) -> list[QAction]:
    """Make the commands work in the whole window of `owner`; return their actions for the menu."""
    actions = [_action(owner, command) for command in commands]
    owner.addActions(actions)
    return actions


def _action(owner: QWidget, command: Command) -> QAction:
    action = QAction(command.words.replace("&", "&&"), owner)
    action.setShortcut(QKeySequence(command.keys))
    action.setShortcutVisibleInContextMenu(True)
    if command.checked is not None:
        action.setCheckable(True)
        action.setChecked(command.checked)
    action.triggered.connect(lambda _checked=False: command.act())
    return action


def menu(owner: QWidget, groups: Sequence[tuple[str, Sequence[QAction]]]) -> QMenu:
    """Return a menu with a part for each group; a group without actions is left out."""
    made = QMenu(owner)
    for title, actions in groups:
        if not actions:
            continue
        part = made.addMenu(title.replace("&", "&&"))
        part.addActions(list(actions))
    made.setAccessibleName(say("Menu"))
    return made
