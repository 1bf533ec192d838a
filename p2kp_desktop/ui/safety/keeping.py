"""Backups that happen by themselves while a workspace is open; nobody waits for them."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.common.backups import KeptBackup
from p2kp_desktop.actions.protection import conversion
from p2kp_desktop.actions.upkeep import salvage
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.workspace import is_server
from p2kp_desktop.ui.desk import Desk

START = 3_000  # milliseconds after opening: the first screen comes first
EVERY = 30 * 60_000
AGAIN = 5 * 60_000  # after a backup that failed


class Keeping(QObject):
    """Checks the file once, then backs up what changed: at start and every half hour; says how it went."""

    changed = Signal()  # a backup was made, or failed
    damaged = Signal()  # the file has pages that cannot be read

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.trouble: Trouble | None = None
        self.busy = self._ended = False
        self._timer = QTimer(self, singleShot=True, interval=START)
        self._timer.timeout.connect(self._begin)
        self._timer.start()

    def end(self) -> None:
        """Begin nothing more: the workspace is being closed."""
        self._ended = True
        self._timer.stop()

    def _begin(self) -> None:
        self._desk.ask(self, salvage.is_damaged, self._checked, self._failed)

    def _checked(self, damaged: bool) -> None:
        if damaged:
            self.damaged.emit()  # and no backup: it would be of the damage
            return
        self._timer.timeout.disconnect(self._begin)
        self._timer.timeout.connect(self.keep)
        self._desk.make(self, lambda workspace, _report: _encipher_copies(workspace), lambda _left: self.keep(),
                        self._failed)

    def keep(self) -> None:
        """Back up now what changed since the last time."""
        if not self.busy and not self._ended:
            self.busy = True
            self._timer.stop()
            self._desk.make(self, lambda workspace, _report: backups.keep(workspace), self._kept, self._failed)

    def _kept(self, kept: KeptBackup) -> None:
        self._settle(kept.trouble, EVERY)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Trouble):
            self._desk.failed.emit(error)
        self._settle(error if isinstance(error, Trouble) else None, AGAIN)

    def _settle(self, trouble: Trouble | None, interval: int) -> None:
        self.busy, self.trouble = False, trouble
        if self._ended:
            return
        self._timer.start(interval)
        self.changed.emit()


def _encipher_copies(workspace: Workspace) -> list[Path]:
    """Put copies that are still in clear behind the password of a protected workspace."""
    if is_server(workspace.name):
        return []
    return conversion.encipher_copies(Path(workspace.name), backups.second_folder(workspace))
