"""What stands in which column of a form's sheet, and what the sheet is called."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from p2kp_desktop.schema import Choice, Derived, Form, Question, Several
from p2kp_desktop.schema.forms import ADDRESS, ALIVE, STATUS

from .cells import PLACE, REFERENCE, Codec, Column

ALWAYS_EXTRA = frozenset({*ADDRESS, ALIVE, STATUS})  # answers that visible cells only repeat

# What the column is called that says where a record stands, by Form.place; the first is printed.
SITES: Mapping[str, tuple[str, ...]] = {
    "city": ("Wilayah (Kabupaten/Kota)", "Kabupaten/Kota"),
    **dict.fromkeys(("region", "rt"), ("Kelurahan/Desa", "Kelurahan", "Desa")),
}
ID_WIDTH = 38
LONGEST_TITLE = 24  # leaves room for a number within the 31 letters of a sheet name
_PREFIX = re.compile(r"^(Format\s+)?[A-Z](\.\d+)*\.\s+")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class Heading:
    """One visible column: its machine key, printed number, wording and width in letters.

    `codec` is None for columns that only inform: notes and derived values. `question` is None for the
    address and the notes.
    """

    key: str
    number: str
    wording: str
    width: float
    codec: Codec | None = None
    question: Question[Any] | None = None


class Layout:
    """The columns of one form; the first column of the sheet, hidden, holds the record id."""

    def __init__(self, form: type[Form], title: str) -> None:
        self.form = form
        self.title = title

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Return the visible columns from left to right."""
        asked = (_of_question(question) for question in self.form.questions)
        return (*self.address, Heading("~note", "", "Catatan", 20), *asked)

    @cached_property
    def address(self) -> tuple[Heading, ...]:
        """Return the columns that say to what a record belongs, where and when."""
        columns = []
        if self.form.parent:
            columns.append(_of_address("parent", REFERENCE, self.form.parent.label, 30))
        if self.form.place:
            columns.append(_of_address("region", PLACE, SITES[self.form.place][0], 18))
        if self.form.place == "rt":
            columns.append(_of_address("rt", "text", "RT/RW", 11))
        if self.form.per_period:
            columns.append(_of_address("period", "text", "Periode", 9))
        return tuple(columns)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns that carry answers, as the dictionary of the bundle lists them."""
        return tuple(heading.codec.column for heading in self.headings if heading.codec)


def _of_address(key: str, kind: str, wording: str, width: float) -> Heading:
    return Heading(key, "", wording, width, Codec(Column(key, kind)))


def _of_question(question: Question[Any]) -> Heading:
    unit = f" ({question.unit})" if question.unit else ""
    wording, number = f"{question.label}{unit}", question.number or ""
    if isinstance(question, Derived):
        return Heading(f"~{question.key}", number, wording, _roomy(12, wording), None, question)
    codec = Codec(Column(question.key, question.kind, wordings(question)))
    return Heading(question.key, number, wording, _roomy(_width(question), wording), codec, question)


def wordings(question: Question[Any]) -> dict[str, str]:
    """Return {code: what a cell says}, for instance «a. Ledeng meteran (SR)»; empty without options."""
    if not isinstance(question, Choice | Several):
        return {}
    return {option.code: f"{option.letter}. {option.label}" for option in question.options}


_WIDTHS = {"whole": 10, "decimal": 10, "money": 15, "date": 12, "person": 26, "identity": 19, "region": 30, "rt": 12,
           "reference": 30}


def _width(question: Question[Any]) -> float:
    if choices := wordings(question):
        longest = max(map(len, choices.values()))
        return min(max(longest + 2, 12), 40 if question.kind == "several" else 30)
    return _WIDTHS.get(question.kind, 28)


def _roomy(width: float, wording: str) -> float:
    """Return a width at which the wording takes about six lines and no word of it is broken."""
    return min(max(width, len(wording) / 5, max(map(len, wording.split()), default=0) + 2), 44)


def layouts(forms: Iterable[type[Form]]) -> Iterator[Layout]:
    """Yield the layout of every form, each with a sheet name of its own."""
    taken = {"sampul", "riwayat", "kamus", "p2kp", "history"}
    for form in forms:
        name = short_title(form.title)
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{short_title(form.title)} ({number})"
        taken.add(name.casefold())
        yield Layout(form, name)


def short_title(title: str) -> str:
    """Return a form's title as a sheet name: without its letter, cut at a word, without forbidden signs."""
    bare = " ".join(_FORBIDDEN.sub(" ", _PREFIX.sub("", title)).split()).strip("'")
    if len(bare) > LONGEST_TITLE:
        bare = bare[: LONGEST_TITLE + 1].rpartition(" ")[0] or bare[:LONGEST_TITLE]
    return bare or "Formulir"
