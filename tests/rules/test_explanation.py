"""Why an RT has its score: distances to other scores, what it could become, the answers behind every volume."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.forms import Household, RtRecap, RtSurvey
from p2kp_desktop.rules import assess, causes, explanation, regulation, tally, terms
from p2kp_desktop.rules.causes import Sources, lacking
from p2kp_desktop.rules.explanation import reaches
from p2kp_desktop.rules.scoring import Share
from tests.examples import REGION, RT, a_record
from tests.rules.strategies import censuses

RULES = regulation("2018")
TERMS = {"workbook": terms(None), "units": terms(None, method="units")}
UNITS = {"unit": Fraction(1), "KK": Fraction(1), "m": Fraction(1, 100), "Ha": Fraction(1, 10_000)}


def explained(census=(), *, survey=None, recap=None, method="workbook"):
    found = assess(REGION, RT, terms=TERMS[method], tally=tally(census), survey=survey, recap=recap)
    return explanation.explain(found, Sources(tuple(census), survey, recap))


def one(told, code):
    return next(each for each in told.criteria if each.criterion.code == code)


def test_a_criterion_says_what_reaches_the_next_score_both_ways():
    criterion = one(explained(), "1c").criterion
    assert reaches(RULES, criterion, Share(Fraction(2), Fraction(10)))[0] == explanation.Reach(1, Fraction(3))
    higher, lower = reaches(RULES, criterion, Share(Fraction(6), Fraction(10)))
    assert (higher, lower) == (explanation.Reach(5, Fraction(8)), explanation.Reach(1, Fraction(5)))
    assert reaches(RULES, criterion, Share(Fraction(10), Fraction(10)))[0] is None
    assert reaches(RULES, criterion, Share(Fraction(0), Fraction(0))) == (None, None)


@given(st.sampled_from([each.code for each in RULES.criteria]), st.fractions(0, 2), st.integers(1, 5000))
def test_the_distances_are_exact(code, part, whole):
    criterion = next(each for each in RULES.criteria if each.code == code)
    step = UNITS[criterion.unit]
    share = Share(Fraction(round(part * whole / step)) * step, Fraction(whole))
    now = RULES.score(share.percent())
    higher, lower = reaches(RULES, criterion, share)
    if higher is not None:
        assert share.volume < higher.volume <= whole
        assert RULES.score(Share(higher.volume, share.of).percent()) == higher.score > now
        assert RULES.score(Share(higher.volume - step, share.of).percent()) == now
    if lower is not None:
        assert 0 <= lower.volume < share.volume
        assert RULES.score(Share(lower.volume, share.of).percent()) == lower.score < now
        assert RULES.score(Share(lower.volume + step, share.of).percent()) == now
    assert (lower is None) == (now == 0)


@given(censuses, st.sampled_from(["workbook", "units"]))
def test_the_parts_add_up_to_the_total_which_lies_in_its_range(census, method):
    told = explained(census, survey=a_record(RtSurvey), method=method)
    assert sum(each.score or 0 for each in told.criteria) == told.rt.score.total
    assert told.lowest <= told.rt.score.total <= told.highest
    for each in told.criteria:
        assert each.words


@given(censuses)
def test_every_house_that_counts_is_named_and_no_other(census):
    counted = tally(census)
    failing = {
        "irregular_buildings": counted.irregular, "substandard_buildings": counted.substandard,
        "unsafe_water_kk": counted.unsafe_water, "short_water_kk": counted.short_water,
        "no_latrine_kk": counted.no_latrine, "unfit_latrine_kk": counted.unfit_latrine,
        "uncollected_kk": counted.uncollected,
    }
    for volume, number in failing.items():
        named = [record for record in census if any(True for _ in lacking(volume, record))]
        assert len(named) == number, volume


def test_the_range_is_what_the_unsurveyed_buildings_could_make_of_it():
    survey = a_record(RtSurvey, buildings=64)
    few = explained([a_record(Household, water_source="a") for _ in range(8)], survey=survey)
    assert few.rt.score.provisional
    assert few.lowest < few.highest
    whole = explained([a_record(Household, water_source="a") for _ in range(64)], survey=survey)
    assert whole.lowest == whole.highest == whole.rt.score.total


def test_a_cause_is_the_answer_at_its_record():
    bad = a_record(Household, water_source="c", pit_distance="b")
    told = one(explained([bad, a_record(Household, water_source="a")], survey=a_record(RtSurvey)), "3a")
    assert {(cause.id, cause.question) for cause in told.causes} == {(bad.id, "water_source"), (bad.id, "pit_distance")}
    road = one(explained([bad], survey=a_record(RtSurvey, new_road_m=85)), "2a")
    assert [(cause.form, cause.question, str(cause.value)) for cause in road.causes] == [
        ("rt_survey", "new_road_m", "85")
    ]


def test_a_recap_is_explained_by_its_own_volumes():
    recap = a_record(RtRecap, irregular_buildings=5, bangunan=10)
    told = one(explained(recap=recap), "1a")
    assert [(cause.form, cause.id, cause.question) for cause in told.causes] == [
        ("rt_recap", recap.id, "irregular_buildings")
    ]
    assert (told.share.percent(), told.score) == (50, 1)


@pytest.mark.parametrize("rules", ["2018", "2016"])
def test_every_volume_that_is_counted_here_has_its_answers(rules):
    known = {*causes.OF_A_HOUSE, *causes._OF_SURVEY}
    assert {each.volume for each in regulation(rules).criteria} <= known
