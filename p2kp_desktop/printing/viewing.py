"""A PDF looked at: how many pages, and each of them as a picture, for the preview and for printers."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_POINTS_PER_INCH = 72


@dataclass(frozen=True)
class Picture:
    """A page as pixels: rows of 4 bytes, blue, green, red and one unused, `stride` bytes a row."""

    width: int
    height: int
    stride: int
    pixels: bytes


class Pages:
    """The pages of a PDF; closed when it is not needed any more."""

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2

        self._pdf: Any = pypdfium2.PdfDocument(pdf)

    def __len__(self) -> int:
        return len(self._pdf)

    def size(self, number: int) -> tuple[float, float]:
        """Return width and height of a page, from 0, in millimetres."""
        width, height = self._pdf[number].get_size()
        return width / _POINTS_PER_INCH * 25.4, height / _POINTS_PER_INCH * 25.4

    def picture(self, number: int, dpi: float) -> Picture:
        """Return a page, from 0, as a picture of so many dots an inch."""
        drawn = self._pdf[number].render(scale=dpi / _POINTS_PER_INCH, prefer_bgrx=True)
        return Picture(drawn.width, drawn.height, drawn.stride, bytes(drawn.buffer))

    def text(self, number: int) -> str:
        """Return the words of a page, from 0, in the order they are set."""
        return str(self._pdf[number].get_textpage().get_text_range())

    def close(self) -> None:
        """Let go of the PDF."""
        self._pdf.close()


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    pages = Pages(pdf)
    try:
        return len(pages)
    finally:
        pages.close()


def joined(parts: Iterable[bytes], *, leaves: bool = True) -> bytes:
    """Return one PDF of several; with `leaves` each begins on the front of a sheet, an empty back before it."""
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    for part in parts:
        if leaves and len(whole) % 2:
            whole.new_page(*whole[len(whole) - 1].get_size())
        pages = pypdfium2.PdfDocument(part)
        whole.import_pages(pages)
        pages.close()
    out = io.BytesIO()
    whole.save(out)
    whole.close()
    return out.getvalue()
