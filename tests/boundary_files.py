"""Files of boundaries as other programs write them, made of the same places."""

import json
import struct
import zipfile
from contextlib import closing
from xml.sax.saxutils import escape

import shapefile
import utm

from p2kp_desktop.databases import library

LAYER = '"batas ""desa"""'  # the name of the layer as SQL has it
UTM_48S = (
    'PROJCS["WGS_1984_UTM_Zone_48S",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,'
    '298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",10000000.0],PARAMETER["Central_Meridian",105.0],'
    'PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)
WGS84 = ('GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
         'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]')


def square(x, y, side=0.01):
    """Return a ring against the clock, closed."""
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]


# fields of a feature, and its polygons (rings: the outer one, then holes), in degrees
PLACES = (
    ({"KDEPUM": "16.71.06.1005", "WADMKD": "5 ILIR", "WADMKC": "Ilir Timur Dua"}, [[square(104.77, -2.98)]]),
    ({"KDEPUM": "1671061006", "WADMKD": "3 Ilir", "WADMKC": "Ilir Timur Dua"},
     [[square(104.78, -2.98), square(104.783, -2.977, 0.004)[::-1]]]),
    ({"KDEPUM": "", "WADMKD": "Kel. Sungai Buah", "WADMKC": "ILIR TIMUR DUA"},
     [[square(104.79, -2.98)], [square(104.81, -2.98, 0.002)]]),
    ({"KDEPUM": "", "WADMKD": "Negeri Dongeng", "WADMKC": "Ilir Timur Dua"}, [[square(104.80, -2.98)]]),
)


def moved(places, zone, *, north=False):
    """Return the places in metres of a zone of UTM."""
    def of(point):
        return utm.from_latlon(point[1], point[0], force_zone_number=zone, force_northern=north)[:2]

    return [(values, [[[of(point) for point in ring] for ring in polygon] for polygon in polygons])
            for values, polygons in places]


def _multi(polygons):
    return {"type": "MultiPolygon", "coordinates": polygons}


def geojson(path, places=PLACES, **more):
    """Write GeoJSON."""
    path.write_text(json.dumps({"type": "FeatureCollection", **more, "features": [
        {"type": "Feature", "properties": values, "geometry": _multi(polygons)} for values, polygons in places
    ]}), encoding="utf-8")
    return path


def shape(path, places=PLACES, prj=WGS84):
    """Write a Shapefile, outer rings with the clock as it wants them."""
    with shapefile.Writer(str(path), shapeType=shapefile.POLYGON, encoding="utf-8") as writer:
        for name in places[0][0]:
            writer.field(name, "C", size=60)
        for values, polygons in places:
            writer.poly([[*ring[::-1]] for polygon in polygons for ring in polygon])
            writer.record(*values.values())
    if prj:
        path.with_suffix(".prj").write_text(prj, encoding="utf-8")
    return path


def zipped(path, parts):
    """Put files into a ZIP."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in parts:
            archive.write(each, f"peta/{each.name}")
    return path


def geopackage(path, places=PLACES, srs=4326, big_endian=False):
    """Write a GeoPackage of one layer, with the box of each shape in its head."""
    with closing(library.connect(path)) as db:
        db.execute("PRAGMA application_id = 0x47504B47")
        db.execute("CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, "
                   "organization_coordsys_id INTEGER, definition TEXT)")
        db.execute("INSERT INTO gpkg_spatial_ref_sys VALUES ('x', ?, 'EPSG', ?, 'undefined')", (srs, srs))
        db.execute("CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER)")
        db.execute("INSERT INTO gpkg_geometry_columns VALUES ('batas \"desa\"', 'geom', ?)", (srs,))
        fields = ", ".join(f'"{name}" TEXT' for name in places[0][0])
        db.execute(f'CREATE TABLE {LAYER} (fid INTEGER PRIMARY KEY, geom BLOB, {fields})')
        for number, (values, polygons) in enumerate(places):
            marks = ", ".join("?" * len(values))
            db.execute(f"INSERT INTO {LAYER} VALUES (?, ?, {marks})",
                       (number, blob(polygons, srs, big_endian), *values.values()))
        db.commit()
    return path


def blob(polygons, srs=4326, big_endian=False):
    """Return shapes as a GeoPackage holds them."""
    order, mark = (">", b"\0") if big_endian else ("<", b"\1")
    points = [point for polygon in polygons for ring in polygon for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    head = b"GP\0" + bytes([0b10 | (not big_endian)]) + struct.pack(f"{order}i4d", srs, min(xs), max(xs), min(ys),
                                                                      max(ys))
    body = mark + struct.pack(f"{order}II", 6, len(polygons))
    for polygon in polygons:
        body += mark + struct.pack(f"{order}II", 3, len(polygon))
        for ring in polygon:
            body += struct.pack(f"{order}I", len(ring)) + b"".join(struct.pack(f"{order}2d", *each) for each in ring)
    return head + body


def kml_text(places=PLACES, doctype=""):
    """Return KML."""
    marks = []
    for values, polygons in places:
        said = "".join(f'<Data name="{name}"><value>{escape(value)}</value></Data>' for name, value in values.items())
        shapes = "".join(
            "<Polygon>" + "".join(
                f"<{kind}><LinearRing><coordinates>{' '.join(f'{x},{y},0' for x, y in ring)}</coordinates>"
                f"</LinearRing></{kind}>"
                for ring, kind in zip(polygon, ["outerBoundaryIs"] + ["innerBoundaryIs"] * len(polygon), strict=False))
            + "</Polygon>" for polygon in polygons)
        marks.append(f"<Placemark><name>{escape(values['WADMKD'])}</name><ExtendedData>{said}</ExtendedData>"
                     f"<MultiGeometry>{shapes}</MultiGeometry></Placemark>")
    return (f'<?xml version="1.0"?>{doctype}<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>'
            f"{''.join(marks)}</Folder></Document></kml>")


def kml(path, places=PLACES):
    """Write KML."""
    path.write_text(kml_text(places), encoding="utf-8")
    return path


def kmz(path, places=PLACES):
    """Write KMZ, with a picture beside the map as programs put it there."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("files/ikon.png", b"\x89PNG")
        archive.writestr("doc.kml", kml_text(places))
    return path
