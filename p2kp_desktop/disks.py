"""Which disk a folder lies on, and of what kind: what shares a disk is lost with it.

Windows calls a USB hard disk fixed as it does the one inside, so it is asked for the bus, and for the number, of the
disk behind a drive; that takes no administrator.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_NETWORK = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "davfs")
_SHARED = tuple(kind for kind in _NETWORK if kind != "9p")  # how a virtual machine gets at folders of its own host
_MOUNTS = ("/media/", "/run/media/", "/Volumes/")

_REMOVABLE, _REMOTE = 2, 4  # kinds of drives as Windows counts them
_PLUGGED = (4, 7, 12, 13)  # kinds of buses as Windows counts them: 1394, USB, SD, MMC
_QUERY_PROPERTY, _DEVICE_NUMBER = 0x002D1400, 0x002D1080  # IOCTL_STORAGE_…, both for whoever may look
_STANDARD_QUERY = struct.pack("<III", 0, 0, 0)  # of the device itself
_BUS = struct.Struct("<28xI")  # STORAGE_DEVICE_DESCRIPTOR up to its kind of bus
_NUMBER = struct.Struct("<III")  # STORAGE_DEVICE_NUMBER: kind of device, number, partition
_LONGEST = 1024


@dataclass(frozen=True)
class Drive:
    """What Windows says of a drive: its kind; the bus and the number of the disk behind it, None where it does not."""

    kind: int
    bus: int | None = None
    disk: tuple[int, int] | None = None

    @property
    def is_plugged_in(self) -> bool:
        """Say whether it is a stick, a card or a hard disk that can be taken away."""
        return self.kind == _REMOVABLE or self.bus in _PLUGGED

    @property
    def is_remote(self) -> bool:
        """Say whether it is a folder of another computer."""
        return self.kind == _REMOTE


def apart(one: Path, other: Path) -> bool:
    """Say whether two places lie on different disks for certain; two parts of one disk do not."""
    try:
        if one.stat().st_dev == other.stat().st_dev:
            return False
        if sys.platform == "win32":
            return _are_apart(_drive(one), _drive(other))
        if not Path("/sys/dev/block").is_dir():
            return True
        here, there = _disks(one), _disks(other)
    except OSError:
        return False
    return bool(here and there) and not here & there


def is_plugged_in(folder: Path) -> bool:
    """Say whether a folder lies on a stick, a card, or another disk that is plugged in from outside."""
    if sys.platform == "win32":
        return _drive(folder).is_plugged_in
    return f"{folder}/".startswith(_MOUNTS)


def is_stick(folder: Path) -> bool:
    """Say whether a folder that is plugged in lies on a stick or a card, and not on a hard disk."""
    return sys.platform != "win32" or _drive(folder).kind == _REMOVABLE


def is_shared(folder: Path) -> bool:
    """Say whether a folder lies on another computer of the network, where others may write to it too."""
    if sys.platform == "win32":
        return _drive(folder).is_remote
    try:
        return _mount(folder.resolve())[0].startswith(_SHARED)
    except OSError:
        return False


# Windows


def _are_apart(one: Drive, other: Drive) -> bool:
    if one.is_remote != other.is_remote:
        return True
    if one.disk is not None and other.disk is not None:
        return one.disk != other.disk
    return one.is_plugged_in or other.is_plugged_in or one.is_remote


def _drive(path: Path) -> Drive:
    """Return the drive on which a path lies."""
    windows = getattr(ctypes, "windll", None)
    if windows is None:
        return Drive(0)
    root = _root(windows.kernel32, path)
    is_server = root.startswith("\\\\") and not root.startswith(("\\\\?", "\\\\."))  # also one that is out of reach
    kind = _REMOTE if is_server else int(windows.kernel32.GetDriveTypeW(root))
    if kind == _REMOTE:
        return Drive(kind)
    return _told(kind, lambda code, query: _asked(windows.kernel32, root, code, query))


def _told(kind: int, ask: Callable[[int, bytes], bytes]) -> Drive:
    """Give what a drive of a kind says of itself when it is asked; no bytes are no answer."""
    device, number = ask(_QUERY_PROPERTY, _STANDARD_QUERY), ask(_DEVICE_NUMBER, b"")
    bus = int(_BUS.unpack_from(device)[0]) if len(device) >= _BUS.size else None
    whose, which, _part = _NUMBER.unpack_from(number) if len(number) >= _NUMBER.size else (0, 0, 0)
    return Drive(kind, bus, (whose, which) if len(number) >= _NUMBER.size else None)


def _root(kernel: "ctypes.CDLL", path: Path) -> str:
    r"""Return where the drive of a path begins: «E:\», «\\server\folder\», or a folder that a disk hangs in."""
    found = ctypes.create_unicode_buffer(_LONGEST)
    if kernel.GetVolumePathNameW(str(path.absolute()), found, _LONGEST):
        return found.value
    return f"{path.absolute().drive}\\"


def _asked(kernel: "ctypes.CDLL", root: str, code: int, query: bytes) -> bytes:
    """Ask the disk behind a drive something; return nothing where it does not answer."""
    name = ctypes.create_unicode_buffer(_LONGEST)
    known = kernel.GetVolumeNameForVolumeMountPointW(root, name, _LONGEST)
    open_file = kernel.CreateFileW
    open_file.restype = ctypes.c_void_p
    device = open_file(name.value.rstrip("\\") if known else f"\\\\.\\{root[:2]}", 0, 3, None, 3, 0, None)
    if device in (None, ctypes.c_void_p(-1).value):
        return b""
    answer, length = ctypes.create_string_buffer(_LONGEST), ctypes.c_ulong()
    try:
        done = kernel.DeviceIoControl(
            ctypes.c_void_p(device), code, query or None, len(query), answer, _LONGEST, ctypes.byref(length), None
        )
    finally:
        kernel.CloseHandle(ctypes.c_void_p(device))
    return answer.raw[:length.value] if done else b""


# Linux


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
