"""What a score could still become once every house is surveyed: the lowest and the highest total.

While only a part of the houses of an RT is surveyed, its level is provisional. It is scored twice more, as if the
others were all good and as if they were all bad; what it becomes lies between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from fractions import Fraction

from p2kp_desktop.language import say

from .assessment import AreaAssessment, RtAssessment
from .census import Tally
from .regulation import Regulation
from .scoring import Score, Share, Shares

_OF_THE_HOUSES = ("households", "buildings", "kk")
_TOLD_APART = (  # what is counted of households without being a failing of theirs
    "male", "female", "disabled", "mbr", "non_mbr", "with_permit", "with_land_letter", "without_kk_count", "incomplete",
    "differing_buildings", "impossible", "refill_water",
)
_FAILINGS = tuple(
    each.name for each in fields(Tally)
    if each.name not in (*_OF_THE_HOUSES, *_TOLD_APART) and not each.name.endswith("_open")
)


def span(rt: RtAssessment) -> tuple[int, int]:
    """Return the lowest and the highest total of an RT with its unsurveyed buildings all good, and all bad."""
    totals = [rt.score.total, *(_total(rt.regulation, shares) for shares in cases(rt))]
    return min(totals), max(totals)


def span_of_area(members: Sequence[RtAssessment], whole: AreaAssessment) -> tuple[int, int]:
    """Return the same of the RTs of an area taken together."""
    found = [tuple(cases(rt)) for rt in members]
    totals = [whole.score.total]
    for place in range(2 if any(found) else 0):
        sums: dict[str, tuple[Fraction, Fraction]] = {}
        for rt, both in zip(members, found, strict=True):
            for code, share in (both[place] if both else rt.shares).items():
                if share is not None:
                    volume, of = sums.get(code, (Fraction(), Fraction()))
                    sums[code] = volume + share.volume, of + share.of
        totals.append(_total(whole.regulation, {code: Share(*each) for code, each in sums.items()}))
    return min(totals), max(totals)


def _total(rules: Regulation, shares: Shares) -> int:
    return sum(rules.score(share.percent()) for share in shares.values() if share is not None)


def cases(rt: RtAssessment) -> Iterator[Shares]:
    """Yield the shares with every building that nobody surveyed all good, then all bad; nothing where none lacks.

    A building that lacks is one household with as many KK as the others have.
    """
    lacking, tally = rt.coverage.lacking or 0, rt.tally
    if rt.again is None or not lacking or not tally.households:
        return
    kk = lacking * max(1, round(Fraction(tally.kk, tally.households)))
    good = Tally(households=lacking, buildings=lacking, kk=kk)
    yield rt.again(tally + good)
    yield rt.again(tally + replace(good, **{name: kk if name.endswith("_kk") else lacking for name in _FAILINGS}))


def unknown(rules: Regulation, score: Score) -> int:
    """Return the most that the criteria nobody knows yet could add to a total."""
    return max(band.score for band in rules.bands) * sum(each.score is None for each in score.criteria.values())


def between(rules: Regulation, score: Score, lowest: int, highest: int) -> str:
    """Return in words the levels that a score could still have: Tidak kumuh sampai Kumuh sedang (12–43).

    `lowest` and `highest` are its span, above which the criteria that nobody knows yet may all turn out bad. It is ""
    where no other level can come of it.
    """
    most = highest + unknown(rules, score)
    first, last = rules.level(lowest), rules.level(most)
    if first == last:
        return ""
    return say("{least} sampai {most} ({lowest}–{highest})", least=say(first.name), most=say(last.name),
               lowest=lowest, highest=most)
