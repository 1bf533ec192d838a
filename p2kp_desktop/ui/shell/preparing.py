"""Loads the modules of places that nobody went to yet, one at a time and while nobody types.

The window starts with what its first place needs; without this the first visit to another one would stand still for
the tenths of a second, on a slow disk more, that loading takes.
"""

from collections.abc import Callable, Iterable
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QWindow
from typing_extensions import override

EVERY = 300  # milliseconds from one module to the next
QUIET = 4.0  # seconds without a key or a click before anything is loaded
_BUSY = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class Preparing(QObject):
    """Does these things one by one in quiet moments, then nothing more."""

    def __init__(self, parent: QObject, things: Iterable[Callable[[], object]], *, quiet: float = QUIET) -> None:
        super().__init__(parent)
        self._things, self._quiet, self._last = iter(tuple(things)), quiet, 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._go_on)

    def begin(self, window: QWindow) -> None:
        """Wait for the first moment in which no key and no click comes to this window."""
        self._last = monotonic()
        window.installEventFilter(self)
        self._timer.start()

    @property
    def is_done(self) -> bool:
        """Say whether nothing is left to do."""
        return not self._timer.isActive()

    @property
    def is_quiet(self) -> bool:
        """Say whether no key and no click came for a while."""
        return monotonic() - self._last >= self._quiet

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _BUSY:
            self._last = monotonic()
        return False

    def _go_on(self) -> None:
        if not self.is_quiet:
            return
        thing = next(self._things, None)
        if thing is not None:
            thing()
            return
        self._timer.stop()
