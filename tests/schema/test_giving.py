"""An answer is held against what its save told, whatever the copies of a workspace are called since."""

import pytest

from p2kp_desktop.schema.branches import Branch
from p2kp_desktop.schema.causality import Dot, Save, Sibling
from p2kp_desktop.schema.forms import ABOUT_FIRST
from p2kp_desktop.schema.giving import gave, judged

ONE, OTHER = "n~one", "n~other"
FORKED = {"n": {"n": Branch("", 1, {}), ONE: Branch("n", 2, {}), OTHER: Branch("n", 2, {})}}


def given(told, key, value, node=ONE, kept=()):
    return judged(told, key, Sibling(Save(Dot(node, 4), "", "", "", ""), value), FORKED, kept) is not False


def test_what_a_save_tells_nothing_of_it_may_have_given():
    assert given({}, "name", "Ani")
    assert given({"reason": "x"}, "name", "Ani")  # as the first save of an older release tells
    assert given({"kk": 2}, "name", "Ani", kept=["name"])
    assert given({"kk": 2}, "alive", 1)
    assert not given({"name": "Budi"}, "name", "Ani")


@pytest.mark.parametrize(("key", "value"), [
    ("name", "Ani"), ("alive", 0), ("alive", 2), ("status", "siap"), ("erased.name", "{}"), (f"seen.{ONE}", "{}"),
])
def test_what_a_save_changed_besides_it_names(key, value):
    assert not given({"kk": 2}, key, value)
    assert not given({}, key, value, kept=["kk"])
    assert not given({"name": '{"n":3}'}, "name", '{"n":1,"n~one":3}')


def test_where_the_digest_of_first_answers_is_kept_back_nothing_is_refuted():
    """An older release leaves it out of a bundle without names, with what the program noted for itself."""
    sibling = Sibling(Save(Dot("n", 1), "", "", "", ""), "siap")
    assert gave({}, ABOUT_FIRST, "status", sibling, {}, pytest.fail) is None
    assert gave({}, ABOUT_FIRST, "roof", sibling, {}, pytest.fail) is None


@pytest.mark.parametrize(("value", "right"), [
    ('{"n":1,"n~one":3}', True),
    ('{"n":1}', True),  # a file that did not say which copy it spoke of
    ('{"n":1,"n~one":4}', False),
    ('{"n":1,"n~other":3}', False),  # that was the other copy's
    ('{"n":1,"m":1,"n~one":3}', False),
    ("", False),
    (None, False),
])
def test_an_erasure_of_a_copy_took_away_what_this_copy_had_seen(value, right):
    assert given({"erased.name": '{"n":3}'}, "erased.name", value) is right


def test_what_others_had_seen_of_a_copy_lies_in_any_of_its_branches_and_of_other_nodes_it_is_the_same():
    told = {"erased.name": '{"m":5,"n":3}'}
    assert given(told, "erased.name", '{"m":5,"n":1,"n~other":3}', node="m")
    assert not given(told, "erased.name", '{"m":4,"n":1,"n~other":3}', node="m")
    assert not given(told, "erased.name", '{"m":5,"n~other":9}', node="m")
    assert not given({"erased.name": '{"m":5}'}, "erased.name", '{"m": 5}', node="m")


def test_what_a_verification_of_a_copy_saw_is_named_and_counted_after_its_branch():
    told = {"seen.n": '{"n": 3, "held": {"n": 2}}'}
    assert given(told, "seen.n~one", '{"n": 1, "n~one": 3, "held": {"n": 1, "n~one": 2}}')
    assert not given(told, "seen.n~one", '{"n": 1, "n~one": 3, "held": {"n": 1, "n~one": 3}}')
    assert not given(told, "seen.n~one", '{"n": 1, "n~one": 3}')
    assert given({"seen.n": "n:3 m:2"}, "seen.n~one", "m:2 n:1 n~one:3")
    assert not given({"seen.n": "n:3 m:2"}, "seen.n~one", "m:3 n:1 n~one:3")
