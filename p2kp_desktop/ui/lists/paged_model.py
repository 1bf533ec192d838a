"""The lines of a long table: their keys are at hand, the lines around those in sight are fetched off the GUI thread."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from typing_extensions import override

from p2kp_desktop.reports.long import LongTable
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.tablecells import KIND

from . import looks
from .looks import NOWHERE, Index

PAGE = 64  # lines fetched at once
KEPT = 40  # pages kept at hand

Key = TypeVar("Key")
Line = TypeVar("Line")


class PagedModel(QAbstractTableModel, Generic[Key, Line]):
    """A line not at hand yet is empty, is asked for, and is painted again when it came."""

    filled = Signal()  # lines that were missing are here

    def __init__(self, desk: Desk, long: LongTable[Key, Line], keys: Sequence[Key]) -> None:
        super().__init__()
        self._desk, self._long, self.columns, self.keys = desk, long, long.put().in_sight, keys
        self._pages: OrderedDict[int, Mapping[Key, Line]] = OrderedDict()
        self._asked: set[int] = set()
        self._generation = 0

    def show(self, keys: Sequence[Key], long: LongTable[Key, Line] | None = None) -> None:
        """Show other lines, perhaps of another table."""
        self.beginResetModel()
        if long is not None:
            self._long, self.columns = long, long.put().in_sight
        self._hold(keys)
        self.endResetModel()

    def renew(self) -> None:
        """Ask again for the lines in sight; the keys are the same."""
        self._hold(self.keys)
        if len(self.keys) and self.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.keys) - 1, len(self.columns) - 1))

    def _hold(self, keys: Sequence[Key]) -> None:
        self.keys = keys
        self._generation += 1
        self._pages.clear()
        self._asked.clear()

    def line(self, row: int) -> Line | None:
        """Return a line that is at hand; ask for it where it is not."""
        if not 0 <= row < len(self.keys):
            return None
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            self._ask(number)
            return None
        self._pages.move_to_end(number)
        return page.get(self.keys[row])

    def _ask(self, number: int) -> None:
        if number in self._asked:
            return
        self._asked.add(number)
        fetch, keys, generation = self._long.fetch, self.keys[number * PAGE : (number + 1) * PAGE], self._generation
        self._desk.ask(
            self, lambda workspace: fetch(workspace, keys), lambda found: self._take(generation, number, found)
        )

    def _take(self, generation: int, number: int, found: Mapping[Key, Line]) -> None:
        if generation != self._generation:
            return
        self._asked.discard(number)
        self._pages[number] = found
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        last = min((number + 1) * PAGE, len(self.keys)) - 1
        self.dataChanged.emit(self.index(number * PAGE, 0), self.index(last, len(self.columns) - 1))
        self.filled.emit()

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.keys)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == KIND:
            return looks.content(column)
        line = self.line(index.row())
        return None if line is None else looks.said(column, line, role)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        return looks.title_of(self.columns, section, orientation, role)
