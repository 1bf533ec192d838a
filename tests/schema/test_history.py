"""One save in the history: what can be kept back of it while its hash holds, and what is no row at all."""

import json

import hypothesis.strategies as st
import pytest
from hypothesis import given

from p2kp_desktop.schema import erasure
from p2kp_desktop.schema.causality import Dot, Save, Version, edit
from p2kp_desktop.schema.forms import ERASED, REASON
from p2kp_desktop.schema.history import Change, HistoryRow, changes_between, from_json, to_json

answers = st.one_of(st.none(), st.text(max_size=8), st.integers(-9, 9))
changes = st.builds(Change, st.one_of(answers, st.lists(answers, min_size=2, max_size=3)), answers, st.text(max_size=4))


def a_save(tick=1, node="n"):
    return Save(Dot(node, tick), "Siti", "facilitator", "Laptop Siti", "2026-11-24T08:00:00+07:00")


def a_row(told, tick=1):
    return HistoryRow(a_save(tick), "16", 1, "household", "h", told, "diketik", "").sealed()


def test_the_reason_is_withheld_and_told_like_an_answer():
    before = edit(Version("household", "h"), a_save(), {"nik": "1"})
    row = a_row(changes_between(before, {"nik": "2"}, "kata Siti"))
    assert (row.reason, set(row.answers)) == ("kata Siti", {"nik"})
    kept = row.without(frozenset([REASON]))
    assert kept.reason == ""
    assert kept.hash == kept.computed_hash()
    assert "kata Siti" not in to_json(kept)
    assert a_row(changes_between(Version("household", "h"), {"nik": "2"})).changes == {}


@given(changes)
def test_whatever_is_kept_back_of_a_change_its_hashes_stay_and_a_fuller_copy_completes_it(change):
    less, least = change.without_before(), change.kept_back()
    assert change.hashes() == less.hashes() == least.hashes() == less.kept_back().hashes()
    assert least.completed(less) == less.completed(least) == less
    assert least.completed(change) == less.completed(change) == change.completed(less) == change
    assert (less.before, less.after) == (None, change.after)


@given(st.dictionaries(st.text(max_size=5), changes, max_size=3))
def test_a_row_comes_back_from_its_text_as_it_was(told):
    for row in (a_row(told), a_row({key: change.without_before() for key, change in told.items()})):
        assert from_json(to_json(row)) == row
        assert row.hash == row.computed_hash()


@given(st.integers(0, 13), st.sampled_from([None, 5, [], {}, True, "x"]))
def test_a_row_with_something_else_in_any_place_is_damaged_or_fails_its_hash(place, other):
    content = json.loads(to_json(a_row({"nik": Change("1", "2", "ab")})))
    if content[place] == other and type(content[place]) is type(other):
        return
    content[place] = other
    try:
        row = from_json(json.dumps(content))
    except ValueError:
        return
    assert row.hash != row.computed_hash()


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "[1,2]", '["n",1,"p","r","w","t"', "[" * 100_000])
def test_what_is_no_row_is_damaged(text):
    with pytest.raises(ValueError, match=r"."):
        from_json(text)


def test_an_erasure_clears_what_it_saw_and_only_what_stood_before_of_what_it_did_not_see():
    version = edit(Version("household", "h"), a_save(1), {"nik": "1"})
    erased = edit(version, a_save(2), erasure.changes(version, ["nik"]))
    marks = erasure.marks_of(erased)
    seen = erasure.cleared(a_row({"nik": Change(None, "1", "a"), REASON: Change(None, "Siti", "b")}), marks)
    assert seen.changes["nik"].withheld
    assert seen.reason == ""
    unseen = HistoryRow(a_save(1, "m"), "16", 1, "household", "h", {"nik": Change("1", "3", "a")}, "", "")
    assert (erasure.cleared(unseen, marks).changes["nik"].before, unseen.changes["nik"].after) == (None, "3")
    later = a_row({"nik": Change(None, "4", "a")}, tick=3)
    assert erasure.cleared(later, marks) == later
    trace = a_row(changes_between(version, erasure.changes(version, ["nik"]), "diminta"), tick=2)
    assert (erasure.cleared(trace, marks).reason, f"{ERASED}nik" in trace.changes) == ("diminta", True)
