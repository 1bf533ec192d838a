"""Periods and RTs that an area has, and RTs found by their name."""

from collections.abc import Iterable
from dataclasses import dataclass

from p2kp_desktop.schema import Unreadable
from p2kp_desktop.schema.places import Region, lies_in, normal_rt, region, regions
from p2kp_desktop.store import Connection, Workspace, facts, oversight, summaries
from p2kp_desktop.store.node import Origin as Origin


def inside(code: str, codes: Iterable[str]) -> list[Region]:
    """Return the regions just below `code` that hold, or lie in, one of the workspace's `codes`, by name."""
    below = f"{code}."
    depth = code.count(".") + 1
    found = [
        place for place in regions().values()
        if place.code.startswith(below) and place.code.count(".") == depth
        and any(lies_in(place.code, mine) or lies_in(mine, place.code) for mine in codes)
    ]
    return sorted(found, key=lambda place: place.name)


def rts(workspace: Workspace, area: str) -> list[str]:
    """Return the RTs of a kelurahan; none for a wider area."""
    if not region(area).is_village:
        return []
    with workspace.asking() as connection:
        return oversight.rts(connection, area)


def periods(workspace: Workspace, area: str) -> list[str]:
    """Return the periods there are, the newest first: the current one, those defined, those with households."""
    with workspace.asking() as connection:
        return sorted(_periods(connection, area), reverse=True)


def assessed(workspace: Workspace, area: str) -> list[str]:
    """Return the periods of which an area has data that RTs are assessed by, the oldest first."""
    with workspace.changing() as connection:
        summaries.refresh(connection)
    with workspace.asking() as connection:
        return sorted(oversight.assessed_periods(connection, area))


def _periods(connection: Connection, area: str) -> set[str]:
    defined = oversight.defined_periods(connection)
    used = oversight.periods(connection, area if region(area).is_village else None)
    return {facts.facts(connection).period, *defined, *used}


@dataclass(frozen=True)
class RtFound:
    """An RT by its kelurahan's code and its label."""

    area: str
    rt: str


def find_rts(workspace: Workspace, words: str, codes: Iterable[str]) -> list[RtFound]:
    """Return the RTs in these regions that the words name, then those whose label holds them; 20 at most."""
    part = "".join(words.upper().replace("RT", "").replace("RW", "").split())
    if not part:
        return []
    with workspace.asking() as connection:
        there = [RtFound(*each) for each in oversight.named_rts(connection)]
    here = [each for each in there if any(lies_in(each.area, code) for code in codes)]
    named = [each for each in here if _is_named(each.rt, words)]
    others = [each for each in here if part in each.rt.replace(" ", "").upper() and each not in named]
    return [*named, *others][:20]


def _is_named(label: str, words: str) -> bool:
    """Say whether «14/5», «RT 14 RW 05» or «14», which names every RT 14, means this label."""
    try:
        said = normal_rt(words)
    except Unreadable:
        return False
    return label == said or label.startswith((f"{said}/", f"{said} "))
