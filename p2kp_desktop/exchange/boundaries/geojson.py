"""GeoJSON (RFC 7946, and the older kind that names its coordinate system in `crs`)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from .. import faults
from .found import Polygon, RawFeature, RawFile, pairs, texts
from .systems import DEGREES, System, by_name

_DEEPEST = 8  # geometries within geometries


def read(path: Path, content: bytes) -> RawFile:
    """Return the features of a file; raise Trouble where it is no GeoJSON."""
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise faults.no_boundaries(path.name) from error
    if not isinstance(document, dict) or document.get("type") not in ("FeatureCollection", "Feature", *_SHAPES):
        raise faults.no_boundaries(path.name)
    return RawFile("GeoJSON", _system(document), _features(document))


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _system(document: dict[str, Any]) -> System | None:
    named = document.get("crs")
    if not isinstance(named, dict):
        return None
    told = named.get("properties")
    name = told.get("name") if isinstance(told, dict) else None
    return by_name(name) if isinstance(name, str) else DEGREES


def _features(document: dict[str, Any]) -> Iterator[RawFeature]:
    several = document.get("features") if document["type"] == "FeatureCollection" else [document]
    for each in several if isinstance(several, list) else ():
        if isinstance(each, dict):
            values = each.get("properties")
            geometry = each.get("geometry") if each.get("type") == "Feature" else each
            yield RawFeature(texts(values if isinstance(values, dict) else {}), [*_polygons(geometry)])


def _polygons(geometry: Any, depth: int = 0) -> Iterator[Polygon]:
    if not isinstance(geometry, dict) or depth > _DEEPEST:
        return
    if geometry.get("type") == "GeometryCollection":
        for each in geometry.get("geometries") or ():
            yield from _polygons(each, depth + 1)
        return
    coordinates = geometry.get("coordinates") or ()
    if geometry.get("type") == "Polygon":
        yield [[*pairs(ring)] for ring in coordinates]
    elif geometry.get("type") == "MultiPolygon":
        yield from ([[*pairs(ring)] for ring in polygon] for polygon in coordinates)


_SHAPES = ("Polygon", "MultiPolygon", "GeometryCollection")
