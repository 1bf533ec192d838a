"""What came back: which offices have the records of this workspace, and what they say of them.

Every bundle that arrives is a receipt: its sender has what it includes. What every known office of a role has is left
out of the next bundle; without a receipt everything is sent again. On the way back only workspaces that hold a
kelurahan count for it, so that one team does not make the district send everything to another.

How far saves made here have come is told for certain only: into files that were sent, or to other offices and disks.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from p2kp_desktop.actions.trust import copies, enrolment
from p2kp_desktop.schema.causality import RANKS, Vector, goes_beyond, join
from p2kp_desktop.schema.places import concerns
from p2kp_desktop.schema.review import CHANGED, RETURNED, VERIFIED
from p2kp_desktop.store import Connection, Workspace, acknowledged, dispatch, reviews, transfers
from p2kp_desktop.store.acknowledged import Reviewed
from p2kp_desktop.store.facts import facts, known_edits
from p2kp_desktop.store.receipts import Acquaintance
from p2kp_desktop.store.transfers import ALONG, Transfer

from .bundle_selection import is_news


@dataclass(frozen=True)
class Acknowledgement:
    """What is known of one office; its role, its name and the person there.

    `date` is when it wrote its newest bundle, by its clock; `arrived` when that was received here, "" when the
    log does not say. Of the `mine` records here it has `has` as they are now; `returned`, `verified`, `changed`
    (since it verified them) are what it said last, `conflict` those in dispute. Times are ISO 8601.
    """

    role: str
    name: str
    person: str
    date: str
    arrived: str
    mine: int
    has: int
    returned: int
    verified: int
    changed: int
    conflict: int


def acknowledgements(workspace: Workspace, area: str, period: str) -> tuple[Acknowledgement, ...]:
    """Return the acknowledgement of each office above for the records of an area in a period, the nearest office first.

    Whoever only claims to be such an office, see trust/copies.py, is none. An office that was met under several nodes,
    after a restored backup for instance, is one.
    """
    with workspace.asking() as connection:
        rank = RANKS.get(facts(connection).role, 0)
        met = [each for each in copies.believed(connection).holders if RANKS.get(each.role, 0) > rank]
        if not met:
            return ()
        arrivals = _arrivals(connection)
        newest = {(each.role, each.name): each for each in reversed(met)}
        knows = {key: known_edits(connection, each.node) for key, each in newest.items()}
        counts = _counts(connection, acknowledged.records(connection, area, period), knows)
    found = [_acknowledgement(each, arrivals.get(each.node, ""), counts[key]) for key, each in newest.items()]
    return tuple(sorted(found, key=lambda each: (RANKS.get(each.role, 0), each.name)))


Office = tuple[str, str]  # role and name


def _counts(
    connection: Connection, found: Iterable[Reviewed], knows: Mapping[Office, Mapping[str, Vector]]
) -> dict[Office, Counter[str]]:
    """Count the records by what each office has of them and said of them."""
    counts: dict[Office, Counter[str]] = {office: Counter() for office in knows}
    for record in found:
        for office, counter in counts.items():
            counter["mine"] += 1
            counter["has"] += _has(connection, record, knows[office])
            counter["conflict"] += record.disputed
            if record.standing and (record.role, record.workspace) == office:
                counter[record.standing] += 1
    return counts


def _has(connection: Connection, record: Reviewed, knows: Mapping[str, Vector]) -> bool:
    """Say whether an office has all that a record includes."""
    return not is_news(record.vector, record.places, knows) or (
        len(record.places) > 1 and _came_in_parts(connection, record, knows)
    )


def _came_in_parts(connection: Connection, record: Reviewed, knows: Mapping[str, Vector]) -> bool:
    """Say whether an office has each save of a record where that was made, and the record includes nothing else.

    Of a record that stood in several places `is_news` asks for all of it at each of them, so that a bundle leaves
    nothing out that somebody who works in one of them lacks: what a bundle may leave out is asked there, not here.
    """
    saved = dispatch.saved_at(connection, record.id)
    nothing: dict[str, int] = {}
    return not goes_beyond(record.vector, reduce(join, saved.values(), nothing)) and not any(
        goes_beyond(edits, knows.get(place, {})) for place, edits in saved.items()
    )


def _acknowledgement(office: Acquaintance, arrived: str, counts: Counter[str]) -> Acknowledgement:
    return Acknowledgement(
        office.role, office.name, office.person, office.time, arrived, counts["mine"], counts["has"],
        counts[RETURNED], counts[VERIFIED], counts[CHANGED], counts["conflict"],
    )


def _arrivals(connection: Connection) -> dict[str, str]:
    """Return when the last bundle of each sender was received and not taken back, by its node."""
    found: dict[str, str] = {}
    for line in transfers.log(connection):
        sender = line.result.get("sender")
        if line.direction == "in" and "undone" not in line.result and isinstance(sender, dict):
            found.setdefault(str(sender.get("node", "")), line.time)
    return found


@dataclass(frozen=True)
class Spot:
    """One record to go to: its form, place, and the question that the first open comment is about, or ""."""

    form: str
    id: str
    region: str
    rt: str
    question: str


@dataclass(frozen=True)
class Waiting:
    """How many records wait, and in how many RTs; the only one, where a way leads straight to it."""

    records: int
    rts: int
    only: Spot | None = None


def waiting(connection: Connection, area: str, period: str, rt: str | None, *standings: str) -> Waiting:
    """Return the records of an area, or of one RT of it, whose review status is one of these."""
    lines = [
        line for line in reviews.lines(connection, area, period, standings) if rt is None or line.rt == rt
    ]
    places = {(line.region, line.rt) for line in lines}
    only = None
    if len(lines) == 1:
        (line,) = lines
        about = reviews.first_question(connection, line.id)
        only = Spot(line.form, line.id, line.region, line.rt, about)
    return Waiting(len(lines), len(places), only)


@dataclass(frozen=True)
class Inbox:
    """The last bundle received: when, and from whom; both "" before the first. `asking` want to be enrolled."""

    time: str = ""
    sender: str = ""
    asking: int = 0


def inbox(connection: Connection) -> Inbox:
    """Return the last bundle received and not taken back."""
    asking = len(enrolment.waiting(connection))
    for line in transfers.log(connection):
        sender = line.result.get("sender")
        if line.direction == "in" and "undone" not in line.result:
            return Inbox(line.time, str(sender.get("workspace", "")) if isinstance(sender, dict) else "", asking)
    return Inbox(asking=asking)


def sent_up_to(out: Iterable[Transfer], node: str, place: str) -> int:
    """Return the count up to which a node's saves in a place are in files sent with full names."""
    return max((_edits(line.result, node) for line in out if _holds(line.result, place)), default=0)


def _edits(result: Mapping[str, object], node: str) -> int:
    edits = result.get("edits")
    tick = edits.get(node, 0) if isinstance(edits, dict) else 0
    return tick if isinstance(tick, int) else 0


def _holds(result: Mapping[str, object], place: str) -> bool:
    """Say whether a file sent holds all that was saved here of a place, with names; older releases do not say."""
    areas, along = result.get("areas"), result.get(ALONG)
    if result.get("withheld") or not isinstance(areas, list):
        return False
    return any(concerns(place, area) for area in areas) or (isinstance(along, list) and place in along)
