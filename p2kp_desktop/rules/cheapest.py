"""The cheapest works that bring RTs below a total, and the works within a budget that free the most hectares of slum.

Works are not whole needs but just so much of a criterion as brings it to a lower score: 4 houses of 31, say, not all
of them. Both questions are answered exactly: an RT by everything there is, for it has few points; a budget by a search
with its proof (solving.py) over the cheapest works of each RT, for what is spent on an RT beyond those frees no hectare
more.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from . import solving
from .assessment import RtAssessment
from .criteria import step_of
from .highs import Beat
from .improvement import Volumes, margins, relieved
from .prices import PriceList, UnitPrice
from .regulation import Criterion
from .solving import PATIENCE, Bound, Program, Rule

_SQUARE_METRES = 10_000  # of a hectare: works are counted by buildings, KK, metres and square metres
_Measure = tuple[Fraction, Fraction, int]  # what is to be small: units without a price, cost, how late they stand
_NOTHING: _Measure = (Fraction(), Fraction(), 0)
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
    """The cheapest works for one RT, none where it is below the total as it is or nothing reaches that."""

    rt: RtAssessment
    after: RtAssessment
    works: tuple[Work, ...]
    reached: bool

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
            more = math.ceil(needed * (100 + goal.extra) / 100 / step) * step
            volume = max(needed, min(more, share.volume))
            yield Work(rt.region, rt.rt, criterion, needed, volume, before, after, price)


def cheapest(rt: RtAssessment, prices: PriceList, goal: Goal, *, beat: Beat | None = None) -> RtWay:
    """Return the cheapest works that bring an RT below the goal; no others are better.

    What has no price is never taken as free: as few units of that as suffice, and then what costs least.
    """
    if beat is not None:
        beat()
    if rt.score.total < goal.under:
        return RtWay(rt, rt, (), reached=True)
    works = _best(tuple(works_of(rt, prices, goal)), rt.score.total - goal.under + 1)
    if works is None:
        return RtWay(rt, rt, (), reached=False)
    return RtWay(rt, relieved(rt, _needed(works)), works, reached=True)


def _best(offered: Sequence[Work], points: int) -> tuple[Work, ...] | None:
    """Return the best works, of each criterion at most one, that save so many points; None where none do.

    Criterion after criterion, the best for every number of points that is saved so far: an RT has few points, so that
    this is everything there is, in exact arithmetic whatever the prices.
    """
    found: dict[int, tuple[_Measure, tuple[Work, ...]]] = {0: (_NOTHING, ())}
    codes = tuple(dict.fromkeys(each.criterion.code for each in offered))
    for place, code in enumerate(codes, start=1):
        further = dict(found)
        for work in (each for each in offered if each.criterion.code == code):
            for saved, (measure, works) in found.items():
                now, with_it = min(points, saved + work.before - work.after), _measured(measure, work, place)
                if now not in further or with_it < further[now][0]:
                    further[now] = with_it, (*works, work)
        found = further
    return found[points][1] if points in found else None


def _measured(before: _Measure, work: Work, place: int) -> _Measure:
    """Return the units without a price, the cost, and what decides between works that are alike by both.

    That is, of what has no price, rather later criteria and more of them: equipment before buildings, of each a little.
    """
    units, cost, later = before
    return (units + work.units, cost, later - place) if work.cost is None else (units, cost + work.cost, later)


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
    proved = bound.proved if solved.bounds else solved.proved  # that of equal ones these are the cheapest need not be
    return Budgeted(chosen, Bound(-bound.reached, -bound.at_least), proved,
                    sum(each.unpriced > 0 for each in needing), sum(each.rt.area_ha <= 0 for each in needing))


def gathered(rts: Sequence[RtAssessment], ways: Sequence[RtWay]) -> list[RtAssessment]:
    """Return the RTs as they stand after the works of those that have any."""
    done = {(each.rt.region, each.rt.rt): each.after for each in ways}
    return [done.get((each.region, each.rt), each) for each in rts]
