"""What the edge of the window says: saved when and by whom, what has no copy yet, which places there are.

A file that was merely sent is not a copy: the loss line counts what no receipt and no backup on another disk covers,
and says how much of it is under way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from p2kp_desktop.actions.bundles import acknowledgements
from p2kp_desktop.actions.common import backups, practice_mark
from p2kp_desktop.actions.trust import copies
from p2kp_desktop.schema.places import lies_in, parents
from p2kp_desktop.schema.roles import OFFICE
from p2kp_desktop.store import Connection, Workspace, facts, marks, node, oversight, rights, transfers
from p2kp_desktop.store.marks import Holdings
from p2kp_desktop.store.node import Origin as Origin
from p2kp_desktop.store.opening import only_looks
from p2kp_desktop.store.oversight import LastSave, Since
from p2kp_desktop.store.workspace import is_server


@dataclass(frozen=True)
class Lacking:
    """Households, and records of any form, that lack a copy elsewhere; how many of them are in files sent."""

    households: int
    records: int
    households_sent: int = 0
    records_sent: int = 0


@dataclass(frozen=True)
class EdgeStanding:
    """How things stand now; times are ISO 8601, "" for never.

    A save has a copy when an office that is known acknowledged it, or a backup on another disk holds it. A file sent
    is none before its receipt: it may never have left this laptop.
    """

    last: LastSave | None
    lacking: Lacking
    sent: str  # when the last file was sent
    received: str  # when the last file was received
    backup: str  # when the last backup was made
    elsewhere: str  # when the backup on another disk was made
    doubted: tuple[str, ...] = ()  # who claims to be an office above that has something, and is not believed


def standing(workspace: Workspace) -> EdgeStanding:
    """Return how things stand in this workspace now."""
    beyond = backups.elsewhere(workspace)
    with workspace.asking() as connection:
        own = node.made_here(connection)
        log = transfers.log(connection)
        out = [line for line in log if line.is_sent]
        believed = copies.believed(connection)
        acknowledged = oversight.acknowledged(connection, [each.node for each in believed.holders])
        lacking = _lacking(connection, own, out, acknowledged, beyond.edits if beyond else {})
        last = oversight.last_save(connection, own)
    received = next((line.time for line in log if line.direction == "in"), "")
    return EdgeStanding(
        last, lacking, out[0].time if out else "", received, _last_backup(workspace), beyond.time if beyond else "",
        tuple(dict.fromkeys(each.name for each in believed.doubted)),
    )


def holdings(workspace: Workspace) -> Holdings:
    """Return how many households and other records there are, of all periods."""
    return marks.holdings(workspace)


def _lacking(
    connection: Connection, own: Iterable[str], out: Sequence[transfers.Transfer],
    acknowledged: Mapping[tuple[str, str], int], elsewhere: Mapping[str, int],
) -> Lacking:
    """Count what was saved here after the last save that is known to be elsewhere, node by node and place by place."""
    proven, hoped = [], []
    for name, place in oversight.chain_places(connection, own):
        tick = max(acknowledged.get((name, place), 0), elsewhere.get(name, 0))
        proven.append(Since(name, place, tick))
        hoped.append(Since(name, place, max(tick, acknowledgements.sent_up_to(out, name, place))))
    households, records = oversight.touched(connection, proven)
    left_households, left_records = oversight.touched(connection, hoped)
    return Lacking(households, records, households - left_households, records - left_records)


def _last_backup(workspace: Workspace) -> str:
    if is_server(workspace.name):
        return ""
    newest = next(iter(backups.made(Path(workspace.name))), None)
    moment = backups.moment_of(newest) if newest else None
    return moment.isoformat() if moment else ""


def origin(workspace: Workspace) -> Origin | None:
    """Say whether the file is a copy, or comes from another machine; None when it is neither."""
    with workspace.asking() as connection:
        return node.origin(connection, workspace.name)


@dataclass(frozen=True)
class About:
    """The workspace as the window introduces it: who, as what, where, since when, its file, its current period.

    `only_looks` says that it lies where nothing can be written, `person_role` what whoever works here may do.
    """

    person: str
    role: str
    name: str
    regions: tuple[str, ...]
    period: str
    made: str
    file: str
    practice: bool
    only_looks: bool = False
    person_role: str = OFFICE


def about(workspace: Workspace) -> About:
    """Return the facts that the window shows of the workspace."""
    with workspace.asking() as connection:
        known = facts.facts(connection)
        practice, role = practice_mark.is_practice(connection), rights.role(connection)
    return About(
        known.person, known.role, known.name, known.regions, known.period, known.made, workspace.name, practice,
        only_looks(workspace.name), role,
    )


def first_area(codes: tuple[str, ...]) -> str:
    """Return the area to begin with: the only region, or the narrowest one that holds them all."""
    shared = [place.code for place in parents(codes[0]) if all(lies_in(code, place.code) for code in codes)]
    return shared[-1]

