"""What a version claims of edits, held against the rows that are there."""

import json

import pytest

from p2kp_desktop.schema.causality import Dot, Save, Version, edit, merge
from p2kp_desktop.schema.claims import bounded, is_work_of, overclaims
from p2kp_desktop.schema.forms import ERASED
from p2kp_desktop.schema.review import SEEN

ROWS = {"a": 2, "b": 1}


def reach(node):
    return ROWS.get(node, 0)


def save(node, tick):
    return Save(Dot(node, tick), node, "facilitator", node, "2026-12-01T00:00:00+07:00")


@pytest.fixture
def version():
    return edit(edit(Version("household", "h"), save("a", 2), {"roof": "a", "wall": "b"}), save("b", 1), {"wall": "a"})


def test_what_rows_tell_of_is_no_overclaim(version):
    assert not overclaims(version, reach)
    assert bounded(version, reach) == version


@pytest.mark.parametrize("key", [f"{SEEN}c", f"{ERASED}roof"])
def test_a_vector_that_an_answer_holds_claims_no_more_than_its_record(version, key):
    for held, beyond in (({"a": 2}, False), ({"a": 3}, True), ({"stranger": 1}, True)):
        told = json.dumps({"v": held}) if key.startswith(SEEN) else json.dumps(held)
        claiming = edit(version, save("b", 2), {key: told})
        assert overclaims(claiming, lambda node: 9 if node in ROWS else 0) is beyond


def test_a_count_beyond_the_rows_is_cut_and_a_value_without_a_row_left_out(version):
    claiming = edit(version, save("a", 1 << 52), {"roof": "c"})
    assert overclaims(claiming, reach)
    cut = bounded(claiming, reach)
    assert (cut.vector, "roof" in cut.answers, cut.values()["wall"]) == (ROWS, False, "a")


def test_a_record_is_the_work_of_who_gave_at_least_half_of_it(version):
    assert is_work_of(version, {"a"}) is is_work_of(version, {"b"}) is True
    more = edit(version, save("a", 3), {"floor": "a", "wall": "c"})
    assert (is_work_of(more, {"a"}), is_work_of(more, {"b"})) == (True, False)


def test_a_value_left_out_takes_nothing_away_that_it_replaced(version):
    cut = bounded(edit(version, save("a", 3), {"roof": "c"}), reach)
    assert merge(version, cut).values() == version.values()
