"""Which works together bring an RT below a total: against trying everything."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.rules.improvement import relieved, together
from p2kp_desktop.rules.whatif import Remedy, lowest, ways
from tests.rules.rts import an_rt

ROADS = Remedy("jalan", 90, {"c2b": Fraction(320)})
DRAINS = Remedy("drainase", 30, {"c4b": Fraction(400)})
BOTH = Remedy("keduanya", 100, {"c2b": Fraction(320), "c4b": Fraction(400)})
BAD = an_rt(damaged_road_m=320, missing_drain_m=400)  # 5 + 5


def told(found):
    return [(set(way.remedies), way.total, way.cost, way.unknown) for way in found]


def test_the_cheapest_set_comes_first_and_no_set_holds_what_it_does_not_need():
    assert BAD.score.total == 10
    assert told(ways(BAD, [ROADS, DRAINS, BOTH], below=6)) == [
        ({"drainase"}, 5, 30, 0), ({"jalan"}, 5, 90, 0), ({"keduanya"}, 0, 100, 0),
    ]
    assert told(ways(BAD, [ROADS, DRAINS, BOTH], below=1)) == [
        ({"keduanya"}, 0, 100, 0), ({"jalan", "drainase"}, 0, 120, 0),
    ]


def test_two_works_on_one_criterion_add_up():
    halves = [Remedy("utara", 10, {"c2b": Fraction(160)}), Remedy("selatan", 20, {"c2b": Fraction(160)})]
    assert told(ways(BAD, halves, below=6)) == [({"utara", "selatan"}, 5, 30, 0)]


def test_a_work_without_an_estimate_comes_after_all_others():
    unknown = Remedy("belum ditaksir", None, {"c4b": Fraction(400)})
    assert told(ways(BAD, [ROADS, unknown], below=6)) == [({"jalan"}, 5, 90, 0), ({"belum ditaksir"}, 5, 0, 1)]


def test_what_does_not_suffice_and_what_is_not_needed_is_no_way():
    assert ways(BAD, [Remedy("sedikit", 1, {"c2b": Fraction(1)})], below=6) == ()
    assert ways(BAD, [ROADS], below=11) == ()
    assert ways(BAD, [], below=6) == ()
    assert lowest(BAD, [ROADS, DRAINS]) == 0
    assert lowest(BAD, []) == 10


VOLUMES = {"c2b": 320, "c4b": 400, "c3a": 60, "c5a": 40}
SLUM = an_rt(damaged_road_m=320, missing_drain_m=400, unsafe_water_kk=60, no_latrine_kk=40)
remedies = st.lists(
    st.tuples(
        st.none() | st.integers(0, 20),
        st.dictionaries(st.sampled_from([*VOLUMES, "c7a"]), st.integers(0, 320).map(Fraction), max_size=3),
    ), max_size=6,
).map(lambda found: [Remedy(str(place), cost, volumes) for place, (cost, volumes) in enumerate(found)])


@given(remedies, st.integers(1, 20))
def test_no_set_is_cheaper_than_the_first(found, below):
    enough = [
        (sum(each.cost is None for each in some), sum(each.cost or 0 for each in some))
        for count in range(1, len(found) + 1) for some in combinations(found, count)
        if relieved(SLUM, together(each.volumes for each in some)).score.total < below <= SLUM.score.total
    ]
    first = next(iter(ways(SLUM, found, below=below)), None)
    assert (None if first is None else (first.unknown, first.cost)) == min(enough, default=None)
    if first is not None:
        chosen = [each for each in found if each.id in first.remedies]
        assert relieved(SLUM, together(each.volumes for each in chosen)).score.total == first.total < below
    assert lowest(SLUM, found) == relieved(SLUM, together(each.volumes for each in found)).score.total
