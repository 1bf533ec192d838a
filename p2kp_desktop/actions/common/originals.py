"""Every file that is received is kept byte for byte, named by time and hash, in a folder beside the workspace.

Beside a workspace behind a password it lies inside an enciphered file, under its own name and one ending more.
"""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from p2kp_desktop import access, environment, held_files
from p2kp_desktop.exchange import sealed_files
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.store import Workspace, enciphering, files, sealed
from p2kp_desktop.store.workspace import is_server

from .bench import bench

KINDS = (".xlsx", sealed_files.ENDING)  # as a bundle comes
_PIECE = 1 << 20
_SPARE = 16 << 20  # bytes that stay free for the import itself
_FIGURES = 16  # of the hash, in the name


def folder_of(workspace: Workspace) -> Path:
    """Return the folder with the received files of a workspace; of one on a server, among this user's data."""
    if is_server(workspace.name):
        return environment.home() / sealed.RECEIVED
    return folder_beside(Path(workspace.name))


def folder_beside(file: Path) -> Path:
    """Return the folder with the received files of a workspace file."""
    return sealed.folder(file, sealed.RECEIVED)


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    found = hashlib.sha256()
    with held_files.opened(path) as file:
        while piece := file.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def kept(workspace: Workspace) -> list[Path]:
    """Return every kept file, the oldest first by its name; some may be sealed."""
    folder = folder_of(workspace)
    kinds = [f"*{kind}{ending}" for kind in KINDS for ending in ("", sealed.ENDING)]
    return sorted(path for kind in kinds for path in folder.glob(kind))


@contextmanager
def opened(path: Path) -> Iterator[Path]:
    """Give a kept file to be read: where it lies, or out of its seal for this moment. Raises Trouble and OSError."""
    if not sealed.is_sealed(path):
        yield path
        return
    with bench() as place:
        unsealed = place / sealed.inside(path).name
        with unsealed.open("wb") as file:
            file.writelines(sealed.pieces(path))
        try:
            yield unsealed
        finally:
            enciphering.overwrite(unsealed)


def find(workspace: Workspace, sha256: str) -> Path | None:
    """Return the kept file with this hash, where it is still there and whole."""
    for path in kept(workspace):
        if sealed.inside(path).stem.endswith(f"-{sha256[:_FIGURES]}"):
            with suppress(OSError):
                if sealed.hash_of(path) == sha256:
                    return path
    return None


def keep(workspace: Workspace, path: Path, sha256: str) -> Path:
    """Keep a file with this hash unless it is kept already; return where. Raises Trouble, and leaves nothing."""
    there = find(workspace, sha256)
    if there is not None:
        return there
    folder = folder_of(workspace)
    moment = environment.moment().strftime("%Y-%m-%d-%H%M%S")
    lock = None if is_server(workspace.name) else files.lock_of(Path(workspace.name))
    kind = sealed_files.ENDING if sealed_files.is_sealed(path) else ".xlsx"
    try:
        access.make_folder(folder)
        if shutil.disk_usage(folder).free < path.stat().st_size + _SPARE:
            raise _no_room(folder)
        if hash_of(path) != sha256:
            raise _changing(path)
        named = folder / f"{moment}-{sha256[:_FIGURES]}{kind}"
        return sealed.put(partial(held_files.opened, path), named, lock, sha256)
    except OSError as error:
        raise _not_kept(folder, error) from error


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
