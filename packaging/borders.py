"""Borders that nobody drew: a tessellation of the province whose neighbours share every point, for bench and tests.

A box is cut among kabupaten/kota, each of these among its kecamatan and each of them among its villages, along a grid;
then the whole plane is bent, so that borders are as crooked as rivers are and still have no gap.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import sin

Corner = tuple[float, float]  # longitude, latitude
Part = tuple[int, int, int, int]  # of the grid: left, bottom, right, top

WEST, SOUTH, EAST, NORTH = 102.1, -4.9, 106.2, -1.7  # about South Sumatra
STEP = 0.0013  # degrees between two points of a border


def borders(codes: Iterable[str], *, step: float = STEP) -> Iterator[tuple[str, list[Corner]]]:
    """Yield each code with its outer ring, against the clock; codes with the same beginning lie side by side."""
    whole = 0, 0, round((EAST - WEST) / step), round((NORTH - SOUTH) / step)
    for code, part in _cut(sorted(codes), whole, 1):
        yield code, [_bent(x * step, y * step) for x, y in _around(part)]


def _cut(codes: Sequence[str], part: Part, depth: int) -> Iterator[tuple[str, Part]]:
    """Cut a part among codes, first among what so many parts of them have in common."""
    if len(codes) == 1:
        yield codes[0], part
        return
    groups: dict[str, list[str]] = {}
    for code in codes:
        groups.setdefault(".".join(code.split(".")[:depth]), []).append(code)
    if len(groups) == 1:
        yield from _cut(codes, part, depth + 1)
        return
    first, second = _halves(groups)
    left, bottom, right, top = part
    share = len(first) / len(codes)
    if right - left >= top - bottom:
        middle = left + max(1, round((right - left) * share))
        parts = (left, bottom, middle, top), (middle, bottom, right, top)
    else:
        middle = bottom + max(1, round((top - bottom) * share))
        parts = (left, bottom, right, middle), (left, middle, right, top)
    for some, where in zip((first, second), parts, strict=True):
        yield from _cut(some, where, depth)


def _halves(groups: Mapping[str, Sequence[str]]) -> tuple[list[str], list[str]]:
    """Return the codes of some groups and of the others, about as many, none of a group here and there."""
    half = sum(map(len, groups.values())) / 2
    first: list[str] = []
    second: list[str] = []
    for group in groups.values():
        (first if not first or (len(first) + len(group) / 2 <= half and not second) else second).extend(group)
    return first, second


def _around(part: Part) -> Iterator[tuple[int, int]]:
    left, bottom, right, top = part
    yield from ((x, bottom) for x in range(left, right))
    yield from ((right, y) for y in range(bottom, top))
    yield from ((x, top) for x in range(right, left, -1))
    yield from ((left, y) for y in range(top, bottom, -1))


def _bent(x: float, y: float) -> Corner:
    return (WEST + x + 0.02 * sin(17 * x + 23 * y) + 0.003 * sin(150 * y) + 0.0008 * sin(900 * y + 3 * x),
            SOUTH + y + 0.02 * sin(19 * x - 13 * y) + 0.003 * sin(140 * x) + 0.0008 * sin(850 * x - 2 * y))
