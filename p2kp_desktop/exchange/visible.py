"""Finds the records in the visible sheets, wherever people moved, sorted, renamed or removed something."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from p2kp_desktop.language import say

from .bundle import COVER, DICTIONARY, HISTORY, MACHINE, Finding, header_mark
from .front import FormEntry, Front
from .layout import ALWAYS_EXTRA
from .machine import read_name
from .records_part import Seen
from .workbook import OpenWorkbook, Row

MOST_FINDINGS = 1_000  # of one bundle; what lies beyond is counted, not listed
_LOOK_FOR_HEADER = 12  # rows


@dataclass(frozen=True)
class Grid:
    """A visible sheet of a form: the row where the data begin, and each column of the dictionary in it."""

    title: str
    entry: FormEntry
    first: int
    columns: tuple[int | None, ...]

    def seen(self, number: int, row: Row) -> Seen:
        """Return the cells of a row, counted from 0, in the order of the dictionary."""
        cells = [row[column] if column is not None and column < len(row) else "" for column in self.columns]
        return Seen(self.title, number + 1, cells, self.columns)


@dataclass
class Placed:
    """Where each record is seen: {(form, written id): (sheet, row counted from 0)}."""

    grids: list[Grid] = field(default_factory=list)
    places: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def rows(self, book: OpenWorkbook) -> Iterator[tuple[str, Seen, str]]:
        """Yield form, visible row and written id of every record that is seen."""
        for grid in self.grids:
            for number, row in _data_rows(book, grid):
                record = _text(row, 0)
                if self.places.get((grid.entry.key, record)) == (grid.title, number):
                    yield grid.entry.key, grid.seen(number, row), record

    def find(self, kind: str, message: str, sheet: str, row: int | None = None, record: str = "") -> None:
        """Note a finding, up to a thousand."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(kind, message, sheet, row, record))
        elif len(self.findings) == MOST_FINDINGS:
            self.findings.append(Finding("more", say("Masih ada perubahan lain yang tidak didaftar."), sheet))


def place(book: OpenWorkbook, front: Front, known: set[tuple[str, str]]) -> Placed:
    """Return where the known records are seen, and what was added or removed by hand."""
    placed = Placed()
    for entry in front.forms.values():
        lost = []
        for title, grid in _grids(book, front, entry):
            if grid is None:
                lost.append(title)
                placed.find("sheet_removed", say("Lembar «{sheet}» dihapus.", sheet=title), title)
                continue
            placed.grids.append(grid)
            _note_columns(placed, grid)
            for number, row in _data_rows(book, grid):
                _place_row(placed, grid, number, row, known)
        if not lost:
            _note_removed(placed, entry, known)
    return placed


def _grids(book: OpenWorkbook, front: Front, entry: FormEntry) -> Iterator[tuple[str, Grid | None]]:
    """Yield every sheet of a form, looked for under its name, then by its mark among unknown sheets."""
    renamed = (grid for grid in (_grid(book, title, entry) for title in _unknown_sheets(book, front)) if grid)
    for title in entry.sheets:
        yield title, _grid(book, title, entry) or next(renamed, None)


def _unknown_sheets(book: OpenWorkbook, front: Front) -> list[str]:
    named = {title for entry in front.forms.values() for title in entry.sheets} | {part.title for part in front.parts}
    fixed = (COVER, DICTIONARY, MACHINE)
    return [
        title for title in book.sheets
        if title not in named and title not in fixed and not title.startswith(HISTORY) and book.fits(title)
    ]


def _grid(book: OpenWorkbook, title: str, entry: FormEntry) -> Grid | None:
    """Return the sheet's grid, None where the sheet or its row of machine keys is gone."""
    top = list(islice(book.rows(title), _LOOK_FOR_HEADER)) if title in book.sheets else []
    mark = header_mark(entry.key)
    at = next((number for number, row in enumerate(top) if _text(row, 0) == mark), None)
    if at is None:
        return None
    keys = [str(cell) for cell in top[at]]
    columns = tuple(keys.index(column.key) if column.key in keys else None for column in entry.columns)
    heads = [number for number in range(at + 1, len(top)) if _text(top[number], 0) == "id"]
    return Grid(title, entry, (heads[0] if heads else at) + 1, columns)


def _data_rows(book: OpenWorkbook, grid: Grid) -> Iterator[tuple[int, Row]]:
    return ((number, row) for number, row in enumerate(book.rows(grid.title)) if number >= grid.first)


def _text(row: Sequence[object], column: int) -> str:
    return str(row[column]) if column < len(row) else ""


def _place_row(placed: Placed, grid: Grid, number: int, row: Row, known: set[tuple[str, str]]) -> None:
    record = _text(row, 0)
    if (grid.entry.key, record) in known and (grid.entry.key, record) not in placed.places:
        placed.places[grid.entry.key, record] = (grid.title, number)
    elif any(cell != "" for cell in row):
        message = say("Lembar «{sheet}» baris {row} ditambahkan di luar program.", sheet=grid.title, row=number + 1)
        placed.find("row_added", message, grid.title, number + 1)


def _note_columns(placed: Placed, grid: Grid) -> None:
    for column, at in zip(grid.entry.columns, grid.columns, strict=True):
        if at is None and column.key not in ALWAYS_EXTRA:
            message = say("Pada lembar «{sheet}» kolom {key} dihapus.", sheet=grid.title, key=column.key)
            placed.find("column_removed", message, grid.title)


def _note_removed(placed: Placed, entry: FormEntry, known: Iterable[tuple[str, str]]) -> None:
    for form, record in known:
        if form == entry.key and (form, record) not in placed.places:
            title = entry.sheets[0] if entry.sheets else entry.title
            message = say("Pada lembar «{sheet}» satu baris dihapus di luar program.", sheet=title)
            placed.find("row_removed", message, title, None, _name(record))


def _name(written: str) -> str:
    try:
        return read_name(written)
    except ValueError:
        return written

