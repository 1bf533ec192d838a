"""Every answer that a bundle changes, old and new: as many rows as there are, only those in sight are made."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.actions.bundles.receipt_outcome import ReceivedChange
from p2kp_desktop.forms.agreement import EDITION
from p2kp_desktop.forms.meeting import ABOUT
from p2kp_desktop.language import say
from p2kp_desktop.reports import transfer
from p2kp_desktop.reports.transfer import Answered
from p2kp_desktop.schema.records import DISTINCT
from p2kp_desktop.schema.review import BEHELD, SEEN
from p2kp_desktop.schema.table import Table
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.labels import BODY, NOTE, Label
from p2kp_desktop.ui.kit.layouts import Stretch, down
from p2kp_desktop.ui.kit.tablecells import EDGE
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import SPACE_8

from .totals import LEAST_TABLE

T = TypeVar("T")
_INNER = (SEEN, BEHELD, DISTINCT, EDITION, ABOUT)  # what the program notes for itself


class Answers(QWidget, Generic[T]):
    """A table of records and answers; what the row in use says in full stands below where it does not fit."""

    def __init__(self, desk: Desk, table: Table[T], read: Callable[[T], Answered]) -> None:
        super().__init__()
        self._read = read
        self.list: TableList[T] = TableList(desk, table)
        self.list.table.setMinimumHeight(LEAST_TABLE)
        self.list.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_whole())
        self.whole = Label("", BODY, wraps=True)
        down((self.list, 1), self.whole, into=self, gap=SPACE_8)

    def show_table(self, table: Table[T], *, most: int = 0) -> None:
        """Show these lines, and make place for at most so many (0: as the page gives)."""
        self.list.show_table(table)
        self._show_whole()
        if most:
            rows, head = self.list.table.verticalHeader(), self.list.table.horizontalHeader()
            self.list.setFixedHeight(head.height() + rows.defaultSectionSize() * min(len(table.lines), most) + 2)

    def _show_whole(self) -> None:
        line = self.list.current()
        told = self._read(line) if line is not None else None
        self.whole.setVisible(told is not None and not self._fits(told))
        if told is not None:
            self.whole.say(f"**{told.record}** · {told.asked}: **{told.both}**")

    def _fits(self, told: Answered) -> bool:
        bold, small = metrics(bold=True), metrics(Type.CAPTION)
        wide = [self.list.table.columnWidth(place) - 2 * EDGE for place in range(2)]
        record = max(bold.horizontalAdvance(told.record), small.horizontalAdvance(told.place))
        answer = max(metrics().horizontalAdvance(told.both), small.horizontalAdvance(told.asked))
        return record <= wide[0] and answer <= wide[1]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_whole()


class Changes(QWidget):
    """The answers that were here already and become others."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.answers: Answers[ReceivedChange] = Answers(desk, transfer.changed_answers(), transfer.changed)
        self.none = Label(say("Tidak ada jawaban lama yang berubah."), NOTE, wraps=True)
        down((self.answers, 1), self.none, Stretch(0), into=self, gap=None)

    def show_changes(self, changes: Sequence[ReceivedChange]) -> int:
        """Show these, place by place and record by record; return how many there are."""
        shown = [change for change in changes if not change.question.startswith(_INNER)]
        shown.sort(key=lambda each: (each.subject.region, each.subject.rt, each.subject.title, each.id))
        self.answers.show_table(transfer.changed_answers(shown))
        self.answers.setVisible(bool(shown))
        self.none.setVisible(not shown)
        return len(shown)
