"""Tables of any length: all keys at hand, the lines around those in sight fetched off the GUI thread."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Signal
from typing_extensions import override

from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk

PAGE = 64  # lines fetched at once
KEPT = 40  # pages kept at hand

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Key = TypeVar("Key")
Line = TypeVar("Line")


class Paged(QAbstractTableModel, Generic[Key, Line]):
    """Holds keys; a line not at hand yet is empty, is asked for, and is painted again when it came.

    Who derives from it says how many columns there are (`width`) and what fetches some lines (`fetching`).
    """

    filled = Signal()  # lines that were missing are here

    def __init__(self, desk: Desk, keys: Sequence[Key]) -> None:
        super().__init__()
        self._desk, self.keys = desk, keys
        self._pages: OrderedDict[int, Mapping[Key, Line]] = OrderedDict()
        self._asked: set[int] = set()
        self._generation = 0

    def width(self) -> int:
        """Return how many columns there are."""
        raise NotImplementedError

    def fetching(self, keys: Sequence[Key]) -> Callable[[Workspace], Mapping[Key, Line]]:
        """Return what is asked of the workspace for these lines."""
        raise NotImplementedError

    def renew(self) -> None:
        """Ask again for the lines in sight; the keys are the same."""
        self._hold(self.keys)
        if len(self.keys) and self.width():
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.keys) - 1, self.width() - 1))

    def _hold(self, keys: Sequence[Key]) -> None:
        self.keys = keys
        self._generation += 1
        self._pages.clear()
        self._asked.clear()

    def line(self, row: int) -> Line | None:
        """Return a line that is at hand; ask for it where it is not."""
        if not 0 <= row < len(self.keys):
            return None
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            self._ask(number)
            return None
        self._pages.move_to_end(number)
        return page.get(self.keys[row])

    def _ask(self, number: int) -> None:
        if number in self._asked:
            return
        self._asked.add(number)
        fetch, generation = self.fetching(self.keys[number * PAGE : (number + 1) * PAGE]), self._generation
        self._desk.ask(self, fetch, lambda found: self._take(generation, number, found))

    def _take(self, generation: int, number: int, found: Mapping[Key, Line]) -> None:
        if generation != self._generation:
            return
        self._asked.discard(number)
        self._pages[number] = found
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        last = min((number + 1) * PAGE, len(self.keys)) - 1
        self.dataChanged.emit(self.index(number * PAGE, 0), self.index(last, self.width() - 1))
        self.filled.emit()

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.keys)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self.width()
