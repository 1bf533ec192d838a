"""What a page can do, by its words and keys: menu, F1, Ctrl+K and the line of keys all read it from its actions.

A key is written once, in the actions of a page (`ui/kit/commands.py`): menu, F1, Ctrl+K and the line of keys at the
foot of every place read them from there, and the line names those that work where the focus is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from p2kp_desktop.language import say
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.kit.rights import Rights

_SHOWN = {"Return": "Enter", "PgDown": "PgDn"}
_LEADS = "leads"


@dataclass(frozen=True)
class Command:
    """One thing to do; further keys after the first do the same. `brief` is its word in the line of keys.

    What is `rare` comes last there, and gives way first. What only `leads` somewhere changes no data, so that
    Ctrl+K may do it as soon as its word is typed; everything else has to be chosen there. A `deed` is what not
    everybody may do: whoever may not finds it grey, with the reason.
    """

    words: str
    keys: tuple[str, ...]
    act: Callable[[], object]
    brief: str = ""
    rare: bool = False
    leads: bool = False
    deed: Deed | None = None


def offer(page: QWidget, commands: Iterable[Command], rights: Rights | None = None) -> list[QAction]:
    """Give a page these actions: their keys work while the focus is in it, and for those who may by these rights."""
    offered = []
    for command in commands:
        action = _offer(page, command)
        if rights is not None:
            rights.guard(command.deed, action)
        offered.append(action)
    return offered


def _offer(page: QWidget, command: Command) -> QAction:
    action = QAction(command.words, page)
    action.setShortcuts([QKeySequence(key) for key in command.keys])
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.setShortcutVisibleInContextMenu(True)
    if command.brief:
        action.setIconText(command.brief)
    if command.rare:
        action.setPriority(QAction.Priority.LowPriority)
    mark_leading(action, leads=command.leads)
    action.triggered.connect(lambda _checked=False: command.act())
    page.addAction(action)
    return action


def mark_leading(action: QAction, *, leads: bool = True) -> None:
    """Note of an action that it only leads somewhere, or shows something, and changes no data."""
    action.setProperty(_LEADS, leads)


def leads(action: QAction) -> bool:
    """Say whether an action is known to change no data."""
    return bool(action.property(_LEADS))


def hints(keys: QKeySequence) -> tuple[str, ...]:
    """Return the keys as they are printed on a keyboard, one by one."""
    shown = {**_SHOWN, "Space": say("Spasi")}
    return tuple(shown.get(key, key) for key in keys.toString().split("+"))
