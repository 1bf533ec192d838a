"""A person's hands at a place that stands alone, without the window around it: keys only, and waiting for answers.

Tests of the whole window have those of windows.py, tests of the form those of form_driver.py.
"""

import os
import time
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

NONE = Qt.KeyboardModifier.NoModifier
LONGEST = int(os.environ.get("P2KP_PATIENCE", "60"))  # seconds a test waits on a busy machine


def wait_until(settled):
    """Wait for a condition, looking again after 1 ms: pytest-qt's 10 ms add up to minutes over all tests."""
    end = time.monotonic() + LONGEST
    while not settled():
        assert time.monotonic() < end, "what was waited for did not come"
        QApplication.processEvents()
        time.sleep(0.001)  # unlike QTest.qWait, lets Python's other threads work


def settle(_qtbot, desk):
    """Wait until nothing is asked or changed any more, and what the answers show is laid out."""
    for _ in range(3):
        wait_until(lambda: not desk.tasks)
        QApplication.processEvents()


@contextmanager
def set_up(qtbot, place):
    """Give a place the size it has in the small window; `heard` is where it asked to go. Close it at the end."""
    place.resize(1045, 474)
    place.heard = []
    place.wants.connect(place.heard.append)
    yield place
    settle(qtbot, place.desk)
    place.close()
    place.deleteLater()
    QApplication.processEvents()


def arrive(qtbot, place, destination, focus=None):
    """Come to a place as the window does; `focus` gives, once all is shown, the widget that gets the keyboard."""
    place.enter(destination, destination.scope)
    with qtbot.waitExposed(place):
        place.show()
    place.activateWindow()
    settle(qtbot, place.desk)
    if focus is not None:
        focus().setFocus()
        QApplication.processEvents()


def press(qtbot, place, *keys, modifier=NONE):
    """Press keys one after another where the focus is, a text letter by letter, and wait for what each sets going."""
    for key in keys:
        at = QApplication.focusWidget() or place
        if isinstance(key, str):
            qtbot.keyClicks(at, key, modifier)
        else:
            qtbot.keyClick(at, key, modifier)
        settle(qtbot, place.desk)
