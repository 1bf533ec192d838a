"""The recovery words: the secret of a workspace as twelve Indonesian words, on a sheet that the office keeps.

Each of 2,048 words stands for eleven bits; the last four of the 132 are a sum over the others, so a word that was
read wrongly is mostly noticed. The first four letters tell every word, and typing them is enough.
"""

import hashlib
import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache

from p2kp_desktop import environment
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.store.slots import SECRET

COUNT = 12
TELLING = 4  # letters that tell a word
_BITS = 11
_SUM = COUNT * _BITS - SECRET * 8  # bits
_SAFE = "Datanya utuh dan tidak disentuh."


@cache
def all_words() -> tuple[str, ...]:
    """Give the 2,048 words, in the order that gives each its number."""
    lines = (environment.resources() / "words" / "pemulihan.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def _numbers() -> dict[str, int]:
    return {word[:TELLING]: number for number, word in enumerate(all_words())}


def of_secret(secret: bytes) -> tuple[str, ...]:
    """Give a secret as words."""
    bits = (int.from_bytes(secret) << _SUM) | _sum(secret)
    numbers = [bits >> (_BITS * place) & (1 << _BITS) - 1 for place in reversed(range(COUNT))]
    return tuple(all_words()[number] for number in numbers)


def secret_of(typed: str) -> bytes:
    """Give the secret that typed words stand for; raise Trouble that names the word which is none.

    Capitals, numbers before the words, commas and lines do not matter, and four letters of a word are enough.
    """
    words = parts(typed)
    for place, word in enumerate(words, 1):
        if not is_word(word):
            raise _unknown(place, word)
    if len(words) != COUNT:
        raise Trouble(
            say("Kata pemulihan ada {count}; yang diketik {number}.", count=COUNT, number=len(words)), safe=say(_SAFE),
            remedy=say("Ketik semua kata dari lembar pemulihan, urut dari nomor 1."), code="K21",
        )
    bits = 0
    for word in words:
        bits = bits << _BITS | _numbers()[word[:TELLING]]
    secret = (bits >> _SUM).to_bytes(SECRET)
    if bits & (1 << _SUM) - 1 != _sum(secret):
        raise Trouble(
            say("Kata-kata ini tidak cocok satu sama lain: ada kata yang salah atau tertukar."), safe=say(_SAFE),
            remedy=say("Bandingkan lagi dengan lembar pemulihan, kata demi kata."), code="K22",
        )
    return secret


def parts(typed: str) -> list[str]:
    """Give what was typed word by word, as it is compared."""
    return re.findall(r"[a-z]+", typed.casefold())


def is_word(typed: str) -> bool:
    """Say whether letters tell one of the words: the whole word, or as many of its letters as tell it."""
    number = _numbers().get(typed[:TELLING])
    return len(typed) >= TELLING and number is not None and all_words()[number].startswith(typed)


def completions(begun: str) -> list[str]:
    """Give the words that begin so."""
    return [word for word in all_words() if word.startswith(begun.casefold())] if begun else []


def _unknown(place: int, word: str) -> Trouble:
    near = get_close_matches(word, all_words(), 3, 0.7)
    said = say("Maksudnya {words}?", words=" / ".join(near)) if near else say("Periksa ejaannya di lembar pemulihan.")
    return Trouble(say("Kata ke-{place}, «{word}», bukan kata pemulihan.", place=place, word=word), safe=say(_SAFE),
                   remedy=said, code="K20")


def _sum(secret: bytes) -> int:
    return hashlib.sha256(secret).digest()[0] >> 8 - _SUM


def numbered(words: Sequence[str]) -> list[str]:
    """Give the words with their numbers, as a sheet shows them."""
    return [f"{place}. {word}" for place, word in enumerate(words, 1)]
