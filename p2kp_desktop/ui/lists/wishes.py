"""Asking for what is wanted now: while one answer is on its way, only the last wish is remembered."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk

Wish = TypeVar("Wish")
Found = TypeVar("Found")


class Wishes(Generic[Wish, Found]):
    """`wish` says what is wanted at the moment of asking, None for nothing; `take` gets each answer with its wish."""

    def __init__(
        self, desk: Desk, owner: QObject, wish: Callable[[], Wish | None],
        answer: Callable[[Workspace, Wish], Found], take: Callable[[Wish, Found], object],
    ) -> None:
        self._desk, self._owner = desk, owner
        self._wish, self._answer, self._take_found = wish, answer, take
        self.busy = self._again = False

    def ask(self) -> None:
        """Ask for what is wanted now, as soon as the answer before has come."""
        wish = self._wish()
        if self.busy or wish is None:
            self._again = wish is not None
            return
        self.busy = True
        self._desk.ask(
            self._owner, lambda workspace: self._answer(workspace, wish), lambda found: self._take(wish, found),
            self._failed,
        )

    def _take(self, wish: Wish, found: Found) -> None:
        self.busy = False
        if self._again:
            self._again = False
            self.ask()
        self._take_found(wish, found)

    def _failed(self, error: Exception) -> None:
        self.busy = self._again = False
        self._desk.failed.emit(error)
