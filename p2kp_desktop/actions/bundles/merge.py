"""Merging what arrived into what is here, and counting how each record ended.

A cell edited in Excel is withheld, not rejected with its record: the other answers arrive, the true value still comes
with the genuine file, and the cell is named. In the counts the record is «ditolak».

Where somebody says why, such cells are taken over as edits of the person here. Such an edit replaces what whoever
typed it had seen, which is what stood in the file, as far as that is known here. What is newer here, or arrives later,
is not replaced: both stand side by side as a conflict. A record deleted here stays deleted and an erased answer stays
erased. The edits of one import count under a node of their own, so that they can be taken back with it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from p2kp_desktop.actions.recording import record_names, record_titles
from p2kp_desktop.actions.recording.record_names import Titles
from p2kp_desktop.actions.recording.recording import understood
from p2kp_desktop.actions.recording.saves import Edits
from p2kp_desktop.actions.trust.protection import COMES_IN, Judgement, Protection
from p2kp_desktop.exchange.bundle import Arrived, EditedCell
from p2kp_desktop.exchange.digests import cell_digest
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.schema import ALIVE, Answer, Choice, Reference, Unreadable, erasure
from p2kp_desktop.schema.causality import Dot, Siblings, Vector, Version, covers, merge, shown
from p2kp_desktop.schema.erasure import marks_of
from p2kp_desktop.schema.naming_copies import Reading
from p2kp_desktop.store import Connection, facts, history, node, records, summaries

from .receipt_outcome import EditedOutside, ReceivedChange

GONE = "…"


@dataclass(frozen=True)
class WaitingRecord:
    """A record that waits for a person: as it came, why, and what it would change here."""

    version: Version
    why: str
    changes: tuple[ReceivedChange, ...]


class Merging:
    """Merges arriving records into what is here, some hundred at a time, and counts how each ended.

    `reading` tells how a bundle is read whose nodes went on in several copies, `protection` which records wait.
    """

    def __init__(
        self, connection: Connection, *, accepts_edited: bool = False, reading: Reading | None = None,
        protection: Protection | None = None,
    ) -> None:
        self.accepts_edited = accepts_edited
        self.edited = 0
        self.awaiting: list[tuple[Arrived, Version | None]] = []  # to be taken over, as they were before the bundle
        self.cells: list[EditedOutside] = []
        self.counts: Counter[str] = Counter()
        self.notes: list[str] = []
        self.changes: list[ReceivedChange] = []
        self.conflicts: list[ReceivedChange] = []
        self._titles: dict[str, str] = {}  # of records that changed answers point to: known once all has arrived
        self.stale: set[summaries.Place] = set()
        self.touched: dict[tuple[str, str], Version | None] = {}
        self.torn: Counter[str] = Counter()  # rows that changed places without their ids, by sheet
        self.waiting: list[WaitingRecord] = []
        self.left: dict[str, Vector] = {}  # what records include that stay as they were, though the bundle claims more
        self.counted: set[Dot] = set()  # the last saves of each node that records include since this bundle
        self._connection, self._reading, self._protection = connection, reading, protection
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
        self.notes += [_left_in_words(len(self.left))] if self.left else []
        held = (change for each in self.waiting for change in each.changes)
        for one in (*self.changes, *self.conflicts, *held):
            self._titles |= self._called(one.form, one.question, one.before, one.after)

    @property
    def edited_outside(self) -> int:
        """Return how many records had cells that were edited outside."""
        return self.edited + self.torn.total()

    def _called(self, form: str, key: str, *values: Answer) -> Titles:
        """Return the titles of the records that answers point to."""
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
            judged = self._judged(before, theirs, after)
            if judged.why and theirs and after:
                self._keep_apart(before, theirs, after, judged.why)
                continue
            if judged.stays:
                self.left[arrived.id], after = before.vector if before else {}, before
            if after is not None and after != before and after.answers:
                here[arrived.id] = changed[arrived.id] = after
            if arrived.edited and after is not None and self.accepts_edited:
                self.awaiting.append((arrived, before))
            else:
                self.close(arrived, before, after, whole=arrived.intact)
        records.write(self._connection, changed.values())

    def _judged(self, before: Version | None, theirs: Version | None, after: Version | None) -> Judgement:
        if self._protection is None or theirs is None or after is None or not after.answers:
            return COMES_IN
        return self._protection.judge(before, theirs, after)

    def _keep_apart(self, before: Version | None, theirs: Version, after: Version, why: str) -> None:
        """Let a record wait for a person; it is counted as rejected."""
        self.counts["rejected"] += 1
        was = before or Version(theirs.form, theirs.id)
        self.waiting.append(WaitingRecord(theirs, why, tuple(changes(was, after, self._titles))))

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
        known = before.vector if before else {}
        self.counted |= {Dot(name, tick) for name, tick in after.vector.items() if tick > known.get(name, 0)}
        if before is not None:
            self.changes += changes(before, after, self._titles)
        self.conflicts += _conflicts(before, after, self._titles)
        if after.form == Household.key:
            self.stale |= {_place(version) for version in (before, after) if version}


def _torn_in_words(sheet: str, rows: int) -> str:
    return say(
        "Lembar «{sheet}»: baris tertukar urutannya tanpa kolom kuncinya: {count} baris. Isi baris itu tidak diambil, "
        "supaya jawaban satu rumah tidak masuk ke rumah lain. Minta berkas aslinya dari pengirim.",
        sheet=sheet, count=rows,
    )


def _left_in_words(count: int) -> str:
    return say(
        "{count} catatan tetap seperti semula: paket ini menyebut simpanan lain tanpa membawa jawabannya.", count=count,
    )


def changes(before: Version, after: Version, titles: Titles) -> Iterator[ReceivedChange]:
    """Yield the answers that become others, old and new."""
    old, new = before.values(), after.values()
    subject = record_names.subject(after.form, after.id, {**old, **new})
    for key in sorted(new):
        if old.get(key) != new[key]:
            given = next(s.save for s in after.answers[key] if s.value == new[key])
            yield ReceivedChange(after.form, after.id, key, old.get(key), new[key], subject, given, titles)


def _conflicts(before: Version | None, after: Version, titles: Titles) -> Iterator[ReceivedChange]:
    """Yield every side of a conflict that this merge opens or widens."""
    subject = record_names.subject(after.form, after.id, after.values())
    for key, siblings in sorted(after.conflicts().items()):
        here: Siblings = before.answers.get(key, frozenset()) if before else frozenset()
        had = {sibling.value for sibling in here}
        mine = shown(key, frozenset(here & siblings) or siblings)
        fresh = {s.value: s.save for s in siblings if s.value not in had and s.value != mine}
        for value, save in sorted(fresh.items(), key=lambda each: each[1].dot):
            in_force = shown(key, siblings)
            yield ReceivedChange(after.form, after.id, key, mine, value, subject, save, titles, in_force)


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


ORIGIN = "disunting di luar program"


@dataclass(frozen=True)
class TakenOver:
    """What was taken over: the node and the saves, and in words the cells that were not."""

    node: str = ""
    dots: tuple[Dot, ...] = ()
    refused: tuple[str, ...] = ()


def take_over_cells(connection: Connection, merging: Merging, bundle: str, reason: str) -> TakenOver:
    """Save the cells of a bundle that wait to be taken over, once, and count their records.

    A cell that was taken over from this very bundle before, with the same content, is not saved again.
    """
    if not merging.awaiting:
        return TakenOver()
    edits = Edits(connection, replace(facts.facts(connection), node=node.fresh_sign()))
    refused: list[str] = []
    for form in {arrived.form for arrived, _ in merging.awaiting}:
        edits.look_up(form, [arrived.id for arrived, _ in merging.awaiting if arrived.form == form])
    for arrived, before in merging.awaiting:
        objections = _take_over_one(edits, arrived, before, bundle, reason)
        refused += objections
        after = edits.version(arrived.form, arrived.id)
        merging.close(arrived, before, after, whole=not (objections or arrived.missing))
    edits.finish()
    if not edits.dots:
        return TakenOver(refused=tuple(refused))
    for key, version in edits.above.items():
        merging.touched.setdefault(key, version)
    node.adopt(connection, edits.facts.node)
    return TakenOver(edits.facts.node, tuple(edits.dots), tuple(refused))


def _take_over_one(edits: Edits, arrived: Arrived, before: Version | None, bundle: str, reason: str) -> list[str]:
    """Save the cells of one record that can be taken over; say of the others why not."""
    now = edits.version(arrived.form, arrived.id)
    gone = _why_gone(edits, now, arrived)
    earlier = [row for row in history.of_record(edits.connection, arrived.id) if row.origin == _origin(bundle)]
    taken: dict[EditedCell, Answer] = {}
    refused = []
    for cell in arrived.edited:
        try:
            answer = _meant(edits.connection, arrived.form, cell)
            _refuse_lost(now, arrived, cell, gone)
        except Unreadable as objection:
            why = say("Tidak dapat diambil: {why}", why=objection)
            refused.append(f"{outside(cell, before, now).sentence()} {why}")
            continue
        if not any(cell.key in row.changes and row.changes[cell.key].after == answer for row in earlier):
            taken[cell] = answer
    if taken:
        cells = ", ".join(f"{cell.column}{cell.row}" for cell in taken)
        edits.save(
            arrived.form, arrived.id, {cell.key: answer for cell, answer in taken.items()}, origin=_origin(bundle),
            source=say("lembar «{sheet}» sel {cells}", sheet=arrived.sheet, cells=cells),
            reason=reason.strip(), seen=arrived.as_seen(now, [cell.key for cell in taken]),
        )
    return refused


def _origin(bundle: str) -> str:
    """Return how such an edit came in; the bundle is named as its pages name it at the foot."""
    return f"{ORIGIN} · paket {bundle[-8:]}"


def _why_gone(edits: Edits, now: Version, arrived: Arrived) -> str:
    """Say that a record was deleted here or in the file, or one above it, or that this is open; "" for others."""
    if ALIVE in now.conflicts():
        return say("belum diputuskan apakah catatannya dihapus; putuskan dahulu konflik itu.")
    around = [now, *_above(edits, now), *([arrived.version] if arrived.version else [])]
    if any(each.values().get(ALIVE) == 0 for each in around):
        return say("catatannya sudah dihapus; pulihkan dahulu dari tempat sampah bila perlu.")
    return ""


def _above(edits: Edits, version: Version) -> Iterator[Version]:
    seen = {version.id}
    while isinstance(parent := version.values().get("parent"), str) and parent not in seen:
        seen.add(parent)
        form = records.form_of(edits.connection, parent)
        if form is None:
            return
        version = edits.version(form, parent)
        yield version


def _refuse_lost(now: Version, arrived: Arrived, cell: EditedCell, gone: str) -> None:
    """Raise Unreadable where an edit would bring back what was deleted or erased."""
    if gone:
        raise Unreadable(gone)
    known = arrived.version.vector if arrived.version else {}
    if any(not covers(known, save.dot) for save, _ in marks_of(now).get(cell.key, ())):
        raise Unreadable(say("jawaban ini sudah dihapus atas permintaan orangnya."))


def _meant(connection: Connection, form: str, cell: EditedCell) -> Answer:
    """Return the answer that an edited cell stands for; raise Unreadable."""
    known = {each.key: each for each in FORMS}.get(form)
    question = known.question(cell.key) if known else None
    if known is None or question is None:
        raise Unreadable(say("bukan jawaban yang dapat disunting di lembar kerja."))
    if not cell.shown.strip():
        return None
    if isinstance(question, Reference):
        return understood(connection, known, cell.key, cell.shown)
    listed = not isinstance(question, Choice) or cell.value in question.options.codes
    if cell.value is not None and listed and question.understands(cell.value):
        return cell.value
    answer: Answer = question.read(cell.shown)
    return answer
