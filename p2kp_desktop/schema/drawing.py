"""A map laid out on a page or a window: shapes in its units, thinned to them, where labels fit, what is where.

Degrees become units by one scale along the meridian and the parallel of the middle: over South Sumatra nothing is off
by more than a five-hundredth. Points that come to lie within half a unit of the one before are left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, cos, radians, sqrt
from typing import NamedTuple

from .area_map import AreaMap, Dot, MapPlace
from .outline import MICRO, Bounds, Outline, inside

Path = Sequence[float]  # x, y, x, y …
_CELL = 24.0  # units of a side of the cells by which shapes are found
WIDE = 0.56  # of a letter for its size, on average
_LEAST = 0.5  # units between two points of a path
_FEW = 40  # points of a path that need no thinning
_MARGIN, _FOOT = 6.0, 16.0  # around a map, and more below it for the scale
_GAP, _TILE = 4.0, 112.0  # between tiles, and the widest
_KILOMETRES = 111.32  # of a degree along a meridian
_ROUND = (1, 2, 5)
_AIR = 200  # micro-degrees around records where there is no boundary: 20 m


class Box(NamedTuple):
    """A rectangle: its left, upper, right and lower edge."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return how wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return how high it is."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Shape:
    """A place as it lies on the page: closed paths by the odd-even rule, and the box around them."""

    place: MapPlace
    paths: tuple[Path, ...]
    box: Box

    @property
    def middle(self) -> tuple[float, float]:
        """Return the middle of its box."""
        return (self.box.left + self.box.right) / 2, (self.box.top + self.box.bottom) / 2

    @cached_property
    def room(self) -> Box:
        """Return where words fit: around the middle of the widest stretch across it, of five heights."""
        largest = max(self.paths, key=len)
        top, bottom = min(largest[1::2]), max(largest[1::2])
        best = (0.0, self.box.left, top)
        for part in (0.5, 0.4, 0.6, 0.3, 0.7):
            y = top + (bottom - top) * part
            for left, right in _stretches(self.paths, y):
                if right - left > best[0] * 1.15:
                    best = right - left, left, y
        wide, left, y = best
        half = min(y - top, bottom - y) * 0.8
        return Box(left, y - half, left + wide, y + half)


@dataclass(frozen=True)
class DrawnDot:
    """A record as it lies on the page."""

    dot: Dot
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """A map on a page of this size; `scale` is the length of a bar and what it stands for, nothing for tiles."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    dots: tuple[DrawnDot, ...] = ()
    scale: tuple[float, str] | None = None
    is_of_tiles: bool = False

    @cached_property
    def _cells(self) -> Mapping[tuple[int, int], list[int]]:
        cells: dict[tuple[int, int], list[int]] = {}
        for number, shape in enumerate(self.shapes):
            box = shape.box
            for column in range(int(box.left // _CELL), int(box.right // _CELL) + 1):
                for row in range(int(box.top // _CELL), int(box.bottom // _CELL) + 1):
                    cells.setdefault((column, row), []).append(number)
        return cells

    def at(self, x: float, y: float) -> int | None:
        """Return the number of the shape at a point; None where there is none."""
        for number in self._cells.get((int(x // _CELL), int(y // _CELL)), ()):
            box = self.shapes[number].box
            if box.left <= x <= box.right and box.top <= y <= box.bottom and inside(self.shapes[number].paths, x, y):
                return number
        return None

    def dot_at(self, x: float, y: float, near: float) -> DrawnDot | None:
        """Return the record nearest to a point, no further away than `near`."""
        found = min(self.dots, key=lambda each: (each.x - x) ** 2 + (each.y - y) ** 2, default=None)
        return found if found and (found.x - x) ** 2 + (found.y - y) ** 2 <= near * near else None

    def beside(self, number: int, right: int, down: int) -> int:
        """Return the shape that lies next to one in a direction, itself where there is none further."""
        x, y = self.shapes[number].middle
        best, least = number, float("inf")
        for other, shape in enumerate(self.shapes):
            to_right, to_below = shape.middle[0] - x, shape.middle[1] - y
            along, off = to_right * right + to_below * down, abs(to_right * down) + abs(to_below * right)
            if other != number and along > 1e-9 and off <= 2 * along and along + 2 * off < least:
                best, least = other, along + 2 * off
        return best


@dataclass(frozen=True)
class Projection:
    """How degrees become units: the corner from which both count, and the units of a micro-degree each way."""

    west: float
    north: float
    across: float
    down: float
    left: float
    top: float

    @classmethod
    def of(cls, bounds: Bounds, page: Box) -> "Projection":
        """Return the one by which all within the bounds lies on the page, in its middle, as large as can be."""
        narrow = cos(radians((bounds.south + bounds.north) / 2 / MICRO))
        wide, high = max((bounds.east - bounds.west) * narrow, 1.0), max(bounds.north - bounds.south, 1.0)
        down = min(page.width / wide, page.height / high)
        return cls(bounds.west, bounds.north, down * narrow, down, page.left + (page.width - wide * down) / 2,
                   page.top + (page.height - high * down) / 2)

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point in degrees lies."""
        return (self.left + (longitude * MICRO - self.west) * self.across,
                self.top + (self.north - latitude * MICRO) * self.down)

    def path(self, ring: Sequence[int]) -> tuple[list[float], list[float]]:
        """Return where the points of a ring lie, across and down, without those that nobody would see."""
        left, top, across, down = self.left - self.west * self.across, self.top + self.north * self.down, self.across, (
            self.down)
        xs, ys = [left + across * each for each in ring[0::2]], [top - down * each for each in ring[1::2]]
        return (xs, ys) if len(xs) <= _FEW else _apart(xs, ys)


def _apart(xs: Sequence[float], ys: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return the points that are at least half a unit from the one kept before."""
    before_x, before_y = xs[0], ys[0]
    kept_x, kept_y = [before_x], [before_y]
    for x, y in zip(xs, ys, strict=True):
        if not (-_LEAST < x - before_x < _LEAST and -_LEAST < y - before_y < _LEAST):
            kept_x.append(x)
            kept_y.append(y)
            before_x, before_y = x, y
    return kept_x, kept_y


def tolerance(bounds: Bounds, width: float, height: float) -> int:
    """Return how many micro-degrees half a unit is, where all within the bounds lies on a page of this size."""
    return int(_LEAST / Projection.of(bounds, _page(width, height, _FOOT)).down)


def _page(width: float, height: float, foot: float) -> Box:
    return Box(_MARGIN, _MARGIN, max(width - _MARGIN, _MARGIN + 1), max(height - _MARGIN - foot, _MARGIN + 1))


def bounds_of(outlines: Iterable[Outline]) -> Bounds | None:
    """Return the box around some outlines; None around nothing."""
    found: Bounds | None = None
    for each in outlines:
        found = each.bounds if found is None else found.around(each.bounds)
    return found


def _around(dots: Sequence[Dot]) -> Bounds:
    """Return the box around some records, with a little air."""
    xs, ys = [round(dot.longitude * MICRO) for dot in dots], [round(dot.latitude * MICRO) for dot in dots]
    return Bounds(min(xs) - _AIR, min(ys) - _AIR, max(xs) + _AIR, max(ys) + _AIR)


def drawn(shown: AreaMap, width: float, height: float) -> Drawing:
    """Lay a map out on a page of so many units; places without a boundary are left out where others have one.

    Where no place has one they are tiles; a lone one fills the page, so that records lie on it as they do to each
    other.
    """
    page = _page(width, height, _FOOT)
    if shown.is_of_tiles and shown.dots and len(shown.places) == 1:
        tile = Shape(shown.places[0], (_corners(page),), page)
        return _geographic(shown, (tile,), Projection.of(_around(shown.dots), page), width, height)
    if shown.is_of_tiles:
        return Drawing(width, height, tuple(_tiles(shown.places, _page(width, height, 0))), is_of_tiles=True)
    here = [(place, shown.outlines[place.spot]) for place in shown.places if place.spot in shown.outlines]
    bounds = bounds_of(outline for _place, outline in here)
    if bounds is None:
        return Drawing(width, height, ())
    lies = Projection.of(bounds, page)
    shapes = tuple(_shape(place, outline, lies) for place, outline in here)
    return _geographic(shown, shapes, lies, width, height)


def _geographic(
    shown: AreaMap, shapes: tuple[Shape, ...], lies: Projection, width: float, height: float
) -> Drawing:
    """Return shapes with the records that lie on the page, and the scale."""
    dots = ((dot, *lies.point(dot.longitude, dot.latitude)) for dot in shown.dots)
    inside_page = tuple(DrawnDot(*each) for each in dots if 0 <= each[1] <= width and 0 <= each[2] <= height)
    return Drawing(width, height, shapes, inside_page, _bar(lies, width))


def fitting(shape: Shape, size: float) -> list[str]:
    """Return the label that fits into a shape in letters of this size: name and figure, the figure alone, nothing.

    A name may break once, or end in «…» where the half of it fits. A figure that may still change has an asterisk.
    """
    if shape.box.width < 2 * WIDE * size or shape.box.height < size:
        return []
    figure = shape.place.brief if shape.place.sure else f"{shape.place.brief}*"
    below = [figure] if figure else []
    name, letters = shape.place.name, int(shape.room.width / (size * WIDE))
    cut = [f"{name[:letters - 1]}…"] if 2 * letters > len(name) else []
    for lines in ([name, *below], [*_halves(name), *below], [*cut, *below], below):
        if not lines:
            break
        wide = max(map(len, lines)) * size * WIDE
        if wide <= shape.room.width and len(lines) * size * 1.2 <= shape.room.height:
            return lines
    return []


def _halves(name: str) -> list[str]:
    """Return a name in two lines about as long as each other, or in one where it has no blank."""
    blanks = [at for at, letter in enumerate(name) if letter == " "]
    if not blanks:
        return [name]
    at = min(blanks, key=lambda each: abs(2 * each - len(name)))
    return [name[:at].removesuffix(" /"), name[at + 1:].removeprefix("/ ")]


def _shape(place: MapPlace, outline: Outline, lies: Projection) -> Shape:
    paths, boxes = [], []
    for ring in outline.rings:
        xs, ys = lies.path(ring)
        if len(xs) > 2:
            boxes.append(Box(min(xs), min(ys), max(xs), max(ys)))
            path = [0.0] * (2 * len(xs))
            path[0::2], path[1::2] = xs, ys
            paths.append(path)
    if not paths:  # smaller than a unit: a speck shows that it is there
        x, y = lies.point(outline.rings[0][0] / MICRO, outline.rings[0][1] / MICRO)
        return _speck(place, x, y)
    box = Box(min(each.left for each in boxes), min(each.top for each in boxes),
              max(each.right for each in boxes), max(each.bottom for each in boxes)) if len(boxes) > 1 else boxes[0]
    return Shape(place, tuple(paths), box)


def _speck(place: MapPlace, x: float, y: float) -> Shape:
    box = Box(x - 1, y - 1, x + 1, y + 1)
    return Shape(place, (_corners(box),), box)


def _corners(box: Box) -> Path:
    return box.left, box.top, box.right, box.top, box.right, box.bottom, box.left, box.bottom


def _stretches(paths: Iterable[Path], y: float) -> Iterator[tuple[float, float]]:
    crossings: list[float] = []
    for path in paths:
        before_x, before_y = path[-2], path[-1]
        for here_x, here_y in zip(path[0::2], path[1::2], strict=True):
            if (here_y > y) != (before_y > y):
                crossings.append((before_x - here_x) * (y - here_y) / (before_y - here_y) + here_x)
            before_x, before_y = here_x, here_y
    crossings.sort()
    yield from zip(crossings[0::2], crossings[1::2], strict=False)


def _tiles(places: Sequence[MapPlace], page: Box) -> Iterator[Shape]:
    """Yield equal tiles in reading order, as large as lets all of them stand on the page."""
    if not places:
        return
    step = min(sqrt(page.width * page.height / len(places)), page.width, _TILE)
    while ceil(len(places) / (page.width // step)) * step > page.height:
        step *= 0.97
    columns, side = int(page.width // step), step - min(_GAP, step / 8)
    for number, place in enumerate(places):
        left, top = page.left + number % columns * step, page.top + number // columns * step
        box = Box(left, top, left + side, top + side)
        yield Shape(place, (_corners(box),), box)


def _bar(lies: Projection, width: float) -> tuple[float, str]:
    """Return the longest bar of a round length that is at most a fifth of the page."""
    kilometre = MICRO * lies.down / _KILOMETRES
    most = width / 5 / kilometre
    length, power = 0.001, 0.001
    while power <= most:
        length = max([length, *(number * power for number in _ROUND if number * power <= most)])
        power *= 10
    words = f"{length:g} km" if length >= 1 else f"{round(length * 1000):g} m"
    return length * kilometre, words
