"""What every test of the window leaves behind."""

import gc
from itertools import count

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit import letters
from p2kp_desktop.ui.look.tokens import Scheme
from tests.ui.gallery import dressed
from tests.ui.hands import set_up


@pytest.fixture(autouse=True)
def letters_stand_alone(monkeypatch):
    """Take a letter in a list for a command at once: no test waits to see whether another one follows."""
    monkeypatch.setattr(letters, "PAUSE", 0)


_ended = count(1)


@pytest.fixture(autouse=True)
def windows_end_with_their_test():
    """Delete what a test closed, and hold that no window is left: it would be dressed and painted in all later ones.

    Outside a loop of Qt's own, in which few tests are, nothing else deletes what is to be deleted later. Garbage is
    collected between tests only: in another thread that would take Qt's objects apart, and crash.
    """
    gc.disable()
    yield
    if QApplication.instance() is not None:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect(2 if next(_ended) % 200 == 0 else 1)  # the kept statements make a whole one take seconds
    if QApplication.topLevelWidgets():
        gc.collect()
    gc.enable()
    assert QApplication.topLevelWidgets() == []


@pytest.fixture(autouse=True)
def empty_clipboard():
    """Let go of what was copied: without a screen Qt keeps it until after Python is gone, and crashes on it."""
    yield
    if QApplication.instance() is not None:
        QApplication.clipboard().clear()


@pytest.fixture
def desk(workspace):
    """Give the desk of one facilitator's workspace."""
    dressed(Scheme.LIGHT)
    made = Desk(workspace)
    yield made
    made.finish()


@pytest.fixture
def collecting(qtbot, desk):
    """Give Pendataan as it stands in the small window."""
    from p2kp_desktop.ui.collecting.place import CollectingPlace

    with set_up(qtbot, CollectingPlace(desk)) as place:
        yield place


class Mice(QObject):
    """Counts what a mouse does; in these tests it must do nothing."""

    def __init__(self):
        super().__init__()
        self.seen = 0

    def eventFilter(self, _watched, event):  # noqa: N802  Qt's name
        self.seen += event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
        return False


@pytest.fixture
def no_mouse(qapp):
    """Hold that no mouse was used."""
    mice = Mice()
    qapp.installEventFilter(mice)
    yield
    qapp.removeEventFilter(mice)
    assert mice.seen == 0
