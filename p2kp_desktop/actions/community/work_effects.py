"""What an activity does to its criteria and to the total of its RT: before, as hoped, and as assessed afterwards."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.forms.activity import Activity
from p2kp_desktop.forms.collaboration import Need
from p2kp_desktop.forms.elements import CRITERIA
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.language import say
from p2kp_desktop.rules import improvement
from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.rules.criteria import criterion_of
from p2kp_desktop.rules.scoring import CriterionScore, half_up
from p2kp_desktop.schema import Record, Unreadable, written
from p2kp_desktop.schema.places import normal_rt
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.views import Where

_SEVERAL = re.compile(r"[,;&+]|\bdan\b|\bs\.?d\b", re.IGNORECASE)  # RT 14, 15 dan 16


@dataclass(frozen=True)
class Standing:
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
class Change:
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
class Effect:
    """What an activity does to its RT: as assessed before, as hoped when it stands, as assessed afterwards.

    `rt` is "" where its place is not one RT.
    """

    region: str
    rt: str
    changes: tuple[Change, ...] = ()
    before: Standing | None = None
    hoped: Standing | None = None
    after: Standing | None = None

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

    def _afterwards(self, before: Standing) -> str:
        if self.after is None:
            return say("Sesudahnya: menunggu survei atau rekap RT berikutnya.")
        fell = before.total - self.after.total
        change = say("turun {points}", points=fell) if fell > 0 else say("naik {points}", points=-fell)
        return say("Sesudahnya ({period}): {total}; {change}.", period=self.after.period, total=self.after.words,
                   change=change if fell else say("jumlah tetap"))


def effect(workspace: Workspace, activity: str) -> Effect | None:
    """Return what an activity does to its criteria; None where it names neither a criterion nor a need."""
    with workspace.asking() as connection:
        work = next(views.counted(connection, Activity, Where(id=activity)), None)
        wanted = work and next(views.counted(connection, Need, Where(id=str(work.answers.get("need") or ""))), None)
        if work is None or not improvement.criteria_of(work, wanted):
            return None
        region, rt = place_of(work, wanted)
        periods = assessed_periods(connection, region, rt) if rt else []
    began = str(work.answers.get("period") or "")
    earlier = [each for each in periods if each <= began]
    first = assessment(workspace, region, rt, earlier[-1]) if earlier else None
    if first is None:
        return Effect(region, rt)
    later = [each for each in periods if each > began]
    last = assessment(workspace, region, rt, later[0]) if later else None
    return _effect(work, wanted, (earlier[-1], first), (later[0], last) if last else None)


def _effect(
    work: Record, need: Record | None, first: tuple[str, RtAssessment], last: tuple[str, RtAssessment] | None
) -> Effect:
    period, before = first
    volumes = improvement.volumes_of(work, need, before.regulation)
    hoped = improvement.relieved(before, volumes)
    after = last[1] if last else None
    changes = tuple(
        Change(code, volumes.get(code), _unit(before, code), _scored(before, code), _scored(hoped, code),
               _scored(after, code) if after else None)
        for code in improvement.criteria_of(work, need)
    )
    return Effect(before.region, before.rt, changes, _standing(period, before), _standing(period, hoped),
                  _standing(*last) if last else None)


def place_of(activity: Record, need: Record | None) -> tuple[str, str]:
    """Return kelurahan and RT that an activity improves: those of its need, else its own; "" where it is not one RT."""
    if need is not None:
        return str(need.answers.get("region") or ""), str(need.answers.get("rt") or "")
    label = activity.show(Activity.rt_label)
    try:
        rt = "" if _SEVERAL.search(label) else normal_rt(label)
    except Unreadable:
        rt = ""
    return str(activity.answers.get("region") or ""), rt


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


def _standing(period: str, rt: RtAssessment) -> Standing:
    return Standing(period, rt.score.total, rt.regulation.level(rt.score.total).name, rt.open)


def _scored(rt: RtAssessment, code: str) -> CriterionScore | None:
    criterion = criterion_of(rt.regulation, code)
    return rt.score.criteria[criterion.code] if criterion else None


def _unit(rt: RtAssessment, code: str) -> str:
    criterion = criterion_of(rt.regulation, code)
    return criterion.unit if criterion else ""
