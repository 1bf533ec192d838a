"""Which versions of the program lie in its folder, which of them is used, and which waits for its first start.

    program/lib/p2kp_desktop          what the setup wrote; nothing ever writes there again
    program/lib/p2kp_updates/0.9.1    an update as it was unpacked: a folder with the package in it
    program/lib/p2kp_updates/used     «0.9.1 0.9.0»: the version that is used, and the setup's for which that holds
    program/lib/p2kp_updates/awaited  «0.9.1 1»: the version that waits, and how often it was begun without a verdict
    program/lib/p2kp_updates/failed   «0.9.1»: the one that did not start, until that was told

Nothing is renamed that somebody may have open, and no program that runs finds other modules than those it began with:
the notes are one line each, and a note is put in place whole or not at all. `p2kp_desktop/__init__.py` reads `used`.

A version that waits is begun beside the one that is used, which looks on: it counts once its window stands
(`begun`). Where it ends before that, the version before it goes on at once, and says so.
"""

import json
import os
import re
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

FOLDER, SYSTEM, SOURCE = "folder", "system", "source"  # how this program was installed

NOT_BEGUN = 70  # the exit code of a version that broke before its window stood
_TRIES = 2  # starts that nobody saw the end of, as when the power goes
_SHELF = "p2kp_updates"
_USED, _AWAITED, _FAILED = "used", "awaited", "failed"
_VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}", re.ASCII)
_START = (
    "import json, runpy, sys; sys.path[:] = json.loads(sys.argv.pop(1)); "
    "runpy.run_module('p2kp_desktop', run_name='__main__', alter_sys=True)"
)


def is_version(text: str) -> bool:
    """Say whether a text is a version as this program numbers them."""
    return _VERSION.fullmatch(text) is not None


def order(version: str) -> tuple[int, ...]:
    """Return the numbers that versions are compared by; an unreadable one comes before all others."""
    return tuple(map(int, version.split("."))) if is_version(version) else ()


class Installation:
    """The folder of one program: its package, as the setup wrote it or as an update brought it."""

    def __init__(self, package: Path) -> None:
        """`package` is the folder of the modules that run."""
        is_update = package.parent.parent.name == _SHELF and is_version(package.parent.name)
        self.package = package
        self.setup = package.parent.parent.with_name(package.name) if is_update else package
        self.shelf = self.setup.with_name(_SHELF)
        self.root = self.setup.parent.parent  # of the program, with Python in it

    @property
    def kind(self) -> str:
        """Say how it was installed: only a folder that holds its own Python takes updates."""
        if (self.setup.parent / "pyproject.toml").is_file():
            return SOURCE
        holds_python = Path(sys.executable).parent.resolve().is_relative_to(self.root)
        is_shared = Path("/usr").is_relative_to(self.root)  # by every program of the machine
        return FOLDER if holds_python and not is_shared and self.setup.parent.name == "lib" else SYSTEM

    @property
    def setup_version(self) -> str:
        """Return the version that the setup wrote."""
        try:
            text = (self.setup / "__init__.py").read_text(encoding="utf-8")
        except OSError:
            return ""
        found = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
        return found[1] if found else ""

    @property
    def running(self) -> str:
        """Return the version that runs."""
        return self.setup_version if self.package == self.setup else self.package.parent.name

    @property
    def used(self) -> str:
        """Return the version that the next start uses, but for one that waits: a window may still run another."""
        used, _, base = self._read(_USED).partition(" ")
        return used if is_version(used) and base == self.setup_version else self.setup_version

    @property
    def awaited(self) -> str:
        """Return the version that waits for its first start; "" where none does."""
        return self._awaited()[0]

    def kept(self) -> list[str]:
        """Return the versions that lie here, the newest first."""
        found = [path.parent.parent.name for path in self.shelf.glob("*/p2kp_desktop/__main__.py")]
        here = {self.setup_version, *filter(is_version, found)}
        return sorted(here, key=order, reverse=True)

    def place_of(self, version: str) -> Path:
        """Return the folder of a version of the shelf, there or not."""
        return self.shelf / version

    def choose(self, version: str) -> None:
        """Let a version that lies whole on the shelf wait for the next start. Raises OSError."""
        (self.shelf / _FAILED).unlink(missing_ok=True)
        self._note(_AWAITED, f"{version} 0")

    def go_back(self, version: str) -> None:
        """Use a version that ran before, from the next start on. Raises OSError."""
        (self.shelf / _AWAITED).unlink(missing_ok=True)
        self._use(version)

    def begun(self) -> None:
        """Note that the window of this version stands: it is the one to use. Raises OSError."""
        if self.awaited == self.running:
            before = self.used
            self._use(self.running)
            (self.shelf / _AWAITED).unlink(missing_ok=True)
            self._clear({self.running, before})

    def first_start(self, words: Sequence[str]) -> int | None:
        """Begin the version that waits and see how it ends; return its exit code, None where this one is to go on."""
        version, starts = self._awaited()
        if not version or version == self.running:
            return None
        if order(version) <= order(self.setup_version):  # a newer setup was put over the one that it was taken for
            self._forget(_AWAITED)
            return None
        if starts >= _TRIES or not (self.place_of(version) / "p2kp_desktop" / "__main__.py").is_file():
            self._give_up(version)
            return None
        try:
            return self._seen_through(version, starts, words)
        except OSError:  # the disk takes no note, or Python cannot be begun: this version goes on, that one waits
            return None

    def _seen_through(self, version: str, starts: int, words: Sequence[str]) -> int | None:
        """Begin the version that waits and look on. Raises OSError."""
        import subprocess

        self._note(_AWAITED, f"{version} {starts + 1}")
        path = json.dumps([str(self.place_of(version)), *sys.path])
        code = subprocess.call([*_python(), _START, path, *words])
        if self.awaited != version:
            return code  # its window stood
        if code == 0:  # it found a window that is open already, or was closed before anything was to be seen
            self._note(_AWAITED, f"{version} {starts}")
            return 0
        self._give_up(version)
        return None

    def start_anew(self) -> None:
        """Start the program once more, with whatever version is to be used then. Raises OSError."""
        import subprocess

        path = [str(self.setup.parent), *(each for each in sys.path if not Path(each).is_relative_to(self.shelf))]
        subprocess.Popen([*_python(), _START, json.dumps(path)], stdin=subprocess.DEVNULL, start_new_session=True)

    def take_failed(self) -> str:
        """Return the version that did not start, once; "" where none failed."""
        version = self._read(_FAILED)
        self._forget(_FAILED)
        return version if is_version(version) else ""

    def _forget(self, note: str) -> None:
        with suppress(OSError):
            (self.shelf / note).unlink(missing_ok=True)

    def _give_up(self, version: str) -> None:
        with suppress(OSError):
            (self.shelf / _AWAITED).unlink(missing_ok=True)
            self._note(_FAILED, version)
        shutil.rmtree(self.place_of(version), ignore_errors=True)

    def _awaited(self) -> tuple[str, int]:
        version, _, starts = self._read(_AWAITED).partition(" ")
        return (version, int(starts)) if is_version(version) and starts.isdecimal() else ("", 0)

    def _use(self, version: str) -> None:
        if version == self.setup_version:
            (self.shelf / _USED).unlink(missing_ok=True)
        else:
            self._note(_USED, f"{version} {self.setup_version}")

    def _clear(self, wanted: set[str]) -> None:
        """Take away updates older than the one before; one that cannot be taken away now stays."""
        for version in self.kept():
            if version not in wanted and version != self.setup_version:
                shutil.rmtree(self.place_of(version), ignore_errors=True)

    def _read(self, note: str) -> str:
        try:
            return (self.shelf / note).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return ""

    def _note(self, note: str, text: str) -> None:
        """Write a note whole or not at all. Raises OSError."""
        self.shelf.mkdir(exist_ok=True)
        part = self.shelf / f"{note}.{os.getpid()}.part"
        try:
            with part.open("w", encoding="ascii") as file:
                file.write(f"{text}\n")
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.shelf / note)
        finally:
            part.unlink(missing_ok=True)


def _python() -> list[str]:
    """Return the command that runs a text with this Python, cut off from the user's environment where this one is."""
    apart = (("-I", sys.flags.isolated), ("-S", sys.flags.no_site))
    return [sys.executable, *(flag for flag, is_set in apart if is_set), "-c"]


HERE = Installation(Path(__file__).resolve().parent)
