"""The menu of the window (F10): every action by name, with its key."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QWidget

from p2kp_desktop import environment
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.focus import ring_outside
from p2kp_desktop.ui.place import Destination

from .board import CLOSING
from .commands import Command, bind, menu, way
from .help import HelpCard
from .places import BY_KEY, FORM, IMPORTING, IN_RAIL, SETTINGS, TABLES, UPKEEP
from .shift import Shift
from .undoing import Undoing

if TYPE_CHECKING:
    from p2kp_desktop.ui.window import Window


class Menus(QObject):
    """Makes the window's actions, and the menu of them and of those of the place in use."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window, board = window, window.board
        self._help_card = HelpCard(board)
        self._shift = Shift(window)
        self._go = bind(board, self._ways())
        self.undoing = Undoing(window)
        self._tools = [*self.undoing.actions, *bind(board, self._uses())]
        self._help = bind(board, self._advice())
        self._keys = {action: action.shortcuts() for action in self.everywhere()}
        ring_outside(board.top.menu)
        board.top.menu.clicked.connect(self.open)
        board.resized.connect(self._help_card.fit)

    def _ways(self) -> list[Command]:
        window = self._window
        to_places = [
            way(spot.name(), "Ctrl+," if spot.key == SETTINGS else f"Ctrl+{number}",
                    partial(window.go_to, spot.key))
            for number, spot in enumerate(IN_RAIL, start=1)
        ]
        return [
            *to_places,
            way(say("Cari"), "Ctrl+K", window.search.begin),
            way(say("Pilih wilayah atau RT"), "Ctrl+L", window.choose_scope),
            way(say("Pilih periode"), "Ctrl+Shift+L", window.choose_period),
            way(say("Kembali ke tempat sebelumnya"), "Alt+Left", window.go_back),
        ]

    def _uses(self) -> list[Command]:
        window = self._window
        return [
            way(say("Semua data"), "Ctrl+Shift+D", partial(window.go, Destination(TABLES))),
            way(say("Tempat sampah"), "Ctrl+Shift+T", partial(window.go, Destination(TABLES, tab="trash"))),
            way(say("Dari Excel…"), "Ctrl+I", partial(window.go, Destination(IMPORTING))),
            way(say("Tempel blok dari Excel"), "Ctrl+Shift+V",
                    partial(window.go, Destination(IMPORTING, tab="paste"))),
            way(say("Kirim salinan"), "Ctrl+Shift+K", window.send_copy),
            way(say("Cadangan dan pemulihan"), "Ctrl+Shift+B", window.open_backups),
            way(say("Perawatan data"), "Ctrl+Shift+P", partial(window.go, Destination(UPKEEP))),
            way(say("Ganti petugas"), "F12", self._shift.begin),
            way(say("Buka ruang kerja lain"), "Ctrl+O", window.open_other),
            way(say("Ruang kerja baru atau desa latihan"), "Ctrl+Shift+N", window.wants_first_start.emit),
            way(say("Tutup pesan"), "+".join(CLOSING), window.board.close_messages),
            Command(say("Tutup program"), "Ctrl+Q", window.quits.emit),
        ]

    def _advice(self) -> list[Command]:
        return [
            way(say("Petunjuk tempat ini"), "F1", self.explain),
            way(say("Tampilkan atau sembunyikan baris tombol"), "Ctrl+F1", lambda: self._window.keys.turn()),
            way(say("Tentang {program}", program=environment.PROGRAM), "", self._window.open_settings),
            way(say("Menu"), "F10", self.open),
        ]

    def places(self) -> list[tuple[QAction, str]]:
        """Return the ways to the places of the rail, each with the icon of its place."""
        return [(action, spot.icon) for action, spot in zip(self._go, IN_RAIL, strict=False)]

    def of_place(self) -> list[QAction]:
        """Return the actions that the place in use, and what it shows now, brought along."""
        place = self._window.place
        found = place.findChildren(QAction) if place is not None else []
        return [action for action in found if action.text() and not action.isSeparator() and _in_sight(action)]

    def everywhere(self) -> list[QAction]:
        """Return the actions that every place has."""
        return [*self._go, *self._tools, *self._help]

    def open(self) -> None:
        """Open the menu below its button."""
        button = self._window.board.top.menu
        name = BY_KEY[self._window.here.place].name()
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
        place = self._window.place
        if place is None:
            return set()
        keys = [key for action in place.findChildren(QAction) for key in action.shortcuts()]
        keys += [key for shortcut in place.findChildren(QShortcut) for key in shortcut.keys()]  # noqa: SIM118  no dict
        return {key.toString() for key in keys} - {"F1"}

    def explain(self) -> None:
        """Explain the place in use and its keys."""
        spot = BY_KEY[self._window.here.place]
        self._help_card.explain(spot.name(), spot.help(), [*self.of_place(), *self._go, *self._tools, *self._help])


def _in_sight(action: QAction) -> bool:
    """Say whether what the action belongs to is shown now, so that its key works."""
    owner = action.parent()
    return isinstance(owner, QWidget) and owner.isVisible()
