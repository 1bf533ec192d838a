"""What a cell of a list says under each role, and a model of lines that are all at hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from p2kp_desktop.actions.recording.binder import MISSING
from p2kp_desktop.actions.tables.household_pages import (
    CHANGED,
    COMPLETE,
    CONFLICT,
    DRAFT,
    INCOMPLETE,
    PROBLEM,
    READY,
    RETURNED,
    SENT,
    VERIFIED,
    WAITING,
)
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.chip import Status
from p2kp_desktop.ui.kit.note import Weight
from p2kp_desktop.ui.kit.tablecells import KIND, REMARK, VALUE, Verdict
from p2kp_desktop.ui.kit.tablecells import PROBLEM as GRAVITY

from .table import Column

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Line = TypeVar("Line")

STATUS = {
    MISSING: Status.MISSING, DRAFT: Status.DRAFT, CONFLICT: Status.CONFLICT, PROBLEM: Status.PROBLEM,
    INCOMPLETE: Status.INCOMPLETE, COMPLETE: Status.COMPLETE, READY: Status.READY, SENT: Status.SENT,
    WAITING: Status.WAITING, RETURNED: Status.RETURNED, CHANGED: Status.CHANGED, VERIFIED: Status.VERIFIED,
}


@dataclass(frozen=True)
class Cell:
    """The text of a cell, its value for the delegate, the words after it, and how grave what is wrong with it is."""

    text: str = ""
    value: object = None
    remark: str = ""
    problem: Weight | None = None


NOTHING = Cell()


def verdict(fit: bool | None) -> Cell:
    """Return layak, tidak, or not decided yet."""
    if fit is None:
        return Cell(say("belum"), Verdict.OPEN)
    return Cell(say("Layak"), Verdict.FIT) if fit else Cell(say("Tidak"), Verdict.UNFIT)


def sanitation(latrine: bool | None, fit: bool | None) -> Cell:
    """Return layak only where there is a latrine that is technically fit, and what is there where it is not."""
    if latrine and fit is False:
        return Cell(say("Akses saja"), Verdict.UNFIT)
    return verdict(fit if latrine else latrine)


def asked(comments: int) -> Cell:
    """Return how many comments of reviewers still ask for something."""
    return Cell(str(comments), Verdict.ASKED) if comments else NOTHING


def spoken(cell: Cell, column: Column) -> str:
    """Return what a screen reader says of a cell."""
    word = cell.value.look.word if isinstance(cell.value, Status) else cell.text
    return f"{column.title}: {word} {cell.remark}".strip()


def role_of(cell: Cell, column: Column, role: int) -> Any:
    """Return what a cell says under a role."""
    if role == Qt.ItemDataRole.DisplayRole:
        return cell.text
    if role == KIND:
        return column.content
    if role == VALUE:
        return cell.value
    if role == REMARK:
        return cell.remark
    if role == GRAVITY:
        return cell.problem
    return spoken(cell, column) if role == Qt.ItemDataRole.AccessibleTextRole else None


def title_of(columns: Sequence[Column], section: int, orientation: Qt.Orientation, role: int) -> Any:
    """Return the title of a column."""
    wanted = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
    return columns[section].title if wanted and 0 <= section < len(columns) else None


class Lines(QAbstractTableModel, Generic[Line]):
    """Lines that are all at hand: some hundreds of RTs, a few kawasan."""

    def __init__(self, columns: Sequence[Column], cell: Callable[[Line, str], Cell]) -> None:
        super().__init__()
        self.columns, self._cell = tuple(columns), cell
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def text(self, line: Line, key: str) -> str:
        """Return what a line says in a column."""
        cell = self._cell(line, key)
        return f"{cell.text} {cell.remark}"

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
        column = self.columns[index.column()]
        return role_of(self._cell(self.lines[index.row()], column.key), column, role)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        return title_of(self.columns, section, orientation, role)
