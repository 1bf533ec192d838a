"""A table as a value: what its columns are called, and what each says of a line.

A list is said once: the window shows the table, the exchange writes it as a file, paper sets it, a script reads it.
"""

import datetime
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Generic, NamedTuple, TypeVar

from p2kp_desktop.language import say

from . import written
from .outline import Outline

Line = TypeVar("Line")


class Kind(Enum):
    """What a column holds, by which it is aligned, sorted, written into a workbook and sized."""

    TEXT = "text"
    SMALL = "small"  # text of less weight
    NAME = "name"  # what the line is called: in bold
    REGION = "region"  # its code, told by its name
    RT = "rt"
    IDENTITY = "identity"  # a number that says who it is; never one to calculate with
    WHOLE = "whole"
    DECIMAL = "decimal"
    MONEY = "money"  # whole rupiah
    SHARE = "share"  # 0 to 1 here, per cent wherever a person or a script reads it
    DATE = "date"  # ISO 8601, the day
    MOMENT = "moment"  # ISO 8601 with the time, UTC
    STATUS = "status"  # a Mark shown as a chip
    VERDICT = "verdict"  # a Mark shown as a small icon
    LINK = "link"  # a way of the window, nothing of the line
    CHECK = "check"  # a box of the window, nothing of the line
    BOX = "box"  # a box to tick on paper

    @property
    def is_number(self) -> bool:
        """Say whether its values are quantities."""
        return self in (Kind.WHOLE, Kind.DECIMAL, Kind.MONEY, Kind.SHARE)

    @property
    def unit(self) -> str:
        """Return the unit in which scripts read its values, whatever the column; "" where the column says it."""
        return "%" if self is Kind.SHARE else ""


@dataclass(frozen=True)
class Mark:
    """A state of a line: `code` for scripts and for its icon, `word` for people, `remark` for how much of it.

    Where a `count` is all there is to know (three conflicts), files and scripts hold that.
    """

    code: str
    word: str = ""
    remark: str = ""
    count: int | None = None

    @property
    def words(self) -> str:
        """Return the words that people read of a state: Belum lengkap (3 kosong)."""
        return f"{self.word} ({self.remark})" if self.word and self.remark else self.word or self.remark


Value = str | int | Decimal | Fraction | datetime.date | Mark | None


@dataclass(frozen=True)
class Column(Generic[Line]):
    """One column: `of` says its value of a line, `shown` its words where they are more than the value's own.

    `sample` is the widest plausible text. Where room is short, `gives_way` says which column goes first (1), 0 never.
    `by` is another key to sort by than the value; a column that `is_fixed` cannot be sorted by. One that `wraps` lets
    its row grow, one that `stretches` takes what room is left. A column of marks names the widest there may be. The
    window leaves out a column that `varies` while it says the same in every line (a region: the one looked at; a
    number: none), the title of a `quiet` one, and what `is_aside`: figures that a file has room for. It says what
    stands `below` another column in small words under that one's cell. What is `is_private` tells who somebody is:
    a map has no such thing.
    """

    key: str
    title: str
    kind: Kind
    of: Callable[[Line], Value]
    shown: Callable[[Line], str] | None = None
    remark: Callable[[Line], str] | None = None  # words below the cell, or after it
    bar: Callable[[Line], float] | None = None  # how much of the bar before the words is full, 0 to 1
    icon: Callable[[Line], str] | None = None  # fit, unfit, open, asked or late: the sign before the words
    gravity: Callable[[Line], str] | None = None  # hard, soft or explained: what is wrong with the cell; "" nothing
    by: Callable[[Line], Any] | None = None
    is_fixed: bool = False
    unit: str = ""
    sample: str = ""
    marks: tuple[Mark, ...] = ()
    gives_way: int = 0
    stretches: bool = False
    wraps: bool = False
    varies: bool = False
    quiet: bool = False
    is_aside: bool = False
    is_private: bool = False
    private_in: Callable[[Line], bool] | None = None  # the lines of which its value tells who somebody is
    below: str = ""
    heads: Callable[[Line], bool] | None = None  # a line that heads those after it stands in bold

    def order(self, line: Line) -> tuple[bool, Any]:
        """Return the key by which lines are sorted; a line without a value comes first."""
        value = self.by(line) if self.by is not None else self.of(line)
        if isinstance(value, Mark):
            value = value.words
        return (value is not None, value.casefold() if isinstance(value, str) else 0 if value is None else value)


@dataclass(frozen=True)
class Scope:
    """What is looked at: a region of any level by its code ("" is all there is), an RT of it or all, a period."""

    area: str = ""
    rt: str | None = None
    period: str = ""

    def at(self, rt: str | None) -> "Scope":
        """Return the scope narrowed to an RT, or widened to all."""
        return replace(self, rt=rt)


@dataclass(frozen=True)
class Subject:
    """What a score, a percent or a level is of, so that it can be explained wherever it shows.

    A region of any level, an RT of it, or a kawasan by its record; perhaps one criterion of that, or one house.
    """

    scope: Scope
    kawasan: str = ""
    criterion: str = ""
    house: str = ""


@dataclass(frozen=True)
class Source:
    """Where the figures of a table come from, and how sure they are.

    `surveyed` of `buildings` are recorded (None while nobody said how many there are); conflicts are those that are
    open, unverified the records of the area that no office verified.
    """

    workspace: str
    person: str
    time: str  # ISO 8601, UTC
    region: str
    place: str  # the region and the RT in words
    period: str
    rules: str
    method: str
    surveyed: int
    buildings: int | None
    open_conflicts: int
    unverified: int
    practice: bool = False


@dataclass(frozen=True)
class Part:
    """Some lines of a table that stand together, on a sheet of their own: its name, and what stands above them."""

    name: str
    told: tuple[str, ...] = ()


class Point(NamedTuple):
    """A place on the earth in decimal degrees, south and west below 0."""

    latitude: Decimal
    longitude: Decimal

    @classmethod
    def of(cls, latitude: object, longitude: object) -> "Point | None":
        """Return the point that two plain answers name; None where one of them is lacking."""
        return None if latitude is None or longitude is None else cls(Decimal(str(latitude)), Decimal(str(longitude)))


@dataclass(frozen=True)
class Filled:
    """A value in a cell of an official sheet; one without a value leaves the cell empty."""

    kind: Kind
    value: Value


@dataclass(frozen=True)
class OfficialSheet:
    """A sheet on which an office prescribes what stands where: which it is, its name, values by cell, notes below."""

    of: str
    name: str
    cells: Mapping[str, Filled]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table(Generic[Line]):
    """A table: its name for scripts, its title, columns, lines; sums by key of their column; notes below.

    `known_by` tells a line from the others when they are asked for anew. `empty` is said where there is no line.
    `part` says of a line where it stands in a table that is printed part by part; those of one come together. Where
    lines are of `every_period`, the period looked at says only when they were asked for.
    `scored` says of a line what the scores in it are of: a key explains them; its period is the one looked at.
    `record` says of a line which record it is, by its form and its id: Enter in a report opens it.
    `filed` makes of a line what leaves the window, where that shows more than files and the clipboard may hold.
    `put` makes the table of other lines, with the sums and notes of those.
    `narrowed` says by what words and conditions somebody chose the lines. `at` says where on the earth a line is; of
    lines that are places themselves `spot` says which, by region and RT, and `outlines` has the boundaries of these.
    `sheets` makes of lines what a workbook holds where an office prescribes that; elsewhere lines are rows.
    """

    name: str
    title: str
    columns: tuple[Column[Line], ...]
    lines: Sequence[Line] = ()
    sums: Mapping[str, Value] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    empty: str = ""
    scope: Scope = Scope()
    every_period: bool = False
    source: Source | None = None
    known_by: Callable[[Line], Hashable] | None = None
    explains: Callable[[Line], str] | None = None  # what is to be known of one line, "" for nothing
    scored: Callable[[Line], Subject | None] | None = None
    record: Callable[[Line], tuple[str, str]] | None = None
    filed: Callable[[Line], Line] | None = None
    part: Callable[[Line], Part] | None = None
    put: Callable[[Sequence[Line]], "Table[Line]"] | None = None
    narrowed: tuple[str, ...] = ()
    at: Callable[[Line], "Point | None"] | None = None
    spot: Callable[[Line], tuple[str, str]] | None = None
    outlines: Mapping[tuple[str, str], Outline] = field(default_factory=dict, repr=False)
    sheets: Callable[[Sequence[Line]], Sequence[OfficialSheet]] | None = None

    def holding(self, lines: Sequence[Line]) -> "Table[Line]":
        """Return the table of some of its lines: summed up anew, and saying that they are not all."""
        if len(lines) == len(self.lines):
            return replace(self, lines=lines)
        made = self.put(lines) if self.put is not None else replace(self, sums={}, notes=())
        return replace(self, lines=lines, sums=made.sums, notes=made.notes).out_of(len(self.lines))

    def out_of(self, number: int) -> "Table[Line]":
        """Return the table with a note that the whole list has so many lines, where it has more."""
        if len(self.lines) >= number:
            return self
        told = say("Hanya {count} dari {all} baris daftar ini.", count=written.number(len(self.lines)),
                   all=written.number(number))
        return replace(self, notes=(*self.notes, told))

    @property
    def is_for_maps(self) -> bool:
        """Say whether its lines have a place on the earth, so that a map can be made of them."""
        return self.at is not None or self.spot is not None

    def as_filed(self) -> "Table[Line]":
        """Return the table as it leaves the window."""
        return self if self.filed is None else replace(self, lines=[self.filed(line) for line in self.lines])

    @property
    def printed(self) -> tuple[Column[Line], ...]:
        """Return the columns that paper has: all but the boxes and ways of the window."""
        return tuple(column for column in self.columns if column.kind not in (Kind.CHECK, Kind.LINK))

    @property
    def in_sight(self) -> tuple[Column[Line], ...]:
        """Return the columns that a window has: all but those aside."""
        return tuple(column for column in self.columns if not column.is_aside)

    @property
    def written(self) -> tuple[Column[Line], ...]:
        """Return the columns with values: all but boxes."""
        return tuple(column for column in self.printed if column.kind is not Kind.BOX)

    def column(self, key: str) -> Column[Line]:
        """Return a column by its key; raise KeyError."""
        return next(column for column in self.columns if column.key == key)


_STANDING_TEXTS = {
    "missing": "Belum didata", "draft": "Draf", "ready": "Siap kirim", "sent": "Terkirim", "waiting": "Siap diperiksa",
    "changed": "Berubah", "returned": "Dikembalikan", "conflict": "Konflik", "verified": "Diverifikasi",
    "must_fix": "Harus diperbaiki", "problem": "Ada masalah", "incomplete": "Belum lengkap", "complete": "Lengkap",
}
STANDINGS = tuple(_STANDING_TEXTS)


def standing_word(code: str) -> str:
    """Return how a record stands in the words of its chip; a code nobody knows as it is."""
    return say(_STANDING_TEXTS[code]) if code in _STANDING_TEXTS else code


def standing(code: str, remark: str = "") -> Mark:
    """Return how a record stands as a mark."""
    return Mark(code, standing_word(code), remark)
