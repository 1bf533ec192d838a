"""Taking turns among all programs of a user: what one reads, alters and writes anew, no other does meanwhile.

At a server one program writes at a time, under a lock of the database, as a file does by itself: ticks and chains go
on from what stands there. The registry of nodes, a file that all programs of a user share, is written in turns here.
"""

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

log = logging.getLogger(__name__)

LONGEST = 5.0  # seconds; a turn takes less than a thousandth of that
PAUSE = 0.002


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Hold the file `path` until the block ends, while every other program that asks for it waits.

    Where the file cannot be held (a folder that cannot be written, a drive that knows no locks) the block runs
    without, and the log says so.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    except OSError:
        _warn(path.name)
        yield
        return
    with file:  # the end of the program lets go of it too
        held = _wait(file.fileno(), path.name)
        try:
            yield
        finally:
            if held:
                _let_go(file.fileno())


@cache
def _warn(name: str) -> None:
    """Say it once, not at every save."""
    log.warning("no turn can be taken at %s", name)


def _wait(number: int, name: str) -> bool:
    """Wait for the file, and say whether it is held: after too long a while it is done without."""
    until = time.monotonic() + LONGEST
    while not _is_held(number):
        if time.monotonic() > until:
            log.warning("%s was not let go of", name)
            return False
        time.sleep(PAUSE)
    return True


if sys.platform == "win32":
    import msvcrt

    def _is_held(number: int) -> bool:
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _let_go(number: int) -> None:
        msvcrt.locking(number, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _is_held(number: int) -> bool:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _let_go(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_UN)
