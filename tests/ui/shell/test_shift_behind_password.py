"""F12 in a workspace behind a password: name and password, no restart; who may add people, and what a viewer gets."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.keying import persons
from p2kp_desktop.actions.protection import password
from p2kp_desktop.schema.roles import VIEWER
from p2kp_desktop.store import drafts, slots
from p2kp_desktop.store import persons as stored
from tests.protected import LEAST, PASSWORD, a_protected, forgotten
from tests.ui.windows import AREAS, Running

Key = Qt.Key
BUDI, CICI = "lima sapi hijau 34", "enam ayam merah 56"


@pytest.fixture
def running(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(slots, "measured", lambda: LEAST)
    made, protection = a_protected(tmp_path / "Tim.p2kp")
    persons.add(made, "Budi Santoso", BUDI, by_password=PASSWORD)
    made.close()
    program = Running(qtbot, tmp_path / "Tim.p2kp")
    yield program
    program.close()
    forgotten(protection)


def open_card(running):
    running.press(Key.Key_F12)
    running.until_quiet()
    return running.window.shift.card


def enter(running, *words):
    for word in words:
        running.press(*([word] if word else []), Key.Key_Return)
    running.until_quiet()


def test_name_and_password_are_enough_and_what_was_typed_stays_the_draft_of_before(running):
    running.press("n", modifier=Qt.KeyboardModifier.ControlModifier)
    running.until_quiet()
    running.press("14/5", Key.Key_Return, "01122026", Key.Key_Return, "Ratna")
    card = open_card(running)
    enter(running, "budi", PASSWORD)  # somebody else's
    assert "K23" in card.told.text()
    enter(running, BUDI)
    assert not card.isVisible()
    assert running.window.about.person == "Budi Santoso"
    with running.window.desk.workspace.asking() as connection:
        assert [(each.person, each.answers["head_name"]) for each in drafts.all_of_them(connection)] == [
            ("Siti", "Ratna")]


def test_the_office_adds_somebody_with_its_own_password_who_works_at_once(running):
    card = open_card(running)
    enter(running, "tambah pengetik", "Cici Paramida", "bukan ini 77", CICI, CICI)
    assert "K23" in card.told.text()
    enter(running, PASSWORD, CICI, CICI)
    assert running.window.about.person == "Cici Paramida"
    open_card(running)
    enter(running, "tambah pelihat")
    assert "G20" in running.window.shift.card.told.text()  # a keyer adds nobody


def test_the_office_takes_somebody_off_and_it_says_what_that_means(running):
    card = open_card(running)
    enter(running, "keluarkan")
    assert "salinan lama" in card.note.text()
    enter(running, "Budi Santoso", "Siti", PASSWORD)
    assert "dikeluarkan" in card.told.text()
    assert password.people(running.program.lock._file) == ["Siti"]


def test_the_office_gives_somebody_another_role_with_a_new_password(running):
    card = open_card(running)
    enter(running, "ubah peran", "budi", "pe", PASSWORD, CICI, CICI)
    assert "G14" in card.told.text()  # three roles begin so
    card.fields["role"].setText("pel")
    card.fields["again"].setFocus()
    for key, typed in (("own", PASSWORD), ("pin", CICI), ("again", CICI)):
        card.fields[key].setText(typed)
    enter(running, "")
    assert "diubah" in card.told.text()
    assert password.people(running.program.lock._file) == ["Siti", "Budi Santoso"]
    with running.window.desk.workspace.asking() as connection:
        assert stored.entered(connection)["Budi Santoso"].role == VIEWER


def test_a_viewer_who_takes_over_gets_the_window_anew_with_names_masked(running):
    persons.add(running.window.desk.workspace, "Lurah", CICI, by_password=PASSWORD, role=VIEWER)
    before = running.window
    open_card(running)
    running.press("lurah", Key.Key_Return, CICI, Key.Key_Return)
    running.until(lambda: running.window is not None and running.window is not before and running.window.about)
    assert running.window.about.person == "Lurah"
    assert running.window.desk.workspace.is_veiled
    grey = [action.text() for action in running.window.menus._acting if not action.isEnabled()]
    assert grey == [f"{words} (tidak untuk pelihat)" for words in (
        "Dari Excel…", "Tempel blok dari Excel", "Kirim salinan")]
    running.until_quiet()
    running.go("transfer")  # by its key, which two windows on one board would both take
    assert running.window.here.place == "transfer"


def test_the_card_closes_where_the_page_under_it_was_made_anew(running):
    running.go("transfer")
    gone = QApplication.focusWidget()
    card = open_card(running)
    gone.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    running.press(Key.Key_Escape)
    assert card.isHidden()
    assert running.window.place.isAncestorOf(QApplication.focusWidget())


def test_a_workspace_that_is_asked_for_twice_gets_one_window(running):
    name, before = running.window.desk.workspace.name, running.window
    running.program.open(name)
    running.program.open(name)
    running.until(lambda: running.window is not None and running.window is not before and running.window.about)
    running.until_quiet()
    running.go("transfer")
    assert running.window.here.place == "transfer"


@pytest.mark.parametrize("area", [*AREAS, (1093, 513)])  # and where a title bar takes of the smaller one
def test_the_card_is_whole_in_both_work_areas(running, area):
    running.resize(*area)
    for name in ("Dewi", "Joko", "Lurah", "Murni"):
        persons.add(running.window.desk.workspace, name, f"{CICI} {name}", by_password=PASSWORD)
    for sought in ("", "keluarkan", "lupa", "tambah petugas kantor", "ubah peran"):
        card = open_card(running)
        if sought:
            enter(running, sought)
        assert running.window.board.rect().contains(card.geometry())
        shown = [each for each in (card.title, card.field, card.found, *card.fields.values(), card.note, card.leave)
                 if each.isVisible()]
        assert all(above.geometry().bottom() < below.geometry().top()
                   for above, below in pairwise(shown))
        running.press(Key.Key_Escape, Key.Key_Escape)
