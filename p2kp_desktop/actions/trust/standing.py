"""Whom an office trusts for what: by the key that signed a bundle, never by what the bundle says of itself.

Certificates come first (enrolment.py). Where a root is known here, an office is believed with a certificate of its
role, in the regions of that, and an enrolled facilitator counts as met; a revoked key, or another one than a node was
certified with, is **barred**: all that it brings waits. An office that was accepted before enrolment began goes on
until one of its role is enrolled there, and who was met before it counts as met; a key that comes later does not, until
it is enrolled or a person accepts it.

Where nobody is enrolled, trust begins with the first use. A key that signed an earlier bundle is **met**. A key that
claims to be of an office that reviews is **accepted** for its regions where it is the first of that role there, and,
for an office above that verified records itself, where something was sent to such an office before; any other waits
until a person says that it is right. Whoever is accepted and was met before **vouches** for what it relays.

The saves of a workspace come from itself, once its key is known; before that from whoever brought them first; or from
an office that vouches. A count is believed as far as rows of history reach; where an office that is known leaves rows
out, because its receiver was sent them before or they lie in another place, it is believed without.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from p2kp_desktop import environment
from p2kp_desktop.actions.common import events
from p2kp_desktop.exchange import signing
from p2kp_desktop.exchange.bundle import Manifest
from p2kp_desktop.schema.branches import FOR_EVER, origin
from p2kp_desktop.schema.causality import RANKS, Dot, Version
from p2kp_desktop.schema.certificates import Certificate
from p2kp_desktop.schema.claims import Reach
from p2kp_desktop.schema.places import lies_in
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import (
    Connection,
    Workspace,
    facts,
    history,
    node,
    own_keys,
    rights,
    signers,
    transfers,
    trusted,
)
from p2kp_desktop.store.receipts import Acquaintance
from p2kp_desktop.store.trusted import Accepted

from . import enrolment
from .enrolment import Register

LOWEST = RANKS["facilitator"]
EVERYWHERE = ""
VERIFYING = "verifikasi"  # the origin of a row of history that verifies


@dataclass(frozen=True)
class Trust:
    """What the sender of one bundle may do here.

    `met` says that its key signed a bundle before, or that a person accepted it; `regions` are those in which it may
    act as the office that it says it is, None where it may not. `own` are the nodes whose saves are its own.
    """

    key: str = ""
    role: str = ""
    met: bool = False
    regions: tuple[str, ...] | None = None
    own: frozenset[str] = frozenset()
    here: frozenset[str] = field(default=frozenset(), repr=False)  # the nodes of this workspace
    guarded: bool = False  # this office verified records itself, so that others' verifications are not taken on trust
    barred: str = ""  # why all that it brings waits: enrolment.REVOKED or KEY_CHANGED
    enrolled: bool = False

    def reviews(self, version: Version) -> bool:
        """Say whether the sender may act as a reviewer of this record."""
        return self.regions is not None and is_inside(version.places, self.regions)

    @property
    def is_known_office(self) -> bool:
        """Say whether the sender is an office that was met before, or that a person accepted: it relays for others."""
        return self.met and self.regions is not None

    def vouches(self, version: Version) -> bool:
        """Say whether the sender may do with this record whatever an office may."""
        return self.met and self.reviews(version)

    def believed(self, reach: Reach, signs: Callable[[str], bool] = lambda _name: False) -> Reach:
        """Return how far counts of each node are believed: of its own saves one who was met may say what it likes.

        Of a node that `signs` its saves nobody else is believed further than these reach.
        """
        def at_will(name: str) -> bool:
            return (self.is_known_office and not signs(name)) or (self.met and name in self.own)

        return lambda name: FOR_EVER if at_will(name) else reach(name)


def is_inside(places: Iterable[str], regions: Sequence[str]) -> bool:
    """Say whether one of these places lies in the regions, or one of them in it."""
    found = list(places)  # what ever stood nowhere, «», concerns everybody
    return not found or any(_touch(place, region) for place in found for region in regions)


def _touch(one: str, other: str) -> bool:
    return not one or not other or lies_in(one, other) or lies_in(other, one)


def trust(connection: Connection, manifest: Manifest, key: str) -> tuple[Trust, list[Accepted]]:
    """Return the rights of the sender of a bundle that this key signed («» for nobody), and what is new of them."""
    here = _here(connection)
    if key and key == signing.public_of(own_keys.signing(connection)):
        return Trust(key, manifest.role, True, (EVERYWHERE,), here | trusted.nodes_of(connection, key), here), []
    guarded, register = _has_verified(connection), enrolment.register(connection)
    barred = register.barred(manifest.node, key)
    certificate = _certificate(register, key, manifest.role)
    if not (barred or (certificate and manifest.node in register.nodes_of(certificate))):
        others = trusted.keys_of(connection, manifest.node)
        another = others and key not in others and trusted.is_own(connection, manifest.node)
        ours = manifest.node in here and key not in signers.keys_of(connection, origin(manifest.node))[0]
        if not key or another or ours:  # who signs nothing, or not with the key that it is known by
            return Trust("", manifest.role, here=here, guarded=guarded), []
    known = _Known(connection, register, key, manifest.role, manifest.node)
    if register.is_begun or barred:
        return known.trust(here, guarded=guarded, barred=barred), []
    accepted = trusted.accepted(connection, manifest.role)
    fresh = list(_first_of_its_role(connection, manifest, key, accepted, guarded=guarded))
    return known.trust(here, [each.region for each in fresh], guarded=guarded), fresh


def _here(connection: Connection) -> frozenset[str]:
    """Return the nodes whose saves were made here.

    One of before that made none is another's: of the workspace, prepared for many, that this one was copied from.
    """
    now = facts.facts(connection).node
    return frozenset(
        name for name in node.made_here(connection) if name == now or history.last_tick(connection, name)
    )


@dataclass(frozen=True)
class _Known:
    """What is known of a key that acts in a role under a node."""

    connection: Connection
    register: Register
    key: str
    role: str
    node: str

    def trust(
        self, here: frozenset[str], fresh: Sequence[str] = (), *, guarded: bool, barred: str = ""
    ) -> Trust:
        """Return its rights; `fresh` are the regions in which it is the first."""
        if barred:
            return Trust(self.key, self.role, here=here, guarded=guarded, barred=barred)
        certificate = _certificate(self.register, self.key, self.role)
        signed = trusted.nodes_of(self.connection, self.key)
        accepted = [each for each in self._accepted() if self._goes_on(each)]
        by_person = any(each.person for each in accepted)
        is_office = RANKS.get(self.role, 0) > LOWEST
        certified = certificate.regions if certificate and is_office else ()
        held = [each.region for each in accepted] if is_office or by_person else []
        regions = (*certified, *held, *(fresh if is_office or by_person else ()))
        nodes = self.register.nodes_of(certificate) if certificate else frozenset[str]()
        own = signed | {self.node} | nodes if self.key else nodes
        met = by_person or certificate is not None or (bool(signed) and self._was_known_in_time())
        return Trust(self.key, self.role, met, regions or None, own, here, guarded, enrolled=certificate is not None)

    def _was_known_in_time(self) -> bool:
        """Say whether to have signed an earlier bundle says anything: not where others are enrolled since before it."""
        root = self.register.root
        if root is None or self.register.ever(self.key):
            return True
        return transfers.came_before_enrolment(self.connection, self.key)

    def _accepted(self) -> list[Accepted]:
        return [each for each in trusted.accepted(self.connection, self.role) if self.key and each.key == self.key]

    def _goes_on(self, each: Accepted) -> bool:
        """Say whether what was accepted still counts, now that offices are enrolled."""
        root = self.register.root
        if root is None or (each.person and each.time >= root.time):
            return True  # a person said so, knowing of the enrolment
        if self.register.ever(self.key):
            return False  # it is enrolled, or was: its certificate tells
        offices = self.register.offices(self.role)
        return not any(_touch(each.region, region) for office in offices for region in office.regions)


def _certificate(register: Register, key: str, role: str) -> Certificate | None:
    found = register.certificate(key)
    return found if found and found.role == role else None


def _first_of_its_role(
    connection: Connection, manifest: Manifest, key: str, accepted: Sequence[Accepted], *, guarded: bool
) -> Iterable[Accepted]:
    """Yield the regions in which a key is the first of an office that reviews."""
    if RANKS.get(manifest.role, 0) <= LOWEST:
        return
    mine = {each.region for each in accepted if each.key == key}
    if not mine and guarded and not _is_expected(connection, manifest.role):
        return
    others = [each.region for each in accepted if each.key != key]
    for region in manifest.regions or (EVERYWHERE,):
        if region not in mine and not any(_touch(region, taken) for taken in others):
            yield Accepted(key, manifest.role, region, time=environment.now())


def _is_expected(connection: Connection, role: str) -> bool:
    """Say whether an office of a role may be met for the first time: one below, or one that was sent something."""
    return RANKS[role] < RANKS.get(facts.facts(connection).role, 0) or any(
        line.is_sent and line.result.get("to") == role for line in transfers.log(connection)
    )


def _has_verified(connection: Connection) -> bool:
    """Say whether this office verified records: who did not has nothing that a stranger could undo."""
    reviews = RANKS.get(facts.facts(connection).role, 0) > LOWEST
    return reviews and history.has_made(connection, node.own_nodes(connection), VERIFYING)


class Bringing:
    """Whose saves are taken from the sender of a bundle, save by save."""

    def __init__(self, connection: Connection, whose: Trust) -> None:
        self._connection, self._trust = connection, whose
        self._register = enrolment.register(connection)
        self._may: dict[str, bool] = {}
        self.nodes: set[str] = set()
        self._unread: dict[str, list[int]] = {}

    def may_bring(self, dot: Dot) -> bool:
        """Say whether a save that is not known here is taken from this sender, though its node did not sign it."""
        if self.speaks_for(dot.node):
            self.nodes.add(dot.node)
        return self.speaks_for(dot.node)

    def speaks_for(self, node: str) -> bool:
        """Say whether what the sender tells of the saves of a node is taken."""
        name = origin(node)
        if name not in self._may:
            self._may[name] = self._looked_up(name)
        return self._may[name]

    def unread(self, text: str) -> None:
        """Take note of a row that this release cannot read, as those of the first one, for the save that it names."""
        with suppress(ValueError, TypeError, RecursionError):
            name, tick, *_rest = json.loads(text)
            if isinstance(name, str) and type(tick) is int:
                self._unread.setdefault(name, []).append(tick)

    def reach(self, name: str) -> int:
        """Return the count of a node's last save that a row tells of, here or in the bundle.

        Of a node that nothing is known of here, rows that cannot be read tell as many saves as there are of them.
        """
        last = history.last_tick(self._connection, name)
        unread = self._unread.get(name, ())
        return last or min(max(unread, default=0), len(unread))

    def note(self, transfer: str, first: Sequence[Accepted]) -> None:
        """Note who brought what with an import, and in which regions its sender is the first of its role."""
        trusted.accept(self._connection, [replace(each, transfer=transfer) for each in first])
        trusted.note_brought(self._connection, self.nodes, self._trust.key, transfer)

    def _looked_up(self, name: str) -> bool:
        whose = self._trust
        if whose.barred:
            return False
        if whose.regions is not None and (whose.met or not whose.guarded):
            return True
        if name in whose.here:
            # What this workspace may have lost comes back from an office that it trusts, from whoever has the key with
            # which it was saved, as the laptop that this file was copied from, or by a person.
            return name in whose.own and whose.key in signers.keys_of(self._connection, name)[0]
        keys = self._register.keys_of(name) or trusted.keys_of(self._connection, name)
        return not keys or name in whose.own or (bool(whose.key) and whose.key in keys)


def of_key(
    connection: Connection, key: str, role: str, name: str, came: Sequence[Certificate] = ()
) -> Trust:
    """Return the present rights of whoever sent something with a key, where nothing is said but by certificates."""
    register, here = enrolment.register(connection, came), _here(connection)
    return _Known(connection, register, key, role, name).trust(
        here, guarded=_has_verified(connection), barred=register.barred(name, key)
    )


def is_believed(connection: Connection, known: Acquaintance) -> bool:
    """Say whether what a workspace says to have counts: of an office that reviews only where it may act as one."""
    whose = of_key(connection, known.key, known.role, known.node)
    return not whose.barred and (RANKS.get(known.role, 0) <= LOWEST or whose.regions is not None)


def accept(workspace: Workspace, key: str, role: str, *, reason: str, regions: Sequence[str] = (EVERYWHERE,)) -> None:
    """Let a key act in a role from now on, because the person here says so."""
    with workspace.changing() as connection:
        rights.must(connection, Deed.ADMIT)
        accept_within(connection, key, role, reason=reason, regions=regions)


def accept_within(
    connection: Connection, key: str, role: str, *, reason: str, regions: Sequence[str] = (EVERYWHERE,),
    transfer: str = "",
) -> None:
    """Do the same in a transaction; what `transfer` was the first to say is forgotten when that is taken back."""
    who = facts.facts(connection).person
    events.note(connection, events.TRUSTED, key=signing.fingerprint(key), role=role, region=" ".join(regions),
                reason=reason)
    before = {each.region for each in trusted.accepted(connection, role) if each.key == key}
    trusted.accept(connection, [
        Accepted(key, role, region, "" if region in before else transfer, who, reason, environment.now())
        for region in regions
    ])
