"""The laws of knowledge where records lie in several kelurahan, move, and are edited by whoever has them."""

import random

import pytest

from p2kp_desktop.actions.bundles import outbox
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.store import dispatch
from tests.conftest import DEEP
from tests.laws.country import Country, knowledge_must_be_true, state

STEPS = 16


def moved(team):
    """Return how many records stood in several places: these may go again, for nobody is sure of all their places."""
    with team.asking() as connection:
        return sum(len(mark.places) > 1 for mark in dispatch.marks(connection))


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
            assert outbox.contents(team, outbox.Order("district")).total <= moved(team)
            assert window_edge.standing(team).lacking.records == 0
        knowledge_must_be_true(country)
        assert [problem for workspace in country.all for problem in soundness.check(workspace)] == []
    finally:
        for workspace in country.all:
            workspace.close()
