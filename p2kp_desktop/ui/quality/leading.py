"""A list whose lines lead down to records: Enter lists them, Enter again opens one, Esc goes back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.quality.rule_breaks import Breaker
from p2kp_desktop.actions.recording.record_names import form_of
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.tablecells import Content
from p2kp_desktop.ui.lists.cells import Cell
from p2kp_desktop.ui.lists.line_list import LineList
from p2kp_desktop.ui.lists.page import Page
from p2kp_desktop.ui.lists.table import Column
from p2kp_desktop.ui.look.measures import SPACE_8
from p2kp_desktop.ui.place import Destination


class Leading(Page):
    """Lays its own list and that of the records one behind the other; `answer` is what is said of each record."""

    def __init__(self, desk: Desk, answer: str) -> None:
        super().__init__(desk)
        self.records: LineList[Breaker] = LineList(
            record_columns(answer), record_cell, RECORD_ORDERS, say("Catatan di balik angka ini")
        )
        self.led = Label("", SECONDARY, wraps=True)
        self.lists = QStackedWidget()
        self.records.opened.connect(self._open)

    def put(self, first: QWidget) -> None:
        """Put what leads down before the records."""
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_8)
        column.addWidget(self.led)
        column.addWidget(self.records, 1)
        self.lists.addWidget(first)
        self.lists.addWidget(below)
        self.column.addWidget(self.lists, 1)

    @property
    def leads(self) -> bool:
        """Say whether records are in sight."""
        return self.lists.currentIndex() == 1

    def show_records(self, words: str, found: Sequence[Breaker]) -> None:
        """Show the records behind a line, told in words above them."""
        self.led.say(f"{words} {say('Enter membuka, Esc kembali.')}")
        self.records.show_lines(found, say("Catatannya sudah tidak ada."))
        self.lists.setCurrentIndex(1)
        self.records.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> None:
        """Go back to the line."""
        self.lists.setCurrentIndex(0)
        self.begin()

    def _open(self, record: Breaker) -> None:
        if record.id:
            scope = self.scope.at(record.rt or None)
            self.wants.emit(Destination("form", scope, record.form, record.id, record.question))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.leads:
            self.back()
        else:
            super().keyPressEvent(event)


def record_columns(answer: str) -> tuple[Column, ...]:
    """Return the columns of records that a figure counts, with what is said of each."""
    return (
        Column("name", say("Nama"), Content.NAME, sample="n" * 22, order="name", stretches=True),
        Column("rt", say("RT"), sample="001/005  ", order="rt"),
        Column("region", say("Kelurahan"), sample="n" * 20, order="region", drop=1),
        Column("answer", answer, sample="n" * 34, order="answer"),
    )


def record_cell(record: Breaker, key: str) -> Cell:
    """Return a cell of such a record."""
    if key == "name":
        return Cell(record.name if record.form == Household.key else _named(record))
    return Cell({"rt": record.rt, "region": region_name(record.region) if record.region else "",
                 "answer": record.answer}[key])


def _named(record: Breaker) -> str:
    title = say(form_of(record.form).title)
    return " · ".join(dict.fromkeys(filter(None, (title, record.name))))


RECORD_ORDERS: dict[str, Callable[[Breaker], object]] = {
    "name": lambda each: each.name.casefold(), "rt": lambda each: (each.rt, each.region),
    "region": lambda each: (each.region, each.rt), "answer": lambda each: each.answer,
}
