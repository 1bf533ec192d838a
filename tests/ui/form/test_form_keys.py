"""The form view under the keyboard alone."""

import pytest
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import FORMS, Household, RtSurvey
from p2kp_desktop.schema import ADDRESS, Choice, Several
from p2kp_desktop.store import views
from tests.examples import a_record
from tests.ui.form_driver import Driver, scope

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def driver(workspace):
    made = Driver(workspace)
    yield made
    made.close()


def saved(workspace, form):
    with workspace.asking() as connection:
        return list(views.found(connection, form))


def key_whole(driver, record):
    """Key every question that is asked, in order, as somebody with the paper does."""
    form, seen = record.form, []
    while driver.focus not in seen:
        key = driver.focus
        seen.append(key)
        question, plain = form.question(key), record.answers.get(key)
        if plain is None:
            driver.press("Enter")
        elif isinstance(question, Choice):
            driver.type(question.options.letter(plain))
        elif isinstance(question, Several):
            driver.type("".join(question.options.letter(code) for code in plain.split(",")))
            driver.press("Enter")
        else:
            driver.type(question.show(plain) if question.kind != "date" else "/".join(reversed(plain.split("-"))))
            driver.press("Tab")
    return seen


@pytest.mark.parametrize("form", [Household, RtSurvey], ids=lambda form: form.key)
def test_a_whole_record_is_keyed_and_saved_as_recording_would(driver, workspace, make_workspace, form):
    example = a_record(form)
    driver.enter(form.key, scope=scope())
    key_whole(driver, example)
    driver.press("Ctrl+Enter")
    driver.settle()
    other = make_workspace("Lain")
    recording.record(other, form, {**example.answers})
    (mine,), (theirs,) = saved(workspace, form), saved(other, form)
    asked = {question.key for question in theirs.asked()} | {"region", "rt", "period"}
    left_out = ("identity",)
    assert {k: v for k, v in mine.answers.items() if k not in left_out} == {
        k: v for k, v in theirs.answers.items() if k in asked or k == "alive"
    }
    assert keyed_drafts.waiting(workspace) == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_question_of_every_form_is_reached_by_keys(driver, form):
    driver.enter(form.key, scope=scope())
    driver.place.hands.go(driver.keying.focusable()[0])
    reached = [driver.focus]
    for _ in (*form.questions, *ADDRESS):
        driver.press("PgDown")
        reached.append(driver.focus)
    assert list(dict.fromkeys(reached)) == driver.keying.focusable()
    assert QApplication.focusWidget() is not None
    for _ in (*form.questions, *ADDRESS):
        driver.press("Shift+Enter")
    assert driver.focus == driver.keying.focusable()[0]


def test_a_letter_picks_and_moves_on_past_what_is_skipped(driver):
    driver.enter("household", scope=scope(), question="water_source")
    driver.type("a")
    assert driver.focus == "water_sufficiency"
    driver.press("Shift+Enter")
    driver.type("C")
    assert driver.focus == "pit_distance"
    driver.type("z")
    assert driver.focus == "pit_distance"


def test_several_letters_are_put_and_taken_back_and_enter_moves_on(driver):
    driver.enter("rt_survey", scope=scope(), question="fire_protection")
    driver.type("abca")
    assert driver.focus == "fire_protection"
    assert driver.keying.record.answers["fire_protection"] == "sumber_air,kendaraan_apar"
    driver.press("Enter")
    assert driver.focus == "fire_road"


def test_arrows_move_a_ring_in_a_choice_and_only_space_picks(driver):
    driver.enter("household", scope=scope(), question="roof")
    driver.press("Down", "Down")
    driver.press("Enter")
    assert (driver.focus, driver.keying.record.answers.get("roof")) == ("wall", None)
    driver.press("PgUp", "Down", "Down", "Space")
    assert (driver.focus, driver.keying.record.answers["roof"]) == ("wall", "bocor")
    driver.press("PgUp", "PgUp")
    assert driver.focus == "occupants"
    driver.press("Up")
    assert driver.focus == "floors"


def test_f7_goes_to_the_header_and_back_and_sections_have_keys(driver):
    driver.enter("household", scope=scope(), question="roof")
    driver.press("F7")
    assert driver.focus == "survey_date"
    driver.press("F7")
    assert driver.focus == "roof"
    driver.press("Ctrl+PgDown")
    assert driver.focus == "water_source"
    driver.press("Ctrl+PgUp")
    assert driver.focus == "floor_length"


def test_f8_goes_round_the_problems_and_focus_never_jumps_by_itself(driver):
    driver.enter("household", scope=scope(), question="kk_count")
    driver.type("9")
    driver.press("Enter")
    assert driver.focus == "mbr"
    driver.place.hands.go("members_male")
    driver.type("dua")
    driver.press("Tab")
    assert driver.focus == "members_female"
    driver.press("F8")
    assert driver.focus == "kk_count"
    driver.press("F8")
    assert driver.focus == "members_male"
    assert QApplication.focusWidget().text() == "dua"
    driver.press("Shift+F8")
    assert driver.focus == "kk_count"


def test_a_soft_problem_is_explained_by_keys(driver):
    driver.enter("household", scope=scope(), question="kk_count")
    driver.type("9")
    driver.press("Enter", "F8", "F2")
    driver.type("rumah bedeng")
    driver.press("Enter")
    assert driver.keying.record.answers["why.kk_count"] == "rumah bedeng"
    assert driver.focus == "kk_count"
    assert QApplication.focusWidget() is driver.place.sheet.column.focused.field
    driver.press("F8")
    assert driver.focus in driver.place.hands.session.empty()  # no problem is left


def test_undo_takes_back_first_what_is_typed_then_answers(driver):
    driver.enter("household", scope=scope(), question="kk_count")
    driver.type("2")
    driver.press("Enter")
    driver.type("b")
    driver.type("77")
    driver.press("Ctrl+Z")
    assert (driver.focus, QApplication.focusWidget().text()) == ("members_male", "")
    driver.press("Ctrl+Z")
    assert (driver.focus, driver.keying.record.answers.get("mbr")) == ("mbr", None)
    driver.press("Ctrl+Z")
    assert (driver.focus, driver.keying.record.answers.get("kk_count")) == ("kk_count", None)
    driver.press("Ctrl+Shift+Z", "Ctrl+Shift+Z")
    assert driver.keying.given() == driver.keying.record.answers
    assert driver.keying.record.answers["mbr"] == "non_mbr"


def test_the_focused_question_keeps_its_place(driver):
    driver.enter("household", scope=scope())
    column = driver.place.sheet.column
    tops = set()
    for _ in Household.questions:
        tops.add(column.box_top())
        driver.press("PgDown")
    usual = round(column.height() * 0.6)
    assert usual in tops
    assert usual - min(tops) <= 30  # only eleven options need more room
    assert len(tops) <= 3


def test_what_is_offered_for_an_empty_question_is_told_and_taken_with_one_key(driver):
    driver.enter("activity", scope=scope())
    driver.place.hands.go("subcomponent")
    driver.type("c")
    driver.place.hands.go("criteria")
    box = driver.place.sheet.column.focused
    assert "Usulan, belum diverifikasi: 4a Genangan; 4b Ketersediaan drainase; 4c" in box.offered
    driver.type("=")
    assert driver.keying.record.answers["criteria"] == "c4a,c4b,c4c"
    assert box.offered == ""
    driver.type("j")  # and 4c taken out again
    assert driver.keying.record.answers["criteria"] == "c4a,c4b"
    driver.press("Ctrl+Z", "Ctrl+Z")
    assert driver.keying.record.answers.get("criteria") is None
    driver.place.hands.go("component")
    driver.type("=")  # nothing is offered here
    assert driver.keying.record.answers.get("component") is None


def test_f8_leads_to_what_is_still_empty_where_nothing_is_wrong(driver):
    driver.enter("household", scope=scope(), question="roof")
    driver.press("Enter")
    driver.type("a")
    assert driver.focus == "floor"
    driver.press("Shift+F8")
    assert driver.focus == "roof"
    driver.press("F8")
    assert driver.focus == "floor"
