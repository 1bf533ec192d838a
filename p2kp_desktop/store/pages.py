"""The file of a workspace as pages on a disk: copying it whole, checking it, waiting until it is there."""

import errno
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from p2kp_desktop import held_files
from p2kp_desktop.language import Trouble, say

from . import files, reaching

_FORBIDDEN = (errno.EROFS, errno.EACCES, errno.EPERM)
_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)


def copy(raw: Any, target: Path) -> None:
    """Copy the file of a connection through SQLite's own backup; raise Trouble, and leave nothing, when it fails.

    The target appears under its name only when it is complete, on the disk, and checked. Two programs may copy to one
    target at once: each fills a file of its own.
    """
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    with told(target.parent):
        try:
            part.unlink(missing_ok=True)
            fill(raw, part)
            if not is_sound(part):
                raise Trouble("Cadangan gagal: ruang kerja atau disk rusak.", safe="Cadangan yang ada tidak disentuh.",
                              remedy="Pulihkan cadangan terakhir.", code="C09")
            flush(part)
            held_files.put(part, target)
        finally:
            part.unlink(missing_ok=True)


def fill(raw: Any, part: Path) -> None:
    """Copy page by page in one step, from one unchanging state; writers do not wait for it."""
    with closing(files.connect(part, "rwc", lock=files.lock_behind(raw))) as there:
        there.execute("PRAGMA synchronous = OFF")  # it is flushed as a whole once it is checked
        raw.backup(there)
        there.execute("PRAGMA journal_mode = DELETE")


@dataclass(frozen=True)
class Work:
    """What is done with copies of a workspace: what is told when it fails, and of what is safe then."""

    failed: str
    safe: str


BACKUP = Work("Cadangan gagal", "Data Anda aman di ruang kerja; hanya cadangannya yang belum ada.")
RESTORING = Work("Pemulihan gagal", "Ruang kerja yang sekarang dan cadangannya tidak disentuh.")


@contextmanager
def told(folder: Path, work: Work = BACKUP) -> Iterator[None]:
    """Raise Trouble, in words, for work in a folder that its disk refuses, or for which a file is held."""
    try:
        yield
    except files.refusals(OSError) as error:
        number = error.errno if isinstance(error, OSError) else None
        said = str(error)
        if number in _FULL or "full" in said:
            raise Trouble(
                say("{failed}: disk penuh.", failed=say(work.failed)),
                safe=work.safe,
                remedy="Kosongkan ruang disk.",
                code="C02",
            ) from error
        file = Path(str(error.filename)) if isinstance(error, OSError) and error.filename else None
        if number in _FORBIDDEN and file is not None and file.is_file() and not reaching.is_read_only(file):
            raise reaching.held(file) from error
        if number in _FORBIDDEN or "readonly" in said or "unable to open" in said:
            raise Trouble(
                say("{failed}: folder {folder} tidak dapat ditulis.", failed=say(work.failed), folder=folder),
                safe=work.safe,
                remedy="Periksa izin folder itu.",
                code="C05",
            ) from error
        raise Trouble(f"{work.failed}: {getattr(error, 'strerror', None) or said}.", safe=work.safe,
                      remedy="Periksa disk dan foldernya.", code="C06") from error


def is_sound(path: Path) -> bool:
    """Say whether the file is a workspace that SQLite finds whole; every page is read.

    Raises Trouble for a file that another program holds: nobody can say then.
    """
    with suppress(OSError):
        reaching.head(path, 1)
    try:
        with closing(files.connect(path)) as there:
            ours = there.execute("PRAGMA application_id").fetchone() == (files.APPLICATION_ID,)
            return bool(ours and there.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    except files.errors():
        return False


def flush(path: Path) -> None:
    """Wait until the file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
