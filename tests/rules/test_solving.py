"""The exact solver: against trying everything, and what it says where it may not finish."""

import random
import subprocess
import sys
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from p2kp_desktop.rules.solving import Bound, Program, Rule, added_up, solve

CHOICES = tuple("abcdef")
numbers = st.fractions(-20, 20, max_denominator=12)
terms = st.dictionaries(st.sampled_from(CHOICES), numbers, max_size=len(CHOICES))
programs = st.builds(
    lambda rules, aims: Program(CHOICES, tuple(rules), tuple(aims)),
    st.lists(st.builds(Rule, terms, numbers), max_size=3), st.lists(terms, min_size=1, max_size=3),
)


def tried(program):
    """Return what the aims are at their least, by trying every choice; None where no choice keeps the rules."""
    every = [frozenset(some) for count in range(len(CHOICES) + 1) for some in combinations(CHOICES, count)]
    kept = [some for some in every if all(rule.holds(some) for rule in program.rules)]
    return min((tuple(added_up(aim, some) for aim in program.aims) for some in kept), default=None)


@settings(max_examples=60)
@given(programs)
def test_the_answer_is_the_best_there_is_exactly_and_proved(program):
    best, found = tried(program), solve(program)
    assert found.proved
    if best is None:
        assert found.taken is None
    else:
        assert all(rule.holds(found.taken) for rule in program.rules)
        assert tuple(added_up(aim, found.taken) for aim in program.aims) == best
        assert [bound.reached for bound in found.bounds] == [bound.at_least for bound in found.bounds] == list(best)


def test_sums_that_differ_by_less_than_rounding_are_told_apart():
    tiny = Fraction(1, 10**6)
    costs = {"a": Fraction(10**6), "b": 10**6 + tiny}
    found = solve(Program(("a", "b"), (Rule({"a": Fraction(1), "b": Fraction(1)}, Fraction(1)),), (costs,)))
    assert found.taken == {"a"}
    exact = Rule({"a": Fraction(1, 3), "b": Fraction(2, 3)}, Fraction(1))
    assert solve(Program(("a", "b"), (exact,), (costs,))).taken == {"a", "b"}


def split_evenly(number, sums):
    """Return a program that asks to halve several sums at once, for which no quick way is known."""
    dice = random.Random(3)
    choices = tuple(map(str, range(number)))
    rules = []
    for _ in range(sums):
        weights = {each: Fraction(dice.randrange(100)) for each in choices}
        half = Fraction(sum(weights.values()) // 2)
        rules += [Rule(weights, half), Rule({each: -weight for each, weight in weights.items()}, -half)]
    return Program(choices, tuple(rules), (dict.fromkeys(choices, Fraction(1)),))


HARD = split_evenly(40, 4)


def test_what_is_not_finished_in_time_is_not_called_proved():
    assert not solve(HARD, seconds=0.0).proved


def test_a_search_can_be_stopped():
    class Enough(Exception):
        pass

    def enough():
        raise Enough

    with pytest.raises(Enough):
        solve(HARD, beat=enough)


ENORMOUS = """
import random
from fractions import Fraction as F
from p2kp_desktop.rules.solving import Program, Rule, solve
dice = random.Random({seed})
names = tuple(map(str, range({count})))
costs = {{each: F(int(1e{digits} * dice.random()) + 1, 3) for each in names}}
areas = {{each: F(dice.randint(1, 900), 100) for each in names}}
within = Rule({{each: -cost for each, cost in costs.items()}}, -sum(costs.values()) / 2)
found = solve(Program(names, (within,), ({{each: -area for each, area in areas.items()}}, costs)), seconds=3)
assert found.taken and within.holds(found.taken)
assert found.bounds[0].at_least <= found.bounds[0].reached
assert sum(areas[each] for each in found.taken) >= {half} * sum(areas.values())
"""


@pytest.mark.parametrize(
    ("seed", "digits", "count"), [(1, 14, 40), (1, 14.18, 40), (2, 15, 8), (1, 30, 40), (1, 300, 8)])
def test_the_solver_survives_numbers_that_it_cannot_count_with(seed, digits, count):
    told = ENORMOUS.format(seed=seed, count=count, digits=digits, half="F(1, 2)").replace("1e14.18", "1.5e14")
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("budget", [10**400, -(10**400)])
def test_a_limit_beyond_all_numbers_is_one_that_always_or_never_holds(budget):
    found = solve(Program(("a",), (Rule({"a": Fraction(-5)}, Fraction(-budget)),), ({"a": Fraction(-1)},)))
    assert (found.taken, found.proved) == ({"a"} if budget > 0 else None, True)


def test_nothing_to_choose_is_an_answer_too():
    assert solve(Program((), (), ({},))).taken == frozenset()
    assert solve(Program((), (Rule({}, Fraction(1)),), ({},))).taken is None
    assert Bound(Fraction(2), Fraction(1)).proved is False


def test_the_solver_is_loaded_when_there_is_something_to_solve_and_says_nothing():
    told = (
        "import sys\nfrom fractions import Fraction as F\nimport p2kp_desktop.cli, p2kp_desktop.rules.cheapest\n"
        "from p2kp_desktop.rules.solving import Program, Rule, solve\nassert 'highsbox' not in sys.modules\n"
        "assert solve(Program(('a',), (Rule({'a': F(1)}, F(1)),), ({'a': F(1)},))).taken == {'a'}\n"
        "assert 'highsbox' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
