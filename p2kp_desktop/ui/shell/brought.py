"""What is named behind the program's name, mostly by a double click: a workspace to open, and files to receive in it.

Files wait until a workspace stands open and nobody locked it; a second start hands its own to the window that is open
already. They are only looked at: what comes of them is a rehearsal, and somebody decides.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

ENDINGS = (".segel", ".xlsx", ".p2kpupdate")  # of bundles and of the program's updates


@dataclass(frozen=True)
class Named:
    """A workspace, "" for that of last time, and files by their whole path."""

    workspace: str
    files: tuple[str, ...]


def named(words: Sequence[str]) -> Named:
    """Tell apart what was named: what ends like a bundle is received, and the first other word is a workspace."""
    files = tuple(word for word in words if PurePath(word).suffix.lower() in ENDINGS)
    others = [word for word in words if word not in files]
    return Named(others[0] if others else "", tuple(map(os.path.abspath, files)))


def receive(go: Callable[[Any], object], files: tuple[str, ...]) -> None:
    """Go where bundles are received, and show what is in files; `go` takes a Destination."""
    from p2kp_desktop.ui.place import TRANSFER, Destination  # of the core, which a start does not wait for

    go(Destination(TRANSFER, tab="receive", files=files))


class Brought:
    """Files that wait for a window; `show` shows them there, and says whether it could."""

    def __init__(self, show: Callable[[tuple[str, ...]], bool]) -> None:
        self._show = show
        self.files: tuple[str, ...] = ()

    def add(self, files: Sequence[str]) -> None:
        """Have these shown too, now or as soon as there is a window; each waits once."""
        self.files = tuple(dict.fromkeys([*self.files, *named(files).files]))
        self.hand_over()

    def hand_over(self) -> None:
        """Show what waits, if that can be."""
        if self.files and self._show(self.files):
            self.files = ()
