"""Progress of long work, and the way to stop it."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_USUAL = gc.get_threshold()
_SELDOM = 50_000  # new objects between two looks for cycles, where there are 700 usually

Report = Callable[[int, int], None]  # done, of how many; raises Cancelled when the person wants no more of it


class Cancelled(Exception):
    """Raised inside the work when the person asked it to stop; a transaction it passes through is taken back."""


def beat_of(report: Report | None) -> Callable[[], None] | None:
    """Return the function to call during work whose length nobody knows, so that it can be stopped."""
    return None if report is None else lambda: report(0, 1)


@contextmanager
def few_collections() -> Iterator[None]:
    """Look for cycles of objects seldom: work that makes millions of objects and hardly a cycle takes a fifth less."""
    gc.set_threshold(_SELDOM, *_USUAL[1:])
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL)


class Steps:
    """Counts what is done and reports it every some hundred steps, and at each mark."""

    EVERY = 250

    def __init__(self, report: Report | None, total: int) -> None:
        self._report, self.total, self.done = report, max(total, 1), 0

    def step(self) -> None:
        """Count one more piece of work."""
        self.done += 1
        if self.done % self.EVERY == 0:
            self.mark()

    def mark(self) -> None:
        """Report how far it is; raises Cancelled when the person wants no more of it."""
        if self._report is not None:
            self._report(min(self.done, self.total), self.total)

    def at_least(self, done: int) -> None:
        """Go on from here, where a piece ended before all of its steps were taken."""
        self.done = max(self.done, done)
        self.mark()
