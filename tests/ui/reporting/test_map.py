"""Peta with keys and mouse: from a city down to the houses of an RT and back, by any figure; boundaries come and go."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.upkeep import boundary_files
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema.area_map import Spot
from p2kp_desktop.store import open_workspace
from tests import boundary_files as files
from tests.ui.windows import Running, press

Key, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
KECAMATAN = "16.71.06"
LIMA, TIGA, BUAH = (f"{KECAMATAN}.{village}" for village in ("1005", "1006", "1012"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("peta") / "kota.p2kp"
    with workspaces.init(path, role="district", name="Budi", regions=["16.71"]) as workspace:
        homes = [
            {"region": region, "rt": rt, "head_name": f"Warga {number}", "building": str(number), "kk_count": 1,
             "water_source": "a" if number < safe else "e"}
            for region, rt, safe in ((LIMA, "001/001", 4), (LIMA, "002/001", 1), (TIGA, "001/001", 0))
            for number in range(4)
        ]
        recording.record_all(workspace, Household, list(enumerate(homes)), origin="test")
    return path


@pytest.fixture
def running(qtbot, made, tmp_path):
    path = tmp_path / "kota.p2kp"
    path.write_bytes(made.read_bytes())
    with open_workspace(path) as workspace:
        found = boundary_files.rehearse(workspace, files.geojson(tmp_path / "batas.geojson"))
        boundary_files.keep(workspace, found)
    started = Running(qtbot, path)
    yield started
    started.close()


def peta(running):
    press(running, Key.Key_9, modifier=CTRL)
    press(running, Key.Key_3, modifier=ALT)
    return running.window.place.map


def names(page):
    return [shape.place.name for shape in page.map.drawing.shapes]


def area(running):
    return running.window.scope.area


def choose(running, words):
    press(running, Key.Key_I)
    press(running, words, Key.Key_Return)


def test_two_keys_from_beranda_lead_to_the_map_and_enter_down_to_an_rt_and_escape_back(running):
    press(running, Key.Key_1, modifier=CTRL)
    page = peta(running)
    assert page.map.hasFocus()
    assert page.map.drawing.is_of_tiles
    assert page.found.shown.unit == "kecamatan"
    page.map.go_to(Spot(KECAMATAN))
    press(running, Key.Key_Return)
    assert area(running) == KECAMATAN
    assert {*names(page)} == {"Lima Ilir", "Tiga Ilir", "Sungaibuah"}
    page.map.go_to(Spot(LIMA))
    press(running, Key.Key_Return)
    assert names(page) == ["RT 001 / RW 01", "RT 002 / RW 01"]
    press(running, Key.Key_Escape)
    assert area(running) == KECAMATAN
    press(running, Key.Key_Escape)
    assert area(running) == "16.71"
    press(running, Key.Key_Escape)
    assert "paling luas" in page.told.text()
    for spot in (Spot(KECAMATAN), Spot(LIMA), Spot(LIMA, "002/001")):
        page.map.go_to(spot)
        press(running, Key.Key_Return)
    assert (running.window.scope.area, running.window.scope.rt) == (LIMA, "002/001")


def test_arrows_move_between_places_and_the_list_goes_along(running):
    page = peta(running)
    page.map.go_to(Spot(KECAMATAN))
    press(running, Key.Key_Return)
    page.map.go_to(Spot(LIMA))
    for key, spot in ((Key.Key_Right, TIGA), (Key.Key_Right, BUAH), (Key.Key_Right, BUAH), (Key.Key_Left, TIGA)):
        press(running, key)
        assert page.map.place.spot == Spot(spot)
        assert page.list.current().figure.spot == Spot(spot)
        assert page.map.accessibleDescription() == page.map.place.words
    page.list.table.setFocus()
    press(running, Key.Key_Home, modifier=CTRL)
    press(running, Key.Key_Down)
    assert page.map.place.spot == page.list.current().figure.spot


def test_the_indicator_is_chosen_by_typing_and_turned_by_key(running):
    page = peta(running)
    page.map.go_to(Spot(KECAMATAN))
    press(running, Key.Key_Return)
    choose(running, "air minum aman")
    assert page.found.shown.indicator == "water_safe"
    assert page.map.hasFocus()
    assert {place.spot.region: place.shown for place in page.found.shown.places if place.value is not None} == {
        LIMA: "62,5 %", TIGA: "0 %"}
    assert [band.title for band in page.found.shown.bands][-1] == "belum ada data"
    assert "1 · 0 % (1)" in page.legend.accessibleName()
    press(running, Key.Key_Period)
    assert page.found.shown.indicator == "water_enough"
    press(running, Key.Key_Comma)
    assert page.found.shown.indicator == "water_safe"
    choose(running, "Rumah tangga MBR")
    assert page.found.shown.indicator == "mbr"
    page.list.table.setFocus()
    press(running, Key.Key_C, modifier=CTRL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["Kode wilayah", "RT", "Tempat"]
    assert ".geojson" in page.list.endings()


def test_the_unit_is_turned_by_key_and_j_explains_the_place_and_one_without_data_says_so(running):
    page = peta(running)
    press(running, Key.Key_U)
    assert page.found.shown.unit == "kelurahan"
    assert not page.map.drawing.is_of_tiles
    assert "Tanpa batas di peta" in page.notes.text()
    press(running, Key.Key_U)
    assert page.found.shown.unit == "kecamatan"
    page.map.go_to(Spot("16.71.01"))
    press(running, Key.Key_J)
    assert page.told.text() == "Ilir Barat Dua: belum ada data."
    page.map.go_to(Spot(KECAMATAN))
    press(running, Key.Key_J)
    assert running.window.place is not page.parent()
    assert type(running.window.place).__name__ == "ExplainingPlace"
    assert area(running) == KECAMATAN


def test_the_mouse_shows_name_and_figure_and_a_click_goes_in(running):
    page = peta(running)
    page.map.go_to(Spot(KECAMATAN))
    press(running, Key.Key_Return)
    choose(running, "air minum aman")
    shape = next(each for each in page.map.drawing.shapes if each.place.spot == Spot(LIMA))
    at = QPoint(*(round(part) for part in shape.middle))
    QTest.mouseMove(page.map, at)
    page.map.point_at(at.toPointF())
    said = [words.text for words in page.map._bubble_words()]
    assert said[:2] == ["Lima Ilir", "62,5 %"]
    assert not page.map._bubble().isEmpty()
    assert not page.map.drawing.shapes[page.map.drawing.at(at.x(), at.y())].place.sure
    assert "* sementara" in page.legend.accessibleName()
    assert "masih sementara" in page.notes.text()
    QTest.mouseClick(page.map, Qt.MouseButton.LeftButton, pos=at)
    running.until_quiet()
    assert area(running) == LIMA


def test_a_file_is_rehearsed_assigned_by_hand_and_kept_with_keys(running, tmp_path):
    page = peta(running)
    press(running, Key.Key_B)
    pane = page.boundaries
    assert pane.kept.model.rowCount() == 3
    pane.look_at(files.kml(tmp_path / "baru.kml"))
    running.until_quiet()
    assert "1 belum cocok" in pane.told.text()
    assert "3 menggantikan batas yang lama" in pane.told.text()
    assert pane.features.table.hasFocus()
    assert pane.features.current().label == "Negeri Dongeng, Ilir Timur Dua"
    press(running, Key.Key_Return)
    press(running, "16.71.06.1009", Key.Key_Return)
    assert "0 belum cocok" in pane.told.text()
    press(running, Key.Key_Return, modifier=CTRL)
    assert "4 batas</b> dari baru.kml disimpan: 3 menggantikan yang lama" in pane.told.text()
    assert pane.kept.model.rowCount() == 4
    press(running, Key.Key_Escape)
    assert page.map.hasFocus()


def test_a_file_without_a_system_is_asked_about_and_a_foreign_one_says_what_is_wrong(running, tmp_path):
    page = peta(running)
    press(running, Key.Key_B)
    pane = page.boundaries
    pane.look_at(files.geojson(tmp_path / "utm.geojson", files.moved(files.PLACES, 48)))
    running.until_quiet()
    assert "(B35)" in pane.told.text()
    press(running, "UTM 48S", Key.Key_Return)
    assert "UTM 48S" in pane.told.text()
    assert len(pane.rehearsal.places) == 3
    other = tmp_path / "foto.jpg"
    other.write_bytes(b"\xff\xd8\xff" + bytes(100))
    pane.look_at(other)
    running.until_quiet()
    assert "(B31)" in pane.told.text()
    assert pane.rehearsal is not None


def test_boundaries_are_removed_only_when_it_is_asked_twice(running):
    page = peta(running)
    press(running, Key.Key_B)
    pane = page.boundaries
    pane.kept.table.setFocus()
    press(running, Key.Key_Delete)
    assert "Del sekali lagi membuang 3 batas" in pane.told.text()
    press(running, Key.Key_Escape)
    assert pane.kept.model.rowCount() == 3
    press(running, Key.Key_Delete)
    press(running, Key.Key_Delete)
    assert pane.told.text() == "3 batas dibuang."
    assert pane.kept.model.rowCount() == 0
