"""Volumes and denominators from census and area survey, against the official workbook's own counting."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.forms import Household, RtSurvey
from p2kp_desktop.rules import Tally, regulation, score, tally
from p2kp_desktop.rules.volumes import of_census, shares
from p2kp_desktop.schema import Choice
from tests.examples import a_record
from tests.rules import workbook
from tests.rules.strategies import censuses, households, records

NEW, OLD = regulation("2018"), regulation("2016")
OF_CENSUS = ("1a", "1c", "3a", "3b", "5a", "5b", "6b")
TEN = [a_record(Household) for _ in range(10)]


def figures(tallied, survey, *, rules=NEW, method="workbook", limit=250):
    return of_census(tallied, survey, regulation=rules, method=method, density_limit=Decimal(limit))


def volume(code, survey=None, *, census=TEN, rules=NEW, method="workbook", limit=250):
    found = shares(rules, figures(tally(census), survey, rules=rules, method=method, limit=limit))[code]
    return None if found is None else found.volume


def surveyed(**answers):
    return a_record(RtSurvey, rules=answers.pop("rules", "2018"), **answers)


def letters(record):
    return {
        q.number: q.options.letter(record.answers[q.key]) if q.key in record.answers else None
        for q in Household.questions
        if isinstance(q, Choice) and q.number
    }


@given(st.lists(households(), min_size=1, max_size=20))
def test_volumes_are_those_of_the_official_workbook(census):
    found = shares(NEW, figures(tally(census), None))
    kk = sum(record.answers.get("kk_count", 0) for record in census)
    expected = workbook.volumes([letters(record) for record in census], kk)
    assert {code: float(found[code].volume) for code in OF_CENSUS} == expected
    result = score(NEW, found)
    for code in OF_CENSUS:
        of = len(census) if code in ("1a", "1c") else kk
        assert result.criteria[code].score == workbook.score(expected[code], of)


@given(st.lists(households(building=None, kk_count=1), min_size=1, max_size=8), records(RtSurvey))
def test_both_methods_agree_where_each_questionnaire_is_one_building_with_one_kk(census, survey):
    found = tally(census)
    assert figures(found, survey) == figures(found, survey, method="units")


@pytest.mark.parametrize(
    ("change", "code", "expected"),
    [
        ({"water_source": "h"}, "3a", 2),
        ({"water_sufficiency": "b"}, "3b", 2),
        ({"defecation": "b"}, "5a", 1),
        ({"closet": "b"}, "5b", 1),
        ({"waste_collection": "b"}, "6b", 1),
    ],
)
def test_kk_are_rounded_half_up_for_water_and_down_for_the_rest(change, code, expected):
    good = {"water_source": "a", "kk_count": 1}
    census = [a_record(Household, **(good | change)), a_record(Household, **(good | {"kk_count": 2}))]
    assert tally(census).kk == 3  # one of two questionnaires fails: 1.5 KK
    assert volume(code, census=census) == expected
    assert volume(code, census=census, method="units") == 1


def test_without_an_area_survey_its_criteria_are_unknown():
    found = shares(NEW, figures(tally(TEN), None))
    assert [code for code, share in found.items() if share is not None] == list(OF_CENSUS)


def test_without_questionnaires_their_criteria_are_unknown_and_buildings_come_from_the_survey():
    found = shares(NEW, figures(Tally(), surveyed(buildings=60, fire_protection="d", fire_road="b")))
    assert [code for code in OF_CENSUS if found[code] is not None] == []
    assert (found["7a"].volume, found["7a"].of) == (60, 60)


@pytest.mark.parametrize(
    ("buildings", "limit", "expected"), [(320, 200, 0), (321, 200, "1.6"), (400, 250, 0), (401, 250, "1.6")]
)
def test_all_of_the_area_is_dense_above_the_limit(buildings, limit, expected):
    assert volume("1b", surveyed(buildings=buildings), limit=limit) == Fraction(expected)


def test_another_verified_area_replaces_the_settlement_but_not_in_the_density():
    found = figures(tally(TEN), surveyed(buildings=401, verified_area_ha="0.9"))
    assert (found["luas_ha"], found["dense_ha"]) == (Fraction("0.9"), Fraction("0.9"))
    assert figures(tally(TEN), surveyed(buildings=400, verified_area_ha="0.9"))["dense_ha"] == 0


def test_unknown_areas_and_buildings_stay_unknown_and_empty_lengths_count_nothing():
    assert volume("1b", surveyed(buildings=None)) is None
    assert volume("4a", surveyed(settlement_ha=None)) is None
    assert volume("2a", surveyed(new_road_m=None)) == 0
    assert volume("4c", surveyed(sound_drain_m=None)) == 300


def test_roads_and_drains():
    found = shares(NEW, figures(tally(TEN), surveyed()))
    assert {code: (found[code].volume, found[code].of) for code in ("2a", "2b", "4b", "4c")} == {
        "2a": (100, 500), "2b": (120, 500), "4b": (120, 420), "4c": (90, 420),
    }  # fmt: skip
    assert volume("2b", surveyed(wide_paved_good_m=900, wide_paved_m=900)) == 0
    assert volume("4b", surveyed(new_drain_needed="b", new_drain_m=120)) == 0


def test_a_filter_that_nobody_answered_hides_no_figure_that_is_scored():
    unfiltered = surveyed(new_drain_needed=None, new_drain_m=120)
    assert (volume("4b", unfiltered), figures(tally(TEN), unfiltered)["drainase_ideal_m"]) == (120, 420)
    older = surveyed(rules="2016", connection_needed=None, connection_m=30)
    assert figures(tally(TEN), older, rules=OLD)["unconnected_drain_m"] == 30


@pytest.mark.parametrize("height", "abc")
@pytest.mark.parametrize("duration", "ab")
@pytest.mark.parametrize("frequency", "ab")
def test_water_stands_only_when_it_is_high_long_and_often(height, duration, frequency):
    survey = surveyed(flood_height=height, flood_duration=duration, flood_frequency=frequency, flood_ha="0.4")
    expected = Fraction("0.4") if (height, duration, frequency) == ("c", "b", "b") else 0
    assert volume("4a", survey) == expected


@pytest.mark.parametrize(
    ("site", "vehicle", "expected"), [("a", "a", 0), ("a", "b", 10), ("b", "a", 10), (None, "a", 10)]
)
def test_waste_facilities_serve_all_or_nobody(site, vehicle, expected):
    assert volume("6a", surveyed(waste_site=site, waste_vehicle=vehicle)) == expected


@pytest.mark.parametrize(
    ("means", "road", "works", "equipment"),
    [
        ("a", "b", 10, 0),
        ("b", "b", 0, 10),
        ("c", "b", 10, 0),
        ("d", "b", 10, 10),
        ("d", "a", 0, 10),
        (None, None, 10, 10),
    ],
)
def test_fire_protection_serves_all_or_nobody(means, road, works, equipment):
    survey = surveyed(fire_protection=means, fire_road=road)
    assert (volume("7a", survey), volume("7b", survey)) == (works, equipment)


def test_the_older_rules_count_connection_upkeep_and_waste_facilities_too():
    survey = surveyed(rules="2016", waste_sound="b")
    found = shares(OLD, figures(tally(TEN), survey, rules=OLD))
    assert {code: (found[code].volume, found[code].of) for code in ("4b", "4c", "4d", "4e", "6c")} == {
        "4b": (120, 450), "4c": (30, 450), "4d": (210, 450), "4e": (90, 450), "6c": (10, 10),
    }  # fmt: skip
    assert volume("6c", surveyed(rules="2016", waste_sound="a"), rules=OLD) == 0


def test_answers_that_only_the_older_rules_ask_do_not_count_under_the_newer():
    survey = surveyed(connection_needed="a", connection_m=30)
    assert figures(tally(TEN), survey)["drainase_ideal_m"] == 420


@given(censuses, st.none() | records(RtSurvey), st.sampled_from(["workbook", "units"]), st.sampled_from([NEW, OLD]))
def test_scoring_never_fails_on_what_may_be_stored(census, survey, method, rules):
    found = figures(tally(census), survey, rules=rules, method=method)
    result = score(rules, shares(rules, found))
    assert 0 <= result.total <= rules.highest_total
    assert result.provisional == any(each.score is None for each in result.criteria.values())
