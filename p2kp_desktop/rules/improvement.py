"""What work does to the scores of an RT: how much of which criterion it puts right, and the score that is left."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from p2kp_desktop.forms.activity import Activity, gain_of
from p2kp_desktop.forms.collaboration import Need
from p2kp_desktop.forms.criteria import UNITS
from p2kp_desktop.forms.elements import CRITERIA
from p2kp_desktop.schema import Record

from .assessment import RtAssessment
from .criteria import criterion_of
from .regulation import Regulation
from .scoring import Share, score, volume_at

Volumes = Mapping[str, Fraction]  # by option of the forms, in the unit of the criterion


def criteria_of(activity: Record, need: Record | None) -> tuple[str, ...]:
    """Return which criteria an activity improves: those it names and that of its need, in printed order."""
    named = set(activity[Activity.criteria] or ())
    if need is not None:
        named.add(str(need.understood(Need.criterion) or ""))
    return tuple(code for code in CRITERIA.codes if code in named)


def volumes_of(activity: Record, need: Record | None, rules: Regulation) -> Volumes:
    """Return how much an activity puts right of each criterion, as far as that is known.

    What it says of a criterion counts; else its own volume where the unit is the criterion's, else that of its need.
    """
    found = {code: _volume_of(activity, need, rules, code) for code in criteria_of(activity, need)}
    return {code: volume for code, volume in found.items() if volume is not None}


def _volume_of(activity: Record, need: Record | None, rules: Regulation, code: str) -> Fraction | None:
    criterion = criterion_of(rules, code)
    if criterion is None:
        return None
    said = stated(activity, code, UNITS[criterion.unit])
    return said if said is not None or need is None else volume_of_need(need, rules).get(code)


def stated(activity: Record, code: str, unit: str) -> Fraction | None:
    """Return how much of a criterion an activity says it puts right in a unit of the forms, None where it does not."""
    asked = gain_of(code)
    said, volume = activity[asked] if asked else None, activity[Activity.volume]
    if asked and said is not None and UNITS[str(asked.unit)] == unit:
        return Fraction(said)
    return Fraction(volume) if volume is not None and activity.understood(Activity.unit_name) == unit else None


def volume_of_need(need: Record, rules: Regulation) -> Volumes:
    """Return how much of its criterion a need asks for; nothing where its unit is another."""
    code, volume = str(need.understood(Need.criterion) or ""), need[Need.volume]
    criterion = criterion_of(rules, code)
    if criterion is None or volume is None or need.understood(Need.unit_name) != UNITS[criterion.unit]:
        return {}
    return {code: Fraction(volume)}


def relieved(rt: RtAssessment, volumes: Volumes) -> RtAssessment:
    """Return the assessment as it would be with these volumes put right; no criterion falls below nothing."""
    parts = dict(rt.shares)
    for criterion in rt.regulation.criteria:
        share, less = parts.get(criterion.code), volumes.get(criterion.option)
        if share is not None and less:
            parts[criterion.code] = Share(max(Fraction(), share.volume - less), share.of)
    made = score(rt.regulation, parts, rt.method)
    return replace(rt, shares=parts, score=replace(made, provisional=rt.score.provisional))


def together(all_volumes: Iterable[Volumes]) -> Volumes:
    """Return the sum of what several works put right."""
    found: dict[str, Fraction] = {}
    for volumes in all_volumes:
        for code, volume in volumes.items():
            found[code] = found.get(code, Fraction()) + volume
    return found


@dataclass(frozen=True)
class Margin:
    """The smallest volume to put right by which a criterion comes down to a score."""

    score: int
    volume: Fraction


def margins(rules: Regulation, share: Share, step: Fraction) -> Iterator[Margin]:
    """Yield the margin to each score below that of now, the nearest first; volumes go in steps of the unit."""
    now = rules.score(share.percent())
    for band, below in pairwise((*sorted(rules.bands, key=lambda each: -each.score), None)):
        if band is not None and band.score <= now:
            edge = volume_at(share.of, band.at_least)
            yield Margin(below.score if below else 0, ((share.volume - edge) // step + 1) * step)
