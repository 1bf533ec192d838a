"""Every answer that a bundle changes, old and new: as many rows as there are, only those in sight are made."""

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.bundles.receipt_outcome import Change, Worded
from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.actions.recording.record_names import masked
from p2kp_desktop.forms.agreement import EDITION
from p2kp_desktop.forms.meeting import ABOUT
from p2kp_desktop.language import say
from p2kp_desktop.schema.records import DISTINCT
from p2kp_desktop.schema.review import BEHELD, SEEN
from p2kp_desktop.ui.kit.labels import BODY, NOTE, Label
from p2kp_desktop.ui.kit.table import Table, TableCard
from p2kp_desktop.ui.kit.tablecells import EDGE, Content
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import SPACE_8

from .rows import LEAST_TABLE, Column, Rows

T = TypeVar("T")
_FIRST = 0.36  # share of the width for the record
_INNER = (SEEN, BEHELD, DISTINCT, EDITION, ABOUT)  # what the program notes for itself


class Line(NamedTuple):
    """A row in words: whose record and where, the answer, and what was asked."""

    record: str
    place: str
    answer: str
    asked: str


class Lines(QWidget, Generic[T]):
    """A table of records and answers; what the row in use says in full stands below where it does not fit."""

    def __init__(self, name: str, titles: tuple[str, str], read: Callable[[T], Line]) -> None:
        super().__init__()
        self._read = read
        self.table = Table(two_lines=True)
        self.table.setMinimumHeight(LEAST_TABLE)
        self.rows = Rows[T]((
            Column(titles[0], Content.NAME, lambda each: read(each).record, lambda each: read(each).place),
            Column(titles[1], Content.TEXT, lambda each: read(each).answer, lambda each: read(each).asked),
        ), self)
        self.table.setModel(self.rows)
        self.table.setAccessibleName(name)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.selectionModel().currentChanged.connect(lambda index, _before: self._show_whole(index))
        self.whole = Label("", BODY, wraps=True)
        self._card = TableCard(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_8)
        column.addWidget(self._card, 1)
        column.addWidget(self.whole)

    def show_rows(self, rows: Sequence[T], *, most: int = 0) -> None:
        """Show these rows, and make place for at most so many (0: as the page gives)."""
        self.rows.show_rows(rows)
        self.whole.hide()
        if rows:
            self.table.setCurrentIndex(self.rows.index(0, 0))
        if most:
            heights = self.table.verticalHeader().defaultSectionSize() * min(len(rows), most)
            self._card.setFixedHeight(self.table.horizontalHeader().height() + heights + 2)

    def _show_whole(self, index: QModelIndex) -> None:
        line = self._read(self.rows.rows[index.row()]) if index.isValid() else None
        self.whole.setVisible(line is not None and not self._fits(line))
        if line is not None:
            self.whole.say(f"**{line.record}** · {line.asked}: **{line.answer}**")

    def _fits(self, line: Line) -> bool:
        bold, small = metrics(bold=True), metrics(Type.CAPTION)
        wide = [self.table.columnWidth(place) - 2 * EDGE for place in range(2)]
        record = max(bold.horizontalAdvance(line.record), small.horizontalAdvance(line.place))
        answer = max(metrics().horizontalAdvance(line.answer), small.horizontalAdvance(line.asked))
        return record <= wide[0] and answer <= wide[1]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.table.setColumnWidth(0, round(event.size().width() * _FIRST))
        self._show_whole(self.table.currentIndex())


class Changes(QWidget):
    """The answers that were here already and become others."""

    def __init__(self) -> None:
        super().__init__()
        titles = say("Catatan"), say("Jawaban lama → baru")
        self.lines = Lines[Change](say("Jawaban yang berubah"), titles, _line)
        self.none = Label(say("Tidak ada jawaban lama yang berubah."), NOTE, wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines, 1)
        column.addWidget(self.none)
        column.addStretch()

    def show_changes(self, changes: Sequence[Change]) -> int:
        """Show these, place by place and record by record; return how many there are."""
        shown = [change for change in changes if not change.question.startswith(_INNER)]
        shown.sort(key=lambda each: (each.subject.region, each.subject.rt, each.subject.title, each.id))
        self.lines.show_rows(shown)
        self.lines.setVisible(bool(shown))
        self.none.setVisible(not shown)
        return len(shown)


def told(change: Change) -> Worded:
    """Return a change in words; of an identity number only the ends."""
    words = change.in_words()
    if not record_names.is_identity(change.subject.form, change.question):
        return words
    before, after = (masked(each) if each is not None else say("(kosong)") for each in (change.before, change.after))
    return words._replace(before=before, after=after)


def asked(words: Worded) -> str:
    """Return number and wording of the question on one line."""
    return f"{words.number} {words.wording}".strip()


def _line(change: Change) -> Line:
    words = told(change)
    return Line(words.record, words.place, f"{words.before} → {words.after}", asked(words))
