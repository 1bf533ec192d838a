"""What a person does with the records of the new form, with keys, in the real window and on the command line."""

import os

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from p2kp_desktop.forms import FORMS
from p2kp_desktop.ui.place import Destination
from tests.cli.conftest import init
from tests.conftest import KELURAHAN
from tests.ui.windows import Running, key_in, press

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
NEW = "worship"


@pytest.fixture
def start(qtbot, tmp_path):
    """Give a function that starts the program on a workspace; whoever starts it closes it."""
    return lambda name: Running(qtbot, tmp_path / name, guide="closed")


def seek(running, typed, *, take=True):
    """Type into the field of Ctrl+K and take the first thing found; return all that is listed."""
    running.press(Key.Key_K, modifier=CTRL)
    press(running, typed)
    listed = [(each.name, each.detail) for each in running.window.search.card.found.model().entries]
    press(running, Key.Key_Return if take else Key.Key_Escape)
    return listed


def names(running):
    """Return the names in the table that is shown."""
    model = running.window.place.model
    column = [each.key for each in model.columns].index("name")
    return [model.index(row, column).data() for row in range(model.rowCount())]


def got(p2kp, file, form=NEW):
    """Return what scripts are told of the records, by name."""
    return {line["name"]: line for line in p2kp("records", file, "get", form).lines()}


def test_a_new_form_is_begun_keyed_listed_found_exported_sent_and_undone(start, p2kp, tmp_path):
    assert [form.key for form in FORMS[-3:]] == [NEW, "teacher", "posyandu"]  # what the order does not name stands last
    file, office = init(p2kp, "tim"), init(p2kp, "kota", "district", "16.71")
    running = start(file)
    begun_keyed_listed(running)
    begun_from_the_list(running)
    found(running)
    copied_changed_and_undone(running)
    begun_below_another(running)
    begun_where_it_says(running)
    told_the_same_by_scripts(p2kp, file, tmp_path)
    running.close()
    sent(p2kp, file, office)
    running = start(office)
    seen_at_the_office(running)
    running.close()


def test_a_workspace_that_was_made_without_the_form_takes_its_records(p2kp):
    (told,) = p2kp("records", os.environ["OLDER"], "put", NEW, lines=[{"name": "Masjid", "region": KELURAHAN}]).lines()
    assert got(p2kp, os.environ["OLDER"])["Masjid"]["id"] == told["id"]


def begun_keyed_listed(running):
    assert seek(running, "rumah ibadah baru")[0] == ("Rumah Ibadah baru", "Formulir")
    assert (running.window.here.place, running.window.here.form) == ("form", NEW)
    key_in(running, {"name": "Masjid Al-Ikhlas", "kind": "masjid", "keeper": "Ahmad", "seats": 200})
    assert running.window.here.place == "tables"
    assert running.window.place.view.form.key == NEW
    assert names(running) == ["Masjid Al-Ikhlas"]


def begun_from_the_list(running):
    place = running.window.place
    assert place.head.buttons["N"].text() == "Rumah Ibadah baru"
    press(running, "n")
    key_in(running, {"name": "Gereja Maranatha", "kind": "gereja", "seats": 80})
    assert names(running) == ["Gereja Maranatha", "Masjid Al-Ikhlas"]
    assert place.grid.currentIndex().row() == 0
    press(running, Key.Key_Down, Key.Key_Return)
    assert running.window.place.keying.record.answers["name"] == "Masjid Al-Ikhlas"
    press(running, Key.Key_Escape)
    assert (running.window.here.place, place.grid.currentIndex().row()) == ("tables", 1)


def found(running):
    running.go("home")
    assert seek(running, "ikhlas")[0] == ("Masjid Al-Ikhlas", "Rumah Ibadah · Tiga-puluh-lima Ilir")
    assert running.window.here.form == NEW
    press(running, Key.Key_Escape)
    running.go("home")
    assert ("Rumah Ibadah", "Semua data") in seek(running, "rumah ibadah", take=False)


def copied_changed_and_undone(running):
    running.window.go(Destination("tables", form=NEW))
    running.until_quiet()
    press(running, Key.Key_A, modifier=CTRL)
    press(running, Key.Key_C, modifier=CTRL)
    assert "Gereja Maranatha" in QGuiApplication.clipboard().text()
    press(running, Key.Key_Escape)
    running.window.place.grid.clearSelection()
    running.window.place.grid.show_row(0)
    press(running, Key.Key_Delete, "salah catat", Key.Key_Return)
    assert names(running) == ["Masjid Al-Ikhlas"]
    press(running, Key.Key_Z, modifier=CTRL)
    assert names(running) == ["Gereja Maranatha", "Masjid Al-Ikhlas"]


def begun_below_another(running):
    """What belongs to another record asks for that one by its name, and is listed where that one is."""
    seek(running, "guru mengaji baru")
    assert running.window.place.hands.session.focus == "parent"
    press(running, "ikhlas", Key.Key_Return)
    key_in(running, {"name": "Aminah"})
    assert running.window.place.view.form.key == "teacher"
    parent = [each.key for each in running.window.place.model.columns].index("parent")
    assert running.window.place.model.index(0, parent).data() == "Masjid Al-Ikhlas"


def begun_where_it_says(running):
    seek(running, "posyandu baru")
    key_in(running, {"name": "Posyandu Mawar", "helpers": 5})
    assert (running.window.here.place, running.window.place.records.form) == ("bowl", "posyandu")
    line = running.window.place.records.current()
    assert (line.sheet.name, line.told) == ("Posyandu Mawar", "Kader: 5 orang")


def told_the_same_by_scripts(p2kp, file, folder):
    assert got(p2kp, file)["Masjid Al-Ikhlas"]["keeper"] == "Ahmad"
    assert "Masjid Al-Ikhlas" in p2kp("report", NEW, file, "-").out
    assert p2kp("template", NEW, "templat.xlsx").code == 0
    book = openpyxl.load_workbook(folder / "templat.xlsx")
    sheet = book["Rumah Ibadah"]
    given = {"Nama rumah ibadah": "Vihara Dharma", "Jenis": "Vihara", "Daya tampung": 60}
    for row in sheet.iter_rows(max_row=8):
        for cell in row:
            for words, value in given.items():
                if str(cell.value or "").startswith(words):
                    sheet.cell(cell.row + 1, cell.column, value)
    book.save(folder / "isian.xlsx")
    ran = p2kp("import", file, NEW, "isian.xlsx")
    assert ran.code == 0, ran
    assert got(p2kp, file)["Vihara Dharma"]["seats"] == 60


def sent(p2kp, file, office):
    """The whole copy goes to the district, which answers, and nothing of it is lost on the way."""
    bundle = p2kp("send", file, ".", "--json").json()["path"]
    (told,) = p2kp("receive", office, bundle, "--json").json()["bundles"]
    assert (told["new"], told["conflict"], told["rejected"]) == (5, 0, 0)
    for form in (NEW, "teacher", "posyandu"):
        assert got(p2kp, office, form) == got(p2kp, file, form)
    assert p2kp("check", office).code == 0


def seen_at_the_office(running):
    running.window.go(Destination("tables", form=NEW))
    running.until_quiet()
    assert names(running) == ["Gereja Maranatha", "Masjid Al-Ikhlas", "Vihara Dharma"]
