"""What tells this machine from another: its built-in network cards, its board, last its installed system.

An image of a disk carries every file and the identity of the installed system, never the cards and the board. So
these decide first, and the installed system only where neither is known on both sides.
"""

import hashlib
import re
import sys
import uuid
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

CARD, BOARD, SYSTEM, VOLUME = "c", "b", "s", "v"

Marks = Mapping[str, frozenset[str]]  # kind → digests

_MARK = re.compile(rf"([0-9a-f]{{12}})([{CARD}{BOARD}{SYSTEM}{VOLUME}]?)")  # in older releases without a kind: a card
_MULTICAST, _LOCAL = 1 << 40, 1 << 41  # made up by Python; given by an administrator or at random
_FEW = 4  # an identity with fewer different figures was never filled in by its maker
_UNFILLED = ("03000200040005000006000700080009", "0123456789abcdef0123456789abcdef", "12345678123456781234567812345678")


def sign() -> str:
    """Return a short text that tells this machine from others, not its owner; "" where nothing tells."""
    order = (BOARD, CARD, SYSTEM) if sys.platform == "win32" else (CARD, BOARD, SYSTEM)
    found = {CARD: _cards(), BOARD: _board(), SYSTEM: _system()}
    return "-".join(f"{digest}{kind}" for kind in order for digest in sorted({_digest(each) for each in found[kind]}))


def same(one: str, other: str) -> bool:
    """Say whether two signs may be of one machine: the first kind of mark that both have decides."""
    if not one or not other or one == other:
        return True
    mine, theirs = _marks(one), _marks(other)
    if (VOLUME in mine) != (VOLUME in theirs):
        return False  # on a stick that carries its data, and on a laptop
    shared = next((kind for kind in mine if kind in theirs), None)
    if shared is None:
        return bool(mine and theirs)  # nothing to compare; a text that is no sign is of another machine
    return not mine[shared].isdisjoint(theirs[shared])


def sign_of_volume(stick: str, folder: Path) -> str:
    """Return the sign of a stick that carries its data, by what was noted on it and by the volume that it is."""
    return f"{_digest(f'{stick}-{_volume(folder)}')}{VOLUME}"


def _volume(folder: Path) -> str:
    """Return the number of the volume on which a folder lies, the same under Linux and Windows; "" where none is."""
    if sys.platform == "win32":
        import ctypes

        number = ctypes.c_ulong()
        asked = ctypes.windll.kernel32.GetVolumeInformationW(
            f"{folder.resolve().anchor}", None, 0, ctypes.byref(number), None, None, None, 0)
        return f"{number.value:08x}" if asked else ""
    try:
        device = folder.stat().st_dev
        found = [each.name for each in Path("/dev/disk/by-uuid").glob("*") if each.stat().st_rdev == device]
    except OSError:
        return ""
    return re.sub(r"[^0-9a-f]", "", found[0].lower())[-8:] if found else ""


def _marks(text: str) -> Marks:
    found: dict[str, set[str]] = {}
    for word in text.split("-"):
        mark = _MARK.fullmatch(word)
        if mark is None:
            return {}
        found.setdefault(mark[2] or CARD, set()).add(mark[1])
    return {kind: frozenset(digests) for kind, digests in found.items()}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _cards() -> Iterator[str]:
    """Yield the addresses of the network cards inside the machine, else the one that the system names first."""
    found = [address for address in map(_address, _files_of_cards()) if address]
    first = uuid.getnode()
    yield from found or ([] if first & _MULTICAST else [f"{first:x}"])


def _files_of_cards() -> Iterator[Path]:
    """Yield the files in which Linux says the address of each card; a radio's stays while it hides behind others."""
    for kind, name in (("net", "address"), ("ieee80211", "macaddress")):
        for card in sorted(Path("/sys/class", kind).glob("*")):
            device = card / "device"
            if device.exists() and "/usb" not in str(device.resolve()):  # what is plugged in goes to other machines
                yield card / name


def _address(file: Path) -> str:
    """Return an address given by the card's maker, in hexadecimal; "" for any other."""
    number = int(_read(file).replace(":", "") or "0", 16)
    return f"{number:x}" if number and not number & (_MULTICAST | _LOCAL) else ""


def _board() -> Iterator[str]:
    text = _registered(r"SYSTEM\HardwareConfig", "LastConfig") or _read(Path("/sys/class/dmi/id/product_uuid"))
    figures = re.sub(r"[^0-9a-f]", "", text.lower())
    if len(set(figures)) >= _FEW and figures not in _UNFILLED:
        yield figures


def _system() -> Iterable[str]:
    text = _registered(r"SOFTWARE\Microsoft\Cryptography", "MachineGuid") or _read(Path("/etc/machine-id"))
    return [text] if text else []


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def _registered(key: str, name: str) -> str:
    """Return a text of the registry of Windows; "" where there is none."""
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as opened:
                return str(winreg.QueryValueEx(opened, name)[0])
        except OSError:
            return ""
    return ""
