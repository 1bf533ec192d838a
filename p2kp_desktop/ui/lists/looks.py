"""How a column of a table looks in the window: its cells under each role, its width by the widest text."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from PySide6.QtCore import Qt

from p2kp_desktop.schema.table import Column, Kind, Mark
from p2kp_desktop.schema.table_words import value_words, words
from p2kp_desktop.ui.kit.chip import Status
from p2kp_desktop.ui.kit.note import Weight
from p2kp_desktop.ui.kit.tablecells import KIND, PROBLEM, REMARK, VALUE, Content, Verdict

from . import table

_CONTENT = {
    Kind.TEXT: Content.TEXT, Kind.REGION: Content.TEXT, Kind.SMALL: Content.DATE, Kind.NAME: Content.NAME,
    Kind.RT: Content.NAME, Kind.IDENTITY: Content.IDENTITY, Kind.WHOLE: Content.NUMBER, Kind.DECIMAL: Content.NUMBER,
    Kind.MONEY: Content.NUMBER, Kind.SHARE: Content.SHARE, Kind.DATE: Content.DATE, Kind.MOMENT: Content.DATE,
    Kind.STATUS: Content.STATUS, Kind.VERDICT: Content.VERDICT, Kind.LINK: Content.LINK, Kind.CHECK: Content.CHECK,
}


def _content(column: Column[Any]) -> Content:
    return Content.VERDICT if column.icon is not None else _CONTENT[column.kind]


def shown(column: Column[Any]) -> table.Column:
    """Return a column as the list lays it out."""
    return table.Column(
        column.key, "" if column.quiet else column.title, _content(column), column.sample, column.gives_way,
        "" if column.is_fixed or column.kind is Kind.CHECK else column.key, column.stretches, column.wraps,
        tuple((Status[mark.code.upper()], mark.remark) for mark in column.marks),
    )


def said(column: Column[Any], line: object, role: int) -> Any:
    """Return what a cell says under a role."""
    if role == KIND:
        return _content(column)
    if role == Qt.ItemDataRole.DisplayRole:
        return _text(column, line)
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
    value = column.of(line) if column.remark is None else None
    if isinstance(value, Mark):
        return value.remark
    return column.remark(line) if column.remark is not None else ""


def _value(column: Column[Any], line: object) -> object:
    if column.icon is not None:
        return Verdict[column.icon(line).upper()]
    value = column.of(line)
    if isinstance(value, Mark) and value.code and column.kind in (Kind.STATUS, Kind.VERDICT):
        return (Verdict if column.kind is Kind.VERDICT else Status)[value.code.upper()]
    return float(value) if column.kind is Kind.SHARE and isinstance(value, Fraction | int | float) else None


def title_of(columns: Sequence[Column[Any]], section: int, orientation: Qt.Orientation, role: int) -> Any:
    """Return the title of a column."""
    wanted = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
    if not wanted or not 0 <= section < len(columns):
        return None
    return "" if columns[section].quiet else columns[section].title
