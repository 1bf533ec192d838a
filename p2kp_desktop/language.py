"""What the program says: Indonesian as written in the code, other languages from a catalogue."""

import gettext
from pathlib import Path

SOURCE = "id"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use(language: str, catalogues: Path) -> None:
    """Speak `language` from now on: "id", or one that has a catalogue (LANGUAGE.mo) in the folder."""
    global _catalogue  # the one switch of the whole program, set at start
    _catalogue = _load(language, catalogues)


def _load(language: str, catalogues: Path) -> gettext.NullTranslations:
    if language == SOURCE:
        return gettext.NullTranslations()
    with (catalogues / f"{language}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def say(text: str, **values: object) -> str:
    """Return the text in the language in use, its {names} filled in."""
    said = _catalogue.gettext(text) if text else ""
    return said.format(**values) if values else said


class Trouble(Exception):
    """A known fault, told in four lines: what happened, is the data safe, what to do, a short code."""

    def __init__(
        self, what: str, *, remedy: str, code: str, safe: str = "Data Anda aman: tidak ada yang berubah."
    ) -> None:
        super().__init__(what)
        self.what, self.safe, self.remedy, self.code = what, safe, remedy, code

    def __str__(self) -> str:
        return f"{self.what} {self.safe} {self.remedy} (Kode {self.code})"
