"""Every workspace that sent a file here: what came of it, and what of its saves did not come."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from p2kp_desktop.schema.causality import join
from p2kp_desktop.schema.knowing import holes
from p2kp_desktop.schema.places import concerns
from p2kp_desktop.store import Connection, Workspace, facts, lineage, receipts, spans, transfers
from p2kp_desktop.store.receipts import Acquaintance
from p2kp_desktop.store.transfers import Transfer

from .receipt_outcome import OUTCOMES, OWN


@dataclass(frozen=True)
class KnownSender:
    """A workspace that sent files here, as it last introduced itself.

    `written` is when it wrote its newest bundle, by its own clock, and `serial` the number of that; `arrived` when
    the last file came. `files` counts those received and not taken back, `counts` the records in them, and `missing`
    the saves before its last ones that did not come, in the kelurahan `lacking`. Times are ISO 8601.
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


def known_senders(workspace: Workspace, area: str) -> list[KnownSender]:
    """Return who sent files of an area here, who sent last first; this workspace's own files are nobody's."""
    with workspace.asking() as connection:
        came: dict[str, list[Transfer]] = defaultdict(list)
        for each in transfers.log(connection):
            if each.direction == "in" and "undone" not in each.result and _is_of(each, area):
                came[_node(each)].append(each)
        met = {each.node: each for each in receipts.acquainted(connection)}
        found = [
            _sender(connection, met.get(node) or _introduced(files[0]), files) for node, files in came.items() if node
        ]
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


def _sender(connection: Connection, known: Acquaintance, files: Sequence[Transfer]) -> KnownSender:
    counts = {name: sum(_count(each, name) for each in files) for name in ("read", *OUTCOMES)}
    missing = _missing(connection, [each.id for each in files])
    of_node = Counter[str]()
    for holed in missing.values():
        of_node |= Counter(holed)  # a save that is missing for two places is one
    return KnownSender(
        known.node, known.name, known.role, known.person, known.serial, known.time,
        max(each.time for each in files), len(files), counts, of_node.total(), tuple(sorted(missing)),
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
