"""The keys that this process was given, in memory alone: whoever opens a file finds its key by the file's salt.

Every copy of a workspace, its backups too, begins with the same 16 bytes, so one key opens them all. Nothing here is
written anywhere; `store/slots.py` keeps keys on disk, sealed.
"""

import secrets
from dataclasses import dataclass, field

SALT = 16  # bytes, with which an enciphered file begins
MAGIC = b"P2KP\x01"  # of them, by which such a file is told from a damaged one
KEY = 32  # bytes


@dataclass(frozen=True)
class Lock:
    """What a file is enciphered with: the salt that stands at its head, in clear, and the key, which stands nowhere."""

    salt: bytes
    key: bytes = field(repr=False)

    def spoken(self) -> str:
        """Give salt and key as SQLCipher takes them: as they are, without working them out of a password anew."""
        return f"x'{self.key.hex()}{self.salt.hex()}'"


def fresh_salt() -> bytes:
    """Give a salt that no other workspace has."""
    return MAGIC + secrets.token_bytes(SALT - len(MAGIC))


_known: dict[bytes, Lock] = {}
_secrets: dict[bytes, bytes] = {}
_signed_in: dict[bytes, str] = {}
_roles: dict[tuple[bytes, str], str] = {}


def learn(lock: Lock) -> None:
    """Let every file with this salt be opened by this process from now on."""
    _known[lock.salt] = lock


def lock_of(salt: bytes) -> Lock | None:
    """Give what opens the files with a salt; None where this process was not given it."""
    return _known.get(salt)


def learn_secret(salt: bytes, secret: bytes) -> None:
    """Let this process seal the secret of the files with a salt for somebody else, who then opens them too."""
    _secrets[salt] = secret


def secret_of(salt: bytes) -> bytes:
    """Give the secret of the files with a salt; b"" where this process was not given it."""
    return _secrets.get(salt, b"")


def sign_in(salt: bytes, person: str) -> None:
    """Let a person work in the files with a salt: their password was typed here."""
    _signed_in[salt] = person


def signed_in(salt: bytes) -> str:
    """Give whose password was typed last for the files with a salt; "" where it was nobody's."""
    return _signed_in.get(salt, "")


def bind(salt: bytes, person: str, role: str) -> None:
    """Note in which role at most somebody works in the files with a salt, as the slot of their password says."""
    _roles[salt, person] = role


def role_of(salt: bytes, person: str) -> str:
    """Give that role; "" where no slot said one."""
    return _roles.get((salt, person), "")


def forget(salt: bytes) -> None:
    """Open no file with this salt any more; connections that are open stay so."""
    _known.pop(salt, None)
    _secrets.pop(salt, None)
    _signed_in.pop(salt, None)
