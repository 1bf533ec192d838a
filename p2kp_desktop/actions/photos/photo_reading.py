"""Photos as they lie in a folder, on a phone's card or in a window: found, read once, and put in the order of taking.

A PDF of a scanner has many sheets: each page of it is read as a photo by itself. The originals are only ever read.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from p2kp_desktop.actions.common.long_work import Report
from p2kp_desktop.actions.common.originals import hash_of
from p2kp_desktop.exchange import pdf_scans, scans
from p2kp_desktop.exchange.photo import Photo, read_photo
from p2kp_desktop.exchange.sheet_photo import SheetPhoto, read_page, read_sheet
from p2kp_desktop.language import Trouble, say

_READ = (scans.JPEG, scans.PNG, scans.WEBP, scans.TIFF)


@dataclass(frozen=True)
class PhotoRead:
    """A photo and what it tells: its content by hash, when and where, the sheets on it, and why it was not read.

    Of a page of a PDF `file` is a name below that of the PDF, where none lies; `page` counts from 1.
    """

    file: Path
    sha256: str = ""
    photo: Photo = field(default_factory=Photo)
    sheet: SheetPhoto = field(default_factory=SheetPhoto)
    trouble: str = ""
    page: int = 0

    @property
    def origin(self) -> Path:
        """Return the file that was named."""
        return self.file.parent if self.page else self.file


def photos_in(named: Iterable[Path]) -> list[Path]:
    """Return the photos and scans among files and in folders, with those below them; a phone keeps them in DCIM."""
    found: dict[Path, None] = {}
    for path in named:
        inside = sorted(path.rglob("*"), key=_natural) if path.is_dir() else [path]
        for each in inside:
            if not each.name.startswith(".") and each.is_file() and (each == path or _is_scan(each)):
                found[each] = None
    return list(found)


def _is_scan(file: Path) -> bool:
    with suppress(OSError):
        return scans.kind_of(file) is not None
    return False


def read_photos(files: Sequence[Path], report: Report | None = None) -> list[PhotoRead]:
    """Read photos and return them in the order in which they were taken; raises Cancelled out of `report`."""
    read = []
    sheets = [(file, page) for file in files for page in _pages(file)]
    for done, (file, page) in enumerate(sheets):
        if report is not None:
            report(done, len(sheets))
        read.append(_read_page(file, page) if page else read_one(file))
    return in_order(read)


def _pages(file: Path) -> Iterable[int]:
    """Return the pages of a PDF, 0 for what is none, or none that can be read."""
    with suppress(OSError, Trouble):
        if scans.kind_of(file) is scans.PDF:
            return range(1, pdf_scans.count(file) + 1)
    return (0,)


def _read_page(file: Path, page: int) -> PhotoRead:
    name = file / say("{file} halaman {page}.pdf", file=file.stem, page=page)
    try:
        sha256 = hashlib.sha256(pdf_scans.alone(file, page)).hexdigest()
        return PhotoRead(name, sha256, sheet=read_page(file, page), page=page)
    except Trouble as trouble:
        return PhotoRead(name, trouble=trouble.what, page=page)


def read_one(file: Path) -> PhotoRead:
    """Read one photo; what cannot be read says why."""
    try:
        sha256, kind = hash_of(file), scans.kind_of(file)
    except OSError as error:
        return PhotoRead(file, trouble=say("Berkas ini tidak dapat dibaca ({reason}).", reason=error.strerror or error))
    if kind is None:
        return PhotoRead(file, trouble=say("Bukan foto atau PDF."))
    if kind is scans.PDF:
        return PhotoRead(file, sha256, trouble=_why_no_pages(file))
    if kind not in _READ:
        return PhotoRead(file, sha256, trouble=say("Kode di berkas {kind} tidak dibaca.", kind=kind.title))
    photo = Photo()
    try:
        photo = read_photo(file)
        return PhotoRead(file, sha256, photo, read_sheet(file))
    except Trouble as trouble:  # it may be a sheet: it keeps its place in time, before the houses that follow on it
        return PhotoRead(file, sha256, photo, trouble=trouble.what)
    except OSError as error:
        return PhotoRead(file, trouble=say("Berkas ini tidak dapat dibaca ({reason}).", reason=error.strerror or error))


def _why_no_pages(file: Path) -> str:
    try:
        pdf_scans.count(file)
    except Trouble as trouble:
        return trouble.what
    return say("PDF ini tidak berisi halaman.")


def in_order(read: Iterable[PhotoRead]) -> list[PhotoRead]:
    """Return photos as they were taken: those with a time by it, then those without one by their names.

    The two are never mixed: nothing tells where a photo without a time belongs among the others.
    """
    return sorted(read, key=lambda each: (
        each.photo.moment is None, str(each.photo.moment or ""), _natural(each.file)))


def runs(read: Iterable[PhotoRead]) -> Iterator[tuple[PhotoRead, ...]]:
    """Yield the photos with a time, then those without, each folder of these by itself."""
    found: dict[Path | None, list[PhotoRead]] = {}
    for each in read:
        found.setdefault(None if each.photo.moment else each.file.parent, []).append(each)
    yield from (tuple(each) for each in found.values())


def _natural(file: Path) -> list[tuple[int, str]]:
    """Return a key by which IMG_9 stands before IMG_10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", str(file).casefold())]
