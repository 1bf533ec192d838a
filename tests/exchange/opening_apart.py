"""Opens files that may be anything, each in a process of its own with the limits of one: run as a script.

Each line of its input is a kind and a path. This process has loaded what opening needs and opens nothing itself: it
forks a child for every file, which limits itself, opens the file, says how that ended, and ends. So every fault, every
second and every byte is that of one file. What would be read in the program's own process for foreign files
(exchange/apart.py) is read in the child by the same acts.
"""

import itertools
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdf  # noqa: F401  (what is loaded here is shared by all children)
import typst  # noqa: F401
import zxingcpp  # noqa: F401
from PIL import Image

from p2kp_desktop import language
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.protection import password
from p2kp_desktop.exchange import apart, pdf_scans, photo, reading, scans, serving, sheet_photo, tables, update_file
from p2kp_desktop.exchange.boundaries import features
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import open_workspace

MEMORY, SECONDS = 500 << 20, 20  # of one file
PATIENCE = 15 * SECONDS  # seconds by the clock, on a machine that others use too


class Here:
    """Reads as the process for foreign files does, in this one, whose limits are narrower and stay."""

    _numbers = itertools.count(1)

    def stream(self, path: Path, limits: Any, act: str, *given: object, **_beat: object) -> Iterator[Any]:
        streams, number = serving.Streams(), next(self._numbers)
        for at in itertools.count():
            asked = json.loads(json.dumps([number, at, language.spoken(), str(path), vars(limits), act, given]))
            frame = streams.answer(asked)
            if frame.kind == apart.frames.END:
                return
            yield apart._value(frame, path.name)


@contextmanager
def _here(_limits: Any) -> Iterator[Here]:
    yield Here()


def bundle(path: Path) -> None:
    parcel = reading.read(path)
    assert sum(1 for _ in parcel.arrived()) + sum(1 for _ in parcel.history()) <= 2 * (parcel.rows + 1)


def image(path: Path) -> None:
    photo.read_photo(path)
    scans.kind_of(path)
    sheet_photo.read_sheet(path)


def paper(path: Path) -> None:
    assert scans.kind_of(path) is None or pdf_scans.count(path) >= 0
    sheet_photo.read_page(path, 1)
    pdf_scans.alone(path, 1)


def workspace(path: Path) -> None:
    with open_workspace(path) as opened:
        soundness.check(opened)


def key_file(path: Path) -> None:
    """A workspace lies beside it, whose key file it claims to be."""
    password.people(path.with_suffix(""))
    password.unlock(path.with_suffix(""), "bukan kata sandinya")


def update(path: Path) -> None:
    key = path.with_name("kunci.txt").read_text(encoding="utf-8")
    update_file.read(path, [key])
    for _ in update_file.unpack(path, [key], path.with_suffix(".isi")):
        pass


ACTS: dict[str, Callable[[Path], object]] = {
    "bundle": bundle, "table": tables.read_tables, "boundary": features.read, "image": image, "paper": paper,
    "workspace": workspace, "key": key_file, "update": update,
}


def said(kind: str, path: Path) -> str:
    """Open a file; say «opened», «refused» with its code, or what went wrong."""
    try:
        ACTS[kind](path)
    except Trouble as trouble:
        whole = trouble.code and trouble.what.endswith(".") and trouble.remedy.endswith(".")
        return f"refused {trouble.code}" if whole else f"refused without a sentence: {trouble!r}"
    except BaseException:
        return traceback.format_exc()
    return "opened"


def _child(kind: str, path: Path, out: int) -> None:
    import resource  # not on Windows, where this file is only imported

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    os.environ["P2KP_HOME"] = str(path.parent)  # so that nobody waits for an earlier file's wrong passwords
    os.write(out, said(kind, path).encode(errors="replace")[-4000:])


def opened(kind: str, path: Path) -> tuple[str, float, int]:
    """Open a file in a child; return how that ended, its seconds of processor time and its most bytes."""
    inwards, outwards = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.close(inwards)
            _child(kind, path, outwards)
        finally:
            os._exit(0)
    os.close(outwards)
    until = time.monotonic() + PATIENCE
    while True:
        ended, status, used = os.wait4(pid, os.WNOHANG)
        if ended:
            break
        if time.monotonic() > until:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.002)
    with os.fdopen(inwards, "rb") as told:
        words = told.read().decode(errors="replace")
    if os.WIFSIGNALED(status):
        words = f"ended by signal {os.WTERMSIG(status)}"
    return words, used.ru_utime + used.ru_stime, used.ru_maxrss << 10


def main() -> None:
    Image.init()
    apart.reader = _here  # type: ignore[assignment]
    for line in sys.stdin:
        kind, path = json.loads(line)
        print(json.dumps(opened(kind, Path(path))), flush=True)


if __name__ == "__main__":
    main()
