"""Every action of the window by name and key: the map from which menu and shortcuts are made."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from p2kp_desktop.language import say
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.kit.commands import mark_leading
from p2kp_desktop.ui.kit.rights import Rights


@dataclass(frozen=True)
class Command:
    """An action: its words, its key, what it does; `checked` marks the one of several that is in force.

    What only `leads` somewhere changes no data, and Ctrl+K may do it as soon as its word is typed.
    """

    words: str
    keys: str
    act: Callable[[], object]
    checked: bool | None = None
    leads: bool = False
    deed: Deed | None = None  # what not everybody may do; whoever may not finds it grey, with the reason


def way(words: str, keys: str, act: Callable[[], object], deed: Deed | None = None) -> Command:
    """Return a command that only leads somewhere, where not everybody may do something, perhaps."""
    return Command(words, keys, act, leads=True, deed=deed)


def bind(owner: QWidget, commands: Iterable[Command], rights: Rights) -> list[QAction]:
    """Make the commands work in the whole window of `owner` for those who may; return their actions for the menu."""
    actions = []
    for command in commands:
        action = _action(owner, command)
        rights.guard(command.deed, action)
        actions.append(action)
    owner.addActions(actions)
    return actions


def _action(owner: QWidget, command: Command) -> QAction:
    action = QAction(command.words.replace("&", "&&"), owner)
    action.setShortcut(QKeySequence(command.keys))
    action.setShortcutVisibleInContextMenu(True)
    if command.checked is not None:
        action.setCheckable(True)
        action.setChecked(command.checked)
    mark_leading(action, leads=command.leads)
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
