"""What activities do to the criteria and the total of an RT: before, as hoped, and as assessed afterwards.

Which recorded needs and activities bring an RT below the levels of the regulation, and at what cost, is its outlook.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.forms.activity import Activity, ActivitySite
from p2kp_desktop.forms.collaboration import Need
from p2kp_desktop.forms.elements import CRITERIA, criterion_number
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.language import say
from p2kp_desktop.rules import improvement, sites, whatif
from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.rules.criteria import criterion_of
from p2kp_desktop.rules.finished import FINISHED
from p2kp_desktop.rules.improvement import Volumes
from p2kp_desktop.rules.regulation import Regulation
from p2kp_desktop.rules.scoring import CriterionScore, half_up
from p2kp_desktop.rules.sites import Spot
from p2kp_desktop.rules.whatif import Remedy, Way
from p2kp_desktop.schema import Record, written
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.views import Where

from . import needs
from .needs import NeedLine


@dataclass(frozen=True)
class RtTotal:
    """The total of an RT in a period, and its level in words; `open` says why they may still change."""

    period: str
    total: int
    level: str
    open: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return for instance 6 (Tidak kumuh), or 23 (Kumuh ringan, sementara)."""
        name = say(self.level)
        return f"{self.total} ({say('{level}, sementara', level=name) if self.open else name})"

    @property
    def doubts(self) -> tuple[str, ...]:
        """Return in one sentence why they may still change, nothing where they are sure."""
        return (say("**Sementara:** {why}", why=" ".join(self.open)),) if self.open else ()


@dataclass(frozen=True)
class CriterionChange:
    """What becomes of one criterion; `volume` is what is put right in its unit, None while that is unknown."""

    criterion: str
    volume: Fraction | None
    unit: str
    before: CriterionScore | None
    hoped: CriterionScore | None
    after: CriterionScore | None

    @property
    def words(self) -> str:
        """Return the change in one sentence."""
        name = say(CRITERIA.show(self.criterion))
        if self.before is None:
            return say("**{criterion}** tidak dinilai menurut aturan periode ini.", criterion=name)
        steps = [shown(self.before)]
        if self.volume is None:
            steps.append(say("satuannya lain, jadi menunggu rekap berikutnya"))
        elif self.hoped is not None:
            steps.append(say("bila {volume} {unit} tertangani {score}", unit=self.unit, score=shown(self.hoped),
                             volume=written.number(half_up(self.volume, 2).normalize())))
        if self.after is not None:
            steps.append(say("sesudahnya {score}", score=shown(self.after)))
        return f"**{name}:** {'; '.join(steps)}."


def shown(score: CriterionScore) -> str:
    """Return percent and score of a criterion in words."""
    if score.percent is None:
        return say("belum dinilai")
    return say("{percent} % bernilai {score}", percent=written.number(score.percent), score=score.score or 0)


@dataclass(frozen=True)
class WorkEffect:
    """What an activity does to its RT: as assessed before, as hoped when it stands, as assessed afterwards.

    `rt` is "" where its place is not one RT.
    """

    region: str
    rt: str
    changes: tuple[CriterionChange, ...] = ()
    before: RtTotal | None = None
    hoped: RtTotal | None = None
    after: RtTotal | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """Return the effect in sentences."""
        if not self.rt:
            return (say("Lokasinya bukan satu RT, jadi pengaruhnya pada nilai tidak dapat dihitung."),)
        if self.before is None or self.hoped is None:
            return (say("RT ini belum dinilai, jadi pengaruhnya belum dapat dihitung."),)
        total = say("**Jumlah RT {rt}:** {before} pada {period}; bila selesai {hoped}.", rt=self.rt,
                    before=self.before.words, period=self.before.period, hoped=self.hoped.words)
        changes = (each.words for each in self.changes)
        return total, *self.before.doubts, *changes, self._afterwards(self.before)

    def _afterwards(self, before: RtTotal) -> str:
        if self.after is None:
            return say("Sesudahnya: menunggu survei atau rekap RT berikutnya.")
        fell = before.total - self.after.total
        change = say("turun {points}", points=fell) if fell > 0 else say("naik {points}", points=-fell)
        return say("Sesudahnya ({period}): {total}; {change}.", period=self.after.period, total=self.after.words,
                   change=change if fell else say("jumlah tetap"))


def effects(workspace: Workspace, activity: str) -> tuple[WorkEffect, ...]:
    """Return the effect of an activity on its criteria in each RT where it stands; none where it names no criterion."""
    with workspace.asking() as connection:
        work = next(views.counted(connection, Activity, Where(id=activity)), None)
        wanted = work and next(views.counted(connection, Need, Where(id=str(work.answers.get("need") or ""))), None)
        if work is None or not improvement.criteria_of(work, wanted):
            return ()
        spots = sites.spots(work, wanted, views.counted(connection, ActivitySite, Where(parent=activity)))
        periods = {spot: assessed_periods(connection, spot.region, spot.rt) if spot.rt else [] for spot in spots}
    return tuple(_effect_at(workspace, work, wanted, spot, some) for spot, some in periods.items())


def _effect_at(
    workspace: Workspace, work: Record, wanted: Record | None, spot: Spot, periods: Sequence[str]
) -> WorkEffect:
    began = str(work.answers.get("period") or "")
    earlier = [each for each in periods if each <= began]
    first = assessment(workspace, spot.region, spot.rt, earlier[-1]) if earlier else None
    if first is None:
        return WorkEffect(spot.region, spot.rt)
    later = [each for each in periods if each > began]
    last = assessment(workspace, spot.region, spot.rt, later[0]) if later else None
    return _effect(work, wanted, spot.share, (earlier[-1], first), (later[0], last) if last else None)


def _effect(
    work: Record, need: Record | None, share: Fraction, first: tuple[str, RtAssessment],
    last: tuple[str, RtAssessment] | None,
) -> WorkEffect:
    period, before = first
    volumes = sites.volumes_at(work, need, before.regulation, share)
    hoped = improvement.relieved(before, volumes)
    after = last[1] if last else None
    changes = tuple(
        CriterionChange(code, volumes.get(code), _unit(before, code), _scored(before, code), _scored(hoped, code),
               _scored(after, code) if after else None)
        for code in improvement.criteria_of(work, need)
    )
    return WorkEffect(before.region, before.rt, changes, _standing(period, before), _standing(period, hoped),
                  _standing(*last) if last else None)


def assessed_periods(connection: Connection, region: str, rt: str) -> Sequence[str]:
    """Return the periods in which an RT was surveyed or added up, in order."""
    where = Where(area=region, rt=rt)
    found = {row["period"] for form in (RtSurvey, RtRecap, Household)
             for row in views.picked(connection, form, ("period",), where)}
    return sorted(str(each) for each in found if each)


def assessment(workspace: Workspace, region: str, rt: str, period: str) -> RtAssessment | None:
    """Return how an RT was assessed in a period."""
    found = slum_scores.assessments(workspace, area=region, period=period)
    return next((each for each in found if each.rt == rt), None)


def _standing(period: str, rt: RtAssessment) -> RtTotal:
    return RtTotal(period, rt.score.total, rt.regulation.level(rt.score.total).name, rt.open)


def _scored(rt: RtAssessment, code: str) -> CriterionScore | None:
    criterion = criterion_of(rt.regulation, code)
    return rt.score.criteria[criterion.code] if criterion else None


def _unit(rt: RtAssessment, code: str) -> str:
    criterion = criterion_of(rt.regulation, code)
    return criterion.unit if criterion else ""


@dataclass(frozen=True)
class LevelTarget:
    """A level that is better than that of now, and the ways to it, the cheapest first."""

    level: str
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Outlook:
    """How an RT stands once what was finished since its assessment counts, and the levels within reach.

    `names` are the works by id; `lowest` is how it would stand with everything done.
    """

    region: str
    rt: str
    now: RtTotal
    lowest: RtTotal
    targets: tuple[LevelTarget, ...]
    names: Mapping[str, str]

    @property
    def words(self) -> tuple[str, ...]:
        """Return the outlook in sentences: each way to a better level is one."""
        if not self.targets:
            return say("**RT {rt} tidak kumuh:** jumlah {now}, periode {period}.", rt=self.rt, now=self.now.total,
                       period=self.now.period), *self.now.doubts
        head = say("**RT {rt}** sekarang {now}, periode {period}.", rt=self.rt, now=self.now.words,
                   period=self.now.period)
        if not any(each.ways for each in self.targets):
            return (head, *self.now.doubts,
                    say("Semua kebutuhan dan kegiatan yang tercatat bersama hanya sampai {lowest}.",
                        lowest=self.lowest.words))
        return head, *self.now.doubts, *(told for each in self.targets for told in self._told(each))

    def _told(self, target: LevelTarget) -> Iterator[str]:
        if not target.ways:
            yield say("**{level}:** belum terjangkau; semuanya bersama sampai {lowest}.", level=say(target.level),
                      lowest=self.lowest.words)
        for place, way in enumerate(target.ways):
            what = self._way(way)
            yield (say("atau {way}", way=what) if place else
                   say("**{level}**, paling murah {way}", level=say(target.level), way=what))

    def _way(self, way: Way) -> str:
        unknown = say("{count} belum ditaksir", count=way.unknown) if way.unknown else ""
        known = written.money(way.cost) if way.cost or not unknown else ""
        cost = " + ".join(part for part in (known, unknown) if part)
        return say("**{cost}** (jumlah {total}): {works}", cost=cost, total=way.total,
                   works="; ".join(self.names[each] for each in way.remedies))


def outlook(workspace: Workspace, region: str, rt: str, period: str) -> Outlook | None:
    """Return the outlook of an RT by its last assessment up to a period; None where it was not assessed."""
    with workspace.asking() as connection:
        periods = [each for each in assessed_periods(connection, region, rt) if each <= period]
        known = _known(connection, region, rt)
    found = assessment(workspace, region, rt, periods[-1]) if periods else None
    if found is None:
        return None
    since = [each for each in known.finished if str(each.answers.get("period") or "") >= periods[-1]]
    now = improvement.relieved(found, known.together(since, found.regulation))
    remedies = [
        *(Remedy(each.id, known.cost(each), known.together([each], now.regulation)) for each in known.under_way),
        *(known.rest(line, now.regulation) for line in known.lines if not line.is_met),
    ]
    names = {each.id: each.show(Activity.name) for each in known.under_way}
    names |= {each.id: f"{criterion_number(each.criterion)} {each.what}" for each in known.lines}
    least = whatif.lowest(now, remedies)
    before, after = (_target_standing(now, periods[-1], total) for total in (now.score.total, least))
    return Outlook(region, rt, before, after, tuple(_targets(now, remedies)), names)


@dataclass(frozen=True)
class _Known:
    """The needs of an RT, and the activities that improve it; `shares` says how much of each stands here, by id."""

    lines: Sequence[NeedLine]
    needs: Mapping[str, Record]
    finished: Sequence[Record]
    under_way: Sequence[Record]
    shares: Mapping[str, Fraction]

    def cost(self, work: Record) -> int | None:
        """Return the cost of the part of an activity that stands here, in whole rupiah, None where nobody said."""
        amount = work[Activity.amount]
        return None if amount is None else int(half_up(amount * self.shares[work.id]))

    def together(self, works: Iterable[Record], rules: Regulation) -> Volumes:
        """Return the volumes that activities put right together, by criterion."""
        return improvement.together(
            sites.volumes_at(each, self.needs.get(needed(each)), rules, self.shares[each.id]) for each in works)

    def rest(self, line: NeedLine, rules: Regulation) -> Remedy:
        """Return the rest of a need: the volume that no activity puts right, and the cost that none spends."""
        own = [each for each in (*self.finished, *self.under_way) if needed(each) == line.id]
        spent = sum(self.cost(each) or 0 for each in own)
        done = self.together(own, rules).get(line.criterion, Fraction())
        wanted = improvement.volume_of_need(self.needs[line.id], rules).get(line.criterion, Fraction())
        return Remedy(line.id, line.cost - spent if line.cost is not None and line.cost > spent else None,
                      {line.criterion: max(Fraction(), wanted - done)})


def _known(connection: Connection, region: str, rt: str) -> _Known:
    wanted = {each.id: each for each in views.counted(connection, Need, Where(area=region))}
    here = sites.by_activity(views.counted(connection, ActivitySite))
    found = [(each, sites.share_at(sites.spots(each, wanted.get(needed(each)), here.get(each.id, ())), region, rt))
             for each in views.counted(connection, Activity)]
    works = [each for each, share in found if share]
    physical = needs.latest_physical(connection)
    done = {each.id for each in works if physical.get(each.id, Fraction()) >= FINISHED}
    return _Known(
        [line for line in needs.lines_within(connection, region) if line.rt == rt], wanted,
        [each for each in works if each.id in done], [each for each in works if each.id not in done],
        {each.id: share for each, share in found})


def needed(activity: Record) -> str:
    """Return the id of the need that an activity answers, "" without one."""
    return str(activity.answers.get(Activity.need.key) or "")


def _targets(rt: RtAssessment, remedies: list[Remedy]) -> Iterator[LevelTarget]:
    """Yield the levels below that of now; for the last one, where the slum ends, more than the cheapest way."""
    levels = rt.regulation.levels
    for worse, better in pairwise(levels):
        if rt.score.total >= worse.at_least:
            most = 3 if better is levels[-1] else 1
            yield LevelTarget(better.name, whatif.ways(rt, remedies, below=worse.at_least, most=most))


def _target_standing(rt: RtAssessment, period: str, total: int) -> RtTotal:
    return RtTotal(period, total, rt.regulation.level(total).name, rt.open)
