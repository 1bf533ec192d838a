from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop import settings
from p2kp_desktop.actions.practice import first_start
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.trust import members
from p2kp_desktop.forms import Household
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.store import views
from p2kp_desktop.ui.kit.messages import Fault
from p2kp_desktop.ui.shell.area_picker import AreaPicker
from p2kp_desktop.ui.shell.first_start import FirstStart
from p2kp_desktop.ui.shell.settings_place import SettingsPlace
from tests.ui.windows import AREAS, Running

ENTER = Qt.Key.Key_Return


@pytest.fixture
def running(qtbot, tmp_path):
    """The program at its first start, its files going into a folder of the test."""
    made = Running(qtbot)
    assert isinstance(made.page, FirstStart)
    made.page.folder = tmp_path / "P2KP"
    made.page.name.setFocus()
    yield made
    made.close()


def test_three_answers_by_keyboard_open_the_window(running):
    running.press("Rina Marlina", ENTER, "1", ENTER, "lima ulu", ENTER, ENTER)
    running.until_open()
    about = running.window.about
    assert (about.person, about.role, about.regions) == ("Rina Marlina", "facilitator", ("16.71.02.1005",))
    assert Path(about.file).parent.name == "P2KP"
    assert (running.window.here.place, running.window.here.form) == ("form", "household")


def test_a_facilitator_may_work_in_several_kelurahan(running):
    running.press("Rina Marlina", ENTER, "1", ENTER, "tiga empat ulu", ENTER, "lima ulu", ENTER)
    assert len(running.page.areas.codes) == 2
    running.press(ENTER)
    running.until_open()
    assert len(running.window.about.regions) == 2


def test_a_district_picks_one_kabupaten_or_kota(running):
    running.press("Budi", ENTER, "2", ENTER, "palembang", ENTER, "prabumulih", ENTER, ENTER)
    running.until_open()
    assert (running.window.about.role, running.window.about.regions) == ("district", ("16.74",))


def test_the_province_is_picked_already(running):
    running.press("Ani", ENTER, "3", ENTER, ENTER)
    running.until_open()
    assert (running.window.about.role, running.window.about.regions) == ("province", ("16",))


def test_the_door_opens_only_when_all_is_answered(running):
    page = running.page
    assert not page.begin.isEnabled()
    assert not page.practise.isEnabled()
    running.press("Rina")
    assert page.practise.isEnabled()
    page.go()
    assert running.window is None
    assert QApplication.focusWidget() is page.areas.field


def marked(page):
    return [place for place, mark in enumerate(page._marks, start=1) if mark._here]


def test_the_number_that_is_filled_is_that_of_the_question_with_the_focus(running):
    assert marked(running.page) == [1]
    running.press("Rina", ENTER)
    assert marked(running.page) == [2]
    running.press(ENTER)
    assert marked(running.page) == [3]


def test_no_letter_is_lost_when_the_village_is_typed_while_the_task_is_asked(running):
    running.press("Rina", ENTER, "lima ilir")
    assert running.page.areas.field.text() == "lima ilir"
    running.press(ENTER)
    assert [region_name(code) for code in running.page.areas.codes] == ["Lima Ilir"]


def test_a_figure_chooses_the_task_and_enter_confirms_it_without_picking_an_area(running):
    running.press("Budi", ENTER, "2", ENTER)
    assert QApplication.focusWidget() is running.page.areas.field
    running.press(ENTER, ENTER)
    assert running.page.areas.codes == ()
    running.press(Qt.Key.Key_Down, Qt.Key.Key_Down, ENTER)
    assert running.page.areas.codes == (list(running.page.areas._entries)[1].value,)


def test_a_row_that_is_clicked_keeps_its_place_and_the_field_keeps_the_focus(running):
    page = running.page
    found = page.areas.found
    running.qtbot.mouseClick(
        found.viewport(), Qt.MouseButton.LeftButton, pos=found.visualRect(found.model().index(2, 0)).center()
    )
    assert found.model().entries[2].checked
    assert page.areas.codes == (found.model().entries[2].value,)
    assert QApplication.focusWidget() is page.areas.field


def test_enter_on_the_practice_door_opens_it(running):
    running.press("Rina")
    while QApplication.focusWidget() is not running.page.practise:
        running.press(Qt.Key.Key_Tab)
    running.press(ENTER)
    running.until_open()
    assert running.window.about.practice


def test_names_that_repeat_are_told_apart_by_their_kecamatan(qtbot):
    picker = AreaPicker()
    qtbot.addWidget(picker)
    picker.offer("facilitator")
    picker.field.setText("suka maju")
    found = picker.found.model()
    lines = [found.index(row, 0).data() for row in range(found.rowCount())]
    assert len(lines) > 1
    assert len(set(lines)) == len(lines)
    assert all(", " in line for line in lines)


@pytest.mark.parametrize("typed", ["32 ilir", "KELURAHAN 32 ILIR", "tiga puluh dua ilir"])
def test_a_kelurahan_is_found_by_its_number_in_figures_or_in_words(qtbot, typed):
    picker = AreaPicker()
    qtbot.addWidget(picker)
    picker.offer("facilitator")
    picker.field.setText(typed)
    assert picker.found.model().index(0, 0).data().startswith("Tiga-puluh-dua Ilir")


def test_a_word_that_no_area_has_is_answered_in_words(running):
    running.press("Rina", ENTER, "1", ENTER, "xyz")
    assert running.page.areas.found.model().rowCount() == 0
    assert "Tidak ada wilayah" in running.page.areas._words.text()


def test_the_practice_village_opens_with_sample_data_and_its_own_file(running):
    running.press("Rina")
    running.page.practise.setFocus()
    running.press(Qt.Key.Key_Space)
    running.until_open()
    assert running.window.about.practice
    assert Path(running.window.about.file).name == "Desa latihan.p2kp"


def test_a_folder_that_cannot_be_made_is_explained_on_the_page(running, tmp_path):
    (tmp_path / "berkas").write_text("", encoding="utf-8")
    running.page.folder = tmp_path / "berkas" / "P2KP"
    running.press("Rina", ENTER, "1", ENTER, "lima ulu", ENTER, ENTER)
    running.qtbot.waitUntil(lambda: running.page._fault is not None, timeout=60_000)
    assert running.page.begin.isEnabled()


@pytest.mark.parametrize("area", AREAS)
def test_that_a_file_is_not_there_is_said_in_sight(running, area):
    running.resize(*area)
    said = Fault("Berkas x.p2kp tidak ditemukan.", "Tidak ada yang berubah.", "Periksa nama dan foldernya.", "R03")
    running.page.show_fault(said)
    running.qtbot.waitUntil(running.page._fault.isVisible)
    page, told = running.page, running.page._fault
    assert page.rect().contains(QRect(told.mapTo(page, told.rect().topLeft()), told.size()))
    assert told.visibleRegion().boundingRect() == told.rect()


@pytest.mark.parametrize("area", AREAS)
def test_the_whole_page_is_in_sight(running, area):
    running.resize(*area)
    running.press("Rina", ENTER, "1", ENTER, "ulu")
    page = running.page
    bottom = page.practise.mapTo(page, page.practise.rect().bottomLeft()).y()
    assert bottom < page.height() - 34


def test_the_page_speaks_english_when_asked(running):
    running.page.speaks.emit("en")
    assert running.program.settings.language == "en"
    assert isinstance(running.page, FirstStart)
    running.page.speaks.emit("id")


def test_a_village_that_stands_is_gone_on_with_or_made_anew(qtbot, tmp_path):
    folder = tmp_path / "P2KP"
    with first_start.begin_practice("Rina", folder) as village:
        recording.record(village, Household, {"rt": "009/005", "head_name": "Coba"})
        path = village.name
    for press, left in ((FirstStart.try_practice, 1), (FirstStart.practise_again, 0)):
        settings.save(settings.Settings(guide="closed"))
        made = Running(qtbot, guide="closed")
        made.page.folder = folder
        made.page._show_folder()
        assert made.page.practise.isEnabled()
        made.press("Rina")
        press(made.page)
        made.until_open()
        assert made.window.about.file == path
        with made.window.desk.workspace.asking() as connection:
            assert len(list(views.found(connection, Household, views.Where(rt="009/005")))) == left
        assert settings.load().guide == ("closed" if left else "")
        made.close()


def test_the_open_village_is_made_anew_from_the_settings_after_a_second_press(qtbot, tmp_path):
    with first_start.begin_practice("Rina", tmp_path) as village:
        recording.record(village, Household, {"rt": "009/005", "head_name": "Coba"})
        path = village.name
    made = Running(qtbot, path)
    made.press(",", modifier=Qt.KeyboardModifier.ControlModifier)
    made.until_quiet()
    place = made.frame.findChild(SettingsPlace)
    assert place.again.isVisible()
    before = made.window
    place.again.setFocus()
    made.press(Qt.Key.Key_Space)
    assert "hapus" in place.again.text()
    assert made.window is before
    made.press(Qt.Key.Key_Space)
    made.until_open()
    assert made.window is not before
    assert made.window.about.practice
    with made.window.desk.workspace.asking() as connection:
        assert not list(views.found(connection, Household, views.Where(rt="009/005")))
    made.close()


def test_a_real_workspace_offers_no_such_thing(qtbot, make_workspace):
    made = Running(qtbot, make_workspace().name)
    made.press(",", modifier=Qt.KeyboardModifier.ControlModifier)
    made.until_quiet()
    assert not made.frame.findChild(SettingsPlace).again.isVisible()
    made.close()


def test_a_question_is_ticked_only_once_somebody_was_there(running):
    page = running.page

    def ticked():
        return [place for place, mark in enumerate(page._marks, start=1) if mark._done and not mark._here]

    assert ticked() == []
    running.press("Rina", ENTER)
    assert ticked() == [1]
    running.press(ENTER)
    assert ticked() == [1, 2]


def test_the_fourth_question_asks_for_enrolment_and_may_wait(running):
    page = running.page
    assert (page.enrols.currentText(), page.enrols.count()) == ("Nanti saja", 2)
    running.press("Rina Marlina", ENTER, "1", ENTER, "lima ulu", ENTER)
    page.enrols.setFocus()
    running.press(Qt.Key.Key_Down)
    page.begin.click()
    running.until_open()
    assert members.own(running.window.desk.workspace).state == members.WAITING


def test_a_province_that_says_yes_is_the_root(running):
    page = running.page
    running.press("Ani", ENTER, "3", ENTER)
    page.enrols.setFocus()
    running.press(Qt.Key.Key_Down)
    page.begin.click()
    running.until_open()
    assert members.own(running.window.desk.workspace).state == members.ROOT
