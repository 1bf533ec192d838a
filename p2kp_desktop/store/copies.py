"""Whole copies of a workspace file: made through SQLite's own backup, and checked before they count."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from p2kp_desktop.language import Trouble

from .opening import APPLICATION_ID, Workspace, is_server


def copy(workspace: Workspace, target: Path) -> None:
    """Copy an open workspace, whoever writes to it meanwhile; raise Trouble when the copy is not sound.

    The target appears under its name only when it is complete, on the disk, and checked.
    """
    if is_server(workspace.name):
        raise Trouble(
            "Ruang kerja ini ada di server.", remedy="Cadangkan lewat server basis datanya.", code="C01"
        )
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    raw = workspace.engine.raw_connection()
    try:
        with closing(sqlite3.connect(part)) as there:
            raw.backup(there)
            there.execute("PRAGMA journal_mode = DELETE")
        must_be_sound(part)
        flush(part)
        part.replace(target)
    except OSError as error:
        raise Trouble(
            f"Cadangan tidak dapat ditulis ke {target}: {error.strerror}.",
            remedy="Periksa ruang dan izin folder.", code="C02",
        ) from error
    finally:
        raw.close()
        part.unlink(missing_ok=True)


def must_be_sound(path: Path) -> None:
    """Raise Trouble unless the file is a workspace that SQLite finds whole."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as there:
            ours = there.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
            whole = ours and there.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except sqlite3.Error:
        whole = False
    if not whole:
        raise Trouble(f"Cadangan {path.name} rusak atau bukan cadangan.", remedy="Pakai cadangan lain.", code="C03")


def fetch(backup: Path, target: Path) -> Path:
    """Copy a backup beside the place it is meant for, check the copy, and return it; raise Trouble."""
    part = target.with_name(f"{target.name}.pulih.part")
    part.write_bytes(backup.read_bytes())
    try:
        must_be_sound(part)
    except Trouble:
        part.unlink()
        raise
    flush(part)
    return part


def put_in_place(part: Path, target: Path) -> None:
    """Put a fetched copy in the place of a workspace that nobody has open."""
    for rest in ("-wal", "-shm"):
        target.with_name(f"{target.name}{rest}").unlink(missing_ok=True)
    part.replace(target)


def flush(path: Path) -> None:
    """Wait until the file is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
