"""The assessment of RTs and areas: which source counts, what stands beside it, and its JSON."""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from p2kp_desktop.forms import Household, Period, RtRecap, RtSurvey
from p2kp_desktop.rules import Tally, assess, assess_area, hundreds, regulation, tally, terms, to_json
from p2kp_desktop.schema import Record, Unreadable
from tests.examples import REGION, RT, a_record
from tests.rules.strategies import censuses, records

DEFAULT = terms(None)
GOOD = {"water_source": "a"}


def made(census=(), *, survey=None, recap=None, period=DEFAULT, rt=RT):
    return assess(REGION, rt, terms=period, tally=tally(census), survey=survey, recap=recap)


def homes(count, **answers):
    return [a_record(Household, **GOOD | answers) for _ in range(count)]


def test_the_defaults_are_the_2018_rules_counted_as_in_the_workbook():
    assert (DEFAULT.regulation.code, DEFAULT.method, DEFAULT.limit(REGION)) == ("2018", "workbook", 250)
    assert DEFAULT.limit("16.05.01.2001") == 200


def test_a_period_names_rules_method_and_limit():
    period = terms(a_record(Period, rules="2016", method="units", density_limit=300))  # the form's own answer
    assert (period.method, period.limit(REGION)) == ("units", Decimal(300))
    assert terms(a_record(Period, method="units"), method="workbook").method == "workbook"
    assert terms(a_record(Period, density_limit=None)).limit(REGION) == 250


def test_a_period_of_a_newer_release_is_refused_in_words():
    for unknown in ({"rules": "2040"}, {"method": "satelit"}):
        period = a_record(Period)
        with pytest.raises(Unreadable, match="tidak dikenal"):
            terms(Record(Period, period.id, {**period.answers, **unknown}))


def test_a_census_without_area_survey_is_provisional():
    found = made(homes(3))
    assert (found.source, found.score.provisional) == ("census", True)
    assert "Belum ada survei lingkungan RT; nilai sementara." in found.coverage.notes


def test_a_census_with_area_survey_is_complete():
    found = made(homes(60), survey=a_record(RtSurvey))
    assert not found.score.provisional
    assert found.coverage.notes == ()
    assert found.figures["penduduk"] == 240


@pytest.mark.parametrize(
    ("count", "official", "source", "beside"),
    [(3, "a", "recap", "census"), (3, "b", "census", "recap"), (3, None, "census", "recap"), (0, "b", "recap", None)],
)
def test_a_recap_counts_when_it_is_official_or_alone(count, official, source, beside):
    found = made(homes(count), survey=a_record(RtSurvey), recap=a_record(RtRecap, official=official))
    assert found.source == source
    assert (found.by_other_source.source if found.by_other_source else None) == beside


def test_a_recap_alone_is_completed_from_the_area_survey():
    recap = a_record(RtRecap, **{q.key: None for q in RtRecap.questions if q.number}, kk=59, bangunan=51)
    found = made(survey=a_record(RtSurvey, waste_site="b"), recap=recap)
    assert (found.shares["6a"].volume, found.shares["6a"].of) == (59, 59)
    assert found.shares["2a"].volume == 100
    assert found.shares["1a"] is None


def test_the_other_method_is_shown_only_where_it_differs():
    assert made(homes(4)).by_other_method is None
    assert made(homes(4, building="1")).by_other_method.method == "units"


def test_what_the_census_lacks_is_listed():
    census = [*homes(2, kk_count=None), *homes(1, roof=None), *homes(1, building="1", roof="a"),
              *homes(1, building="1", roof="b")]  # fmt: skip
    notes = " ".join(made(census, survey=a_record(RtSurvey, buildings=4, road_m=None)).coverage.notes)
    for words in ("1 kuesioner belum lengkap", "2 kuesioner tanpa jumlah KK", "1 bangunan dengan jawaban 1–11",
                  "kurang dari 5 kuesioner", "pertanyaan 5 kosong"):  # fmt: skip
        assert words in notes


def test_an_area_is_summed_and_scored_again_never_averaged():
    bad, good = homes(9, roof="b"), homes(91)
    area = assess_area([made(bad, rt="001"), made(good, rt="002")], DEFAULT.regulation)
    assert area.shares["1c"].volume == 9
    assert (area.score.criteria["1c"].percent, area.score.criteria["1c"].score) == (Decimal("9.00"), 0)
    assert (area.rts, area.provisional_rts, area.score.provisional) == (2, 2, True)
    assert area.tally.households == 100


def test_a_criterion_that_one_rt_lacks_is_scored_over_the_others():
    area = assess_area([made(homes(9), survey=a_record(RtSurvey)), made(homes(9))], DEFAULT.regulation)
    assert (area.shares["2a"].volume, area.shares["2a"].of) == (100, 500)
    assert area.score.criteria["2a"].score is not None
    assert area.score.provisional


def test_the_slum_area_is_that_of_the_rts_that_reach_the_lowest_level():
    slum = made(
        recap=a_record(RtRecap, irregular_buildings=51, damaged_road_m=200, unsafe_water_kk=59, no_latrine_kk=59)
    )
    assert slum.score.total == 20
    clean = made(recap=a_record(RtRecap))
    area = assess_area([slum, clean], DEFAULT.regulation)
    assert (area.slum_rts, area.slum_ha) == (1, Fraction("2.13"))
    found = hundreds([slum, clean], decree_ha=Fraction("4.26"))
    assert (found.slum_of_decree, found.water.percent, found.base.without_census) == (Decimal("50.00"), None, 2)


def test_100_0_100_is_counted_in_households():
    found = hundreds([made([*homes(2), *homes(1, water_source="k", defecation="c", kk_count=5)])])
    assert (found.households, found.water.percent, found.enough_water.percent) == (3, Fraction(200, 3), 100)
    assert found.latrine.percent == found.fit_latrine.percent == Fraction(200, 3)


def test_the_json_has_the_agreed_shape():
    document = json.loads(json.dumps(to_json(made(homes(4, building="1"), survey=a_record(RtSurvey)))))
    assert {"region", "rt", "source", "method", "criteria", "aspects", "total", "level", "provisional", "volumes",
            "denominators", "coverage"} <= set(document)  # fmt: skip
    assert (document["region"], document["rt"], document["source"]) == (REGION, RT, "census")
    assert document["criteria"]["2a"] == {"percent": 20.0, "score": 0}
    assert document["denominators"] == {
        "luas_ha": 1.6, "bangunan": 4, "penduduk": 16, "kk": 4, "jalan_ideal_m": 500, "drainase_ideal_m": 420,
    }  # fmt: skip
    assert document["volumes"]["4c"] == 90
    assert document["by_other_method"]["method"] == "units"


def test_unknown_figures_are_null_in_the_json():
    document = to_json(made(homes(2)))
    assert document["criteria"]["2a"] == {"percent": None, "score": None}
    assert document["aspects"]["2"] is document["volumes"]["2a"] is None
    assert document["provisional"] is True


@given(censuses, st.none() | records(RtSurvey), st.none() | records(RtRecap), st.sampled_from(["2018", "2016"]))
def test_assessing_never_fails_on_what_may_be_stored(census, survey, recap, code):
    period = type(DEFAULT)(regulation(code), "units")
    found = made(census, survey=survey, recap=recap, period=period)
    json.dumps(to_json(found))
    area = assess_area([found, found], period.regulation)
    for code, share in area.shares.items():
        single = found.shares[code]
        assert (share is None) == (single is None)
        assert share is None or (share.volume, share.of) == (2 * single.volume, 2 * single.of)
    hundreds([found])


def test_an_rt_without_anything_is_provisional_and_not_slum():
    found = made()
    assert (found.tally, found.score.total, found.is_slum) == (Tally(), 0, False)
    assert found.score.provisional


@settings(max_examples=25)
@given(st.lists(censuses.filter(bool), min_size=2, max_size=3))
def test_rts_taken_together_score_like_all_their_households_in_one(rts):
    """By the method `units`: the official workbook rounds families RT by RT. Buildings are those of each RT."""
    units = terms(None, method="units")
    apart = [[replace(one, answers={**one.answers, "building": None}) for one in census] for census in rts]
    members = [assess(REGION, RT, terms=units, tally=tally(each), survey=None, recap=None) for each in apart]
    together = assess_area(members, members[0].regulation, "units")
    union = assess(REGION, RT, terms=units, tally=tally([one for each in apart for one in each]), survey=None,
                   recap=None)
    assert together.tally == union.tally
    assert (together.score.total, together.score.criteria) == (union.score.total, union.score.criteria)
    assert hundreds(members).water == hundreds([union]).water
