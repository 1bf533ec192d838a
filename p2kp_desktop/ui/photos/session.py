"""The photos at hand without a screen: read, matched, pointed at, filed; each long step can be stopped."""

from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from p2kp_desktop.actions.common.long_work import Cancelled
from p2kp_desktop.actions.photos import photo_filing, photo_matches, photo_reading
from p2kp_desktop.actions.photos.photo_filing import FiledPhotos
from p2kp_desktop.actions.photos.photo_matches import PhotoMatch
from p2kp_desktop.actions.photos.photo_reading import PhotoRead
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk, Report, Task
from p2kp_desktop.ui.lists.page import EVERYTHING

Matched = tuple[list[PhotoMatch], int]  # the photos, and how many houses they tell the place of


class Phase(Enum):
    """How far the photos at hand are."""

    EMPTY = "empty"
    READING = "reading"
    SHOWN = "shown"
    FILING = "filing"
    DONE = "done"


class PhotoSession(QObject):
    """Nothing is written before `file`."""

    moved = Signal()
    progressed = Signal(float, str)
    failed = Signal(object)  # Exception

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task | None = None
        self._turn, self._is_stopping = 0, False
        self.clear()

    def clear(self) -> None:
        """Let go of the photos; they stay where they are."""
        self.phase = Phase.EMPTY
        self.found: list[PhotoMatch] = []
        self.placeable = 0
        self.filed = FiledPhotos()
        self._read: list[PhotoRead] = []
        self._pointed: dict[Path, tuple[str, str]] = {}
        self._left: set[Path] = set()
        self.moved.emit()

    @property
    def busy(self) -> bool:
        """Say whether work is under way."""
        return self.phase in (Phase.READING, Phase.FILING)

    @property
    def ready(self) -> int:
        """Return how many photos would be filed."""
        return sum(each.is_filed for each in self.found)

    def look_at(self, paths: Sequence[Path]) -> None:
        """Read photos, and those in folders, beside the ones at hand; after the last were filed, anew."""
        if self.busy or not paths:
            return
        if self.phase is Phase.DONE:
            self.clear()
        known = {each.origin for each in self._read}

        def read(_workspace: Workspace, report: Report) -> list[PhotoRead]:
            files = [each for each in photo_reading.photos_in(paths) if each not in known]
            return photo_reading.read_photos(files, report)

        self._begin(Phase.READING, self._desk.read(self, read, self._take, self._broke), say("membaca foto"))

    def _take(self, read: list[PhotoRead]) -> None:
        self._read = photo_reading.in_order([*self._read, *read])
        self._match()

    def _match(self) -> None:
        """Ask for the records of the photos, and show them with the newest answer."""
        self._turn += 1
        read, pointed, left, turn = list(self._read), dict(self._pointed), set(self._left), self._turn

        def matched(workspace: Workspace) -> Matched:
            found = photo_matches.match(workspace, read, pointed, left)
            return found, len(photo_matches.houses_without_place(workspace, found))

        self._desk.ask(self, matched, lambda answer: self._show(answer) if turn == self._turn else None, self._broke)

    def _show(self, answer: Matched) -> None:
        if self.phase in (Phase.READING, Phase.SHOWN):
            self.found, self.placeable = answer
            self.phase = Phase.SHOWN
            self.moved.emit()

    def point(self, photo: PhotoMatch, form: str, record: str) -> None:
        """Say of which record a photo is."""
        if self.phase is Phase.SHOWN:
            self._pointed[photo.read.file] = (form, record)
            self._left.discard(photo.read.file)
            self._match()

    def leave_out(self, photo: PhotoMatch) -> None:
        """Leave a photo out, or take it in again."""
        if self.phase is Phase.SHOWN:
            self._left ^= {photo.read.file}
            self._match()

    def refresh(self) -> None:
        """Match anew: the records here have changed."""
        if self.phase is Phase.SHOWN:
            self._match()

    def file(self, *, places: bool, lock: bool) -> None:
        """Attach every photo that has its record, in one act."""
        if self.phase is not Phase.SHOWN or not self.ready:
            return
        found = list(self.found)
        agreements = set(photo_filing.lockable(found)) if lock else set()
        task = self._desk.work(
            self, lambda workspace, report: photo_filing.file_all(
                workspace, found, places=places, lock=agreements, report=report),
            self._done, self._broke, touches=EVERYTHING,
        )
        self._begin(Phase.FILING, task, say("melampirkan foto"))

    def _done(self, filed: FiledPhotos) -> None:
        self.filed, self.phase = filed, Phase.DONE
        self.moved.emit()

    def stop(self) -> None:
        """Stop what is under way: nothing of it stays."""
        if self._task is not None and self.busy:
            self._is_stopping = True
            self._task.cancel()

    def _begin(self, phase: Phase, task: Task, words: str) -> None:
        self.phase, self._task, self._is_stopping = phase, task, False
        task.progressed.connect(lambda done, total: self.progressed.emit(
            done / max(total, 1), say("{what}: {done} dari {total}", what=words, done=done, total=total)))
        task.ended.connect(lambda: self._stopped(task))
        self.progressed.emit(0.0, words)
        self.moved.emit()

    def _stopped(self, task: Task) -> None:
        """Go back to where it was, when work ended without an answer."""
        if task is self._task and self.phase is Phase.FILING:
            self.phase = Phase.SHOWN
            self.moved.emit()
        elif task is self._task and self.phase is Phase.READING and self._is_stopping:
            self.phase = Phase.SHOWN if self._read else Phase.EMPTY
            self.moved.emit()

    def _broke(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        self.phase = Phase.SHOWN if self.found else Phase.EMPTY
        self.moved.emit()
        if isinstance(error, Trouble):
            self.failed.emit(error)
        else:
            self._desk.failed.emit(error)
