"""Semua data and the field of the window, with keys only: search, filters, columns, copying, many records at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.importing import resident_lists
from p2kp_desktop.actions.recording import bulk, recording
from p2kp_desktop.actions.recording.record_names import new_words
from p2kp_desktop.actions.residents.residents import ResidentLine
from p2kp_desktop.actions.review import verification
from p2kp_desktop.actions.tables import form_table
from p2kp_desktop.actions.tables.form_table import Filter, Order
from p2kp_desktop.forms import FORMS, Household, Kawasan
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.agreement import Agreement, Clause
from p2kp_desktop.language import say
from p2kp_desktop.reports.records import long
from p2kp_desktop.store import records
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.lists.paged_model import PAGE, PagedModel
from p2kp_desktop.ui.look.tokens import Scheme
from p2kp_desktop.ui.place import Destination, Scope
from p2kp_desktop.ui.tables.place import TablesPlace
from tests.conftest import KELURAHAN
from tests.records import YEAR, save
from tests.ui.gallery import dressed
from tests.ui.hands import arrive, press, set_up, settle
from tests.ui.windows import AREAS, Running, key_in

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
HERE = Scope(KELURAHAN, None, YEAR)


@pytest.fixture
def tables(qtbot, desk):
    with set_up(qtbot, TablesPlace(desk)) as place:
        yield place


def enter(qtbot, place, **more):
    arrive(qtbot, place, Destination("tables", HERE, **more), lambda: place.grid)


def shown(place, key="head_name"):
    """Return the cells of a column, each fetched."""
    column = [each.key for each in place.model.columns].index(key)
    return [place.model.index(row, column).data() for row in range(place.model.rowCount())]


def mbr_of(workspace, record):
    with workspace.asking() as connection:
        return records.read(connection, "household", [record])[record].values()["mbr"]


def test_typing_searches_and_enter_opens_the_record_where_it_stands(qtbot, workspace, tables):
    save(workspace, head_name="Budi")
    wulan = save(workspace, head_name="Wulan Aminah", rt="3/5")
    enter(qtbot, tables)
    assert shown(tables) == ["Wulan Aminah", "Budi"]
    press(qtbot, tables, Key.Key_F, modifier=CTRL)
    press(qtbot, tables, "ami wul")
    assert shown(tables) == ["Wulan Aminah"]
    press(qtbot, tables, Key.Key_Down, Key.Key_Return)
    assert tables.heard == [Destination("form", Scope(KELURAHAN, "003/005", YEAR), "household", wulan)]
    press(qtbot, tables, Key.Key_F, modifier=CTRL)
    press(qtbot, tables, Key.Key_Escape)
    assert len(shown(tables)) == 2


def test_a_filter_is_built_from_question_condition_and_answer(qtbot, workspace, tables):
    save(workspace, head_name="Siti", water_source="a", kk_count=1)
    save(workspace, head_name="Budi", water_source="c", kk_count=3)
    enter(qtbot, tables)
    press(qtbot, tables, Key.Key_S, "sumber", Key.Key_Return, "sama", Key.Key_Return, "c.", Key.Key_Return)
    assert shown(tables) == ["Budi"]
    press(qtbot, tables, Key.Key_S, modifier=SHIFT)
    assert len(shown(tables)) == 2
    press(qtbot, tables, Key.Key_S, "kepala keluarga", Key.Key_Return, "sedikit", Key.Key_Return)
    press(qtbot, tables, "dua", Key.Key_Return)
    assert len(shown(tables)) == 2  # the strip says why, and keeps what was typed
    assert tables.talk.strip.field.text() == "dua"
    press(qtbot, tables, Key.Key_A, modifier=CTRL)
    press(qtbot, tables, "2", Key.Key_Return)
    assert shown(tables) == ["Budi"]
    assert tables.grid.hasFocus()


def test_what_a_record_belongs_to_is_filtered_by_and_changed_for_many_by_title(qtbot, workspace, tables):
    for number, name in (("AB-01", "Jaga sungai"), ("AB-02", "Sampah")):
        above = recording.record(workspace, Agreement, {"number": number, "name": name}).id
        recording.record(workspace, Clause, {"parent": above, "clause_number": 1})
    enter(qtbot, tables, form="clause")
    assert shown(tables, "parent") == ["AB-01 · Jaga sungai", "AB-02 · Sampah"]
    press(qtbot, tables, Key.Key_S, "aturan bersama", Key.Key_Return, "sama", Key.Key_Return, "sampah", Key.Key_Return)
    assert shown(tables, "parent") == ["AB-02 · Sampah"]
    press(qtbot, tables, Key.Key_G, "aturan bersama", Key.Key_Return, "jaga", Key.Key_Return)
    assert "AB-01 · Jaga sungai" in tables.talk.strip.findChildren(Label)[0].text()
    press(qtbot, tables, Key.Key_Return)
    press(qtbot, tables, Key.Key_S, modifier=SHIFT)
    assert shown(tables, "parent") == ["AB-01 · Jaga sungai", "AB-01 · Jaga sungai"]


def test_a_derived_value_is_shown_sorted_and_filtered_by_keys(qtbot, workspace, tables):
    for name, length in (("Siti", "4"), ("Budi", "12"), ("Wulan", "8")):
        save(workspace, head_name=name, floor_length=length, floor_width="5", floors=1)
    enter(qtbot, tables)
    press(qtbot, tables, Key.Key_U, "hunian panjang lebar", Key.Key_Return)
    assert shown(tables, "floor_area") == ["20", "40", "60"]
    press(qtbot, tables, Key.Key_S, "hunian panjang lebar", Key.Key_Return, "sedikit", Key.Key_Return)
    press(qtbot, tables, "40 m²", Key.Key_Return)
    assert shown(tables) == ["Wulan", "Budi"]
    assert tables._sentences() == ["6 Luas bangunan hunian (panjang × lebar × jumlah lantai) ≥ 40"]


def test_what_is_sorted_by_is_shown_and_its_first_record_in_focus(qtbot, workspace, tables):
    for name, length in (("Siti", "4"), ("Budi", "12"), ("Wulan", "8")):
        save(workspace, head_name=name, floor_length=length, floor_width="5", floors=1)
    enter(qtbot, tables)
    press(qtbot, tables, Key.Key_End, Key.Key_U, "hunian panjang lebar", Key.Key_Return)
    assert shown(tables, "floor_area") == ["20", "40", "60"]
    assert [column.key for column in tables.model.columns][-2:] == ["floor_area", "record_standing"]
    assert tables.grid.currentIndex().row() == 0
    press(qtbot, tables, Key.Key_Down)
    save(workspace, head_name="Ani", floor_length="2", floor_width="5", floors=1)
    tables.desk.changed.emit(frozenset({"household"}))
    settle(qtbot, tables.desk)
    assert (len(shown(tables)), tables.grid.currentIndex().row()) == (4, 2)  # the same record, in the same order


def test_the_rows_end_where_the_table_does(qtbot, workspace, tables):
    save(workspace)
    enter(qtbot, tables)
    last = tables.model.columnCount() - 1
    for width in (1600, 1366, 1800):
        tables.resize(width, 474)
        QApplication.processEvents()
        end = tables.grid.columnViewportPosition(last) + tables.grid.columnWidth(last)
        assert end == tables.grid.viewport().width()


def test_the_kelurahan_is_filtered_by_its_name(qtbot, workspace, tables):
    save(workspace, head_name="Siti")
    enter(qtbot, tables)
    press(qtbot, tables, Key.Key_S, "kelurahan", Key.Key_Return, "bukan", Key.Key_Return, Key.Key_Return)
    assert shown(tables) == []
    assert tables._sentences()[0].startswith("Kelurahan/desa ≠ ")
    press(qtbot, tables, Key.Key_S, modifier=SHIFT)
    assert shown(tables) == ["Siti"]


def test_a_line_of_the_residents_whose_house_goes_shows_no_end_and_is_found_by_keys(qtbot, workspace, tables):
    house = save(workspace, head_name="Siti", building="7")
    lines = [ResidentLine("7", "Siti"), ResidentLine("8", "Budi")]
    resident_lists.put_list(workspace, KELURAHAN, "014/005", YEAR, lines, origin="daftar")
    enter(qtbot, tables, form="resident")
    assert shown(tables, "outcome") == ["Didata", ""]
    bulk.put_away(workspace, Household, [house], reason="dobel")
    tables.desk.changed.emit(frozenset({"household"}))
    settle(qtbot, tables.desk)
    assert shown(tables, "outcome") == ["", ""]
    press(qtbot, tables, Key.Key_S, "hasil", Key.Key_Return, "kosong", Key.Key_Return)
    assert shown(tables) == ["Siti", "Budi"]


def test_a_filter_by_standing(qtbot, workspace, tables):
    save(workspace, head_name="Siti")
    save(workspace, head_name="Budi", roof=None)
    enter(qtbot, tables)
    press(qtbot, tables, Key.Key_S, "status", Key.Key_Return, "belum", Key.Key_Return)
    assert shown(tables) == ["Budi"]


def test_columns_are_chosen_and_rows_sorted(qtbot, workspace, tables):
    save(workspace, head_name="Siti", building="1", kk_count=1)
    save(workspace, head_name="Budi", building="2", kk_count=3)
    enter(qtbot, tables)
    press(qtbot, tables, Key.Key_K, "difabel", Key.Key_Return)
    assert "members_disabled" in [column.key for column in tables.model.columns]
    press(qtbot, tables, Key.Key_Escape)
    assert tables.grid.hasFocus()
    press(qtbot, tables, Key.Key_U, "nama kepala", Key.Key_Return)
    assert shown(tables) == ["Budi", "Siti"]
    press(qtbot, tables, Key.Key_U, Key.Key_Return)
    assert shown(tables) == ["Siti", "Budi"]


def test_the_columns_chosen_are_there_the_next_time(qtbot, workspace, desk, tables):
    save(workspace, head_name="Siti", building="1")
    enter(qtbot, tables)
    press(qtbot, tables, Key.Key_K, "difabel", Key.Key_Return)
    press(qtbot, tables, Key.Key_Escape)
    later = TablesPlace(desk)
    enter(qtbot, later)
    assert [column.key for column in later.model.columns] == [column.key for column in tables.model.columns]
    assert "members_disabled" in [column.key for column in later.model.columns]
    later.close()
    later.deleteLater()


def test_another_form_is_a_table_too(qtbot, workspace, tables):
    recording.record(workspace, Kawasan, {"region": KELURAHAN, "name": "Tepian Musi"})
    enter(qtbot, tables)
    press(qtbot, tables, Key.Key_F, "kawasan", Key.Key_Return)
    assert shown(tables, "name") == ["Tepian Musi"]
    press(qtbot, tables, Key.Key_Return)
    assert tables.heard[-1].form == "kawasan"


def test_selected_rows_are_copied_as_cells(qtbot, workspace, tables):
    for number in ("1", "2", "3"):
        save(workspace, head_name=f"Rumah {number}", building=number, nik="1671014410850003")
    enter(qtbot, tables)
    press(qtbot, tables, Key.Key_Space, Key.Key_Down, Key.Key_Down, Key.Key_Space)
    press(qtbot, tables, Key.Key_C, modifier=CTRL)
    content = QGuiApplication.clipboard().mimeData()
    assert [line.split("\t")[2] for line in content.text().splitlines()[1:]] == ["Rumah 1", "Rumah 3"]
    assert "••••" in content.text()
    assert "<table>" in content.html()
    press(qtbot, tables, Key.Key_A, modifier=CTRL)
    press(qtbot, tables, Key.Key_C, modifier=CTRL | SHIFT)
    assert QGuiApplication.clipboard().text().count("1671014410850003") == 3


def test_one_answer_for_many_is_shown_before_it_is_given(qtbot, workspace, tables):
    made = [save(workspace, head_name=f"Rumah {number}", building=str(number), mbr="b") for number in range(3)]
    first, second = Household.mbr.options.codes[:2]
    enter(qtbot, tables)
    press(qtbot, tables, Key.Key_A, modifier=CTRL)
    press(qtbot, tables, Key.Key_G, "status rumah", Key.Key_Return, Key.Key_Return)
    assert tables.talk.strip.yes.hasFocus()
    assert [mbr_of(workspace, record) for record in made] == [second] * 3
    press(qtbot, tables, Key.Key_Return)
    assert [mbr_of(workspace, record) for record in made] == [first] * 3


def test_a_typed_answer_for_many_and_a_change_of_mind(qtbot, workspace, tables):
    record = save(workspace, kk_count=1)
    enter(qtbot, tables)
    press(qtbot, tables, Key.Key_G, "kepala keluarga", Key.Key_Return, "banyak", Key.Key_Return)
    assert tables.talk.strip.field.hasFocus()
    press(qtbot, tables, Key.Key_A, modifier=CTRL)
    press(qtbot, tables, "4", Key.Key_Return, Key.Key_Escape)
    assert not tables.talk.strip.isVisible()
    with workspace.asking() as connection:
        assert records.read(connection, "household", [record])[record].values()["kk_count"] == 1


def test_delete_asks_why_and_leaves_verified_records(qtbot, make_workspace):
    office = make_workspace("kota", role="district")
    dressed(Scheme.LIGHT)
    locked, _free = save(office, head_name="Terkunci", building="1"), save(office, head_name="Bebas", building="2")
    verification.verify(office, ids=[locked])
    desk = Desk(office)
    place = TablesPlace(desk)
    place.resize(1045, 474)
    enter(qtbot, place)
    press(qtbot, place, Key.Key_A, modifier=CTRL)
    press(qtbot, place, Key.Key_Delete, Key.Key_Return)
    assert len(shown(place)) == 2
    press(qtbot, place, "terdata dua kali", Key.Key_Return)
    assert shown(place) == ["Terkunci"]
    assert form_table.ids(office, Household, place.model.keys) == [locked]
    place.close()
    place.deleteLater()
    desk.finish()


def test_the_model_is_one_that_qt_accepts(qtbot, qtmodeltester, workspace, desk):
    for number in range(PAGE + 3):
        save(workspace, head_name=f"Rumah {number}")
    handles = form_table.found(workspace, Household, Filter(KELURAHAN, YEAR), Order())
    model = PagedModel(desk, long(Household, form_table.usual(Household)), handles)
    assert model.index(PAGE, 2).data() is None
    settle(qtbot, desk)
    assert model.index(PAGE, 2).data().startswith("Rumah")
    qtmodeltester.check(model)
    settle(qtbot, desk)


@pytest.fixture
def running(qtbot, make_workspace):
    workspace = make_workspace()
    save(workspace, head_name="Wulan Aminah", building="17")
    name = workspace.name
    workspace.close()
    made = Running(qtbot, name)
    yield made
    made.close()


@pytest.mark.parametrize("size", AREAS)
def test_nothing_is_cut_in_either_work_area(running, size):
    running.resize(*size)
    running.press(Key.Key_D, modifier=CTRL | SHIFT)
    running.until_quiet()
    place = running.window.place
    assert isinstance(place, TablesPlace)
    running.press(Key.Key_K)
    running.until_quiet()
    finder = place.talk.finder
    assert finder.isVisible()
    assert place.rect().contains(finder.geometry())
    running.press(Key.Key_Escape)
    running.press(Key.Key_Delete)
    running.until_quiet()
    assert place.rect().contains(place.talk.strip.geometry())
    assert place.grid.height() > 120


def test_the_field_of_the_window_finds_records_and_opens_them(running):
    running.press(Key.Key_K, modifier=CTRL)
    running.press("ami wulan")
    running.until_quiet()
    running.press(Key.Key_Return)
    running.until_quiet()
    assert (running.window.here.place, running.window.here.form) == ("form", "household")
    assert running.window.here.scope.rt


def test_the_field_of_the_window_gives_commands(running):
    running.press(Key.Key_K, modifier=CTRL)
    running.press(">semua data")
    running.until_quiet()
    running.press(Key.Key_Return)
    running.until_quiet()
    assert running.window.here.place == "tables"
    running.press(Key.Key_K, modifier=CTRL)
    running.press("salin baris")
    running.until_quiet()
    running.press(Key.Key_Return)
    running.until_quiet()
    assert "Wulan Aminah" in QGuiApplication.clipboard().text()


def listed(running, typed):
    """Return what the field of the window finds, by name and detail, and leave it."""
    running.press(Key.Key_K, modifier=CTRL)
    running.press(typed)
    running.until_quiet()
    found = [(each.name, each.detail) for each in running.window.search.card.found.model().entries]
    running.press(Key.Key_Escape)
    return found


def test_the_field_of_the_window_begins_and_lists_every_form(running):
    found = listed(running, ">")
    for form in FORMS:
        assert (say(form.title), "Semua data") in found
        begins = [name for name, detail in found if name == new_words(form) and detail in ("Formulir", "Ctrl+N")]
        assert len(begins) == form.by_hand, form.key
    assert listed(running, "ksm baru")[0] == ("KSM baru", "Formulir")


def test_what_belongs_to_another_record_asks_for_that_one_and_ends_in_its_list(running):
    above = recording.record(running.window.desk.workspace, Agreement, {"number": "AB-01", "name": "Jaga sungai"}).id
    running.press(Key.Key_K, modifier=CTRL)
    press_in(running, "pasal aturan bersama baru", Key.Key_Return)
    assert (running.window.here.place, running.window.here.form) == ("form", "clause")
    assert running.window.place.hands.session.focus == "parent"
    press_in(running, "jaga", Key.Key_Return)
    assert running.window.place.keying.record.answers["parent"] == above
    press_in(running, Key.Key_Escape)
    assert (running.window.here.place, running.window.here.parent) == ("agreements", above)


def test_n_begins_the_form_in_sight_and_the_record_is_in_focus_when_one_comes_back(running):
    workspace = running.window.desk.workspace
    for name in ("KSM Bakti", "KSM Wiguna"):
        recording.record(workspace, form_named("ksm"), {"name": name, "region": KELURAHAN})
    running.window.go(Destination("tables", HERE, form="ksm"))
    running.until_quiet()
    place = running.window.place
    press_in(running, "n")
    key_in(running, {"name": "KSM Mawar", "kind": "ksm", "active": "aktif"})
    assert running.window.place is place
    assert shown(place, "name")[place.grid.currentIndex().row()] == "KSM Mawar"
    running.window.go(Destination("tables", HERE, form="comment"))
    running.until_quiet()
    assert not place.head.buttons["N"].isVisible()
    press_in(running, "n")
    assert running.window.place is place


def press_in(running, *keys):
    for key in keys:
        running.press(key)
        running.until_quiet()


def test_the_trash_shows_the_way_back_and_not_what_it_cannot_do(qtbot, workspace, tables):
    record = save(workspace, head_name="Siti")
    bulk.put_away(workspace, Household, [record], reason="dobel")
    enter(qtbot, tables)
    buttons = tables.head.buttons
    assert [key for key in ("G", "Enter") if buttons[key].isVisible()] == ["G"]
    press(qtbot, tables, Key.Key_T)
    assert [key for key in ("G", "Enter") if buttons[key].isVisible()] == ["Enter"]
    assert buttons["T"].text() == "Kembali ke data"
    qtbot.mouseClick(buttons["Enter"], Qt.MouseButton.LeftButton)
    settle(qtbot, tables.desk)
    assert tables.talk.strip.isVisible()


def test_the_status_of_a_household_is_in_sight_in_the_small_window(running):
    running.resize(*AREAS[1])
    running.press(Key.Key_D, modifier=CTRL | SHIFT)
    running.until_quiet()
    grid = running.window.place.grid
    last = grid.model().columnCount() - 1
    assert grid.columnViewportPosition(last) + grid.columnWidth(last) <= grid.viewport().width()
