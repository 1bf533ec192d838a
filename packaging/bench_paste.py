"""How long the window stands still while a block of 2,000 × 60 cells copied from Excel is read into the preview.

Prints one line of JSON: milliseconds of the longest stop between two beats of the event loop, and seconds until
every row can be looked at.
"""

import json
import os
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import bench

ROWS, COLUMNS = 2000, 60
BEAT, PATIENCE = 2, 60  # milliseconds, seconds


def block() -> str:
    """Return households as Excel copies them: headings, as many answers as there are, and columns nobody knows."""
    from p2kp_desktop.forms.household import Household

    asked = [question for question in Household.stored() if question.key != "interviewer"]
    unknown = [f"Kolom {number}" for number in range(COLUMNS - len(asked) - 1)]
    lines = [["RT", *(question.label for question in asked), *unknown]]
    for number, given in enumerate((bench.households() * ROWS)[:ROWS]):
        answers = [str(given.get(question.key) or "") for question in asked]
        lines.append([f"{number // 50 + 1}/1", *answers, *("isi" for _ in unknown)])
    return "\n".join("\t".join(line) for line in lines)


def measure(folder: Path) -> dict[str, float]:
    """Paste the block into a window and return the figures; raises SystemExit when it never gets ready."""
    from PySide6.QtWidgets import QApplication

    from p2kp_desktop import app
    from p2kp_desktop.ui.shell.places import SPOTS

    bench._open(folder, "paste").close()
    application = QApplication([])
    sys.setswitchinterval(app.TURN)
    program = app.Program(application)
    program.sweeping.begin()
    for spot in SPOTS:
        spot.load()  # as the program does while nobody types
    program.start(str(folder / "paste.p2kp"))
    while program.window is None or program.window.about is None or program.window.desk.tasks:
        application.processEvents()
    application.clipboard().setText(block())
    beats = _beats_of_pasting(program)
    taken = beats[-1] - beats[0]
    if taken > PATIENCE:
        raise SystemExit("the pasted block never came")
    longest = max(after - before for before, after in pairwise(beats))
    return {"paste_blocks_most": round(longest * 1000, 1), "paste_s": round(taken, 2)}


def _beats_of_pasting(program: Any) -> list[float]:
    """Paste what is on the clipboard; return when the event loop came round, from then until every row is there."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    beats = [time.perf_counter()]

    def beat() -> None:
        beats.append(time.perf_counter())
        looked_at = getattr(program.window.place, "looking", None)
        there = looked_at is not None and looked_at.rows.grid.model().rowCount() == ROWS
        if (there and not program.window.desk.tasks) or beats[-1] - beats[0] > PATIENCE:
            program.app.quit()

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beat)
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    timer.start(BEAT)
    QTimer.singleShot(0, lambda: QTest.keyClick(QApplication.focusWidget() or program.frame, Qt.Key.Key_V, held))
    program.app.exec()
    program.frame.close()
    return beats


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="p2kp-bench-paste-") as name:
        os.environ["P2KP_HOME"] = str(Path(name) / "home")
        print(json.dumps(measure(Path(name))))
    sys.stdout.flush()
