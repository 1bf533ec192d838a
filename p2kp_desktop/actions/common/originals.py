"""Every file that is received is kept byte for byte, named by time and hash, in a folder beside the workspace.

Beside a workspace behind a password it lies inside an enciphered file, under its own name and one ending more.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from p2kp_desktop import environment, held_files
from p2kp_desktop.exchange import sealed_files
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.store import Workspace, enciphering, files, sealed
from p2kp_desktop.store.keyring import Lock
from p2kp_desktop.store.workspace import is_server

from .bench import bench

KINDS = (".xlsx", sealed_files.ENDING)  # as a bundle comes
_PIECE = 1 << 20
_SPARE = 16 << 20  # bytes that stay free for the import itself
_FIGURES = 16  # of the hash, in the name


def folder_of(workspace: Workspace) -> Path:
    """Return the folder with the received files of a workspace; of one on a server, among this user's data."""
    if is_server(workspace.name):
        return environment.home() / "Berkas masuk"
    return folder_beside(Path(workspace.name))


def folder_beside(file: Path) -> Path:
    """Return the folder with the received files of a workspace file."""
    return file.with_name(f"Berkas masuk {file.stem}")


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


def in_clear(file: Path) -> list[Path]:
    """Return the kept files of a workspace file that no password protects yet, the oldest first."""
    return sorted(path for kind in KINDS for path in folder_beside(file).glob(f"*{kind}"))


@contextmanager
def opened(path: Path) -> Iterator[Path]:
    """Give a kept file to be read: where it lies, or out of its seal for this moment. Raises Trouble and OSError."""
    if not sealed.is_sealed(path):
        yield path
        return
    with bench() as place:
        inside = place / path.stem
        sealed.unseal(path, inside)
        yield inside


def seal_kept(file: Path, lock: Lock) -> list[Path]:
    """Seal every kept file of a workspace that came behind a lock; return those that could not be."""
    left = []
    for path in in_clear(file):
        target = path.with_name(f"{path.name}{sealed.ENDING}")
        part = target.with_name(f"{target.name}.part")
        try:
            part.unlink(missing_ok=True)
            sealed.seal(path, part, lock)
            if sealed.hash_of(part) != hash_of(path):
                raise OSError
            part.replace(target)
            enciphering.overwrite(path)
            path.unlink()
        except (OSError, Trouble):
            left.append(path)
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return left


def find(workspace: Workspace, sha256: str) -> Path | None:
    """Return the kept file with this hash, where it is still there and whole."""
    for path in kept(workspace):
        if Path(path.name.removesuffix(sealed.ENDING)).stem.endswith(f"-{sha256[:_FIGURES]}"):
            with suppress(OSError):
                if _hash(path) == sha256:
                    return path
    return None


def _hash(path: Path) -> str:
    return sealed.hash_of(path) if sealed.is_sealed(path) else hash_of(path)


def keep(workspace: Workspace, path: Path, sha256: str) -> Path:
    """Keep a file with this hash unless it is kept already; return where. Raises Trouble, and leaves nothing."""
    there = find(workspace, sha256)
    if there is not None:
        return there
    folder = folder_of(workspace)
    moment = environment.moment().strftime("%Y-%m-%d-%H%M%S")
    lock = None if is_server(workspace.name) else files.lock_of(Path(workspace.name))
    kind = sealed_files.ENDING if sealed_files.is_sealed(path) else ".xlsx"
    target = folder / f"{moment}-{sha256[:_FIGURES]}{kind}{sealed.ENDING if lock else ''}"
    part = target.with_name(f"{target.name}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < path.stat().st_size + _SPARE:
            raise _no_room(folder)
        if lock is None:
            _copy(path, part)
        else:
            sealed.seal(path, part, lock)
        if (sealed.hash_of(part) if lock else hash_of(part)) != sha256:
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
