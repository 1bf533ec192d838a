"""Terima: reading a bundle and merging what it holds, all of it or nothing.

A bundle that arrives edits nothing, not even a line of the residents' list that one of its houses answers: two
workspaces that received the same are the same. Such a line ends when somebody keys, imports or looks at the RT.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from p2kp_desktop.actions.common import originals, passwords
from p2kp_desktop.actions.common.bench import bench
from p2kp_desktop.actions.common.long_work import Report, beat_of
from p2kp_desktop.actions.recording import attachments
from p2kp_desktop.exchange import faults, locking, reading
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import Connection, Workspace, erasures

from .intake import Source, take_in
from .receipt_outcome import Received as Received


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
    file = Path(path)
    try:
        with unlocked(file, password, report) as readable:
            parcel = reading.read(readable, beat=beat_of(report))
            with _kept(workspace, file, keeps=not rehearse) as source, workspace.changing() as connection:
                received = take_in(connection, parcel, source, accept=accept, report=report)
                if rehearse:
                    raise _Rehearsed(received)
            erasures.compact_if_due(workspace)
            beside = attachments.take_in_beside(workspace, file)
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
        with unlocked(path, password, report) as readable:
            parcel = reading.read(readable, beat=beat_of(report))
            with connection.begin_nested():
                return take_in(connection, parcel, _source(path), accept=accept, report=report)
    except Trouble as trouble:
        return Received(str(path), trouble=trouble)


@contextmanager
def unlocked(path: Path, password: str, report: Report | None = None) -> Iterator[Path]:
    """Give the file itself, or for one behind a password a copy without it that is gone afterwards."""
    if not password or not path.is_file() or not locking.is_locked(path):
        yield path
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
def _kept(workspace: Workspace, path: Path, *, keeps: bool) -> Iterator[Source]:
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


def _source(path: Path) -> Source:
    try:
        return Source(path, originals.hash_of(path))
    except OSError as error:
        raise faults.unreadable(path.name) from error
