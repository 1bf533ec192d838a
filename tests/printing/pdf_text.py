"""What a test reads of a PDF: the words of its pages, and where every letter stands."""

import re

import pypdfium2

from p2kp_desktop.printing.pages.viewing import Pages


def pages_of(pdf):
    """Return the words of each page; what a line breaks is put together, and so are hyphenated words."""
    pages = Pages(pdf)
    found = [pages.text(number) for number in range(len(pages))]
    pages.close()
    return found


def plain(text):
    """Return a text without white, hyphens at ends of lines and what only breaks lines."""
    return re.sub(r"[\s\u00a0\u00ad\u200b\u0002\ufffe-]", "", text)


def outside(pdf):
    """Return the letters that do not lie within their page, with the page."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for number, page in enumerate(document):
        width, height = page.get_size()
        text = page.get_textpage()
        for place in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(place)
            if right > left and not (left >= 0 and right <= width and bottom >= 0 and top <= height):
                found.append((number, text.get_text_range(place, 1)))
    document.close()
    return found


def boxes(pdf, number):
    """Return the letters of a page with their boxes: left, bottom, right, top."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[number].get_textpage()
    found = [(text.get_text_range(place, 1), text.get_charbox(place)) for place in range(text.count_chars())]
    document.close()
    return found
