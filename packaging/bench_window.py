"""How quick the form is under the fingers, on a workspace of 5,000 households, without a screen.

Prints one line of JSON: milliseconds from a key to the painted next question (validation and hand-over of the
draft included), from Ctrl+Enter to the painted next form and to the save on disk, and for moving what was saved
from SQLite's log into the file; megabytes of memory with the window open and after the work; what ten
questionnaires cost in keys; and, on 50,000 households, milliseconds from a letter in the search field to the
painted rows.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import bench

FORMS_KEYED = 25
SEARCHED, SEARCHED_PER_RT = 50_000, 100
CLEARED = "\x7f"  # between two words
WORDS = ("siti", "nurhayati", "m.nasir hidayat", "zz", "12", "dewi y")
RT, PERIOD = "050/001", "2026"


def measure(folder: Path) -> dict[str, float]:
    """Fill a workspace, key households into it, and return the figures."""
    bench.measure(bench.put_all, folder)  # in a process of its own, so that the memory here is the window's
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    with bench._open(folder, "all") as workspace:
        typist = Typist(workspace)
        typist.open()
        idle = resident_mb()
        for _ in range(FORMS_KEYED):
            typist.key_household()
        work = resident_mb()
        cost = typist.key_papers()
        typist.close()
    bench.measure(put_many, folder, script=__file__)
    found = search(folder)
    del application
    memory = {"idle_mb": round(idle, 1), "work_mb": round(work, 1), "households": bench.HOUSEHOLDS}
    return {**typist.figures(), **memory, **cost, **found}


def put_many(folder: Path) -> None:
    """Save as many households as a district has, in RTs of a hundred."""
    from p2kp_desktop.actions.recording import recording
    from p2kp_desktop.forms.household import Household

    some = bench.households()
    with bench._open(folder, "many") as workspace:
        for start in range(0, SEARCHED, len(some)):
            lines = [
                (number, given | {"rt": f"{number // SEARCHED_PER_RT + 1:03d}/001", "building": str(number)})
                for number, given in enumerate(some, start)
            ]
            recording.record_all(workspace, Household, lines, origin="bench")


def search(folder: Path) -> dict[str, float]:
    """Type words letter by letter into the search of all those households; return the figures."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from p2kp_desktop.ui.collecting.household_list import HouseholdList
    from p2kp_desktop.ui.desk import Desk

    with bench._open(folder, "many") as workspace:
        desk = Desk(workspace)
        shown = HouseholdList(desk, with_rt=True)
        shown.resize(1100, 500)
        shown.show()
        shown.activateWindow()

        def settle() -> None:
            shown.repaint()
            QApplication.processEvents()
            while desk.tasks:
                QApplication.processEvents()
            shown.repaint()

        shown.show_place(bench.KELURAHAN, None, PERIOD)
        settle()
        everything = len(shown.model.keys)
        taken, blocked = [], []
        for letter in CLEARED.join(WORDS):
            started = time.perf_counter()
            if letter == CLEARED:
                shown.search.clear()
            else:
                QTest.keyClicks(shown.search, letter)
            blocked.append(time.perf_counter() - started)
            settle()
            taken.append(time.perf_counter() - started)
        shown.close()
    milliseconds = {"search_p50": 50, "search_p95": 95}
    found = {name: round(percentile(taken, percent) * 1000, 1) for name, percent in milliseconds.items()}
    return {**found, "search_blocks_most": round(max(blocked) * 1000, 1), "searched": float(everything)}


class Typist:
    """Keys households into the form as fast as it can, and notes how long each key took."""

    def __init__(self, workspace: Any) -> None:
        from PySide6.QtWidgets import QApplication

        from p2kp_desktop.ui.desk import Desk
        from p2kp_desktop.ui.form.place import FormPlace
        from p2kp_desktop.ui.look import theme

        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.apply(application)
        self.desk = Desk(workspace)
        self.place = FormPlace(self.desk)
        self.place.resize(1310, 624)
        self.place.show()
        self.place.activateWindow()
        self.fields: list[float] = []
        self.saves: list[float] = []
        self.saves_on_disk: list[float] = []
        self.put_downs: list[float] = []

    def open(self) -> None:
        """Begin a household in a full RT."""
        from p2kp_desktop.ui.place import Destination, Scope

        self.place.enter(Destination("form", form="household"), Scope(bench.KELURAHAN, RT, PERIOD))
        self.wait()

    def key_household(self) -> None:
        """Type every field of one household, then save it and begin the next."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        from p2kp_desktop.schema import Choice

        while self.place.keying is not None and self.place.hands.session is not None:
            focus = self.place.hands.session.focus
            question = self.place.keying.form.question(focus)
            box = self.place.sheet.column.focused
            started = time.perf_counter()
            if isinstance(question, Choice):
                QTest.keyClicks(box, "a")
            else:
                box.field.setText("4/10/2026" if focus == "survey_date" else "2")
                QTest.keyClick(box.field, Qt.Key.Key_Return)
            self.paint()
            self.fields.append(time.perf_counter() - started)
            if self.place.hands.session.focus == focus:
                break
        self._save()

    def _save(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        self.wait()
        started = time.perf_counter()
        QTest.keyClick(self.place.sheet.column.focused, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.paint()
        self.saves.append(time.perf_counter() - started)
        self.wait()
        self.saves_on_disk.append(time.perf_counter() - started)
        started = time.perf_counter()  # what the window does by itself two seconds later, on another thread
        self.desk.workspace.put_down()
        self.put_downs.append(time.perf_counter() - started)

    def key_papers(self) -> dict[str, float]:
        """Key the ten questionnaires by key events alone; return what they cost."""
        import keystrokes
        from p2kp_desktop.ui.place import Scope

        return keystrokes.figures(list(keystrokes.costs(self.place, self.wait, Scope(bench.KELURAHAN, RT, PERIOD))))

    def paint(self) -> None:
        """Let Qt do what waits, painting included."""
        from PySide6.QtWidgets import QApplication

        self.place.repaint()
        QApplication.processEvents()

    def wait(self) -> None:
        """Let everything under way come to its end."""
        while self.desk.tasks:
            self.paint()
            time.sleep(0.0005)
        self.paint()

    def figures(self) -> dict[str, float]:
        """Return medians and 95th percentiles in milliseconds."""
        measured = {
            "field": self.fields, "save": self.saves, "save_on_disk": self.saves_on_disk, "put_down": self.put_downs,
        }
        found = {"fields": float(len(self.fields))}
        for name, seconds in measured.items():
            found[f"{name}_p50"] = round(statistics.median(seconds) * 1000, 1)
            found[f"{name}_p95"] = round(percentile(seconds, 95) * 1000, 1)
        return found

    def close(self) -> None:
        """Leave as a person does."""
        self.place.may_leave()
        self.wait()
        self.place.close()


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that so many per cent of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def resident_mb() -> float:
    """Return the memory of this process that is in use now, in megabytes; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    if len(sys.argv) == 3:
        began = time.perf_counter()
        globals()[sys.argv[1]](Path(sys.argv[2]))
        print(json.dumps([time.perf_counter() - began, 0]))
        sys.exit()
    with tempfile.TemporaryDirectory(prefix="p2kp-bench-window-") as name:
        os.environ.setdefault("P2KP_HOME", str(Path(name) / "home"))
        print(json.dumps(measure(Path(name))))
    sys.stdout.flush()
