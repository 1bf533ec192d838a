"""A form that is left leads back to where it was opened, to the same row; keys only."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from p2kp_desktop.actions.community import bowl
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Household, Rt
from p2kp_desktop.ui.place import Destination, Scope
from tests.conftest import KELURAHAN
from tests.ui.windows import Running, press

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NAMES = ("Aminah", "Budi", "Cahaya", "Dewi")


@pytest.fixture
def running(qtbot, make_workspace):
    workspace = make_workspace()
    for name in NAMES:
        recording.record(workspace, Household, {"rt": "014/005", "head_name": name, "kk_count": 7})
    recording.record(workspace, Rt, {"rt": "014/005"})
    path = workspace.name
    workspace.close()
    made = Running(qtbot, path)
    yield made
    made.close()


def leave_the_form(running):
    assert running.window.here.place == "form"
    press(running, Key.Key_Escape)


def test_a_record_opened_in_semua_data_leads_back_to_its_row(running):
    press(running, Key.Key_D, modifier=CTRL | SHIFT)
    press(running, Key.Key_Down, Key.Key_Down, Key.Key_Return)
    leave_the_form(running)
    assert running.window.here.place == "tables"
    assert running.window.scope.rt is None
    assert running.window.place.grid.currentIndex().row() == 2
    assert running.window.place.grid.hasFocus()


def test_a_record_opened_in_mutu_data_leads_back_to_the_households_of_the_rule(running):
    running.go("quality")
    press(running, Key.Key_Return)
    press(running, Key.Key_Down, Key.Key_Return)
    leave_the_form(running)
    assert running.window.here.place == "quality"
    rules = running.window.place.rules
    assert rules.chosen is not None
    assert rules.records.table.currentIndex().row() == 1


def test_a_record_begun_or_found_on_beranda_leads_back_to_beranda(running):
    press(running, Key.Key_N, modifier=CTRL)
    leave_the_form(running)
    assert running.window.here.place == "home"
    press(running, "k", modifier=CTRL)
    press(running, "Cahaya")
    press(running, Key.Key_Return)
    leave_the_form(running)
    assert running.window.here.place == "home"
    assert running.window.scope.rt is None


def test_a_record_opened_in_the_list_of_a_kelurahan_leads_back_to_that_list(running):
    running.go("collecting")
    press(running, Key.Key_PageDown, modifier=CTRL)
    place = running.window.place
    assert place.area.tab == "households"
    press(running, Key.Key_Down, Key.Key_Down, Key.Key_Return)
    leave_the_form(running)
    assert (running.window.here.place, running.window.scope.rt, place.area.tab) == ("collecting", None, "households")
    assert place.area.households.table.currentIndex().row() == 2


def test_saving_the_last_record_leads_back_too(running):
    press(running, Key.Key_D, modifier=CTRL | SHIFT)
    running.window.place.show_form(Rt)
    running.until_quiet()
    press(running, Key.Key_Return)
    assert running.window.here.form == "rt"
    press(running, Key.Key_Return, modifier=CTRL)
    assert (running.window.here.place, running.window.place.view.form) == ("tables", Rt)


def test_the_first_start_leads_back_to_the_workspace_it_was_asked_for_in(running):
    file = running.window.desk.workspace.name
    press(running, "n", modifier=CTRL | SHIFT)
    assert running.window is None
    running.press(Key.Key_Escape)
    running.until_open()
    assert running.window.desk.workspace.name == file


def test_a_first_start_without_a_workspace_has_nothing_to_go_back_to(qtbot):
    made = Running(qtbot)
    made.press("Rina", Key.Key_Escape)
    assert made.window is None
    assert made.page.name.text() == "Rina"
    made.close()


def test_a_meeting_begun_in_the_bowl_leads_back_to_its_part_and_a_household_to_the_bowl(running):
    window, scope = running.window, Scope(KELURAHAN, None, "2026")
    part = bowl.part_of("meeting")
    window.go(Destination("bowl", scope, tab=part))
    running.until_quiet()
    window.go(Destination("form", scope, "meeting"))
    running.until_quiet()
    leave_the_form(running)
    assert window.here.place == "bowl"
    assert (window.place.stack.currentWidget(), window.place.records.part) == (window.place.records, part)
    press(running, "k", modifier=CTRL)
    press(running, "Cahaya")
    press(running, Key.Key_Return)
    leave_the_form(running)
    assert window.here.place == "bowl"
    assert window.place.stack.currentWidget() is window.place.village


def test_a_long_line_below_the_title_is_cut_with_its_whole_in_the_tip(running):
    running.resize(1093, 544)
    press(running, "n", modifier=CTRL)
    head = running.window.place.sheet.head
    head.show_standing(replace(head._standing, sub="Aturan Bersama Tepian Musi Bersih · Lima Ilir · " * 3), small=True)
    assert head._title()[1].lines == 1
    assert head.toolTip().startswith("Aturan Bersama")


def test_an_explanation_leads_down_to_the_question_and_back_up_to_who_asked(running):
    running.go("collecting")
    press(running, Key.Key_J)
    explaining = running.window.place
    assert running.window.here.place == "explaining"
    assert running.window.scope.rt == "014/005"
    while explaining.parts.current().code != "3a":
        press(running, Key.Key_Down)
    press(running, Key.Key_Return, Key.Key_Return)
    assert running.window.here.place == "form"
    assert running.window.here.question == "water_source"
    leave_the_form(running)
    assert running.window.place is explaining
    assert explaining.parts.current().code == "3a"
    press(running, Key.Key_Escape)
    assert running.window.here.place == "collecting"
    assert running.window.scope.rt is None


def test_a_house_is_explained_from_its_form_and_esc_leads_back_into_it(running):
    running.go("collecting")
    press(running, Key.Key_Return, Key.Key_Return)
    record = running.window.here.record
    press(running, Key.Key_J, modifier=CTRL)
    assert (running.window.here.place, running.window.here.record) == ("explaining", record)
    assert running.window.place.title.text().startswith("Andil ")
    press(running, Key.Key_Escape)
    assert (running.window.here.place, running.window.here.record) == ("form", record)
    leave_the_form(running)
    assert running.window.here.place == "collecting"


def test_from_an_area_to_an_rt_and_back_in_the_same_window(running):
    running.go("collecting")
    press(running, Key.Key_J, modifier=SHIFT)
    explaining = running.window.place
    while explaining.parts.current().code != "3a":
        press(running, Key.Key_Down)
    press(running, Key.Key_Return, Key.Key_Return)
    assert running.window.scope.rt == "014/005"
    press(running, Key.Key_Escape)
    assert running.window.scope.rt is None
    assert explaining.parts.current().code == "3a"
    press(running, Key.Key_Escape)
    assert running.window.here.place == "collecting"
