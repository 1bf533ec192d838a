"""Opens the ZIP package of a workbook against limits, without trusting what it declares of itself."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO
from xml.parsers import expat

from p2kp_desktop import held_files
from p2kp_desktop.language import say

from . import faults

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PIECE = 1 << 18


@dataclass(frozen=True)
class Limits:
    """How large a file may be: bytes, filled cells and the depth of nested elements; fit for a laptop of 4 GB.

    `ratio` is the compression above which a part of more than `ratio_from` bytes counts as a bomb: a million
    empty rows as office suites write them reach 15, zeros reach 1,000. `box` is the number of cells in the
    rectangle around the filled cells of one sheet, which is what reading it holds in memory; of a rectangle beyond
    `sparse` one cell in `emptiest` has to be filled, for a lone cell far out is a slip. `handed` are the bytes that
    may come over of a sheet, or of all tables: one text of a list may stand in a million cells, and a small file
    come to gigabytes. `memory` in bytes and `seconds` of processor time are what the process has that reads the file.
    """

    packed: int = 400 << 20
    unpacked: int = 2 << 30
    parts: int = 2_000
    ratio: int = 250
    ratio_from: int = 4 << 20
    small_part: int = 64 << 20  # any part but sheets and texts
    box: int = 12_000_000
    sparse: int = 1_000_000
    emptiest: int = 100
    cells: int = 60_000_000
    rows: int = 1 << 20
    columns: int = 1 << 14
    depth: int = 100
    handed: int = 512 << 20
    memory: int = 1 << 30
    seconds: int = 600

    def fits(self, rows: int, columns: int, cells: int) -> bool:
        """Say whether a sheet that reaches so far, with so many filled cells, can be held in memory."""
        box = rows * columns
        lonely = box > self.sparse and box > self.emptiest * cells
        return box <= self.box and rows <= self.rows and columns <= self.columns and not lonely


LIMITS = Limits()
TABLES = replace(LIMITS, box=4_000_000, cells=4_000_000, rows=100_000, handed=128 << 20, seconds=180)  # all are held
UNREADABLE = (  # what reading a part of a bad package comes to
    OSError, EOFError, KeyError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error,
)


@contextmanager
def opened(path: Path, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Give a complete package of no more parts than the limit; raise Trouble for all that is none or turns out bad."""
    _refuse_other_files(path, limits)
    try:
        with zipfile.ZipFile(path) as package:
            if len(package.infolist()) > limits.parts:
                raise faults.too_large(
                    path.name, say("terdiri dari {count} bagian", count=len(package.infolist())))
            yield package
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, expat.ExpatError) as error:
        whole = _is_readable(path)
        raise (faults.damaged(path.name) if whole else faults.unreadable(path.name, error)) from error
    except (LookupError, ValueError) as error:  # an encoding that nobody knows, or that XML may not have
        raise faults.damaged(path.name) from error
    except OSError as error:
        raise faults.unreadable(path.name, error) from error


def _is_readable(path: Path) -> bool:
    """Say whether every byte of a file can be read: what looks like damage may be a stick that was pulled."""
    try:
        with path.open("rb") as file:
            while file.read(1 << 20):
                pass
    except OSError:
        return False
    return True


def is_package(start: bytes) -> bool:
    """Say whether a file that begins like this has the wrapping of a workbook, of .xlsx and .ods or of .xls."""
    return start.startswith((_ZIP, _OLE))


def is_locked(path: Path) -> bool:
    """Say whether a file is a workbook behind a password; False for one that cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_OLE)) == _OLE and _contains(file, _ENCRYPTED)
    except OSError:
        return False


def is_old_excel(path: Path) -> bool:
    """Say whether a file has the wrapping of .xls and is not encrypted; False for one that cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_OLE)) == _OLE and not _contains(file, _ENCRYPTED)
    except OSError:
        return False


def must_be_a_file(path: Path) -> None:
    """Raise Trouble for a pipe or a device, of which reading might never end."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise faults.no_file(path.name)


def _refuse_other_files(path: Path, limits: Limits) -> None:
    """Raise Trouble for whatever is no complete ZIP package."""
    must_be_a_file(path)
    try:
        size = path.stat().st_size
        with held_files.opened(path) as file:
            start = file.read(8)
    except OSError as error:
        raise faults.unreadable(path.name, error) from error
    if size == 0:
        raise faults.empty(path.name)
    if start.startswith(_OLE):
        raise _ole(path)
    if not start.startswith(_ZIP):
        raise faults.truncated(path.name) if _ZIP.startswith(start) else faults.no_workbook(path.name)
    if size > limits.packed:
        raise faults.too_large(path.name, say("besarnya {size} MB", size=size >> 20))
    if not zipfile.is_zipfile(path):
        raise faults.truncated(path.name)


def _ole(path: Path) -> Exception:
    """Tell an encrypted workbook from an old one; both have the same wrapping."""
    with path.open("rb") as file:
        return faults.locked(path.name) if _contains(file, _ENCRYPTED) else faults.other_excel(path.name, ".xls")


def _contains(file: IO[bytes], needle: bytes) -> bool:
    tail = b""
    while piece := file.read(_PIECE):
        if needle in tail + piece:
            return True
        tail = piece[-len(needle):]
    return False


def refuse_spoiled(name: str, package: zipfile.ZipFile) -> None:
    """Raise Trouble for a package with two parts of one name, or with encrypted ones."""
    parts = package.infolist()
    if len({part.filename.casefold() for part in parts}) < len(parts) or any(part.flag_bits & 1 for part in parts):
        raise faults.damaged(name)


def refuse_bombs(name: str, package: zipfile.ZipFile, limits: Limits, may_be_large: Callable[[str], bool]) -> None:
    """Raise Trouble where the parts say that they unpack beyond the limits; `pieces` sees that they do not lie."""
    parts = package.infolist()
    total = sum(part.file_size for part in parts)
    if total > limits.unpacked:
        raise faults.too_large(name, say("isinya {size} MB", size=total >> 20))
    for part in parts:
        if part.file_size > limits.ratio_from and part.file_size > limits.ratio * max(part.compress_size, 1):
            raise faults.too_large(name, say("isinya dimampatkan secara tidak wajar"))
        if part.file_size > limits.small_part and not may_be_large(part.filename):
            raise faults.too_large(name, say("bagian {part} terlalu besar", part=part.filename))


def pieces(package: zipfile.ZipFile, part: str, *, at_most: int) -> Iterator[bytes]:
    """Yield a part in pieces; the last call checks its checksum. More than it declares is never unpacked."""
    if package.getinfo(part).file_size > at_most:
        raise zipfile.BadZipFile(f"{part} is too large")
    with package.open(part) as file:
        while piece := file.read(_PIECE):
            yield piece
