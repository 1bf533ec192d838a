"""A PDF looked at: how many pages, and each of them as a picture, for the preview and for printers.

PDFium serves one thread at a time, and here a preview, a print and a file may be on their way at once: each call waits
for the one before, and lets go of what it took before the next may begin.
"""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from p2kp_desktop.exchange.pdf_scans import ONE_AT_A_TIME

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

        with ONE_AT_A_TIME:
            self._pdf: Any = pypdfium2.PdfDocument(pdf)

    def __len__(self) -> int:
        with ONE_AT_A_TIME:
            return len(self._pdf)

    @contextmanager
    def _page(self, number: int) -> Iterator[Any]:
        with ONE_AT_A_TIME:
            page = self._pdf[number]
            try:
                yield page
            finally:
                page.close()

    def size(self, number: int) -> tuple[float, float]:
        """Return width and height of a page, from 0, in millimetres."""
        with self._page(number) as page:
            width, height = page.get_size()
        return width / _POINTS_PER_INCH * 25.4, height / _POINTS_PER_INCH * 25.4

    def picture(self, number: int, dpi: float) -> Picture:
        """Return a page, from 0, as a picture of so many dots an inch."""
        with self._page(number) as page:
            drawn = page.render(scale=dpi / _POINTS_PER_INCH, prefer_bgrx=True)
            made = Picture(drawn.width, drawn.height, drawn.stride, bytes(drawn.buffer))
            drawn.close()
        return made

    def text(self, number: int) -> str:
        """Return the words of a page, from 0, in the order they are set."""
        with self._page(number) as page:
            words = page.get_textpage()
            said = str(words.get_text_range())
            words.close()
        return said

    def close(self) -> None:
        """Let go of the PDF."""
        with ONE_AT_A_TIME:
            self._pdf.close()


def joined(parts: Iterable[bytes], *, leaves: bool = True) -> bytes:
    """Return one PDF of several; with `leaves` each begins on the front of a sheet, an empty back before it."""
    import pypdfium2

    out = io.BytesIO()
    with ONE_AT_A_TIME:
        whole = pypdfium2.PdfDocument.new()
    for part in parts:
        with ONE_AT_A_TIME:
            _add(whole, part, leaves=leaves)
    with ONE_AT_A_TIME:
        whole.save(out)
        whole.close()
    return out.getvalue()


def _add(whole: Any, part: bytes, *, leaves: bool) -> None:
    import pypdfium2

    if leaves and len(whole) % 2:
        last = whole[len(whole) - 1]
        whole.new_page(*last.get_size()).close()
        last.close()
    pages = pypdfium2.PdfDocument(part)
    whole.import_pages(pages)
    pages.close()


def count_of(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    pages = Pages(pdf)
    try:
        return len(pages)
    finally:
        pages.close()
