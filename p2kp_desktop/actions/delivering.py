"""Putting a file on a stick so that pulling the stick at any moment leaves no half file under its name."""

import hashlib
import os
import shutil
from pathlib import Path

from p2kp_desktop.language import Trouble

CHUNK = 1 << 20
SPARE = 1 << 20  # bytes left free beside the file


def deliver(source: Path, folder: Path, name: str) -> Path:
    """Copy a file into a folder as `name`: write NAME.part, flush, read back, compare, rename.

    Raises Trouble when there is no room, the folder is gone or read-only, or what is read back differs; then
    nothing stands there under the name.
    """
    target, part = folder / name, folder / f"{name}.part"
    try:
        _must_have_room(source, folder)
        expected = _copy(source, part)
        if _digest(part) != expected:
            raise _failed(folder, "yang terbaca kembali berbeda")
        part.replace(target)
        _flush_folder(folder)
    except OSError as error:
        raise _failed(folder, error.strerror or str(error)) from error
    finally:
        _take_away(part)
    return target


def _failed(folder: Path, why: str) -> Trouble:
    return Trouble(
        f"Berkas tidak tersalin utuh ke {folder}: {why}.",
        remedy="Periksa flashdisk dan ruangnya, lalu kirim lagi.", code="K02",
    )


def _must_have_room(source: Path, folder: Path) -> None:
    needed, free = source.stat().st_size + SPARE, shutil.disk_usage(folder).free
    if free < needed:
        raise Trouble(
            f"Ruang di {folder} tidak cukup: perlu {needed // 1024} KB, tersedia {free // 1024} KB.",
            remedy="Kosongkan flashdisk atau pilih tempat lain.", code="K04",
        )


def _copy(source: Path, part: Path) -> str:
    """Copy, wait until the device has it, and return the digest of what was to be written."""
    digest = hashlib.sha256()
    with source.open("rb") as here, part.open("wb") as there:
        while chunk := here.read(CHUNK):
            digest.update(chunk)
            there.write(chunk)
        there.flush()
        os.fsync(there.fileno())
        if hasattr(os, "posix_fadvise"):  # read back from the device, not from memory
            os.posix_fadvise(there.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return digest.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush_folder(folder: Path) -> None:
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _take_away(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:  # the stick is gone, and the half file with it
        return
