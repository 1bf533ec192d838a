"""Which column of a table answers which question: by its hidden key, else by its heading."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from p2kp_desktop.schema import Derived, Form

from .bundle import HEAD_ID, header_mark
from .tables import Table, words

BY_KEY, BY_HEADING, BY_HAND = "key", "heading", "hand"
SURE = 82  # percent from which a heading is taken for a question's
_LOOK_FOR_HEADINGS = 20  # rows
_LEAST = 2  # columns that a row of headings must answer
ADDRESS_WORDS = {
    "region": ("Kelurahan/Desa", "Kelurahan", "Desa"), "rt": ("RT/RW", "RT", "RT_RW", "RT/RW/Dusun"),
    "period": ("Periode", "Tahun"),
}


@dataclass(frozen=True)
class Matched:
    """Which column (from 0) answers which key; data begin after `heading`, the last row (from 1) of headings.

    `percent` says how alike heading and question are, by column; `form` is the key of the form.
    """

    form: str
    sheet: str
    heading: int
    columns: Mapping[int, str]
    percent: Mapping[int, int]
    by: str
    headings: tuple[str, ...] = ()

    @property
    def signature(self) -> str:
        """Return a text by which the same headings are known again."""
        return hashlib.sha256("\n".join([self.form, *self.headings]).encode()).hexdigest()[:24]

    def corrected(self, column: int, key: str | None) -> "Matched":
        """Return the matching with one column answering another question, or none."""
        kept = {at: its for at, its in self.columns.items() if at != column and its != key}
        return replace(self, columns=kept | ({column: key} if key else {}), by=BY_HAND)


def match(table: Table, form: type[Form], kept: Mapping[str, Mapping[int, str]] | None = None) -> Matched | None:
    """Return how a table's columns answer a form; None for a table in which no row looks like its headings.

    `kept` holds matchings that a person corrected, by signature.
    """
    marked = _marked(table, form)
    if marked:
        return marked
    found = list(_candidates(table, form))
    for each in found:
        if each.signature in (kept or {}):
            return replace(each, columns=dict((kept or {})[each.signature]), by=BY_HAND)
    best = max(found, key=_worth, default=None)
    return None if best is None or len(best.columns) < min(_LEAST, len(form.questions)) else best


def by_hand(table: Table, form: type[Form]) -> Matched:
    """Return what is known of a table that `match` gives up: a person says which column is which question."""
    best = max(_candidates(table, form), key=_worth, default=None)
    if best is not None and best.columns:
        return replace(best, by=BY_HAND)
    return Matched(form.key, table.sheet, 0, {}, {}, BY_HAND)


def _worth(matched: Matched) -> tuple[int, int]:
    return len(matched.columns), sum(matched.percent.values())


def _marked(table: Table, form: type[Form]) -> Matched | None:
    """Return the matching of a template or a bundle's sheet, which carries its keys."""
    known = {*_wordings(form)}
    for at, row in enumerate(table.rows[:_LOOK_FOR_HEADINGS], start=1):
        keys = [words(cell) for cell in row]
        if keys and keys[0] == header_mark(form.key):
            columns = {column: key for column, key in enumerate(keys) if key in known}
            last = next((n for n, r in enumerate(table.rows[at : at + 3], start=at + 1) if words(r[0]) == HEAD_ID), at)
            return Matched(form.key, table.sheet, last, {0: "id", **columns}, dict.fromkeys(columns, 100), BY_KEY)
    return None


def _candidates(table: Table, form: type[Form]) -> Iterator[Matched]:
    """Yield what each of the first rows would be as headings, by itself and under the row above it."""
    rows = [[words(cell) for cell in row] for row in table.rows[: _LOOK_FOR_HEADINGS]]
    for at, row in enumerate(rows, start=1):
        if sum(bool(re.search(r"[^\W\d]", text)) for text in row) >= _LEAST:
            yield _matched(table, form, at, row)
            if at > 1:
                above = _spread(rows[at - 2])
                pairs = [f"{up} {text}".strip() for up, text in zip(above, row, strict=False)]
                yield _matched(table, form, at, pairs)


def _spread(row: Sequence[str]) -> list[str]:
    """Return a row in which a text holds for the empty cells right of it, as over merged cells."""
    last, spread = "", []
    for text in row:
        last = text or last
        spread.append(last)
    return spread


def _matched(table: Table, form: type[Form], heading: int, texts: Sequence[str]) -> Matched:
    found = sorted(
        ((percent, column, key) for column, text in enumerate(texts) if text
         for key, percent in _alike(form, text)),  # type: ignore[arg-type]  # a class is hashable
        key=lambda each: (-each[0], each[1]),
    )
    columns: dict[int, str] = {}
    percents: dict[int, int] = {}
    for percent, column, key in found:
        if column not in columns and key not in columns.values():
            columns[column], percents[column] = key, percent
    return Matched(form.key, table.sheet, heading, columns, percents, BY_HEADING, tuple(texts))


@lru_cache(maxsize=8192)
def _alike(form: type[Form], text: str) -> tuple[tuple[str, int], ...]:
    """Return the questions that a heading is surely one of, in the order of the form, with how alike, in percent."""
    words_of, keys = _compared(form)  # type: ignore[arg-type]  # a class is hashable
    best: dict[str, int] = {}
    for _, percent, place in process.extract(_plain(text), words_of, scorer=fuzz.ratio, score_cutoff=SURE - 0.5,
                                             limit=None):
        best[keys[place]] = max(best.get(keys[place], 0), round(percent))
    return tuple((key, best[key]) for key in dict.fromkeys(keys) if best.get(key, 0) >= SURE)


@lru_cache
def _compared(form: type[Form]) -> tuple[list[str], list[str]]:
    """Return all wordings of a form's questions as they are compared, and the key of each."""
    pairs = [(_plain(text), key) for key, said in _wordings(form).items() for text in said]
    return [text for text, _ in pairs], [key for _, key in pairs]


def answerable(form: type[Form]) -> tuple[str, ...]:
    """Return the keys that a column may answer, in the order of the form, those of the address first."""
    return tuple(_wordings(form))


def _wordings(form: type[Form]) -> dict[str, list[str]]:
    """Return everything by which a heading may name each answer of a form: key, number, wording, both."""
    named: dict[str, list[str]] = {}
    if form.parent:
        named["parent"] = ["parent", form.parent.label]
    if form.place:
        named["region"] = list(ADDRESS_WORDS["region"])
    if form.place == "rt":
        named["rt"] = list(ADDRESS_WORDS["rt"])
    if form.per_period:
        named["period"] = list(ADDRESS_WORDS["period"])
    for question in form.questions:
        if isinstance(question, Derived):
            continue
        unit = f" ({question.unit})" if question.unit else ""
        said = [question.key, question.label, f"{question.label}{unit}"]
        if question.number:
            said += [question.number, *(f"{question.number} {wording}" for wording in said[1:])]
        named[question.key] = said
    return named


def _plain(text: str) -> str:
    """Return a heading as it is compared: its words in one order, without marks."""
    return " ".join(sorted(re.sub(r"[^\w]+", " ", text.casefold().replace("_", " ")).split()))
