"""The laws of sync.md through real files and the real actions: few histories, for the many are in memory."""

import random
from collections import Counter
from typing import ClassVar

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from p2kp_desktop.forms.household import Household
from tests.conftest import DEEP
from tests.laws.imaging import Imaging

from .account import law
from .copies import deliver
from .files import Files
from .machine import Laws

SHARDS = 10 if DEEP else 2
HISTORIES = 500 if DEEP else 8
STEPS = 20


class ThroughFiles(Laws):
    make_world = Files
    first = (3, 4)
    changes: ClassVar = {
        "head_name": ["Siti", "=1+1", "_x0041_", None],
        "roof": [*Household.roof.options.codes[:2], None],
        "floor_length": ["7.5", "123456.789012345"],
    }

    erasable = "head_name"

    def private(self, key: str) -> bool:
        question = Household.question(key)
        return bool(question and question.private)

    def everybody_receives_everything(self) -> None:
        offices = range(len(self.account.seen))
        dice = random.Random(len(self.bundles))
        for at in offices:
            self.post(at, "district", full=True)
        hub = self.newcomer(dice)
        everything = self.post(hub, "district", full=True)
        for at in offices:
            self.take(at, everything)
        for bundle in [everything, *dice.sample(self.bundles, k=min(4, len(self.bundles)))]:
            again = self.take(0, bundle).counts
            with law("idempotent"):
                assert sum(again.values()) == again["identical"] + again["older"]
        self.all_must_agree()

    def newcomer(self, dice: random.Random) -> int:
        """Let a new workspace receive every bundle there ever was, some of them twice, in any order."""
        at = self.world.open("district")
        self.account.seen.append({})
        for bundle in dice.sample(self.bundles, k=len(self.bundles)) + self.bundles[-2:]:
            self.take(at, bundle)
        return at


class CopiesThroughFiles(Imaging, ThroughFiles):
    """The same where whole laptops were copied and go on under one node (test_copies.py)."""

    first = (2, 3)

    def everybody_receives_everything(self) -> None:
        offices = range(len(self.account.seen))
        for at in offices:
            self.post(at, "district", full=True)
        dice = random.Random(len(self.bundles))
        hubs = [self.world.open("district") for _ in range(2)]
        for hub in hubs:
            self.account.seen.append({})
            deliver(self.world, hub, dice.sample(self.bundles, k=len(self.bundles)))
            for bundle in self.bundles:
                self.account.arrive(hub, bundle.seen)
        with law("order-independent"):
            assert self.world.digest(hubs[0]) == self.world.digest(hubs[1])
        everything = self.post(hubs[0], "district", full=True)
        for at in offices:
            self.take(at, everything)
        self.all_must_agree()


@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_laws_hold_through_real_files(shard):
    machine = type(f"ThroughFiles{shard}", (ThroughFiles,), {"counted": Counter()})
    run_state_machine_as_test(machine, settings=settings(
        max_examples=HISTORIES // SHARDS, stateful_step_count=STEPS,
        phases=set(Phase) - ({Phase.shrink} if not DEEP else set()),  # shrinking takes minutes here
    ))
    print(*sorted(machine.counted.items()), sep="\n")


def test_the_laws_hold_through_real_files_for_copies_of_one_laptop():
    machine = type("CopiesThroughFiles", (CopiesThroughFiles,), {"counted": Counter()})
    run_state_machine_as_test(machine, settings=settings(
        max_examples=100 if DEEP else 3, stateful_step_count=12, derandomize=not DEEP,
        phases=set(Phase) - ({Phase.shrink} if not DEEP else set()),
    ))
    print(*sorted(machine.counted.items()), sep="\n")
