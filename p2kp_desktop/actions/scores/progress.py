"""How far RTs and kelurahan are: what is recorded of what there is, what is left to do, how they score."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from p2kp_desktop.actions.residents import residents
from p2kp_desktop.actions.residents.residents import Completeness
from p2kp_desktop.actions.review import rollup
from p2kp_desktop.actions.review.rollup import RtReview, VillageReview
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.language import say
from p2kp_desktop.rules.assessment import AreaAssessment, RtAssessment, assess_area
from p2kp_desktop.rules.certainty import between, span, span_of_area
from p2kp_desktop.rules.targets import hundreds
from p2kp_desktop.schema import Record
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.store import Workspace, listing, views

from . import slum_scores


@dataclass(frozen=True)
class RtLine:
    """One RT: what is surveyed of what there is, and its score; `percent` is None while the whole is unknown.

    `of` is the number of buildings by the area survey (B3). Where there is a list of residents the percentage is
    of its lines, and `listed` says how they ended. A recap that stands for the census counts by the criteria it
    fills. `total` is None while there are no data, `review` while no record stands there.
    """

    region: str
    rt: str
    head: str
    record: str
    households: int
    buildings: int
    of: int | None
    percent: Fraction | None
    survey: bool
    recap: bool
    total: int | None
    level: str
    provisional: bool
    unfinished: int
    conflicts: int
    listed: Completeness | None = None
    review: RtReview | None = None
    open: tuple[str, ...] = ()  # why the score may still change
    asides: tuple[str, ...] = ()  # what gives another score: the other method, the other source
    source: str = ""  # census or recap
    level_code: str = ""
    scored: RtAssessment | None = field(default=None, compare=False, repr=False)
    latitude: Decimal | None = None  # decimal degrees, as the record of the RT says
    longitude: Decimal | None = None

    @cached_property
    def span(self) -> tuple[int, int] | None:
        """Return the totals between which a provisional score may still lie; None where it is firm or unknown."""
        return span(self.scored) if self.scored and self.open else None

    @property
    def could_become(self) -> str:
        """Return the levels that the score could still have, in words; "" where it is none other."""
        return between(self.scored.regulation, self.scored.score, *self.span) if self.scored and self.span else ""

    @property
    def whole(self) -> bool:
        """Say whether everything there is has been recorded without anything left to do."""
        return self.percent == 100 and not self.unfinished and not self.conflicts


def rts(workspace: Workspace, area: str, period: str) -> list[RtLine]:
    """Return every RT of an area that has a record, in order of kelurahan and label; raise Unreadable."""
    return rt_lines(workspace, area, period, slum_scores.assessments(workspace, area=area, period=period))


def rt_lines(workspace: Workspace, area: str, period: str, assessed: Iterable[RtAssessment]) -> list[RtLine]:
    """Return the lines of RTs whose assessments are known already."""
    scored = {(each.region, each.rt): each for each in assessed}
    with workspace.asking() as connection:
        found = views.found(connection, Rt, views.Where(area=area))
        named = {(str(each.answers.get("region")), str(each.answers.get("rt"))): each for each in found}
        conflicts = listing.conflicts_by_rt(connection, area, period)
        unfinished = listing.unfinished(connection, area, period, views.rule_sets(connection))
    lists = {(each.region, each.rt): each for each in residents.by_rt(workspace, area, period) if each.rt}
    reviewed = {(each.region, each.rt): each for each in rollup.rts(workspace, area, period)}
    lines = [
        _rt_line(place, scored.get(place), named.get(place), unfinished.get(place, 0), conflicts.get(place, 0))
        for place in sorted({*scored, *named, *lists})
    ]
    return [
        _located(_with_list(line, lists.get((line.region, line.rt)), reviewed.get((line.region, line.rt))),
                 named.get((line.region, line.rt)))
        for line in lines
    ]


def _located(line: RtLine, named: Record | None) -> RtLine:
    if named is None:
        return line
    return replace(line, latitude=named[Rt.latitude], longitude=named[Rt.longitude])


def _with_list(line: RtLine, listed: Completeness | None, review: RtReview | None) -> RtLine:
    counted = listed is not None and not (line.recap and not line.households)
    share = listed.percent if listed is not None and counted else line.percent
    return replace(line, percent=share, listed=listed, review=review)


def _rt_line(
    place: tuple[str, str], scored: RtAssessment | None, named: Record | None, unfinished: int, conflicts: int
) -> RtLine:
    head, record = ((named[Rt.head_name] or "", named.id) if named else ("", ""))
    if scored is None:
        nothing = Fraction()
        return RtLine(*place, head, record, 0, 0, None, nothing, False, False, None, "", False, unfinished, conflicts)
    tally, covered, score = scored.tally, scored.coverage, scored.score
    return RtLine(
        *place, head, record, tally.households, tally.buildings, covered.buildings_in_area_survey,
        completeness(scored), covered.area_survey, covered.recap,
        score.total, scored.regulation.level(score.total).name, score.provisional, unfinished, conflicts,
        open=scored.open, asides=scored.asides, source=scored.source,
        level_code=scored.regulation.level(score.total).code, scored=scored,
    )


def completeness(scored: RtAssessment) -> Fraction | None:
    """Return how many per cent of an RT are recorded, 0 to 100; None when nobody said how much there is."""
    if scored.source == "recap":
        known = [each.score is not None for each in scored.score.criteria.values()]
        return Fraction(100 * sum(known), len(known))
    whole = scored.coverage.buildings_in_area_survey
    if not scored.tally.households:
        return Fraction()
    if not whole:
        return None
    return min(Fraction(100), Fraction(100 * scored.tally.buildings, whole))


_DEPTHS = {"kelurahan": 4, "kecamatan": 3, "kota": 2, "provinsi": 1}  # parts of the code of an area of each level


@dataclass(frozen=True)
class VillageLine:
    """One kelurahan or desa: its RTs taken together; `percent` is the mean over them."""

    region: str
    name: str
    rts: int
    households: int
    percent: Fraction
    level: str
    total: int | None
    provisional: bool
    slum_ha: Fraction
    conflicts: int
    review: VillageReview | None = None
    listed: Completeness | None = None
    open: tuple[str, ...] = ()  # why the score may still change
    asides: tuple[str, ...] = ()  # what else is to be known: another method or source gives an RT another level
    level_code: str = ""
    scored: AreaAssessment | None = field(default=None, compare=False, repr=False)
    members: tuple[RtAssessment, ...] = field(default=(), compare=False, repr=False)

    @cached_property
    def span(self) -> tuple[int, int] | None:
        """Return the totals between which a provisional score may still lie; None where it is firm or unknown."""
        return span_of_area(self.members, self.scored) if self.scored and self.open else None

    @property
    def could_become(self) -> str:
        """Return the levels that the score could still have, in words; "" where it is none other."""
        return between(self.scored.regulation, self.scored.score, *self.span) if self.scored and self.span else ""


def villages(workspace: Workspace, area: str, period: str) -> list[VillageLine]:
    """Return every kelurahan of an area that has a record, by name; raise Unreadable."""
    assessed = slum_scores.assessments(workspace, area=area, period=period)
    reviewed = {each.region: each for each in rollup.villages(workspace, area, period)}
    lines = village_lines(rt_lines(workspace, area, period, assessed), assessed)
    return [replace(line, review=reviewed.get(line.region)) for line in lines]


def areas(workspace: Workspace, area: str, period: str, level: str) -> list[VillageLine]:
    """Return the areas of a level in an area, as `villages` does; reviews are not summed up there."""
    assessed = slum_scores.assessments(workspace, area=area, period=period)
    return village_lines(rt_lines(workspace, area, period, assessed), assessed, level=level)


def village_lines(
    lines: Sequence[RtLine], assessed: Sequence[RtAssessment], *, level: str = "kelurahan"
) -> list[VillageLine]:
    """Return the kelurahan that these RTs make up, or the areas of another level, by name."""
    def home(region: str) -> str:
        return ".".join(region.split(".")[:_DEPTHS[level]])

    by_region: dict[str, list[RtLine]] = {}
    for line in lines:
        by_region.setdefault(home(line.region), []).append(line)
    scored: dict[str, list[RtAssessment]] = {}
    for each in assessed:
        scored.setdefault(home(each.region), []).append(each)
    found = [_village_line(region, some, scored.get(region, [])) for region, some in by_region.items()]
    return sorted(found, key=lambda line: line.name)


def _village_line(region: str, lines: Sequence[RtLine], scored: Sequence[RtAssessment]) -> VillageLine:
    together = assess_area(scored, scored[0].regulation, scored[0].method) if scored else None
    unassessed = len(lines) - len(scored)
    return VillageLine(
        region, region_name(region), len(lines), sum(line.households for line in lines), mean_percent(lines),
        together.regulation.level(together.score.total).name if together else "",
        together.score.total if together else None,
        bool(together and (together.score.provisional or unassessed)),
        together.slum_ha if together else Fraction(), sum(line.conflicts for line in lines),
        listed=list_of(lines), open=tuple(_doubts(together, unassessed)) if together else (),
        asides=hundreds(scored).base.beside,
        level_code=together.regulation.level(together.score.total).code if together else "", scored=together,
        members=tuple(scored),
    )


def _doubts(together: AreaAssessment, unassessed: int) -> Iterator[str]:
    """Yield why the score of a kelurahan may still change."""
    if unassessed:
        yield say("{number} dari {all} RT belum ada data.", number=unassessed, all=together.rts + unassessed)
    if together.provisional_rts:
        yield say("{number} dari {all} RT bernilai sementara.", number=together.provisional_rts, all=together.rts)


def list_of(lines: Iterable[RtLine | VillageLine]) -> Completeness | None:
    """Return how the lists of residents of RTs or kelurahan ended, taken together; None where there is none."""
    lists = [line.listed for line in lines if line.listed is not None]
    return residents.together(lists) if lists else None


def mean_percent(lines: Sequence[RtLine]) -> Fraction:
    """Return the mean completeness of RTs in per cent; one of which the whole is unknown counts as 0."""
    return sum((line.percent or Fraction() for line in lines), Fraction()) / max(len(lines), 1)
