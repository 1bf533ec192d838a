"""What the save that made a record proves of its first answers."""

import pytest

from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import erasure
from p2kp_desktop.schema.causality import Dot, Save, Sibling, Version, edit, merge, withhold
from p2kp_desktop.schema.first_answers import FirstAnswers, changes
from p2kp_desktop.schema.forms import ERASED, FIRST, FIRST_OWN, FIRST_PRIVATE
from p2kp_desktop.schema.history import HistoryRow, changes_between

GIVEN = {"head_name": "Siti", "nik": "1671060101900001", "roof": "a", "floors": 2, "region": "16.71.06.1005",
         "wall": None}
DOT = Dot("n", 1)


def save(tick, node="n"):
    return Save(Dot(node, tick), "Siti", "facilitator", "Siti", "2026-11-30T10:00:00+07:00")


def made():
    return edit(Version("household", "h"), save(1), GIVEN), changes(GIVEN, Household)


def told(kept):
    return {key: change.after for key, change in kept.items() if not change.withheld}


def test_the_answers_of_a_new_record_are_proved():
    version, kept = made()
    first = FirstAnswers(told(kept), DOT, version, {})
    assert [first.judge(key, value) for key, value in GIVEN.items()] == [True] * len(GIVEN)
    assert first.is_proved


@pytest.mark.parametrize(("key", "value", "also"), [
    ("roof", "b", {"floors"}), ("nik", "1671060101900002", {"head_name"}), ("mbr", "ya", {"roof", "floors"}),
])
def test_an_answer_that_was_altered_or_added_refutes_those_it_stands_with(key, value, also):
    kept = made()[1]
    false = edit(Version("household", "h"), save(1), {**GIVEN, key: value})
    first = FirstAnswers(told(kept), DOT, false, {})
    assert first.judge(key, value) is False
    assert all(first.judge(each, GIVEN[each]) is False for each in also)
    assert first.judge("head_name" if key != "nik" else "roof", GIVEN["head_name" if key != "nik" else "roof"]) is True


@pytest.mark.parametrize(("key", "value"), [
    ("status", "siap"), ("alive", 0), ("alive", 2), ("erased.roof", "{}"), ("moved.*", "009"), ("distinct.h2", 1),
    ("seen.n", "{}"), ("beheld.n", "{}"),
])
def test_nothing_that_the_program_notes_can_be_added_to_what_a_save_gave(key, value):
    kept = made()[1]
    first = FirstAnswers(told(kept), DOT, edit(Version("household", "h"), save(1), {**GIVEN, key: value}), {})
    assert first.judge(key, value) is False
    assert first.judge("alive", 1) is True
    assert first.judge("roof", "a") is True


def test_what_the_program_noted_at_once_is_told_in_full():
    noted = {"moved.*": "009", "alive": 0, "region": "16.71.06.1005"}
    kept = changes(noted, Household)
    assert FIRST_OWN in kept
    first = FirstAnswers(told(kept), DOT, edit(Version("household", "h"), save(1), noted), {})
    assert [first.judge(key, value) for key, value in noted.items()] == [True] * 3
    assert first.judge("moved.*", "010") is False


@pytest.mark.parametrize("text", ["[" * 20_000, "{", "3", None, 7])
def test_what_is_no_note_of_the_program_gives_nothing(text):
    version, kept = made()
    first = FirstAnswers({**told(kept), FIRST_OWN: text}, DOT, version, {})
    assert (first.judge("status", "siap"), first.judge("alive", 1)) == (False, True)


def test_two_copies_of_a_workspace_that_made_a_record_with_one_count_refute_nothing_of_each_other():
    one = edit(Version("household", "h"), save(5, "n~a"), {"roof": "a", "floors": 1})
    other = edit(Version("household", "h"), save(5, "n~b"), {"roof": "b"})
    first = FirstAnswers(told(changes({"roof": "b"}, Household)), Dot("n~b", 5), merge(one, other), {})
    assert (first.judge("roof", "b"), first.judge("floors", 1)) == (True, False)


def test_beside_the_true_answer_a_false_one_is_told_apart():
    version, kept = made()
    both = {**version.answers, "roof": version.answers["roof"] | {Sibling(save(1), "b")}}
    first = FirstAnswers(told(kept), DOT, Version("household", "h", version.vector, both), {})
    assert (first.judge("roof", "a"), first.judge("roof", "b"), first.judge("floors", 2)) == (True, False, True)


def test_what_was_replaced_is_found_again_by_what_the_first_change_of_each_node_replaced():
    version, kept = made()
    one = edit(version, save(2), {"roof": "b", "wall": "a"})
    two = edit(one, save(1, "m"), {"roof": "c"})
    replaced = {"roof": [(Dot("m", 1), "b"), (Dot("n", 2), "a")], "wall": [(Dot("n", 2), None)]}
    first = FirstAnswers(told(kept), DOT, two, replaced)
    assert first.judge("floors", 2) is True
    assert first.is_proved
    lacking = FirstAnswers(told(kept), DOT, two, {})
    assert lacking.judge("floors", 2) is None
    assert not lacking.is_proved


def test_without_names_the_open_answers_are_proved_and_nothing_of_the_others_is_told():
    version, kept = made()
    less = withhold(version, {"head_name", "nik"})
    kept[FIRST_PRIVATE] = kept[FIRST_PRIVATE].kept_back()
    first = FirstAnswers(told(kept), DOT, less, {})
    assert first.judge("roof", "a") is True
    assert first.is_proved
    assert first.judge("nik", GIVEN["nik"]) is None


@pytest.mark.parametrize("text", ["", "x", "a b c", "a -1", "a ²", "a 99999999", "a 1e3", None, 7, "a " + "9" * 5000])
def test_what_is_no_digest_proves_and_refutes_nothing(text):
    version, _kept = made()
    assert FirstAnswers({FIRST: text}, DOT, version, {}).judge("roof", "a") is None


def test_an_erasure_takes_the_digests_with_it_by_which_the_answer_could_be_guessed():
    version, kept = made()
    reason = changes_between(Version("household", "h"), {}, "x")
    row = HistoryRow(save(1), "", 1, "household", "h", kept | reason, "", "")
    erased = erasure.applied(edit(version, save(2), erasure.changes(version, ["nik"])))
    assert f"{ERASED}nik" in erased.answers
    less = erasure.cleared(row.sealed(), erasure.marks_of(erased))
    assert less.hash == less.computed_hash()
    assert less.changes[FIRST_PRIVATE].withheld
    assert less.changes[FIRST].after == kept[FIRST].after
    open_one = erasure.applied(edit(version, save(2), erasure.changes(version, ["roof"])))
    assert erasure.cleared(row.sealed(), erasure.marks_of(open_one)).changes[FIRST].withheld
    assert kept[FIRST].hashes() != changes(GIVEN, Household)[FIRST].hashes()  # salted
    unread = row.without(frozenset({FIRST})).sealed()
    assert erasure.cleared(unread, erasure.marks_of(erased)).changes[FIRST_PRIVATE].withheld


def test_a_record_without_names_is_proved_whole():
    given = {"roof": "a"}
    first = FirstAnswers(told(changes(given, Household)), DOT, edit(Version("household", "h"), save(1), given), {})
    assert first.is_proved
