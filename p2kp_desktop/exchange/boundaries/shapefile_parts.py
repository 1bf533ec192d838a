"""A Shapefile: .shp with .dbf beside it, and .prj and .cpg where they are there."""

import struct
import warnings
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from .. import faults
from .found import Polygon, RawFeature, RawFile, texts
from .systems import System, by_wkt

PARTS = (".shp", ".dbf", ".prj", ".cpg")
_POLYGONS = (5, 15, 25)  # kinds of shape: with heights and measures too


def read(path: Path, parts: Mapping[str, bytes]) -> RawFile:
    """Return the features of a Shapefile by its parts; raise Trouble."""
    if ".dbf" not in parts:
        raise faults.part_lacks(path.name, ".dbf")
    wkt = parts.get(".prj", b"").decode("utf-8", "replace").strip()
    system: System | None = by_wkt(wkt) if wkt else None
    return RawFile("Shapefile", system, _features(path, parts))


def _features(path: Path, parts: Mapping[str, bytes]) -> Iterator[RawFeature]:
    import shapefile  # its import takes a tenth of a second

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            reader = shapefile.Reader(shp=BytesIO(parts[".shp"]), dbf=BytesIO(parts[".dbf"]),
                                      encoding=_encoding(parts), encodingErrors="replace")
            for each in reader.iterShapeRecords():
                yield RawFeature(texts(each.record.as_dict()), _polygons(each.shape))
        except (shapefile.ShapefileException, struct.error, ValueError, IndexError, KeyError, EOFError,
                AssertionError) as error:
            raise faults.damaged_boundaries(path.name) from error


def _encoding(parts: Mapping[str, bytes]) -> str:
    """Return the encoding that a .cpg names, if Python knows it; UTF-8 else."""
    named = parts.get(".cpg", b"").decode("ascii", "replace").strip().lower()
    try:
        "".encode(named or "utf-8")
    except LookupError:
        return "utf-8"
    return named or "utf-8"


def _polygons(shape: Any) -> list[Polygon]:
    if getattr(shape, "shapeType", 0) not in _POLYGONS or not shape.points:
        return []
    geometry = shape.__geo_interface__  # which hole is of which ring
    coordinates = geometry["coordinates"]
    several = [coordinates] if geometry["type"] == "Polygon" else coordinates
    return [[[(float(point[0]), float(point[1])) for point in ring] for ring in polygon] for polygon in several]
