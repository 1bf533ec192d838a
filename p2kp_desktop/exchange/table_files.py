"""Writes a table as a workbook, as comma-separated values, or as a document for scripts; says where it comes from.

In a workbook a number is a number and a day a day; text is never a formula.
"""

import csv
import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import chain, count, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.table import Column, Kind, Mark, Source, Table, Value
from p2kp_desktop.schema.table_words import source_lines, value_words, words

from . import stamp
from .looks import Looks, height, page
from .official import recap
from .writing import appearing, new_workbook

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_LOOKS = {
    Kind.WHOLE: "whole", Kind.DECIMAL: "derived", Kind.MONEY: "money", Kind.SHARE: "share", Kind.DATE: "date",
    Kind.MOMENT: "moment", Kind.IDENTITY: "identity", Kind.VERDICT: "verdict",
}
_WIDTHS = {
    Kind.NAME: 30, Kind.TEXT: 24, Kind.SMALL: 24, Kind.REGION: 24, Kind.RT: 18, Kind.IDENTITY: 20, Kind.WHOLE: 10,
    Kind.DECIMAL: 12, Kind.MONEY: 18, Kind.SHARE: 12, Kind.DATE: 12, Kind.MOMENT: 17, Kind.STATUS: 24,
    Kind.VERDICT: 12,
}  # letters
_MOST_ROWS = 1_048_000  # that a sheet holds beside its title and its notes
_MOST_SHEETS = 250  # that a person can still leaf through
_MEASURED = 200  # lines by which the width of a column is found
_LANDSCAPE, _ONE_PAGE = 90, 280  # letters that an upright page takes, and the widest one that can still be read
_PLACES = 6  # decimals of a fraction in a file for scripts
_BOLD = 1.2  # how much wider the letters of a head are
_NEAR = 4  # columns that may stand again on every page
_BOX, _PEN = "☐", 22  # what is ticked; points of a row with room for a pen
_NAMED = 31  # letters of a sheet's name
_WIDEST, _FORMULA = 44, ("=", "+", "-", "@", "\t", "\r")


def write(path: Path, table: Table[Any]) -> None:
    """Write a table in the format its name ends in; the file appears only when it is whole. Raises Trouble."""
    fill = _FORMATS.get(path.suffix.lower())
    if fill is None:
        raise Trouble(
            say("«{name}» berakhiran yang belum dikenal.", name=path.name),
            remedy=say("Sebutkan nama yang berakhiran {endings}.", endings=", ".join(_FORMATS)), code="Q01",
        )
    with appearing(path) as draft:
        fill(draft, table)


def as_document(table: Table[Any]) -> dict[str, object]:
    """Return a table as scripts read it: its rows by key of their column, its sums, where it comes from."""
    return {
        "report": table.name,
        "rows": [{column.key: plain(column.of(line)) for column in table.written} for line in table.lines],
        "sums": {key: plain(value) for key, value in table.sums.items()},
        "notes": list(table.notes),
        "source": _source(table.source),
    }


def _source(source: Source | None) -> dict[str, object] | None:
    if source is None:
        return None
    return {
        "workspace": source.workspace, "region": source.region, "period": source.period, "rules": source.rules,
        "method": source.method, "person": source.person, "time": source.time,
        "coverage": {"surveyed": source.surveyed, "of": source.buildings},
        "open_conflicts": source.open_conflicts, "unverified": source.unverified, "practice": source.practice,
    }


def plain(value: Value) -> str | int | float | None:
    """Return a value as JSON holds it: a mark by its count or code, a fraction as a number, a day as ISO 8601."""
    if isinstance(value, Mark):
        return value.count if value.count is not None else value.code or value.words
    if isinstance(value, Decimal | Fraction):
        return int(value) if value == int(value) else round(float(value), _PLACES)
    return value.isoformat() if isinstance(value, datetime.date) else value


def _write_json(draft: Path, table: Table[Any]) -> None:
    draft.write_text(json.dumps(as_document(table), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_csv(draft: Path, table: Table[Any]) -> None:
    """Write values with decimal points and ISO days after a byte-order mark; below an empty row the source."""
    with draft.open("w", encoding="utf-8-sig", newline="") as text:
        rows = csv.writer(text)
        rows.writerow(head(column) for column in table.written)
        for line in table.lines:
            rows.writerow(_bare(column, column.of(line)) for column in table.written)
        if table.sums:
            rows.writerow(_bare(column, value) for column, value in _sums(table, table.written))
        rows.writerow([])
        for told in (*table.notes, *_from(table)):
            rows.writerow([told])


def _bare(column: Column[Any], value: Value) -> str:
    if isinstance(value, Mark) and value.count is None:
        return value.words
    said = value_words(column.kind, value) if column.kind is Kind.REGION else plain(value)
    text = "" if said is None else str(said)
    return f"'{text}" if not column.kind.is_number and text.startswith(_FORMULA) else text


def head(column: Column[Any]) -> str:
    """Return the heading of a column: its title with the unit."""
    unit = f" ({column.unit})" if column.unit and f"({column.unit})" not in column.title else ""
    return f"{column.title}{unit}" or say("Konflik")


def _sums(table: Table[Any], columns: Sequence[Column[Any]]) -> list[tuple[Column[Any], Value]]:
    """Return each column with its sum; the first one without says what the row is."""
    row: list[tuple[Column[Any], Value]] = [(column, table.sums.get(column.key)) for column in columns]
    if row and row[0][1] is None:
        row[0] = (row[0][0], say("Jumlah"))
    return row


def _from(table: Table[Any]) -> tuple[str, ...]:
    return source_lines(table.source) if table.source else ()


def _write_xlsx(draft: Path, table: Table[Any]) -> None:
    if len(table.lines) > _MOST_ROWS:
        raise Trouble(
            say("{count} baris tidak muat di satu lembar Excel.", count=written.number(len(table.lines))),
            remedy=say("Saring dulu, atau simpan sebagai .csv."), code="Q03",
        )
    practice = bool(table.source and table.source.practice)
    with new_workbook(draft) as book:
        looks = Looks(book)
        if table.sheets is not None and table.lines:
            _write_official(book, looks, table)
        elif table.part is None or not table.lines:
            _Sheet(book, looks, _sheet_name(table.title), table, _from(table)).write(table.notes)
        else:
            taken: set[str] = set()
            for part, lines in groupby(table.lines, key=table.part):
                of_part = replace(table, lines=tuple(lines), sums={})
                name = _sheet_name(part.name, taken)
                _Sheet(book, looks, name, of_part, part.told).write((*table.notes, *_from(table)))
        book.set_properties(stamp.properties(table.title, practice=practice))


def _write_official(book: "Workbook", looks: Looks, table: Table[Any]) -> None:
    sheets = table.sheets(table.lines) if table.sheets else ()
    if len(sheets) > _MOST_SHEETS:
        raise Trouble(
            say("{count} lembar terlalu banyak untuk satu berkas Excel.", count=written.number(len(sheets))),
            remedy=say("Pilih satu kelurahan atau RT, atau simpan sebagai .csv."), code="Q07",
        )
    taken: set[str] = set()
    for each in sheets:
        recap.add(book, looks, each, _sheet_name(each.name, taken), (*table.notes, *_from(table)))


class _Sheet:
    """A sheet with a table: title, what stands above, heads that are repeated on each page, lines, sums, what follows.

    One that is filled in by pen stands upright, its columns as wide as what is written there, its rows high enough.
    """

    def __init__(self, book: "Workbook", looks: Looks, name: str, table: Table[Any], above: Sequence[str]) -> None:
        self._sheet, self._looks, self._table, self._above = book.add_worksheet(name), looks, table, above
        some = table.lines[:_MEASURED]
        alike = [each for each in table.printed if each.varies and len({words(each, line) for line in some}) < 2]
        self._columns = [each for each in table.printed if not (table.part and each in alike)]
        self._by_pen = any(each.kind is Kind.BOX for each in self._columns)
        self._widths = [_pen_width(each) if self._by_pen else _width(each, some) for each in self._columns]
        self._row = 0

    def write(self, below: Sequence[str]) -> None:
        """Write all of it."""
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, width)
        self._write_above()
        first = self._row
        self._write_heads()
        for line in self._table.lines:
            self._write_line(line)
        if first + 1 < self._row and not self._by_pen:
            self._sheet.autofilter(first, 0, self._row - 1, len(self._columns) - 1)
        if self._table.sums:
            self._write_sums()
        for told in below:
            self._sheet.write_string(self._row, 0, told, self._looks.style("label"))
            self._row += 1
        self._set_up(first)

    def _write_above(self) -> None:
        source = self._table.source
        title = self._table.title
        said = f"{stamp.PRACTICE} — {title}" if source and source.practice else title
        self._sheet.write_string(0, 0, said, self._looks.style("title"))
        for row, told in enumerate(self._above, start=1):
            self._sheet.write_string(row, 0, told, self._looks.style("subtitle" if row == 1 else "label"))
        self._row = len(self._above) + 2

    def _write_heads(self) -> None:
        heads = [head(column) for column in self._columns]
        for place, said in enumerate(heads):
            self._sheet.write_string(self._row, place, said, self._looks.style("head"))
        self._end_row(heads)

    def _write_line(self, line: object) -> None:
        texts = [_BOX if column.kind is Kind.BOX else words(column, line) for column in self._columns]
        for place, (column, text) in enumerate(zip(self._columns, texts, strict=True)):
            if column.kind is Kind.BOX:
                self._sheet.write_string(self._row, place, text, self._looks.style("box"))
            else:
                look = self._looks.cell(_LOOKS.get(column.kind, "text"))
                _put(self._sheet, (self._row, place), column.kind, column.of(line), text, look)
        self._end_row(texts)

    def _end_row(self, texts: Sequence[str]) -> None:
        needed = height(list(zip(texts, self._widths, strict=True)))
        self._sheet.set_row(self._row, max(needed, _PEN) if self._by_pen else needed)
        self._row += 1

    def _write_sums(self) -> None:
        for place, (column, value) in enumerate(_sums(self._table, self._columns)):
            text = value_words(column.kind, value)
            _put(self._sheet, (self._row, place), column.kind, value, text, self._looks.style("sum"))
        self._row += 1

    def _set_up(self, first: int) -> None:
        self._sheet.freeze_panes(first + 1, 0)
        self._sheet.repeat_rows(first)
        if self._by_pen or sum(self._widths) <= _ONE_PAGE:
            self._sheet.fit_to_pages(1, 0)
        else:
            self._sheet.repeat_columns(0, _named(self._columns))
        footer = " · ".join(_from(self._table)[:1]) or self._table.title
        page(self._sheet, landscape=sum(self._widths) > _LANDSCAPE and not self._by_pen, footer=footer)


def _put(sheet: "Worksheet", at: tuple[int, int], kind: Kind, value: Value, text: str, look: Any) -> None:
    """Write a value as what it is, its words where a sheet has no such thing."""
    if isinstance(value, Mark) and value.count is not None:
        sheet.write_number(*at, value.count, look)
    elif kind.is_number and isinstance(value, int | Decimal | Fraction):
        sheet.write_number(*at, float(value), look)
    elif kind in (Kind.DATE, Kind.MOMENT) and (moment := _moment(value)) is not None:
        sheet.write_datetime(*at, moment, look)
    elif text:
        sheet.write_string(*at, text, look)
    else:
        sheet.write_blank(*at, None, look)


def _moment(value: Value) -> datetime.datetime | None:
    """Return a day or a moment as sheets know it, without its offset; None for what is none."""
    try:
        found = datetime.datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found.replace(tzinfo=None) if found.year >= 1900 else None


def _width(column: Column[Any], some: Sequence[Any]) -> float:
    """Return the width of a column in letters: what its longest text takes, within limits."""
    longest = max((len(words(column, line)) for line in some), default=0)
    word = max((len(word) for word in head(column).replace("/", "/ ").split()), default=0) * _BOLD + 2
    return min(max(longest + 3, word, _WIDTHS[column.kind] / 2, len(head(column)) / 2, 8), _WIDEST)


def _named(columns: Sequence[Column[Any]]) -> int:
    """Return the place of the column that names a line, which stands again on every page beside the first."""
    return next((place for place, column in enumerate(columns) if column.kind is Kind.NAME and place < _NEAR), 0)


def _pen_width(column: Column[Any]) -> float:
    """Return the width in letters of a column of a sheet that is filled in by pen."""
    return max(len(column.sample), len(head(column))) + 2


def _sheet_name(title: str, taken: set[str] | None = None) -> str:
    """Return the name of a sheet, unlike those taken: RT 014/005 may be in two kelurahan. It is taken then."""
    known = set() if taken is None else taken
    bare = "".join(" " if letter in "[]:*?/\\" else letter for letter in title)[:_NAMED].strip(" '") or "Tabel"
    again = (f"{bare[: _NAMED - len(mark)]}{mark}" for mark in (f" ({number})" for number in count(2)))
    name = next(each for each in chain((bare,), again) if each.casefold() not in known)
    known.add(name.casefold())
    return name


_FORMATS: Mapping[str, Callable[[Path, Table[Any]], None]] = {
    ".xlsx": _write_xlsx, ".csv": _write_csv, ".json": _write_json,
}
ENDINGS = tuple(_FORMATS)
