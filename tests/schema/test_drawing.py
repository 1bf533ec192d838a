"""A map on a page: every place lies where it should, is found by the grid as by looking at all, and fits the page."""

import re
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borders import borders
from p2kp_desktop.schema.area_map import AreaMap, Band, Dot, MapPlace, Pattern, Spot
from p2kp_desktop.schema.drawing import WIDE, drawn, fitting
from p2kp_desktop.schema.drawing_svg import svg
from p2kp_desktop.schema.outline import inside, outline
from p2kp_desktop.schema.table import Scope

WIDTH, HEIGHT = 640.0, 400.0
VILLAGES = [f"16.71.0{district}.10{village:02d}" for district in (1, 2, 3) for village in range(1, 9)]
OUTLINES = {Spot(code): outline([[ring]]) for code, ring in borders(VILLAGES, step=0.01)}
BANDS = (
    Band("Tidak kumuh 0–15", "tidak_kumuh", 0.05), Band("Kumuh berat 60–95", "berat", 0.9, Pattern.DENSE),
    Band("belum ada data", "unknown", 0, Pattern.HATCHED),
)


def a_map(outlines=OUTLINES, **more):
    places = tuple(
        MapPlace(spot, f"Desa {number}", Fraction(number), f"{number} (Kumuh)", number % 3, f"{number}",
                 sure=number % 2 == 0)
        for number, spot in enumerate(OUTLINES)
    )
    return AreaMap(Scope("16.71"), "level", "Tingkat <kekumuhan>", "", "kelurahan", BANDS, places, outlines, **more)


def test_every_place_lies_on_the_page_and_the_map_fills_it_one_way():
    found = drawn(a_map(), WIDTH, HEIGHT)
    assert [shape.place.spot for shape in found.shapes] == [*OUTLINES]
    left, right = min(each.box.left for each in found.shapes), max(each.box.right for each in found.shapes)
    top, bottom = min(each.box.top for each in found.shapes), max(each.box.bottom for each in found.shapes)
    assert min(left, top) >= 0
    assert right <= WIDTH
    assert bottom <= HEIGHT
    assert bottom - top == pytest.approx(HEIGHT - 28) or right - left == pytest.approx(WIDTH - 12)


@given(st.floats(0, WIDTH), st.floats(0, HEIGHT))
def test_the_grid_finds_what_looking_at_every_shape_finds(x, y):
    picture = _PICTURE
    there = [number for number, shape in enumerate(picture.shapes) if inside(shape.paths, x, y)]
    assert picture.at(x, y) == (there[0] if there else None)


_PICTURE = drawn(a_map(), WIDTH, HEIGHT)


def test_arrows_reach_every_place_from_any_other():
    picture, reached, left = _PICTURE, {0}, [0]
    while left:
        here = left.pop()
        for right, down in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            there = picture.beside(here, right, down)
            if there not in reached:
                reached.add(there)
                left.append(there)
    assert reached == {*range(len(picture.shapes))}


def test_a_label_stands_inside_its_shape_and_says_what_may_still_change():
    for shape in _PICTURE.shapes:
        words = fitting(shape, 7)
        assert words in ([shape.place.name, shape.place.brief + "*" * (not shape.place.sure)],
                         [shape.place.brief + "*" * (not shape.place.sure)], [])
        middle = (shape.room.left + shape.room.right) / 2, (shape.room.top + shape.room.bottom) / 2
        assert inside(shape.paths, *middle)


@pytest.mark.parametrize(("width", "height"), [(640, 400), (60, 700), (900, 90), (30, 30)])
def test_places_without_boundaries_are_tiles_that_stand_on_the_page(width, height):
    found = drawn(a_map({}), width, height)
    assert found.is_of_tiles
    assert len(found.shapes) == len(OUTLINES)
    assert max(shape.box.right for shape in found.shapes) <= width
    assert max(shape.box.bottom for shape in found.shapes) <= height
    assert len({(shape.box.left, shape.box.top) for shape in found.shapes}) == len(found.shapes)
    assert found.at(*found.shapes[7].middle) == 7


def test_no_tile_is_without_a_name_a_long_word_ends_in_dots():
    for tile in drawn(a_map({}), 640, 400).shapes:
        named = replace(tile, place=replace(tile.place, name="Sematangborangtimur"))
        size = named.room.width / (0.75 * len(named.place.name) * WIDE)  # so that most of it fits
        assert fitting(named, size)[0].endswith("…")


def test_where_some_have_a_boundary_the_others_are_told():
    spots = [*OUTLINES]
    some = a_map({spot: OUTLINES[spot] for spot in spots[2:]})
    assert [each.spot for each in some.without_outline] == spots[:2]
    assert len(drawn(some, WIDTH, HEIGHT).shapes) == len(spots) - 2


def test_a_record_lies_in_the_place_that_holds_it_and_one_far_away_is_left_out():
    spot = [*OUTLINES][5]
    ring = OUTLINES[spot].rings[0]
    x, y = sum(ring[0::2]) / len(ring) * 2 / 1e6, sum(ring[1::2]) / len(ring) * 2 / 1e6
    found = drawn(a_map(dots=(Dot(x, y, "household", "a", "Siti"), Dot(0, 0, "household", "b"))), WIDTH, HEIGHT)
    (dot,) = found.dots
    assert found.at(dot.x, dot.y) == 5
    assert found.dot_at(dot.x + 2, dot.y, 4) == dot
    assert found.dot_at(dot.x + 5, dot.y, 4) is None


def test_a_lone_place_without_a_boundary_fills_the_page_and_records_lie_on_it_as_they_do_to_each_other():
    dots = tuple(Dot(104.77 + x / 1000, -2.98 + y / 1000, "household", f"{x}{y}") for x, y in ((0, 0), (2, 0), (0, 1)))
    one = a_map({}, dots=dots)
    found = drawn(replace(one, places=one.places[:1]), WIDTH, HEIGHT)
    first, right, above = found.dots
    assert right.x - first.x == pytest.approx(2 * (first.y - above.y), rel=0.01)
    assert {found.at(dot.x, dot.y) for dot in found.dots} == {0}
    assert found.scale is not None


def test_paper_gets_every_shape_its_pattern_and_a_legend_with_numbers():
    text = svg(a_map(dots=(Dot(0, 0, "household", "a", "Siti"),)), WIDTH, HEIGHT)
    root = ElementTree.fromstring(text)
    titles = [each.text for each in root.iter("{http://www.w3.org/2000/svg}title")]
    assert titles[0] == "Tingkat <kekumuhan>"
    assert len(titles) == 1 + len(OUTLINES)
    legend = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert legend[-4:] == [
        "1 · Tidak kumuh 0–15 (8)", "2 · Kumuh berat 60–95 (8)", "3 · belum ada data (8)", "* sementara"]
    assert {*re.findall(r"url\(#([^)]*)\)", text)} == {"p-dense", "p-hatched"}
    assert "Siti" not in text
    assert "Tidak kumuh" not in svg(a_map(), WIDTH, HEIGHT, legend=False)
