"""What a photo shows of printed sheets: their codes, and whether it looks like paper at all.

Large pictures are read small first, which is fast and enough for most; the whole picture is tried only where that
finds nothing of ours, and a small one (a messenger sends 1,600 pixels) enlarged. A photo that looks like a sheet and
shows no code is a sheet whose code was not read: whoever takes it for a house would file it on a wrong record.

Pillow knows HEIC only with an addition that this program does not have; such photos are kept, but not read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from p2kp_desktop.schema.printed_code import PrintedCode, is_ours, read_code
from p2kp_desktop.schema.values import Unreadable

from . import bare_pictures, pdf_scans

if TYPE_CHECKING:
    from PIL.Image import Image

_SMALL, _TINY = 2_400, 2_000  # pixels of the longer side: of the first reading, and of a picture that is enlarged
_VIEW, _STROKE, _THUMB = 480, 15, 48  # pixels: in which paper is looked for, of its lines, of what is left of it
_MIDDLE = 0.6  # of the picture: around a sheet lies a table
_PAPER, _EVEN, _AROUND, _BRIGHT = 0.9, 10, 9, 100  # share of points that differ less from those around; how light


@dataclass(frozen=True)
class SheetPhoto:
    """The codes on a photo, why others of ours were not read, and whether it looks like a sheet of paper."""

    codes: tuple[PrintedCode, ...] = ()
    faults: tuple[str, ...] = ()
    like_paper: bool = False

    @property
    def is_sheet(self) -> bool:
        """Say whether the photo shows a sheet, or may show one whose code was not read."""
        return bool(self.codes or self.faults) or self.like_paper


def read_sheet(file: Path) -> SheetPhoto:
    """Read the codes of printed sheets on a photo; raise Trouble for one that is too large or no picture."""
    with bare_pictures.opened(file, file.name) as picture:
        return _understanding(_sizes(picture))


def read_page(file: Path, number: int) -> SheetPhoto:
    """Read the codes of printed sheets on a page, from 1, of a scanned PDF; raise Trouble for one that is damaged."""
    return _understanding(pdf_scans.picture(file, number, longest) for longest in (_SMALL, _SMALL * 2))


def _understanding(pictures: Iterable["Image"]) -> SheetPhoto:
    texts: dict[str, None] = {}
    paper: bool | None = None
    for picture in pictures:
        paper = _is_like_paper(picture) if paper is None else paper
        texts |= dict.fromkeys(_texts(picture))
        codes, faults = _understood(texts)
        if codes:
            return SheetPhoto(codes, faults, like_paper=True)
    codes, faults = _understood(texts)
    return SheetPhoto(codes, faults, like_paper=bool(paper))


def _sizes(opened: "Image") -> Iterator["Image"]:
    """Yield the picture in grey: small, then as it is, or enlarged where it is small already."""
    from PIL.Image import Resampling

    whole = opened.size
    opened.draft("L", (min(whole[0], _SMALL), min(whole[1], _SMALL)))  # a JPEG is decoded at a fraction of its size
    grey = opened.convert("L")
    small = grey.copy()
    small.thumbnail((_SMALL, _SMALL))
    yield small
    if max(whole) <= _TINY:
        yield grey.resize((grey.width * 2, grey.height * 2), Resampling.LANCZOS)
    elif grey.size == whole:
        yield grey
    else:
        yield _whole(opened)


def _whole(opened: "Image") -> "Image":
    file = Path(opened.filename)  # type: ignore[attr-defined]
    with bare_pictures.opened(file, file.name) as again:
        again.draft("L", again.size)
        return again.convert("L")


def _texts(picture: "Image") -> list[str]:
    import zxingcpp

    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return [each.text for each in found]


def _understood(texts: dict[str, None]) -> tuple[tuple[PrintedCode, ...], tuple[str, ...]]:
    codes, faults = list[PrintedCode](), list[str]()
    for text in filter(is_ours, texts):
        try:
            codes.append(read_code(text))
        except Unreadable as error:
            faults.append(str(error))
    return tuple(codes), tuple(faults)


def _is_like_paper(picture: "Image") -> bool:
    """Say whether the middle of a picture is light and even, once thin dark lines are taken away.

    Even is said of each point and those around it, so that the shadow of a phone across the sheet is no matter.
    """
    from PIL import ImageChops
    from PIL.ImageFilter import MaxFilter, MedianFilter

    view = picture.copy()
    view.thumbnail((_VIEW, _VIEW))
    across, down = (round(side * (1 - _MIDDLE) / 2) for side in view.size)
    ground = view.filter(MaxFilter(_STROKE)).crop((across, down, view.width - across, view.height - down))
    ground = ground.resize((_THUMB, _THUMB))
    uneven = ImageChops.difference(ground, ground.filter(MedianFilter(_AROUND))).histogram()
    points = _PAPER * _THUMB**2
    return sum(uneven[:_EVEN]) >= points and sum(ground.histogram()[_BRIGHT:]) >= points
