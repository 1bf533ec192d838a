"""Activities of the collaboration and how far each one is; what they do to scores is told by improving.py."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.language import say
from p2kp_desktop.schema import Record
from p2kp_desktop.schema.values import show_date, show_number
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.views import Where

from . import attaching
from .needs import rupiah

TERMS = ("p60", "p30", "p10")
WITH_PHOTO = "ya"


@dataclass(frozen=True)
class Step:
    """One report of progress: percents, the instalment paid with it, whether there is a photo."""

    id: str
    date: str
    physical: Decimal
    financial: Decimal
    instalment: str
    paid: int
    photo: bool
    note: str


@dataclass(frozen=True)
class Work:
    """One activity with its reports, the latest first; amounts in rupiah."""

    id: str
    region: str
    period: str
    name: str
    where: str
    source: str
    amount: int
    need: str
    criteria: frozenset[str]
    kpp: str
    handover: str
    steps: tuple[Step, ...]

    @property
    def physical(self) -> Decimal:
        """Return the latest physical progress in percent."""
        return self.steps[0].physical if self.steps else Decimal(0)

    @property
    def financial(self) -> Decimal:
        """Return the latest financial progress in percent."""
        return self.steps[0].financial if self.steps else Decimal(0)

    @property
    def paid(self) -> int:
        """Return what was paid so far."""
        return sum(each.paid for each in self.steps)

    @property
    def instalments(self) -> tuple[str, ...]:
        """Return which of the instalments 60, 30, 10 % were paid, in that order."""
        paid = {each.instalment for each in self.steps}
        return tuple(each for each in TERMS if each in paid)

    @property
    def is_finished(self) -> bool:
        """Say whether the work stands."""
        return self.physical >= 100


def works(workspace: Workspace, area: str) -> list[Work]:
    """Return the activities of an area, those under way first, the newest period first among them."""
    with workspace.asking() as connection:
        steps = _steps(connection)
        found = [_work(each, steps.get(each.id, [])) for each in views.found(connection, Activity, Where(area=area))]
    found.sort(key=lambda each: (each.region, each.name))
    found.sort(key=lambda each: each.period, reverse=True)
    return sorted(found, key=lambda each: each.is_finished)


def _steps(connection: Connection) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    pictured = attaching.parents(connection)
    for each in views.found(connection, Progress):
        step = Step(
            each.id, str(each.understood(Progress.date) or ""), each[Progress.physical] or Decimal(0),
            each[Progress.financial] or Decimal(0), str(each.understood(Progress.instalment) or ""),
            each[Progress.paid] or 0, each.id in pictured or each.understood(Progress.photo) == WITH_PHOTO,
            each.show(Progress.note),
        )
        found.setdefault(str(each.answers.get("parent") or ""), []).append(step)
    return found


def _work(record: Record, steps: Iterable[Step]) -> Work:
    region, period = (str(record.answers.get(key) or "") for key in ("region", "period"))
    return Work(
        record.id, region, period, record.show(Activity.name), record.show(Activity.rt_label),
        str(record.understood(Activity.source) or ""),
        record[Activity.amount] or 0, str(record.answers.get("need") or ""),
        record[Activity.criteria] or frozenset(), record.show(Activity.kpp),
        str(record.understood(Activity.handover) or ""),
        tuple(sorted(steps, key=lambda each: (each.date, each.id), reverse=True)),
    )


def told(step: Step) -> str:
    """Return a report of progress in words."""
    instalment = Progress.instalment.show(step.instalment) if step.instalment else ""
    parts = (
        say("fisik {percent} %", percent=show_number(step.physical)),
        say("keuangan {percent} %", percent=show_number(step.financial)), say(instalment),
        rupiah(step.paid) if step.paid else "", say("ada foto") if step.photo else "", step.note,
    )
    return f"{show_date(step.date)}: {' · '.join(part for part in parts if part)}"
