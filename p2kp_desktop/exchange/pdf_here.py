"""Reads a foreign PDF in this process: what serving.py does for pdf_scans.py.

A page that is one picture is that picture. Any other is drawn by typst, which does not draw JPEG 2000, and draws what
is masked no finer than it is itself: such pictures are written anew before.
"""

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from p2kp_desktop import held_files
from p2kp_desktop.language import Trouble, say

from . import bare_pictures, pdf_drawing, pdf_pages, scan_image

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdf import PdfReader, PdfWriter

_MOST_DRAWN = 50_000_000  # pixels of all pictures of a page: typst takes 13 bytes for each
_WIDEST, _FLATTEST = 10_000_000, 1 / 50  # pixels of what is drawn; the shorter side of a page, of the longer


def count(path: Path, content: str) -> int:
    """Return how many pages there are. Raises Trouble, as do all of these."""
    with _opened(path, content) as pdf:
        return len(pdf.pages)


def sizes(path: Path, content: str) -> list[tuple[float, float]]:
    """Return how large the pages are, in points."""
    with _opened(path, content) as pdf:
        return [pdf_pages.size_of(page) for page in pdf.pages]


def alone(path: Path, content: str, number: int) -> str:
    """Return a page, from 0, as a PDF of its own."""
    with _opened(path, content) as pdf:
        return _text(pdf_pages.written(pdf_pages.alone(pdf, number)))


def picture(path: Path, content: str, number: int, longest: int, mode: str) -> tuple[int, int, str]:
    """Return a page, from 0, so many pixels on its longer side: its width, height and points, as Pillow has them."""
    with _opened(path, content) as pdf:
        page = pdf.pages[number]
        width, height = pdf_pages.size_of(page)
        scale = longest / max(width, height)
        size = max(1, round(width * scale)), max(1, round(height * scale))
        found = scan_image.of_page(page, longest) or _drawn(pdf, number, scale, path.name)
        made = found.convert(mode)
    if made.size != size:
        from PIL.Image import Resampling

        made = made.resize(size, Resampling.BICUBIC, reducing_gap=2)
    return (*size, _text(made.tobytes()))


def _drawn(pdf: "PdfReader", number: int, scale: float, name: str) -> "Image":
    from PIL import Image

    width, height = pdf_pages.size_of(pdf.pages[number])
    if min(width, height) < _FLATTEST * max(width, height):
        raise bare_pictures.too_large(name)
    made = pdf_pages.alone(pdf, number)
    _make_drawable(made, name)
    scale = min(scale, (_WIDEST / width / height) ** 0.5)
    png = pdf_drawing.png_of(pdf_pages.in_letters(made), scale * pdf_pages.POINTS_PER_INCH, _WIDEST)
    return Image.open(io.BytesIO(png), formats=["PNG"])


def _make_drawable(made: "PdfWriter", name: str) -> None:
    """Write the pictures of a page anew that typst would not draw, or not as fine as they are."""
    from pypdf.generic import StreamObject

    streams: list[Any] = [each for each in made._objects if isinstance(each, StreamObject)]
    pictures = [each for each in streams if each.get("/Subtype") == "/Image"]
    points = 0
    for each in pictures:
        points += int(each.get("/Width", 0)) * int(each.get("/Height", 0))
        if points > _MOST_DRAWN:
            raise bare_pictures.too_large(name)
    for each in pictures:
        mask = each.get("/SMask")
        finer = mask is not None and int(mask["/Width"]) > int(each["/Width"])
        if finer or pdf_pages.listed(each.get("/Filter"))[-1:] == [scan_image.JPEG_2000]:
            _write_anew(each, (int(mask["/Width"]), int(mask["/Height"])) if finer else None)


def _write_anew(stream: Any, size: tuple[int, int] | None) -> None:
    import zlib

    from pypdf.generic import NameObject, NumberObject

    mask = stream.pop("/SMask", None)
    found = scan_image.opened(stream)
    if mask is not None:
        stream[NameObject("/SMask")] = mask
    if found is None:
        return
    points = found.convert("RGB")
    if size is not None:
        points = points.resize(size)
    stream._data = zlib.compress(points.tobytes(), 1)
    stream.pop("/DecodeParms", None)
    for key, value in (("/Filter", "/FlateDecode"), ("/ColorSpace", "/DeviceRGB")):
        stream[NameObject(key)] = NameObject(value)
    for key, number in (("/Width", points.width), ("/Height", points.height), ("/BitsPerComponent", 8)):
        stream[NameObject(key)] = NumberObject(number)


@contextmanager
def _opened(path: Path, content: str) -> Iterator["PdfReader"]:
    """Open a PDF that lies there, or is this content, in letters."""
    import typst
    from pypdf.errors import PyPdfError

    try:
        with io.BytesIO(base64.b64decode(content)) if content else held_files.opened(path) as file:
            yield pdf_pages.opened(file)
    except (PyPdfError, typst.TypstError, OSError, ValueError, MemoryError, RecursionError) as error:
        raise unreadable(path.name) from error


def unreadable(name: str) -> Trouble:
    """Return the trouble with a PDF that is damaged, has a password, or is none."""
    return Trouble(say("PDF {file} tidak dapat dibaca.", file=name), remedy=say("Pindai lagi tanpa kata sandi."),
                   code="L07")


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
