"""The laws are worth something: whoever breaks the merge breaks a law within a few hundred histories."""

from collections import Counter

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import DEEP, some
from tests.laws.imaging import WithCopies
from tests.laws.merging import STEPS, InMemory

from . import account
from .mutations import ALL, OF_COPIES

ROUNDS, HISTORIES = 20, 25  # of the deep run, which finds out all laws that a mutation breaks
CRASH = "a crash of the program or of the account"


def hunt(histories: int, *, derandomize: bool = False, laws: type[InMemory] = InMemory) -> str:
    """Return the law that fails first; empty when all hold."""
    machine = type("Hunted", (laws,), {"counted": Counter()})
    try:
        run_state_machine_as_test(machine, settings=settings(
            max_examples=histories, stateful_step_count=STEPS, phases=[Phase.generate], database=None,
            derandomize=derandomize,
        ))
    except account.Broken as broken:
        return broken.law
    except (AssertionError, LookupError, TypeError, ValueError):
        return CRASH
    return ""


@pytest.mark.parametrize("mutation", some(ALL), ids=lambda mutation: mutation.__name__)
def test_a_broken_merge_breaks_a_law(monkeypatch, mutation):
    mutation(monkeypatch)
    first = hunt(3000, derandomize=not DEEP)
    print(f"{mutation.__name__}: {first}")
    assert first not in ("", CRASH)


@pytest.mark.parametrize("mutation", OF_COPIES, ids=lambda mutation: mutation.__name__)
def test_whoever_does_not_tell_copies_apart_breaks_a_law(monkeypatch, mutation):
    mutation(monkeypatch)
    first = hunt(3000, derandomize=not DEEP, laws=WithCopies)
    print(f"{mutation.__name__}: {first}")
    assert first not in ("", CRASH)


@pytest.mark.skipif(not DEEP, reason="the table of mutations and laws belongs to the deep run")
@pytest.mark.parametrize("mutation", ALL, ids=lambda mutation: mutation.__name__)
def test_all_laws_that_a_mutation_breaks_are_counted(monkeypatch, mutation):
    mutation(monkeypatch)
    found: Counter[str] = Counter()
    monkeypatch.setattr(account, "tally", found)
    found.update(crash for _ in range(ROUNDS) if (crash := hunt(HISTORIES)))
    print(f"{mutation.__name__}: " + "; ".join(f"{name} {number}" for name, number in found.most_common()))
