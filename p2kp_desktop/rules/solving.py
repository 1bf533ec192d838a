"""What to take of many things so that a sum is as small as can be, under rules: exact answers, each with its proof.

The solver HiGHS searches, loaded when there is something to solve; it calculates in floating point and may be wrong
in the last digits, and falls over numbers beyond what that can count: it gets coarser ones then, in which every choice
that keeps the rules still does. So whatever it answers is added up again here in exact numbers: a choice that breaks a
rule is forbidden, and searched for anew. Its bound («nothing can be less than this») is rounded up to the next sum that
can occur, for all sums are multiples of one amount. A choice that reaches its bound is «proved»: no other is better;
that there is no choice at all can be proved as well.
"""

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from . import highs
from .highs import Beat

Terms = Mapping[str, Fraction]  # a number for each choice that counts; the others count nothing

PATIENCE = 60.0  # seconds for one question, unless it says otherwise
_RETRIES = 20  # answers that only rounding let through
_LARGEST = 10**12  # of a coefficient; HiGHS 1.11 was seen to crash with some of 1e14, and proves less from 1e13 on
_ENDLESS = 10**18  # no bound at all
_SLACK = 1e-6  # of a bound, for each choice: HiGHS lets a reduced cost be wrong by a tenth of that
_ROUNDING = 1e-14  # of a bound, relative: some fifty times what adding two such numbers may lose


@dataclass(frozen=True)
class Rule:
    """The terms of what is taken add up to at least this much."""

    terms: Terms
    least: Fraction

    def holds(self, taken: frozenset[str]) -> bool:
        """Say whether a choice keeps the rule."""
        return added_up(self.terms, taken) >= self.least


@dataclass(frozen=True)
class Program:
    """Choices that are taken or not, the rules that must hold, and the aims to make small, the weightiest first.

    A later aim decides only between answers that are alike by all before it.
    """

    choices: tuple[str, ...]
    rules: tuple[Rule, ...]
    aims: tuple[Terms, ...]


@dataclass(frozen=True)
class Bound:
    """What an aim came to, and below what it can surely not come."""

    reached: Fraction
    at_least: Fraction

    @property
    def proved(self) -> bool:
        """Say whether nothing can be better."""
        return self.reached == self.at_least


@dataclass(frozen=True)
class Solved:
    """What to take, None where nothing was found; otherwise with a bound for each aim.

    `proved`: no other choice is better, or, where nothing was found, there is none at all.
    """

    taken: frozenset[str] | None
    bounds: tuple[Bound, ...]
    proved: bool


def added_up(terms: Terms, taken: frozenset[str]) -> Fraction:
    """Return the sum of the terms of what is taken."""
    return sum((number for choice, number in terms.items() if choice in taken), Fraction())


def solve(program: Program, *, seconds: float = PATIENCE, beat: Beat | None = None) -> Solved:
    """Return the best choice with its proof; after `seconds` the best that was found, not proved."""
    until = time.monotonic() + seconds
    rules, taken = program.rules, None
    bounds: list[Bound] = []
    for place, aim in enumerate(program.aims):
        if not any(aim.values()) and (taken is not None or any(any(each.values()) for each in program.aims[place:])):
            bounds.append(Bound(Fraction(), Fraction()))  # nothing to search for
            continue
        found = _least(replace(program, rules=rules), aim, until, beat)
        if found.taken is None:
            if taken is None:
                return found
            found = _as_before(taken, aim)  # what was right before a later aim is right still
        taken = found.taken
        bounds.extend(found.bounds)
        rules = (*rules, Rule({choice: -number for choice, number in aim.items()}, -bounds[-1].reached))
    return Solved(taken, tuple(bounds), all(each.proved for each in bounds))


def _as_before(taken: frozenset[str], aim: Terms) -> Solved:
    """Return an answer of which nothing is known by a later aim."""
    lowest = sum((min(number, Fraction()) for number in aim.values()), Fraction())
    bound = Bound(added_up(aim, taken), lowest)
    return Solved(taken, (bound,), bound.proved)


def _least(program: Program, aim: Terms, until: float, beat: Beat | None) -> Solved:
    """Make one aim as small as can be."""
    scaled, unit = _whole(aim)
    grain = _grain(scaled)
    coarse = {choice: number // grain for choice, number in scaled.items()}  # adds up to no more than it does
    tried: list[frozenset[str]] = []
    while True:
        answer = _searched(program, coarse, tried, until, beat)
        if answer.taken is None:
            return Solved(None, (), answer.exhausted and not tried)
        if all(rule.holds(answer.taken) for rule in program.rules):
            reached = sum(scaled.get(each, 0) for each in answer.taken)
            least = min(reached, _rounded_up(answer.bound, len(program.choices)) * grain)
            bound = Bound(reached * unit, least * unit)
            return Solved(answer.taken, (bound,), bound.proved)
        tried.append(answer.taken)
        if len(tried) > _RETRIES:
            return Solved(None, (), proved=False)


def _rounded_up(bound: float, choices: int) -> int:
    """Return the smallest whole number that the aim can be, given a bound found in floating point."""
    if not math.isfinite(bound):
        return -_ENDLESS
    return math.ceil(bound - choices * _SLACK - abs(bound) * _ROUNDING)


def _whole(terms: Terms) -> tuple[dict[str, int], Fraction]:
    """Return terms in whole numbers without a common divisor, and the unit that these count."""
    known = [each for each in terms.values() if each]
    if not known:
        return {}, Fraction(1)
    unit = Fraction(math.gcd(*(each.numerator for each in known)), math.lcm(*(each.denominator for each in known)))
    return {choice: int(number / unit) for choice, number in terms.items() if number}, unit


@dataclass(frozen=True)
class _Answer:
    taken: frozenset[str] | None
    bound: float
    exhausted: bool  # there is nothing more to find


def _searched(
    program: Program, aim: Mapping[str, int], forbidden: Sequence[frozenset[str]], until: float, beat: Beat | None
) -> _Answer:
    """Let HiGHS search once."""
    rows = [*(_row(rule) for rule in program.rules), *(_unlike(program.choices, each) for each in forbidden)]
    if not program.choices:
        fits = all(least <= 0 for _terms, least in rows)
        return _Answer(frozenset() if fits else None, 0.0, exhausted=True)
    place = {choice: number for number, choice in enumerate(program.choices)}
    found = highs.search(
        [aim.get(choice, 0) for choice in program.choices],
        [({place[choice]: number for choice, number in terms.items()}, least) for terms, least in rows],
        max(0.05, until - time.monotonic()), beat,
    )
    taken = None if found.taken is None else frozenset(program.choices[each] for each in found.taken)
    return _Answer(taken, found.bound, found.exhausted)


def _row(rule: Rule) -> tuple[dict[str, int], float]:
    """Return a rule in whole numbers; half a unit less is the same rule, and safe from rounding.

    In coarser numbers whatever keeps the rule keeps it still. One that always holds, or never, need not say how far.
    """
    whole, unit = _whole(rule.terms)
    grain = _grain(whole)
    coarse = {choice: -(-number // grain) for choice, number in whole.items()}
    lowest, highest = (sum(each for each in coarse.values() if (each > 0) is more) for more in (False, True))
    return coarse, min(max(math.ceil(rule.least / unit / grain), lowest), highest + 1) - 0.5


def _grain(terms: Mapping[str, int]) -> int:
    """Return by what numbers are divided so that the engine can count with them: 1 while they are small."""
    return -(-max(map(abs, terms.values()), default=0) // _LARGEST) or 1


def _unlike(choices: Sequence[str], taken: frozenset[str]) -> tuple[dict[str, int], float]:
    """Return the rule that at least one choice is another than in an answer."""
    return {each: -1 if each in taken else 1 for each in choices}, 0.5 - len(taken)


def forbidding(taken: Sequence[str]) -> Rule:
    """Return the rule that not all of these are taken together."""
    return Rule(dict.fromkeys(taken, Fraction(-1)), Fraction(1 - len(taken)))


def one_of(choices: Sequence[str]) -> Iterator[Rule]:
    """Yield the rule that at most one of these is taken; none for one choice alone."""
    if len(choices) > 1:
        yield Rule(dict.fromkeys(choices, Fraction(-1)), Fraction(-1))
