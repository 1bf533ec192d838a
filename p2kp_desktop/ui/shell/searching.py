"""Ctrl+K: finds pages, kelurahan and RTs of the workspace as one types."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from p2kp_desktop.actions import overseeing
from p2kp_desktop.schema.places import lies_in, region_name, regions
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.place import COLLECTING, HOME, Destination, Scope

from . import trail
from .finder import Driver, ListCard, matching
from .found_list import Entry
from .places import IN_RAIL

if TYPE_CHECKING:
    from p2kp_desktop.ui.window import Window

MOST = 30


class Search(QObject):
    """What the search field of the top row finds; the answer comes from off the GUI thread."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._field = window.board.top.search
        self.card = ListCard(window.board)
        self.card.chosen.connect(self._go)
        self._driver = Driver(self._field, self.card.found)
        self._field.textEdited.connect(self._ask)
        self._field.installEventFilter(self)

    def begin(self) -> None:
        """Put the focus into the field."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def end(self) -> None:
        """Forget what was sought."""
        self._field.clear()
        self.card.hide()

    def _ask(self, typed: str) -> None:
        if not typed.strip() or self._window.about is None:
            self.card.hide()
            return
        codes, scope = self._window.about.regions, self._window.scope
        self._window.desk.ask(
            self, lambda workspace: found(workspace, typed, codes, scope), lambda entries: self._show(typed, entries)
        )

    def _show(self, typed: str, entries: list[Entry]) -> None:
        if typed != self._field.text() or not self._field.hasFocus():
            return
        self.card.list_entries(entries)
        wide = max(self._field.width(), 420)
        corner = QPoint(self._field.width() - wide, self._field.height() + 4)
        self.card.open_below(self._field.mapToGlobal(corner), wide)

    def _go(self, destination: object) -> None:
        self._field.clear()
        if isinstance(destination, Destination):
            self._window.go(destination)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        escapes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escapes or event.type() == QEvent.Type.FocusOut:
            self.card.hide()
        return False


def found(workspace: Workspace, typed: str, codes: tuple[str, ...], scope: Scope) -> list[Entry]:
    """Return the pages, RTs and regions that match, in this order."""
    pages = [Entry(spot.name(), "", Destination(spot.key), spot.icon) for spot in IN_RAIL]
    rts = [
        Entry(trail.rt_name(one.rt), region_name(one.area),
              Destination(COLLECTING, Scope(one.area, one.rt, scope.period)), "map-pin")
        for one in overseeing.find_rts(workspace, typed, codes)
    ]
    areas = [
        Entry(place.name, trail.place_of(place.code), Destination(HOME, Scope(code, None, scope.period)), "map-pin")
        for code, place in regions().items() if any(lies_in(code, mine) for mine in codes)
    ]
    return [*matching(pages, typed), *rts, *matching(areas, typed)][:MOST]
