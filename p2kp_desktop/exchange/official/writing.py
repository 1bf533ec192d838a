"""Writes an RT into a workbook of the official layout, for offices that still demand it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from p2kp_desktop import environment
from p2kp_desktop.schema import Choice, Form, Record, Several
from p2kp_desktop.schema.values import Answer

from .. import stamp
from ..looks import Looks, page
from ..writing import appearing, new_workbook
from .layout import (
    COVER,
    COVER_CELLS,
    FIRST_ROW,
    HOUSEHOLDS,
    MIXED,
    MOST,
    OF_HOUSEHOLDS,
    OF_SURROUNDINGS,
    SURROUNDINGS,
    Answered,
    number,
)

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_LABELS = {
    "province": "PROVINSI", "regency": "KABUPATEN/KOTA", "district": "KECAMATAN", "village": "KELURAHAN/DESA",
    "rt": "RT_RW", "date": "TANGGAL PENDATAAN",
}
_DAYS = 11  # letters of a column that is wide enough for a figure


@dataclass(frozen=True)
class Sheets:
    """What goes into one file: the cover in words, at most 150 households, the surroundings if recorded."""

    cover: Mapping[str, str]
    households: Sequence[Record]
    surroundings: Record | None
    practice: bool = False


def portions(households: Sequence[Record]) -> list[Sequence[Record]]:
    """Return the households file by file: the official sheet takes 150."""
    return [households[start : start + MOST] for start in range(0, len(households), MOST)] or [[]]


def write(path: Path, sheets: Sheets) -> None:
    """Write one file; it appears under its name only when it is whole. Raises Trouble."""
    headings = json.loads((environment.resources() / "official" / "rt_workbook.json").read_text("utf-8"))["headings"]
    with appearing(path) as draft, new_workbook(draft) as book:
        looks = Looks(book)
        cells: dict[str, dict[str, str | float]] = {
            COVER: _cover(sheets.cover), HOUSEHOLDS: _households(sheets), SURROUNDINGS: _surroundings(sheets),
        }
        for title, filled in cells.items():
            sheet = book.add_worksheet(title)
            _put(sheet, looks, {**headings.get(title, {}), **filled}, frozenset(filled))
            page(sheet, landscape=title != COVER, footer=_footer(sheets))
        book.set_properties(stamp.properties(sheets.cover.get("rt", ""), practice=sheets.practice))


def _footer(sheets: Sheets) -> str:
    words = sheets.cover.get("rt", "")
    return f"{stamp.PRACTICE} · {words}" if sheets.practice else words


def _put(sheet: "Worksheet", looks: Looks, cells: Mapping[str, Any], filled: frozenset[str]) -> None:
    """Write the cells row by row, as a workbook in constant memory wants them."""
    placed = sorted((*_place(cell), cell, value) for cell, value in cells.items())
    sheet.set_column(0, 120, _DAYS)
    for row, column, cell, value in placed:
        style = looks.cell("text" if isinstance(value, str) else "decimal") if cell in filled else looks.style("head")
        if isinstance(value, str):
            sheet.write_string(row, column, value, style)
        else:
            sheet.write_number(row, column, value, style)


def _place(cell: str) -> tuple[int, int]:
    column = cell.rstrip("0123456789")
    return int(cell[len(column):]) - 1, number(column) - 1


def _cover(cover: Mapping[str, str]) -> dict[str, str | float]:
    cells: dict[str, str | float] = {cell: cover[key].upper() for key, cell in COVER_CELLS.items() if cover.get(key)}
    return {**cells, **{f"C{cell[1:]}": _LABELS[key] for key, cell in COVER_CELLS.items()}}


def _households(sheets: Sheets) -> dict[str, str | float]:
    cells: dict[str, str | float] = {}
    for place, record in enumerate(sheets.households):
        row = FIRST_ROW + place
        cells[f"C{row}"] = float(place + 1)
        cells.update(_answers(record, OF_HOUSEHOLDS, row))
    return cells


def _surroundings(sheets: Sheets) -> dict[str, str | float]:
    if sheets.surroundings is None:
        return {}
    return dict(_answers(sheets.surroundings, OF_SURROUNDINGS, 0))


def _answers(record: Record, answered: Iterable[Answered], row: int) -> Iterable[tuple[str, str | float]]:
    """Yield the cells that a record fills: figures as such, 1 for every chosen option."""
    for each in answered:
        question = record.form.question(each.key)
        plain = record.understood(question) if question else None
        if question is None or plain is None:
            continue
        at = each.row or row
        if each.kind == "value":
            yield f"{each.columns[0]}{at}", _figure(question.kind, plain)
            continue
        for letter in _letters(record.form, each.key, plain):
            yield f"{each.columns[ord(letter) - ord('a')]}{at}", 1.0


def _figure(kind: str, plain: Answer) -> str | float:
    return float(str(plain)) if kind in ("whole", "decimal") else str(plain)


def _letters(form: type[Form], key: str, plain: Answer) -> list[str]:
    """Return the letters chosen; B28 the other way round, since the sheet asks whether waste water is mixed in."""
    question = form.question(key)
    if not isinstance(question, Choice | Several):
        return []
    letters = [question.options.letter(code) for code in str(plain).split(",") if code in question.options.codes]
    return [{"a": "b", "b": "a"}[each] for each in letters] if key == MIXED else letters
