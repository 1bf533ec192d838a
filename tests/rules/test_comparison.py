"""What changed from one period to another: only of RTs that were assessed in both."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.forms import Household, RtRecap, RtSurvey
from p2kp_desktop.rules import assess, regulation, tally, terms
from p2kp_desktop.rules.comparison import ENTERED, LEFT, compare, earlier, slum_moves
from tests.examples import REGION, a_record

SLUM = {"irregular_buildings": 51, "damaged_road_m": 200, "unsafe_water_kk": 59, "no_latrine_kk": 59}


def rt(label, *, census=(), survey=None, recap=None):
    return assess(REGION, label, terms=terms(None), tally=tally(census), survey=survey, recap=recap)


def recap(label, **answers):
    return rt(label, recap=a_record(RtRecap, **answers))


def homes(label, *latrines):
    return rt(label, census=[a_record(Household, water_source="a", defecation=each) for each in latrines])


def test_one_rt_unchanged_and_one_newly_surveyed_is_no_growth():
    before = [recap("001", luas_ha=1, **SLUM)]
    now = [*before, recap("002", luas_ha="0.04", **SLUM)]
    land = compare(before, now).land
    assert (land.slum_ha, land.new_ha, land.compared, land.new) == (
        0, Fraction("0.04"), ((REGION, "001"),), ((REGION, "002"),)
    )
    gone = compare(now, before).land
    assert (gone.slum_ha, gone.gone_ha, gone.gone, gone.same) == (0, Fraction("0.04"), ((REGION, "002"),), False)


def test_what_was_handled_in_an_rt_of_both_periods_is_the_change():
    found = compare([recap("001", luas_ha=1, **SLUM)], [recap("001", luas_ha=1)]).land
    assert (found.slum_ha, found.same) == (-1, True)


def test_an_rt_without_its_area_survey_has_no_hectares_to_compare():
    found = compare([recap("001", luas_ha=1, **SLUM)], [homes("001", "a")])
    assert (found.land.compared, found.land.gone, found.land.slum_ha) == ((), ((REGION, "001"),), 0)
    assert (found.homes.compared, found.homes.new) == ((), ((REGION, "001"),))


def test_an_rt_that_is_slum_whatever_lacks_is_compared():
    whole, partly = recap("001", luas_ha=1, **SLUM), recap("001", luas_ha=1, **SLUM, missing_drain_m=None)
    assert partly.score.provisional
    assert partly.is_slum
    found = compare([whole], [partly]).land
    assert (found.compared, found.new, found.gone, found.now_ha) == (((REGION, "001"),), (), (), 1)
    assert slum_moves([whole], [partly]) == slum_moves([partly], [whole]) == ()


def test_an_rt_of_which_it_is_open_whether_it_is_slum_is_not_compared():
    unsure = recap("001", luas_ha=1, missing_drain_m=None)
    assert compare([recap("001", luas_ha=1)], [unsure]).land.gone == ((REGION, "001"),)


def test_shares_are_of_the_rts_with_households_in_both():
    found = compare([homes("001", "a", "c")], [homes("001", "a", "c"), homes("002", "a", "a", "a")])
    assert found.grown(lambda figures: figures.latrine.percent) == (50, 50)
    assert compare([homes("001", "a")], [homes("002", "a")]).grown(lambda figures: figures.latrine.percent) is None


@given(st.sets(st.sampled_from(["001", "002", "003"])), st.sets(st.sampled_from(["004", "005"])))
def test_nothing_changed_where_nothing_surveyed_twice_changed(kept, added):
    before = [recap(label, **SLUM) for label in kept]
    found = compare(before, [*before, *(recap(label, **SLUM) for label in added)])
    assert (found.land.slum_ha, len(found.land.compared), len(found.land.new)) == (0, len(kept), len(added))


def test_a_census_with_its_area_survey_has_hectares():
    whole = rt("001", census=[a_record(Household)], survey=a_record(RtSurvey))
    assert compare([whole], [whole]).land.compared == ((REGION, "001"),)


def test_the_period_before_is_the_newest_of_its_kind_that_has_data():
    known = ["2026", "2022", "2024-awal", "2019", "awal"]
    assert [earlier(each, known) for each in ("2026", "2026-awal", "2019", "awal")] == ["2022", "2024-awal", "", ""]


def test_an_rt_that_became_slum_is_told_with_the_criteria_whose_points_add_up():
    before, now = recap("001"), recap("001", **SLUM)
    (move,) = slum_moves([before, recap("002", **SLUM)], [now, recap("002", **SLUM)])
    assert (move.kind, move.place) == (ENTERED, (REGION, "001"))
    assert sum(each.gained for each in move.criteria) == now.score.total - before.score.total > 0
    (back,) = slum_moves([now], [before])
    assert (back.kind, back.rules_changed) == (LEFT, False)
    assert next(each.words for each in back.criteria).startswith("1a 100,00 % (skor 5) → ")


def test_other_rules_are_named_as_a_cause():
    by_2016 = assess(REGION, "001", terms=replace(terms(None), regulation=regulation("2016")), tally=tally(()),
                     survey=None, recap=a_record(RtRecap, rules="2016", **SLUM))
    moves = slum_moves([recap("001", luas_ha=1)], [by_2016])
    assert [each.rules_changed for each in moves] == [True]


@given(st.sets(st.sampled_from(["001", "002"])), st.sets(st.sampled_from(["003", "004"])))
def test_no_rt_enters_or_leaves_where_nothing_surveyed_twice_changed(kept, added):
    before = [recap(label, **SLUM) for label in kept]
    moves = slum_moves(before, [*before, *(recap(label, **SLUM) for label in added)])
    assert [each.kind for each in moves] == ["new"] * len(added)
