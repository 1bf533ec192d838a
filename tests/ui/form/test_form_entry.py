"""What makes keying kind, by keys: look-alikes, named undo, finding options by their words, resident lists, figures."""

import time

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.importing import resident_lists
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.quality import operators
from p2kp_desktop.actions.recording import doubles, recording
from p2kp_desktop.actions.residents import residents
from p2kp_desktop.forms import Household, Kawasan
from p2kp_desktop.forms.resident import SURVEYED
from p2kp_desktop.store import neighbours, views
from p2kp_desktop.ui.form.folded import echo
from p2kp_desktop.ui.form.notes import AlikeNote
from p2kp_desktop.ui.form.strip import AskingStrip
from p2kp_desktop.ui.form.viewing import sections, standing
from p2kp_desktop.ui.kit.sections import Progress
from tests.conftest import KELURAHAN
from tests.ui.form_driver import Driver, scope

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def driver(workspace):
    made = Driver(workspace)
    yield made
    made.close()


@pytest.fixture
def aminah(workspace):
    answers = {"rt": "014/005", "period": "2022", "head_name": "Hj. Siti Aminah", "building": "12"}
    return recording.record(workspace, Household, answers).id


def households(workspace):
    with workspace.asking() as connection:
        return list(views.found(connection, Household))


def alike(driver):
    return [note for note in driver.place.findChildren(AlikeNote) if note.isVisible()]


def wait_for(driver, condition):
    """Wait until the question that is asked off the screen's thread is answered."""
    end = time.monotonic() + 10
    while not condition() and time.monotonic() < end:
        QApplication.processEvents()
        driver.settle()
        time.sleep(0.02)
    assert condition()


def key_aminah_again(driver):
    driver.enter("household", scope=scope(), question="head_name")
    driver.type("Siti Aminah")
    driver.press("Enter", "Enter", "Enter")
    driver.type("12")
    driver.press("Enter")


@pytest.mark.usefixtures("aminah")
def test_a_household_like_another_one_gets_a_note_at_its_name_and_the_focus_stays(driver):
    key_aminah_again(driver)
    driver.type("3")
    wait_for(driver, lambda: alike(driver))
    assert driver.focus == "kk_count"
    assert driver.place.sheet.column.focused.field.text() == "3"
    assert driver.place.sheet.column.focused.field.hasFocus()
    said = " ".join(label.text() for label in alike(driver)[0].children() if hasattr(label, "text"))
    for word in ("Mirip dengan rumah 001 Hj. Siti Aminah", "nama sama", "nomor bangunan sama"):
        assert word in said
    driver.press("Shift+F8")
    assert driver.focus == "head_name"


def test_the_look_alike_is_opened_with_a_key_and_the_draft_stays(driver, workspace, aminah):
    key_aminah_again(driver)
    wait_for(driver, lambda: alike(driver))
    mine = driver.keying.record.id
    driver.press("Ctrl+G")
    assert (driver.went[-1].place, driver.went[-1].record) == ("form", aminah)
    driver.place.may_leave()
    driver.settle()
    assert [draft.id for draft in keyed_drafts.waiting(workspace)] == [mine]


@pytest.mark.usefixtures("aminah")
def test_esc_leads_from_the_look_alike_back_to_the_draft_and_its_note(driver):
    key_aminah_again(driver)
    wait_for(driver, lambda: alike(driver))
    mine = driver.keying.record.id
    driver.press("Ctrl+G")
    driver.place.enter(driver.went[-1], scope())
    driver.place._beside = mine  # as when the window hears of it at once
    driver.settle()
    driver.press("Esc")
    driver.settle()
    assert driver.keying.record.id == mine
    wait_for(driver, lambda: alike(driver))


def test_no_duplicate_with_a_reason_is_remembered_when_the_household_is_saved(driver, workspace, aminah):
    key_aminah_again(driver)
    wait_for(driver, lambda: alike(driver))
    driver.place.hands.go("head_name")
    driver.press("F2")
    driver.type("anaknya, rumah di belakang")
    driver.press("Enter")
    driver.settle()
    assert not alike(driver)
    (draft,) = keyed_drafts.waiting(workspace)
    assert "anaknya, rumah di belakang" in draft.answers.values()
    mine = driver.keying.record.id
    driver.press("Ctrl+S")
    driver.settle()
    with workspace.asking() as connection:
        assert neighbours.told_apart(connection) == {frozenset((mine, aminah))}
    assert doubles.among(workspace, KELURAHAN, "2022") == []
    assert not any(key.startswith("beside.") for record in households(workspace) for key in record.answers)


def test_what_was_said_about_a_look_alike_comes_back_with_the_draft(driver, workspace, aminah):
    key_aminah_again(driver)
    wait_for(driver, lambda: alike(driver))
    driver.place.hands.go("head_name")
    driver.press("F2")
    driver.type("adiknya")
    driver.press("Enter")
    driver.settle()
    again = Driver(workspace)
    again.enter(scope=scope(), draft=True)
    assert again.place.hands.session.beside.apart == {aminah: "adiknya"}
    again.close()


@pytest.mark.usefixtures("aminah")
def test_a_saved_household_is_not_compared_any_more(driver, workspace):
    key_aminah_again(driver)
    wait_for(driver, lambda: alike(driver))
    driver.press("Ctrl+S")
    driver.settle()
    assert not alike(driver)
    assert len(households(workspace)) == 2


def action(driver, key):
    return next(each for each in driver.place.findChildren(QAction) if each.shortcut().toString() == key)


def test_undo_says_what_it_takes_back_and_redo_what_it_gives_again(driver):
    driver.enter("household", scope=scope(), question="roof")
    assert action(driver, "Ctrl+Z").text() == "Urungkan jawaban"
    driver.type("ab")
    assert action(driver, "Ctrl+Z").text().startswith("Urungkan: 10 ")
    driver.press("Ctrl+Z")
    assert action(driver, "Ctrl+Z").text().startswith("Urungkan: 9 ")
    assert action(driver, "Ctrl+Shift+Z").text().startswith("Ulangi: 10 ")
    assert driver.focus == "wall"


def test_the_legend_names_what_is_undone(driver):
    driver.enter("household", scope=scope(), question="roof")
    driver.type("a")
    assert driver.place.sheet.legend.isVisible()
    assert "9 " in driver.place.sheet.legend.accessibleDescription()


def offered(driver):
    return [" ".join(keys) for keys, _word in driver.place.sheet.legend.in_sight()]


def test_the_legend_offers_only_the_keys_that_do_something_here(driver):
    driver.enter("household", scope=scope(), question="roof")
    assert offered(driver)[0] == "a b"
    assert not {"F4", "Ctrl Z"} & {*offered(driver)}
    assert dict(driver.place.sheet.legend.in_sight())[("F8",)] == "yang kosong"
    driver.type("a")
    assert "Ctrl Z" in offered(driver)
    driver.place.hands.go("floor_length")
    assert offered(driver)[0] == "Enter"
    driver.type("0")
    driver.press("Enter")
    assert dict(driver.place.sheet.legend.in_sight())[("F8",)] == "masalah"


def test_the_name_of_what_is_undone_gives_way_before_the_way_to_the_list_does(driver):
    driver.enter("household", scope=scope(), question="floor_length")
    driver.type("5")
    driver.press("Enter")
    legend = driver.place.sheet.legend
    legend.resize(1400, 32)
    long = dict(legend.in_sight())[("Ctrl", "Z")]
    assert long.endswith("…")
    while dict(legend.in_sight())[("Ctrl", "Z")] == long:
        assert offered(driver)[-1] == "Esc"
        legend.resize(legend.width() - 10, 32)
    assert dict(legend.in_sight())[("Ctrl", "Z")] == "urungkan 6a"
    assert offered(driver)[-1] == "Esc"


def test_ctrl_n_saves_the_household_and_begins_the_next_one_of_the_stack(driver, workspace):
    driver.enter("household", scope=scope(), question="head_name")
    driver.type("Siti")
    driver.press("Enter", "Ctrl+N")
    driver.settle()
    with workspace.asking() as connection:
        assert [each.answers["head_name"] for each in views.found(connection, Household)] == ["Siti"]
    assert (driver.keying.is_new, driver.keying.record.answers.get("head_name")) == (True, None)
    assert driver.keying.record.answers["rt"] == "014/005"


def test_ctrl_n_begins_another_record_of_the_same_form(driver, workspace):
    driver.enter("kawasan", scope=scope())
    driver.place.hands.go("name")
    driver.type("Kawasan Sungai")
    driver.press("Enter", "Ctrl+N")
    driver.settle()
    with workspace.asking() as connection:
        assert views.count(connection, Kawasan) == 1
    assert (driver.keying.form, driver.keying.is_new) == (Kawasan, True)


def test_an_option_is_found_by_its_words(driver):
    driver.enter("household", scope=scope(), question="water_source")
    driver.type("/sumur tak")
    assert driver.focus == "water_source"
    ringed = driver.place.sheet.column.focused.options.ringed_option()
    assert ringed.text == "Sumur tak terlindung"
    driver.press("Enter")
    assert driver.keying.record.answers["water_source"] == "sumur_tak_terlindung"
    assert driver.focus != "water_source"


def test_finding_an_option_is_given_up_with_escape_and_letters_choose_again(driver):
    driver.enter("household", scope=scope(), question="water_source")
    driver.type("/xyz")
    assert driver.place.sheet.column.focused.options.ringed_option() is None
    driver.press("Esc")
    assert driver.went == []
    driver.type("a")
    assert driver.keying.record.answers["water_source"] == "ledeng_meteran"


def test_a_letter_is_given_back_until_the_seeking_ends(driver):
    driver.enter("household", scope=scope(), question="water_source")
    driver.type("/s")
    QApplication.processEvents()
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backspace)
    driver.type("a")
    assert driver.keying.record.answers["water_source"] == "ledeng_meteran"


def test_skipped_answers_are_listed_before_handing_in_clears_them(driver, workspace):
    driver.enter("household", scope=scope(), question="water_source")
    driver.type("ca")
    driver.place.hands.go("water_source")
    driver.type("a")
    driver.press("Ctrl+Shift+S")
    strip = driver.place.sheet.column.findChild(AskingStrip)
    assert "≥ 10 m" in strip.accessibleName()
    driver.press("Enter")
    driver.settle()
    (record,) = households(workspace)
    assert "pit_distance" not in record.answers
    assert record.answers["status"] == "siap"


def test_a_line_of_the_resident_list_ends_as_surveyed_when_its_household_is_saved(driver, workspace):
    listed = [residents.ResidentLine("12", "Siti Aminah"), residents.ResidentLine("13", "Rohana")]
    resident_lists.put_list(workspace, KELURAHAN, "014/005", "2022", listed, origin="ditempel")
    driver.enter("household", scope=scope(), question="head_name")
    driver.type("Hj. Siti Aminah")
    driver.press("Ctrl+Enter")
    driver.settle()
    (household,) = households(workspace)
    first, second = residents.lines(workspace, KELURAHAN, "014/005", "2022")
    assert (first.answers["outcome"], first.answers["household"]) == (SURVEYED, household.id)
    assert second.answers.get("outcome") is None


def test_keystrokes_and_corrections_are_noted_with_the_save(driver, workspace):
    driver.enter("household", scope=scope(), question="roof")
    driver.type("abb")
    driver.press("Ctrl+Z")
    driver.press("Ctrl+Enter")
    driver.settle()
    (figures,) = operators.figures(workspace)
    assert (figures.records, figures.keystrokes, figures.corrections) == (1, 4, 1)
    driver.press("Ctrl+Enter")
    driver.settle()
    assert operators.figures(workspace)[0].records == 1


def test_a_section_without_an_answer_is_never_ticked_even_when_nothing_in_it_is_required(driver):
    driver.enter("kawasan", scope=scope(rt=None))
    shown, _current, _firsts = sections(driver.place.hands.session)
    empty = [each for each in shown if each.count.startswith("0/") or not each.count[:1].isdigit()]
    assert empty
    assert all(each.progress is not Progress.DONE for each in empty)


def test_the_head_names_the_number_of_the_building(driver, aminah):
    driver.enter("household", aminah, scope=scope())
    for small in (False, True):
        assert "Bangunan 12" in standing(driver.place.hands.session, small=small).sub


def test_a_whole_nik_is_echoed_with_whose_it_is_and_a_family_card_only_counted():
    assert echo(Household.nik, "167106 450780 0003") == "16 angka: perempuan, lahir 5 Juli 1980"
    assert echo(Household.nik, "1671060507800003") == "16 angka: laki-laki, lahir 5 Juli 1980"
    assert echo(Household.nik, "1671063102800001") == "16 angka"  # no day of the calendar
    assert echo(Household.nik, "16710") == "5 angka"
    assert echo(Household.kk_number, "1671061503190007") == "16 angka"
