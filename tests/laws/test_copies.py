"""The laws hold where a whole laptop was copied and both go on under one node: its copies are told apart afterwards.

What one copy has is no gap of the other's. A bundle whose forerunner is missing waits here as people are told to:
before the missing one came, nothing tells whose save a count is that only one side has used yet.
"""

from collections import Counter

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import DEEP
from tests.laws.imaging import WithCopies

HISTORIES = 5_000 if DEEP else 80
STEPS = 25


def test_the_laws_hold_for_copies_of_one_laptop():
    machine = type("Copied", (WithCopies,), {"counted": Counter()})
    run_state_machine_as_test(machine, settings=settings(
        max_examples=HISTORIES, stateful_step_count=STEPS, derandomize=not DEEP,  # the rarest are left to the deep run
    ))
    print(*sorted(machine.counted.items()), sep="\n")
    assert set(machine.counted) >= {"image", "conflict", "settle", "erase", "undo", "verify", "taken over"}
