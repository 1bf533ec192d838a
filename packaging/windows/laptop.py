"""A laptop to try the package on: a prefix of wine with folders of its own, a screen, hands and a camera.

What wine would take from this machine is kept out: the Documents of whoever runs this, QT_ and TMP settings.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from steps import Stopped

# The command that is looked for, and the package of Debian that brings it.
NEEDED = {"wine": "wine64", "Xvfb": "xvfb", "xdotool": "xdotool", "import": "imagemagick"}
SCREEN = "1366x698x24"  # 1366 × 768 without a taskbar
_SOON = 120.0  # seconds that a window may take on a loaded machine
_TOLD = 0.02  # seconds between two looks
_ANSWER = 7
_FOLDERS = ("Documents", "Desktop", "Downloads", "Music", "Pictures", "Videos")


def require() -> None:
    """Make sure that everything is there; raises Stopped with the command to run."""
    lacking = sorted(package for command, package in NEEDED.items() if shutil.which(command) is None)
    if lacking:
        raise Stopped(f"The package is tried out under wine. Run once: apt-get install {' '.join(lacking)}")


class Laptop:
    """One user's Windows; `disk` is its C: as a folder of this machine. `of_32_bits`: a Windows that has no 64."""

    def __init__(self, folder: Path, display: str, *, of_32_bits: bool = False) -> None:
        self.folder, self.disk = folder, folder / "prefix" / "drive_c"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "P2KP_", "TMP"))}
        self.settings = kept | {
            "WINEPREFIX": str(folder / "prefix"), "HOME": str(folder / "home"), "DISPLAY": display,
            "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml=", "WINEARCH": "win32" if of_32_bits else "win64",
        }

    def make(self) -> None:
        """Begin with an empty disk."""
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "home").mkdir(parents=True)
        self._wine("wineboot", "-i")
        for name in _FOLDERS:  # links to this machine's own, where it has some
            place = self.user / name
            if place.is_symlink():
                place.unlink()
            place.mkdir(exist_ok=True)

    def runs_32_bits(self) -> bool:
        """Whether programs of 32 bits run here, as they do on every Windows: wine brings that part by itself."""
        there = self.disk / "windows" / "syswow64" / "cmd.exe"
        return there.exists() and self.run(there, "/c", f"exit {_ANSWER}").returncode == _ANSWER

    @property
    def user(self) -> Path:
        """The folder of the user."""
        return next(path for path in sorted((self.disk / "users").iterdir()) if path.name != "Public")

    @property
    def local(self) -> Path:
        """%LOCALAPPDATA%."""
        return self.user / "AppData" / "Local"

    def path(self, place: Path) -> str:
        """What Windows calls a file on C:."""
        return "C:\\" + str(place.relative_to(self.disk)).replace("/", "\\")

    def run(self, program: Path, *words: str, told: str = "") -> subprocess.CompletedProcess[str]:
        """Run a program to its end; `told` goes to its standard input."""
        return self._wine(str(program), *words, told=told)

    def follow(self, program: Path, *words: str) -> int:
        """Run a program to its end, its words going where this one's go; its exit code."""
        return subprocess.run(["wine", str(program), *words], env=self.settings, stdin=subprocess.DEVNULL,
                              check=False).returncode

    def start(self, program: Path, *words: str) -> "subprocess.Popen[bytes]":
        """Start a program; it runs on by itself."""
        return subprocess.Popen(
            ["wine", str(program), *words], env=self.settings, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def end(self) -> None:
        """End whatever runs on this laptop, and nothing else."""
        subprocess.run(["wineserver", "-k"], env=self.settings, check=False)
        subprocess.run(["wineserver", "-w"], env=self.settings, check=False)

    def _wine(self, *words: str, told: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["wine", *words], env=self.settings, input=told, capture_output=True, text=True, encoding="utf-8",
            errors="replace", check=False,
        )


class Screen:
    """A screen of its own, and what a person does in front of it."""

    def __init__(self, display: str) -> None:
        self.display = display
        self._settings = os.environ | {"DISPLAY": display}

    def window(self, name: str, seconds: float = _SOON) -> str:
        """Wait for a visible window whose title has this in it; raises Stopped where none comes."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if found := self._do("search", "--onlyvisible", "--name", name).split():
                return found[0]
            time.sleep(_TOLD)
        raise Stopped(f"No window «{name}» came within {seconds:.0f} seconds.")

    def gone(self, name: str, seconds: float = _SOON) -> bool:
        """Wait until no window has this in its title; whether it came to that."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not self._do("search", "--onlyvisible", "--name", name).split():
                return True
            time.sleep(_TOLD)
        return False

    def focus(self, window: str) -> None:
        """Take a window in hand: there is no window manager that would do it."""
        self._do("windowfocus", "--sync", window)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, as xdotool names them."""
        for key in keys:
            self._do("key", "--clearmodifiers", key)
            time.sleep(_BETWEEN)

    def type(self, text: str) -> None:
        """Type letters and digits."""
        self._do("type", "--delay", "80", text)

    def pixels(self) -> bytes:
        """What the screen shows, as bytes that differ where it differs."""
        return subprocess.run(
            ["import", "-silent", "-window", "root", "rgb:-"], env=self._settings, capture_output=True, check=True,
        ).stdout

    def still(self, seconds: float = 1.0) -> None:
        """Wait until the screen has not changed for a while; a cursor that blinks counts as nothing."""
        before, since, until = self.pixels(), time.monotonic(), time.monotonic() + _SOON
        while time.monotonic() < until and time.monotonic() - since < seconds:
            time.sleep(0.2)
            now = self.pixels()
            if sum(one != other for one, other in zip(before[::30], now[::30], strict=True)) > _CURSOR:
                since = time.monotonic()
            before = now

    def shows_another(self, before: bytes) -> bool:
        """Whether so much is unlike an earlier picture that it is another page."""
        return sum(one != other for one, other in zip(before[::30], self.pixels()[::30], strict=True)) > _PAGE

    def dark(self, part: str) -> int:
        """How many dark pixels a part of the screen has («width x height + left + top»): whether words stand there."""
        shown = subprocess.run(
            ["import", "-silent", "-window", "root", "-crop", part, "+repage", "-depth", "8", "gray:-"],
            env=self._settings, capture_output=True, check=True,
        ).stdout
        return sum(value < _DARK for value in shown)

    def photograph(self, place: Path) -> None:
        """Keep a picture of the whole screen."""
        place.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["import", "-silent", "-window", "root", place], env=self._settings, check=True)

    def _do(self, *words: str) -> str:
        return subprocess.run(
            ["xdotool", *words], env=self._settings, capture_output=True, text=True, check=False,
        ).stdout


_BETWEEN = 0.15  # seconds between two keys: slower than a person types
_DARK = 100  # of 255
_PAGE = 1000  # bytes of the same sample that another page changes at least
_CURSOR = 40  # bytes of the sample that a blinking cursor changes at most


@contextmanager
def screen() -> Iterator[Screen]:
    """A screen that nobody else uses, as long as it is needed."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN], pass_fds=[writing],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield Screen(f":{told.readline().strip()}")
    finally:
        server.terminate()
        server.wait()

