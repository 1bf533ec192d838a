"""Where files live on this machine, what time it says, which program this is.

Every temporary file lies in one private folder under a lock (`environment.bench`), so that the next start knows which
of them a killed process left.
"""

import datetime
import errno
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO

import platformdirs

from p2kp_desktop import __version__, access, hardware, portable

PROGRAM = f"P2KP Desktop {__version__}"
VILLAGE = "Desa latihan"  # the file of the practice village is called so


@cache
def resources() -> Path:
    """Return the folder with the shipped data: of a frozen program, a wheel or a checkout, whichever runs."""
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    places = [*([Path(frozen) / "resources"] if frozen else []), package / "resources", package.parent / "resources"]
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"resources/ is missing beside {package}")


def home() -> Path:
    """Return the folder of this user's program data, or the one beside a program on a stick; P2KP_HOME moves it."""
    chosen = os.environ.get("P2KP_HOME")
    if chosen:
        return Path(chosen)
    return portable.data() or Path(platformdirs.user_data_dir("P2KP Desktop", appauthor=False))


def documents() -> Path:
    """Return the folder of this user's own files, there or not; with P2KP_HOME, or on a stick, it lies in there too.

    So whoever carries the program on a stick, or tries it out, finds everything in one folder and nothing elsewhere.
    """
    is_carried = os.environ.get("P2KP_HOME") or portable.data() is not None
    return home() / "Dokumen" if is_carried else Path(platformdirs.user_documents_dir())


def for_workspaces() -> Path:
    """Return the folder that is proposed for workspaces: among the documents, unless these are synchronised."""
    usual = documents() / "P2KP"
    return Path.home() / "P2KP" if synchroniser(usual) else usual


def synchroniser(folder: Path) -> str:
    """Return the program that copies a folder to a server and to other machines while it is written to; "" for none.

    It locks files, and puts half a database, or a second one under another name, on the other laptop.
    """
    roots = [Path(os.environ[name]) for name in _ONEDRIVE if os.environ.get(name)]
    if any(folder.is_relative_to(root) for root in roots):
        return "OneDrive"
    below = [each for each in (folder, *folder.parents) if each.parent == Path.home()]
    return next((name for each in below for name in _SYNCHRONISERS if _is_of(each.name, name)), "")


_ONEDRIVE = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_SYNCHRONISERS = ("OneDrive", "Dropbox", "Google Drive", "My Drive", "iCloudDrive")  # folders of theirs at home


def _is_of(folder: str, name: str) -> bool:
    return folder == name or folder.startswith((f"{name} -", f"{name} ("))


def keep_private() -> None:
    """Let everything this process writes from now on, and what it wrote before, be readable by its user alone."""
    access.keep_private()
    access.close(home())


@contextmanager
def bench() -> Iterator[Path]:
    """A folder for files that are needed for a moment, on the internal disk, for this user alone, gone afterwards.

    Every temporary file of the program lies in such a folder. One left by a process that was killed is taken away by
    `sweep_benches`, for what lies in it may be a bundle in clear. Raises OSError where there is no room for it.
    """
    place = _benches()
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder, mark = _held_bench(place)
    try:
        with mark:
            yield folder
    finally:
        _clear(folder)


def _held_bench(place: Path) -> tuple[Path, IO[bytes]]:
    """Make a bench and hold it; one that a sweep met before it was held is left to the sweep. Raises OSError."""
    for left in reversed(range(_TRIES)):
        folder = Path(tempfile.mkdtemp(dir=place))  # 0700
        mark = (folder / _IN_USE).open("wb")
        try:
            _hold(mark)
        except OSError:
            mark.close()
            shutil.rmtree(folder, ignore_errors=True)
            if not left:
                raise
            continue
        if (folder / _IN_USE).exists():
            return folder, mark
        mark.close()
    raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))


def sweep_benches() -> None:
    """Take away what killed processes left in their benches; a bench that a living process holds stays."""
    for folder in _benches().glob("*"):
        with suppress(OSError):
            _sweep(folder)


def _sweep(folder: Path) -> None:
    """Take a bench away; without its mark it may be at its very beginning. Raises OSError for one that is held."""
    try:
        with (folder / _IN_USE).open("rb+") as mark:
            _hold(mark)  # so that nobody begins with it meanwhile
            _clear(folder)
    except FileNotFoundError:
        if not _is_left(folder):
            return
    shutil.rmtree(folder, ignore_errors=True)  # again, where an open file cannot be deleted


def half_made(folder: Path, name: str = "*") -> list[Path]:
    """Return the copies in a folder that are not finished, of files so called, and what SQLite keeps beside one.

    Only the very end of a name tells: a file of somebody's, or the backup of a workspace, may be called «x.part2.p2kp».
    """
    return sorted(path for end in _HALF for path in folder.glob(f"{name}{end}"))


def _clear(folder: Path) -> None:
    """Overwrite what lies in a bench, for it may be a bundle in clear, and take all of it away; raises nothing."""
    for path in folder.rglob("*"):
        with suppress(OSError):
            told = path.lstat()
            if stat.S_ISREG(told.st_mode) and told.st_nlink == 1 and path.name != _IN_USE:
                with path.open("rb+") as file:
                    for _piece in range(0, told.st_size, _PIECE):
                        file.write(bytes(_PIECE))
                    file.truncate(told.st_size)
    shutil.rmtree(folder, ignore_errors=True)


def take_away_left(found: Iterable[Path]) -> None:
    """Take away files and folders that nobody has touched for five minutes: a killed process left them."""
    for path in list(found):
        with suppress(OSError):
            if not _is_left(path):
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()


_IN_USE = "dipakai"
_PIECE = 1 << 16
_HALF = (".part", ".part-journal", ".part-wal", ".part-shm")
_TRIES = 5  # to make a bench that no sweep meets first
_LEFT = 300  # seconds without a byte: whoever writes a copy touches it all the time


def _is_left(path: Path) -> bool:
    return time.time() - path.stat().st_mtime >= _LEFT


def _benches() -> Path:
    return home() / "Sementara"


def _hold(mark: IO[bytes]) -> None:
    """Lock an open file until it is closed, which the system does for a process that is killed. Raises OSError."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(mark.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)


def machine() -> str:
    """Return a short sign that tells this machine, or the stick that carries all, from others; "" where nothing tells.

    It never tells its owner.
    """
    return portable.sign() or hardware.sign()


def is_machine(sign: str) -> bool:
    """Say whether a sign noted before may be that of this machine; one that tells nothing may be anybody's."""
    return hardware.same(sign, machine())


def moment() -> datetime.datetime:
    """Return the device time with its zone: the one place where the clock of this machine is read."""
    return datetime.datetime.now().astimezone()


def now() -> str:
    """Return the device time with its zone, to the second, as ISO 8601. It is shown, never compared."""
    return moment().isoformat(timespec="seconds")


def today() -> datetime.date:
    """Return the day this machine believes in."""
    return datetime.date.fromisoformat(now()[:10])


def this_year() -> int:
    """Return the year this machine believes in."""
    return today().year
