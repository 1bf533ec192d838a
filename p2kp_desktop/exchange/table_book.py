"""Writes a table as a workbook, for people to read, to go on calculating with, and to print on A4.

A number is a number and a day a day; text is never a formula. What stands above and below the lines runs over several
columns and lines, so that it prints whole however narrow they are.
"""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, chain, count, groupby
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.table import Column, Kind, Mark, Table, Value
from p2kp_desktop.schema.table_words import head, origin, sum_row, value_words, words

from . import stamp
from .looks import Looks, height, page
from .official import recap
from .writing import new_workbook

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
_BESIDE = 120  # letters over which a sentence runs where the columns fill several pages
_MEASURED = 200  # lines by which the width of a column is found
_LANDSCAPE, _ONE_PAGE = 90, 190  # letters that an upright page takes, and the widest one that can still be read
_BOLD = 1.2  # how much wider the letters of a head are
_AGAIN = 45  # letters that may stand again on every page
_TITLE = 30  # points of a line of the title
_BOX, _PEN = "☐", 22  # what is ticked; points of a row with room for a pen
_NAMED = 31  # letters of a sheet's name
_WIDEST = 44  # letters of a column


def write(draft: Path, table: Table[Any]) -> None:
    """Write the workbook of a table; raise Trouble where it does not fit into one."""
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
            _Sheet(book, looks, _sheet_name(table.title), table, origin(table)).write(table.notes)
        else:
            taken: set[str] = set()
            for part, lines in groupby(table.lines, key=table.part):
                of_part = replace(table, lines=tuple(lines), sums={})
                name = _sheet_name(part.name, taken)
                _Sheet(book, looks, name, of_part, part.told).write((*table.notes, *origin(table)))
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
        told = (*([stamp.PRACTICE] if table.source and table.source.practice else []), *table.notes, *origin(table))
        recap.add(book, looks, each, _sheet_name(each.name, taken), told)


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
        if not self._table.lines:
            self._tell(_why_empty(self._table), "below")
        elif not self._by_pen:
            self._sheet.autofilter(first, 0, self._row - 1, len(self._columns) - 1)
        if self._table.sums:
            self._write_sums()
        for told in below:
            self._tell(told, "below")
        self._set_up(first)

    def _write_above(self) -> None:
        source = self._table.source
        title = self._table.title
        said = f"{stamp.PRACTICE} — {title}" if source and source.practice else title
        self._tell(said, "heading", line=_TITLE)
        for told in self._above:
            self._tell(told, "below")
        self._row += 1

    def _tell(self, told: str, style: str, *, line: float = 15) -> None:
        """Write a sentence over as many columns as a page shows, and as many lines as it needs."""
        first, last = self._reach
        look = self._looks.style(style)
        if first < last:
            self._sheet.merge_range(self._row, first, self._row, last, told, look)
        else:
            self._sheet.write_string(self._row, first, told, look)
        size = line / 15  # how much larger its letters are
        self._sheet.set_row(self._row, height([(told, sum(self._widths[first : last + 1]) / size)], line=line))
        self._row += 1

    @property
    def _reach(self) -> tuple[int, int]:
        """Return the columns over which a sentence runs: all on one page, else those that the first page alone shows.

        The columns that stand again on every page would show the beginning of it again.
        """
        if self._fits:
            return 0, len(self._widths) - 1
        first = _named(self._columns, self._widths) + 1
        shown = sum(so_far <= _BESIDE for so_far in accumulate(self._widths[first:]))
        return first, first + max(shown, 1) - 1

    @property
    def _fits(self) -> bool:
        return self._by_pen or sum(self._widths) <= _ONE_PAGE

    def _write_heads(self) -> None:
        heads = [head(column) for column in self._columns]
        for place, (said, column) in enumerate(zip(heads, self._columns, strict=True)):
            look = "head_right" if column.kind.is_number else "head"
            self._sheet.write_string(self._row, place, said, self._looks.style(look))
        self._end_row(heads)

    def _write_line(self, line: object) -> None:
        texts = [_BOX if column.kind is Kind.BOX else words(column, line) for column in self._columns]
        for place, (column, text) in enumerate(zip(self._columns, texts, strict=True)):
            if column.kind is Kind.BOX:
                self._sheet.write_string(self._row, place, text, self._looks.style("box"))
            else:
                look = self._looks.cell(_look(column.kind, column.of(line)))
                _put(self._sheet, (self._row, place), column.kind, column.of(line), text, look)
        self._end_row(texts)

    def _end_row(self, texts: Sequence[str]) -> None:
        needed = height(list(zip(texts, self._widths, strict=True)))
        self._sheet.set_row(self._row, max(needed, _PEN) if self._by_pen else needed)
        self._row += 1

    def _write_sums(self) -> None:
        for place, (column, value) in enumerate(sum_row(self._table, self._columns)):
            text = value_words(column.kind, value)
            _put(self._sheet, (self._row, place), column.kind, value, text, self._looks.sum(_look(column.kind, value)))
        self._row += 1

    def _set_up(self, first: int) -> None:
        self._sheet.freeze_panes(first + 1, 0)
        self._sheet.repeat_rows(first)
        self._sheet.fit_to_pages(1 if self._by_pen else ceil(sum(self._widths) / _ONE_PAGE), 0)
        if not self._fits:
            self._sheet.repeat_columns(0, _named(self._columns, self._widths))
        footer = " · ".join(origin(self._table)[:1]) or self._table.title
        page(self._sheet, landscape=sum(self._widths) > _LANDSCAPE and not self._by_pen, footer=footer)


def _look(kind: Kind, value: Value) -> str:
    """Return the look of a cell; a spreadsheet writes 12, for a whole number that may have decimals."""
    is_whole = kind is Kind.DECIMAL and isinstance(value, int | Decimal | Fraction) and value == int(value)
    return "grouped" if is_whole else _LOOKS.get(kind, "text")


def _why_empty(table: Table[Any]) -> str:
    """Return the first sentence of why there is no line; the next names a key of the window."""
    first, dot, _rest = table.empty.partition(". ")
    return f"{first}." if dot else first or say("Belum ada catatan.")


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


def _named(columns: Sequence[Column[Any]], widths: Sequence[float]) -> int:
    """Return the last of the columns that stand again on every page: what names a line, else its RT, else the first."""
    near = sum(so_far <= _AGAIN for so_far in accumulate(widths))
    kinds = [Kind.RT if column.key == "rt" else column.kind for column in columns[:near]]
    return next((kinds.index(kind) for kind in (Kind.NAME, Kind.RT) if kind in kinds), 0)


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
