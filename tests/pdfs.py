"""Pages of a PDF as a test looks at them: drawn as the program draws them, read by a library of somebody else."""

import threading

import pypdfium2

from p2kp_desktop.printing.pages import viewing

_ONE_AT_A_TIME = threading.RLock()  # PDFium serves one thread at a time


class Pages(viewing.Pages):
    """What the program knows of pages, and the words on them."""

    def __init__(self, pdf):
        super().__init__(pdf)
        self._content = pdf

    def text(self, number):
        """Return the words of a page, from 0, in the order they are set."""
        with _ONE_AT_A_TIME:
            pdf = pypdfium2.PdfDocument(self._content)
            page = pdf[number]
            words = page.get_textpage()
            said = str(words.get_text_range())
            for each in (words, page, pdf):
                each.close()
        return said


def of_preview(preview):
    """Return the pages that a preview of the window shows."""
    return Pages(preview._pages._pdf.stream.getvalue())
