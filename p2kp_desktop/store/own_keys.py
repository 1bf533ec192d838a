"""The private keys of a workspace: what only it can sign with, and what only it can open.

Everybody asks here, and nobody else knows where they lie: in this user's profile on this machine, by the node of the
workspace, sealed by its secret where it has one; on a server in its table. So no backup and no copy of the file can
sign elsewhere. A file whose keys are not on this machine gets new ones, together with its new node; on the same
machine a new node goes on with the keys of the one before.
"""

import json
import logging
import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from p2kp_desktop import environment
from p2kp_desktop.schema import sealing as sealed_to
from p2kp_desktop.schema import signing_keys

from . import enciphering, erasures, facts, files, key_files, keyring, turns
from .keyring import Lock

log = logging.getLogger(__name__)

SIGNING, SEALING = "signing_key", "sealing_key"  # the notes on a server; in files of former releases the first one
PUBLIC = "public_key"  # the note of the public key that the workspace last signed with
FORMAT = 1
ENDING = ".pribadi"
_PURPOSE = b"p2kp own keys 1"


@dataclass(frozen=True)
class Pair:
    """What a workspace signs with (Ed25519), and what it opens with (X25519): private keys as text."""

    signing: str = field(repr=False)
    sealing: str = field(repr=False)


def fresh() -> Pair:
    """Give keys that nobody has."""
    return Pair(signing_keys.new_key(), sealed_to.new_key())


def signing(connection: sa.Connection) -> str:
    """Return the private Ed25519 key as text."""
    return _pair(connection).signing


def sealing(connection: sa.Connection) -> str:
    """Return the private X25519 key as text, to whose public one others seal (schema/sealing.py)."""
    return _pair(connection).sealing


def take(connection: sa.Connection, private: str) -> None:
    """Sign with another private key from now on."""
    pair = Pair(private, sealing(connection))
    if connection.dialect.name == "sqlite":
        _keep(_place(facts.everything(connection)["node"]), pair, _lock(connection))
    else:
        facts.note(connection, SIGNING, private)


def settle(connection: sa.Connection) -> None:
    """Take the keys out of a file that is edited here for the first time, and note the public one.

    Where the profile cannot be written they stay where they are.
    """
    noted, pair = facts.everything(connection), _pair(connection)
    if connection.dialect.name == "sqlite" and _place(noted["node"]).exists():
        for name in (SIGNING, SEALING):
            if name in noted:
                facts.forget(connection, name)
                erasures.note_unused(connection)
    public = signing_keys.public_of(pair.signing)
    if noted.get(PUBLIC) != public:
        facts.note(connection, PUBLIC, public)


def are_lost(connection: sa.Connection) -> bool:
    """Say whether the keys that the workspace signed with are not on this machine: it goes on with new ones."""
    noted, lock = facts.everything(connection), _lock(connection)
    pair = _read(_place(noted["node"]), lock)[0] or next(_of_before(noted, lock), None)
    return PUBLIC in noted and (pair is None or signing_keys.public_of(pair.signing) != noted[PUBLIC])


def are_anothers(connection: sa.Connection) -> bool:
    """Say whether the keys of the node lie sealed for another file, of which this one is a copy that is not behind it.

    They are not replaced: the other file needs them still. This one takes a new node, and keys of its own there.
    """
    return connection.dialect.name == "sqlite" and _are_anothers(
        _place(facts.everything(connection)["node"]), _lock(connection))


def _pair(connection: sa.Connection) -> Pair:
    noted = facts.everything(connection)
    if connection.dialect.name != "sqlite":
        return _in_table(connection, noted)
    place, lock = _place(noted["node"]), _lock(connection)
    known, salt = _known.get(place), lock.salt if lock else b""
    if known is not None and known[:2] == (_stamp(place), salt):
        return known[2]
    with suppress(OSError):
        key_files.folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with turns.turn(key_files.folder() / "giliran.lock"):  # two programs would make two pairs of keys
        pair, is_as_wanted = _read(place, lock)
        if pair is None or not is_as_wanted:
            pair = pair or next(_of_before(noted, lock), None) or fresh()
            if not _are_anothers(place, lock):
                _keep(place, pair, lock)
        _known[place] = _stamp(place), salt, pair
    return pair


_known: dict[Path, tuple[object, bytes, Pair]] = {}  # every save is signed: each file is read once


def _in_table(connection: sa.Connection, noted: Mapping[str, str]) -> Pair:
    made = fresh()
    pair = Pair(noted.get(SIGNING) or made.signing, noted.get(SEALING) or made.sealing)
    for name, private in ((SIGNING, pair.signing), (SEALING, pair.sealing)):
        if noted.get(name) != private:
            facts.note(connection, name, private)
    return pair


def _of_before(noted: Mapping[str, str], lock: Lock | None) -> Iterator[Pair]:
    """Yield the keys of the workspace under its former nodes, the last first, and of a file of a former release."""
    for node in reversed(f"{noted.get('former_nodes', '')} {noted.get('own_nodes', '')}".split()):
        pair, _ = _read(_place(node), lock)
        if pair is not None:
            yield pair
    if noted.get(SIGNING) and environment.is_machine(noted.get("machine", "")):
        yield Pair(noted[SIGNING], fresh().sealing)


def _told(place: Path) -> dict[str, Any]:
    """Read a file of keys; raise OSError, ValueError, KeyError or TypeError where it is none of ours."""
    told = dict(json.loads(place.read_text(encoding="utf-8")))
    if told["format"] != FORMAT or not environment.is_machine(told["machine"]):
        raise ValueError(place)
    return told


def _are_anothers(place: Path, lock: Lock | None) -> bool:
    try:
        salt = bytes.fromhex(_told(place).get("salt", ""))
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return bool(salt) and (lock is None or (salt != lock.salt and keyring.lock_of(salt) is None))


def _read(place: Path, lock: Lock | None) -> tuple[Pair | None, bool]:
    """Return the keys in a file of this machine, if any, and whether they lie there as the workspace is protected.

    Sealed ones are none of a workspace in clear, which is a copy then: it would write them down in clear.
    """
    try:
        told = _told(place)
        if "keys" not in told and lock is None:
            return None, False
        found = told["keys"] if "keys" in told else _opened(told)
        pair = Pair(str(found["signing"]), str(found["sealing"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None, False
    return pair, told.get("salt", "") == (lock.salt.hex() if lock else "")


def _opened(told: Mapping[str, Any]) -> Mapping[str, str]:
    """Open sealed keys; raise KeyError where this process was not given what opens them, or somebody changed them."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    salt, nonce, sealed = (bytes.fromhex(told[name]) for name in ("salt", "nonce", "sealed"))
    lock = keyring.lock_of(salt)
    if lock is None:
        raise KeyError(salt)
    try:
        found = json.loads(ChaCha20Poly1305(_key(lock)).decrypt(nonce, sealed, salt))
    except InvalidTag as error:
        raise KeyError(salt) from error
    return dict(found)


def _keep(place: Path, pair: Pair, lock: Lock | None) -> None:
    """Write the keys of this machine, and overwrite what lay there before; where that fails they last for now."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    told: dict[str, Any] = {"format": FORMAT, "machine": environment.machine()}
    keys = {"signing": pair.signing, "sealing": pair.sealing}
    if lock is None:
        told["keys"] = keys
    else:
        nonce = secrets.token_bytes(12)
        sealed = ChaCha20Poly1305(_key(lock)).encrypt(nonce, json.dumps(keys).encode(), lock.salt)
        told |= {"salt": lock.salt.hex(), "nonce": nonce.hex(), "sealed": sealed.hex()}
    try:
        with enciphering.overwriting(place):
            key_files.write(place, told)
    except OSError:
        log.warning("the keys of the workspace cannot be written")


def _key(lock: Lock) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=keyring.KEY, salt=lock.salt, info=_PURPOSE).derive(lock.key)


def _lock(connection: sa.Connection) -> Lock | None:
    return files.lock_behind(connection.connection.dbapi_connection)


def _place(node: str) -> Path:
    return key_files.folder() / f"{''.join(each for each in node if each.isalnum())}{ENDING}"


def _stamp(place: Path) -> object:
    try:
        found = place.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size
