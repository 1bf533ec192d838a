"""Terima: choose files or drop them, see in a rehearsal what they would change, apply them, or take them back."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from typing_extensions import override

from p2kp_desktop.actions.bundles.arrivals import Applied, Recognised
from p2kp_desktop.actions.upkeep import updates
from p2kp_desktop.actions.upkeep.updates import UpdateOffer
from p2kp_desktop.exchange.update_file import SUFFIX
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.files.choosing import choose_files, choose_folder, copied, where_files_come
from p2kp_desktop.ui.files.parts import ActionBar, action, ways_in
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.messages import Emptiness, EmptyState, NoticeCard, WayIn
from p2kp_desktop.ui.kit.progress import ProgressPanel
from p2kp_desktop.ui.look.measures import PAGE_SIDE, SPACE_8, SPACE_12
from p2kp_desktop.ui.place import COLLECTING, PHOTOS, UPDATING, UPKEEP, Destination, Scope
from p2kp_desktop.versions import HERE

from .arrived import Arrived
from .intake import TOUCHED, Intake, Phase
from .steps import APPLY, DONE, READ, REHEARSE, Steps
from .taking_back import KEYS, SHOWN, TakeBack


class ReceivePage(QWidget):
    """Nothing yet, or the files at hand with the step they are at."""

    settle = Signal()
    wants = Signal(object)  # Destination

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.intake = Intake(desk, self)
        self._folder = where_files_come(desk.workspace.name)
        self._phase = Phase.EMPTY
        self._notice: NoticeCard | None = None
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._act()
        self._show()

    def _build(self) -> None:
        sentence = say("Pilih berkas .xlsx atau .segel dari flashdisk, WhatsApp, atau surel; seret ke sini, atau "
                       "tempel dengan Ctrl V. Boleh banyak sekaligus, urutannya bebas.")
        folder = WayIn("inbox", say("Satu folder sekaligus"), say("Semua paket di dalam folder itu. Ctrl Shift O"))
        photos = WayIn("inbox", say("Foto formulir dan rumah"), say("Tiap foto menemukan catatannya. Ctrl Shift F"))
        self.empty = EmptyState(
            Emptiness(say("Terima paket"), sentence, say("Pilih berkas"), ("Ctrl", "O")), (folder, photos)
        )
        self.steps = Steps()
        self.arrived = Arrived(self._desk, self.intake)
        work = QWidget()
        down(self.steps, (self.arrived, 1), into=work, gap=SPACE_8)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(work)
        self._notices = down(gap=SPACE_8)
        inside = down(self._notices, (self._stack, 1), margins=(PAGE_SIDE, 0, PAGE_SIDE, SPACE_12))
        self.bar = Foot()
        self.take_back = TakeBack(self._desk, TOUCHED)
        down((inside, 1), self.bar, self.take_back, into=self)

    def _connect(self) -> None:
        self.empty.pressed.connect(self.choose)
        self.empty.way_chosen.connect(
            lambda place: self.wants.emit(Destination(PHOTOS)) if place else self.choose_folder())
        self.intake.moved.connect(self._show)
        self.intake.progressed.connect(self.bar.progress.show_progress)
        findings = self.arrived.findings
        findings.settle.connect(self.settle)
        findings.show_returned.connect(lambda: self.wants.emit(Destination(COLLECTING, tab="returned")))
        self.bar.progress.cancelled.connect(self.intake.stop)
        self.bar.undo.clicked.connect(self.ask_undo)
        self.bar.cancel.clicked.connect(self.give_up)
        self.bar.more.clicked.connect(self.choose)
        self.bar.button.clicked.connect(self.go_on)
        self.take_back.closed.connect(self._keep)
        self.take_back.refused.connect(self._cannot)
        self.take_back.done.connect(self._taken_back)
        self._desk.changed.connect(self._reconsider)

    def _act(self) -> None:
        self._going = action(self, say("Terapkan perubahan"), "Ctrl+Return", "Ctrl+Enter")
        self._going.triggered.connect(self.go_on)
        self._leaving = action(self, say("Batal menerima"), "Esc")
        self._leaving.triggered.connect(self.give_up)
        self._undoing = action(self, say("Batalkan penerimaan ini"), KEYS)
        self._undoing.triggered.connect(self.ask_undo)
        ways_in(self, self._desk.rights, Deed.RECEIVE, (
            (say("Pilih berkas paket…"), "Ctrl+O", self.choose),
            (say("Pilih folder berisi paket…"), "Ctrl+Shift+O", self.choose_folder),
            (say("Tempel berkas yang disalin"), "Ctrl+V", self.paste),
        ))
        self._desk.rights.guard(Deed.RECEIVE, self._going, self._undoing, self.empty.action, self.bar.undo,
                                self.bar.more, self.bar.button)
        self._stepping = [
            action(self, words, keys)
            for words, keys in ((say("Konflik berikutnya"), "F8"), (say("Konflik sebelumnya"), "Shift+F8"))
        ]
        for stepping, by in zip(self._stepping, (1, -1), strict=True):
            stepping.triggered.connect(lambda _checked=False, by=by: self._step(by))

    # Where it stands

    @property
    def files(self) -> list[Recognised]:
        """Return the files at hand."""
        return self.intake.files

    def enter(self, scope: Scope) -> None:
        """Remember the period whose totals are shown."""
        self.intake.period = scope.period

    def begin(self) -> None:
        """Put the focus where work begins."""
        if self.files:
            self.arrived.take_in_hand()
        else:
            self.empty.findChildren(Button)[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _reconsider(self, touched: frozenset[str]) -> None:
        """Rehearse again when the data here changed after the rehearsal."""
        if self.intake.phase is Phase.REHEARSED and touched & TOUCHED:
            self.intake.rehearse()  # the desk has one writer: it comes after what is in line

    # What the user does

    def choose(self) -> None:
        """Let the user choose files."""
        if not self.intake.busy:
            choose_files(self, self._folder, self.look_at)

    def choose_folder(self) -> None:
        """Let the user choose a folder with bundles."""
        if not self.intake.busy:
            choose_folder(self, self._folder, lambda folder: self.look_at([folder]))

    def paste(self) -> None:
        """Take the files or folders that were copied in the file manager."""
        self.look_at(_local(copied()))

    def look_at(self, paths: Sequence[Path]) -> None:
        """Read files, and those in folders, and rehearse them; an update of the program beside them is told."""
        programs = [path for path in paths if path.suffix.lower() == SUFFIX and path.is_file()]
        if programs:
            self.wants.emit(Destination(UPKEEP, tab=UPDATING, files=(str(programs[0]),)))
        paths = [path for path in paths if path not in programs]
        if paths:
            folders = {path if path.is_dir() else path.parent for path in paths}
            self._desk.ask(self, lambda _workspace: updates.worth_taking(folders), self._show_programs)
            self._folder = paths[0] if paths[0].is_dir() else paths[0].parent
            self._close_question()
            self.intake.look_at(paths)

    def _show_programs(self, offers: list[UpdateOffer]) -> None:
        """Tell of the update that came with the files, once, above them."""
        if self._notice is not None:
            self._close_notice()
        if not offers:
            return
        way = Destination(UPKEEP, tab=UPDATING, files=(str(offers[0].path),))
        self._notice = NoticeCard(
            say("Di folder itu ada P2KP Desktop {version}.", version=offers[0].version),
            say("Yang terpasang {version}. Paketnya diterima seperti biasa; program dapat diperbarui sesudahnya.",
                version=HERE.running), say("Lihat pembaruan"), ())
        self._notice.pressed.connect(lambda: self.wants.emit(way))
        self._notice.closed.connect(self._close_notice)
        self._notices.addWidget(self._notice)
        self._notices.setContentsMargins(0, 0, 0, SPACE_8)

    def _close_notice(self) -> None:
        if self._notice is not None:
            self._notices.removeWidget(self._notice)
            self._notice.hide()
            self._notice.deleteLater()
            self._notice = None
            self._notices.setContentsMargins(0, 0, 0, 0)

    def go_on(self) -> None:
        """Apply what was rehearsed, or rehearse what was stopped."""
        if self.intake.phase is Phase.REHEARSED:
            self.intake.apply()
        elif self.intake.phase is Phase.LISTED:
            self.intake.rehearse()

    def give_up(self) -> None:
        """Stop what is under way; at rest let go of the files, and everything stays as it is."""
        if self.take_back.isVisible():
            self._keep()
        elif self.intake.busy:
            self.intake.stop()
        elif self.files:
            self.intake.clear()
            self.begin()

    def _step(self, step: int) -> None:
        if self.arrived.findings.clashes is not None:
            self.arrived.panes.bring(1)
            self.arrived.findings.step(step)

    # Taking back

    def ask_undo(self) -> None:
        """Ask whether the import is to be taken back."""
        if self.intake.phase is not Phase.DONE or not self.intake.transfers:
            return
        self.bar.hide()
        self.take_back.ask(self.intake.transfers, say(
            "Batalkan penerimaan ini? {count} catatan kembali seperti sebelumnya. Berkas aslinya tetap disimpan dan "
            "dapat diterima lagi.", count=written.number(self.intake.changes),
        ))

    def _keep(self) -> None:
        self._close_question()
        self.bar.show_intake(self.intake)
        self.arrived.list.setFocus()

    def _close_question(self) -> None:
        self.take_back.hide()
        self.arrived.tell(None)

    def _cannot(self, trouble: Trouble) -> None:
        self._keep()
        self.arrived.tell(trouble)

    def _taken_back(self, count: int) -> None:
        self._close_question()
        self.intake.put_back(count)

    # Showing

    def _show(self) -> None:
        here, came = self._has_focus(), self.intake.phase is not self._phase
        self._phase = self.intake.phase
        self._stack.setCurrentIndex(0 if self.intake.phase is Phase.EMPTY else 1)
        if here and self.intake.busy:
            self.arrived.list.setFocus()  # what had it is about to go
        self.steps.show_step(*step_of(self.intake))
        self.arrived.show_files()
        self.bar.show_intake(self.intake)
        self._going.setEnabled(self.intake.phase in (Phase.REHEARSED, Phase.LISTED))
        self._going.setText(self.bar.button.text())
        self._leaving.setEnabled(self.intake.phase is not Phase.EMPTY)
        self._leaving.setText(say("Selesai") if self.intake.phase is Phase.DONE else say("Batal menerima"))
        self._undoing.setEnabled(bool(self.intake.transfers))
        for stepping in self._stepping:
            stepping.setEnabled(self.arrived.is_told and self.arrived.findings.clashes is not None)
        if here and not self.intake.busy and (came or not self._has_focus()):
            self.begin()

    def _has_focus(self) -> bool:
        """Say whether the user is on this page and nowhere else."""
        focused = QApplication.focusWidget()
        return self.isVisible() and (focused is None or self.isAncestorOf(focused))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self.intake.busy and self._desk.rights.may(Deed.RECEIVE):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.look_at(_local(event.mimeData()))


def _local(given: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile()]


class Foot(ActionBar):
    """Shows for every phase the one thing to press, and a way out."""

    def __init__(self) -> None:
        super().__init__()
        self.progress = ProgressPanel()
        self.undo = Button(say("Batalkan penerimaan ini"), icon="history", keys=SHOWN)
        self.more = Button(say("Pilih berkas lain"), keys=("Ctrl", "O"))
        self.cancel = Button(say("Batal"), keys=("Esc",))
        self.button = Button("", Kind.PRIMARY, keys=("Ctrl", "Enter"))
        self.row.addWidget(self.progress, 1)
        for button in (self.undo, self.more, self.cancel, self.button):
            self.row.addWidget(button)

    def show_intake(self, intake: Intake) -> None:
        """Show what can be done now."""
        phase, done = intake.phase, intake.phase is Phase.DONE
        self.setVisible(phase is not Phase.EMPTY)
        self.progress.setVisible(intake.busy)
        self.note.setVisible(not intake.busy)
        self.undo.setVisible(done and bool(intake.transfers))
        self.more.setVisible(not intake.busy and phase is not Phase.REHEARSED)
        self.cancel.setVisible(not intake.busy)
        self.cancel.say(say("Selesai") if done else say("Batal"))
        self.button.setVisible(bool(intake.ready) and phase in (Phase.REHEARSED, Phase.LISTED))
        self.button.say(_action(intake))
        self.note.say(_note(intake))


def step_of(intake: Intake) -> tuple[int, str]:
    """Return the step at which receiving is, and what is safe to know there."""
    told = {
        Phase.READING: (READ, say("Belum ada yang berubah. Berkas hanya dibaca.")),
        Phase.LISTED: (REHEARSE if intake.ready else READ, say("Belum ada yang berubah.")),
        Phase.APPLYING: (APPLY, say("Tiap berkas diterima utuh atau tidak sama sekali.")),
        Phase.DONE: (DONE, _safe(intake)),
    }
    return told.get(intake.phase, (REHEARSE, say("Belum ada yang berubah. Ini gladi, datanya masih seperti tadi.")))


def _safe(intake: Intake) -> str:
    if isinstance(intake.ended, Applied) and intake.ended.backup is not None:
        return say("Tersimpan. Cadangan dibuat sebelum penerimaan ini.")
    return say("Tersimpan. Cadangan terakhir masih sama dengan data sebelum penerimaan ini.")


def _action(intake: Intake) -> str:
    if intake.phase is Phase.LISTED:
        return say("Gladi")
    if intake.changes:
        return say("Terapkan {count} perubahan", count=written.number(intake.changes))
    return say("Catat sebagai diterima")


def _note(intake: Intake) -> str:
    if intake.phase is Phase.LISTED:
        return _note_at_rest(intake)
    if intake.phase is Phase.DONE:
        if isinstance(intake.ended, Applied) and intake.ended.stopped:
            return say("Dihentikan. Berkas yang sudah selesai tetap diterima, yang lain tidak mengubah apa pun.")
        return say("Menerima berkas yang sama lagi tidak mengubah apa pun.")
    parts = [say("Cadangan dibuat lebih dulu. Penerimaan ini dapat dibatalkan.")]
    conflicts = sum(each.counts["conflict"] for each in intake.outcomes.values())
    if conflicts:
        parts.append(say("{count} konflik boleh menunggu.", count=conflicts))
    return " ".join(parts)


def _note_at_rest(intake: Intake) -> str:
    if intake.taken_back:
        return say("Penerimaan dibatalkan: {count} catatan kembali seperti sebelumnya. Berkasnya dapat diterima lagi.",
                   count=written.number(intake.taken_back))
    if intake.ready:
        return say("Dihentikan. Belum ada yang berubah.")
    if intake.locked:
        return say("Isi kata sandi untuk membaca berkas ini. Belum ada yang berubah.")
    return say("Tidak ada berkas yang dapat diterima; tidak ada yang berubah.")
