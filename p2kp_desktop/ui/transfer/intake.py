"""Receiving step by step, without a screen: reading files, the rehearsal, applying; each can be stopped."""

from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, Signal

from p2kp_desktop.actions.bundles import arrivals, pace
from p2kp_desktop.actions.bundles.arrivals import Applied, Outcome, Recognised, Rehearsed
from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import say
from p2kp_desktop.ui.desk import Desk, Task

TOUCHED = frozenset({*(form.key for form in FORMS), "transfers", "conflicts"})


class Phase(Enum):
    """Where receiving stands; LISTED: files without a rehearsal, because it was stopped or none can be read."""

    EMPTY = "empty"
    READING = "reading"
    LISTED = "listed"
    REHEARSING = "rehearsing"
    REHEARSED = "rehearsed"
    APPLYING = "applying"
    DONE = "done"


BUSY = frozenset({Phase.READING, Phase.REHEARSING, Phase.APPLYING})


class Intake(QObject):
    """The files at hand and how far they are; nothing is written before `apply`."""

    moved = Signal()  # another phase, other files
    progressed = Signal(float, str)  # share of 0 to 1, how long it still takes

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.period = ""
        self.phase = Phase.EMPTY
        self.files: list[Recognised] = []
        self.passwords: dict[Path, str] = {}
        self.accepted: dict[Path, str] = {}
        self.wrong: Recognised | None = None  # the locked file for which a wrong password was given last
        self.ended: Rehearsed | Applied | None = None
        self.taken_back = 0  # records, when the import at hand was undone
        self._waiting: list[Path] = []
        self._later: list[Path] = []  # what came while work was under way
        self._task: Task | None = None
        self._started = 0.0

    @property
    def busy(self) -> bool:
        """Say whether work is under way."""
        return self.phase in BUSY

    @property
    def ready(self) -> list[Recognised]:
        """Return the files that can be received."""
        return [file for file in self.files if file.trouble is None]

    @property
    def locked(self) -> list[Recognised]:
        """Return the files that wait for a password."""
        return [file for file in self.files if file.needs_password]

    @property
    def outcomes(self) -> dict[Path, Outcome]:
        """Return how each file ended, or would end."""
        return {each.file.path: each for each in self.ended.outcomes} if self.ended else {}

    @property
    def transfers(self) -> tuple[str, ...]:
        """Return the lines of the log of what was applied; by them it can be taken back."""
        return self.ended.transfers if isinstance(self.ended, Applied) else ()

    @property
    def changes(self) -> int:
        """Return how many records would change, or did."""
        return sum(each.changed for each in self.outcomes.values())

    # Reading

    def look_at(self, paths: Sequence[Path]) -> None:
        """Add files, and those in folders, to the ones at hand, or begin anew after the last were received.

        While work is under way they wait until it ends; those that come while files are applied, until what came of
        that was seen.
        """
        if self.busy:
            self._later += paths
        if self.busy or not paths:
            return
        if self.phase is Phase.DONE:
            self._forget()
        self._begin(Phase.READING)
        self._task = self._desk.ask(self, lambda _workspace: arrivals.bundles_in(paths), self._found)

    def _found(self, paths: list[Path]) -> None:
        if self.phase is Phase.READING:
            there = {file.path for file in self.files}
            self._waiting = [path for path in paths if path not in there]
            self._read_next()

    def _read_next(self) -> None:
        total = len(self.files) + len(self._waiting)
        if not self._waiting:
            self.rehearse()
            return
        self._tell(len(self.files), total, say("berkas {number} dari {total}", number=len(self.files) + 1, total=total))
        path = self._waiting.pop(0)
        password = self.passwords.get(path, "")
        self._desk.ask(self, lambda workspace: arrivals.recognise(workspace, path, password), self._read, self._broken)

    def _read(self, file: Recognised) -> None:
        if self.phase is Phase.READING:
            self.files = arrivals.doubles_named([*self.files, file])
            self.moved.emit()
        if self.phase is Phase.READING:  # and nobody stopped it when the file was shown
            self._read_next()

    def unlock(self, path: Path, password: str) -> None:
        """Read a locked file again with a password, and the other locked ones too: one sender, one password."""
        if not self.busy:
            locked = [path, *(file.path for file in self.locked if file.path != path)]
            self._begin(Phase.READING)
            self._desk.ask(
                self, lambda workspace: [arrivals.recognise(workspace, each, password) for each in locked],
                lambda files: self._unlocked(files, password), self._broken,
            )

    def _unlocked(self, files: list[Recognised], password: str) -> None:
        if self.phase is not Phase.READING:
            return
        asked = files[0]
        opened = {file.path: file for file in files if not file.needs_password}
        self.passwords |= dict.fromkeys(opened, password)
        self.wrong = asked if asked.needs_password else None
        self.files = arrivals.doubles_named([opened.get(each.path, each) for each in self.files])
        if self.wrong and self.ended is not None:
            self._move(Phase.REHEARSED)
        else:
            self.rehearse()

    # Rehearsing and applying

    def rehearse(self) -> None:
        """Do everything and take it back."""
        files, period = self.ready, self.period or None
        if not files:
            self.ended = None
            self._move(Phase.LISTED if self.files else Phase.EMPTY)
            return
        passwords, accepted = dict(self.passwords), dict(self.accepted)
        self._begin(Phase.REHEARSING)
        self._work(
            lambda workspace, report: arrivals.rehearse_files(
                workspace, files, period=period, passwords=passwords, accept=accepted, report=report
            ),
            Phase.REHEARSED, frozenset(), only_tries=True,
        )

    def decide(self, path: Path, reason: str) -> None:
        """Take the cells of a file that were edited outside, for this reason, or with «» turn them down."""
        if self.phase is Phase.REHEARSED:
            self.accepted.pop(path, None)
            if reason:
                self.accepted[path] = reason
            self.rehearse()

    def apply(self) -> None:
        """Receive the files: backup first, then one transaction for each."""
        files, period = self.ready, self.period or None
        if self.phase is not Phase.REHEARSED or not files:
            return
        passwords, accepted = dict(self.passwords), dict(self.accepted)
        self._begin(Phase.APPLYING)
        self._work(
            lambda workspace, report: arrivals.apply_files(
                workspace, files, period=period, passwords=passwords, accept=accepted, report=report
            ),
            Phase.DONE, TOUCHED,
        )

    def _work(
        self, action: Callable[..., Rehearsed | Applied], then: Phase, touches: frozenset[str], *,
        only_tries: bool = False,
    ) -> None:
        task = self._desk.work(self, action, lambda ended: self._end(ended, then), self._broken, touches=touches,
                               only_tries=only_tries)
        task.progressed.connect(lambda done, total: self._tell(done, total, ""))
        task.ended.connect(lambda: self._stopped(task))
        self._task = task

    def _end(self, ended: Rehearsed | Applied, phase: Phase) -> None:
        self._task = None
        self.ended = ended
        self._move(phase)

    def _stopped(self, task: Task) -> None:
        """Come to rest after work that was cancelled: it changed nothing."""
        if self._task is task:
            self._task = None
            self._rest()

    def stop(self) -> None:
        """Stop what is under way; what was not finished is taken back."""
        self._later = []
        if self.phase is Phase.READING:
            self._waiting = []
            self._rest()
        elif self._task is not None:
            self._task.cancel()

    def clear(self) -> None:
        """Let go of the files; what was not applied never happened."""
        if not self.busy:
            self._forget()
            self._move(Phase.EMPTY)

    def put_back(self, count: int) -> None:
        """Note that what was applied was taken back, so many records; the files are still at hand."""
        self.ended, self.taken_back = None, count
        self._move(Phase.LISTED)

    def _forget(self) -> None:
        self.files, self.ended = [], None
        self.passwords, self.accepted, self.wrong = {}, {}, None

    def _rest(self) -> None:
        if self.phase is not Phase.APPLYING:
            self.ended = None
        self._move(Phase.LISTED if self.files else Phase.EMPTY)

    def _broken(self, error: Exception) -> None:
        self._task = None
        self._rest()
        self._desk.failed.emit(error)

    def _begin(self, phase: Phase) -> None:
        self.taken_back = 0
        self._started = monotonic()
        self._move(phase)

    def _move(self, phase: Phase) -> None:
        self.phase = phase
        self.moved.emit()
        if self._later and self.phase in (Phase.EMPTY, Phase.LISTED, Phase.REHEARSED):
            paths, self._later = self._later, []
            self.look_at(paths)

    def _tell(self, done: int, total: int, words: str) -> None:
        left = pace.left_words(done, total, monotonic() - self._started)
        self.progressed.emit(done / max(total, 1), f"{words} · {left}" if words else left)
