"""The laws where whole laptops are copied: disks are imaged, and both go on."""

import random

import hypothesis.strategies as st
from hypothesis.stateful import precondition, rule

from p2kp_desktop.schema.branches import origin
from tests.laws.account import answered, law, plain, saved
from tests.laws.copies import Copies, deliver, received
from tests.laws.machine import Laws, numbers, places
from tests.laws.merging import InMemory
from tests.laws.office import WORKSPACES, Refusal


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
