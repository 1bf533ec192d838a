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
from p2kp_desktop.exchange import locking, reading, signing
from p2kp_desktop.exchange.bundle import Arrived, DamagedRow, EditedCell
from p2kp_desktop.exchange.reading import Parcel
from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import Answer, Choice, Unreadable, new_id
from p2kp_desktop.schema.causality import Dot, Vector, covers
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.store import Connection, Workspace, facts, history, node, receipts, summaries, transfers, undoing

from . import practising
from .editing import Edits
from .merging import OUTCOMES, Change, Merging, edited_in_words

UNDOABLE = 20  # how many imports can be taken back; older ones need too much room


@dataclass(frozen=True)
class Received:
    """How a bundle ended: read = new + updated + identical + older + conflict + rejected, in records."""

    file: str
    counts: Counter[str] = field(default_factory=Counter)
    edited_outside: int = 0
    notes: tuple[str, ...] = ()
    error: str | None = None
    changes: tuple[Change, ...] = ()

    @property
    def read(self) -> int:
        """Return how many records the bundle held."""
        return sum(self.counts[outcome] for outcome in OUTCOMES)


class _Rehearsed(Exception):  # it takes the transaction back
    def __init__(self, received: Received) -> None:
        super().__init__()
        self.received = received


def receive(
    workspace: Workspace, path: str | Path, *, password: str = "", rehearse: bool = False, accept: str = ""
) -> Received:
    """Merge a bundle in one transaction. A file that is no sound bundle changes nothing and is explained.

    `rehearse` does everything and takes it back: the result says what receiving would change. `accept` is the
    reason for which the person here takes over cells that were edited outside the program, as edits of their
    own; without it they are named and wait for the genuine value.
    """
    try:
        with _readable(Path(path), password) as readable:
            parcel = reading.read(readable)
            with node.editing(workspace) if accept else workspace.changing() as connection:
                received = _merge_in(connection, parcel, Path(path), accept)
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


def _merge_in(connection: Connection, parcel: Parcel, path: Path, accept: str) -> Received:
    practising.refuse_mixing(connection, parcel.manifest)
    key = signing.signer(parcel.seal, parcel.signature, path.name)
    merging = Merging(connection, accepts_edited=bool(accept))
    for arrived in parcel.arrived():
        merging.take(arrived)
    merging.finish()
    unsound: list[DamagedRow] = []
    before = facts.known_edits(connection)
    came, strange = history.keep(connection, _sound(parcel.history(), unsound))
    notes = [*merging.notes, *(finding.message for finding in parcel.findings), *(row.reason for row in unsound)]
    notes += [f"Riwayat yang bertentangan: simpanan ke-{row.save.dot.tick} {row.save.workspace}." for row in strange]
    if not notes:
        notes += _learn(connection, parcel)
    notes += _meet(connection, parcel, key)
    transfer = new_id()
    undoing.note(connection, transfer, merging.touched, came)
    undoing.drop(connection, undoing.undoable(connection)[:-UNDOABLE])
    if accept:
        notes += _take_over(connection, merging.edited, accept)
    summaries.forget(connection, merging.stale)
    summaries.refresh(connection)
    received = Received(str(path), merging.counts, len(merging.edited), tuple(notes), changes=tuple(merging.changes))
    _log(connection, parcel, path, received, transfer, before)
    return received


def _take_over(connection: Connection, edited: list[Arrived], reason: str) -> list[str]:
    """Save cells that were edited outside as edits of the person here; name those that cannot be read."""
    edits = Edits(connection, facts.facts(connection))
    refused = []
    for arrived in edited:
        taken: dict[str, Answer] = {}
        for cell in arrived.edited:
            try:
                taken[cell.key] = _meant(arrived.form, cell)
            except Unreadable as objection:
                refused.append(f"{edited_in_words(cell)} Tidak dapat diambil: {objection}")
        if taken:
            cells = ", ".join(f"{c.column}{c.row}" for c in arrived.edited if c.key in taken)
            origin = f"disunting di lembar «{arrived.sheet}»: {cells}"
            edits.save(arrived.form, arrived.id, taken, origin=origin, reason=reason)
    edits.finish()
    return refused


def _meant(form: str, cell: EditedCell) -> Answer:
    """Return the answer that an edited cell stands for; raise Unreadable."""
    known = {each.key: each for each in FORMS}.get(form)
    question = known.question(cell.key) if known else None
    if question is None:
        raise Unreadable("bukan jawaban yang dapat disunting di lembar kerja.")
    if not cell.shown.strip():
        return None
    listed = not isinstance(question, Choice) or cell.value in question.options.codes
    if cell.value is not None and listed and question.understands(cell.value):
        return cell.value
    answer: Answer = question.read(cell.shown)
    return answer


def _sound(rows: Iterator[HistoryRow | DamagedRow], unsound: list[DamagedRow]) -> Iterator[HistoryRow]:
    """Yield the rows that hold, and put the others aside."""
    for row in rows:
        if isinstance(row, DamagedRow):
            unsound.append(row)
        else:
            yield row


def _meet(connection: Connection, parcel: Parcel, key: str) -> list[str]:
    """Take the bundle as a receipt: its sender has what it includes. Announce a key that changed."""
    manifest = parcel.manifest
    if manifest.node in node.own_nodes(connection):
        return []
    before = receipts.remembered(connection, manifest.node)
    if before and before.key and key != before.key:
        shown = signing.fingerprint(key) if key else "tanpa tanda tangan"
        return [
            f"Tanda pengirim {manifest.workspace} berubah: dulu «{signing.fingerprint(before.key)}», kini «{shown}». "
            "Tanyakan kepada pengirim."
        ]
    serial = manifest.more.get("serial")
    receipts.met(connection, receipts.Acquaintance(
        manifest.node, manifest.workspace, manifest.role, manifest.person,
        serial if isinstance(serial, int) else 0, manifest.time, key,
    ), manifest.includes)
    return []


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


def _log(
    connection: Connection, parcel: Parcel, path: Path, received: Received, transfer: str, before: dict[str, Vector]
) -> None:
    result = {"read": received.read, **{name: received.counts[name] for name in OUTCOMES},
              "edited_outside": received.edited_outside, "notes": list(received.notes), "known_before": before}
    transfers.note(connection, transfers.Transfer(
        transfer, "in", parcel.manifest.bundle, path.name, hashlib.sha256(path.read_bytes()).hexdigest(),
        facts.facts(connection).person, environment.now(), result,
    ))
