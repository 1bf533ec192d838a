"""Through which rooms one letter goes: from the key on question 12 to its draft on disk and the painted screen.

A room is a module of the program. The practice village is opened in the real form, without a screen; question 12 of a
new household is answered once, so that everything is warm, and then once more, watched. A change of room is a call
from one module, or from Qt, into another; the returns, as many again, are not counted. All is counted, on the thread
of the window and on the one that writes. `--met` lists every room met in its order, with how often it was entered.
"""

import gc
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from steps import ROOT

ASKED = "12"  # the printed number of the question that is answered
WORST = 12  # pairs of rooms that are listed
PAINTING = ("ui/kit", "ui/look")
T = TypeVar("T")


@dataclass
class Way:
    """The rooms met in their order with how often each was entered, the changes between two, and all calls."""

    entered: Counter[str] = field(default_factory=Counter)
    changes: Counter[tuple[str, str]] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Watch what this thread does meanwhile."""
        sys.setprofile(self._step)
        try:
            yield
        finally:
            sys.setprofile(None)

    def _step(self, frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and (room := _room(frame)):
            self.calls[f"{room}.{frame.f_code.co_qualname}"] += 1
            before = _room_around(frame.f_back)
            if room != before:
                self.entered[room] += 1
                self.changes[before, room] += 1

    @property
    def painting(self) -> int:
        """Return how many changes lead into the rooms that only paint and measure words."""
        return sum(count for (_, room), count in self.changes.items() if room.startswith(PAINTING))

    @property
    def worst(self) -> list[tuple[tuple[str, str], int]]:
        """Return the pairs of rooms between which most goes to and fro."""
        found: Counter[tuple[str, str]] = Counter()
        for (one, other), count in self.changes.items():
            found[min(one, other), max(one, other)] += count
        return found.most_common(WORST)


_PROGRAM = str(ROOT / "p2kp_desktop") + os.sep


def _room(frame: FrameType) -> str:
    """Return the module a frame runs in, "" for one that is not of the program."""
    path = frame.f_code.co_filename
    return path.removeprefix(_PROGRAM).removesuffix(".py").replace(os.sep, "/") if path.startswith(_PROGRAM) else ""


def _room_around(frame: FrameType | None) -> str:
    """Return the nearest module of the program around a frame, "Qt" where there is none."""
    while frame is not None:
        if room := _room(frame):
            return room
        frame = frame.f_back
    return "Qt"


def walk(folder: Path) -> Way:
    """Press a letter on question 12 in a practice village, until its draft is on disk and the screen is painted."""
    from PySide6.QtWidgets import QApplication

    from p2kp_desktop.actions.practice import first_start
    from p2kp_desktop.ui.look import theme

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application)
    way = Way()
    with first_start.begin_practice("Rani", folder) as workspace:
        form = Form(workspace)
        form.lead_to(ASKED)
        form.press("a")
        form.lead_to(ASKED)
        with _nothing_thrown_away():
            form.press("b", way)
        form.close()
    return way


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Collect garbage before and not meanwhile: what is thrown away at some moment belongs to no key."""
    collects = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class Form:
    """A new household in the form, as large as a window leaves for it."""

    def __init__(self, workspace: Any) -> None:
        from PySide6.QtWidgets import QApplication

        from p2kp_desktop.store.facts import facts
        from p2kp_desktop.ui.desk import Desk
        from p2kp_desktop.ui.form.place import FormPlace
        from p2kp_desktop.ui.place import Destination, Scope

        class WatchedDesk(Desk):
            """Lets what runs on other threads be watched as well."""

            way: Way | None = None

            def change(self, owner: Any, action: Callable[[Any], T], *further: Any, **named: Any) -> Any:
                way = self.way

                def seen(workspace: Any) -> T:
                    if way is None:
                        return action(workspace)
                    with way.watched():
                        return action(workspace)

                return super().change(owner, seen, *further, **named)

        self._turn = QApplication.processEvents
        self.desk = WatchedDesk(workspace)
        self.place = FormPlace(self.desk)
        self.place.resize(1310, 624)
        self.place.show()
        self.place.activateWindow()
        with workspace.asking() as connection:
            area = facts(connection).regions[0]
        self.place.enter(Destination("form", form="household"), Scope(area, "001/001", "2026"))
        self.settle()

    def settle(self) -> None:
        """Let what is under way come to its end, painting included; waiting itself calls nothing that is counted."""
        under_way = [pool.courier.tasks for pool in (self.desk.writing, self.desk.reading)]
        self._turn()
        while any(under_way):
            self._turn()
        self._turn()

    def lead_to(self, number: str) -> None:
        """Go to the question with this printed number."""
        keying = self.place.keying
        assert keying is not None
        self.place.hands.go(next(each.key for each in keying.form.questions if each.number == number))
        self.settle()

    def press(self, letter: str, way: Way | None = None) -> None:
        """Press a letter where the focus is."""
        from PySide6.QtTest import QTest

        self.desk.way = way
        if way is None:
            QTest.keyClicks(self.place.sheet.column.focused, letter)
            self.settle()
            return
        with way.watched():
            QTest.keyClicks(self.place.sheet.column.focused, letter)
            self.settle()

    def close(self) -> None:
        """Leave as a person does."""
        self.place.may_leave()
        self.settle()
        self.place.close()
        self.place.deleteLater()


def told(way: Way, *, met: bool = False) -> str:
    """Return the figures in words, and where most goes to and fro."""
    lines = [
        f"One letter on question {ASKED}: {len(way.entered)} rooms, {sum(way.changes.values())} changes of room, "
        f"{sum(way.calls.values())} calls.",
        f"Of the changes {way.painting} lead into {' and '.join(PAINTING)}, which paint.",
        "", "Most to and fro:",
        *(f"  {count:5}  {one} ↔ {other}" for (one, other), count in way.worst),
    ]
    if met:
        lines += ["", "In the order they are met, and how often:"]
        lines += [f"  {count:5}  {room}" for room, count in way.entered.items()]
        lines += ["", "Most called:", *(f"  {count:5}  {name}" for name, count in way.calls.most_common(3 * WORST))]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Walk once and print what was met."""
    with tempfile.TemporaryDirectory(prefix="p2kp-walk-", ignore_cleanup_errors=True) as name:
        os.environ.setdefault("P2KP_HOME", str(Path(name) / "home"))
        print(told(walk(Path(name)), met="--met" in arguments))


if __name__ == "__main__":
    main(sys.argv[1:])
    sys.stdout.flush()
