"""P on a house of the period before takes it up again: what stood then is offered in the form, = confirms it."""

from PySide6.QtCore import Qt

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Household
from p2kp_desktop.schema import new_id
from p2kp_desktop.ui.place import Destination, Scope
from tests.conftest import KELURAHAN
from tests.records import YEAR
from tests.ui.collecting_steps import enter
from tests.ui.hands import press

THEN = str(int(YEAR) - 1)
NOW = Scope(KELURAHAN, "014/005", YEAR)


def before(workspace):
    return recording.record(workspace, Household, {
        "region": KELURAHAN, "rt": "014/005", "period": THEN, "head_name": "Siti", "building": "7", "kk_count": 1,
        "mbr": "mbr", "roof": "a"}).id


def test_p_takes_a_house_of_the_period_before_up_again_in_the_present_one(qtbot, workspace, collecting):
    before(workspace)
    enter(qtbot, collecting, Scope(KELURAHAN, "014/005", THEN))
    press(qtbot, collecting, Qt.Key.Key_P)
    (heard,) = collecting.heard
    assert heard == Destination("form", NOW, "household", heard.record, draft=True)
    press(qtbot, collecting, Qt.Key.Key_P)
    assert collecting.heard[1] == heard  # the same draft, no second one


def test_p_in_the_present_period_lists_the_houses_that_are_left_and_enter_opens_one(qtbot, workspace, collecting):
    first = before(workspace)
    second = recording.record(workspace, Household, {
        "region": KELURAHAN, "rt": "014/005", "period": THEN, "head_name": "Budi", "building": "8"}).id
    recording.record(workspace, Household, {"id": new_id(first), "region": KELURAHAN, "rt": "014/005", "period": YEAR})
    enter(qtbot, collecting, NOW)
    press(qtbot, collecting, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: collecting.rt.shows_again)
    assert [line.id for line in collecting.rt.again.list.model.lines] == [second]
    press(qtbot, collecting, Qt.Key.Key_Return)
    (heard,) = collecting.heard
    assert heard == Destination("form", NOW, "household", heard.record, draft=True)
    press(qtbot, collecting, Qt.Key.Key_Escape)
    assert collecting.rt.shows_households


def test_p_says_so_where_no_house_of_the_period_before_is_left(qtbot, workspace, collecting):
    recording.record(workspace, Household, {"region": KELURAHAN, "rt": "014/005", "period": YEAR, "head_name": "Siti"})
    enter(qtbot, collecting, NOW)
    press(qtbot, collecting, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: "Tidak ada rumah periode lalu" in collecting.foot.outcome.accessibleName())
    assert collecting.heard == []
