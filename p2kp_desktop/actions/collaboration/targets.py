"""Targets of an area against what it has come to: each with its path, and what serves it; and those that are offered.

A target is measured where people look: in the area in sight where the target is wider, for whatever a province has set
itself is to be reached in each of its kelurahan; hectares only where they are of the whole area of the target.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any

from p2kp_desktop import environment
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording.record_places import site_of
from p2kp_desktop.actions.scores import over_time, slum_scores
from p2kp_desktop.forms.activity import Activity
from p2kp_desktop.forms.meeting import Decision
from p2kp_desktop.forms.target import Milestone, Target
from p2kp_desktop.language import say
from p2kp_desktop.rules import target_path
from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.rules.indicators import BY_KEY
from p2kp_desktop.rules.profile import ALL
from p2kp_desktop.rules.target_path import Path, standing
from p2kp_desktop.schema import Answer, Record, new_id
from p2kp_desktop.schema.places import lies_in, region_name
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.views import Where

FILE = "targets.toml"


@dataclass(frozen=True)
class Step:
    """One milestone of a target."""

    id: str
    region: str
    year: int | None
    value: Fraction | None
    note: str


@dataclass(frozen=True)
class TargetLine:
    """A target against the figure of an area in a year; `measured` is that area, `actual` None without data.

    `served` counts the decisions and activities that serve it.
    """

    id: str
    region: str
    area: str
    measured: str
    indicator: str
    name: str
    year: int | None
    path: Path | None
    baseline: Fraction | None
    baseline_year: int | None
    baseline_source: str
    end_year: int | None
    end_value: Fraction | None
    actual: Fraction | None
    decree: str
    source: str
    steps: tuple[Step, ...]
    decisions: int
    activities: int

    @property
    def expected(self) -> Fraction | None:
        """Return the value on the path in the year."""
        return self.path.expected(self.year) if self.path and self.year else None

    @property
    def off(self) -> Fraction | None:
        """Return by how much the figure is ahead of the path, less than 0 behind."""
        return self.path.off(self.year, self.actual) if self.path and self.year and self.actual is not None else None

    @property
    def standing(self) -> str:
        """Return behind, on_path or ahead, "" where nobody can tell."""
        return standing(self.off)

    @property
    def words(self) -> str:
        """Return how the figure stands on the path, in words; "" where nobody can tell."""
        return self.path.words(self.year, self.actual) if self.path and self.year else ""

    @property
    def in_hectares(self) -> bool:
        """Say whether its values are hectares; else they are per cents."""
        return bool(self.path and self.path.in_hectares)


def lines(workspace: Workspace, area: str, period: str) -> list[TargetLine]:
    """Return the targets of an area against its figures in a period, the one that is furthest behind first."""
    found = lines_of(workspace, area, period, slum_scores.assessments(workspace, area=area, period=period))
    untold = [each for each in found if each.actual is None and each.indicator in BY_KEY and not each.in_hectares]
    told = {where: _indicators(workspace, where, period) for where in {each.measured for each in untold}}
    return _in_order(
        replace(each, actual=told[each.measured].get(each.indicator)) if each in untold else each for each in found)


def _indicators(workspace: Workspace, area: str, period: str) -> dict[str, Fraction]:
    """Return every share of households that the indicators tell of an area, in per cent, exact."""
    found = over_time.indicator_lines(workspace, area, period=period, groups=(ALL,))
    return {each.indicator.key: Fraction(100 * each.figure.good, each.figure.of)
            for each in found if each.stage.whole and each.figure.of}


def _in_order(found: Iterable[TargetLine]) -> list[TargetLine]:
    return sorted(found, key=lambda each: (
        each.off is None, each.off or Fraction(), each.name, each.end_year or 0, each.id))


def lines_of(
    workspace: Workspace, area: str, period: str, assessed: Sequence[RtAssessment]
) -> list[TargetLine]:
    """Return the same where the RTs of the area are assessed already: figures of these alone, no other indicators."""
    with workspace.asking() as connection:
        found = list(views.counted(connection, Target, Where(area=area)))
        steps = _steps(connection)
        serving = [_counted(connection, Decision), _counted(connection, Activity)]
    figures = _Figures(area, assessed)
    year = int(period[:4]) if period[:4].isdigit() else None
    return _in_order(_line(each, steps.get(each.id, []), figures, year, serving) for each in found)


def _steps(connection: Connection) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for each in views.counted(connection, Milestone):
        found.setdefault(str(each.answers.get("parent") or ""), []).append(each)
    return found


def _counted(connection: Connection, form: type[Decision] | type[Activity]) -> Counter[str]:
    return Counter(str(row["target"]) for row in views.picked(connection, form, ("target",)) if row["target"])


class _Figures:
    """The figures of areas, each computed once."""

    def __init__(self, area: str, assessed: Sequence[RtAssessment]) -> None:
        self._area, self._assessed = area, assessed
        self._known: dict[str, Mapping[str, Fraction | None]] = {}

    def where(self, area: str) -> str:
        """Return where a target of an area is measured: there, or in the area in sight where that lies in it."""
        return self._area if not area or lies_in(self._area, area) else area

    def of(self, area: str) -> Mapping[str, Fraction | None]:
        if area not in self._known:
            here = [each for each in self._assessed if lies_in(each.region, area)] if area else [*self._assessed]
            self._known[area] = target_path.figures(here)
        return self._known[area]


def _line(
    target: Record, steps: Sequence[Record], figures: _Figures, year: int | None, serving: Sequence[Counter[str]]
) -> TargetLine:
    region = str(target.answers.get("region") or "")
    area = str(target.understood(Target.area) or "") or region
    path, measured = target_path.path(target, steps), figures.where(area)
    indicator = str(target.understood(Target.indicator) or "")
    whole = path is None or not path.in_hectares or measured == area
    baseline, end = target[Target.baseline], target[Target.end_value]
    decisions, activities = (each[target.id] for each in serving)
    return TargetLine(
        target.id, region, area, measured, indicator, target.show(Target.words) or say(target.show(Target.indicator)),
        year, path, None if baseline is None else Fraction(baseline), target[Target.baseline_year],
        target.show(Target.baseline_source), target[Target.end_year], None if end is None else Fraction(end),
        figures.of(measured).get(indicator) if whole else None, target.show(Target.decree),
        target.show(Target.source), tuple(sorted((_step(each, region) for each in steps), key=_by_year)),
        decisions, activities,
    )


def _by_year(step: Step) -> int:
    return step.year or 0


def _step(step: Record, region: str) -> Step:
    value = step[Milestone.value]
    return Step(step.id, region, step[Milestone.year], None if value is None else Fraction(value),
                step.show(Milestone.note))


def in_force(found: Iterable[TargetLine]) -> dict[str, TargetLine]:
    """Return by indicator the one target that is marked: of the narrowest area, then the next to end, else the last."""
    best: dict[str, TargetLine] = {}
    for each in found:
        if each.path is not None and (each.indicator not in best or _rank(each) < _rank(best[each.indicator])):
            best[each.indicator] = each
    return best


def _rank(line: TargetLine) -> tuple[int, bool, int]:
    end, year = line.end_year or 0, line.year or 0
    return -len(line.area), end < year, end if end >= year else -end


@dataclass(frozen=True)
class OfferedTarget:
    """A target that ships with its source; nothing is recorded before somebody takes it over."""

    id: str
    indicator: str
    end_year: int
    end_value: Fraction
    decree: str
    source: str
    baseline: Fraction | None = None
    baseline_year: int | None = None
    baseline_source: str = ""

    @property
    def name(self) -> str:
        """Return the name of the indicator."""
        return say(Target.indicator.show(self.indicator))


@cache
def shipped() -> tuple[OfferedTarget, ...]:
    """Return the targets that ship."""
    text = (environment.resources() / FILE).read_text(encoding="utf-8")
    return tuple(_offered(**entry) for entry in tomllib.loads(text)["target"])


def _offered(*, baseline: str = "", end_value: Any, **said: Any) -> OfferedTarget:
    return OfferedTarget(end_value=Fraction(end_value), baseline=Fraction(baseline) if baseline else None, **said)


def offered(workspace: Workspace, area: str) -> list[OfferedTarget]:
    """Return the targets that ship and are not recorded for an area: of the same indicator and end year."""
    with workspace.asking() as connection:
        known = {(row["indicator"], row["end_year"])
                 for row in views.picked(connection, Target, ("indicator", "end_year"), Where(area=area))}
    return [each for each in shipped() if (each.indicator, each.end_year) not in known]


def begin(workspace: Workspace, offer: OfferedTarget, area: str) -> str:
    """Return the draft of a target as it was offered, for the kabupaten/kota or province in sight, to be looked at."""
    answers: dict[str, Answer] = {key: value for key, value in _answers(offer) if value not in (None, "")}
    where = site_of(Target, area)
    record = new_id()
    keyed_drafts.keep(workspace, Target, record, answers | ({"region": where} if where else {}),
                      Target.indicator.key)
    return record


def _answers(offer: OfferedTarget) -> Iterator[tuple[str, Answer]]:
    yield "indicator", offer.indicator
    yield "baseline", None if offer.baseline is None else Target.baseline.read(float(offer.baseline))
    yield "baseline_year", offer.baseline_year
    yield "baseline_source", offer.baseline_source
    yield "end_year", offer.end_year
    yield "end_value", Target.end_value.read(float(offer.end_value))
    yield "decree", offer.decree
    yield "source", offer.source


def place_words(line: TargetLine) -> str:
    """Return of which area a target is, and where it is measured if that is another."""
    where = region_name(line.area) if line.area else say("semua wilayah")
    if line.measured and line.measured != line.area:
        return say("{area}, diukur di {here}", area=where, here=region_name(line.measured))
    return where
