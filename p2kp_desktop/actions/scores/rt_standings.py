"""Where the RTs stand, and which of them stand elsewhere after bundles came in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.actions.scores.slum_scores import RtPlace
from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.rules.targets import hundreds
from p2kp_desktop.store import Connection, Workspace, summaries


@dataclass(frozen=True)
class RtStanding:
    """Where an RT stands: households, percent with safe water, slum score with its level."""

    households: int
    water: Fraction | None
    score: int
    level: str
    provisional: bool
    reasons: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class RtMovement:
    """An RT before and after; None where it had no data."""

    region: str
    rt: str
    before: RtStanding | None
    after: RtStanding | None


def standings(workspace: Workspace, period: str | None = None) -> dict[RtPlace, RtStanding]:
    """Return where every RT with data stands in a period (default: the current one)."""
    return {(each.region, each.rt): _standing(each) for each in slum_scores.assessments(workspace, period=period)}


def standings_in(connection: Connection, period: str | None = None) -> dict[RtPlace, RtStanding]:
    """Return the same from inside a transaction."""
    summaries.refresh(connection)
    return {(each.region, each.rt): _standing(each) for each in slum_scores.assessed(connection, period=period)}


def _standing(rt: RtAssessment) -> RtStanding:
    level = rt.regulation.level(rt.score.total).name
    return RtStanding(rt.tally.households, hundreds([rt]).water.percent, rt.score.total, level, rt.score.provisional,
                    rt.reasons)


def movements(before: Mapping[RtPlace, RtStanding], after: Mapping[RtPlace, RtStanding]) -> list[RtMovement]:
    """Return the RTs that stand elsewhere now, in order."""
    places = sorted({*before, *after})
    found = (RtMovement(*place, before.get(place), after.get(place)) for place in places)
    return [each for each in found if each.before != each.after]
