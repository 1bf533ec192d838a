"""Catatan: every file sent and received, from whom, how it ended; an import can be taken back from here."""

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from p2kp_desktop.actions.bundles import outbox
from p2kp_desktop.actions.bundles.outbox import LogLine
from p2kp_desktop.actions.common.office_words import when
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.reports import transfer
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.files.choosing import choose_target
from p2kp_desktop.ui.files.parts import ActionBar, Calm, action
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.layouts import clear, down
from p2kp_desktop.ui.kit.messages import ErrorCard, fault_of
from p2kp_desktop.ui.kit.scrolling import scrolling
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import PAGE_SIDE, SPACE_4, SPACE_12

from .intake import TOUCHED
from .taking_back import KEYS, SHOWN, TakeBack

_NOTES = 150  # height of the notes below the table
_MOST = 50


class LogPage(QWidget):
    """A table of files, the newest first; what was noted about the current one stands below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._begins = desk, False
        self.list: TableList[LogLine] = TableList(desk, transfer.transfers())
        self.list.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_line())
        self._stack = QStackedWidget()
        self._stack.addWidget(Calm(say("Belum ada catatan"), say("Setiap berkas yang dikirim atau diterima dicatat "
                                   "di sini, dengan hasilnya.")))
        self._stack.addWidget(self._sheet())
        self.take_back = TakeBack(desk, TOUCHED)
        down((self._stack, 1), self._foot(), self.take_back, into=self)
        self._connect()

    def _sheet(self) -> QWidget:
        content = QWidget()
        self._lines = down(into=content, gap=SPACE_4)
        self._notes = Card(say("Hal pada berkas ini"))
        self._notes.body.addWidget(scrolling(content), 1)
        self._notes.setFixedHeight(_NOTES)
        self._notes.hide()
        self._fault = QVBoxLayout()
        sheet = QWidget()
        down(
            (self.list, 1), self._fault, self._notes, into=sheet, gap=SPACE_12,
            margins=(PAGE_SIDE, 0, PAGE_SIDE, SPACE_12),
        )
        return sheet

    def _foot(self) -> QWidget:
        self.bar = ActionBar()
        self.save = Button(say("Simpan berkas asli…"), keys=("Ctrl", "S"))
        self.undo = Button(say("Batalkan penerimaan ini"), icon="history", keys=SHOWN)
        self.bar.row.addWidget(self.save)
        self.bar.row.addWidget(self.undo)
        self.bar.hide()
        return self.bar

    def _connect(self) -> None:
        self.save.clicked.connect(self.save_original)
        self.undo.clicked.connect(self.ask_undo)
        self.take_back.closed.connect(self._close_question)
        self.take_back.refused.connect(self._object)
        self.take_back.done.connect(lambda _count: self._close_question())
        self._saving = action(self, say("Simpan berkas asli…"), "Ctrl+S")
        self._saving.triggered.connect(self.save_original)
        self._undoing = action(self, say("Batalkan penerimaan ini"), KEYS)
        self._undoing.triggered.connect(self.ask_undo)
        self._desk.rights.guard(Deed.RECEIVE, self.undo, self._undoing)
        self._desk.rights.guard(Deed.EXPORT, self.save, self._saving)

    @property
    def line(self) -> LogLine | None:
        """Return the line in use."""
        return self.list.current()

    def begin(self) -> None:
        """Put the focus on the table, as soon as there is one."""
        self._begins = not self.list.table.isVisible()
        self.list.table.setFocus()

    def refresh(self) -> None:
        """Read the log again."""
        self._desk.ask(self, outbox.log, self._show)

    def _show(self, lines: list[LogLine]) -> None:
        if list(self.list.shows.lines) != lines:
            self.list.show_table(transfer.transfers(lines))
        self._stack.setCurrentIndex(1 if lines else 0)
        if self._begins and lines and self.isVisible():
            self._begins = False
            self.list.table.setFocus()
        self._show_line()

    def _show_line(self) -> None:
        line = self.line
        self._close_question()
        clear(self._fault)
        clear(self._lines)
        notes = line.notes if line else ()
        for note in notes[:_MOST]:
            self._lines.addWidget(Label(say(note), NOTE, wraps=True))
        if len(notes) > _MOST:
            self._lines.addWidget(Label(say("dan {count} lainnya", count=len(notes) - _MOST), NOTE))
        self._lines.addStretch(1)
        self._notes.setVisible(bool(notes))
        self._show_foot(line)

    def _show_foot(self, line: LogLine | None) -> None:
        came = line is not None and not line.sent
        undoable = line is not None and came and not line.undone
        self.bar.setVisible(line is not None)
        for thing, there in ((self.save, came), (self.undo, undoable)):
            thing.setVisible(there)
        self._saving.setEnabled(came)
        self._undoing.setEnabled(undoable)
        if line is not None:
            self.bar.note.say(say("Kode pembanding berkas: {figures}…", figures=line.sha256[:transfer.FIGURES]))

    # The original file

    def save_original(self) -> None:
        """Let the user say where the file that was received is saved."""
        line = self.line
        if line is not None and not line.sent:
            choose_target(self, line.file, lambda target: self._save(line.sha256, target))

    def _save(self, sha256: str, target: Path) -> None:
        self._desk.work(
            self, lambda workspace, report: outbox.save_original(workspace, sha256, target, report=report),
            lambda path: self.bar.note.say(say("Tersimpan utuh: {file}", file=path)), self._failed,
        )

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Trouble):
            self._object(error)
        else:
            self._desk.failed.emit(error)

    # Taking back

    def ask_undo(self) -> None:
        """Ask whether the import of the line in use is to be taken back."""
        line = self.line
        if line is None or line.sent or line.undone:
            return
        clear(self._fault)
        self.bar.hide()
        self.take_back.ask([line.id], say(
            "Batalkan penerimaan {file}? Catatannya kembali seperti sebelum {time}. Berkas aslinya tetap disimpan dan "
            "dapat diterima lagi.", file=line.file, time=when(line.time),
        ))

    def _close_question(self) -> None:
        if self.take_back.isVisible():
            self.take_back.hide()
            self.bar.show()
            self.list.table.setFocus()

    def _object(self, trouble: Trouble) -> None:
        self._close_question()
        clear(self._fault)
        self._fault.addWidget(ErrorCard(fault_of(trouble)))
