"""Which works together bring an RT below a total, at what cost, the cheapest first.

Works that improve different criteria do not touch each other's points, so works are first grouped by the criteria
they share: within a group every choice is tried, and the groups are then added up by points.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from .assessment import RtAssessment
from .improvement import Volumes, together
from .scoring import Share

MOST_TOGETHER = 12  # works that share criteria and are tried in every combination


@dataclass(frozen=True)
class Remedy:
    """Something that can be done: its id, its cost in rupiah (None where nobody estimated it), what it puts right."""

    id: str
    cost: int | None
    volumes: Volumes


@dataclass(frozen=True)
class Way:
    """Remedies that suffice together: the total they leave, what they cost; `unknown` of them have no estimate."""

    remedies: tuple[str, ...]
    total: int
    cost: int
    unknown: int = 0


@dataclass(frozen=True, order=True)
class _Choice:
    """Some remedies by what they cost; sorts by estimates that lack, cost, number of works, ids."""

    unknown: int = 0
    cost: int = 0
    count: int = 0
    ids: tuple[str, ...] = ()

    def __add__(self, other: "_Choice") -> "_Choice":
        return _Choice(self.unknown + other.unknown, self.cost + other.cost, self.count + other.count,
                       (*self.ids, *other.ids))


Choices = Mapping[int, Sequence[_Choice]]  # by the points that they save, the cheapest first


def ways(rt: RtAssessment, remedies: Iterable[Remedy], *, below: int, most: int = 3) -> tuple[Way, ...]:
    """Return the sets of remedies that bring the total of an RT below a figure, the cheapest first.

    Nothing in a set can be left out. Sets with a remedy that nobody estimated come last. Empty where the remedies do
    not suffice together, or the total is below the figure as it is.
    """
    needed = rt.score.total - below + 1
    if needed <= 0:
        return ()
    points = _Points(rt)
    useful = [each for each in remedies if points.touched(each)]
    saved: Choices = {0: [_Choice()]}
    for group in _groups(points, useful):
        saved = _joined(saved, points.choices(group, most), most)
    by_id = {each.id: each for each in useful}
    enough = [(each, got) for got, found in saved.items() if got >= needed for each in found]
    lean = [(each, got) for each, got in enough if not _has_spare(points, [by_id[i] for i in each.ids], needed)]
    return tuple(Way(each.ids, rt.score.total - got, each.cost, each.unknown) for each, got in sorted(lean)[:most])


def lowest(rt: RtAssessment, remedies: Iterable[Remedy]) -> int:
    """Return the total that is left when everything is done."""
    return rt.score.total - _Points(rt).saved(remedies)


class _Points:
    """Counts the points that remedies save in one RT."""

    def __init__(self, rt: RtAssessment) -> None:
        self._rules = rt.regulation
        scored = {each.option: (rt.shares.get(each.code), rt.score.criteria[each.code].score or 0)
                  for each in rt.regulation.criteria}
        self._open = {code: (share, score) for code, (share, score) in scored.items() if share is not None and score}

    def touched(self, remedy: Remedy) -> frozenset[str]:
        """Return the criteria that have points and are improved."""
        return frozenset(code for code, volume in remedy.volumes.items() if volume > 0 and code in self._open)

    def saved(self, remedies: Iterable[Remedy]) -> int:
        """Return the points that remedies save together."""
        volumes = together(each.volumes for each in remedies)
        return sum(self._saved(code, volume) for code, volume in volumes.items() if code in self._open)

    def _saved(self, code: str, volume: Fraction) -> int:
        share, score = self._open[code]
        left = Share(max(Fraction(), share.volume - volume), share.of)
        return score - self._rules.score(left.percent())

    def choices(self, group: Sequence[Remedy], most: int) -> Choices:
        """Return every choice out of a group by the points it saves; of a very large group, out of its best members."""
        best = sorted(group, key=lambda each: (-self.saved([each]), each.cost is None, each.cost or 0, each.id))
        found: dict[int, list[_Choice]] = {}
        for count in range(len(best[:MOST_TOGETHER]) + 1):
            for some in combinations(best[:MOST_TOGETHER], count):
                choice = _Choice(sum(each.cost is None for each in some), sum(each.cost or 0 for each in some), count,
                                 tuple(sorted(each.id for each in some)))
                found.setdefault(self.saved(some), []).append(choice)
        return {points: sorted(each)[:most] for points, each in found.items()}


def _groups(points: _Points, remedies: Sequence[Remedy]) -> list[list[Remedy]]:
    """Return the remedies in groups that share no criterion."""
    groups: list[tuple[set[str], list[Remedy]]] = []
    for remedy in remedies:
        codes, members = set(points.touched(remedy)), [remedy]
        for group in [each for each in groups if each[0] & codes]:
            groups.remove(group)
            codes |= group[0]
            members = [*group[1], *members]
        groups.append((codes, members))
    return [members for _codes, members in groups]


def _joined(first: Choices, second: Choices, most: int) -> Choices:
    found: dict[int, list[_Choice]] = {}
    for points, some in first.items():
        for more, others in second.items():
            found.setdefault(points + more, []).extend(a + b for a in some for b in others)
    return {points: sorted(each)[:most] for points, each in found.items()}


def _has_spare(points: _Points, chosen: Sequence[Remedy], needed: int) -> bool:
    return any(points.saved([each for each in chosen if each is not one]) >= needed for one in chosen)
