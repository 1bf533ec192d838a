"""Whoever may only look is offered nothing that would be refused: wherever they go, and in Ctrl+K."""

import pytest
from PySide6.QtCore import Qt

from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.practice import first_start
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema.roles import VIEWER
from p2kp_desktop.store import facts, open_workspace
from p2kp_desktop.store.persons import Entered, put
from p2kp_desktop.ui.kit.commands import leads
from p2kp_desktop.ui.place import Destination, Scope
from p2kp_desktop.ui.shell.places import FORM, SPOTS
from tests import villages
from tests.ui.windows import AREAS, Running

DRAFT = "rumah-draf"
CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier

# What is done and changes nothing that lies in the workspace. An act that is not here names its deed.
HARMLESS = {
    "Bagian berikutnya", "Bagian sebelumnya", "Baris berikutnya yang belum", "Baris sebelumnya yang belum", "Batal",
    "Cari flashdisk lagi", "Cetak ke printer", "Gulir keterangan ke atas", "Gulir keterangan ke bawah",
    "Hanya dengan keputusan terbuka, atau semua", "Hanya periode ini, atau semua", "Jalan termurah RT ini",
    "Jenis berikutnya", "Ke informasi umum dan kembali", "Ke lampiran", "Kembali", "Masalah berikutnya",
    "Masalah sebelumnya", "Panduan rumah pertama", "Petunjuk pertanyaan", "Riwayat jawaban", "Templat kosong…",
}


@pytest.fixture
def running(qtbot, village_file, tmp_path):
    path = villages.copied(village_file, tmp_path)
    with open_workspace(path) as village:
        keyed_drafts.keep(village, Household, DRAFT, {"region": first_start.KELURAHAN, "rt": "001/005",
                                                      "period": "2026", "survey_date": "besok"}, "survey_date")
    with open_workspace(path) as village, village.changing() as connection:
        put(connection, Entered("Tono", VIEWER))
        facts.note(connection, "person", "Tono")
    made = Running(qtbot, path)
    yield made
    made.close()


def offered(running):
    return [each for each in running.window.menus.of_place() if each.isEnabled() and each.isVisible()]


def test_no_place_offers_a_viewer_an_act(running):
    area, rt = (Scope(first_start.KELURAHAN, rt, str(running.window.about.period)) for rt in (None, "002/005"))
    with running.window.desk.workspace.asking() as connection:
        house, meeting, agreement = (
            connection.exec_driver_sql(f"SELECT id FROM {form} LIMIT 1").scalar()
            for form in ("household", "meeting", "agreement"))
    ways = [Destination(spot.key, area) for spot in SPOTS if spot.key != FORM]
    ways += [Destination("collecting", rt), Destination("collecting", rt, tab="residents"),
             Destination(FORM, rt, "household", house), Destination("meetings", area, "meeting", meeting),
             Destination("agreements", area, "agreement", agreement)]
    found = {}
    for way in ways:
        running.window.go(way)
        running.until_quiet()
        acts = {each.text() for each in offered(running) if not leads(each)} - HARMLESS
        found |= {(way.place, way.form, way.tab): acts} if acts else {}
    assert {text for acts in found.values() for text in acts} == set()


def test_what_a_viewer_may_not_do_is_found_with_its_reason_and_told_in_words(running):
    running.press("k", modifier=Qt.KeyboardModifier.ControlModifier)
    running.press(">kirim salinan")
    running.until_quiet()
    card = running.window.search.card
    assert [entry.name for entry in card.found._entries.entries] == ["Kirim salinan (tidak untuk pelihat)"]
    running.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    status = running.window.board.status
    running.until(lambda: status.said)
    assert status.said == "Pelihat tidak mengirim paket. Ganti petugas: F12."
    running.press("n", modifier=Qt.KeyboardModifier.ControlModifier)
    assert running.window.here.place != FORM
    assert status.said == "Pelihat tidak mengubah isian. Ganti petugas: F12."
    running.go("printing")
    running.window.place.list.table.show_row(1)
    running.until_quiet()
    options = running.window.place.options
    assert options._tells_names
    assert options.names.isHidden()


@pytest.mark.parametrize("area", AREAS)
def test_a_refused_key_is_told_in_passing_and_takes_no_room_from_the_list(running, area):
    running.resize(*area)
    running.window.go(Destination("collecting", Scope(first_start.KELURAHAN, "002/005", running.window.scope.period)))
    running.until_quiet()
    board = running.window.board
    before, loss = board.stack.geometry(), board.status._copies
    for keys, modifier in (("n", CTRL), ((Qt.Key.Key_Delete,), NONE), ("n", NONE)):
        board.status.tell("")
        running.press(*keys, modifier=modifier)
        running.until_quiet()
        assert board.status.said.startswith("Pelihat tidak "), keys
        assert board.fault is None
        assert board.stack.geometry() == before
        assert loss.isVisible()
        assert not board.status._passing.geometry().intersects(loss.geometry())
        assert loss.geometry().right() <= board.width()
    board.status._passes.timeout.emit()


def test_del_in_any_list_says_why_nothing_goes(running):
    told = {}
    for tab, rt in (("places", None), ("households", None), ("kawasan", None), ("", "002/005"),
                    ("residents", "002/005")):
        scope = Scope(first_start.KELURAHAN, rt, running.window.scope.period)
        running.window.go(Destination("collecting", scope, tab=tab))
        running.until_quiet()
        running.window.place.table().setFocus()
        running.window.board.status.tell("")
        running.press(Qt.Key.Key_Delete)
        told[tab, rt] = running.window.board.status.said
    assert set(told.values()) == {"Pelihat tidak menghapus atau mengembalikan catatan. Ganti petugas: F12."}, told


def test_who_looks_at_a_draft_leaves_it_as_it_is_and_is_led_by_no_guide(running):
    def drafts():
        with running.window.desk.workspace.asking() as connection:
            return connection.exec_driver_sql("SELECT id, answers, time FROM main.draft").all()

    before = drafts()
    running.window.go(Destination(FORM, record=DRAFT, draft=True))
    running.until_quiet()
    form = running.window.place
    assert form.keying.record.id == DRAFT
    assert not form.guide.isVisible()
    running.press(Qt.Key.Key_Return, Qt.Key.Key_Return, "a", Qt.Key.Key_F8, Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    running.until_quiet()
    assert not running.window.desk.unsaved.typed
    assert running.window.unsaved_bar.isHidden()
    assert drafts() == before


def test_a_viewer_is_asked_about_nothing_that_would_be_refused(running):
    status, window = running.window.board.status, running.window
    window.go(Destination("backups"))
    running.until_quiet()
    if not window.place.list.model.lines:
        running.until(lambda: window.keeping.trouble is None and not window.keeping.busy)
        window.keeping.keep()
        running.until_quiet()
        window.go(Destination("backups"))
        running.until_quiet()
    window.place.list.table.setFocus()
    running.press(Qt.Key.Key_Return)
    assert window.place.confirming.isHidden()
    assert status.said == "Pelihat tidak memulihkan cadangan. Ganti petugas: F12."
    window.go(Destination("photos"))
    running.until_quiet()
    assert not any(card.isEnabled() for card in window.place.empty.ways)
    window.go(Destination("transfer", tab="send"))
    running.until_quiet()
    assert "pelihat tidak mengirim paket" in window.place.sending.bar.note.text()
