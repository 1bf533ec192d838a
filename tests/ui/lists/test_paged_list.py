"""Lists whose lines stay in the database: the same keys in Pendataan's houses and in Semua data."""

import csv
import re

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Household
from p2kp_desktop.ui.collecting.household_list import HouseholdList
from p2kp_desktop.ui.place import Destination, Scope
from p2kp_desktop.ui.tables.place import TablesPlace
from tests.conftest import KELURAHAN
from tests.pdfs import Pages
from tests.records import YEAR, save
from tests.ui.hands import settle

NIK = "1671014410850003"
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NAMES = ("Siti", "Budi", "ahmad")


def houses(desk):
    listed = HouseholdList(desk, with_rt=False)
    listed.show_place(KELURAHAN, None, YEAR)
    return listed, listed.list


def everything(desk):
    place = TablesPlace(desk)
    place.enter(Destination("tables", Scope(KELURAHAN, None, YEAR)), Scope(KELURAHAN, None, YEAR))
    return place, place.list


@pytest.fixture(params=[houses, everything])
def listed(request, qtbot, workspace, desk):
    for number, name in enumerate(NAMES, start=1):
        save(workspace, head_name=name, building=str(number), nik=NIK)
    widget, inner = request.param(desk)
    qtbot.addWidget(widget)
    widget.resize(1000, 500)
    widget.show()
    settle(qtbot, desk)
    inner.table.setFocus()
    return widget, inner


def names(inner):
    place = [column.key for column in inner.model.columns]
    at = next(place.index(key) for key in ("name", "head_name") if key in place)
    return [inner.model.index(row, at).data() for row in range(inner.model.rowCount())]


def press(qtbot, desk, inner, key, modifier=CONTROL):
    qtbot.keyClick(inner.table, key, modifier)
    settle(qtbot, desk)


def test_all_or_the_selected_lines_are_copied_with_masked_numbers(qtbot, desk, listed):
    _widget, inner = listed
    press(qtbot, desk, inner, Qt.Key.Key_C)
    text = QGuiApplication.clipboard().text()
    assert len(text.splitlines()) == 4
    assert NIK not in text
    assert "1671••••••••0003" in text
    assert "3 baris" in inner.note.text()
    inner.table.select_rows([0, 2])
    press(qtbot, desk, inner, Qt.Key.Key_C)
    copied = QGuiApplication.clipboard().text()
    assert ("Siti" in copied, "Budi" in copied, "ahmad" in copied) == (True, False, True)


def test_numbers_in_full_are_only_copied_of_chosen_lines_and_logged(qtbot, desk, listed, caplog):
    _widget, inner = listed
    with caplog.at_level("INFO"):
        press(qtbot, desk, inner, Qt.Key.Key_C, CONTROL | SHIFT)
        assert QGuiApplication.clipboard().text().count(NIK) == 1
        press(qtbot, desk, inner, Qt.Key.Key_A)
        press(qtbot, desk, inner, Qt.Key.Key_C, CONTROL | SHIFT)
    assert QGuiApplication.clipboard().text().count(NIK) == 3
    assert "identity numbers of 3 lines" in caplog.text


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".pdf"])
def test_what_is_shown_is_saved_with_where_it_comes_from(qtbot, desk, listed, tmp_path, monkeypatch, ending):
    _widget, inner = listed
    path, asked = tmp_path / f"daftar{ending}", []
    monkeypatch.setattr("p2kp_desktop.ui.lists.pane.choose_target",
                        lambda _parent, name, then, _endings: (asked.append(name), then(path)))
    inner.table.select_rows([1, 2])
    press(qtbot, desk, inner, Qt.Key.Key_E)
    assert "2 baris" in inner.note.text()
    assert not inner.work.isVisible()
    assert asked[0].endswith(f" {YEAR}.xlsx")
    if ending == ".csv":
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    elif ending == ".xlsx":
        sheet = load_workbook(path).worksheets[0]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    else:
        pages = Pages(path.read_bytes())
        said_above = re.findall(r"[\w•]+", pages.text(0).partition(" · periode")[0])  # above the foot, names veiled
        rows = [[pages.text(0), *({"B•••": "Budi", "a•••": "ahmad"}.get(each, each) for each in said_above)]]
    cells = {cell for row in rows for cell in row}
    assert set(NAMES) & cells == {"Budi", "ahmad"}
    said = " ".join(map(str, cells))
    assert NIK not in said
    assert "belum diverifikasi" in said


def test_a_click_on_a_head_sorts_by_it_and_a_second_one_turns_it_round(qtbot, desk, listed):
    _widget, inner = listed
    head = inner.table.horizontalHeader()
    keys = [column.key for column in inner.model.columns]
    at = next(keys.index(key) for key in ("name", "head_name") if key in keys)
    for wanted in (["ahmad", "Budi", "Siti"], ["Siti", "Budi", "ahmad"], ["ahmad", "Budi", "Siti"]):
        spot = head.viewport().rect().center()
        spot.setX(head.sectionViewportPosition(at) + 20)
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        settle(qtbot, desk)
        names(inner)
        settle(qtbot, desk)
        assert names(inner) == wanted


def test_the_next_line_is_in_focus_when_the_current_one_goes_and_selected_ones_stay_so(qtbot, desk, workspace, listed):
    widget, inner = listed
    inner.table.show_row(1)
    inner.table.select_rows([0, 1])
    recording.delete(workspace, Household, inner.model.line(1).id, reason="ganda")
    if isinstance(widget, HouseholdList):
        widget.refresh()
    else:
        widget.catch_up(frozenset({"household"}))
    settle(qtbot, desk)
    assert inner.model.rowCount() == 2
    assert inner.table.currentIndex().row() == 1
    assert inner.table.selected_rows() == [0]


def test_saving_can_be_stopped(qtbot, desk, listed, tmp_path, monkeypatch):
    _widget, inner = listed
    monkeypatch.setattr("p2kp_desktop.reports.long.AT_ONCE", 1)
    path = tmp_path / "daftar.xlsx"
    inner.save(inner.makes(), path)
    assert inner.work.isVisible()
    inner.work.panel.cancelled.emit()
    settle(qtbot, desk)
    assert not inner.work.isVisible()
    assert not path.exists() or "3 baris" in inner.note.text()


def test_a_file_says_by_what_words_its_lines_were_chosen(qtbot, desk, listed, tmp_path, monkeypatch):
    widget, inner = listed
    path = tmp_path / "daftar.csv"
    monkeypatch.setattr("p2kp_desktop.ui.lists.pane.choose_target", lambda _parent, _name, then, _endings: then(path))
    search = widget.search if hasattr(widget, "search") else widget.head.search
    search.setFocus()
    qtbot.keyClicks(search, "budi")
    settle(qtbot, desk)
    qtbot.keyClick(search, Qt.Key.Key_Down)
    press(qtbot, desk, inner, Qt.Key.Key_E)
    qtbot.waitUntil(path.exists)
    assert "Disaring: mengandung «budi»." in path.read_text(encoding="utf-8-sig")
