"""GeoPackage (OGC 12-128): an SQLite file with layers, whose shapes are Well-Known Binary behind a short head.

The file is opened so that nothing is written beside it and no function of it is run: it comes from elsewhere.
"""

import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from p2kp_desktop.databases import library

from .. import faults
from .found import Polygon, RawFeature, RawFile, pairs, texts
from .systems import DEGREES, System, by_code, by_wkt

MAGIC = b"SQLite format 3\0"
# Neither sorted nor joined: what stands there may be a view whose lines never end, and SQLite would write all of them
# into a temporary file first.
_LAYERS = "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns"
_SYSTEMS = "SELECT srs_id, organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys"
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}  # bytes of the box in a head
_POLYGON, _MULTI, _COLLECTION = 3, 6, 7
_DEEPEST = 8
_MOST_COLUMNS, _MOST_LAYERS, _MOST_SYSTEMS = 500, 1_000, 20_000


def read(path: Path) -> RawFile:
    """Return the features of all layers; raise Trouble."""
    return RawFile("GeoPackage", None, _features(path))


def _features(path: Path) -> Iterator[RawFeature]:
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(library.connect(uri, uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA temp_store = MEMORY")  # of which this process has little; a disk has too much
            connection.text_factory = lambda found: found.decode("utf-8", "replace")
            known = {each[0]: each for each in connection.execute(_SYSTEMS).fetchmany(_MOST_SYSTEMS)}
            layers = sorted(connection.execute(_LAYERS).fetchmany(_MOST_LAYERS), key=lambda each: str(each[0]))
            for table, column, number in layers:
                _number, organisation, code, definition = known.get(number, (None, None, None, None))
                system = _system(organisation, code, definition, number)
                yield from _layer(connection, str(table), str(column), system)
    except library.Error as error:
        if "no such table" in str(error):
            raise faults.no_boundaries(path.name) from error
        raise faults.damaged_boundaries(path.name) from error
    except (struct.error, ValueError, RecursionError) as error:
        raise faults.damaged_boundaries(path.name) from error


def _system(organisation: object, code: object, definition: object, number: object) -> System | None:
    if str(organisation).upper() == "EPSG" and isinstance(code, int):
        return by_code(code)
    if isinstance(definition, str) and "[" in definition:
        return by_wkt(definition)
    return DEGREES if number == 4326 else None


def _layer(connection: Any, table: str, column: str, system: System | None) -> Iterator[RawFeature]:
    rows = connection.execute(f"SELECT * FROM {_quoted(table)}")
    names = [each[0] for each in rows.description][:_MOST_COLUMNS]
    shape = next((place for place, name in enumerate(names) if name.lower() == column.lower()), None)
    for row in rows:
        values = {name: value for place, (name, value) in enumerate(zip(names, row, strict=False)) if place != shape}
        blob = row[shape] if shape is not None else None
        yield RawFeature(texts(values), [*_shapes(blob)] if isinstance(blob, bytes) else [], system)


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _shapes(blob: bytes) -> Iterator[Polygon]:
    if blob[:2] != b"GP":
        raise ValueError("no geometry of a GeoPackage")
    flags = blob[3]
    if flags & 0x10:  # empty
        return
    yield from _Binary(blob, 8 + _ENVELOPES.get(flags >> 1 & 7, 0)).polygons()


class _Binary:
    """Well-Known Binary, read from a place on."""

    def __init__(self, content: bytes, at: int) -> None:
        self._content, self._at, self._order, self._size = content, at, "<", 2

    def _number(self) -> int:
        number: int = struct.unpack_from(f"{self._order}I", self._content, self._at)[0]
        self._at += 4
        return number

    def _head(self) -> int:
        """Take the byte order and the kind of a geometry; remember how many numbers a point has."""
        self._order = "<" if self._content[self._at : self._at + 1] == b"\1" else ">"
        self._at += 1
        kind = self._number()
        more = (kind & 0x80000000 != 0) + (kind & 0x40000000 != 0)
        if kind & 0x20000000:
            self._number()  # the system once more
        kind &= 0x0FFFFFFF
        self._size = 2 + (more or (0, 1, 1, 2)[min(kind // 1000, 3)])
        return kind % 1000

    def polygons(self, depth: int = 0) -> Iterator[Polygon]:
        """Yield the polygons of the geometry that stands here."""
        kind = self._head()
        if kind == _POLYGON:
            yield [self._ring() for _ in range(self._count(4))]
        elif kind in (_MULTI, _COLLECTION) and depth < _DEEPEST:
            for _ in range(self._count(5)):
                yield from self.polygons(depth + 1)
        else:
            self._at = len(self._content)  # a point or a line: whatever follows in a collection is passed over

    def _count(self, least: int) -> int:
        """Return a number of parts, each of which takes so many bytes at least; raise ValueError for a lie."""
        number = self._number()
        if number * least > len(self._content) - self._at:
            raise ValueError("more parts than bytes")
        return number

    def _ring(self) -> list[tuple[float, float]]:
        number = self._count(8 * self._size)
        numbers = struct.unpack_from(f"{self._order}{number * self._size}d", self._content, self._at)
        self._at += 8 * self._size * number
        return [*pairs(zip(numbers[0 :: self._size], numbers[1 :: self._size], strict=True))]
