"""Looks into a workbook before anything else opens it: what it is, and whether it is safe to hold in memory.

Every part is unpacked once, in pieces, against limits; nothing of it is kept but the extent of the filled
cells of each sheet. Links to other files are never followed, because nothing here or later reads them.
"""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO
from xml.parsers import expat

from p2kp_desktop.language import say

from . import faults
from .bundle import MACHINE
from .extents import Extent, Watcher

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PIECE = 1 << 18
_XML = (".xml", ".rels", ".vml")


@dataclass(frozen=True)
class Limits:
    """How large a file may be: bytes, filled cells and the depth of nested elements.

    `ratio` is the compression above which a part of more than `ratio_from` bytes counts as a bomb: a million
    empty rows as office suites write them reach 15, zeros reach 1,000. `box` is the number of cells in the
    rectangle around the filled cells of one sheet, which is what reading it holds in memory.
    """

    packed: int = 400 << 20
    unpacked: int = 2 << 30
    parts: int = 2_000
    ratio: int = 250
    ratio_from: int = 4 << 20
    small_part: int = 64 << 20  # any part but sheets and texts
    box: int = 25_000_000
    cells: int = 60_000_000
    depth: int = 100


LIMITS = Limits()


@dataclass(frozen=True)
class Inspected:
    """What the guard saw: the names of the sheets in order, and how far their filled cells reach."""

    sheets: tuple[str, ...]
    extents: dict[str, Extent] = field(default_factory=dict)


def inspect(path: Path, limits: Limits = LIMITS, *, holds: str = MACHINE) -> Inspected:
    """Return what is in a workbook that holds this sheet («» for any); raise Trouble for every other file."""
    _refuse_other_files(path, limits)
    try:
        with zipfile.ZipFile(path) as package:
            return _inspect_package(path.name, package, limits, holds)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, expat.ExpatError) as error:
        raise faults.damaged(path.name) from error
    except (LookupError, ValueError) as error:  # an encoding that nobody knows, or that XML may not have
        raise faults.damaged(path.name) from error
    except OSError as error:
        raise faults.unreadable(path.name) from error


def inspect_old(path: Path, limits: Limits = LIMITS) -> Inspected:
    """Return what is in an .xls workbook, whose sheets are small by their nature; raise Trouble."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        if path.stat().st_size > limits.packed:
            raise faults.too_large(path.name, say("besarnya {size} MB", size=path.stat().st_size >> 20))
        book = CalamineWorkbook.from_path(str(path))
        sheets = {title: book.get_sheet_by_name(title) for title in book.sheet_names}
    except CalamineError as error:
        raise faults.damaged(path.name) from error
    except OSError as error:
        raise faults.unreadable(path.name) from error
    extents = {
        title: Extent(sheet.total_height, sheet.total_width, sheet.height * sheet.width)
        for title, sheet in sheets.items()
    }
    return Inspected(tuple(extents), extents)


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
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise faults.unreadable(path.name) from error
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


def _inspect_package(name: str, package: zipfile.ZipFile, limits: Limits, holds: str) -> Inspected:
    parts = package.infolist()
    if len(parts) > limits.parts:
        raise faults.too_large(name, say("terdiri dari {count} bagian", count=len(parts)))
    names = [part.filename for part in parts]
    _refuse_other_packages(name, set(names))
    if len({part.casefold() for part in names}) < len(names) or any(part.flag_bits & 1 for part in parts):
        raise faults.damaged(name)
    _refuse_macros(name, package, set(names))
    titles = _sheet_parts(name, package, limits)
    if holds and holds not in titles:
        raise faults.foreign(name)
    _refuse_bombs(name, parts, limits)
    return _walk(name, package, titles, limits)


def _refuse_other_packages(name: str, parts: set[str]) -> None:
    """Raise Trouble for packages that are no .xlsx."""
    if "xl/workbook.bin" in parts:
        raise faults.other_excel(name, ".xlsb")
    if "xl/workbook.xml" in parts and "[Content_Types].xml" in parts:
        return
    kinds = {"word/document.xml": say("dokumen Word"), "ppt/presentation.xml": say("presentasi PowerPoint")}
    kind = next((kind for part, kind in kinds.items() if part in parts), None)
    if kind is None:
        kind = say("dokumen LibreOffice") if {"mimetype", "content.xml"} <= parts else say("berkas ZIP")
    raise faults.other_package(name, kind)


def _refuse_macros(name: str, package: zipfile.ZipFile, parts: set[str]) -> None:
    carries = any(
        PurePosixPath(part).name.lower() == "vbaproject.bin" or part.lower().startswith("xl/macrosheets/")
        for part in parts
    )
    with package.open("[Content_Types].xml") as types:
        if carries or b"macroenabled" in types.read(1 << 20).lower():
            raise faults.macros(name)


def _refuse_bombs(name: str, parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Raise Trouble where the parts say that they unpack beyond the limits; _walk sees that they do not lie."""
    total = sum(part.file_size for part in parts)
    if total > limits.unpacked:
        raise faults.too_large(name, say("isinya {size} MB", size=total >> 20))
    for part in parts:
        if part.file_size > limits.ratio_from and part.file_size > limits.ratio * max(part.compress_size, 1):
            raise faults.too_large(name, say("isinya dimampatkan secara tidak wajar"))
        if part.file_size > limits.small_part and not _may_be_large(part.filename):
            raise faults.too_large(name, say("bagian {part} terlalu besar", part=part.filename))


def _may_be_large(part: str) -> bool:
    return part.startswith("xl/worksheets/") or part == "xl/sharedStrings.xml"


def _sheet_parts(name: str, package: zipfile.ZipFile, limits: Limits) -> dict[str, str]:
    """Return the part of each worksheet by the sheet's name, in the order of the workbook."""
    targets: dict[str, str] = {}
    titles: list[tuple[str, str]] = []

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes.get("Target", "").lstrip("/")
            targets[attributes.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            titles.append((attributes.get("name", ""), targets.get(link, "")))

    present = set(package.namelist())
    for part, seen in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        watcher = Watcher(limits.depth, seen)
        for piece in _pieces(package, part, at_most=limits.small_part) if part in present else ():
            watcher.feed(piece)
        if watcher.doctype:
            raise faults.entities(name)
    found = {title: part for title, part in titles if part in present}
    if len({title.casefold() for title, _ in titles}) < len(titles):
        raise faults.damaged(name)
    return found


def _pieces(package: zipfile.ZipFile, part: str, *, at_most: int) -> Iterator[bytes]:
    """Yield a part in pieces; the last call checks its checksum. More than it declares is never unpacked."""
    if package.getinfo(part).file_size > at_most:
        raise zipfile.BadZipFile(f"{part} is too large")
    with package.open(part) as file:
        while piece := file.read(_PIECE):
            yield piece


def _walk(name: str, package: zipfile.ZipFile, titles: dict[str, str], limits: Limits) -> Inspected:
    """Unpack every part once, watching over XML and measuring the sheets."""
    extents = {part: Extent() for part in titles.values()}
    for part in package.namelist():
        is_xml = part in extents or part.lower().endswith(_XML)
        watcher = Watcher(limits.depth, extent=extents.get(part)) if is_xml else None
        for piece in _pieces(package, part, at_most=limits.unpacked):
            if watcher:
                watcher.feed(piece)
        if watcher:
            watcher.close()
            if watcher.doctype:
                raise faults.entities(name)
            if watcher.too_deep:
                raise faults.too_large(name, say("terlalu banyak lapisan"))
    if sum(extent.cells for extent in extents.values()) > limits.cells:
        raise faults.too_large(name, say("terlalu banyak sel"))
    return Inspected(tuple(titles), {title: extents[part] for title, part in titles.items()})
