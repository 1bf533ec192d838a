"""Which saves of a bundle their own node signed, and what is taken of the others.

A signed save proves itself: it is taken whoever brings it, unless its key was revoked and no office that is known
brings it, or its bringer is barred. By which key a node signs, this office knows from its certificate (enrolment.py),
else from the node's own workspace, else from whoever spoke of it first (store/signers.py). Saves of releases before
saves were signed have no signature: they are taken from those who may bring them (standing.py), but a node that signs
has no unsigned save after its first signed one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from p2kp_desktop.schema.branches import origin
from p2kp_desktop.schema.causality import Dot, Save, Version
from p2kp_desktop.schema.claims import Reach
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.schema.save_signing import holds, signed
from p2kp_desktop.schema.signing_keys import public_of
from p2kp_desktop.store import Connection, Workspace, branching, lineage, own_keys, records, signers
from p2kp_desktop.store.held import Held
from p2kp_desktop.store.history import Welcome
from p2kp_desktop.store.signers import ITSELF, OTHERS, Signer
from p2kp_desktop.store.trusted import Accepted

from . import enrolment, standing
from .proofs import RecordProof
from .protection import Protection
from .standing import Bringing, Trust

MOST_KEYS = 40  # of a node that are tried on each of its saves
SIGNERS = "signers"  # in a manifest: the nodes whose saves the bundle may hold, with the keys that they sign with


class SignedSaves(Welcome):
    """Judges the saves of one bundle, one by one.

    `sender` is the node that sent it and `told` what its manifest says of signers. `bringing` says which unsigned
    saves its sender may bring; a person here who takes in what waits may bring `all_of_them`.
    """

    def __init__(
        self, connection: Connection, whose: Trust, sender: str, told: object = None, *, all_of_them: bool = False
    ) -> None:
        self._connection, self._whose, self._all_of_them = connection, whose, all_of_them
        self.bringing = Bringing(connection, whose)
        self._told, self._sender = _told(told), origin(sender)
        self._register = enrolment.register(connection)
        believes = whose.is_known_office or all_of_them  # by a person here, knowing whose laptop it was
        self._revoked = frozenset() if believes else frozenset(self._register.revocations)
        self._keys: dict[str, frozenset[str]] = {}
        self._first: dict[str, int | None] = {}
        self._offices: dict[tuple[str, str], list[Trust]] = {}  # what the keys of a node may do in a role
        self._brought: dict[str, dict[Dot, list[HistoryRow]]] = {}  # saves that are signed, by record
        self._fresh: dict[tuple[str, str], Signer] = {}

    def is_signed(self, row: HistoryRow) -> bool:
        """Say whether the node of a save signed it."""
        name = origin(row.save.dot.node)
        key = next((each for each in self._keys_of(name) if holds(each, row.hash, row.mark)), "") if row.mark else ""
        if not key or (self._whose.barred and not self._all_of_them):
            return False
        self._brought.setdefault(row.record, {}).setdefault(Dot(name, row.save.dot.tick), []).append(row)
        self._first[name] = min(row.save.dot.tick, self.first(name) or row.save.dot.tick)
        self._fresh.setdefault((name, key), Signer(name, key, ITSELF if self._says_so_itself(name, key) else OTHERS))
        return True

    def first(self, name: str) -> int | None:
        """Return the count of the first save of a node that is signed, here or in the bundle; None where none is."""
        if name not in self._first:
            self._first[name] = signers.first_signed(self._connection, name)
        return self._first[name]

    def takes(self, row: HistoryRow) -> bool:
        """Say whether a save is taken: one that is signed, else one that is older than any that its node signed."""
        if row.mark:
            return True
        first = self.first(origin(row.save.dot.node))
        old = first is None or row.save.dot.tick < first
        return old and (self._all_of_them or self.bringing.may_bring(row.save.dot))

    def would_take(self, row: HistoryRow) -> bool:
        """Say the same of a save whose signature was not looked at yet."""
        return self.takes(row if self.is_signed(row) else replace(row, mark=""))

    def parts(self, row: HistoryRow) -> bool:
        """Say whether a save that contradicts one here may tell of another copy: of a node that signs, signed ones."""
        return bool(row.mark) or not self.signs(row.save.dot.node)

    def signs(self, name: str) -> bool:
        """Say whether a node signs its saves, as far as they are known here or came in the bundle."""
        return self.first(origin(name)) is not None

    def protection(self, reach: Reach) -> Protection:
        """Return who judges the records that come with these saves, which reach so far."""
        above = partial(records.above, self._connection)
        forked = branching.shapes(self._connection)

        def proof(version: Version) -> RecordProof:
            return RecordProof(self._connection, version, self._brought.get(version.id, {}), forked, self.first)

        return Protection(
            self._whose, reach, above, self.bringing.speaks_for, self.signs, proof, self._rights,
            self._was_enrolled,
        )

    def _rights(self, save: Save) -> list[Trust]:
        """Return the rights of the keys that a node signs its saves with, in the role that a save says."""
        name = origin(save.dot.node)
        if (name, save.role) not in self._offices:
            self._offices[name, save.role] = [
                standing.of_key(self._connection, key, save.role, name) for key in self._keys_of(name)
            ]
        return self._offices[name, save.role]

    def _was_enrolled(self, save: Save, version: Version) -> bool:
        """Say whether a node is enrolled in the role that a save says, or once was, for the regions of a record."""
        certificates = (self._register.ever(key) for key in self._register.keys_of(origin(save.dot.node)))
        return any(
            each and each.role == save.role and standing.is_inside(version.places, each.regions)
            for each in certificates
        )

    def note(self, transfer: str, first: Sequence[Accepted]) -> None:
        """Note with an import who brought what and which node signs with which key; `first` as in standing.py."""
        self.bringing.note(transfer, first)
        signers.note(self._connection, [
            Signer(each.node, each.key, each.said, transfer) for each in self._fresh.values()
        ])

    def _keys_of(self, name: str) -> frozenset[str]:
        if name not in self._keys:
            enrolled = self._register.keys_of(name)
            if enrolled:
                self._overrule(name, enrolled)
            self._keys[name] = (enrolled or self._looked_up(name)) - self._revoked
        return self._keys[name]

    def _looked_up(self, name: str) -> frozenset[str]:
        """Return the keys of a node that is not enrolled: as its workspace says, else as said first."""
        known, by_itself = signers.keys_of(self._connection, name)
        if name in self._whose.here:
            return known | ({public_of(own_keys.signing(self._connection))} - {""})
        if by_itself:
            return known
        if self._whose.barred:
            return known
        told = frozenset(self._told.get(name, ()))
        if self._whose.key and (name == self._sender or (self._whose.met and self._whose.key in told)):
            own = frozenset([self._whose.key])
            self._overrule(name, own)
            return own
        return known or told

    def _overrule(self, name: str, keys: frozenset[str]) -> None:
        """Believe these keys of a node, and no more what others said of it."""
        known, by_itself = signers.keys_of(self._connection, name)
        if known - keys and not by_itself:
            signers.overrule(self._connection, name, keys)

    def _says_so_itself(self, name: str, key: str) -> bool:
        """Say whether a key is the node's own for sure: of its certificate, or the bundle is of its own workspace."""
        return key in self._register.keys_of(name) or (
            key == self._whose.key and (name == self._sender or self._whose.met)
        )


def of_held(
    connection: Connection, each: Held, *, all_of_them: bool = False, as_first: bool = False
) -> SignedSaves:
    """Return how the saves of a record that waits are judged, by the present rights of whoever sent it.

    `as_first` passes over that its key signed bundles before, where nothing else speaks for it.
    """
    whose = standing.of_key(connection, each.key, each.role, each.node)
    if as_first and not whose.enrolled and whose.regions is None:
        whose = replace(whose, met=False)
    return SignedSaves(connection, whose, each.node, all_of_them=all_of_them)


def _told(content: object) -> Mapping[str, list[str]]:
    if not isinstance(content, dict):
        return {}
    return {
        name: [key for key in keys[:MOST_KEYS] if isinstance(key, str)] for name, keys in content.items()
        if isinstance(name, str) and isinstance(keys, list)
    }


def sign_earlier(workspace: Workspace) -> None:
    """Sign what was saved here before saves were signed, once: from then on nobody else can tell it otherwise."""
    with workspace.asking() as connection:
        lacking = bool(_lacking(connection))
    if lacking:
        with workspace.changing() as connection:
            _sign(connection)


def _lacking(connection: Connection) -> list[tuple[str, int, str]]:
    public = public_of(own_keys.signing(connection))
    own = {
        name: last for name, last in lineage.own_edits(connection).items()
        if public and signers.keys_of(connection, origin(name))[0] <= {public}
    }
    return signers.unsigned(connection, own)


def _sign(connection: Connection) -> None:
    private = own_keys.signing(connection)
    lacking = _lacking(connection)
    signers.mark(connection, {(name, tick): signed(private, seal) for name, tick, seal in lacking})
    signers.note(connection, [Signer(origin(name), public_of(private)) for name, _tick, _seal in lacking])


def statement(connection: Connection, places: Sequence[str], ids: Collection[str]) -> dict[str, object]:
    """Return the part of a manifest that says which keys sign the saves in these places and of these records."""
    told = signers.told(connection, places, ids)
    return {SIGNERS: told} if told else {}
