"""Why an area has its score: its parts add up, whatever RTs it is made of and however they are put together."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from p2kp_desktop.forms import Household, RtRecap, RtSurvey
from p2kp_desktop.rules import assess, assess_area, explanation, regulation, tally, terms
from p2kp_desktop.rules.certainty import span_of_area
from p2kp_desktop.rules.explanation import explain, explain_area, span
from p2kp_desktop.rules.scoring import Share
from tests.examples import REGION, a_record
from tests.rules.rts import an_rt
from tests.rules.strategies import censuses, surveys

RULES = regulation("2018")
FEW = settings(max_examples=30)  # an example is several RTs with all their houses
METHODS = ("workbook", "units")
RECAPS = tuple(
    a_record(RtRecap, official=official, unsafe_water_kk=bad, missing_drain_m=unknown)
    for official in "ab" for bad in (0, 40) for unknown in (0, None)
)


@st.composite
def rts(draw, method="workbook"):
    """Draw up to three RTs of a kelurahan, some without an area survey, some with more buildings than were surveyed."""
    found = []
    for number in range(draw(st.integers(1, 3))):
        census, survey = draw(censuses), draw(st.none() | surveys)
        found.append(assess(REGION, f"{number + 1:03d}", terms=terms(None, method=method), tally=tally(census),
                            survey=survey, recap=None))
    return found


@st.composite
def rts_of_any_source(draw):
    """Draw such RTs, of which some have a recap, official or beside their census."""
    return [
        assess(REGION, f"{number + 1:03d}", terms=terms(None), tally=tally(draw(censuses)),
               survey=draw(st.none() | surveys), recap=draw(st.none() | st.sampled_from(RECAPS)))
        for number in range(draw(st.integers(1, 3)))
    ]


def summed(shares):
    known = [share for share in shares if share is not None]
    return Share(sum((s.volume for s in known), Fraction()), sum((s.of for s in known), Fraction())) if known else None


@FEW
@given(st.sampled_from(METHODS).flatmap(lambda method: rts(method).map(lambda members: (method, members))))
def test_the_parts_add_up_to_every_figure_of_an_area(drawn):
    method, members = drawn
    told = explain_area("Lima Ilir", members, RULES, method)
    assert sum(each.score or 0 for each in told.criteria) == told.score.total
    for each in told.criteria:
        parts = told.contributions(each.criterion.code).most
        known = [part for part in parts if part.share is not None]
        assert each.unknown == len(parts) - len(known) == sum(rt.shares[each.criterion.code] is None for rt in members)
        if each.share is None:
            assert not known
            continue
        assert sum(part.share.volume for part in known) == each.share.volume
        assert sum(part.part for part in known) == (1 if each.share.volume else 0)
        assert [part.share.volume for part in known] == sorted((part.share.volume for part in known), reverse=True)
        assert each.percent == each.share.percent()
        assert each.words
    assert told.lowest <= told.score.total <= told.highest


@FEW
@given(rts_of_any_source())
def test_what_the_rts_add_up_to_is_what_scoring_them_together_gives(members):
    told, whole = explain_area("", members, RULES, "workbook"), assess_area(members, RULES)
    assert told.score == whole.score
    assert (told.lowest, told.highest) == span_of_area(members, whole)
    assert {each.criterion.code: each.share for each in told.criteria} == whole.shares
    ways = (("bangunan dan KK", "by_other_method", "units"), ("sumber yang lain", "by_other_source", "workbook"))
    others = [(words, [getattr(rt, way) or rt for rt in members], method) for words, way, method in ways]
    for words, other, method in others:
        total = assess_area(other, RULES, method).score.total
        said = [aside for aside in told.asides if words in aside]
        assert len(said) == (total != whole.score.total)
        assert all(f": {total} (" in aside for aside in said)
    for rt in members:
        for each in told.criteria:
            one = next((one for one in told.contributions(each.criterion.code).most if one.rt == rt.rt), None)
            assert one is not None or not rt.shares[each.criterion.code].volume
            if one is not None:
                scored = rt.score.criteria[each.criterion.code]
                assert (one.share, one.percent, one.score) == (
                    rt.shares[each.criterion.code], scored.percent, scored.score)


@FEW
@given(rts(), st.data())
def test_an_area_is_the_union_of_its_parts(members, data):
    cut = data.draw(st.integers(0, len(members)))
    whole = explain_area("", members, RULES, "workbook")
    parts = [explain_area("", some, RULES, "workbook") for some in (members[:cut], members[cut:])]
    for place, each in enumerate(whole.criteria):
        assert each.share == summed(part.criteria[place].share for part in parts)
    assert whole.score.total == assess_area(members, RULES).score.total


@FEW
@given(rts())
def test_an_area_of_one_rt_is_explained_like_the_rt(members):
    (rt, *_others) = members
    alone, as_area = explain(rt), explain_area("", [rt], RULES, "workbook")
    assert (alone.score.criteria, alone.lowest, alone.highest) == (
        as_area.score.criteria, as_area.lowest, as_area.highest)
    assert [(each.share, each.higher, each.lower) for each in alone.criteria] == [
        (each.share, each.higher, each.lower) for each in as_area.criteria]


@FEW
@given(rts())
def test_the_range_of_an_rt_is_what_assessing_it_anew_gives(members):
    for rt in members:
        lowest, highest = span(rt)
        if not rt.coverage.lacking or not rt.tally.households:
            assert lowest == highest == rt.score.total
        assert lowest <= rt.score.total <= highest


def test_the_rt_that_adds_most_comes_first_with_its_part():
    members = [an_rt("001", substandard_buildings=5), an_rt("002", substandard_buildings=15), an_rt("003")]
    told = explain_area("", members, RULES, "workbook")
    first, second = told.contributions("1c").most
    assert (first.share, first.part, second.part) == (Share(Fraction(15), Fraction(50)), Fraction(3, 4), Fraction(1, 4))
    only = told.contributions("1c", 1)
    assert (only.most, only.out_of) == ((first,), 2)
    one = told.criterion("1c")
    assert (one.share, one.score) == (Share(Fraction(20), Fraction(150)), 0)
    assert one.higher == explanation.Reach(1, Fraction(38))
    assert "18 lagi" in one.words


def test_an_area_says_what_its_figures_lack_and_what_other_ways_give():
    bad = [a_record(Household, building="1", roof="b", wall="b", floor="b") for _ in range(6)]
    good = [a_record(Household, building=str(number)) for number in range(2, 6)]
    rt = assess(REGION, "001", terms=terms(None), tally=tally([*bad, *good]), survey=a_record(RtSurvey, buildings=60),
                recap=a_record(RtRecap, official="b", **{each.volume: 0 for each in RULES.criteria}))
    told = explain_area("", [rt], RULES, "workbook", unassessed=2)
    assert any("2 RT belum ada data" in words for words in told.open)
    assert any("bangunan dan KK" in words for words in told.asides)
    assert any("di 1 RT" in words for words in told.asides)
    assert any("1 dari 5" in words for words in explain(rt).criterion("1c").asides)
    assert any(words.startswith("Menurut rekap") for words in explain(rt).criterion("1c").asides)


def test_a_criterion_that_some_rts_lack_says_in_how_many():
    without = assess(REGION, "002", terms=terms(None), tally=tally([a_record(Household)]), survey=None, recap=None)
    told = explain_area("", [an_rt(), without], RULES, "workbook")
    assert told.criterion("2a").unknown == 1
    assert told.contributions("2a").most[-1].share is None
    assert told.criterion("9z") is None
    assert told.score.provisional
