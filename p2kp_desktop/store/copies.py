"""Whole copies of a workspace file: made through SQLite's own backup, and checked before they count."""

import shutil
from contextlib import closing, suppress
from pathlib import Path

from p2kp_desktop import held_files
from p2kp_desktop.language import Trouble, say

from . import files, footing, key_files, pages, reaching
from .pages import RESTORING
from .workspace import SIDES, Workspace, is_server


def copy(workspace: Workspace, target: Path) -> None:
    """Copy an open workspace, whoever writes to it meanwhile; raise Trouble when the copy is not sound.

    The target appears under its name only when it is complete, on the disk, and checked.
    """
    if is_server(workspace.name):
        raise Trouble(
            "Ruang kerja ini ada di server.", remedy="Cadangkan lewat server basis datanya.", code="C01"
        )
    raw = workspace.engine.raw_connection()
    try:
        pages.copy(raw, target)
    finally:
        raw.close()


def must_be_sound(path: Path) -> None:
    """Raise Trouble unless the file is a workspace that SQLite finds whole."""
    if not pages.is_sound(path):
        raise Trouble(
            say("Cadangan {name} rusak atau bukan cadangan.", name=path.name), remedy="Pakai cadangan lain.", code="C03"
        )


def was_ours(path: Path) -> bool:
    """Say whether a file, damaged or not, begins as a workspace does."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError:
        return False
    return files.begins_as_ours(header)


def fetch(backup: Path, target: Path) -> Path:
    """Copy a backup beside the place it is meant for, check the copy, and return it; raise Trouble."""
    footing.must_lie_here(target)
    part = target.with_name(f"{target.name}.pulih.part")
    try:
        with pages.told(target.parent, RESTORING):
            reaching.patiently(lambda: shutil.copyfile(backup, part), backup)
            must_be_sound(part)
            pages.flush(part)
    except BaseException:
        discard(part)
        raise
    return part


def discard(part: Path) -> None:
    """Take away a fetched copy; where the folder can no longer be written, there is none."""
    with suppress(OSError):
        part.unlink(missing_ok=True)


def put_in_place(part: Path, target: Path) -> None:
    """Put a fetched copy in the place of a workspace that nobody has open; raise Trouble when somebody has."""
    must_be_free(target)
    with pages.told(target.parent, RESTORING):
        for rest in SIDES:
            target.with_name(f"{target.name}{rest}").unlink(missing_ok=True)
        held_files.put(part, target)


def must_be_free(path: Path) -> None:
    """Raise Trouble when another program has the file open; one that SQLite cannot read is nobody's."""
    if not path.exists() or key_files.has_lost_its_head(path):
        return
    try:
        with closing(files.connect(path, "rwc", timeout=0.5)) as here:
            here.execute("PRAGMA journal_mode = DELETE")  # only whoever is alone may leave the log
    except files.errors() as error:
        if "locked" in str(error):
            raise Trouble(
                say("Ruang kerja {name} sedang dipakai program lain.", name=path.name),
                remedy="Tutup jendela atau program itu, lalu ulangi.", code="R11",
            ) from error


def set_aside(path: Path, aside: Path) -> Path:
    """Give a file another name, with what SQLite keeps beside it; return the name."""
    with pages.told(path.parent, RESTORING):
        held_files.put(path, aside)
        for rest in SIDES:
            side = path.with_name(f"{path.name}{rest}")
            if side.exists():
                side.rename(aside.with_name(f"{aside.name}{rest}"))
    return aside
