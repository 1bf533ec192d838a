"""Bare systems of Debian in a folder: to build in an old one, and to try a package in one that has nothing.

What is mounted in one is seen by this process and its children alone, and is gone with them however they end: whoever
clears the folder after a build that was killed meets no /proc and no screen of this machine there.
"""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from steps import Stopped, announce

_CLEAN = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8",
          "DEBIAN_FRONTEND": "noninteractive"}


_NEW_MOUNTS = 0x20000  # CLONE_NEWNS of unshare(2)


def require() -> None:
    """Make sure that this machine can make one, and mount from now on for this process alone; raises Stopped."""
    if os.geteuid() != 0:
        raise Stopped("This needs root, for it makes a bare Debian in a folder. Run it with sudo.")
    if shutil.which("debootstrap") is None:
        raise Stopped("debootstrap is lacking: apt-get install -y debootstrap")
    if ctypes.CDLL(None).unshare(_NEW_MOUNTS):
        raise Stopped("This system lets nobody mount anything apart from others (unshare), as some containers do.")
    _must(["mount", "--make-rprivate", "/"])


def make(folder: Path, suite: str, packages: Sequence[str] = ()) -> Path:
    """A bare Debian of this name with these packages, made once; raises Stopped on failure."""
    require()
    done = folder / "etc" / "made-bare"
    if done.exists():
        return folder
    announce(f"Making a bare Debian ({suite}) in {folder} ...")
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    _must(["debootstrap", "--variant=minbase", suite, str(folder), *filter(None, [mirror()])])
    if packages:
        run(folder, ["apt-get", "-qq", "update"])
        run(folder, ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages])
    done.touch()
    return folder


def run(folder: Path, command: Sequence[str], settings: Mapping[str, str] | None = None) -> str:
    """Run a command inside, with nothing of this machine's environment; raises Stopped with what it said."""
    with mounted(folder):
        return _must(["chroot", str(folder), *command], _CLEAN | dict(settings or {}))


@contextmanager
def mounted(folder: Path) -> Iterator[None]:
    """Have /proc inside for as long as something runs there."""
    place = folder / "proc"
    if place.is_mount():
        yield
        return
    _must(["mount", "-t", "proc", "proc", str(place)])
    try:
        yield
    finally:
        _must(["umount", "--lazy", str(place)])


def mirror() -> str:
    """Where this machine's own Debian comes from; "" where nothing tells."""
    lists = Path("/etc/apt")
    for path in sorted([*lists.glob("sources.list.d/*.sources"), lists / "sources.list"]):
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
            words = line.split()
            if words[:1] in (["URIs:"], ["deb"]):
                found = next((word for word in words if word.startswith("http") and "security" not in word), "")
                if found:
                    return found
    return ""


def _must(command: Sequence[str], settings: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(
        command, env=settings, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace", check=False,
    )
    if done.returncode != 0:
        raise Stopped(f"{' '.join(command[:6])} failed:\n{done.stdout[-3000:]}")
    return done.stdout
