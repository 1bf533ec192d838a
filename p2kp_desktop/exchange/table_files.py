"""Writes a table as a workbook, as comma-separated values, or as a document for scripts; says where it comes from.

In a workbook a number is a number and a day a day; text is never a formula.
"""

import csv
import datetime
import io
import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.table import Column, Kind, Mark, Source, Table, Value
from p2kp_desktop.schema.table_words import source_lines, value_words, words

from . import stamp
from .looks import Looks, height, page
from .writing import appearing, new_workbook

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_LOOKS = {
    Kind.WHOLE: "whole", Kind.DECIMAL: "derived", Kind.MONEY: "money", Kind.SHARE: "share", Kind.DATE: "date",
    Kind.MOMENT: "moment", Kind.IDENTITY: "identity", Kind.VERDICT: "verdict",
}
_WIDTHS = {
    Kind.NAME: 30, Kind.TEXT: 24, Kind.SMALL: 24, Kind.REGION: 24, Kind.RT: 18, Kind.IDENTITY: 20, Kind.WHOLE: 10,
    Kind.DECIMAL: 12, Kind.MONEY: 18, Kind.SHARE: 12, Kind.DATE: 12, Kind.MOMENT: 17, Kind.STATUS: 24,
    Kind.VERDICT: 12, Kind.LINK: 24,
}  # letters
_LANDSCAPE, _ONE_PAGE = 90, 280  # letters that an upright page takes, and the widest one that can still be read
_BOLD = 1.2  # how much wider the letters of a head are
_NEAR = 4  # columns that may stand again on every page
_WIDEST, _FORMULA = 44, ("=", "+", "-", "@", "\t", "\r")


def write(path: Path, table: Table[Any]) -> None:
    """Write a table in the format its name ends in; the file appears only when it is whole. Raises Trouble."""
    fill = _FORMATS.get(path.suffix.lower())
    if fill is None:
        raise Trouble(
            say("«{name}» berakhiran yang belum dikenal.", name=path.name),
            remedy=say("Sebutkan nama yang berakhiran {endings}.", endings=", ".join(_FORMATS)), code="P01",
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
    """Return a value as JSON holds it: a mark by its code, a fraction as a number, a day as ISO 8601."""
    if isinstance(value, Mark):
        return value.code or value.words
    if isinstance(value, Decimal | Fraction):
        return int(value) if value == int(value) else float(value)
    return value.isoformat() if isinstance(value, datetime.date) else value


def _write_json(draft: Path, table: Table[Any]) -> None:
    draft.write_text(json.dumps(as_document(table), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_csv(draft: Path, table: Table[Any]) -> None:
    """Write values with decimal points and ISO days after a byte-order mark; below an empty row the source."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(head(column) for column in table.written)
    for line in table.lines:
        rows.writerow(_bare(column, column.of(line)) for column in table.written)
    if table.sums:
        rows.writerow(_bare(column, value) for column, value in _sums(table))
    rows.writerow([])
    for told in _told(table):
        rows.writerow([told])
    draft.write_text(text.getvalue(), encoding="utf-8-sig", newline="")


def _bare(column: Column[Any], value: Value) -> str:
    if isinstance(value, Mark):
        return value.words
    said = plain(value)
    text = "" if said is None else str(said)
    return f"'{text}" if not column.kind.is_number and text.startswith(_FORMULA) else text


def head(column: Column[Any]) -> str:
    """Return what stands above a column: its title with the unit."""
    unit = f" ({column.unit})" if column.unit and f"({column.unit})" not in column.title else ""
    return f"{column.title}{unit}" or say("Konflik")


def _sums(table: Table[Any]) -> list[tuple[Column[Any], Value]]:
    """Return each column with its sum; the first one without says what the row is."""
    row: list[tuple[Column[Any], Value]] = [(column, table.sums.get(column.key)) for column in table.written]
    if row and row[0][1] is None:
        row[0] = (row[0][0], say("Jumlah"))
    return row


def _told(table: Table[Any]) -> list[str]:
    return [*table.notes, *(source_lines(table.source) if table.source else ())]


def _write_xlsx(draft: Path, table: Table[Any]) -> None:
    practice = bool(table.source and table.source.practice)
    with new_workbook(draft) as book:
        sheet, looks = book.add_worksheet(_sheet_name(table.title)), Looks(book)
        columns = table.written
        widths = [_width(table, column) for column in columns]
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        row = _write_head(sheet, looks, table, practice=practice)
        first = row
        for place, column in enumerate(columns):
            sheet.write_string(row, place, head(column), looks.style("head"))
        sheet.set_row(row, height([(head(each), width) for each, width in zip(columns, widths, strict=True)]))
        for line in table.lines:
            row += 1
            texts = [_write_cell(sheet, looks, (row, place), column, line) for place, column in enumerate(columns)]
            sheet.set_row(row, height(list(zip(texts, widths, strict=True))))
        if first < row:
            sheet.autofilter(first, 0, row, len(columns) - 1)
        if table.sums:
            row += 1
            for place, (column, value) in enumerate(_sums(table)):
                _put(sheet, (row, place), column.kind, value, value_words(column.kind, value), looks.style("sum"))
        for told in table.notes:
            row += 1
            sheet.write_string(row, 0, told, looks.style("label"))
        sheet.freeze_panes(first + 1, 0)
        sheet.repeat_rows(first)
        if sum(widths) <= _ONE_PAGE:
            sheet.fit_to_pages(1, 0)
        else:
            sheet.repeat_columns(0, _named(columns))
        footer = " · ".join(source_lines(table.source)[:1]) if table.source else table.title
        page(sheet, landscape=sum(widths) > _LANDSCAPE, footer=footer)
        book.set_properties(stamp.properties(table.title, practice=practice))


def _write_head(sheet: "Worksheet", looks: Looks, table: Table[Any], *, practice: bool) -> int:
    """Write the title and where the table comes from; return the row of the column heads."""
    title = f"{stamp.PRACTICE} — {table.title}" if practice else table.title
    sheet.write_string(0, 0, title, looks.style("title"))
    told = source_lines(table.source) if table.source else ()
    for row, line in enumerate(told, start=1):
        sheet.write_string(row, 0, line, looks.style("subtitle" if row == 1 else "label"))
    return len(told) + 2


def _write_cell(
    sheet: "Worksheet", looks: Looks, at: tuple[int, int], column: Column[Any], line: object
) -> str:
    value, text = column.of(line), words(column, line)
    _put(sheet, at, column.kind, value, text, looks.cell(_LOOKS.get(column.kind, "text")))
    return text


def _put(sheet: "Worksheet", at: tuple[int, int], kind: Kind, value: Value, text: str, look: Any) -> None:
    """Write a value as what it is, its words where a sheet has no such thing."""
    if kind.is_number and isinstance(value, int | Decimal | Fraction):
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


def _width(table: Table[Any], column: Column[Any]) -> float:
    """Return the width of a column in letters: what its longest text takes, within limits."""
    longest = max((len(words(column, line)) for line in table.lines[:200]), default=0)
    word = max((len(word) for word in head(column).replace("/", "/ ").split()), default=0) * _BOLD + 2
    return min(max(longest + 3, word, _WIDTHS[column.kind] / 2, len(head(column)) / 2, 8), _WIDEST)


def _named(columns: Sequence[Column[Any]]) -> int:
    """Return the place of the column that names a line, which stands again on every page beside the first."""
    return next((place for place, column in enumerate(columns) if column.kind is Kind.NAME and place < _NEAR), 0)


def _sheet_name(title: str) -> str:
    return "".join(" " if letter in "[]:*?/\\" else letter for letter in title)[:31].strip() or "Tabel"


_FORMATS: Mapping[str, Callable[[Path, Table[Any]], None]] = {
    ".xlsx": _write_xlsx, ".csv": _write_csv, ".json": _write_json,
}
ENDINGS = tuple(_FORMATS)
