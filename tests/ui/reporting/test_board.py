"""The dashboard with keys and clicks: every bar leads to what it counts; it is copied, saved as one page, kept true."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.programme import Participation
from p2kp_desktop.ui.place import Destination, Scope
from tests.pdfs import Pages
from tests.ui.windows import AREAS, Running, press

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dasbor")
    path = folder / "kota.p2kp"
    with (
        workspaces.init(folder / "tim.p2kp", role="facilitator", name="Rina", regions=[demo_journey.KELURAHAN]) as team,
        workspaces.init(path, role="district", name="Budi", regions=[demo_journey.CITY]) as workspace,
    ):
        demo_journey.fill(team)
        receiving.receive(workspace, sending.send(team, folder).path)
    return path


@pytest.fixture
def running(qtbot, city):
    made = Running(qtbot, city)
    press(made, Key.Key_9, modifier=CTRL)
    yield made
    made.close()


def board(running):
    return running.window.place.board


def card(running, name):
    return next(each for each in board(running).cards if each.chart.name == name)


def test_the_first_bar_has_the_focus_and_enter_opens_what_it_counts(running):
    assert card(running, "levels").view.buttons[0].hasFocus()
    press(running, Key.Key_Right, Key.Key_Right, Key.Key_Return)
    report = running.window.place.report
    assert (report.asked.name, report.search.text()) == ("rt", "Kumuh ringan")
    count = card(running, "levels").chart.points[2].value
    assert report.list.model.rowCount() == count > 0
    press(running, Key.Key_Escape)
    assert running.window.place.page is board(running)


def test_a_click_on_a_criterion_opens_its_explanation(running):
    button = card(running, "worst").view.buttons[0]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    running.until_quiet()
    assert (running.window.here.place, running.window.here.tab) == (
        "explaining", button.point.way.explains.criterion)


def test_the_ranking_narrows_the_dashboard_to_a_kelurahan_and_there_to_an_rt(running):
    QTest.mouseClick(card(running, "ranking").view.buttons[0], Qt.MouseButton.LeftButton)
    running.until_quiet()
    assert running.window.scope.area == demo_journey.KELURAHAN
    first = card(running, "ranking").chart.points[0]
    QTest.mouseClick(card(running, "ranking").view.buttons[0], Qt.MouseButton.LeftButton)
    running.until_quiet()
    assert running.window.here.place == "explaining"
    assert running.window.scope.rt == first.way.explains.scope.rt
    running.window.go(Destination("reporting", Scope(demo_journey.CITY, None, running.window.scope.period)))


def test_one_key_copies_the_reminder_for_who_is_silent(running):
    card(running, "silent").view.buttons[0].setFocus()
    press(running, Key.Key_Return)
    assert "Mohon kirim yang terbaru" in QApplication.clipboard().text()
    assert "Pengingat disalin" in board(running).told.text()


def test_the_figures_of_a_card_are_copied_as_cells(running):
    press(running, Key.Key_C, modifier=CTRL)
    assert "Kumuh ringan" in QApplication.clipboard().text()


def test_the_dashboard_is_saved_as_one_page(running, tmp_path):
    path = tmp_path / "dasbor.pdf"
    board(running).save_to(path)
    running.until_quiet()
    content = path.read_bytes()
    assert content.startswith(b"%PDF")
    pages = Pages(content)
    assert len(pages) == 1
    assert "Kelengkapan dan verifikasi" in pages.text(0)
    assert str(path) in board(running).told.text()


def test_ctrl_p_on_the_dashboard_means_the_dashboard(running):
    press(running, Key.Key_P, modifier=CTRL)
    running.until(lambda: running.window.place.preview.count > 0)
    assert running.window.place.list.current().name == "dashboard"


def test_a_page_that_cannot_be_written_is_told(running, tmp_path):
    board(running).save_to(tmp_path / "tidak ada" / "dasbor.pdf")
    running.until_quiet()
    assert "Dasbor disimpan" not in board(running).told.text()
    assert "tidak ada" in board(running).told.text()


def test_a_change_is_on_the_dashboard_at_once(running):
    homes = card(running, "path").chart.series[0].points[-1].told
    running.window.desk.change(board(running), lambda workspace: recording.record(workspace, Household, {
        "region": demo_journey.KELURAHAN, "rt": demo_journey.RTS[0], "head_name": "Baru Sekali", "water_source": "a",
    }), touches=[Household.key])
    running.until_quiet()
    assert card(running, "path").chart.series[0].points[-1].told != homes


@pytest.mark.parametrize("area", AREAS)
def test_the_cards_fit_the_width_and_no_word_is_cut(running, area):
    running.resize(*area)
    running.until_quiet()
    page = board(running)
    content = page.sheets.widget()
    assert content.minimumSizeHint().width() <= page.sheets.viewport().width()
    for each in page.cards:
        if each.view.isVisible():
            assert each.view.height() >= each.view.heightForWidth(each.view.width())


def test_tab_goes_from_card_to_card_and_brings_it_into_sight(running):
    seen = set()
    for _ in range(60):
        focused = QApplication.focusWidget()
        seen |= {each.chart.name for each in board(running).cards if each.isAncestorOf(focused)}
        if seen and board(running).sheets.isAncestorOf(focused):
            assert not focused.visibleRegion().isEmpty()
        press(running, Key.Key_Tab)
    assert seen >= {"levels", "path", "ranking", "worst", "review", "silent"}


def test_escape_comes_back_from_a_narrower_area_to_the_wider_one(running):
    place = running.window.place
    press(running, "1", Key.Key_Down, Key.Key_Return)
    assert running.window.scope.area.startswith(f"{demo_journey.CITY}.")
    press(running, Key.Key_Escape)
    assert running.window.scope.area == demo_journey.CITY
    assert (place.page, place.report.asked.name) == (place.report, "progress")
    press(running, Key.Key_Escape)
    assert place.page is board(running)


def test_the_keys_of_the_dashboard_work_after_its_page_was_not_saved(running):
    press(running, "2")
    press(running, "9")
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog) and each.isVisible())
    running.until_quiet()
    dialog.reject()
    running.until_quiet()
    assert board(running).isAncestorOf(running.frame.focusWidget())


def test_where_we_are_by_kelurahan_and_period_is_two_keys_from_beranda(running):
    press(running, Key.Key_1, modifier=CTRL)
    press(running, Key.Key_9, modifier=CTRL)
    press(running, "1")
    report = running.window.place.report
    lines = [line for line in report.list.model.lines if not line.whole]
    assert report.asked.name == "progress"
    assert lines
    assert {(line.region, bool(line.period)) for line in lines} == {(demo_journey.KELURAHAN, True)}


def test_a_report_is_narrowed_to_participants_by_one_key_and_says_who_they_are(running):
    place = running.window.place
    place.open_report("kelurahan")
    running.until_quiet()
    press(running, "T")
    assert "Tidak ada peserta program" in place.report.told.text()
    assert place.report.list.model.rowCount() == 1
    taking = {"region": demo_journey.CITY, "programme": "p2kp", "since": 2015}
    recording.record(running.window.desk.workspace, Participation, taking)
    press(running, "T")
    running.until_quiet()
    assert "hanya peserta program: Kota Palembang (sejak 2015)" in place.report.notes.text()
    press(running, "T")
    running.until_quiet()
    assert "hanya peserta program" not in place.report.notes.text()


def test_the_dashboard_of_a_city_offers_no_choice_of_participants(running):
    assert not board(running)._narrowing.isVisible()
