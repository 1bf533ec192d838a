"""Terima: choose files or drop them, see whose they are, receive them one after another, see what changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions import arriving
from p2kp_desktop.actions.arriving import Outcome, Recognised
from p2kp_desktop.actions.scoring import RtPlace
from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import say
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.messages import Emptiness, EmptyState, WayIn
from p2kp_desktop.ui.kit.progress import ProgressPanel
from p2kp_desktop.ui.look.measures import PAGE_SIDE, SPACE_12
from p2kp_desktop.ui.place import Scope

from .arrived import Arrived
from .choosing import choose_files, choose_folder
from .parts import ActionBar, action

TOUCHED = frozenset({*(form.key for form in FORMS), "transfers", "conflicts"})


@dataclass
class Batch:
    """The files that are being received: those to come, those done, where the RTs stood before."""

    waiting: list[Recognised]
    before: dict[RtPlace, arriving.Standing] = field(default_factory=dict)
    done: list[Outcome] = field(default_factory=list)
    started: float = 0.0
    stopped: bool = False

    def left(self) -> str:
        """Return how far it is and about how long it still takes, by the bytes of the files."""
        total = len(self.waiting) + len(self.done)
        words = say("berkas {number} dari {total}", number=min(len(self.done) + 1, total), total=total)
        read = sum(_size(outcome.file.path) for outcome in self.done)
        if not read:
            return words
        seconds = (monotonic() - self.started) / read * sum(_size(file.path) for file in self.waiting)
        return say("{words} · kira-kira {seconds} detik lagi", words=words, seconds=max(round(seconds), 1))


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


class ReceivePage(QWidget):
    """Nothing yet, files to receive, or files received."""

    settle = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._period = desk, ""
        self.files: list[Recognised] = []
        self.outcomes: list[Outcome] = []
        self._batch: Batch | None = None
        self._folder: Path | None = None
        self.setAcceptDrops(True)
        self._build()
        action(self, say("Pilih berkas paket…"), "Ctrl+O").triggered.connect(self.choose)
        action(self, say("Pilih folder berisi paket…"), "Ctrl+Shift+O").triggered.connect(self.choose_folder)
        action(self, say("Tempel berkas yang disalin"), "Ctrl+V").triggered.connect(self.paste)
        action(self, say("Terima berkas"), "Ctrl+Return", "Ctrl+Enter").triggered.connect(self.receive)
        self._show()

    def _build(self) -> None:
        sentence = say("Pilih berkas .xlsx dari flashdisk, WhatsApp, atau surel; seret ke sini, atau tempel dengan "
                       "Ctrl V. Boleh banyak sekaligus, urutannya bebas.")
        folder = WayIn("inbox", say("Satu folder sekaligus"), say("Semua paket di dalam folder itu. Ctrl Shift O"))
        empty = EmptyState(Emptiness(say("Terima paket"), sentence, say("Pilih berkas"), ("Ctrl", "O")), (folder,))
        empty.pressed.connect(self.choose)
        empty.way_chosen.connect(lambda _place: self.choose_folder())
        self.empty = empty
        self.arrived = Arrived()
        self.arrived.settle.connect(self.settle)
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(self.arrived)
        inside = QVBoxLayout()
        inside.setContentsMargins(PAGE_SIDE, 0, PAGE_SIDE, SPACE_12)
        inside.addWidget(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inside, 1)
        column.addWidget(self._bar())

    def _bar(self) -> QWidget:
        self.bar = ActionBar()
        self.progress = ProgressPanel()
        self.progress.cancelled.connect(self.stop)
        self.more = Button(say("Pilih berkas lain"), keys=("Ctrl", "O"))
        self.more.clicked.connect(self.choose)
        self.clear = Button(say("Kosongkan daftar"))
        self.clear.clicked.connect(lambda: self._take([]))
        self.button = Button("", Kind.PRIMARY, icon="inbox", keys=("Ctrl", "Enter"))
        self.button.clicked.connect(self.receive)
        self.bar.row.addWidget(self.progress, 1)
        for button in (self.clear, self.more, self.button):
            self.bar.row.addWidget(button)
        return self.bar

    def enter(self, scope: Scope) -> None:
        """Remember the period whose totals are shown."""
        self._period = scope.period

    def begin(self) -> None:
        """Put the focus where work begins."""
        if self.files:
            self.arrived.list.setFocus()
        else:
            self.empty.findChildren(Button)[0].setFocus(Qt.FocusReason.TabFocusReason)

    def choose(self) -> None:
        """Let the user choose files."""
        if self._batch is None:
            choose_files(self, self._folder, self.look_at)

    def choose_folder(self) -> None:
        """Let the user choose a folder with bundles."""
        if self._batch is None:
            choose_folder(self, self._folder, lambda folder: self.look_at([folder]))

    def paste(self) -> None:
        """Take the files or folders that were copied in the file manager."""
        self.look_at(_local(QGuiApplication.clipboard().mimeData()))

    def look_at(self, paths: Sequence[Path]) -> None:
        """Recognise files, and those in folders, without receiving them."""
        if self._batch is not None or not paths:
            return
        self._folder = paths[0] if paths[0].is_dir() else paths[0].parent
        self._desk.ask(
            self,
            lambda workspace: [arriving.recognise(workspace, path) for path in arriving.bundles_in(paths)],
            self._take,
        )

    def _take(self, files: list[Recognised]) -> None:
        self.files, self.outcomes = files, []
        self._show()
        self.begin()

    def _ready(self) -> list[Recognised]:
        done = {outcome.file.path for outcome in self.outcomes}
        return [file for file in self.files if file.trouble is None and file.path not in done]

    def receive(self) -> None:
        """Receive the files one after another; a bad one stops none of the others."""
        ready = self._ready()
        if self._batch is not None or not ready:
            return
        self._batch = Batch(ready, started=monotonic())
        self._show()
        period = self._period or None
        self._desk.change(self, lambda workspace: arriving.standings(workspace, period), self._begin, self._broken,
                          touches=())

    def _begin(self, before: dict[RtPlace, arriving.Standing]) -> None:
        if self._batch is not None:
            self._batch.before = before
            self._go_on()

    def _go_on(self) -> None:
        batch = self._batch
        if batch is None:
            return
        self._show()
        if batch.stopped or not batch.waiting:
            period = self._period or None
            self._desk.change(self, lambda workspace: arriving.standings(workspace, period), self._finish,
                              self._broken, touches=TOUCHED if batch.done else ())
            return
        file = batch.waiting[0]
        self._desk.change(self, lambda workspace: arriving.receive(workspace, file), self._received, self._broken,
                          touches=())

    def _received(self, outcome: Outcome) -> None:
        if self._batch is not None:
            self._batch.waiting.pop(0)
            self._batch.done.append(outcome)
            self.outcomes.append(outcome)
            self._go_on()

    def _finish(self, after: dict[RtPlace, arriving.Standing]) -> None:
        before = self._batch.before if self._batch else {}
        self._batch = None
        self.arrived.totals.show_movements(arriving.movements(before, after), self._period)
        self._show()
        self.arrived.list.setFocus()

    def _broken(self, error: Exception) -> None:
        self._batch = None
        self._show()
        self._desk.changed.emit(TOUCHED)
        self._desk.failed.emit(error)

    def stop(self) -> None:
        """Receive no more files after the one at hand, which is received whole."""
        if self._batch is not None:
            self._batch.stopped = True
            self.bar.note.say(say("Berhenti sesudah berkas ini selesai."))

    def _show(self) -> None:
        self._stack.setCurrentWidget(self.arrived if self.files else self.empty)
        if self.files:
            done = bool(self.outcomes) and self._batch is None
            self.arrived.show_files(self.files, self.outcomes, done=done)
        self._show_bar()

    def _show_bar(self) -> None:
        batch, ready = self._batch, self._ready()
        self.bar.setVisible(bool(self.files))
        self.progress.setVisible(batch is not None)
        self.bar.note.setVisible(batch is None)
        for button in (self.clear, self.more, self.button):
            button.setVisible(batch is None)
        if batch is not None:
            share = len(batch.done) / max(len(batch.done) + len(batch.waiting), 1)
            self.progress.show_progress(share, batch.left())
        elif ready:
            self.button.say(say("Terima {count} berkas", count=len(ready)))
            self.bar.note.say(say("Belum ada yang berubah. Tiap berkas diterima utuh atau tidak sama sekali."))
        else:
            self.button.hide()
            self.bar.note.say(say("Menerima berkas yang sama lagi tidak mengubah apa pun.") if self.outcomes
                              else say("Tidak ada berkas yang dapat diterima; tidak ada yang berubah."))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self._batch is None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.look_at(_local(event.mimeData()))


def _local(given: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile()]
