"""Finds the records in the visible sheets, wherever people moved, sorted, renamed or removed something."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from p2kp_desktop.language import say

from .bundle import COVER, DICTIONARY, FIRST_ROW, HEAD_ID, HISTORY, MACHINE, Finding, header_mark
from .foreign import ForeignWorkbook
from .front import FormEntry, Front
from .layout import ALWAYS_EXTRA
from .machine import read_name
from .records_part import Seen
from .workbook import Row

MOST_FINDINGS = 1_000  # of one bundle; what lies beyond is counted, not listed
_LOOK_FOR_HEADER = 12  # rows


@dataclass(frozen=True)
class Grid:
    """A visible sheet of a form, and where each column of the bundle's dictionary stands in it."""

    title: str
    entry: FormEntry
    columns: tuple[int | None, ...]

    def seen(self, number: int, row: Row) -> Seen:
        """Return the cells of a row, counted from 0, in the order of the dictionary."""
        cells = [row[column] if column is not None and column < len(row) else "" for column in self.columns]
        return Seen(self.title, number + 1, cells, self.columns)


Numbered = Iterator[tuple[int, Row]]  # the rows of data, counted from 0


@dataclass
class Placed:
    """Where each record is seen: {(form, written id): (sheet, row counted from 0)}."""

    grids: list[Grid] = field(default_factory=list)
    places: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def sheets(self, book: ForeignWorkbook) -> Iterator[tuple[FormEntry, Iterator[tuple[Seen, str]]]]:
        """Yield sheet by sheet the form, and visible row and written id of every record that is seen there."""
        for grid in self.grids:
            yield grid.entry, self._rows(book, grid)

    def _rows(self, book: ForeignWorkbook, grid: Grid) -> Iterator[tuple[Seen, str]]:
        found = _grid(book, grid.title, grid.entry)
        for number, row in found[1] if found else ():
            record = _text(row, 0)
            if self.places.get((grid.entry.key, record)) == (grid.title, number):
                yield grid.seen(number, row), record

    def find(self, kind: str, message: str, sheet: str, row: int | None = None, record: str = "") -> None:
        """Note a finding, up to a thousand."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(kind, message, sheet, row, record))
        elif len(self.findings) == MOST_FINDINGS:
            self.findings.append(Finding("more", say("Masih ada perubahan lain yang tidak didaftar."), sheet))


def place(book: ForeignWorkbook, front: Front, known: set[tuple[str, str]]) -> Placed:
    """Return where the known records are seen, and what was added or removed by hand."""
    placed = Placed()
    for entry in front.forms.values():
        lost = []
        for title, found in _grids(book, front, entry):
            if found is None:
                lost.append(title)
                placed.find("sheet_removed", say("Lembar «{sheet}» dihapus.", sheet=title), title)
                continue
            grid, rows = found
            placed.grids.append(grid)
            _note_columns(placed, grid)
            for number, row in rows:
                _place_row(placed, grid, number, row, known)
        if not lost:
            _note_removed(placed, entry, known)
    return placed


def _grids(book: ForeignWorkbook, front: Front, entry: FormEntry) -> Iterator[tuple[str, tuple[Grid, Numbered] | None]]:
    """Yield every sheet of a form, looked for under its name, then by its mark among unknown sheets."""
    renamed = filter(None, (_grid(book, title, entry) for title in _unknown_sheets(book, front)))
    for title in entry.sheets:
        yield title, _grid(book, title, entry) or next(renamed, None)


def _unknown_sheets(book: ForeignWorkbook, front: Front) -> list[str]:
    named = {title for entry in front.forms.values() for title in entry.sheets} | {part.title for part in front.parts}
    fixed = (COVER, DICTIONARY, MACHINE)
    return [
        title for title in book.sheets
        if title not in named and title not in fixed and not title.startswith(HISTORY) and book.fits(title)
    ]


def _grid(book: ForeignWorkbook, title: str, entry: FormEntry) -> tuple[Grid, Numbered] | None:
    """Return the sheet's grid and its rows of data, None where the sheet or its row of machine keys is gone."""
    rows = enumerate(book.rows(title))
    for _, row in islice(rows, _LOOK_FOR_HEADER):
        if _text(row, 0) == header_mark(entry.key):
            keys = [str(cell) for cell in row]
            columns = tuple(keys.index(column.key) if column.key in keys else None for column in entry.columns)
            return Grid(title, entry, columns), _data(rows)
    return None


def _data(rows: Numbered) -> Numbered:
    """Yield what follows the printed numbers and wordings, which have no record id in the first column."""
    heads = list(islice(rows, FIRST_ROW - 1))
    wordings = next((at for at, (_, row) in enumerate(heads) if _text(row, 0) == HEAD_ID), -1)
    yield from heads[wordings + 1 :]
    yield from rows


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

