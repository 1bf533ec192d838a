"""The needs of an area, each with what is promised for it, what that lacks, and how much of it is built."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.forms.collaboration import Commitment, Need
from p2kp_desktop.forms.institutions import PlanDocument
from p2kp_desktop.language import say
from p2kp_desktop.rules.funds import by_source
from p2kp_desktop.rules.improvement import stated
from p2kp_desktop.schema import Record, written
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.views import Where

CANCELLED = "batal"
FIRM = ("disepakati", "cair")
UNFUNDED, PARTLY, FUNDED = "unfunded", "partly", "funded"
FINISHED = 100


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
        """Return what is sure, in rupiah."""
        return sum(each.amount for each in self.sums if each.firm)

    @property
    def offered(self) -> int:
        """Return what is offered and not agreed yet, in rupiah."""
        return sum(each.amount for each in self.sums if not each.firm)

    @property
    def lack(self) -> int | None:
        """Return what is still to be found, None while the cost is unknown."""
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
    made = [
        _line(each, promised.get(each.id, []), worked.get(each.id, []), physical, plans)
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
    found: dict[str, tuple[str, str, Fraction]] = {}
    for each in views.counted(connection, Progress):
        parent = str(each.answers.get("parent") or "")
        now = (str(each.understood(Progress.date) or ""), each.id, Fraction(each[Progress.physical] or 0))
        found[parent] = max(found.get(parent, now), now)
    return {parent: physical for parent, (_date, _id, physical) in found.items()}


def _line(
    need: Record, promised: list[Record], worked: list[Record], physical: Mapping[str, Fraction],
    plans: Mapping[str, str],
) -> NeedLine:
    unit = str(need.understood(Need.unit_name) or "")
    region, rt, criterion, what, volume = (
        str(need.answers.get(key) or "") for key in ("region", "rt", "criterion", "what", "volume"))
    done = sum((
        stated(each, criterion, unit) or Fraction() for each in worked
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
    """Return what an activity spends beyond what is left of the firm commitments, and take that off them."""
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
