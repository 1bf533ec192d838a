"""Putting a file on a stick so that pulling the stick at any moment leaves no half file under its name."""

import hashlib
import os
import shutil
from pathlib import Path

from p2kp_desktop import access, environment, file_names, held_files
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import written

from .long_work import Report

CHUNK = 1 << 20
SPARE = 1 << 20  # bytes left free beside the file
BUNDLES = "P2KP_*"  # of which a stick that was pulled, or a killed process, may have left a half


def deliver(
    source: Path, folder: Path, name: str, *, report: Report = lambda _done, _total: None
) -> Path:
    """Copy a file into a folder as `name`: write NAME.part, flush, read back, compare, rename.

    `report` gets bytes done, of how many; what it raises stops the work. Raises Trouble when there is no room,
    the folder is gone or read-only, or what is read back differs; then nothing stands there under the name.
    """
    target, part = folder / name, folder / f"{name}.part"
    file_names.must_fit(part.absolute())
    environment.take_away_left(environment.half_made(folder, BUNDLES))
    try:
        _must_have_room(source, folder)
        expected = _copy(source, part, report)
        if _digest(part) != expected:
            raise _failed(folder, say("yang terbaca kembali berbeda"))
        size = source.stat().st_size
        report(2 * size, 2 * size)
        held_files.put(part, target)
        access.hand_over(target)
        _keep_name(target)
    except OSError as error:
        raise _failed(folder, error.strerror or str(error)) from error
    finally:
        _take_away(part)
    return target


def _failed(folder: Path, why: str) -> Trouble:
    return Trouble(
        say("Berkas tidak tersalin utuh ke {folder}: {why}.", folder=folder, why=why),
        safe=say("Isi ruang kerja tidak tersentuh, dan berkas yang setengah jadi tidak memakai nama paket."),
        remedy=say("Pasang lagi flashdisk dan periksa ruangnya, lalu kirim lagi."), code="K02",
    )


def free_room(folder: Path) -> int | None:
    """Return how many bytes are free in a folder; None where nobody can say."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _must_have_room(source: Path, folder: Path) -> None:
    needed, free = source.stat().st_size + SPARE, shutil.disk_usage(folder).free
    if free < needed:
        raise Trouble(
            say("Ruang di {folder} tidak cukup: perlu {needed}, tersedia {free}.", folder=folder,
                needed=written.size(needed), free=written.size(free)),
            safe=say("Isi ruang kerja tidak tersentuh."),
            remedy=say("Kosongkan flashdisk atau pilih tempat lain."), code="K04",
        )


def _copy(source: Path, part: Path, report: Report) -> str:
    """Copy, wait until the device has it, and return the digest of what was to be written."""
    digest, done, size = hashlib.sha256(), 0, source.stat().st_size
    with source.open("rb") as here, part.open("wb") as there:
        while chunk := here.read(CHUNK):
            digest.update(chunk)
            there.write(chunk)
            done += len(chunk)
            report(done, 2 * size)
        there.flush()
        os.fsync(there.fileno())
        if hasattr(os, "posix_fadvise"):  # read back from the device, not from memory
            os.posix_fadvise(there.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return digest.hexdigest()


def _digest(path: Path) -> str:
    with held_files.opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _keep_name(target: Path) -> None:
    """Wait until the device has the file's name; a file whose name may not last is taken away again."""
    try:
        _flush_folder(target.parent)
    except OSError:
        _take_away(target)
        raise


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
