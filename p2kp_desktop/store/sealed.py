"""Files kept beside a workspace: as they are, or each inside an enciphered one where the workspace has a password.

The one door to their bytes: whoever shows, sends, prints or compares one does not know how it lies on the disk. A
sealed file is a database of one table, so that the library which enciphers the workspace does it here too, with the
same key. Of 500 photos of 300 KB each takes 4 % more room, 2 ms to be kept and 0.6 ms to be read; a bare AEAD would
take 0.5 and 0.1, and need a format, keys and a streaming of its own.
"""

import hashlib
import io
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, Any

from p2kp_desktop import held_files
from p2kp_desktop.language import Trouble, say

from . import enciphering, files, pages
from .keyring import Lock

ENDING = ".sandi"
RECEIVED, ATTACHED = "Berkas masuk", "Lampiran"  # the folders beside a workspace in which such files lie
_OLD = ".lama.part"  # the ending of what was sealed, until its bytes are overwritten
_NAMED = {  # what the files in these folders are called that are not sealed
    RECEIVED: re.compile(r".*\.(xlsx|segel)(\.lama\.part)?"),
    ATTACHED: re.compile(r"[0-9a-f]{64}[^.]*(\.(?!part$|sandi\b)[^.]*)?(\.lama\.part)?"),
}
_PIECE = 1 << 20  # bytes


def folder(file: Path, kind: str) -> Path:
    """Give the folder beside a workspace file with what it received, or what is attached."""
    return file.with_name(f"{kind} {file.stem}")


def is_sealed(path: Path) -> bool:
    """Say whether a file is one that holds another."""
    return path.suffix == ENDING


def inside(path: Path) -> Path:
    """Give a file's name as it is without a seal."""
    return path.with_name(path.name.removesuffix(ENDING))


def kept_as(path: Path, lock: Lock | None) -> Path:
    """Give the name under which a file lies: one ending more where it is sealed."""
    return path.with_name(f"{path.name}{ENDING}") if lock else path


def seal(file: IO[bytes], target: Path, lock: Lock) -> None:
    """Put what an open file holds into a new one under a lock, and wait until it is on the disk. Raises OSError."""
    with _told(target), closing(files.connect(target, "rwc", lock=lock)) as there:
        there.isolation_level = None
        there.execute("PRAGMA journal_mode = OFF")  # a part that is not finished is thrown away whole
        there.execute("PRAGMA synchronous = OFF")
        there.execute("CREATE TABLE piece (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT")
        there.execute("BEGIN")
        while piece := file.read(_PIECE):
            there.execute("INSERT INTO piece (bytes) VALUES (?)", (piece,))
        there.execute("COMMIT")
    pages.flush(target)


def put(opened: Callable[[], IO[bytes]], target: Path, lock: Lock | None, sha256: str) -> Path:
    """Keep what a file holds, whole or not at all, under a name that nothing else has; give where it lies.

    Raises OSError, also where its content is not what the hash says, and Trouble where it is held.
    """
    kept = kept_as(target, lock)
    part = kept.with_name(f"{kept.name}.part")
    try:
        part.unlink(missing_ok=True)
        with opened() as file:
            if lock is None:
                _copy(file, part)
            else:
                seal(file, part, lock)
        if _hash(pieces(part) if lock is None else _unsealed(part)) != sha256:
            raise OSError(say("isinya berubah selagi disalin"))
        held_files.put(part, kept)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return kept


def _copy(file: IO[bytes], target: Path) -> None:
    with target.open("wb") as copy:
        shutil.copyfileobj(file, copy, _PIECE)
        copy.flush()
        os.fsync(copy.fileno())


def opened(path: Path) -> IO[bytes]:
    """Give what a kept file holds, to be read; a sealed one is in memory alone. Raises OSError."""
    return io.BytesIO(content(path)) if is_sealed(path) else held_files.opened(path)


def content(path: Path) -> bytes:
    """Give the bytes of a kept file. Raises OSError."""
    return b"".join(pieces(path))


def head(path: Path, count: int) -> bytes:
    """Give the first bytes of a kept file. Raises OSError."""
    if is_sealed(path):
        found = _asked(path, "SELECT substr(bytes, 1, ?) FROM piece ORDER BY number LIMIT 1", count)
        return bytes(found or b"")
    with held_files.opened(path) as file:
        return file.read(count)


def size(path: Path) -> int:
    """Give how many bytes a kept file holds. Raises OSError."""
    if is_sealed(path):
        return int(_asked(path, "SELECT sum(length(bytes)) FROM piece") or 0)
    return path.stat().st_size


def hash_of(path: Path) -> str:
    """Give the SHA-256 of what a kept file holds, hexadecimal. Raises OSError."""
    return _hash(pieces(path))


def pieces(path: Path) -> Iterator[bytes]:
    """Yield what a kept file holds, piece by piece. Raises OSError."""
    if is_sealed(path):
        yield from _unsealed(path)
        return
    with held_files.opened(path) as file:
        while piece := file.read(_PIECE):
            yield piece


def _hash(found: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in found:
        digest.update(piece)
    return digest.hexdigest()


def _unsealed(path: Path) -> Iterator[bytes]:
    with _told(path), closing(files.connect(path)) as there:
        for (piece,) in there.execute("SELECT bytes FROM piece ORDER BY number"):
            yield piece


def _asked(path: Path, words: str, *given: object) -> Any:
    with _told(path), closing(files.connect(path)) as there:
        row = there.execute(words, given).fetchone()
    return row[0] if row else None


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Raise OSError for whatever a file that holds another may answer with, one without its key here too."""
    try:
        yield
    except files.errors() as error:
        raise OSError(say("{name} tidak dapat dibaca atau ditulis", name=path.name)) from error
    except Trouble as trouble:
        if trouble.code != files.LOCKED:
            raise
        raise OSError(trouble.what) from trouble


# A workspace that comes behind a lock


def in_clear(file: Path) -> list[Path]:
    """Give the kept files of a workspace that are not sealed, and what is left of those that were just sealed.

    What somebody put into these folders himself is none of them.
    """
    return [path for kind, named in _NAMED.items() for path in sorted(folder(file, kind).glob("*"))
            if named.fullmatch(path.name) and path.is_file()]


def seal_kept(file: Path, lock: Lock) -> list[Path]:
    """Seal every kept file of a workspace; give those that could not be.

    Killed at any moment each is whole in one of the two forms: what was in clear changes its name before its bytes are
    overwritten, and under that name it is taken away the next time.
    """
    left = []
    for path in in_clear(file):
        try:
            if not _was_sealed(path):
                put(partial(held_files.opened, path), path, lock, hash_of(path))
                path = path.replace(path.with_name(f"{path.name}{_OLD}"))
            enciphering.overwrite(path)
            path.unlink()
        except (OSError, Trouble):
            left.append(path)
    return left


def kept_sealed(file: Path) -> list[Path]:
    """Give the sealed files of a workspace."""
    return [path for kind in _NAMED for path in sorted(folder(file, kind).glob(f"*{ENDING}"))]


def _was_sealed(path: Path) -> bool:
    return path.name.endswith(_OLD)
