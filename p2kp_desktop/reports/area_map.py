"""The map of an area by one measure, as a value that the window paints and paper sets: `area_map`, and `map_svg`.

    shown = area_map(workspace, Scope("16.71", None, "2026"), "water_safe")   # places, classes, outlines, notes
    picture = drawing.drawn(shown, 700, 400)                                  # shapes in units of a page
    text = drawing_svg.svg(shown, 700, 400)                                   # the same as SVG, in points

The last is what `map_svg` returns at once. Both need nothing but a workspace.
"""

from collections.abc import Callable, Sequence
from functools import partial

from p2kp_desktop.actions.home import map_figures
from p2kp_desktop.actions.home.map_figures import MapFigure, MapFigures
from p2kp_desktop.language import say
from p2kp_desktop.rules.map_measures import Classes, Scale, classes, measures
from p2kp_desktop.schema import written
from p2kp_desktop.schema.area_map import AreaMap, MapPlace
from p2kp_desktop.schema.drawing import tolerance
from p2kp_desktop.schema.drawing_svg import svg
from p2kp_desktop.schema.outline import Bounds
from p2kp_desktop.schema.places import region_name, rt_words
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import Workspace

from . import saving

USUAL = "level"
_NAMED = 5  # places without a boundary that a note names


def area_map(
    workspace: Workspace, asked: Scope, indicator: str = USUAL, *, unit: str = "", size: tuple[float, float] = (0, 0)
) -> AreaMap:
    """Return the map of an area by a measure (rules/map_measures.py), of the unit just below unless one is named.

    With a `size` outlines are as exact as a page of so many units shows, else whole. Raises Unreadable.
    """
    whole = saving.understood(workspace, asked)
    known = measures(map_figures.rules_of(workspace, whole.period))
    measure = known.get(indicator, known[USUAL])
    loose: Callable[[Bounds], int] = partial(_tolerance, size)
    found = map_figures.figures(workspace, whole.area, whole.period, measure, unit=unit, tolerance=loose)
    return put(whole, found)


def map_svg(
    workspace: Workspace, asked: Scope, indicator: str = USUAL, *, unit: str = "", width: float, height: float
) -> str:
    """Return the map of an area as SVG of so many points, with its legend: what paper sets."""
    return svg(area_map(workspace, asked, indicator, unit=unit, size=(width * 4, height * 4)), width, height)


def _tolerance(size: tuple[float, float], bounds: Bounds) -> int:
    return tolerance(bounds, *size) if all(size) else 0


def put(scope: Scope, found: MapFigures) -> AreaMap:
    """Return figures as a map."""
    measure = found.measure
    known = classes(measure, found.terms.regulation, (each.value for each in found.figures))
    return AreaMap(
        scope, measure.key, measure.named, say(measure.rule), found.unit, known.bands,
        tuple(_place(each, found, known) for each in found.figures), found.outlines, found.dots,
        tuple(_notes(found)),
    )


def _place(each: MapFigure, found: MapFigures, known: Classes) -> MapPlace:
    name = rt_words(each.spot.rt) if each.spot.rt else region_name(each.spot.region)
    return MapPlace(
        each.spot, name, each.value, shown(found, each), known.of(each.value), found.measure.brief(each.value),
        each.sure or each.value is None, " · ".join(_told(each)),
    )


def shown(found: MapFigures, each: MapFigure) -> str:
    """Return the figure of a place in words."""
    rules = found.terms.regulation
    of_level = found.measure.scale is Scale.LEVEL and each.value is not None
    return found.measure.shown(each.value, say(rules.level(int(each.value or 0)).name) if of_level else "")


def _told(each: MapFigure) -> Sequence[str]:
    if each.value is None:
        return ()
    rts = () if each.spot.rt else (say("{number} RT", number=written.number(each.rts)),)
    homes = (say("{number} rumah", number=written.number(each.homes)),)
    return (*rts, *homes, *(() if each.sure else (say("sementara"),)))


def _notes(found: MapFigures) -> Sequence[str]:
    lacking = [each for each in found.figures if each.spot not in found.outlines]
    notes = []
    if lacking and len(lacking) < len(found.figures):
        names = ", ".join(rt_words(each.spot.rt) if each.spot.rt else region_name(each.spot.region)
                          for each in lacking[:_NAMED])
        more = say(", dan {number} lainnya", number=written.number(len(lacking) - _NAMED)) if (
            len(lacking) > _NAMED) else ""
        notes.append(say("Tanpa batas di peta: {names}{more}.", names=names, more=more))
    elif lacking:
        notes.append(say("Batas wilayahnya belum diimpor: setiap kotak satu tempat, bukan letaknya."))
    doubtful = sum(not each.sure and each.value is not None for each in found.figures)
    if doubtful:
        notes.append(say("{number} tempat masih sementara: belum semua rumahnya didata atau surveinya lengkap.",
                         number=written.number(doubtful)))
    return notes
