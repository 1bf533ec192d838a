"""Collects garbage on the GUI thread alone, a little at a time.

Python would do it in whatever thread is at work: there a Qt object of a closed page is taken apart by a thread that it
does not belong to, which crashes, and all that lives is gone through at once, which stops the window for tenths of a
second while a large table comes in. With 5,000 households on the screen that takes 0.1 s, and twice that where a window
was closed: it waits for a moment in which nobody types, and no opening waits for it.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

EVERY = 250  # milliseconds from one look at what is new to the next
_LOOKS_FOR_ALL = 240  # looks from one time that everything is gone through to the next, at least: a minute
_YOUNG = 1  # the generation up to which objects count as new


class Sweeping(QObject):
    """Python's collector, moved to the GUI thread; `is_quiet` says whether nobody types."""

    def __init__(self, parent: QObject, is_quiet: Callable[[], bool] = lambda: True) -> None:
        super().__init__(parent)
        self._is_quiet = is_quiet
        self._looks = 0
        self._left_alone = False  # the program itself is
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.sweep)

    def begin(self) -> None:
        """Take over from Python's own collector."""
        gc.disable()
        self._timer.start()

    def leave_alone(self) -> None:
        """Keep everything that lives now, which is the program itself, out of later looks.

        Once only: at the next opening the window of the one before lives too, which is to be found when it is closed.
        """
        if self._timer.isActive() and not self._left_alone:
            gc.freeze()
            self._left_alone = True

    def sweep(self) -> None:
        """Collect what is new; once a minute, as soon as nobody types, everything."""
        self._looks += 1
        if self._looks < _LOOKS_FOR_ALL or not self._is_quiet():
            gc.collect(_YOUNG)
        else:
            self._looks = 0
            gc.collect()

    def end(self) -> None:
        """Hand back to Python's own collector."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
