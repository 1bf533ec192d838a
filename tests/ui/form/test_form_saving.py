"""Drafts, saving, the next of the stack, and coming back, by keys."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Household, Period, form
from p2kp_desktop.store import drafts, open_workspace, views
from p2kp_desktop.ui.form.strip import AskingStrip
from p2kp_desktop.ui.kit.messages import ErrorCard
from tests.conftest import KELURAHAN
from tests.examples import a_record
from tests.ui.form_driver import SMALL, Driver, scope

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def driver(workspace):
    made = Driver(workspace)
    yield made
    made.close()


def households(workspace):
    with workspace.asking() as connection:
        return list(views.found(connection, Household))


def strip(driver):
    return driver.place.sheet.column.findChild(AskingStrip)


def test_after_every_field_the_draft_is_on_disk_at_the_next_question(driver, workspace):
    driver.enter("household", scope=scope(), question="head_name")
    driver.settle()
    assert keyed_drafts.waiting(workspace) == []
    driver.type("Siti")
    driver.press("Enter")
    driver.settle()
    (draft,) = keyed_drafts.waiting(workspace)
    assert (draft.question, draft.answers["head_name"]) == ("nik", "Siti")
    driver.place.hands.go("kk_count")
    driver.type("satu")
    driver.press("Tab")
    driver.settle()
    (draft,) = keyed_drafts.waiting(workspace)
    assert (draft.question, draft.answers["typed.kk_count"]) == ("mbr", "satu")


def test_the_form_says_who_else_has_a_draft_of_the_record(driver, workspace):
    saved = recording.record(workspace, Household, {"rt": "014/005", "period": "2022", "head_name": "Siti"}).id
    with workspace.changing() as connection:
        drafts.keep(connection, drafts.Draft(saved, "household", {"head_name": "Siti A"}, "", "Budi", "2026"))
    driver.enter("household", saved, scope=scope())
    driver.settle()
    assert "Budi juga punya draf" in driver.place.sheet.banner.accessibleName()
    assert driver.keying.record.answers["head_name"] == "Siti"


def test_undone_to_nothing_there_is_no_draft(driver, workspace):
    driver.enter("household", scope=scope(), question="roof")
    driver.type("a")
    driver.settle()
    driver.press("Ctrl+Z")
    driver.settle()
    assert keyed_drafts.waiting(workspace) == []


def test_the_next_household_is_there_at_once_with_what_is_carried_over(driver, workspace):
    driver.enter("household", scope=scope())
    driver.type("4/10/22")
    driver.press("Enter")
    driver.type("Siti")
    driver.press("Ctrl+Enter")
    assert driver.keying.is_new
    assert driver.focus == "head_name"
    assert driver.keying.record.answers["survey_date"] == "2022-10-04"
    assert "head_name" not in driver.keying.record.answers
    driver.type("Rina")
    driver.press("Ctrl+Enter")
    driver.settle()
    assert [record.answers["head_name"] for record in households(workspace)] == ["Siti", "Rina"]
    assert driver.place.hands.session.opened.number == 3


def test_a_household_saved_before_going_on_counts_for_the_number_of_the_next(driver):
    driver.enter("household", scope=scope())
    assert driver.place.hands.session.opened.number == 1
    driver.type("4/10/22")
    driver.press("Ctrl+S")
    driver.settle()
    driver.press("Ctrl+Enter")
    driver.settle()
    assert driver.keying.is_new
    assert driver.place.hands.session.opened.numbered() == (2, 1)
    driver.type("Rina")
    driver.press("Ctrl+Enter")
    assert driver.place.hands.session.opened.numbered() == (3, 2)


@pytest.mark.parametrize(("key", "question", "typed", "told"), [
    ("Ctrl+Enter", "kk_count", "99", "1 isian harus diperbaiki"),
    ("Ctrl+S", "floor_length", "0", "harus diperbaiki: 6a"),
])
def test_what_is_saved_though_it_cannot_be_is_told_at_once(driver, key, question, typed, told):
    driver.enter("household", scope=scope(), question="head_name")
    driver.type("Siti")
    driver.place.hands.go(question)
    driver.type(typed)
    driver.press(key)
    driver.settle()
    said = driver.place.sheet.head._disk.words
    assert "tersimpan" in said
    assert said.endswith(f", {told}")


def test_a_record_is_titled_by_what_it_is_called(driver, workspace):
    made = recording.record(workspace, form("commitment"), {
        "who": "Dinas PUPR", "what": "Drainase", "year": 2027, "region": KELURAHAN,
    }).id
    driver.enter("commitment", made, scope=scope())
    assert driver.place.sheet.head._standing.title == "Komitmen · Dinas PUPR"


def test_what_is_saved_and_may_be_is_told_without_a_warning(driver):
    driver.enter("household", scope=scope(), question="head_name")
    driver.type("Siti")
    driver.press("Ctrl+Enter")
    driver.settle()
    assert "harus diperbaiki" not in driver.place.sheet.head._disk.words


def test_saving_and_staying_keeps_the_question_and_saves_only_changes_then(driver, workspace):
    driver.enter("household", scope=scope(), question="kk_count")
    driver.type("2")
    driver.press("Ctrl+S")
    driver.settle()
    assert driver.focus == "kk_count"
    driver.press("Enter")
    driver.type("b")
    driver.press("Ctrl+S")
    driver.settle()
    (record,) = households(workspace)
    assert (record.answers["kk_count"], record.answers["mbr"]) == (2, "non_mbr")
    assert keyed_drafts.waiting(workspace) == []


def test_what_somebody_else_changed_meanwhile_is_shown_beside_what_was_typed(driver, workspace):
    saved = recording.record(workspace, Household, {**a_record(Household).answers, "water_source": "ledeng_meteran"}).id
    driver.enter("household", saved, scope=scope(), question="water_source")
    driver.type("g")
    recording.record(workspace, Household, {"id": saved, "water_source": "c"})
    told = []
    driver.place.saving.told.connect(told.append)
    driver.press("Ctrl+S")
    driver.settle()
    driver.settle()
    assert any("12 " in each and "diubah orang lain: keduanya disimpan" in each for each in told), told
    assert (driver.focus, set(driver.keying.choices.disputed)) == ("water_source", {"water_source"})
    assert not driver.keying.is_touched


def test_an_empty_form_is_not_saved(driver, workspace):
    driver.enter("household", scope=scope())
    driver.press("Ctrl+Enter")
    driver.settle()
    assert households(workspace) == []


def test_answers_no_longer_asked_are_listed_before_saving_clears_them(driver, workspace):
    driver.enter("household", scope=scope(), question="water_source")
    driver.type("ca")
    driver.press("F7", "F7")
    driver.place.hands.go("water_source")
    driver.type("a")
    driver.press("Ctrl+Enter")
    assert "≥ 10 m" in strip(driver).accessibleName()
    driver.press("Esc")
    assert driver.keying.record.answers["pit_distance"] == "minimal_10_m"
    assert QApplication.focusWidget() is driver.place.sheet.column.focused
    driver.press("Ctrl+Enter")
    driver.press("Enter")
    driver.settle()
    (record,) = households(workspace)
    assert "pit_distance" not in record.answers
    assert record.answers["water_source"] == "ledeng_meteran"


def test_a_form_without_what_names_it_says_what_is_missing(driver, workspace):
    driver.enter("period", scope=scope(), question="note")
    driver.type("uji")
    driver.press("Ctrl+Enter")
    assert "Tahun" in strip(driver).accessibleName()
    driver.press("Enter")
    driver.place.hands.go("year")
    driver.type("2026")
    driver.press("Ctrl+Enter")
    driver.settle()
    with workspace.asking() as connection:
        assert [record[Period.year] for record in views.found(connection, Period)] == [2026]
    assert [each.place for each in driver.went] == ["collecting"]


def test_a_save_that_is_refused_says_so_and_the_draft_is_still_there(driver, workspace):
    recording.record(workspace, Period, {"year": 2022})
    with workspace.asking() as connection:
        (period,) = views.found(connection, Period)
    driver.enter("period", period.id, scope=scope(), question="year")
    driver.type("2023")
    driver.press("Ctrl+Enter")
    driver.settle()
    card = driver.place.sheet.column.findChild(ErrorCard)
    assert "buat catatan baru" in card.accessibleName()
    assert [draft.answers["year"] for draft in keyed_drafts.waiting(workspace)] == [2023]
    assert driver.keying.record.answers["year"] == 2023
    driver.press("Esc")
    assert driver.went == []


def test_escape_goes_to_the_list_and_the_draft_stays(driver, workspace):
    driver.enter("household", scope=scope(), question="head_name")
    driver.type("Siti")
    driver.press("Esc")
    driver.settle()
    (went,) = driver.went
    assert (went.place, went.scope, went.form) == ("collecting", scope(), "household")
    (draft,) = keyed_drafts.waiting(workspace)
    assert draft.answers["head_name"] == "Siti"


def test_a_draft_is_taken_up_again_by_a_destination(driver, workspace):
    driver.enter("household", scope=scope(), question="kk_count")
    driver.type("2")
    driver.press("Enter")
    driver.close()
    again = Driver(workspace)
    again.enter(scope=scope(), draft=True)
    assert again.focus == "mbr"
    assert again.keying.record.answers["kk_count"] == 2
    again.press("Ctrl+Enter")
    again.settle()
    assert [record.answers["kk_count"] for record in households(workspace)] == [2]
    again.close()


def test_a_saved_record_says_when_and_by_whom_and_its_answers_have_a_history(driver, workspace):
    ident = recording.record(workspace, Household, {"rt": "014/005", "period": "2022", "kk_count": 1}).id
    driver.enter("household", ident, scope=scope(), question="kk_count")
    assert "oleh Siti" in driver.place.sheet.head.accessibleDescription()
    driver.type("3")
    driver.press("Ctrl+S")
    driver.settle()
    driver.press("F4")
    driver.settle()
    past = driver.place.sheet.past
    assert past.isVisible()
    assert "1 → **3**" in past.accessibleName()
    driver.press("Esc")
    assert not past.isVisible()
    assert driver.went == []


def test_an_answer_in_conflict_shows_both_sides_and_leads_to_where_it_is_settled(make_workspace, tmp_path):
    mine, theirs = make_workspace("Siti"), make_workspace("Rina")
    ident = recording.record(mine, Household, {"rt": "014/005", "period": "2022", "kk_count": 1}).id
    receiving.receive(theirs, sending.send(mine, tmp_path).path)
    recording.record(mine, Household, {"id": ident, "roof": "a"})
    recording.record(theirs, Household, {"id": ident, "roof": "b"})
    receiving.receive(mine, sending.send(theirs, tmp_path).path)
    driver = Driver(mine)
    driver.enter("household", ident, scope=scope(), question="roof")
    assert {side.person for side in driver.place.hands.session.opened.disputed["roof"]} == {"Siti", "Rina"}
    driver.press("F2", "F2")
    (went,) = driver.went
    assert (went.place, went.tab, went.record, went.question) == ("transfer", "conflicts", ident, "roof")
    driver.close()


def test_help_opens_in_place_and_closes(driver):
    driver.enter("household", scope=scope(), question="kk_count")
    box = driver.place.sheet.column.focused
    height = box.height()
    driver.press("F1")
    assert box.height() > height
    driver.press("Esc")
    assert box.height() == height


def test_both_work_areas_show_enough_rows(driver):
    driver.enter("household", scope=scope(), question="water_sufficiency")
    driver.place.hands.walked(lambda session: session.typed(session.keying.choose("water_source", "a")))
    column = driver.place.sheet.column
    assert len(column.rows_in_sight()) >= 9
    driver.place.resize(*SMALL)
    driver.settle()
    shown = column.rows_in_sight()
    here = shown.index("water_sufficiency")
    assert here >= 2
    assert len(shown) - here - 1 >= 3


@pytest.mark.parametrize("seconds", [0.2, 0.7, 1.3])
def test_a_kill_while_keying_loses_at_most_the_field_in_progress(tmp_path, seconds):
    location = tmp_path / "kill.p2kp"
    typist = Path(__file__).parents[1].joinpath("form_typist.py")
    said = "0 0 survey_date"
    with subprocess.Popen([sys.executable, typist, location, KELURAHAN], stdout=subprocess.PIPE, text=True) as typing:
        first = 0.0
        for line in typing.stdout:
            said, first = line, first or time.monotonic()
            if time.monotonic() - first > seconds:
                typing.kill()
                break
        said = [said, *typing.stdout][-1]
    count, answers, question = said.split()
    with open_workspace(location) as workspace:
        opened, recorded = keyed_drafts.open_draft(workspace), len(households(workspace))
    kept = len(opened.keying.draft()) if opened else 0
    assert (recorded, kept) >= (int(count), int(answers))
    if kept and (recorded, kept) == (int(count), int(answers)):
        assert opened.question == question
