"""Letters that the fonts of paper do not have: a visible sign stands in their place, and the page says so.

Without this typst prints an empty box, or nothing at all, and says nothing: a name would be cut without anybody
knowing. What people type may hold anything a phone can send.
"""

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from p2kp_desktop.language import say

from . import fonts, letters

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
    return (set(text) <= fonts.upright() | _UNDRAWN and unicodedata.is_normalized("NFC", text)
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
    known = fonts.upright()
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
