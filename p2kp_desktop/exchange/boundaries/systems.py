"""Coordinate systems: which one a file says it is in, and how its numbers become degrees.

Degrees, UTM and Web Mercator on WGS 84 are known; DGN95 and SRGI2013, on which Indonesian offices draw, agree with it
within a metre. On another datum a border would lie a street away, so such a file is refused by its system's name.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import atan, degrees, exp, pi

_DEGREES = frozenset({4326, 4979, 4755, 9470})  # WGS 84, the same with heights, DGN95, SRGI2013
_MERCATOR = frozenset({3857, 900913, 3785})
_RADIUS = 6378137.0
_LONGEST = 80  # letters of a name
_ZONES = (  # the first code of a family, the first zone it is of, how many: WGS 84 and DGN95, north and south
    (32601, 1, 60, True), (32701, 1, 60, False), (23866, 46, 7, True), (23877, 47, 8, False),
)
_SAME_DATUM = re.compile(r"wgs.?(?:19)?84|dgn.?(?:19)?95|geodesi.nasional|srgi|itrf|gda|etrs", re.IGNORECASE)
_DATUM = re.compile(r'\b(?:DATUM|ENSEMBLE)\s*\[\s*"([^"]*)"', re.IGNORECASE)
_PROJECTED = re.compile(r'\bPROJC(?:S|RS)\s*\[\s*"([^"]*)"', re.IGNORECASE)
_NAMED = re.compile(r'^\s*\w+\s*\[\s*"([^"]*)"')
_UTM_NAME = re.compile(r"utm[\s_/-]*zone[\s_/-]*(\d{1,2})[\s_/-]*([NS])", re.IGNORECASE)
_PARAMETER = r'PARAMETER\s*\[\s*"{}"\s*,\s*(-?[\d.eE+]+)'
_ASKED = re.compile(r"(\d{1,2})\s*([NS])", re.IGNORECASE)
_EPSG = re.compile(r"(?:EPSG|epsg)[:/]{1,2}(?:[\d.]*[:/])?(\d{4,6})")
_CRS84 = re.compile(r"CRS:?84", re.IGNORECASE)


@dataclass(frozen=True)
class System:
    """A coordinate system by its name, and what makes degrees of its numbers; None where nobody here knows that."""

    name: str
    degrees: Callable[[float, float], tuple[float, float]] | None = None


def _same(x: float, y: float) -> tuple[float, float]:
    return x, y


def _from_mercator(x: float, y: float) -> tuple[float, float]:
    return degrees(x / _RADIUS), degrees(2 * atan(exp(y / _RADIUS)) - pi / 2)


DEGREES = System("WGS 84", _same)
MERCATOR = System("Web Mercator", _from_mercator)


def utm_zone(zone: int, *, north: bool) -> System:
    """Return a zone of UTM."""
    def from_utm(east: float, north_: float) -> tuple[float, float]:
        import utm  # its import takes a tenth of a second

        latitude, longitude = utm.to_latlon(east, north_, zone, northern=north, strict=False)
        return float(longitude), float(latitude)

    return System(f"UTM {zone}{'N' if north else 'S'}", from_utm)


def by_code(code: int) -> System:
    """Return the system with a code of EPSG."""
    if code in _DEGREES:
        return DEGREES
    if code in _MERCATOR:
        return MERCATOR
    for first, zone, number, north in _ZONES:
        if first <= code < first + number:
            return utm_zone(zone + code - first, north=north)
    return System(f"EPSG:{code}")


def by_name(name: str) -> System:
    """Return the system that a name means: urn:ogc:def:crs:EPSG::32748, EPSG:4326, CRS84, 48S."""
    if _CRS84.search(name):
        return DEGREES
    asked = _ASKED.fullmatch(name.strip())
    if asked:
        return utm_zone(int(asked[1]), north=asked[2].upper() == "N") if 1 <= int(asked[1]) <= 60 else System(name)
    code = _EPSG.search(name) or re.fullmatch(r"\s*(\d{4,6})\s*", name)
    return by_code(int(code[1])) if code else System(name.strip()[:80])


def by_wkt(wkt: str) -> System:
    """Return the system that a .prj or a GeoPackage defines in Well-Known Text."""
    datum, projected, named = _DATUM.search(wkt), _PROJECTED.search(wkt), _NAMED.search(wkt)
    name = (projected or named or datum or [wkt, wkt.strip()])[1][:_LONGEST]
    if not datum or not _SAME_DATUM.search(datum[1]):
        return System(name)
    if projected is None:
        return DEGREES
    zone = _UTM_NAME.search(name)
    if zone:
        return utm_zone(int(zone[1]), north=zone[2].upper() == "N")
    if re.search(r"web.?mercator|pseudo.?mercator|auxiliary.?sphere", name, re.IGNORECASE):
        return MERCATOR
    return _by_parameters(wkt) or System(name)


def _by_parameters(wkt: str) -> System | None:
    """Return the zone of UTM whose numbers a transverse Mercator has, whatever it is called."""
    found = {}
    for key in ("central_meridian", "scale_factor", "false_easting", "false_northing"):
        told = re.search(_PARAMETER.format(key), wkt, re.IGNORECASE)
        if told is None:
            return None
        found[key] = float(told[1])
    zone = (found["central_meridian"] + 183) / 6
    whole = zone == int(zone) and found["scale_factor"] == 0.9996 and found["false_easting"] == 500_000
    if not whole or found["false_northing"] not in (0, 10_000_000):
        return None
    return utm_zone(int(zone), north=found["false_northing"] == 0)
