"""Which saves of a bundle their own node signed, and what is taken of the others.

A signed save proves itself: it is taken whoever brings it. By which key a node signs, this office knows from the
node's own workspace, else from whoever spoke of it first (store/signers.py). Saves of releases before saves were
signed have no signature: they are taken from those who may bring them (standing.py), but a node that signs has no
unsigned save after its first signed one.
"""

from collections.abc import Collection, Mapping, Sequence

from p2kp_desktop.exchange.bundle import Manifest
from p2kp_desktop.schema.branches import origin
from p2kp_desktop.schema.causality import Dot
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.schema.save_signing import holds, public_of, signed
from p2kp_desktop.store import Connection, Workspace, lineage, own_keys, signers
from p2kp_desktop.store.signers import ITSELF, OTHERS, Signer

from .standing import Trust

SIGNERS = "signers"  # in a manifest: the nodes whose saves the bundle may hold, with the keys that they sign with


class SignedSaves:
    """Judges the saves of one bundle, one by one."""

    def __init__(self, connection: Connection, manifest: Manifest, whose: Trust) -> None:
        self._connection, self._whose = connection, whose
        self._told = _told(manifest.more.get(SIGNERS))
        self._sender = origin(manifest.node)
        self._keys: dict[str, frozenset[str]] = {}
        self._first: dict[str, int | None] = {}
        self._fresh: dict[tuple[str, str], Signer] = {}

    def is_signed(self, row: HistoryRow) -> bool:
        """Say whether the node of a save signed it."""
        name = origin(row.save.dot.node)
        key = next((each for each in self._keys_of(name) if holds(each, row.hash, row.mark)), "") if row.mark else ""
        if not key:
            return False
        self._first[name] = min(row.save.dot.tick, self.first(name) or row.save.dot.tick)
        self._fresh.setdefault((name, key), Signer(name, key, ITSELF if self._says_so_itself(name, key) else OTHERS))
        return True

    def first(self, name: str) -> int | None:
        """Return the count of the first save of a node that is signed, here or in the bundle; None where none is."""
        if name not in self._first:
            self._first[name] = signers.first_signed(self._connection, name)
        return self._first[name]

    def must_be_signed(self, dot: Dot) -> bool:
        """Say whether a save comes after one that its node signed."""
        first = self.first(origin(dot.node))
        return first is not None and dot.tick > first

    def note(self, transfer: str) -> None:
        """Note which node signs with which key, as far as the bundle proved it."""
        signers.note(self._connection, [
            Signer(each.node, each.key, each.said, transfer) for each in self._fresh.values()
        ])

    def _keys_of(self, name: str) -> frozenset[str]:
        if name not in self._keys:
            self._keys[name] = self._looked_up(name)
        return self._keys[name]

    def _looked_up(self, name: str) -> frozenset[str]:
        """Return the keys that sign the saves of a node: as its workspace says, else as said first."""
        known, by_itself = signers.keys_of(self._connection, name)
        if name in self._whose.here:
            return known | ({public_of(own_keys.signing(self._connection))} - {""})
        if by_itself:
            return known
        told = frozenset(self._told.get(name, ()))
        if self._whose.key and (name == self._sender or (self._whose.met and self._whose.key in told)):
            own = frozenset([self._whose.key])
            if known - own:
                signers.overrule(self._connection, name, own)
            return own
        return known or told

    def _says_so_itself(self, name: str, key: str) -> bool:
        """Say whether the bundle is of the workspace that made the saves of a node: one key signed both."""
        return key == self._whose.key and (name == self._sender or self._whose.met)


def _told(content: object) -> Mapping[str, list[str]]:
    if not isinstance(content, dict):
        return {}
    return {
        name: [key for key in keys if isinstance(key, str)] for name, keys in content.items()
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
