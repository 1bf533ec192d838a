"""p2kp boundaries, and the polygons that reports give to programs for maps."""

import json
from pathlib import Path

from tests import boundary_files as files

from .conftest import init

CITY = "16.71"
LIMA = "16.71.06.1005"


def test_boundaries_are_rehearsed_then_kept_listed_and_removed(p2kp):
    name = init(p2kp, "a", role="district", region=CITY)
    files.geopackage(Path("batas.gpkg"))
    rehearsed = p2kp("boundaries", name, "import", "batas.gpkg", "--rehearse", "--json")
    told = rehearsed.json()
    features = told.pop("features")
    assert told == {
        "file": "batas.gpkg", "kind": "GeoPackage", "system": "WGS 84", "read": 4, "by_code": 2, "by_name": 1,
        "by_hand": 0, "unmatched": 1, "doubles": 0, "outside": 0, "without_area": 0, "places": 3, "replaces": 0,
    }
    assert [each["region"] for each in features] == [LIMA, "16.71.06.1006", "16.71.06.1012", None]
    assert "Belum cocok: 4 «Negeri Dongeng, Ilir Timur Dua»." in rehearsed.err
    assert "Gladi: belum ada yang berubah." in rehearsed.err
    assert p2kp("boundaries", name, "--json").json() == {"boundaries": []}
    done = p2kp("boundaries", name, "import", "batas.gpkg", "--assign", "4=16.71.06.1009")
    assert (done.code, done.out) == (0, "4 batas: 2 menurut kode, 1 menurut nama, 1 ditentukan, 0 belum cocok, 0 di "
                                        "luar wilayah ini.\n")
    listed = p2kp("boundaries", name)
    assert listed.out.splitlines()[0].endswith("Lima Ilir, Ilir Timur Dua, Kota Palembang  (batas.gpkg)")
    assert p2kp("boundaries", name, "remove", "--region", LIMA, "--json").json() == {"removed": 1}
    assert len(p2kp("boundaries", name, "--json").json()["boundaries"]) == 3


def test_a_file_that_does_not_say_its_system_is_asked_about_and_then_read(p2kp):
    name = init(p2kp, "a", role="district", region=CITY)
    files.geojson(Path("utm.geojson"), files.moved(files.PLACES, 48))
    refused = p2kp("boundaries", name, "import", "utm.geojson", "--rehearse")
    assert (refused.code, "Kode B35" in refused.err) == (1, True)
    told = p2kp("boundaries", name, "import", "utm.geojson", "--system", "48S", "--json").json()
    assert (told["system"], told["kept"]) == ("UTM 48S", 3)
    wrong = p2kp("boundaries", name, "import", "utm.geojson", "--system", "48S", "--assign", "9=16")
    assert (wrong.code, "Kode I32" in wrong.err) == (1, True)


def test_a_report_of_places_gives_their_boundaries_and_nothing_private(p2kp):
    name = init(p2kp, "a", role="district", region=CITY)
    p2kp("records", name, "put", "household", lines=[
        {"region": LIMA, "rt": "014/005", "head_name": "Siti Rahasia", "nik": "1671064101800001", "building": "1"}])
    without = p2kp("report", "kelurahan", name, "a.geojson")
    assert (without.code, "Kode Q19" in without.err) == (1, True)
    p2kp("boundaries", name, "import", files.geojson(Path("batas.geojson")))
    assert p2kp("report", "kelurahan", name, "kelurahan.geojson").code == 0
    text = Path("kelurahan.geojson").read_text(encoding="utf-8")
    (feature,) = json.loads(text)["features"]
    assert feature["geometry"] == {"type": "Polygon", "coordinates": [
        [list(point) for point in files.PLACES[0][1][0][0]]]}
    assert feature["properties"]["region"] == LIMA
    assert "Rahasia" not in text
    assert "1671064101800001" not in text


def test_the_map_of_a_kecamatan_is_a_report_with_every_figure(p2kp):
    name = init(p2kp, "a", role="district", region=CITY)
    p2kp("records", name, "put", "household", lines=[
        {"region": LIMA, "rt": "014/005", "head_name": "Siti", "building": "1", "water_source": "a"}])
    p2kp("boundaries", name, "import", files.shape(Path("batas.shp")))
    assert p2kp("report", "map", name, "peta.geojson", "--region", "16.71.06").code == 0
    features = {each["properties"]["region"]: each
                for each in json.loads(Path("peta.geojson").read_text(encoding="utf-8"))["features"]}
    assert features["16.71.06.1012"]["geometry"]["type"] == "MultiPolygon"
    assert len(features["16.71.06.1006"]["geometry"]["coordinates"]) == 2
    assert features[LIMA]["properties"]["water_safe"] == 100
    assert features["16.71.06.1006"]["properties"]["water_safe"] is None
    rows = p2kp("report", "map", name, "-", "--region", "16.71.06").json()["rows"]
    assert {row["region"]: row["households"] for row in rows if row["households"]} == {LIMA: 1}


def test_an_rt_without_a_boundary_is_the_point_where_it_is(p2kp):
    name = init(p2kp, "a", region=LIMA)
    p2kp("records", name, "put", "rt", lines=[
        {"rt": "014/005", "latitude": "-2.985", "longitude": "104.775"}, {"rt": "015/005"}])
    p2kp("boundaries", name, "import", files.geojson(Path("rt.geojson"), [
        ({"RT": "15", "RW": "5"}, [[files.square(104.77, -2.99)]])]))
    assert p2kp("report", "rt", name, "rt.geojson.geojson").code == 0
    found = json.loads(Path("rt.geojson.geojson").read_text(encoding="utf-8"))["features"]
    assert [each["geometry"]["type"] for each in found] == ["Point", "Polygon"]
