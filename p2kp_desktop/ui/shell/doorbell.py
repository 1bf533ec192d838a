"""A second start on the same workspace rings at the window that is open already, which comes to the front.

Whoever rings may bring files, those that were named at the second start: the window shows what is in them.

Two windows of one person on one file would each hold drafts that the other does not know. Where nothing answers, be it
that the first window hangs, that the system has no such bells or that a dead process left its own, the second starts.
"""

import hashlib
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from p2kp_desktop import environment

_WAIT = 2.0  # seconds for an answer: a window that is opening a large file needs some
_STARTING = 6.0  # seconds for one of a program that began a moment before this one
_SOON = 0.5  # seconds within which whoever rings says so
_HELLO, _HERE = "?", b"!"  # bytes as they are, never objects: whoever rings may be anybody
_LONGEST = 1 << 20  # bytes that whoever rings may say: some thousand files
_ANYBODY = -1  # whom Windows lets take the front in place of the process that was just started
_AT_ONCE = 8  # how many may wait at the door


def ring(location: str, files: Sequence[str] = ()) -> bool:
    """Ask whoever has this workspace open to come to the front and to look at files; say whether somebody does."""
    return _asked(location, files, _WAIT) is True


def _asked(location: str, files: Sequence[str], seconds: float) -> bool | None:
    """Say whether somebody answered; None for somebody who is at home and does not."""
    answers: list[bool] = []
    said = os.fsencode("\0".join([_HELLO, *files]))
    asking = threading.Thread(target=lambda: answers.append(_answered(_name(location), said)), daemon=True)
    asking.start()  # at the door of a process that hangs one waits for ever
    asking.join(seconds)
    return answers[0] if answers else None


def _answered(name: str, said: bytes) -> bool:
    try:
        with Client(name) as door:
            _give_way()
            door.send_bytes(said)
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
    """Hangs at one workspace at a time, and calls `answer` with the files that were brought when somebody rings."""

    _rung = Signal(object, object)  # who waits at the door, and what was brought; one that hangs must not answer

    def __init__(self, parent: QObject, answer: Callable[[Sequence[str]], object]) -> None:
        super().__init__(parent)
        self._answer = answer
        self._bell: _Bell | None = None
        self._last: Connection[bytes, bytes] | None = None  # not closed at once: Windows may lose what was written
        self._rung.connect(self._greet)

    def finds(self, location: str, files: Sequence[str]) -> bool:
        """Say whether another window has this workspace and takes these files; else listen for others from now on.

        Of several that were started at once, as by opening three files, one listens first: the others ring again.
        """
        asked = _asked(location, files, _WAIT)
        if asked is False:
            self.hang(location)
            asked = self._bell is None and _asked(location, files, _STARTING)
        return asked is True

    def hang(self, location: str) -> None:
        """Listen for those who start with this workspace; "" for those who start without one."""
        name = _name(location)
        if self._bell is not None and self._bell.name == name:
            return
        self.take_down()
        listener = _listener(name)
        if listener is not None:
            self._bell = _Bell(name, listener, self._rung.emit)

    def take_down(self) -> None:
        """Listen no more."""
        if self._bell is not None:
            self._bell.take_down()
            self._bell = None

    def _greet(self, caller: "Connection[bytes, bytes]", files: Sequence[str]) -> None:
        try:
            caller.send_bytes(_HERE)
        except OSError:  # waited too long, and went
            return
        self._last = caller
        self._answer(files)


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

    def __init__(self, name: str, listener: Listener, rung: Callable[[object, object], object]) -> None:
        self.name, self._listener, self._rung = name, listener, rung
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def take_down(self) -> None:
        """Free the name: the thread waits for a caller, so one comes."""
        self._is_over.set()
        with suppress(OSError, EOFError):
            Client(self.name).close()
        self._thread.join(_WAIT)

    def _listen(self) -> None:
        with self._listener, suppress(OSError, EOFError, RuntimeError):  # RuntimeError: the window is gone for good
            while not self._is_over.is_set():
                caller = self._listener.accept()
                files = None if self._is_over.is_set() else _brought(caller)
                if files is not None:
                    self._rung(caller, files)


def _brought(caller: "Connection[bytes, bytes]") -> list[str] | None:
    """Hear which files a caller brings; None from one who does not say hello as this program does."""
    try:
        said = os.fsdecode(caller.recv_bytes(_LONGEST)) if caller.poll(_SOON) else ""
    except (OSError, EOFError, ValueError):
        return None
    hello, *files = said.split("\0")
    return files if hello == _HELLO else None
