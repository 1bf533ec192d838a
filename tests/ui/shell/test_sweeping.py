"""Garbage is collected where Qt objects live, and what was there before is left alone."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject

from p2kp_desktop.ui.shell.sweeping import EVERY, Sweeping


class Ring:
    """Garbage that only a collector finds, and that tells on which thread it was found."""

    def __init__(self, told):
        self.me, self.told = self, told

    def __del__(self):
        self.told.append(threading.current_thread())


pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.fixture
def sweeping():
    parent = QObject()
    made = Sweeping(parent)
    made.begin()
    yield made
    made.end()


@pytest.mark.usefixtures("sweeping")
def test_garbage_of_a_worker_is_collected_on_the_gui_thread(qtbot):
    told = []

    def work():
        Ring(told)
        assert len([[number] for number in range(200_000)])
        assert not told

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(told), timeout=20 * EVERY)
    assert told == [threading.main_thread()]


def test_what_is_old_is_found_too_but_not_what_was_left_alone(sweeping):
    told = []
    Ring(told)
    sweeping.leave_alone()
    young = Ring(told)
    gc.collect(1)  # now it is old
    gone = weakref.ref(young)
    del young
    for _ in range(240):
        sweeping.sweep()
    assert gone() is None
    assert len(told) == 1


def test_what_was_left_alone_is_found_once_the_next_workspace_is_opened(sweeping):
    told = []
    Ring(told)
    sweeping.leave_alone()
    assert not told
    sweeping.leave_alone()
    assert len(told) == 1
    assert gc.get_freeze_count() > 0


def test_pythons_own_collector_works_again_at_the_end():
    parent = QObject()
    made = Sweeping(parent)
    made.begin()
    assert not gc.isenabled()
    made.end()
    assert gc.isenabled()
    made.leave_alone()
    assert gc.get_freeze_count() == 0
