"""Watches over the XML of a part as it is unpacked: no document types, no deep nesting; where cells are filled."""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from xml.parsers import expat

from .cells import column_letter
from .package import Limits

Seen = Callable[[str, dict[str, str]], None]

_BARE_CELL = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?(?: t="[a-z]+")?/>')
_ROWS = 1 << 20  # of a sheet
_MOST_BROKEN = 10_000  # cells without a value that are remembered
_MOST_PERCENTS = 1_000_000
_YES = ("1", "true")
_LONGEST_NUMBER = 100  # digits
_FAR = 1 << 30  # so far that no sheet with it is read; stands for a reference that cannot be read


@dataclass
class Extent:
    """How far the filled cells of a sheet reach, rows and columns counted from 1, and how many there are.

    Cells that only have a format count nothing: a million of them are as small as none. `broken` holds, by row and
    column, the cells whose formula came to an error («#REF!»), or has no value yet («»); `percents` where numbers are
    shown as percentages; `hidden` the filled rows that are not shown.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    broken: dict[tuple[int, int], str] = field(default_factory=dict)
    percents: list[tuple[int, int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)

    @property
    def box(self) -> int:
        """Return the number of cells in the rectangle from A1, which is what reading holds in memory."""
        return self.rows * self.columns

    def fits(self, limits: Limits) -> bool:
        """Say whether the sheet can be held in memory."""
        return limits.fits(self.rows, self.columns, self.cells)

    @property
    def corner(self) -> str:
        """Return the last row and column as a cell reference."""
        return f"{column_letter(self.columns - 1)}{self.rows}" if self.rows else ""


class Watcher:
    """Feeds one part to the XML parser; `doctype` and `too_deep` say what was met, and then it stops looking.

    `percents` are the styles, by number, that show a number as a percentage.
    """

    def __init__(
        self, deepest: int, seen: Seen | None = None, extent: Extent | None = None, percents: Container[str] = (),
    ) -> None:
        self.doctype = self.too_deep = False
        self.promised = self.texts = 0  # how many texts the list of texts says that it has, and how many it has
        self._deepest, self._seen, self._extent = deepest, seen, extent
        self._depth = 0
        self._row = self._column = 0  # of the cell being read
        self._counted = True
        self._kind = self._style = ""  # of the cell being read
        self._percents, self._is_hidden = percents, False  # whether the row is
        self._heard: list[str] | None = None  # the value of a cell that may be broken; None for every other cell
        self._letters: dict[str, int] = {}
        self._parser = expat.ParserCreate()
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser.StartDoctypeDeclHandler = self._meet_doctype
        self._parser.StartElementHandler = self._cell_start if extent is not None else self._start
        self._parser.EndElementHandler = self._end

    def feed(self, piece: bytes) -> None:
        """Look at the next piece; raise ExpatError where it is no XML."""
        if not (self.doctype or self.too_deep):
            if self._extent is not None:
                piece = _BARE_CELL.sub(b"", piece)  # empty cells by the million are passed over at once
            try:
                self._parser.Parse(piece, False)
            except _Stop:
                return

    def close(self) -> None:
        """Look at the end; raise ExpatError where something is missing."""
        if not (self.doctype or self.too_deep):
            self._parser.Parse(b"", True)
            self._settle()

    def _meet_doctype(self, *_: object) -> None:
        self.doctype = True
        raise _Stop

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._descend()
        name = tag.rpartition(":")[2]
        if name == "si":
            self.texts += 1
        elif name == "sst":
            self.promised = max(self.promised, _promise(attributes.get("uniqueCount", "")))
        if self._seen:
            self._seen(name, attributes)

    def _descend(self) -> None:
        self._depth += 1
        if self._depth > self._deepest:
            self.too_deep = True
            raise _Stop

    def _end(self, _: str) -> None:
        self._depth -= 1

    def _cell_start(self, tag: str, attributes: dict[str, str]) -> None:
        self._descend()
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if self._heard is not None and tag in ("c", "row"):
            self._settle()
        if tag == "c":
            self._kind, self._style = attributes.get("t", ""), attributes.get("s", "")
            self._go_to(attributes.get("r"))
        elif tag == "row":
            self._row = _number(attributes.get("r"), self._row + 1)
            self._is_hidden = attributes.get("hidden") in _YES
        elif tag in ("v", "is", "f"):
            if not self._counted:
                self._count()
            if tag == "v" or self._kind != "str":
                self._suspect(tag)

    def _suspect(self, tag: str) -> None:
        """Listen to the value of a cell that holds an error or a formula; a formula by itself is no value."""
        if tag == "f" or (self._kind == "e" and self._heard is None):
            self._heard = []
        if self._heard is not None:
            self._parser.CharacterDataHandler = self._heard.append if tag == "v" else None

    def _settle(self) -> None:
        """Remember the cell that was read last if it holds no value."""
        if self._heard is None:
            return
        heard, self._heard, self._parser.CharacterDataHandler = "".join(self._heard).strip(), None, None
        broken = self._extent.broken if self._extent is not None else {}
        if (self._kind == "e" or not heard) and len(broken) < _MOST_BROKEN:
            broken[self._row, self._column] = heard

    def _go_to(self, reference: str | None) -> None:
        """Remember where the cell is; one without a reference, which no office suite writes, counts as far."""
        self._counted = False
        if reference is None:
            self._column = _FAR
            return
        letters = reference.rstrip("0123456789")
        if letters not in self._letters:
            self._letters[letters] = _column(letters)
        self._column = self._letters[letters]
        self._row = _number(reference[len(letters):], self._row)

    def _count(self) -> None:
        extent = self._extent
        self._counted = True
        if extent is not None:
            extent.cells += 1
            extent.rows = max(extent.rows, self._row)
            extent.columns = max(extent.columns, self._column)
            if self._style in self._percents and self._kind in ("", "n") and len(extent.percents) < _MOST_PERCENTS:
                extent.percents.append((self._row, self._column))
            if self._is_hidden:
                extent.hidden.add(self._row)


class _Stop(Exception):
    """Ends the parsing of a part whose fate is decided."""


def _promise(text: str) -> int:
    """Return how many there are said to be; 0 for what is no number, which no library takes for one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER else 0


def _number(text: str | None, otherwise: int) -> int:
    """Return the number of a row from 1; one that no sheet has counts as far, for it would be read as another."""
    if text is None:
        return otherwise
    known = text.isascii() and text.isdigit() and len(text) < 10
    return number if known and 0 < (number := int(text)) <= _ROWS else _FAR


def _column(letters: str) -> int:
    """Return the number of a column from 1; whatever is none counts as far away."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        return _FAR
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
