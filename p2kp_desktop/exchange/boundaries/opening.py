"""Which kind of file of boundaries a file is, by what is in it; its features in degrees, as they travel.

It runs in the process apart. What a name ends in only says which parts belong together.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from p2kp_desktop import held_files
from p2kp_desktop.language import say
from p2kp_desktop.schema.outline import MICRO, Outline, outline

from .. import faults, frames, package
from ..package import Limits
from . import geojson, geopackage, kml, shapefile_parts
from .found import MOST_POINTS, Polygon, RawFeature, RawFile
from .systems import DEGREES, System, by_name

_PIECE = 200_000  # points
_SHP = b"\x00\x00\x27\x0a"
_AREA = (99.0, -7.5, 110.0, 1.5)  # around South Sumatra, with much air: west, south, east, north
_TEXT = (b"{", b"[")


def pieces(path: Path, limits: Limits, asked: str) -> Iterator[bytes]:
    """Yield the features of a file, many in a piece, and last what it is; raise Trouble."""
    raw = _opened(path, limits)
    number = without = points = far = 0
    told: set[str] = set()
    piece: list[bytes] = []
    size = 0
    for feature in _each(path.name, raw):
        if not feature.polygons:
            without += 1
            if without > MOST_POINTS:
                raise faults.too_large(path.name, say("terlalu banyak titik"))
            continue
        system = _system(path.name, feature, raw.system, asked)
        made = _outline(path.name, feature, system)
        if not made.rings:
            without += 1
            continue
        number, points, size = number + 1, points + made.points, size + made.points
        if points > MOST_POINTS:
            raise faults.too_large(path.name, say("terlalu banyak titik"))
        far += not _is_near(made)
        told.add(system.name)
        piece.append(frames.encode(([*feature.values], [*feature.values.values()],
                                    [[*ring] for ring in made.rings])))
        if size > _PIECE:
            yield frames.joined(piece)
            piece, size = [], 0
    if not number:
        raise faults.no_polygons(path.name)
    if far == number:
        raise faults.elsewhere(path.name, ", ".join(sorted(told)))
    yield frames.joined(piece)
    yield frames.encode((raw.kind, ", ".join(sorted(told)), without))


def _each(name: str, raw: RawFile) -> Iterator[RawFeature]:
    """Yield the features of a file; raise Trouble where one is none."""
    several = iter(raw.features)
    while True:
        try:
            feature = next(several)
        except StopIteration:
            return
        except (TypeError, ValueError, LookupError, AttributeError) as error:
            raise faults.damaged_boundaries(name) from error
        yield feature


def _outline(name: str, feature: RawFeature, system: System) -> Outline:
    to_degrees = system.degrees
    if to_degrees is None:
        raise faults.unknown_system(name, system.name)
    try:
        return outline(
            [[to_degrees(*point) for point in ring] for ring in polygon] for polygon in feature.polygons)
    except (ValueError, OverflowError) as error:  # numbers that no place of this system has
        raise faults.elsewhere(name, system.name) from error


def _system(name: str, feature: RawFeature, stated: System | None, asked: str) -> System:
    """Return the system of a feature: as the file says it, else as asked, else degrees where the numbers are such."""
    known = feature.system or stated
    if known is not None:
        return known
    if asked:
        return by_name(asked)
    if any(abs(x) > 180 or abs(y) > 90 for x, y in _corners(feature.polygons)):  # of the earth
        raise faults.no_system(name)
    return DEGREES


def _corners(polygons: list[Polygon]) -> Iterator[tuple[float, float]]:
    return (point for polygon in polygons for ring in polygon for point in ring)


def _is_near(whole: Outline) -> bool:
    west, south, east, north = (part * MICRO for part in _AREA)
    box = whole.bounds
    return box.west < east and box.east > west and box.south < north and box.north > south


def _opened(path: Path, limits: Limits) -> RawFile:
    package.must_be_a_file(path)
    try:
        size = path.stat().st_size
        with held_files.opened(path) as file:
            start = file.read(64)
    except OSError as error:
        raise faults.unreadable(path.name, error) from error
    if not size:
        raise faults.empty(path.name)
    if size > limits.packed:
        raise faults.too_large(path.name, say("besarnya {size} MB", size=size >> 20))
    if start.startswith(b"PK"):
        return _zipped(path, limits)
    if start.startswith(geopackage.MAGIC):
        return geopackage.read(path)
    if start.startswith(_SHP):
        return shapefile_parts.read(path, _beside(path))
    return _of_text(path, path.read_bytes())


def _of_text(path: Path, content: bytes) -> RawFile:
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(_TEXT):
        return geojson.read(path, content)
    if start.startswith(b"<"):
        return kml.read(path, [content])
    if path.suffix.lower() in (".dbf", ".prj", ".shx", ".cpg"):
        raise faults.part_lacks(path.name, ".shp")
    raise faults.no_boundaries(path.name)


def _beside(path: Path) -> dict[str, bytes]:
    """Return the parts of a Shapefile that lie beside it, whatever case their endings are in."""
    found = {}
    for each in path.parent.iterdir():
        ending = each.suffix.lower()
        if each.stem == path.stem and ending in shapefile_parts.PARTS and each.is_file():
            found[ending] = each.read_bytes()
    return found


def _zipped(path: Path, limits: Limits) -> RawFile:
    """Return the features of the one file of boundaries in a ZIP; everything is read before that is let go of."""
    with package.opened(path, limits) as archive:
        package.refuse_spoiled(path.name, archive)
        package.refuse_bombs(path.name, archive, limits, lambda _part: True)
        names = [each for each in archive.namelist() if not each.startswith("__MACOSX/")]
        whole = [each for each in names if PurePosixPath(each).suffix.lower() in (".shp", ".geojson", ".json", ".kml")]
        if not whole:
            inside = any(PurePosixPath(each).suffix.lower() == ".gpkg" for each in names)
            raise faults.take_out(path.name) if inside else faults.no_boundaries(path.name)
        chosen = [each for each in whole if not each.lower().endswith(".kml")] or whole[:1]  # the first is the map
        if len(chosen) > 1:
            raise faults.several(path.name, [PurePosixPath(each).name for each in chosen])
        return _from_zip(path, archive, names, chosen[0], limits)


def _from_zip(path: Path, archive: zipfile.ZipFile, names: list[str], chosen: str, limits: Limits) -> RawFile:
    def content(part: str) -> bytes:
        return b"".join(package.pieces(archive, part, at_most=limits.unpacked))

    ending = PurePosixPath(chosen).suffix.lower()
    if ending == ".kml":
        return kml.read(path, package.pieces(archive, chosen, at_most=limits.unpacked))
    if ending != ".shp":
        return geojson.read(path, content(chosen))
    stem = chosen[: -len(ending)]
    parts = {each[len(stem):].lower(): each for each in names if each.startswith(stem)}
    return shapefile_parts.read(path, {end: content(parts[end]) for end in shapefile_parts.PARTS if end in parts})
