"""Ctrl+K: finds records, RTs, kelurahan, pages, reports and commands as one types, and opens or does them.

What only leads somewhere comes first, of that what is called exactly as typed, and Enter takes the first of it. A
command that may change data is never taken by typing a word and Enter: an arrow, or the mouse, has to choose it.
"""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid
from typing_extensions import override

from p2kp_desktop.actions.recording.record_names import new_words
from p2kp_desktop.actions.scores import area_periods
from p2kp_desktop.actions.tables import word_search
from p2kp_desktop.actions.tables.word_search import Found
from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import say
from p2kp_desktop.reports import shelf
from p2kp_desktop.schema import Form
from p2kp_desktop.schema.names import fit
from p2kp_desktop.schema.places import lies_in, region_name, regions, rt_words, seen_from
from p2kp_desktop.schema.roles import deed_of
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.kit.commands import leads
from p2kp_desktop.ui.kit.finder import Driver, ListCard, matching
from p2kp_desktop.ui.kit.focus import focus_into, give_back
from p2kp_desktop.ui.kit.found_list import Entry
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.kit.rights import is_refused, refused_deed
from p2kp_desktop.ui.place import COLLECTING, HOME, REPORTING, TABLES, TRANSFER, Destination, Scope

from . import trail
from .menus import Menus
from .places import BY_KEY, FORM, SPOTS
from .seat import Seat

MOST = 30
_RECORDS, _COMMANDS, _FORMS, _REPORTS = 14, 8, 6, 6
WIDTH = 640
ONLY_COMMANDS = ">"  # typed first: every command, and nothing else


class Search(QObject):
    """What the search field of the top row finds; the answer comes from off the GUI thread."""

    wants = Signal(object)  # Destination
    begins = Signal(str)  # the key of a form

    def __init__(self, seat: Seat, menus: Menus) -> None:
        super().__init__(seat)
        self._seat, self._menus = seat, menus
        self._field = seat.board.top.search
        self.card = ListCard(seat.board)
        self.card.chosen.connect(self._go)
        self._driver = Driver(self._field, self.card.found)
        self._before: QWidget | None = None
        self._listed, self._enter_waits = "", False  # what the list answers; whether Enter came before its answer
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._note_focus)
        self._field.textEdited.connect(self._ask)
        self._field.installEventFilter(self)

    def begin(self) -> None:
        """Put the focus into the field; a command chosen there acts where the focus was."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def end(self) -> None:
        """Forget what was sought."""
        self._field.clear()
        self._listed = ""
        self.card.hide()

    def _note_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """Remember where the focus was before it came into the field, by key or by mouse."""
        if new is self._field and old is not None and old is not self._field:
            self._before = old

    def _give_back(self) -> None:
        """Put the focus where it was before the search."""
        if not give_back(self._before) and self._seat.place is not None:
            focus_into(self._seat.place)

    def _ask(self, typed: str) -> None:
        self._enter_waits = False
        if not typed.strip() or self._seat.about is None:
            self.card.hide()
            return
        if typed.startswith(ONLY_COMMANDS):
            sought = typed.removeprefix(ONLY_COMMANDS)
            self._show(typed, [*self._places(sought), *self._commands(sought, MOST), *self._forms(sought)])
            return
        codes, scope = self._seat.about.regions, self._seat.scope
        self._seat.desk.ask(
            self, lambda workspace: found(workspace, typed, codes, scope),
            lambda entries: self._show_all(typed, entries),
        )

    def _places(self, typed: str) -> list[Entry]:
        """Return the places of the rail, each with its key, and those to which no key leads."""
        keyless = [Entry(spot.name(), BY_KEY[spot.within].name(), Destination(spot.key), spot.icon)
                   for spot in SPOTS if not spot.keys and spot.key != FORM]
        ways = _named(typed, (_command(action, icon) for action, icon in self._menus.places()))
        return matching([*ways, *keyless], typed)

    def _commands(self, typed: str, most: int) -> list[Entry]:
        """Return the other commands that can be given now, each with its key."""
        menus = self._menus
        ways = {action for action, _icon in menus.places()}
        actions = [each for each in (*menus.of_place(), *menus.everywhere())
                   if (each.isEnabled() or (refused_deed(each) and each.isVisible())) and each not in ways]
        entries = matching(_named(typed, (_command(action, "arrow-right") for action in actions)), typed)
        return sorted(entries, key=_is_act)[:most]

    def _forms(self, typed: str, most: int | None = None) -> list[Entry]:
        """Return the entries that begin a record of each form, unless a command here does, and that lead to lists."""
        given = self._given()
        may = self._seat.desk.rights.may
        begin = [Entry(new_words(form), say("Formulir"), form, "plus") for form in FORMS
                 if form.by_hand and may(deed_of(form.key))]
        lists = [Entry(say(form.title), say("Semua data"), Destination(TABLES, form=form.key), "table-2")
                 for form in FORMS]
        return matching([*(each for each in begin if each.name not in given), *lists], typed)[:most]

    def _given(self) -> set[str]:
        """Return the words of the commands that the place in use can be given now."""
        return {action.text() for action in self._menus.of_place() if action.isEnabled()}

    def _show_all(self, typed: str, entries: list[Entry]) -> None:
        forms, commands = self._forms(typed, _FORMS), self._commands(typed, _COMMANDS)
        given = self._given()
        reports = matching([each for each in _reports() if each.name not in given], typed)[:_REPORTS]
        others = sorted([*commands, *reports], key=_is_act)
        self._show(typed, _exact_first([*self._places(typed), *entries, *forms, *others], typed))

    def _show(self, typed: str, entries: list[Entry]) -> None:
        if typed != self._field.text() or not self._field.hasFocus():
            return
        self.card.list_entries(entries, -1 if entries and _is_act(entries[0]) else 0)
        self._listed = typed
        wide = max(self._field.width(), WIDTH)
        corner = QPoint(self._field.width() - wide, self._field.height() + 4)
        self.card.open_below(self._field.mapToGlobal(corner), wide)
        if self._enter_waits:
            self._enter_waits = False
            self.card.found.choose()

    def _go(self, chosen: object) -> None:
        self._field.clear()
        if isinstance(chosen, Destination):
            self.wants.emit(chosen)
        elif isinstance(chosen, type) and issubclass(chosen, Form):
            self.begins.emit(chosen.key)
        elif isinstance(chosen, QAction) and isValid(chosen):
            self._give_back()
            if not is_refused(chosen):
                QTimer.singleShot(0, chosen, chosen.trigger)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc ends the search, and the focus goes back to where it was; Enter waits for the list of what is typed."""
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if pressed == Qt.Key.Key_Escape:
            self.end()
            self._give_back()
            return True
        if pressed in ENTER and self._field.text().strip() and self._listed != self._field.text():
            self._enter_waits = True
            return True
        if event.type() == QEvent.Type.FocusOut:
            self.card.hide()
        return False


def _named(typed: str, entries: Iterable[Entry]) -> list[Entry]:
    """Return the commands that are sought by their words: «lima» is a kelurahan, not the 5 of a key."""
    return [entry for entry in entries if fit(typed, entry.name) is not None]


def _is_act(entry: Entry) -> bool:
    """Say whether an entry is a command that may change data."""
    return isinstance(entry.value, QAction) and not (leads(entry.value) and entry.value.isEnabled())


def _exact_first(entries: list[Entry], typed: str) -> list[Entry]:
    """Return the entries with what is called exactly as typed before the others, unless it may change data."""
    whole = " ".join(typed.casefold().split())
    return sorted(entries, key=lambda each: each.name.casefold() != whole or _is_act(each))


def _reports() -> list[Entry]:
    """Return the questions of planners and the reports; those of a form alone stand in Semua data."""
    return [Entry(words, say("Laporan"), Destination(REPORTING, tab=f"report:{name}"), "chart-column")
            for words, name in shelf.to_open()]


def _command(action: QAction, icon: str) -> Entry:
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return Entry(action.text().replace("&&", "&"), key, action, icon)


def found(workspace: Workspace, typed: str, codes: tuple[str, ...], scope: Scope) -> list[Entry]:
    """Return the pages of Kirim & Terima, RTs, records and regions that match, in this order."""
    pages = [
        Entry(name, say("Tempat"), Destination(TRANSFER, tab=tab), "arrow-left-right")
        for tab, name in (("send", say("Kirim")), ("receive", say("Terima")), ("conflicts", say("Konflik")))
    ]
    rts = [
        Entry(rt_words(one.rt), region_name(one.area),
              Destination(COLLECTING, Scope(one.area, one.rt, scope.period)), "map-pin")
        for one in area_periods.find_rts(workspace, typed, codes)
    ]
    areas = [
        Entry(place.name, trail.place_of(place.code), Destination(HOME, Scope(code, None, scope.period)), "map-pin")
        for code, place in regions().items() if any(lies_in(code, mine) for mine in codes)
    ]
    records = [_record(one, scope) for one in word_search.find(workspace, typed, _RECORDS)]
    return [*matching(pages, typed), *rts, *records, *matching(areas, typed)][:MOST]


def _record(one: Found, scope: Scope) -> Entry:
    about = one.subject
    where = Scope(seen_from(scope.area, about.region), about.rt or scope.rt, about.period or scope.period)
    where = where if about.region else replace(where, rt=scope.rt)
    return Entry(one.title, one.detail, Destination(FORM, where, one.form, one.record, one.question, draft=one.draft),
                 "pencil-line" if one.draft else "clipboard-list")
