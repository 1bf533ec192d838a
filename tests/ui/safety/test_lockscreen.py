"""The lock of a protected window: nothing is seen or reached behind it, and nothing that was typed is lost."""

import ctypes
import random
from ctypes import wintypes

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from p2kp_desktop import settings
from p2kp_desktop.actions.keying import persons
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema.roles import VIEWER
from p2kp_desktop.store import drafts, history, slots, views
from p2kp_desktop.ui import lockscreen
from p2kp_desktop.ui.place import Destination
from p2kp_desktop.ui.shell import system_watch
from tests.conftest import DEEP
from tests.protected import LEAST, PASSWORD, a_protected, forgotten
from tests.ui.windows import Running

ENTER, SAVE, CTRL = Qt.Key.Key_Return, Qt.Key.Key_F35, Qt.KeyboardModifier.ControlModifier
BUDI = "lima sapi hijau 34"
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
    assert "Yang terakhir bekerja: Siti." in page._usual
    assert not running.page.isVisible()
    unlock(running, "bukan ini 77")
    assert running.program.lock.page is page
    unlock(running)
    assert running.page.isVisible()
    assert running.window.here.place == "home"


def test_without_a_password_whoever_types_stays_there_and_is_told(qtbot, make_workspace, tmp_path):
    make_workspace().close()
    program = Running(qtbot, tmp_path / "Siti.p2kp")
    program.go("collecting")
    program.press(Qt.Key.Key_F12, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert program.window.here.place == "collecting"
    assert "Pengaturan: Ctrl+," in program.window.board.status.said
    assert not program.window.board.status._send.isVisible()  # there is not room for both at 1093 px
    program.close()


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


def test_locked_at_any_moment_of_an_evening_no_answer_is_lost(running):
    """Between any two strokes, also right behind Ctrl+Enter while the save is on its way."""
    dice = random.Random(12)
    houses = [f"{NAME} {number}" for number in "ABCDE"[: 5 if DEEP else 2]]
    told = ["14/5", ENTER, "01122026", ENTER]  # the houses after it are of the same RT and day
    for house in houses:
        told += [house, ENTER, SAVE]
    strokes = [stroke for part in told for stroke in (part if isinstance(part, str) else (part,))]
    locked = [dice.randrange(1, len(strokes)) for _moment in range(200 if DEEP else 10)]
    running.press("n", modifier=CTRL)
    running.until_quiet()
    for place, stroke in enumerate(strokes):
        for _time in range(locked.count(place)):
            running.program.lock.lock()
            assert running.frame.focusWidget() is running.program.lock.page.field
            unlock(running)
            assert running.program.lock.page is None
        if stroke == SAVE:
            running.press(ENTER, modifier=CTRL)
            if place + 1 not in locked:
                running.until_quiet()
        else:
            running.until_quiet()
            running.press(stroke)
    running.until_quiet()
    with running.window.desk.workspace.asking() as connection:
        assert sorted(each.answers["head_name"] for each in views.found(connection, Household)) == houses
        assert {each.answers["rt"] for each in views.found(connection, Household)} == {"014/005"}


def test_what_is_half_typed_when_it_locks_is_a_draft_on_disk(running):
    running.press("n", modifier=CTRL)
    running.until_quiet()
    running.press("14/5", ENTER, "01122026", ENTER, "Ratna")
    running.program.lock.lock()
    with running.window.desk.workspace.asking() as connection:
        [draft] = drafts.all_of_them(connection)
    assert (draft.answers["head_name"], draft.person) == ("Ratna", "Siti")


@pytest.mark.parametrize(("message", "word"), [(system_watch.POWER, system_watch.SUSPENDS),
                                              (system_watch.SESSION, system_watch.IS_LOCKED)])
def test_windows_locks_it_on_sleep_and_with_its_screen(running, message, word):
    lock = running.program.lock
    told = wintypes.MSG(message=message, wParam=word)
    lock._system.nativeEventFilter(b"xcb_generic_event_t", ctypes.addressof(told))
    told.wParam = word + 1
    lock._system.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(told))
    assert lock.page is None
    told.wParam = word
    lock._system.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(told))
    assert lock.page is not None
    unlock(running)


def test_the_first_key_after_waking_meets_the_cover(running, monkeypatch):
    running.go("home")
    now = lockscreen.time.time()
    monkeypatch.setattr(lockscreen.time, "time", lambda: now + 300)
    QTest.keyClick(running.frame.windowHandle(), Qt.Key.Key_2, CTRL)
    assert running.program.lock.page is not None
    assert running.window.here.place == "home"
    unlock(running)


def test_another_person_opens_it_with_their_password_and_works_from_then_on(running):
    persons.add(running.window.desk.workspace, "Budi", BUDI, by_password=PASSWORD)
    running.press("n", modifier=CTRL)
    running.until_quiet()
    running.press("14/5", ENTER, "01122026", ENTER, NAME)
    running.program.lock.lock()
    unlock(running, BUDI)
    running.until_quiet()
    assert running.window.about.person == "Budi"
    with running.window.desk.workspace.asking() as connection:
        assert [each.person for each in drafts.all_of_them(connection)] == ["Siti"]
    running.press(ENTER, modifier=CTRL)
    running.until_quiet()
    with running.window.desk.workspace.asking() as connection:
        [house] = views.found(connection, Household)
        assert [row.save.person for row in history.of_record(connection, house.id)] == ["Budi"]


def test_a_viewer_who_opens_it_sees_the_same_house_masked_and_cannot_type(running):
    workspace = running.window.desk.workspace
    house = recording.record(workspace, Household, {"rt": "14/5", "head_name": NAME}).id
    persons.add(workspace, "Lurah", BUDI, by_password=PASSWORD, role=VIEWER)
    running.window.go(Destination("form", running.window.scope, "household", house, "head_name"))
    running.until_quiet()
    running.program.lock.lock()
    before = running.window
    running.press(BUDI, ENTER)
    running.until(lambda: running.window is not None and running.window is not before and running.window.about)
    running.window.go(Destination("form", running.window.scope, "household", house, "head_name"))
    running.until_quiet()
    texts = " ".join(label.text() for label in running.frame.findChildren(QLabel))
    texts += " ".join(field.text() for field in running.frame.findChildren(QLineEdit))
    assert NAME.split()[0] not in texts
    assert "R••• K•••" in texts
    assert "Hanya dapat dilihat" in texts
    running.press("x")
    running.until_quiet()
    assert not running.window.place.hands.session.is_touched


def test_a_viewer_who_opens_it_over_a_half_typed_answer_sees_nothing_of_it_and_it_stays_the_draft(running):
    persons.add(running.window.desk.workspace, "Lurah", BUDI, by_password=PASSWORD, role=VIEWER)
    running.press("n", modifier=CTRL)
    running.until_quiet()
    running.press("14/5", ENTER, "01122026", ENTER, NAME)
    running.program.lock.lock()
    before = running.window
    running.press(BUDI, ENTER)
    running.until(lambda: running.window is not None and running.window is not before and running.window.about)
    running.until_quiet()
    assert NAME not in [field.text() for field in running.frame.findChildren(QLineEdit)]
    with running.window.desk.workspace.asking() as connection:
        assert [each.person for each in drafts.all_of_them(connection)] == ["Siti"]


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
