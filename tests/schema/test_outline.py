"""Outlines: turned as RFC 7946 has it, thinned by no more than is said, joined without seams, packed without loss."""

from array import array
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borders import borders
from p2kp_desktop.schema.outline import (
    MICRO,
    Outline,
    doubled_area,
    holds,
    joined,
    outline,
    packed,
    pairs,
    thinned,
    unpacked,
)

SQUARE = [(104.0, -3.0), (104.1, -3.0), (104.1, -2.9), (104.0, -2.9), (104.0, -3.0)]
HOLE = [(104.04, -2.96), (104.06, -2.96), (104.06, -2.94), (104.04, -2.94)]
VILLAGES = [f"16.71.0{district}.100{village}" for district in (1, 2, 3) for village in (1, 2, 3, 4)]


@pytest.mark.parametrize("turned", [1, -1])
def test_an_outer_ring_turns_against_the_clock_and_its_hole_with_it(turned):
    found = outline([[SQUARE[::turned], HOLE[::turned]]])
    assert [doubled_area(ring) > 0 for ring in found.rings] == [True, False]
    assert [len(ring) // 2 for ring in found.rings] == [4, 4]
    assert found.geometry["type"] == "Polygon"
    assert found.geometry["coordinates"][0][0] == found.geometry["coordinates"][0][-1]
    assert (holds(found, 104_020_000, -2_950_000), holds(found, 104_050_000, -2_950_000)) == (True, False)


def test_what_has_no_area_is_no_outline():
    assert outline([[[(104.0, -3.0), (104.1, -3.0)]], [[(104.0, -3.0)] * 5]]) == Outline(())


@given(st.lists(st.lists(st.integers(-(2**31), 2**31 - 1), min_size=3, max_size=9), max_size=4))
def test_packing_loses_nothing(numbers):
    whole = Outline(tuple(array("i", [*ring, *ring]) for ring in numbers))
    assert unpacked(packed(whole)) == whole


@pytest.mark.parametrize("spoilt", [
    b"", b"\1\0\0\0", packed(outline([[SQUARE]]))[:-1], packed(outline([[SQUARE]])) + b"x",
])
def test_other_bytes_are_no_outline(spoilt):
    with pytest.raises(ValueError, match=r"no outline|bytes length"):
        unpacked(spoilt)


@pytest.mark.parametrize("tolerance", [300, 1500, 20_000])
def test_thinning_moves_a_border_by_no_more_than_it_says(tolerance):
    for _code, ring in borders(VILLAGES, step=0.02):
        whole = outline([[ring]])
        thin = thinned(whole, tolerance)
        (kept,) = thin.rings
        assert {*pairs(kept)} <= {*pairs(whole.rings[0])}
        assert all(_distance(point, [*pairs(kept)]) <= 1.5 * tolerance for point in pairs(whole.rings[0]))
    assert thin.points < whole.points


def _distance(point, ring):
    return min(_to_line(point, one, other) for one, other in zip(ring, [*ring[1:], ring[0]], strict=True))


def _to_line(point, one, other):
    dx, dy = other[0] - one[0], other[1] - one[1]
    along = ((point[0] - one[0]) * dx + (point[1] - one[1]) * dy) / (dx * dx + dy * dy)
    along = min(max(along, 0), 1)
    return hypot(point[0] - one[0] - along * dx, point[1] - one[1] - along * dy)


def test_a_place_smaller_than_the_tolerance_stays_a_triangle():
    tiny = outline([[[(104.0, -3.0), (104.00001, -3.0), (104.00001, -2.99999), (104.0, -2.99999)]]])
    assert thinned(tiny, 50_000).points == 3


def test_villages_that_lie_side_by_side_make_one_area_without_seams():
    villages = [outline([[ring]]) for _code, ring in borders(VILLAGES, step=0.02)]
    city = joined(villages)
    assert len(city.rings) == 1
    assert sum(doubled_area(ring) for each in villages for ring in each.rings) == doubled_area(city.rings[0])
    (nobody,) = joined([each for number, each in enumerate(villages) if number != 5]).rings[:1]
    assert doubled_area(nobody) > 0


def test_a_village_that_lacks_in_the_middle_leaves_a_hole():
    nine = [_tile(x, y) for x in range(3) for y in range(3)]
    around = joined([each for number, each in enumerate(nine) if number != 4])
    assert [doubled_area(ring) > 0 for ring in around.rings] == [True, False]
    assert not holds(around, 104.15 * MICRO, -2.85 * MICRO)


def _tile(x, y):
    left, bottom = 104 + x / 10, -3 + y / 10
    return outline([[[(left, bottom), (left + 0.1, bottom), (left + 0.1, bottom + 0.1), (left, bottom + 0.1)]]])
