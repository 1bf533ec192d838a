"""What the fonts of paper hold, read from their files: which letters they have, and how wide each one is.

Two tables of a TrueType font are enough for that; a library that draws letters would be five times as large as both
fonts.
"""

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from p2kp_desktop import environment

_SHORT, _LONG = 4, 12  # formats of the table «cmap»: the first 65,536 characters, and all there are


@dataclass(frozen=True)
class Font:
    """The glyph of each character, and how wide each glyph is at one point."""

    glyphs: Mapping[str, int]
    widths: tuple[float, ...]

    def width(self, letter: str) -> float:
        """Return how wide a letter is at one point; one that the font does not have is as wide as its empty box."""
        return self.widths[min(self.glyphs.get(letter, 0), len(self.widths) - 1)]


@cache
def font(name: str) -> Font:
    """Read a font of paper by its name."""
    return read((environment.resources() / "fonts" / f"{name}.ttf").read_bytes())


@cache
def upright() -> frozenset[str]:
    """Return every letter that the upright fonts of paper have."""
    found = sorted((environment.resources() / "fonts").glob("*-Regular.ttf"))
    return frozenset(letter for path in found for letter in font(path.stem).glyphs)


def read(content: bytes) -> Font:
    """Read a TrueType font: its tables «cmap», «head», «hhea» and «hmtx»."""
    tables = {content[at : at + 4]: struct.unpack_from(">I", content, at + 8)[0]
              for at in range(12, 12 + 16 * struct.unpack_from(">H", content, 4)[0], 16)}
    (units,) = struct.unpack_from(">H", content, tables[b"head"] + 18)
    (count,) = struct.unpack_from(">H", content, tables[b"hhea"] + 34)  # glyphs behind these are as wide as the last
    widths = struct.unpack_from(">" + "Hh" * count, content, tables[b"hmtx"])[::2]
    return Font({chr(code): glyph for code, glyph in _mapped(content, tables[b"cmap"])},
                tuple(width / units for width in widths))


def _mapped(content: bytes, start: int) -> Iterator[tuple[int, int]]:
    for place in range(struct.unpack_from(">H", content, start + 2)[0]):
        (offset,) = struct.unpack_from(">I", content, start + 4 + place * 8 + 4)
        (kind,) = struct.unpack_from(">H", content, start + offset)
        if kind in _READERS:
            yield from _READERS[kind](content, start + offset)


def _short(content: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Yield the characters of a table in segments, each with its glyph."""
    (double,) = struct.unpack_from(">H", content, at + 6)
    count = double // 2
    ends, starts, deltas, ranges = (
        struct.unpack_from(f">{count}H", content, at + 14 + part * double + (2 if part else 0)) for part in range(4)
    )
    for place in range(count):
        for code in range(starts[place], min(ends[place], 0xFFFE) + 1):
            glyph = code
            if ranges[place]:
                where = at + 16 + 3 * double + 2 * place + ranges[place] + 2 * (code - starts[place])
                (glyph,) = struct.unpack_from(">H", content, where)
                if not glyph:
                    continue
            if made := (glyph + deltas[place]) & 0xFFFF:
                yield code, made


def _long(content: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Yield the characters of a table in groups, each with its glyph."""
    for place in range(struct.unpack_from(">I", content, at + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", content, at + 16 + 12 * place)
        yield from ((code, glyph + code - first) for code in range(first, last + 1))


_READERS: Mapping[int, Callable[[bytes, int], Iterator[tuple[int, int]]]] = {_SHORT: _short, _LONG: _long}
