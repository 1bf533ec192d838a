"""Clause by clause: what an agreement said in an earlier version, what it says now, who changed it."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.forms.agreement import Agreement, Clause
from p2kp_desktop.language import say
from p2kp_desktop.schema import ALIVE, Answer, Form, Record
from p2kp_desktop.schema.causality import Vector, Version, covers
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.store import Connection, Workspace, history, records, views

from .agreement_versions import answers_at, editions

KEPT, REMOVED, ADDED = "kept", "removed", "added"  # parts of a text
CHANGED = "changed"  # of clauses, beside REMOVED and ADDED

_OF_CLAUSE = tuple(question.key for question in Clause.stored())
_OF_HEAD = tuple(question.key for question in (
    Agreement.number, Agreement.name, Agreement.rts, Agreement.background, Agreement.legal_basis, Agreement.men,
    Agreement.women, Agreement.mbr,
))


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
    """An earlier version beside a later one; `same` are the numbers of the clauses that stayed as they were.

    `head` is what changed of the agreement itself: its title, RTs, background, legal basis, participants.
    """

    old: int
    new: int
    changes: tuple[ClauseChange, ...]
    same: tuple[int, ...]
    head: tuple[AnswerChange, ...] = ()

    @property
    def records(self) -> frozenset[str]:
        """Return the clauses that differ."""
        return frozenset(change.record for change in self.changes)


def compare(workspace: Workspace, agreement: Record, old: int, new: int = 0) -> Comparison | None:
    """Compare two versions; without `new` the version in work. None where the text of one was not kept."""
    with workspace.asking() as connection:
        return compare_in(connection, agreement, old, new)


def compare_in(connection: Connection, agreement: Record, old: int, new: int = 0) -> Comparison | None:
    """Compare two versions of an agreement within a question; see `compare`."""
    kept = editions(agreement)
    if old not in kept or (new and new not in kept):
        return None
    span = _Span(kept[old], kept[new] if new else None)
    changes, same = [], []
    for version in ever(connection, agreement.id):
        change = _between(version, history.of_record(connection, version.id), span)
        if isinstance(change, ClauseChange):
            changes.append(change)
        elif change:
            same.append(change)
    current = int(str(agreement.answers.get("version") or 0))
    changes.sort(key=lambda each: (each.number, each.record))
    head = _head(agreement, history.of_record(connection, agreement.id), span)
    return Comparison(old, new or current, tuple(changes), tuple(sorted(same)), head)


def ever(connection: Connection, agreement: str) -> list[Version]:
    """Return every clause an agreement has or had, those in the trash among them."""
    ids = [
        row["id"] for deleted in (False, True)
        for row in views.picked(connection, Clause, (), views.Where(parent=agreement, deleted=deleted))
    ]
    return list(records.read(connection, Clause.key, ids).values())


@dataclass(frozen=True)
class _Span:
    """From the saves of an earlier version to those of a later one, None for what stands now."""

    old: Vector
    new: Vector | None

    def sides(
        self, now: Mapping[str, Answer], rows: Sequence[HistoryRow], keys: Sequence[str]
    ) -> tuple[dict[str, Answer] | None, Mapping[str, Answer] | None]:
        """Return these answers of a record in both versions, None where it was not there."""
        before = answers_at(now, rows, self.old, keys)
        if self.new is not None:
            return before, answers_at(now, rows, self.new, keys)
        return before, now if now.get(ALIVE) != 0 else None

    def saves(self, rows: Sequence[HistoryRow]) -> list[HistoryRow]:
        """Return the saves that made the later version from the earlier one."""
        return [row for row in rows if not covers(self.old, row.save.dot)
                and (self.new is None or covers(self.new, row.save.dot))]


def _between(version: Version, rows: Sequence[HistoryRow], span: _Span) -> ClauseChange | int | None:
    """Return how a clause changed, its number where it did not, None where neither version has it."""
    before, after = span.sides(version.values(), rows, _OF_CLAUSE)
    shown = after or before
    if shown is None:
        return None
    number = int(str(shown.get("clause_number") or 0))
    saves = span.saves(rows)
    kind = CHANGED if before and after else (ADDED if after else REMOVED)
    answers = tuple(_answers(Clause, _OF_CLAUSE, (before or {}, after or {}), saves))
    if kind == CHANGED and not answers:
        return number
    aspect = record_names.shown(Clause.key, Clause.aspect.key, shown.get("aspect"))
    return ClauseChange(version.id, kind, number, aspect, answers, _hands(saves))


def _head(agreement: Record, rows: Sequence[HistoryRow], span: _Span) -> tuple[AnswerChange, ...]:
    before, after = span.sides(agreement.answers, rows, _OF_HEAD)
    return tuple(_answers(Agreement, _OF_HEAD, (before or {}, after or {}), span.saves(rows)))


def _answers(
    form: type[Form], keys: Sequence[str], sides: tuple[Mapping[str, Answer], Mapping[str, Answer]],
    saves: Sequence[HistoryRow],
) -> Iterator[AnswerChange]:
    for key in keys:
        before, after = (
            "" if side.get(key) is None else record_names.shown(form.key, key, side[key]) for side in sides
        )
        if before != after:
            hands = _hands(row for row in saves if key in row.changes or not row.answers)
            yield AnswerChange(key, record_names.asked(form.key, key)[1], before, after, hands)


def _hands(rows: Iterable[HistoryRow]) -> tuple[Hand, ...]:
    hands = {Hand(row.save.person, row.save.time): None for row in rows}
    return tuple(sorted(hands, key=lambda hand: hand.time))


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
