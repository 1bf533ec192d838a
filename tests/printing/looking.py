"""Pages as a test looks at them: their letters without spaces, where each stands, what their codes say."""

import re

import pypdfium2
import zxingcpp

from p2kp_desktop.printing.pages.viewing import Pages

MARGIN = 8  # points that a printer cannot reach


def pages_of(pdf):
    pages = Pages(pdf)
    found = [pages.text(number) for number in range(len(pages))]
    pages.close()
    return found


def bare(text):
    """Return a text without spaces, line ends and the hyphens at them, as it is compared."""
    return re.sub(r"[\s\x02\ufffe]+", "", text)


def letters_of(pdf):
    return bare("".join(pages_of(pdf)))


def outside(pdf):
    """Return the letters that stand outside what a printer reaches, by page."""
    return letters_outside(pdf, MARGIN)


def letters_outside(pdf, margin):
    """Return the letters nearer to an edge than a margin in points: page, letter, left, bottom."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for number, page in enumerate(document):
        width, height = page.get_size()
        words = page.get_textpage()
        for at in range(words.count_chars()):
            left, bottom, right, top = words.get_charbox(at)
            if right > left and not (left >= margin and right <= width - margin
                                     and bottom >= margin and top <= height - margin):
                found.append((number, words.get_text_range(at, 1), left, bottom))
    document.close()
    return found


def codes_of(pdf, number=0, dpi=200):
    """Return what the codes on a page say, read from its picture."""
    document = pypdfium2.PdfDocument(pdf)
    drawn = document[number].render(scale=dpi / 72, grayscale=True)
    picture = memoryview(bytes(drawn.buffer)).cast("B", (drawn.height, drawn.stride))
    found = [each.text for each in zxingcpp.read_barcodes(picture)]
    document.close()
    return found
