"""Writes the recap sheets of the official RT workbook cell for cell; resources/official/recap_sheets.json has them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from p2kp_desktop import environment
from p2kp_desktop.schema.table import Filled, Kind, Mark, OfficialSheet

from ..looks import Looks, height, page
from .layout import number

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

LOGBOOK, SLUM = "C. Rekap data RT (logbook SIM)", "Kekumuhan Awal_RT"
_LAST = number("F")  # the last column that is printed
_GAP = 2  # rows between the sheet and what is said below it


@cache
def _layouts() -> Mapping[str, Any]:
    text = (environment.resources() / "official" / "recap_sheets.json").read_text("utf-8")
    found: Mapping[str, Any] = json.loads(text)["sheets"]
    return found


def headings(of: str) -> Mapping[str, str]:
    """Return the heading of each cell of a sheet."""
    found: Mapping[str, str] = _layouts()[of]["headings"]
    return found


Place = tuple[int, int]  # row and column, counted from 1
Found = str | Filled


@dataclass(frozen=True)
class OfficialCell:
    """A cell of an official sheet: where, what is printed or filled in, and how it looks."""

    row: int
    column: int
    found: Found | None
    framed: bool
    head: bool
    bold: bool
    wraps: bool


@dataclass(frozen=True)
class OfficialLayout:
    """An official sheet laid out: how wide its columns are in letters, its cells, the row that stands on each page."""

    widths: Mapping[int, float]
    cells: tuple[OfficialCell, ...]
    again: int


def laid_out(sheet: OfficialSheet) -> OfficialLayout:
    """Return the cells of a sheet row by row, as its office prescribes them."""
    layout = _layouts()[sheet.of]
    cells: dict[Place, Found] = {_place(cell): text for cell, text in layout["headings"].items()}
    cells |= {_place(cell): each for cell, each in sheet.cells.items()}
    grid, heads, bold = (frozenset(_expanded(layout[part])) for part in ("grid", "heads", "bold"))
    return OfficialLayout(
        {number(column): width for column, width in layout["widths"].items()},
        tuple(OfficialCell(
            *at, cells.get(at), framed=at in grid, head=at in heads, bold=at in bold,
            wraps=at[1] > 1 or (at[0], 2) in cells) for at in sorted({*cells, *grid})),
        layout["again"],
    )


def add(book: "Workbook", looks: Looks, sheet: OfficialSheet, name: str, source: Sequence[str]) -> None:
    """Add a sheet to a workbook: what is printed, what is filled in, and below it the notes and the source."""
    made, layout = book.add_worksheet(name), laid_out(sheet)
    for column, width in layout.widths.items():
        made.set_column(column - 1, column - 1, width)
    below = (*sheet.notes, *source)
    last = _fill(made, looks, layout) + _GAP
    for row, told in enumerate(below, start=last):
        made.merge_range(row, 0, row, _LAST - 1, told, looks.style("below"))
        made.set_row(row, height([(told, sum(layout.widths.values()))]))
    made.print_area(0, 0, last + len(below) - 1, _LAST - 1)
    made.repeat_rows(layout.again - 1)
    made.fit_to_pages(1, 0)
    page(made, landscape=False, footer=" · ".join(source[:2]))


def _fill(made: "Worksheet", looks: Looks, layout: OfficialLayout) -> int:
    """Write the cells row by row, as a workbook in constant memory wants them; return the number of rows."""
    for row, of_row in groupby(layout.cells, key=lambda cell: cell.row):
        here = list(of_row)
        texts = [(each.found, layout.widths[each.column]) for each in here
                 if isinstance(each.found, str) and each.framed]
        made.set_row(row - 1, height(texts) if texts else None)
        for each in here:
            _put(made, (row - 1, each.column - 1), each.found, looks.official(
                _kind(each.found), framed=each.framed, wraps=each.wraps, head=each.head, bold=each.bold))
    return layout.cells[-1].row


def _place(cell: str) -> Place:
    column = cell.rstrip("0123456789")
    return int(cell[len(column):]), number(column)


def _expanded(ranges: Sequence[str]) -> Iterator[Place]:
    for each in ranges:
        first, last = map(_place, each.split(":"))
        yield from ((row, column) for row in range(first[0], last[0] + 1) for column in range(first[1], last[1] + 1))


def _kind(found: Found | None) -> str:
    """Return the number format of a cell: percents to two decimals, other numbers with those they have."""
    if not isinstance(found, Filled) or isinstance(found.value, str | Mark | None):
        return "text"
    if found.kind is Kind.SHARE:
        return "percent"
    return "whole" if isinstance(found.value, int) else "derived"


def _put(sheet: "Worksheet", at: tuple[int, int], found: Found | None, look: Any) -> None:
    value = found.value if isinstance(found, Filled) else found
    if isinstance(value, int | Decimal | Fraction):
        sheet.write_number(*at, float(value), look)
    elif value is None:
        sheet.write_blank(*at, None, look)
    else:
        sheet.write_string(*at, value.words if isinstance(value, Mark) else str(value), look)
