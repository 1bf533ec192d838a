"""A map of an area on paper: boundaries where the office keeps some, a tile for each place where it does not."""

from collections.abc import Iterator
from math import ceil

from p2kp_desktop.reports import area_map
from p2kp_desktop.schema.drawing_svg import svg
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import Workspace

from . import blocks
from .blocks import Block

_POINTS = 72 / 25.4
_TILE, _LEGEND = 100, 60  # points of a tile, and of what stands below


def of_area(
    workspace: Workspace, scope: Scope, wide: float, high: float, *, indicator: str = area_map.USUAL, unit: str = ""
) -> Iterator[Block]:
    """Yield the map of an area by a measure, so many millimetres large, with its legend and what is to be known."""
    size = wide * _POINTS, high * _POINTS
    shown = area_map.area_map(workspace, scope, indicator, unit=unit, size=size)
    if not shown.places:
        return
    if shown.is_of_tiles:  # a few tiles need no page
        rows = ceil(len(shown.places) / max(int(size[0] // _TILE), 1))
        size = size[0], min(size[1], rows * _TILE + _LEGEND)
    yield {"kind": "map", "svg": svg(shown, *size), "wide": wide, "title": shown.title}
    yield from (blocks.note(each) for each in (f"**{shown.title}**. {shown.rule}", *shown.notes) if each)
