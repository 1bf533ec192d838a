"""Tables as people bring them: the sheets of any workbook, or what was copied from one to the clipboard."""

import codecs
import csv
import datetime
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.values import tidy

from . import faults, opendocument
from .cells import column_letter, numeral, percent
from .extents import Extent
from .guard import inspect, inspect_old
from .package import LIMITS, is_old_excel
from .table_faults import of_a_table
from .workbook import Broken, Merge, OpenWorkbook, Row, opened

_TEXT = (".csv", ".tsv", ".txt")
_FIRST_LINES = 30
_SEPARATORS = ";\t,"  # an Indonesian Excel saves CSV with semicolons
_POWER = re.compile(r"^\d([.,]\d+)?E\+1[56]$", re.IGNORECASE)
_ENDS_WITH_ZEROS = re.compile(r"[1-9]\d{11}0000")  # no family and no person is number 0000 of its day
_SIXTEEN = range(10**15, 10**16)


@dataclass(frozen=True)
class Place:
    """One cell: sheet («» for the clipboard), row from 1, column from 0."""

    sheet: str
    row: int
    column: int

    @property
    def name(self) -> str:
        """Return for instance B12."""
        return f"{column_letter(self.column)}{self.row}"


@dataclass(frozen=True)
class Table:
    """The cells of one sheet from A1 on; "" where one is empty. `source` is the file's name, «» for the clipboard.

    `held` are the values that cells merged over several rows have in the rows below their first, by row and column;
    `hidden` are rows that the file does not show, by number.
    """

    source: str
    sheet: str
    rows: tuple[Row, ...]
    held: Mapping[int, Mapping[int, object]] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()

    def cells(self, row: int) -> Iterator[tuple[Place, object]]:
        """Yield the filled cells of a row counted from 1."""
        for column, value in enumerate(self.rows[row - 1]):
            if value != "" and not _is_blank(value):
                yield Place(self.sheet, row, column), value


def _is_blank(value: object) -> bool:
    """Say whether nothing that can be seen stands in a cell."""
    return isinstance(value, str) and (value.isspace() or (not value.isprintable() and not tidy(value)))


def read_tables(path: Path) -> list[Table]:
    """Return every sheet that holds something of a workbook, hidden ones too, or the one of a CSV; raise Trouble."""
    try:
        found = [_separated(path)] if path.suffix.lower() in _TEXT else _sheets(path)
    except Trouble as trouble:
        raise of_a_table(trouble, path.name) from trouble
    return [table for table in found if any(value != "" for row in table.rows for value in row)]


def _sheets(path: Path) -> list[Table]:
    if opendocument.is_spreadsheet(path):
        found = opendocument.read_sheets(path)
        return [Table(path.name, each.title, tuple(each.rows), _held(each.rows, each.merges), frozenset(each.hidden))
                for each in found]
    inspected = inspect_old(path) if is_old_excel(path) else inspect(path, holds="")
    with opened(path, inspected, LIMITS) as book:
        return [_sheet(path.name, title, book, inspected.extents[title]) for title in book.sheets]


def _sheet(name: str, title: str, book: OpenWorkbook, extent: Extent) -> Table:
    rows = list(book.rows(title))
    for (row, column), error in extent.broken.items():
        rows += [[""] for _ in range(row - len(rows))]
        rows[row - 1] += [""] * (column - len(rows[row - 1]))
        rows[row - 1][column - 1] = Broken(error)
    for row, column in extent.percents:
        value = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else ""
        if isinstance(value, float):
            rows[row - 1][column - 1] = percent(value)
    return Table(name, title, tuple(rows), _held(rows, book.merges(title) if rows else ()), frozenset(extent.hidden))


def _held(rows: Sequence[Row], merges: Iterable[Merge]) -> dict[int, dict[int, object]]:
    """Return what merged cells say in the rows below their first."""
    found: dict[int, dict[int, object]] = {}
    for (first, column), (last, _) in merges:
        value = rows[first][column] if first < len(rows) and column < len(rows[first]) else ""
        for row in range(first + 1, min(last + 1, len(rows))) if value != "" else ():
            found.setdefault(row + 1, {})[column] = value
    return found


def _bytes(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise faults.unreadable(path.name) from error
    if not content:
        raise faults.empty(path.name)
    if len(content) > LIMITS.small_part:
        raise faults.too_large(path.name, say("besarnya {size} MB", size=len(content) >> 20))
    if b"\0" in content and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise faults.no_workbook(path.name)
    return content


def _decoded(content: bytes) -> str:
    """Return a text in the encodings in which office suites save it."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _separated(path: Path) -> Table:
    """Return a text as a table; the sign between its cells is the one that gives most lines as many cells."""
    text = _decoded(_bytes(path))
    start = "".join(text.splitlines(keepends=True)[:_FIRST_LINES])
    return _split(path.name, text, max(_SEPARATORS, key=lambda sign: _regularity(_cells(path.name, start, sign))))


def _regularity(rows: Sequence[Row]) -> tuple[int, int]:
    """Return how many lines have as many cells as most that have several, and how many cells that is."""
    lengths = Counter(len(row) for row in rows if len(row) > 1)
    return max(((lines, cells) for cells, lines in lengths.items()), default=(0, 0))


def read_clipboard(text: str) -> Table:
    """Return the block that office suites put on the clipboard: tabs between cells, quotes round line ends."""
    return _split("", text, "\t")


def _split(name: str, text: str, sign: str) -> Table:
    rows = _cells(name, text, sign)
    width = max(map(len, rows), default=0)
    return Table(name, "", tuple([*row, *[""] * (width - len(row))] for row in rows))


def _cells(name: str, text: str, sign: str) -> list[Row]:
    try:
        return [[*row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign)]
    except csv.Error as error:  # a cell without end
        raise faults.damaged(name) from error


def words(value: object) -> str:
    """Return what a cell says: numbers without a needless «.0», days as ISO text."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else numeral(value)
    return str(value).strip()


def is_ruined(value: object) -> bool:
    """Say whether this was a number of 16 digits whose last digit an office suite has taken."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return abs(value) < _SIXTEEN.stop and int(value) in _SIXTEEN and int(value) % 10 == 0
    return isinstance(value, str) and bool(_POWER.match(value.strip()) or _ENDS_WITH_ZEROS.fullmatch(value.strip()))
