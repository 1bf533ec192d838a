"""How wide words are on paper, in the shipped font, and where long ones may be broken."""

import re
from functools import cache

from . import fonts

_TOO_LONG = 26  # letters of a word of a column that may be broken anywhere: an address, a file's name
_ENDLESS = 34  # of a word that may be broken wherever it stands
_SIGNS, _FIRST_SIGN = ("NotoSansMath-Regular", "NotoSansSymbols2-Regular"), "\u2190"
_LONG_WORD, _ENDLESS_WORD = (re.compile(rf"[^\s\u200b]{{{most + 1},}}") for most in (_TOO_LONG, _ENDLESS))
SOFT = "\u00ad"  # where a word may be hyphenated
KEPT = "\u00a0"  # a blank at which no line ends
_UNIT = re.compile(r"(?<=\d) (?=(?:%|ha|Ha|m|KK|unit)\b|%)")
ANYWHERE = "\u200b"  # where a line may end without a hyphen
_SEPARATOR = re.compile(r"(?<=[/_\\.@:;|\-])(?=\w)")
_SYLLABLE = re.compile(
    r"(?<=[aiueo])(?=(?:ng|ny|sy|kh|[bcdfghjklmnpqrstvwxyz])[aiueo])"
    r"|(?<=[bcdfghjklmnpqrstvwxyz])(?=(?:ng|ny|sy|kh|[bcdfjklmnpqrstvwxz])[aiueo])"
    r"|(?<=[bcdfghjlmpqrtvwxyz])(?=[ghy][aiueo])",  # ng, ny, sy and kh are one sound each
    re.IGNORECASE,
)
_STROKE = re.compile(r"(?<=\w/)(?=\w)")
_LEFT_OVER = 2  # letters that stay together at either end


@cache
def _letter(letter: str, *, bold: bool) -> float:
    """Return how wide a letter is at one point; signs are in fonts of their own, the widest of which counts."""
    names = _SIGNS if letter >= _FIRST_SIGN else ("NotoSans-Bold" if bold else "NotoSans-Regular",)
    return max(fonts.font(name).width(letter) for name in names)


@cache
def _word(word: str, *, bold: bool) -> float:
    return sum(_letter(letter, bold=bold) for letter in word)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is at this size in points, on one line, in millimetres."""
    space = _letter(" ", bold=bold)
    words = text.split(" ")
    return (sum(_word(word, bold=bold) for word in words) + space * (len(words) - 1)) * size * _MM


_MM = 25.4 / 72


def pieces(text: str) -> list[str]:
    """Return the pieces of a text between which a line may end."""
    return [piece for word in breakable(text).split(" ") for piece in word.split(ANYWHERE) if piece]


def breakable(text: str) -> str:
    """Return a text in which words that no column holds may be broken, and no number stands apart from its unit."""
    return _LONG_WORD.sub(_in_parts, _UNIT.sub(KEPT, text))


def broken(text: str) -> str:
    """Return a text in which a line may end inside of words that no room holds: else they run off the page."""
    return _ENDLESS_WORD.sub(_in_parts, text)


def _in_parts(found: re.Match[str]) -> str:
    return _broken(found.group())


def _broken(word: str) -> str:
    parts = _SEPARATOR.split(word)
    return ANYWHERE.join(part[start:start + _TOO_LONG // 2] for part in parts
                         for start in range(0, len(part), _TOO_LONG // 2))


def syllables(word: str) -> list[str]:
    """Return a word in the syllables at which it may be hyphenated: ke-leng-ka-pan."""
    found = [part for part in _SYLLABLE.split(word) if part]
    while len(found) > 1 and len(found[0]) < _LEFT_OVER:
        found[:2] = ["".join(found[:2])]
    while len(found) > 1 and len(found[-1].rstrip(").,:")) < _LEFT_OVER:
        found[-2:] = ["".join(found[-2:])]
    return found


def hyphenated(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return a text whose words may be hyphenated where they are wider than the room, in millimetres.

    What a stroke parts is parted there first: «Kelurahan/ desa», and only then «Kelu-rahan».
    """
    return " ".join(
        word if width(word, size, bold=bold) <= room else ANYWHERE.join(
            SOFT.join(syllables(part)) if width(part, size, bold=bold) > room else part for part in halves(word))
        for word in text.split(" ")
    )


def halves(word: str) -> list[str]:
    """Return the pieces of a word that strokes part, each with the stroke behind it."""
    return [part for part in _STROKE.split(word) if part]
