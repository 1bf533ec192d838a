"""Merging what arrived into what is here, and counting how each record ended."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from p2kp_desktop.exchange.bundle import Arrived, EditedCell
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import Answer
from p2kp_desktop.schema.causality import Version, merge
from p2kp_desktop.store import Connection, records, summaries

OUTCOMES = ("new", "updated", "identical", "older", "conflict", "rejected")


@dataclass(frozen=True)
class Change:
    """An answer that a bundle changes, in plain values; `before` is None where it was empty."""

    form: str
    id: str
    question: str
    before: Answer
    after: Answer


class Merging:
    """Merges arriving records into what is here, some hundred at a time, and counts how each ended."""

    def __init__(self, connection: Connection, *, accepts_edited: bool = False) -> None:
        self.accepts_edited = accepts_edited
        self.edited: list[Arrived] = []
        self.counts: Counter[str] = Counter()
        self.notes: list[str] = []
        self.changes: list[Change] = []
        self.stale: set[summaries.Place] = set()
        self.touched: dict[tuple[str, str], Version | None] = {}
        self._connection = connection
        self._waiting: dict[str, list[Arrived]] = {}

    def take(self, arrived: Arrived) -> None:
        """Merge a record, now or with some more of its form."""
        waiting = self._waiting.setdefault(arrived.form, [])
        waiting.append(arrived)
        if len(waiting) == records.AT_ONCE:
            self._merge(arrived.form)

    def finish(self) -> None:
        """Merge what waits."""
        for form in list(self._waiting):
            self._merge(form)

    def _merge(self, form: str) -> None:
        some = self._waiting.pop(form)
        here = records.read(self._connection, form, [arrived.id for arrived in some])
        changed: dict[str, Version] = {}
        for arrived in some:
            before, theirs = here.get(arrived.id), arrived.version
            after = theirs if before is None else before if theirs is None else merge(before, theirs)
            self._count(arrived, before, after)
            if after is not None and after != before and after.answers:
                here[arrived.id] = changed[arrived.id] = after
                self.touched.setdefault((form, arrived.id), before)
                if before is not None:
                    self.changes += _changes(before, after)
                if form == Household.key:
                    self.stale |= {_place(version) for version in (before, after) if version}
        records.write(self._connection, changed.values())

    def _count(self, arrived: Arrived, before: Version | None, after: Version | None) -> None:
        taken_over = self.accepts_edited and not arrived.missing
        self.counts[_outcome(arrived, before, after, taken_over=taken_over)] += 1
        if arrived.edited:
            self.edited.append(arrived)
        self.notes += [edited_in_words(cell) for cell in arrived.edited]
        if arrived.damage:
            self.notes.append(arrived.damage)


def _changes(before: Version, after: Version) -> Iterator[Change]:
    old, new = before.values(), after.values()
    for key in sorted(new):
        if old.get(key) != new[key]:
            yield Change(after.form, after.id, key, old.get(key), new[key])


def edited_in_words(cell: EditedCell) -> str:
    """Name a cell that was edited outside the program, and what stands there now."""
    return f"Diubah di luar program: lembar «{cell.sheet}», sel {cell.column}{cell.row}, kini «{cell.shown}»."


def _outcome(arrived: Arrived, before: Version | None, after: Version | None, *, taken_over: bool) -> str:
    if after is None or arrived.damage or not (arrived.intact or taken_over):
        return "rejected"
    if before is None:
        return "new"
    if after == before:
        return "identical" if arrived.version == before else "older"
    return "conflict" if after.conflicts() else "updated"


def _place(version: Version) -> summaries.Place:
    values = version.values()
    return str(values.get("region")), str(values.get("rt")), str(values.get("period"))
