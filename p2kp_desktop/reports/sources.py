"""Where the figures of a report come from, and how sure they are, as of now."""

from p2kp_desktop import environment
from p2kp_desktop.actions.common import practice_mark
from p2kp_desktop.actions.review import rollup
from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.schema.places import home_of, region_name, rt_words
from p2kp_desktop.schema.table import Scope, Source
from p2kp_desktop.store import Workspace, listing
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
    scored = slum_scores.assessments(workspace, area=asked.area, period=asked.period)
    mine = [each for each in scored if asked.rt in (None, each.rt)]
    wholes = [each.coverage.buildings_in_area_survey for each in mine]
    with workspace.asking() as connection:
        known, practice = facts(connection), practice_mark.is_practice(connection)
        disputed = listing.conflicts_by_rt(connection, asked.area, asked.period)
        terms = slum_scores.terms_of(connection, asked.period)
    reviewed = rollup.villages(workspace, asked.area, asked.period)
    counts = [rt.records for each in reviewed for rt in each.rts if rt.rt == asked.rt] if asked.rt else [
        each.records for each in reviewed
    ]
    return Source(
        workspace=known.name, person=known.person, time=environment.now(), region=asked.area,
        place=", ".join(part for part in (rt_words(asked.rt or ""), region_name(asked.area)) if part),
        period=asked.period, rules=terms.regulation.code, method=terms.method,
        surveyed=sum(each.tally.buildings for each in mine),
        buildings=sum(number or 0 for number in wholes) if wholes and all(wholes) else None,
        open_conflicts=sum(number for (_region, rt), number in disputed.items() if asked.rt in (None, rt)),
        unverified=sum(each.total - each.verified for each in counts), practice=practice,
    )
