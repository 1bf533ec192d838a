"""The features of a file of boundaries: what the file says of each, and its outline in degrees."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from p2kp_desktop.schema.outline import Outline

from .. import apart
from ..apart import Beat
from ..package import LIMITS

BOUNDARIES = replace(LIMITS, packed=200 << 20, unpacked=400 << 20, parts=500, handed=256 << 20, seconds=180)
ENDINGS = (".geojson", ".json", ".shp", ".zip", ".gpkg", ".kml", ".kmz")


@dataclass(frozen=True)
class Feature:
    """One feature: its values by the names of their fields, and its outline."""

    values: dict[str, str]
    outline: Outline


@dataclass(frozen=True)
class FeatureFile:
    """A file of boundaries: what kind of file it is, its coordinate system in words, its features with an area."""

    name: str
    kind: str
    system: str
    features: tuple[Feature, ...]
    without_area: int  # features that are points, lines or nothing


def read(path: Path, system: str = "", *, beat: Beat | None = None) -> FeatureFile:
    """Return the features of a file; `system` (48S, 4326) is for a file that does not say in which its numbers are.

    Raises Trouble, and whatever `beat` raises.
    """
    pieces = apart.ask(path, BOUNDARIES, "boundaries", system, beat=beat)
    kind, told, without = pieces[-1]
    return FeatureFile(path.name, kind, told, tuple(_made(pieces[:-1])), without)


def _made(pieces: Sequence[list[tuple[list[str], list[str], list[list[int]]]]]) -> Iterator[Feature]:
    for piece in pieces:
        for names, values, rings in piece:
            yield Feature(dict(zip(names, values, strict=True)), Outline(tuple(array("i", ring) for ring in rings)))
