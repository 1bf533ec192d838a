"""How long the cheapest works for 500 RTs with 16 criteria take, beside the bare solver on the same choices.

Prints one line of JSON: seconds of processor time, and how many times as long it takes as HiGHS alone, which is given
all RTs at once in floating point with the cost as its only aim, and whose answer nobody checks. The same for a budget
that is shared out among the RTs. Raises SystemExit where the sums of both differ, or something is not proved.
"""

import json
import random
import time
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

RTS = 500
BUDGET = Fraction(10**10)
NEAR = 1e-6  # relative: how far a sum in floating point may be from the exact one
WHOLE = {"luas_ha": 2, "bangunan": 50, "kk": 60, "jalan_ideal_m": 400, "drainase_ideal_m": 500}


def rts() -> list[Any]:
    """Return RTs in which every criterion is bad to some degree, the same every time."""
    from p2kp_desktop.forms.rt_recap import RtRecap
    from p2kp_desktop.rules import Tally, assess, regulation, terms
    from p2kp_desktop.schema import Record

    dice = random.Random(500)
    found = []
    for number in range(RTS):
        answers: dict[str, Any] = {"luas_ha": "2", "bangunan": 50, "penduduk": 200, "kk": 60, "jalan_ideal_m": "400",
                                   "drainase_ideal_m": "500"}
        answers |= {each.volume: str(dice.randint(0, WHOLE[each.denominator])) for each in regulation("2018").criteria}
        recap = Record(RtRecap, str(number), answers)
        found.append(assess("16.71.01.1001", f"{number:03d}/001", terms=terms(None), tally=Tally(), survey=None,
                            recap=recap))
    return found


def prices() -> Any:
    """Return a price for every criterion."""
    from p2kp_desktop.rules import regulation
    from p2kp_desktop.rules.prices import PriceList, UnitPrice

    dice = random.Random(16)
    return PriceList(tuple(
        UnitPrice(each.option, Fraction(dice.randint(50, 9000) * 1000), 2026, "bench")
        for each in regulation("2018").criteria))


def bare(offered: Sequence[Sequence[Any]], needed: Sequence[int]) -> tuple[float, float]:
    """Return seconds and least cost of HiGHS alone: at most one work for a criterion of an RT, enough points each."""
    from p2kp_desktop.rules import highs

    costs: list[float] = []
    rows: list[highs.Row] = []
    for works, points in zip(offered, needed, strict=True):
        places = range(len(costs), len(costs) + len(works))
        costs += [float(each.cost) for each in works]
        gained = {place: each.before - each.after for place, each in zip(places, works, strict=True)}
        rows.append((gained, points))
        for code in {each.criterion.code for each in works}:
            same = [place for place, each in zip(places, works, strict=True) if each.criterion.code == code]
            rows.append((dict.fromkeys(same, -1), -1))
    started = time.process_time()
    found = highs.search(costs, rows, seconds=60, beat=None)
    return time.process_time() - started, sum(costs[place] for place in found.taken or ())


def main() -> None:
    """Measure, compare, print."""
    from p2kp_desktop.rules.cheapest import Goal, cheapest, most_hectares, works_of

    found, known, goal = rts(), prices(), Goal(16)
    slums = [each for each in found if each.score.total >= goal.below]
    most_hectares([cheapest(slums[0], known, goal)], BUDGET)  # the solver is loaded before anything is timed
    started = time.process_time()
    ways = [cheapest(each, known, goal) for each in slums]
    exact_s = time.process_time() - started
    started = time.process_time()
    shared = most_hectares(ways, BUDGET)
    budget_s = time.process_time() - started
    offered = [list(works_of(each, known, goal)) for each in slums]
    bare_s, cost = bare(offered, [each.score.total - goal.below + 1 for each in slums])
    exact = float(sum(way.cost for way in ways))
    if abs(exact - cost) > NEAR * exact or not shared.proved:
        raise SystemExit("the answers differ, or are not proved")
    print(json.dumps({
        "solve_rts": len(slums), "solve_s": round(exact_s, 2), "solve_times_bare": round(exact_s / bare_s, 1),
        "budget_times_bare": round(budget_s / bare_s, 2),
    }))


if __name__ == "__main__":
    main()
