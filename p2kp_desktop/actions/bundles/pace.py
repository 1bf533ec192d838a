"""How far the writing of a bundle is, in steps that take about the same time each, so that an estimate holds."""

from collections.abc import Iterable, Iterator
from math import ceil
from time import monotonic
from typing import TypeVar

from p2kp_desktop.actions.common.long_work import Report
from p2kp_desktop.language import say

T = TypeVar("T")

_RECORD, _SAVE = 6, 1  # how long a record and a save take, against each other
_FINISH, _COPY = 8, 10  # per cent of that for closing the workbook, and for copying and reading back
_OFTEN = 0.05  # seconds between two reports
_FIRST, _MINUTE = 1.0, 60  # seconds: before the first no estimate holds


def left_words(done: int, total: int, seconds: float) -> str:
    """Return how far it is and how long it still takes, judged by the seconds it took so far."""
    share = f"{100 * done // max(total, 1)} %"
    if seconds < _FIRST or not done:
        return share
    left = ceil(seconds * (total - done) / done)
    if left < _MINUTE:
        return say("{share} · kira-kira {number} detik lagi", share=share, number=max(left, 1))
    return say("{share} · kira-kira {number} menit lagi", share=share, number=ceil(left / _MINUTE))


class Pace:
    """Counts what is done and reports it, not too often; what the report raises passes through."""

    def __init__(self, report: Report | None, records: int, saves: int) -> None:
        self._report = report
        self._rows = max(_RECORD * records + _SAVE * saves, 100)
        self._done, self._told = 0, 0.0

    def records(self, found: Iterable[T]) -> Iterator[T]:
        """Yield the records, counting them."""
        return self._counted(found, _RECORD)

    def saves(self, found: Iterable[T]) -> Iterator[T]:
        """Yield the rows of history, counting them."""
        return self._counted(found, _SAVE)

    def _counted(self, found: Iterable[T], weight: int) -> Iterator[T]:
        for each in found:
            yield each
            self._done += weight
            self._tell(min(self._done, self._rows))

    def built(self) -> None:
        """Say that the file is whole on the internal disk."""
        self._tell(self._rows * (100 + _FINISH) // 100, now=True)

    def copied(self, done: int, total: int) -> None:
        """Say how much of the file is on the stick."""
        share = self._rows * _COPY * done // max(total, 1)
        self._tell((self._rows * (100 + _FINISH) + share) // 100, now=done == total)

    def _tell(self, done: int, *, now: bool = False) -> None:
        if self._report is None or (not now and monotonic() - self._told < _OFTEN):
            return
        self._told = monotonic()
        self._report(done, self._rows * (100 + _FINISH + _COPY) // 100)
