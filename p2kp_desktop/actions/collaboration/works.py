"""Activities of the collaboration and how far each one is; what they do to scores is told by work_effects.py."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from p2kp_desktop.actions.recording import attachments
from p2kp_desktop.forms.activity import Activity, ActivitySite, Progress
from p2kp_desktop.forms.elements import SOURCES
from p2kp_desktop.forms.institutions import Kpp
from p2kp_desktop.forms.kawasan import Kawasan
from p2kp_desktop.language import say
from p2kp_desktop.rules import beside, instalments, sites
from p2kp_desktop.rules.funds import by_source
from p2kp_desktop.rules.upkeep import kept_up
from p2kp_desktop.schema import Record, Several, Whole, written
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.views import Where

TERMS = ("p60", "p30", "p10")
WITH_PHOTO = "ya"


@dataclass(frozen=True)
class ProgressStep:
    """One report of progress of an activity: percents, the instalment paid with it, whether there is a photo."""

    id: str
    region: str
    work: str  # what the activity is called
    date: str
    physical: Decimal
    financial: Decimal
    instalment: str
    paid: int
    photo: bool
    note: str
    odd: tuple[tuple[str, str], ...] = ()  # question and message of what is unlikely in it beside the others


@dataclass(frozen=True)
class Work:
    """One activity with its reports, the latest first; amounts in written.money. `about` tells the rest in sentences.

    `overpaid` is by how much the payments exceed the amount.
    """

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
    steps: tuple[ProgressStep, ...]
    about: tuple[str, ...] = ()
    overpaid: int = 0
    component: str = ""
    funds: tuple[tuple[str, int], ...] = ()  # rupiah by source
    latitude: str | None = None  # decimal degrees
    longitude: str | None = None

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
        """Return the sum that was paid for the activity so far."""
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


@dataclass(frozen=True)
class _Beside:
    """What stands beside the activities of an area, by their ids: reports, names of kawasan and of KPP."""

    reports: Mapping[str, Sequence[Record]]
    pictured: set[str]
    kawasan: Mapping[str, str]
    keepers: Mapping[str, str]
    sites: Mapping[str, Sequence[Record]]


def works(workspace: Workspace, area: str) -> list[Work]:
    """Return the activities of an area, those under way first, the newest period first among them."""
    with workspace.asking() as connection:
        built = list(views.counted(connection, Activity, Where(area=area)))
        about = _beside(connection, built, area)
    found = sorted((_work(each, about) for each in built), key=lambda each: (each.region, each.name))
    found.sort(key=lambda each: each.period, reverse=True)
    return sorted(found, key=lambda each: each.is_finished)


def _beside(connection: Connection, built: Sequence[Record], area: str) -> _Beside:
    reports: dict[str, list[Record]] = {}
    for each in views.counted(connection, Progress):
        reports.setdefault(str(each.answers.get("parent") or ""), []).append(each)
    here: dict[str, tuple[list[Record], list[Record]]] = {str(each.answers.get("region")): ([], []) for each in built}
    for each in (*built, *views.found(connection, Kpp, Where(area=area))):
        if each.answers.get("region") in here:
            here[str(each.answers["region"])][each.form is Kpp].append(each)
    keepers = {asset.id: keeper.show(Kpp.name) for assets, groups in here.values() for asset in assets
               if (keeper := kept_up(asset, groups, assets)) is not None}
    kawasan = {each.id: each.show(Kawasan.name) for each in views.found(connection, Kawasan)}
    standing = sites.by_activity(views.counted(connection, ActivitySite))
    return _Beside(reports, attachments.parents(connection), kawasan, keepers, standing)


def _step(report: Record, of: Record, others: Iterable[Record], pictured: set[str]) -> ProgressStep:
    odd = beside.problems(report, [each for each in others if each.id != report.id])
    return ProgressStep(
        report.id, str(of.answers.get("region") or ""), of.show(Activity.name),
        str(report.understood(Progress.date) or ""), report[Progress.physical] or Decimal(0),
        report[Progress.financial] or Decimal(0), str(report.understood(Progress.instalment) or ""),
        report[Progress.paid] or 0, report.id in pictured or report.understood(Progress.photo) == WITH_PHOTO,
        report.show(Progress.note),
        tuple((each.question, each.message) for each in odd if not each.note),
    )


def _work(record: Record, about: _Beside) -> Work:
    region, period = (str(record.answers.get(key) or "") for key in ("region", "period"))
    reports = about.reports.get(record.id, ())
    steps = sorted((_step(each, record, reports, about.pictured) for each in reports),
                   key=lambda each: (each.date, each.id), reverse=True)
    kpp = about.keepers.get(record.id) or record.show(Activity.kpp)
    kawasan = about.kawasan.get(str(record.understood(Activity.kawasan)), "")
    return Work(
        record.id, region, period, record.show(Activity.name), record.show(Activity.rt_label),
        str(record.understood(Activity.source) or ""),
        record[Activity.amount] or 0, str(record.answers.get("need") or ""),
        record[Activity.criteria] or frozenset(), kpp, str(record.understood(Activity.handover) or ""), tuple(steps),
        tuple(each for each in _about(record, kawasan, kpp, about.sites.get(record.id, ())) if each),
        instalments.overpaid(record, reports),
        str(record.understood(Activity.component) or ""), tuple(by_source(record).items()),
        *(str(at) if (at := record.understood(each)) is not None else None
          for each in (Activity.latitude, Activity.longitude)),
    )


def _about(record: Record, kawasan: str, kpp: str, spread: Sequence[Record]) -> Iterator[str]:
    """Yield what an activity is, whom it serves and what stands afterwards, in sentences."""
    kind = (Activity.component, Activity.subcomponent, Activity.category)
    yield " · ".join(filter(None, (*(say(record.show(each)) for each in kind), record.show(Activity.detail), kawasan)))
    unit = say(record.show(Activity.unit_name))
    if record[Activity.volume] is not None:
        yield say("**Volume:** {volume} {unit}", volume=record.show(Activity.volume), unit=unit)
    if spread:
        each_rt = " · ".join(f"RT {each.answers.get('rt') or '?'} {each.show(ActivitySite.volume)}" for each in spread)
        yield say("**Lokasi:** {sites}", sites=each_rt)
    named = {say(SOURCES.show(source)): amount for source, amount in by_source(record).items() if source}
    funds = " · ".join(f"{source} {written.money(amount)}" for source, amount in named.items())
    if funds:
        yield say("**Dana:** {funds}", funds=funds)
    people = _counted(record, (
        (Activity.people_count, say("jiwa")), (Activity.women_count, say("perempuan")),
        (Activity.mbr_count, say("MBR")), (Activity.kk_count, say("KK")), (Activity.kk_poor, say("KK miskin")),
    ))
    if people:
        yield say("**Pemanfaat:** {people}", people=people)
    work = _counted(record, (
        (Activity.workers_men, say("laki-laki")), (Activity.workers_women, say("perempuan")),
        (Activity.workdays, say("HOK")),
    ))
    if work:
        yield say("**Pekerja:** {work}", work=work)
    yield say("**KPP:** {name}", name=kpp or say("belum ada"))
    yield say("**Serah terima:** {day}", day=record.show(Activity.handover) or say("belum"))
    after = (say(record.show(Activity.quality)), _options(record, Activity.condition))
    if any(after):
        yield say("**Keadaan:** {state}", state=" · ".join(filter(None, after)))


def _counted(record: Record, asked: Iterable[tuple[Whole, str]]) -> str:
    return " · ".join(f"{record.show(question)} {word}" for question, word in asked if record[question] is not None)


def _options(record: Record, question: Several) -> str:
    chosen = record[question] or frozenset()
    return ", ".join(say(option.label) for option in question.options.all if option.code in chosen)


def told(step: ProgressStep) -> str:
    """Return a report of progress in words."""
    instalment = Progress.instalment.show(step.instalment) if step.instalment else ""
    parts = (
        say("fisik {percent} %", percent=written.number(step.physical)),
        say("keuangan {percent} %", percent=written.number(step.financial)), say(instalment),
        written.money(step.paid) if step.paid else "", say("ada foto") if step.photo else "", step.note,
    )
    return f"{written.day(step.date)}: {' · '.join(part for part in parts if part)}"
