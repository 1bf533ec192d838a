"""How an answer stands in a visible cell, and how it is read back.

Reading needs only the bundle's own dictionary (key, kind, wordings), never the forms of this release, so
that a newer bundle's questions and codes arrive as plain values. A value that would not come back exactly
(unknown code, over-long text, letters that workbooks cannot hold) is shown as well as can be and marked as
not exact; it then travels among the extra values of the machine's part.
"""

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cached_property
from math import isfinite
from typing import NamedTuple

from p2kp_desktop.schema import Reference, values, written
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.values import SIGNIFICANT, Answer, Plain

Cell = str | int | float | datetime.date

LONGEST = 32_000  # UTF-16 units; Excel keeps 32,767 and cuts silently
MOST_LINES = 250  # Excel keeps 253 line ends in a cell
SHOWN_OF_LONG = 1_000
JOINT = "; "

NUMBERS = ("whole", "money", "decimal")
REFERENCE = "reference"  # a record, shown by its title; its id is always an extra value
ASTRAY = "(tidak ada di laptop pengirim)"  # in place of the title of a record that is not here
PLACE = "place"  # the address column with the name of a region; its code is always an extra value

NO_TITLES: Mapping[str, str] = {}
_IN_WORDS = (PLACE, "region", "choice", "several")  # shown in words even where those are not exact
_EPOCH = datetime.date(1899, 12, 30)
_FIRST_SAFE_DAY = datetime.date(1900, 3, 1)  # before it, office suites disagree by a day
_LAST_SERIAL = 2_958_465  # 31 December 9999
_NUMERAL = re.compile(r"^-?\d{1,15}(\.\d{1,15})?$", re.ASCII)
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_ESCAPE_CHAIN = re.compile(r"_x[0-9A-Fa-f]{4}(?=_x[0-9A-Fa-f]{4}_)")  # writers escape only the first of the two
_REGION = re.compile(r"\(([\d.]+)\)$", re.ASCII)


class Column(NamedTuple):
    """A column as the bundle's dictionary describes it; wordings are {code: what the cell says}."""

    key: str
    kind: str
    wordings: Mapping[str, str] = {}


class Codec:
    """Writes and reads the cells of one column."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.kind = column.kind

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {wording: code for code, wording in self.column.wordings.items()}

    def encode(self, value: Answer, titles: Mapping[str, str] = NO_TITLES) -> tuple[Cell | None, bool]:
        """Return the value that the cell shows, None for an empty cell, and whether it reads back as this very answer.

        `titles` says by id what the records are called that a reference points to.
        """
        if value is None:
            return None, True
        if self.kind == REFERENCE:
            return presentable(titles.get(str(value)) or Reference.words(value) or ASTRAY), False
        native = self._native(value)
        for candidate in (native,) if self.kind in _IN_WORDS else (native, str(value)):
            if _fits(candidate) and self._is_same(candidate, value):
                return candidate, True
        return presentable(str(native)), False

    def _is_same(self, candidate: Cell, value: Plain) -> bool:
        back = self.decode(candidate)
        return back == value and type(back) is type(value)

    def _native(self, value: Plain) -> Cell:
        text = str(value)
        if self.kind == PLACE:
            return region_name(text)
        if self.kind == "region":
            return f"{region_name(text)} ({text})"
        if self.kind == "choice":
            return self.column.wordings.get(text, f"‹{text}›")
        if self.kind == "several":
            return JOINT.join(self.column.wordings.get(code, f"‹{code}›") for code in text.split(","))
        if self.kind == "date":
            return _day(text) or text
        if self.kind == "decimal" and _NUMERAL.match(text):
            return float(text)
        if self.kind in ("whole", "money") and isinstance(value, int):
            return value if abs(value) < 10**SIGNIFICANT else text
        return text

    def decode(self, cell: object) -> Answer:
        """Return the plain value that a cell stands for; what the column does not expect, as text."""
        if isinstance(cell, bool):
            return str(cell).upper()
        if isinstance(cell, int | float):
            return self._from_number(cell)
        if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
            cell = cell.date()
        if isinstance(cell, datetime.date) and not isinstance(cell, datetime.datetime):
            return self._from_day(cell)
        return self._from_text(one_line_end(str(cell))) if cell is not None else None

    def _from_number(self, number: float) -> Answer:
        whole = float(number).is_integer()
        if self.kind == "date" and whole and 0 < number <= _LAST_SERIAL:
            return (_EPOCH + datetime.timedelta(days=int(number))).isoformat()
        if self.kind in ("whole", "money") and whole and abs(number) < 10**SIGNIFICANT:
            return int(number)
        return numeral(number)

    def _from_day(self, day: datetime.date) -> Answer:
        return self._from_number((day - _EPOCH).days) if self.kind in NUMBERS else day.isoformat()

    def _from_text(self, text: str) -> Answer:
        if not text:
            return None
        if self.kind == "choice":
            return self._codes.get(text, text)
        if self.kind == "several":
            parts = text.split(JOINT)
            return ",".join(self._codes[part] for part in parts) if all(p in self._codes for p in parts) else text
        if self.kind == "region" and (code := _REGION.search(text)):
            return code[1]
        return text


def one_line_end(text: str) -> str:
    """Return the text with LF line ends: office suites may make CR LF of them."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def numeral(number: float) -> str:
    """Return the plain text of a cell's number, to the 15 significant digits that office suites keep."""
    try:
        return values.plain_decimal(Decimal(f"{number:.{SIGNIFICANT}g}"))
    except (values.Unreadable, InvalidOperation):
        return f"{number:.{SIGNIFICANT}g}"


def settled(cell: object) -> object:
    """Return a cell as it is meant, with the number that its double stands for: schema.values.as_shown."""
    return float(values.of_double(cell)) if isinstance(cell, float) and isfinite(cell) else cell


def shown(number: float) -> str:
    """Return a cell's number as office suites show it: 0.3 for 0.1 + 0.2."""
    return numeral(float(values.of_double(number))) if isfinite(number) else numeral(number)


def percent(number: float) -> str:
    """Return the text of a cell that shows a percentage: 7,5% for 0.075."""
    return f"{shown(number * 100).replace('.', ',')}%"


def as_written(cell: object) -> str:
    """Return the content of a cell as people write it: 7, 7,5, 4 Oktober 2022."""
    if isinstance(cell, datetime.date) and (not isinstance(cell, datetime.datetime) or cell.time() == datetime.time()):
        with written.in_indonesian():  # it is read again as the answer of the cell
            return written.day(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return shown(cell).replace(".", ",")
    return one_line_end(str(cell))


def is_rounded(cell: object) -> bool:
    """Say whether a cell holds a number of which office suites lost the digits after the fifteenth."""
    return isinstance(cell, int | float) and abs(cell) >= 10**SIGNIFICANT


def presentable(text: str) -> str | None:
    """Return a text that cells can hold and people can read, cut where it is long; None if nothing is left."""
    bare = _UNSAFE.sub(" ", one_line_end(text)).replace("_x", "_ x").strip()
    if not _fits(bare):
        bare = bare.replace("\n", " ")[:SHOWN_OF_LONG].strip() + " …"
    return bare or None


def _fits(cell: Cell) -> bool:
    """Say whether every office suite keeps the cell as it is."""
    if not isinstance(cell, str):
        return True
    units = len(cell) if cell.isascii() else len(cell.encode("utf-16-le", "surrogatepass")) // 2
    if units > LONGEST or cell != cell.strip() or cell.count("\n") > MOST_LINES:
        return False
    return not _UNSAFE.search(cell) and not _ESCAPE_CHAIN.search(cell)


def _day(text: str) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= _FIRST_SAFE_DAY else None


def column_letter(number: int) -> str:
    """Return the letter of a column counted from 0: A for 0, AA for 26."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
