"""Terima: reading a bundle and merging what it holds, all of it or nothing.

All happens inside one transaction: history, records, knowledge and log. A bundle that arrives edits nothing, not even
a line of the residents' list that one of its houses answers: two workspaces that received the same are the same. Such
a line ends when somebody keys, imports or looks at the RT. A new household that may be one which is here already
under another id is named.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.actions.common import by_hand, events, originals, passwords, practice_mark
from p2kp_desktop.actions.common.bench import bench
from p2kp_desktop.actions.common.long_work import Report, Steps, beat_of, few_collections
from p2kp_desktop.actions.recording import attachments, doubles
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.actions.review import person_erasure
from p2kp_desktop.actions.trust import checkpoints, enrolling, seals, standing
from p2kp_desktop.actions.trust.leaps import Leaps
from p2kp_desktop.actions.trust.protection import Protection
from p2kp_desktop.actions.trust.seals import Private
from p2kp_desktop.actions.trust.signed_saves import SIGNERS, SignedSaves
from p2kp_desktop.exchange import faults, locking, reading, signing
from p2kp_desktop.exchange.bundle import DamagedRow, Manifest
from p2kp_desktop.exchange.reading import Parcel
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules.likeness import House
from p2kp_desktop.schema import new_id
from p2kp_desktop.schema.causality import covers
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.schema.naming_copies import Reading
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import (
    Connection,
    Workspace,
    branching,
    certified,
    erasures,
    facts,
    history,
    neighbours,
    own_keys,
    records,
    summaries,
    transfers,
    views,
)
from p2kp_desktop.store.history import Kept

from . import forks, import_undo, merge, quarantine, senders
from .merge import Merging
from .receipt_outcome import OUTCOMES, SOUND, Duplicate, Received, Sender


@dataclass(frozen=True)
class BundleFile:
    """The file that a bundle came in, and its SHA-256 as it came."""

    path: Path
    sha256: str


class _Rehearsed(Exception):  # it takes the transaction back
    def __init__(self, received: Received) -> None:
        super().__init__()
        self.received = received


def receive(
    workspace: Workspace,
    path: str | Path,
    *,
    password: str = "",
    rehearse: bool = False,
    accept: str = "",
    report: Report | None = None,
) -> Received:
    """Merge a bundle in one transaction. A file that is no sound bundle changes nothing and is explained.

    `rehearse` does everything and takes it back: the result says what receiving would change. `accept` is the
    reason for which the person here takes over cells that were edited outside the program, as edits of their
    own; without it they are named and wait for the genuine value. Attached files are taken in from the folder
    beside it, where there is one. What `report` raises passes through and
    takes everything back.
    """
    workspace.must(Deed.RECEIVE)
    file = Path(path)
    try:
        with unlocked(file, password, seals.of_workspace(workspace), report) as readable:
            parcel = reading.read(readable, beat=beat_of(report))
            with _kept(workspace, file, keeps=not rehearse) as source, workspace.changing() as connection:
                person_erasure.forget_due(connection)
                before = by_hand.ends(connection)
                received = _take_in(connection, parcel, source, accept=accept, report=report)
                if rehearse:
                    raise _Rehearsed(received)
                by_hand.note(connection, events.RECEIVED, before, file=file.name, records=received.read)
            erasures.compact_if_due(workspace)
            with seals.accompanied(workspace, file) as accompanied:
                beside = attachments.take_in_beside(workspace, accompanied)
            return replace(received, attached=beside.copied, unattached=beside.missing)
    except _Rehearsed as rehearsed:
        return rehearsed.received
    except Trouble as trouble:
        return Received(str(file), trouble=trouble)


def rehearse_in(
    connection: Connection, path: Path, *, password: str = "", accept: str = "", report: Report | None = None
) -> Received:
    """Merge a bundle in a transaction that the caller takes back; a file that is none leaves no trace in it."""
    try:
        with unlocked(path, password, partial(own_keys.sealing, connection), report) as readable:
            parcel = reading.read(readable, beat=beat_of(report))
            with connection.begin_nested():
                return _take_in(connection, parcel, _source(path), accept=accept, report=report)
    except Trouble as trouble:
        return Received(str(path), trouble=trouble)


@contextmanager
def unlocked(path: Path, password: str, private: Private, report: Report | None = None) -> Iterator[Path]:
    """Give the file itself; for one that is sealed or behind a password a copy without, that is gone afterwards."""
    if not password or not path.is_file() or not locking.is_locked(path):
        with seals.opened(path, private) as readable:
            yield readable
        return
    with bench() as place:
        opened = place / path.name
        _unlock(path, opened, password, report)
        yield opened


def _unlock(path: Path, opened: Path, typed: str, report: Report | None) -> None:
    """Open with the password as it is meant; files of earlier releases may have one with spaces around it."""
    password = passwords.meant(typed)
    try:
        locking.unlock(path, opened, password, beat=beat_of(report))
    except Trouble as trouble:
        if trouble.code != locking.WRONG or typed == password:
            raise
        locking.unlock(path, opened, typed, beat=beat_of(report))


@contextmanager
def _kept(workspace: Workspace, path: Path, *, keeps: bool) -> Iterator[BundleFile]:
    """Keep the file as it came and give its hash; one whose import fails is not kept."""
    source = _source(path)
    before = originals.find(workspace, source.sha256) if keeps else None
    kept = originals.keep(workspace, path, source.sha256) if keeps else None
    try:
        yield source
    except BaseException:
        if kept is not None and before is None:
            kept.unlink(missing_ok=True)
        raise


def _source(path: Path) -> BundleFile:
    try:
        return BundleFile(path, originals.hash_of(path))
    except OSError as error:
        raise faults.unreadable(path.name, error) from error


@few_collections()
def _take_in(
    connection: Connection, parcel: Parcel, source: BundleFile, *, accept: str, report: Report | None
) -> Received:
    """Merge what a bundle holds, note how to take it back, and return how it ended; raise Trouble."""
    steps, transfer = Steps(report, parcel.rows), new_id()
    practice_mark.refuse_mixing(connection, parcel.manifest)
    key = signing.signer(parcel.seal, parcel.signature, source.path.name)
    strange = enrolling.bring(connection, parcel.manifest, key, transfer)
    undone = _take_back_contradicted(connection, parcel, key)
    whose, first = standing.trust(connection, parcel.manifest, key)
    signs, own = forks.signs(connection), forks.freeze(connection)
    steps.mark()
    saves = SignedSaves(connection, whose, parcel.manifest.node, parcel.manifest.more.get(SIGNERS))
    kept, unsound, leaps = _keep_history(connection, parcel, saves, steps)
    reading, copies = forks.tell_copies_apart(connection, parcel.manifest, kept, own)
    manifest, own = forks.as_meant(parcel.manifest, reading), forks.own_edits(connection, own)
    sender = senders.sender(connection, manifest, key, whose)
    before = {**_before(connection, manifest), "signs_before": signs}
    reach = cache(saves.bringing.reach)
    doubts = forks.doubts(connection, senders.told(manifest, whose, reach), kept, own, elsewhere=reading.elsewhere)
    manifest = senders.believed(manifest, whose, reach, saves.signs)
    merging = _merge(connection, parcel, reading, saves.protection(reach), steps, accepts=bool(accept))
    taken = merge.take_over_cells(connection, merging, manifest.bundle, accept)
    kept = quarantine.keep_apart(connection, transfer, merging, kept, sender)
    findings = _findings(connection, parcel, merging, kept, [*unsound, *forks.objection(reading)])
    saves.note(transfer, first)
    whole = not (findings or merging.edited_outside or merging.waiting or merging.left)
    gaps = senders.learn(connection, manifest, own, transfer, whole=whole)
    met = senders.meet(connection, manifest, key, sender)
    _finish(connection, transfer, merging, kept._replace(new=[*kept.new, *taken.dots]))
    received = Received(
        str(source.path), merging.counts, tuple(merging.cells), merging.edited_outside,
        (*strange, *undone, *copies, *leaps, *findings, *taken.refused), gaps, tuple(merging.changes),
        tuple(merging.conflicts), _likely_doubles(connection, merging.new(Household.key)), sender, transfer,
        doubts=(*doubts, *_events(connection, manifest, sender, transfer)), held=quarantine.told(merging),
    )
    before |= {"met": met, "touched": len(merging.touched), "accepted": taken.node}
    _log(connection, parcel, source, received, before)
    steps.at_least(steps.total)
    return received


def _take_back_contradicted(connection: Connection, parcel: Parcel, key: str) -> list[str]:
    """Take back what signed saves of this bundle contradict, as far as they are believed of its sender."""
    whose, _first = standing.trust(connection, parcel.manifest, key)
    saves = SignedSaves(connection, whose, parcel.manifest.node)
    return import_undo.take_back_contradicted(connection, parcel.history, saves)


def _events(connection: Connection, manifest: Manifest, sender: Sender, transfer: str) -> tuple[str, ...]:
    """Keep how far the events of a sender that is known by its key reach; return what is to be known of that."""
    known = sender.standing in SOUND
    return checkpoints.learn(connection, manifest, sender.key, transfer) if known else ()


def _findings(
    connection: Connection, parcel: Parcel, merging: Merging, kept: Kept, others: Sequence[str]
) -> list[str]:
    """Return in words what is not as it should be in a bundle."""
    of_sheets = (finding.message for finding in parcel.findings)
    found = [*merging.notes, *of_sheets, *others, *quarantine.refused_words(kept, merging)]
    tells_why = found or merging.edited_outside or merging.waiting or merging.left
    return found if tells_why else _unborne(connection, kept)


def _unborne(connection: Connection, kept: Kept) -> list[str]:
    """Return in words that the history of a bundle tells of saves which the records do not include: somebody lies."""
    lacking = 0
    for form, told in history.told_of(connection, kept.new).items():
        include = records.vectors(connection, form, list(told))
        lacking += sum(not covers(include.get(record, {}), dot) for record, dots in told.items() for dot in dots)
    return [say(
        "Riwayat paket ini menyebut {count} simpanan yang tidak dimuat catatannya. Angka simpanan pengirim tidak "
        "dipercaya; minta paket lagi darinya.", count=lacking,
    )] if lacking else []


def _finish(connection: Connection, transfer: str, merging: Merging, kept: Kept) -> None:
    """Take in what waited for this bundle, note how to take it all back, and add up."""
    kept = quarantine.release_proved(connection, transfer, merging, kept)
    import_undo.note(connection, transfer, merging.touched, kept)
    summaries.forget(connection, merging.stale)
    summaries.refresh(connection)


def _before(connection: Connection, manifest: Manifest) -> dict[str, object]:
    """Return the saves and the sender known before an import, which the log keeps so that it can be taken back."""
    return {
        transfers.KNOWN_BEFORE: facts.known_edits(connection),
        "met_before": senders.remembered(connection, manifest.node),
        transfers.ENROLLING: certified.root(connection) is not None,
    }


def _keep_history(
    connection: Connection, parcel: Parcel, saves: SignedSaves, steps: Steps
) -> tuple[Kept, list[str], list[str]]:
    """Keep the history rows that hold; return what came of them, what is wrong with the others, and which lack."""
    unsound, leaps = Counter[str](), Leaps(connection, parcel.manifest)

    def sound() -> Iterator[HistoryRow]:
        for row in parcel.history():
            steps.step()
            if isinstance(row, DamagedRow):
                unsound[row.reason] += 1
                saves.bringing.unread(row.text)
            else:
                leaps.see(row)
                yield row

    kept = history.keep(connection, sound(), branching.shapes(connection), saves)
    return kept, [
        why if count == 1 else say("{why} Ada {count} baris seperti itu.", why=why, count=count)
        for why, count in unsound.items()
    ], [] if unsound else leaps.words()


def _merge(
    connection: Connection, parcel: Parcel, reading: Reading, protection: Protection, steps: Steps, *, accepts: bool
) -> Merging:
    merging = Merging(connection, accepts_edited=accepts, reading=reading, protection=protection)
    for arrived in parcel.arrived():
        merging.take(arrived)
        steps.step()
    merging.finish()
    return merging


def _log(
    connection: Connection, parcel: Parcel, source: BundleFile, received: Received, before: dict[str, object]
) -> None:
    result = {
        "read": received.read, **{name: received.counts[name] for name in OUTCOMES},
        "edited_outside": received.edited_outside, "quarantined": received.quarantined, "notes": list(received.notes),
        "sender": asdict(received.sender) if received.sender else {}, "areas": list(parcel.manifest.regions), **before,
        "signs_after": forks.signs(connection),
    }
    transfers.note(connection, transfers.Transfer(
        received.transfer, "in", parcel.manifest.bundle, source.path.name, source.sha256,
        facts.facts(connection).person, environment.now(), result,
    ))


MOST_LIKELY = 500  # that are listed of one bundle


def _likely_doubles(connection: Connection, new: Sequence[str]) -> tuple[Duplicate, ...]:
    """Return the households among the new ones that another one of their period resembles, unless told apart."""
    by_period: dict[str, list[House]] = {}
    for row in views.picked(connection, Household, doubles.KEYS, ids=new):
        by_period.setdefault(str(row["period"] or ""), []).append(doubles.house_of(row["id"], row))
    apart = neighbours.told_apart(connection) if by_period else set()
    ours, found = set(new), list[Duplicate]()
    for period, houses in by_period.items():
        for each in doubles.beside(connection, houses, period, but=ours):
            if frozenset((each.one.id, each.other.id)) not in apart:
                one, other = (_subject(house, period) for house in (each.one, each.other))
                found.append(Duplicate(one, other, doubles.reasons(each)))
            if len(found) == MOST_LIKELY:
                return tuple(found)
    return tuple(found)


def _subject(house: House, period: str) -> Subject:
    return Subject(Household.key, house.id, house.name, house.region, house.rt, period)
