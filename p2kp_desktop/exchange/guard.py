"""Looks into a workbook before a library opens it: what it is, and whether it is safe to hold in memory.

Every part is unpacked once, in pieces, against limits; nothing of it is kept but the extent of the filled
cells of each sheet. What a part says of its size is compared with what is there, for libraries believe it.
Links to other files are never followed, because nothing here or later reads them.
"""

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from p2kp_desktop.language import say

from . import faults, package
from .bundle import MACHINE
from .extents import Extent, Watcher
from .package import LIMITS, Limits

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_STYLES = "xl/styles.xml"
_MOST_UNTOLD = 100_000  # texts that a list may promise and not have: so many cost nothing, and some writers miscount
_LITERAL = re.compile(r'"[^"]*"|\\.')  # of a number format: a text, a sign that stands for itself
_XML = (".xml", ".rels", ".vml")


@dataclass(frozen=True)
class Inspected:
    """What the guard saw: the names of the sheets in order, and how far their filled cells reach."""

    sheets: tuple[str, ...]
    extents: dict[str, Extent] = field(default_factory=dict)


def inspect(path: Path, limits: Limits = LIMITS, *, holds: str = MACHINE) -> Inspected:
    """Return the sheets and extents of a workbook that holds this sheet («» for any); raise Trouble for other files."""
    with package.opened(path, limits) as archive:
        return _inspect_package(path.name, archive, limits, holds)


def inspect_old(path: Path, limits: Limits = LIMITS) -> Inspected:
    """Return the sheets and extents of an .xls workbook, whose sheets are small by their nature; raise Trouble."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        if path.stat().st_size > limits.packed:
            raise faults.too_large(path.name, say("besarnya {size} MB", size=path.stat().st_size >> 20))
        book = CalamineWorkbook.from_path(str(path))
        extents = {title: _extent_of(book, title) for title in book.sheet_names}
    except PasswordError as error:
        raise faults.locked(path.name) from error
    except CalamineError as error:
        raise faults.damaged(path.name) from error
    except OSError as error:
        raise faults.unreadable(path.name, error) from error
    return Inspected(tuple(extents), extents)


def _extent_of(book: "CalamineWorkbook", title: str) -> Extent:
    sheet = book.get_sheet_by_name(title)
    return Extent(sheet.total_height, sheet.total_width, sheet.height * sheet.width)


def _inspect_package(name: str, archive: zipfile.ZipFile, limits: Limits, holds: str) -> Inspected:
    parts = set(archive.namelist())
    _refuse_other_packages(name, parts)
    package.refuse_spoiled(name, archive)
    _refuse_macros(name, archive, parts)
    titles = _sheet_parts(name, archive, limits)
    if holds and holds not in titles:
        raise faults.foreign(name)
    package.refuse_bombs(name, archive, limits, _may_be_large)
    return _walk(name, archive, titles, limits)


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


def _refuse_macros(name: str, archive: zipfile.ZipFile, parts: set[str]) -> None:
    carries = any(
        PurePosixPath(part).name.lower() == "vbaproject.bin" or part.lower().startswith("xl/macrosheets/")
        for part in parts
    )
    with archive.open("[Content_Types].xml") as types:
        if carries or b"macroenabled" in types.read(1 << 20).lower():
            raise faults.macros(name)


def _may_be_large(part: str) -> bool:
    return part.startswith("xl/worksheets/") or part == "xl/sharedStrings.xml"


def _sheet_parts(name: str, archive: zipfile.ZipFile, limits: Limits) -> dict[str, str]:
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

    present = set(archive.namelist())
    for part, seen in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        watcher = Watcher(limits.depth, seen)
        for piece in package.pieces(archive, part, at_most=limits.small_part) if part in present else ():
            watcher.feed(piece)
        if watcher.doctype:
            raise faults.entities(name)
    found = {title: part for title, part in titles if part in present}
    if len({title.casefold() for title, _ in titles}) < len(titles):
        raise faults.damaged(name)
    return found


def _percent_styles(archive: zipfile.ZipFile, limits: Limits) -> frozenset[str]:
    """Return the styles of cells, by number, that show a number as a percentage."""
    formats, styles, lists = {"9", "10"}, set[str](), list[str]()
    number = 0

    def seen(tag: str, attributes: dict[str, str]) -> None:
        nonlocal number
        if tag in ("cellStyleXfs", "cellXfs", "cellStyles"):
            lists.append(tag)
        elif tag == "numFmt" and "%" in _LITERAL.sub("", attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif tag == "xf" and lists[-1:] == ["cellXfs"]:
            if attributes.get("numFmtId") in formats:
                styles.add(str(number))
            number += 1

    watcher = Watcher(limits.depth, seen)
    for piece in package.pieces(archive, _STYLES, at_most=limits.small_part) if _STYLES in archive.namelist() else ():
        watcher.feed(piece)
    return frozenset(styles)


def _walk(name: str, archive: zipfile.ZipFile, titles: dict[str, str], limits: Limits) -> Inspected:
    """Unpack every part once, watching over XML and measuring the sheets."""
    extents = {part: Extent() for part in titles.values()}
    percents = _percent_styles(archive, limits)
    for part in archive.namelist():
        is_xml = part in extents or part.lower().endswith(_XML)
        watcher = Watcher(limits.depth, extent=extents.get(part), percents=percents) if is_xml else None
        for piece in package.pieces(archive, part, at_most=limits.unpacked):
            if watcher:
                watcher.feed(piece)
                _refuse_too_many(name, extents.values(), limits)
        if watcher:
            watcher.close()
            _refuse_suspicious(name, watcher)
    _refuse_too_many(name, extents.values(), limits)
    return Inspected(tuple(titles), {title: extents[part] for title, part in titles.items()})


def _refuse_too_many(name: str, extents: Iterable[Extent], limits: Limits) -> None:
    if sum(extent.cells for extent in extents) > limits.cells:
        raise faults.too_large(name, say("terlalu banyak sel"))


def _refuse_suspicious(name: str, watcher: Watcher) -> None:
    if watcher.doctype:
        raise faults.entities(name)
    if watcher.too_deep:
        raise faults.too_large(name, say("terlalu banyak lapisan"))
    if watcher.promised > watcher.texts + _MOST_UNTOLD:
        raise faults.damaged(name)
