"""What was typed and is not on disk yet: held in memory, whoever typed it, until the disk acknowledges it.

While the disk writes, each sheet goes there at once, one at a time and always the newest. When it does not (full,
pulled, broken) the sheets stay here, are tried again by themselves and with the next key, and the window says so.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, cast

from PySide6.QtCore import QObject, QTimer, Signal

from p2kp_desktop.language import Trouble
from p2kp_desktop.store import Workspace

log = logging.getLogger(__name__)

AGAIN = 5_000  # milliseconds until it is tried again


@dataclass(frozen=True, eq=False)
class Sheet:
    """One state of what is typed about one thing, and how it is put on disk.

    `name` is what people call it, "" where nothing typed is lost without it; `place`, `record` and `tab` say where it
    is opened again, with `hands` as it was left.
    """

    key: str
    name: str
    write: Callable[[Workspace], Any]
    touches: frozenset[str]
    place: str = ""
    record: str = ""
    tab: str = ""
    hands: object = None


class Writing(Protocol):
    """What the desk is to it: a way to change something."""

    def change(
        self, owner: QObject, action: Callable[[Workspace], Any], then: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None, *, touches: frozenset[str],
    ) -> object:
        """Carry an action out after those before it."""


class Unsaved(QObject):
    """Holds the newest sheet of each thing until it is on disk; `trouble` is why that fails now."""

    changed = Signal()  # what is held in memory only, or why
    kept = Signal(object, object)  # a Sheet that is on disk, and what writing it returned
    failed = Signal(object, object)  # a Sheet that is not, and the Exception
    recovered = Signal(object)  # names of what was held and is on disk now, though not by a save

    def __init__(self, desk: QObject) -> None:
        super().__init__(desk)  # it is asked for as the parent: two that hold each other would end on any thread
        self._held: dict[str, Sheet] = {}
        self._in_line: set[Sheet] = set()  # handed to the disk, or going there with a save
        self._waiting: dict[str, list[Callable[[bool], object]]] = {}
        self._names: dict[str, str] = {}  # of what was held since there is trouble
        self.trouble: Exception | None = None
        self._timer = QTimer(self, singleShot=True, interval=AGAIN)
        self._timer.timeout.connect(self.flush)

    @property
    def typed(self) -> list[Sheet]:
        """Return the typed sheets that are not on disk, the newest last; without trouble they are on their way."""
        return [sheet for sheet in self._held.values() if sheet.name]

    def of(self, key: str) -> Sheet | None:
        """Return the newest sheet that is held about a thing, None for none."""
        return self._held.get(key)

    def hold(self, sheet: Sheet) -> None:
        """Hold the newest state of a thing, and put it on disk as soon as the disk is idle."""
        self._hold(sheet)
        if not self._in_line:
            self._write(sheet)

    def hold_for_save(self, sheet: Sheet) -> None:
        """Hold what a save that is put in line now will bring to disk."""
        self._hold(sheet)
        self._in_line.add(sheet)

    def _hold(self, sheet: Sheet) -> None:
        self._held.pop(sheet.key, None)
        self._held[sheet.key] = sheet
        self._names.pop(sheet.key, None)
        if self.trouble is not None:
            self._note_names()
            self.changed.emit()

    def saved(self, sheet: Sheet) -> None:
        """Let go of what a save brought to disk; what was typed since, here or elsewhere, goes there now."""
        self._names.pop(sheet.key, None)
        self._end(sheet, done=True)
        self._write_next()

    def not_saved(self, sheet: Sheet, then: Callable[[bool], object]) -> None:
        """Put what a save did not bring to disk there by itself; then tell whether it is there."""
        self._in_line.discard(sheet)
        newest = self._held.get(sheet.key)
        if newest is None:
            then(True)  # a newer state is there already
            return
        self._waiting.setdefault(sheet.key, []).append(then)
        if newest not in self._in_line:
            self._write(newest)

    def let_all_go(self) -> None:
        """Hold nothing any longer: whoever typed it gave it up."""
        self._held.clear()
        self._look()

    def flush(self) -> None:
        """Put what is not in line yet in line, before whatever is changed next."""
        for sheet in list(self._held.values()):
            if sheet not in self._in_line:
                self._write(sheet)

    def _write(self, sheet: Sheet) -> None:
        self._in_line.add(sheet)
        cast(Writing, self.parent()).change(
            self, sheet.write, lambda result: self._kept(sheet, result), lambda error: self._failed(sheet, error),
            touches=sheet.touches,
        )

    def _kept(self, sheet: Sheet, result: object) -> None:
        self._end(sheet, done=True)
        self.kept.emit(sheet, result)
        self._write_next()

    def _write_next(self) -> None:
        """Put on disk what was typed while the disk was busy."""
        following = next((each for each in self._held.values() if each not in self._in_line), None)
        if following is not None and not self._in_line:
            self._write(following)

    def _end(self, sheet: Sheet, *, done: bool) -> None:
        """Note how a sheet fared, and tell whoever waits to know."""
        self._in_line.discard(sheet)
        if done and self._held.get(sheet.key) is sheet:
            del self._held[sheet.key]
        if done:
            self._look()
        newest = self._held.get(sheet.key)
        if newest is None or newest is sheet:
            for then in self._waiting.pop(sheet.key, []):
                then(done)

    def _look(self) -> None:
        """Notice when nothing is held any more after there was trouble."""
        if self.trouble is None:
            return
        if self._held:
            self.changed.emit()
            return
        self.trouble = None
        self._timer.stop()
        names, self._names = list(self._names.values()), {}
        self.changed.emit()
        if names:
            self.recovered.emit(names)

    def _note_names(self) -> None:
        self._names |= {each.key: each.name for each in self.typed}

    def _failed(self, sheet: Sheet, error: Exception) -> None:
        if not isinstance(error, Trouble):
            log.error("what was typed could not be put on disk", exc_info=error)
        if self._held:
            self.trouble = error
            self._note_names()
            self._timer.start()
        self._end(sheet, done=False)
        self.changed.emit()
        self.failed.emit(sheet, error)
