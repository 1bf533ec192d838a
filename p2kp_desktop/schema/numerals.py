"""Numbers as words: what «dua puluh satu» or «XXI» is in figures, and how a number is read aloud in Indonesian."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

UNITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_STEPS = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"), (10, "puluh"))

_ROMAN = {"I": 1, "V": 5, "X": 10}
_ROMAN_NUMBER = re.compile(r"X{0,3}(IX|IV|V?I{0,3})", re.IGNORECASE)
_UNIT = "|".join(UNITS[1:])
_WORD = re.compile(rf"(?P<tens>{_UNIT})?(?P<step>puluh|belas)(?P<units>{_UNIT})?|(?P<one>{_UNIT})")
_SPECIAL = {"sepuluh": 10, "sebelas": 11}


def figures(words: Iterable[str]) -> list[str]:
    """Return the words with each number in figures: «tiga puluh dua ilir» is 32 ilir, «timur II» is timur 2.

    Words in a row that are no one number stay apart: «sembilan sepuluh» is 9 10.
    """
    found: list[str] = []
    waiting: list[int] = []  # numbers that «puluh», «belas» or a unit after tens may still join
    for word in words:
        if word in ("puluh", "belas") and waiting and waiting[-1] in range(1, 10):
            waiting[-1] = waiting[-1] * 10 if word == "puluh" else waiting[-1] + 10
            continue
        number = _number(word)
        if number is None:
            found += [*map(str, waiting), word]
            waiting = []
        elif waiting and number in range(1, 10) and waiting[-1] in range(20, 100, 10) and not word.isdigit():
            waiting[-1] += number
        else:
            waiting.append(number)
    return [*found, *map(str, waiting)]


def _number(word: str) -> int | None:
    """Return the number that one word is, None for any other word."""
    if word.isascii() and word.isdigit():
        return int(word)
    if word in _SPECIAL:
        return _SPECIAL[word]
    if word and _ROMAN_NUMBER.fullmatch(word):
        return _roman(word.upper())
    found = _WORD.fullmatch(word)
    if found is None or (found["step"] and not found["tens"]):
        return None
    if found["one"]:
        return UNITS.index(found["one"])
    tens, units = UNITS.index(found["tens"]), UNITS.index(found["units"]) if found["units"] else 0
    if found["step"] == "belas":
        return None if units else 10 + tens
    return 10 * tens + units


def _roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def spelt(number: Decimal | int) -> str:
    """Return a number as it is read aloud: 1218 «seribu dua ratus delapan belas», 0,57 «nol koma lima tujuh»."""
    whole, _, rest = f"{abs(Decimal(number)):f}".partition(".")
    said = " ".join(_spelt(int(whole))) or UNITS[0]
    digits = f" koma {' '.join(UNITS[int(digit)] for digit in rest)}" if rest else ""
    return f"{'minus ' if number < 0 else ''}{said}{digits}"


def _spelt(number: int) -> Iterator[str]:
    """Yield the words of a whole number; none for 0."""
    for size, name in _STEPS:
        times, number = divmod(number, size)
        if name == "puluh" and times == 1:
            yield from {0: ["sepuluh"], 1: ["sebelas"]}.get(number, [UNITS[number % 10], "belas"])
            return
        if times == 1 and size <= 1000:
            yield f"se{name}"
        elif times:
            yield from (*_spelt(times), name)
    if number:
        yield UNITS[number]
