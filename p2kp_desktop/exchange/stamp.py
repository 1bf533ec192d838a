"""The stamp of the practice village in the properties of a workbook that is no bundle."""

import zipfile
from pathlib import Path

from .package import UNREADABLE

PRACTICE = "LATIHAN"
_PROPERTIES = ("docProps/core.xml", "meta.xml")  # of an .xlsx, of an .ods
_MOST = 1 << 16  # bytes of properties that are looked at


def properties(title: str, *, practice: bool) -> dict[str, str]:
    """Return the properties of a workbook; office suites keep them when they save it."""
    return {"title": title, **({"keywords": PRACTICE, "comments": PRACTICE} if practice else {})}


def is_practice(path: Path) -> bool:
    """Say whether a workbook comes from the practice village; False for a file that is no workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(_is_stamped(archive, part) for part in _PROPERTIES if part in archive.namelist())
    except UNREADABLE:
        return False


def _is_stamped(archive: zipfile.ZipFile, properties: str) -> bool:
    with archive.open(properties) as part:
        return PRACTICE.encode() in part.read(_MOST)
