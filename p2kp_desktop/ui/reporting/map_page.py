"""Peta: the places of an area coloured by one figure, the figures beside it; Enter goes into a place, Esc back out."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget
from typing_extensions import override

from p2kp_desktop.actions.home import map_figures
from p2kp_desktop.language import say
from p2kp_desktop.reports import area_map
from p2kp_desktop.reports.area_map import MapLine
from p2kp_desktop.rules.map_measures import MapMeasure, measures
from p2kp_desktop.schema.area_map import AreaMap, MapPlace, Spot
from p2kp_desktop.schema.places import lies_in
from p2kp_desktop.schema.table import Subject
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.finder import Finder, Offer
from p2kp_desktop.ui.kit.focus import holds_focus
from p2kp_desktop.ui.kit.found_list import Entry
from p2kp_desktop.ui.kit.labels import NOTE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.kit.map_legend import MapLegend
from p2kp_desktop.ui.kit.map_view import MapView
from p2kp_desktop.ui.lists.page import Page
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_8
from p2kp_desktop.ui.place import COLLECTING, REPORTING, Destination, Scope, why

from .boundaries_pane import BoundariesPane

_MAP, _LIST = 5, 3  # shares of the width


@dataclass(frozen=True)
class _Found:
    shown: AreaMap
    lines: list[MapLine]
    measure: MapMeasure
    known: tuple[MapMeasure, ...]


def _found(workspace: Workspace, scope: Scope, indicator: str, unit: str, size: tuple[float, float]) -> _Found:
    known = measures(map_figures.rules_of(workspace, scope.period))
    figures = area_map.figures(workspace, scope, indicator, unit=unit, size=size)
    return _Found(area_map.put(scope, figures), area_map.lines_of(figures), figures.measure, tuple(known.values()))


class MapPage(Page):
    """The map and the list of its figures go together: what is current in one is so in the other."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.indicator, self.unit = area_map.USUAL, ""
        self.found: _Found | None = None
        self._asked = 0
        self._above: list[Scope] = []  # the areas through which Enter led here
        self.intro, self.notes = Label(say("Sedang dihitung."), SECONDARY, wraps=True), Label("", NOTE, wraps=True)
        self.choose = Button(say("Indikator"), icon="layers", keys=("I",))
        self.divide = Button(say("Satuan"), keys=("U",))
        self.import_button = Button(say("Batas wilayah"), icon="map-pin", keys=("B",))
        self.map, self.legend = MapView(), MapLegend()
        self.map.setAccessibleName(say("Peta"))
        self.list: TableList[MapLine] | None = None
        self.boundaries = BoundariesPane(desk)
        self.finder = Finder(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("frame", "card")
        down((self.map, 1), into=card, margins=(3, 3))
        self._left = QWidget()
        down((card, 1), self.legend, into=self._left, gap=SPACE_8)
        self._sides = across((self._left, _MAP), gap=CARD_GAP)
        whole = QWidget()
        head = across((self.intro, 1), self.choose, self.divide, self.import_button, gap=SPACE_8)
        down(head, (self._sides, 1), self.notes, self.told, into=whole, gap=SPACE_8)
        self.stack = QStackedWidget()
        self.stack.addWidget(whole)
        self.stack.addWidget(self.boundaries)
        self.column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.choose.clicked.connect(self.choose_indicator)
        self.divide.clicked.connect(self.next_unit)
        self.import_button.clicked.connect(self.open_boundaries)
        self.map.opened.connect(self._open)
        self.map.pointed.connect(self._point)
        self.finder.chosen.connect(self.show_indicator)
        self.boundaries.closed.connect(self._close_boundaries)
        offer(self.stack.widget(0), [
            Command(say("Pilih indikator peta"), ("I",), self.choose_indicator, say("indikator"), leads=True),
            Command(say("Indikator berikutnya"), (".",), lambda: self._turn(1), say("berikutnya"), rare=True,
                    leads=True),
            Command(say("Indikator sebelumnya"), (",",), lambda: self._turn(-1), say("sebelumnya"), rare=True,
                    leads=True),
            Command(say("Satuan peta berikutnya: kota, kecamatan, kelurahan, atau RT"), ("U",), self.next_unit,
                    say("satuan"), leads=True),
            Command(say("Batas wilayah: impor, ganti, buang"), ("B",), self.open_boundaries, say("batas wilayah"),
                    leads=True),
            Command(say("Kembali ke wilayah di atasnya"), ("Esc", "Backspace"), self.go_up, say("ke atas"), leads=True),
        ])
        offer(self.map, [
            Command(say("Masuk ke tempat ini"), ("Return", "Enter"), self._enter_current, say("masuk"), leads=True),
            Command(say("Mengapa nilainya begitu"), ("J", "Ctrl+J"), self.ask_why, say("mengapa nilainya"), leads=True),
        ])

    # Asking

    @override
    def refresh(self) -> None:
        self._asked += 1
        asked, scope = self._asked, self.scope
        if self._above and not lies_in(scope.area, self._above[-1].area):
            self._above = []  # the trail led elsewhere meanwhile
        size = float(max(self.map.width(), 400)), float(max(self.map.height(), 300))
        indicator, unit = self.indicator, self.unit
        self.desk.ask(self, lambda workspace: _found(workspace, scope, indicator, unit, size),
                      lambda found: self._show(found) if asked == self._asked else None, self.refused)
        if self.stack.currentWidget() is self.boundaries:
            self.boundaries.refresh()

    def _show(self, found: _Found) -> None:
        self.found = found
        shown = found.shown
        self._put_list(found)
        self.map.show_map(shown)
        self.legend.show_map(shown)
        self.intro.say(f"**{shown.title}**. {shown.rule}")
        self.divide.say(say("Per {unit}", unit=unit_name(shown.unit)))
        self.divide.setVisible(len(map_figures.units_of(shown.scope.area)) > 1)
        self.notes.say(" ".join(shown.notes))
        self.notes.setVisible(bool(shown.notes))

    def _put_list(self, found: _Found) -> None:
        table = area_map.places(found.lines, found.measure)
        keys = [column.key for column in table.in_sight]
        if self.list is None or [column.key for column in self.list.shows.in_sight] != keys:
            had_focus = self.list is not None and holds_focus(self.list.table)
            if self.list is not None:
                self._sides.removeWidget(self.list)
                self.list.hide()
                self.list.deleteLater()
            self.list = TableList(self.desk, area_map.places((), found.measure))
            self._sides.addWidget(self.list, _LIST)
            self.list.opened.connect(self._open_line)
            self.list.table.selectionModel().currentRowChanged.connect(self._follow)
            if had_focus:
                self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.show_table(table, found.shown.scope)

    @override
    def begin(self) -> None:
        if self.stack.currentWidget() is self.boundaries:
            self.boundaries.begin()
        else:
            self.map.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is current

    def _point(self, place: MapPlace | None) -> None:
        """Make the place that the keys or the mouse came to current in the list."""
        if self.list is None or place is None:
            return
        rows = [line.figure.spot for line in self.list.model.lines]
        if place.spot in rows and self.list.table.currentIndex().row() != rows.index(place.spot):
            self.list.table.show_row(rows.index(place.spot))

    def _follow(self, _now: QModelIndex, _before: QModelIndex) -> None:
        """Make the place of the list's current line current on the map."""
        line = self.list.current() if self.list is not None else None
        if line is not None and self.list is not None and holds_focus(self.list.table):
            self.map.go_to(line.figure.spot)

    def ask_why(self) -> None:
        """Go to the explanation of the current place's score."""
        place = self.map.place
        if place is None or self.found is None:
            return
        if place.value is None:
            self.tell(say("{place}: belum ada data.", place=place.name))
            return
        scope = Scope(place.spot.region, place.spot.rt or None, self.scope.period)
        self.wants.emit(why(Subject(scope, criterion=self.found.measure.criterion)))

    # Where to go

    def _enter_current(self) -> None:
        if self.map.place is not None:
            self._enter(self.map.place.spot)

    def _open_line(self, line: MapLine) -> None:
        self._enter(line.figure.spot)

    def _open(self, place: MapPlace) -> None:
        self._enter(place.spot)

    def _enter(self, spot: Spot) -> None:
        """Go into a place: the map of a region, the houses of an RT."""
        if spot.rt:
            self.wants.emit(Destination(COLLECTING, Scope(spot.region, spot.rt, self.scope.period)))
        elif spot.region != self.scope.area:
            above = [*self._above, self.scope]
            self.unit = ""
            self.wants.emit(Destination(REPORTING, Scope(spot.region, None, self.scope.period), tab="map"))
            self._above = above

    def go_up(self) -> None:
        """Go back to the area from which Enter led here, else to the one around this that the workspace has."""
        if self._above:
            *above, before = self._above
            self.unit = ""
            self.wants.emit(Destination(REPORTING, before, tab="map"))
            self._above = above
        else:
            self.tell(say("Ini wilayah yang paling luas yang dibuka; jejak di atas memilih wilayah lain."))

    # What the map shows

    def choose_indicator(self) -> None:
        """Offer every indicator; typing narrows them."""
        if self.found is None:
            return
        entries = tuple(Entry(each.named, say(each.rule), each.key) for each in self.found.known)
        keys = [each.key for each in self.found.known]
        self.finder.offer(Offer(say("Indikator apa?"), entries, keys.index(self.found.measure.key)),
                          self.choose.mapToGlobal(QPoint(0, self.choose.height() + 4)))

    def show_indicator(self, key: object) -> None:
        """Show the map by another indicator."""
        self.indicator = str(key)
        self.told.hide()
        self.refresh()
        self.begin()

    def _turn(self, by: int) -> None:
        if self.found is not None:
            keys = [each.key for each in self.found.known]
            self.show_indicator(keys[(keys.index(self.found.measure.key) + by) % len(keys)])

    def next_unit(self) -> None:
        """Divide the area otherwise."""
        units = map_figures.units_of(self.scope.area) if self.scope.area else ()
        if self.found is not None and len(units) > 1:
            self.unit = units[(units.index(self.found.shown.unit) + 1) % len(units)]
            self.refresh()

    # Boundaries

    def open_boundaries(self) -> None:
        """Show which boundaries are kept, and the way to bring in others."""
        self.stack.setCurrentWidget(self.boundaries)
        self.boundaries.refresh()
        self.boundaries.begin()

    def _close_boundaries(self) -> None:
        self.stack.setCurrentIndex(0)
        self.refresh()
        self.begin()


def unit_name(unit: str) -> str:
    """Return the name of the unit whose places a map has."""
    return {"kota": say("kabupaten/kota"), "kecamatan": say("kecamatan"), "kelurahan": say("kelurahan/desa"),
            "rt": say("RT")}[unit]
