"""Where all offices are enrolled nothing honest waits: whatever people do, it arrives, whoever brings it, in any order.

A walk is a list of steps that each stand for themselves, so that a long one can be cut down to those that matter.
"""

import random
from contextlib import suppress
from functools import partial
from typing import NamedTuple

import pytest

from p2kp_desktop.actions.bundles import quarantine, receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import bulk, conflicts, named_acts, recording
from p2kp_desktop.actions.recording.recording import Refused
from p2kp_desktop.actions.review import handing_in, person_erasure, verification
from p2kp_desktop.actions.trust.protection import FALSE, TAKES_VERIFIED, why_words
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import ALIVE, erasure
from p2kp_desktop.schema.causality import covers, merge
from p2kp_desktop.schema.claims import is_part_of_work_of
from p2kp_desktop.schema.forms import ERASED
from p2kp_desktop.store import held, history, records
from tests.conftest import DEEP
from tests.enrolled import enrol_all
from tests.laws.country import PLACES, Country, knowledge_must_be_true
from tests.laws.files import COMPLETE

CITY = PLACES[:3]
OFFICES = (
    ("facilitator", CITY[:1]), ("facilitator", CITY[1:]), ("facilitator", CITY[:1]),
    ("district", ("16.71",)), ("province", ("16",)),
)
TEAMS = 3
ANSWERS = {
    "head_name": ("Sutarman", "Herlina", "Rusdi"), "nik": ("1671060101900001", "1671060101900002", None),
    "head_sex": ("a", "b"), "kk_count": (1, 2, 3), "water_source": ("a", "b"),
}
KEYING = (
    "key", "correct", "correct", "correct", "move", "delete", "bring_back", "submit", "erase", "settle", "settle",
    "take_back", "take_back",
)
REVIEWING = ("verify", "verify", "give_back", "reopen")
TRAVELLING = ("send", "hand", "hand", "hand", "hand", "receive")


class Step(NamedTuple):
    """One step of a walk: who does what, and a seed for all else that it takes."""

    number: int
    deed: str
    who: int
    seed: int


def walk(seed, length):
    """Return the steps of a random walk; teams begin, and their city has seen what they began with."""
    dice = random.Random(seed)
    deeds = [("key", 0), ("key", 1), ("hand_up", 0), ("hand_up", 1)]
    while len(deeds) < length:
        some = dice.choice((KEYING, KEYING, REVIEWING, TRAVELLING, TRAVELLING))
        deeds.append((dice.choice(some), dice.randrange(len(OFFICES))))
    return [Step(number, *deed, dice.randrange(10**6)) for number, deed in enumerate(deeds)]


class Nothing(Exception):
    """There is nothing of the kind here."""


class Enrolled(Country):
    """A province, its city, and three teams of it: two of one kelurahan."""

    def __init__(self, folder):
        super().__init__(folder, random.Random(), OFFICES)
        *self.teams, self.city, self.province = self.all
        enrol_all(self.province, self.city, *self.teams)
        self.sent = {}

    def do(self, step):
        """Let somebody do something; what the program refuses is no step."""
        self.dice, self.number, workspace = random.Random(step.seed), step.number, self.all[step.who]
        with suppress(Trouble, Refused, Nothing):
            getattr(self, step.deed)(workspace)

    def key(self, workspace):
        record, place = self.dice.choice("abc"), self.dice.choice(self.places_of(workspace))
        answers = COMPLETE | {key: self.dice.choice(values) for key, values in ANSWERS.items()}
        self.save(workspace, {**answers, "id": record, "rt": "1/1", "region": place})

    def correct(self, workspace):
        given = {key: self.dice.choice(ANSWERS[key]) for key in self.dice.sample(sorted(ANSWERS), 2)}
        self.save(workspace, {"id": self.a_record(workspace), **given})

    def move(self, workspace):
        place, rt = self.dice.choice(CITY), self.dice.choice(("1/1", "2/1"))
        self.save(workspace, {"id": self.a_record(workspace), "region": place, "rt": rt})

    def save(self, workspace, answers):
        recording.record(workspace, Household, answers, reason="dibetulkan")

    def delete(self, workspace):
        recording.delete(workspace, Household, self.a_record(workspace), reason="dobel")

    def bring_back(self, workspace):
        bulk.bring_back(workspace, Household, [self.a_record(workspace, alive=False)])

    def submit(self, workspace):
        handing_in.submit(workspace, ids=[self.a_record(workspace)])

    def verify(self, workspace):
        verification.verify(workspace, ids=[self.a_record(workspace)])

    def give_back(self, workspace):
        verification.give_back(workspace, self.a_record(workspace), comment="Periksa namanya.", about="head_name")

    def reopen(self, workspace):
        verification.reopen(workspace, self.a_record(workspace), reason="keliru")

    def erase(self, workspace):
        keys = self.dice.choice((None, ["head_name"], ["nik"]))
        person_erasure.erase(workspace, Household, self.a_record(workspace), reason="diminta warga", keys=keys)

    def settle(self, workspace):
        if found := conflicts.open_conflicts(workspace):
            each = self.dice.choice(found)
            side = self.dice.choice(each.sides)
            conflicts.settle(workspace, each.form, each.id, each.question, side.value, reason="ditanyakan")

    def take_back(self, workspace):
        if found := named_acts.last(workspace):
            named_acts.take_back(workspace, found.id, reason="keliru")

    def send(self, workspace, to=""):
        to = to or self.dice.choice(("facilitator", "district", "province"))
        some = self.dice.random() < 0.2
        self.sent[self.number] = sending.send(
            workspace, self.folder, to=to, areas=[self.dice.choice(self.places_of(workspace))] if some else [],
            withhold=self.dice.random() < 0.2, full=self.dice.random() < 0.3, in_clear=True,
        ).path

    def hand(self, workspace):
        taker = self.dice.choice([each for each in self.all if each is not workspace])
        self.send(workspace, self.offices[self.all.index(taker)][0])
        self.take(taker, self.sent[self.number])

    def hand_up(self, workspace):
        self.bring(workspace, self.city)

    def receive(self, workspace):
        if self.sent:
            self.take(workspace, self.sent[self.dice.choice(sorted(self.sent))])

    def take(self, workspace, path):
        received = receiving.receive(workspace, path)
        assert received.error is None
        assert why_words(FALSE) not in {each.why for each in received.held}, received.held

    def places_of(self, workspace):
        regions = self.offices[self.all.index(workspace)][1]
        return [place for place in CITY if any(place.startswith(region) for region in regions)]

    def a_record(self, workspace, *, alive=True):
        """Choose a record that somebody has; whoever has none does nothing."""
        with workspace.asking() as connection:
            found = sorted(each.id for each in records.everything(connection)
                           if each.form == Household.key and bool(each.values()[ALIVE]) is alive)
        if not found:
            raise Nothing
        return self.dice.choice(found)

    def bring(self, giver, taker):
        """Give somebody all that one has."""
        to = self.offices[self.all.index(taker)][0]
        self.take(taker, sending.send(giver, self.folder, to=to, full=True, in_clear=True).path)

    def come_together(self):
        """Let all that is known arrive everywhere by way of the city, where a person decides what waits by design."""
        others = (*self.teams, self.province)
        for each in others:
            self.bring(each, self.city)
            decide(self.city)
        for each in others:
            self.bring(self.city, each)


def decide(workspace):
    """Take in, as a person, what waits by design.

    A team erased something of a record that is not mostly its work here, or took away what an office verified.
    """
    with workspace.asking() as connection:
        chosen = {(each.node, each.key, each.version.id) for each in held.waiting(connection)
                  if each.why == TAKES_VERIFIED or is_for_a_person(connection, each.version)}
    for node, key, record in sorted(chosen):
        quarantine.apply(workspace, [record], reason="ditanyakan", whose=partial(is_of, node, key))


def is_of(node, key, waits):
    return (waits.node, waits.key) == (node, key)


def is_for_a_person(connection, version):
    """Say whether a team erased here what others gave, in a record that is mostly others' work."""
    before = records.read(connection, version.form, [version.id]).get(version.id)
    if before is None:
        return False
    after, above = erasure.applied(merge(before, version)), partial(records.above, connection)
    return any(
        mark.save.role == "facilitator" and not erasure.takes_only_own(before, after, key)
        and not is_part_of_work_of(before, {mark.save.dot.node}, above)
        for key in after.answers if key.startswith(ERASED)
        for mark in after.answers[key] - before.answers.get(key, frozenset())
    )


def saves(workspace):
    """Return every save that is here by its hash, with the record."""
    with workspace.asking() as connection:
        return {row.hash: row for chain in history.chains(connection) for row in chain}


def vectors(workspace):
    with workspace.asking() as connection:
        return {version.id: version.vector for version in records.everything(connection)}


def everything_must_be_there(country):
    """Say that nothing waits, that nothing signed is lost, and that everybody has the same."""
    waits = [(country.all.index(each), one.subject.id, one.why, one.sender.workspace)
             for each in country.all for one in quarantine.waiting(each)]
    assert waits == [], waits
    all_saves = [saves(each) for each in country.all]
    signed = {seal: row for some in all_saves for seal, row in some.items()}
    assert all(row.mark for row in signed.values())
    for workspace, here in zip(country.all, all_saves, strict=True):
        assert {*here} == {*signed}
        its = vectors(workspace)
        assert all(covers(its[row.record], row.save.dot) for row in signed.values())
    assert len({soundness.digest(each) for each in country.all}) == 1, "digests"
    assert [problem for each in country.all for problem in soundness.check(each)] == []


def run(folder, steps):
    """Walk, let everything arrive, and hold the end against the laws."""
    country = Enrolled(folder)
    try:
        for step in steps:
            country.do(step)
        knowledge_must_be_true(country)
        country.come_together()
        knowledge_must_be_true(country)
        everything_must_be_there(country)
    finally:
        for workspace in country.all:
            workspace.close()


@pytest.mark.parametrize("seed", range(100 if DEEP else 2))
def test_nothing_honest_waits_and_everybody_ends_with_the_same(tmp_path, seed):
    run(tmp_path, walk(seed, 50 if DEEP else 20))
