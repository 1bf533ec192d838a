"""Puts the pages of a PDF onto a printer, as large as they are: a sheet that the printer lacks is not stretched."""

from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.printing.pages.viewing import Pages
from p2kp_desktop.ui.desk import Report
from p2kp_desktop.ui.kit.preview import image_of

_DPI = 300
_MM_PER_INCH = 25.4
Page = tuple[tuple[float, float], bytes]  # its size in millimetres, and its picture


def must_have_printer() -> None:
    """Raise Trouble where this laptop knows no printer."""
    if not QPrinterInfo.availablePrinterNames():
        raise Trouble(say("Tidak ada printer yang terpasang di laptop ini."), code="N04",
                      remedy=say("Simpan sebagai PDF dengan Ctrl+E, lalu cetak dari laptop lain."))


def new_printer(pdf: bytes, title: str) -> QPrinter:
    """Return the usual printer, set to the sheet of a document."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    _set_sheet(printer, Pages(pdf))
    return printer


def _set_sheet(printer: QPrinter, pages: Pages) -> None:
    """Set a printer to the sheet that pages were set for: exactly that size, upright or across as the first lies."""
    width, height = pages.size(0)
    upright = QSizeF(min(width, height), max(width, height))
    across = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    # F4 is nobody's standard: without an exact match Qt takes the nearest sheet it knows
    size = QPageSize(upright, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
    printer.setPageLayout(QPageLayout(size, across, QMarginsF()))
    printer.setFullPage(True)


def put_on(printer: QPrinter, pdf: bytes, report: Report) -> int:
    """Print the pages that the person chose, so many copies of each set; return how many pages; raise Trouble."""
    pages = Pages(pdf)
    _set_sheet(printer, pages)  # the dialog takes the paper of the printer that was chosen in it, which would cut F4
    first, last = printer.fromPage() or 1, min(printer.toPage() or len(pages), len(pages))
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    painter = QPainter()
    if not painter.begin(printer):
        raise Trouble(say("Printer «{name}» tidak menerima cetakan ini.", name=printer.printerName()), code="N05",
                      remedy=say("Periksa printernya, atau simpan sebagai PDF dengan Ctrl+E."))
    wanted = [number for _copy in range(copies) for number in range(first - 1, last)]
    with closing(_pictures(pages, wanted)) as pictures:
        try:
            for done, (size, picture) in enumerate(pictures):
                report(done, len(wanted))
                if done:
                    printer.newPage()
                _paint(painter, printer, size, picture)
        finally:
            painter.end()
    return len(wanted)


def _pictures(pages: Pages, wanted: Sequence[int]) -> Generator[Page, None, None]:
    """Yield the size and the picture of each page; while one is painted, the next is drawn already."""
    with ThreadPoolExecutor(1, "p2kp-pages") as beside:
        def drawn(number: int) -> Future[Page]:
            return beside.submit(lambda: (pages.size(number), pages.picture(number, _DPI)))

        following = drawn(wanted[0]) if wanted else None
        for number in [*wanted[1:], None]:
            if following is not None:
                now, following = following, None if number is None else drawn(number)
                yield now.result()


def _paint(painter: QPainter, printer: QPrinter, size: tuple[float, float], picture: bytes) -> None:
    """Paint a page where it stands on its sheet, whatever resolution the printer has.

    The sheets lie as the first page does; one that lies otherwise, a list behind an agreement, is turned, not cut.
    """
    width, height = size
    per_mm = printer.resolution() / _MM_PER_INCH
    across = printer.pageLayout().orientation() is QPageLayout.Orientation.Landscape
    painter.save()
    if across is not (width > height):
        painter.translate(height * per_mm, 0)
        painter.rotate(90)
    painter.drawImage(QRectF(0, 0, width * per_mm, height * per_mm), image_of(picture))
    painter.restore()
