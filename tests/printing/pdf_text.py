"""What a test reads of a PDF: the words of its pages, and where every letter stands."""

import re

import pypdfium2

from .looking import letters, letters_outside, pages_of

__all__ = ["boxes", "outside", "pages_of", "plain"]


def outside(pdf):
    """Return the letters that do not lie within their page, with the page."""
    return [(page, letter) for page, letter, *_where in letters_outside(pdf, 0)]


def plain(text):
    """Return a text without white, hyphens at ends of lines and what only breaks lines."""
    return re.sub(r"[\s\u00a0\u00ad\u200b\u0002\ufffe-]", "", text)


def boxes(pdf, number):
    """Return the letters of a page with their boxes: left, bottom, right, top."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[number].get_textpage()
    found = list(letters(text))
    document.close()
    return found
