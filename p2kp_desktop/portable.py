"""The program on a stick, with its data beside it once somebody said so; until then data lie on the laptop.

    E:/P2KP/program       the program, a folder with its own Python that no setup has seen
    E:/P2KP/portable.ini  that its data lie beside it; made by the program's own question, and by nobody unasked
    E:/P2KP/Data P2KP     settings, workspaces, backups and all else that is kept

The data lie beside the program and not in it, so that whoever puts a newer folder in its place takes no data away.
What is kept of paths is kept from there on, since the letter of a stick is another one on every laptop.
"""

import configparser
import secrets
from functools import cache
from pathlib import Path

from p2kp_desktop import hardware, versions
from p2kp_desktop.versions import HERE

MARKER, DATA = "portable.ini", "Data P2KP"
_SECTION, _STICK = "portable", "stick"


@cache
def place() -> Path | None:
    """Return the folder beside whose program data may lie; None for a program that is no whole folder."""
    return HERE.root.parent if HERE.kind == versions.FOLDER else None


@cache
def data() -> Path | None:
    """Return the folder of the data beside the program; None where they lie on the laptop."""
    beside = place()
    return beside / DATA if beside is not None and (beside / MARKER).is_file() else None


def begin() -> Path:
    """Keep data beside the program from now on, and return their folder. Raises OSError."""
    beside = place()
    if beside is None:
        raise FileNotFoundError(MARKER)
    (beside / DATA).mkdir(exist_ok=True)
    with (beside / MARKER).open("x", encoding="ascii") as file:
        file.write(f"[{_SECTION}]\n{_STICK} = {secrets.token_hex(8)}\n")
    data.cache_clear()
    return beside / DATA


def sign() -> str:
    """Return the sign of the stick, which takes the machine's place: the same on every laptop; "" without one.

    A folder that was copied to another stick has the sign of that one, so that both never count as one.
    """
    folder = data()
    return hardware.sign_of_volume(_noted(folder.with_name(MARKER)), folder.parent) if folder is not None else ""


def _noted(marker: Path) -> str:
    try:
        read = configparser.ConfigParser()
        read.read_string(marker.read_text(encoding="ascii"))
        return read.get(_SECTION, _STICK, fallback="")
    except (OSError, ValueError, configparser.Error):
        return ""


def kept(path: str) -> str:
    """Return a path as it is kept: from the place of the program on where the data lie there and it does too."""
    beside = place() if data() is not None else None
    inside = beside is not None and path and "://" not in path and Path(path).is_relative_to(beside)
    return Path(path).relative_to(beside).as_posix() if beside is not None and inside else path


def found(path: str) -> str:
    """Return the path that was kept so, for where the program is now."""
    beside = place() if data() is not None else None
    if beside is None or not path or "://" in path or Path(path).is_absolute():
        return path
    return str(beside / path)
