"""Tables as people bring them: the sheets of any workbook, or what was copied from one to the clipboard."""

import csv
import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .cells import column_letter, numeral
from .guard import LIMITS, inspect
from .workbook import Row, opened

_POWER = re.compile(r"^\d([.,]\d+)?E\+1[56]$", re.IGNORECASE)
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
    """The cells of one sheet from A1 on; "" where one is empty. `source` is the file's name, «» for the clipboard."""

    source: str
    sheet: str
    rows: tuple[Row, ...]

    def cells(self, row: int) -> Iterator[tuple[Place, object]]:
        """Yield the filled cells of a row counted from 1."""
        for column, value in enumerate(self.rows[row - 1]):
            if value != "":
                yield Place(self.sheet, row, column), value


def read_workbook(path: Path) -> list[Table]:
    """Return every sheet of a workbook that holds something, hidden ones too; raise Trouble."""
    inspected = inspect(path, holds="")
    with opened(path, inspected, LIMITS) as book:
        found = [Table(path.name, title, tuple(book.rows(title))) for title in book.sheets]
    return [table for table in found if table.rows]


def read_clipboard(text: str) -> Table:
    """Return the block that office suites put on the clipboard: tabs between cells, quotes round line ends."""
    rows: tuple[Row, ...] = tuple([*row] for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    width = max(map(len, rows), default=0)
    return Table("", "", tuple([*row, *[""] * (width - len(row))] for row in rows))


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
        return int(value) in _SIXTEEN and int(value) % 10 == 0
    return isinstance(value, str) and bool(_POWER.match(value.strip()))
