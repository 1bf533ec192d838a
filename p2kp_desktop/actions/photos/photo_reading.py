"""Photos as they lie in a folder, on a phone's card or in a window: found, read once, and put in the order of taking.

The originals are only ever read.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from p2kp_desktop.actions.common.long_work import Report
from p2kp_desktop.actions.common.originals import hash_of
from p2kp_desktop.exchange import scans
from p2kp_desktop.exchange.photo import Photo, read_photo
from p2kp_desktop.exchange.sheet_photo import SheetPhoto, read_sheet
from p2kp_desktop.language import Trouble, say

_READ = (scans.JPEG, scans.PNG, scans.WEBP, scans.TIFF)


@dataclass(frozen=True)
class PhotoRead:
    """A photo and what it tells: its content by hash, when and where, the sheets on it, and why it was not read."""

    file: Path
    sha256: str = ""
    photo: Photo = field(default_factory=Photo)
    sheet: SheetPhoto = field(default_factory=SheetPhoto)
    trouble: str = ""


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
    for done, file in enumerate(files):
        if report is not None:
            report(done, len(files))
        read.append(read_one(file))
    return in_order(read)


def read_one(file: Path) -> PhotoRead:
    """Read one photo; what cannot be read says why."""
    try:
        sha256, kind = hash_of(file), scans.kind_of(file)
    except OSError as error:
        return PhotoRead(file, trouble=say("Berkas ini tidak dapat dibaca ({reason}).", reason=error.strerror or error))
    if kind is None:
        return PhotoRead(file, trouble=say("Bukan foto atau PDF."))
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
