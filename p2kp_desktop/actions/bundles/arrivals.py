"""Terima as the screen asks for it: what files are, what they would change, how they ended, RT by RT.

Whose bundle a file is, is told by what lies inside and never by its name.

A rehearsal is the real thing in a transaction that is taken back, over all files at once, so that a second copy says
«sudah ada» before anything is written. Then a backup, then one transaction a file. A laptop that was switched off in
the middle tells nobody: a mark in the program's folder does, at the next start. Nothing is half then, but whoever
believed it all received should hear that it was not.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.actions.common import backups, originals, practice_mark
from p2kp_desktop.actions.common.long_work import Cancelled, Report, Steps
from p2kp_desktop.actions.common.office_words import role_words, when
from p2kp_desktop.actions.scores.rt_standings import RtMovement, movements, standings, standings_in
from p2kp_desktop.actions.trust import seals
from p2kp_desktop.exchange import faults, foreign, locking, package, signing
from p2kp_desktop.exchange.bundle import MACHINE, Manifest
from p2kp_desktop.exchange.front import read_front
from p2kp_desktop.exchange.package import LIMITS
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Connection, Workspace, transfers

from . import receiving, senders
from .receipt_outcome import HELD, Duplicate, EditedOutside, Received, ReceivedChange, Sender

DEPTH = 3  # how many folders below the chosen one are looked into


@dataclass(frozen=True)
class Recognised:
    """What a file is before it is received: whose bundle, or the trouble with it.

    `locked` says that it is behind a password; while the right one is not given there is trouble and no
    manifest. `same_as` names an earlier file of the list that holds the same bundle.
    """

    path: Path
    trouble: Trouble | None = None
    manifest: Manifest | None = None
    before: str = ""  # when it was received already
    own: bool = False  # written here
    locked: bool = False
    sha256: str = ""
    same_as: str = ""
    signer: Sender | None = None

    @property
    def needs_password(self) -> bool:
        """Say whether the file waits for its password."""
        return self.locked and self.manifest is None

    @property
    def sender(self) -> str:
        """Return who sent it, in which role, and when."""
        if self.manifest is None:
            return ""
        return f"{self.manifest.person}, {role_words(self.manifest.role)} · {when(self.manifest.time)}"

    @property
    def area(self) -> str:
        """Return the regions in words."""
        return ", ".join(region_name(code) for code in self.manifest.regions) if self.manifest else ""


def bundles_in(paths: Iterable[Path]) -> list[Path]:
    """Return the files among these paths and the workbooks in the folders among them, each once."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = _workbooks(path, DEPTH) if path.is_dir() else [path]
        found.update(dict.fromkeys(each for each in inside if not each.name.startswith(("~$", "."))))
    return list(found)


def _workbooks(folder: Path, depth: int) -> Iterator[Path]:
    """Yield the workbooks of a folder and of those in it, but for hidden ones and what is kept here already."""
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return
    yield from (path for path in inside if path.suffix.lower() in originals.KINDS and path.is_file())
    for path in inside if depth else ():
        if path.is_dir() and not path.is_symlink() and not path.name.startswith((".", "Berkas masuk", "Cadangan ")):
            yield from _workbooks(path, depth - 1)


def recognise(workspace: Workspace, path: Path, password: str = "") -> Recognised:
    """Look at a file without receiving it; what is wrong with it is told in the answer."""
    known = Recognised(path)
    try:
        package.must_be_a_file(path)
        known = replace(known, sha256=_hash(path), locked=locking.is_locked(path))
        private = seals.of_workspace(workspace)
        with receiving.unlocked(path, password, private) as readable, workspace.asking() as connection:
            inspected = foreign.inspect(readable)
            with foreign.opened(readable, inspected, LIMITS) as book:
                front = read_front(path.name, book.rows(MACHINE))
            manifest = front.manifest
            practice_mark.refuse_mixing(connection, manifest)
            key = signing.signer(front.seal, front.signature, path.name)
            signer = senders.sender(connection, manifest, key)
            lines = [line for line in transfers.log(connection) if line.bundle == manifest.bundle]
    except Trouble as trouble:
        return replace(known, trouble=trouble)
    came = [line for line in lines if line.direction == "in" and "undone" not in line.result]
    return replace(
        known, manifest=manifest, before=when(came[0].time) if came else "",
        own=any(line.direction == "out" for line in lines), signer=signer,
    )


def recognise_all(
    workspace: Workspace,
    paths: Sequence[Path],
    passwords: Mapping[Path, str] | None = None,
    report: Report | None = None,
) -> list[Recognised]:
    """Look at many files, those in folders among them, and name those that hold the same bundle."""
    files = bundles_in(paths)
    steps = Steps(report, len(files))
    found: list[Recognised] = []
    for path in files:
        found.append(recognise(workspace, path, (passwords or {}).get(path, "")))
        steps.at_least(len(found))
    return doubles_named(found)


def doubles_named(files: Sequence[Recognised]) -> list[Recognised]:
    """Return the files, each that holds the bundle of an earlier one naming it."""
    first: dict[str, str] = {}
    named = []
    for file in files:
        bundle = file.manifest.bundle if file.manifest else file.sha256
        named.append(replace(file, same_as=first.get(bundle, "")))
        if bundle:
            first.setdefault(bundle, file.path.name)
    return named


def _hash(path: Path) -> str:
    try:
        return originals.hash_of(path)
    except OSError as error:
        raise faults.unreadable(path.name, error) from error


@dataclass(frozen=True)
class Outcome:
    """How one file ended, or would end: received, or refused with a trouble and nothing changed."""

    file: Recognised
    received: Received | None = None
    trouble: Trouble | None = None

    @property
    def counts(self) -> Counter[str]:
        """Return how many records were new, updated, identical, older, conflict, rejected."""
        return self.received.counts if self.received else Counter()

    @property
    def changed(self) -> int:
        """Return how many records it changed here."""
        return sum(self.counts[name] for name in ("new", "updated", "conflict"))

    @property
    def state(self) -> str:
        """Return failed, warned (something to be told), conflict, nothing (all there already) or whole."""
        if self.received is None:
            return "failed"
        if self.received.notes or self.counts["rejected"]:
            return "warned"
        if self.counts["conflict"]:
            return "conflict"
        return "whole" if self.changed else "nothing"

    def sentence(self) -> str:
        """Return the result in a few words."""
        if self.received is None:
            return say("Ditolak, tidak ada yang berubah")
        if not self.changed and not self.counts["rejected"]:
            return say("Sudah ada · 0 perubahan")
        parts = [say("{count} perubahan", count=self.changed)]
        if self.counts["conflict"]:
            parts.append(say("{count} konflik", count=self.counts["conflict"]))
        fates = self.received.fates
        if fates[HELD]:
            parts.append(say("{count} menunggu keputusan", count=fates[HELD]))
        if fates["rejected"]:
            parts.append(say("{count} ditolak", count=fates["rejected"]))
        return " · ".join(parts)


@dataclass(frozen=True)
class Rehearsed:
    """What receiving these files one after another would do; nothing was written."""

    outcomes: tuple[Outcome, ...]
    movements: tuple[RtMovement, ...]

    @property
    def changes(self) -> tuple[ReceivedChange, ...]:
        """Return every answer that would change, old and new, in the order of the files."""
        return tuple(change for received in self._received() for change in received.changes)

    @property
    def conflicts(self) -> tuple[ReceivedChange, ...]:
        """Return every answer that would be in conflict: the value in force, and the other one."""
        return tuple(change for received in self._received() for change in received.conflicts)

    @property
    def edited(self) -> tuple[EditedOutside, ...]:
        """Return every cell that was edited outside the program."""
        return tuple(cell for received in self._received() for cell in received.edited)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Return which earlier bundles did not arrive, each once."""
        return tuple(dict.fromkeys(gap for received in self._received() for gap in received.gaps))

    @property
    def duplicates(self) -> tuple[Duplicate, ...]:
        """Return the new households that may be here already under another id."""
        return tuple(pair for received in self._received() for pair in received.duplicates)

    def _received(self) -> Iterator[Received]:
        return (outcome.received for outcome in self.outcomes if outcome.received)


@dataclass(frozen=True)
class Applied(Rehearsed):
    """What receiving these files did. `backup` was made first, where anything had changed since the last one.

    `stopped` says that the person stopped it: the outcomes are those of the files that were received whole.
    """

    backup: Path | None = None
    stopped: bool = False

    @property
    def transfers(self) -> tuple[str, ...]:
        """Return the lines of the log, by which these imports can be taken back together."""
        return tuple(received.transfer for received in self._received())


class _TakenBack(Exception):
    """Ends the transaction of a rehearsal, so that nothing of it stays."""


def rehearse_files(
    workspace: Workspace,
    files: Sequence[Recognised],
    *,
    period: str | None = None,
    passwords: Mapping[Path, str] | None = None,
    accept: Mapping[Path, str] | None = None,
    report: Report | None = None,
) -> Rehearsed:
    """Receive all files one after another in one transaction, and take it back: each sees those before it.

    `accept` gives, per file, the reason for which cells edited outside would be taken over.
    """
    workspace.must(Deed.RECEIVE)
    outcomes: list[Outcome] = []
    moved: list[RtMovement] = []
    try:
        with workspace.changing() as connection:
            before = standings_in(connection, period)
            for file, part in _shares(files, report):
                secret, reason = (passwords or {}).get(file.path, ""), (accept or {}).get(file.path, "")
                outcomes.append(_rehearsed(connection, file, secret, reason, part))
            moved = movements(before, standings_in(connection, period))
            outcomes = _in_the_end(connection, outcomes)
            raise _TakenBack
    except _TakenBack:
        return Rehearsed(tuple(outcomes), tuple(moved))


def _in_the_end(connection: Connection, outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Return the outcomes without those gaps that another file of the same lot has closed."""
    return [
        replace(each, received=senders.in_the_end(connection, each.received)) if each.received else each
        for each in outcomes
    ]


def _rehearsed(connection: Connection, file: Recognised, password: str, accept: str, report: Report) -> Outcome:
    if file.trouble is not None:
        return Outcome(file, trouble=file.trouble)
    received = receiving.rehearse_in(connection, file.path, password=password, accept=accept, report=report)
    return _outcome(file, received)


def apply_files(
    workspace: Workspace,
    files: Sequence[Recognised],
    *,
    period: str | None = None,
    passwords: Mapping[Path, str] | None = None,
    accept: Mapping[Path, str] | None = None,
    report: Report | None = None,
) -> Applied:
    """Receive files one after another, each in a transaction of its own, after a backup; a bad one stops no other.

    `accept` gives, per file, the reason for which cells edited outside are taken over. Cancelled by `report`, the
    file at hand is taken back and the files before it stay. Raises Trouble when no backup can be made; then
    nothing has changed.
    """
    backup = backups.if_changed(workspace) if any(file.trouble is None for file in files) else None
    before = standings(workspace, period)
    outcomes: list[Outcome] = []
    stopped = False
    with marked(workspace.name):
        try:
            for file, part in _shares(files, report):
                secret, reason = (passwords or {}).get(file.path, ""), (accept or {}).get(file.path, "")
                outcomes.append(receive_files(workspace, file, password=secret, accept=reason, report=part))
        except Cancelled:
            stopped = True
    moved = movements(before, standings(workspace, period))
    with workspace.asking() as connection:
        outcomes = _in_the_end(connection, outcomes)
    return Applied(tuple(outcomes), tuple(moved), backup, stopped)


@contextmanager
def marked(location: str) -> Iterator[None]:
    """Mark a workspace while it receives; the mark stays where the program does not live to take it away."""
    mark = _mark(location)
    with suppress(OSError):  # the mark is a service, and no reason not to receive
        mark.touch()
    try:
        yield
    finally:
        with suppress(OSError):
            mark.unlink(missing_ok=True)


def was_broken_off(location: str) -> bool:
    """Say whether receiving was broken off in this workspace, once."""
    with suppress(OSError):
        _mark(location).unlink()
        return True
    return False


def broken_off_words() -> tuple[str, str, str]:
    """Say what it means that receiving was broken off, what to do, and where."""
    return (
        say("Penerimaan terakhir terputus sebelum selesai."),
        say("Data Anda utuh: tiap berkas diterima seluruhnya atau tidak sama sekali. Terima lagi berkasnya; yang sudah "
            "masuk tidak berubah."),
        say("Buka Kirim & Terima"),
    )


def _mark(location: str) -> Path:
    """Return the place of the mark; it names no file, for their names are nobody's business outside the workspace."""
    sign = hashlib.sha256(location.encode(errors="surrogatepass")).hexdigest()[:16]
    return environment.home() / f"receiving-{sign}"


def receive_files(
    workspace: Workspace, file: Recognised, *, password: str = "", accept: str = "", report: Report | None = None
) -> Outcome:
    """Receive a recognised file in one transaction; a bad one changes nothing and is explained."""
    if file.trouble is not None:
        return Outcome(file, trouble=file.trouble)
    return _outcome(file, receiving.receive(workspace, file.path, password=password, accept=accept, report=report))


def _outcome(file: Recognised, received: Received) -> Outcome:
    return Outcome(file, trouble=received.trouble) if received.trouble else Outcome(file, received)


def _shares(files: Sequence[Recognised], report: Report | None) -> Iterator[tuple[Recognised, Report]]:
    """Yield each file with what reports its progress as a part of the whole, in records."""
    weights = [file.manifest.records + 1 if file.manifest else 1 for file in files]
    total = sum(weights)

    def part(start: int, weight: int) -> Callable[[int, int], None]:
        def told(done: int, of: int) -> None:
            if report is not None:
                report(start + weight * done // max(of, 1), total)

        return told

    start = 0
    for file, weight in zip(files, weights, strict=True):
        yield file, part(start, weight)
        start += weight
        if report is not None:
            report(start, total)


def together(outcomes: Iterable[Outcome]) -> Counter[str]:
    """Return the counts of several files."""
    return sum((outcome.counts for outcome in outcomes), Counter[str]())
