"""Reads the sheets of an OpenDocument spreadsheet (.ods), as LibreOffice Calc saves it, and guards against bad ones.

One pass over its content: cells and rows that are said once and repeated are written out only within the limits,
and nothing but the content is opened, so links to other files are never followed.
"""

import datetime
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from xml.parsers import expat

from p2kp_desktop.language import say

from . import faults, package
from .cells import column_letter, percent
from .package import TABLES, UNREADABLE, Limits
from .workbook import Broken, Merge, Row

Attributes = dict[str, str]

_CONTENT, _KIND, _MANIFEST = "content.xml", "mimetype", "META-INF/manifest.xml"
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_MOST_SPACES = 1_000  # that one mark may stand for
_UNSEEN = frozenset({
    "office:annotation", "office:forms", "table:shapes", "table:tracked-changes", "table:detective", "text:note",
})
_REPEATED = "table:number-columns-repeated"
_ROWS_SPANNED, _COLUMNS_SPANNED = "table:number-rows-spanned", "table:number-columns-spanned"
_HIDDEN = ("collapse", "filter")
_ERROR = re.compile(r"#(REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|(Err|Galat):\d+", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n]+")
_TIME = re.compile(r"PT(\d{1,2})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")
_ELSEWHERE = "'file:"  # begins the name of a sheet in which values of another file are kept


@dataclass
class Sheet:
    """A sheet from A1 on, "" where a cell is empty; `hidden` are rows counted from 1."""

    title: str
    rows: list[Row] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)


def is_spreadsheet(path: Path) -> bool:
    """Say whether a file is an OpenDocument spreadsheet, whatever its name ends with."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_KIND) as part:
            return part.read(1 << 8).startswith(_SPREADSHEET)
    except UNREADABLE:
        return False


def read_sheets(path: Path, limits: Limits = TABLES) -> list[Sheet]:
    """Return the sheets in order, hidden ones too; raise Trouble for a file that is locked, damaged or unsafe."""
    with package.opened(path, limits) as archive:
        parts = set(archive.namelist())
        package.refuse_spoiled(path.name, archive)
        _refuse_locked(path.name, archive, parts)
        if any(part.startswith(("Basic/", "Scripts/")) and not part.endswith("/") for part in parts):
            raise faults.macros(path.name)
        if _CONTENT not in parts:
            raise faults.damaged(path.name)
        package.refuse_bombs(path.name, archive, limits, lambda part: part == _CONTENT)
        reader = _Reader(path.name, limits)
        for piece in package.pieces(archive, _CONTENT, at_most=limits.unpacked):
            reader.feed(piece)
        return reader.close()


def _refuse_locked(name: str, archive: zipfile.ZipFile, parts: set[str]) -> None:
    if _MANIFEST in parts:
        with archive.open(_MANIFEST) as manifest:
            if "encrypted-package" in parts or b"encryption-data" in manifest.read(1 << 20):
                raise faults.locked(name)


class _Reader:
    """Takes the content piece by piece; what cannot be taken raises Trouble, ExpatError or ValueError."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._sheets: list[Sheet] = []
        self._sheet: Sheet | None = None  # while one is read
        self._depth = self._unseen = 0
        self._filled = self._boxes = 0  # cells that hold something, and all of the sheets before this one
        self._at = self._width = 0  # the row to come, from 0, and how wide the sheet is
        self._row: Row | None = None
        self._rows: Attributes = {}  # of the row being read
        self._cell: Attributes | None = None
        self._column = 0
        self._lines: list[list[str]] = []  # the paragraphs of a cell in pieces
        cell, line = (self._begin_cell, self._end_cell), (self._begin_line, self._end_line)
        self._acts: dict[str, tuple[Callable[[Attributes], None], Callable[[], None]]] = {
            "table:table": (self._begin_sheet, self._end_sheet), "table:table-row": (self._begin_row, self._end_row),
            "table:table-cell": cell, "table:covered-table-cell": cell, "text:p": line, "text:h": line,
            "text:s": (self._spaces, _nothing), "text:tab": (lambda _: self._say("\t"), _nothing),
            "text:line-break": (lambda _: self._say("\n"), _nothing),
        }
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end

    def feed(self, piece: bytes) -> None:
        """Read the next piece."""
        self._parser.Parse(piece, False)

    def close(self) -> list[Sheet]:
        """Return the sheets; a content without any is none of a spreadsheet."""
        self._parser.Parse(b"", True)
        if not self._sheets:
            raise faults.damaged(self._name)
        return [sheet for sheet in self._sheets if not sheet.title.startswith(_ELSEWHERE)]

    def _refuse_doctype(self, *_: object) -> None:
        raise faults.entities(self._name)

    def _start(self, tag: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > self._limits.depth:
            raise faults.too_large(self._name, say("terlalu banyak lapisan"))
        nested = tag == "table:table" and self._sheet is not None
        if self._unseen or nested or tag in _UNSEEN or tag.startswith("draw:"):
            self._unseen += 1
        elif tag in self._acts:
            self._acts[tag][0](attributes)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if self._unseen:
            self._unseen -= 1
        elif tag in self._acts:
            self._acts[tag][1]()

    def _begin_sheet(self, attributes: Attributes) -> None:
        self._sheet = Sheet(attributes.get("table:name", ""))
        self._sheets.append(self._sheet)
        self._at = self._width = 0

    def _end_sheet(self) -> None:
        rows = self._sheet.rows if self._sheet is not None else []
        for row in rows:
            row += [""] * (self._width - len(row))
        self._boxes += len(rows) * self._width
        self._sheet = None

    def _begin_row(self, attributes: Attributes) -> None:
        self._row, self._rows, self._column = [], attributes, 0

    def _end_row(self) -> None:
        row, sheet, repeated = self._row, self._sheet, _number(self._rows, "table:number-rows-repeated")
        self._row = None
        if row and sheet is not None:
            self._make_room(sheet, len(row), repeated)
            sheet.rows += [[] for _ in range(self._at - len(sheet.rows))]
            sheet.rows += [row] * repeated
            if self._rows.get("table:visibility") in _HIDDEN:
                sheet.hidden.update(range(self._at + 1, self._at + 1 + repeated))
        self._at += repeated

    def _make_room(self, sheet: Sheet, columns: int, rows: int) -> None:
        """Raise Trouble where rows reach too far, or are too many, to be held in memory."""
        self._width = max(self._width, columns)
        last = self._at + rows
        self._filled += rows * columns
        if self._filled > last > self._limits.rows:
            raise faults.too_many_rows(self._name, self._limits.rows)
        if not self._limits.fits(last, self._width, self._filled):
            raise faults.stray_cell(self._name, sheet.title, f"{column_letter(self._width - 1)}{last}")
        if self._boxes + last * self._width > self._limits.cells:
            raise faults.too_large(self._name, say("terlalu banyak sel"))

    def _begin_cell(self, attributes: Attributes) -> None:
        self._cell, self._lines = attributes, []

    def _end_cell(self) -> None:
        cell, row, sheet, self._cell = self._cell, self._row, self._sheet, None
        if cell is None or row is None or sheet is None:
            return
        value, repeated = _value(cell, "\n".join(map("".join, self._lines))), _number(cell, _REPEATED)
        if value != "":
            if self._column + repeated > self._limits.columns:
                raise faults.stray_cell(self._name, sheet.title, f"{column_letter(self._column)}{self._at + 1}")
            row += [""] * (self._column - len(row))
            row += [value] * repeated
            self._note_merge(sheet, cell)
        self._column += repeated

    def _note_merge(self, sheet: Sheet, cell: Attributes) -> None:
        if _ROWS_SPANNED not in cell and _COLUMNS_SPANNED not in cell:
            return
        rows, columns = _number(cell, _ROWS_SPANNED), _number(cell, _COLUMNS_SPANNED)
        if rows > 1 or columns > 1:
            first = self._at, self._column
            sheet.merges.append((first, (first[0] + rows - 1, first[1] + columns - 1)))

    def _begin_line(self, _: Attributes) -> None:
        if self._cell is not None:
            self._lines.append([])
            self._parser.CharacterDataHandler = self._hear

    def _end_line(self) -> None:
        self._parser.CharacterDataHandler = None

    def _hear(self, text: str) -> None:
        if not self._unseen:
            self._lines[-1].append(_BLANKS.sub(" ", text))

    def _say(self, text: str) -> None:
        if self._cell is not None and self._lines:
            self._lines[-1].append(text)

    def _spaces(self, attributes: Attributes) -> None:
        self._say(" " * min(_number(attributes, "text:c"), _MOST_SPACES))


def _nothing() -> None:
    pass


def _number(attributes: Attributes, name: str) -> int:
    """Return how often something is repeated; raise ValueError for what is no such number."""
    text = attributes.get(name, "1")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError(text)
    return int(text)


def _value(cell: Attributes, text: str) -> object:
    """Return the value of a cell: text, number, day, time, truth value, Broken for an error; "" for nothing."""
    kind = cell.get("office:value-type", "")
    is_formula = "table:formula" in cell
    if cell.get("calcext:value-type") == "error" or (is_formula and _ERROR.fullmatch(text.strip())):
        return Broken(text.strip() or "#")
    if is_formula and not kind and not text:
        return Broken("")
    with suppress(ValueError, KeyError, OverflowError):
        if kind in ("float", "currency", "percentage") and isfinite(number := float(cell["office:value"])):
            return percent(number) if kind == "percentage" else number
        if kind == "date":
            return _day(cell["office:date-value"])
        if kind == "time":
            return _hour(cell["office:time-value"])
        if kind == "boolean":
            return cell["office:boolean-value"] == "true"
    return text or cell.get("office:string-value", "")


def _day(text: str) -> datetime.date:
    moment = datetime.datetime.fromisoformat(text)
    return moment if "T" in text and moment.time() != datetime.time() else moment.date()


def _hour(text: str) -> datetime.time:
    """Return a time of day; raise ValueError for a length of time that is none."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return datetime.time(int(found[1]), int(found[2]), int(found[3]))
