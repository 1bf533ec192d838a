"""The sheets whose layout an office prescribes, on paper as in their workbook; each begins on a page of its own."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from p2kp_desktop.exchange.official import recap
from p2kp_desktop.exchange.official.recap import Found, OfficialCell, OfficialLayout
from p2kp_desktop.rules.scoring import PLACES, half_up
from p2kp_desktop.schema import written
from p2kp_desktop.schema.table import Filled, Kind, OfficialSheet
from p2kp_desktop.schema.table_words import value_words

from . import blocks
from .blocks import Block


def of_sheets(sheets: Sequence[OfficialSheet]) -> list[Block]:
    """Return the blocks of official sheets: the cells, then what is to be known of them."""
    found: list[Block] = []
    for number, each in enumerate(sheets):
        if number:
            found.append(blocks.new_page())
        found += [_sheet(recap.laid_out(each)), *map(blocks.note, each.notes)]
    return found


def _sheet(layout: OfficialLayout) -> Block:
    rows = {row: list(some) for row, some in groupby(layout.cells, key=lambda cell: cell.row)}
    return {
        "kind": "official", "widths": [layout.widths[each] for each in sorted(layout.widths)],
        "heads": [_row(rows[row]) for row in sorted(rows) if _first_head(rows) <= row <= layout.again],
        "above": [_row(rows.get(row, [])) for row in range(1, _first_head(rows))],
        "rows": [_row(rows.get(row, [])) for row in range(layout.again + 1, max(rows) + 1)],
    }


def _first_head(rows: dict[int, list[OfficialCell]]) -> int:
    return min(row for row, cells in rows.items() if any(cell.head for cell in cells))


def _row(cells: Sequence[OfficialCell]) -> list[dict[str, object]]:
    return [{
        "x": cell.column - 1, "text": _words(cell.found), "framed": cell.framed, "head": cell.head, "bold": cell.bold,
        "wraps": cell.wraps, "right": isinstance(cell.found, Filled) and not isinstance(cell.found.value, str | None),
    } for cell in cells]


def _words(found: Found | None) -> str:
    """Return a cell as the sheet shows it: per cents with two decimals."""
    if not isinstance(found, Filled):
        return found or ""
    if found.kind is Kind.SHARE and isinstance(found.value, Fraction | int):
        return f"{written.number(half_up(Fraction(found.value) * 100, PLACES))} %"
    return value_words(found.kind, found.value)
