"""Which column of a table answers which question: by its hidden key, else by its heading."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from p2kp_desktop.schema import Form

from . import groups
from .bundle import HEAD_ID, header_mark
from .headings import alike, answerable, is_numbering, is_worded, looks_like_headings, only_counts
from .tables import Table, words

BY_KEY, BY_HEADING, BY_HAND = "key", "heading", "hand"
_LOOK_FOR_HEADINGS = 20  # rows
_LEAST = 2  # columns that a row of headings must answer
_PLAIN = 90  # percent from which a single heading is one: «Ama» is a person, not «Nama»
_INFORMS = "~"  # begins the key of a column that only informs


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


Kept = Mapping[str, Mapping[int, str]]  # columns as a person gave them to questions, by signature


def match(table: Table, form: type[Form], kept: Kept | None = None) -> Matched | None:
    """Return how a table's columns answer a form; None for a table in which no row looks like its headings."""
    found = _marked(table, form) or _remembered(table, form, _first(table), kept or {})
    if found:
        return found
    best = _best(table, form, _worded(table))
    if best is None or not _is_enough(best, form):
        return None
    return best if any(is_worded(best.headings[column]) for column in best.columns) else None


def _is_enough(matched: Matched, form: type[Form]) -> bool:
    """Say whether enough columns are answered; a form that requires no answer is known by one plain heading."""
    if any(question.required for question in form.questions):
        return len(matched.columns) >= min(_LEAST, len(form.questions))
    return max(matched.percent.values(), default=0) >= _PLAIN


def match_below(table: Table, form: type[Form], heading: int, kept: Kept | None = None) -> Matched:
    """Return how the columns answer a form when a person says which row, from 1, holds the headings; 0 for none."""
    rows = [heading] if 0 < heading <= len(table.rows) else []
    return _remembered(table, form, rows, kept or {}) or _best(table, form, rows) or _unknown(table, form)


def by_hand(table: Table, form: type[Form]) -> Matched:
    """Return a first matching of columns to questions, perhaps empty, where `match` gives up: a person completes it."""
    best = _best(table, form, _worded(table))
    return replace(best, by=BY_HAND) if best is not None and best.columns else _unknown(table, form)


def _unknown(table: Table, form: type[Form]) -> Matched:
    return Matched(form.key, table.sheet, 0, {}, {}, BY_HAND)


def unread(table: Table, matched: Matched) -> Iterator[tuple[int, str]]:
    """Yield the columns with something below their heading that answer nothing, with the heading, «» for none."""
    below = range(matched.heading + 1, len(table.rows) + 1)
    filled = {place.column for row in below for place, _ in table.cells(row)}
    headings = matched.headings or tuple(_texts(table, matched.heading))
    marks = next((keys for row in table.rows[: matched.heading] if (keys := _keys(row, matched.form))), ())
    for at in sorted(filled - matched.columns.keys() - groups.own(headings)):
        heading, key = (some[at] if at < len(some) else "" for some in (headings, marks))
        if not key.startswith(_INFORMS) and not (heading and only_counts(heading)):
            yield at, heading


def _first(table: Table) -> Sequence[int]:
    return range(1, min(_LOOK_FOR_HEADINGS, len(table.rows)) + 1)


def _worded(table: Table) -> list[int]:
    return [row for row in _first(table) if looks_like_headings(_texts(table, row))]


def _best(table: Table, form: type[Form], rows: Sequence[int]) -> Matched | None:
    """Return the matching of the row among these whose headings answer most; None without rows."""
    found = (_matched(table, form, at, texts) for at, texts in _headings(table, rows))
    best = max(found, key=lambda each: (len(each.columns), sum(each.percent.values())), default=None)
    if best is None:
        return None
    first = next((row for row in rows if row < best.heading and _repeats(table, row, best.heading)), None)
    return _best(table, form, [first]) if first else _counted(table, best)


def _repeats(table: Table, first: int, later: int) -> bool:
    """Say whether a later row says nothing but the headings of the first again, as on every printed page."""
    both = zip(_texts(table, first), _texts(table, later), strict=False)
    pairs = [(up.casefold(), text.casefold()) for up, text in both if text]
    return len(pairs) >= _LEAST and all(up == text for up, text in pairs)


def _remembered(table: Table, form: type[Form], rows: Sequence[int], kept: Kept) -> Matched | None:
    """Return the matching of the first row among these for which a person gave columns to questions."""
    for at, texts in _headings(table, rows) if kept else ():
        columns = kept.get(Matched(form.key, table.sheet, at, {}, {}, BY_HAND, texts).signature)
        if columns is not None:
            return _counted(table, replace(_matched(table, form, at, texts), columns=dict(columns), by=BY_HAND))
    return None


def _counted(table: Table, matched: Matched) -> Matched:
    """Return a matching whose data begin below the row that numbers the columns, where there is one."""
    return replace(matched, heading=matched.heading + is_numbering(_texts(table, matched.heading + 1)))


def is_marked(table: Table, form: type[Form]) -> bool:
    """Say whether a table is a template of the form, or its sheet in a bundle."""
    return _marked(table, form) is not None


def _marked(table: Table, form: type[Form]) -> Matched | None:
    """Return the matching of a template or a bundle's sheet, which carries its keys."""
    known = {*answerable(form)}
    for at, row in enumerate(table.rows[:_LOOK_FOR_HEADINGS], start=1):
        keys = _keys(row, form.key)
        if keys:
            columns = {column: key for column, key in enumerate(keys) if key in known}
            last = next((n for n, r in enumerate(table.rows[at : at + 3], start=at + 1) if words(r[0]) == HEAD_ID), at)
            return Matched(form.key, table.sheet, last, {0: "id", **columns}, dict.fromkeys(columns, 100), BY_KEY)
    return None


def _keys(row: Sequence[object], form: str) -> tuple[str, ...]:
    """Return the keys of a template's hidden row; nothing for every other row."""
    return tuple(map(words, row)) if row and row[0] == header_mark(form) else ()


def _headings(table: Table, rows: Sequence[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield what each of these rows says as headings: by itself, filled up from the row above it, and under it."""
    for at in rows:
        row = _texts(table, at)
        yield at, tuple(row)
        if at > 1:
            above = _texts(table, at - 1)
            yield at, tuple(text or up for up, text in zip_longest(above, row, fillvalue=""))
            yield at, tuple(f"{up} {text}".strip() for up, text in zip(_spread(above), row, strict=False))


def _texts(table: Table, row: int) -> list[str]:
    return [words(cell) for cell in table.rows[row - 1]] if 0 < row <= len(table.rows) else []


def _spread(row: Sequence[str]) -> list[str]:
    """Return a row in which a text holds for the empty cells right of it, as over merged cells."""
    last, spread = "", []
    for text in row:
        last = text or last
        spread.append(last)
    return spread


def _matched(table: Table, form: type[Form], heading: int, texts: tuple[str, ...]) -> Matched:
    said = {at: alike(form, text) for at, text in enumerate(texts) if text}  # type: ignore[arg-type]  # hashable
    meant = groups.ungrouped(form, texts) | {at: some for at, some in said.items() if some}
    own = groups.own(texts)
    found = sorted(
        ((percent, column, key) for column, some in meant.items() if column not in own for key, percent in some),
        key=lambda each: (-each[0], each[1]),
    )
    columns: dict[int, str] = {}
    percents: dict[int, int] = {}
    for percent, column, key in found:
        if column not in columns and key not in columns.values():
            columns[column], percents[column] = key, percent
    return Matched(form.key, table.sheet, heading, columns, percents, BY_HEADING, tuple(texts))
