"""The lock of a protected window: nothing is seen or reached behind it, and nothing that was typed is lost."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from p2kp_desktop import settings
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import drafts, slots, views
from p2kp_desktop.ui import lockscreen
from tests.conftest import DEEP
from tests.protected import LEAST, PASSWORD, a_protected, forgotten
from tests.ui.windows import Running

ENTER = Qt.Key.Key_Return
NAME = "Ratnawulan Kusumo"


@pytest.fixture(autouse=True)
def little_effort(monkeypatch):
    monkeypatch.setattr(slots, "measured", lambda: LEAST)


@pytest.fixture
def running(qtbot, tmp_path):
    file = tmp_path / "Siti.p2kp"
    made, protection = a_protected(file)
    made.close()
    program = Running(qtbot, file)
    yield program
    program.close()
    forgotten(protection)


def unlock(running, typed=PASSWORD):
    running.press(typed, ENTER)
    running.until(lambda: running.program.lock.page is None or not running.program.lock.page._busy)


def test_shift_f12_covers_the_window_until_the_password_is_typed(running):
    running.go("home")
    running.press(Qt.Key.Key_F12, modifier=Qt.KeyboardModifier.ShiftModifier)
    page = running.program.lock.page
    assert page is not None
    assert page.geometry() == running.frame.rect()
    assert not running.page.isVisible()
    unlock(running, "bukan ini 77")
    assert running.program.lock.page is page
    unlock(running)
    assert running.page.isVisible()
    assert running.window.here.place == "home"


def test_no_key_reaches_what_lies_behind(running):
    running.go("home")
    running.program.lock.lock()
    running.press("2", modifier=Qt.KeyboardModifier.ControlModifier)
    running.press(Qt.Key.Key_F10)
    running.press("n", modifier=Qt.KeyboardModifier.ControlModifier)
    running.until_quiet()
    assert running.window.here.place == "home"
    unlock(running)


def test_it_locks_by_itself_after_the_minutes_of_the_settings_and_after_sleep(running, monkeypatch):
    now = lockscreen.time.time()
    lock = running.program.lock
    monkeypatch.setattr(lockscreen.time, "time", lambda: now + 30)
    lock.look()
    assert lock.page is None
    lock._looked = now + 601
    monkeypatch.setattr(lockscreen.time, "time", lambda: now + 602)
    lock.look()
    assert lock.page is not None
    unlock(running)
    monkeypatch.setattr(lockscreen.time, "time", lambda: now + 900)  # asleep for five minutes
    lock.touched = now + 899
    lock.look()
    assert lock.page is not None
    unlock(running)


def test_never_means_never(running, monkeypatch):
    settings.save(settings.Settings(**vars(settings.load()) | {"lock_minutes": 0}))
    now = lockscreen.time.time()
    monkeypatch.setattr(lockscreen.time, "time", lambda: now + 100_000)
    running.program.lock.look()
    assert running.program.lock.page is None


def test_locked_at_any_moment_of_keying_no_letter_is_lost(running):
    dice = random.Random(12)
    typed = ["14/5", ENTER, "01122026", ENTER, NAME, ENTER]
    strokes = [each for part in typed for each in (part if isinstance(part, str) else (part,))]
    moments = range(200 if DEEP else 12)
    running.press("n", modifier=Qt.KeyboardModifier.ControlModifier)
    running.until_quiet()
    locked = sorted(dice.choice(range(1, len(strokes))) for _moment in moments)
    for place, stroke in enumerate(strokes):
        for _time in range(locked.count(place)):
            running.program.lock.lock()
            unlock(running)
            assert running.program.lock.page is None
        running.press(stroke)
    running.program.lock.lock()
    with running.window.desk.workspace.asking() as connection:
        [draft] = drafts.all_of_them(connection)
    assert draft.answers["head_name"] == NAME
    unlock(running)
    running.press(ENTER, modifier=Qt.KeyboardModifier.ControlModifier)
    running.until_quiet()
    with running.window.desk.workspace.asking() as connection:
        assert [each.answers["head_name"] for each in views.found(connection, Household)] == [NAME]


def test_an_identity_number_leaves_the_clipboard_and_nothing_else_does(running, monkeypatch):
    clipboard, watch = QGuiApplication.clipboard(), running.program.clipboard
    monkeypatch.setattr(watch, "is_ours", lambda: True)  # a screen of tests does not tell whose it is
    clipboard.setText("NIK 1671014101800001")
    assert watch._timer.isActive()
    watch.forget()
    assert clipboard.text() == ""
    clipboard.setText("Rp 1.000.000")
    assert not watch._timer.isActive()
    watch.forget()
    assert clipboard.text() == "Rp 1.000.000"
