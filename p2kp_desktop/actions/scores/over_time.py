"""How an area and the areas inside it stand in each period: 100-0-100, indicators, RTs that became slum or left it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from p2kp_desktop.rules import comparison
from p2kp_desktop.rules.comparison import Matched, SlumMove
from p2kp_desktop.rules.indicators import INDICATORS, Area, Figure, Indicator, figures
from p2kp_desktop.rules.profile import ALL, GROUPS, Group, Profile, add_up
from p2kp_desktop.rules.sums import Amounts, Sums
from p2kp_desktop.rules.targets import Hundreds, of_sums
from p2kp_desktop.schema.places import city_of, lies_in, region
from p2kp_desktop.store import Connection, Workspace, oversight, reviews, summaries

from . import area_periods, area_sums, slum_scores

RtPlace = tuple[str, str]  # region (kelurahan), RT label
Child = tuple[str, str]  # region of any level, RT label or "" for all of it


@dataclass(frozen=True)
class Stage:
    """One area, or one RT of a kelurahan (`rt` is "" else), in one period, by its sums.

    `before` is the period before it, "" where no earlier one has data, and `change` what became of its slum since:
    without one all RTs are new. `whole` marks the area that was asked for, above those inside it.
    """

    region: str
    rt: str
    period: str
    whole: bool
    sums: Sums
    hundreds: Hundreds
    before: str
    change: Matched

    def holds(self, place: RtPlace) -> bool:
        """Say whether an RT lies in it."""
        return lies_in(place[0], self.region) and self.rt in ("", place[1])


@dataclass(frozen=True)
class _Year:
    """What is known of an area, or of a part of it, in a period.

    What its RTs add, now and in the period before, the places of all RTs known of, and how many records of which RT
    no office verified.
    """

    period: str
    before: str
    rts: Mapping[RtPlace, Amounts]
    earlier: Mapping[RtPlace, Amounts]
    known: Mapping[RtPlace, None]
    unverified: Mapping[RtPlace, int]

    def stage(self, child: Child, sums: Sums, *, whole: bool = False) -> Stage:
        """Return how it stands."""
        lacking, open_ = len(self.known.keys() - self.rts.keys()), sum(self.unverified.values())
        return Stage(*child, self.period, whole, sums, of_sums(sums, unassessed=lacking, unverified=open_), self.before,
                     comparison.land(self.earlier, self.rts))


def stages(workspace: Workspace, area: str, *, period: str = "", rt: str | None = None) -> list[Stage]:
    """Return an area and those just below it, each in every period that has data, or in one; of a kelurahan its RTs.

    The area itself comes first, then the others by code; of each the oldest period first. Raises Unreadable.
    """
    by_rt = region(area).is_village or rt is not None
    area_sums.refresh(workspace)
    periods = area_periods.assessed(workspace, area)
    found: list[Stage] = []
    with workspace.asking() as connection:
        named = dict.fromkeys(each for each in oversight.named_rts(connection) if lies_in(each[0], area))
        amounts = {year: area_sums.of_rts(connection, area, year) for year in {*periods, period} if year}
        for each in [period] if period else periods:
            before = comparison.earlier(each, periods)
            now, earlier = amounts[each], amounts.get(before, {})
            year = _Year(each, before, now, earlier, {**dict.fromkeys(now), **dict.fromkeys(earlier), **named},
                         reviews.unverified(connection, area, each, by_rt=by_rt))
            parts = _parts(area, rt, year)
            kept = area_sums.of_areas(connection, [area, *(code for code, label in parts if not label)], each)
            if rt is None:
                found.append(year.stage((area, ""), kept.get(area, Sums({})), whole=True))
            found += (part.stage(child, Sums(now.get(child, {})) if child[1] else kept.get(child[0], Sums({})))
                      for child, part in parts.items())
    return sorted(found, key=lambda each: (not each.whole, each.region, each.rt, each.period))


def _parts(area: str, rt: str | None, year: _Year) -> dict[Child, _Year]:
    """Return the same of each area just below, or of the RTs that have a label, where any RT is known of."""
    parts: dict[Child, tuple[dict[RtPlace, Any], ...]] = {}
    for number, some in enumerate((year.known, year.rts, year.earlier, year.unverified)):
        for place, told in some.items():
            child = _child(area, place) if rt is None else place
            if rt in (None, place[1]) and (child in parts or not number):
                parts.setdefault(child, ({}, {}, {}, {}))[number][place] = told
    return {
        child: replace(year, known=known, rts=now, earlier=earlier, unverified=unverified)
        for child, (known, now, earlier, unverified) in parts.items()
    }


def _child(area: str, place: RtPlace) -> Child:
    """Return the area just below another that holds an RT, as the dashboard has them.

    Below the province that is a kabupaten/kota, below these and a kecamatan a kelurahan, below a kelurahan the RT.
    """
    if region(area).is_village:
        return place
    return place[0] if "." in area else city_of(place[0]), ""


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
    profiles: dict[str, Mapping[Child, Profile]] = {}
    for stage in stages(workspace, area, period=period, rt=rt):
        if stage.period not in profiles:
            profiles[stage.period] = _counted(workspace, area, stage.period, rt)
        here = Area(profiles[stage.period].get((stage.region, stage.rt), Profile()), stage.sums)
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


def profiles_of(workspace: Workspace, area: str, period: str) -> Mapping[RtPlace, Profile]:
    """Return the households of each RT of an area in a period, as they are now."""
    with workspace.changing() as connection:
        summaries.refresh_profiles(connection, area=area, period=period)
    with workspace.asking() as connection:
        kept = summaries.known_profiles(connection, area=area, period=period)
    return {(code, label): each for (code, label, _period), each in kept.items()}


def _counted(workspace: Workspace, area: str, period: str, rt: str | None) -> Mapping[Child, Profile]:
    """Return the households of an area and of those just below it, or of the RTs that have a label."""
    parts: dict[Child, list[Profile]] = {}
    for (code, label), each in profiles_of(workspace, area, period).items():
        if rt in (None, label):
            parts.setdefault(_child(area, (code, label)) if rt is None else (code, label), []).append(each)
    found = {child: add_up(some) for child, some in parts.items()}
    return {**found, (area, ""): add_up(found.values())}


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
    found: list[SlumLine] = []
    area_sums.refresh(workspace)
    periods = area_periods.assessed(workspace, area)
    with workspace.asking() as connection:
        for each in [period] if period else periods:
            before = comparison.earlier(each, periods)
            if before:
                found += [SlumLine(each, before, move) for move in _moves(connection, area, before, each)
                          if rt in (None, move.place[1])]
    return sorted(found, key=lambda each: each.period, reverse=True)


def _moves(connection: Connection, area: str, before: str, period: str) -> Iterable[SlumMove]:
    """Return the RTs that are slum in one of two periods only; only their kelurahan are assessed."""
    amounts = [area_sums.of_rts(connection, area, each) for each in (before, period)]
    villages = sorted({code for code, _rt in comparison.moved(*amounts)})
    then, now = (
        [rt for code in villages for rt in slum_scores.assessed(connection, area=code, period=each)]
        for each in (before, period)
    )
    return comparison.slum_moves(then, now)
