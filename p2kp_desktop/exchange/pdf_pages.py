"""A PDF taken apart and put together: how many pages it has, how large each is, one alone, several as one.

pypdf is all Python: a damaged file raises an exception, and ends no process. A page alone is what is drawn
(pdf_drawing.py) and what is kept of a scan; what leads from it to its neighbours, a link or the outline, stays behind.
"""

import io
import sys
from collections.abc import Iterable
from types import ModuleType
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter

# pypdf loads the names of 4,300 letters, for whoever wants the words of a page: 3 MB of memory that nobody here needs.
_NAMES = ModuleType("pypdf._codecs.adobe_glyphs")
_NAMES.adobe_glyphs = {}  # type: ignore[attr-defined]
sys.modules.setdefault(_NAMES.__name__, _NAMES)

POINTS_PER_INCH = 72
_OF_A_PAGE = ("/Resources", "/MediaBox", "/CropBox", "/UserUnit", "/Contents")
_LEADS_ELSEWHERE = ("/A", "/AA", "/Dest", "/P", "/Parent", "/Popup", "/IRT", "/StructParent")
_END, _LAST = b"%%EOF", 1_024
_BINARY_MARK, _PLAIN_MARK = b"%\xe2\xe3\xcf\xd3", b"%...."  # with which pypdf says that a file is not of letters only


def opened(pdf: IO[bytes] | bytes) -> "PdfReader":
    """Open a PDF, one with an empty password too; of a file that is as much read as is asked for. Raises PyPdfError."""
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError

    file = io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf
    file.seek(max(0, file.seek(0, io.SEEK_END) - _LAST))
    if _END not in file.read():
        file.seek(0)
        file = io.BytesIO(file.read() + b"\n" + _END)  # the last bytes were lost, and nothing else perhaps
    reader = PdfReader(file)
    if reader.is_encrypted and not reader.decrypt(""):
        raise FileNotDecryptedError
    return reader


def count_of(pdf: bytes) -> int:
    """Return how many pages a PDF of ours has, as it says itself."""
    return int(opened(pdf).root_object["/Pages"]["/Count"])  # type: ignore[index]


def size_of(page: "PageObject") -> tuple[float, float]:
    """Return width and height of a page as it is looked at, in points; at least one each way."""
    box = page.cropbox
    unit = float(page.get("/UserUnit", 1))
    width, height = max(1.0, abs(float(box.width)) * unit), max(1.0, abs(float(box.height)) * unit)
    return (height, width) if page.rotation % 180 else (width, height)


def alone(reader: "PdfReader", number: int) -> "PdfWriter":
    """Return a page, from 0, as a PDF of its own; the same page is written as the same bytes each time."""
    from pypdf import PdfWriter

    made = PdfWriter()
    _add(made, reader.pages[number])
    return made


def written(made: "PdfWriter") -> bytes:
    """Return the bytes of a PDF that was put together."""
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def in_letters(made: "PdfWriter") -> str:
    """Return a PDF as text of plain letters: what is binary in it is written in hexadecimal figures."""
    from pypdf.generic import ArrayObject, NameObject, NullObject, StreamObject

    for each in made._objects:
        if not isinstance(each, StreamObject):
            continue
        filters, parameters = listed(each.get("/Filter")), listed(each.get("/DecodeParms"))
        each._data = each._data.hex().encode() + b">"
        each[NameObject("/Filter")] = ArrayObject([NameObject("/ASCIIHexDecode"), *filters])
        if parameters:
            each[NameObject("/DecodeParms")] = ArrayObject([NullObject(), *parameters])
    return written(made).replace(_BINARY_MARK, _PLAIN_MARK, 1).decode("ascii", "replace")


def joined(parts: Iterable[bytes], *, leaves: bool = True) -> bytes:
    """Return one PDF of several; with `leaves` each begins on the front of a sheet, an empty back before it."""
    from pypdf import PdfWriter

    whole = PdfWriter()
    for part in parts:
        if leaves and len(whole.pages) % 2:
            last = whole.pages[-1].mediabox
            whole.add_blank_page(float(last.width), float(last.height))
        for page in opened(part).pages:
            _add(whole, page)
    whole.compress_identical_objects()  # the fonts of each part are the same
    return written(whole)


def _add(made: "PdfWriter", page: "PageObject") -> None:
    """Add a page with what is seen on it, and nothing that leads to another page."""
    from pypdf import PageObject
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

    bare = PageObject(page.pdf, None)
    bare[NameObject("/Type")] = NameObject("/Page")
    for name in _OF_A_PAGE:
        if name in page:
            bare[NameObject(name)] = page.raw_get(name)
    bare[NameObject("/Rotate")] = NumberObject(page.rotation % 360)
    notes = [each.get_object() for each in listed(page.get("/Annots"))]
    seen = [{key: value for key, value in each.items() if key not in _LEADS_ELSEWHERE}
            for each in notes if isinstance(each, DictionaryObject) and "/AP" in each]
    if seen:
        bare[NameObject("/Annots")] = ArrayObject([DictionaryObject(each) for each in seen])
    made.add_page(bare)


def listed(value: Any) -> list[Any]:
    """Return one thing, several or none as a list."""
    from pypdf.generic import ArrayObject

    found = value.get_object() if value is not None else None
    return [] if found is None else list(found) if isinstance(found, ArrayObject) else [found]
