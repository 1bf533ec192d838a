"""Reads foreign files in a process of their own, so that a library that crashes on one takes no window with it.

The program asks (`Reader.stream`), the process answers piece by piece, one piece ahead. It was measured against
reading a file twice (once apart as a probe, then here): handing over 3,000,000 cells as JSON costs a tenth of what the
guard and the library need for them anyway, while a probe costs all of that again and still leaves the second reading
to the luck that a crash happens twice alike. The one process stays for the next file for a while: starting it costs a
tenth of a second and more where a virus scanner looks on.

The process is this Python with `serving.py` and nothing else, cut off from the user's environment (-I -S) but for the
path on which the program itself was found; what it may use it limits itself (confining.py). A process that crashes,
goes beyond its limits or falls silent is a sentence (`faults`); so is an exception of a library that nobody foresaw.

All in all 3,000,000 cells take 6 % longer than they would here.
"""

import atexit
import logging
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import p2kp_desktop
from p2kp_desktop import language
from p2kp_desktop.language import Trouble

from . import faults, frames
from .frames import Frame
from .package import Limits

log = logging.getLogger(__name__)

Beat = Callable[[], None]  # called while the process reads; what it raises ends the reading

STAYS = 20.0  # seconds that the process waits for another file
FILES = 100  # that one process reads
SILENCE = 300.0  # seconds after which a process that says nothing, on a dead drive perhaps, is given up
_BEATS = 0.1  # seconds between beats
_TO_REST = 5.0  # seconds to let go of a file
_TO_END = 1.0  # seconds between the last word of a process and its end
_AHEAD = 2  # pieces that are asked for before the first is used
_START = "import sys; sys.path[:0] = sys.argv[1:]; from p2kp_desktop.exchange import serving; serving.main()"


class Broke(Exception):
    """What an unforeseen exception was in the process, as it printed it."""


class Reader:
    """A running process that reads one file after the other for whoever holds it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _START, *_path()], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._frames: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()
        self._streams = self._current = self.files = 0
        threading.Thread(target=self._listen, name="p2kp-foreign-file", daemon=True).start()

    def _listen(self) -> None:
        stream = self._process.stdout
        frame: Frame | None = None
        while stream is not None:
            with suppress(OSError, ValueError):  # closed here meanwhile
                frame = frames.take(stream)
            self._frames.put(frame)
            if frame is None:
                return
            frame = None

    @property
    def is_alive(self) -> bool:
        """Say whether the process can read another file."""
        return self._process.poll() is None and self.files < FILES

    def stream(self, path: Path, limits: Limits, act: str, *given: object, beat: Beat | None = None) -> Iterator[Any]:
        """Yield what an act of serving.py yields about a file; raise Trouble, and whatever `beat` raises."""
        self._streams += 1
        number = self._streams
        at = asked = 0
        while True:
            if self._current != number:  # another stream came between, and took what was asked for
                self._current, asked = number, at
            for piece in range(asked, at + _AHEAD):
                self._ask(number, piece, path, limits, act, given)
            asked = at + _AHEAD
            frame = self._answer(number, at, path.name, beat)
            if frame.kind == frames.END:
                return
            yield _value(frame, path.name)
            at += 1

    def _ask(self, number: int, at: int, path: Path, limits: Limits, act: str, given: tuple[object, ...]) -> None:
        asked = number, at, language.spoken(), str(path.absolute()), vars(limits), act, given
        with suppress(OSError, ValueError):  # it ended: the answer tells how
            if self._process.stdin is not None:
                self._process.stdin.write(frames.encode(asked) + b"\n")
                self._process.stdin.flush()

    def _answer(self, number: int, at: int, name: str, beat: Beat | None) -> Frame:
        """Return a piece of a stream; what somebody asked for and no longer wants is passed over."""
        until = time.monotonic() + SILENCE
        while True:
            try:
                frame = self._frames.get(timeout=_BEATS)
            except queue.Empty:
                if beat is not None:
                    self._beat(beat)
                if time.monotonic() > until:
                    self.end()
                    raise faults.too_slow(name) from None
                continue
            if frame is None:
                raise self._ended(name)
            if (frame.stream, frame.at) == (number, at):
                return frame

    def _beat(self, beat: Beat) -> None:
        try:
            beat()
        except BaseException:
            self.end()
            raise

    def _ended(self, name: str) -> Trouble:
        """Return why the process is no more; one that lives, and says what is no answer, is ended."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_TO_END)
        self.end()
        code = self._process.returncode
        log.info("reading a foreign file ended its process with %s", code)
        return faults.too_slow(name) if code in _OUT_OF_TIME else faults.unreadable_here(name)

    def rest(self, limits: Limits) -> None:
        """Let go of the file, which might not be moved or deleted otherwise; a process that cannot is ended."""
        self.files += 1
        until = time.monotonic() + _TO_REST

        def late() -> None:
            if time.monotonic() > until:
                raise TimeoutError

        with suppress(Trouble, TimeoutError):
            list(self.stream(Path(), limits, "rest", beat=late))

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was to be written has nobody left to read it
                if stream is not None:
                    stream.close()


_OUT_OF_TIME = (-24, 1816)  # SIGXCPU; ERROR_NOT_ENOUGH_QUOTA, with which Windows ends a process of a job


def _path() -> list[str]:
    """Return where the process finds the program and its libraries: where this one found them."""
    program = Path(p2kp_desktop.__file__).resolve().parents[1]
    return list(dict.fromkeys([str(program), *(str(Path(each).absolute()) for each in sys.path if each)]))


def _value(frame: Frame, name: str) -> Any:
    value: Any = frame.value
    if frame.kind == frames.TROUBLE:
        what, safe, remedy, code = value
        raise Trouble(what, safe=safe, remedy=remedy, code=code)
    if frame.kind == frames.BROKE:
        log.info("a foreign file could not be read:\n%s", value)
        raise faults.unreadable_here(name) from Broke(value)
    return value


class _Waiting:
    """The process that waits for another file, if one does."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reader: Reader | None = None
        self._timer: threading.Timer | None = None

    def swap(self, reader: Reader | None) -> Reader | None:
        """Put a process here to wait, or none; return the one that waited."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            before, self._reader, self._timer = self._reader, reader, None
            if reader is not None:
                self._timer = threading.Timer(STAYS, self._end, [reader])
                self._timer.daemon = True
                self._timer.start()
        return before

    def _end(self, reader: Reader) -> None:
        with self._lock:
            if self._reader is not reader:
                return
            self._reader = self._timer = None
        reader.end()


_waiting = _Waiting()


@contextmanager
def reader(limits: Limits) -> Iterator[Reader]:
    """Give a process that reads foreign files; it waits for the next one afterwards, or is ended."""
    held = _waiting.swap(None)
    if held is not None and not held.is_alive:
        held.end()
        held = None
    try:
        held = held or Reader()
    except OSError as error:  # no memory for another process, or a virus scanner that will have none
        raise faults.no_reader(error) from error
    try:
        yield held
    finally:
        if held.is_alive:
            held.rest(limits)
        kept = held if held.is_alive else None
        before = _waiting.swap(kept)
        for each in (before, held if kept is None else None):
            if each is not None:
                each.end()


def ask(path: Path, limits: Limits, act: str, *given: object, beat: Beat | None = None) -> list[Any]:
    """Return all that an act of serving.py yields about a file; raise Trouble, and whatever `beat` raises."""
    with reader(limits) as held:
        return list(held.stream(path, limits, act, *given, beat=beat))


@atexit.register
def end() -> None:
    """End the process that waits, if one does."""
    waited = _waiting.swap(None)
    if waited is not None:
        waited.end()
