"""Letters that the fonts of paper do not have: a visible sign stands in their place, and the page says so.

Without this typst prints an empty box, or nothing at all, and says nothing: a name would be cut without anybody
knowing. What people type may hold anything a phone can send.
"""

import json
import struct
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from p2kp_desktop import environment
from p2kp_desktop.language import say

from . import letters

SIGN = "\N{WHITE SQUARE CONTAINING BLACK SMALL SQUARE}"  # in place of a letter; no text of the program has it
_UNDRAWN = frozenset({"\n", "\t", "\r", "\u00ad", "\u200b", "\u2060"})  # set as spaces and breaks, or not at all
_WITHOUT = frozenset({"\u200c", "\u200d", "\ufe0e", "\ufe0f"})  # how neighbours join: nothing by themselves
_DRAWN = "<svg"  # a picture, in words that nobody reads
_ONLY = frozenset({"short", "code", "codes"})  # of a document's data: no words of people


def printable(data: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Return the data of a template with a sign for each letter that no font has, and which letters those are.

    A letter with its accents apart is put together first where there is one sign for both. In a word that is longer
    than any column a line may end anywhere.
    """
    if _is_plain(data):
        return dict(data), ""
    lacking: dict[str, None] = {}
    made = {key: value if key in _ONLY else _through(value, lacking) for key, value in data.items()}
    return made, "".join(lacking)


def _is_plain(data: Mapping[str, Any]) -> bool:
    """Say whether there is nothing to change in the data of a template, as in most: asked of all its words at once."""
    text = json.dumps({key: value for key, value in data.items() if key not in _ONLY}, ensure_ascii=False)
    return (set(text) <= _letters() | _UNDRAWN and unicodedata.is_normalized("NFC", text)
            and letters.broken(text) == text)


def told(unprinted: str) -> str:
    """Return the sentence in the foot about letters that could not be printed."""
    kinds = ", ".join(f"U+{ord(letter):04X}" for letter in unprinted[:_NAMED])
    more = say(" dan lain-lain") if len(unprinted) > _NAMED else ""
    return say("Huruf yang tidak dapat dicetak, diganti {sign}: {kinds}{more}", sign=SIGN, kinds=kinds, more=more)


_NAMED = 6


def _through(value: Any, lacking: dict[str, None]) -> Any:
    if isinstance(value, str):
        return _text(value, lacking)
    if isinstance(value, Mapping):
        return {key: _through(each, lacking) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_through(each, lacking) for each in value]
    return value


def _text(text: str, lacking: dict[str, None]) -> str:
    if text.startswith(_DRAWN):
        return text
    return letters.broken(text if text.isascii() else _signed(text, lacking))


def _signed(text: str, lacking: dict[str, None]) -> str:
    known = _letters()
    found = []
    for letter in unicodedata.normalize("NFC", text):
        if letter in _WITHOUT:
            continue
        if letter in known or letter in _UNDRAWN:
            found.append(letter)
        else:
            lacking[letter] = None
            found.append(SIGN)
    return "".join(found)


@cache
def _letters() -> frozenset[str]:
    """Return every letter that the upright fonts of paper have."""
    folder = environment.resources() / "fonts"
    return frozenset(chr(code) for path in sorted(folder.glob("*-Regular.ttf")) for code in _codes(path.read_bytes()))


def _codes(font: bytes) -> Iterator[int]:
    """Yield the characters that a TrueType font maps to a glyph, as its table «cmap» says."""
    tables = {font[at : at + 4]: struct.unpack_from(">II", font, at + 8)
              for at in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16)}
    start = tables[b"cmap"][0]
    for place in range(struct.unpack_from(">H", font, start + 2)[0]):
        (offset,) = struct.unpack_from(">I", font, start + 4 + place * 8 + 4)
        kind = struct.unpack_from(">H", font, start + offset)[0]
        if kind in _READERS:
            yield from _READERS[kind](font, start + offset)


def _short_codes(font: bytes, at: int) -> Iterator[int]:
    """Yield the characters of a table of format 4: segments of the first 65,536."""
    double = struct.unpack_from(">H", font, at + 6)[0]
    count = double // 2
    ends, starts, deltas, ranges = (
        struct.unpack_from(f">{count}H", font, at + 14 + part * double + (2 if part else 0)) for part in range(4)
    )
    for place in range(count):
        for code in range(starts[place], min(ends[place], 0xFFFE) + 1):
            glyph = code
            if ranges[place]:
                where = at + 16 + 3 * double + 2 * place + ranges[place] + 2 * (code - starts[place])
                (glyph,) = struct.unpack_from(">H", font, where)
                if not glyph:
                    continue
            if (glyph + deltas[place]) & 0xFFFF:
                yield code


def _long_codes(font: bytes, at: int) -> Iterator[int]:
    """Yield the characters of a table of format 12: groups of all there are."""
    for place in range(struct.unpack_from(">I", font, at + 12)[0]):
        first, last, _glyph = struct.unpack_from(">III", font, at + 16 + 12 * place)
        yield from range(first, last + 1)


_READERS = {4: _short_codes, 12: _long_codes}
