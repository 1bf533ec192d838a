"""The other places are loaded in quiet moments, never under somebody's fingers."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from p2kp_desktop.ui.shell.places import SPOTS
from p2kp_desktop.ui.shell.preparing import Preparing


@pytest.fixture
def field(qtbot):
    made = QLineEdit()
    qtbot.addWidget(made)
    made.show()
    return made


def test_each_thing_is_done_once_and_then_nothing_more(qtbot, field):
    done, parent = [], QObject()
    preparing = Preparing(parent, [lambda: done.append("a"), lambda: done.append("b")], quiet=0)
    preparing.begin(field.windowHandle())
    qtbot.waitUntil(lambda: preparing.is_done, timeout=60_000)
    assert done == ["a", "b"]


def test_nothing_is_done_while_somebody_types(qtbot, field):
    done, parent = [], QObject()
    preparing = Preparing(parent, [lambda: done.append("a")], quiet=1.0)
    preparing.begin(field.windowHandle())
    for _ in range(8):
        QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
        qtbot.wait(200)
    assert done == []
    qtbot.waitUntil(lambda: done == ["a"], timeout=60_000)


def test_every_place_can_be_loaded():
    for spot in SPOTS:
        assert hasattr(spot.load(), spot.kind)
