"""Activities of the collaboration: how far each one is, and what it does to the score of its RT."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from p2kp_desktop.forms.collaboration import Activity, Need, Progress
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.language import say
from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.rules.regulation import Criterion, Regulation
from p2kp_desktop.rules.scoring import Share, score
from p2kp_desktop.schema import Record
from p2kp_desktop.schema.values import show_date, show_number
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.views import Where

from . import scoring
from .needs import UNITS, rupiah

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
    for each in views.found(connection, Progress):
        step = Step(
            each.id, str(each.understood(Progress.date) or ""), each[Progress.physical] or Decimal(0),
            each[Progress.financial] or Decimal(0), str(each.understood(Progress.instalment) or ""),
            each[Progress.paid] or 0, each.understood(Progress.photo) == WITH_PHOTO, each.show(Progress.note),
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


# What it does to the score

@dataclass(frozen=True)
class Scored:
    """A criterion and the total of an RT in a period: percent of the criterion, scores, level in words."""

    period: str
    percent: Decimal
    score: int
    total: int
    level: str

    @property
    def words(self) -> str:
        """Return it in one sentence part."""
        return say("{percent} % bernilai {score}, jumlah RT {total} ({level})",
                   percent=show_number(self.percent), score=self.score, total=self.total, level=say(self.level))


@dataclass(frozen=True)
class Effect:
    """What an activity does to its criterion: as assessed before, as hoped when it stands, as assessed afterwards."""

    region: str
    rt: str
    criterion: str
    before: Scored | None
    hoped: Scored | None
    after: Scored | None

    @property
    def words(self) -> tuple[str, ...]:
        """Return the effect in sentences."""
        if self.before is None:
            return (say("RT ini belum dinilai, jadi pengaruhnya belum dapat dihitung."),)
        said = [say("Sebelum ({period}): {scored}.", period=self.before.period, scored=self.before.words)]
        if self.hoped is not None:
            said.append(say("Bila selesai: {scored}.", scored=self.hoped.words))
        else:
            said.append(say("Satuannya lain dari kriterianya, jadi nilainya baru diketahui dari rekap berikutnya."))
        if self.after is None:
            said.append(say("Sesudahnya: menunggu survei atau rekap RT berikutnya."))
        else:
            said.append(say("Sesudahnya ({period}): {scored}; {change}.", period=self.after.period,
                            scored=self.after.words, change=self._change))
        return tuple(said)

    @property
    def _change(self) -> str:
        if self.before is None or self.after is None or self.before.total == self.after.total:
            return say("jumlah tetap")
        fell = self.before.total - self.after.total
        return say("turun {points}", points=fell) if fell > 0 else say("naik {points}", points=-fell)


def effect(workspace: Workspace, activity: str) -> Effect | None:
    """Return the effect of an activity on the criterion of its need; None where it names no need."""
    with workspace.asking() as connection:
        work = next(views.found(connection, Activity, Where(id=activity)), None)
        wanted = work and next(views.found(connection, Need, Where(id=str(work.answers.get("need") or ""))), None)
        if not work or not wanted:
            return None
        region, rt = (str(wanted.answers.get(key) or "") for key in ("region", "rt"))
        periods = _periods(connection, region, rt)
    began = str(work.answers.get("period") or "")
    earlier = [each for each in periods if each <= began]
    later = [each for each in periods if each > began]
    code = str(wanted.understood(Need.criterion) or "")
    if not earlier:
        return Effect(region, rt, code, None, None, None)
    first = _assessment(workspace, region, rt, earlier[-1])
    last = _assessment(workspace, region, rt, later[0]) if later else None
    before = _scored(first, code, earlier[-1]) if first else None
    hoped = _hoped(first, code, work, earlier[-1]) if first and before else None
    return Effect(region, rt, code, before, hoped, _scored(last, code, later[0]) if last else None)


def _periods(connection: Connection, region: str, rt: str) -> list[str]:
    """Return the periods in which an RT was surveyed or added up, in order."""
    where = Where(area=region, rt=rt)
    found = {row["period"] for form in (RtSurvey, RtRecap, Household)
             for row in views.picked(connection, form, ("period",), where)}
    return sorted(str(each) for each in found if each)


def _assessment(workspace: Workspace, region: str, rt: str, period: str) -> RtAssessment | None:
    found = scoring.assessments(workspace, area=region, period=period)
    return next((each for each in found if each.rt == rt), None)


def _criterion(rules: Regulation, code: str) -> Criterion | None:
    return next((each for each in rules.criteria if f"c{each.code}" == code), None)


def _scored(assessment: RtAssessment, code: str, period: str) -> Scored | None:
    criterion, rules = _criterion(assessment.regulation, code), assessment.regulation
    found = assessment.score.criteria.get(criterion.code) if criterion else None
    if found is None or found.percent is None or found.score is None:
        return None
    total = assessment.score.total
    return Scored(period, found.percent, found.score, total, rules.level(total).name)


def _hoped(assessment: RtAssessment, code: str, work: Record, period: str) -> Scored | None:
    """Return the score with the volume of the activity taken off; None where it is in another unit."""
    criterion = _criterion(assessment.regulation, code)
    share = assessment.shares.get(criterion.code) if criterion else None
    volume = work[Activity.volume]
    if criterion is None or share is None or volume is None:
        return None
    if UNITS[criterion.unit] != work.understood(Activity.unit_name):
        return None
    left = Share(max(Fraction(), share.volume - Fraction(volume)), share.of)
    parts = {**assessment.shares, criterion.code: left}
    return _scored(replace(assessment, shares=parts, score=score(assessment.regulation, parts)), code, period)
