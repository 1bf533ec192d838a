"""Who opens an enciphered workspace: one secret, sealed for each person by a password, never kept as it is.

The key of a file is worked out of that secret and of the file's own salt, so whoever has the secret as words on paper
opens the file when everything else is lost, and changing a password seals the secret anew without touching the file.
Seals are ChaCha20-Poly1305; a password becomes a key by Argon2id, whose effort is measured on the machine.
"""

import math
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from p2kp_desktop.schema import sealing

from .keyring import KEY, Lock

FORMAT = 1
SECRET = 16  # bytes: 128 bits, twelve words
WANTED = 0.5  # seconds that one try of a password takes on the machine that made the slot
_MEMORY = 64 << 10  # KiB
_NONCE, _SPICE = 12, 16  # bytes
_MOST = {"memory": 128 << 10, "passes": 64, "lanes": 16}  # a key file of somebody else must not stop the machine
_FOR_FILE, _FOR_FORMER = b"p2kp workspace 1", b"p2kp former secret 1"


@dataclass(frozen=True)
class Effort:
    """What one try of a password costs: memory in KiB, passes over it, lanes (Argon2id)."""

    memory: int = _MEMORY
    passes: int = 2
    lanes: int = 1


@dataclass(frozen=True)
class Slot:
    """The secret sealed for one person by their password."""

    person: str
    effort: Effort
    spice: bytes  # Argon2's salt
    nonce: bytes
    sealed: bytes
    role: str = ""  # what they may do at most, in every file that it opens; "" leaves that to the file


@dataclass(frozen=True)
class Former:
    """The secret of before a new recovery sheet, sealed by the present one: it opens backups that are out of reach."""

    salt: bytes
    nonce: bytes
    sealed: bytes


@dataclass(frozen=True)
class OfficeSlot:
    """The secret sealed to the public key of the office above (schema/sealing.py), for when nobody else opens it."""

    name: str
    key: str
    sealed: bytes


@dataclass(frozen=True)
class Slots:
    """All that a key file says: which files it belongs to, by their salt, and the slots.

    A release that knows no offices passes over them, and leaves them out where it writes the file anew; the next
    opening by one that does puts them in again.
    """

    salt: bytes
    people: tuple[Slot, ...] = ()
    former: tuple[Former, ...] = ()
    offices: tuple[OfficeSlot, ...] = ()
    revision: int = 0  # the highest is the newest; an old copy takes nobody's place


def fresh_secret() -> bytes:
    """Give a secret that nobody has."""
    return secrets.token_bytes(SECRET)


def lock_from(secret: bytes, salt: bytes) -> Lock:
    """Give the lock of the files with this salt."""
    return Lock(salt, _derived(secret, salt, _FOR_FILE))


def measured() -> Effort:
    """Give the effort that takes half a second on this machine, with 64 MiB."""
    _stretched("", bytes(_SPICE), Effort(memory=8, passes=1))  # what is loaded the first time is no effort
    begun = time.process_time()
    _stretched("", bytes(_SPICE), Effort(passes=2))
    once = max((time.process_time() - begun) / 2, 0.001)
    return Effort(passes=min(max(2, math.ceil(WANTED / once)), _MOST["passes"]))


def with_person(
    slots: Slots, secret: bytes, person: str, password: str, effort: Effort, role: str = ""
) -> Slots:
    """Give the slots with one for a person under this password, in place of the one they had."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    spice, nonce = secrets.token_bytes(_SPICE), secrets.token_bytes(_NONCE)
    open_slot = Slot(person, effort, spice, nonce, b"", role)
    key = _stretched(password, spice, effort)
    sealed = ChaCha20Poly1305(key).encrypt(nonce, secret, _context(slots.salt, open_slot))
    others = tuple(each for each in slots.people if each.person != person)
    return replace(slots, people=(*others, replace(open_slot, sealed=sealed)), revision=slots.revision + 1)


def without(slots: Slots, person: str) -> Slots:
    """Give the slots without that of a person."""
    left = tuple(each for each in slots.people if each.person != person)
    return replace(slots, people=left, revision=slots.revision + 1)


def opened(slots: Slots, password: str, person: str = "") -> tuple[Slot, bytes] | None:
    """Give the slot whose password this is, and the secret; None where it is nobody's, or not that of `person`."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    for slot in slots.people:
        if person not in ("", slot.person):
            continue
        key = _stretched(password, slot.spice, slot.effort)
        try:
            return slot, ChaCha20Poly1305(key).decrypt(slot.nonce, slot.sealed, _context(slots.salt, slot))
        except InvalidTag:
            continue
    return None


def with_office(slots: Slots, secret: bytes, name: str, key: str, owner: str = "") -> Slots:
    """Give the slots with one for an office that has this public key, in place of any other; «» for none.

    The name of the `owner` lies inside the seal: whoever changes a key file cannot pass for somebody else.
    """
    if not key:
        return replace(slots, offices=(), revision=slots.revision + 1)
    sealed = sealing.seal(key, secret + owner.encode(), _for_office(slots.salt, name))
    return replace(slots, offices=(OfficeSlot(name, key, sealed),), revision=slots.revision + 1)


def opened_by_office(slots: Slots, private: str) -> tuple[bytes, str] | None:
    """Give the secret and its owner's name to an office with this private key; None where it is sealed to another."""
    found = (sealing.unseal(private, each.sealed, _for_office(slots.salt, each.name)) for each in slots.offices)
    return next(((each[:SECRET], each[SECRET:].decode(errors="replace")) for each in found if each is not None), None)


def _for_office(salt: bytes, name: str) -> bytes:
    """Tie a seal to its file and its office: it opens no other file, whatever it is put beside."""
    return repr(("p2kp office slot 1", salt.hex(), name)).encode()


def with_former(slots: Slots, secret: bytes, before: Slots, former: bytes) -> Slots:
    """Give the slots with the secret of before, and all that it knew, sealed by the present one."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    cipher = ChaCha20Poly1305(_derived(secret, slots.salt, _FOR_FORMER))
    known = {before.salt: former, **formers(before, former)}
    kept = []
    for salt, each in known.items():
        nonce = secrets.token_bytes(_NONCE)
        kept.append(Former(salt, nonce, cipher.encrypt(nonce, each, salt)))
    return replace(slots, former=tuple(kept))


def formers(slots: Slots, secret: bytes) -> dict[bytes, bytes]:
    """Give the secrets of before by the salt of their files."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    cipher, found = ChaCha20Poly1305(_derived(secret, slots.salt, _FOR_FORMER)), {}
    for each in slots.former:
        try:
            found[each.salt] = cipher.decrypt(each.nonce, each.sealed, each.salt)
        except InvalidTag:
            continue  # somebody changed it; what it opened opens with its own words still
    return found


def written(slots: Slots) -> dict[str, Any]:
    """Give the slots as a key file says them."""
    return {
        "format": FORMAT,
        "salt": slots.salt.hex(),
        "revision": slots.revision,
        "people": [{**asdict(each), **_hex(each, "spice", "nonce", "sealed")} for each in slots.people],
        "former": [_hex(each, "salt", "nonce", "sealed") for each in slots.former],
        "offices": [{**asdict(each), **_hex(each, "sealed")} for each in slots.offices],
    }


def read(told: object) -> Slots | None:
    """Give what a key file says; None where it is none, damaged, of a newer release, or asks for absurd efforts."""
    if not isinstance(told, Mapping) or told.get("format") != FORMAT:
        return None
    try:
        people = tuple(_slot(each) for each in told["people"])
        former = tuple(Former(*(bytes.fromhex(each[key]) for key in ("salt", "nonce", "sealed")))
                       for each in told["former"])
        offices = tuple(OfficeSlot(str(each["name"]), str(each["key"]), bytes.fromhex(each["sealed"]))
                        for each in told.get("offices", ()))
        found = Slots(bytes.fromhex(told["salt"]), people, former, offices, int(told.get("revision", 0)))
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    nonces = [*(each.nonce for each in people), *(each.nonce for each in former)]
    return found if all(len(each) == _NONCE for each in nonces) and all(_is_bearable(each) for each in people) else None


def _slot(told: Mapping[str, Any]) -> Slot:
    effort = Effort(**{key: int(told["effort"][key]) for key in _MOST})
    spice, nonce, sealed = (bytes.fromhex(told[key]) for key in ("spice", "nonce", "sealed"))
    return Slot(str(told["person"]), effort, spice, nonce, sealed, str(told.get("role", "")))


def _is_bearable(slot: Slot) -> bool:
    effort, least = slot.effort, 8 * slot.effort.lanes
    is_small = all(1 <= value <= _MOST[key] for key, value in asdict(effort).items())
    return is_small and effort.memory >= least and len(slot.spice) == _SPICE


def _hex(value: object, *names: str) -> dict[str, str]:
    return {name: getattr(value, name).hex() for name in names}


def _context(salt: bytes, slot: Slot) -> bytes:
    """Tie a seal to its file, its person, its effort and role: none of them can be changed beside it."""
    bound = (("role", slot.role),) if slot.role else ()  # slots of former releases have none
    return repr((FORMAT, salt.hex(), slot.person, *asdict(slot.effort).items(), *bound)).encode()


def _stretched(password: str, spice: bytes, effort: Effort) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    made = Argon2id(salt=spice, length=KEY, iterations=effort.passes, lanes=effort.lanes, memory_cost=effort.memory)
    return made.derive(password.encode())


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=KEY, salt=salt, info=purpose).derive(secret)
