"""Merging what arrived into what is here, and counting how each record ended."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from p2kp_desktop.actions.recording import record_names, record_titles
from p2kp_desktop.actions.recording.record_names import Titles
from p2kp_desktop.exchange.bundle import Arrived, EditedCell
from p2kp_desktop.exchange.digests import cell_digest
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.schema import Answer, erasure
from p2kp_desktop.schema.causality import Siblings, Version, merge, shown
from p2kp_desktop.schema.naming_copies import Reading
from p2kp_desktop.store import Connection, records, summaries

from .receipt_outcome import OUTCOMES as OUTCOMES
from .receipt_outcome import Change, EditedOutside

GONE = "…"


class Merging:
    """Merges arriving records into what is here, some hundred at a time, and counts how each ended.

    `reading` tells how a bundle is read whose nodes went on in several copies.
    """

    def __init__(
        self, connection: Connection, *, accepts_edited: bool = False, reading: Reading | None = None
    ) -> None:
        self.accepts_edited = accepts_edited
        self.edited = 0
        self.awaiting: list[tuple[Arrived, Version | None]] = []  # to be taken over, as they were before the bundle
        self.cells: list[EditedOutside] = []
        self.counts: Counter[str] = Counter()
        self.notes: list[str] = []
        self.changes: list[Change] = []
        self.conflicts: list[Change] = []
        self._titles: dict[str, str] = {}  # of records that changed answers point to: known once all has arrived
        self.stale: set[summaries.Place] = set()
        self.touched: dict[tuple[str, str], Version | None] = {}
        self.torn: Counter[str] = Counter()  # rows that changed places without their ids, by sheet
        self._connection, self._reading = connection, reading
        self._waiting: dict[str, list[Arrived]] = {}

    def take(self, arrived: Arrived) -> None:
        """Merge a record, now or with some more of its form."""
        waiting = self._waiting.setdefault(arrived.form, [])
        waiting.append(self._as_meant(arrived))
        if len(waiting) == records.AT_ONCE:
            self._merge(arrived.form)

    def _as_meant(self, arrived: Arrived) -> Arrived:
        """Return a record with forked nodes read as their branches; what nothing tells the branch of is missing."""
        if self._reading is None or arrived.version is None:
            return arrived
        version, gone = self._reading.version(arrived.version)
        if version is arrived.version:
            return arrived
        contexts = {key: self._reading.vector(context) for key, context in arrived.contexts.items()}
        return replace(arrived, version=version, missing=(*arrived.missing, *gone), contexts=contexts)

    def finish(self) -> None:
        """Merge what waits."""
        for form in list(self._waiting):
            self._merge(form)
        self.notes += [_torn_in_words(sheet, rows) for sheet, rows in self.torn.items()]
        for one in (*self.changes, *self.conflicts):
            self._titles |= self._called(one.form, one.question, one.before, one.after)

    @property
    def edited_outside(self) -> int:
        """Return how many records had cells that were edited outside."""
        return self.edited + self.torn.total()

    def _called(self, form: str, key: str, *values: Answer) -> Titles:
        """Return what the records are called that answers point to."""
        return record_titles.titles(self._connection, record_names.form_of(form), ({key: value} for value in values))

    def new(self, form: str) -> list[str]:
        """Return the records of a form that were not here before."""
        return [record for (its, record), before in self.touched.items() if its == form and before is None]

    def _merge(self, form: str) -> None:
        some = self._waiting.pop(form)
        here = records.read(self._connection, form, [arrived.id for arrived in some])
        changed: dict[str, Version] = {}
        for arrived in some:
            before, theirs = here.get(arrived.id), arrived.version
            joined = theirs if before is None else before if theirs is None else merge(before, theirs)
            after = erasure.applied(joined) if joined else None
            if after is not None and after != before and after.answers:
                here[arrived.id] = changed[arrived.id] = after
            if arrived.edited and after is not None and self.accepts_edited:
                self.awaiting.append((arrived, before))
            else:
                self.close(arrived, before, after, whole=arrived.intact)
        records.write(self._connection, changed.values())

    def close(self, arrived: Arrived, before: Version | None, after: Version | None, *, whole: bool) -> None:
        """Count how a record ended, and remember what it takes to be taken back, shown and added up.

        `whole` says that everything that the bundle has of it was taken.
        """
        self.counts[_outcome(arrived, before, after, whole=whole)] += 1
        self.edited += bool(arrived.edited)
        self.torn.update([arrived.sheet] if arrived.torn and arrived.sheet else [])
        self.cells += [outside(cell, before, after) for cell in arrived.edited if after]
        if arrived.damage:
            self.notes.append(arrived.damage)
        if after is not None and after != before and after.answers:
            self._note(before, after)

    def _note(self, before: Version | None, after: Version) -> None:
        self.touched.setdefault((after.form, after.id), before)
        if before is not None:
            self.changes += _changes(before, after, self._titles)
        self.conflicts += _conflicts(before, after, self._titles)
        if after.form == Household.key:
            self.stale |= {_place(version) for version in (before, after) if version}


def _torn_in_words(sheet: str, rows: int) -> str:
    return say(
        "Lembar «{sheet}»: baris tertukar urutannya tanpa kolom kuncinya: {count} baris. Isi baris itu tidak diambil, "
        "supaya jawaban satu rumah tidak masuk ke rumah lain. Minta berkas aslinya dari pengirim.",
        sheet=sheet, count=rows,
    )


def _changes(before: Version, after: Version, titles: Titles) -> Iterator[Change]:
    old, new = before.values(), after.values()
    subject = record_names.subject(after.form, after.id, {**old, **new})
    for key in sorted(new):
        if old.get(key) != new[key]:
            given = next(s.save for s in after.answers[key] if s.value == new[key])
            yield Change(after.form, after.id, key, old.get(key), new[key], subject, given, titles)


def _conflicts(before: Version | None, after: Version, titles: Titles) -> Iterator[Change]:
    """Yield every side of a conflict that this merge opens or widens."""
    subject = record_names.subject(after.form, after.id, after.values())
    for key, siblings in sorted(after.conflicts().items()):
        here: Siblings = before.answers.get(key, frozenset()) if before else frozenset()
        had = {sibling.value for sibling in here}
        mine = shown(key, frozenset(here & siblings) or siblings)
        fresh = {s.value: s.save for s in siblings if s.value not in had and s.value != mine}
        for value, save in sorted(fresh.items(), key=lambda each: each[1].dot):
            in_force = shown(key, siblings)
            yield Change(after.form, after.id, key, mine, value, subject, save, titles, in_force)


def outside(cell: EditedCell, before: Version | None, after: Version) -> EditedOutside:
    """Return an edited cell by name; what stood there is known where a value here has the genuine digest."""
    subject = record_names.subject(after.form, after.id, after.values())
    siblings = before.answers.get(cell.key, frozenset()) if before else frozenset()
    genuine = [s.value for s in siblings if cell_digest(after.id, cell.key, s.value) == cell.digest]
    old = record_names.shown(after.form, cell.key, genuine[0]) if genuine else None
    now = GONE if cell.key in erasure.marks_of(after) else cell.shown  # it may say again what was erased
    return EditedOutside(cell.sheet, f"{cell.column}{cell.row}", subject, cell.key, now, old, cell.rounded)


def _outcome(arrived: Arrived, before: Version | None, after: Version | None, *, whole: bool) -> str:
    if after is None or not whole:
        return "rejected"
    if before is None:
        return "new"
    if after == before:
        return "identical" if arrived.version == before else "older"
    return "conflict" if after.conflicts() else "updated"


def _place(version: Version) -> summaries.Place:
    values = version.values()
    return str(values.get("region")), str(values.get("rt")), str(values.get("period"))
