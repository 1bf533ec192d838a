"""Tables as people bring them: the sheets of any workbook, or what was copied from one to the clipboard."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.values import tidy

from . import apart, faults, opendocument, package, plain_text
from .apart import Beat
from .cells import column_letter, percent, shown
from .extents import Extent
from .guard import inspect, inspect_old
from .package import TABLES, Limits, is_old_excel
from .workbook import Broken, Merge, OpenWorkbook, Row, opened

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


def read_tables(path: Path, *, limits: Limits = TABLES, beat: Beat | None = None) -> list[Table]:
    """Return every sheet that holds something of a workbook, hidden ones too, or the one of a CSV.

    It is read in a process of its own. Raises Trouble, and whatever `beat` raises, which is called meanwhile.
    """
    found: list[tuple[Table, list[Row]]] = []
    try:
        package.must_be_a_file(path)
        with apart.reader(limits) as reader:
            for sheet, *more in reader.stream(path, limits, "tables", beat=beat):
                if sheet is None:
                    found[-1][1].extend(more[0])
                    continue
                held, hidden = {row: dict(cells) for row, cells in more[0]}, frozenset(more[1])
                found.append((Table(path.name, sheet, (), held, hidden), []))
    except Trouble as trouble:
        raise of_a_table(trouble, path.name) from trouble
    return [replace(table, rows=tuple(rows)) for table, rows in found]


def tables_in(path: Path, limits: Limits) -> Iterator[Table]:
    """Yield what `read_tables` returns, read in this process; raise Trouble."""
    if plain_text.is_text(path):
        found = iter([Table(path.name, "", tuple(plain_text.rows_of(path, limits)))])
    else:
        found = _sheets(path, limits)
    return (table for table in found if any(value != "" for row in table.rows for value in row))


def _sheets(path: Path, limits: Limits) -> Iterator[Table]:
    if plain_text.is_markup(path):
        raise faults.markup(path.name)
    if opendocument.is_spreadsheet(path):
        for each in opendocument.read_sheets(path, limits):
            held = _held(path.name, each.rows, each.merges, limits)
            yield Table(path.name, each.title, tuple(each.rows), held, frozenset(each.hidden))
        return
    inspected = inspect_old(path, limits) if is_old_excel(path) else inspect(path, limits, holds="")
    _refuse_large(path.name, inspected.extents, limits)
    with opened(path, inspected, limits) as book:
        for title in book.sheets:
            yield _sheet(path.name, title, book, inspected.extents[title], limits)


def _refuse_large(name: str, extents: Mapping[str, Extent], limits: Limits) -> None:
    """Raise Trouble before anything is read of a workbook with more than can be held at once."""
    if any(extent.cells > extent.rows > limits.rows for extent in extents.values()):
        raise faults.too_many_rows(name, limits.rows)
    if sum(extent.box for extent in extents.values() if extent.fits(limits)) > limits.cells:
        raise faults.too_large(name, say("terlalu banyak sel"))


def _sheet(name: str, title: str, book: OpenWorkbook, extent: Extent, limits: Limits) -> Table:
    rows = list(book.rows(title))
    for (row, column), error in extent.broken.items():
        rows += [[""] for _ in range(row - len(rows))]
        rows[row - 1] += [""] * (column - len(rows[row - 1]))
        rows[row - 1][column - 1] = Broken(error)
    for row, column in extent.percents:
        value = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else ""
        if isinstance(value, float):
            rows[row - 1][column - 1] = percent(value)
    held = _held(name, rows, book.merges(title) if rows else (), limits)
    return Table(name, title, tuple(rows), held, frozenset(extent.hidden))


def _held(
    name: str, rows: Sequence[Row], merges: Iterable[Merge], limits: Limits
) -> dict[int, dict[int, object]]:
    """Return the values of merged cells for rows below their first; raise Trouble where they overlap without end."""
    found: dict[int, dict[int, object]] = {}
    count = 0
    for (first, column), (last, _) in merges:
        value = rows[first][column] if first < len(rows) and column < len(rows[first]) else ""
        below = range(first + 1, min(last + 1, len(rows))) if value != "" else range(0)
        count += len(below)
        if count > limits.cells:
            raise faults.too_large(name, say("terlalu banyak sel gabungan"))
        for row in below:
            found.setdefault(row + 1, {})[column] = value
    return found


def read_clipboard(text: str) -> Table:
    """Return the block that office suites put on the clipboard: tabs between cells, quotes round line ends."""
    return Table("", "", tuple(plain_text.split(say("papan klip"), text, "\t", TABLES)))


def words(value: object) -> str:
    """Return the text of a cell: numbers without a needless «.0», days as ISO text."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else shown(value)
    return str(value).strip()


def is_ruined(value: object) -> bool:
    """Say whether this was a number of 16 digits whose last digit an office suite has taken."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return abs(value) < _SIXTEEN.stop and int(value) in _SIXTEEN and int(value) % 10 == 0
    return isinstance(value, str) and bool(_POWER.match(value.strip()) or _ENDS_WITH_ZEROS.fullmatch(value.strip()))


# By code: what happened, «» where that is told well already, and what to do.
_FAULT_TEXTS: Mapping[str, tuple[str, str]] = {
    "B02": ("", "Pilih berkas yang berisi tabelnya."),
    "B03": ("", "Salin berkasnya sekali lagi sampai selesai, lalu impor lagi."),
    "B04": ("Berkas «{name}» bukan tabel Excel.", "Pilih berkas .xlsx, .xls, .ods, atau .csv. Bila Excel "
            "dapat membukanya, simpan di sana sebagai .xlsx, lalu impor berkas itu."),
    "B05": ("Berkas «{name}» bukan tabel Excel atau LibreOffice Calc.",
            "Salin tabelnya ke Excel atau LibreOffice Calc, "
            "simpan sebagai .xlsx atau .ods, lalu impor berkas itu."),
    "B06": ("Berkas «{name}» berjenis Excel yang tidak dapat dibaca.", "Buka di Excel, simpan sebagai .xlsx, lalu "
            "impor lagi."),
    "B07": ("", "Buka di Excel atau LibreOffice, simpan sebagai .xlsx tanpa makro, lalu impor lagi."),
    "B08": ("", "Buka di Excel atau LibreOffice dengan kata sandinya, simpan tanpa kata sandi, lalu impor lagi."),
    "B11": ("", "Hapus baris dan kolom yang tidak dipakai, atau bagi berkasnya per kelurahan, lalu impor lagi."),
    "B12": ("", "Buka di Excel atau LibreOffice, simpan sebagai .xlsx yang baru, lalu impor lagi."),
    "B14": ("", "Salin berkasnya sekali lagi, atau buka dan simpan ulang di Excel, lalu impor lagi."),
}


def of_a_table(trouble: Trouble, name: str) -> Trouble:
    """Return the trouble with a file, told to somebody who brings a table and not a bundle."""
    what, remedy = _FAULT_TEXTS.get(trouble.code, ("", ""))
    if not remedy:
        return trouble
    return Trouble(say(what, name=name) if what else trouble.what, remedy=say(remedy), code=trouble.code)
