"""How many things wait in each place of the window, whether somebody was there or not: the figures of its rail."""

from collections.abc import Callable
from dataclasses import dataclass

from p2kp_desktop.actions.bundles import quarantine
from p2kp_desktop.actions.collaboration import platform
from p2kp_desktop.actions.community import agreement_todos, meetings, readiness
from p2kp_desktop.actions.recording import conflicts, doubles
from p2kp_desktop.actions.review import review_queue
from p2kp_desktop.actions.review.verification import REVIEWERS
from p2kp_desktop.actions.tables import household_pages
from p2kp_desktop.actions.tables.household_pages import CHANGED, COMPLETE, CONFLICT, READY, VERIFIED
from p2kp_desktop.schema.places import region
from p2kp_desktop.store import Workspace

DONE = (COMPLETE, READY, VERIFIED)  # what asks nothing more of a facilitator
WAITS = (READY, CHANGED, CONFLICT)  # what asks something of an office that reviews


@dataclass(frozen=True)
class Where:
    """An area, a period, and an RT of it or all."""

    area: str
    period: str
    rt: str | None = None


def households(workspace: Workspace, where: Where) -> int:
    """Return how many households want something of this office; an area's queue, where it reviews, holds every form."""
    counts = household_pages.counts(workspace, household_pages.Wanted(where.area, where.period, where.rt))
    if review_queue.role(workspace) not in REVIEWERS:
        return sum(number for standing, number in counts.items() if standing not in DONE)
    if where.rt is None:
        queue = review_queue.queue(workspace, where.area, where.period)
        return queue.total + counts.get(CONFLICT, 0)
    return sum(counts.get(standing, 0) for standing in WAITS)


def parts_of_the_bowl(workspace: Workspace, where: Where) -> int:
    """Return how many parts a kelurahan lacks, or in a wider area how many kelurahan lack any; raise Unreadable."""
    found = readiness.standings(workspace, where.area, where.period)
    if region(where.area).is_village:
        return len(found[0].missing)
    return sum(bool(each.missing) for each in found)


def doubtful_pairs(workspace: Workspace, where: Where) -> int:
    """Return how many pairs of households may be one."""
    return len(doubles.among(workspace, where.area, where.period, where.rt))


def count(workspace: Workspace, place: str, where: Where) -> int:
    """Return how many things wait in a place, named by its key among PLACES; raise Unreadable."""
    return _COUNTS[place](workspace, where)


_COUNTS: dict[str, Callable[[Workspace, Where], int]] = {
    "collecting": households,
    "bowl": parts_of_the_bowl,
    "agreements": lambda workspace, where: len(agreement_todos.of_area(workspace, where.area)),
    "collaboration": lambda workspace, where: platform.waiting(workspace, where.area),
    "meetings": lambda workspace, where: len(meetings.open_decisions(workspace, where.area)),
    "transfer": lambda workspace, _where: conflicts.count(workspace) + quarantine.count(workspace),
    "quality": doubtful_pairs,
}
PLACES = tuple(_COUNTS)
