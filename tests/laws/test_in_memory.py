"""The laws of sync.md on the merge core, over thousands of histories."""

from collections import Counter

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import DEEP
from tests.laws.merging import STEPS, InMemory

SHARDS = 4 if DEEP else 2
HISTORIES = 10_000 if DEEP else 300


@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_laws_hold_on_the_merge_core(shard):
    machine = type(f"InMemory{shard}", (InMemory,), {"counted": Counter()})
    run_state_machine_as_test(
        machine, settings=settings(
            max_examples=HISTORIES // SHARDS, stateful_step_count=STEPS,
            derandomize=not DEEP,  # so few histories might by chance lack something that happens seldom
        ),
    )
    print(*sorted(machine.counted.items()), sep="\n")
    assert set(machine.counted) >= HAPPENS


HAPPENS = {
    "backup", "clock set", "clone on another laptop", "clone on the same laptop", "conflict", "delete", "edit", "erase",
    "full bundle", "identical", "new", "older", "receive", "receive, a gap named", "redacted full bundle",
    "redacted since-bundle", "reopen", "restore", "return", "return bundle", "settle", "since-bundle", "undo",
    "taken over", "not taken over", "overtaken", "undo refused", "updated", "verify", "verify refused",
}
