"""The path of a target: linear between the years that are known, exact, and told in words."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.forms.target import FALLING, IN_HECTARES, INDICATORS, Milestone, Target
from p2kp_desktop.rules import target_path
from p2kp_desktop.rules.target_path import AHEAD, BEHIND, ON_PATH, Path, standing
from tests.examples import a_record


def target(**said):
    return a_record(Target, **{"indicator": "water_safe", "baseline": "41.34", "baseline_year": 2013, "end_year": 2019,
                               "end_value": 100, **said})


def milestone(year, value):
    return a_record(Milestone, year=year, value=value)


def test_a_path_is_straight_between_baseline_milestones_and_end_and_stays_there():
    found = target_path.path(target(), [milestone(2016, 80)])
    assert [found.expected(year) for year in (2012, 2013, 2014, 2016, 2019, 2026)] == [
        None, Fraction("41.34"), Fraction("41.34") + (80 - Fraction("41.34")) / 3, 80, 100, 100]
    assert found.end_year == 2019


def test_without_a_baseline_there_is_only_the_end():
    found = target_path.path(target(baseline=None), [])
    assert (found.expected(2018), found.expected(2019)) == (None, 100)
    assert found.words(2018, Fraction(50)) == ""
    assert target_path.path(target(end_value=None), []) is None


def test_milestones_after_the_end_and_twice_in_a_year_do_not_bend_it():
    found = target_path.path(target(), [milestone(2019, 50), milestone(2030, 10), milestone(2013, 40)])
    assert found.points == ((2013, 40), (2019, 100))


@pytest.mark.parametrize(("indicator", "end", "actual", "words", "state"), [
    ("water_safe", 100, 88, "tertinggal 12 titik dari jalur 2019", BEHIND),
    ("water_safe", 90, "93.5", "3,5 titik di depan jalur 2019", AHEAD),
    ("water_safe", 90, 90, "tepat pada jalur 2019", ON_PATH),
    ("water_safe", 90, "89.99", "tertinggal kurang dari 0,1 titik dari jalur 2019", BEHIND),
    ("slum_ha", 0, "4.2", "tertinggal 4,2 ha dari jalur 2019", BEHIND),
    ("slum_ha", 10, "4.2", "5,8 ha di depan jalur 2019", AHEAD),
    ("slum_households", 0, 12, "tertinggal 12 titik dari jalur 2019", BEHIND),
])
def test_a_figure_is_told_against_the_path_of_its_year(indicator, end, actual, words, state):
    found = target_path.path(target(indicator=indicator, baseline=None, end_value=end), [])
    assert found.words(2026, Fraction(actual)) == words
    assert standing(found.off(2026, Fraction(actual))) == state


def test_every_indicator_knows_which_way_is_better_and_its_unit():
    assert {*FALLING, *IN_HECTARES} <= {*INDICATORS.codes}


points = st.dictionaries(st.integers(2000, 2040), st.fractions(0, 100), min_size=2, max_size=6)


@given(points, st.integers(1995, 2045), st.fractions(0, 100), st.booleans())
def test_a_path_runs_between_its_points_and_off_it_is_exact(kept, year, actual, falling):
    found = Path(tuple(sorted(kept.items())), falling)
    for at, value in kept.items():
        assert found.expected(at) == value
    expected = found.expected(year)
    if expected is None:
        assert year < min(kept)
    else:
        assert min(kept.values()) <= expected <= max(kept.values())
        off = found.off(year, actual)
        assert actual == (expected - off if falling else expected + off)
        assert (off == 0) == (found.words(year, actual) == f"tepat pada jalur {max(kept)}")
