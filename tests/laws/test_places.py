"""The laws of knowledge where records lie in several kelurahan, move, and are edited by whoever has them."""

import random

import pytest

from p2kp_desktop.actions.bundles import outbox, receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.common import workspaces as making
from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import facts, history, lineage, receipts, records
from tests.conftest import DEEP

PLACES = ("16.71.01.1001", "16.71.01.1002", "16.71.01.1003", "16.74.01.1001")  # the last one of another city
OFFICES = (("facilitator", PLACES[:1]), ("facilitator", PLACES[1:3]), ("district", ("16.71",)))
STEPS = 16


class Country:
    """Two teams and their city, and the bundles on their way."""

    def __init__(self, folder, dice, offices=OFFICES):
        self.dice, self.folder, self.bundles, self.offices = dice, folder, [], offices
        self.all = [
            making.init(folder / f"{number}.p2kp", role=role, name=f"kantor {number}", regions=regions)
            for number, (role, regions) in enumerate(offices)
        ]

    def step(self):
        workspace = self.dice.choice(self.all)
        self.dice.choice((self.edit, self.edit, self.edit, self.receive, self.hand, self.hand, self.hand))(workspace)

    def edit(self, workspace):
        record, place = self.dice.choice("abcd"), self.dice.choice((*PLACES, *PLACES[:2]))
        recording.record(workspace, Household, {"id": record, "rt": "1/1", "region": place}, reason="pindah")

    def send(self, workspace, to="district"):
        role, regions = self.offices[self.all.index(workspace)]
        to = "facilitator" if role == "district" else to
        areas = [self.dice.choice(regions)] if self.dice.random() < 0.2 else []
        office = self.an_office(workspace) if role == "district" and self.dice.random() < 0.5 else ""
        if office:
            areas = []
        self.bundles.append(sending.send(workspace, self.folder, to=to, areas=areas, office=office).path)

    def an_office(self, workspace):
        with workspace.asking() as connection:
            known = [each.node for each in receipts.acquainted(connection, "facilitator")
                     if any(place for place in facts.known_edits(connection, each.node))]
        return self.dice.choice(known) if known else ""

    def receive(self, workspace):
        if self.bundles:
            assert receiving.receive(workspace, self.dice.choice(self.bundles)).error is None
            knowledge_must_be_true(self)

    def hand(self, workspace):
        """Give a bundle to somebody else at once."""
        taker = self.dice.choice([each for each in self.all if each is not workspace])
        self.send(workspace, self.offices[self.all.index(taker)][0])
        assert receiving.receive(taker, self.bundles[-1]).error is None
        knowledge_must_be_true(self)

    def post(self, giver, taker, to):
        receiving.receive(taker, sending.send(giver, self.folder, to=to).path)


def state(workspace):
    """Return own node, every save with its record and place, every vector, what is known and of whom."""
    with workspace.asking() as connection:
        rows = {row.save.dot: (row.record, row.place) for chain in history.chains(connection) for row in chain}
        vectors = {version.id: version.vector for version in records.everything(connection)}
        own = lineage.own_edits(connection)
        known = {"": facts.known_edits(connection)}
        known |= {each.node: facts.known_edits(connection, each.node) for each in receipts.acquainted(connection)}
        return facts.facts(connection).node, rows, vectors, own, known


def knowledge_must_be_true(country):
    """What anybody is known to have of a place, it has: every save that was made there, up to the count."""
    states = [state(workspace) for workspace in country.all]
    saves = {dot: where for _, rows, *_ in states for dot, where in rows.items()}
    has = {node: vectors for node, _, vectors, _, _ in states}
    for node, _, _, _, known in states:
        for holder, edits in known.items():
            for dot, (record, place) in saves.items():
                if edits.get(place, {}).get(dot.node, 0) >= dot.tick:
                    there = has[holder or node].get(record, {})
                    assert there.get(dot.node, 0) >= dot.tick, f"{holder or node} lacks {dot} of {record} in {place}"


@pytest.mark.parametrize("seed", range(200 if DEEP else 4))
def test_nobody_is_known_to_have_what_he_lacks_and_what_teams_saved_reaches_the_city(tmp_path, seed):
    country = Country(tmp_path, random.Random(seed))
    try:
        for _ in range(STEPS):
            country.step()
        *teams, city = country.all
        for team in teams:
            country.post(team, city, "district")
        _, _, has, _, _ = state(city)
        for team in teams:
            _, rows, _, own, _ = state(team)
            for dot, (record, _) in rows.items():
                assert dot.node not in own or has[record].get(dot.node, 0) >= dot.tick
        for team in (*teams, *teams):
            country.post(city, team, "facilitator")
            country.post(team, city, "district")
        for team in teams:
            country.post(city, team, "facilitator")
            assert outbox.contents(team, outbox.Order("district")).total == 0
            assert window_edge.standing(team).lacking.records == 0
        knowledge_must_be_true(country)
        assert [problem for workspace in country.all for problem in soundness.check(workspace)] == []
    finally:
        for workspace in country.all:
            workspace.close()
