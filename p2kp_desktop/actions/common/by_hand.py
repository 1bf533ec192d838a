"""The file held against the events that were noted: what no event tells was written with another program.

Who may change a file can write into it that another root counts, that nobody was revoked, or that a viewer keys. He can
take the last saves of another office out of it with all that they gave: a gap in the middle of a chain shows, and the
registry knows one's own last save, but nothing tells of that end. The events are a signed chain, whose length is known
outside the file; so they tell what people here did, and how far saves had come when something arrived.
"""

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from p2kp_desktop.exchange import signing
from p2kp_desktop.language import say
from p2kp_desktop.schema.certificates import holds
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.roles import role_words
from p2kp_desktop.store import Connection, audit, certified, facts, history, persons
from p2kp_desktop.store.audit import SIGNED_WITH, Noted

from . import events

Ends = Mapping[str, int]  # how many saves there are of a node in a place

_ENDS = "ends"


def faults(connection: Connection, told: Sequence[Noted]) -> Iterator[str]:
    """Yield in words what stands in the file of roots, of revocations and of persons, and no event tells.

    What was `told` are events that count (events.py: proven).
    """
    since = max((at for at, each in enumerate(told, start=1) if each.act == events.SALVAGED), default=0)
    enrolment = [each for each in told if each.act == events.ENROLMENT]
    if not since:  # who saves what is left of a file may have lost its events
        yield from _roots(connection, enrolment)
    yield from _revocations(connection, enrolment)
    yield from _persons(connection, [each for each in told[since:] if each.act == events.PERSONS])
    yield from _cut_off(connection, told)


def ends(connection: Connection) -> Ends:
    """Return how many saves of each node are here of each place."""
    return {_chain(name, place): number for name, place, number in history.ends(connection)}


def _chain(name: str, place: str) -> str:
    """Name a chain by letters: an event masks long numbers, and a stranger may call node and place anything."""
    return base64.b32encode(hashlib.sha256(f"{name}\n{place}".encode()).digest())[:16].decode().lower()


def note(connection: Connection, act: str, before: Ends, **what: events.Plain) -> None:
    """Note an act that may have changed how far saves reach here; `before` is how far they did then.

    What has become less is told only as far as the act itself made it so.
    """
    known = _known(audit.noted(connection), lambda noted: events.is_ours(connection, noted))
    now = ends(connection)
    moved = {
        chain: now.get(chain, 0) for chain in sorted({*now, *before})
        if now.get(chain, 0) > known.get(chain, 0) or now.get(chain, 0) < before.get(chain, 0)
    }
    events.note(connection, act, **what, **{_ENDS: " ".join(f"{chain}={number}" for chain, number in moved.items())})


def _known(told: Sequence[Noted], counts: Callable[[Noted], bool] = lambda _noted: True) -> dict[str, int]:
    """Return how far saves had come by what the events tell; nothing from before a damaged file was saved.

    An event by which there is less than before is believed only where it `counts`; that is asked of few.
    """
    found: dict[str, int] = {}
    for each in told:
        if each.act == events.SALVAGED and found and counts(each):
            found = {}
        told_here = {chain: int(number) for chain, number in _told(each) if number.isdecimal()}
        is_less = any(number < found.get(chain, 0) for chain, number in told_here.items())
        if not is_less or counts(each):
            found |= told_here
    return found


def _told(noted: Noted) -> Iterator[tuple[str, str]]:
    for end in str(noted.what.get(_ENDS, "")).split():
        chain, _, number = end.partition("=")
        yield chain, number


def _cut_off(connection: Connection, told: Sequence[Noted]) -> Iterator[str]:
    """Yield how many saves that had come are not here any more, and of which places, as far as that is known."""
    here = ends(connection)
    lost = {chain: number - here.get(chain, 0) for chain, number in _known(told).items()
            if number > here.get(chain, 0)}
    if not lost:
        return
    known = facts.known_edits(connection)
    places = {place for place, edits in known.items() for name in edits if place and _chain(name, place) in lost}
    yield say("{count} simpanan yang pernah ada di berkas ini hilang ({places}). Pulihkan cadangan terakhir, atau "
              "terima lagi paket yang memuatnya.", count=sum(lost.values()),
              places=", ".join(sorted(map(region_name, places))) or say("wilayahnya tidak diketahui"))


def _roots(connection: Connection, told: Sequence[Noted]) -> Iterator[str]:
    """Yield that another root counts than the one that was compared last, or that this office made itself."""
    root = certified.root(connection)
    last = next((each for each in reversed(told) if each.what.get("kind") in ("root", "taken")), None)
    if root is None:
        return
    own = [signing.fingerprint(key) for key in facts.everything(connection).get(SIGNED_WITH, "").split()]
    meant = [] if last is None else [str(last.what["key"])] if "key" in last.what else own
    if signing.fingerprint(root.key) not in meant:
        yield say("Induk pendaftaran diganti di luar program: {words} tidak pernah dibandingkan di sini.",
                  words=signing.fingerprint(root.key))


def _revocations(connection: Connection, told: Sequence[Noted]) -> Iterator[str]:
    """Yield whose revocation is gone, and whose nobody signed."""
    here = certified.all_revocations(connection)
    revoked = {signing.fingerprint(each.key) for each in here}
    for each in (each for each in told if each.what.get("kind") == "revoked"):
        words, name = str(each.what.get("key")), str(each.what.get("who", ""))
        if words not in revoked:
            yield say("Pencabutan {name} ({words}) hilang dari berkas ini. Cabut lagi di Pengaturan › Pendaftaran.",
                      name=name, words=words)
    for one in here:
        if not holds(one, signing.is_mark):
            yield say("Pencabutan {words} ditulis di luar program: tidak ada kantor yang menandatanganinya.",
                      words=signing.fingerprint(one.key))


def _persons(connection: Connection, told: Sequence[Noted]) -> Iterator[str]:
    """Yield whose role or place on the list is another than was said last."""
    roles, active = dict[str, str](), dict[str, bool]()
    for each in told:
        who, kind = str(each.what.get("who", "")), each.what.get("kind")
        if "role" in each.what:
            roles[who] = str(each.what["role"])
        active[who] = kind != "taken_off" if kind != "role" else active.get(who, True)
    entered = persons.entered(connection)
    for who in sorted(active):
        now = entered.get(who)
        if now is None or now.role != roles.get(who, now.role) or now.active != active[who]:
            yield say("Petugas {person} diubah di luar program: yang tercatat terakhir ialah {role}.", person=who,
                      role=role_words(roles.get(who, "")) or "-")
