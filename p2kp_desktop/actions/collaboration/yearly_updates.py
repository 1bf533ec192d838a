"""The yearly update of RTs that nobody surveyed in a period: the last assessment less what finished work put right.

As the programme updates its baseline between surveys: volumes less investments, never below nothing, scored anew. It
is computed and says so until the RT is surveyed or added up in that period; then the survey counts, and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.forms import RtRecap, RtSurvey
from p2kp_desktop.forms.activity import Activity, ActivitySite
from p2kp_desktop.forms.collaboration import Need
from p2kp_desktop.rules import improvement, sites
from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.rules.sites import Spot
from p2kp_desktop.schema import Record
from p2kp_desktop.store import Connection, Workspace, summaries, views
from p2kp_desktop.store.views import Where

from .needs import FINISHED, latest_physical

SURVEYED, COMPUTED, UNCHANGED = "surveyed", "computed", "unchanged"


@dataclass(frozen=True)
class YearlyUpdate:
    """An RT in a period: as assessed in the last period that has data, and as computed from there.

    `standing` is surveyed, computed, or unchanged where no finished work came since.
    """

    region: str
    rt: str
    period: str
    base: str
    before: RtAssessment
    now: RtAssessment
    works: tuple[str, ...]
    standing: str


def updates(workspace: Workspace, area: str, period: str) -> list[YearlyUpdate]:
    """Return how each RT of an area stands in a period by its last data and the work finished since; by place."""
    with workspace.changing() as connection:
        summaries.refresh(connection)
    with workspace.asking() as connection:
        last = _last_periods(connection, area, period)
        work = _finished(connection)
    assessed: dict[tuple[str, str], RtAssessment] = {}
    for base in sorted(set(last.values())):
        found = slum_scores.assessments(workspace, area=area, period=base)
        assessed |= {(each.region, each.rt): each for each in found if last.get((each.region, each.rt)) == base}
    return [_update(each, last[place], period, work) for place, each in sorted(assessed.items())]


def _last_periods(connection: Connection, area: str, period: str) -> dict[tuple[str, str], str]:
    """Return by RT the last period up to this one in which anything of it was recorded."""
    found: dict[tuple[str, str], str] = {}
    places = [(str(row["region"]), str(row["rt"]), str(row["period"])) for form in (RtSurvey, RtRecap)
              for row in views.picked(connection, form, ("region", "rt", "period"), Where(area=area))]
    places += list(summaries.known(connection, area=area))
    for region, rt, when in places:
        if when <= period:
            found[region, rt] = max(found.get((region, rt), when), when)
    return found


@dataclass(frozen=True)
class _Finished:
    activity: Record
    need: Record | None
    spots: Sequence[Spot]


def _finished(connection: Connection) -> Sequence[_Finished]:
    physical = latest_physical(connection)
    wanted: Mapping[str, Record] = {each.id: each for each in views.counted(connection, Need)}
    standing = sites.by_activity(views.counted(connection, ActivitySite))
    found = []
    for each in views.counted(connection, Activity):
        if physical.get(each.id, Fraction()) >= FINISHED:
            need = wanted.get(str(each.answers.get(Activity.need.key) or ""))
            found.append(_Finished(each, need, sites.spots(each, need, standing.get(each.id, ()))))
    return found


def _update(found: RtAssessment, base: str, period: str, work: Sequence[_Finished]) -> YearlyUpdate:
    here = [(each, sites.share_at(each.spots, found.region, found.rt)) for each in work
            if base <= str(each.activity.answers.get("period") or "") <= period]
    since = [(each, share) for each, share in here if share] if base != period else []
    volumes = improvement.together(
        sites.volumes_at(each.activity, each.need, found.regulation, share) for each, share in since)
    standing = SURVEYED if base == period else COMPUTED if any(volumes.values()) else UNCHANGED
    now = improvement.relieved(found, volumes) if standing == COMPUTED else found
    names = tuple(each.activity.show(Activity.name) for each, _share in since)
    return YearlyUpdate(found.region, found.rt, period, base, found, now, names, standing)
