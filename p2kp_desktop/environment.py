"""Where files live on this machine, what time it says, which program this is."""

import datetime
import os
import sys
from functools import cache
from pathlib import Path

import platformdirs

from p2kp_desktop import __version__, hardware

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
    """Return the folder of this user's program data; P2KP_HOME moves it, for tests and portable use."""
    chosen = os.environ.get("P2KP_HOME")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("P2KP Desktop", appauthor=False))


def machine() -> str:
    """Return a short sign that tells this machine from others, not its owner; "" where nothing tells."""
    return hardware.sign()


def is_machine(sign: str) -> bool:
    """Say whether a sign noted before may be that of this machine; one that tells nothing may be anybody's."""
    return hardware.same(sign, machine())


def now() -> str:
    """Return the device time with its zone, to the second, as ISO 8601. It is shown, never compared."""
    return datetime.datetime.now().astimezone().isoformat(timespec="seconds")


def today() -> datetime.date:
    """Return the day this machine believes in."""
    return datetime.datetime.now().astimezone().date()


def this_year() -> int:
    """Return the year this machine believes in."""
    return today().year
