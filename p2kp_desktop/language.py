"""What the program says: Indonesian as written in the code, other languages from a catalogue."""

import gettext
import re
from collections.abc import Mapping
from pathlib import Path

SOURCE = "id"
MANY = "banyak"  # the context under which a catalogue keeps words for several things

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_shapes: list[tuple[re.Pattern[str], str]] = []
_spoken = SOURCE
_counts = False  # whether the language in use has other words for one thing than for several

_ENGLISH = "en"
_SEVERAL = r"(\{%s\}\**(?: (?:more|new|other|open|different))? )([a-z]{2,}?)(ies|(?<!s)s)\b(?:( are)\b)?"
_VERBS = frozenset({
    "as", "becomes", "contains", "does", "ends", "exists", "fills", "hands", "has", "is", "perhaps", "stands", "stays",
    "was",
})


def use(language: str, catalogues: Path) -> None:
    """Speak `language` from now on: "id", or one that has a catalogue (LANGUAGE.mo) in the folder."""
    global _catalogue, _counts, _spoken  # the one switch of the whole program, set at start
    _spoken = language
    _catalogue = _load(language, catalogues)
    _counts = language == _ENGLISH
    _shapes[:] = _shapes_of(_catalogue)


def _load(language: str, catalogues: Path) -> gettext.NullTranslations:
    if language == SOURCE:
        return gettext.NullTranslations()
    with (catalogues / f"{language}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def spoken() -> str:
    """Return the language in use, as `use` was told."""
    return _spoken


def say(text: str, **values: object) -> str:
    """Return the text in the language in use, its {names} filled in."""
    said = _catalogue.gettext(text) if text else ""
    if said == text and not values:
        return _said_by_shape(text)
    if said != text:
        said = _in_number(said, values)
    return said.format(**values) if values else said


def _in_number(said: str, values: Mapping[str, object]) -> str:
    """Return an English sentence with the words for one thing where a value is 1: «{count} record»."""
    for name in (name for name, value in values.items() if _counts and str(value) == "1"):
        said = re.sub(_SEVERAL % re.escape(name), _one, said)
    return said


def _one(found: re.Match[str]) -> str:
    counted, noun, ending, verb = found.groups()
    if f"{noun}{ending}" in _VERBS:
        return found[0]
    return f"{counted}{noun}{'y' if ending == 'ies' else ''}{' is' if verb else ''}"


def say_many(text: str) -> str:
    """Return a word for several things: Indonesian has the same for one, other languages need not."""
    return _catalogue.pgettext(MANY, text)


def _shapes_of(catalogue: gettext.NullTranslations) -> list[tuple[re.Pattern[str], str]]:
    """Return the sentences of the catalogue whose places for values are numbered: {0}, {1} …."""
    texts: dict[str, str] = getattr(catalogue, "_catalog", {})
    numbered = [(text, said) for text, said in texts.items() if "{0}" in text and said]
    return [(re.compile(re.sub(r"\\\{\d\\\}", "(.+?)", re.escape(text)), re.DOTALL), said) for text, said in numbered]


def _said_by_shape(text: str) -> str:
    """Return a sentence that came with its values already filled in, as faults of the core do."""
    for shape, said in _shapes:
        found = shape.fullmatch(text)
        if found:
            return said.format(*(say(value) for value in found.groups()))
    return text


class Trouble(Exception):
    """A known fault, told in four lines: what happened, is the data safe, what to do, a short code."""

    def __init__(
        self, what: str, *, remedy: str, code: str, safe: str = "Data Anda aman: tidak ada yang berubah."
    ) -> None:
        super().__init__(what)
        self.what, self.safe, self.remedy, self.code = what, safe, remedy, code

    def __str__(self) -> str:
        return f"{self.what} {self.safe} {self.remedy} (Kode {self.code})"
