"""The cheapest works for RTs, and the most hectares for a budget: against trying everything."""

import random
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from p2kp_desktop.rules.cheapest import Goal, cheapest, gathered, most_hectares, works_of
from p2kp_desktop.rules.criteria import step_of
from p2kp_desktop.rules.explanation import reaches
from p2kp_desktop.rules.improvement import margins, relieved
from p2kp_desktop.rules.prices import PriceList, UnitPrice
from p2kp_desktop.rules.scoring import Share
from tests.rules.rts import NEW, an_rt

OF = {"luas_ha": 2, "bangunan": 50, "kk": 60, "jalan_ideal_m": 400, "drainase_ideal_m": 500}
CRITERIA = {each.code: each for each in NEW.criteria}


def price(code, amount, **more):
    return UnitPrice(CRITERIA[code].option, Fraction(amount), 2026, "uji", **more)


def prices(**amounts):
    return PriceList(tuple(price(code.removeprefix("c"), amount) for code, amount in amounts.items()))


def done(way):
    return [(each.criterion.code, each.volume, each.before, each.after) for each in way.works]


# An RT as the one that was checked by hand: 10 buildings with 10 KK, 100 m of road; total 21.
CHECKED = an_rt(bangunan=10, kk=10, jalan_ideal_m=100, damaged_road_m="52.99", unsafe_water_kk=6, no_latrine_kk=10,
                unfit_latrine_kk=10, fire_equipment_buildings=10)
OF_CHECKED = prices(c2b=450_000, c3a=150_000, c5a=2_500_000, c5b=4_000_000, c7b=500_000)


def test_the_checked_rt_takes_two_metres_of_road_one_kk_and_three_extinguishers():
    assert CHECKED.score.total == 21
    way = cheapest(CHECKED, OF_CHECKED, Goal(16))
    assert done(way) == [
        ("2b", 2, 3, 1), ("3a", 1, 3, 1), ("7b", 3, 5, 3),
    ]
    assert (way.cost, way.after.score.total, way.unpriced) == (2_550_000, 15, 0)


def test_a_margin_of_points_and_more_volume_than_needed_cost_more():
    way = cheapest(CHECKED, OF_CHECKED, Goal(16, points=1, extra=Fraction(10)))
    assert way.after.score.total < 15
    assert all(each.volume >= each.needed for each in way.works)
    plain = cheapest(CHECKED, OF_CHECKED, Goal(15))
    assert [each.needed for each in way.works] == [each.needed for each in plain.works]
    assert way.cost > plain.cost


def test_without_prices_the_fewest_units_are_taken_and_nothing_is_called_free():
    way = cheapest(CHECKED, PriceList(), Goal(16))
    assert done(way) == [("2b", 2, 3, 1), ("3a", 1, 3, 1), ("7b", 3, 5, 3)]
    assert (way.cost, way.unpriced) == (0, 3)
    assert all(each.cost is None for each in way.works)


def test_what_has_no_price_is_taken_last_and_said():
    dear = prices(c2b=10**9, c5a=10**9)
    way = cheapest(CHECKED, dear, Goal(16))
    assert way.unpriced == 0
    mixed = cheapest(CHECKED, prices(c2b=1), Goal(16))
    assert [(each.criterion.code, each.cost is None) for each in mixed.works] == [
        ("2b", False), ("3a", True), ("7b", True)]


def test_an_rt_below_the_total_needs_nothing():
    way = cheapest(an_rt(damaged_road_m=320), PriceList(), Goal(16))
    assert (way.works, way.reached) == ((), True)


def test_a_dense_rt_is_thinned_out_wholly_or_not_at_all():
    assert [(each.needed, each.after) for each in works_of(an_rt(dense_ha=2), PriceList(), Goal(16))] == [(2, 0)]


@given(st.sampled_from(NEW.criteria), st.integers(0, 120_000), st.integers(1, 100_000))
def test_a_margin_ends_where_the_explanation_says_that_the_next_score_begins(criterion, volume, of):
    step = step_of(criterion)
    share = Share(volume * step, of * step)
    found = list(margins(NEW, share, step))
    _higher, lower = reaches(NEW, criterion, share)
    assert (share.volume - found[0].volume if found else None) == (lower.volume if lower else None)
    for each in found:
        left = Share(max(Fraction(), share.volume - each.volume), share.of)
        assert NEW.score(left.percent()) <= each.score < NEW.score(Share(left.volume + step, of * step).percent())


def test_of_as_few_units_without_a_price_what_is_cheaper_counts_before_how_they_are_spread():
    rt = an_rt(irregular_buildings=38, no_latrine_kk=15, damaged_road_m=100)
    way = cheapest(rt, prices(c2b=1000), Goal(6))
    assert (rt.score.total, done(way), way.cost) == (7, [("1a", 1, 5, 3)], 0)


def test_volumes_are_exact_whatever_number_the_extra_is():
    rt = an_rt(drainase_ideal_m="200.12", missing_drain_m="200.12")
    for none in (0, Fraction()):
        assert [each.volume for each in works_of(rt, PriceList(), Goal(16, extra=none))][-1] == Fraction("150.11")


SOME = ("1a", "2b", "3a", "4a", "5b", "7b")
volumes = st.fixed_dictionaries({}, optional={
    CRITERIA[code].volume: st.integers(0, OF[CRITERIA[code].denominator]) for code in SOME
})
priced = st.dictionaries(st.sampled_from(SOME), st.integers(1, 999).map(lambda n: n * 500))


def tried(rt, known, under):
    """Return the least of (units without a price, cost) by trying every volume of every criterion."""
    offered = {}
    for each in works_of(rt, known, Goal(under)):
        offered.setdefault(each.criterion.code, [None]).append(each)
    found = []
    for some in product(*offered.values()):
        works = [each for each in some if each]
        if relieved(rt, {each.criterion.option: each.needed for each in works}).score.total < under:
            found.append(measured(works))
    return min(found, default=None)


def measured(works):
    return sum(each.units for each in works if each.cost is None), sum(each.cost or 0 for each in works)


@settings(max_examples=30)
@given(volumes, priced, st.integers(1, 20))
def test_nothing_is_cheaper_than_the_cheapest(bad, amounts, under):
    rt, known = an_rt(**bad), PriceList(tuple(price(code, amount) for code, amount in amounts.items()))
    way = cheapest(rt, known, Goal(under))
    best = tried(rt, known, under)
    assert way.reached
    assert best == measured(way.works)
    assert way.after.score.total < under


def by_points(rt, known, under):
    """Return the least cost by adding criterion after criterion up, for every number of points: exact."""
    offered = {}
    for each in works_of(rt, known, Goal(under)):
        offered.setdefault(each.criterion.code, []).append(each)
    least = {0: Fraction()}
    for works in offered.values():
        found = dict(least)
        for (points, cost), each in product(least.items(), works):
            saved, spent = points + each.before - each.after, cost + each.cost
            found[saved] = min(found.get(saved, spent), spent)
        least = found
    return min(cost for points, cost in least.items() if rt.score.total - points < under)


@pytest.mark.parametrize("seed", range(12))
def test_with_all_criteria_bad_and_prices_of_millions_it_is_still_exact(seed):
    dice = random.Random(seed)
    rt = an_rt(**{each.volume: dice.randint(0, OF[each.denominator]) for each in NEW.criteria})
    known = PriceList(tuple(price(code, 500 * dice.randint(1, 200_000)) for code in CRITERIA))
    way = cheapest(rt, known, Goal(16))
    assert way.cost == by_points(rt, known, 16)


rts = st.lists(st.tuples(volumes, st.integers(1, 40)), min_size=1, max_size=5)


@settings(max_examples=25)
@given(rts, st.integers(0, 200_000))
def test_no_other_choice_of_rts_frees_more_hectares_for_a_budget(found, budget):
    known = prices(c1a=700, c2b=90, c3a=400, c4a=9000, c5b=350, c7b=120)
    ways = [cheapest(an_rt(**{"luas_ha": luas, **bad}), known, Goal(3)) for bad, luas in found]
    chosen = most_hectares(ways, Fraction(budget))
    slums = [each for each in ways if each.works]
    best = max(
        (sum(each.rt.area_ha for each in some), -sum(each.cost for each in some))
        for count in range(len(slums) + 1) for some in combinations(slums, count)
        if sum(each.cost for each in some) <= budget
    )
    assert chosen.proved
    assert (sum(each.rt.area_ha for each in chosen.ways), -sum(each.cost for each in chosen.ways)) == best
    assert chosen.hectares.reached == chosen.hectares.at_least == best[0]


def test_a_budget_buys_nothing_of_which_nobody_knows_the_cost():
    ways = [cheapest(CHECKED, PriceList(), Goal(16)), cheapest(CHECKED, OF_CHECKED, Goal(16))]
    assert most_hectares(ways, Fraction(10**12)).ways == (ways[1],)
    assert gathered([CHECKED], [ways[1]])[0].score.total == 15


@pytest.mark.parametrize(("region", "expected"), [("16.71.01.1001", 300), ("16.05.01.2001", 90)])
def test_of_one_work_the_price_of_the_city_counts_before_that_of_the_province_and_the_latest(region, expected):
    found = PriceList((
        UnitPrice("c2b", Fraction(90), 2026, "provinsi", "16"), UnitPrice("c2b", Fraction(400), 2020, "lama", "16.71"),
        UnitPrice("c2b", Fraction(300), 2024, "baru", "16.71"),
    ))
    assert found.of("c2b", region).amount == expected
    assert found.of("c2a", region) is None


def test_of_several_kinds_of_work_the_cheapest_is_taken():
    kinds = (("APAR", 500), ("karung goni", 300), ("apar ", 800))
    found = PriceList(tuple(price("7b", amount, work=work) for work, amount in kinds))
    assert (found.of("c7b", "16.71.01.1001").work, found.of("c7b", "16.71.01.1001").amount) == ("karung goni", 300)
