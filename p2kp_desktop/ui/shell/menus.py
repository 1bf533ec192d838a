"""The menu of the window (F10): every action by name, with its key."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QWidget

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.focus import ring_outside
from p2kp_desktop.ui.kit.table import Table

from .commands import Command, bind, menu, way
from .help import HelpCard
from .places import BY_KEY, FORM, IN_RAIL
from .seat import Seat
from .undoing import Undoing


@dataclass(frozen=True)
class Commands:
    """What the window can do everywhere: go somewhere, the places of the rail first and in their order; acts; help."""

    ways: tuple[Command, ...]
    acts: tuple[Command, ...]
    help: tuple[Command, ...]


class Menus(QObject):
    """Makes the window's actions, and the menu of them and of those of the place in use."""

    def __init__(self, seat: Seat, commands: Commands) -> None:
        super().__init__(seat)
        self._seat, board = seat, seat.board
        self._help_card = HelpCard(board)
        rights = seat.desk.rights
        self._go = bind(board, commands.ways, rights)
        self.undoing = Undoing(seat)
        self._acting = bind(board, commands.acts, rights)
        self._tools = [*self.undoing.actions, *self._acting]
        self._help = bind(board, (
            way(say("Petunjuk tempat ini"), "F1", self.explain), *commands.help, way(say("Menu"), "F10", self.open),
        ), rights)
        self._keys = {action: action.shortcuts() for action in self.everywhere()}
        ring_outside(board.top.menu)
        board.top.menu.clicked.connect(self.open)
        board.resized.connect(self._help_card.fit)

    def places(self) -> list[tuple[QAction, str]]:
        """Return the ways to the places of the rail, each with the icon of its place."""
        return [(action, spot.icon) for action, spot in zip(self._go, IN_RAIL, strict=False)]

    def of_place(self) -> list[QAction]:
        """Return the actions that the place in use, and what it shows now, brought along.

        Of several lists in sight those of the one that has, or last had, the focus.
        """
        place = self._seat.place
        if place is None:
            return []
        found = [action for action in place.findChildren(QAction)
                 if action.text() and not action.isSeparator() and _in_sight(action)]
        lists = [owner for action in found if isinstance(owner := action.parent(), Table)]
        used = place.focusWidget() if place.focusWidget() in lists else next(iter(lists), None)
        return [action for action in found if not isinstance(action.parent(), Table) or action.parent() is used]

    def everywhere(self) -> list[QAction]:
        """Return the actions that every place has."""
        return [*self._go, *self._tools, *self._help]

    def open(self) -> None:
        """Open the menu below its button."""
        button = self._seat.board.top.menu
        name = BY_KEY[self._seat.here.place].name()
        made = menu(button, [
            (say("Pergi ke"), self._go), (say("Di {place}", place=name), self.of_place()),
            (say("Berkas"), self._tools), (say("Bantuan"), self._help),
        ])
        made.aboutToHide.connect(made.deleteLater)
        corner = button.mapToGlobal(QPoint(button.width() - made.sizeHint().width(), button.height() + 4))
        made.popup(corner)
        made.setActiveAction(made.actions()[0])  # so that Enter and → go on from there

    def follow_place(self, key: str) -> None:
        """Close the help of the place before; leave F1 to the form, and every key to a place that uses it itself."""
        self._help_card.hide()
        self._help[0].setEnabled(key != FORM)
        taken = self._taken()
        for action, keys in self._keys.items():
            action.setShortcuts([key for key in keys if key.toString() not in taken])

    def _taken(self) -> set[str]:
        """Return the keys of the place in use: Qt gives a key that two actions have to neither."""
        place = self._seat.place
        if place is None:
            return set()
        keys = [key for action in place.findChildren(QAction) for key in action.shortcuts()]
        keys += [key for shortcut in place.findChildren(QShortcut) for key in shortcut.keys()]  # noqa: SIM118  no dict
        return {key.toString() for key in keys} - {"F1"}

    def explain(self) -> None:
        """Explain the place in use and its keys."""
        spot = BY_KEY[self._seat.here.place]
        self._help_card.explain(spot.name(), spot.help(), [*self.of_place(), *self._go, *self._tools, *self._help])


def _in_sight(action: QAction) -> bool:
    """Say whether what the action belongs to is shown now, so that its key works."""
    owner = action.parent()
    return isinstance(owner, QWidget) and owner.isVisible()
