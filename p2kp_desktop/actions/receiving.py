"""Terima: reading a bundle and merging what it holds, all of it or nothing."""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import starmap
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.exchange import locking, reading
from p2kp_desktop.exchange.bundle import Arrived, DamagedRow, EditedCell
from p2kp_desktop.exchange.reading import Parcel
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import Answer, new_id
from p2kp_desktop.schema.causality import Dot, Version, covers, merge
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.store import Connection, Workspace, facts, history, node, records, summaries, transfers

from . import practising

OUTCOMES = ("new", "updated", "identical", "older", "conflict", "rejected")


@dataclass(frozen=True)
class Received:
    """How a bundle ended: read = new + updated + identical + older + conflict + rejected, in records."""

    file: str
    counts: Counter[str] = field(default_factory=Counter)
    edited_outside: int = 0
    notes: tuple[str, ...] = ()
    error: str | None = None
    changes: tuple["Change", ...] = ()

    @property
    def read(self) -> int:
        """Return how many records the bundle held."""
        return sum(self.counts[outcome] for outcome in OUTCOMES)


@dataclass(frozen=True)
class Change:
    """An answer that a bundle changes, in plain values; `before` is None where it was empty."""

    form: str
    id: str
    question: str
    before: Answer
    after: Answer


class _Rehearsed(Exception):  # it takes the transaction back
    def __init__(self, received: Received) -> None:
        super().__init__()
        self.received = received


def receive(
    workspace: Workspace, path: str | Path, *, password: str = "", rehearse: bool = False
) -> Received:
    """Merge a bundle in one transaction. A file that is no sound bundle changes nothing and is explained.

    `rehearse` does everything and takes it back: the result says what receiving would change.
    """
    try:
        with _readable(Path(path), password) as readable:
            parcel = reading.read(readable)
            with workspace.changing() as connection:
                received = _merge_in(connection, parcel, Path(path))
                if rehearse:
                    raise _Rehearsed(received)
                return received
    except _Rehearsed as rehearsed:
        return rehearsed.received
    except Trouble as trouble:
        return Received(str(path), error=str(trouble))


@contextmanager
def _readable(path: Path, password: str) -> Iterator[Path]:
    """Give the file itself, or for one behind a password a copy without it that is gone afterwards."""
    if not password or not path.is_file() or not locking.is_locked(path):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="p2kp-terima-") as bench:
        opened = Path(bench) / path.name
        locking.unlock(path, opened, password)
        yield opened


def _merge_in(connection: Connection, parcel: Parcel, path: Path) -> Received:
    practising.refuse_mixing(connection, parcel.manifest)
    merging = _Merging(connection)
    for arrived in parcel.arrived():
        merging.take(arrived)
    merging.finish()
    unsound: list[DamagedRow] = []
    _, strange = history.keep(connection, _sound(parcel.history(), unsound))
    notes = [*merging.notes, *(finding.message for finding in parcel.findings), *(row.reason for row in unsound)]
    notes += [f"Riwayat yang bertentangan: simpanan ke-{row.save.dot.tick} {row.save.workspace}." for row in strange]
    if not notes:
        notes += _learn(connection, parcel)
    summaries.forget(connection, merging.stale)
    summaries.refresh(connection)
    received = Received(str(path), merging.counts, merging.edited_outside, tuple(notes), changes=tuple(merging.changes))
    _log(connection, parcel, path, received)
    return received


def _sound(rows: Iterator[HistoryRow | DamagedRow], unsound: list[DamagedRow]) -> Iterator[HistoryRow]:
    """Yield the rows that hold, and put the others aside."""
    for row in rows:
        if isinstance(row, DamagedRow):
            unsound.append(row)
        else:
            yield row


class _Merging:
    """Merges arriving records into what is here, some hundred at a time, and counts how each ended."""

    def __init__(self, connection: Connection) -> None:
        self.counts: Counter[str] = Counter()
        self.edited_outside = 0
        self.notes: list[str] = []
        self.changes: list[Change] = []
        self.stale: set[summaries.Place] = set()
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
                if before is not None:
                    self.changes += _changes(before, after)
                if form == Household.key:
                    self.stale |= {_place(version) for version in (before, after) if version}
        records.write(self._connection, changed.values())

    def _count(self, arrived: Arrived, before: Version | None, after: Version | None) -> None:
        self.counts[_outcome(arrived, before, after)] += 1
        self.edited_outside += bool(arrived.edited)
        self.notes += [_edited(cell) for cell in arrived.edited]
        if arrived.damage:
            self.notes.append(arrived.damage)


def _changes(before: Version, after: Version) -> Iterator[Change]:
    old, new = before.values(), after.values()
    for key in sorted(new):
        if old.get(key) != new[key]:
            yield Change(after.form, after.id, key, old.get(key), new[key])


def _edited(cell: EditedCell) -> str:
    return (
        f"Diubah di luar program: lembar «{cell.sheet}», sel {cell.column}{cell.row}, kini «{cell.shown}»; "
        "isi aslinya tetap ditunggu."
    )


def _outcome(arrived: Arrived, before: Version | None, after: Version | None) -> str:
    if not arrived.intact or after is None:
        return "rejected"
    if before is None:
        return "new"
    if after == before:
        return "identical" if arrived.version == before else "older"
    return "conflict" if after.conflicts() else "updated"


def _place(version: Version) -> summaries.Place:
    values = version.values()
    return str(values.get("region")), str(values.get("rt")), str(values.get("period"))


def _learn(connection: Connection, parcel: Parcel) -> list[str]:
    """Advance what this workspace knows, where the bundle joins on without a gap; name the gaps."""
    manifest = parcel.manifest
    if manifest.withheld:
        return []
    known = facts.known_edits(connection)
    own = {mine: history.last_tick(connection, mine) for mine in node.own_nodes(connection)}
    notes = []
    for place, edits in manifest.includes.items():
        here = {**known.get(place, {}), **own}
        since = manifest.since.get(place, {})
        if all(covers(here, dot) for dot in starmap(Dot, since.items())):
            facts.learn(connection, place, {name: tick for name, tick in edits.items() if name not in own})
        else:
            notes.append(f"Paket sebelumnya dari {manifest.workspace} untuk wilayah {place} belum diterima.")
    return notes


def _log(connection: Connection, parcel: Parcel, path: Path, received: Received) -> None:
    result = {"read": received.read, **{name: received.counts[name] for name in OUTCOMES},
              "edited_outside": received.edited_outside, "notes": list(received.notes)}
    transfers.note(connection, transfers.Transfer(
        new_id(), "in", parcel.manifest.bundle, path.name, hashlib.sha256(path.read_bytes()).hexdigest(),
        facts.facts(connection).person, environment.now(), result,
    ))
