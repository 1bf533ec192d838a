"""Disks that fail as real ones do: full, unwritable, pulled."""

import shutil
import signal
import subprocess
from contextlib import contextmanager

import pytest


@contextmanager
def no_write_succeeds():
    """Let every write of this process to a file fail, as a broken disk does (EIO of the database)."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def pulled(folder):
    """Take a folder away, as a pulled stick is, and put it back; an open file stays open meanwhile."""
    away = folder.with_name(f"{folder.name} di tangan")
    folder.rename(away)
    try:
        yield
    finally:
        away.rename(folder)


class SmallDisk:
    """A file system of a few megabytes of its own."""

    def __init__(self, folder):
        self.folder = folder
        self._filling = folder / "isi"

    def fill(self):
        """Leave not one byte free."""
        with self._filling.open("ab", buffering=0) as file:
            for size in (1 << 16, 1 << 12, 1):
                try:
                    while file.write(bytes(size)):
                        pass
                except OSError:
                    continue

    def free(self):
        """Give the room back."""
        self._filling.unlink()


@contextmanager
def small_disk(folder, size="4m"):
    """Mount a small disk on a folder; skip the test where that is not allowed."""
    folder.mkdir()
    mount = shutil.which("mount")
    tried = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={size}", "none", folder], capture_output=True, check=False
    )
    if not tried or tried.returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run([shutil.which("umount"), "-l", folder], check=True)


class Stick:
    """Stands for a stick that is pulled after some bytes: writing more fails as the system says it."""

    def __init__(self, file, limit):
        self.file, self.left = file, limit

    def write(self, data):
        part = data[: self.left]
        self.file.write(part)
        self.left -= len(part)
        if len(part) < len(data):
            raise OSError(5, "Input/output error")

    def __getattr__(self, name):
        return getattr(self.file, name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()
