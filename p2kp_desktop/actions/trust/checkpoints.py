"""Checkpoints: how far the events noted in a workspace reach, told by every bundle to whoever receives it.

The signed manifest names the last event by number and hash, and carries the digests of those since what its receivers
are known to have seen. An office that saw an earlier hash reckons from it whether the new one goes on from there. Where
it does not, events that were seen are gone: the receipt says so, and the list of senders keeps it. Nothing is refused.

A backup that is put back, or a copy, goes on under another node, as the program sees to; so a chain that breaks under
the same node was rewritten, or a whole laptop was put back to an earlier day.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from p2kp_desktop.exchange.bundle import AUDIT, MOST_EDITS, Manifest
from p2kp_desktop.language import say
from p2kp_desktop.store import Connection, Workspace, audit, checkpoints, node, receipts
from p2kp_desktop.store.checkpoints import OURS, THEIRS, Checkpoint
from p2kp_desktop.store.node import Reached

MOST = 400  # digests in a bundle: 17 kB; of an office that saw nothing newer the chain cannot be reckoned
_DIGEST = 32  # bytes
_HASH = 64  # figures
_MOST_SEEN = 2000  # nodes of which a return bundle says how far they were seen

FIRST, GOES_ON, OLDER, UNTOLD, TOO_FAR = "first", "goes_on", "older", "untold", "too_far"
PUT_BACK, REWRITTEN = "put_back", "rewritten"
BROKEN = (PUT_BACK, REWRITTEN)


def standing_words(standing: str) -> str:
    """Return in words how the events of a sender go on from those seen before; "" where nothing is to be said."""
    return {
        GOES_ON: say("menyambung"), FIRST: say("menyambung"), OLDER: say("menyambung"),
        UNTOLD: say("tidak disebutkan lagi"), TOO_FAR: say("belum dapat dibandingkan"),
        PUT_BACK: say("kembali ke keadaan lama"), REWRITTEN: say("ditulis ulang"),
    }.get(standing, "")


@dataclass(frozen=True)
class Claimed:
    """What a manifest says of its sender's events: the last one, and the digests of those after `since`."""

    head: Reached
    since: int
    base: str  # the hash of the event numbered `since`
    digests: tuple[bytes, ...]

    def hash_at(self, number: int) -> str:
        """Return the hash of an event as the digests have it; "" where they do not reach it."""
        if not self.since <= number <= self.head.number:
            return ""
        reckoned = self.base
        for digest in self.digests[: number - self.since]:
            reckoned = audit.next_hash(reckoned, digest)
        return reckoned


def statement(connection: Connection, to: str) -> dict[str, object]:
    """Return the part of a bundle for a role on the events noted here, by its key in a manifest; nothing where none is.

    Back to those who sent it also says how far their events were seen.
    """
    head = audit.head(connection)
    seen = {
        each.node: [each.number, each.hash] for each in list(checkpoints.newest(connection).values())[:_MOST_SEEN]
    }
    if not head.number:
        return {AUDIT: {"seen": seen}} if seen else {}
    since = max(_seen_by(connection, to), head.number - MOST)
    digests = b"".join(audit.digests(connection, since))
    return {AUDIT: {
        "number": head.number, "hash": head.hash, "since": since, "base": audit.hash_at(connection, since),
        "digests": base64.b64encode(digests).decode(), **({"seen": seen} if seen else {}),
    }}


def _seen_by(connection: Connection, role: str) -> int:
    """Return the number up to which every known workspace of a role saw the events noted here."""
    told = checkpoints.newest(connection, OURS)
    reached = [told.get(each.node) for each in receipts.acquainted(connection, role)]
    known = [each.number if each and audit.hash_at(connection, each.number) == each.hash else 0 for each in reached]
    return min(known, default=0)


def told(manifest: Manifest) -> Claimed | None:
    """Return the part of a manifest on its sender's events; None where it says nothing, or nothing that can be."""
    said = manifest.more.get(AUDIT)
    if not isinstance(said, dict):
        return None
    number, since, own, base, text = (said.get(key) for key in ("number", "since", "hash", "base", "digests"))
    if not (_is_number(number) and _is_number(since) and since < number):
        return None
    if not (_is_hash(own) and (_is_hash(base) if since else base == "") and isinstance(text, str)):
        return None
    try:
        whole = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    digests = tuple(whole[at : at + _DIGEST] for at in range(0, len(whole), _DIGEST))
    if len(whole) != _DIGEST * (number - since) or len(digests) > MOST:
        return None
    found = Claimed(Reached(number, str(own)), since, str(base), digests)
    return found if found.hash_at(number) == own else None


def _is_number(told: object) -> TypeGuard[int]:
    return type(told) is int and 0 <= told < MOST_EDITS  # what a database can hold


def _is_hash(text: object) -> bool:
    return isinstance(text, str) and len(text) == _HASH and all(letter in "0123456789abcdef" for letter in text)


def learn(connection: Connection, manifest: Manifest, key: str, transfer: str) -> tuple[str, ...]:
    """Keep how far the events of a sender reach, and return in words what is to be known of that.

    `key` signed the bundle and is the sender's: of anybody else's word nothing is kept, or a stranger could make the
    genuine one look false.
    """
    _learn_ours(connection, manifest, key, transfer)
    said, before = told(manifest), checkpoints.of_node(connection, manifest.node)
    number = manifest.serial()
    standing = _standing(connection, said, before, key, number)
    if not standing:
        return ()
    known = before or checkpoints.of_key(connection, key)
    head = said.head if said else Reached(0, "")
    checkpoints.keep(connection, Checkpoint(
        transfer, THEIRS, manifest.node, key, head.number, head.hash, number, standing, manifest.time,
    ))
    return _words(manifest.workspace, standing, max((each.number for each in known), default=0))


def _standing(
    connection: Connection, said: Claimed | None, before: Sequence[Checkpoint], key: str, serial: int
) -> str:
    """Return how what a bundle says goes on from what was seen; "" where nothing was ever said."""
    seen = _since_break(before)
    if said is None:
        newer = bool(seen) and serial > seen[0].serial
        return UNTOLD if newer else ""
    if not before:
        return _first_of_node(connection, said, key)
    kept = [each for each in seen if each.number]
    reckoned = [(each, said.hash_at(each.number)) for each in kept if each.number <= said.head.number]
    if any(mine and mine != each.hash for each, mine in reckoned):
        return REWRITTEN
    if any(each.number > said.head.number and each.serial < serial for each in kept):
        return REWRITTEN  # a later bundle tells of fewer
    if any(mine for _each, mine in reckoned):
        return GOES_ON
    if any(each.number > said.head.number for each in kept):
        return OLDER
    return TOO_FAR if kept else GOES_ON


def _first_of_node(connection: Connection, said: Claimed, key: str) -> str:
    """Return how the first bundle of a node goes on from those that its key signed under others."""
    others = [each for each in checkpoints.of_key(connection, key) if each.number]
    if not others:
        return FIRST
    newest = others[0]
    mine = said.hash_at(newest.number)
    if newest.number > said.head.number or mine not in ("", newest.hash):
        return PUT_BACK
    return GOES_ON if mine else TOO_FAR


def _since_break(before: Sequence[Checkpoint]) -> list[Checkpoint]:
    """Return the checkpoints seen since events were last found broken, that included; the last that came first."""
    found = []
    for each in before:
        found.append(each)
        if each.standing in BROKEN:
            break
    return found


def _words(sender: str, standing: str, seen: int) -> tuple[str, ...]:
    if standing == REWRITTEN:
        return (say("Catatan kejadian {sender} ditulis ulang: yang dilihat di sini sampai nomor {number} tidak lagi "
                    "menjadi bagiannya. Bisa juga seluruh laptopnya dikembalikan ke keadaan lama. Tanyakan kepada "
                    "pengirimnya.", sender=sender, number=seen),)
    if standing == PUT_BACK:
        return (say("Catatan kejadian {sender} kembali ke keadaan lama: sebagian dari yang dilihat di sini sampai "
                    "nomor {number} tidak ada lagi. Ruang kerjanya dipulihkan dari cadangan, disalin, atau catatannya "
                    "dipotong.", sender=sender, number=seen),)
    if standing == UNTOLD:
        return (say("Paket {sender} tidak lagi menyebut catatan kejadiannya, padahal sebelumnya menyebutnya.",
                    sender=sender),)
    if standing == TOO_FAR:
        return (say("Catatan kejadian {sender} belum dapat dibandingkan: terlalu banyak yang terjadi sejak paket "
                    "terakhirnya. Kirim paket balik kepadanya.", sender=sender),)
    return ()


def _learn_ours(connection: Connection, manifest: Manifest, key: str, transfer: str) -> None:
    """Keep how far a sender says that it saw the events noted here."""
    said = manifest.more.get(AUDIT)
    seen = said.get("seen") if isinstance(said, dict) else None
    if not isinstance(seen, dict):
        return
    reached = [
        Reached(each[0], each[1]) for name in node.own_nodes(connection)
        if isinstance(each := seen.get(name), list) and len(each) == 2 and _is_number(each[0]) and _is_hash(each[1])
    ]
    sound = [each for each in reached if audit.hash_at(connection, each.number) == each.hash]
    if sound:
        best = max(sound, key=lambda each: each.number)
        checkpoints.keep(connection, Checkpoint(
            transfer, OURS, manifest.node, key, best.number, best.hash, 0, "", manifest.time,
        ))


def of_senders(workspace: Workspace) -> Mapping[str, str]:
    """Return by node how its events stand: broken where they ever were, since a later bundle mends nothing."""
    with workspace.asking() as connection:
        last = checkpoints.newest(connection)
        return {
            name: next((one.standing for one in checkpoints.of_node(connection, name) if one.standing in BROKEN),
                       each.standing)
            for name, each in last.items()
        }
