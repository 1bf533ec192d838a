"""A second start on the same workspace rings at the window that is open already, which comes to the front.

Two windows of one person on one file would each hold drafts that the other does not know. Where nothing answers, be it
that the first window hangs, that the system has no such bells or that a dead process left its own, the second starts.
"""

import hashlib
import os
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from p2kp_desktop import environment

_WAIT = 2.0  # seconds for an answer: a window that is opening a large file needs some
_SOON = 0.5  # seconds within which whoever rings says so
_HELLO, _HERE = b"?", b"!"  # bytes as they are, never objects: whoever rings may be anybody
_ANYBODY = -1  # whom Windows lets take the front in place of the process that was just started
_AT_ONCE = 8  # how many may wait at the door


def ring(location: str) -> bool:
    """Ask whoever has this workspace open to come to the front; say whether somebody does."""
    answers: list[bool] = []
    asking = threading.Thread(target=lambda: answers.append(_answered(_name(location))), daemon=True)
    asking.start()  # at the door of a process that hangs one waits for ever
    asking.join(_WAIT)
    return answers == [True]


def _answered(name: str) -> bool:
    try:
        with Client(name) as door:
            _give_way()
            door.send_bytes(_HELLO)
            return door.recv_bytes(len(_HERE)) == _HERE
    except (OSError, EOFError):
        return False


def _name(location: str) -> str:
    """Return the name of the bell: of this user, and of this workspace however it was named."""
    place = location
    if location and not location.startswith("postgresql"):
        place = os.path.normcase(Path(location).resolve())
    sign = f"{environment.home().resolve()}\n{place}"
    name = f"p2kp-{hashlib.sha256(sign.encode(errors='surrogatepass')).hexdigest()[:24]}"
    if sys.platform == "win32":
        return rf"\\.\pipe\{name}"
    return str(Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir(), name))


def _give_way() -> None:
    """Let another process take the front, which Windows grants only to the one that the user has just started."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(_ANYBODY)


class Doorbell(QObject):
    """Hangs at one workspace at a time, and calls `answer` when somebody rings."""

    _rung = Signal(object)  # who waits at the door; the window itself answers, for one that hangs must not

    def __init__(self, parent: QObject, answer: Callable[[], object]) -> None:
        super().__init__(parent)
        self._answer = answer
        self._bell: _Bell | None = None
        self._last: Connection[bytes, bytes] | None = None  # not closed at once: Windows may lose what was written
        self._rung.connect(self._greet)

    def hang(self, location: str) -> None:
        """Listen for those who start with this workspace; "" for those who start without one."""
        self.take_down()
        name = _name(location)
        listener = _listener(name)
        if listener is not None:
            self._bell = _Bell(name, listener, self._rung.emit)

    def take_down(self) -> None:
        """Listen no more."""
        if self._bell is not None:
            self._bell.take_down()
            self._bell = None

    def _greet(self, caller: "Connection[bytes, bytes]") -> None:
        try:
            caller.send_bytes(_HERE)
        except OSError:  # waited too long, and went
            return
        self._last = caller
        self._answer()


def _listener(name: str) -> Listener | None:
    """Listen under a name; None where somebody does already, or the system has no such bells."""
    with suppress(OSError):
        return Listener(name, backlog=_AT_ONCE)
    try:
        Client(name).close()
    except ConnectionRefusedError:  # nobody is there: a killed process left it
        with suppress(OSError):
            Path(name).unlink()
            return Listener(name, backlog=_AT_ONCE)
    except OSError:
        pass
    return None


class _Bell:
    """One name that is listened to, in a thread of its own."""

    def __init__(self, name: str, listener: Listener, rung: Callable[[object], object]) -> None:
        self._name, self._listener, self._rung = name, listener, rung
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def take_down(self) -> None:
        """Free the name: the thread waits for a caller, so one comes."""
        self._is_over.set()
        with suppress(OSError, EOFError):
            Client(self._name).close()
        self._thread.join(_WAIT)

    def _listen(self) -> None:
        with self._listener, suppress(OSError, EOFError, RuntimeError):  # RuntimeError: the window is gone for good
            while not self._is_over.is_set():
                caller = self._listener.accept()
                if not self._is_over.is_set() and _says_hello(caller):
                    self._rung(caller)


def _says_hello(caller: "Connection[bytes, bytes]") -> bool:
    try:
        return caller.poll(_SOON) and caller.recv_bytes(len(_HELLO)) == _HELLO
    except (OSError, EOFError):
        return False
