"""Every file that is received is kept byte for byte, named by time and hash, in a folder beside the workspace."""

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

from p2kp_desktop import environment, held_files
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.workspace import is_server

_PIECE = 1 << 20
_SPARE = 16 << 20  # bytes that stay free for the import itself
_FIGURES = 16  # of the hash, in the name


def folder_of(workspace: Workspace) -> Path:
    """Return the folder with the received files of a workspace; of one on a server, among this user's data."""
    if is_server(workspace.name):
        return environment.home() / "Berkas masuk"
    place = Path(workspace.name)
    return place.with_name(f"Berkas masuk {place.stem}")


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    found = hashlib.sha256()
    with held_files.opened(path) as file:
        while piece := file.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def kept(workspace: Workspace) -> list[Path]:
    """Return every kept file, the oldest first by its name."""
    return sorted(folder_of(workspace).glob("*.xlsx"))


def find(workspace: Workspace, sha256: str) -> Path | None:
    """Return the kept file with this hash, where it is still there and whole."""
    for path in sorted(folder_of(workspace).glob(f"*-{sha256[:_FIGURES]}.xlsx")):
        if hash_of(path) == sha256:
            return path
    return None


def keep(workspace: Workspace, path: Path, sha256: str) -> Path:
    """Keep a file with this hash unless it is kept already; return where. Raises Trouble, and leaves nothing."""
    there = find(workspace, sha256)
    if there is not None:
        return there
    folder = folder_of(workspace)
    moment = environment.moment().strftime("%Y-%m-%d-%H%M%S")
    target = folder / f"{moment}-{sha256[:_FIGURES]}.xlsx"
    part = target.with_name(f"{target.name}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < path.stat().st_size + _SPARE:
            raise _no_room(folder)
        _copy(path, part)
        if hash_of(part) != sha256:
            raise _changing(path)
        held_files.put(part, target)
    except OSError as error:
        raise _not_kept(folder, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def _copy(source: Path, target: Path) -> None:
    """Copy a file and wait until it is on the disk."""
    with source.open("rb") as there, target.open("wb") as here:
        shutil.copyfileobj(there, here, _PIECE)
        here.flush()
        os.fsync(here.fileno())


def _no_room(folder: Path) -> Trouble:
    return Trouble(
        say("Tidak ada ruang untuk menyimpan berkas asli di {folder}.", folder=folder),
        remedy=say("Kosongkan sebagian disk, lalu terima lagi."), code="T69",
    )


def _not_kept(folder: Path, error: OSError) -> Trouble:
    return Trouble(
        say("Berkas asli tidak dapat disimpan di {folder}: {why}.", folder=folder, why=error.strerror or str(error)),
        remedy=say("Periksa ruang dan izin folder, lalu terima lagi."), code="T61",
    )


def _changing(path: Path) -> Trouble:
    return Trouble(
        say("Berkas «{name}» berubah selagi dibaca.", name=path.name),
        remedy=say("Tunggu sampai penyalinannya selesai, lalu terima lagi."), code="T62",
    )
