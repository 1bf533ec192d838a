"""A list whose lines are all at hand: sorted and searched in memory."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, Qt
from typing_extensions import override

from p2kp_desktop.exchange.table_files import MAP
from p2kp_desktop.language import say
from p2kp_desktop.schema.table import Column, Kind, Scope, Table
from p2kp_desktop.schema.table_words import words
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.look.tokens import Token
from p2kp_desktop.ui.place import Paper, Place, why

from . import looks
from .looks import NOWHERE, Index
from .pane import SAVED_AS, ListPane, Makes, file_name, listed_paper, sought
from .table import ListTable

Line = TypeVar("Line")


class TableModel(QAbstractTableModel, Generic[Line]):
    """The lines of a table that are all at hand: some hundreds of RTs, a few kawasan."""

    def __init__(self, columns: Sequence[Column[Line]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        return looks.said(self.columns[index.column()], self.lines[index.row()], role)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        return looks.title_of(self.columns, section, orientation, role)


class TableList(ListPane[Line]):
    """Shows a table; what is to be known of the current line stands below it."""

    def __init__(self, desk: Desk, table: Table[Line]) -> None:
        columns = looks.in_window(table.in_sight)
        self.model: TableModel[Line] = TableModel(columns)
        super().__init__(desk, ListTable(self.model, columns, table.title))
        self.shows = table
        self._has_told = False  # there is something to be known of some line
        self._order, self._turned, self._text = "", False, ""
        self.table.sorted_by.connect(self._sort)
        self.table.row_opened.connect(lambda row: self.opened.emit(self.model.lines[row]))
        self.note.hide()
        if table.scored is not None:
            offer(self.table, [Command(say("Mengapa nilainya begitu"), ("J", "Ctrl+J"), self.ask_why,
                                       say("mengapa nilainya"), leads=True)])

    def ask_why(self) -> None:
        """Go to the explanation of the scores in the current line, where it has any."""
        line, scored, place = self.current(), self.shows.scored, Place.around(self)
        subject = scored(line) if line is not None and scored is not None else None
        if subject is not None and place is not None:
            here, scope = self.shows.scope, subject.scope
            within = replace(scope, area=scope.area or here.area, period=scope.period or here.period)
            place.wants.emit(why(replace(subject, scope=within)))

    def show_table(self, table: Table[Line], scope: Scope | None = None) -> None:
        """Show other lines, in the same columns, of which some may be lacking; `scope` says what they are of."""
        self.shows = table if scope is None else replace(table, scope=scope)
        explains = table.explains
        self._has_told = explains is not None and any(map(explains, table.lines))
        given = {column.key: column for column in looks.in_window(self.shows.in_sight)}
        self.model.columns = tuple(given.get(column.key, column) for column in self.model.columns)
        lacking = {column.key for column in self.model.columns} - {*given}
        needless = {key for key, column in given.items() if _is_needless(column, self.shows)}
        self.table.renew(self.model.columns, lacking | needless, self.shows.lines)
        self._arrange()

    def search(self, text: str) -> None:
        """Show only the lines in which some cell holds this text."""
        self._text = text.strip()
        self._arrange()

    def _sort(self, order: str, turned: bool) -> None:
        self._order, self._turned = order, turned
        self._arrange()

    def _arrange(self) -> None:
        known_by = self.shows.known_by or (lambda line: line)
        current, before = self.current(), self.selected_lines()
        chosen = {known_by(line) for line in before} if self.shows.known_by else before
        lines = [line for line in self.shows.lines if self._holds(line)]
        if self._order in {column.key for column in self.shows.columns}:
            lines.sort(key=self.shows.column(self._order).order, reverse=self._turned)
        self.model.show_lines(lines)
        known = [] if current is None else [known_by(line) == known_by(current) for line in lines]
        self.table.show_row(known.index(True) if True in known else 0)
        if chosen:
            self.table.select_rows(row for row, line in enumerate(lines) if known_by(line) in chosen)
        self.selected.emit(self.table.selected)
        self.explain()
        self.show_emptiness(empty=not lines and not self._text, why=self.shows.empty)

    def _holds(self, line: Line) -> bool:
        text = self._text.lower()
        return not text or any(text in words(column, line).lower() for column in self.shows.in_sight)

    @override
    def explain(self) -> None:
        line, explains = self.current(), self.shows.explains
        self.note.colour(Token.TEXT2)
        self.note.say(explains(line) if explains is not None and line is not None else "")
        self.note.setVisible(self._has_told)

    def current(self) -> Line | None:
        """Return the current line."""
        row = self.table.currentIndex().row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    def selected_lines(self) -> tuple[Line, ...]:
        """Return the selected lines, in order."""
        return tuple(self.model.lines[row] for row in self.table.selected_rows())

    def chosen(self) -> Table[Line]:
        """Return the table to be put out: its selected lines, or all that are shown where none is selected."""
        chosen = self.shows.holding(self.selected_lines() or self.model.lines).as_filed()
        return replace(chosen, narrowed=(*chosen.narrowed, *sought(self._text)))

    @override
    def makes(self, *, full: bool = False) -> Makes:
        table = self.chosen()
        return lambda _workspace, _report: table

    @override
    def on_paper(self) -> Paper:
        """Return the list as it is shown, with the records of its selected lines, or of the current one."""
        current = self.current()
        lines = self.selected_lines() or (() if current is None else (current,))
        return listed_paper(self.shows.title, self.makes(), self.shows.record, lines)

    @override
    def endings(self) -> tuple[str, ...]:
        return (*SAVED_AS, MAP) if self.shows.is_for_maps else SAVED_AS

    @override
    def file_name(self) -> str:
        scope = self.shows.scope
        return file_name(self.shows.title, scope.area, scope.rt, scope.period)


def _is_needless(column: Column[Any], table: Table[Any]) -> bool:
    """Say whether a column that varies tells nothing: only the region looked at, no number, the same in every line."""
    if not column.varies:
        return False
    if column.kind is Kind.REGION:
        return {column.of(line) for line in table.lines} <= {table.scope.area, "", None}
    said = {words(column, line) for line in table.lines}
    return said <= {""} if column.kind.is_number else len(said) < 2
