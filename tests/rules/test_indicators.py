"""The indicators: the programme's own and the ladders of BPS, each by its rule; sums add up, groups are exhaustive."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from p2kp_desktop.forms import Household, RtSurvey
from p2kp_desktop.rules import assess, hundreds, ladders, tally, terms
from p2kp_desktop.rules.indicators import BY_KEY, INDICATORS, Area, figures
from p2kp_desktop.rules.profile import ALL, GROUPS, add_up, from_text, profile
from p2kp_desktop.rules.sums import Sums, added, counts
from tests.examples import REGION, RT, a_record
from tests.rules.strategies import censuses, households

IN_TWO = {"mbr": ("mbr", "non_mbr"), "sex": ("head_male", "head_female", "head_unsaid")}


def home(**answers):
    return a_record(Household, **{"water_source": "a", **answers})


def of(census, groups=(ALL,), surveys=(None,)):
    rts = (assess(REGION, RT, terms=terms(None), tally=tally(census), survey=each, recap=None) for each in surveys)
    return figures(Area(profile(census), Sums(added(map(counts, rts)))), groups)


def good(census, key, group="all"):
    found = of(census, GROUPS)[key, group]
    return found.good, found.of, found.open


# The ladder of BPS, and what the questionnaire cannot tell


@pytest.mark.parametrize(
    ("source", "rung"), [
        ("a", ladders.LAYAK), ("f", ladders.LAYAK), ("g", ladders.REFILLED), ("h", ladders.UNPROTECTED),
        ("k", ladders.UNPROTECTED), ("j", ladders.SURFACE), (None, ladders.OPEN),
    ],
)  # fmt: skip
def test_the_rung_of_water_follows_its_source(source, rung):
    assert ladders.water(home(water_source=source).counted_answers()) == rung


def test_a_well_near_a_pit_is_layak_to_bps_and_not_safe_to_the_programme():
    census = [home(water_source="c", pit_distance="b")]
    assert (good(census, "water_safe"), good(census, "water_bps")) == ((0, 1, 0), (1, 1, 0))


def test_refill_water_is_nothing_to_the_programme_and_open_to_bps():
    census = [home(water_source="g"), home()]
    assert (good(census, "water_safe"), good(census, "water_bps")) == ((1, 2, 0), (1, 2, 1))
    assert good(census, "water_refill") == (1, 2, 0)
    found = hundreds([assess(REGION, RT, terms=terms(None), tally=tally(census), survey=None, recap=None)])
    assert (found.bps_water.good, found.bps_water.open, found.refill) == (1, 1, 1)


@pytest.mark.parametrize(
    ("answers", "rung"), [
        ({}, ladders.LAYAK), ({"closet": "b"}, ladders.UNFIT), ({"defecation": "b"}, ladders.UNFIT),
        ({"faeces": "b"}, ladders.NO_TANK), ({"defecation": "c"}, ladders.IN_THE_OPEN),
        ({"closet": None}, ladders.OPEN), ({"defecation": "b", "faeces": None}, ladders.UNTOLD),
    ],
)  # fmt: skip
def test_the_rung_of_sanitation_follows_three_questions(answers, rung):
    assert ladders.sanitation(home(**answers).counted_answers()) == rung


def test_ten_latrines_without_swan_neck_and_septic_tank_are_access_and_nothing_more():
    census = [home(closet="b", faeces="b") for _ in range(10)]
    assert [good(census, key)[0] for key in ("toilet", "sanitation_technical", "sanitation_bps")] == [10, 0, 0]
    found = hundreds([assess(REGION, RT, terms=terms(None), tally=tally(census), survey=None, recap=None)])
    assert found.strictest_sanitation.percent == 0


@pytest.mark.parametrize(
    "answers", [{"roof": "b"}, {"wall": "b"}, {"floor": "b"}, {"floor_length": 1}, {"water_source": "j"},
                {"defecation": "c"}, {"closet": "b"}],
)  # fmt: skip
def test_a_decent_house_fails_by_any_of_its_parts(answers):
    assert good([home()], "decent_housing") == (1, 1, 0)
    assert good([home(**answers)], "decent_housing") == (0, 1, 0)


def test_a_house_with_refill_water_may_be_decent():
    assert good([home(water_source="g")], "decent_housing") == (0, 1, 1)
    assert good([home(water_source="g", roof="b")], "decent_housing") == (0, 1, 0)


# Denominators of their own, groups, KK


def test_schools_are_of_the_homes_with_children_of_school_age():
    census = [home(school_place="e"), home(school_place="a"), home(school_place="d"), home(school_place=None)]
    assert good(census, "school_place:dalam_kecamatan") == (1, 3, 1)
    assert "school_place:tidak_ada_anggota" not in BY_KEY


def test_closets_are_of_those_who_were_asked():
    assert good([home(), home(defecation="c", closet=None, faeces=None)], "closet:leher_angsa") == (1, 1, 0)


def test_poor_homes_without_safe_water_are_told_by_the_sex_of_their_head():
    census = [
        home(mbr="a", head_sex="b", water_source="j"), home(mbr="a", head_sex="b"), home(mbr="a", head_sex="a"),
        home(mbr="b", head_sex="b", water_source="j"), home(mbr="a", head_sex=None, water_source="j"),
    ]
    shown = {group: good(census, "water_safe", group) for group in ("mbr_head_male", "mbr_head_female")}
    assert shown == {"mbr_head_male": (1, 1, 0), "mbr_head_female": (1, 2, 0)}
    assert good(census, "water_safe", "mbr_head_unsaid") == (0, 1, 0)
    assert good(census, "head_female")[:2] == (3, 5)


def test_households_and_their_kk_stand_side_by_side():
    figure = of([home(kk_count=3), home(kk_count=1, water_source="j")])["water_safe", "all"]
    assert (figure.good, figure.of, figure.kk_good, figure.kk_of) == (1, 2, 3, 4)
    assert (figure.percent, figure.kk_percent) == (50, 75)


def test_disabled_people_are_of_the_members_and_their_homes_of_the_homes():
    census = [home(members_disabled=2), home(members_disabled=0), home(members_disabled=None)]
    assert good(census, "members_disabled")[:2] == (2, 12)
    assert good(census, "homes_disabled") == (1, 3, 1)


def test_what_an_rt_has_is_of_the_rts_with_an_area_survey():
    surveys = [a_record(RtSurvey, health_facilities="puskesmas"), a_record(RtSurvey, health_facilities=None)]
    assert of([], surveys=surveys)["health_facilities:puskesmas", "all"].open == 1
    assert of([], surveys=surveys)["health_facilities:puskesmas", "all"].percent == 50


def test_every_indicator_says_its_rule_and_is_called_like_no_other():
    assert len({each.named for each in INDICATORS}) == len(BY_KEY) == len(INDICATORS)
    assert all(each.rule and each.unit for each in INDICATORS)


# Laws


@settings(max_examples=20)
@given(censuses, censuses)
def test_the_profile_of_two_rts_is_that_of_all_their_households(first, second):
    both = add_up([profile(first), profile(second)])
    assert both == profile([*first, *second])
    assert from_text(both.to_text()) == both


@settings(max_examples=20)
@given(st.lists(households(), max_size=8))
def test_profile_and_tally_count_alike(census):
    found, counted = of(census), tally(census)
    pairs = {
        "water_safe": "unsafe_water", "water_enough": "short_water", "toilet": "no_latrine",
        "sanitation_technical": "unfit_latrine", "water_bps": "unimproved_water",
        "sanitation_bps": "unimproved_sanitation",
    }
    for key, failing in pairs.items():
        figure = found[key, "all"]
        assert figure.of - figure.good == getattr(counted, failing)
        assert figure.open == getattr(counted, f"{failing}_open")
    assert found["mbr", "all"].good == counted.mbr
    assert found["house_roomy", "all"].good == counted.households - counted.small
    assert found["house_sound", "all"].good == counted.households - counted.substandard


@settings(max_examples=20)
@given(st.lists(households(), max_size=8))
def test_groups_by_one_trait_add_up_to_all(census):
    found = of(census, GROUPS)
    for (key, group), figure in found.items():
        assert figure.good + figure.open <= figure.of
        if group == "all" and (key, "mbr") in found:
            parts = [found[key, each] for each in IN_TWO["sex"]]
            assert sum(each.good for each in parts) == figure.good
            assert sum(each.of for each in parts) == figure.of
