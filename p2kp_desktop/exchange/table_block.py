"""Lines of a table for the clipboard: as text with tabs, and as cells that a spreadsheet takes as they are meant."""

import datetime
import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.table import Column, Kind, Mark, Table
from p2kp_desktop.schema.table_words import head, words

MOST = 50_000  # rows that a clipboard and a spreadsheet take well
_EPOCH = datetime.date(1899, 12, 30)
_FIRST_CERTAIN = 60  # the day that spreadsheets count and the calendar does not have
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Block:
    """A block of cells, twice: `text` with tabs and line ends, `html` as a table; and how many rows it has."""

    text: str
    html: str
    rows: int


@dataclass(frozen=True)
class _Cell:
    """A cell: what people read, and the plain number behind it, if it is one; that of a day counts the days."""

    text: str
    number: str = ""
    is_day: bool = False


def block(table: Table[Any]) -> Block:
    """Return the lines of a table as cells under their headings.

    Numbers have a decimal comma in the text; as cells they are numbers whatever the language of the spreadsheet.
    Raises Trouble for too many lines.
    """
    if len(table.lines) > MOST:
        raise Trouble(
            say("{count} baris terlalu banyak untuk disalin.", count=len(table.lines)),
            remedy=say("Saring dulu, atau simpan sebagai berkas Excel. Paling banyak {most} baris.", most=MOST),
            code="T72",
        )
    columns = table.written
    rows = [[_Cell(head(column)) for column in columns], *_rows(columns, table.lines)]
    text = "".join("\t".join(_escaped(cell) for cell in row) + "\r\n" for row in rows)
    return Block(text, _table(rows), len(rows) - 1)


def _rows(columns: Sequence[Column[Any]], lines: Iterable[Any]) -> list[list[_Cell]]:
    return [[_cell(column, line) for column in columns] for line in lines]


def _cell(column: Column[Any], line: object) -> _Cell:
    value = column.of(line)
    if isinstance(value, Decimal | Fraction | int) and column.kind.is_number and column.kind is not Kind.SHARE:
        return _number(value)
    if column.kind is Kind.DATE and value is not None and not isinstance(value, Mark):
        return _day(str(value))
    return _Cell(words(column, line))


def _number(value: Decimal | Fraction | int) -> _Cell:
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    plain = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return _Cell(plain.replace(".", ","), plain)


def _day(plain: str) -> _Cell:
    """Return a day as spreadsheets count it; what is none as it stands."""
    try:
        days = (datetime.date.fromisoformat(plain) - _EPOCH).days
    except ValueError:
        return _Cell(plain)
    return _Cell(plain, str(days), is_day=True) if days > _FIRST_CERTAIN else _Cell(plain)


def _escaped(cell: _Cell) -> str:
    """Return a cell between tabs: never a formula, and in quotes when it holds a tab, a line end or a quote."""
    text = cell.text
    if not cell.number and text.startswith(_FORMULA):
        text = f"'{text}"
    if any(mark in text for mark in '\t\r\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _table(rows: Sequence[Sequence[_Cell]]) -> str:
    lines = "".join(f"<tr>{''.join(_td(cell) for cell in row)}</tr>" for row in rows)
    return f'<html><head><meta charset="utf-8"></head><body><table>{lines}</table></body></html>'


def _td(cell: _Cell) -> str:
    """Return a cell of a table; Excel reads x:num, LibreOffice sdval, and both take the rest as text."""
    said = html.escape(cell.text).replace("\n", "<br>")
    if cell.number:
        style = " style='mso-number-format:\"yyyy\\-mm\\-dd\"'" if cell.is_day else ""
        shape = "1033;0;YYYY-MM-DD" if cell.is_day else "1033;"
        return f'<td{style} x:num="{cell.number}" sdval="{cell.number}" sdnum="{shape}">{said}</td>'
    return f"<td style='mso-number-format:\"\\@\"' sdnum=\"1033;0;@\">{said}</td>"
