"""The map of an area: its figures are those of the dashboard and of the indicators, its classes hold them."""

from fractions import Fraction

import pytest

from p2kp_desktop.actions.home import board, map_figures
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.scores import over_time
from p2kp_desktop.forms import Household
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.reports import area_map
from p2kp_desktop.rules import regulation
from p2kp_desktop.rules.map_measures import Scale, classes, measures
from p2kp_desktop.rules.profile import ALL
from p2kp_desktop.schema.area_map import Spot
from p2kp_desktop.schema.drawing import drawn
from p2kp_desktop.schema.outline import outline
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import boundaries
from p2kp_desktop.store.boundaries import Boundary
from tests.conftest import KELURAHAN
from tests.rules.rts import GOOD

OTHER = "16.71.02.1005"
PERIOD = "2026"


@pytest.fixture
def city(make_workspace):
    workspace = make_workspace("kota", "district", ("16.71",))
    for number, (region, rt) in enumerate(((KELURAHAN, "001/001"), (KELURAHAN, "002/001"), (OTHER, "001/001"))):
        for home in range(4):
            recording.record(workspace, Household, {
                "region": region, "rt": rt, "head_name": f"Siti {home}", "building": str(home), "kk_count": 1,
                "water_source": "a" if home < number + 1 else "e", "water_sufficiency": "a", "defecation": "a",
                "closet": "a", "faeces": "a", "mbr": "mbr" if home == 0 else "non_mbr",
            })
    return workspace


def keep(workspace, **rings):
    with workspace.changing() as connection:
        return [*boundaries.keep(connection, [
            Boundary(spot, "", "uji.geojson", "2026-01-01", outline([[ring]])) for spot, ring in rings["of"].items()])]


def box(x, y, side=0.01):
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]


def figures(shown):
    return {place.spot: place.value for place in shown.places if place.value is not None}


def test_each_level_of_area_is_divided_into_the_ones_below_it(city):
    for area, unit, number in (("16", "kota", 17), ("16.71", "kecamatan", 18), ("16.71.01", "kelurahan", 7)):
        shown = area_map.area_map(city, Scope(area, None, PERIOD))
        assert (shown.unit, len(shown.places)) == (unit, number)
    shown = area_map.area_map(city, Scope(KELURAHAN, None, PERIOD))
    assert [place.spot for place in shown.places] == [Spot(KELURAHAN, "001/001"), Spot(KELURAHAN, "002/001")]
    assert len(area_map.area_map(city, Scope("16", None, PERIOD), unit="kelurahan").places) == 3259


def test_the_figures_are_those_of_the_dashboard(city):
    below = board.board(city, KELURAHAN, PERIOD).below
    shown = figures(area_map.area_map(city, Scope(KELURAHAN, None, PERIOD), "water_safe"))
    assert shown == {Spot(each.region, each.rt): each.sums.share("water") for each in below}
    assert figures(area_map.area_map(city, Scope("16.71", None, PERIOD), "water_safe")) == {
        Spot("16.71.01"): Fraction(3, 8), Spot("16.71.02"): Fraction(3, 4)}


@pytest.mark.parametrize(("area", "unit"), [
    ("16", "kota"), ("16.71", "kelurahan"), ("16.71.01", "kelurahan"), (KELURAHAN, "rt")])
def test_every_indicator_has_the_same_figure_as_the_table_over_time(city, area, unit):
    lines = over_time.indicator_lines(city, area, period=PERIOD, groups=(ALL,))
    told = {(line.indicator.key, Spot(line.stage.region, line.stage.rt)): line.figure for line in lines}
    known = measures("2018")
    for key in ("water_safe", "toilet", "sanitation_technical", "mbr", "water_piped", "decent_housing", "slum_ha",
                "slum_households", "members_female"):
        found = figures(area_map.area_map(city, Scope(area, None, PERIOD), key, unit=unit))
        for spot, value in found.items():
            figure = told[key, spot]
            wanted = figure.good if known[key].scale is Scale.AMOUNT else Fraction(figure.good) / Fraction(figure.of)
            assert value == wanted, (key, spot)
        assert found or key in ("members_female", "slum_households"), key


def test_every_measure_can_be_shown_and_its_classes_hold_its_figures(city):
    rules = regulation("2018")
    for key, measure in measures("2018").items():
        shown = area_map.area_map(city, Scope(KELURAHAN, None, PERIOD), key)
        known = classes(measure, rules, [place.value for place in shown.places])
        assert shown.title
        assert len({band.title for band in known.bands}) == len(known.bands), key
        assert len({(band.shade, band.pattern) for band in known.bands}) == len(known.bands), key
        assert [place.band for place in shown.places] == [known.of(place.value) for place in shown.places]


@pytest.mark.parametrize(("key", "value", "title"), [
    ("level", 15, "Tidak kumuh 0–15"), ("level", 16, "Kumuh ringan 16–37"), ("level", 60, "Kumuh berat 60–80"),
    ("water_safe", 0, "0 %"), ("water_safe", Fraction(1, 3), "di bawah 50 %"), ("water_safe", 1, "100 %"),
    ("water_safe", Fraction(999, 1000), "80–99 %"), ("c:1a", Fraction(1, 4), "25–50 %"),
    ("c:1a", Fraction(51, 100), "51–75 %"), ("slum_ha", 0, "0,00 ha"), ("water_safe", None, "belum ada data"),
])
def test_a_figure_is_of_the_class_whose_bounds_it_keeps(key, value, title):
    known = classes(measures("2018")[key], regulation("2018"), [Fraction(1), Fraction(5), Fraction(9)])
    assert known.bands[known.of(None if value is None else Fraction(value))].title == title


def test_amounts_are_classed_by_the_places_in_sight():
    values = [Fraction(each) for each in (0, 1, 2, 4, 8, 16, 32)]
    known = classes(measures("2018")["slum_ha"], regulation("2018"), values)
    assert [band.title for band in known.bands] == [
        "0,00 ha", "di bawah 4,00 ha", "4,00 ha sampai di bawah 16,00 ha", "16,00 ha atau lebih", "belum ada data"]
    assert [known.of(Fraction(each)) for each in (0, 1, 4, 15, 16)] == [0, 1, 2, 2, 3]
    assert [band.title for band in classes(measures("2018")["slum_ha"], regulation("2018")).bands] == [
        "0,00 ha", "di atas 0", "belum ada data"]


def test_boundaries_make_a_map_and_those_that_lack_are_named(city):
    recording.record(city, Rt, {"region": KELURAHAN, "rt": "003/001", "latitude": "-2.99", "longitude": "104.75"})
    keep(city, of={Spot(KELURAHAN, "001/001"): box(104.75, -2.99), Spot(KELURAHAN, "002/001"): box(104.76, -2.99)})
    shown = area_map.area_map(city, Scope(KELURAHAN, None, PERIOD))
    assert not shown.is_of_tiles
    assert [each.name for each in shown.without_outline] == ["RT 003 / RW 01"]
    assert shown.notes[0] == "Tanpa batas di peta: RT 003 / RW 01."
    assert shown.notes[1] == "1 titik: rumah dan catatan lain dengan koordinat. Tetikus menunjukkan namanya."
    assert [(dot.kind, dot.longitude, dot.latitude) for dot in shown.dots] == [("rt", 104.75, -2.99)]


def test_a_house_with_coordinates_is_a_point_of_its_period_whatever_boundaries_there_are(city):
    for year in (PERIOD, "2025"):
        recording.record(city, Household, {"region": KELURAHAN, "rt": "001/001", "period": year, "building": "9",
                                           "head_name": "Nur", "latitude": "-2.9912", "longitude": "104.7634"})
    shown = area_map.area_map(city, Scope(KELURAHAN, None, PERIOD))
    assert [(dot.kind, dot.longitude, dot.latitude) for dot in shown.dots] == [("household", 104.7634, -2.9912)]
    assert "1 catatan berkoordinat: U menunjukkan letaknya." in shown.notes
    whole = area_map.area_map(city, Scope(KELURAHAN, None, PERIOD), unit="kelurahan")
    assert len(drawn(whole, 400, 300).dots) == 1
    paper = area_map.map_svg(city, Scope(KELURAHAN, None, PERIOD), unit="kelurahan", width=400, height=300)
    assert ("Nur" in paper, 'r="1.4"' in paper) == (False, False)


def test_without_boundaries_the_places_are_tiles(city):
    shown = area_map.area_map(city, Scope("16.71", None, PERIOD))
    assert shown.is_of_tiles
    assert shown.notes[0] == "Batas wilayahnya belum diimpor: setiap kotak satu tempat, bukan letaknya."


def test_what_may_still_change_is_marked_and_what_nobody_knows_is_of_the_last_class(city):
    recording.record(city, RtRecap, {**GOOD, "region": OTHER, "rt": "009/001", "period": PERIOD, "official": "a"})
    shown = {place.spot: place for place in area_map.area_map(city, Scope(OTHER, None, PERIOD)).places}
    assert (shown[Spot(OTHER, "009/001")].sure, shown[Spot(OTHER, "001/001")].sure) == (True, False)
    assert "sementara" in shown[Spot(OTHER, "001/001")].told
    nowhere = area_map.area_map(city, Scope("16.71.03", None, PERIOD)).places
    assert {(place.band, place.shown, place.sure) for place in nowhere} == {(4, "belum ada data", True)}


def test_outlines_are_only_as_exact_as_the_page_shows(city):
    spot = Spot("16.71.01")
    ring = [(104.7 + 0.0001 * number, -3 + 0.00002 * (number % 2)) for number in range(500)]
    keep(city, of={spot: [*ring, (104.75, -2.9)]})
    exact = area_map.area_map(city, Scope("16.71", None, PERIOD)).outlines[spot]
    rough = area_map.area_map(city, Scope("16.71", None, PERIOD), size=(100, 100)).outlines[spot]
    assert (exact.points, rough.points) == (501, 3)


def test_paper_has_the_map_of_any_scope(city):
    text = area_map.map_svg(city, Scope("16.71", None, PERIOD), "water_safe", width=500, height=300)
    assert text.startswith("<svg")
    assert "Akses air minum aman" in text


def test_a_kelurahan_can_be_looked_at_as_one(city):
    assert map_figures.units_of(KELURAHAN) == ("rt", "kelurahan")
    (whole,) = area_map.area_map(city, Scope(KELURAHAN, None, PERIOD), "water_safe", unit="kelurahan").places
    assert (whole.spot, whole.value) == (Spot(KELURAHAN), Fraction(3, 8))
