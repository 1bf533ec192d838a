"""Boundaries from a file into the workspace: rehearsed, put right by hand, kept in place of older ones, taken away.

Areas above the kelurahan of which the file has nothing are made of those inside them, once nearly all are there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.actions.common.long_work import Report, Steps, beat_of
from p2kp_desktop.exchange.boundaries import features
from p2kp_desktop.exchange.boundaries.features import FeatureFile
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules import boundary_matching
from p2kp_desktop.rules.boundary_matching import CODE, HAND, NAME, Matched
from p2kp_desktop.schema.area_map import Spot
from p2kp_desktop.schema.outline import Outline, joined
from p2kp_desktop.schema.places import lies_in, region, regions, rt_parts
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Connection, Workspace, boundaries, rights, views
from p2kp_desktop.store.boundaries import Boundary, KeptBoundary
from p2kp_desktop.store.facts import facts, note

_NEARLY_ALL = 0.8  # of the areas inside one, by number
_ABOVE = (3, 2, 1)  # parts of the codes of areas that are made of others, the smallest first


@dataclass(frozen=True)
class BoundaryRehearsal:
    """What keeping the boundaries of a file would do: nothing of it is done yet.

    `areas` are the regions of the workspace, `standing` the places that have a boundary already.
    """

    file: FeatureFile
    matches: tuple[Matched, ...]
    areas: tuple[str, ...]
    standing: frozenset[Spot]

    def _how(self, how: str) -> int:
        return sum(each.how == how for each in self.matches)

    @property
    def by_code(self) -> int:
        """Return how many features were told by their code."""
        return self._how(CODE)

    @property
    def by_name(self) -> int:
        """Return how many features were told by their name."""
        return self._how(NAME)

    @property
    def by_hand(self) -> int:
        """Return how many features a person told."""
        return self._how(HAND)

    @property
    def unmatched(self) -> list[Matched]:
        """Return the features of which nobody knows what place they are."""
        return [each for each in self.matches if each.spot is None]

    @cached_property
    def outside(self) -> list[Matched]:
        """Return the features of places that have nothing to do with this workspace."""
        return [each for each in self.matches if each.spot is not None and not self._concerns(each.spot)]

    @cached_property
    def places(self) -> dict[Spot, list[Matched]]:
        """Return the features that would be kept, by place."""
        found: dict[Spot, list[Matched]] = {}
        for each in self.matches:
            if each.spot is not None and self._concerns(each.spot):
                found.setdefault(each.spot, []).append(each)
        return found

    @property
    def doubles(self) -> dict[Spot, list[Matched]]:
        """Return the places of which there are several features: parts of one boundary."""
        return {spot: several for spot, several in self.places.items() if len(several) > 1}

    @property
    def replaced(self) -> int:
        """Return how many places have a boundary already, which another would replace."""
        return len(self.standing & {*self.places})

    def _concerns(self, spot: Spot) -> bool:
        return any(lies_in(spot.region, area) or lies_in(area, spot.region) for area in self.areas)


@dataclass(frozen=True)
class KeptOutcome:
    """How many places have a boundary of the file now, how many of them had another, how many were made of others."""

    kept: int
    replaced: int
    derived: int


def rehearse(
    workspace: Workspace, path: Path, system: str = "", *, report: Report | None = None
) -> BoundaryRehearsal:
    """Return how keeping the boundaries of a file would end; raise Trouble.

    `system` (48S, 47S, 4326) is for a file that does not say in what its numbers are.
    """
    read = features.read(path, system, beat=beat_of(report))
    with workspace.asking() as connection:
        known = facts(connection)
        standing = frozenset(each.spot for each in boundaries.listed(connection) if not each.derived)
        rts = _recorded(connection)
    home = known.regions[0] if len(known.regions) == 1 and region(known.regions[0]).is_village else ""
    matches = boundary_matching.matched([each.values for each in read.features], home)
    return BoundaryRehearsal(read, tuple(_with_rw(each, rts) for each in matches), known.regions, standing)


def _recorded(connection: Connection) -> Mapping[tuple[str, int], Sequence[str]]:
    """Return the RTs that are recorded, by kelurahan and number without their RW."""
    found: dict[tuple[str, int], list[str]] = {}
    for record in views.found(connection, Rt):
        label = str(record.answers.get("rt") or "")
        number = rt_parts(label)[0]
        if number is not None:
            found.setdefault((str(record.answers.get("region")), number), []).append(label)
    return found


def _with_rw(each: Matched, rts: Mapping[tuple[str, int], Sequence[str]]) -> Matched:
    """Return a feature of an RT whose RW the file does not say as the one RT of that number that is recorded."""
    number, rw, _words = rt_parts(each.spot.rt) if each.spot is not None and each.spot.rt else (None, None, "")
    if each.spot is None or number is None or rw is not None:
        return each
    named = rts.get((each.spot.region, number), ())
    return replace(each, spot=Spot(each.spot.region, named[0])) if len(named) == 1 else each


def assign(rehearsal: BoundaryRehearsal, number: int, spot: Spot | None) -> BoundaryRehearsal:
    """Return the rehearsal where a person said which place a feature is, None for none."""
    return replace(rehearsal, matches=tuple(boundary_matching.assigned(rehearsal.matches, number, spot)))


def keep(workspace: Workspace, rehearsal: BoundaryRehearsal, report: Report | None = None) -> KeptOutcome:
    """Keep what was rehearsed, in place of what stood there, all of it or nothing; raise Trouble."""
    if not rehearsal.places:
        raise Trouble(
            say("Tidak ada satu pun batas di «{name}» yang cocok dengan wilayah ruang kerja ini.",
                name=rehearsal.file.name),
            remedy=say("Tentukan tempatnya satu per satu, atau pilih berkas lain."), code="I31",
        )
    wider = sum(code.count(".") + 1 in _ABOVE for code in regions())
    steps = Steps(report, len(rehearsal.places) + wider)
    with workspace.changing() as connection:
        rights.must(connection, Deed.RULE)
        replaced = len({each.spot for each in boundaries.listed(connection) if not each.derived} & {*rehearsal.places})
        for number in boundaries.keep(connection, _boundaries(rehearsal)):
            steps.at_least(number)
        derived = 0
        for made in _derive(connection):
            derived += made
            steps.step()
        _note(connection)
    return KeptOutcome(len(rehearsal.places), replaced, derived)


def _boundaries(rehearsal: BoundaryRehearsal) -> Iterator[Boundary]:
    time = environment.now()
    for spot, several in rehearsal.places.items():
        outlines = [rehearsal.file.features[each.number].outline for each in several]
        parts = [each for place, each in enumerate(outlines) if each not in outlines[:place]]
        whole = Outline(tuple(ring for part in parts for ring in part.rings))
        yield Boundary(spot, several[0].label, rehearsal.file.name, time, whole)


def _derive(connection: Connection) -> Iterator[bool]:
    """Make the outlines of wider areas anew of those inside them; yield for each area whether it has one now."""
    kept = boundaries.listed(connection)
    boundaries.remove(connection, (each.spot for each in kept if each.derived))
    there = {each.spot for each in kept if not each.derived and not each.spot.rt}
    time = environment.now()
    inside: dict[str, list[Spot]] = {}
    for code in regions():
        inside.setdefault(code.rpartition(".")[0], []).append(Spot(code))
    for depth in _ABOVE:
        for code in [each for each in regions() if each.count(".") + 1 == depth and Spot(each) not in there]:
            parts = [spot for spot in inside[code] if spot in there]
            enough = len(parts) >= _NEARLY_ALL * len(inside[code])
            if enough:
                made = joined(boundaries.outlines(connection, parts).values())
                boundaries.keep_one(connection, Boundary(Spot(code), "", "", time, made, derived=True))
                there.add(Spot(code))
            yield enough


def _note(connection: Connection) -> None:
    number = len(boundaries.listed(connection))
    note(connection, boundaries.NOTE, f"{environment.now()} {number}")


def listed(workspace: Workspace) -> list[KeptBoundary]:
    """Return the boundaries that are kept, those made of others too."""
    with workspace.asking() as connection:
        return boundaries.listed(connection)


def remove(workspace: Workspace, spots: Iterable[Spot] | None = None) -> int:
    """Keep the boundaries of some places no longer, or of all; return how many that were."""
    with workspace.changing() as connection:
        rights.must(connection, Deed.RULE)
        kept = [each.spot for each in boundaries.listed(connection) if not each.derived]
        wanted = {*kept} if spots is None else {*spots} & {*kept}
        number = boundaries.remove(connection, wanted)
        for _made in _derive(connection):
            pass
        _note(connection)
    return number


def by_file(kept: Iterable[KeptBoundary]) -> dict[tuple[str, str], Counter[str]]:
    """Return by file and time how many boundaries it gave, of kelurahan, RTs and wider areas."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for each in kept:
        if not each.derived:
            level = "rt" if each.spot.rt else region(each.spot.region).level if each.spot.region in regions() else ""
            found.setdefault((each.file, each.time), Counter())[level] += 1
    return found
