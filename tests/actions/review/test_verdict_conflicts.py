"""What a review said, beside what a team said meanwhile, is decided by offices that review and nowhere else."""

import pytest

from p2kp_desktop.actions.bundles import quarantine, receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import conflicts, recording
from p2kp_desktop.actions.review import handing_in, verification
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import ALIVE, STATUS
from p2kp_desktop.store import records
from tests.enrolled import enrol_all
from tests.laws.files import COMPLETE


@pytest.fixture
def offices(make_workspace, tmp_path):
    """Give a team and its city: the city verified a house that the team handed in again meanwhile."""
    province = make_workspace("Provinsi", "province", ("16",))
    city, team = make_workspace("Kota", "district", ("16.71",)), make_workspace("Tim")
    enrol_all(province, city, team)

    def bring(giver, taker):
        to = "facilitator" if taker is team else "district"
        received = receiving.receive(taker, sending.send(giver, tmp_path, to=to, full=True, in_clear=True).path)
        assert received.error is None

    recording.record(team, Household, {**COMPLETE, "id": "a", "rt": "1/1", "head_name": "Sutarman"})
    bring(team, city)
    assert verification.verify(city, ids=["a"]).verified == ("a",)
    handing_in.submit(team, ids=["a"])
    bring(city, team)
    return team, city, bring


def values(workspace):
    with workspace.asking() as connection:
        return records.read(connection, "household", ["a"])["a"].values()


def test_a_team_does_not_decide_for_what_its_city_found(offices):
    team, city, bring = offices
    assert [each.question for each in conflicts.open_conflicts(team)] == [STATUS]
    for value in ("terverifikasi", "siap"):
        with pytest.raises(Trouble, match="K16"):
            conflicts.settle(team, "household", "a", STATUS, value, reason="menurut kami benar")
    assert conflicts.count(team) == 1
    bring(team, city)
    conflicts.settle(city, "household", "a", STATUS, "terverifikasi", reason="sudah dilihat")
    bring(city, team)
    assert (conflicts.count(team), conflicts.count(city), quarantine.waiting(city)) == (0, 0, [])
    assert soundness.digest(team) == soundness.digest(city)


def test_a_team_that_decides_for_deletion_says_nothing_of_the_review_and_arrives(offices):
    team, city, bring = offices
    recording.delete(team, Household, "a", reason="dobel")
    recording.record(city, Household, {"id": "a", "kk_count": 3}, reason="dibetulkan")
    bring(city, team)
    assert {each.question for each in conflicts.open_conflicts(team)} >= {ALIVE, STATUS}
    conflicts.settle(team, "household", "a", ALIVE, 0, reason="memang dobel")
    bring(team, city)
    assert (conflicts.count(team), conflicts.count(city), quarantine.waiting(city)) == (0, 0, [])
    assert (values(city)[ALIVE], values(city)[STATUS]) == (0, None)
    assert soundness.digest(team) == soundness.digest(city)


def test_a_team_that_goes_on_working_opens_it_again(offices):
    team, city, bring = offices
    verification.reopen(team, "a", reason="atapnya berubah")
    assert conflicts.count(team) == 0
    bring(team, city)
    assert (conflicts.count(city), quarantine.waiting(city), values(city)[STATUS]) == (0, [], None)
