"""Catatan: every file sent and received, when, by whom, and how it ended."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from p2kp_desktop.actions import transferring
from p2kp_desktop.actions.transferring import LogLine
from p2kp_desktop.language import say
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.table import Table, TableCard
from p2kp_desktop.ui.kit.tablecells import Content
from p2kp_desktop.ui.look.measures import PAGE_SIDE, SPACE_4, SPACE_12

from .parts import Calm, clear, scrolling
from .rows import Column, Rows

_NOTES = 150  # height of the notes below the table
_MOST = 200


class LogPage(QWidget):
    """A table of files, the newest first; what was noted about the current one stands below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.table = Table(two_lines=True)
        self.rows = Rows[LogLine](_columns(), self)
        self.table.setModel(self.rows)
        self.table.setAccessibleName(say("Catatan kirim dan terima"))
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentChanged.connect(lambda index, _before: self._show_notes(index))
        self._stack = QStackedWidget()
        self._stack.addWidget(Calm(say("Belum ada catatan"), say("Setiap berkas yang dikirim atau diterima dicatat "
                                   "di sini, dengan hasilnya.")))
        self._stack.addWidget(self._sheet())
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_SIDE, 0, PAGE_SIDE, SPACE_12)
        column.addWidget(self._stack)

    def _sheet(self) -> QWidget:
        content = QWidget()
        self._lines = QVBoxLayout(content)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(SPACE_4)
        self._notes = Card(say("Hal pada berkas ini"))
        self._notes.body.addWidget(scrolling(content), 1)
        self._notes.setFixedHeight(_NOTES)
        self._notes.hide()
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_12)
        column.addWidget(TableCard(self.table), 1)
        column.addWidget(self._notes)
        return sheet

    def begin(self) -> None:
        """Put the focus on the table."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the log again."""
        self._desk.ask(self, transferring.log, self._show)

    def _show(self, lines: list[LogLine]) -> None:
        if list(self.rows.rows) != lines:
            self.rows.show_rows(lines)
            self.table.setCurrentIndex(self.rows.index(0, 0))
        self._stack.setCurrentIndex(1 if lines else 0)

    def _show_notes(self, index: QModelIndex) -> None:
        notes = self.rows.rows[index.row()].notes if index.isValid() else ()
        clear(self._lines)
        for note in notes[:_MOST]:
            self._lines.addWidget(Label(note, NOTE, wraps=True))
        if len(notes) > _MOST:
            self._lines.addWidget(Label(say("dan {count} lainnya", count=len(notes) - _MOST), NOTE))
        self._lines.addStretch(1)
        self._notes.setVisible(bool(notes))


def _columns() -> tuple[Column[LogLine], ...]:
    return (
        Column(say("Waktu dan orang"), Content.TEXT, lambda line: line.time, lambda line: line.person),
        Column(say("Arah"), Content.TEXT, lambda line: say("Kirim") if line.sent else say("Terima")),
        Column(say("Berkas dan hasil"), Content.NAME, lambda line: line.file, _result),
    )


def _result(line: LogLine) -> str:
    return say("{result} · {count} hal", result=line.result, count=len(line.notes)) if line.notes else line.result
