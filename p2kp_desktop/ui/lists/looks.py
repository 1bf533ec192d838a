"""How a column of a table looks in the window: its cells under each role, its width by the widest text."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil, inf
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from p2kp_desktop.language import harmless
from p2kp_desktop.schema.table import Column, Kind, Mark
from p2kp_desktop.schema.table_words import value_words, words
from p2kp_desktop.ui.kit.chip import Status, chip_size
from p2kp_desktop.ui.kit.controls import CHECK
from p2kp_desktop.ui.kit.note import Weight
from p2kp_desktop.ui.kit.tablecells import EDGE, KIND, PROBLEM, REMARK, VALUE, Content, Verdict
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import ICON_TEXT, SPACE_4, SPACE_8

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

SHARE_BAR = 44  # the track of a share, before its words
_SMALL = (Content.STATUS, Content.VERDICT, Content.SHARE, Content.DATE)
_CONTENT = {
    Kind.TEXT: Content.TEXT, Kind.REGION: Content.TEXT, Kind.SMALL: Content.DATE, Kind.NAME: Content.NAME,
    Kind.RT: Content.NAME, Kind.IDENTITY: Content.IDENTITY, Kind.WHOLE: Content.NUMBER, Kind.DECIMAL: Content.NUMBER,
    Kind.MONEY: Content.NUMBER, Kind.SHARE: Content.SHARE, Kind.DATE: Content.DATE, Kind.MOMENT: Content.DATE,
    Kind.STATUS: Content.STATUS, Kind.VERDICT: Content.VERDICT, Kind.LINK: Content.LINK, Kind.CHECK: Content.CHECK,
}
_MARKED = (Kind.STATUS, Kind.VERDICT)
_WIDEST = {Kind.RT: "RT 000 / RW 00"}  # of a column that has no sample of its own
_VALUED = (*_MARKED, Kind.SHARE)


def in_window(columns: Sequence[Column[Any]]) -> tuple[Column[Any], ...]:
    """Return the columns that the window has: those that stand below another are told under it."""
    return tuple(
        _over(column, [each for each in columns if each.below == column.key]) for column in columns if not column.below
    )


def _over(column: Column[Any], below: Sequence[Column[Any]]) -> Column[Any]:
    if not below:
        return column
    titles = (f"{each.title[:1].lower()}{each.title[1:]}" for each in below if not each.quiet)
    return replace(column, title=", ".join((column.title, *titles)), remark=lambda line: " · ".join(
        filter(None, (words(each, line) for each in below))))


def two_lines(columns: Sequence[Column[Any]]) -> bool:
    """Say whether rows need room for words below those of a cell."""
    return any(column.remark is not None and column.kind is not Kind.STATUS for column in columns)


def content(column: Column[Any]) -> Content:
    """Return how the cells of a column are painted."""
    if column.icon is not None:
        return Content.VERDICT
    return Content.SHARE if column.bar is not None else _CONTENT[column.kind]


def is_sorted_by(column: Column[Any]) -> bool:
    """Say whether rows can be sorted by a column."""
    return not column.is_fixed and column.kind is not Kind.CHECK


def width(column: Column[Any], *, widest_title: float = inf) -> int:
    """Return the width of a column in logical pixels: what its widest text takes, and its title up to a limit."""
    if column.kind is Kind.CHECK:
        return CHECK + 2 * EDGE
    title = metrics(Type.CAPTION).horizontalAdvance("" if column.quiet else column.title)
    title += ICON_TEXT + SPACE_4 if is_sorted_by(column) else 0
    return ceil(max(_inside(column), min(title, widest_title))) + 2 * EDGE


def needed(column: Column[Any], lines: Sequence[Any]) -> int:
    """Return the width that a column needs for these lines and its title, 0 where it says nothing in any of them."""
    if not any(words(column, line) for line in lines):
        return 0
    if content(column) is Content.STATUS:
        marks = (column.of(line) for line in lines)
        return width(replace(column, marks=tuple(each for each in marks if isinstance(each, Mark) and each.code)))
    said = {_text(column, line) for line in lines}
    return max(width(replace(column, sample=each or " ")) for each in said)


def _inside(column: Column[Any]) -> float:
    painted = content(column)
    if painted is Content.STATUS:
        return max((_status_width(Status[mark.code.upper()], mark.remark) for mark in column.marks), default=0)
    bold = painted in (Content.NAME, Content.LINK)
    letters = metrics(Type.CAPTION) if painted in _SMALL else metrics(bold=bold)
    before = {Content.VERDICT: ICON_TEXT + SPACE_8, Content.SHARE: SHARE_BAR + SPACE_8}.get(painted, 0)
    return letters.horizontalAdvance(column.sample or _WIDEST.get(column.kind, "")) + before


def _status_width(status: Status, remark: str) -> float:
    chip = chip_size(status.look, filled=status.needs_a_person).width()
    return chip + (SPACE_8 + metrics(Type.CAPTION).horizontalAdvance(remark) if remark else 0)


def said(column: Column[Any], line: object, role: int) -> Any:
    """Return the text, kind, value, remark or weight of a cell that a Qt role asks for."""
    if role == KIND:
        painted = content(column)
        return Content.NAME if painted is Content.TEXT and column.heads is not None and column.heads(line) else painted
    if role == Qt.ItemDataRole.DisplayRole:
        text = harmless(_text(column, line))
        return text if column.wraps else " ".join(text.split())
    if role == VALUE:
        return _value(column, line)
    if role == REMARK:
        return _remark(column, line)
    if role == PROBLEM:
        gravity = column.gravity(line) if column.gravity is not None else ""
        return Weight[gravity.upper()] if gravity else None
    spoken = role == Qt.ItemDataRole.AccessibleTextRole
    return f"{column.title}: {words(column, line)}".strip() if spoken else None


def _text(column: Column[Any], line: object) -> str:
    """Return the words of a cell; those of a status stand in its chip, a remark after or below them."""
    if column.shown is not None:
        return column.shown(line)
    value = column.of(line)
    if isinstance(value, Mark):
        return "" if column.kind is Kind.STATUS else value.word
    return value_words(column.kind, value)


def _remark(column: Column[Any], line: object) -> str:
    if column.remark is not None:
        return column.remark(line)
    value = column.of(line) if column.kind in _MARKED else None
    return value.remark if isinstance(value, Mark) else ""


def _value(column: Column[Any], line: object) -> object:
    if column.bar is not None:
        return column.bar(line)
    if column.icon is not None:
        return Verdict[column.icon(line).upper()]
    if column.kind not in _VALUED:
        return None
    value = column.of(line)
    if isinstance(value, Mark) and value.code:
        return (Verdict if column.kind is Kind.VERDICT else Status)[value.code.upper()]
    return float(value) if column.kind is Kind.SHARE and isinstance(value, Fraction | int | float) else None


def title_of(columns: Sequence[Column[Any]], section: int, orientation: Qt.Orientation, role: int) -> Any:
    """Return the title of a column."""
    if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(columns):
        return None
    column = columns[section]
    if role == Qt.ItemDataRole.ToolTipRole:
        return column.title
    return ("" if column.quiet else column.title) if role == Qt.ItemDataRole.DisplayRole else None
