"""The map of an area by one measure, as a value that the window paints and paper sets: `area_map`, and `map_svg`.

    shown = area_map(workspace, Scope("16.71", None, "2026"), "water_safe")   # places, classes, outlines, notes
    picture = drawing.drawn(shown, 700, 400)                                  # shapes in units of a page
    text = drawing_svg.svg(shown, 700, 400)                                   # the same as SVG, in points

The last is what `map_svg` returns at once. Both need nothing but a workspace.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from p2kp_desktop.actions.home import map_figures
from p2kp_desktop.actions.home.map_figures import MapFigure, MapFigures
from p2kp_desktop.language import say
from p2kp_desktop.rules.assessment import Terms
from p2kp_desktop.rules.map_measures import Classes, MapMeasure, Scale, classes, measures
from p2kp_desktop.schema import written
from p2kp_desktop.schema.area_map import AreaMap, MapPlace
from p2kp_desktop.schema.conditions import DEFAULT_RULES
from p2kp_desktop.schema.drawing import tolerance
from p2kp_desktop.schema.drawing_svg import svg
from p2kp_desktop.schema.outline import Bounds
from p2kp_desktop.schema.places import region_name, rt_words
from p2kp_desktop.schema.table import Column, Kind, Mark, Scope, Subject, Table
from p2kp_desktop.store import Workspace

from . import saving
from .registry import Group, reports_of

report = reports_of(Group.FIGURES)

USUAL = "level"
_NAMED = 5  # places without a boundary that a note names


def area_map(
    workspace: Workspace, asked: Scope, indicator: str = USUAL, *, unit: str = "", size: tuple[float, float] = (0, 0)
) -> AreaMap:
    """Return the map of an area by a measure (rules/map_measures.py), of the unit just below unless one is named.

    With a `size` outlines are as exact as a page of so many units shows, else whole. Raises Unreadable.
    """
    whole = saving.understood(workspace, asked)
    return put(whole, figures(workspace, whole, indicator, unit=unit, size=size))


def figures(
    workspace: Workspace, whole: Scope, indicator: str = USUAL, *, unit: str = "", size: tuple[float, float] = (0, 0)
) -> MapFigures:
    """Return the figures of such a map, before they are put into classes and words."""
    known = measures(map_figures.rules_of(workspace, whole.period))
    measure = known.get(indicator, known[USUAL])
    loose: Callable[[Bounds], int] = partial(_tolerance, size)
    return map_figures.figures(workspace, whole.area, whole.period, measure, unit=unit, tolerance=loose)


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
        each.sure or each.value is None, 0 if each.spot.rt else each.rts, each.homes,
    )


def shown(found: MapFigures, each: MapFigure) -> str:
    """Return the figure of a place in words."""
    rules = found.terms.regulation
    of_level = found.measure.scale is Scale.LEVEL and each.value is not None
    return found.measure.shown(each.value, say(rules.level(int(each.value or 0)).name) if of_level else "")


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
    if found.dots and (found.outlines or len(found.figures) == 1):
        notes.append(say("{number} titik: rumah dan catatan lain dengan koordinat. Tetikus menunjukkan namanya.",
                         number=written.number(len(found.dots))))
    elif found.dots:
        notes.append(say("{number} catatan berkoordinat: U menunjukkan letaknya.",
                         number=written.number(len(found.dots))))
    doubtful = sum(not each.sure and each.value is not None for each in found.figures)
    if doubtful:
        notes.append(say("{number} tempat masih sementara: belum semua rumahnya didata atau surveinya lengkap.",
                         number=written.number(doubtful)))
    return notes


@dataclass(frozen=True)
class MapLine:
    """A place of a map, by the terms of its period."""

    figure: MapFigure
    terms: Terms

    @property
    def name(self) -> str:
        """Return its name."""
        return rt_words(self.figure.spot.rt) if self.figure.spot.rt else region_name(self.figure.spot.region)

    def value(self, measure: MapMeasure) -> Fraction | None:
        """Return its figure by a measure of sums."""
        return measure.of(self.figure.sums, self.terms.regulation) if measure.of else None


def lines_of(found: MapFigures) -> list[MapLine]:
    """Return the places of a map as lines, those whose figure is known first."""
    ordered = sorted(found.figures, key=lambda each: each.value is None)
    return [MapLine(each, found.terms) for each in ordered]


def _lines(workspace: Workspace, asked: Scope) -> list[MapLine]:
    measure = measures(map_figures.rules_of(workspace, asked.period))[USUAL]
    found = lines_of(map_figures.figures(workspace, asked.area, asked.period, measure))
    return [line for line in found if asked.rt in (None, line.figure.spot.rt)]


@report(_lines)
def places(lines: Sequence[MapLine] = (), chosen: MapMeasure | None = None) -> Table[MapLine]:
    """Return the places of a map with all figures that add up; in the window only the one that is chosen."""
    known = measures(lines[0].terms.regulation.code if lines else DEFAULT_RULES)
    level = known[USUAL]
    wanted = chosen or level
    aside = [measure for measure in known.values() if measure.of is not None and measure.key not in (USUAL, wanted.key)]
    return Table(
        "map", say("Angka peta"), (
            Column("region", say("Kode wilayah"), Kind.IDENTITY, lambda line: line.figure.spot.region, is_aside=True),
            Column("rt", say("RT"), Kind.RT, lambda line: line.figure.spot.rt, is_aside=True),
            Column("name", say("Tempat"), Kind.NAME, lambda line: line.name, sample="Tiga-puluh-enam Ilir",
                   stretches=True, wraps=True),
            *_chosen(wanted),
            *((_level(level, in_sight=False),) if wanted.key != USUAL else ()),
            *(_column(measure) for measure in aside),
            Column("households", say("Rumah"), Kind.WHOLE, lambda line: line.figure.homes, sample="00.000",
                   gives_way=2),
            Column("rts", say("RT dinilai"), Kind.WHOLE, lambda line: line.figure.rts, is_aside=True),
            Column("provisional", say("Sementara"), Kind.VERDICT, sample=say("sementara"), gives_way=1,
                   of=lambda line: None if line.figure.sure else Mark("open", say("sementara"))),
        ),
        lines, empty=say("Tidak ada tempat di wilayah ini."), known_by=lambda line: line.figure.spot,
        spot=lambda line: line.figure.spot, scored=_scored(wanted),
        sums={"households": sum(line.figure.homes for line in lines), "rts": sum(line.figure.rts for line in lines)},
    )


def _scored(wanted: MapMeasure) -> Callable[[MapLine], Subject | None]:
    def subject(line: MapLine) -> Subject | None:
        spot = line.figure.spot
        return Subject(Scope(spot.region, spot.rt or None), criterion=wanted.criterion) if line.figure.rts else None

    return subject


def _chosen(measure: MapMeasure) -> tuple[Column[MapLine], ...]:
    if measure.key == USUAL:
        return (_level(measure, in_sight=True),)
    return (Column(measure.key, measure.named, _KINDS[measure.scale], lambda line: line.figure.value, wraps=True,
                   shown=lambda line: measure.shown(line.figure.value), sample=say("belum ada data"),
                   unit=_unit(measure)),)


def _level(measure: MapMeasure, *, in_sight: bool) -> Column[MapLine]:
    def shown(line: MapLine) -> str:
        total = line.value(measure)
        return measure.shown(total, say(line.terms.regulation.level(int(total)).name) if total is not None else "")

    def mark(line: MapLine) -> Mark | None:
        total = line.value(measure)
        return None if total is None else Mark(line.terms.regulation.level(int(total)).code, shown(line))

    return Column(measure.key, measure.named, Kind.SMALL, mark, shown=shown, by=lambda line: line.value(measure),
                  sample="00 (Kumuh sedang)", is_aside=not in_sight)


def _column(measure: MapMeasure) -> Column[MapLine]:
    return Column(measure.key, measure.named, _KINDS[measure.scale], lambda line: line.value(measure), is_aside=True,
                  unit=_unit(measure), shown=lambda line: measure.shown(line.value(measure)))


def _unit(measure: MapMeasure) -> str:
    return measure.unit if measure.scale is Scale.AMOUNT else ""


_KINDS = {Scale.LEVEL: Kind.SMALL, Scale.GOOD: Kind.SHARE, Scale.BAD: Kind.SHARE, Scale.AMOUNT: Kind.DECIMAL}
