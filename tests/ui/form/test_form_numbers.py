"""The number of the paper form: offered one up, taken with =, and never in the way of who does not use it."""

import pytest

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import views
from tests.ui.form_driver import Driver, scope
from tests.ui.pictures import a_photo

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def driver(workspace):
    made = Driver(workspace)
    yield made
    made.close()


def saved(workspace):
    with workspace.asking() as connection:
        return [each[Household.form_number] for each in views.found(connection, Household)]


def test_the_next_form_of_the_stack_is_offered_the_next_number_and_keeps_none_unasked(driver, workspace):
    driver.enter("household", scope=scope(), question="form_number")
    driver.type("42")
    driver.press("Enter", "Ctrl+N")
    driver.settle()
    driver.place.hands.go("head_name")
    driver.type("Tini")
    driver.press("Enter", "Ctrl+N")
    driver.settle()
    assert saved(workspace) == [42, None]
    driver.place.hands.go("form_number")
    assert "Berikutnya 43" in driver.place.sheet.column.focused.offered
    driver.type("=")
    driver.press("Enter", "Ctrl+Enter")
    driver.settle()
    assert saved(workspace) == [42, None, 43]


def test_the_last_printed_question_leads_on_to_the_number_and_saving_passes_over_it(driver, workspace):
    driver.enter("household", scope=scope(), question="land_letter")
    driver.type("a")
    assert driver.focus == "form_number"
    driver.press("Ctrl+Enter")
    driver.settle()
    assert saved(workspace) == [None]


def test_the_photos_of_a_house_stand_below_its_assessment(driver, workspace, tmp_path, qtbot):
    house = recording.record(workspace, Household, {"rt": "014/005", "head_name": "Siti"}).id
    driver.enter("household", house, scope=scope())
    side = driver.place.sheet
    assert not side.attachments.isVisible()
    driver.place.filing.attach([a_photo(tmp_path)])
    qtbot.waitUntil(side.attachments.isVisible)
    qtbot.waitUntil(lambda: not side.attachments.pictures.isHidden())
    driver.settle()
    assert side.attachments.isVisible()
    assert side.assessed.geometry().bottom() <= side.attachments.geometry().top()
    assert side.attachments.geometry().bottom() <= side.rect().bottom()
