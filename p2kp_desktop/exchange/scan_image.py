"""The picture that a scanned page consists of, taken out of the PDF as it is: ten times as quick as drawing the page.

Only what nearly every scanner writes: one upright or turned picture that covers the page, as JPEG, JPEG 2000 or fax.
Any page that shows something else besides is drawn instead.
"""

import io
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from . import bare_pictures, pdf_pages

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdf import PageObject

_LONGEST = 20_000  # bytes of what is done on a page: for one picture it is a line or two
_NEXT_TO_NOTHING = 0.02  # of a side of the page, by which a picture may miss its edge
_SHOWS = frozenset(  # what puts something on the page, or takes something away, in a way that is not looked into here
    b"gs sh BI INLINE IMAGE f F f* B B* b b* S s W W* Do' d1".split()
)
_SAYS = frozenset((b"Tj", b"TJ", b"'", b'"'))
_UNSEEN = 3  # how letters are drawn that only a search finds
_GREY, _COLOUR, _FOUR = 1, 3, 4
_SPACES = {"/DeviceGray": _GREY, "/CalGray": _GREY, "/DeviceRGB": _COLOUR, "/CalRGB": _COLOUR}
_JPEG, JPEG_2000, _FAX = "/DCTDecode", "/JPXDecode", "/CCITTFaxDecode"
# By the signs of a matrix: how many degrees it turns against the clock.
_TURNS: Mapping[tuple[int, ...], int] = {(1, 0, 0, 1): 0, (0, 1, -1, 0): 90, (-1, 0, 0, -1): 180, (0, -1, 1, 0): 270}

Matrix = tuple[float, float, float, float, float, float]


def of_page(page: "PageObject", longest: int) -> "Image | None":
    """Return the picture that a page consists of, as the page is looked at; None for any other page.

    It may come smaller than it is, but with no side shorter than it has `longest` pixels on the longer one.
    """
    found = _only_picture(page)
    if found is None:
        return None
    stream, turned = found
    with suppress(OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError):  # damaged: drawing tells more
        picture = opened(stream, longest)
        if picture is not None:
            around = (turned - page.rotation) % 360
            return picture.rotate(around, expand=True) if around else picture
    return None


def opened(stream: Any, longest: int = 0) -> "Image | None":
    """Open a picture inside a PDF that Pillow reads as it is; None for another kind. Raises what Pillow raises."""
    from PIL import Image

    filters = pdf_pages.listed(stream.get("/Filter"))
    size = int(stream["/Width"]), int(stream["/Height"])
    if len(filters) != 1 or "/SMask" in stream or "/Mask" in stream or size[0] * size[1] > bare_pictures.LARGEST:
        return None
    (kind,) = filters
    plain = "/Decode" not in stream
    if kind == _JPEG and plain and _depth(stream.get("/ColorSpace")) in (_GREY, _COLOUR):
        picture = Image.open(io.BytesIO(stream._data), formats=["JPEG"])
        if picture.mode not in ("L", "RGB"):
            return None
        picture.draft(picture.mode, (longest, longest) if longest else picture.size)
    elif kind == JPEG_2000 and plain:
        picture = Image.open(io.BytesIO(stream._data), formats=["JPEG2000"])
    elif kind == _FAX and stream.get("/ColorSpace") == "/DeviceGray" and plain:
        picture = Image.open(io.BytesIO(_as_tiff(stream, *size)), formats=["TIFF"])
    else:
        return None
    if picture.width * picture.height > bare_pictures.LARGEST:
        return None
    picture.load()
    return picture.convert("RGB") if picture.mode in ("P", "RGBA", "LA", "YCbCr", "CMYK") else picture


def _depth(space: Any) -> int:
    """Return how many colours a point has; 0 for a space that is not read here."""
    from pypdf.generic import ArrayObject

    space = space.get_object() if space is not None else None
    if isinstance(space, ArrayObject) and space:
        if space[0] == "/ICCBased":
            return int(space[1].get_object().get("/N", 0))
        return _SPACES.get(space[0], 0) if str(space[0]).startswith("/Cal") else 0
    return _SPACES.get(space, 0)


def _as_tiff(stream: Any, width: int, height: int) -> bytes:
    """Return a fax as a TIFF, which is the same with another head."""
    import struct

    told = (pdf_pages.listed(stream.get("/DecodeParms")) or [{}])[0]
    told = told.get_object() if hasattr(told, "get_object") else told
    kind, columns = int(told.get("/K", 0)), int(told.get("/Columns", 1728))
    if columns != width or told.get("/EncodedByteAlign"):
        raise ValueError("no plain fax")
    black = bool(told.get("/BlackIs1", False))
    tags = [(256, 4, width), (257, 4, height), (258, 3, 1), (259, 3, 4 if kind < 0 else 3),
            (262, 3, 1 if black else 0), (273, 4, 8 + 2 + 9 * 12 + 4), (278, 4, height), (279, 4, len(stream._data)),
            (292, 4, 1 if kind > 0 else 0)]
    body = b"".join(struct.pack("<HHII", tag, how, 1, value) for tag, how, value in tags)
    return b"".join((b"II*\0", struct.pack("<IH", 8, len(tags)), body, bytes(4), stream._data))


def _only_picture(page: "PageObject") -> tuple[Any, int] | None:
    """Return the one picture that covers a page and how far it is turned; None where more is seen, or less."""
    content = page.get_contents()
    if content is None or len(content.get_data()) > _LONGEST or page.get("/Annots"):
        return None
    names: list[tuple[str, Matrix]] = []
    now: Matrix = (1, 0, 0, 1, 0, 0)
    kept: list[Matrix] = []
    letters = 0
    for operands, act in content.operations:
        if act == b"q":
            kept.append(now)
        elif act == b"Q":
            now = kept.pop() if kept else now
        elif act == b"cm":
            now = _within(tuple(float(each) for each in operands), now)  # type: ignore[arg-type]
        elif act == b"Tr":
            letters = int(operands[0])
        elif act == b"Do":
            names.append((operands[0], now))
        elif act in _SHOWS or (act in _SAYS and letters != _UNSEEN):
            return None
    if len(names) != 1:
        return None
    (name, placed), = names
    resources: Any = page["/Resources"]
    stream = resources.get("/XObject", {}).get(name)
    found, turned = stream.get_object() if stream is not None else {}, _turn_of(placed, page)
    return (found, turned) if found.get("/Subtype") == "/Image" and turned is not None else None


def _within(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _turn_of(placed: Matrix, page: "PageObject") -> int | None:
    """Return how far a picture is turned, in degrees against the clock; None for one that does not cover the page."""
    a, b, c, d, e, f = placed
    wide, high = abs(a) + abs(c), abs(b) + abs(d)
    signs = tuple((each > _NEXT_TO_NOTHING * max(wide, high)) - (each < -_NEXT_TO_NOTHING * max(wide, high))
                  for each in (a, b, c, d))
    left, bottom = e + min(0, a) + min(0, c), f + min(0, b) + min(0, d)
    box = page.cropbox
    off = (left - float(box.left), bottom - float(box.bottom), left + wide - float(box.right),
           bottom + high - float(box.top))
    near = all(abs(each) <= _NEXT_TO_NOTHING * max(wide, high) for each in off)
    return _TURNS.get(signs) if near else None
