"""The needs of an area, each with what is promised for it, what that lacks, and how much of it is built.

Needs are proposed from criteria that score badly, and taken over as records.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from p2kp_desktop.actions.recording.named_acts import acting
from p2kp_desktop.actions.recording.recording import keep_within
from p2kp_desktop.actions.recording.saves import Edits
from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.forms.activity import Activity, ActivitySite, Progress
from p2kp_desktop.forms.collaboration import Commitment, Need
from p2kp_desktop.forms.criteria import UNITS, criteria
from p2kp_desktop.forms.institutions import PlanDocument
from p2kp_desktop.language import say
from p2kp_desktop.rules import sites
from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.rules.cheapest import Work
from p2kp_desktop.rules.commitments import CANCELLED, FIRM
from p2kp_desktop.rules.finished import FINISHED, reached
from p2kp_desktop.rules.funds import by_source
from p2kp_desktop.rules.improvement import stated
from p2kp_desktop.rules.regulation import Criterion
from p2kp_desktop.rules.scoring import half_up
from p2kp_desktop.schema import ALIVE, Record, written
from p2kp_desktop.schema.values import plain_decimal
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.views import Where

UNFUNDED, PARTLY, FUNDED = "unfunded", "partly", "funded"


@dataclass(frozen=True)
class Sum:
    """Money for a need in a year from one source; `firm` once it is agreed or an activity works with it.

    `joined` says that an activity also works with money that is committed: both are one piece of work.
    """

    form: str
    id: str
    who: str
    source: str
    year: int
    amount: int
    firm: bool
    joined: bool = False


@dataclass(frozen=True)
class NeedLine:
    """A need with its sums; volume as a plain decimal, `cost` None until somebody typed it, `done` in its unit.

    `plan` says according to which document: the one it is linked to, and what was typed.
    """

    id: str
    region: str
    rt: str
    criterion: str
    what: str
    volume: str
    unit: str
    cost: int | None
    year: int | None
    plan: str = ""
    sums: tuple[Sum, ...] = ()
    done: Fraction = Fraction()

    @property
    def firm(self) -> int:
        """Return the money for the need that is sure, in rupiah."""
        return sum(each.amount for each in self.sums if each.firm)

    @property
    def offered(self) -> int:
        """Return the money for the need that is offered and not agreed yet, in rupiah."""
        return sum(each.amount for each in self.sums if not each.firm)

    @property
    def lack(self) -> int | None:
        """Return the money that is still to be found for the need, None while the cost is unknown."""
        return None if self.cost is None else max(0, self.cost - self.firm)

    @property
    def standing(self) -> str:
        """Return unfunded, partly or funded; money for an unknown cost is partly."""
        if not self.firm:
            return UNFUNDED
        return FUNDED if self.lack == 0 else PARTLY

    @property
    def doubled(self) -> int:
        """Return by how much what is sure exceeds the cost, be it from one kind of source or several."""
        return 0 if self.cost is None else max(0, self.firm - self.cost)

    @property
    def may_be_doubled(self) -> bool:
        """Say whether two or more givers are sure of a need whose cost nobody knows."""
        promised = {(each.source, each.who) for each in self.sums if each.firm and each.form == Commitment.key}
        works = {each.id for each in self.sums if each.form == Activity.key and not each.joined}
        return self.cost is None and len(promised) + len(works) > 1

    @property
    def is_met(self) -> bool:
        """Say whether finished work covers the whole volume."""
        return Fraction(self.volume or 0) > 0 and self.done >= Fraction(self.volume)

    @property
    def amount_of_work(self) -> str:
        """Return volume and unit in words."""
        unit = Need.unit_name.show(self.unit) if self.unit else ""
        return f"{written.number(Decimal(self.volume))} {unit}".strip() if self.volume else ""


def lines(workspace: Workspace, area: str) -> list[NeedLine]:
    """Return the needs of an area: first those with money twice, surely or perhaps, then those without any."""
    with workspace.asking() as connection:
        return lines_within(connection, area)


def lines_within(connection: Connection, area: str) -> list[NeedLine]:
    """Return the same inside a transaction."""
    promised = _by_need(views.counted(connection, Commitment), Commitment.need.key)
    worked = _by_need(views.counted(connection, Activity), Activity.need.key)
    physical = latest_physical(connection)
    plans = {each.id: PlanDocument.name_of(each.answers, say) for each in views.found(connection, PlanDocument)}
    standing = sites.by_activity(views.counted(connection, ActivitySite))
    made = [
        _line(each, promised.get(each.id, []), worked.get(each.id, []), physical, plans, standing)
        for each in views.counted(connection, Need, Where(area=area or None))
    ]
    order = (UNFUNDED, PARTLY, FUNDED)
    return sorted(made, key=lambda each: (
        not each.doubled, not each.may_be_doubled, order.index(each.standing), each.is_met, each.region, each.rt,
        each.criterion, each.id))


def _by_need(records: Iterable[Record], key: str) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(str(record.answers.get(key) or ""), []).append(record)
    return found


def latest_physical(connection: Connection) -> dict[str, Fraction]:
    """Return the latest physical progress of every activity in percent."""
    return {parent: each.physical for parent, each in reached(views.counted(connection, Progress)).items()}


def _line(
    need: Record, promised: list[Record], worked: list[Record], physical: Mapping[str, Fraction],
    plans: Mapping[str, str], standing: Mapping[str, Sequence[Record]],
) -> NeedLine:
    unit = str(need.understood(Need.unit_name) or "")
    region, rt, criterion, what, volume = (
        str(need.answers.get(key) or "") for key in ("region", "rt", "criterion", "what", "volume"))
    done = sum((
        (stated(each, criterion, unit) or Fraction())
        * sites.share_at(sites.spots(each, need, standing.get(each.id, ())), region, rt) for each in worked
        if physical.get(each.id, Fraction()) >= FINISHED
    ), Fraction())
    told = (plans.get(str(need.understood(Need.plan))), need.show(Need.from_plan))
    return NeedLine(
        need.id, region, rt, criterion, what, volume, unit, need[Need.cost], need[Need.year],
        " · ".join(part for part in told if part),
        tuple(_sums(promised, worked)), done,
    )


def _sums(promised: Iterable[Record], worked: Iterable[Record]) -> Iterator[Sum]:
    """Yield commitments, and what activities spend beyond the firm commitments of the same source."""
    firm: dict[str, int] = {}
    for each in promised:
        reached, source = each.understood(Commitment.reached), str(each.understood(Commitment.source) or "")
        amount = each[Commitment.amount] or 0
        if reached == CANCELLED or not amount:
            continue
        if reached in FIRM:
            firm[source] = firm.get(source, 0) + amount
        yield Sum(Commitment.key, each.id, each.show(Commitment.who), source, each[Commitment.year] or 0, amount,
                  reached in FIRM)
    for each in sorted(worked, key=lambda each: (str(each.answers.get("period") or ""), each.id)):
        yield from _spent(each, firm)


def _spent(activity: Record, firm: dict[str, int]) -> list[Sum]:
    """Return the sums that an activity spends beyond the firm commitments, and use these up by what they cover."""
    beyond: dict[str, int] = {}
    joined = False
    for source, amount in by_source(activity).items():
        covered = min(amount, firm.get(source, 0))
        firm[source] = firm.get(source, 0) - covered
        joined = joined or covered > 0
        beyond[source] = amount - covered
    name, year = activity.show(Activity.name), year_of(activity)
    return [Sum(Activity.key, activity.id, name, source, year, amount, firm=True, joined=joined)
            for source, amount in beyond.items() if amount > 0]


def year_of(record: Record) -> int:
    """Return the year of a record's period, 0 without one."""
    period = str(record.answers.get("period") or "")[:4]
    return int(period) if period.isdigit() else 0


FROM_SCORE = "dari nilai"
NEW, RECORDED, DISMISSED = "new", "recorded", "dismissed"  # dismissed: recorded once and put into the trash
_NAMES = uuid.UUID("5a1c0f7e-3d1b-5b0e-9a55-6b1f0c2e7d41")


@dataclass(frozen=True)
class Proposal:
    """A criterion of an RT that scores: its volume as a plain decimal in a unit of the form, and its record.

    `cost` is in rupiah, None where nobody estimated it; `plan` says according to what.
    """

    id: str
    region: str
    rt: str
    period: str
    criterion: str
    volume: str
    unit: str
    score: int
    state: str = NEW
    cost: int | None = None
    plan: str = ""


@dataclass(frozen=True)
class TakenNeeds:
    """What taking from the scores did: how many needs are new, how many were there, how many had been thrown away."""

    new: int
    recorded: int
    dismissed: int


def proposals(workspace: Workspace, area: str, period: str) -> list[Proposal]:
    """Return the needs that the scores of an area propose, the worst first; raise Unreadable for an unknown region."""
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
            yield Proposal(_ident(each.region, each.rt, criterion, period), each.region, each.rt, period,
                           criterion.option, volume_of(share.volume), UNITS[criterion.unit], score,
                           plan=f"Penilaian {period}")


def _ident(region: str, rt: str, criterion: Criterion, period: str) -> str:
    """Return the id of what is proposed for a criterion: two laptops that take it make one need."""
    return str(uuid.uuid5(_NAMES, "|".join((region, rt, criterion.option, period))))


def of_works(works: Iterable[Work], period: str) -> Iterator[Proposal]:
    """Yield the needs that works propose, with their volume and cost."""
    for each in works:
        cost = None if each.cost is None else int(half_up(each.cost))
        plan = f"Jalan termurah {period}"
        if each.price is not None and each.price.source:
            plan += f"; harga: {each.price.source}, {each.price.year}"
        yield Proposal(
            _ident(each.region, each.rt, each.criterion, period), each.region, each.rt, period, each.criterion.option,
            volume_of(each.volume), UNITS[each.criterion.unit], each.before, cost=cost, plan=plan,
        )


def volume_of(volume: Fraction) -> str:
    """Return a volume as the form keeps it, to four decimals."""
    return plain_decimal(half_up(volume, 4))


def _recognised(connection: Connection, area: str, found: Iterable[Proposal]) -> list[Proposal]:
    """Say which proposals are recorded: one need for RT and criterion that is not met stands for all periods."""
    lines = lines_within(connection, area)
    open_ones = {(line.region, line.rt, line.criterion) for line in lines if not line.is_met}
    alive = {record.id for record in views.found(connection, Need, Where(area=area))}
    dead = {record.id for record in views.found(connection, Need, Where(area=area, deleted=True))}
    made = []
    for each in found:
        known = each.id in alive or (each.region, each.rt, each.criterion) in open_ones
        state = RECORDED if known else DISMISSED if each.id in dead else NEW
        made.append(replace(each, state=state))
    return sorted(made, key=lambda each: (-each.score, each.region, each.rt, each.criterion))


def take_proposals(workspace: Workspace, area: str, period: str) -> TakenNeeds:
    """Record the new proposals as needs, in one act that can be taken back; their cost is left to be typed."""
    return _take(workspace, proposals(workspace, area, period), say("Kebutuhan dari nilai"))


def take_works(workspace: Workspace, area: str, works: Sequence[Work], period: str) -> TakenNeeds:
    """Record works as needs, in one act that can be taken back; a need that is open for a criterion stays as it is."""
    proposed = list(of_works(works, period))
    with workspace.asking() as connection:
        found = _recognised(connection, area, proposed)
    return _take(workspace, found, say("Kebutuhan dari jalan termurah"))


def _take(workspace: Workspace, found: Sequence[Proposal], name: str) -> TakenNeeds:
    with acting(workspace, name) as edits:
        new = sum(_taken(edits, each) for each in found if each.state == NEW)
    count = {state: sum(each.state == state for each in found) for state in (RECORDED, DISMISSED)}
    return TakenNeeds(new, count[RECORDED], count[DISMISSED])


def _taken(edits: Edits, proposal: Proposal) -> bool:
    """Record one proposal; False where it came in meanwhile."""
    if edits.version(Need.key, proposal.id).values().get(ALIVE) is not None:
        return False
    keep_within(edits, Need, {
        "id": proposal.id, "region": proposal.region, "rt": proposal.rt, "criterion": proposal.criterion,
        "what": _work(proposal.criterion), "volume": proposal.volume, "unit_name": proposal.unit,
        "cost": proposal.cost, "from_plan": proposal.plan,
    }, origin=FROM_SCORE)
    return True


def _work(option: str) -> str:
    """Return the name of a need that the score of a criterion proposes."""
    return next(each.work for each in criteria() if each.option == option)
