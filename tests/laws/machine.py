"""The laws of sync.md as a state machine over up to six workspaces; the world may be in memory or in files."""

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from p2kp_desktop.schema import review
from p2kp_desktop.schema.causality import RANKS
from p2kp_desktop.schema.forms import ALIVE
from p2kp_desktop.schema.values import Answer

from .account import NONE, Account, Seen, Versions, answered, law, only, saved, without
from .office import RECORDS, ROLES, WORKSPACES, Arrival, Refusal, Sent, World

places = st.one_of(st.integers(0, 2), st.integers(0, WORKSPACES - 1))  # mostly three, so that they meet often
numbers = st.integers(0, 30)
OUTCOMES = ("new", "updated", "identical", "older", "conflict", "rejected")


class Laws(RuleBasedStateMachine):
    """Rules are what people do; after each of them, and when everybody has received everything, the laws hold."""

    make_world: ClassVar[Callable[[], World]]
    first: ClassVar[tuple[int, int]] = (3, 5)  # how many workspaces there are at first
    changes: ClassVar[Mapping[str, list[Answer]]] = {}
    erasable: ClassVar[str] = ""
    counted: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.world = type(self).make_world()
        self.account = Account()
        self.bundles: list[Sent] = []
        self.imports: list[tuple[int, Arrival, frozenset[str], Seen]] = []
        self.backups: list[tuple[int, Any, Seen]] = []
        self.clocks = 0
        self.graves: set[tuple[str, str, Answer]] = set()
        self.blessed: dict[str, list[Seen]] = {}

    @initialize(data=st.data())
    def open_workspaces(self, data: st.DataObject) -> None:
        for number in range(data.draw(st.integers(*self.first))):
            self.world.open(ROLES[number])
            self.account.seen.append({})
        if data.draw(st.integers(0, 3)):  # a record that all have, the most usual state of an office
            first = {key: values[0] for key, values in self.changes.items()}
            self.act(0, "edit", lambda: self.world.edit(0, RECORDS[0], first))
            bundle = self.post(0, "district")
            for taker in range(1, len(self.account.seen)):
                self.take(taker, bundle)

    def count(self, name: str) -> None:
        self.counted[name] += 1

    def place(self, number: int) -> int:
        return number % len(self.account.seen)

    def known(self, at: int, *, living: bool = True) -> list[str]:
        versions = self.world.versions(at)
        return sorted(r for r in set(RECORDS) & set(versions) if not living or versions[r].values().get(ALIVE))

    def act(self, at: int, name: str, do: Callable[[], object]) -> Versions | None:
        """Do what a person does in a workspace, take it down, and look whether the account agrees.

        Returns what is there afterwards, or None where the act was refused and changed nothing.
        """
        before = dict(self.world.versions(at))
        try:
            do()
        except Refusal:
            assert dict(self.world.versions(at)) == before
            self.count(f"{name} refused")
            return None
        after = dict(self.world.versions(at))
        self.account.observe(at, before, after)
        self.look(at)
        self.count(name)
        return after

    def look(self, at: int) -> None:
        versions = self.world.versions(at)
        self.account.must_agree(at, versions)
        self.account.must_not_hide(at, versions)
        with law("a verification never blesses an unseen edit"):
            for record in self.blessed:
                if record in versions and review.standing(versions[record]) == review.VERIFIED:
                    assert self.reviewed(at, record), f"{record} in workspace {at} was verified by nobody who saw it"

    def reviewed(self, at: int, record: str) -> bool:
        """Say whether some verification had seen every value that is in force; withheld answers are nobody's."""
        version = self.world.versions(at)[record]
        values = {
            (key, saved(s.save)) for key, siblings in answered(version).items() for s in siblings
            if not review.is_about_review(key) and not self.private(key)
        }
        return any(
            all(dot in seen.get((record, key), frozenset()) for key, dot in values) for seen in self.blessed[record]
        )

    def private(self, key: str) -> bool:
        raise NotImplementedError

    @rule(at=places, record=st.sampled_from(RECORDS), data=st.data())
    def edit(self, at: int, record: str, data: st.DataObject) -> None:
        at = self.place(at)
        pick = {key: st.sampled_from(values) for key, values in self.changes.items()}
        changes = data.draw(st.fixed_dictionaries({}, optional=pick))
        after = self.act(at, "edit", lambda: self.world.edit(at, record, changes))
        if after and record in after:
            assert {key: after[record].values().get(key) for key in changes} == changes

    @rule(one=places, other=places, key=numbers, data=st.data())
    def disagree(self, one: int, other: int, key: int, data: st.DataObject) -> None:
        """Two people give answers to the same question of the same record, and one of them hands hers over."""
        one, other = self.place(one), self.place(other)
        name = sorted(self.changes)[key % len(self.changes)]
        for at in {one, other}:
            changes = {name: data.draw(st.sampled_from(self.changes[name]))}
            self.act(at, "edit", lambda at=at, changes=changes: self.world.edit(at, RECORDS[0], changes))
        if one != other:
            self.take(other, self.post(one, self.world.role(other)))
        if one != other and not key % 3:
            self.settle(key)

    @rule(at=places, number=numbers)
    def delete(self, at: int, number: int) -> None:
        at = self.place(at)
        if records := self.known(at):
            record = records[number % len(records)]
            after = self.act(at, "delete", lambda: self.world.delete(at, record))
            assert after is None or not after[record].values().get(ALIVE)

    @rule(at=places, number=st.integers(0, 3))
    def erase(self, at: int, number: int) -> None:
        at = self.place(at)
        if (records := self.known(at, living=False)) and number > 1:
            record = records[number % len(records)]
            after = self.act(at, "erase", lambda: self.world.erase(at, record))
            assert after is None or not after[record].values().get(self.erasable)

    def reviewers(self) -> list[int]:
        return [at for at in range(len(self.account.seen)) if self.world.role(at) != "facilitator"]

    def review(self, number: int, *statuses: str) -> tuple[int, str] | None:
        """Return an office that reviews and a living record there, of these statuses if any are named."""
        found = [
            (at, record) for at in self.reviewers() for record in self.known(at)
            if not statuses or review.standing(self.world.versions(at)[record]) in statuses
        ]
        return found[number % len(found)] if found else None

    @rule(number=numbers)
    def verify(self, number: int) -> None:
        if chosen := self.review(number):
            at, record = chosen
            seen = only(self.account.seen[at], [record])
            self.blessed.setdefault(record, []).append(seen)
            self.act(at, "verify", lambda: self.must(self.world.verify(at, record)))

    @staticmethod
    def must(done: bool) -> None:
        if not done:
            raise Refusal

    @rule(number=numbers)
    def give_back(self, number: int) -> None:
        if chosen := self.review(number):
            at, record = chosen
            after = self.act(at, "return", lambda: self.world.give_back(at, record))
            assert after is None or review.standing(after[record]) != review.VERIFIED

    @rule(number=numbers)
    def reopen(self, number: int) -> None:
        if chosen := self.review(number, review.VERIFIED, review.CHANGED):
            at, record = chosen
            after = self.act(at, "reopen", lambda: self.world.reopen(at, record))
            assert after is None or review.standing(after[record]) != review.VERIFIED

    @rule(number=numbers)
    def settle(self, number: int) -> None:
        found = sorted(
            ((at, r, key, side) for at in range(len(self.account.seen)) for r, v in self.world.versions(at).items()
             for key, sides in v.conflicts().items() for side in sides), key=repr,
        )
        if found:
            at, record, key, side = found[number % len(found)]
            after = self.act(at, "settle", lambda: self.world.settle(at, record, key, side.value))
            assert after is None or key not in after[record].conflicts()

    def post(self, at: int, to: str, *, redacted: bool = False, full: bool = False) -> Sent:
        bundle = self.world.send(at, to, redacted=redacted, full=full)
        bundle.seen = without(self.account.seen[at], bundle.hidden)
        self.account.must_know(at, lambda save: self.world.claims(at, bundle.includes, save))
        self.bundles.append(bundle)
        self.count(("redacted " if redacted else "") + ("since-bundle" if bundle.since else "full bundle"))
        if RANKS[self.world.role(at)] > RANKS[to]:
            self.count("return bundle")
        return bundle

    @rule(at=places, to=st.sampled_from(sorted(set(ROLES))), redacted=st.booleans(), full=st.booleans())
    def send(self, at: int, to: str, redacted: bool, full: bool) -> None:
        self.post(self.place(at), to, redacted=redacted, full=full)

    @precondition(lambda self: self.bundles)
    @rule(at=places, number=numbers)
    def receive(self, at: int, number: int) -> None:
        self.take(self.place(at), self.bundles[-1 - number % len(self.bundles)])

    @rule(giver=places, taker=places, redacted=st.integers(0, 2), full=st.booleans(), back=st.booleans())
    def hand(self, giver: int, taker: int, redacted: int, full: bool, back: bool) -> None:
        """One office hands its bundle to another, which may hand one back at once."""
        giver, taker = self.place(giver), self.place(taker)
        if giver != taker:
            self.take(taker, self.post(giver, self.world.role(taker), redacted=redacted == 1, full=full))
        if giver != taker and back:
            self.take(giver, self.post(taker, self.world.role(giver)))

    def take(self, at: int, bundle: Sent) -> Arrival:
        before, seen = dict(self.world.versions(at)), self.account.seen[at]
        arrival = self.world.receive(at, bundle)
        after = self.world.versions(at)
        self.account.arrive(at, only(bundle.seen, bundle.ids) if arrival.gap else bundle.seen)
        touched = self.changed(before, after)
        self.must_account(arrival, bundle, before, touched)
        self.imports.append((at, arrival, touched, seen))
        self.look(at)
        self.count("receive" + (", a gap named" if arrival.gap else ""))
        self.counted.update({name: number for name, number in arrival.counts.items() if name in OUTCOMES})
        return arrival

    @precondition(lambda self: self.bundles)
    @rule(at=places, number=numbers, key=numbers, data=st.data())
    def accept(self, at: int, number: int, key: int, data: st.DataObject) -> None:
        self.take_over(at, number, key, data)

    def take_over(self, at: int, number: int, key: int, data: st.DataObject) -> None:
        """Somebody writes over an answer of a bundle in an office suite, and an office takes that over, twice."""
        at, bundle = self.place(at), self.bundles[-1 - number % len(self.bundles)]
        name = sorted(self.changes)[key % len(self.changes)]
        if not (records := sorted(bundle.ids & set(RECORDS))):
            return
        record, value = records[number % len(records)], data.draw(st.sampled_from(self.changes[name]))
        if value == bundle.values[record].get(name):
            return  # nothing was written over
        before, had = dict(self.world.versions(at)), self.account.seen[at]
        arrival = self.world.accept(at, bundle, record, name, value)
        after = self.world.versions(at)
        came = {place: dots for place, dots in only(bundle.seen, bundle.ids).items() if place != (record, name)}
        self.account.arrive(at, came)
        place, here = (record, name), self.account.seen[at]
        seen = {**bundle.seen, place: bundle.seen.get(place, NONE) & here.get(place, NONE)}
        self.account.observe_taken_over(at, after, seen)
        touched = self.changed(before, after)
        with law("accounted for"):
            assert sum(arrival.counts[name] for name in OUTCOMES) == len(bundle.ids)
        self.imports.append((at, arrival, touched, had))
        self.look(at)
        self.count("taken over" if arrival.taken_over else "not taken over")
        digest = self.world.digest(at)
        self.world.accept(at, bundle, record, name, value)
        with law("idempotent"):
            assert self.world.digest(at) == digest

    def changed(self, before: Versions, after: Versions) -> frozenset[str]:
        """Return the records that a bundle changed."""
        return frozenset(record for record in after if after[record] != before.get(record))

    @law("accounted for")
    def must_account(self, arrival: Arrival, bundle: Sent, before: Versions, touched: frozenset[str]) -> None:
        counts = arrival.counts
        assert sum(counts[name] for name in OUTCOMES) == len(bundle.ids), "read = new + … + rejected"
        assert counts["new"] == len(touched - set(before))
        assert counts["updated"] + counts["conflict"] == len(touched & set(before))
        assert counts["rejected"] == 0 or arrival.gap, "only what counts saves of a bundle before it waits for that"

    @precondition(lambda self: self.imports)
    @rule(number=numbers)
    def undo(self, number: int) -> None:
        at, arrival, touched, seen = self.imports[-1 - number % len(self.imports)]
        known = self.world.known_values(at)
        try:
            self.world.undo(at, arrival.token)
        except Refusal:
            self.count("undo refused")
        else:
            self.account.put_back(at, touched, seen)
            self.graves |= known if arrival.taken_over else set()
            self.count("undo")
        self.look(at)

    @precondition(lambda self: len(self.backups) < 2)
    @rule(at=places)
    def back_up(self, at: int) -> None:
        at = self.place(at)
        self.backups.append((at, self.world.back_up(at), self.account.seen[at]))
        self.count("backup")

    @precondition(lambda self: self.backups)
    @rule(number=numbers)
    def restore(self, number: int) -> None:
        at, backup, seen = self.backups[-1 - number % len(self.backups)]
        self.graves |= self.world.known_values(at)
        self.world.restore(at, backup)
        self.backups.remove((at, backup, seen))
        self.account.seen[at] = seen
        self.imports = [each for each in self.imports if each[0] != at]
        self.look(at)
        self.count("restore")

    @precondition(lambda self: 0 < len(self.account.seen) < WORKSPACES)
    @rule(at=places, elsewhere=st.booleans())
    def clone(self, at: int, elsewhere: bool) -> None:
        at = self.place(at)
        made = self.world.clone(at, elsewhere=elsewhere)
        self.account.seen.append(self.account.seen[at])
        self.look(made)
        self.count("clone on another laptop" if elsewhere else "clone on the same laptop")

    @precondition(lambda self: self.clocks < 3)
    @rule(at=places, days=st.integers(-730, 730))
    def set_clock(self, at: int, days: int) -> None:
        self.world.set_clock(self.place(at), days)
        self.clocks += 1
        self.count("clock set")

    def teardown(self) -> None:
        try:
            if self.account.seen and sys.exc_info()[0] is None:
                self.everybody_receives_everything()
        finally:
            self.world.close()

    def everybody_receives_everything(self) -> None:
        raise NotImplementedError

    def all_must_agree(self) -> None:
        """Everybody has the same content and open conflicts; every value ever saved is somewhere in sight."""
        offices = range(len(self.account.seen))
        with law("order-independent"):
            assert all(self.world.digest(at) == self.world.digest(0) for at in offices)
            conflicts = [
                {(r, key, sides) for r, v in self.world.versions(at).items() for key, sides in v.conflicts().items()}
                for at in offices
            ]
            assert all(each == conflicts[0] for each in conflicts)
        wanted = self.account.everywhere()
        for at in offices:
            self.look(at)
            with law("nothing is lost"):
                assert wanted <= self.world.known_values(at), wanted - self.world.known_values(at)
            with law("what was erased is told by nobody"):
                assert not self.account.erased(at) & self.world.told(at)
            assert list(self.world.faults(at)) == []
        with law("nothing is lost"):
            assert self.account.ever_saved() <= self.world.known_values(0) | self.graves
