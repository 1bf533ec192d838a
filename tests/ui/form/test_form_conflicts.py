"""Answers in conflict are weighed and settled in the form, by keys."""

import pytest
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.keying import answer_history, keyed_drafts
from p2kp_desktop.actions.recording import conflicts, recording
from p2kp_desktop.forms import Household
from p2kp_desktop.store import records
from p2kp_desktop.ui.kit.messages import ErrorCard
from tests.acquainted import introduce
from tests.ui.form_driver import SMALL, Driver, scope

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def disputed(make_workspace, tmp_path):
    """Give what makes a workspace in which people gave a household different answers, and its id."""
    opened = []

    def make(*answers, begin=None):
        names = ("Siti", "Rina", "Budi", "Ali")[: len(answers)]
        made = [make_workspace(name) for name in names]
        first = {"rt": "014/005", "period": "2022", "kk_count": 1, "head_name": "Herlina", **(begin or {})}
        ident = recording.record(made[0], Household, first).id
        for other in made[1:]:
            receiving.receive(other, sending.send(made[0], tmp_path).path)
        for workspace, given in zip(made, answers, strict=True):
            recording.record(workspace, Household, {"id": ident, **given})
        for other in made[1:]:
            receiving.receive(made[0], sending.send(other, tmp_path).path)
        driver = Driver(made[0])
        opened.append(driver)
        return driver, made[0], ident

    yield make
    for driver in opened:
        driver.close()


def open_keys(workspace):
    return sorted(each.question for each in conflicts.open_conflicts(workspace))


def value(workspace, ident, key):
    with workspace.asking() as connection:
        return records.read(connection, "household", [ident])[ident].values().get(key)


def decision(driver):
    return driver.place.sheet.column.decision


def cards(driver):
    return {card.alternative.shown: card for card in decision(driver).cards}


def chosen(driver):
    return [card.alternative.shown for card in decision(driver).cards if card.isChecked()]


def test_both_answers_stand_side_by_side_with_person_laptop_time_and_origin(disputed):
    driver, _, ident = disputed({"water_source": "d"}, {"water_source": "a"})
    driver.enter("household", ident, scope=scope(), question="water_source")
    assert decision(driver).isVisible()
    (mine, theirs) = (cards(driver)[shown] for shown in ("Sumur terlindung", "Ledeng meteran/SR"))
    assert mine.y() == theirs.y()
    said = decision(driver).accessibleName()
    for word in ("Siti", "Rina", "diketik", "Akses air minum aman", "1.", "2."):
        assert word in said
    assert chosen(driver) == []
    assert [card.alternative.in_force for card in decision(driver).cards].count(True) == 1


def test_a_number_chooses_the_reason_is_written_and_ctrl_enter_settles(disputed):
    driver, workspace, ident = disputed({"roof": "a"}, {"roof": "b"})
    driver.enter("household", ident, scope=scope(), question="roof")
    wanted = next(card for card in decision(driver).cards if card.value == "bocor")
    driver.press(f"Alt+{wanted.number}")
    assert chosen(driver) == ["Bocor"]
    assert QApplication.focusWidget() is decision(driver).reason
    driver.press("Ctrl+Enter")
    driver.settle()
    assert open_keys(workspace) == ["roof"]
    driver.type("dilihat lagi")
    driver.press("Ctrl+Enter")
    driver.settle()
    assert open_keys(workspace) == []
    assert value(workspace, ident, "roof") == "bocor"
    assert not decision(driver).isVisible()
    assert driver.focus == "roof"
    assert keyed_drafts.waiting(workspace) == []
    past = answer_history.answer_history(workspace, Household, ident, "roof")
    assert "dilihat lagi" in [step.reason for step in past]
    driver.press("Ctrl+Z")
    assert driver.keying.given() == {}


def test_a_printed_letter_chooses_among_the_answers_and_does_not_move_on(disputed):
    driver, workspace, ident = disputed({"roof": "a"}, {"roof": "b"})
    driver.enter("household", ident, scope=scope(), question="roof")
    driver.type("a")
    assert driver.focus == "roof"
    assert chosen(driver) == ["Tidak bocor"]
    driver.type("tangga dipakai")
    driver.press("Enter")
    assert driver.focus == "wall"
    driver.press("Ctrl+S")
    driver.settle()
    assert open_keys(workspace) == []
    assert value(workspace, ident, "roof") == "tidak_bocor"


def test_a_digit_that_is_not_printed_chooses_too(disputed):
    driver, _, ident = disputed({"roof": "a"}, {"roof": "b"})
    driver.enter("household", ident, scope=scope(), question="roof")
    driver.type("2")
    assert chosen(driver) == [decision(driver).cards[1].alternative.shown]


def test_another_value_typed_becomes_a_third_answer_and_saving_settles_nothing(disputed):
    driver, workspace, ident = disputed({"kk_count": 2}, {"kk_count": 3})
    driver.enter("household", ident, scope=scope(), question="kk_count")
    in_force = driver.keying.record.answers["kk_count"]
    driver.type("4")
    driver.press("Enter")
    assert driver.focus == "kk_count"
    assert chosen(driver) == ["4 KK"]
    assert len(decision(driver).cards) == 3
    driver.press("Enter")
    driver.type("b")
    driver.press("Ctrl+S")
    driver.settle()
    assert open_keys(workspace) == ["kk_count"]
    assert (value(workspace, ident, "kk_count"), value(workspace, ident, "mbr")) == (in_force, "non_mbr")
    (draft,) = keyed_drafts.waiting(workspace)
    assert draft.answers == {"pick.kk_count": 4}
    again = Driver(workspace)
    again.enter(scope=scope(), draft=True, question="kk_count")
    assert chosen(again) == ["4 KK"]
    again.press("F2")
    again.type("dihitung bersama")
    again.press("Ctrl+Enter")
    again.settle()
    assert (open_keys(workspace), value(workspace, ident, "kk_count")) == ([], 4)
    assert keyed_drafts.waiting(workspace) == []
    again.close()


def test_the_next_of_the_stack_begins_and_what_is_undecided_stays_a_draft(disputed):
    driver, workspace, ident = disputed({"kk_count": 2}, {"kk_count": 3})
    driver.enter("household", ident, scope=scope(), question="kk_count")
    driver.type("4")
    driver.press("Enter", "Esc", "Ctrl+Enter")
    driver.settle()
    assert driver.keying.is_new
    assert "belum diputuskan" in driver.place.sheet.head.accessibleDescription()
    assert [draft.id for draft in keyed_drafts.waiting(workspace)] == [ident]
    assert open_keys(workspace) == ["kk_count"]


def test_more_than_two_answers_are_weighed_too(disputed):
    driver, workspace, ident = disputed({"kk_count": 2}, {"kk_count": 3}, {"kk_count": 4}, {"kk_count": 5})
    driver.place.resize(*SMALL)
    driver.enter("household", ident, scope=scope(), question="kk_count")
    assert len(decision(driver).cards) == 4
    driver.press("Alt+4")
    driver.type("kartu keluarga dilihat")
    seen = driver.place.sheet.column.rect()
    bottom = decision(driver).reason.mapTo(driver.place.sheet.column, decision(driver).reason.rect().bottomLeft())
    assert seen.contains(bottom)
    wanted = decision(driver).cards[3].value
    driver.press("Ctrl+Enter")
    driver.settle()
    assert (open_keys(workspace), value(workspace, ident, "kk_count")) == ([], wanted)


def test_a_conflict_is_in_the_head_the_rail_and_the_problems_and_marked_as_provisional(disputed):
    driver, _, ident = disputed({"roof": "a"}, {"roof": "b"})
    driver.enter("household", ident, scope=scope(), question="kk_count")
    sheet = driver.place.sheet
    assert "Konflik" in sheet.head.accessibleName()
    (card,) = [card for card in sheet.troubles._cards if "jawaban berbeda" in card.accessibleName()]
    assert all(name in card.accessibleName() for name in ("9", "Siti", "Rina"))
    sections = [item.accessibleName() for item in sheet.sections._rail._items]
    assert [text for text in sections if "Konflik" in text and text.startswith("A.2")]
    assert "sementara" in sheet.column._rows["roof"].accessibleDescription()
    driver.press("F8")
    assert driver.focus == "roof"
    driver.press("Alt+1")
    driver.type("x")
    driver.press("Ctrl+Enter")
    driver.settle()
    assert "Konflik" not in sheet.head.accessibleName()
    assert "sementara" not in sheet.column._rows["roof"].accessibleDescription()


def test_what_is_passed_over_is_not_cleared_while_it_is_in_conflict(disputed):
    begin = {"water_source": "c"}
    driver, workspace, ident = disputed({"pit_distance": "a"}, {"pit_distance": "b"}, begin=begin)
    driver.enter("household", ident, scope=scope(), question="water_source")
    driver.type("a")
    driver.press("Ctrl+S")
    driver.settle()
    assert open_keys(workspace) == ["pit_distance"]
    assert value(workspace, ident, "water_source") == "ledeng_meteran"


def test_a_decision_is_not_taken_by_the_way_while_it_is_open_whether_the_record_was_deleted(
    make_workspace, tmp_path
):
    mine, theirs = make_workspace("Siti"), make_workspace("Rina")
    introduce(mine, theirs)
    ident = recording.record(mine, Household, {"rt": "014/005", "period": "2022", "kk_count": 1}).id
    receiving.receive(theirs, sending.send(mine, tmp_path).path)
    recording.record(mine, Household, {"id": ident, "kk_count": 2})
    recording.delete(theirs, Household, ident, reason="pindah")
    receiving.receive(mine, sending.send(theirs, tmp_path).path)
    driver = Driver(mine)
    driver.enter("household", ident, scope=scope(), question="kk_count")
    driver.type("3")
    driver.press("Ctrl+S")
    driver.settle()
    assert driver.focus == "alive"
    assert open_keys(mine) == ["alive"]
    keeps = next(card for card in decision(driver).cards if card.value == 1)
    driver.press(f"Alt+{keeps.number}")
    driver.type("masih di sini")
    driver.press("Ctrl+Enter", "Ctrl+S")
    driver.settle()
    assert (open_keys(mine), value(mine, ident, "alive")) == ([], 1)
    driver.press("Ctrl+S")
    driver.settle()
    assert value(mine, ident, "kk_count") == 3
    driver.close()


def test_a_conflict_that_somebody_settled_meanwhile_is_told_and_nothing_typed_is_lost(disputed):
    driver, workspace, ident = disputed({"roof": "a"}, {"roof": "b"})
    driver.enter("household", ident, scope=scope(), question="kk_count")
    driver.type("2")
    driver.press("Enter")
    driver.place.hands.go("roof")
    driver.type("a")
    driver.type("saya lihat")
    conflicts.settle(workspace, "household", ident, "roof", "bocor", reason="sudah")
    driver.press("Ctrl+Enter")
    driver.settle()
    assert "sudah diselesaikan" in driver.place.sheet.column.findChild(ErrorCard).accessibleName()
    assert driver.keying.record.answers["roof"] == "bocor"
    assert driver.keying.given() == {"kk_count": 2}


def test_a_conflict_that_came_in_while_typing_is_not_settled_by_saving(make_workspace, tmp_path):
    mine, theirs = make_workspace("Siti"), make_workspace("Rina")
    ident = recording.record(mine, Household, {"rt": "014/005", "period": "2022", "kk_count": 1}).id
    receiving.receive(theirs, sending.send(mine, tmp_path).path)
    recording.record(mine, Household, {"id": ident, "kk_count": 2})
    recording.record(theirs, Household, {"id": ident, "kk_count": 3})
    driver = Driver(mine)
    driver.enter("household", ident, scope=scope(), question="kk_count")
    driver.type("4")
    receiving.receive(mine, sending.send(theirs, tmp_path).path)
    driver.press("Ctrl+S")
    driver.settle()
    assert open_keys(mine) == ["kk_count"]
    (draft,) = keyed_drafts.waiting(mine)
    assert draft.answers == {"pick.kk_count": 4}
    driver.close()
