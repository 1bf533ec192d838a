"""Meeting a sender: whose key it is, what the sender has, and what this workspace knows now."""

from collections.abc import Mapping
from itertools import starmap

from p2kp_desktop.exchange import signing
from p2kp_desktop.exchange.bundle import Manifest
from p2kp_desktop.language import say
from p2kp_desktop.schema.causality import Dot, Vector, covers, join
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.store import Connection, Workspace, facts, lineage, node, receipts

from .received import CHANGED, KNOWN, NEW, OWN, UNSIGNED, Sender
from .wording import when


def sender(connection: Connection, manifest: Manifest, key: str) -> Sender:
    """Return who sent a bundle that this public key signed («» for nobody), compared with what is remembered."""
    before = receipts.remembered(connection, manifest.node)
    remembered = before.key if before else ""
    if manifest.node in node.own_nodes(connection):
        standing = OWN
    elif remembered and key != remembered:
        standing = CHANGED
    elif not key:
        standing = UNSIGNED
    else:
        standing = KNOWN if remembered else NEW
    return Sender(
        manifest.node, manifest.workspace, manifest.role, manifest.person, manifest.time,
        signing.fingerprint(key) if key else "", standing,
        signing.fingerprint(remembered) if standing == CHANGED else "", key,
    )


def trust(workspace: Workspace, whose: Sender) -> None:
    """Remember a sender's changed key from now on: a person compared the six words with the sender."""
    with workspace.changing() as connection:
        receipts.trust(connection, whose.node, whose.key)


def meet(connection: Connection, manifest: Manifest, key: str, whose: Sender) -> int | None:
    """Take the bundle as a receipt: its sender has what it includes. One whose key changed says nothing.

    Returns the serial number when it is the newest bundle of this sender.
    """
    if whose.standing in (OWN, CHANGED):
        return None
    serial = manifest.more.get("serial")
    forks = lineage.forks(connection)
    includes = {place: lineage.capped(edits, forks) for place, edits in manifest.includes.items()}
    number = serial if isinstance(serial, int) else 0
    newest = receipts.met(connection, receipts.Acquaintance(
        manifest.node, manifest.workspace, manifest.role, manifest.person, number, manifest.time, key,
    ), includes)
    return number if newest else None


def learn(connection: Connection, manifest: Manifest, own: Vector, *, whole: bool) -> tuple[str, ...]:
    """Advance what this workspace knows, where the bundle joins on without a gap; return the gaps in words.

    `own` are the edits made here, before the bundle came. A bundle that was not taken over `whole`, or came
    without names, teaches nothing: only its gaps are told.
    """
    known, forks = facts.known_edits(connection), lineage.forks(connection)
    counting = lineage.counting(connection)
    gaps = []
    for place, edits in manifest.includes.items():
        here = join(known.get(place, {}), own)
        since = manifest.since.get(place, {})
        lacking = [dot for dot in starmap(Dot, since.items()) if not covers(here, dot)]
        if lacking:
            gaps.append(_gap(connection, manifest, place, sum(dot.tick - here.get(dot.node, 0) for dot in lacking)))
        elif whole and not manifest.withheld:
            learnt = {name: tick for name, tick in lineage.capped(edits, forks).items() if name != counting}
            facts.learn(connection, place, learnt)
    return tuple(gaps)


def _gap(connection: Connection, manifest: Manifest, place: str, edits: int) -> str:
    before = receipts.remembered(connection, manifest.node)
    last = say("yang terakhir diterima dibuat {time}", time=when(before.time)) if before else say("belum pernah ada")
    where = region_name(place) if place else say("semua wilayah")
    return say(
        "Paket sebelumnya dari {sender} untuk {place} belum diterima ({last}); {count} simpanan belum ada di sini. "
        "Minta paket itu, atau paket lengkap.", sender=manifest.workspace, place=where, last=last, count=edits,
    )


def remembered(connection: Connection, node_of_sender: str) -> Mapping[str, object] | None:
    """Return what is remembered of a sender, as the log keeps it so that an import can be taken back."""
    known = receipts.remembered(connection, node_of_sender)
    if known is None:
        return None
    return vars(known) | {"knows": facts.known_edits(connection, known.node)}
