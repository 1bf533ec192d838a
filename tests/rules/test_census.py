"""Verdicts on questionnaires, and tallies that add up."""

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.forms import Household
from p2kp_desktop.rules import Tally, add_up, tally
from p2kp_desktop.rules.census import verdict
from tests.examples import a_record
from tests.rules.strategies import censuses, records


def judged(**answers):
    return verdict(a_record(Household, **{**GOOD, **answers}))


GOOD = {"faces_water": "b", "water_source": "a", "waste_disposal": "a", "waste_collection": "a"}


def test_a_good_household_is_good_in_everything():
    assert all(asdict(judged()).values())


@pytest.mark.parametrize(
    ("question", "good"),
    [
        ("road_access", "a"), ("faces_road", "a"), ("faces_water", "ab"), ("on_setback", "ab"), ("in_hazard_zone", "a"),
    ],
)  # fmt: skip
def test_a_building_stands_in_order_by_questions_1_to_5(question, good):
    letters = [o.letter for o in Household.question(question).options]
    assert "".join(letter for letter in letters if judged(**{question: letter}).regular) == good
    assert not judged(**{question: None}).regular


@pytest.mark.parametrize("question", ["roof", "wall", "floor"])
def test_roof_wall_and_floor_are_good_together(question):
    assert not judged(**{question: "b"}).sound
    assert not judged(**{question: None}).sound


def test_exactly_7_2_square_metres_are_enough_and_do_not_touch_1c():
    exact = {"floor_length": "7.2", "floor_width": 4, "floors": 1, "members_male": 2, "members_female": 2}
    assert judged(**exact).roomy
    tight = judged(**exact | {"floor_length": "7.19"})
    assert not tight.roomy
    assert tight.sound


@pytest.mark.parametrize(
    ("source", "distance", "safe"),
    [
        *((letter, None, True) for letter in "abf"),
        *((letter, None, False) for letter in "cdeghijk"),
        *((letter, "a", True) for letter in "cde"),
        *((letter, "b", False) for letter in "cde"),
        *((letter, "a", False) for letter in "ghijk"),
        (None, "a", False),
    ],
)
def test_water_is_safe_by_its_source_and_distance(source, distance, safe):
    assert judged(water_source=source, pit_distance=distance).safe_water is safe


@pytest.mark.parametrize(
    ("place", "closet", "faeces", "latrine", "fit"),
    [
        ("a", "a", "a", True, True),
        ("b", "a", "a", False, True),
        ("c", "a", "a", False, False),
        (None, "a", "a", False, True),
        ("a", "b", "a", True, False),
        ("a", "a", "b", True, False),
        ("a", None, "a", True, False),
        ("a", "a", None, True, False),
    ],
)
def test_access_and_technique_of_sanitation_are_judged_apart(place, closet, faeces, latrine, fit):
    found = judged(defecation=place, closet=closet, faeces=faeces)
    assert (found.latrine, found.fit_latrine) == (latrine, fit)


@pytest.mark.parametrize(
    ("disposal", "collection", "good"),
    [("a", "a", True), ("b", "a", True), ("a", "b", False), ("a", None, False), ("c", "a", False), (None, "a", True)],
)
def test_waste_is_collected_only_where_the_question_is_asked(disposal, collection, good):
    assert judged(waste_disposal=disposal, waste_collection=collection).collected is good


def test_households_in_one_building_count_it_once():
    shared = [
        a_record(Household, building="7", kk_count=2, roof="a"),
        a_record(Household, building="7", kk_count=1, roof="b"),
        a_record(Household, building=" 8 "),
        a_record(Household, building=None),
        a_record(Household, building=None),
    ]
    found = tally(shared)
    assert (found.households, found.buildings, found.kk) == (5, 4, 6)
    assert (found.substandard, found.substandard_buildings, found.differing_buildings) == (1, 1, 1)


def test_the_same_number_in_another_rt_is_another_building():
    assert tally([a_record(Household, building="1"), a_record(Household, building="1", rt="015/005")]).buildings == 2


def test_households_without_a_count_of_kk_add_none_and_are_reported():
    found = tally([a_record(Household, kk_count=None), a_record(Household, kk_count=3)])
    assert (found.kk, found.without_kk_count) == (3, 1)


def test_people_and_status_are_summed():
    found = tally([a_record(Household, members_male=3, members_disabled=1), a_record(Household, mbr="b")])
    assert (found.male, found.female, found.disabled, found.mbr, found.non_mbr) == (5, 4, 1, 1, 1)


def test_a_questionnaire_is_incomplete_when_a_scored_question_that_is_asked_is_empty():
    assert tally([a_record(Household, water_source="a")]).incomplete == 0
    assert tally([a_record(Household, water_source="c", pit_distance=None)]).incomplete == 1
    assert tally([a_record(Household, livelihood=None)]).incomplete == 0


def test_households_of_a_newer_rule_set_are_counted_all_the_same():
    assert tally([a_record(Household, rules="2040")]).households == 1


def test_nothing_is_zero():
    assert tally([]) == add_up([]) == Tally()


@given(censuses, censuses)
def test_tallies_add_up_over_rts(here, there):
    moved = [type(r)(r.form, r.id, {**r.answers, "rt": "015/005"}, r.rules) for r in there]
    assert tally(here + moved) == tally(here) + tally(moved) == add_up([tally(moved), tally(here)])


@given(st.lists(records(Household), max_size=4))
def test_counting_never_fails_on_what_may_be_stored(households):
    found = tally(households)
    assert found.households == len(households)
    assert all(isinstance(value, int) for value in asdict(found).values())
