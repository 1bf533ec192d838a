"""Reads an official RT workbook into rows of answers; what each cell says is judged by the form's own questions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..tables import Place, Table, words
from ..workbook import Broken
from .layout import (
    COVER,
    COVER_CELLS,
    FIRST_ROW,
    HOUSEHOLDS,
    LAST_ROW,
    MARKS,
    MIXED,
    OF_HOUSEHOLDS,
    OF_SURROUNDINGS,
    SURROUNDINGS,
    Answered,
    number,
)

CHOSEN = frozenset({"1", "v", "x", "√", "✓", "ya", "true"})
BLANK = frozenset({"", "-", "–", "—"})
EMPTY = BLANK | {"0", "false"}


@dataclass(frozen=True)
class Given:
    """What answers one question: the place, the value as it stands, or the letters of the options marked.

    `strange` is a mark that is neither 1 nor empty.
    """

    key: str
    place: Place
    value: object = ""
    letters: tuple[str, ...] = ()
    strange: str = ""


@dataclass(frozen=True)
class Line:
    """One household, or the surroundings: its row, and what was given, in the order of the columns."""

    place: Place
    given: tuple[Given, ...]


@dataclass(frozen=True)
class Official:
    """An official workbook: the cover as typed («» where empty), its households, its surroundings if any.

    `below` are the rows under the place of the last household in which a name stands; they are not read.
    """

    source: str
    cover: Mapping[str, str]
    households: tuple[Line, ...]
    surroundings: Line | None
    below: tuple[int, ...] = ()


def recognise(tables: Sequence[Table]) -> Official | None:
    """Return the answers in an official RT workbook, whatever its sheets are called; None for any other workbook."""
    households = _sheet(tables, HOUSEHOLDS)
    if households is None:
        return None
    surroundings, cover = _sheet(tables, SURROUNDINGS), _named(tables, COVER)
    lines = [_line(households, OF_HOUSEHOLDS, row) for row in range(FIRST_ROW, LAST_ROW + 1)]
    area = _line(surroundings, OF_SURROUNDINGS, 0) if surroundings else None
    typed = {key: _text(cover, cell) for key, cell in COVER_CELLS.items()} if cover else {}
    return Official(
        households.source, typed, tuple(line for line in lines if _says_something(line)),
        area if area and _says_something(area) else None, tuple(_named_below(households)),
    )


def _says_something(line: Line) -> bool:
    """Say whether a line holds more than the zeros and results that formulas leave in rows nobody filled."""
    return any(each.letters or (not isinstance(each.value, Broken) and words(each.value) != "0") for each in line.given)


def _named_below(table: Table) -> Iterator[int]:
    """Yield the rows below the last place for a household in which a name and a mark stand, and no sum."""
    for row in range(LAST_ROW + 1, len(table.rows) + 1):
        line = _line(table, OF_HOUSEHOLDS, row)
        if any(each.key == "head_name" for each in line.given) and any(each.letters and not each.strange
                                                                       for each in line.given):
            yield row


def _sheet(tables: Sequence[Table], title: str) -> Table | None:
    """Return the sheet with the marks of this one, the one of its name first."""
    named = _named(tables, title)
    for table in filter(None, (named, *tables)):
        if all(_text(table, cell) == wanted for cell, wanted in MARKS[title].items()):
            return table
    return None


def _named(tables: Sequence[Table], title: str) -> Table | None:
    return next((table for table in tables if table.sheet.strip().casefold() == title.casefold()), None)


def _text(table: Table, cell: str) -> str:
    column = cell.rstrip("0123456789")
    return words(_value(table, int(cell[len(column):]), column))


def _value(table: Table, row: int, column: str) -> object:
    at = number(column) - 1
    return table.rows[row - 1][at] if row <= len(table.rows) and at < len(table.rows[row - 1]) else ""


def _line(table: Table, answered: Sequence[Answered], row: int) -> Line:
    given = (_given(table, each, each.row or row) for each in answered)
    return Line(Place(table.sheet, row or answered[0].row, 0), tuple(each for each in given if each))


def _given(table: Table, answered: Answered, row: int) -> Given | None:
    place = Place(table.sheet, row, number(answered.columns[0]) - 1)
    if answered.kind == "value":
        value = _value(table, row, answered.columns[0])
        return Given(answered.key, place, value) if words(value) not in BLANK else None
    marked = list(_marked(table, answered, row))
    strange = next((f"{column}{row}: {said}" for _, column, said in marked if said not in CHOSEN), "")
    return Given(answered.key, place, "", tuple(letter for letter, _, _ in marked), strange) if marked else None


def _marked(table: Table, answered: Answered, row: int) -> Iterator[tuple[str, str, str]]:
    """Yield letter, column and mark of every option that is not empty."""
    for place, column in enumerate(answered.columns):
        said = words(_value(table, row, column)).casefold()
        if said not in EMPTY:
            yield chr(ord("a") + place), column, said


__all__ = ["MIXED", "Given", "Line", "Official", "recognise"]
