"""The one place that opens a database file of ours, in clear or enciphered.

Which of the two a file is stands in its first 16 bytes: SQLite's own words, or the salt of an enciphered one. The
key comes from the keyring and is given before anything else is asked. One library opens both (databases.py), and
whoever catches its faults asks here for them.
"""

from contextlib import suppress
from pathlib import Path
from typing import Any

from p2kp_desktop import databases
from p2kp_desktop.language import Trouble, say

from . import footing, keyring
from .keyring import MAGIC, SALT, Lock

_SQLITE = b"SQLite format 3\x00"
APPLICATION_ID = 0x50324B50  # «P2KP» in the header of a file in clear
LOCKED, NO_CIPHER = "R32", "R05"


def lock_of(path: Path) -> Lock | None:
    """Give what opens a file, None for one in clear or none at all.

    Raises Trouble for an enciphered one whose key this process was not given, OSError where it cannot be read.
    """
    return lock_with(salt_of(path), path)


def lock_with(salt: bytes, path: Path) -> Lock | None:
    """Give what opens the files with a salt, None for b""; raise Trouble where this process was not given it."""
    if not salt:
        return None
    lock = keyring.lock_of(salt)
    if lock is None:
        raise Trouble(
            say("Ruang kerja {name} terlindungi kata sandi.", name=path.name), safe="Datanya utuh dan tidak disentuh.",
            remedy="Buka dengan kata sandi, atau dengan kata pemulihan.", code=LOCKED,
        )
    return lock


def begins_in_clear(path: Path) -> bool:
    """Say whether a file begins as any database does that is not enciphered. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def begins_as_ours(header: bytes) -> bool:
    """Say whether the first 100 bytes of a file are those of a workspace, in clear or enciphered."""
    in_clear = header.startswith(_SQLITE) and header[68:72] == APPLICATION_ID.to_bytes(4)
    return in_clear or header.startswith(MAGIC)


_open_here: dict[str, list[bytes]] = {}  # the salts of the files that this process has open


def hold(path: Path, salt: bytes) -> None:
    """Note that this process has a file open: closing it once more beside would let go of SQLite's locks on it."""
    _open_here.setdefault(str(path.absolute()), []).append(salt)


def let_go(path: Path, salt: bytes) -> None:
    """Note that this process has a file open no more."""
    held = _open_here.get(str(path.absolute()), [])
    if salt in held:
        held.remove(salt)
    if not held:
        _open_here.pop(str(path.absolute()), None)


def salt_of(path: Path) -> bytes:
    """Give the salt of an enciphered file, b"" for any other; raises OSError where it cannot be read.

    One that is open here is not opened beside: on closing that, POSIX drops the locks of the whole process.
    """
    if held := _open_here.get(str(path.absolute())):
        return held[-1]
    try:
        with path.open("rb") as file:
            head = file.read(SALT)
    except FileNotFoundError:
        return b""
    return head if len(head) == SALT and head.startswith(MAGIC) else b""


def is_enciphered(path: Path) -> bool:
    """Say whether a file is there and enciphered."""
    try:
        return bool(salt_of(path))
    except OSError:
        return False


def connect(path: Path, mode: str = "ro", *, lock: Lock | None = None, timeout: float = 5.0) -> Any:
    """Open a file with its key: «ro» never writes to it, «rw» never makes one, «rwc» makes one where none is.

    A `lock` is for a file that is yet to be made. Raises what `errors` names, and Trouble where the key is not known.
    """
    lock = lock or _lock_for(path)
    there = driver(lock).connect(footing.uri(path, mode), uri=True, timeout=timeout)
    try:
        unlock(there, lock)
    except BaseException:
        there.close()
        raise
    return there


def _lock_for(path: Path) -> Lock | None:
    with suppress(OSError):  # whoever connects says why
        return lock_of(path)
    return None


def unlock(raw: Any, lock: Lock | None) -> None:
    """Give a fresh connection its key, before anything else is asked of it."""
    if lock is not None:
        raw.execute("PRAGMA cipher_log_level = NONE")  # it writes about every damaged page to standard error
        raw.execute(f'PRAGMA key = "{lock.spoken()}"')
        raw.execute("PRAGMA temp_store = MEMORY")  # nothing in clear beside the file


def lock_behind(raw: Any) -> Lock | None:
    """Give what an open connection's file is enciphered with; None for one in clear."""
    row = raw.execute("PRAGMA cipher_salt").fetchone()
    return keyring.lock_of(bytes.fromhex(row[0])) if row and row[0] else None


def driver(lock: Lock | None = None) -> Any:
    """Give the library that opens such a file. Raises Trouble where this program lacks the enciphering one."""
    if lock is not None and not databases.ENCIPHERS:
        raise Trouble(
            "Ruang kerja dengan kata sandi tidak dapat dibuka oleh program ini.",
            safe="Datanya utuh dan tidak disentuh; tidak ada yang ditulis tanpa sandi.",
            remedy="Pasang versi program dengan enkripsi.", code=NO_CIPHER,
        )
    return databases.library


def driver_errors(*more: type[Exception]) -> tuple[type[Exception], ...]:
    """Give the faults that a database file may answer with, and `more`."""
    return (databases.library.Error, *more)


def errors(*more: type[Exception]) -> tuple[type[Exception], ...]:
    """Give those faults, and what text that is none raises: all that a file damaged anywhere may answer with."""
    return driver_errors(UnicodeDecodeError, *more)


def refusals(*more: type[Exception]) -> tuple[type[Exception], ...]:
    """Give the faults that come from the world around a file, and `more`."""
    return (databases.library.OperationalError, *more)
