"""Settling conflicts with a hurried hand: what is typed in a reason stays text, and a decision can be undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.recording import conflicts, recording
from p2kp_desktop.actions.review import handing_in, verification
from p2kp_desktop.forms import Household
from p2kp_desktop.ui.place import PRINTING, Destination
from tests.enrolled import enrol_all
from tests.laws.files import COMPLETE
from tests.pdfs import of_preview
from tests.ui.transferring import HERLINA, SCOPE
from tests.ui.windows import AREAS, Running, press

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def running(qtbot, make_workspace, tmp_path):
    """The program at two households whose roofs two laptops answered differently."""
    ali, budi = make_workspace("Ali"), make_workspace("Budi")
    made = [recording.record(ali, Household, HERLINA | {"head_name": name}).id for name in ("Herlina", "Wulan")]
    receiving.receive(budi, sending.send(ali, tmp_path).path)
    for each in made:
        recording.record(ali, Household, {"id": each, "roof": "a"})
        recording.record(budi, Household, {"id": each, "roof": "b"})
    receiving.receive(ali, sending.send(budi, tmp_path).path)
    path = tmp_path / "Ali.p2kp"
    ali.close()
    program = Running(qtbot, path)
    program.window.go(Destination("transfer", SCOPE, tab="conflicts"))
    program.until_quiet()
    yield program
    program.close()


def open_now(running):
    return [each.record for each in conflicts.headings(running.window.desk.workspace)]


def test_tab_and_spaces_typed_in_a_reason_settle_nothing_and_choose_nothing(running):
    page = running.window.place.settling
    assert open_now(running) == ["Herlina", "Wulan"]
    press(running, "1", "kata Pak RT", Key.Key_Tab, " dua kali 2 rumah ", Key.Key_Tab, Key.Key_Tab, "   ")
    assert open_now(running) == ["Herlina", "Wulan"]
    assert page._shown.heading.record == "Herlina"
    assert [card.isChecked() for card in page.weighed.cards] == [True, False]
    assert page.weighed.reason.text() == "kata Pak RT dua kali 2 rumah    "
    press(running, Key.Key_Return, modifier=CTRL)
    assert open_now(running) == ["Wulan"]


def test_what_is_typed_on_after_a_decision_chooses_nothing_for_the_next_household(running):
    page = running.window.place.settling
    press(running, "1", "kata Pak RT")
    press(running, Key.Key_Return, modifier=CTRL)
    assert page._shown.heading.record == "Wulan"
    press(running, " ", " benar ", " ")
    assert not any(card.isChecked() for card in page.weighed.cards)
    press(running, Key.Key_Return, modifier=CTRL)
    assert open_now(running) == ["Wulan"]


@pytest.mark.parametrize("last", [False, True])
def test_what_was_decided_is_said_and_one_key_opens_the_conflict_again(running, last):
    page = running.window.place.settling
    press(running, "2", "kata Pak RT")
    press(running, Key.Key_Return, modifier=CTRL)
    who, left = "Herlina", ["Wulan"]
    if last:
        press(running, "1", "kata Bu RT")
        press(running, Key.Key_Return, modifier=CTRL)
        who, left = "Wulan", []
    assert open_now(running) == left
    assert f"{who}, 9 Kondisi atap terluas" in page.told.text()
    assert "Ctrl+Z" in page.told.text()
    press(running, Key.Key_Z, modifier=CTRL)
    assert who in open_now(running)
    assert not page.told.isVisible()
    assert running.window.board.notice.title.startswith("Diurungkan: Keputusan konflik")
    page.open_at(*next((each.id, each.question) for each in page._headings if each.record == who))
    assert len(page._headings) == len(left) + 1


def test_no_button_of_the_page_is_reached_by_tab(running):
    page = running.window.place.settling
    press(running, "1")
    for _ in range(6):
        press(running, Key.Key_Tab)
        assert QApplication.focusWidget() is page.weighed.reason


def test_the_record_of_the_conflict_in_sight_is_printed_with_both_answers(running):
    running.window.place.settling.step(1)
    running.until_quiet()
    heading = running.window.place.settling.heading
    press(running, Key.Key_P, modifier=CTRL)
    running.until(lambda: running.window.place.preview.count > 0)
    place = running.window.place
    assert place.list.current().name == "record"
    assert place._asked(place.list.current(), preview=False).records == (heading.id,)
    told = " ".join(of_preview(place.preview).text(page) for page in range(place.preview.count))
    assert told.count("KONFLIK:") == 2
    press(running, Key.Key_Escape)
    running.until_quiet()
    assert running.window.here.place == "transfer"


@pytest.fixture
def reviewed(qtbot, make_workspace, tmp_path):
    """The program of a team that handed in again what its city verified meanwhile."""
    province, city = make_workspace("Provinsi", "province", ("16",)), make_workspace("Kota", "district", ("16.71",))
    team = make_workspace("Tim")
    enrol_all(province, city, team)
    house = recording.record(team, Household, {**COMPLETE, "rt": "14/5", "head_name": "Herlina"}).id
    receiving.receive(city, sending.send(team, tmp_path).path)
    verification.verify(city, ids=[house])
    handing_in.submit(team, ids=[house])
    receiving.receive(team, sending.send(city, tmp_path, to="facilitator", full=True).path)
    team.close()
    program = Running(qtbot, tmp_path / "Tim.p2kp")
    program.window.go(Destination("transfer", SCOPE, tab="conflicts"))
    program.until_quiet()
    yield program
    program.close()


@pytest.mark.parametrize("area", AREAS)
def test_what_only_the_city_decides_says_so_and_cannot_be_chosen(reviewed, area):
    reviewed.resize(*area)
    page = reviewed.window.place.settling
    assert len(open_now(reviewed)) == 1
    told = page.weighed._refusal
    assert told.isVisible()
    assert "Hanya kabupaten/kota" in told.text()
    assert reviewed.frame.rect().contains(told.rect().translated(told.mapTo(reviewed.frame, told.rect().topLeft())))
    press(reviewed, "1")
    page.weighed.cards[0].click()
    assert not any(card.isChecked() for card in page.weighed.cards)
    assert not page.weighed.reason.isVisible()
    assert not page.button.isEnabled()
    press(reviewed, Key.Key_Return, modifier=CTRL)
    assert len(open_now(reviewed)) == 1
    assert reviewed.window.board.fault is None


@pytest.mark.parametrize(("tab", "report"), [("send", "sent"), ("receive", "received"), ("log", "transfers")])
def test_what_came_and_went_is_printed_where_it_is_in_front(running, tab, report):
    running.window.go(Destination("transfer", SCOPE, tab=tab))
    running.until_quiet()
    press(running, Key.Key_P, modifier=CTRL)
    assert running.window.here.place == PRINTING
    running.until(lambda: running.window.place.preview.count > 0)
    name = running.window.place.list.current().name
    assert name in (f"report:{report}", "this_list")
