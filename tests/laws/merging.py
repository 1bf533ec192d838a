"""The laws on the merge core alone: replicas are values in memory."""

import random
from dataclasses import replace
from typing import ClassVar

from hypothesis.stateful import rule

from p2kp_desktop.schema.causality import Sibling, Version
from tests.laws.account import law
from tests.laws.machine import Laws, numbers, places
from tests.laws.memory import PRIVATE, Memory, known_of, merged, together
from tests.laws.office import RECORDS

STEPS = 25
BACKWARDS = str.maketrans("0123456789", "9876543210")


class InMemory(Laws):
    """Any number of bundles cost nothing here, so every order of all of them is tried, and no order is given."""

    make_world = Memory
    changes: ClassVar = {"name": ["a", "b", None], "roof": ["a", "b", 1, None], "new question": ["x", "y"]}
    erasable = "name"

    def private(self, key: str) -> bool:
        return key in PRIVATE

    def take(self, at, bundle):
        arrival = super().take(at, bundle)
        again = self.world.receive(at, bundle)
        with law("idempotent"):
            assert not again.counts["new"] + again.counts["updated"] + again.counts["conflict"]
        return arrival

    @rule(giver=places, via=places, taker=places, number=numbers)
    def overtake(self, giver: int, via: int, taker: int, number: int) -> None:
        """A later bundle overtakes the one before it, which comes after it, or never."""
        giver, via, taker = self.place(giver), self.place(via), self.place(taker)
        if len({giver, via, taker}) < 3:
            return
        bundles = []
        for record in sorted(set(RECORDS), reverse=bool(number % 2)):
            self.act(giver, "edit", lambda record=record: self.world.edit(giver, record, {}))
            bundles.append(self.post(giver, self.world.role(via)))
            self.take(via, bundles[-1])
            self.take(giver, self.post(via, self.world.role(giver)))
        for bundle in reversed(bundles[number % 3 == 0:]):
            arrival = self.take(taker, bundle)
            if arrival is not None and arrival.gap:
                self.count("overtaken")
            self.post(taker, self.world.role(giver))

    def everybody_receives_everything(self) -> None:
        offices = range(len(self.account.seen))
        self.no_clock_decides()
        self.no_order_decides_what_is_known()
        self.ordinary_bundles_are_enough()
        for at in offices:
            self.post(at, "district", full=True)
        dice = random.Random(len(self.bundles))
        for at in offices:
            for bundle in dice.sample(self.bundles, k=len(self.bundles)) + self.bundles[-2:]:
                self.world.receive(at, bundle)
                self.account.arrive(at, bundle.seen)
        self.all_must_agree()
        ends = [merged(dice.sample(self.bundles * 2, k=2 * len(self.bundles))) for _ in range(3)]
        with law("order-independent"):
            assert ends[0] == ends[1] == ends[2] == self.world.digest(0)

    @law("order-independent")
    def no_order_decides_what_is_known(self) -> None:
        """Whoever receives the same bundles knows the same in the end, also where later ones came first."""
        mixed = random.Random(len(self.bundles)).sample(self.bundles, k=len(self.bundles))
        knows = [known_of(order) for order in (self.bundles, self.bundles[::-1], mixed)]
        assert knows[0] == knows[1] == knows[2], "what is known depends on the order"

    @law("knowledge is true")
    def ordinary_bundles_are_enough(self) -> None:
        """Three rounds of ordinary bundles, which leave out what was acknowledged, leave nobody behind."""
        offices = range(len(self.account.seen))
        for _ in range(3):
            for giver in offices:
                for taker in offices:
                    if giver != taker:
                        self.take(taker, self.post(giver, self.world.role(taker)))
        assert all(self.world.digest(at) == self.world.digest(0) for at in offices), "a bundle left something out"

    @law("no clock decides")
    def no_clock_decides(self) -> None:
        """With every clock turned round, the same edits merge to the same values."""
        offices = range(len(self.account.seen))
        for one in offices:
            for other in offices:
                for record in {*self.world.versions(one)} & {*self.world.versions(other)}:
                    mine, theirs = self.world.versions(one)[record], self.world.versions(other)[record]
                    there = together(turned(mine), turned(theirs))
                    assert there == turned(together(mine, theirs))
                    assert there.values() == together(mine, theirs).values()


def turned(version: Version) -> Version:
    """Return the version as clocks would have it that run backwards."""
    answers = {
        key: frozenset(Sibling(s.save._replace(time=s.save.time.translate(BACKWARDS)), s.value) for s in siblings)
        for key, siblings in version.answers.items()
    }
    return replace(version, answers=answers)
