"""Which works together bring an RT below a total, at what cost, the cheapest first, and proved to be so."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from . import solving
from .assessment import RtAssessment
from .improvement import Margin, Volumes, margins, together
from .scoring import Share
from .solving import Program, Rule


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


def ways(rt: RtAssessment, remedies: Iterable[Remedy], *, below: int, most: int = 3) -> tuple[Way, ...]:
    """Return the sets of remedies that bring the total of an RT below a figure, the cheapest first.

    Nothing in a set can be left out. Sets with a remedy that nobody estimated come last. Empty where the remedies do
    not suffice together, or the total is below the figure as it is.
    """
    needed = rt.score.total - below + 1
    if needed <= 0:
        return ()
    points = _Points(rt, remedies)
    program = points.program(needed)
    found: list[Way] = []
    while len(found) < most:
        solved = solving.solve(program)
        if solved.taken is None:
            break
        chosen = points.lean(solved.taken, needed)
        found.append(points.way(chosen))
        rules = (*program.rules, solving.forbidding([each.id for each in chosen]))
        program = Program(program.choices, rules, program.aims)
    return tuple(found)


def lowest(rt: RtAssessment, remedies: Iterable[Remedy]) -> int:
    """Return the total that is left when everything is done."""
    useful = tuple(remedies)
    return rt.score.total - _Points(rt, useful).saved(useful)


class _Points:
    """The points that remedies save in one RT, and the program that asks which to take."""

    def __init__(self, rt: RtAssessment, remedies: Iterable[Remedy]) -> None:
        self._total, self._rules = rt.score.total, rt.regulation
        scored = {each.option: (rt.shares.get(each.code), rt.score.criteria[each.code].score or 0)
                  for each in rt.regulation.criteria}
        self._open = {code: (share, score) for code, (share, score) in scored.items() if share is not None and score}
        self._remedies = tuple(each for each in remedies if self._touched(each))

    def _touched(self, remedy: Remedy) -> bool:
        return any(volume > 0 and code in self._open for code, volume in remedy.volumes.items())

    def saved(self, remedies: Iterable[Remedy]) -> int:
        """Return the points that remedies save together."""
        volumes = together(each.volumes for each in remedies)
        return sum(self._saved(code, volume) for code, volume in volumes.items() if code in self._open)

    def _saved(self, code: str, volume: Fraction) -> int:
        share, score = self._open[code]
        left = Share(max(Fraction(), share.volume - volume), share.of)
        return score - self._rules.score(left.percent())

    def program(self, needed: int) -> Program:
        """Return the question which remedies to take so that so many points are saved.

        Beside a choice for each remedy there is one for each score that a criterion comes down to.
        """
        reached = {code: dict(self._reached(code)) for code in self._open}
        saves = {choice: Fraction(self._open[code][1] - margin.score)
                 for code, choices in reached.items() for choice, margin in choices.items()}
        rules = [Rule(saves, Fraction(needed))]
        for code, choices in reached.items():
            rules.extend(solving.one_of(tuple(choices)))
            done = {each.id: each.volumes[code] for each in self._remedies if each.volumes.get(code, 0) > 0}
            rules.append(Rule({**done, **{choice: -margin.volume for choice, margin in choices.items()}}, Fraction()))
        names = tuple(each.id for each in self._remedies)
        return Program((*names, *saves), tuple(rules), self._aims())

    def _reached(self, code: str) -> Iterator[tuple[str, Margin]]:
        """Yield a choice for each score that a criterion can come down to; volumes go in the steps of the remedies."""
        share, _score = self._open[code]
        volumes = [share.volume, *(each.volumes[code] for each in self._remedies if code in each.volumes)]
        step = Fraction(1, math.lcm(*(each.denominator for each in volumes)))
        for margin in margins(self._rules, share, step):
            yield f"{code} → {margin.score}", margin

    def _aims(self) -> tuple[Mapping[str, Fraction], ...]:
        """Return the sums to be small: estimates that lack, cost, number of works."""
        return (
            {each.id: Fraction(each.cost is None) for each in self._remedies},
            {each.id: Fraction(each.cost or 0) for each in self._remedies},
            {each.id: Fraction(1) for each in self._remedies},
        )

    def lean(self, taken: frozenset[str], needed: int) -> list[Remedy]:
        """Return the remedies taken, but for those that the others suffice without."""
        chosen = [each for each in self._remedies if each.id in taken]
        for one in list(chosen):
            others = [each for each in chosen if each is not one]
            if self.saved(others) >= needed:
                chosen = others
        return chosen

    def way(self, chosen: Sequence[Remedy]) -> Way:
        """Return remedies as a way."""
        return Way(tuple(sorted(each.id for each in chosen)), self._total - self.saved(chosen),
                   sum(each.cost or 0 for each in chosen), sum(each.cost is None for each in chosen))
