"""The record under the hands as one value: a step for every key, and nothing that was there before is changed."""

from dataclasses import replace

import pytest

from p2kp_desktop.actions.keying.conflict_choices import Choices
from p2kp_desktop.actions.keying.keyed_drafts import Opened
from p2kp_desktop.actions.keying.record_keying import Keying
from p2kp_desktop.actions.keying.session import Session
from p2kp_desktop.actions.recording.conflicts import Alternative, Side
from p2kp_desktop.actions.recording.doubles import Alike
from p2kp_desktop.actions.review.comments import Said, Thread
from p2kp_desktop.actions.review.review_state import Review
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.schema import Record
from p2kp_desktop.schema.review import RETURNED


def a_session(form=Household, question="", *, is_new=True, choices=None, review=None, **answers):
    keying = Keying(Record(form, "h", answers, "2018"), is_new=is_new, choices=choices or Choices())
    return Session.begin(Opened(keying, review=review or Review()), question)


def conflict(key, *values):
    sides = tuple(
        Alternative(value, (), str(value), (Side(value, str(value), "S", "facilitator", "S", "t"),), (), False)
        for value in values
    )
    return Choices({key: sides})


def test_a_letter_answers_and_goes_on_and_the_session_before_is_as_it_was():
    before = a_session(question="water_source")
    after = before.choose("a")
    assert (after.focus, after.keying.given()) == ("water_sufficiency", {"water_source": "ledeng_meteran"})
    assert (before.focus, before.keying.given()) == ("water_source", {})
    assert before.choose("#") is before


def test_of_several_letters_each_stays():
    session = a_session(RtSurvey, "fire_protection").choose("a").choose("c")
    assert session.focus == "fire_protection"
    assert session.step(1).focus != session.focus
    assert session.step(1).step(-1) == session


def test_undoing_goes_to_the_answer_and_redoing_gives_it_again():
    session = a_session(question="water_source").choose("a").choose("b").go("roof")
    assert (session.undo().focus, session.undo().undo().focus) == ("water_sufficiency", "water_source")
    assert session.undo().undo().undo() == session.undo().undo()
    assert session.undo().undo().redo().redo().keying.record == session.keying.record


def test_undoing_that_passes_over_the_question_in_focus_leads_to_one_that_is_asked():
    session = a_session(question="water_source").choose("c").go("pit_distance")
    assert session.focus == "pit_distance"
    assert session.undo().focus == "water_source"


def test_the_header_is_left_for_where_one_came_from():
    session = a_session(question="roof").to_header()
    assert session.focus == a_session().keying.focusable()[0]
    assert session.to_header().focus == "roof"
    assert session.to_header().to_header() == session


def test_problems_are_gone_through_round_and_round_and_without_one_what_is_empty():
    session = a_session(question="roof", kk_count=9)
    assert session.troubled() == ["kk_count"]
    assert session.to_trouble(1).focus == session.to_trouble(-1).focus == "kk_count"
    explained = session.typed(session.keying.explain("kk_count", "rumah bedeng"))
    assert explained.troubled() == []
    assert explained.to_trouble(1).focus in explained.empty()


def test_the_guides_text_goes_with_its_question():
    helped = a_session(question="roof").help()
    assert (helped.helped, helped.help().helped) == (True, False)
    assert helped.go("roof") is helped
    assert not helped.step(1).helped


def test_in_a_conflict_a_digit_chooses_a_side_stays_and_wants_its_reason():
    session = a_session(question="kk_count", is_new=False, choices=conflict("kk_count", 2, 3), kk_count=2).choose("2")
    assert (session.focus, session.keying.choices.picks, session.wants_reason) == ("kk_count", {"kk_count": 3}, True)
    reasoned = session.reason("dihitung")
    assert (reasoned.wants_reason, session.wants_reason) == (False, True)
    settled = reasoned.settled("kk_count", 3)
    assert (settled.in_conflict, settled.keying.record.answers["kk_count"]) == (False, 3)


def test_a_returned_record_begins_where_something_is_asked_for_and_a_thread_stands_at_a_question_that_is_free():
    said = Said("c", "Dewi", "korkot", "", "2026-01-02T10:00", "Cek lagi", done=False, asks=True)
    thread = Thread("pit_distance", "13", "Jarak", (said,))
    review = Review("facilitator", True, RETURNED, threads=(thread,))
    session = a_session(is_new=False, review=review, water_source="ledeng_meteran")
    assert session.focus == "water_source"  # the question before the one that is passed over
    assert session.threads == {"water_source": thread}
    assert session.troubled() == ["water_source"]
    assert session.said(Review("facilitator", True), None).troubled() == []


def test_another_household_alike_is_a_problem_at_the_name_until_it_is_told_apart():
    other = Alike("o", 3, "Siti", "014/005", ())
    session = replace(a_session(head_name="Siti"), alike=(other,))
    assert (session.troubled(), session.is_touched) == (["head_name"], False)
    apart = session.with_beside(session.beside.with_apart("o", "adiknya"))
    assert (apart.troubled(), apart.is_touched) == ([], True)
    assert apart.draft() == {"head_name": "Siti", "beside.apart.o": "adiknya"}


def test_once_saved_only_what_was_typed_since_is_a_draft():
    handed = a_session(question="water_source").choose("a")
    now = handed.handed_over().choose("a").saved(handed)
    assert now.keying.given() == {"water_sufficiency": now.keying.record.answers["water_sufficiency"]}
    assert (now.is_touched, now.keying.is_new) == (True, False)
    assert not handed.saved(handed).is_touched


@pytest.mark.parametrize("corrects", [False, True])
def test_keys_are_counted_anew_once_handed_over_and_together_where_the_save_was_refused(corrects):
    handed = a_session().struck(corrects=False).struck(corrects=corrects)
    now = handed.handed_over()
    assert (handed.sitting.keystrokes, handed.sitting.corrections, now.sitting.keystrokes) == (2, corrects, 0)
    assert now.with_keys_of(handed).sitting == handed.sitting
    assert handed.with_keys_of(handed) is handed  # it was taken up again as it was handed over
