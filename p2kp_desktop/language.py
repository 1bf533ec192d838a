"""What the program says: Indonesian as written in the code, other languages from a catalogue."""

import gettext
import re
from functools import cache
from itertools import takewhile
from pathlib import Path

SOURCE = "id"
_SEVERAL = 2  # stands for every number but 1
_PLACE = re.compile(r"\{(\w+)\}")
# What a terminal obeys, and what turns the direction of the letters around it, in a window too.
_OBEYED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n)")
MANY = "banyak"  # the context under which a catalogue keeps words for several things

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_spoken = SOURCE


def use(language: str, catalogues: Path) -> None:
    """Speak `language` from now on: "id", or one that has a catalogue (LANGUAGE.mo) in the folder."""
    global _catalogue, _spoken  # the one switch of the whole program, set at start
    _spoken = language
    _catalogue = _load(language, catalogues)
    _counted.cache_clear()


def _load(language: str, catalogues: Path) -> gettext.NullTranslations:
    if language == SOURCE:
        return gettext.NullTranslations()
    with (catalogues / f"{language}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def spoken() -> str:
    """Return the language in use, as `use` was told."""
    return _spoken


def say(text: str, **values: object) -> str:
    """Return the text in the language in use, its {names} filled in; of one thing in the words for one."""
    said = _catalogue.gettext(text) if text else ""
    counted = _counted(text) if values and said != text else ""
    if counted:
        said = _catalogue.ngettext(text, text, 1 if str(values.get(counted)) == "1" else _SEVERAL)
    return harmless(said.format(**values)) if values else said


def harmless(text: str) -> str:
    """Return a text with a mark in place of each character that is obeyed, not read: names come from anybody."""
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", text)


@cache
def _counted(text: str) -> str:
    """Return the name of the number by which a sentence changes, "" for one that has one shape only.

    What is counted follows its number («{count} rows of {file}»), so it is the last one before the two shapes differ.
    """
    one, several = (_catalogue.ngettext(text, text, number) for number in (1, _SEVERAL))
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, several, strict=False)))
    names = _PLACE.findall(one[:alike]) if one != several else []
    return str(names[-1]) if names else ""


def say_many(text: str) -> str:
    """Return a word for several things: Indonesian has the same for one, other languages need not."""
    return _catalogue.pgettext(MANY, text)


class Trouble(Exception):
    """A known fault, told in four lines: what happened, is the data safe, what to do, a short code."""

    def __init__(
        self, what: str, *, remedy: str, code: str, safe: str = "Data Anda aman: tidak ada yang berubah."
    ) -> None:
        super().__init__(what)
        self.what, self.safe, self.remedy, self.code = what, safe, remedy, code

    def __str__(self) -> str:
        return f"{self.what} {self.safe} {self.remedy} (Kode {self.code})"
