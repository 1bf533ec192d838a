"""Boundaries of a file: rehearsed, put right by hand, kept, replaced, taken away; wider areas are made of them."""

from pathlib import Path

import pytest

from borders import borders
from p2kp_desktop.actions.bundles import sending
from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.common.long_work import Cancelled
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.upkeep import boundary_files, salvage
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.area_map import Spot
from p2kp_desktop.schema.outline import doubled_area
from p2kp_desktop.schema.places import regions
from p2kp_desktop.store import boundaries, marks, open_workspace
from tests import boundary_files as files

LIMA, TIGA, BUAH = Spot("16.71.06.1005"), Spot("16.71.06.1006"), Spot("16.71.06.1012")


@pytest.fixture
def city(make_workspace):
    return make_workspace("kota", "district", ("16.71",))


def kept(workspace):
    return {each.spot: each for each in boundary_files.listed(workspace)}


def outline_of(workspace, spot, tolerance=0):
    with workspace.asking() as connection:
        return boundaries.outlines(connection, [spot], tolerance).get(spot)


def test_a_rehearsal_tells_what_would_be_kept_and_changes_nothing(city, tmp_path):
    more = [*files.PLACES, ({"KDEPUM": "16.74.01.1001", "WADMKD": "Di kota lain", "WADMKC": "x"},
                            [[files.square(104.2, -3.4)]])]
    found = boundary_files.rehearse(city, files.shape(tmp_path / "b.shp", more))
    assert (found.by_code, found.by_name, len(found.unmatched), len(found.outside)) == (3, 1, 1, 1)
    assert [*found.places] == [LIMA, TIGA, BUAH]
    assert [each.label for each in found.unmatched] == ["Negeri Dongeng, Ilir Timur Dua"]
    assert found.doubles == {}
    assert kept(city) == {}


def test_what_nobody_could_tell_is_assigned_by_hand(city, tmp_path):
    found = boundary_files.rehearse(city, files.kml(tmp_path / "b.kml"))
    told = boundary_files.assign(found, 3, Spot("16.71.06.1009"))
    assert (told.by_hand, told.unmatched) == (1, [])
    assert boundary_files.keep(city, told).kept == 4
    assert Spot("16.71.06.1009") in kept(city)


def test_a_second_file_replaces_the_boundaries_of_its_places_only(city, tmp_path):
    boundary_files.keep(city, boundary_files.rehearse(city, files.geojson(tmp_path / "a.geojson")))
    other = [({"KDEPUM": LIMA.region}, [[files.square(104.5, -3.0, 0.03)]])]
    found = boundary_files.rehearse(city, files.geojson(tmp_path / "b.geojson", other))
    assert found.replaced == 1
    done = boundary_files.keep(city, found)
    assert (done.kept, done.replaced) == (1, 1)
    assert {spot: each.file for spot, each in kept(city).items()} == {
        LIMA: "b.geojson", TIGA: "a.geojson", BUAH: "a.geojson"}
    assert doubled_area(outline_of(city, LIMA).rings[0]) == 2 * 30_000**2


def test_several_features_of_one_place_are_its_parts_and_the_same_twice_is_one(city, tmp_path):
    twice = [({"KDEPUM": LIMA.region}, [[files.square(x, -3)]]) for x in (104.7, 104.8, 104.7)]
    found = boundary_files.rehearse(city, files.geojson(tmp_path / "a.geojson", twice))
    assert {spot: len(several) for spot, several in found.doubles.items()} == {LIMA: 3}
    boundary_files.keep(city, found)
    assert len(outline_of(city, LIMA).rings) == 2


def test_a_file_of_which_nothing_is_of_this_workspace_keeps_nothing(make_workspace, tmp_path):
    other = make_workspace("lahat", "district", ("16.04",))
    found = boundary_files.rehearse(other, files.geojson(tmp_path / "a.geojson"))
    assert (found.places, len(found.outside)) == ({}, 3)
    with pytest.raises(Trouble) as trouble:
        boundary_files.keep(other, found)
    assert trouble.value.code == "I31"


def test_an_rt_without_its_rw_is_the_one_that_is_recorded(make_workspace, tmp_path):
    workspace = make_workspace("kel", regions=(LIMA.region,))
    recording.record(workspace, Rt, {"region": LIMA.region, "rt": "014/005"})
    places = [({"RT": number}, [[files.square(104.7 + int(number) / 100, -3)]]) for number in ("14", "15")]
    found = boundary_files.rehearse(workspace, files.geojson(tmp_path / "rt.geojson", places))
    assert [*found.places] == [Spot(LIMA.region, "014/005"), Spot(LIMA.region, "015")]


def test_wider_areas_are_made_of_nearly_all_of_their_parts_and_go_with_them(city, tmp_path):
    villages = [code for code, place in regions().items() if place.is_village and code.startswith("16.71.")]
    missing = next(code for code in villages if code.startswith("16.71.06."))
    places = [({"KODE": code}, [[[*ring, ring[0]]]]) for code, ring in borders(villages, step=0.02) if code != missing]
    done = boundary_files.keep(city, boundary_files.rehearse(city, files.geojson(tmp_path / "a.geojson", places)))
    derived = {spot.region for spot, each in kept(city).items() if each.derived}
    districts = {code for code in regions() if code.startswith("16.71.") and code.count(".") == 2}
    assert derived == {*districts, "16.71"}
    assert done.derived == len(derived)
    assert len(outline_of(city, Spot("16.71.01")).rings) == 1
    assert outline_of(city, Spot("16.71"), boundaries.COARSE).points < outline_of(city, Spot("16.71")).points
    some = [spot for spot, each in kept(city).items() if not each.derived and spot.region.startswith("16.71.01.")]
    assert boundary_files.remove(city, some) == len(some)
    assert Spot("16.71.01") not in kept(city)
    assert boundary_files.remove(city) == len(villages) - 1 - len(some)
    assert kept(city) == {}


def test_a_file_that_names_the_wider_area_itself_is_believed(city, tmp_path):
    places = [({"KODE": "16.71.06"}, [[files.square(104.7, -3, 0.1)]]), *files.PLACES]
    places = [({"KODE": values.get("KODE") or values.get("KDEPUM", "")}, polygons) for values, polygons in places]
    boundary_files.keep(city, boundary_files.rehearse(city, files.geojson(tmp_path / "a.geojson", places)))
    assert not kept(city)[Spot("16.71.06")].derived


def test_work_that_is_stopped_keeps_nothing(city, tmp_path):
    found = boundary_files.rehearse(city, files.geojson(tmp_path / "a.geojson"))

    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        boundary_files.keep(city, found, stop)
    assert kept(city) == {}


def test_boundaries_are_there_after_closing_and_tell_of_their_file(city, tmp_path):
    boundary_files.keep(city, boundary_files.rehearse(city, files.geojson(tmp_path / "a.geojson")))
    name = city.name
    city.close()
    with open_workspace(name) as again:
        found = boundary_files.by_file(boundary_files.listed(again))
        assert [(file, dict(counts)) for (file, _time), counts in found.items()] == [("a.geojson", {"kelurahan": 3})]


def test_a_backup_is_due_after_boundaries_came_and_after_they_went(city, tmp_path):
    first = marks.mark(city)
    boundary_files.keep(city, boundary_files.rehearse(city, files.geojson(tmp_path / "a.geojson")))
    second = marks.mark(city)
    boundary_files.remove(city)
    assert len({first, second, marks.mark(city)}) == 3


def test_boundaries_are_in_a_backup_in_what_is_saved_of_a_damaged_file_and_in_no_bundle(city, tmp_path):
    recording.record(city, Rt, {"region": LIMA.region, "rt": "014/005"})
    boundary_files.keep(city, boundary_files.rehearse(city, files.geojson(tmp_path / "a.geojson")))
    there = {spot: outline_of(city, spot) for spot in kept(city)}
    backup, sent = backups.back_up(city), sending.send(city, tmp_path)
    city.close()
    with open_workspace(backup) as copy:
        assert {spot: outline_of(copy, spot) for spot in kept(copy)} == there
    salvage.salvage(Path(city.name))
    with open_workspace(city.name) as saved:
        assert {spot: outline_of(saved, spot) for spot in kept(saved)} == there
    assert b"a.geojson" not in sent.path.read_bytes()
