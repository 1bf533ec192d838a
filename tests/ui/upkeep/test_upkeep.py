"""Perawatan data with keys alone: an RT renamed, a person erased, a laptop handed over, a workspace retired."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.common import backups, workspaces
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import open_workspace, views
from p2kp_desktop.store.facts import facts
from p2kp_desktop.ui.upkeep.place import UpkeepPlace
from tests.ui.windows import AREAS, Running

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
KELURAHAN = "16.71.01.1001"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "lorok.p2kp"
    with workspaces.init(path, role="facilitator", name="Rina Marlina", regions=[KELURAHAN]) as made:
        for number in (1, 2):
            recording.record(made, Household, {
                "id": f"h{number}", "rt": "1/1", "building": str(number), "head_name": f"Rahasiawati {number}",
            })
        backups.back_up(made)
    return path


@pytest.fixture
def running(qtbot, file):
    made = Running(qtbot, file)
    made.press(Key.Key_P, modifier=CTRL | SHIFT)
    made.until_quiet()
    yield made
    made.close()


def place(running) -> UpkeepPlace:
    shown = running.window.place
    assert isinstance(shown, UpkeepPlace)
    return shown


def tab_to(running, widget):
    """Press Tab until the widget has the focus."""
    for _ in range(60):
        if QApplication.focusWidget() is widget:
            return
        running.press(Key.Key_Tab)
    raise AssertionError(f"Tab never reached {widget}")


def confirm(running, sure, reason):
    """Type a reason, press Enter, go from Batal to Ya, press it."""
    tab_to(running, sure.reason)
    running.press(reason, Key.Key_Return)
    running.until_quiet()
    assert sure.no.hasFocus()
    tab_to(running, sure.yes)
    running.press(Key.Key_Space)
    running.until_quiet()


def households(running, **where):
    with running.window.desk.workspace.asking() as connection:
        return {each.id: each.answers for each in views.found(connection, Household, views.Where(**where))}


def test_an_rt_is_renamed_after_its_effect_was_shown_and_taken_back(running):
    card = place(running).rts
    tab_to(running, card.new)
    running.press("5/1")
    tab_to(running, card.sure.reason)
    running.press("SK Lurah", Key.Key_Return)
    running.until_quiet()
    assert "2 rumah pindah" in card.sure._what.text()
    assert set(households(running, rt="001/001")) == {"h1", "h2"}
    running.press(Key.Key_Escape)
    assert card.sure.reason.hasFocus()
    running.press(Key.Key_Return)
    running.until_quiet()
    tab_to(running, card.sure.yes)
    running.press(Key.Key_Space)
    running.until_quiet()
    assert set(households(running, rt="005/001")) == {"h1", "h2"}
    tab_to(running, card.undo)
    running.press(Key.Key_Space)
    running.until_quiet()
    assert set(households(running, rt="001/001")) == {"h1", "h2"}


def test_some_households_are_ticked_and_moved_to_a_new_rt(running):
    card = place(running).rts
    tab_to(running, card.kind)
    running.press(Key.Key_Down, Key.Key_Down, Key.Key_Return)
    card.kind.activated.emit(card.kind.currentIndex())
    running.until_quiet()
    tab_to(running, card.new)
    running.press("1B/1")
    tab_to(running, card.ticks["h2"])
    running.press(Key.Key_Space)
    confirm(running, card.sure, "SK")
    assert set(households(running, rt="001/001")) == {"h1"}


def test_what_cannot_be_done_is_said_on_the_card_and_without_a_reason_nothing_begins(running):
    card = place(running).rts
    tab_to(running, card.sure.reason)
    running.press(Key.Key_Return)
    assert card.sure.reason.property("status") == "err"
    tab_to(running, card.new)
    running.press("1/1")
    tab_to(running, card.sure.reason)
    running.press("SK", Key.Key_Return)
    running.until_quiet()
    assert "P01" in card.sure.told.text()


def test_a_person_is_looked_up_and_erased_and_the_old_backup_with_it(running, file):
    card = place(running).erasing
    tab_to(running, card.words)
    running.press("rahasiawati 2")
    running.until_quiet()
    running.press(Key.Key_Tab, Key.Key_Space)
    running.until_quiet()
    assert [each.id for each in card.chosen] == ["h2"]
    confirm(running, card.sure, "surat 5 Oktober")
    assert households(running)["h2"].get("head_name") is None
    assert households(running)["h1"]["head_name"] == "Rahasiawati 1"
    assert "1 cadangan" in card.copies.text()
    assert backups.made(file)[-1].name in card.copies.text()  # on a slow machine the window made another since
    tab_to(running, card.clear)
    running.press(Key.Key_Space)
    tab_to(running, card.sure.yes)
    running.press(Key.Key_Space)
    running.until_quiet()
    assert not card.copies.isVisible()
    assert all(b"Rahasiawati 2" not in path.read_bytes() for path in [file, *backups.made(file)])


def test_the_laptop_is_handed_over_and_the_workspace_rests_and_wakes(running, file):
    shown = place(running)
    tab_to(running, shown.handing.person)
    running.press("Budi Santoso")
    confirm(running, shown.handing.sure, "pindah tugas")
    assert "Budi Santoso" in shown.handing.about.text()
    assert "pindah tugas" in shown.handing.past.text()
    confirm(running, shown.retiring.sure, "selesai")
    with open_workspace(file) as workspace, workspace.asking() as connection:
        assert (facts(connection).person, bool(facts(connection).retired)) == ("Budi Santoso", True)
    confirm(running, shown.retiring.sure, "survei ulang")
    with open_workspace(file) as workspace, workspace.asking() as connection:
        assert not facts(connection).retired


@pytest.mark.parametrize("area", AREAS)
def test_the_page_fits_the_width_of_both_work_areas(running, area):
    shown = place(running)
    tab_to(running, shown.erasing.words)
    running.press("rahasiawati 2")
    running.until_quiet()
    running.press(Key.Key_Tab, Key.Key_Space)
    running.until_quiet()
    running.resize(*area)
    running.until_quiet()
    for card in (shown.rts, shown.erasing, shown.handing, shown.retiring):
        assert card.width() >= card.minimumSizeHint().width()
        assert card.mapTo(shown, card.rect().topRight()).x() <= shown.width()
