"""The guided first household: eight steps beside the form, by keys; never in the way."""

import re

import pytest
from PySide6.QtWidgets import QApplication

from p2kp_desktop import settings
from p2kp_desktop.actions.common import practice_mark
from p2kp_desktop.actions.practice import guide_steps
from p2kp_desktop.actions.practice.guide_steps import Progress
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Household
from p2kp_desktop.schema import SOFT
from p2kp_desktop.schema.places import normal_rt
from p2kp_desktop.ui.guide.note import step_words
from p2kp_desktop.ui.guide.place import CLOSED, GuidedFormPlace
from tests.examples import a_record
from tests.ui.form_driver import SMALL, Driver, scope

pytestmark = pytest.mark.usefixtures("qapp")


class Guided(Driver):
    kind = GuidedFormPlace

    @property
    def step(self):
        return self.place.progress.step if self.place.progress else None


@pytest.fixture
def make_driver(workspace):
    made = []

    def make(*, practice=True):
        if practice:
            practice_mark.mark(workspace)
        made.append(Guided(workspace))
        return made[-1]

    yield make
    for driver in made:
        driver.close()


def test_progress_goes_on_in_any_order():
    progress = Progress()
    assert (progress.step, progress.number) == (guide_steps.RT, 1)
    progress = progress.after(guide_steps.HELP).after(guide_steps.RT).after(guide_steps.ENTER)
    assert progress.step == guide_steps.LETTER
    progress = progress.after(guide_steps.LETTER)
    assert (progress.step, progress.number) == (guide_steps.TROUBLE, 5)
    assert progress.after("something else") == progress
    for step in guide_steps.STEPS:
        progress = progress.after(step)
    assert progress.step is None


def test_the_first_questionnaire_of_the_village_is_led_step_by_step(make_driver):
    driver = make_driver()
    driver.enter("household", scope=scope(rt=None))
    assert driver.place.guide.isVisible()
    assert driver.step == guide_steps.RT
    driver.type("14/5")
    driver.press("Enter")
    driver.settle()
    assert driver.step == guide_steps.LETTER  # Enter was pressed too
    driver.place.hands.go("survey_date")
    driver.type("4/10/2022")
    driver.press("Enter")
    driver.place.hands.go("road_access")
    driver.type("a")
    assert driver.step == guide_steps.HELP
    driver.press("F1", "Esc")
    assert driver.step == guide_steps.TROUBLE
    assert driver.place.guide.isVisible()
    driver.press("F8")
    assert driver.step == guide_steps.REASON
    driver.place.hands.go("kk_count")
    driver.type("7")
    driver.press("Enter", "Shift+Enter", "F2")
    driver.type("Rumah besar")
    driver.press("Enter")
    assert driver.step == guide_steps.SAVE
    driver.press("Ctrl+S")
    driver.settle()
    assert driver.step == guide_steps.NEXT
    driver.press("Ctrl+Enter")
    driver.settle()
    assert driver.step is None
    assert "Selesai" in driver.place.guide.accessibleName()
    assert settings.load().guide == CLOSED
    driver.type("5/10/2022")
    driver.press("Ctrl+Enter")
    driver.settle()
    assert not driver.place.guide.isVisible()


def test_escape_takes_the_guide_away_for_good_before_it_leaves_the_form(make_driver):
    driver = make_driver()
    driver.enter("household", scope=scope(), question="roof")
    driver.press("Esc")
    assert not driver.place.guide.isVisible()
    assert driver.went == []
    assert QApplication.focusWidget() is not None
    driver.press("Esc")
    assert [each.place for each in driver.went] == ["collecting"]
    driver.close()
    again = make_driver()
    again.enter("household", scope=scope())
    assert not again.place.guide.isVisible()


def test_a_draft_that_is_taken_up_is_led_on_from_what_it_holds(make_driver):
    driver = make_driver()
    driver.enter("household", scope=scope())
    driver.place.hands.go("survey_date")
    driver.type("4/10/2022")
    driver.press("Esc")
    driver.settle()
    settings.save(settings.Settings())
    again = make_driver()
    again.enter(draft=True, scope=scope())
    assert again.step == guide_steps.LETTER


def test_it_never_takes_the_focus_and_blocks_nothing(make_driver):
    driver = make_driver()
    driver.enter("household", scope=scope(), question="roof")
    assert driver.place.isAncestorOf(QApplication.focusWidget())
    assert not driver.place.guide.isAncestorOf(QApplication.focusWidget())
    driver.press("Ctrl+Enter")
    driver.type("a")
    driver.press("Ctrl+Enter")
    driver.settle()
    assert driver.keying.is_new
    assert driver.step in guide_steps.STEPS


def test_the_first_real_household_is_offered_a_guide_that_waits_for_nobody(make_driver):
    driver = make_driver(practice=False)
    driver.enter("household", scope=scope(), question="roof")
    assert driver.place.guide.isVisible()
    assert driver.place.progress is None
    driver.type("a")
    driver.press("Ctrl+Enter")
    driver.settle()
    assert not driver.place.guide.isVisible()
    assert settings.load().guide == CLOSED


def test_a_household_that_stands_already_is_left_in_peace_by_the_guide(make_driver, workspace):
    ident = recording.record(workspace, Household, {"rt": "014/005", "period": "2022", "kk_count": 1}).id
    driver = make_driver()
    driver.enter("household", scope=scope())
    assert driver.place.guide.isVisible()
    driver.enter("household", ident, scope=scope())
    assert not driver.place.guide.isVisible()
    driver.enter("household", scope=scope())
    assert driver.place.guide.isVisible()
    assert driver.step == guide_steps.ENTER


def test_the_offer_is_taken_by_a_key(make_driver):
    driver = make_driver(practice=False)
    driver.enter("household", scope=scope())
    driver.press("Shift+F1")
    driver.settle()
    assert driver.step == guide_steps.ENTER  # the RT is known from the list


def test_nothing_is_offered_where_households_are_recorded(make_driver, workspace):
    ident = recording.record(workspace, Household, {"rt": "014/005", "period": "2022", "kk_count": 1}).id
    driver = make_driver(practice=False)
    driver.enter("household", scope=scope())
    assert not driver.place.guide.isVisible()
    driver.enter("household", ident, scope=scope())
    assert not driver.place.guide.isVisible()
    driver.enter("rt_survey", scope=scope())
    assert not driver.place.guide.isVisible()


@pytest.mark.parametrize("step", guide_steps.STEPS)
def test_each_step_is_whole_in_the_small_work_area(make_driver, step):
    driver = make_driver()
    driver.place.resize(*SMALL)
    driver.enter("household", scope=scope(), question="water_sufficiency")
    driver.place.progress = Progress(frozenset(guide_steps.STEPS[: guide_steps.STEPS.index(step)]))
    driver.place.guide.show_step(driver.place.progress, "2022")
    driver.settle()
    note, words = driver.place.guide, driver.place.guide._words
    said = step_words(step, "2022")
    assert said in f"{words.text()}" or said.replace("**", "") in words.accessibleName()
    assert words.heightForWidth(words.width()) <= words.height()
    assert note.geometry().bottom() <= driver.place.height()
    assert len(driver.place.sheet.column.rows_in_sight()) >= 4


def test_what_the_guide_gives_as_an_example_is_taken_as_it_is_meant():
    def examples(step):
        return re.findall(r"(?:misalnya|dengan) \*\*(.+?)\*\*", step_words(step, "2026"))

    assert [normal_rt(each) for each in examples(guide_steps.RT)] == ["002/005"]
    days = [str(Household.survey_date.read(each)) for each in examples(guide_steps.ENTER)]
    assert days == ["2026-10-04"]
    assert not list(a_record(Household, survey_date=days[0], period="2026").problems())
    (many,) = examples(guide_steps.REASON)
    (problem,) = a_record(Household, kk_count=many).problems()
    assert (problem.question, problem.severity) == ("kk_count", SOFT)
    letters = {option.letter for option in Household.road_access.options}
    assert {"a", "b"} <= letters
    assert "**a**" in step_words(guide_steps.LETTER, "2026")
