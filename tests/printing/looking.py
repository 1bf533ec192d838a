"""Pages as a test looks at them: their letters without spaces, where each stands, what their codes say."""

import ctypes
import itertools
import re

import pypdfium2
import pytest
import zxingcpp

from p2kp_desktop.forms import FORMS
from p2kp_desktop.printing.pages.paper import A4, F4
from tests.conftest import DEEP
from tests.pdfs import Pages

MARGIN = 8  # points that a printer cannot reach

_FORMS, _SHEETS = [form for form in FORMS if form.by_hand], (A4, F4)
_EACH = [(form, sheet) for number, form in enumerate(_FORMS) for sheet in (_SHEETS if DEEP else [_SHEETS[number % 2]])]
on_paper = pytest.mark.parametrize(  # each form on A4 or F4 in turn; on both with `--deep`
    ("form", "sheet"), _EACH, ids=[f"{form.key}-{sheet.name}" for form, sheet in _EACH],
)


def pages_of(pdf):
    pages = Pages(pdf)
    return [pages.text(number) for number in range(len(pages))]


def bare(text):
    """Return a text without spaces, line ends and hyphens, as it is compared: one at a line end cannot be told."""
    return re.sub(r"[\s\x02\ufffe\u200b\u00ad-]+", "", text)


def letters_of(pdf):
    return bare("".join(pages_of(pdf)))


def outside(pdf):
    """Return the letters that stand outside what a printer reaches, by page."""
    return letters_outside(pdf, MARGIN)


def letters(words):
    """Yield each letter of a page's words with its box: left, bottom, right, top; a helper of PDFium's takes thrice."""
    raw = pypdfium2.raw
    left, right, bottom, top = sides = [ctypes.c_double() for _side in range(4)]
    wanted = [ctypes.byref(side) for side in sides]
    for at in range(words.count_chars()):
        raw.FPDFText_GetCharBox(words.raw, at, *wanted)
        yield chr(raw.FPDFText_GetUnicode(words.raw, at)), (left.value, bottom.value, right.value, top.value)


def letters_outside(pdf, margin):
    """Return the letters nearer to an edge than a margin in points: page, letter, left, bottom."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for number, page in enumerate(document):
        width, height = page.get_size()
        words = page.get_textpage()
        for letter, (left, bottom, right, top) in letters(words):
            if right > left and not (left >= margin and right <= width - margin
                                     and bottom >= margin and top <= height - margin):
                found.append((number, letter, left, bottom))
    document.close()
    return found


def over_others(pdf):
    """Return the letters that stand on top of another letter: page, both letters, where; «fi» drawn as one is one."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for number, page in enumerate(document):
        words = page.get_textpage()
        lines = {}
        for letter, (left, bottom, right, top) in letters(words):
            if right - left > 1 and top - bottom > 1 and letter.isalnum():
                lines.setdefault(int((bottom + top) / 2 / _A_LINE), []).append((left, bottom, right, top, letter))
        for line in lines.values():
            line.sort()
            for one, other in itertools.pairwise(line):
                wide = min(one[2], other[2]) - other[0]
                tall = min(one[3], other[3]) - max(one[1], other[1])
                much = wide > _ON_TOP * (other[2] - other[0]) and tall > _ON_TOP * (other[3] - other[1])
                if much and one[:4] != other[:4]:
                    found.append((number, one[4], other[4], round(other[0]), round(other[1])))
    document.close()
    return found


_A_LINE = 6  # points
_ON_TOP = 0.5  # of a letter that another covers


def lowest_line(pdf, number, above=0):
    """Return the letters of the last line of a page that stands higher than so many millimetres: without the foot."""
    document = pypdfium2.PdfDocument(pdf)
    words = document[number].get_textpage()
    found = [(*words.get_charbox(at), words.get_text_range(at, 1)) for at in range(words.count_chars())]
    document.close()
    placed = [(left, bottom, letter) for left, bottom, right, _top, letter in found
              if right > left and bottom >= above * 72 / 25.4]
    last = min((bottom for _left, bottom, _letter in placed), default=0)
    return bare("".join(letter for left, bottom, letter in sorted(placed) if bottom < last + 4))


def pens(pdf):
    """Return what letters and lines are drawn with: (luminance, size) of each kind; white letters stand on black."""
    raw = pypdfium2.raw
    document = pypdfium2.PdfDocument(pdf)
    letters, lines = set(), set()
    for page in document:
        for each in page.get_objects():
            if each.type == raw.FPDF_PAGEOBJ_TEXT:
                letters.add((_luminance(raw.FPDFPageObj_GetFillColor, each), _size(each)))
            elif each.type == raw.FPDF_PAGEOBJ_PATH and _is_drawn(each):
                lines.add((_luminance(raw.FPDFPageObj_GetStrokeColor, each), _width(each)))
    document.close()
    return letters, lines


def circles(pdf):
    """Return the circles and squares around letters of options: page, left, bottom, right, top in points."""
    document = pypdfium2.PdfDocument(pdf)
    found = [(number, *each.get_bounds()) for number, page in enumerate(document) for each in page.get_objects()
             if each.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH and _is_drawn(each)]
    document.close()
    return [each for each in found if all(_CIRCLE < far - near < 1.3 * _CIRCLE
                                          for near, far in ((each[1], each[3]), (each[2], each[4])))]


_CIRCLE = 3.6 * 72 / 25.4


def _luminance(ask, each):
    parts = [ctypes.c_uint() for _part in range(4)]
    ask(each.raw, *(ctypes.byref(part) for part in parts))
    return max(part.value for part in parts[:3])


def _size(each):
    size = ctypes.c_float()
    pypdfium2.raw.FPDFTextObj_GetFontSize(each.raw, ctypes.byref(size))
    return round(size.value, 1)


def _width(each):
    width = ctypes.c_float()
    pypdfium2.raw.FPDFPageObj_GetStrokeWidth(each.raw, ctypes.byref(width))
    return round(width.value, 2)


def _is_drawn(each):
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pypdfium2.raw.FPDFPath_GetDrawMode(each.raw, ctypes.byref(mode), ctypes.byref(stroke))
    return bool(stroke.value)


def codes_of(pdf, number=0, dpi=200):
    """Return what the codes on a page say, read from its picture."""
    document = pypdfium2.PdfDocument(pdf)
    drawn = document[number].render(scale=dpi / 72, grayscale=True)
    picture = memoryview(bytes(drawn.buffer)).cast("B", (drawn.height, drawn.stride))
    found = [each.text for each in zxingcpp.read_barcodes(picture)]
    document.close()
    return found
