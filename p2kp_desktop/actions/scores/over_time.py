"""How an area and the areas inside it stand in each period: 100-0-100, indicators, RTs that became slum or left it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from p2kp_desktop.actions.review import rollup
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.rules import comparison
from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.rules.comparison import Comparison, SlumMove
from p2kp_desktop.rules.indicators import INDICATORS, Area, Figure, Indicator, figures
from p2kp_desktop.rules.profile import ALL, GROUPS, Group, Profile, add_up
from p2kp_desktop.rules.targets import Hundreds, hundreds
from p2kp_desktop.schema import Record
from p2kp_desktop.schema.places import lies_in, region
from p2kp_desktop.store import Workspace, oversight, summaries, views

from . import area_periods, slum_scores

RtPlace = tuple[str, str]  # region (kelurahan), RT label
Child = tuple[str, str]  # region of any level, RT label or "" for all of it


@dataclass(frozen=True)
class Stage:
    """One area, or one RT of a kelurahan (`rt` is "" else), in one period, and its RTs in the period before it.

    `before` is "" where no earlier period has data; of `unassessed` RTs the period has none. `whole` marks the area
    that was asked for, above those inside it.
    """

    region: str
    rt: str
    period: str
    whole: bool
    rts: tuple[RtAssessment, ...]
    before: str
    earlier: tuple[RtAssessment, ...]
    unassessed: int = 0
    unverified: int = 0

    @cached_property
    def hundreds(self) -> Hundreds:
        """Return how far it is on the way to 100-0-100."""
        return hundreds(self.rts, unassessed=self.unassessed, unverified=self.unverified)

    @cached_property
    def change(self) -> Comparison:
        """Return the change since the period before, over the RTs assessed in both; without one all RTs are new."""
        return comparison.compare(self.earlier, self.rts)

    def holds(self, place: RtPlace) -> bool:
        """Say whether an RT lies in it."""
        return lies_in(place[0], self.region) and self.rt in ("", place[1])


def stages(workspace: Workspace, area: str, *, period: str = "", rt: str | None = None) -> list[Stage]:
    """Return an area and those just below it, each in every period that has data, or in one; of a kelurahan its RTs.

    The area itself comes first, then the others by code; of each the oldest period first. Raises Unreadable.
    """
    known = area_periods.assessed(workspace, area)
    with workspace.asking() as connection:
        named = {each for each in oversight.named_rts(connection) if lies_in(each[0], area)}
    scored: dict[str, list[RtAssessment]] = {}

    def of(year: str) -> list[RtAssessment]:
        if year and year not in scored:
            scored[year] = slum_scores.assessments(workspace, area=area, period=year)
        return scored.get(year, [])

    found: list[Stage] = []
    for year in [period] if period else known:
        before = comparison.earlier(year, known)
        reviewed = rollup.rts(workspace, area, year)
        waiting = {(each.region, each.rt): each.records.total - each.records.verified for each in reviewed}
        found += _of_period(area, rt, year, of(year), before, of(before), named, waiting)
    return sorted(found, key=lambda each: (not each.whole, each.region, each.rt, each.period))


def _of_period(
    area: str, rt: str | None, period: str, now: Sequence[RtAssessment], before: str, earlier: Sequence[RtAssessment],
    named: set[RtPlace], waiting: Mapping[RtPlace, int],
) -> Iterator[Stage]:
    places = {(each.region, each.rt) for each in (*now, *earlier)} | named
    if rt is None:
        inside = [(area, ""), *sorted({_child(area, place) for place in places})]
    else:
        inside = sorted(place for place in places if place[1] == rt)
    for child in inside:
        here = Stage(*child, period, child == (area, ""), (), before, ())
        mine = tuple(each for each in now if here.holds((each.region, each.rt)))
        there = {(each.region, each.rt) for each in mine}
        yield replace(
            here, rts=mine, earlier=tuple(each for each in earlier if here.holds((each.region, each.rt))),
            unassessed=sum(here.holds(place) and place not in there for place in places),
            unverified=sum(number for place, number in waiting.items() if here.holds(place)),
        )


def _child(area: str, place: RtPlace) -> Child:
    """Return the area just below another that holds an RT: in a kelurahan the RT itself."""
    if region(area).is_village:
        return place
    return ".".join(place[0].split(".")[: area.count(".") + 2]), ""


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator of one area and period, among some of its households."""

    stage: Stage
    group: Group
    indicator: Indicator
    figure: Figure


def indicator_lines(
    workspace: Workspace, area: str, *, period: str = "", rt: str | None = None, groups: Iterable[Group] = GROUPS
) -> list[IndicatorLine]:
    """Return every indicator of an area and those just below it, by period and group; a group without anybody has none.

    Raises Unreadable.
    """
    chosen = tuple(groups)
    found: list[IndicatorLine] = []
    profiles: dict[str, Mapping[RtPlace, Profile]] = {}
    surveys: dict[str, list[Record]] = {}
    for stage in stages(workspace, area, period=period, rt=rt):
        if stage.period not in profiles:
            profiles[stage.period], surveys[stage.period] = counted(workspace, area, stage.period)
        here = Area(
            add_up(each for place, each in profiles[stage.period].items() if stage.holds(place)), stage.rts,
            [each for each in surveys[stage.period]
             if stage.holds((str(each.answers.get("region")), str(each.answers.get("rt"))))],
        )
        found += _lines(stage, here, chosen)
    return found


@dataclass(frozen=True)
class CrossLine:
    """One indicator of an area and period among several groups of its households, by their keys."""

    stage: Stage
    figures: Mapping[str, Figure]


def crossed(
    workspace: Workspace, area: str, indicator: str, groups: Iterable[Group], *, period: str = "", rt: str | None = None
) -> list[CrossLine]:
    """Return an indicator of an area and those just below it, by period, among some groups. Raises Unreadable."""
    found: dict[tuple[str, str, str], tuple[Stage, dict[str, Figure]]] = {}
    for line in indicator_lines(workspace, area, period=period, rt=rt, groups=(ALL, *groups)):
        here = line.stage.region, line.stage.rt, line.stage.period
        _stage, of_groups = found.setdefault(here, (line.stage, {}))
        if line.indicator.key == indicator:
            of_groups[line.group.key] = line.figure
    return [CrossLine(*each) for each in found.values()]


def _lines(stage: Stage, area: Area, groups: Sequence[Group]) -> Iterator[IndicatorLine]:
    told = figures(area, groups)
    for group in groups:
        for each in INDICATORS:
            figure = told.get((each.key, group.key))
            if figure is not None and (figure.of or group == ALL):
                yield IndicatorLine(stage, group, each, figure)


def counted(workspace: Workspace, area: str, period: str) -> tuple[Mapping[RtPlace, Profile], list[Record]]:
    """Return the profile of each RT of an area and period, and the area surveys."""
    with workspace.changing() as connection:
        summaries.refresh_profiles(connection, area=area, period=period)
    with workspace.asking() as connection:
        kept = summaries.known_profiles(connection, area=area, period=period)
        found = [*views.found(connection, RtSurvey, views.Where(area=area, period=period))]
    return {(place[0], place[1]): each for place, each in kept.items()}, found


@dataclass(frozen=True)
class SlumLine:
    """An RT that entered or left the list of slum RTs between two periods."""

    period: str
    before: str
    move: SlumMove


def slum_lines(workspace: Workspace, area: str, *, period: str = "", rt: str | None = None) -> list[SlumLine]:
    """Return the RTs of an area that are slum in only one of two periods that follow each other, the newest first.

    Raises Unreadable.
    """
    found = [
        SlumLine(each.period, each.before, move)
        for each in stages(workspace, area, period=period) if each.whole and each.before
        for move in comparison.slum_moves(each.earlier, each.rts) if rt in (None, move.place[1])
    ]
    return sorted(found, key=lambda each: each.period, reverse=True)
