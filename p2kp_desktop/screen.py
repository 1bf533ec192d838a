"""What a window needs of the system: a screen, and the shared libraries that Qt loads; known before Qt is imported.

Where something lacks, Qt itself ends the process with words of its own that help nobody.
"""

import ctypes
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from p2kp_desktop.language import say


@dataclass(frozen=True)
class Library:
    """A shared library by the name the loader knows, and its Debian package's names, newest first."""

    soname: str
    packages: tuple[str, ...]


QT_OFFSCREEN = (
    Library("libglib-2.0.so.0", ("libglib2.0-0t64", "libglib2.0-0")),
    Library("libGL.so.1", ("libgl1",)),
    Library("libEGL.so.1", ("libegl1",)),
    Library("libxkbcommon.so.0", ("libxkbcommon0",)),
    Library("libdbus-1.so.3", ("libdbus-1-3",)),
    Library("libfontconfig.so.1", ("libfontconfig1",)),
)

QT_SCREEN = (
    *QT_OFFSCREEN,
    Library("libxcb-cursor.so.0", ("libxcb-cursor0",)),
    Library("libxcb-icccm.so.4", ("libxcb-icccm4",)),
    Library("libxcb-keysyms.so.1", ("libxcb-keysyms1",)),
    Library("libxcb-shape.so.0", ("libxcb-shape0",)),
    Library("libxkbcommon-x11.so.0", ("libxkbcommon-x11-0",)),
)


APPLICATION = "P2KP.Desktop"  # the shortcuts of the setup have it too (packaging/windows)


def introduce() -> None:
    """Tell Windows which program this is: else the taskbar takes its windows for those of Python."""
    if sys.platform == "win32":
        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APPLICATION)


def has_screen() -> bool:
    """Say whether a window can be shown here."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def lacking(libraries: Sequence[Library]) -> list[Library]:
    """Those of the libraries that the loader does not find; none on systems other than Linux, where Qt brings all."""
    return [library for library in libraries if sys.platform == "linux" and not _loads(library)]


def objection() -> str:
    """Say why no window can be opened here and what to do; "" where one can."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if not chosen and not has_screen():
        return say("P2KP Desktop perlu layar, dan di sini tidak ada. Data Anda aman. Masuklah ke desktop lalu buka "
                   "lagi, atau pakai perintah p2kp. (Kode S01)")
    missing = lacking(QT_SCREEN if not chosen or chosen.startswith("xcb") else QT_OFFSCREEN)
    if not missing:
        return ""
    return say(
        "P2KP Desktop belum dapat dibuka: sistem ini kekurangan {libraries}. Data Anda aman. Minta pengelola laptop "
        "menjalankan sekali: sudo apt-get install -y {packages} (Kode S02)",
        libraries=", ".join(each.soname for each in missing), packages=" ".join(each.packages[0] for each in missing),
    )


def _loads(library: Library) -> bool:
    try:
        ctypes.CDLL(library.soname)
    except OSError:
        return False
    return True
