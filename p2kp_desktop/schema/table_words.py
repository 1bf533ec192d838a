"""What a cell of a table says, and where its figures come from, in words."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from p2kp_desktop.language import say

from . import written
from .places import region_name, rt_words
from .table import Column, Kind, Mark, Source, Table, Value

Line = TypeVar("Line")


def words(column: Column[Line], line: Line) -> str:
    """Return the words that a cell shows; a remark stands after them in parentheses."""
    said = column.shown(line) if column.shown is not None else value_words(column.kind, column.of(line))
    remark = column.remark(line) if column.remark is not None else ""
    return f"{said} ({remark})" if said and remark else said or remark


def value_words(kind: Kind, value: Value) -> str:
    """Return a value in words as its kind has it; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, Mark):
        return value.words
    if kind is Kind.REGION:
        return region_name(str(value)) if value else ""
    if kind is Kind.RT:
        return rt_words(str(value))
    if kind is Kind.DATE:
        return written.short_day(str(value))
    if kind is Kind.MOMENT:
        return written.moment(str(value))
    return _number_words(kind, value) if isinstance(value, int | Decimal | Fraction) else str(value)


def _number_words(kind: Kind, value: int | Decimal | Fraction) -> str:
    if kind is Kind.SHARE:
        return written.percent(Fraction(value) * 100)
    if kind is Kind.MONEY:
        return written.money(int(value))
    return written.decimal(value, 2) if isinstance(value, Fraction) else written.number(value)


def head(column: Column[Line]) -> str:
    """Return the heading of a column in a file: its title with the unit."""
    unit = f" ({column.unit})" if column.unit and f"({column.unit})" not in column.title else ""
    return f"{column.title}{unit}" or say("Konflik")


def sum_row(table: Table[Line], columns: Sequence[Column[Line]]) -> list[tuple[Column[Line], Value]]:
    """Return each column with its sum; the first one without says what the row is."""
    row: list[tuple[Column[Line], Value]] = [(column, table.sums.get(column.key)) for column in columns]
    if row and row[0][1] is None:
        row[0] = (row[0][0], say("Jumlah"))
    return row


def origin(table: Table[Line]) -> tuple[str, ...]:
    """Return the sentences of a file: where its figures come from, and by what its lines are narrowed."""
    found = source_lines(table.source) if table.source else ()
    return (*found, say("Disaring: {filters}.", filters="; ".join(table.narrowed))) if table.narrowed else found


def source_lines(source: Source) -> tuple[str, ...]:
    """Return where figures come from: what and whose they are, then how sure."""
    done = written.number(source.surveyed)
    surveyed = say("{done} bangunan didata", done=done)
    if source.buildings is not None:
        surveyed = say("{done} dari {all} bangunan didata", done=done, all=written.number(source.buildings))
    rules = {"2018": say("Permen PUPR 14/2018"), "2016": say("Permen PUPR 2/2016")}.get(source.rules, source.rules)
    methods = {"workbook": say("buku kerja resmi"), "units": say("per bangunan dan KK")}
    method = methods.get(source.method, source.method)
    period = say("periode {period}", period=source.period) if source.period else say("semua periode")
    return (
        " · ".join((source.place, period, ", ".join(dict.fromkeys((source.workspace, source.person))),
                    written.moment(source.time))),
        say("{rules}, cara hitung {method} · {surveyed} · {conflicts} konflik terbuka · {unverified} belum "
            "diverifikasi", rules=rules, method=method, surveyed=surveyed,
            conflicts=written.number(source.open_conflicts), unverified=written.number(source.unverified)),
    )
