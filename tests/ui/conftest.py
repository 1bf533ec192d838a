"""What every test of the window leaves behind."""

import gc
from itertools import count

import pytest
from PySide6.QtWidgets import QApplication

from p2kp_desktop.ui.kit import letters


@pytest.fixture(autouse=True)
def letters_stand_alone(monkeypatch):
    """Take a letter in a list for a command at once: no test waits to see whether another one follows."""
    monkeypatch.setattr(letters, "PAUSE", 0)


_ended = count(1)


@pytest.fixture(autouse=True)
def garbage_is_collected_on_the_thread_of_the_window():
    """Collect garbage between tests only: in another thread it would take Qt's objects apart, and crash."""
    gc.disable()
    yield
    gc.collect(2 if next(_ended) % 50 == 0 else 1)
    gc.enable()


@pytest.fixture(autouse=True)
def empty_clipboard():
    """Let go of what was copied: without a screen Qt keeps it until after Python is gone, and crashes on it."""
    yield
    if QApplication.instance() is not None:
        QApplication.clipboard().clear()
