"""Work that stands finished: what it put right in which RT and since when, which an earlier survey cannot know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.schema import Record

from . import sites
from .regulation import Regulation
from .sites import Spot

FINISHED = Fraction(100)  # of its physical progress, in per cent


@dataclass(frozen=True)
class Finished:
    """An activity that is finished, the need that it answers, where it stands, and the first day that says so (ISO)."""

    activity: Record
    need: Record | None
    spots: Sequence[Spot]
    day: str

    def share_at(self, region: str, rt: str) -> Fraction:
        """Return which share of it stands in an RT, 0 for none."""
        return sites.share_at(self.spots, region, rt)

    def volumes_at(self, rules: Regulation, region: str, rt: str) -> Mapping[str, Fraction]:
        """Return how much of each criterion it put right in an RT."""
        return sites.volumes_at(self.activity, self.need, rules, self.share_at(region, rt))


@dataclass(frozen=True)
class Reached:
    """How far an activity was on the last day that is told of, in per cent, and the first day on which it was whole."""

    physical: Fraction
    whole: str


def reached(progress: Iterable[Record]) -> dict[str, Reached]:
    """Return how far every activity is, by what is told of its progress."""
    told: dict[str, list[tuple[str, str, Fraction]]] = {}
    for each in progress:
        day, physical = str(each.understood(Progress.date) or ""), Fraction(each[Progress.physical] or 0)
        told.setdefault(str(each.answers.get("parent") or ""), []).append((day, each.id, physical))
    return {
        parent: Reached(max(steps)[2], min((day for day, _id, physical in steps if physical >= FINISHED), default=""))
        for parent, steps in told.items()
    }


def finished(
    activities: Iterable[Record], needs: Iterable[Record], standing: Iterable[Record], progress: Iterable[Record],
) -> list[Finished]:
    """Return the activities that are finished, with the needs that they answer and the sites at which they stand."""
    known, by_activity, by_id = reached(progress), sites.by_activity(standing), {each.id: each for each in needs}
    found = []
    for each in activities:
        its = known.get(each.id)
        if its is not None and its.physical >= FINISHED:
            need = by_id.get(str(each.answers.get(Activity.need.key) or ""))
            found.append(Finished(each, need, sites.spots(each, need, by_activity.get(each.id, ())), its.whole))
    return found
