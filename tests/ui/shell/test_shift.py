"""F12 with keys alone: another person takes over, is added, forgets the PIN; the form stays where it was."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.keying import persons
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import history
from p2kp_desktop.ui.place import Destination
from tests.ui.windows import AREAS, Running

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
KELURAHAN = "16.71.01.1001"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "lorok.p2kp"
    with workspaces.init(path, role="facilitator", name="Rina Marlina", regions=[KELURAHAN]) as made:
        recording.record(made, Household, {"id": "h1", "rt": "1/1", "head_name": "Aminah"})
        persons.add(made, "Budi Santoso", "1234")
    return path


@pytest.fixture
def running(qtbot, file):
    made = Running(qtbot, file)
    yield made
    made.close()


def open_card(running):
    running.press(Key.Key_F12)
    running.until_quiet()
    card = running.window.shift.card
    assert card.isVisible()
    return card


def enter(running, *words):
    """Type into field after field, Enter behind each."""
    for word in words:
        running.press(*([word] if word else []), Key.Key_Return)
    running.until_quiet()


def person(running):
    return running.window.about.person


def test_name_and_pin_are_enough_for_another_person_to_take_over(running):
    card = open_card(running)
    enter(running, "budi", "1234")
    assert not card.isVisible()
    assert person(running) == "Budi Santoso"
    assert "Budi Santoso" in running.window.board.rail._face.accessibleName()


def test_a_wrong_pin_is_told_and_can_be_typed_again(running):
    card = open_card(running)
    enter(running, "budi", "9999")
    assert "G08" in card.told.text()
    enter(running, "1234")
    assert person(running) == "Budi Santoso"


def test_somebody_new_is_added_and_works_at_once(running):
    card = open_card(running)
    enter(running, "tambah", "Cici Paramida", "5678", "5678")
    assert not card.isVisible()
    assert person(running) == "Cici Paramida"
    open_card(running)
    enter(running, "rina")  # without a PIN
    assert person(running) == "Rina Marlina"


def test_two_different_pins_are_refused_and_escape_leads_back_to_the_names_and_out(running):
    card = open_card(running)
    enter(running, "tambah", "Cici", "5678", "8765")
    assert "G09" in card.told.text()
    running.press(Key.Key_Escape)
    assert card.field.hasFocus()
    running.press(Key.Key_Escape)
    assert not card.isVisible()
    assert person(running) == "Rina Marlina"


def test_a_forgotten_pin_is_replaced_by_an_officer_with_a_pin(running):
    card = open_card(running)
    enter(running, "ganti pin", "2222", "2222")
    assert "PIN diganti" in card.told.text()
    enter(running, "lupa", "Budi Santoso", "Rina Marlina", "2222", "4321", "4321")
    assert "PIN diganti" in card.told.text()
    enter(running, "budi", "4321")
    assert person(running) == "Budi Santoso"


def test_in_the_form_the_focus_comes_back_and_the_save_bears_the_new_name(running):
    running.window.go(Destination("form", running.window.scope, "household", "h1", "kk_count"))
    running.until_quiet()
    running.press("2")
    before = QApplication.focusWidget()
    open_card(running)
    enter(running, "budi", "1234")
    assert QApplication.focusWidget() is before
    running.press(Key.Key_Return)
    running.press(Key.Key_S, modifier=CTRL)
    running.until_quiet()
    with running.window.desk.workspace.asking() as connection:
        last = history.of_record(connection, "h1")[-1]
    assert (last.save.person, last.changes["kk_count"].after) == ("Budi Santoso", 2)


@pytest.mark.parametrize("area", AREAS)
def test_the_card_is_whole_in_both_work_areas(running, area):
    running.resize(*area)
    card = open_card(running)
    enter(running, "lupa")
    board = running.window.board
    assert board.rect().contains(card.geometry())
    shown = [card.title, *card.fields.values(), card.note, card.leave]
    assert all(above.geometry().bottom() < below.geometry().top() for above, below in pairwise(shown))
    assert card.note.height() >= card.note.heightForWidth(card.note.width())


def test_the_card_shows_what_enter_does_while_something_is_asked(running):
    running.press(Key.Key_F12)
    running.until_quiet()
    card = running.window.shift.card
    assert not card.go_on.isVisible()
    running.press("tambah", Key.Key_Return)
    assert card.go_on.isVisible()
    assert card.rect().contains(card.go_on.geometry())
    running.press("Yuliana", Key.Key_Return, "1234", Key.Key_Return, "1234")
    card.go_on.click()
    running.until_quiet()
    assert running.window.about.person == "Yuliana"
