import pytest

from p2kp_desktop.actions.keying import conflict_choices, keyed_drafts
from p2kp_desktop.actions.keying.conflict_choices import Choices
from p2kp_desktop.actions.keying.record_keying import Keying
from p2kp_desktop.actions.recording.conflicts import Alternative, Side
from p2kp_desktop.forms import Household, RtSurvey
from p2kp_desktop.schema import Record


def side(value, person):
    return Alternative(value, (), str(value), (Side(value, str(value), person, "facilitator", person, "t"),), (), False)


def keying(form=Household, answers=None, **disputed):
    found = {key: tuple(side(value, f"P{value}") for value in values) for key, values in disputed.items()}
    record = Record(form, "x", {"kk_count": 2, **(answers or {})})
    return Keying(record, is_new=False, choices=Choices(found))


def row(keying, key):
    return next(row for row in keying.rows() if row.question.key == key)


def test_typing_does_not_change_an_answer_in_conflict_but_adds_one_to_choose():
    typed = keying(kk_count=(2, 3))
    typed = typed.put("kk_count", "4")
    assert typed.record.answers["kk_count"] == 2
    assert typed.given() == {}
    assert [each.value for each in row(typed, "kk_count").conflict] == [2, 3, 4]
    assert row(typed, "kk_count").choice.value == 4
    assert row(typed, "kk_count").in_hand().text == "4"
    typed = typed.put("kk_count", "3")
    assert [each.value for each in row(typed, "kk_count").conflict] == [2, 3]
    assert row(typed, "kk_count").picked == 1


def test_what_cannot_be_read_is_no_answer_to_choose_and_takes_nothing_away():
    typed = keying(kk_count=(2, 3))
    typed = typed.put("kk_count", "satu")
    assert (row(typed, "kk_count").state, row(typed, "kk_count").in_hand().text) == ("error", "satu")
    assert (typed.record.answers["kk_count"], typed.given()) == (2, {})


def test_a_choice_is_undone_like_an_answer_and_the_reason_stays():
    typed = keying(kk_count=(2, 3))
    typed = typed.pick("kk_count", 2)
    assert typed.pick("kk_count", 3) is typed
    typed = typed.reason("kk_count", "dihitung")
    assert typed.choices.decided() == {"kk_count": (3, "dihitung")}
    assert typed.moments.undoes == "kk_count"
    typed = typed.undo()
    assert row(typed, "kk_count").picked == -1
    assert typed.moments.redoes == "kk_count"
    typed = typed.redo()
    assert typed.choices.decided() == {"kk_count": (3, "dihitung")}


def test_no_undoing_leads_back_before_a_settled_conflict():
    typed = keying(kk_count=(2, 3))
    typed = typed.put("head_name", "Siti")
    typed = typed.pick("kk_count", 2)
    typed = typed.settled("kk_count", 3)
    assert (typed.given(), row(typed, "kk_count").conflict) == ({"head_name": "Siti"}, ())
    while typed.moments.undoes:
        typed = typed.undo()
        assert typed.record.answers["kk_count"] == 3
    assert typed.given() == {}


def test_several_letters_of_an_answer_in_conflict_are_put_and_taken_back():
    typed = keying(RtSurvey, {"fire_protection": "sumber_air"}, fire_protection=("sumber_air", "kendaraan_apar"))
    typed = typed.choose("fire_protection", "c")
    assert typed.choices.picks == {"fire_protection": "sumber_air,kendaraan_apar"}
    typed = typed.choose("fire_protection", "b")
    assert row(typed, "fire_protection").picked == 1


def test_choices_come_back_from_a_draft_and_those_of_settled_conflicts_are_gone():
    typed = keying(kk_count=(2, 3))
    typed = typed.pick("kk_count", 1)
    typed = typed.reason("kk_count", "tanya lagi")
    draft = typed.draft()
    again = Keying.from_draft(typed.record, draft, is_new=False, choices=Choices(typed.choices.disputed))
    assert again.choices == typed.choices
    settled = Keying.from_draft(typed.record, draft, is_new=False)
    assert (settled.draft(), settled.is_touched) == ({}, False)


def test_an_answer_of_a_draft_from_before_the_conflict_is_one_more_to_choose():
    disputed = keying(kk_count=(2, 3)).choices.disputed
    again = Keying.from_draft(Record(Household, "x", {"kk_count": 2}), {"kk_count": 5}, is_new=False,
                              choices=Choices(disputed))
    assert (again.choices.picks, again.record.answers["kk_count"]) == ({"kk_count": 5}, 2)


@pytest.mark.parametrize("key", ["alive", "rt", "why.kk_count"])
def test_a_conflict_about_the_record_itself_stands_above_the_first_question(key):
    typed = keying(**{key: ("1", "2")})
    first = typed.rows()[0]
    assert (first.question.key, first.in_head, first.can_focus) == (key, True, True)
    assert typed.hindrance() == ("alive" if key == "alive" else None)


def test_only_what_has_no_reason_is_left_when_a_record_is_saved():
    typed = keying(kk_count=(2, 3), members_male=(1, 4))
    typed = typed.pick("kk_count", 2)
    typed = typed.reason("kk_count", "dihitung")
    typed = typed.pick("members_male", 1)
    filled = keyed_drafts.Filled.of(typed, "mbr")
    assert filled.decided == {"kk_count": (3, "dihitung", (2, 3))}
    assert filled.left == {f"{conflict_choices.PICK}members_male": 1}
