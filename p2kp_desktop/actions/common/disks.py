"""Which disk a folder lies on: what shares a disk is lost with it."""

import ctypes
import os
import sys
from pathlib import Path

_NETWORK = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "davfs")
_REMOVABLE, _REMOTE = 2, 4  # kinds of drives as Windows counts them


def apart(one: Path, other: Path) -> bool:
    """Say whether two places lie on different disks for certain; two parts of one disk do not."""
    try:
        if one.stat().st_dev == other.stat().st_dev:
            return False
        if sys.platform == "win32":
            return _leaves(one) or _leaves(other)
        if not Path("/sys/dev/block").is_dir():
            return True
        here, there = _disks(one), _disks(other)
    except OSError:
        return False
    return bool(here and there) and not here & there


def _leaves(path: Path) -> bool:
    """Say whether Windows calls the drive of a path removable or a network drive."""
    windows = getattr(ctypes, "windll", None)
    drive = f"{path.absolute().drive}\\"
    return windows is not None and windows.kernel32.GetDriveTypeW(drive) in (_REMOVABLE, _REMOTE)


def _disks(path: Path) -> frozenset[str]:
    """Return the disks, or the server, that hold a path on Linux; none where that cannot be told."""
    kind, source = _mount(path.resolve())
    if kind.startswith(_NETWORK):
        return frozenset({source})
    try:
        device = Path(source).stat().st_rdev if source.startswith("/dev/") else path.stat().st_dev
    except OSError:
        device = path.stat().st_dev
    return _below(Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}"))


def _below(node: Path) -> frozenset[str]:
    """Return the whole disks under a partition, a lock or a volume of the system's tree of devices."""
    if not node.exists():
        return frozenset()
    place = node.resolve()
    slaves = place / "slaves"
    under = list(slaves.iterdir()) if slaves.is_dir() else []
    if under:
        return frozenset().union(*(_below(each) for each in under))
    return frozenset({place.parent.name if (place / "partition").exists() else place.name})


def _mount(path: Path) -> tuple[str, str]:
    """Return kind and source of the file system that a path lies in, as Linux lists them."""
    found = "", "", ""
    for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines():
        before, _, after = line.partition(" - ")
        point, (kind, source, *_rest) = before.split()[4].replace("\\040", " "), after.split()
        if path.is_relative_to(point) and len(point) >= len(found[0]):
            found = point, kind, source
    return found[1], found[2]
