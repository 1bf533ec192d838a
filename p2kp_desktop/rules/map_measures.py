"""What a map can be coloured by: figures that add up over RTs, every criterion, and every indicator of 100-0-100.

A measure whose figure follows from sums is read as quickly of a province as of a kelurahan; the other indicators are
counted from what is told of the households (rules/indicators.py). Classes have fixed bounds, so that the maps of two
years can be laid side by side; only amounts are classed by the places in sight.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cache, partial

from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.area_map import Band, Pattern
from p2kp_desktop.schema.review import VERIFIED

from . import sums
from .indicators import BY_KEY, INDICATORS, Indicator
from .regulation import Criterion, Regulation, regulation
from .sums import Sums

Of = Callable[[Sums, Regulation], Fraction | None]  # of the sums of a place, by these rules


class Scale(Enum):
    """How the figures of a measure are classed."""

    LEVEL = "level"  # the score, by the levels of the regulation
    GOOD = "good"  # a share of which more is better, or none is
    BAD = "bad"  # a share of which less is better
    AMOUNT = "amount"  # hectares, or things that are counted


@dataclass(frozen=True)
class MapMeasure:
    """One figure of a place: what it is called, its rule in words, its unit (% for a share), how it is classed.

    `of` makes it of sums; a measure without is an indicator that is counted from the households.
    """

    key: str
    name: str
    rule: str
    unit: str
    scale: Scale
    of: Of | None = None
    indicator: Indicator | None = None
    criterion: str = ""  # what explains it

    @property
    def named(self) -> str:
        """Return its name in words."""
        if self.indicator is not None:
            return self.indicator.named
        return f"{self.criterion} {say(self.name)}".strip()

    def brief(self, value: Fraction | None) -> str:
        """Return a figure as it stands on a map, "" where nobody knows it."""
        return "" if value is None else self.shown(value)

    def shown(self, value: Fraction | None, level: str = "") -> str:
        """Return a figure in words; `level` is the name of that of a score."""
        if value is None:
            return say("belum ada data")
        if self.scale is Scale.LEVEL:
            return f"{written.number(int(value))} ({level})" if level else written.number(int(value))
        if self.scale is Scale.AMOUNT:
            return written.hectares(value) if self.unit == "ha" else written.decimal(value, 2)
        return written.percent(100 * value)


UNKNOWN = Band("", "unknown", 0.0, Pattern.HATCHED)
_LEVELS = {  # by the code of a level: how dark without colour, and its pattern
    "tidak_kumuh": (0.05, Pattern.PLAIN), "ringan": (0.2, Pattern.DOTS), "sedang": (0.5, Pattern.SLANTED),
    "berat": (0.9, Pattern.PLAIN),
}
_GOOD = (  # from which share on, how it looks
    (Fraction(), "0", 0.0, Pattern.PLAIN), (Fraction(1, 1000), "1", 0.12, Pattern.DOTS),
    (Fraction(1, 2), "50", 0.3, Pattern.SLANTED), (Fraction(4, 5), "80", 0.5, Pattern.CROSSED),
    (Fraction(1), "100", 0.9, Pattern.PLAIN),
)
_BAD = (  # the bands by which the regulation scores: 0, 25, 51 and 76 per cent
    (Fraction(), "tidak_kumuh"), (Fraction(25, 100), "ringan"), (Fraction(51, 100), "sedang"),
    (Fraction(76, 100), "berat"),
)


@dataclass(frozen=True)
class Classes:
    """The classes of a map, the unknown last, and from which figure on each holds."""

    bands: tuple[Band, ...]
    least: tuple[Fraction, ...]

    def of(self, value: Fraction | None) -> int:
        """Return the class of a figure."""
        if value is None:
            return len(self.bands) - 1
        return max(bisect_right(self.least, value) - 1, 0)


def classes(measure: MapMeasure, rules: Regulation, values: Iterable[Fraction | None] = ()) -> Classes:
    """Return the classes of a measure; those of amounts are thirds of the places that have any."""
    ways: Mapping[Scale, Callable[[], Made]] = {
        Scale.LEVEL: partial(_of_levels, rules), Scale.GOOD: _of_shares, Scale.BAD: _of_bad_shares,
        Scale.AMOUNT: partial(_of_amounts, measure, [each for each in values if each]),
    }
    bands, least = ways[measure.scale]()
    unknown = Band(say("belum ada data"), UNKNOWN.look, UNKNOWN.shade, UNKNOWN.pattern)
    return Classes((*bands, unknown), tuple(least))


Made = tuple[list[Band], list[Fraction]]


def _of_levels(rules: Regulation) -> Made:
    levels = sorted(rules.levels, key=lambda each: each.at_least)
    bands = []
    for number, each in enumerate(levels):
        most = levels[number + 1].at_least - 1 if number + 1 < len(levels) else rules.highest_total
        bands.append(Band(f"{say(each.name)} {each.at_least}–{most}", each.code, *_LEVELS[each.code]))
    return bands, [Fraction(each.at_least) for each in levels]


def _of_shares() -> Made:
    titles = ("0 %", say("di bawah {to}", to="50 %"), "50–79 %", "80–99 %", "100 %")
    return ([Band(title, look, shade, pattern) for title, (_least, look, shade, pattern)
             in zip(titles, _GOOD, strict=True)], [each[0] for each in _GOOD])


def _of_bad_shares() -> Made:
    titles = (say("di bawah {to}", to="25 %"), "25–50 %", "51–75 %", "76–100 %")
    return ([Band(title, look, *_LEVELS[look]) for title, (_least, look) in zip(titles, _BAD, strict=True)],
            [each[0] for each in _BAD])


def _of_amounts(measure: MapMeasure, values: Sequence[Fraction]) -> Made:
    ordered = sorted(values)
    bounds = sorted({_round(ordered[len(ordered) * part // 3]) for part in (1, 2)}) if ordered else []
    least = [Fraction(), _ABOVE_NOTHING, *(each for each in bounds if each > _ABOVE_NOTHING)]
    looks = ["tidak_kumuh", "ringan", "sedang", "berat"][: len(least)]
    titles = [measure.shown(Fraction())]
    for number, from_ in enumerate(least[1:], 1):
        last = number + 1 == len(least)
        told = {"from": measure.shown(from_), "to": "" if last else measure.shown(least[number + 1])}
        if number == 1:
            titles.append(say("di atas 0") if last else say("di bawah {to}", to=told["to"]))
        else:
            titles.append(say("{low} atau lebih", low=told["from"]) if last
                          else say("{low} sampai di bawah {to}", low=told["from"], to=told["to"]))
    return [Band(title, look, *_LEVELS[look]) for title, look in zip(titles, looks, strict=True)], least


_ABOVE_NOTHING = Fraction(1, 10**9)


def _round(value: Fraction) -> Fraction:
    """Return an amount with two figures, as one would name a bound."""
    step = Fraction(1)
    while value >= 100 * step:
        step *= 10
    while value < 10 * step and step > Fraction(1, 100):
        step /= 10
    return round(value / step) * step


def _share(name: str) -> Of:
    return lambda found, _rules: found.share(name)


def _total(found: Sums, rules: Regulation) -> Fraction | None:
    return Fraction(found.total(rules)) if found.get(sums.RTS) else None


def _of_rts(value: Callable[[Sums], Fraction | None]) -> Of:
    return lambda found, _rules: value(found) if found.get(sums.RTS) else None


def _surveyed(found: Sums, _rules: Regulation) -> Fraction | None:
    """Return how many of the homes that are known of are recorded; None where nobody said how many there are."""
    done, lacking = found.get(sums.HOUSEHOLDS), found.get(sums.LACKING)
    if found.get(sums.UNBOUNDED) or not done + lacking:
        return Fraction() if not done and found.get(sums.RTS) else None
    return done / (done + lacking)


def _verified(found: Sums, _rules: Regulation) -> Fraction | None:
    done = found.get(sums.HOUSEHOLDS)
    return Fraction(found.standing(VERIFIED)) / done if done else None


def _bad(code: str, found: Sums, rules: Regulation) -> Fraction | None:
    share = found.shares(rules).get(code)
    return share.volume / share.of if share is not None and share.of else None


_OF_SUMS: Mapping[str, Of] = {  # the indicators whose figures are kept as sums
    "water_safe": _share(sums.WATER), "water_enough": _share(sums.ENOUGH_WATER), "toilet": _share(sums.LATRINE),
    "sanitation_technical": _share(sums.FIT_LATRINE), "water_bps": _share(sums.IMPROVED_WATER),
    "sanitation_bps": _share(sums.IMPROVED_SANITATION),
    "slum_ha": _of_rts(lambda found: found.get(sums.SLUM_HECTARES)),
    "slum_rts": _of_rts(lambda found: found.get(sums.SLUM_RTS)),
}
_AMOUNTS = ("slum_ha", "slum_rts")


@cache
def measures(rules: str) -> Mapping[str, MapMeasure]:
    """Return all that a map can show, by its key, the usual first; `rules` is the edition that numbers criteria."""
    found = [
        MapMeasure("level", "Tingkat kekumuhan", "Nilai dari jumlah semua RT-nya, menurut aturan periode ini.", "",
                   Scale.LEVEL, _total),
        _of_indicator(BY_KEY["slum_ha"]),
        MapMeasure("slum_share", "Bagian luas kumuh", "Luas kumuh dari luas RT yang dinilai.", "%", Scale.BAD,
                   _of_rts(lambda found: found.slum_share)),
        *(_of_indicator(BY_KEY[key]) for key in _OF_SUMS if key not in _AMOUNTS),
        MapMeasure("coverage", "Rumah terdata", "Rumah yang didata dari bangunan yang diketahui ada.", "%", Scale.GOOD,
                   _surveyed),
        MapMeasure("verified", "Terverifikasi", "Rumah yang diverifikasi dari yang didata.", "%", Scale.GOOD,
                   _verified),
        *(_of_criterion(each) for each in regulation(rules).criteria),
    ]
    there = {each.key for each in found}
    found += [_of_indicator(each) for each in INDICATORS if each.key not in there]
    return {each.key: each for each in found}


def _of_indicator(each: Indicator) -> MapMeasure:
    scale = Scale.AMOUNT if each.key in _AMOUNTS else Scale.BAD if each.wants < 0 else Scale.GOOD
    unit = each.unit if each.key in _AMOUNTS else "%"
    return MapMeasure(each.key, each.name, each.rule, unit, scale, _OF_SUMS.get(each.key), each)


def _of_criterion(each: Criterion) -> MapMeasure:
    return MapMeasure(f"c:{each.code}", each.name, "Bagian yang tidak baik, dari jumlah RT-nya.", "%",
                      Scale.BAD, partial(_bad, each.code), criterion=each.code)
