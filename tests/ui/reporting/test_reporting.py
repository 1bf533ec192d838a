"""Laporan with keys alone: reports are found, opened, followed, copied, marked, left; a digit answers a question."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.collaboration import Commitment
from p2kp_desktop.reports import shelf
from p2kp_desktop.store import open_workspace
from tests import villages
from tests.conftest import some
from tests.ui.windows import AREAS, Running, press

Key, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="module")
def village(sample_file, tmp_path_factory):
    path = villages.copied(sample_file, tmp_path_factory.mktemp("laporan"))
    with open_workspace(path) as workspace:
        recording.record(workspace, Commitment, {
            "who": "Bank Sumsel", "what": "Jamban", "year": 2020, "source": "non_pemerintah", "amount": 5_000_000,
            "reached": "disepakati",
        })
    return path


@pytest.fixture
def running(qtbot, village):
    made = Running(qtbot, village)
    yield made
    made.close()


def laporan(running):
    press(running, Key.Key_9, modifier=CTRL)
    return running.window.place


def all_reports(running):
    place = laporan(running)
    press(running, Key.Key_2, modifier=ALT)
    return place


def test_a_report_is_found_by_typing_opened_with_enter_and_left_with_escape(running):
    place = all_reports(running)
    press(running, "nilai per kriteria", Key.Key_Return)
    assert place.report.asked.name == "criteria"
    assert place.report.list.table.hasFocus()
    assert "Permen PUPR 14/2018" in place.report.source.text()
    assert place.report.count.text() == f"{place.report.list.model.rowCount()} baris"
    press(running, Key.Key_Escape)
    assert place.page is place.shelf
    assert place.shelf.list.table.hasFocus() or place.shelf.search.hasFocus()


def test_a_digit_answers_a_question_two_keys_from_beranda(running):
    press(running, Key.Key_1, modifier=CTRL)
    place = laporan(running)
    press(running, "1")
    assert place.report.asked.name in ("progress", "kelurahan")
    assert place.report.list.model.rowCount() >= 1


def test_a_digit_asks_the_next_question_from_within_a_report(running):
    place = laporan(running)
    press(running, "7")
    assert place.report.asked.name in ("late", "commitments")
    press(running, "3")
    assert place.report.asked.name in ("contributions", "causes")


def test_nothing_is_told_of_the_report_before_while_the_next_one_is_counted(running):
    place = laporan(running)
    press(running, "1")
    assert "semua periode" in place.report.source.text()
    place.open_report("slum")
    assert place.report.source.text() == ""
    assert place.report.notes.isHidden()
    running.until_quiet()
    assert "semua periode" not in place.report.source.text() != ""


@pytest.mark.parametrize("name", ["mbr_water", "slum"])
def test_the_title_of_a_report_stands_whole_in_the_smaller_window(running, name):
    running.resize(*AREAS[-1])
    place = laporan(running)
    place.open_report(name)
    running.until_quiet()
    title = place.report.title
    assert title.height() >= title.heightForWidth(title.width())
    assert title.width() >= max(title.fontMetrics().horizontalAdvance(word) for word in title.text().split())


def test_the_figures_of_poor_households_are_whole_in_the_smaller_window(running):
    running.resize(*AREAS[-1])
    place = laporan(running)
    press(running, "4")
    shown = [column.key for column in place.report.list.shows.in_sight]
    table = place.report.list.table
    for key in ("mbr", "mbr_head_female", "mbr_head_male"):
        column = shown.index(key)
        widest = max(table.fontMetrics().horizontalAdvance(str(table.model().index(row, column).data()))
                     for row in range(table.model().rowCount()))
        assert not table.isColumnHidden(column)
        assert table.columnWidth(column) >= widest


def test_enter_opens_the_record_that_a_line_is_of_and_escape_comes_back_to_the_report(running):
    place = laporan(running)
    press(running, "7", Key.Key_Return)
    assert (running.window.here.place, running.window.here.form) == ("form", "commitment")
    press(running, Key.Key_Escape)
    assert running.window.place is place
    assert place.page is place.report
    assert place.report.asked.name == "late"


def test_enter_leads_from_a_line_to_why_it_scores_so(running):
    place = laporan(running)
    place.open_report("rt")
    running.until_quiet()
    press(running, Key.Key_Return)
    assert running.window.here.place == "explaining"
    assert running.window.scope.rt == demo_journey.RTS[0]


def test_who_comes_back_to_a_report_finds_the_line_in_focus(running):
    place = laporan(running)
    place.open_report("rt")
    running.until_quiet()
    press(running, Key.Key_Down, Key.Key_Return)
    assert running.window.scope.rt == demo_journey.RTS[1]
    press(running, Key.Key_Left, modifier=ALT)
    assert place.page is place.report
    assert place.report.list.current().rt == demo_journey.RTS[1]
    assert place.report.list.table.hasFocus()


def test_a_report_stays_open_in_another_scope(running):
    place = laporan(running)
    place.open_report("rt")
    running.until_quiet()
    running.window.go(type(running.window.here)("reporting", running.window.scope.at(demo_journey.RTS[0])))
    running.until_quiet()
    assert place.report.asked.scope.rt == demo_journey.RTS[0]
    assert place.report.list.model.rowCount() >= 1


def test_what_was_opened_and_what_is_marked_stands_above_the_others(running):
    place = all_reports(running)
    press(running, "cadangan", Key.Key_Return, Key.Key_Escape)
    press(running, Key.Key_F, modifier=CTRL)
    press(running, Key.Key_Escape, "konflik terbuka", Key.Key_Return, Key.Key_Escape)
    names = [line.name for line in place.shelf.list.shows.lines if not line.key]
    assert names[:2] == ["conflicts", "backups"]
    place.shelf.search.clear()
    place.shelf.begin()
    row = next(row for row, line in enumerate(place.shelf.list.model.lines) if line.name == "backups")
    place.shelf.list.table.show_row(row)
    press(running, "f")
    names = [line.name for line in place.shelf.list.shows.lines if not line.key]
    assert names[0] == "backups"
    assert "1 laporan ditandai" in place.shelf.told.text()


def test_the_records_of_a_form_open_in_semua_data(running):
    place = laporan(running)
    place.open_report("household")
    running.until_quiet()
    assert running.window.here.place == "tables"


def test_every_report_opens(running):
    place = all_reports(running)
    opened = [line for line in shelf.shelved() if not line.key and line.group != "Data yang dicatat"]
    for line in some(opened):
        place.open_report(line.name)
        running.until_quiet()
        assert place.report.asked.name == line.name
        assert "baris" in place.report.count.text(), line.name
        press(running, Key.Key_Escape)
        assert place.page is place.shelf


def test_a_report_is_copied_as_cells(running):
    place = laporan(running)
    place.open_report("rt")
    running.until_quiet()
    press(running, Key.Key_C, modifier=CTRL)
    assert demo_journey.RTS[0].split("/")[0] in QApplication.clipboard().text()


@pytest.mark.parametrize("area", AREAS)
def test_the_list_and_a_report_fit_both_work_areas(running, area):
    running.resize(*area)
    place = all_reports(running)
    for page in (place.shelf, place.report):
        assert page.minimumSizeHint().width() <= place.width()
        assert page.minimumSizeHint().height() <= place.height()
        press(running, "1")


def test_a_question_about_poor_households_is_answered_by_the_sex_of_their_heads(running):
    place = laporan(running)
    press(running, "4")
    table, (whole, *below) = place.report.list.model.columns, place.report.list.model.lines
    assert place.report.asked.name == "mbr_water"
    assert below
    for key in ("mbr", "mbr_head_female", "mbr_head_male"):
        column = next(each for each in table if each.key == key)
        assert column.of(whole) == sum(column.of(line) for line in below)
    assert " dari " in next(each for each in table if each.key == "mbr").shown(whole)


def test_a_report_with_places_is_saved_for_a_map(running, tmp_path):
    place = laporan(running)
    press(running, "0")
    assert ".geojson" in place.report.list.endings()
    place.report.list.save(place.report.list.makes(), tmp_path / "rt.geojson")
    running.until_quiet()
    assert '"FeatureCollection"' in (tmp_path / "rt.geojson").read_text(encoding="utf-8")
