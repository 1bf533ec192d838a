"""The trash and the undo of lists in the whole program, with keys only."""

import pytest
from PySide6.QtCore import Qt

from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Household
from p2kp_desktop.store import views
from p2kp_desktop.ui.kit.commands import leads
from p2kp_desktop.ui.place import Destination, Scope
from tests.ui.windows import Running, press

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
HERE = Scope(demo_journey.KELURAHAN, "001/005", "2026")


@pytest.fixture
def running(qtbot, tmp_path):
    path = tmp_path / "lima-ilir.p2kp"
    with workspaces.init(path, role="facilitator", name="Rina", regions=[demo_journey.KELURAHAN]) as made:
        for number, name in enumerate(("Siti", "Budi", "Wulan"), start=1):
            recording.record(made, Household, {
                "rt": "1/5", "period": "2026", "head_name": name, "building": str(number), "id": name,
            })
    program = Running(qtbot, path)
    yield program
    program.close()


def names(running):
    with running.window.desk.workspace.asking() as connection:
        return sorted(each.answers["head_name"] for each in views.found(connection, Household))


def test_a_household_deleted_in_its_list_comes_back_with_one_key_and_goes_again(running):
    running.window.go(Destination("collecting", HERE))
    running.until_quiet()
    press(running, Key.Key_Delete, "terdata dua kali", Key.Key_Return)
    assert names(running) == ["Budi", "Wulan"]
    undo, redo = running.window.menus.undoing.actions
    assert undo.text() == "Urungkan: Siti ke tempat sampah"
    press(running, Key.Key_Z, modifier=CTRL)
    assert names(running) == ["Budi", "Siti", "Wulan"]
    assert running.window.board.notice.title == "Diurungkan: Siti ke tempat sampah."
    assert (undo.isEnabled(), redo.text()) == (False, "Ulangi: Siti ke tempat sampah")
    press(running, Key.Key_Y, modifier=CTRL)
    assert names(running) == ["Budi", "Wulan"]


def test_a_draft_thrown_away_comes_back_with_one_key(running):
    workspace = running.window.desk.workspace
    answers = {"region": HERE.area, "rt": HERE.rt, "period": HERE.period, "head_name": "Aminah"}
    keyed_drafts.keep(workspace, Household, "draft", answers, "kk_count")
    running.window.go(Destination("collecting", HERE))
    running.until_quiet()
    place = running.window.place
    table = place.rt.households.table
    table.show_row(next(row for row in range(4) if place.rt.households.model.line(row).id == "draft"))
    press(running, Key.Key_Delete, Key.Key_Return)
    assert keyed_drafts.waiting(workspace) == []
    press(running, Key.Key_Z, modifier=CTRL)
    assert [each.answers["head_name"] for each in keyed_drafts.waiting(workspace)] == ["Aminah"]
    assert running.window.board.notice.title == "Diurungkan: Draf Aminah dibuang."
    assert "Aminah" in [place.rt.households.model.line(row).name for row in range(4)]


def test_the_trash_is_a_key_away_says_why_and_gives_back(running):
    recording.delete(running.window.desk.workspace, Household, "Budi", reason="pindah rumah")
    press(running, Key.Key_T, modifier=CTRL | SHIFT)
    place = running.window.place
    assert place.view.deleted
    assert place.model.rowCount() == 1
    press(running, Key.Key_Return)
    assert "pindah rumah" in place.talk.strip.lines
    press(running, Key.Key_Return)
    assert names(running) == ["Budi", "Siti", "Wulan"]
    assert place.model.rowCount() == 0
    press(running, Key.Key_Z, modifier=CTRL)
    assert place.model.rowCount() == 1
    press(running, Key.Key_T)
    assert not place.view.deleted
    assert place.model.rowCount() == 2


def test_the_question_before_the_trash_names_the_one_record_and_counts_several(running):
    running.window.go(Destination("tables", HERE))
    running.until_quiet()
    press(running, Key.Key_Delete)
    assert "<b>Siti (RT 001/005 · " in running.window.place.talk.strip._what.text()
    press(running, Key.Key_Escape)
    press(running, Key.Key_A, modifier=CTRL)
    press(running, Key.Key_Delete)
    assert "<b>3 catatan</b>" in running.window.place.talk.strip._what.text()


@pytest.mark.parametrize("place", ["collecting", "tables"])
def test_tab_in_a_strip_that_asks_why_leads_to_no_button(running, place):
    running.window.go(Destination(place, HERE))
    running.until_quiet()
    press(running, Key.Key_Delete, "terdata", Key.Key_Tab, " dua kali ", Key.Key_Tab, " ")
    assert names(running) == ["Budi", "Siti", "Wulan"]
    asked = running.window.place.removal.reason if place == "collecting" else running.window.place.talk.strip.field
    assert asked.text() == "terdata dua kali  "
    assert asked.hasFocus()


def test_the_key_of_pendataan_leads_from_an_rt_to_all_of_them(running):
    running.window.go(Destination("collecting", HERE))
    running.until_quiet()
    press(running, "2", modifier=CTRL)
    assert (running.window.here.place, running.window.scope.rt) == ("collecting", None)
    assert running.window.place.area.isVisible()
    running.window.go(Destination("quality", HERE))
    running.until_quiet()
    press(running, "2", modifier=CTRL)  # from elsewhere the RT in use stays in use
    assert running.window.scope.rt == "001/005"


def test_one_answer_for_many_goes_back_by_its_name(running):
    running.window.go(Destination("tables", HERE))
    running.until_quiet()
    press(running, Key.Key_A, modifier=CTRL)
    press(running, Key.Key_G, "status rumah", Key.Key_Return, Key.Key_Return, Key.Key_Return)
    undo, _redo = running.window.menus.undoing.actions
    assert undo.text().startswith("Urungkan: Status Rumah Tangga = MBR")
    press(running, Key.Key_Z, modifier=CTRL)
    assert not running.window.place.talk.strip.isVisible()  # it said that Ctrl+Z takes this back
    with running.window.desk.workspace.asking() as connection:
        assert not any(each.answers.get("mbr") for each in views.found(connection, Household))


def typed_and_entered(running, words):
    press(running, "k", modifier=CTRL)
    press(running, words, Key.Key_Return)


def test_a_word_typed_after_control_k_and_enter_leads_somewhere_and_undoes_nothing(running):
    running.window.go(Destination("collecting", HERE))
    running.until_quiet()
    press(running, Key.Key_Delete, "terdata dua kali", Key.Key_Return)
    typed_and_entered(running, "sampah")
    assert names(running) == ["Budi", "Wulan"]
    assert running.window.place.view.deleted


def test_an_act_found_with_control_k_is_done_only_when_it_was_chosen_with_an_arrow(running):
    running.window.go(Destination("collecting", HERE))
    running.until_quiet()
    press(running, Key.Key_Delete, "terdata dua kali", Key.Key_Return)
    for words in ("urungkan", "> urungkan", "siti ke tempat"):
        typed_and_entered(running, words)
        assert names(running) == ["Budi", "Wulan"]
        card = running.window.search.card
        assert (card.isVisible(), card.found.current) == (True, -1)
        assert "↓" in card.note.text()
        press(running, Key.Key_Escape)
    press(running, "k", modifier=CTRL)
    press(running, "urungkan", Key.Key_Down, Key.Key_Return)
    assert names(running) == ["Budi", "Siti", "Wulan"]


@pytest.mark.parametrize("place", ["collecting", "transfer", "form"])
def test_no_command_that_may_change_data_follows_from_its_words_and_enter(running, place):
    form = "household" if place == "form" else ""
    running.window.go(Destination(place, HERE, form, "Siti" if form else ""))
    running.until_quiet()
    menus, done = running.window.menus, []
    acts = [each for each in (*menus.of_place(), *menus.everywhere()) if not leads(each)]
    for each in acts:
        each.triggered.connect(lambda _checked=False, each=each: done.append(each.text()))
    assert acts
    for each in acts:
        running.press("k", modifier=CTRL)
        running.press(f">{each.text().replace('&&', '&')}", Key.Key_Return, Key.Key_Escape)
    assert done == []
