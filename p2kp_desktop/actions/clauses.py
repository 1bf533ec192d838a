"""Clause by clause: what an agreement said in an earlier version, what it says now, who changed it.

A version keeps no copy of its text. When the next one begins, the agreement notes which saves the earlier version
holds; its text is then read back from the history. A mark by a clock, or a number typed into each clause, would say
something else at the receiver or after two laptops worked at once; the saves are the same everywhere.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from p2kp_desktop.forms.agreement import EDITION, Clause
from p2kp_desktop.language import say
from p2kp_desktop.schema import ALIVE, Answer, Record
from p2kp_desktop.schema.causality import Vector, Version, covers, join
from p2kp_desktop.schema.history import Before, HistoryRow
from p2kp_desktop.store import Connection, Workspace, history, records, views

from . import naming

KEPT, REMOVED, ADDED = "kept", "removed", "added"  # parts of a text
CHANGED = "changed"  # of clauses, beside REMOVED and ADDED

_KEYS = tuple(question.key for question in Clause.stored())


@dataclass(frozen=True)
class Part:
    """Some words that both texts have, or only the old or the new one."""

    kind: str
    text: str


def difference(old: str, new: str) -> tuple[Part, ...]:
    """Return both texts as one, word by word: what stayed, what went, what came."""
    before, after = _split(old), _split(new)
    one, other = ([word.strip() for word in words] for words in (before, after))
    parts: list[Part] = []
    for kind, i, k, m, n in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(Part(KEPT, "".join(after[m:n])))
            continue
        parts += [Part(what, "".join(words)) for what, words in ((REMOVED, before[i:k]), (ADDED, after[m:n])) if words]
    return tuple(parts)


def _split(text: str) -> list[str]:
    """Return words and signs, each with the space after it; «Rp50.000» and «10-an» are one word."""
    return re.findall(r"\w+(?:[.,/-]\w+)*\s*|[^\w\s]\s*", text)


@dataclass(frozen=True)
class Hand:
    """Who changed an answer, and when by their clock."""

    person: str
    time: str


@dataclass(frozen=True)
class AnswerChange:
    """One answer of a clause in two versions, in words."""

    key: str
    label: str
    old: str
    new: str
    hands: tuple[Hand, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return the difference word by word."""
        return difference(self.old, self.new)


@dataclass(frozen=True)
class ClauseChange:
    """A clause that was changed, added or removed between two versions."""

    record: str
    kind: str
    number: int
    aspect: str
    answers: tuple[AnswerChange, ...]
    hands: tuple[Hand, ...]


@dataclass(frozen=True)
class Comparison:
    """An earlier version beside a later one; `same` are the numbers of the clauses that stayed as they were."""

    old: int
    new: int
    changes: tuple[ClauseChange, ...]
    same: tuple[int, ...]

    @property
    def records(self) -> frozenset[str]:
        """Return the clauses that differ."""
        return frozenset(change.record for change in self.changes)


def editions(agreement: Record) -> dict[int, Vector]:
    """Return the saves that each earlier version of an agreement holds, by its number."""
    found: dict[int, Vector] = {}
    for key, value in agreement.answers.items():
        number = key.removeprefix(EDITION).split(".")[0] if key.startswith(EDITION) else ""
        if number.isdigit() and isinstance(value, str):
            found[int(number)] = join(found.get(int(number), {}), _vector(value))
    return dict(sorted(found.items()))


def edition_mark(version: int, node: str, versions: Iterable[Version]) -> tuple[str, str]:
    """Return the key and the answer by which an agreement notes what a version holds, as one node knows it."""
    held: Vector = {}
    for each in versions:
        held = join(held, each.vector)
    return f"{EDITION}{version}.{node}", " ".join(f"{name}:{tick}" for name, tick in sorted(held.items()))


def _vector(text: str) -> Vector:
    pairs = (part.rpartition(":") for part in text.split())
    return {name: int(tick) for name, _colon, tick in pairs if tick.isdigit()}


def compare(workspace: Workspace, agreement: Record, old: int, new: int = 0) -> Comparison | None:
    """Compare two versions; without `new` the version in work. None where the text of one was not kept."""
    with workspace.asking() as connection:
        return compare_in(connection, agreement, old, new)


def compare_in(connection: Connection, agreement: Record, old: int, new: int = 0) -> Comparison | None:
    """Compare two versions of an agreement within a question; see `compare`."""
    kept = editions(agreement)
    if old not in kept or (new and new not in kept):
        return None
    changes, same = [], []
    for version in ever(connection, agreement.id):
        change = _between(version, history.of_record(connection, version.id), kept[old], kept[new] if new else None)
        if isinstance(change, ClauseChange):
            changes.append(change)
        elif change:
            same.append(change)
    current = int(str(agreement.answers.get("version") or 0))
    changes.sort(key=lambda each: (each.number, each.record))
    return Comparison(old, new or current, tuple(changes), tuple(sorted(same)))


def ever(connection: Connection, agreement: str) -> list[Version]:
    """Return every clause an agreement has or had, those in the trash among them."""
    ids = [
        row["id"] for deleted in (False, True)
        for row in views.picked(connection, Clause, (), views.Where(parent=agreement, deleted=deleted))
    ]
    return list(records.read(connection, Clause.key, ids).values())


def _between(
    version: Version, rows: Sequence[HistoryRow], old: Vector, new: Vector | None
) -> ClauseChange | int | None:
    """Return how a clause changed, its number where it did not, None where neither version has it."""
    now = version.values()
    before = _text_at(now, rows, old)
    after = _text_at(now, rows, new) if new is not None else (now if now.get(ALIVE) != 0 else None)
    shown = after or before
    if shown is None:
        return None
    number = int(str(shown.get("clause_number") or 0))
    between = [row for row in rows if not covers(old, row.save.dot) and (new is None or covers(new, row.save.dot))]
    kind = CHANGED if before and after else (ADDED if after else REMOVED)
    answers = tuple(_answers(before or {}, after or {}, between))
    if kind == CHANGED and not answers:
        return number
    aspect = naming.shown(Clause.key, Clause.aspect.key, shown.get("aspect"))
    return ClauseChange(version.id, kind, number, aspect, answers, _hands(between))


def _answers(
    old: Mapping[str, Answer], new: Mapping[str, Answer], between: Sequence[HistoryRow]
) -> Iterator[AnswerChange]:
    for key in _KEYS:
        before, after = (_words(key, side.get(key)) for side in (old, new))
        if before != after:
            hands = _hands(row for row in between if key in row.changes or not row.answers)
            yield AnswerChange(key, naming.asked(Clause.key, key)[1], before, after, hands)


def _words(key: str, value: Answer) -> str:
    return "" if value is None else naming.shown(Clause.key, key, value)


def _hands(rows: Iterable[HistoryRow]) -> tuple[Hand, ...]:
    hands = {Hand(row.save.person, row.save.time): None for row in rows}
    return tuple(sorted(hands, key=lambda hand: hand.time))


def _text_at(
    now: Mapping[str, Answer], rows: Sequence[HistoryRow], held: Vector
) -> dict[str, Answer] | None:
    """Return the answers of a clause as these saves left it; None where it was not there, or in the trash."""
    later = [row for row in rows if not covers(held, row.save.dot)]
    if rows and len(later) == len(rows):
        return None
    then = {key: _before(key, later, now.get(key)) for key in (*_KEYS, ALIVE)}
    return None if then[ALIVE] == 0 else then


def _before(key: str, later: Sequence[HistoryRow], now: Answer) -> Answer:
    """Return what stood in an answer before all of these saves changed it.

    Within a node saves are in order; of the first ones of several nodes that one counts which did not build on
    another. Only where that is not to be told do the clocks decide, for reading.
    """
    first: dict[str, HistoryRow] = {}
    for row in sorted(later, key=lambda each: each.save.dot):
        if key in row.changes:
            first.setdefault(row.save.dot.node, row)
    built_on = {row.changes[key].after for row in later if key in row.changes}
    candidates = sorted(first.values(), key=lambda row: row.save.time)
    candidates = [row for row in candidates if _one(row.changes[key].before) not in built_on] or candidates
    if not candidates:
        return now
    change = candidates[0].changes[key]
    return now if change.withheld or change.lost else _one(change.before)


def _one(before: Before) -> Answer:
    return " / ".join(str(each) for each in before) if isinstance(before, list) else before


def sentence(change: ClauseChange) -> tuple[Part, ...]:
    """Return a change in a few words, for a line of a list: the first difference with the word before it."""
    if change.kind != CHANGED:
        words = say("pasal ditambah") if change.kind == ADDED else say("pasal dihapus")
        return (Part(KEPT, words),)
    parts = change.answers[0].parts
    place = next((at for at, part in enumerate(parts) if part.kind != KEPT), 0)
    lead = parts[place - 1].text.split()[-1:] if place else []
    differing = (part for part in parts[place : place + 2] if part.kind != KEPT)
    return (
        *(Part(KEPT, f"{word} ") for word in lead),
        *(Part(part.kind, f"{' '.join(part.text.split()[:6])} ") for part in differing),
    )
