"""Those who send: whose key it is, what they have, what came of their files, and what of their saves did not come."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from p2kp_desktop.actions.common import events
from p2kp_desktop.actions.trust import checkpoints, enrolment, members
from p2kp_desktop.actions.trust import standing as standing_of
from p2kp_desktop.actions.trust.enrolment import Register
from p2kp_desktop.actions.trust.standing import Trust
from p2kp_desktop.exchange import signing
from p2kp_desktop.exchange.bundle import ELSEWHERE, Manifest
from p2kp_desktop.schema.causality import RANKS, Vector, join
from p2kp_desktop.schema.claims import Reach
from p2kp_desktop.schema.knowing import brought, holes, reached
from p2kp_desktop.schema.places import concerns
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Connection, Workspace, facts, lineage, node, receipts, rights, spans, transfers
from p2kp_desktop.store.receipts import Acquaintance
from p2kp_desktop.store.transfers import Transfer

from .bundle_selection import is_of
from .receipt_outcome import (
    CHANGED,
    ENROLLED,
    HELD,
    KNOWN,
    NEW,
    OUTCOMES,
    OWN,
    REVOKED,
    UNSIGNED,
    Gap,
    Received,
    Sender,
)


def sender(connection: Connection, manifest: Manifest, key: str, whose: Trust | None = None) -> Sender:
    """Return who sent a bundle that this public key signed («» for nobody), compared with what is remembered.

    `whose` are its rights; None of a bundle that is only looked at.
    """
    whose = whose or standing_of.of_key(
        connection, key, manifest.role, manifest.node, enrolment.certificates_in(manifest)
    )
    before = receipts.remembered(connection, manifest.node)
    remembered = before.key if before else ""
    if manifest.node in {*node.own_nodes(connection), *whose.here}:  # also one under which the damaged file worked
        standing = OWN
    elif whose.barred:
        standing = REVOKED if whose.barred == enrolment.REVOKED else CHANGED
    elif whose.enrolled:
        standing = ENROLLED
    elif remembered and key != remembered:
        standing = CHANGED
    elif not key:
        standing = UNSIGNED
    else:
        standing = KNOWN if remembered else NEW
    return Sender(
        manifest.node, manifest.workspace, manifest.role, manifest.person, manifest.time,
        signing.fingerprint(key) if key else "", standing,
        signing.fingerprint(remembered) if standing == CHANGED and remembered else "", key,
    )


def trust(workspace: Workspace, whose: Sender) -> None:
    """Remember a sender's changed key from now on: a person compared the six words with the sender."""
    with workspace.changing() as connection:
        rights.must(connection, Deed.ADMIT)
        receipts.trust(connection, whose.node, whose.key)
        events.note(connection, events.TRUSTED, sender=whose.workspace, key=whose.fingerprint)


def told(manifest: Manifest, whose: Trust, reach: Reach) -> Manifest:
    """Return the saves under our own sign that a manifest names: an office may know of some that were lost here."""
    return manifest if whose.regions is not None else believed(manifest, whose, reach)


def believed(
    manifest: Manifest, whose: Trust, reach: Reach, signs: Callable[[str], bool] = lambda _name: False
) -> Manifest:
    """Return a manifest that claims of others' saves only those that a row of history tells of, here or in its bundle.

    An office that is known is believed without, see trust/standing.py.
    """
    believed_of = whose.believed(reach, signs)

    def cut(edits: Vector) -> Vector:
        kept = {name: min(tick, believed_of(name)) for name, tick in edits.items()}
        return {name: tick for name, tick in kept.items() if tick}

    includes = {place: cut(edits) for place, edits in manifest.includes.items()}
    elsewhere = {place: cut(edits) for place, edits in manifest.elsewhere().items()}
    more = {**manifest.more, **({ELSEWHERE: elsewhere} if elsewhere else {})}
    return replace(manifest, includes=includes, more=more)


def meet(connection: Connection, manifest: Manifest, key: str, whose: Sender) -> int | None:
    """Take the bundle as a receipt: its sender has what it includes. One whose key changed says nothing.

    From an office above it is the receipt of what came from elsewhere, too; an office below works nowhere else.
    Returns the serial number when it is the newest bundle of this sender.
    """
    if whose.standing in (OWN, CHANGED, REVOKED):
        return None
    forks = lineage.forks(connection)
    told = {place: edits for place, edits in manifest.includes.items() if _is_whole(manifest, place)}
    if RANKS.get(manifest.role, 0) > RANKS.get(facts.facts(connection).role, 0):
        told |= manifest.elsewhere()
    includes = {place: lineage.capped(edits, forks) for place, edits in told.items()}
    number = manifest.serial()
    newest = receipts.met(connection, receipts.Acquaintance(
        manifest.node, manifest.workspace, manifest.role, manifest.person, number, manifest.time, key,
    ), includes)
    return number if newest else None


def _is_whole(manifest: Manifest, place: str) -> bool:
    """Say whether a bundle holds all that its sender had of a place, and not only records that were there too."""
    return not manifest.regions or is_of(place, manifest.regions)


def learn(
    connection: Connection, manifest: Manifest, own: Vector, transfer: str, *, whole: bool
) -> tuple[Gap, ...]:
    """Advance what this workspace knows by what a bundle brought, and return what is missing before it.

    `own` are the edits made here, before the bundle came. Of a place that it holds in part the bundle teaches what its
    sender saved, where it says that this goes along; one of an older release says nothing of that.

    What came before what precedes it is remembered under the
    id of the transfer, and counts once the missing part has come. A bundle that was not taken over `whole`, or came
    without names, teaches nothing: only what is missing is told.
    """
    known, forks = facts.known_edits(connection), lineage.forks(connection)
    counting = lineage.counting(connection)
    before = receipts.remembered(connection, manifest.node)
    gaps = []
    for place, edits in manifest.includes.items():
        if not (_is_whole(manifest, place) or place in manifest.along()):
            continue
        since = manifest.since.get(place, {})
        here = join(known.get(place, {}), own)
        if whole and not manifest.withheld:
            learnt = {name: tick for name, tick in lineage.capped(edits, forks).items() if name != counting}
            came = brought(since, learnt)
            spans.remember(connection, transfer, place, [each for each in came if each.since > here.get(each.node, 0)])
            here = reached(here, [*came, *spans.of_place(connection, place)])
            facts.learn(connection, place, {name: here[name] for name in here if name not in own or name in learnt})
        gaps.append(Gap(place, since, 0, manifest.workspace, before.time if before else ""))
    return _counted(connection, gaps)


def in_the_end(connection: Connection, received: Received) -> Received:
    """Return how a bundle ended without those gaps that a later one has closed."""
    return replace(received, missing=_counted(connection, received.missing)) if received.missing else received


def in_the_end_of_all(workspace: Workspace, received: Sequence[Received]) -> list[Received]:
    """Return how bundles that came together ended: what one of them closed is no gap of another."""
    with workspace.asking() as connection:
        return [in_the_end(connection, each) for each in received]


def _counted(connection: Connection, gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return the gaps with how many saves are missing now, without those that are closed."""
    known, own = facts.known_edits(connection), lineage.own_edits(connection)
    found = []
    for gap in gaps:
        here = join(known.get(gap.place, {}), own)
        missing = sum(holes(here, spans.of_place(connection, gap.place), gap.since).values())
        found.append(gap._replace(lacking=missing))
    return tuple(gap for gap in found if gap.lacking)


def remembered(connection: Connection, node_of_sender: str) -> Mapping[str, object] | None:
    """Return the facts remembered of a sender, as the log keeps them so that an import can be taken back."""
    known = receipts.remembered(connection, node_of_sender)
    if known is None:
        return None
    return vars(known) | {"knows": facts.known_edits(connection, known.node)}


@dataclass(frozen=True)
class KnownSender:
    """A workspace that sent files here, as it last introduced itself.

    `written` is when it wrote its newest bundle, by its own clock, and `serial` the number of that; `arrived` when
    the last file came. `files` counts those received and not taken back, `counts` the records in them, and `missing`
    the saves before its last ones that did not come, in the kelurahan `lacking`. `events` says how the events noted
    there go on from those seen before (trust/checkpoints.py). Times are ISO 8601.
    """

    node: str
    name: str
    role: str
    person: str
    serial: int
    written: str
    arrived: str
    files: int
    counts: Mapping[str, int]
    missing: int
    lacking: tuple[str, ...]
    enrolment: str = members.UNKNOWN  # how it stands, see actions/trust/members.py
    events: str = ""


def known_senders(workspace: Workspace, area: str) -> list[KnownSender]:
    """Return who sent files of an area here, who sent last first; this workspace's own files are nobody's."""
    with workspace.asking() as connection:
        register = enrolment.register(connection)
        came: dict[str, list[Transfer]] = defaultdict(list)
        for each in transfers.log(connection):
            if each.direction == "in" and "undone" not in each.result and _is_of(each, area):
                came[_node(each)].append(each)
        met = {each.node: each for each in receipts.acquainted(connection)}
        found = [
            _sender(connection, register, met.get(node) or _introduced(files[0]), files)
            for node, files in came.items() if node
        ]
    events = checkpoints.of_senders(workspace)
    found = [replace(each, events=events.get(each.node, "")) for each in found]
    return sorted(found, key=lambda each: each.arrived, reverse=True)


def _told(transfer: Transfer) -> Mapping[str, object]:
    sender = transfer.result.get("sender")
    return sender if isinstance(sender, Mapping) else {}


def _node(transfer: Transfer) -> str:
    """Return whose file it was; "" for this workspace's own, and where an older release noted nobody."""
    sender = _told(transfer)
    return "" if sender.get("standing") == OWN else str(sender.get("node", ""))


def _is_of(transfer: Transfer, area: str) -> bool:
    areas = transfer.result.get("areas")
    return not isinstance(areas, list) or not areas or any(concerns(str(each), area) for each in areas)


def _introduced(transfer: Transfer) -> Acquaintance:
    """Return a sender that nothing is remembered of, as its file says: its signature had changed."""
    sender = {key: str(value) for key, value in _told(transfer).items()}
    return Acquaintance(sender["node"], sender.get("workspace", ""), sender.get("role", ""), sender.get("person", ""),
                        0, sender.get("time", ""))


def _sender(
    connection: Connection, register: Register, known: Acquaintance, files: Sequence[Transfer]
) -> KnownSender:
    counts = {name: sum(_count(each, name) for each in files) for name in ("read", *OUTCOMES, HELD)}
    missing = _missing(connection, [each.id for each in files])
    of_node = Counter[str]()
    for holed in missing.values():
        of_node |= Counter(holed)  # a save that is missing for two places is one
    return KnownSender(
        known.node, known.name, known.role, known.person, known.serial, known.time,
        max(each.time for each in files), len(files), counts, of_node.total(), tuple(sorted(missing)),
        members.sender_state(connection, register, known.key, known.role, known.node),
    )


def _count(transfer: Transfer, name: str) -> int:
    counted = transfer.result.get(name)
    return counted if isinstance(counted, int) else 0


def _missing(connection: Connection, ids: Sequence[str]) -> dict[str, Mapping[str, int]]:
    """Return by place how many saves of which node are missing before those that these imports brought."""
    wanted: dict[str, dict[str, int]] = defaultdict(dict)
    for place, span in spans.of_transfers(connection, ids):
        wanted[place][span.node] = max(span.since, wanted[place].get(span.node, 0))
    known, own = facts.known_edits(connection), lineage.own_edits(connection)
    found = {
        place: holes(join(known.get(place, {}), own), spans.of_place(connection, place), since)
        for place, since in wanted.items()
    }
    return {place: holed for place, holed in found.items() if holed}
