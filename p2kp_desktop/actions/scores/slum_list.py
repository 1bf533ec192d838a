"""Which RTs are slum: why, since which period, and what became of those that were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.store import Workspace

from . import area_sums, slum_scores
from .slum_scores import RtPlace

NEW, STAYS, ENTERED, LEFT, GONE = "new", "stays", "entered", "left", "gone"
WORST = 4  # criteria that are named


@dataclass(frozen=True)
class SlumRt:
    """An RT that is slum in a period, or was in the one before: `since` is the first period of the unbroken run.

    `state` says what became of it: it is `new` where nobody had assessed it before, and `gone` where nobody did now.
    `worst` are its criteria with their scores; `before` is the total of the period before that it was assessed in.
    """

    region: str
    rt: str
    state: str
    total: int | None
    level: str
    level_name: str
    provisional: bool
    hectares: Fraction
    since: str
    before: int | None
    before_period: str
    worst: tuple[tuple[str, int], ...]


def slum_rts(workspace: Workspace, area: str, period: str, rt: str | None = None) -> list[SlumRt]:
    """Return the RTs of an area that are slum in a period or were in the one before, the worst first."""
    area_sums.refresh(workspace)
    with workspace.asking() as connection:
        earlier = [each for each in area_sums.by_period(connection, area, None) if each <= period]
    by_period = {
        each: {(one.region, one.rt): one for one in slum_scores.assessments(workspace, area=area, period=each)
               if rt in (None, one.rt)}
        for each in sorted({period, *earlier}, reverse=True)
    }
    now = by_period[period]
    places = {place for found in by_period.values() for place in found}
    lines = [line for place in places if (line := _line(place, now.get(place), by_period, period)) is not None]
    return sorted(lines, key=lambda each: (each.total is None, -(each.total or 0), each.region, each.rt))


def _line(
    place: RtPlace, now: RtAssessment | None, by_period: Mapping[str, Mapping[RtPlace, RtAssessment]], period: str
) -> SlumRt | None:
    runs = [(each, found[place]) for each, found in by_period.items() if each != period and place in found]
    before_period, before = runs[0] if runs else ("", None)
    was = before is not None and before.is_slum
    if now is None:
        state = GONE
    elif now.is_slum:
        state = NEW if before is None else STAYS if was else ENTERED
    else:
        state = LEFT
    if not was and (now is None or not now.is_slum):
        return None
    shown = now or before
    if shown is None:
        return None
    run = [period] if now is not None and now.is_slum else []
    for each, assessed in runs:
        if not assessed.is_slum:
            break
        run.append(each)
    return SlumRt(
        *place, state, now.score.total if now else None, now.score.level if now else "",
        now.regulation.level(now.score.total).name if now else "", bool(now and now.score.provisional), shown.area_ha,
        run[-1] if run else "", before.score.total if before else None, before_period, _worst(shown),
    )


def _worst(rt: RtAssessment) -> tuple[tuple[str, int], ...]:
    bad = [(code, each.score) for code, each in rt.score.criteria.items() if each.score]
    return tuple((code, score or 0) for code, score in sorted(bad, key=lambda each: (-(each[1] or 0), each[0])))


def counted(lines: Sequence[SlumRt], state: str) -> int:
    """Return how many RTs are in a state."""
    return sum(each.state == state for each in lines)
