"""How the columns of a table stand on a sheet: upright or landscape, how wide, in which letters, in how many parts.

Widths are judged by the words themselves, measured: no number is ever wrapped, no heading runs into the next one. What
fits upright stands upright; else the sheet is turned, then letters get smaller, then narrow columns turn their heads,
and what still has no room goes on in a second part that says again which line it is of.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from p2kp_desktop.printing.pages import letters
from p2kp_desktop.printing.pages.paper import Sheet
from p2kp_desktop.schema.table import Column, Kind
from p2kp_desktop.schema.table_words import head

MARGIN = 15.0  # left and right, as style.typ has it
INSET = 1.2  # beside the words of a cell
LARGE, MIDDLE, SMALL = 8.5, 7.5, 6.8  # points
_SLACK = 0.4  # what measuring misses
_ONE_LINE = (Kind.WHOLE, Kind.DECIMAL, Kind.MONEY, Kind.SHARE, Kind.DATE, Kind.RT, Kind.IDENTITY, Kind.BOX)
_KEYS = (Kind.NAME, Kind.RT)
_LONGEST_LINE = 26.0  # a number with words beside it may be as wide as this, and wraps between them where wider
_EASY, _TIGHT = 42.0, 26.0  # a column of text as wide as this reads well; as this, it can be read
_HEAD = 18.0  # a word of a heading may make its column as wide as this
_LINES_OF_HEAD, _HEAD_OF_MANY = 4, 24.0  # lines of a heading that read well; how wide they may make a column
_TALLEST = 45.0  # a turned heading longer than this would take the room of the lines
_TURNED = 10.0  # a column narrower than this may turn its heading
_LINE = 4.0  # the height of a turned heading's line
_LOOKED_AT = 400  # lines by which text is judged: every number is measured, not every name
_MOST_LINES = 6  # of a cell, on the average of its column


@dataclass(frozen=True)
class Measured:
    """A column as its words want it, in millimetres at a size of letters.

    `least` is what it cannot be narrower than, its heading apart; `word` and `syllable` are the widest of its heading,
    `natural` is it all on one line, or most of it.
    """

    least: float
    natural: float
    word: float
    syllable: float
    heading: float

    def bare(self, *, turned: bool) -> float:
        """Return the least width with the heading, hyphenated or turned."""
        if turned and self.least < _TURNED:
            return max(self.least, _LINE)
        return max(self.least, self.syllable)

    def easy(self, widest: float) -> float:
        """Return a width in which it reads well, where text takes at most this."""
        headed = max(min(self.word, _HEAD), min(self.heading / _LINES_OF_HEAD, _HEAD_OF_MANY))
        return max(self.least, headed, self.syllable, min(self.natural, widest))


@dataclass(frozen=True)
class Laid:
    """Columns laid out: the size of letters, whether the sheet is turned, and which columns each part has, how wide.

    A part begins again with the columns that say which line it is of; with several parts, lines are numbered.
    """

    size: float
    landscape: bool
    parts: tuple[tuple[tuple[int, float], ...], ...]
    turned: frozenset[int] = frozenset()


def laid(
    columns: Sequence[Column[Any]], rows: Sequence[Sequence[str]], sheet: Sheet, sums: Sequence[Sequence[str]] = ()
) -> Laid:
    """Lay out columns whose cells are these rows of words, and below them rows of sums in bold."""
    def measured(size: float) -> list[Measured]:
        return [_measured(column, [row[place] for row in rows], size, [row[place] for row in sums])
                for place, column in enumerate(columns)]

    upright, across = sheet.width - 2 * MARGIN, sheet.height - 2 * MARGIN
    large, middle, small = (measured(size) for size in (LARGE, MIDDLE, SMALL))
    wishes: tuple[tuple[list[Measured], float, bool, float], ...] = (
        (large, LARGE, False, _EASY), (middle, MIDDLE, False, _EASY), (large, LARGE, True, _EASY),
        (middle, MIDDLE, True, _TIGHT), (small, SMALL, True, _TIGHT),
    )
    for found, size, landscape, widest in wishes:
        room, least = across if landscape else upright, [each.easy(widest) for each in found]
        if _sum(least) <= room:
            return Laid(size, landscape, (_spread(columns, found, room, least, range(len(found))),))
    for turned in (False, True):
        least = [each.bare(turned=turned) for each in small]
        if _sum(least) <= across:
            part = _spread(columns, small, across, least, range(len(small)))
            heads = _turned(small, part) if turned else frozenset[int]()
            if all(small[place].natural / wide <= _MOST_LINES for place, wide in part) and all(
                    small[place].heading <= _TALLEST for place in heads):
                return Laid(SMALL, True, (part,), heads)
    return Laid(MIDDLE, True, tuple(_parts(columns, middle, across)))


def numbered(count: int, size: float) -> float:
    """Return how wide a column of so many running numbers is."""
    return letters.width(str(count), size) + _SLACK + 2 * INSET


def _sum(widths: Iterable[float]) -> float:
    return sum(each + 2 * INSET for each in widths)


def _measured(column: Column[Any], cells: Sequence[str], size: float, sums: Sequence[str]) -> Measured:
    title = head(column)
    summed = max((letters.width(each, size, bold=True) for each in sums), default=0.0)
    halves = [half for each in title.split() for half in letters.halves(each)]
    word = max((letters.width(each, size, bold=True) for each in halves), default=0) + _SLACK
    syllable = max((letters.width(f"{part}-", size, bold=True) for each in halves for part in letters.syllables(each)),
                   default=0) + _SLACK
    heading = letters.width(title, size, bold=True) + _SLACK
    bold = column.heads is not None
    one_line = column.kind in _ONE_LINE
    wide = sorted([summed, *(letters.width(cell, size, bold=bold) for cell in _some(cells, whole=one_line))])
    widest = wide[-1]
    if one_line and widest <= _LONGEST_LINE:
        return Measured(widest + _SLACK, widest + _SLACK, word, syllable, heading)
    least = max((letters.width(piece, size, bold=bold) for cell in set(cells) for piece in letters.pieces(cell)),
                default=0)
    return Measured(least + _SLACK, max(least, wide[len(wide) * 19 // 20]) + _SLACK, word, syllable, heading)


def _some(cells: Sequence[str], *, whole: bool) -> Sequence[str]:
    if whole or len(cells) <= _LOOKED_AT:
        return list(set(cells)) if whole else cells
    return cells[:: len(cells) // _LOOKED_AT]


def _spread(
    columns: Sequence[Column[Any]], found: Sequence[Measured], room: float, least: Sequence[float],
    some: Sequence[int],
) -> tuple[tuple[int, float], ...]:
    """Return columns as wide as the room: none narrower than its least, texts with about as many lines each."""
    free = room - 2 * INSET * len(some)
    want = {place: max(least[place], found[place].natural, min(found[place].word, _HEAD)) for place in some}
    if sum(want.values()) <= free:
        return _widened(columns, want, some, free)
    low, high = 1.0, 200.0
    for _ in range(40):
        lines = (low + high) / 2
        taken = sum(max(least[place], want[place] / lines) for place in some)
        low, high = (lines, high) if taken > free else (low, lines)
    return tuple((place, max(least[place], want[place] / high) + 2 * INSET) for place in some)


def _widened(
    columns: Sequence[Column[Any]], want: dict[int, float], some: Sequence[int], free: float
) -> tuple[tuple[int, float], ...]:
    """Return columns with what room is left given to texts, most to those that stretch; else to all of them."""
    left = free - sum(want.values())
    texts = [place for place in some if columns[place].kind not in _ONE_LINE] or list(some)
    weight = {place: want[place] * (2 if columns[place].stretches else 1) for place in texts}
    whole = sum(weight.values()) or 1.0
    return tuple((place, want[place] + left * weight.get(place, 0.0) / whole + 2 * INSET) for place in some)


def _turned(found: Sequence[Measured], part: Sequence[tuple[int, float]]) -> frozenset[int]:
    """Return the columns whose headings are turned: those in which a word of it has no room."""
    return frozenset(place for place, wide in part if found[place].word > wide - 2 * INSET)


def _parts(
    columns: Sequence[Column[Any]], found: Sequence[Measured], room: float
) -> list[tuple[tuple[int, float], ...]]:
    """Return columns in parts that fit the room, each beginning with those that say which line it is of."""
    least = [each.easy(_TIGHT) for each in found]
    keys = _keys(columns, found, room * 2 / 5)
    room -= numbered(9999, MIDDLE)
    parts, part = [], list(keys)
    for place in range(len(columns)):
        if place in keys:
            continue
        if len(part) > len(keys) and _sum(least[each] for each in (*part, place)) > room:
            parts.append(part)
            part = list(keys)
        part.append(place)
    return [_spread(columns, found, room, least, each) for each in (*parts, part)]


def _keys(columns: Sequence[Column[Any]], found: Sequence[Measured], room: float) -> list[int]:
    """Return the columns that say which line it is of, the first of each kind, while they fit the room."""
    keys: list[int] = []
    for kind in _KEYS:
        first = next((place for place, column in enumerate(columns) if column.kind is kind), None)
        if first is not None and _sum(found[each].easy(_TIGHT) for each in (*keys, first)) <= room:
            keys.append(first)
    return sorted(keys) or [0]
