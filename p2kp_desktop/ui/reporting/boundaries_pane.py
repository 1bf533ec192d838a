"""Boundaries in the window: which are kept; a file is looked at, put right by hand, then kept; or some are removed."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.upkeep import boundary_files
from p2kp_desktop.actions.upkeep.boundary_files import BoundaryRehearsal, KeptOutcome
from p2kp_desktop.exchange.faults import NO_SYSTEM
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.reports import boundaries
from p2kp_desktop.rules.boundary_matching import Matched, spot_name
from p2kp_desktop.schema import written
from p2kp_desktop.schema.area_map import Spot
from p2kp_desktop.schema.places import lies_in, regions
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.boundaries import KeptBoundary
from p2kp_desktop.ui.desk import Desk, Report, Task
from p2kp_desktop.ui.files.choosing import choose_boundaries
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.finder import Finder, Offer
from p2kp_desktop.ui.kit.found_list import Entry
from p2kp_desktop.ui.kit.labels import NOTE, PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.lists.work import Work
from p2kp_desktop.ui.look.measures import SPACE_8
from p2kp_desktop.ui.look.tokens import Token

_SYSTEMS = ("48S", "47S", "48N", "47N", "4326")
_NOTHING = "-"


class BoundariesPane(QWidget):
    """O chooses a file, Enter says which place a feature is, Ctrl+Enter keeps them, Del removes, Esc goes back."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.rehearsal: BoundaryRehearsal | None = None
        self._path: Path | None = None
        self._task: Task | None = None
        self._sure = False  # that what is current is to be removed
        self._gives: Matched | None = None
        self.title, self.told = Label(say("Batas wilayah"), PAGE_TITLE), Label("", SECONDARY, wraps=True)
        self.hint = Label("", NOTE, wraps=True)
        self.open_button = Button(say("Pilih berkas"), icon="file-spreadsheet", keys=("O",))
        self.keep_button = Button(say("Simpan batas"), Kind.PRIMARY, icon="check", keys=("Ctrl", "Enter"))
        self.back = Button(say("Kembali"), icon="corner-up-left", keys=("Esc",))
        self.kept: TableList[KeptBoundary] = TableList(desk, boundaries.kept())
        self.features: TableList[Matched] = TableList(desk, boundaries.rehearsed())
        self.work, self.finder = Work(), Finder(self)
        head = across((self.title, 1), self.open_button, self.keep_button, self.back, gap=SPACE_8)
        down(head, self.told, (self.kept, 1), (self.features, 1), self.hint, self.work, into=self, gap=SPACE_8)
        self._connect()
        self._turn(None)

    def _connect(self) -> None:
        self.open_button.clicked.connect(self.choose)
        self.keep_button.clicked.connect(self.keep)
        self.back.clicked.connect(self.leave)
        self.features.opened.connect(self.assign)
        self.finder.chosen.connect(self._given)
        self.work.panel.cancelled.connect(self.stop)
        rights = self.desk.rights
        rights.guard(Deed.RULE, self.open_button, self.keep_button)
        self._keeps = offer(self, [Command(say("Simpan batas yang cocok"), ("Ctrl+Return", "Ctrl+Enter"), self.keep,
                                           say("simpan batas"), deed=Deed.RULE)], rights)[0]
        offer(self, [
            Command(say("Pilih berkas batas wilayah"), ("O",), self.choose, say("pilih berkas"), leads=True,
                    deed=Deed.RULE),
            Command(say("Kembali dari batas wilayah"), ("Esc",), self.leave, say("kembali"), leads=True),
        ], rights)
        offer(self.kept.table, [
            Command(say("Buang batas terpilih, atau semuanya"), ("Del",), self.remove, say("buang"), rare=True,
                    deed=Deed.RULE)], rights)
        offer(self.features.table, [
            Command(say("Batas ini bukan tempat di sini"), ("Del",), self._take_back, say("lepas"), rare=True,
                    deed=Deed.RULE)], rights)

    def refresh(self) -> None:
        """Ask which boundaries are kept."""
        self.desk.ask(self, boundary_files.listed, self._show_kept, self.refused)

    def _show_kept(self, found: list[KeptBoundary]) -> None:
        self.kept.show_table(boundaries.kept(found))
        if self.rehearsal is None and not self._sure:
            self._say_kept(found)

    def _say_kept(self, found: list[KeptBoundary]) -> None:
        files = boundary_files.by_file(found)
        told = [
            say("**{file}**: {number} batas, {day}.", file=file, number=written.number(counts.total()),
                day=written.day(time))
            for (file, time), counts in files.items()
        ]
        self._tell(" ".join(told) if told else say(
            "Pilih berkas batas dari kantor Anda: GeoJSON, Shapefile, GeoPackage, KML, atau KMZ. Batas tinggal di "
            "ruang kerja ini dan tidak ikut terkirim."))

    def begin(self) -> None:
        """Put the focus where work begins."""
        shown = self.kept if self.rehearsal is None else self.features
        (shown.table if shown.model.rowCount() else self.open_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, found: BoundaryRehearsal | None) -> None:
        """Show a rehearsal, or what is kept."""
        self.rehearsal = found
        self.kept.setVisible(found is None)
        self.features.setVisible(found is not None)
        self.keep_button.setVisible(found is not None)
        self._keeps.setVisible(found is not None)
        self.hint.say(say("Enter menentukan tempat sebuah batas; yang belum cocok tidak disimpan.")
                      if found is not None else "")
        self.hint.setVisible(found is not None)
        if found is not None:
            ordered = sorted(found.matches, key=lambda each: (each.spot is not None, each.number))
            self.features.show_table(boundaries.rehearsed(ordered))
            self._tell(_summary(found))

    def _tell(self, words: str) -> None:
        self.told.colour(Token.TEXT2)
        self.told.say(words)

    def refused(self, error: Exception) -> None:
        """Tell a known fault; what a file does not say is asked."""
        if not isinstance(error, Trouble):
            self.desk.failed.emit(error)
            return
        self.told.say(f"{say(error.what)} {say(error.safe)} {say(error.remedy)} ({error.code})")
        self.told.colour(Token.ERR)
        if error.code == NO_SYSTEM and self._path is not None:
            names = [say("derajat (EPSG:4326)") if each == "4326" else f"UTM {each}" for each in _SYSTEMS]
            entries = tuple(Entry(name, "", each) for name, each in zip(names, _SYSTEMS, strict=True))
            self._offer(say("Sistem koordinat berkas ini?"), entries)

    def _offer(self, asks: str, entries: tuple[Entry, ...]) -> None:
        self.finder.offer(Offer(asks, entries), self.told.mapToGlobal(QPoint(0, self.told.height() + 4)), 460)

    # A file

    def choose(self) -> None:
        """Let the user choose a file of boundaries."""
        choose_boundaries(self.window(), self.look_at)

    def look_at(self, path: Path, system: str = "") -> None:
        """Rehearse a file; nothing is kept yet."""
        self._path, self._sure = path, False
        self._long(say("Membaca batas …"), lambda workspace, report: boundary_files.rehearse(
            workspace, path, system, report=report), self._looked)

    def _looked(self, found: BoundaryRehearsal) -> None:
        self._turn(found)
        self.begin()

    def _long(self, words: str, job: object, then: object) -> None:
        self.stop()
        self.work.begin(words)
        self._task = self.desk.work(self, job, then, self.refused)  # type: ignore[arg-type]  # they fit each other
        self._task.progressed.connect(self.work.show_done)
        self._task.ended.connect(self.work.hide)

    def stop(self) -> None:
        """Stop what takes long; nothing of it is kept."""
        if self._task is not None:
            self._task.cancel()
        self._task = None

    def assign(self, line: Matched) -> None:
        """Ask which place a feature is."""
        if self.rehearsal is None:
            return
        self._gives = line
        areas = self.rehearsal.areas
        likely = [Entry(spot_name(spot), say("mungkin"), spot) for spot in line.likely]
        places = [
            Entry(place.name, f"{spot_name(Spot(code))} · {code}", Spot(code, line.spot.rt if line.spot else ""))
            for code, place in regions().items()
            if any(lies_in(code, area) or lies_in(area, code) for area in areas)
        ]
        none = Entry(say("Bukan tempat di sini"), "", _NOTHING)
        self._offer(say("«{label}» tempat apa?", label=line.label), (*likely, *places, none))

    def _given(self, value: object) -> None:
        """Take what the finder was asked: a place for a feature, or the system of a file."""
        if isinstance(value, str) and value in _SYSTEMS and self._path is not None:
            self.look_at(self._path, value)
        elif self.rehearsal is not None and self._gives is not None:
            self._turn(boundary_files.assign(self.rehearsal, self._gives.number,
                                             value if isinstance(value, Spot) else None))
            self.features.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_back(self) -> None:
        line = self.features.current()
        if line is not None and self.rehearsal is not None:
            self._turn(boundary_files.assign(self.rehearsal, line.number, None))

    def keep(self) -> None:
        """Keep what was rehearsed."""
        found = self.rehearsal
        if found is None:
            return

        def kept(workspace: Workspace, report: Report) -> KeptOutcome:
            backups.back_up(workspace)
            return boundary_files.keep(workspace, found, report)

        self._long(say("Menyimpan batas …"), kept, partial(self._ended, found.file.name))

    def _ended(self, name: str, done: KeptOutcome) -> None:
        self._turn(None)
        self.refresh_after(say(
            "**{kept} batas** dari {name} disimpan: {replaced} menggantikan yang lama, {derived} wilayah di atasnya "
            "dibentuk darinya.", kept=written.number(done.kept), name=name, replaced=written.number(done.replaced),
            derived=written.number(done.derived)))

    def refresh_after(self, words: str) -> None:
        """Ask anew which boundaries are kept, and say how something ended."""
        self.desk.ask(self, boundary_files.listed, lambda found: self._show_after(found, words), self.refused)

    def _show_after(self, found: list[KeptBoundary], words: str) -> None:
        self.kept.show_table(boundaries.kept(found))
        self._tell(words)
        self.begin()

    # Removing

    def remove(self) -> None:
        """Remove the boundaries that are selected, or all, when it is asked twice."""
        lines = self.kept.selected_lines() or tuple(self.kept.model.lines)
        spots = [line.spot for line in lines if not line.derived]
        if not spots:
            return
        if not self._sure:
            self._sure = True
            self._tell(say("Del sekali lagi membuang {count} batas. Catatan dan nilai tidak tersentuh; berkasnya dapat "
                           "diimpor lagi.", count=len(spots)))
            return
        self._sure = False
        self._long(say("Membuang batas …"), lambda workspace, _report: boundary_files.remove(workspace, spots),
                   lambda number: self.refresh_after(say("{count} batas dibuang.", count=number)))

    def leave(self) -> None:
        """Let go of the file that is looked at, or go back to the map."""
        if self._sure:
            self._sure = False
            self.refresh()
        elif self.rehearsal is not None:
            self._turn(None)
            self.refresh()
            self.begin()
        else:
            self.closed.emit()


def _summary(found: BoundaryRehearsal) -> str:
    told = [
        say("**{name}** ({kind}, {system}): {count} batas.", name=found.file.name, kind=found.file.kind,
            system=found.file.system, count=written.number(len(found.matches))),
        say("{code} menurut kode, {name} menurut nama, {hand} ditentukan; **{unmatched} belum cocok**.",
            code=written.number(found.by_code), name=written.number(found.by_name), hand=written.number(found.by_hand),
            unmatched=written.number(len(found.unmatched))),
    ]
    for number, words in (
        (len(found.doubles), say("{number} tempat punya beberapa bidang, yang menjadi satu batas.",
                                 number=written.number(len(found.doubles)))),
        (len(found.outside), say("{number} di luar wilayah ruang kerja ini dan tidak disimpan.",
                                 number=written.number(len(found.outside)))),
        (found.replaced, say("{number} menggantikan batas yang lama.", number=written.number(found.replaced))),
        (found.file.without_area, say("{number} titik atau garis dilewati.",
                                      number=written.number(found.file.without_area))),
    ):
        if number:
            told.append(words)
    return " ".join(told)
