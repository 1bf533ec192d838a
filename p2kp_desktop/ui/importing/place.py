"""Dari Excel: choose, drop or paste a table; look at what it would do; take it in; take it back."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.actions.home.window_edge import About
from p2kp_desktop.actions.importing import import_plan
from p2kp_desktop.actions.importing.layouts import WantedLayout
from p2kp_desktop.actions.importing.read_table import PlaceOfRows
from p2kp_desktop.forms import Household
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import region
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.files.choosing import choose_table, choose_target, copied, dropped, where_files_come
from p2kp_desktop.ui.files.parts import ActionBar, action
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.layouts import clear, down
from p2kp_desktop.ui.kit.messages import Emptiness, EmptyState, ErrorCard, WayIn, fault_of
from p2kp_desktop.ui.kit.progress import ProgressPanel
from p2kp_desktop.ui.kit.scrolling import scrolling
from p2kp_desktop.ui.look.measures import CARD_GAP, PAGE_SIDE, PAGE_TOP, SPACE_12
from p2kp_desktop.ui.place import COLLECTING, Destination, Place, Scope

from .blank import Out
from .ended import EndedPage
from .looking import LookingPage
from .session import Phase, Session

PASTE = "paste"  # the tab of a destination that brings the clipboard


class ImportPlace(Place):
    """Nothing yet, the table at hand, or how it ended."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._scope = Scope("", None, "")
        self._folder = where_files_come(desk.workspace.name)
        self._phase = Phase.EMPTY
        self.session = Session(desk, self)
        self.looking, self.ended, self.out = LookingPage(desk, self.session), EndedPage(), Out(desk, self)
        self.foot = Foot()
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._act()
        desk.ask(self, window_edge.about, self._offer_sites)
        self._show()

    def _build(self) -> None:
        self.empty = EmptyState(Emptiness(
            say("Dari Excel"),
            say("Pilih berkas (.xlsx, .xls, .ods, .csv), seret ke sini, atau tempel blok sel dengan Ctrl Shift V. "
                "Templat, tabel dengan judul apa pun, rekap RT, dan buku kerja RT resmi dikenali. Sebelum masuk, "
                "semuanya ditunjukkan."),
            say("Pilih berkas Excel"), ("Ctrl", "O"),
        ), (
            WayIn("copy", say("Tempel dari Excel"), say("Blok sel yang disalin, bersama judulnya. Ctrl Shift V")),
            WayIn("file-spreadsheet", say("Templat kosong…"), say("Diisi di Excel, kolomnya langsung dikenal.")),
            WayIn("table-2", say("Tulis ke berkas RT resmi…"), say("Satu RT, 150 rumah per berkas.")),
        ))
        self._faults = QVBoxLayout()
        start = QWidget()
        down(self._faults, self.out, (self.empty, 1), into=start, gap=CARD_GAP)
        self.stack = QStackedWidget()
        for page in (scrolling(start), self.looking, self.ended):
            self.stack.addWidget(page)
        down((down(self.stack, margins=(PAGE_SIDE, PAGE_TOP, PAGE_SIDE, SPACE_12)), 1), self.foot, into=self)

    def _connect(self) -> None:
        self.empty.pressed.connect(self.choose)
        self.empty.way_chosen.connect(lambda way: (self.paste, self.out.choose_template, self.out.choose_rt)[way]())
        self.out.troubled.connect(self.desk.failed)
        self.session.moved.connect(self._show)
        self.session.progressed.connect(self.foot.progress.show_progress)
        self.foot.progress.cancelled.connect(self.session.stop)
        self.foot.cancel.clicked.connect(self.give_up)
        self.foot.copy.clicked.connect(self.annotate)
        self.foot.button.clicked.connect(self.go_on)
        self.ended.opens.connect(self.open_list)
        self.ended.undoes.connect(self.session.take_back)
        self.ended.annotates.connect(self.annotate)
        self.ended.again.connect(self.choose)

    def _act(self) -> None:
        self._acts: dict[str, QAction] = {}
        rights = self.desk.rights
        for name, words, keys, act in (
            ("choose", say("Pilih berkas Excel…"), ("Ctrl+O",), self.choose),
            ("paste", say("Tempel blok dari Excel"), ("Ctrl+V",), self.paste),
            ("go", say("Masukkan baris"), ("Ctrl+Return", "Ctrl+Enter"), self.go_on),
            ("undo", say("Batalkan impor ini"), ("Ctrl+Backspace",), self.session.take_back),
            ("annotate", say("Simpan salinan dengan catatan…"), ("Ctrl+S",), self.annotate),
            ("leave", say("Batal"), ("Esc",), self.give_up),
            ("next", say("Salah berikutnya"), ("F8",), lambda: self.looking.next_error(1)),
            ("before", say("Salah sebelumnya"), ("Shift+F8",), lambda: self.looking.next_error(-1)),
            ("tab", say("Lembar gladi berikutnya"), ("Ctrl+PgDown",), lambda: self.looking.step(1)),
            ("tab_before", say("Lembar gladi sebelumnya"), ("Ctrl+PgUp",), lambda: self.looking.step(-1)),
            ("template", say("Templat kosong…"), (), self.out.choose_template),
            ("official", say("Tulis ke berkas RT resmi…"), (), self.out.choose_rt),
        ):
            self._acts[name] = action(self, words, *keys)
            self._acts[name].triggered.connect(lambda _checked=False, act=act: act())
        rights.guard(Deed.CHANGE, *(self._acts[name] for name in ("choose", "paste", "go", "undo")))
        rights.guard(Deed.EXPORT, self._acts["official"])
        rights.guard(Deed.CHANGE, self.empty.action, self.foot.button, self.ended.undo, self.ended.more)

    def _offer_sites(self, about: About) -> None:
        self.looking.choices.offer_sites(about.regions)
        self.looking.choices.show_session()

    # Coming here

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show where the import stands; the tab «paste» brings what was copied."""
        self._scope = scope
        self.out.show_scope(scope)
        if self.session.phase in (Phase.DONE, Phase.TAKEN_BACK):
            self.session.clear()
        if destination.tab == PASTE:
            self.paste()
        else:
            self.begin()

    def begin(self) -> None:
        """Put the focus where work goes on."""
        page = self.stack.currentWidget()
        if page is self.looking:
            self.looking.begin()
        elif page is self.ended:
            self.ended.begin()
        else:
            self.empty.findChildren(Button)[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _wanted(self) -> WantedLayout:
        """Return the address of rows that do not say theirs: where the user is."""
        area = self._scope.area
        village = area if area and region(area).is_village else ""
        return WantedLayout(Household, PlaceOfRows(village, self._scope.rt or "", self._scope.period))

    def choose(self) -> None:
        """Let the user choose a workbook."""
        if not self.session.busy:
            choose_table(self, self._folder, self.open_file)

    def open_file(self, path: Path) -> None:
        """Read a workbook and show what it would do."""
        self._folder = path.parent
        self.session.open_file(path, self._wanted())

    def paste(self) -> None:
        """Take the cells that were copied, or the file."""
        given = copied()
        files = dropped(given)
        if files:
            self.open_file(files[0])
        else:
            self.session.open_text(given.text(), self._wanted())

    # Going on

    def go_on(self) -> None:
        """Take the rows in; at the end go to the list of households."""
        if self.session.phase in (Phase.DONE, Phase.TAKEN_BACK):
            self.open_list()
        elif self.session.must_say_drain:
            self.looking.begin()
        else:
            self.session.write()

    def give_up(self) -> None:
        """Stop what is under way; at rest let go of the table; with nothing at hand go back to Pendataan."""
        for finder in (self.looking.finder, self.out.finder):
            if finder.isVisible():
                finder.close_it()
                return
        if self.session.busy:
            self.session.stop()
        elif self.session.phase is Phase.EMPTY and self.session.trouble is None:
            self.wants.emit(Destination(COLLECTING, self._scope))
        else:
            self.session.clear()
            self.begin()

    def open_list(self) -> None:
        """Go to the households: of the RT that all rows were in, or of the area."""
        rts = {str(line.row.given.get("rt") or "") for each in self.session.previews for line in each.lines}
        self.wants.emit(Destination(COLLECTING, self._scope.at(rts.pop() if len(rts) == 1 else None)))

    def annotate(self) -> None:
        """Ask where the copy with remarks goes."""
        source = self.session.source
        if self.session.can_be_annotated and source is not None and source.path is not None:
            name = say("{name} dengan catatan.xlsx", name=source.path.stem)
            choose_target(self, name, self.annotate_into, folder=source.path.parent)

    def annotate_into(self, target: Path) -> None:
        """Write the copy with remarks."""
        source, plans = self.session.source, [each.plan for each in self.session.previews]
        if source is not None and source.path is not None:
            path, shown = source.path, self.foot if self.session.phase is Phase.READY else self.ended
            self.desk.make(self, lambda _workspace, _report: import_plan.write_annotated(plans, path, target),
                           lambda _done: shown.tell_saved(import_plan.words_of_annotated(path, target)))

    # Showing

    def _show(self) -> None:
        session, here = self.session, self._has_focus()
        before, self._phase = self._phase, session.phase
        ended = session.phase in (Phase.DONE, Phase.TAKEN_BACK)
        empty = session.phase is Phase.EMPTY
        self.stack.setCurrentIndex(2 if ended else 0 if empty else 1)
        clear(self._faults)
        if empty and session.trouble is not None:
            self._faults.addWidget(ErrorCard(fault_of(session.trouble)))
        if ended:
            self.ended.show_session(session)
        elif not empty:
            self.looking.show_session()
        self.foot.show_session(session)
        self._enable(ended=ended)
        lost = QApplication.focusWidget() is None and before is not session.phase
        if here and not session.busy and (before in (Phase.READING, Phase.WRITING) or lost):
            self.begin()  # elsewhere the focus stays where the user is

    def _enable(self, *, ended: bool) -> None:
        phase, looking = self.session.phase, self.session.phase is Phase.READY
        for name, able in (
            ("go", looking or ended), ("undo", phase is Phase.DONE), ("annotate", looking or ended), ("next", looking),
            ("before", looking), ("tab", looking), ("tab_before", looking), ("paste", not self.session.busy),
            ("choose", not self.session.busy),
        ):
            self._acts[name].setEnabled(able)

    def _has_focus(self) -> bool:
        """Say whether the user is here and nowhere else."""
        focused = QApplication.focusWidget()
        return self.isVisible() and (focused is None or self.isAncestorOf(focused))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event.mimeData()) and not self.session.busy and self.desk.rights.may(Deed.CHANGE):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        files: Sequence[Path] = dropped(event.mimeData())
        event.acceptProposedAction()
        if files:
            self.open_file(files[0])


class Foot(ActionBar):
    """Shows for every phase the one thing to press, and a way out."""

    def __init__(self) -> None:
        super().__init__()
        self.progress = ProgressPanel()
        self.copy = Button(say("Salinan dengan catatan…"), icon="file-spreadsheet", keys=("Ctrl", "S"))
        self.cancel = Button(say("Batal"), keys=("Esc",))
        self.button = Button("", Kind.PRIMARY, keys=("Ctrl", "Enter"))
        self.row.addWidget(self.progress, 1)
        for button in (self.copy, self.cancel, self.button):
            self.row.addWidget(button)

    def show_session(self, session: Session) -> None:
        """Show what can be done now."""
        looking = session.phase in (Phase.READY, Phase.FAILED)
        self.setVisible(looking or session.busy)
        self.progress.setVisible(session.busy)
        self.note.setVisible(not session.busy)
        self.note.say(_note(session))
        self.copy.setVisible(session.phase is Phase.READY and session.can_be_annotated)
        self.cancel.setVisible(not session.busy)
        self.button.setVisible(session.phase is Phase.READY)
        self.button.setEnabled(session.to_write > 0)
        self.button.say(say("Masukkan {count} baris", count=written.number(session.to_write)))


    def tell_saved(self, words: str) -> None:
        """Say that the copy with remarks was written."""
        self.note.say(words)


def _note(session: Session) -> str:
    if session.phase is Phase.FAILED:
        return say("Belum ada yang berubah.")
    if session.must_say_drain:
        return say("Belum ada yang berubah. Jawab dulu pertanyaan tentang B28 di atas.")
    if session.refusal:
        return say("Belum ada yang berubah. Beri kolomnya pertanyaan di lembar «Kolom», atau impor tanpa kolom itu.")
    rejected = sum(each.count("rejected", "locked") for each in session.previews)
    parts = [say("Belum ada yang berubah. Cadangan dibuat lebih dulu; impor dapat dibatalkan.")]
    if not session.to_write:
        parts = [say("Belum ada yang berubah, dan tidak ada baris yang perlu dimasukkan.")]
    if rejected:
        parts.append(say("{count} baris ditolak tidak ikut.", count=written.number(rejected)))
    return " ".join(parts)
