"""What a camera wrote into a file that is kept as it came, blotted out where it stands: nothing else moves.

Pillow does not read HEIC, and a PDF with an electronic signature must stay as it was signed: neither can be written
anew as other pictures are (bare_pictures.py). A HEIC (ISO/IEC 23008-12) is a file of boxes; a table in it, `iinf`,
names what it holds, and another, `iloc`, tells where each lies. Of a PDF the photos on its pages are looked through:
each lies there as the JPEG that it was. Who wrote a PDF, and with which program, stays.
"""

import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

Span = tuple[int, int]  # the first byte and the one after the last

_SHOWN = frozenset({b"ftyp", b"meta", b"mdat", b"moov"})  # the outer boxes that a picture needs
_INSIDE = {  # those that it needs inside of these
    b"meta": frozenset({b"hdlr", b"dinf", b"pitm", b"iloc", b"iinf", b"iref", b"iprp", b"ipro", b"idat", b"grpl"}),
    b"moov": frozenset({b"mvhd", b"mvex", b"iods", b"trak"}),
    b"trak": frozenset({b"tkhd", b"tref", b"trgr", b"edts", b"mdia"}),
}
_NOTES = frozenset({b"Exif", b"mime", b"uri "})  # kinds of what is no picture: Exif, XMP, whatever a maker names
_EXIF = frozenset({b"Exif"})
_EMPTY = b"\0\0\0\0" b"MM\0*\0\0\0\x08" + bytes(6)  # an Exif that tells nothing: of a few zeros viewers complain
_IN_FILE, _IN_BOX = 0, 1  # where `iloc` says that something lies: in the file, or in the box `idat`
_LARGE, _TO_THE_END = 1, 0  # what stands for the size of a box whose size stands behind, or which is the last one
# APP1 and APP13 of a JPEG: Exif, XMP, and what editors write.
_OF_A_CAMERA = re.compile(rb"\xff[\xe1\xed](..)(?=Exif\0\0|http://ns\.adobe\.com/|Photoshop 3\.0\0)", re.DOTALL)
_SIGNED = b"/ByteRange"


@dataclass(frozen=True)
class _Box:
    kind: bytes
    start: int
    body: int
    stop: int


@dataclass
class _Items:
    """What the tables of a HEIC tell: what kind each thing is, where it lies, and where the box `idat` begins."""

    kinds: dict[int, bytes] = field(default_factory=dict)
    parts: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)
    box: Span = (0, 0)


def blotted_heic(content: bytes) -> bytes:
    """Return a HEIC without Exif, XMP and films behind the picture. Raises ValueError for one that is damaged."""
    try:
        apart = [*_apart(content, _outer(content), _SHOWN)]
        spans = [span for found in _notes(content).values() for span in found]
        told = [start for (start, stop), *_more in _notes(content, _EXIF).values()
                if min(stop, len(content)) - start >= len(_EMPTY)]
    except (struct.error, IndexError) as error:
        raise ValueError(str(error)) from error
    made = _blotted(content, [*spans, *_in_photos(content), *((box.body, box.stop) for box in apart)])
    for box in apart:
        if box.body > box.start:
            made[box.start + 4 : box.start + 8] = b"free"
    for at in told:
        made[at : at + len(_EMPTY)] = _EMPTY
    return bytes(made)


def exif_of_heic(content: bytes) -> bytes:
    """Return the Exif block of a HEIC as it begins in a JPEG after its name; b"" without one, or of a damaged one."""
    try:
        for (start, stop), *_more in _notes(content, _EXIF).values():
            before = int.from_bytes(content[start : start + 4], "big")  # bytes before the block itself
            return content[start + 4 + before : stop]
    except (struct.error, IndexError, ValueError):
        pass
    return b""


def blotted_pdf(content: bytes) -> bytes:
    """Return a PDF without what cameras wrote into its photos; one that was signed electronically as it came."""
    if _SIGNED in content:
        return content
    spans = _in_photos(content)
    return bytes(_blotted(content, spans)) if spans else content


def _in_photos(content: bytes) -> list[Span]:
    """Find what cameras wrote into the JPEGs that lie in a file as they were, wherever they lie."""
    return [(found.end(), found.start() + 2 + int.from_bytes(found[1], "big"))
            for found in _OF_A_CAMERA.finditer(content)]


def _blotted(content: bytes, spans: list[Span]) -> bytearray:
    """Blot out each byte once, however many spans hold it: a table may name the same ones thousands of times."""
    made, done = bytearray(content), 0
    for start, stop in sorted(spans):
        start, stop = max(start, done), min(stop, len(made))
        if start < stop:
            made[start:stop] = bytes(stop - start)
            done = stop
    return made


def _apart(content: bytes, boxes: Iterable[_Box], shown: frozenset[bytes]) -> Iterator[_Box]:
    """Yield the boxes, however deep, that a picture does not need."""
    for box in boxes:
        if box.kind not in shown:
            yield box
        elif box.kind in _INSIDE:
            yield from _apart(content, _within(content, box), _INSIDE[box.kind])


def _outer(content: bytes) -> Iterator[_Box]:
    """Yield the boxes of a file, and as one without a kind what stands behind them and is none."""
    end = 0
    try:
        for box in _boxes(content, (0, len(content))):
            yield box
            end = box.stop
    except (struct.error, ValueError):
        if content[end + 4 : end + 8] in _SHOWN:
            raise
        yield _Box(b"", end, end, len(content))


def _boxes(content: bytes, within: Span) -> Iterator[_Box]:
    """Yield the boxes that stand side by side; raise ValueError for one that ends outside."""
    at, end = within
    while at < end:
        size, kind = struct.unpack_from(">I4s", content, at)
        body = at + 8
        if size == _LARGE:
            (size,), body = struct.unpack_from(">Q", content, body), body + 8
        elif size == _TO_THE_END:
            size = end - at
        if at + size < body or at + size > end:
            raise ValueError(f"box {kind!r} at {at}")
        yield _Box(kind, at, body, at + size)
        at += size


def _within(content: bytes, box: _Box) -> Iterator[_Box]:
    return _boxes(content, (box.body + (4 if box.kind == b"meta" else 0), box.stop))


def _notes(content: bytes, kinds: frozenset[bytes] = _NOTES) -> dict[int, list[Span]]:
    """Return where each thing lies that is of one of these kinds, by its number."""
    items = _Items()
    for outer in _outer(content):
        if outer.kind == b"meta":
            for box in _within(content, outer):
                _take_in(items, content, box)
    return {
        number: [_span(items, *part) for part in items.parts.get(number, ())]
        for number, kind in items.kinds.items() if kind in kinds and items.parts.get(number)
    }


def _span(items: _Items, way: int, at: int, length: int) -> Span:
    if way not in (_IN_FILE, _IN_BOX) or not length:
        raise ValueError(f"a part that is told otherwise: {way}, {length} bytes")
    start = at + (items.box[0] if way == _IN_BOX else 0)
    return start, start + length


def _take_in(items: _Items, content: bytes, box: _Box) -> None:
    if box.kind == b"idat":
        items.box = box.body, box.stop
    elif box.kind == b"iinf":
        wide = content[box.body]
        for entry in _boxes(content, (box.body + (8 if wide else 6), box.stop)):
            number, kind = struct.unpack_from(">I2x4s" if content[entry.body] == 3 else ">H2x4s", content,
                                              entry.body + 4)
            items.kinds[number] = kind
    elif box.kind == b"iloc":
        items.parts.update(_Places(content, box).read())


class _Places:
    """The box `iloc`, whose numbers are as wide as it says itself."""

    def __init__(self, content: bytes, box: _Box) -> None:
        self._content, self._at, self._end = content, box.body + 4, box.stop
        self._version = content[box.body]

    def _number(self, width: int) -> int:
        if self._at + width > self._end:
            raise ValueError("iloc")
        self._at += width
        return int.from_bytes(self._content[self._at - width : self._at], "big")

    def read(self) -> Iterator[tuple[int, list[tuple[int, int, int]]]]:
        """Yield the number of each thing, and of each of its parts how it lies, where, and how long it is."""
        widths = self._number(2)
        of_place, of_length, of_base, of_index = (widths >> shift & 0xF for shift in (12, 8, 4, 0))
        wide = 4 if self._version == 2 else 2
        for _each in range(self._number(wide)):
            number = self._number(wide)
            way = self._number(2) & 0xF if self._version else _IN_FILE
            self._number(2)  # which file it lies in: always this one
            base, count = self._number(of_base), self._number(2)
            if count > 1 and not of_place + of_length:
                raise ValueError("iloc")  # parts of which nothing is told
            parts = []
            for _part in range(count):
                if self._version:
                    self._number(of_index)
                parts.append((way, base + self._number(of_place), self._number(of_length)))
            yield number, parts
