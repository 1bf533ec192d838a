"""Erasures where offices are enrolled: whose they are decides, not who brings them; what they take from nobody is free.

Found by random walks (tests/laws/test_enrolled_places.py), and cut down to what matters.
"""

import pytest

from p2kp_desktop.actions.bundles import import_undo, quarantine, receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import person_erasure
from p2kp_desktop.actions.trust.protection import ERASES, why_words
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.meeting import Attendee, Meeting
from p2kp_desktop.store import history, records
from tests.enrolled import enrol_all, node_of

HOUSE = {"id": "r1", "rt": "1/1", "head_name": "Sutarman", "nik": "1671060101900001", "kk_count": 1, "head_sex": "a"}


class Enrolled:
    """A province, its city and three teams, all enrolled."""

    def __init__(self, make_workspace, folder):
        self.folder = folder
        self.province = make_workspace("Provinsi", "province", ("16",))
        self.city = make_workspace("Kota", "district", ("16.71",))
        self.one, self.two, self.three = (make_workspace(f"Tim {name}") for name in ("satu", "dua", "tiga"))
        enrol_all(self.province, self.city, self.one, self.two, self.three)

    def hand(self, giver, taker):
        to = "district" if taker is self.city else "province" if taker is self.province else "facilitator"
        received = receiving.receive(taker, sending.send(giver, self.folder, to=to, full=True, in_clear=True).path)
        assert received.error is None
        return [each.why for each in received.held]


@pytest.fixture
def offices(make_workspace, tmp_path):
    return Enrolled(make_workspace, tmp_path)


def house(workspace):
    with workspace.asking() as connection:
        return records.read(connection, Household.key, ["r1"])["r1"].values()


def save(workspace, **answers):
    recording.record(workspace, Household, {"id": "r1", **answers}, reason="x")


def erase(workspace, *keys):
    person_erasure.erase(workspace, Household, "r1", reason="diminta", keys=list(keys) or None)


def test_what_a_team_erased_of_its_own_house_another_team_may_bring(offices):
    save(offices.one, **HOUSE)
    assert offices.hand(offices.one, offices.two) == []
    erase(offices.one)
    assert offices.hand(offices.one, offices.three) == []
    assert offices.hand(offices.three, offices.two) == []
    assert house(offices.two)["head_name"] is None
    assert soundness.check(offices.two) == []


def test_what_a_team_erased_of_nothing_but_its_own_answers_takes_nothing_from_others(offices):
    """Two teams keyed one house, and the second erased its own name before it knew of the first."""
    save(offices.one, **HOUSE)
    save(offices.one, nik="1671060101900002")
    assert offices.hand(offices.one, offices.city) == []
    save(offices.two, **{**HOUSE, "head_name": "Herlina"})
    erase(offices.two, "head_name")
    save(offices.city, kk_count=3, head_sex="b")
    for taker in (offices.city, offices.province, offices.one):
        if taker is offices.province:
            assert offices.hand(offices.city, taker) == []
        assert offices.hand(offices.two, taker) == []
    assert offices.hand(offices.city, offices.one) == []
    assert soundness.digest(offices.city) == soundness.digest(offices.one)


@pytest.mark.parametrize("relayed", [False, True])
def test_what_a_team_erased_of_the_work_of_others_waits_whoever_brings_it(offices, relayed):
    save(offices.one, **HOUSE)
    for taker in (offices.two, offices.three, offices.city):
        assert offices.hand(offices.one, taker) == []
    erase(offices.two)
    giver = offices.three if relayed else offices.two
    if relayed:
        assert offices.hand(offices.two, offices.three) == [why_words(ERASES)]
        quarantine.apply(offices.three, ["r1"], reason="ditanyakan")
    assert offices.hand(giver, offices.city) == [why_words(ERASES)]
    assert house(offices.city)["head_name"] == "Sutarman"


def test_what_a_team_erased_that_another_gave_can_be_taken_back_for_some_days(offices):
    """It filled in most of a house, and gave neither the name nor the number that it erased there."""
    save(offices.one, **HOUSE)
    save(offices.one, head_name="Herlina")
    for taker in (offices.two, offices.city):
        assert offices.hand(offices.one, taker) == []
    more = {"members_male": 1, "members_female": 2, "members_disabled": 0, "floors": 1, "mbr": "a", "faces_road": "a"}
    save(offices.two, kk_count=2, head_sex="b", road_access="a", **more)
    assert offices.hand(offices.two, offices.city) == []
    erase(offices.two)
    path = sending.send(offices.two, offices.folder, to="district", full=True, in_clear=True).path
    received = receiving.receive(offices.city, path)
    assert house(offices.city)["head_name"] is None
    import_undo.undo(offices.city, received.transfer)
    assert (house(offices.city)["head_name"], house(offices.city)["nik"]) == ("Herlina", HOUSE["nik"])
    with offices.city.asking() as connection:
        told = [row.changes["head_name"] for row in history.of_record(connection, "r1") if "head_name" in row.changes]
    assert [(each.before, each.after) for each in told] == [("Sutarman", "Herlina")]


def test_who_moves_what_others_wrote_under_a_record_of_its_own_may_not_erase_it(offices):
    """One edit of where it belongs made the names and numbers of other people the work of whoever moved them."""
    place = {"region": "16.71.01.1001"}
    for ident, team in (("m1", offices.one), ("m2", offices.two)):
        recording.record(team, Meeting, {"id": ident, **place}, reason="x")
    guest = {"id": "a1", "parent": "m1", "name": "Sutarman", "address": "RT 1", "phone": "0811"}
    recording.record(offices.one, Attendee, guest, reason="x")
    for taker in (offices.two, offices.city):
        assert offices.hand(offices.one, taker) == []
    recording.record(offices.two, Attendee, {"id": "a1", "parent": "m2"}, reason="x")
    assert offices.hand(offices.two, offices.city) == []
    person_erasure.erase(offices.two, Attendee, "a1", reason="diminta")
    assert offices.hand(offices.two, offices.city) == [why_words(ERASES)]
    with offices.city.asking() as connection:
        (kept,) = records.read(connection, Attendee.key, ["a1"]).values()
    assert kept.values()["name"] == "Sutarman"


def test_a_mark_that_says_less_than_the_one_it_replaces_waits(offices, monkeypatch):
    """Whoever erases goes on from the marks that were there: what one that is gone took away could come back."""
    save(offices.one, **HOUSE)
    assert offices.hand(offices.one, offices.city) == []
    erase(offices.city, "head_name")
    assert offices.hand(offices.city, offices.two) == []
    own = node_of(offices.two)
    monkeypatch.setattr(person_erasure.marks, "changes", lambda _version, _keys: {"erased.head_name": f'{{"{own}":1}}'})
    erase(offices.two, "head_name")
    assert offices.hand(offices.two, offices.city) == [why_words(ERASES)]
