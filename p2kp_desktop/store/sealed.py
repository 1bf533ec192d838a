"""A whole file inside an enciphered one: what is kept beside a workspace behind a password, a received bundle say.

It is a database of one table, so that the library which enciphers the workspace does it here too, with the same key.
"""

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from p2kp_desktop.language import say

from . import files, pages
from .keyring import Lock

ENDING = ".sandi"
_PIECE = 1 << 20  # bytes


def is_sealed(path: Path) -> bool:
    """Say whether a file is one that holds another."""
    return path.suffix == ENDING


def seal(source: Path, target: Path, lock: Lock) -> None:
    """Put a file into a new one under a lock, and wait until it is on the disk. Raises OSError."""
    with _told(target), closing(files.connect(target, "rwc", lock=lock)) as there, source.open("rb") as file:
        there.isolation_level = None
        there.execute("PRAGMA journal_mode = OFF")  # a part that is not finished is thrown away whole
        there.execute("PRAGMA synchronous = OFF")
        there.execute("CREATE TABLE piece (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT")
        there.execute("BEGIN")
        while piece := file.read(_PIECE):
            there.execute("INSERT INTO piece (bytes) VALUES (?)", (piece,))
        there.execute("COMMIT")
    pages.flush(target)


def unseal(sealed: Path, target: Path) -> None:
    """Write the file inside another one to a place of its own. Raises OSError, and Trouble where it is locked."""
    with target.open("wb") as file:
        for piece in _pieces(sealed):
            file.write(piece)


def hash_of(sealed: Path) -> str:
    """Return the SHA-256 of the file inside, hexadecimal. Raises OSError, and Trouble where it is locked."""
    found = hashlib.sha256()
    for piece in _pieces(sealed):
        found.update(piece)
    return found.hexdigest()


def _pieces(sealed: Path) -> Iterator[bytes]:
    with _told(sealed), closing(files.connect(sealed)) as there:
        for (piece,) in there.execute("SELECT bytes FROM piece ORDER BY number"):
            yield piece


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except files.errors() as error:
        raise OSError(say("{name} tidak dapat dibaca atau ditulis", name=path.name)) from error
