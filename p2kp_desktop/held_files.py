"""Files that another program holds for a moment: tried again within a second, then told as held, never as damaged.

A virus scan, a synchronising folder or a backup tool holds a file for tenths of a second, Excel for as long as it shows
one. Windows then refuses to open, replace or rename it; on Linux only rights that lack say the same. Whoever is told
that a good file is damaged throws it away.
"""

import errno
import os
import time
from collections.abc import Callable
from io import BufferedReader
from pathlib import Path
from typing import TypeVar

from p2kp_desktop.language import Trouble, say

T = TypeVar("T")

HELD = "R22"
_TRIES = 5
_PAUSE = 0.2  # seconds; together not quite one second


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


def opened(path: Path) -> BufferedReader:
    """Open a file for reading. Raises Trouble where another program holds it, OSError where there is none."""
    if path.is_dir():  # which Windows refuses in the words for a file that is held
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    return patiently(lambda: path.open("rb"), path)


def put(part: Path, target: Path) -> None:
    """Put a finished file in its place, whatever stood there.

    Raises Trouble where another program holds one of the two, OSError where nobody may write in that folder.
    """
    if os.access(target.parent, os.W_OK):
        patiently(lambda: part.replace(target), target if target.exists() else part)
    else:
        part.replace(target)


def behind(error: BaseException) -> Trouble | None:
    """Give the words for a file that an error tells to be held, where nobody nearer to it did; None for any other."""
    if isinstance(error, PermissionError) and error.filename:
        return held(Path(str(error.filename)))
    return None


def held(path: Path) -> Trouble:
    """What is told of a file that is there and that this program may not have now."""
    return Trouble(
        say("Berkas {name} sedang dipakai program lain, atau Anda tidak berhak membukanya.", name=path.name),
        safe="Berkasnya utuh dan tidak disentuh.",
        remedy="Tutup berkas itu di program yang memakainya (Excel, OneDrive, antivirus, program cadangan) atau tunggu "
               "sebentar, lalu coba lagi.", code=HELD,
    )
