"""Records of any form for a table: what its columns say of them, and how wide they are."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import Any

from PySide6.QtCore import Qt
from typing_extensions import override

from p2kp_desktop.actions.tables import form_table
from p2kp_desktop.actions.tables.form_table import STANDING, Column, Handle, Handles, Line
from p2kp_desktop.actions.tables.household_pages import (
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
from p2kp_desktop.forms import Household
from p2kp_desktop.schema import Form
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.chip import Status
from p2kp_desktop.ui.kit.tablecells import EDGE, KIND, VALUE, Content
from p2kp_desktop.ui.lists.paging import Index, Paged
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import ICON_TEXT, SPACE_4

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


class TableModel(Paged[Handle, Line]):
    """The records of these handles, in columns that can be chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, array("q"))
        self._form: type[Form] = Household
        self.columns: tuple[Column, ...] = ()

    def show(self, form: type[Form], columns: Sequence[Column], handles: Handles) -> None:
        """Show other records, of perhaps another form, in these columns."""
        self.beginResetModel()
        self._form, self.columns = form, tuple(columns)
        self._hold(handles)
        self.endResetModel()

    @override
    def width(self) -> int:
        return len(self.columns)

    @override
    def fetching(self, keys: Sequence[Handle]) -> Callable[[Workspace], Mapping[Handle, Line]]:
        form, some, asked = self._form, list(keys), [column.key for column in self.columns]
        return lambda workspace: form_table.page(workspace, form, some, asked)

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
