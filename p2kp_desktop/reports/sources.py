"""Where the figures of a report come from, and how sure they are, as of now."""

from p2kp_desktop import environment
from p2kp_desktop.actions.common import practice_mark
from p2kp_desktop.actions.scores import area_sums, slum_scores
from p2kp_desktop.rules import sums
from p2kp_desktop.schema.places import home_of, region, region_name, rt_words
from p2kp_desktop.schema.table import Scope, Source
from p2kp_desktop.store import Workspace, listing, reviews
from p2kp_desktop.store.facts import Facts, facts


def about(workspace: Workspace) -> Facts:
    """Return the facts that a workspace notes of itself: its node, name, role, person, area, period."""
    with workspace.asking() as connection:
        return facts(connection)


def whole(known: Facts) -> str:
    """Return the region that all of a workspace lies in: its one, else the kabupaten/kota or the province."""
    return known.regions[0] if len(known.regions) == 1 else home_of(known.regions)


def source(workspace: Workspace, asked: Scope) -> Source:
    """Return the source of what is asked: coverage by the area survey, records in conflict, records unverified.

    Raises Unreadable for a region that is none.
    """
    area_sums.refresh(workspace)
    with workspace.asking() as connection:
        known, practice = facts(connection), practice_mark.is_practice(connection)
        disputed = listing.conflicts_by_rt(connection, asked.area, asked.period)
        terms = slum_scores.terms_of(connection, asked.period)
        here = area_sums.within(connection, region(asked.area).code, asked.rt, asked.period)
        waiting = reviews.unverified(connection, asked.area, asked.period, by_rt=asked.rt is not None,
                                     forms=reviews.OF_RTS if asked.rt else reviews.IN_VILLAGES)
    return Source(
        workspace=known.name, person=known.person, time=environment.now(), region=asked.area,
        place=", ".join(part for part in (rt_words(asked.rt or ""), region_name(asked.area)) if part),
        period=asked.period, rules=terms.regulation.code, method=terms.method,
        surveyed=here.number(sums.BUILDINGS), buildings=here.number(sums.BUILDINGS_SAID) if here.all_said else None,
        open_conflicts=sum(number for (_region, rt), number in disputed.items() if asked.rt in (None, rt)),
        unverified=sum(number for (_region, rt), number in waiting.items() if asked.rt in (None, rt)),
        practice=practice,
    )
