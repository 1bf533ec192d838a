"""The head of a form asks where a household stands when nobody said so, by keys."""

import pytest
from PySide6.QtCore import Qt

from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Household
from p2kp_desktop.store import views
from p2kp_desktop.ui.form.place import FormPlace
from tests.conftest import KELURAHAN
from tests.ui.form_driver import Driver, scope
from tests.ui.windows import Running

pytestmark = pytest.mark.usefixtures("qapp")
CTRL = Qt.KeyboardModifier.ControlModifier
TWO = (KELURAHAN, "16.71.01.1002")


@pytest.fixture
def driver(workspace):
    made = Driver(workspace)
    yield made
    made.close()


def households(workspace):
    with workspace.asking() as connection:
        return list(views.found(connection, Household))


def addresses(workspace):
    return [tuple(each.answers.get(key) for key in ("region", "rt", "period")) for each in households(workspace)]


def notes(driver):
    column = driver.place.sheet.column
    return [text.lead or text.text for each in column._notes.values() for text, _ in each]


@pytest.mark.parametrize("typed", ["14/5", "RT 14-RW 05", "rt014 rw005"])
def test_a_household_begun_without_an_rt_asks_for_it_first_and_the_next_one_keeps_it(driver, workspace, typed):
    driver.enter("household", scope=scope(rt=None))
    assert driver.focus == "rt"
    assert driver.place.sheet.head.accessibleName().startswith("Rumah baru")
    driver.type(typed)
    assert driver.place.sheet.column.focused.offers.words() == "= 014/005 · RT baru"
    driver.press("Enter")
    assert driver.focus == "survey_date"
    driver.type("4/10/22")
    driver.press("Ctrl+Enter")
    driver.settle()
    assert addresses(workspace) == [(KELURAHAN, "014/005", "2022")]
    assert driver.focus == "head_name"
    assert driver.place.sheet.head.accessibleName().startswith("Rumah 002")
    driver.type("Siti")
    driver.press("Ctrl+Enter")
    driver.settle()
    assert addresses(workspace) == [(KELURAHAN, "014/005", "2022")] * 2
    assert recording.record(workspace, Household, {"id": households(workspace)[0].id}).problems[0].question != "rt"


def test_a_known_rt_is_offered_while_typing_and_enter_takes_it(driver, workspace):
    for rt in ("14/5", "15/5"):
        recording.record(workspace, Household, {"rt": rt, "period": "2022", "kk_count": 1})
    driver.enter("household", scope=scope(rt=None))
    driver.type("14")
    assert driver.place.sheet.column.focused.offers.words() == "= 014/005 · 1 rumah"
    driver.press("Enter")
    assert driver.keying.record.answers["rt"] == "014/005"
    driver.press("Shift+Enter")
    driver.type("14")
    driver.press("Down", "Enter")
    assert driver.keying.record.answers["rt"] == "014"
    driver.press("Shift+Enter", "Ctrl+Z")
    assert driver.keying.record.answers["rt"] == "014/005"


def test_saving_without_an_rt_keeps_the_draft_and_says_so_at_the_field(driver, workspace):
    driver.enter("household", scope=scope(rt=None))
    driver.press("Enter", "Enter")
    driver.type("Siti")
    driver.press("Ctrl+Enter")
    driver.settle()
    assert households(workspace) == []
    assert driver.focus == "rt"
    assert notes(driver) == ["Belum dapat disimpan."]
    (draft,) = keyed_drafts.waiting(workspace)
    assert draft.answers["head_name"] == "Siti"
    driver.press("Esc")
    driver.settle()
    again = Driver(workspace)
    again.enter(scope=scope(rt=None), draft=True)
    assert again.keying.record.answers["head_name"] == "Siti"
    again.place.hands.go("head_name")
    again.press("F8")
    assert again.focus == "rt"
    again.type("14/5")
    again.press("Ctrl+S")
    again.settle()
    assert addresses(workspace) == [(KELURAHAN, "014/005", "2022")]
    assert keyed_drafts.waiting(workspace) == []
    assert notes(again) == []
    again.close()


def test_what_is_no_rt_stays_in_the_field_and_nothing_is_saved(driver, workspace):
    driver.enter("household", scope=scope(rt=None))
    driver.type("1,2")
    driver.press("Enter")
    driver.type("4/10/22")
    driver.press("Ctrl+S")
    driver.settle()
    assert (driver.focus, driver.place.sheet.column.focused.field.text()) == ("rt", "1,2")
    assert households(workspace) == []


def test_an_rt_alone_is_no_household(driver, workspace):
    driver.enter("household", scope=scope(rt=None))
    driver.type("14/5")
    driver.press("Ctrl+Enter")
    driver.settle()
    assert households(workspace) == []
    assert driver.keying.record.answers["rt"] == "014/005"


def test_with_several_kelurahan_the_kelurahan_is_asked_by_name(make_workspace):
    workspace = make_workspace(regions=TWO)
    for region, rt in zip(TWO, ("1/1", "2/1"), strict=True):
        recording.record(workspace, Household, {"region": region, "rt": rt, "period": "2022", "kk_count": 1})
    driver = Driver(workspace)
    driver.enter("household", scope=scope("16.71.01", None))
    assert driver.focus == "region"
    names = [offer.name for offer in driver.place.sheet.column.focused.offers._offered.offers]
    driver.type(names[1])
    driver.press("Enter")
    chosen = driver.keying.record.answers["region"]
    assert (driver.focus, chosen in TWO) == ("rt", True)
    known = [offer.text for offer in driver.place.sheet.column.focused.offers._offered.offers]
    assert known == [{TWO[0]: "001/001", TWO[1]: "002/001"}[chosen]]
    driver.press("Down", "Enter")
    assert driver.focus == "survey_date"
    driver.type("4/10/22")
    driver.press("F7")
    driver.press("Ctrl+S")
    driver.settle()
    assert (chosen, known[0], "2022") in addresses(workspace)
    driver.close()


def test_a_kelurahan_that_is_not_here_cannot_be_read(make_workspace):
    driver = Driver(make_workspace(regions=TWO))
    driver.enter("household", scope=scope("16.71.01", None))
    driver.type("Atlantis")
    driver.press("Enter", "Shift+Enter")
    assert (driver.focus, driver.place.sheet.column.focused.field.text()) == ("region", "Atlantis")
    assert driver.keying.problems()[0].question == "region"
    driver.close()


def test_the_rt_of_a_saved_household_is_changed_above_the_first_question(driver, workspace):
    ident = recording.record(workspace, Household, {"rt": "14/5", "period": "2022", "kk_count": 1}).id
    driver.enter("household", ident, scope=scope(), question="kk_count")
    driver.press("F7", "Shift+Enter")
    assert (driver.focus, driver.place.sheet.column.focused.field.text()) == ("rt", "014/005")
    driver.type("15/5")
    driver.press("Ctrl+S")
    driver.settle()
    assert addresses(workspace) == [(KELURAHAN, "015/005", "2022")]
    assert driver.place.sheet.head.accessibleName().startswith("Rumah 001")
    driver.press("Esc")
    assert driver.went[0].scope.rt == "015/005"


def test_an_unread_saved_household_without_an_rt_begins_at_the_missing_rt(driver, workspace):
    ident = recording.record(workspace, Household, {"period": "2022", "kk_count": 1}).id
    driver.enter("household", ident, scope=scope(rt=None))
    assert driver.focus == "rt"
    assert notes(driver) == ["Belum dapat disimpan."]


def test_ctrl_n_on_beranda_and_the_first_household_ask_for_the_rt(qtbot, tmp_path):
    workspaces.init(tmp_path / "baru.p2kp", role="facilitator", name="Siti", regions=[KELURAHAN]).close()
    running = Running(qtbot, tmp_path / "baru.p2kp")
    running.press("n", modifier=CTRL)
    running.until_quiet()
    place = running.frame.findChild(FormPlace)
    assert place.hands.session.focus == "rt"
    running.press("14/5", Qt.Key.Key_Return, "4/10/22", Qt.Key.Key_Return)
    running.press(Qt.Key.Key_Return, modifier=CTRL)
    running.until_quiet()
    (address,) = addresses(running.window.desk.workspace)
    assert address[:2] == (KELURAHAN, "014/005")
    running.close()


def test_at_a_city_ctrl_n_asks_for_the_kelurahan(qtbot, tmp_path):
    workspaces.init(tmp_path / "kota.p2kp", role="district", name="Kota", regions=["16.71"]).close()
    running = Running(qtbot, tmp_path / "kota.p2kp")
    for place in ("1", "2"):
        running.press(place, modifier=CTRL)
        running.until_quiet()
        running.press("n", modifier=CTRL)
        running.until_quiet()
        assert running.frame.findChild(FormPlace).hands.session.focus == "region"
    running.close()
