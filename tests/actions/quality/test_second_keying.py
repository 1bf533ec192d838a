"""Keying again, blind: drawn at random, kept apart from the record, compared, decided one difference at a time."""

import pytest

from p2kp_desktop.actions.keying import persons, sittings
from p2kp_desktop.actions.quality import keying_differences, second_keying
from p2kp_desktop.actions.quality.keying_differences import FIRST, SECOND
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import person_erasure
from p2kp_desktop.forms import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import history, views
from p2kp_desktop.store import keyed as keyed_table
from p2kp_desktop.store.keyed import Stint

HOUSE = {"rt": "1/5", "head_name": "Aminah", "kk_count": 1, "water_source": "a", "floor_length": "6"}


@pytest.fixture
def keyed(workspace):
    """Twenty households by Siti, three by Budi."""
    mine = [recording.record(workspace, Household, {**HOUSE, "head_name": f"Warga {n}"}).id for n in range(20)]
    persons.add(workspace, "Budi", "1234")
    persons.change_to(workspace, "Budi", "1234")
    theirs = [recording.record(workspace, Household, {**HOUSE, "head_name": f"Budi {n}"}).id for n in range(3)]
    recording.record(workspace, Household, {"id": mine[0], "kk_count": 2})  # whose first save was another's
    return workspace, mine, theirs


def answers(workspace, record):
    with workspace.asking() as connection:
        return next(views.found(connection, Household, views.Where(id=record))).answers


def again(workspace, record, **other):
    """Key a drawn record again as it was, but for some answers."""
    keying = second_keying.open_blind(workspace, record).keying
    for key, value in {**answers(workspace, record), **other}.items():
        if Household.question(key):
            keying = keying._set(key, value)
    return second_keying.finish(workspace, record, keying.given())


def test_a_share_of_one_operators_records_is_drawn_and_the_same_seed_draws_the_same(keyed):
    workspace, mine, _ = keyed
    drawn = second_keying.draw(workspace, "Siti", 10, seed=7)
    assert len(drawn) == 2
    assert set(drawn) <= set(mine)
    with pytest.raises(Trouble, match="Tidak ada lagi"):
        second_keying.draw(workspace, "Siti", 10, seed=7)
    more = second_keying.draw(workspace, "Siti", 25, seed=7)
    assert len(more) == 3
    assert not set(more) & set(drawn)
    for record in (*drawn, *more):
        second_keying.give_up(workspace, record)
    assert second_keying.draw(workspace, "Siti", 10, seed=7) == drawn


def test_of_few_records_one_is_drawn_and_of_a_stranger_none(keyed):
    workspace, _, theirs = keyed
    (one,) = second_keying.draw(workspace, "Budi", 5, seed=1)
    assert one in theirs
    with pytest.raises(Trouble, match="Tidak ada lagi"):
        second_keying.draw(workspace, "Nobody", 5)
    with pytest.raises(Trouble, match="Persentase"):
        second_keying.draw(workspace, "Budi", 0)


def test_the_second_keying_shows_nothing_of_the_first_but_the_place(keyed):
    workspace, _, _ = keyed
    (record,) = second_keying.draw(workspace, "Budi", 5, seed=1)
    keying = second_keying.open_blind(workspace, record).keying
    assert keying.is_new
    assert set(keying.record.answers) == {"region", "rt", "period"}
    assert keying.record.id != record


def test_what_is_keyed_again_is_kept_until_it_is_finished_and_never_touches_the_record(keyed):
    workspace, _, _ = keyed
    (record,) = second_keying.draw(workspace, "Budi", 5, seed=1)
    before = answers(workspace, record)
    keying = second_keying.open_blind(workspace, record).keying
    keying = keying.put("head_name", "Salah")
    second_keying.keep(workspace, record, keying.draft(), "nik")
    opened = second_keying.open_blind(workspace, record)
    assert (opened.keying.record.answers["head_name"], opened.question) == ("Salah", "nik")
    assert [each.begun for each in second_keying.lots(workspace)] == [True]
    second_keying.finish(workspace, record, keying.given())
    assert answers(workspace, record) == before


def test_differences_are_named_and_capitals_are_none(keyed):
    workspace, _, _ = keyed
    (record,) = second_keying.draw(workspace, "Budi", 5, seed=1)
    name = str(answers(workspace, record)["head_name"]).upper()
    found = again(workspace, record, kk_count=3, head_name=name, water_source="b", interviewer="Lain")
    assert [(each.question, each.first, each.second) for each in found if each.question == "kk_count"] == [
        ("kk_count", "1 KK", "3 KK")
    ]
    assert {each.question for each in found} == {"kk_count", "water_source"}
    assert [each.differences for each in second_keying.lots(workspace)] == [2]


def test_deciding_for_the_second_answer_is_an_ordinary_edit_with_its_reason(keyed):
    workspace, _, _ = keyed
    (record,) = second_keying.draw(workspace, "Budi", 5, seed=1)
    again(workspace, record, kk_count=3, floor_length="9")
    with pytest.raises(Trouble, match="Alasan"):
        second_keying.decide(workspace, record, "kk_count", SECOND)
    second_keying.decide(workspace, record, "kk_count", SECOND, reason="di kertas 3")
    second_keying.decide(workspace, record, "floor_length", FIRST)
    after = answers(workspace, record)
    assert (after["kk_count"], after["floor_length"]) == (3, "6")
    with workspace.asking() as connection:
        assert history.of_record(connection, record)[-1].reason == "di kertas 3"
    assert [(each.question, each.decided) for each in second_keying.differences(workspace, record)] == [
        ("kk_count", SECOND), ("floor_length", FIRST),
    ]
    (budi,) = [each for each in second_keying.operators(workspace) if each.name == "Budi"]
    assert (budi.drawn, budi.keyed, budi.open) == (1, 1, 0)


def test_errors_are_counted_per_thousand_keystrokes(keyed):
    workspace, _, _ = keyed
    (record,) = second_keying.draw(workspace, "Budi", 5, seed=1)
    sitting = sittings.Sitting()
    for _ in range(500):
        sitting = sitting.struck()
    sittings.note(workspace, "household", record, sitting)
    again(workspace, record, kk_count=3, floor_length="9")
    second_keying.decide(workspace, record, "kk_count", SECOND, reason="di kertas 3")
    (budi,) = keying_differences.errors(workspace)
    assert (budi.operator, budi.records, budi.wrong, budi.open, budi.keystrokes) == ("Budi", 1, 1, 1, 500)
    assert budi.per_thousand == 2


def test_what_was_keyed_first_stays_in_sight_after_the_decision(keyed):
    workspace, _, _ = keyed
    (record,) = second_keying.draw(workspace, "Budi", 5, seed=1)
    again(workspace, record, floor_length="9")
    second_keying.decide(workspace, record, "floor_length", SECOND, reason="di kertas 9")
    (found,) = second_keying.differences(workspace, record)
    assert (found.first, found.second, found.decided) == ("6 m", "9 m", SECOND)


def test_what_was_changed_after_the_drawing_neither_hides_nor_makes_an_error(keyed):
    workspace, _, _ = keyed
    (record,) = second_keying.draw(workspace, "Budi", 5, seed=1)
    recording.record(workspace, Household, {"id": record, "floor_length": "9", "wall": "a"})
    again(workspace, record, floor_length="9", wall=None)
    (found,) = second_keying.differences(workspace, record)
    assert (found.question, found.first, found.second) == ("floor_length", "6 m", "9 m")


def test_an_answer_that_somebody_else_gave_and_the_keys_of_others_are_not_the_operators(keyed):
    workspace, mine, _ = keyed
    drawn = second_keying.draw(workspace, "Siti", 100, seed=1)  # the first of them was changed by Budi before
    assert mine[0] in drawn
    with workspace.changing() as connection:
        for person, ended, strokes in (("Siti", "10:00", 200), ("Budi", "11:00", 900)):
            times = (f"2026-01-01T{time}:00+07:00" for time in ("09:50", ended))
            keyed_table.note(connection, Stint(mine[0], "household", person, *times, strokes, 0))
    again(workspace, mine[0], kk_count=3, floor_length="9")
    for question in ("kk_count", "floor_length"):
        second_keying.decide(workspace, mine[0], question, SECOND, reason="di kertas")
    assert {each.question: each.person for each in second_keying.differences(workspace, mine[0])} == {
        "kk_count": "Budi", "floor_length": "Siti"}
    (siti,) = keying_differences.errors(workspace)
    assert (siti.operator, siti.wrong, siti.keystrokes, siti.per_thousand) == ("Siti", 1, 200, 5)


def test_without_counted_keys_the_letters_of_the_answers_stand_in(keyed):
    workspace, _, _ = keyed
    (record,) = second_keying.draw(workspace, "Budi", 5, seed=1)
    again(workspace, record)
    (budi,) = keying_differences.errors(workspace)
    assert budi.keystrokes == len("Budi 0") + 1 + 2 + 1 + 2
    assert budi.per_thousand == 0


def test_erasing_a_person_takes_the_second_answers_too(keyed):
    workspace, _, _ = keyed
    (record,) = second_keying.draw(workspace, "Budi", 5, seed=1)
    again(workspace, record)
    persons.change_to(workspace, "Siti", "")  # the office, which alone may erase
    person_erasure.erase(workspace, Household, record, reason="surat")
    assert second_keying.lots(workspace) == []
