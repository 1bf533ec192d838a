"""The figures of a dashboard: an area, those just below it, the periods before, who is silent, what is late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from p2kp_desktop.actions.collaboration import targets
from p2kp_desktop.actions.collaboration.programme import Taking, taking_part
from p2kp_desktop.actions.scores import area_sums, slum_scores
from p2kp_desktop.rules.regulation import Regulation
from p2kp_desktop.rules.sums import Amounts, Sums, added
from p2kp_desktop.rules.target_path import Path
from p2kp_desktop.schema.places import region, region_name
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.facts import facts

from . import lateness, silence
from .lateness import LatePromise
from .silence import Silent


@dataclass(frozen=True)
class Below:
    """An area just below the one in sight, or an RT of a kelurahan, with its sums and its score."""

    region: str
    rt: str
    name: str
    sums: Sums
    total: int
    level: str


@dataclass(frozen=True)
class Board:
    """What the dashboard of an office shows of an area in a period; `unassessed` counts RTs without any data."""

    area: str
    rt: str | None
    period: str
    role: str
    rules: Regulation
    sums: Sums
    unassessed: int
    below: tuple[Below, ...]
    path: tuple[tuple[str, Sums], ...]
    silent: tuple[Silent, ...]
    late: tuple[LatePromise, ...]
    targets: Mapping[str, Path]  # by indicator, those in force
    taking: Taking | None = None  # who takes part in the programme, where only they are looked at

    @property
    def names_rts(self) -> bool:
        """Say whether what lies just below are RTs."""
        return region(self.area).is_village


def board(
    workspace: Workspace, area: str, period: str, rt: str | None = None, *, participants: bool = False
) -> Board:
    """Return the figures of an area, or of one RT of it, in a period; raise Unreadable.

    With `participants` a province has only the kabupaten/kota that take part in the programme; Trouble without any.
    """
    if participants and can_narrow(area):
        return _of_participants(board(workspace, area, period), workspace, taking_part(workspace, period))
    area_sums.refresh(workspace)
    with workspace.asking() as connection:
        known = facts(connection)
        terms = slum_scores.terms_of(connection, period)
        below = area_sums.below(connection, area, period)
        here = area_sums.of(connection, area, rt, period)
        path = area_sums.by_period(connection, area, rt)
        unassessed = 0 if rt else area_sums.unassessed(connection, area, period)
    lines = [_below(place, sums, terms.regulation) for place, sums in below.items()]
    waiting = {each.region: each.sums for each in lines}
    return Board(
        area, rt, period, known.role, terms.regulation, here, unassessed, tuple(lines), tuple(path.items()),
        tuple(silence.silent(workspace, area, period, waiting)), tuple(lateness.late(workspace, area)),
        _targets(workspace, area, period),
    )


def can_narrow(area: str) -> bool:
    """Say whether what lies below an area are kabupaten/kota, of which some may not take part."""
    return "." not in area


def _of_participants(whole: Board, workspace: Workspace, taking: Taking) -> Board:
    """Return the board of those who take part: their sums added up; targets are of the province, and left out."""
    below = tuple(each for each in whole.below if each.region in taking.cities)
    periods: dict[str, list[Amounts]] = {}
    with workspace.asking() as connection:
        for city in sorted(taking.cities):
            for period, found in area_sums.by_period(connection, city, None).items():
                periods.setdefault(period, []).append(found.amounts)
        unassessed = sum(area_sums.unassessed(connection, city, whole.period) for city in taking.cities)
    return replace(
        whole, sums=Sums(added(each.sums.amounts for each in below)), unassessed=unassessed, below=below,
        path=tuple((period, Sums(added(parts))) for period, parts in sorted(periods.items())),
        silent=tuple(each for each in whole.silent if taking.holds(each.region)),
        late=tuple(each for each in whole.late if taking.holds(each.region)), targets={}, taking=taking,
    )


def _targets(workspace: Workspace, area: str, period: str) -> dict[str, Path]:
    found = targets.in_force(targets.lines_of(workspace, area, period, ()))
    return {indicator: line.path for indicator, line in found.items() if line.path is not None}


def _below(place: tuple[str, str], sums: Sums, rules: Regulation) -> Below:
    code, rt = place
    total = sums.total(rules)
    return Below(code, rt, rt or region_name(code), sums, total, rules.level(total).code)


def ranked(below: Sequence[Below]) -> list[Below]:
    """Return areas by their slum hectares, RTs by their scores, the worst first."""
    def gravity(each: Below) -> tuple[object, ...]:
        return (-each.total, each.rt) if each.rt else (-each.sums.get("slum_ha"), -each.total, each.name)

    return sorted(below, key=gravity)

