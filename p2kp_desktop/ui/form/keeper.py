"""Drafts go to disk while somebody types: one at a time, always the newest, never a queue of old ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from p2kp_desktop.actions import drafting
from p2kp_desktop.schema import Answer, Form
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.form.walking import Walk

DRAFTS = "drafts"


@dataclass(frozen=True)
class Sheet:
    """What a draft holds: taken off the record when it is handed over, so that typing may go on."""

    form: type[Form]
    record: str
    answers: Mapping[str, Answer]
    question: str

    def keep(self, workspace: Workspace) -> str:
        """Put it on disk; return when."""
        return drafting.keep(workspace, self.form, self.record, self.answers, self.question)


class DraftKeeper(QObject):
    """Keeps drafts; `kept` says which record's draft is on disk since when, `failed` that it is not."""

    kept = Signal(str, str)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._next: Sheet | None = None
        self._running = False
        self._on_disk: set[str] = set()  # records that have a draft there, or soon

    def knows(self, record: str) -> None:
        """Take note of a draft that is on disk already."""
        self._on_disk.add(record)

    def note(self, walk: Walk) -> None:
        """Hand over what is typed now, and where; a record as it was saved has no draft."""
        keying, record = walk.keying, walk.keying.record.id
        if walk.is_touched:
            if self._next is not None and self._next.record != record:
                self.flush()
            self._on_disk.add(record)
            self._next = Sheet(keying.form, record, walk.draft(), walk.focus)
            self._write_if_idle()
        elif record in self._on_disk:
            self.drop(record)

    def drop(self, record: str) -> None:
        """Throw the draft of a record away."""
        self.forget(record)
        self._desk.change(self, lambda workspace: drafting.drop(workspace, record), touches={DRAFTS})

    def forget(self, record: str) -> None:
        """Take note that the draft of a record is gone from the disk, or goes with a change that follows."""
        self._on_disk.discard(record)
        if self._next is not None and self._next.record == record:
            self._next = None

    def flush(self) -> None:
        """Put what still waits in line now, before whatever is changed next."""
        if self._next is not None:
            self._write()

    def _write_if_idle(self) -> None:
        if not self._running:
            self._write()

    def _write(self) -> None:
        sheet, self._next = self._next, None
        if sheet is None:
            return
        self._running = True
        self._desk.change(
            self, sheet.keep, lambda time: self._kept(sheet.record, time), self._failed, touches={DRAFTS}
        )

    def _kept(self, record: str, time: str) -> None:
        self._running = False
        self.kept.emit(record, time)
        self._write_if_idle()

    def _failed(self, error: Exception) -> None:
        self._running = False
        self.failed.emit(error)
