"""Records of any form for a table: numbers of rows at hand, the lines around those in sight fetched as they are due."""

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from math import ceil
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from p2kp_desktop.actions import tabling
from p2kp_desktop.actions.browsing import (
    CHANGED,
    COMPLETE,
    CONFLICT,
    DRAFT,
    INCOMPLETE,
    PROBLEM,
    READY,
    RETURNED,
    VERIFIED,
)
from p2kp_desktop.actions.tabling import STANDING, Column, Handle, Handles, Line
from p2kp_desktop.schema import Form
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.chip import Status
from p2kp_desktop.ui.kit.tablecells import EDGE, KIND, VALUE, Content
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import ICON_TEXT, SPACE_4

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

PAGE = 64  # lines fetched at once
KEPT = 40  # pages kept at hand

STATUS = {
    DRAFT: Status.DRAFT, CONFLICT: Status.CONFLICT, PROBLEM: Status.PROBLEM, INCOMPLETE: Status.INCOMPLETE,
    COMPLETE: Status.COMPLETE, READY: Status.READY, RETURNED: Status.RETURNED, CHANGED: Status.CHANGED,
    VERIFIED: Status.VERIFIED,
}
_CONTENT = {
    "standing": Content.STATUS, "name": Content.NAME, "identity": Content.IDENTITY, "number": Content.NUMBER,
    "date": Content.DATE, "text": Content.TEXT,
}
WIDEST = 250  # of a column for its title's sake
_WIDTHS = {"standing": 142, "name": 190, "identity": 156, "number": 92, "date": 132, "text": 150}
_NARROW = {"rt": 90, "period": 84, "building": 90, "house_number": 90}


def width(column: Column) -> int:
    """Return the width of a column in logical pixels: what its cells need, or its title up to a limit."""
    title = metrics(Type.CAPTION).horizontalAdvance(column.title) + 2 * EDGE + ICON_TEXT + SPACE_4
    return max(_NARROW.get(column.key, _WIDTHS[column.kind]), min(ceil(title) + 1, WIDEST))


class TableModel(QAbstractTableModel):
    """Holds handles; a line not at hand yet is empty, is asked for, and is painted again when it came."""

    filled = Signal()  # lines that were missing are here

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._form: type[Form] | None = None
        self.columns: tuple[Column, ...] = ()
        self.handles: Handles = array("q")
        self._pages: OrderedDict[int, dict[Handle, Line]] = OrderedDict()
        self._asked: set[int] = set()
        self._generation = 0

    def show(self, form: type[Form], columns: Sequence[Column], handles: Handles) -> None:
        """Show other records, of perhaps another form, in these columns."""
        self.beginResetModel()
        self._form, self.columns, self.handles = form, tuple(columns), handles
        self._forget()
        self.endResetModel()

    def renew(self) -> None:
        """Ask again for the lines in sight; the records are the same."""
        self._forget()
        if len(self.handles) and self.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.handles) - 1, len(self.columns) - 1))

    def _forget(self) -> None:
        self._generation += 1
        self._pages.clear()
        self._asked.clear()

    def line(self, row: int) -> Line | None:
        """Return a line that is at hand; ask for it where it is not."""
        if not 0 <= row < len(self.handles):
            return None
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            self._ask(number)
            return None
        self._pages.move_to_end(number)
        return page.get(self.handles[row])

    def _ask(self, number: int) -> None:
        if number in self._asked or self._form is None:
            return
        self._asked.add(number)
        some = list(self.handles[number * PAGE : (number + 1) * PAGE])
        form, keys, generation = self._form, [column.key for column in self.columns], self._generation
        self._desk.ask(
            self, lambda workspace: tabling.page(workspace, form, some, keys),
            lambda found: self._take(generation, number, found),
        )

    def _take(self, generation: int, number: int, found: dict[Handle, Line]) -> None:
        if generation != self._generation:
            return
        self._asked.discard(number)
        self._pages[number] = found
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        last = min((number + 1) * PAGE, len(self.handles)) - 1
        self.dataChanged.emit(self.index(number * PAGE, 0), self.index(last, len(self.columns) - 1))
        self.filled.emit()

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.handles)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == KIND:
            return _CONTENT[column.kind]
        if role not in (Qt.ItemDataRole.DisplayRole, VALUE, Qt.ItemDataRole.AccessibleTextRole):
            return None
        line = self.line(index.row())
        if line is None:
            return None
        return _said(line, column, role)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.title
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        room = width(column) - 2 * EDGE - ICON_TEXT - SPACE_4
        return metrics(Type.CAPTION).elidedText(column.title, Qt.TextElideMode.ElideRight, room)


def _said(line: Line, column: Column, role: int) -> Any:
    if column.key == STANDING:
        status = STATUS.get(line.standing)
        if role == VALUE:
            return status
        word = status.look.word if status else line.standing
        return f"{column.title}: {word}" if role == Qt.ItemDataRole.AccessibleTextRole else ""
    if role == VALUE:
        return None
    text = " ".join(line.texts.get(column.key, "").split())
    return f"{column.title}: {text}" if role == Qt.ItemDataRole.AccessibleTextRole else text
