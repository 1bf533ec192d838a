"""What happens inside the one transaction in which a bundle is taken in: history, records, knowledge, log."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.actions.common import practice_mark
from p2kp_desktop.actions.common.long_work import Report, Steps
from p2kp_desktop.actions.review import person_erasure
from p2kp_desktop.exchange import signing
from p2kp_desktop.exchange.bundle import DamagedRow, Manifest
from p2kp_desktop.exchange.reading import Parcel
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.schema import new_id
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.schema.naming_copies import Reading
from p2kp_desktop.store import Connection, branching, facts, history, spans, summaries, transfers, undoing
from p2kp_desktop.store.history import Kept

from . import arrived_doubles, edited_cells, forks, senders
from .merge import Merging
from .receipt_outcome import OUTCOMES, Received

UNDOABLE = 20  # how many imports can be taken back; older ones need too much room


@dataclass(frozen=True)
class Source:
    """The file that a bundle came in, and its SHA-256 as it came."""

    path: Path
    sha256: str


def take_in(connection: Connection, parcel: Parcel, source: Source, *, accept: str, report: Report | None) -> Received:
    """Merge what a bundle holds, note how to take it back, and return how it ended; raise Trouble."""
    steps = Steps(report, parcel.rows)
    practice_mark.refuse_mixing(connection, parcel.manifest)
    key = signing.signer(parcel.seal, parcel.signature, source.path.name)
    own = forks.freeze(connection)
    steps.mark()
    kept, unsound = _keep_history(connection, parcel, steps)
    reading, copies = forks.settle(connection, parcel.manifest, kept, own)
    manifest, own = forks.as_meant(parcel.manifest, reading), forks.own_edits(connection, own)
    sender = senders.sender(connection, manifest, key)
    before = _before(connection, manifest)
    doubts = forks.doubts(connection, manifest, kept, own, elsewhere=reading.elsewhere)
    merging = _merge(connection, parcel, reading, steps, accepts=bool(accept))
    taken = edited_cells.take_over(connection, merging, manifest.bundle, accept)
    findings = [
        *merging.notes, *(finding.message for finding in parcel.findings), *unsound, *forks.objection(reading),
    ]
    whole = not (findings or merging.edited_outside)
    transfer = new_id()
    gaps = senders.learn(connection, manifest, own, transfer, whole=whole)
    met = senders.meet(connection, manifest, key, sender)
    _note(connection, transfer, merging, kept._replace(new=[*kept.new, *taken.dots]))
    summaries.forget(connection, merging.stale)
    summaries.refresh(connection)
    told = *copies, *findings, *taken.refused
    received = Received(
        str(source.path), merging.counts, tuple(merging.cells), merging.edited_outside, told, gaps,
        tuple(merging.changes), tuple(merging.conflicts),
        arrived_doubles.likely(connection, merging.new(Household.key)), sender, transfer, doubts=tuple(doubts),
    )
    _log(connection, parcel, source, received,
         before | {"met": met, "touched": len(merging.touched), "accepted": taken.node})
    steps.at_least(steps.total)
    return received


def _before(connection: Connection, manifest: Manifest) -> dict[str, object]:
    """Return what the log keeps so that the import can be taken back."""
    return {
        transfers.KNOWN_BEFORE: facts.known_edits(connection),
        "met_before": senders.remembered(connection, manifest.node),
    }


def _keep_history(connection: Connection, parcel: Parcel, steps: Steps) -> tuple[Kept, list[str]]:
    """Keep the history rows that hold; return what came of them, and what is wrong with the others."""
    unsound = Counter[str]()

    def sound() -> Iterator[HistoryRow]:
        for row in parcel.history():
            steps.step()
            if isinstance(row, DamagedRow):
                unsound[row.reason] += 1
            else:
                yield row

    kept = history.keep(connection, sound(), branching.shapes(connection))
    return kept, [
        why if count == 1 else say("{why} Ada {count} baris seperti itu.", why=why, count=count)
        for why, count in unsound.items()
    ]


def _merge(connection: Connection, parcel: Parcel, reading: Reading, steps: Steps, *, accepts: bool) -> Merging:
    merging = Merging(connection, accepts_edited=accepts, reading=reading)
    for arrived in parcel.arrived():
        merging.take(arrived)
        steps.step()
    merging.finish()
    return merging


def _note(connection: Connection, transfer: str, merging: Merging, kept: Kept) -> None:
    """Note what it takes to take this import back, under the id of its line in the log, and carry out erasures."""
    undoing.note(connection, transfer, merging.touched, kept)
    person_erasure.apply_marks(connection, merging.touched)
    earlier = transfers.newest(connection, [each for each in undoing.undoable(connection) if each != transfer])
    undoing.drop(connection, earlier[UNDOABLE - 1 :])
    if undoable := earlier[: UNDOABLE - 1]:
        spans.forget_counted(connection, transfers.known_before(connection, undoable[-1]))


def _log(
    connection: Connection, parcel: Parcel, source: Source, received: Received, before: dict[str, object]
) -> None:
    result = {
        "read": received.read, **{name: received.counts[name] for name in OUTCOMES},
        "edited_outside": received.edited_outside, "notes": list(received.notes),
        "sender": asdict(received.sender) if received.sender else {}, "areas": list(parcel.manifest.regions), **before,
    }
    transfers.note(connection, transfers.Transfer(
        received.transfer, "in", parcel.manifest.bundle, source.path.name, source.sha256,
        facts.facts(connection).person, environment.now(), result,
    ))
