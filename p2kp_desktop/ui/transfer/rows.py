"""A table's model made of values: every column says how it reads a row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from p2kp_desktop.ui.kit.tablecells import KIND, REMARK, Content

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()
LEAST_TABLE = 40  # height of a table that shares a small page


@dataclass(frozen=True)
class Column(Generic[T]):
    """A column: its title, how its cells are painted, the text of a row, and the line below it."""

    title: str
    kind: Content
    text: Callable[[T], str]
    remark: Callable[[T], str] | None = None


class Rows(QAbstractTableModel, Generic[T]):
    """Values as rows; they are shown, never edited."""

    def __init__(self, columns: Sequence[Column[T]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns, self.rows = tuple(columns), tuple[T, ...]()

    def show_rows(self, rows: Sequence[T]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, row = self._columns[index.column()], self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == KIND:
            return column.kind
        if role == REMARK and column.remark:
            return column.remark(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (column.text(row), column.remark(row) if column.remark else "") if part)
        return None
