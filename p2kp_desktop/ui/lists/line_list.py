"""A list whose lines are all at hand: RTs, kelurahan, kawasan, periods; sorted and searched in memory."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from p2kp_desktop.ui.kit.labels import NOTE, SECONDARY, Label
from p2kp_desktop.ui.kit.table import TableCard
from p2kp_desktop.ui.look.measures import SPACE_4

from .cells import Cell, Lines
from .table import Column, ListTable

Line = TypeVar("Line")
Key = Callable[[Any], Any]


class LineList(QWidget, Generic[Line]):
    """Shows lines; `orders` gives the key by which each sortable column sorts, `known_by` what tells a line.

    `explains` says below the list what is to be known of the current line, "" for nothing.
    """

    opened = Signal(object)

    def __init__(
        self, columns: Sequence[Column], cell: Callable[[Line, str], Cell], orders: Mapping[str, Key], name: str, *,
        known_by: Key = lambda line: line, explains: Callable[[Line], str] | None = None,
    ) -> None:
        super().__init__()
        self._orders, self._order, self._turned = orders, "", False
        self._known_by, self._explains = known_by, explains
        self._all: tuple[Line, ...] = ()
        self._text, self._empty = "", ""
        self.model: Lines[Line] = Lines(columns, cell)
        self._by_key = {column.key: column.order for column in columns}
        self.table = ListTable(self.model, [column.as_value() for column in columns], name)
        self.table.sorted_by.connect(self._sort)
        self.table.row_opened.connect(lambda row: self.opened.emit(self.model.lines[row]))
        self._nothing = Label("", SECONDARY, wraps=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(TableCard(self.table))
        self._stack.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_4)
        column.addWidget(self._stack, 1)
        self.note = Label("", NOTE, wraps=True)
        column.addWidget(self.note)
        if explains is None:
            self.note.hide()
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._explain())

    def _explain(self) -> None:
        line = self.current()
        if self._explains is not None:
            self.note.say(self._explains(line) if line is not None else "")

    def show_lines(self, lines: Sequence[Line], empty: str) -> None:
        """Show other lines; `empty` is said when there are none."""
        self._all, self._empty = tuple(lines), empty
        self._arrange()

    def search(self, text: str) -> None:
        """Show only the lines in which some cell holds this text."""
        self._text = text.strip().lower()
        self._arrange()

    def _sort(self, order: str, turned: bool) -> None:
        self._order, self._turned = self._by_key[order], turned
        self._arrange()

    def _arrange(self) -> None:
        current = self.current()
        lines = [line for line in self._all if self._holds(line)]
        if self._order:
            lines.sort(key=self._orders[self._order], reverse=self._turned)
        self.model.show_lines(lines)
        known = [] if current is None else [self._known_by(line) == self._known_by(current) for line in lines]
        self.table.show_row(known.index(True) if True in known else 0)
        self._explain()
        self._nothing.say(self._empty)
        self._stack.setCurrentIndex(0 if lines or self._text else 1)

    def _holds(self, line: Line) -> bool:
        return not self._text or any(
            self._text in self.model.text(line, column.key).lower() for column in self.model.columns
        )

    def current(self) -> Line | None:
        """Return the current line."""
        row = self.table.currentIndex().row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None
