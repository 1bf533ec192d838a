"""KML (OGC 12-007): the polygons of its placemarks, with their names and extended data.

No document type is taken: no program that draws maps writes one, and entities are how a small file becomes gigabytes.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.parsers import expat

from .. import faults
from .found import Polygon, RawFeature, RawFile, pairs, texts
from .systems import DEGREES

_DEEPEST = 100
_SAID = ("name", "description")


def read(path: Path, pieces: Iterable[bytes]) -> RawFile:
    """Return the features of a file that comes in pieces; raise Trouble."""
    reader = _Reader(path.name)
    try:
        for piece in pieces:
            reader.feed(piece)
        reader.close()
    except (expat.ExpatError, ValueError, IndexError) as error:
        raise faults.damaged_boundaries(path.name) from error
    if not reader.is_kml:
        raise faults.no_boundaries(path.name)
    return RawFile("KML", DEGREES, reader.found)


class _Reader:
    """Takes the elements as they come."""

    def __init__(self, name: str) -> None:
        self.found: list[RawFeature] = []
        self.is_kml = False
        self._name = name
        self._path: list[str] = []
        self._heard: list[str] = []
        self._values: dict[str, object] = {}
        self._key = ""
        self._polygons: list[Polygon] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._parser.CharacterDataHandler = self._heard.append

    def feed(self, piece: bytes) -> None:
        """Read the next piece."""
        self._parser.Parse(piece, False)

    def close(self) -> None:
        """Read the end."""
        self._parser.Parse(b"", True)

    def _refuse(self, *_: object) -> None:
        raise faults.entities(self._name)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        self._path.append(tag)
        self.is_kml |= tag == "kml"
        if len(self._path) > _DEEPEST:
            raise ValueError("too deep")
        self._heard.clear()
        if tag == "Placemark":
            self._values, self._polygons = {}, []
        elif tag == "Polygon":
            self._polygons.append([])
        elif tag in ("Data", "SimpleData"):
            self._key = attributes.get("name", "")

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        said = "".join(self._heard).strip()
        self._heard.clear()
        above = self._path[-2] if len(self._path) > 1 else ""
        self._path.pop()
        if tag == "Placemark":
            self.found.append(RawFeature(texts(self._values), [each for each in self._polygons if each]))
        elif tag in _SAID and above == "Placemark":
            self._values[tag] = said
        elif tag == "SimpleData" or (tag == "value" and above == "Data"):
            self._values[self._key] = said
        elif tag == "coordinates" and above == "LinearRing" and self._polygons:
            outer = "outerBoundaryIs" in self._path
            ring = [*_positions(said)]
            self._polygons[-1].insert(0, ring) if outer else self._polygons[-1].append(ring)


def _positions(said: str) -> Iterator[tuple[float, float]]:
    yield from pairs(position.split(",") for position in said.split())
