"""Outlines of places on the earth as values: rings of points, thinned, joined into wider areas, and packed.

A ring is a flat array of whole micro-degrees (longitude, latitude, longitude, …: a tenth of a metre), its first point
not said again at its end. An outer ring turns against the clock, its holes follow it and turn with the clock, as
RFC 7946 has it; painted by the odd-even rule nobody needs to know which is which.
"""

import struct
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

MICRO = 1_000_000  # of them in a degree
Ring = array  # of "i"; an array takes 8 bytes a point, a list of pairs 150
_FEWEST = 3  # points of a ring
_COUNT = struct.Struct("<I")


class Bounds(NamedTuple):
    """The box around an outline in micro-degrees."""

    west: int
    south: int
    east: int
    north: int

    def around(self, other: "Bounds") -> "Bounds":
        """Return the box around both."""
        return Bounds(min(self.west, other.west), min(self.south, other.south), max(self.east, other.east),
                      max(self.north, other.north))


@dataclass(frozen=True)
class Outline:
    """The shape of a place; one without rings is nowhere."""

    rings: tuple["Ring[int]", ...]

    @property
    def points(self) -> int:
        """Return how many points it has."""
        return sum(len(ring) for ring in self.rings) // 2

    @cached_property
    def bounds(self) -> Bounds:
        """Return the box around it; raise ValueError where it has no ring."""
        xs, ys = [ring[0::2] for ring in self.rings], [ring[1::2] for ring in self.rings]
        return Bounds(min(map(min, xs)), min(map(min, ys)), max(map(max, xs)), max(map(max, ys)))

    @property
    def polygons(self) -> list[list["Ring[int]"]]:
        """Return its outer rings, each followed by its holes."""
        found: list[list[Ring[int]]] = []
        for ring in self.rings:
            if found and doubled_area(ring) < 0:
                found[-1].append(ring)
            else:
                found.append([ring])
        return found

    @property
    def geometry(self) -> dict[str, object]:
        """Return it as GeoJSON holds a geometry (RFC 7946), in degrees."""
        several = [[_closed(ring) for ring in polygon] for polygon in self.polygons]
        return {"type": "Polygon", "coordinates": several[0]} if len(several) == 1 else {
            "type": "MultiPolygon", "coordinates": several}


def _closed(ring: "Ring[int]") -> list[list[float]]:
    corners = [[x / MICRO, y / MICRO] for x, y in pairs(ring)]
    return [*corners, corners[0]]


def pairs(ring: "Ring[int]") -> Iterator[tuple[int, int]]:
    """Yield the points of a ring."""
    return zip(ring[0::2], ring[1::2], strict=True)


def doubled_area(ring: "Ring[int]") -> int:
    """Return twice the area of a ring in square micro-degrees; below 0 where it turns with the clock."""
    xs, ys = ring[0::2], ring[1::2]
    x0, y0 = xs[0], ys[0]  # near 0 the products stay small
    sum_ = 0
    before_x, before_y = xs[-1] - x0, ys[-1] - y0
    for x, y in zip(xs, ys, strict=True):
        x, y = x - x0, y - y0
        sum_ += before_x * y - x * before_y
        before_x, before_y = x, y
    return sum_


def outline(polygons: Iterable[Sequence[Sequence[tuple[float, float]]]]) -> Outline:
    """Return the outline of polygons in degrees, each an outer ring and its holes; what has no area is left out."""
    rings: list[Ring[int]] = []
    for polygon in polygons:
        for place, corners in enumerate(polygon):
            ring = _ring(corners)
            turned = doubled_area(ring) if len(ring) >= 2 * _FEWEST else 0
            if turned:
                rings.append(_reversed(ring) if (turned < 0) == (place == 0) else ring)
            elif place == 0:
                break  # holes of nothing
    return Outline(tuple(rings))


def _ring(corners: Iterable[tuple[float, float]]) -> "Ring[int]":
    ring: Ring[int] = array("i")
    before: tuple[int, int] | None = None
    for longitude, latitude in corners:
        here = round(longitude * MICRO), round(latitude * MICRO)
        if here != before:
            ring.extend(here)
        before = here
    if len(ring) > 2 and ring[:2] == ring[-2:]:
        del ring[-2:]
    return ring


def _reversed(ring: "Ring[int]") -> "Ring[int]":
    turned = array("i", bytes(len(ring) * ring.itemsize))
    turned[0::2], turned[1::2] = ring[0::2][::-1], ring[1::2][::-1]
    return turned


def thinned(whole: Outline, tolerance: int) -> Outline:
    """Return an outline that is off by so many micro-degrees, half as much again at most; small parts may go."""
    rings = []
    for ring in whole.rings:
        kept = _thinned(ring, tolerance)
        if len(kept) >= 2 * _FEWEST:
            rings.append(kept)
    if not rings and whole.rings:  # a place so small stays a triangle
        largest = max(whole.rings, key=lambda ring: abs(doubled_area(ring)))
        third = len(largest) // 2 // _FEWEST
        rings = [array("i", [number for part in range(_FEWEST) for number in largest[2 * part * third:][:2]])]
    return Outline(tuple(rings))


def _thinned(ring: "Ring[int]", tolerance: int) -> "Ring[int]":
    """Thin a ring by Douglas and Peucker, from its first point and the one furthest from that."""
    near = tolerance * tolerance
    points = _apart([*pairs(ring)], near // 4)
    if len(points) <= _FEWEST:
        return array("i", [number for point in points for number in point])
    points.append(points[0])
    x, y = points[0]
    middle = max(range(len(points)), key=lambda at: (points[at][0] - x) ** 2 + (points[at][1] - y) ** 2)
    kept = {0, middle}
    spans = [(0, middle), (middle, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        at, distance = _furthest(points, first, last)
        if distance > near:
            kept.add(at)
            spans += (first, at), (at, last)
    return array("i", [number for at in sorted(kept) for number in points[at]])


def _apart(points: list[tuple[int, int]], near: int) -> list[tuple[int, int]]:
    """Return the points that are not all but on the one before: most of them go here, quickly."""
    kept = points[:1]
    last_x, last_y = kept[0]
    for x, y in points:
        if (x - last_x) * (x - last_x) + (y - last_y) * (y - last_y) > near:
            kept.append((x, y))
            last_x, last_y = x, y
    return kept


def _furthest(points: Sequence[tuple[int, int]], first: int, last: int) -> tuple[int, float]:
    """Return which point between two is furthest from their line, and the square of how far."""
    x0, y0 = points[first]
    dx, dy = points[last][0] - x0, points[last][1] - y0
    length = dx * dx + dy * dy
    most, found = -1.0, first
    for at in range(first + 1, last):
        x, y = points[at][0] - x0, points[at][1] - y0
        along = min(max((x * dx + y * dy) / length, 0.0), 1.0) if length else 0.0
        off_x, off_y = x - along * dx, y - along * dy
        distance = off_x * off_x + off_y * off_y
        if distance > most:
            most, found = distance, at
    return found, most


def joined(parts: Iterable[Outline]) -> Outline:
    """Return the outline around some that lie side by side: borders that two of them share are no longer there.

    Only borders with the same points on both sides vanish; others stay as thin lines inside, which harm no colour.
    """
    after: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for part in parts:
        for ring in part.rings:
            before = ring[-2], ring[-1]
            for point in pairs(ring):
                back = after.get(point)
                if back is not None and before in back:
                    back.remove(before)
                else:
                    after.setdefault(before, []).append(point)
                before = point
    return Outline(_in_order([ring for ring in _chained(after) if len(ring) >= 2 * _FEWEST]))


def _chained(after: dict[tuple[int, int], list[tuple[int, int]]]) -> Iterator["Ring[int]"]:
    """Yield the rings that edges make, each edge once."""
    for start in [*after]:
        while after[start]:
            ring: Ring[int] = array("i")
            here = start
            while after.get(here):
                ring.extend(here)
                here = after[here].pop()
                if here == start:
                    break
            yield ring


def _in_order(rings: Sequence["Ring[int]"]) -> tuple["Ring[int]", ...]:
    """Return rings so that each outer one is followed by the holes in it."""
    areas = [doubled_area(ring) for ring in rings]
    outer = [(ring, area) for ring, area in zip(rings, areas, strict=True) if area > 0]
    outer.sort(key=lambda each: each[1])  # the smallest around a hole is the one it is in
    inside: list[list[Ring[int]]] = [[] for _ in outer]
    for ring, area in zip(rings, areas, strict=True):
        if area < 0:
            home = next((place for place, (around, size) in enumerate(outer)
                         if size > -area and holds(Outline((around,)), ring[0], ring[1])), None)
            if home is not None:
                inside[home].append(ring)
    return tuple(ring for (around, _area), holes in zip(outer, inside, strict=True) for ring in (around, *holes))


def holds(whole: Outline, x: float, y: float) -> bool:
    """Say whether a point, in micro-degrees, lies inside."""
    return _crossings(whole.rings, x, y) % 2 == 1


def _crossings(rings: Iterable[Sequence[float]], x: float, y: float) -> int:
    count = 0
    for ring in rings:
        before_x, before_y = ring[-2], ring[-1]
        for here_x, here_y in zip(ring[0::2], ring[1::2], strict=True):
            if (here_y > y) != (before_y > y) and x < (before_x - here_x) * (y - here_y) / (before_y - here_y) + here_x:
                count += 1
            before_x, before_y = here_x, here_y
    return count


def inside(rings: Iterable[Sequence[float]], x: float, y: float) -> bool:
    """Say whether a point lies inside rings of any unit, by the odd-even rule."""
    return _crossings(rings, x, y) % 2 == 1


def packed(whole: Outline) -> bytes:
    """Return an outline as bytes: how many rings, then of each how many numbers and these, the lowest byte first."""
    parts = [_COUNT.pack(len(whole.rings))]
    for ring in whole.rings:
        parts += _COUNT.pack(len(ring)), _turned(ring).tobytes()
    return b"".join(parts)


def unpacked(content: bytes) -> Outline:
    """Return the outline that was packed; raise ValueError for other bytes."""
    try:
        number = _COUNT.unpack_from(content)[0]
        at, rings = _COUNT.size, []
        for _ in range(number):
            length = _COUNT.unpack_from(content, at)[0] * 4
            at += _COUNT.size
            ring: Ring[int] = array("i")
            ring.frombytes(content[at : at + length])
            rings.append(_turned(ring))
            at += length
    except struct.error as error:
        raise ValueError("no outline") from error
    if at != len(content):
        raise ValueError("no outline")
    return Outline(tuple(rings))


def _turned(ring: "Ring[int]") -> "Ring[int]":
    """Return a ring with the lowest byte first, or back."""
    if sys.byteorder == "little":
        return ring
    turned = ring[:]
    turned.byteswap()
    return turned
