"""What was saved goes from SQLite's log into the workspace's file by itself, so that a copy of the file has it all.

A file manager copies the file alone. So it is done when nothing was typed for two seconds, after long work, and when
the window is left: whoever copies the file has left it.
"""

import logging

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from p2kp_desktop.language import Trouble
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk

QUIET = 2_000  # milliseconds without a change
AGAIN = 30_000  # after it could not be done: the disk is full, say, and what was saved is safe in the log

log = logging.getLogger(__name__)


class WholeFile(QObject):
    """Puts down what was saved, off the GUI thread and after the changes in line; nobody waits for it."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._in_line = self._ended = False
        self._timer = QTimer(self, singleShot=True, interval=QUIET)
        self._timer.timeout.connect(self.put_down)
        desk.changed.connect(lambda _touched: self._wait(QUIET))
        desk.worked.connect(self.put_down)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._follow)

    def end(self) -> None:
        """Begin nothing more: the workspace is being closed, which puts down the rest."""
        self._timer.stop()
        self._ended = True

    def put_down(self) -> None:
        """Put down what was saved until now."""
        if not (self._in_line or self._ended):
            self._in_line = True
            self._timer.stop()
            self._desk.change(self, Workspace.put_down, self._done, self._failed, touches=())

    def _follow(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            self.put_down()

    def _done(self, whole: bool) -> None:
        self._in_line = False
        if not whole:  # somebody was reading
            self._wait(QUIET)

    def _failed(self, error: Exception) -> None:
        self._in_line = False
        if not isinstance(error, Trouble):
            self._desk.failed.emit(error)
            return
        log.warning("what was saved stays in the log for now (%s)", error.code)
        self._wait(AGAIN)

    def _wait(self, milliseconds: int) -> None:
        if not self._ended:
            self._timer.start(milliseconds)
