"""Tables in a text: CSV in every encoding of office suites, and what web programs save as text but call .xls."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from p2kp_desktop import held_files
from p2kp_desktop.language import say

from . import faults
from .package import LIMITS, TABLES, Limits, is_package, must_be_a_file
from .workbook import Row

_NAMES = (".csv", ".tsv", ".txt")
_START = 1 << 16  # bytes by which a text is known
_FIRST_LINES = 30
_SEPARATORS = ";\t,|"  # an Indonesian Excel saves CSV with semicolons
_MARKUP = re.compile(r"\s*<(!doctype|html|head|meta|body|table|style|div|\?xml)\b", re.IGNORECASE)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WIDE = 0.6  # share of zero bytes, on one side of each pair, in a text of two bytes a letter


def is_text(path: Path) -> bool:
    """Say whether a file is a text with a table: by its name, or, under the name of a workbook, by its lines."""
    start = _start_of(path)
    if is_package(start):
        return False
    if path.suffix.lower() in _NAMES:
        return True
    text = _decoded(start)
    if _BINARY.search(text) or _MARKUP.match(text):
        return False
    lines, cells = max(_regularity(_cells("", _first_lines(text), sign, LIMITS)) for sign in _SEPARATORS)
    return lines > 1 and cells > 1


def is_markup(path: Path) -> bool:
    """Say whether a file is a page of a browser, or XML, as web programs send it under the name of a workbook."""
    start = _start_of(path)
    return not is_package(start) and _MARKUP.match(_decoded(start)) is not None


def _start_of(path: Path) -> bytes:
    """Return how a file begins; nothing where there is none that can be read: whoever reads it all tells why."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(_START)
    except OSError:
        return b""


def rows_of(path: Path, limits: Limits = TABLES) -> list[Row]:
    """Return the rows of a text; the sign between cells is the one that gives most lines as many cells."""
    text = _decoded(_bytes(path, limits))
    start = _first_lines(text)
    regular = {sign: _regularity(_cells(path.name, start, sign, limits)) for sign in _SEPARATORS}
    return split(path.name, text, max(_SEPARATORS, key=lambda sign: regular[sign]), limits)


def split(name: str, text: str, sign: str, limits: Limits) -> list[Row]:
    """Return the rows of a text whose cells this sign parts, all as wide as the widest; raise Trouble."""
    rows = _cells(name, text, sign, limits)
    width = max(map(len, rows), default=0)
    if len(rows) * width > limits.box:
        raise faults.too_large(name, say("terlalu banyak sel"))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _bytes(path: Path, limits: Limits) -> bytes:
    must_be_a_file(path)
    try:
        size = path.stat().st_size
        if size > limits.small_part:
            raise faults.too_large(path.name, say("besarnya {size} MB", size=size >> 20))
        with held_files.opened(path) as file:
            content = file.read()
    except OSError as error:
        raise faults.unreadable(path.name, error) from error
    if not content:
        raise faults.empty(path.name)
    if b"\0" in content and not _wide(content):
        raise faults.no_workbook(path.name)
    return content


def _wide(content: bytes) -> str:
    """Return the encoding of a text of two bytes a letter; «» for every other."""
    if content.startswith(_BOMS):
        return "utf-16"
    pairs = content[: _START // 2 * 2]
    if pairs[1::2].count(0) > _WIDE * len(pairs[1::2]):
        return "utf-16-le"
    return "utf-16-be" if pairs[::2].count(0) > _WIDE * len(pairs[::2]) else ""


def _decoded(content: bytes) -> str:
    """Return a text in the encodings in which office suites save it."""
    if b"\0" in content and (wide := _wide(content)):
        return content.decode(wide, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _first_lines(text: str) -> str:
    return "".join(text[:_START].splitlines(keepends=True)[:_FIRST_LINES])


def _regularity(rows: Sequence[Row]) -> tuple[int, int]:
    """Return how many lines have as many cells as most that have several, and how many cells that is."""
    lengths = Counter(len(row) for row in rows if len(row) > 1)
    return max(((lines, cells) for cells, lines in lengths.items()), default=(0, 0))


def _cells(name: str, text: str, sign: str, limits: Limits) -> list[Row]:
    """Return the rows as they are long; raise Trouble as soon as they are more than can be held."""
    rows: list[Row] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            rows.append([*row])
            if len(rows) > limits.rows:
                raise faults.too_many_rows(name, limits.rows)
            if len(row) > limits.columns:
                raise faults.too_large(name, say("lebih dari {count} kolom", count=limits.columns))
    except csv.Error as error:  # a cell without end
        raise faults.damaged(name) from error
    return rows
