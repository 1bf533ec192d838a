"""The main window at work: it brings the places of an open workspace onto the board and moves between them.

A form leads back to where it was opened: the window remembers the place, the place what it showed. The figures of the
rail are one question for all places (`actions/home/waiting_counts.py`), right before anybody went there.
"""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QApplication

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import arrivals
from p2kp_desktop.actions.common import lost_saves
from p2kp_desktop.actions.common.lost_saves import Missing
from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.actions.home.window_edge import About, EdgeStanding, Origin
from p2kp_desktop.actions.scores import area_periods
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.roles import Deed, deed_of
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.finder import Finder, Offer
from p2kp_desktop.ui.kit.focus import focus_into
from p2kp_desktop.ui.kit.found_list import Entry
from p2kp_desktop.ui.kit.messages import fault_of
from p2kp_desktop.ui.lists.pane import ListPane
from p2kp_desktop.ui.place import (
    AGREEMENTS,
    BOWL,
    COLLECTING,
    EXPLAINING,
    HOME,
    MEETINGS,
    NOTHING_IN_FRONT,
    PRINTING,
    TRANSFER,
    UPDATING,
    Destination,
    Paper,
    Place,
    Scope,
    place_of,
)
from p2kp_desktop.ui.safety.keeping import Keeping
from p2kp_desktop.ui.safety.place import BackupsPlace
from p2kp_desktop.ui.safety.whole_file import WholeFile
from p2kp_desktop.ui.shell import clones, edge, trail
from p2kp_desktop.ui.shell.board import CLOSING, Board
from p2kp_desktop.ui.shell.closing import SOON, Closing
from p2kp_desktop.ui.shell.commands import Command, way
from p2kp_desktop.ui.shell.counts import Counts
from p2kp_desktop.ui.shell.legend import PlaceKeys
from p2kp_desktop.ui.shell.menus import Commands, Menus
from p2kp_desktop.ui.shell.picking import ask_workspace
from p2kp_desktop.ui.shell.places import (
    BACKUPS,
    BELOW_RAIL,
    BY_KEY,
    FORM,
    IMPORTING,
    IN_RAIL,
    KEEPING,
    SETTINGS,
    TABLES,
    UPKEEP,
    in_rail,
)
from p2kp_desktop.ui.shell.searching import Search
from p2kp_desktop.ui.shell.seat import Seat
from p2kp_desktop.ui.shell.settings_place import SettingsPlace
from p2kp_desktop.ui.shell.shift import NOT_NOW, Shift
from p2kp_desktop.ui.shell.unsaved_bar import UnsavedBar

if TYPE_CHECKING:
    from p2kp_desktop.ui.upkeep.place import UpkeepPlace

_AT_HOME = Destination(HOME)
_PASTE = Destination(IMPORTING, tab="paste")
_OF_PLACE = ("R07", "R08", "R10", "R11", "R12", "R13", "R16", "R17", NOT_NOW)  # faults that pass when the disk is back
_ASIDE = (EXPLAINING, PRINTING)  # places gone to from anywhere; from them one comes back there
_SHOW_ONE = (FORM, EXPLAINING, AGREEMENTS, MEETINGS)  # the others keep what they showed
_QUIET = 250  # milliseconds without a change before the status line is computed anew


class Window(Seat):
    """Binds a board to a desk. It knows where the user is and was; places only say where they want to go."""

    ready = Signal()  # the first place is shown
    wants_workspace = Signal(str)  # a file to open instead
    wants_first_start = Signal()
    wants_village = Signal(str)  # the person for whom the practice village is made anew
    wants_protection = Signal()
    wants_words = Signal(str)  # other recovery words; the password
    wants_lock = Signal()
    wants_backup = Signal(str)  # a backup to go back to
    chose = Signal(object)  # Settings
    met_bug = Signal(object)  # an Exception that nobody expected
    quits = Signal()
    restarts = Signal()

    def __init__(self, board: Board, desk: Desk, start: Destination = _AT_HOME) -> None:
        super().__init__(board, desk)
        self._start = start
        self.been: list[Destination] = []
        self._origin: Destination | None = None  # whence the form in use was opened
        # Whence an explanation, or a print, was asked for, and, where that was a form, whence it had been opened
        self._asked_from: dict[str, tuple[Destination, Destination | None]] = {}
        self._finder = Finder(board)
        self._finder.chosen.connect(self._narrow_to)
        self._status_timer = QTimer(self, singleShot=True, interval=_QUIET)
        self._status_timer.timeout.connect(self._renew)
        self.counts = Counts(self)
        self.unsaved_bar = UnsavedBar()
        board.put_above(self.unsaved_bar)
        self.closing = Closing(self, self.unsaved_bar)
        self.may_close = self.closing.may_close
        self.shift = Shift(self, partial(self.closing.keeps_all, SOON))
        self.menus = Menus(self, self._commands())
        self.search = Search(self, self.menus)
        self.keys = PlaceKeys(self, self.menus)
        self.keeping = Keeping(desk, self)
        self.whole_file = WholeFile(desk, self)
        self._standing: EdgeStanding | None = None
        self._passes = False  # the fault that is shown, once the disk is back
        self._connect()
        desk.ask(self, window_edge.about, self._begin)

    def _connect(self) -> None:
        self.search.wants.connect(self.go)
        self.search.begins.connect(self.begin)
        self.shift.failed.connect(self.show_failure)
        self.shift.sees_otherwise.connect(lambda: self.wants_workspace.emit(self.desk.workspace.name))
        self.chose.connect(lambda _settings: self.keys.show_line())
        self.board.rail.place_opened.connect(self.go_to)
        self.board.top.breadcrumb.part_opened.connect(self.open_crumb)
        self.board.status.send_pressed.connect(self.send_copy)
        self.desk.changed.connect(self._notice)
        self.desk.hinted.connect(self.board.status.tell)
        self.desk.rights.changed.connect(self._status_timer.start)
        self.desk.failed.connect(self.show_failure)
        self.desk.unanswered.connect(self._show_unanswered)
        self.board.status.backup_pressed.connect(self.open_backups)
        self.keeping.changed.connect(self._status_timer.start)
        self.keeping.damaged.connect(self._tell_damage)
        self.desk.unsaved.changed.connect(self._show_unsaved)
        self.desk.unsaved.recovered.connect(self._tell_recovered)
        self.unsaved_bar.opened.connect(self.open_unsaved)
        self.unsaved_bar.tried.connect(self.desk.unsaved.flush)
        self.unsaved_bar.stayed.connect(self._give_focus)
        self.closing.ended.connect(self._give_focus)

    def _commands(self) -> Commands:
        """Return the commands that work in every place; each place of the rail and each below it names its own key."""
        def to(key: str, words: str = "", deed: Deed | None = None) -> Command:
            return way(words or BY_KEY[key].name(), BY_KEY[key].keys, partial(self.go, Destination(key)), deed)

        ways = (
            *(way(spot.name(), spot.keys, partial(self.go_to, spot.key)) for spot in IN_RAIL),
            *(to(spot.key) for spot in BELOW_RAIL),
            way(say("Cari"), "Ctrl+K", lambda: self.search.begin()),
            way(say("Pilih wilayah atau RT"), "Ctrl+L", self.choose_scope),
            way(say("Pilih periode"), "Ctrl+Shift+L", self.choose_period),
            way(say("Kembali ke tempat sebelumnya"), "Alt+Left", self.go_back),
        )
        acts = (
            to(TABLES),
            way(say("Tempat sampah"), "Ctrl+Shift+T", partial(self.go, Destination(TABLES, tab="trash"))),
            to(IMPORTING, say("Dari Excel…"), Deed.CHANGE),
            way(say("Tempel blok dari Excel"), "Ctrl+Shift+V", partial(self.go, _PASTE), Deed.CHANGE),
            way(say("Kirim salinan"), "Ctrl+Shift+K", self.send_copy, Deed.SEND),
            to(BACKUPS),
            to(UPKEEP),
            way(say("Perbarui program"), "", partial(self.go, Destination(UPKEEP, tab=UPDATING))),
            way(say("Ganti petugas"), "F12", self.shift.begin),
            way(say("Kunci layar"), "Shift+F12", self.wants_lock.emit),
            way(say("Buka ruang kerja lain"), "Ctrl+O", self.open_other),
            way(say("Ruang kerja baru atau desa latihan"), "Ctrl+Shift+N", self.wants_first_start.emit),
            way(say("Tutup pesan"), "+".join(CLOSING), self.board.close_messages),
            Command(say("Tutup program"), "Ctrl+Q", self.quits.emit),
        )
        return Commands(ways, acts, help=(
            way(say("Tampilkan atau sembunyikan baris tombol"), "Ctrl+F1", lambda: self.keys.turn()),
            way(say("Tentang {program}", program=environment.PROGRAM), "", self.open_settings),
        ))

    def _begin(self, about: About) -> None:
        """Show the workspace that was just opened."""
        self.shift.show(about)
        self.scope = Scope(window_edge.first_area(about.regions), None, about.period)
        self.board.show_practice(practice=about.practice)
        self._ask_standing()
        self.go(self._start)
        if about.only_looks:
            self.board.tell_once(clones.only_looks_words())
        else:
            self.desk.ask(self, lost_saves.missing, self._tell_missing)
        self.ready.emit()

    # Places

    def go(self, destination: Destination) -> None:
        """Go to a place, in the scope that it names or the one in use; the place left may say no."""
        if self.about is None or (self.place is not None and not self.place.may_leave()):
            return
        begun = destination.form if destination.place == FORM and not destination.record else ""
        if begun and self.desk.rights.refuses(deed_of(begun)):  # told before anything is typed, not after
            return
        if self.place is not None and self.place is self.board.stack.currentWidget():
            self.been = [*self.been[-50:], self._way_back()]
        self._enter(destination)

    def begin(self, form: str) -> None:
        """Begin a record of a form from anywhere; from it one comes to the list of its form."""
        self.go(Destination(FORM, form=form))
        self._origin = None

    def go_to(self, key: str) -> None:
        """Go to a place of the rail; from the list of one RT to Pendataan means to the list of all of them."""
        up = key == COLLECTING == self.here.place and self.scope.rt is not None
        paper = self._in_front() if key == PRINTING else NOTHING_IN_FRONT
        self.go(Destination(key, self.scope.at(None) if up else None, paper=paper))

    def _in_front(self) -> Paper:
        """Find what somebody looks at who wants it printed: what the place says, and the list with the focus."""
        widget, place = QApplication.focusWidget(), self.place
        here = NOTHING_IN_FRONT if place is None else place.on_paper()
        while widget is not None and widget is not place:
            if isinstance(widget, ListPane):
                listed = widget.on_paper()
                of = here if here.records else listed
                return replace(listed, form=of.form, records=of.records, what=here.what)
            widget = widget.parentWidget()
        return here

    def go_back(self) -> None:
        """Go where the user was before."""
        if self.been and (self.place is None or self.place.may_leave()):
            self._enter(self.been.pop())

    def come_back(self, listed: Destination) -> None:
        """Go where the form was opened, or to the list of its record if that is where it was opened.

        Every place keeps what it showed; agreements are told the agreement again, the bowl and Semua data the record.
        From an explanation one comes to where it was asked for.
        """
        if self.here.place in _ASIDE:
            asked_from, origin = self._asked_from.get(self.here.place, (listed, None))
            self.go(asked_from)
            self._origin = origin
            return
        origin = self._origin
        if origin is None or origin.place == listed.place:
            wider = origin is not None and origin.place == COLLECTING and origin.scope and self.here.record
            self.go(replace(listed, scope=origin.scope) if origin and wider else listed)
        else:
            told = {AGREEMENTS: replace(origin, tab=""), BOWL: replace(listed, place=BOWL, scope=origin.scope),
                    TABLES: Destination(TABLES, origin.scope, record=listed.record), EXPLAINING: origin}
            self.go(told.get(origin.place, Destination(origin.place, origin.scope)))

    def leave(self) -> None:
        """Begin nothing more: the window closes."""
        self.keeping.end()
        self.whole_file.end()

    def rest(self) -> bool:
        """Have all that is typed and saved in the file: the person logs off. Say whether all of it is on disk."""
        is_kept = self.closing.keeps_all()
        self.whole_file.put_down()
        self.desk.wait()
        return is_kept

    def _enter(self, destination: Destination) -> None:
        if destination.place == FORM and self.here.place != FORM:
            self._origin = replace(self.here, scope=self.scope)
        elif (destination.place in _ASIDE and destination.place != self.here.place
                and not self._comes_back_from_form()):
            here = self._way_back() if self.here.place in _SHOW_ONE else Destination(self.here.place, self.scope)
            self._asked_from[destination.place] = here, self._origin
        self.here = destination = self._within(destination)
        self.scope = destination.scope or self.scope
        place = self._made(destination.place)
        spot = BY_KEY[destination.place]
        self.board.stack.setCurrentWidget(place)
        self.board.rail.show_current(in_rail(destination.within or spot.key))
        self.board.show_in_form(in_form=spot.key == FORM)
        self.menus.follow_place(spot.key)
        self.search.end()
        self._finder.hide()
        self._show_trail()
        self.keys.show_line()
        place.enter(destination, self.scope)
        focus_into(place)
        self.counts.renew()

    def _way_back(self) -> Destination:
        """Return the way to what is in front now."""
        here = self.here if self.place is None else self.place.standing(self.here)
        return replace(here, scope=self.scope)

    def _comes_back_from_form(self) -> bool:
        """Say whether the form in use was opened from an explanation."""
        return self.here.place == FORM and self._origin is not None and self._origin.place == EXPLAINING

    def _within(self, destination: Destination) -> Destination:
        """Return a destination inside another place with that place: of a form the one it was opened from.

        A form that was opened from a place which lists no records stands in the one that lists its own.
        """
        spot = BY_KEY[destination.place]
        if not spot.within or destination.within:
            return destination
        came_from = self.here.within or self.here.place
        kept = came_from if came_from in KEEPING else place_of(destination.form)
        return replace(destination, within=kept if spot.key in (FORM, EXPLAINING) else spot.within)

    def _made(self, key: str) -> Place:
        """Return a place, made when it is first gone to."""
        if key not in self.places:
            place = BY_KEY[key].make(self.desk)
            place.wants.connect(self.go)
            place.returns.connect(self.come_back)
            if isinstance(place, SettingsPlace):
                self._connect_settings(place)
            if key == UPKEEP:
                cast("UpkeepPlace", place).restarts.connect(self.restarts)
            if isinstance(place, BackupsPlace):
                place.follow(self.keeping)
                place.restores.connect(self.wants_backup)
                place.chose.connect(self.chose)
            self.board.stack.addWidget(place)
            self.places[key] = place
        return self.places[key]

    def _connect_settings(self, place: SettingsPlace) -> None:
        place.chose.connect(self.chose)
        place.wants_workspace.connect(self.wants_workspace)
        place.wants_first_start.connect(self.wants_first_start)
        place.wants_village.connect(self.wants_village)
        place.wants_protection.connect(self.wants_protection)
        place.protection.wants_words.connect(self.wants_words)

    # Scope

    def _show_trail(self) -> None:
        if self.about is not None:
            self._crumbs = trail.crumbs(self.scope, self.about.regions)
            self.board.top.breadcrumb.show_parts(tuple(crumb.text for crumb in self._crumbs))

    def open_crumb(self, place: int) -> None:
        """Open the list of a part of the breadcrumb; RTs and periods are asked for."""
        if self.about is None:
            return
        crumb, scope = self._crumbs[place], self.scope
        below = self.board.top.breadcrumb.below(place)
        if crumb.chooses == trail.RT:
            self.desk.ask(self, lambda workspace: area_periods.rts(workspace, scope.area),
                          lambda found: self._offer(trail.rt_entries(found, scope), below))
        elif crumb.chooses == trail.PERIOD:
            self.desk.ask(self, lambda workspace: area_periods.periods(workspace, scope.area),
                          lambda found: self._offer(trail.period_entries(found, scope), below))
        else:
            self._offer(trail.region_entries(crumb.inside, scope, self.about.regions), below)

    def choose_scope(self) -> None:
        """Open the list of the narrowest part but the period: the RT, or the areas below."""
        self.open_crumb(len(self._crumbs) - 2)

    def choose_period(self) -> None:
        """Open the list of periods."""
        self.open_crumb(len(self._crumbs) - 1)

    def _offer(self, entries: tuple[Entry, ...], below: QPoint) -> None:
        current = next((row for row, entry in enumerate(entries) if entry.value == self.scope), -1)
        self._finder.offer(Offer(say("Ketik untuk mencari"), entries, current), below)

    def _narrow_to(self, scope: Scope) -> None:
        """Show the same place in another scope; from a form, the list it belongs to."""
        key = self.here.within if self.here.place == FORM else self.here.place
        self.go(Destination(key, scope))

    # Status

    def _notice(self, touched: frozenset[str]) -> None:
        self.counts.notice(touched)
        self._status_timer.start()

    def _renew(self) -> None:
        self._ask_standing()
        self.counts.renew()

    def _ask_standing(self) -> None:
        self.desk.ask(self, window_edge.standing, self._show_standing)

    def _show_standing(self, standing: EdgeStanding) -> None:
        self._standing, today, typed = standing, edge.today(), self.desk.unsaved
        facts = edge.status(standing, practice=self.board.practice, today=today, trouble=self.keeping.trouble,
                            unsaved=len(typed.typed) if typed.trouble else 0, sends=self.desk.rights.may(Deed.SEND))
        self.board.status.show_facts(facts)
        self.board.status.setToolTip(edge.explained(standing, today))

    def _tell_missing(self, found: Missing | None) -> None:
        """Tell of saves that the file lacks, before anybody goes on without them; else what else it is."""
        if found is None or found.lag.went_on:
            if arrivals.was_broken_off(self.desk.workspace.name):
                receive = Destination(TRANSFER, tab="receive")
                self.board.tell_once(arrivals.broken_off_words(), partial(self.go, receive))
            else:
                self.desk.ask(self, window_edge.origin, self._tell_origin)
            return
        original = found.lag.original
        button = say("Buka aslinya") if original else say("Lihat cadangan")
        self.board.tell_once((*lost_saves.loss_words(found), button),
                             partial(self.wants_workspace.emit, original) if original else self.open_backups)

    # What is not on disk

    def _show_unsaved(self) -> None:
        had_focus = self.unsaved_bar.isAncestorOf(self.board.focusWidget())
        self.unsaved_bar.show_unsaved(self.desk.unsaved.typed, self.desk.unsaved.trouble)
        self.board.leave_room_above()
        if had_focus and self.unsaved_bar.isHidden():
            self._give_focus()
        if self._standing is not None:
            self._show_standing(self._standing)

    def _tell_recovered(self, names: list[str]) -> None:
        if self._passes:
            self.board.close_fault()
        self.board.show_notice(say("Yang tertahan sekarang sudah ada di disk."), say(
            "Sebagai draf: {names}. Rumah yang belum dicatat: buka, lalu tekan Ctrl+Enter.", names=", ".join(names)))

    def open_unsaved(self) -> None:
        """Go to what was typed last and is in memory only."""
        sheet = next(reversed(self.desk.unsaved.typed), None)
        if sheet is None:
            return
        if sheet.place == FORM:
            self.go(Destination(FORM, record=sheet.record, draft=True))
        else:
            self.go(Destination(sheet.place, tab=sheet.tab))

    def _give_focus(self) -> None:
        if self.place is not None:
            focus_into(self.place)

    def _tell_origin(self, origin: Origin | None) -> None:
        if origin is not None and origin.kind in clones.TOLD:
            self.board.tell_once(clones.origin_words(origin))

    def _tell_damage(self) -> None:
        self.board.tell_once(clones.damage_words(), self.open_backups)

    def open_backups(self) -> None:
        """Go to the backups."""
        self.go(Destination(BACKUPS))

    def send_copy(self) -> None:
        """Go where a copy is sent."""
        self.go(Destination(TRANSFER, tab="send"))

    def show_failure(self, error: Exception) -> None:
        """Tell a known fault on a card in the window; anything else is a bug."""
        if isinstance(error, Trouble):
            self._passes = error.code in _OF_PLACE
            self.board.show_fault(fault_of(error))
        else:
            self.met_bug.emit(error)

    def _show_unanswered(self, error: Exception) -> None:
        """Tell why a question was not answered, unless the bar above the place says it already."""
        known = self.desk.unsaved.trouble is not None and isinstance(error, Trouble) and error.code in _OF_PLACE
        if not known:
            self.show_failure(error)

    def open_other(self) -> None:
        """Let the user pick another workspace."""
        if path := ask_workspace(self.board, self.desk.workspace.name):
            self.wants_workspace.emit(path)

    def open_settings(self) -> None:
        """Go to the settings."""
        self.go(Destination(SETTINGS))
