"""A chart as a value: what each bar, part or point is called, how much it is, and where it leads.

It is to a picture what a table is to a list: stated once, painted by the window and on paper, and told as a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from p2kp_desktop.language import say

from .table import Column, Kind, Subject, Table


class Shape(Enum):
    """How a chart is painted."""

    PARTS = "parts"  # parts of one whole, side by side
    BARS = "bars"  # a bar for each point, below one another
    LINES = "lines"  # a line for each series over the same labels
    ROWS = "rows"  # words alone, below one another


@dataclass(frozen=True)
class Way:
    """Where a bar or part leads: to a report by its name, and what is sought in it, or to the dashboard of an area.

    With a subject it leads to what `explains` that; with `copies` it puts a text on the clipboard.
    """

    report: str = ""
    sought: str = ""
    area: str = ""
    explains: Subject | None = None
    copies: str = ""


@dataclass(frozen=True)
class Point:
    """One bar, part, row or point of a line: `value` is None where nobody knows it.

    `shown` are the words of the value, `told` small words beside them, `look` how it is painted (a level, a review
    status, a sign), `sure` whether it may still change.
    """

    label: str
    value: Fraction | None
    shown: str = ""
    told: str = ""
    look: str = ""
    way: Way | None = None
    sure: bool = True

    @property
    def words(self) -> str:
        """Return all that it says, for those who hear it."""
        return ", ".join(part for part in (self.label, self.shown, self.told) if part)


@dataclass(frozen=True)
class Series:
    """Points under a name; of a line they are the values over the labels.

    `aim` is the value at the end of the way, `wanted` what each point should have on that way, as far as it is known.
    """

    points: tuple[Point, ...]
    name: str = ""
    aim: Fraction | None = None
    wanted: tuple[Fraction | None, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A chart: `told` stands beside its title, `notes` below it, a `hint` only where keys work, `empty` for nothing.

    `whole` is what a bar would be at its full length, where that is not the longest one. `way` leads to all of it.
    """

    name: str
    title: str
    shape: Shape
    series: tuple[Series, ...]
    told: str = ""
    notes: tuple[str, ...] = ()
    hint: str = ""
    empty: str = ""
    whole: Fraction | None = None
    way: Way | None = None

    @property
    def points(self) -> tuple[Point, ...]:
        """Return the points of all series."""
        return tuple(point for series in self.series for point in series.points)

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to paint."""
        return not self.points or (self.shape is not Shape.ROWS and all(each.value is None for each in self.points))


@dataclass(frozen=True)
class _Told:
    series: str
    point: Point


def tabled(chart: Chart) -> Table[_Told]:
    """Return a chart as a table, to be copied."""
    lines: Sequence[_Told] = [_Told(series.name, point) for series in chart.series for point in series.points]
    return Table(
        chart.name, chart.title, (
            Column("series", say("Garis"), Kind.TEXT, lambda line: line.series, varies=True),
            Column("label", say("Nama"), Kind.NAME, lambda line: line.point.label),
            Column("value", say("Nilai"), Kind.TEXT, lambda line: line.point.shown),
            Column("told", say("Keterangan"), Kind.TEXT, lambda line: line.point.told),
        ),
        lines, notes=chart.notes, empty=chart.empty,
    )
