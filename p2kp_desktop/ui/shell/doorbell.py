"""A second start on the same workspace rings at the window that is open already, which comes to the front.

Two windows of one person on one file would each hold drafts that the other does not know. Where nothing answers, be it
that the first window hangs, that the system has no such bells or that a dead process left its own, the second starts.
"""

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from p2kp_desktop import environment

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT = 2000  # milliseconds for an answer: a window that is opening a large file needs some
_HELLO, _HERE = b"?", b"!"
_ANYBODY = -1  # whom Windows lets take the front in place of the process that was just started


def ring(location: str) -> bool:
    """Ask whoever has this workspace open to come to the front; say whether somebody does."""
    socket = _connected(_name(location))
    if socket is None:
        return False
    _give_way()
    socket.write(_HELLO)
    answered = socket.waitForReadyRead(_WAIT) and socket.readAll().data() == _HERE
    socket.abort()
    return answered


def _connected(name: str) -> "QLocalSocket | None":
    try:
        from PySide6.QtNetwork import QLocalSocket
    except ImportError:  # a system that lacks a library of Qt's network
        return None
    socket = QLocalSocket()
    socket.connectToServer(name)
    return socket if socket.waitForConnected(_WAIT) else None


def _name(location: str) -> str:
    """Return the name of the bell: of this user, and of this workspace however it was named."""
    place = location
    if location and not location.startswith("postgresql"):
        place = os.path.normcase(Path(location).resolve())
    sign = f"{environment.home().resolve()}\n{place}"
    return f"p2kp-{hashlib.sha256(sign.encode(errors='surrogatepass')).hexdigest()[:24]}"


def _give_way() -> None:
    """Let another process take the front, which Windows grants only to the one that the user has just started."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(_ANYBODY)


class Doorbell(QObject):
    """Hangs at one workspace at a time, and calls `answer` when somebody rings."""

    def __init__(self, parent: QObject, answer: Callable[[], object]) -> None:
        super().__init__(parent)
        self._answer = answer
        self._server: QLocalServer | None = None
        self._callers: list[QLocalSocket] = []

    def hang(self, location: str) -> None:
        """Listen for those who start with this workspace; "" for those who start without one."""
        self.take_down()
        try:
            from PySide6.QtNetwork import QLocalServer
        except ImportError:
            return
        server, name = QLocalServer(self), _name(location)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._open)
        if not server.listen(name) and _connected(name) is None:  # nobody is there: a killed process left it
            QLocalServer.removeServer(name)
            server.listen(name)
        self._server = server

    def take_down(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None

    def _open(self) -> None:
        caller = self._server.nextPendingConnection() if self._server is not None else None
        if caller is None:
            return
        self._callers.append(caller)
        caller.readyRead.connect(lambda: self._greet(caller))
        caller.disconnected.connect(lambda: self._forget(caller))

    def _greet(self, caller: "QLocalSocket") -> None:
        if caller.readAll().data() == _HELLO:
            caller.write(_HERE)
            caller.flush()
            self._answer()

    def _forget(self, caller: "QLocalSocket") -> None:
        self._callers.remove(caller)
        caller.deleteLater()
