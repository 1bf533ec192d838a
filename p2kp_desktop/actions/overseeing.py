"""What the edge of the window says: saved when and by whom, what has no copy yet, which places there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from p2kp_desktop.schema.places import Region, lies_in, parents, region, regions
from p2kp_desktop.store import Connection, Workspace, facts, node, oversight, transfers
from p2kp_desktop.store.opening import is_server
from p2kp_desktop.store.oversight import LastSave, Since

from . import backups, practising


@dataclass(frozen=True)
class Standing:
    """How things stand now.

    `households` and `records` were saved here since the last file sent with full names, per kelurahan; all
    that was ever saved here when none was sent. A file sent is taken for a copy wherever it lies.
    """

    last: LastSave | None
    households: int
    records: int
    sent: str  # when the last file was sent, ISO 8601; "" for never
    received: str  # when the last file was received, ISO 8601; "" for never
    backup: str  # when the last backup was made, ISO 8601; "" for never


def standing(workspace: Workspace) -> Standing:
    """Return how things stand in this workspace now."""
    with workspace.asking() as connection:
        own = node.own_nodes(connection)
        log = transfers.log(connection)
        out = [line for line in log if line.direction == "out"]
        ranges = [
            Since(name, place, _covered(out, name, place)) for name, place in oversight.chain_places(connection, own)
        ]
        households, records = oversight.touched(connection, ranges)
        last = oversight.last_save(connection, own)
    received = next((line.time for line in log if line.direction == "in"), "")
    return Standing(last, households, records, out[0].time if out else "", received, _last_backup(workspace))


def _last_backup(workspace: Workspace) -> str:
    if is_server(workspace.name):
        return ""
    moments = [backups.moment_of(path) for path in backups.made(Path(workspace.name))]
    return max((moment.isoformat() for moment in moments if moment), default="")


def _covered(out: Iterable[transfers.Transfer], name: str, place: str) -> int:
    """Return the count up to which a node's saves in a place are in files that were sent."""
    return max((_edits(line.result, name) for line in out if _holds(line.result, place)), default=0)


def _edits(result: Mapping[str, object], name: str) -> int:
    edits = result.get("edits")
    tick = edits.get(name, 0) if isinstance(edits, dict) else 0
    return tick if isinstance(tick, int) else 0


def _holds(result: Mapping[str, object], place: str) -> bool:
    """Say whether a file sent holds all of a place, names and numbers too; files of older releases do not say."""
    areas = result.get("areas")
    if result.get("withheld") or not isinstance(areas, list):
        return False
    return not place or any(lies_in(place, area) for area in areas)


@dataclass(frozen=True)
class About:
    """The workspace as the window introduces it: who, as what, where, since when, its file, its current period."""

    person: str
    role: str
    name: str
    regions: tuple[str, ...]
    period: str
    made: str
    file: str
    practice: bool


def about(workspace: Workspace) -> About:
    """Return what the window says of the workspace."""
    with workspace.asking() as connection:
        known = facts.facts(connection)
        practice = practising.is_practice(connection)
    return About(
        known.person, known.role, known.name, known.regions, known.period, known.made, workspace.name, practice
    )


def first_area(codes: tuple[str, ...]) -> str:
    """Return the area to begin with: the only region, or the narrowest one that holds them all."""
    shared = [place.code for place in parents(codes[0]) if all(lies_in(code, place.code) for code in codes)]
    return shared[-1]


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
    """Return the RTs whose label holds the words, in the kelurahan of the workspace; 20 at most."""
    wanted = "".join(words.upper().replace("RT", "").replace("RW", "").split())
    if not wanted:
        return []
    with workspace.asking() as connection:
        named = oversight.named_rts(connection)
    return [
        RtFound(area, rt) for area, rt in named
        if wanted in rt.replace(" ", "").upper() and any(lies_in(area, code) for code in codes)
    ][:20]
