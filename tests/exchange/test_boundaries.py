"""Boundaries are read the same from every kind of file; a hostile, damaged or foreign one says so."""

import json
import shutil
import zipfile
from contextlib import closing
from dataclasses import replace
from math import cos, radians, sin, sqrt

import pytest

from p2kp_desktop.databases import library
from p2kp_desktop.exchange.boundaries import features
from p2kp_desktop.exchange.boundaries.systems import by_code, by_name, by_wkt, utm_zone
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.outline import MICRO, doubled_area, pairs
from tests import boundary_files as files

OF_SHAPE = {".zip": lambda path: files.zipped(path, [
    each for each in [files.shape(path.parent / "desa.shp")] for each in sorted(each.parent.glob("desa.*"))])}
WRITERS = {
    "batas.geojson": files.geojson, "batas.shp": files.shape, "shape.zip": OF_SHAPE[".zip"],
    "batas.gpkg": files.geopackage, "batas.kml": files.kml, "batas.kmz": files.kmz,
    "terbalik.gpkg": lambda path: files.geopackage(path, big_endian=True),
    "geojson.zip": lambda path: files.zipped(path, [files.geojson(path.parent / "desa.geojson")]),
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_kind_of_file_gives_the_same_boundaries(tmp_path, name):
    found = features.read(WRITERS[name](tmp_path / name))
    assert [each.values["WADMKD"] for each in found.features] == ["5 ILIR", "3 Ilir", "Kel. Sungai Buah",
                                                                  "Negeri Dongeng"]
    assert [each.values.get("KDEPUM", "") for each in found.features][:2] == ["16.71.06.1005", "1671061006"]
    assert [[doubled_area(ring) for ring in each.outline.rings] for each in found.features] == [
        [200_000_000], [200_000_000, -32_000_000], [200_000_000, 8_000_000], [200_000_000]]
    assert (104_770_000, -2_980_000) in {*pairs(found.features[0].outline.rings[0])}
    assert (found.system, found.without_area) == ("WGS 84", 0)


@pytest.mark.parametrize(("write", "given"), [
    (lambda path, places: files.geojson(path / "b.geojson", places, crs={
        "type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32748"}}), ""),
    (lambda path, places: files.shape(path / "b.shp", places, prj=files.UTM_48S), ""),
    (lambda path, places: files.geopackage(path / "b.gpkg", places, srs=32748), ""),
    (lambda path, places: files.shape(path / "b.shp", places, prj=""), "48S"),
    (lambda path, places: files.geojson(path / "b.geojson", places), "32748"),
])
def test_metres_of_utm_become_degrees(tmp_path, write, given):
    found = features.read(write(tmp_path, files.moved(files.PLACES, 48)), given)
    assert found.system == "UTM 48S"
    for (_values, polygons), feature in zip(files.PLACES, found.features, strict=True):
        wanted = {(round(x * MICRO), round(y * MICRO)) for polygon in polygons for ring in polygon for x, y in ring}
        there = {point for ring in feature.outline.rings for point in pairs(ring)}
        assert all(min(abs(x - a) + abs(y - b) for a, b in there) <= 2 for x, y in wanted)


@pytest.mark.parametrize(("zone", "north"), [(48, False), (47, False), (48, True), (49, False)])
def test_a_zone_there_and_back_is_the_same_place(tmp_path, zone, north):
    west = {47: 100.9, 48: 104.7, 49: 108.4}[zone]
    places = [({"DESA": "x", "B": "y"}, [[files.square(west, 0.5 if north else -3.2)]])]
    metres = files.moved(places, zone, north=north)
    found = features.read(files.geojson(tmp_path / "b.geojson", metres), f"{zone}{'N' if north else 'S'}")
    assert {*pairs(found.features[0].outline.rings[0])} == {
        (round(x * MICRO), round(y * MICRO)) for x, y in places[0][1][0][0]}


@pytest.mark.parametrize("latitude", [-1.7, -3.0, -4.9])
def test_known_points_of_utm(latitude):
    """On the middle meridian of zone 48 the east is 500 km, and the north the arc of the meridian of WGS 84."""
    radius, square = 6378137.0, 0.00669437999014
    steps = 20_000
    arc = sum(
        radius * (1 - square) / sqrt(1 - square * sin(radians(latitude * (part + 0.5) / steps)) ** 2) ** 3
        for part in range(steps)
    ) * radians(latitude) / steps
    longitude, found = utm_zone(48, north=False).degrees(500_000, 10_000_000 + 0.9996 * arc)
    assert longitude == pytest.approx(105, abs=1e-7)
    assert found == pytest.approx(latitude, abs=2e-7)
    east, _ = utm_zone(48, north=False).degrees(500_000 - 0.9996 * radius * radians(0.01) * cos(radians(latitude)),
                                                10_000_000 + 0.9996 * arc)
    assert east == pytest.approx(104.99, abs=2e-5)


@pytest.mark.parametrize(("system", "name"), [
    (by_code(4326), "WGS 84"), (by_code(32748), "UTM 48S"), (by_code(32647), "UTM 47N"),
    (by_code(23878), "UTM 48S"), (by_code(3857), "Web Mercator"), (by_name("urn:ogc:def:crs:OGC:1.3:CRS84"),
                                                                  "WGS 84"),
    (by_name("EPSG:32747"), "UTM 47S"), (by_name("47s"), "UTM 47S"), (by_name("48 N"), "UTM 48N"),
    (by_wkt(files.UTM_48S), "UTM 48S"),
    (by_wkt(files.UTM_48S.replace("WGS_1984_UTM_Zone_48S", "PETA KOTA")), "UTM 48S"),
    (by_wkt(files.WGS84), "WGS 84"),
])
def test_a_system_is_known_by_its_code_its_name_and_its_definition(system, name):
    assert system.name == name
    assert system.degrees is not None


@pytest.mark.parametrize("system", [
    by_code(23833), by_name("99S"),
    by_wkt(files.UTM_48S.replace("0.9996", "0.9999").replace("UTM_Zone_48S", "TM3_48_2")),
    by_wkt(files.WGS84.replace("D_WGS_1984", "Batavia")), by_wkt("LOCAL_CS[\"tambang\"]"),
])
def test_a_system_that_would_lie_is_not_taken_for_one_that_is_known(system):
    assert system.degrees is None


def test_web_mercator_becomes_degrees():
    longitude, latitude = by_code(3857).degrees(11_661_100.0, -333_000.0)
    assert (longitude, latitude) == (pytest.approx(104.7534, abs=1e-4), pytest.approx(-2.99, abs=1e-2))


def refused(path, system=""):
    with pytest.raises(Trouble) as trouble:
        features.read(path, system)
    said = trouble.value
    assert said.what.endswith(".")
    assert said.remedy.endswith(".")
    assert said.safe
    return said.code


def test_numbers_that_are_no_degrees_are_asked_about(tmp_path):
    metres = files.moved(files.PLACES, 48)
    assert refused(files.geojson(tmp_path / "a.geojson", metres)) == "B35"
    assert refused(files.shape(tmp_path / "b.shp", metres, prj="")) == "B35"


def test_a_wrong_zone_or_degrees_the_wrong_way_about_are_refused(tmp_path):
    metres = files.moved(files.PLACES, 48)
    assert refused(files.geojson(tmp_path / "a.geojson", metres), "30S") == "B36"
    assert refused(files.shape(tmp_path / "b.shp", metres, prj=files.WGS84)) == "B36"
    turned = [(values, [[[(y, x) for x, y in ring] for ring in polygon] for polygon in polygons])
              for values, polygons in files.PLACES]
    assert refused(files.geojson(tmp_path / "c.geojson", turned)) in ("B35", "B36")


def test_a_system_that_nobody_knows_is_named(tmp_path):
    path = files.geopackage(tmp_path / "b.gpkg", files.moved(files.PLACES, 48), srs=23833)
    with pytest.raises(Trouble, match="EPSG:23833"):
        features.read(path)
    assert refused(path) == "B37"


def _points(path):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [104.7, -3]}}]}),
                    encoding="utf-8")


def _bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", b"<kml>" + b" " * (60 << 20))


def _entities(path):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    path.write_text(files.kml_text(doctype=f'<!DOCTYPE kml [<!ENTITY l0 "ha">{laughs}]>'), encoding="utf-8")


def _two(path):
    files.zipped(path, [files.geojson(path.parent / "a.geojson"), files.geojson(path.parent / "b.geojson")])


def _lying_blob(path):
    files.geopackage(path)
    with closing(library.connect(path)) as db:
        made = files.blob([[files.square(104, -3)]])
        db.execute(f"UPDATE {files.LAYER} SET geom = ?", (made.replace(b"\5\0\0\0", b"\xff\xff\xff\x7f"),))
        db.commit()


def _a_view_that_runs(path):
    files.geopackage(path)
    with closing(library.connect(path)) as db:
        db.execute(f"DROP TABLE {files.LAYER}")
        db.execute(f"CREATE VIEW {files.LAYER} AS SELECT load_extension('/tmp/x') AS geom")
        db.commit()


def _nested(path):
    path.write_text('{"type": "GeometryCollection", "geometries": ' + "[" * 100_000, encoding="utf-8")


def _halved(write):
    def halve(path):
        write(path)
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2])
    return halve


HOSTILE = {
    "kosong.geojson": (lambda path: path.write_bytes(b""), "B02"),
    "tidak.geojson": (lambda path: path.write_text("{}", encoding="utf-8"), "B31"),
    "gambar.png": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100)), "B31"),
    "halaman.html": (lambda path: path.write_text("<html><body>peta</body></html>", encoding="utf-8"), "B31"),
    "tabel.xlsx": (lambda path: files.zipped(path, [_a_sheet(path)]), "B31"),
    "titik.geojson": (_points, "B33"),
    "nan.geojson": (lambda path: files.geojson(path, [({"a": "b"}, [[[(float("nan"), 0)] * 4]])]), "B31"),
    "putus.geojson": (_halved(files.geojson), "B31"),
    "aneh.geojson": (lambda path: path.write_text(
        '{"type": "Polygon", "coordinates": [[[104, "x"], [1], null]]}', encoding="utf-8"), "B32"),
    "dalam.geojson": (_nested, "B31"),
    "bom.kmz": (_bomb, "B11"),
    "entitas.kml": (_entities, "B12"),
    "putus.kml": (_halved(files.kml), "B32"),
    "dua.zip": (_two, "B38"),
    "bohong.gpkg": (_lying_blob, "B32"),
    "jalan.gpkg": (_a_view_that_runs, "B32"),
    "putus.gpkg": (_halved(files.geopackage), "B32"),
    "lain.gpkg": (lambda path: library.connect(path).execute("CREATE TABLE a (b)").connection.close(), "B31"),
    "putus.shp": (_halved(files.shape), "B32"),
    "dalam.zip": (lambda path: files.zipped(path, [files.geopackage(path.parent / "a.gpkg")]), "B39"),
}


def _a_sheet(path):
    other = path.parent / "sheet.xml"
    other.write_text("<x/>", encoding="utf-8")
    return other


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_holds_no_boundaries_gets_its_own_sentence(tmp_path, name):
    write, code = HOSTILE[name]
    write(tmp_path / name)
    assert refused(tmp_path / name) == code


def test_a_shapefile_without_its_table_or_a_part_of_one_alone_says_what_lacks(tmp_path):
    files.shape(tmp_path / "b.shp")
    shutil.copy(tmp_path / "b.prj", tmp_path / "sendiri.prj")
    (tmp_path / "b.dbf").unlink()
    assert refused(tmp_path / "b.shp") == "B34"
    assert refused(tmp_path / "sendiri.prj") == "B34"
    assert refused(tmp_path / "tidak-ada.shp") == "B01"


def test_a_file_beyond_the_limits_is_not_read(tmp_path, monkeypatch):
    path = files.geojson(tmp_path / "b.geojson")
    monkeypatch.setattr(features, "BOUNDARIES", replace(features.BOUNDARIES, packed=100))
    assert refused(path) == "B11"
    monkeypatch.setattr(features, "BOUNDARIES", replace(features.BOUNDARIES, packed=1 << 20, handed=200))
    assert refused(path) == "B11"


def test_reading_writes_nothing_beside_the_file(tmp_path):
    path = files.geopackage(tmp_path / "b.gpkg")
    before = path.read_bytes()
    features.read(path)
    assert [each.name for each in tmp_path.iterdir()] == ["b.gpkg"]
    assert path.read_bytes() == before


def test_a_layer_list_without_end_and_half_a_letter_stop_nothing(tmp_path):
    path = files.geopackage(tmp_path / "a.gpkg")
    with closing(library.connect(path)) as db:
        db.execute("DROP TABLE gpkg_geometry_columns")
        db.execute("CREATE VIEW gpkg_geometry_columns AS WITH RECURSIVE t(n) AS "
                   "(SELECT 1 UNION ALL SELECT n + 1 FROM t LIMIT 1000000000) "
                   "SELECT 'batas \"desa\"' AS table_name, 'geom' AS column_name, 4326 AS srs_id FROM t")
        db.commit()
    assert len(features.read(path).features) == 4 * 1000
    half = files.geojson(tmp_path / "b.geojson", [({"WADMKD": "\ud800 Ilir"}, files.PLACES[0][1])])
    [feature] = features.read(half).features
    assert feature.values["WADMKD"] == "? Ilir"
