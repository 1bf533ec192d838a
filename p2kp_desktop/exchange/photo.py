"""Where and when a photo was taken, as the camera wrote it into the file (Exif 2.3 in a JPEG or HEIC)."""

import datetime
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import IO

from p2kp_desktop import held_files

from . import blotting, scans

_HEAD = 256 << 10  # bytes: what cameras write into a JPEG stands at its beginning
_START, _SCAN, _APP1, _EXIF = b"\xff\xd8", 0xDA, 0xE1, b"Exif\0\0"
_GPS, _DETAILS, _TAKEN = 0x8825, 0x8769, 0x9003  # tags of a directory: two others, and when the photo was taken
_ASCII, _LONG, _RATIONAL = 2, 4, 5
_SIZES = {_ASCII: 1, 3: 2, _LONG: 4, _RATIONAL: 8}
_MOST = 256  # entries of a directory
_SHAPE = "%Y:%m:%d %H:%M:%S"
_SIDES = {2: {"N": False, "S": True}, 4: {"E": False, "W": True}}  # is it below 0: by the tag of the degrees
_PLACES = 6  # decimals of a degree: a tenth of a metre


@dataclass(frozen=True)
class Photo:
    """What a photo tells of itself; degrees, south and west negative."""

    latitude: Decimal | None = None
    longitude: Decimal | None = None
    moment: datetime.datetime | None = None  # by the camera's clock

    @property
    def taken(self) -> datetime.date | None:
        """Return the day."""
        return self.moment.date() if self.moment else None


def read_photo(file: Path) -> Photo:
    """Return the place and time that a photo tells; nothing where it tells nothing. Raises OSError."""
    with held_files.opened(file) as opened:
        return photo_in(opened)


def photo_in(file: IO[bytes]) -> Photo:
    """Return place and time of a photo that is read from its beginning; nothing where it tells nothing."""
    head = file.read(_HEAD)
    blocks = _of_heic(head + file.read()) if scans.kind_in(head) is scans.HEIC else _of_jpeg(head)
    with suppress(struct.error, ValueError, ZeroDivisionError, KeyError, IndexError):  # a damaged file tells nothing
        for block in blocks:
            return _told(_Tiff(block))
    return Photo()


def _of_heic(content: bytes) -> Iterator[bytes]:
    yield blotting.exif_of_heic(content)


def _of_jpeg(head: bytes) -> Iterator[bytes]:
    """Yield the Exif blocks of a JPEG."""
    at = 2 if head.startswith(_START) else len(head)
    while at + 4 <= len(head) and head[at] == 0xFF and head[at + 1] != _SCAN:
        length = struct.unpack_from(">H", head, at + 2)[0]
        if head[at + 1] == _APP1 and head[at + 4 : at + 10] == _EXIF:
            yield head[at + 10 : at + 2 + length]
        at += 2 + length


class _Tiff:
    """The directories of an Exif block: numbers by tag."""

    def __init__(self, block: bytes) -> None:
        self._block = block
        self._order = {b"II": "<", b"MM": ">"}[block[:2]]
        self.first = self.directory(self._number("I", 4))

    def _number(self, kind: str, at: int) -> int:
        return int(struct.unpack_from(self._order + kind, self._block, at)[0])

    def directory(self, at: int) -> dict[int, tuple[int, int, int]]:
        """Return kind, count and place of the values of each entry."""
        found = {}
        for entry in range(at + 2, at + 2 + 12 * min(self._number("H", at), _MOST), 12):
            tag, kind = self._number("H", entry), self._number("H", entry + 2)
            count = self._number("I", entry + 4)
            inside = _SIZES.get(kind, 8) * count <= 4
            found[tag] = kind, count, entry + 8 if inside else self._number("I", entry + 8)
        return found

    def pointed(self, tag: int) -> dict[int, tuple[int, int, int]]:
        """Return the directory that an entry of the first one points to, empty without one."""
        return self.directory(self._number("I", self.first[tag][2])) if tag in self.first else {}

    def text(self, entry: tuple[int, int, int]) -> str:
        """Return the text of an entry."""
        _kind, count, at = entry
        return self._block[at : at + count].split(b"\0")[0].decode("ascii")

    def degrees(self, entry: tuple[int, int, int]) -> Fraction:
        """Return degrees, minutes and seconds as degrees."""
        kind, count, at = entry
        if (kind, count) != (_RATIONAL, 3):
            raise ValueError(entry)
        parts = [Fraction(self._number("I", at + 8 * n), self._number("I", at + 8 * n + 4)) for n in range(3)]
        return parts[0] + parts[1] / 60 + parts[2] / 3600


def _told(tiff: _Tiff) -> Photo:
    moment = None
    with suppress(struct.error, ValueError, KeyError):
        moment = datetime.datetime.strptime(tiff.text(tiff.pointed(_DETAILS)[_TAKEN])[:19], _SHAPE)
    with suppress(struct.error, ValueError, KeyError, ZeroDivisionError):
        gps = tiff.pointed(_GPS)
        latitude, longitude = (
            _rounded(tiff.degrees(gps[tag]), negative=_SIDES[tag][tiff.text(gps[tag - 1]).upper()]) for tag in (2, 4)
        )
        return Photo(latitude, longitude, moment)
    return Photo(moment=moment)


def _rounded(degrees: Fraction, *, negative: bool) -> Decimal:
    number = Decimal(round(degrees * 10**_PLACES)).scaleb(-_PLACES)
    return -number if negative else number
