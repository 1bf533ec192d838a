"""Figures of those who key here, by day or over all days; Enter lists the records of a line, Ctrl+C copies cells."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.quality import operators
from p2kp_desktop.actions.quality.operators import Figures
from p2kp_desktop.language import say
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.controls import Choice
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.tablecells import Content
from p2kp_desktop.ui.lists.cells import Cell
from p2kp_desktop.ui.lists.line_list import LineList
from p2kp_desktop.ui.lists.table import Column
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12

from .leading import Leading

DAYS, ALL = "days", "all"


class OperatorsPage(Leading):
    """One list; bars compare the lines in sight with the fastest of them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, say("Cara diketik"))
        self._found: list[Figures] = []
        self.span = Choice()
        self.span.setAccessibleName(say("Rentang"))
        self.span.addItem(say("Per hari"), DAYS)
        self.span.addItem(say("Semua hari"), ALL)
        self.list: LineList[Figures] = LineList(_columns(), self._cell, _ORDERS, say("Kinerja petugas"))
        copy = Button(say("Salin sebagai sel"), icon="copy", keys=("Ctrl", "C"))
        intro = Label(say(
            "Dihitung saat mengetik di formulir, hanya di laptop ini dan tidak pernah ikut terkirim. "
            "Jeda di atas 30 menit tidak dihitung sebagai kerja. Enter menunjukkan catatannya."
        ), SECONDARY, wraps=True)
        head = QHBoxLayout()
        head.setSpacing(SPACE_12)
        head.addWidget(intro, 1)
        head.addWidget(self.span)
        head.addWidget(copy)
        first = QWidget()
        column = QVBoxLayout(first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_8)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        self.put(first)
        self.column.addWidget(self.told)
        self.list.opened.connect(self._list_records)
        copy.clicked.connect(self.copy)
        self.offer(say("Salin sebagai sel"), "Ctrl+C", self.copy)
        self.span.activated.connect(lambda _row: self.refresh())

    @override
    def refresh(self) -> None:
        figures = operators.totals if self.span.currentData() == ALL else operators.figures
        where = self.where
        self.desk.ask(self, lambda workspace: figures(workspace, where), self._show)

    @override
    def begin(self) -> None:
        (self.records if self.leads else self.list).table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: list[Figures]) -> None:
        self._found = found
        self.list.show_lines(found, say(
            "Untuk wilayah dan periode ini belum ada yang diketik di formulir di laptop ini."
        ))

    def _list_records(self, line: Figures) -> None:
        """List the records that a line counts."""
        words = dict(zip(_KEYS, operators.in_words(line), strict=True))
        told = say("**{person}**, {day}: {records} catatan.", person=line.person, day=words["day"],
                   records=words["records"])
        where = self.where
        self.desk.ask(self, lambda workspace: operators.records_of(workspace, line, where),
                      lambda found: self.show_records(told, found))

    def copy(self) -> None:
        """Put the figures on the clipboard."""
        QApplication.clipboard().setText(operators.as_cells(self.list.model.lines))
        self.tell(say("{count} baris disalin; tempelkan di Excel.", count=len(self.list.model.lines)))

    def _cell(self, each: Figures, key: str) -> Cell:
        words = dict(zip(_KEYS, operators.in_words(each), strict=True))
        if key in _MEASURED:
            most = max((_MEASURED[key](other) for other in self._found), default=0.0)
            return Cell(words[key], _MEASURED[key](each) / most if most else 0.0)
        return Cell(words[key])


_KEYS = ("person", "day", "records", "hourly", "typical", "strokes", "corrected", "lag")
_MEASURED: dict[str, Callable[[Figures], float]] = {
    "hourly": lambda each: each.per_hour, "strokes": lambda each: each.strokes_per_hour,
}


def _columns() -> tuple[Column, ...]:
    person, day, records, hourly, typical, strokes, corrected, lag = operators.titles()
    return (
        Column("person", person, Content.NAME, sample="n" * 16, order="person", stretches=True),
        Column("day", day, Content.DATE, sample="24 September 2026 ", order="day"),
        Column("records", records, Content.NUMBER, sample="10.000", order="records"),
        Column("hourly", hourly, Content.SHARE, sample="100 ", order="hourly"),
        Column("typical", typical, Content.NUMBER, sample="30 mnt 59 dtk", order="typical"),
        Column("strokes", strokes, Content.SHARE, sample="10.000 ", order="strokes"),
        Column("corrected", corrected, Content.NUMBER, sample="100,0", order="corrected", drop=2),
        Column("lag", lag, Content.NUMBER, sample="100 hari", order="lag", drop=1),
    )


_ORDERS: dict[str, Callable[[Figures], object]] = {
    "person": lambda each: each.person.casefold(), "day": lambda each: each.day, "records": lambda each: -each.records,
    "hourly": lambda each: -each.per_hour, "typical": lambda each: each.typical,
    "strokes": lambda each: -each.strokes_per_hour, "corrected": lambda each: -each.corrected,
    "lag": lambda each: -1 if each.lag is None else each.lag,
}
