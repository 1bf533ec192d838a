"""A table in the window: opened, sorted, searched, copied as cells and saved as a file, with the same keys always."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.exchange import table_block
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.table import Column, Kind, Scope, Table
from p2kp_desktop.schema.table_words import words
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.files.choosing import choose_target
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.labels import NOTE, SECONDARY, Label
from p2kp_desktop.ui.kit.table import TableCard
from p2kp_desktop.ui.look.measures import SPACE_4
from p2kp_desktop.ui.look.tokens import Token

from . import looks
from .cells import NOWHERE, Index
from .table import ListTable

Line = TypeVar("Line")
SAVED_AS = (".xlsx", ".csv")


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


class TableList(QWidget, Generic[Line]):
    """Shows a table whose lines are all at hand; `opened` is what Enter means, when somebody listens.

    Ctrl+C copies the selected lines, or all, Ctrl+E saves what is shown; below the list stands what is to be known
    of the current line, or how that ended.
    """

    opened = Signal(object)

    def __init__(self, desk: Desk, table: Table[Line]) -> None:
        super().__init__()
        self._desk, self.shows = desk, table
        self._order, self._turned, self._text = "", False, ""
        self.model: TableModel[Line] = TableModel(table.in_sight)
        self.table = ListTable(self.model, [looks.shown(column) for column in table.in_sight], table.title)
        self.table.sorted_by.connect(self._sort)
        self.table.row_opened.connect(lambda row: self.opened.emit(self.model.lines[row]))
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._explain())
        self._nothing, self.note = Label("", SECONDARY, wraps=True), Label("", NOTE, wraps=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.setVisible(table.explains is not None)
        self._stack = QStackedWidget()
        self._stack.addWidget(TableCard(self.table))
        self._stack.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_4)
        column.addWidget(self._stack, 1)
        column.addWidget(self.note)
        offer(self.table, [
            Command(say("Salin baris terpilih, atau semuanya"), ("Ctrl+C",), self.copy, say("salin"), rare=True,
                    leads=True),
            Command(say("Simpan daftar sebagai Excel atau CSV"), ("Ctrl+E",), self.save_as, say("simpan daftar"),
                    rare=True, leads=True),
        ])

    def show_table(self, table: Table[Line], scope: Scope | None = None) -> None:
        """Show other lines, in the same columns; `scope` says what they are of."""
        self.shows = table if scope is None else replace(table, scope=scope)
        given = {column.key: column for column in self.shows.in_sight}
        self.model.columns = tuple(given.get(column.key, column) for column in self.model.columns)
        self.table.keep_out([column.key for column in given.values() if _is_needless(column, self.shows)])
        self._arrange()

    def search(self, text: str) -> None:
        """Show only the lines in which some cell holds this text."""
        self._text = text.strip().lower()
        self._arrange()

    def _sort(self, order: str, turned: bool) -> None:
        self._order, self._turned = order, turned
        self._arrange()

    def _arrange(self) -> None:
        current = self.current()
        lines = [line for line in self.shows.lines if self._holds(line)]
        if self._order:
            lines.sort(key=self.shows.column(self._order).order, reverse=self._turned)
        self.model.show_lines(lines)
        known_by = self.shows.known_by or (lambda line: line)
        known = [] if current is None else [known_by(line) == known_by(current) for line in lines]
        self.table.show_row(known.index(True) if True in known else 0)
        self._explain()
        self._nothing.say(self.shows.empty)
        self._stack.setCurrentIndex(0 if lines or self._text else 1)

    def _holds(self, line: Line) -> bool:
        return not self._text or any(self._text in words(column, line).lower() for column in self.shows.in_sight)

    def _explain(self) -> None:
        line, explains = self.current(), self.shows.explains
        self.note.colour(Token.TEXT2)
        self.note.say(explains(line) if explains is not None and line is not None else "")
        self.note.setVisible(explains is not None)

    def current(self) -> Line | None:
        """Return the current line."""
        row = self.table.currentIndex().row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    def chosen(self) -> Table[Line]:
        """Return the table with the selected lines only, or with all that are shown where none is selected."""
        rows = self.table.selected_rows()
        return replace(self.shows, lines=tuple(self.model.lines[row] for row in rows) if rows else self.model.lines)

    def copy(self) -> None:
        """Put the lines chosen onto the clipboard, as text and as cells."""
        try:
            block = table_block.block(self.chosen())
        except Trouble as trouble:
            self._refused(trouble)
            return
        content = QMimeData()
        content.setText(block.text)
        content.setHtml(block.html)
        QGuiApplication.clipboard().setMimeData(content)
        self.tell(say("{count} baris disalin. Tempel di Excel dengan Ctrl+V.", count=block.rows))

    def save_as(self) -> None:
        """Ask where the lines chosen are saved, then save them; the name's ending says as what."""
        table = self.chosen()
        choose_target(self.window(), f"{_file_name(table)}.xlsx", lambda path: self.save(table, path), SAVED_AS)

    def save(self, table: Table[Line], path: Path) -> None:
        """Save a table as a file with where its figures come from."""
        self._desk.ask(
            self, lambda workspace: catalogue.save(workspace, table, path),
            lambda count: self.tell(say("**{count} baris** disimpan di {path}.", count=count, path=path)),
            self._refused,
        )

    def tell(self, told: str) -> None:
        """Say below the list how something ended."""
        self.note.colour(Token.TEXT2)
        self.note.say(told)
        self.note.show()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, Trouble):
            self._desk.failed.emit(error)
            return
        self.tell(f"{say(error.what)} {say(error.safe)} {say(error.remedy)} ({error.code})")
        self.note.colour(Token.ERR)


def _file_name(table: Table[Any]) -> str:
    """Return what a file of a table is called: Daftar RT Lima Ilir 2026."""
    scope = table.scope
    parts = (table.title, f"RT {scope.rt}" if scope.rt else "", region_name(scope.area), scope.period)
    return "".join("-" if letter in '<>:"/\\|?*' else letter for letter in " ".join(filter(None, parts)))


def _is_needless(column: Column[Any], table: Table[Any]) -> bool:
    """Say whether a column that varies tells nothing: only the region looked at, no number, the same in every line."""
    if not column.varies:
        return False
    if column.kind is Kind.REGION:
        return {column.of(line) for line in table.lines} <= {table.scope.area, "", None}
    said = {words(column, line) for line in table.lines}
    return said <= {""} if column.kind.is_number else len(said) < 2
