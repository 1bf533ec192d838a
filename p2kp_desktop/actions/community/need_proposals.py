"""Needs proposed from criteria that score badly, and taken over as records."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from p2kp_desktop.actions.recording.named_acts import acting
from p2kp_desktop.actions.recording.recording import keep_within
from p2kp_desktop.actions.recording.saves import Edits
from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.forms.collaboration import Need
from p2kp_desktop.forms.criteria import UNITS, criteria
from p2kp_desktop.language import say
from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.rules.scoring import half_up
from p2kp_desktop.schema import ALIVE
from p2kp_desktop.schema.values import plain_decimal
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.views import Where

from . import needs

FROM_SCORE = "dari nilai"
NEW, RECORDED, DISMISSED = "new", "recorded", "dismissed"  # dismissed: recorded once and put into the trash
_NAMES = uuid.UUID("5a1c0f7e-3d1b-5b0e-9a55-6b1f0c2e7d41")


@dataclass(frozen=True)
class Proposal:
    """A criterion of an RT that scores: its volume as a plain decimal in a unit of the form, and its record."""

    id: str
    region: str
    rt: str
    period: str
    criterion: str
    volume: str
    unit: str
    score: int
    state: str = NEW


@dataclass(frozen=True)
class Taken:
    """What taking from the scores did: how many needs are new, how many were there, how many had been thrown away."""

    new: int
    recorded: int
    dismissed: int


def proposals(workspace: Workspace, area: str, period: str) -> list[Proposal]:
    """Return what the scores of an area ask for, the worst first; raise Unreadable for an unknown region."""
    found = list(_proposed(slum_scores.assessments(workspace, area=area, period=period), period))
    with workspace.asking() as connection:
        return _recognised(connection, area, found)


def _proposed(assessments: Iterable[RtAssessment], period: str) -> Iterator[Proposal]:
    """Yield a proposal for each criterion that scores."""
    for each in assessments:
        for criterion in each.regulation.criteria:
            share, score = each.shares.get(criterion.code), each.score.criteria[criterion.code].score
            if share is None or not score or share.volume <= 0:
                continue
            ident = uuid.uuid5(_NAMES, "|".join((each.region, each.rt, criterion.option, period)))
            yield Proposal(str(ident), each.region, each.rt, period, criterion.option, volume_of(share.volume),
                           UNITS[criterion.unit], score)


def volume_of(volume: Fraction) -> str:
    """Return a volume as the form keeps it, to four decimals."""
    return plain_decimal(half_up(volume, 4))


def _recognised(connection: Connection, area: str, found: Iterable[Proposal]) -> list[Proposal]:
    """Say which proposals are recorded: one need for RT and criterion that is not met stands for all periods."""
    lines = needs.lines_within(connection, area)
    open_ones = {(line.region, line.rt, line.criterion) for line in lines if not line.is_met}
    alive = {record.id for record in views.found(connection, Need, Where(area=area))}
    dead = {record.id for record in views.found(connection, Need, Where(area=area, deleted=True))}
    made = []
    for each in found:
        known = each.id in alive or (each.region, each.rt, each.criterion) in open_ones
        state = RECORDED if known else DISMISSED if each.id in dead else NEW
        made.append(replace(each, state=state))
    return sorted(made, key=lambda each: (-each.score, each.region, each.rt, each.criterion))


def take(workspace: Workspace, area: str, period: str) -> Taken:
    """Record the new proposals as needs, in one act that can be taken back; their cost is left to be typed."""
    found = proposals(workspace, area, period)
    with acting(workspace, say("Kebutuhan dari nilai")) as edits:
        new = sum(_taken(edits, each) for each in found if each.state == NEW)
    count = {state: sum(each.state == state for each in found) for state in (RECORDED, DISMISSED)}
    return Taken(new, count[RECORDED], count[DISMISSED])


def _taken(edits: Edits, proposal: Proposal) -> bool:
    """Record one proposal; False where it came in meanwhile."""
    if edits.version(Need.key, proposal.id).values().get(ALIVE) is not None:
        return False
    keep_within(edits, Need, {
        "id": proposal.id, "region": proposal.region, "rt": proposal.rt, "criterion": proposal.criterion,
        "what": _work(proposal.criterion), "volume": proposal.volume, "unit_name": proposal.unit,
        "from_plan": f"Penilaian {proposal.period}",
    }, origin=FROM_SCORE)
    return True


def _work(option: str) -> str:
    """Return what a need is called that the score of a criterion proposes."""
    return next(each.work for each in criteria() if each.option == option)
