"""Files that cannot be reached for a moment: another program holds one, its disk was pulled, or it cannot be written.

A virus scan, a synchronising folder or a backup tool holds a file for tenths of a second. It is tried again within a
second, and only then told, by what it is and never as damage: whoever is told that a good file is damaged throws it
away.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from p2kp_desktop.language import Trouble, say

T = TypeVar("T")

HELD = "R22"
_TRIES = 5
_PAUSE = 0.2  # seconds; together one second


def patiently(act: Callable[[], T], path: Path) -> T:
    """Do something with a file, again within a second while another program holds it.

    Raises Trouble where it still does then, and any other OSError as it is.
    """
    for left in reversed(range(_TRIES)):
        try:
            return act()
        except PermissionError as error:
            if not left or path.is_dir():
                raise held(path) from error
            time.sleep(_PAUSE)
    raise AssertionError("the last try returns or raises")


def held(path: Path) -> Trouble:
    """What is told of a file that is there and that this program may not have now."""
    return Trouble(
        say("Berkas {name} sedang dipakai program lain, atau Anda tidak berhak membukanya.", name=path.name),
        safe="Berkasnya utuh dan tidak disentuh.",
        remedy="Tunggu sebentar, atau tutup program yang memakainya (OneDrive, antivirus, program cadangan), lalu coba "
               "lagi.", code=HELD,
    )


def head(path: Path, length: int) -> bytes:
    """Return the first bytes of a file; raises Trouble where another program holds it, OSError where it is gone."""
    def read() -> bytes:
        with path.open("rb") as file:
            return file.read(length)

    return patiently(read, path)


def is_read_only(path: Path) -> bool:
    """Say whether nothing can be written where the file lies: a locked stick, a disc, a folder of somebody else."""
    return not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK))


def is_readable(path: Path) -> bool:
    """Say whether every byte of a file can be read: what looks like damage may be a disk that is gone."""
    try:
        with path.open("rb") as file:
            while file.read(1 << 20):
                pass
    except OSError:
        return False
    return True
