"""The yearly update of RTs that nobody surveyed in a period: the last assessment less what finished work put right.

As the programme updates its baseline between surveys: volumes less investments, never below nothing, scored anew. It
is computed and says so until the RT is surveyed or added up in that period; then the survey counts, and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.forms import RtRecap, RtSurvey
from p2kp_desktop.forms.activity import Activity, ActivitySite, Progress
from p2kp_desktop.forms.collaboration import Need
from p2kp_desktop.rules import improvement
from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.rules.finished import Finished, finished
from p2kp_desktop.store import Connection, Workspace, summaries, views
from p2kp_desktop.store.views import Where

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
        work = finished(*(views.counted(connection, form) for form in (Activity, Need, ActivitySite, Progress)))
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


def _update(found: RtAssessment, base: str, period: str, work: Sequence[Finished]) -> YearlyUpdate:
    here = [each for each in work if base <= str(each.activity.answers.get("period") or "") <= period]
    since = [each for each in here if each.share_at(found.region, found.rt)] if base != period else []
    volumes = improvement.together(each.volumes_at(found.regulation, found.region, found.rt) for each in since)
    standing = SURVEYED if base == period else COMPUTED if any(volumes.values()) else UNCHANGED
    now = improvement.relieved(found, volumes) if standing == COMPUTED else found
    names = tuple(each.activity.show(Activity.name) for each in since)
    return YearlyUpdate(found.region, found.rt, period, base, found, now, names, standing)
