"""The figures of a map: one measure of every place of an area, with the boundaries kept and what has coordinates."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.actions.scores import area_sums, over_time, slum_scores
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.language import say
from p2kp_desktop.rules import sums
from p2kp_desktop.rules.assessment import Terms
from p2kp_desktop.rules.indicators import Area
from p2kp_desktop.rules.map_measures import MapMeasure
from p2kp_desktop.rules.profile import ALL, add_up
from p2kp_desktop.rules.sums import Sums
from p2kp_desktop.schema import Form
from p2kp_desktop.schema.area_map import Dot, Spot
from p2kp_desktop.schema.outline import Bounds, Outline
from p2kp_desktop.schema.places import lies_in, region, regions
from p2kp_desktop.schema.table import Point
from p2kp_desktop.store import Connection, Workspace, boundaries, views

T = TypeVar("T")
RtPlace = tuple[str, str]  # region (kelurahan), RT label

RT = "rt"
DEPTHS: Mapping[str, int] = {"kota": 2, "kecamatan": 3, "kelurahan": 4}  # parts of the codes of a unit's places
UNITS = (*DEPTHS, RT)
MOST_DOTS = 5000  # records that are shown as points
_AT = ("latitude", "longitude")
_NOTHING = Sums({})
_DOUBTS = frozenset({sums.PROVISIONAL, sums.LACKING, sums.UNBOUNDED})  # sums that are not nothing while work is left


@dataclass(frozen=True)
class MapFigure:
    """The figure of a place, and the sums it has there; one that is not `sure` may still change."""

    spot: Spot
    value: Fraction | None
    sums: Sums

    @property
    def sure(self) -> bool:
        """Say whether nothing there is left to record."""
        return _DOUBTS.isdisjoint(self.sums.amounts)

    @property
    def homes(self) -> int:
        """Return how many households are recorded."""
        return self.sums.number(sums.HOUSEHOLDS)

    @property
    def rts(self) -> int:
        """Return how many RTs are assessed."""
        return self.sums.number(sums.RTS)


@dataclass(frozen=True)
class MapFigures:
    """All that a map shows of an area: its terms, a figure for each place, outlines and records with coordinates."""

    area: str
    period: str
    unit: str
    measure: MapMeasure
    terms: Terms
    figures: tuple[MapFigure, ...]
    outlines: Mapping[Spot, Outline]
    dots: tuple[Dot, ...]


def units_of(area: str) -> tuple[str, ...]:
    """Return the units into which an area can be divided, the one just below it first; a kelurahan also is one."""
    depth = area.count(".") + 1
    if region(area).is_village:
        return RT, "kelurahan"
    return tuple(unit for unit, parts in DEPTHS.items() if parts > depth)


def figures(
    workspace: Workspace, area: str, period: str, measure: MapMeasure, *, unit: str = "",
    tolerance: Callable[[Bounds], int] = lambda _bounds: 0,
) -> MapFigures:
    """Return the figures of an area by a measure, of the unit just below it unless another is named.

    `tolerance` says of the box around them by how many micro-degrees outlines may be off. Raises Unreadable.
    """
    unit = unit if unit in units_of(area) else units_of(area)[0]
    area_sums.refresh(workspace)
    with workspace.asking() as connection:
        terms = slum_scores.terms_of(connection, period)
        added = _added(connection, area, period, unit)
        spots = _spots(connection, area, unit, added)
        outlines = _outlines(connection, spots, tolerance)
        dots = _dots(connection, area, period) if region(area).is_village else ()
    values = _values(workspace, area, period, measure, terms, spots, added)
    found = tuple(MapFigure(spot, values.get(spot), added.get(spot, _NOTHING)) for spot in spots)
    return MapFigures(area, period, unit, measure, terms, found, outlines, dots)


def rules_of(workspace: Workspace, period: str) -> str:
    """Return by which edition a period is scored: it numbers the criteria."""
    with workspace.asking() as connection:
        return slum_scores.terms_of(connection, period).regulation.code


def _added(connection: Connection, area: str, period: str, unit: str) -> dict[Spot, Sums]:
    if unit == RT:
        return {Spot(*place): found for place, found in area_sums.below(connection, area, period).items()}
    if area.count(".") + 1 == DEPTHS[unit]:
        return {Spot(area): area_sums.of(connection, area, None, period)}
    found = area_sums.of_level(connection, area, period, DEPTHS[unit])
    return {Spot(code): sums_ for code, sums_ in found.items()}


def _spots(connection: Connection, area: str, unit: str, added: Iterable[Spot]) -> list[Spot]:
    """Return the places of a unit in an area: every region, and every RT that is recorded or has a boundary."""
    if unit != RT:
        return sorted(Spot(code) for code in regions() if lies_in(code, area) and code.count(".") + 1 == DEPTHS[unit])
    named = {Spot(area, str(each.answers.get("rt"))) for each in views.found(connection, Rt, views.Where(area=area))}
    bounded = {each.spot for each in boundaries.listed(connection) if each.spot.region == area and each.spot.rt}
    return sorted({*added, *named, *bounded})


def _outlines(
    connection: Connection, spots: Sequence[Spot], tolerance: Callable[[Bounds], int]
) -> Mapping[Spot, Outline]:
    """Return the outlines of some places as exact as they are to be, which their coarse ones tell."""
    coarse = boundaries.outlines(connection, spots, boundaries.COARSE)
    around: Bounds | None = None
    for each in coarse.values():
        around = each.bounds if around is None else around.around(each.bounds)
    most = tolerance(around) if around is not None else boundaries.COARSE
    return coarse if most >= boundaries.COARSE else boundaries.outlines(connection, spots, most)


def _values(
    workspace: Workspace, area: str, period: str, measure: MapMeasure, terms: Terms, spots: Sequence[Spot],
    added: Mapping[Spot, Sums],
) -> Mapping[Spot, Fraction | None]:
    if measure.of is not None:
        return {spot: measure.of(here, terms.regulation) for spot, here in added.items()}
    indicator = measure.indicator
    if indicator is None:
        return {}
    told = _by_home(_homes(spots), over_time.profiles_of(workspace, area, period).items())
    found: dict[Spot, Fraction | None] = {}
    for spot in spots:
        here = Area(add_up(told.get(spot, ())), added.get(spot, _NOTHING))
        figure = indicator.count(here, here.profile.marks(ALL), ALL)
        found[spot] = Fraction(figure.good) / Fraction(figure.of) if figure is not None and figure.of else None
    return found


def _by_home(home: Callable[[RtPlace], Spot], several: Iterable[tuple[RtPlace, T]]) -> dict[Spot, list[T]]:
    found: dict[Spot, list[T]] = {}
    for place, each in several:
        found.setdefault(home(place), []).append(each)
    return found


def _homes(spots: Sequence[Spot]) -> Callable[[RtPlace], Spot]:
    """Return the function that says in which of some places an RT lies."""
    if any(spot.rt for spot in spots):
        return lambda place: Spot(*place)
    parts = spots[0].region.count(".") + 1 if spots else 0
    return lambda place: Spot(".".join(place[0].split(".")[:parts]))


def located_forms() -> list[type[Form]]:
    """Return the forms whose records may say where on the earth they are."""
    return [form for form in FORMS if {*_AT} <= {question.key for question in form.stored()}]


def _dots(connection: Connection, area: str, period: str) -> tuple[Dot, ...]:
    """Return the records of a kelurahan with coordinates, households last, so that they lie on top."""
    found: list[Dot] = []
    for form in reversed(located_forms()):
        private = any(question.private for question in form.stored() if question.key in _AT)
        for record in views.found(connection, form, views.Where(area=area)):
            counted = record.counted_answers()
            at = Point.of(*(counted.get(key) for key in _AT))
            if at is None or record.answers.get("period") not in (None, period):
                continue
            told = record_names.subject(form.key, record.id, record.answers)
            found.append(Dot(float(at.longitude), float(at.latitude), form.key, record.id,
                             f"{say(form.title)}: {told.name or told.words}", private=private))
    return tuple(found[-MOST_DOTS:])
