"""The laws hold where a whole laptop was copied and both go on under one node: its copies are told apart afterwards.

What one copy has is no gap of the other's. A bundle whose forerunner is missing waits here as people are told to:
before the missing one came, nothing tells whose save a count is that only one side has used yet.
"""

import random
from collections import Counter

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from p2kp_desktop.schema.branches import origin
from tests.conftest import DEEP

from .account import answered, law, plain, saved
from .copies import Copies, deliver, received
from .machine import Laws, numbers, places
from .office import WORKSPACES, Refusal
from .test_in_memory import InMemory

HISTORIES = 5_000 if DEEP else 400
STEPS = 25


class Imaging(Laws):
    """One more thing that people do; and bundles whose forerunner is missing wait."""

    @precondition(lambda self: 0 < len(self.account.seen) < WORKSPACES)
    @rule(at=places)
    def image(self, at):
        at = self.place(at)
        try:
            made = self.world.image(at)
        except Refusal:
            return
        self.account.seen.append(self.account.seen[at])
        self.look(made)
        self.count("image")
        for one in (at, made):  # both go on before they hear of each other
            changes = {"roof": self.changes["roof"][one % 3]}
            self.act(one, "edit", lambda one=one, changes=changes: self.world.edit(one, "r1", changes))

    def take(self, at, bundle):
        if self.world.lacks(at, bundle):
            self.count("waits for its forerunner")
            return None
        return super().take(at, bundle)

    @precondition(lambda self: self.bundles)
    @rule(at=places, number=numbers, key=numbers, data=st.data())
    def accept(self, at, number, key, data):
        if not self.world.lacks(self.place(at), self.bundles[-1 - number % len(self.bundles)]):
            self.take_over(at, number, key, data)

    def changed(self, before, after):
        """A record that only calls its nodes otherwise, as copies were told apart, is no change of the bundle."""
        return frozenset(
            record for record in after if record not in before or alike(before[record]) != alike(after[record])
        )


def alike(version):
    """Return what a version says whatever its nodes are called."""
    answers = {key: {(saved(s.save), plain(s.value)) for s in each} for key, each in answered(version).items()}
    return counted(version.vector), answers, {key: counted(each) for key, each in version.overrides.items()}


def counted(vector):
    """Return a vector with the branches of a node as one."""
    found = {}
    for node, count in vector.items():
        found[origin(node)] = max(found.get(origin(node), 0), count)
    return found


class WithCopies(Imaging, InMemory):
    """The laws on the merge core."""

    make_world = Copies
    first = (3, 4)

    def everybody_receives_everything(self):
        offices = range(len(self.account.seen))
        self.no_clock_decides()
        for at in offices:
            self.post(at, "district", full=True)
        dice = random.Random(len(self.bundles))
        for at in offices:
            deliver(self.world, at, dice.sample(self.bundles, k=len(self.bundles)) + self.bundles[-2:])
            for bundle in self.bundles:
                self.account.arrive(at, bundle.seen)
        self.all_must_agree()
        ends = [received(dice.sample(self.bundles * 2, k=2 * len(self.bundles)), self.world) for _ in range(3)]
        with law("order-independent"):
            assert ends[0] == ends[1] == ends[2] == self.world.digest(0)


def test_the_laws_hold_for_copies_of_one_laptop():
    machine = type("Copied", (WithCopies,), {"counted": Counter()})
    run_state_machine_as_test(machine, settings=settings(
        max_examples=HISTORIES, stateful_step_count=STEPS, derandomize=not DEEP,  # the rarest are left to the deep run
    ))
    print(*sorted(machine.counted.items()), sep="\n")
    assert set(machine.counted) >= {"image", "conflict", "settle", "erase", "undo", "verify", "taken over"}
