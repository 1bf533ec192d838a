"""What a reader of a file of boundaries hands on: raw features, and the system their numbers are in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .systems import System

Ring = list[tuple[float, float]]  # as the file has it: east and north, or longitude and latitude
Polygon = list[Ring]  # its outer ring, then its holes
MOST_POINTS = 5_000_000  # of one file
_LONGEST = 300  # letters of a value


@dataclass(frozen=True)
class RawFeature:
    """A feature as the file has it; without polygons it is a point, a line, or nothing."""

    values: Mapping[str, str]
    polygons: list[Polygon]
    system: System | None = None  # where features of one file have several


@dataclass(frozen=True)
class RawFile:
    """The features of a file as they are read, and its system, None where the file does not say it."""

    kind: str
    system: System | None
    features: Iterable[RawFeature]


def text(value: object) -> str:
    """Return a value of a field as text: a whole number without a decimal point, nothing for nothing."""
    if value is None or isinstance(value, bool | bytes | list | dict):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()[:_LONGEST].encode("utf-8", "replace").decode()  # half a letter is none


def texts(values: Mapping[str, object]) -> dict[str, str]:
    """Return the values that say something as texts."""
    found = ((str(name)[:_LONGEST], text(value)) for name, value in values.items())
    return {name: said for name, said in found if said}


def pairs(points: Iterable[object]) -> Iterator[tuple[float, float]]:
    """Yield positions as pairs; raise ValueError or TypeError for what is none."""
    for point in points:
        x, y = float(point[0]), float(point[1])  # type: ignore[index]  # whatever it is, it is a position or a fault
        if not (abs(x) < 1e9 and abs(y) < 1e9):  # nor NaN
            raise ValueError("no position")
        yield x, y
