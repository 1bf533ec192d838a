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


def test_opening_another_workspace_goes_through_nothing_and_its_window_is_found_later(sweeping, monkeypatch):
    gone, looks = [], []
    sweeping.leave_alone()
    Ring(gone)  # what stands in the first window
    gc.collect(1)
    frozen = gc.get_freeze_count()
    monkeypatch.setattr(gc, "collect", lambda *generations: looks.append(generations))
    sweeping.leave_alone()
    assert looks == []
    assert 0 < gc.get_freeze_count() <= frozen
    monkeypatch.undo()
    for _ in range(240):
        sweeping.sweep()
    assert len(gone) == 1


def test_everything_is_gone_through_when_nobody_types(monkeypatch):
    typing, looks, parent = [True], [], QObject()
    made = Sweeping(parent, lambda: not typing)
    monkeypatch.setattr(gc, "collect", lambda *generations: looks.append(generations))
    for _ in range(1000):
        made.sweep()
    assert () not in looks
    typing.clear()
    for _ in range(480):
        made.sweep()
    assert looks.count(()) == 2


def test_pythons_own_collector_works_again_at_the_end():
    parent = QObject()
    made = Sweeping(parent)
    made.begin()
    assert not gc.isenabled()
    made.end()
    assert gc.isenabled()
    made.leave_alone()
    assert gc.get_freeze_count() == 0
