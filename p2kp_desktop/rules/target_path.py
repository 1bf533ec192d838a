"""The path of a target: straight from its baseline over its milestones to its end, and how far a figure is off it.

Between two years the path is linear, after the end it stays there, before the first known year there is none. What is
behind or ahead is told in points of per cent, or in hectares, against the path of its end year; exact, rounded only in
words.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from p2kp_desktop.forms.target import FALLING, IN_HECTARES, Milestone, Target
from p2kp_desktop.language import say
from p2kp_desktop.schema import Record, written

from .assessment import RtAssessment
from .targets import Hundreds, Served, hundreds

BEHIND, ON_PATH, AHEAD = "behind", "on_path", "ahead"
_TENTH = Fraction(1, 10)


@dataclass(frozen=True)
class Path:
    """The years and values of a target in order; `falling` says that less is better."""

    points: tuple[tuple[int, Fraction], ...]
    falling: bool = False
    in_hectares: bool = False

    @property
    def end_year(self) -> int:
        """Return the year in which the target is to be reached."""
        return self.points[-1][0]

    def expected(self, year: int) -> Fraction | None:
        """Return the value on the path in a year; None before its first one."""
        for (before, low), (after, high) in pairwise(self.points):
            if before <= year <= after:
                return low + (high - low) * Fraction(year - before, after - before)
        return self.points[-1][1] if year >= self.end_year else None

    def off(self, year: int, actual: Fraction) -> Fraction | None:
        """Return by how much a figure is ahead of the path in a year, less than 0 behind; None where there is none."""
        expected = self.expected(year)
        if expected is None:
            return None
        return expected - actual if self.falling else actual - expected

    def words(self, year: int, actual: Fraction | None) -> str:
        """Return how a figure stands on the path: tertinggal 12 titik dari jalur 2019; "" where nobody can tell."""
        off = None if actual is None else self.off(year, actual)
        if off is None:
            return ""
        if not off:
            return say("tepat pada jalur {year}", year=self.end_year)
        by = self._by(abs(off))
        if off < 0:
            return say("tertinggal {by} dari jalur {year}", by=by, year=self.end_year)
        return say("{by} di depan jalur {year}", by=by, year=self.end_year)

    def _by(self, distance: Fraction) -> str:
        number = written.decimal(distance, 1)
        if distance < _TENTH / 2:
            number = say("kurang dari {number}", number=written.decimal(_TENTH))
        return f"{number} ha" if self.in_hectares else say("{number} titik", number=number)


def standing(off: Fraction | None) -> str:
    """Return behind, on_path or ahead, "" where nobody can tell."""
    if off is None:
        return ""
    return BEHIND if off < 0 else AHEAD if off > 0 else ON_PATH


def path(target: Record, milestones: Iterable[Record]) -> Path | None:
    """Return the path of a target; None while its end is not known. Of two values of a year the end counts first."""
    end_year, end_value = target[Target.end_year], target[Target.end_value]
    if end_year is None or end_value is None:
        return None
    points: dict[int, Fraction] = {}
    start, value = target[Target.baseline_year], target[Target.baseline]
    if start is not None and value is not None:
        points[start] = Fraction(value)
    for each in milestones:
        year, at = each[Milestone.year], each[Milestone.value]
        if year is not None and at is not None:
            points[year] = Fraction(at)
    kept = sorted((year, value) for year, value in points.items() if year < end_year)
    indicator = str(target.understood(Target.indicator) or "")
    return Path((*kept, (end_year, Fraction(end_value))), indicator in FALLING, indicator in IN_HECTARES)


def figures(rts: Sequence[RtAssessment]) -> Mapping[str, Fraction | None]:
    """Return the figures of an area by the codes of forms/target.py, as far as the program knows them, exact."""
    found = hundreds(rts)
    return {code: figure(found, rts) for code, figure in _FIGURES.items()}


def _share(served: Served) -> Fraction | None:
    return Fraction(100 * served.good, served.of) if served.of else None


def _slum_share(found: Hundreds, rts: Sequence[RtAssessment]) -> Fraction | None:
    whole = sum((rt.area_ha for rt in rts), Fraction())
    return 100 * found.slum_ha / whole if whole else None


def _slum_households(_found: Hundreds, rts: Sequence[RtAssessment]) -> Fraction | None:
    """Return the share of the KK, as the indicator of that name counts them: a recap knows no households."""
    whole = sum((rt.figures.get("kk") or Fraction() for rt in rts), Fraction())
    slum = sum((rt.figures.get("kk") or Fraction() for rt in rts if rt.is_slum), Fraction())
    return 100 * slum / whole if whole else None


_FIGURES: Mapping[str, Callable[[Hundreds, Sequence[RtAssessment]], Fraction | None]] = {
    "water_safe": lambda found, _rts: _share(found.water),
    "water_enough": lambda found, _rts: _share(found.enough_water),
    "toilet": lambda found, _rts: _share(found.latrine),
    "water_bps": lambda found, _rts: _share(found.bps_water),
    "sanitation_bps": lambda found, _rts: _share(found.bps_sanitation),
    "sanitation_technical": lambda found, _rts: _share(found.fit_latrine),
    "slum_ha": lambda found, rts: found.slum_ha if rts else None,
    "slum_share": _slum_share,
    "slum_households": _slum_households,
}
