"""The cheapest works that bring RTs below a total, and the works within a budget that free the most hectares of slum.

Works are not whole needs but just so much of a criterion as brings it to a lower score: 4 houses of 31, say, not all
of them. Both questions are answered exactly (solving.py), and the second by means of the first: the cheapest works of
each RT are found, then which RTs to do with the money, for what is spent on an RT beyond those frees no hectare more.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from . import solving
from .assessment import RtAssessment
from .criteria import step_of
from .improvement import Volumes, margins, relieved
from .prices import PriceList, UnitPrice
from .regulation import Criterion
from .solving import PATIENCE, Beat, Bound, Program, Rule

_SQUARE_METRES = 10_000  # of a hectare: works are counted by buildings, KK, metres and square metres
_FINEST = 100_000  # parts of a unit: far finer than any step of a volume
_COST = 1  # its place among the aims
_WHOLE = frozenset({"dense_ha"})  # an RT is dense or not: thinning out a part of it changes nothing


@dataclass(frozen=True)
class Goal:
    """What is to be reached: a total below a figure, with a margin of so many points, and per cent more volume."""

    below: int
    points: int = 0
    extra: Fraction = Fraction()

    @property
    def under(self) -> int:
        """Return the figure that totals must lie below, the margin taken off."""
        return self.below - self.points


@dataclass(frozen=True)
class Work:
    """One volume of work in an RT: `needed` brings its criterion to a score, `volume` is that and the extra.

    Both are in the criterion's unit; `price` is None where nobody wrote one down.
    """

    region: str
    rt: str
    criterion: Criterion
    needed: Fraction
    volume: Fraction
    before: int
    after: int
    price: UnitPrice | None

    @property
    def cost(self) -> Fraction | None:
        """Return its cost in rupiah, None while that is not estimated."""
        return None if self.price is None else self.price.amount * self.volume

    @property
    def units(self) -> Fraction:
        """Return how much work it is: buildings, KK, metres or square metres."""
        return self.volume * (_SQUARE_METRES if self.criterion.unit == "Ha" else 1)


@dataclass(frozen=True)
class RtWay:
    """The cheapest works for one RT, none where it is below the total as it is or nothing reaches that.

    `at_least` is below what no works can cost, of those with the fewest units that nobody estimated.
    """

    rt: RtAssessment
    after: RtAssessment
    works: tuple[Work, ...]
    reached: bool
    proved: bool
    at_least: Fraction = Fraction()

    @property
    def cost(self) -> Fraction:
        """Return the cost of the works whose price is known."""
        return sum((each.cost or Fraction() for each in self.works), Fraction())

    @property
    def unpriced(self) -> int:
        """Return of how many works nobody estimated the cost."""
        return sum(each.cost is None for each in self.works)


@dataclass(frozen=True)
class Budgeted:
    """The RTs that a budget brings below the total; `hectares` says how many that frees, and how many it could.

    Left out were so many RTs with a work that nobody estimated, and so many whose area nobody knows.
    """

    ways: tuple[RtWay, ...]
    hectares: Bound
    proved: bool
    unpriced: int
    without_area: int


def works_of(rt: RtAssessment, prices: PriceList, goal: Goal) -> Iterator[Work]:
    """Yield every volume of work that lowers the score of a criterion of an RT, each by the least that does."""
    for criterion in rt.regulation.criteria:
        share = rt.shares.get(criterion.code)
        if share is None or share.of <= 0:
            continue
        step, before = step_of(criterion), rt.regulation.score(share.percent())
        price = prices.of(criterion.option, rt.region)
        least = {share.volume if criterion.volume in _WHOLE else each.volume: each.score
                 for each in margins(rt.regulation, share, step)}
        for needed, after in least.items():
            more = math.ceil(needed * (1 + goal.extra / 100) / step) * step
            volume = max(needed, min(more, share.volume))
            yield Work(rt.region, rt.rt, criterion, needed, volume, before, after, price)


def cheapest(
    rt: RtAssessment, prices: PriceList, goal: Goal, *, seconds: float = PATIENCE, beat: Beat | None = None
) -> RtWay:
    """Return the cheapest works that bring an RT below the goal.

    What has no price is never taken as free: as few units of that as suffice, and then what costs least.
    """
    if rt.score.total < goal.under:
        return RtWay(rt, rt, (), reached=True, proved=True)
    offered = {str(place): each for place, each in enumerate(works_of(rt, prices, goal))}
    solved = solving.solve(_program(offered, rt.score.total - goal.under + 1), seconds=seconds, beat=beat)
    if solved.taken is None:
        return RtWay(rt, rt, (), reached=False, proved=solved.proved)
    works = tuple(each for name, each in offered.items() if name in solved.taken)
    return RtWay(rt, relieved(rt, _needed(works)), works, True, solved.proved, solved.bounds[_COST].at_least)


def _program(offered: Mapping[str, Work], points: int) -> Program:
    """Return the question which works to take, of each criterion at most one, so that they save so many points.

    Of works without a price that are as few units, those spread over more and later criteria: rather equipment than
    buildings, and of each a little.
    """
    codes = tuple(dict.fromkeys(each.criterion.code for each in offered.values()))
    rules = [Rule({name: Fraction(each.before - each.after) for name, each in offered.items()}, Fraction(points))]
    for code in codes:
        rules.extend(solving.one_of([name for name, each in offered.items() if each.criterion.code == code]))
    places = {code: Fraction(place) for place, code in enumerate(codes, start=1)}
    unpriced = {name: each.units - places[each.criterion.code] / _FINEST
                for name, each in offered.items() if each.cost is None}
    return Program(tuple(offered), tuple(rules), (
        unpriced, {name: each.cost for name, each in offered.items() if each.cost is not None}))


def _needed(works: Sequence[Work]) -> Volumes:
    return {each.criterion.option: each.needed for each in works}


def most_hectares(
    ways: Sequence[RtWay], budget: Fraction, *, seconds: float = PATIENCE, beat: Beat | None = None
) -> Budgeted:
    """Return which RTs to bring below the total so that a budget frees the most hectares; of equal ones the cheapest.

    An RT of which a work has no price is left out: nobody knows whether the budget suffices for it.
    """
    needing = [each for each in ways if each.works]
    priced = {str(place): each for place, each in enumerate(needing) if not each.unpriced and each.rt.area_ha > 0}
    freed = {name: each.rt.area_ha for name, each in priced.items()}
    costs = {name: each.cost for name, each in priced.items()}
    program = Program(
        tuple(priced), (Rule({name: -cost for name, cost in costs.items()}, -budget),),
        ({name: -area for name, area in freed.items()}, costs),
    )
    solved = solving.solve(program, seconds=seconds, beat=beat)
    taken = solved.taken or frozenset()
    nothing = Bound(Fraction(), -sum(freed.values(), Fraction()) if not solved.proved else Fraction())
    bound = solved.bounds[0] if solved.bounds else nothing
    chosen = tuple(each for name, each in priced.items() if name in taken)
    proved = solved.proved and all(each.proved for each in priced.values())
    return Budgeted(chosen, Bound(-bound.reached, -bound.at_least), proved, sum(each.unpriced > 0 for each in needing),
                    sum(each.rt.area_ha <= 0 for each in needing))


def gathered(rts: Sequence[RtAssessment], ways: Sequence[RtWay]) -> list[RtAssessment]:
    """Return the RTs as they stand after the works of those that have any."""
    done = {(each.rt.region, each.rt.rt): each.after for each in ways}
    return [done.get((each.region, each.rt), each) for each in rts]
