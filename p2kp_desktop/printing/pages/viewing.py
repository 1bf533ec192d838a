"""A PDF of ours looked at: how many pages, and each of them as a picture, for the preview and for printers."""

from p2kp_desktop.exchange import pdf_drawing, pdf_pages

_MM_PER_POINT = 25.4 / pdf_pages.POINTS_PER_INCH


class Pages:
    """The pages of a PDF, for one thread at a time."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf_pages.opened(pdf)

    def __len__(self) -> int:
        return len(self._pdf.pages)

    def size(self, number: int) -> tuple[float, float]:
        """Return width and height of a page, from 0, in millimetres."""
        width, height = pdf_pages.size_of(self._pdf.pages[number])
        return width * _MM_PER_POINT, height * _MM_PER_POINT

    def picture(self, number: int, dpi: float) -> bytes:
        """Return a page, from 0, as a PNG of so many dots an inch."""
        width, height = pdf_pages.size_of(self._pdf.pages[number])
        page = pdf_pages.in_letters(pdf_pages.alone(self._pdf, number))
        return pdf_drawing.png_of(page, dpi, width * height * (dpi / pdf_pages.POINTS_PER_INCH) ** 2)
