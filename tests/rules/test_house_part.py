"""What one house adds to its RT: where it counts, and what the RT would be without it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from p2kp_desktop.forms import Household, RtRecap, RtSurvey
from p2kp_desktop.rules import assess, tally, terms
from p2kp_desktop.rules.house_part import house_part
from tests.examples import REGION, RT, a_record
from tests.rules.strategies import censuses, surveys


def assessed(census, survey=None, recap=None, method="workbook"):
    return assess(REGION, RT, terms=terms(None, method=method), tally=tally(census), survey=survey, recap=recap)


@settings(max_examples=40)
@given(censuses.filter(bool), surveys, st.sampled_from(["workbook", "units"]))
def test_an_rt_without_a_house_is_the_rt_of_the_other_houses(census, survey, method):
    rt, first = assessed(census, survey, method=method), census[0]
    part = house_part(rt, census, first.id)
    others = assessed(census[1:], survey, method=method)
    assert part.without.total == others.score.total
    assert part.now.total == rt.score.total
    for each in part.shares:
        assert each.now == rt.shares[each.criterion.code]
        assert each.without == others.shares[each.criterion.code]
        assert (each.score, each.score_without) == tuple(
            made.score.criteria[each.criterion.code].score for made in (rt, others))
    assert part.words


def test_it_is_said_in_the_figures_of_the_rt():
    bad = a_record(Household, head_name="Aminah", roof="b", wall="b", floor="b", water_source="g")
    census = [bad, a_record(Household, water_source="g"), *(a_record(Household, water_source="a") for _ in range(8))]
    part = house_part(assessed(census, a_record(RtSurvey)), census, bad.id)
    assert part.named == "Aminah"
    assert part.words.startswith("Rumah ini: 1c ya, 3a ya. Tanpa rumah ini 1c 10,00 % → 0,00 %; 3a 20,00 % → 11,11 %")
    assert "nilai RT tetap" in part.words
    good = house_part(assessed(census, a_record(RtSurvey)), census, census[-1].id)
    assert good.words.startswith("Rumah ini baik di semua kriteria rumah.")


def test_a_house_counts_in_the_census_beside_an_official_recap_and_nowhere_else():
    census = [a_record(Household)]
    beside = assessed(census, recap=a_record(RtRecap, official="a"))
    assert house_part(beside, census, census[0].id).now == beside.by_other_source.score
    assert house_part(beside, census, "another") is None
    assert house_part(assessed([], recap=a_record(RtRecap)), census, census[0].id) is None
