"""Collects garbage on the GUI thread alone, a little at a time.

Python would do it in whatever thread is at work: there a Qt object of a closed page is taken apart by a thread that it
does not belong to, which crashes, and all that lives is gone through at once, which stops the window for tenths of a
second while a large table comes in.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 250  # milliseconds from one look at what is new to the next
_LOOKS_FOR_ALL = 240  # looks from one time that everything is gone through to the next: a minute
_YOUNG = 1  # the generation up to which objects count as new


class Sweeping(QObject):
    """Python's collector, moved to the GUI thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._looks = 0
        self._left_alone = False  # something was, since a workspace was opened
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.sweep)

    def begin(self) -> None:
        """Take over from Python's own collector."""
        gc.disable()
        self._timer.start()

    def leave_alone(self) -> None:
        """Keep everything that lives now, which is the program itself, out of later looks.

        What was left alone before is gone through once more: the workspace that was open then may be closed.
        """
        if self._timer.isActive():
            if self._left_alone:
                gc.unfreeze()
                gc.collect()
            gc.freeze()
            self._left_alone = True

    def sweep(self) -> None:
        """Collect what is new; once a minute everything."""
        self._looks += 1
        if self._looks % _LOOKS_FOR_ALL:
            gc.collect(_YOUNG)
        else:
            gc.collect()

    def end(self) -> None:
        """Hand back to Python's own collector."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
