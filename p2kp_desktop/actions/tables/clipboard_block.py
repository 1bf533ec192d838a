"""A block of a table for the clipboard: as text with tabs, and as cells that a spreadsheet takes as they are meant."""

import datetime
import html
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Derived, Form, Record
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.standing import (
    CHANGED,
    COMPLETE,
    CONFLICT,
    DRAFT,
    INCOMPLETE,
    PROBLEM,
    READY,
    RETURNED,
    VERIFIED,
)
from p2kp_desktop.store.tabling import STANDING, Handles

from . import form_table
from .form_table import Column, Line

log = logging.getLogger(__name__)

MOST = 50_000  # rows that a clipboard and a spreadsheet take well
_AT_ONCE = 500
_EPOCH = datetime.date(1899, 12, 30)
_FIRST_CERTAIN = 60  # the day that spreadsheets count and the calendar does not have
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Block:
    """A block of cells, twice: `text` with tabs and line ends, `html` as a table; and how many rows it has."""

    text: str
    html: str
    rows: int


@dataclass(frozen=True)
class _Cell:
    """A cell: what people read, and the plain number behind it, if it is one; that of a day counts the days."""

    text: str
    number: str = ""
    is_day: bool = False


def block(
    workspace: Workspace, form: type[Form], some: Handles, keys: Sequence[str], *, full: bool = False
) -> Block:
    """Return records as cells under their headings; identity numbers masked, unless `full`, which is logged.

    Numbers have a decimal comma in the text; as cells they are numbers whatever the language of the spreadsheet.
    Raises Trouble for too many records.
    """
    if len(some) > MOST:
        raise Trouble(
            say("{count} baris terlalu banyak untuk disalin.", count=len(some)),
            remedy=say("Saring dulu, atau kirim sebagai berkas Excel. Paling banyak {most} baris.", most=MOST),
            code="T72",
        )
    by_key = {column.key: column for column in form_table.columns(form)}
    shown = [by_key[key] for key in keys if key in by_key]
    if full and any(column.kind == "identity" for column in shown):
        log.info("identity numbers of %d %s records copied in full", len(some), form.key)
    heads = [_Cell(say("Status data") if column.key == STANDING else column.title) for column in shown]
    rows = [heads, *_rows(workspace, form, some, shown, full=full)]
    text = "".join("\t".join(_escaped(cell) for cell in row) + "\r\n" for row in rows)
    return Block(text, _table(rows), len(rows) - 1)


def _rows(
    workspace: Workspace, form: type[Form], some: Handles, shown: Sequence[Column], *, full: bool
) -> Iterator[list[_Cell]]:
    for start in range(0, len(some), _AT_ONCE):
        part = list(some[start : start + _AT_ONCE])
        lines = form_table.page(workspace, form, part, [column.key for column in shown])
        for handle in part:
            if handle in lines:
                yield [_cell(lines[handle], column, full=full) for column in shown]


def _cell(line: Line, column: Column, *, full: bool) -> _Cell:
    record: Record = line.record
    if column.key == STANDING:
        return _Cell(standing_word(line.standing))
    value = record.answers.get(column.key)
    if column.kind == "identity" and full:
        return _Cell(str(value or ""))
    if isinstance(column.question, Derived):
        number = column.question.rounded(record.counted_answers())
        return _Cell("") if number is None else _number(f"{number:f}")
    if column.kind == "number" and value is not None:
        return _number(str(value))
    if column.kind == "date" and value is not None:
        return _day(str(value))
    return _Cell(line.texts.get(column.key, ""))


def standing_word(standing: str) -> str:
    """Return how a record stands, in the words of its chip."""
    words = {
        CONFLICT: say("Konflik"), DRAFT: say("Draf"), PROBLEM: say("Ada masalah"), INCOMPLETE: say("Belum lengkap"),
        COMPLETE: say("Lengkap"), READY: say("Siap kirim"), RETURNED: say("Dikembalikan"), CHANGED: say("Berubah"),
        VERIFIED: say("Diverifikasi"),
    }
    return words.get(standing, standing)


def _number(plain: str) -> _Cell:
    try:
        Decimal(plain)
    except InvalidOperation:
        return _Cell(plain)
    return _Cell(plain.replace(".", ","), plain)


def _day(plain: str) -> _Cell:
    """Return a day as spreadsheets count it; what is none as it stands."""
    try:
        days = (datetime.date.fromisoformat(plain) - _EPOCH).days
    except ValueError:
        return _Cell(plain)
    return _Cell(plain, str(days), is_day=True) if days > _FIRST_CERTAIN else _Cell(plain)


def _escaped(cell: _Cell) -> str:
    """Return a cell between tabs: never a formula, and in quotes when it holds a tab, a line end or a quote."""
    text = cell.text
    if not cell.number and text.startswith(_FORMULA):
        text = f"'{text}"
    if any(mark in text for mark in '\t\r\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _table(rows: Sequence[Sequence[_Cell]]) -> str:
    lines = "".join(f"<tr>{''.join(_td(cell) for cell in row)}</tr>" for row in rows)
    return f'<html><head><meta charset="utf-8"></head><body><table>{lines}</table></body></html>'


def _td(cell: _Cell) -> str:
    """Return a cell of a table; Excel reads x:num, LibreOffice sdval, and both take the rest as text."""
    words = html.escape(cell.text).replace("\n", "<br>")
    if cell.number:
        style = " style='mso-number-format:\"yyyy\\-mm\\-dd\"'" if cell.is_day else ""
        shape = "1033;0;YYYY-MM-DD" if cell.is_day else "1033;"
        return f'<td{style} x:num="{cell.number}" sdval="{cell.number}" sdnum="{shape}">{words}</td>'
    return f"<td style='mso-number-format:\"\\@\"' sdnum=\"1033;0;@\">{words}</td>"
