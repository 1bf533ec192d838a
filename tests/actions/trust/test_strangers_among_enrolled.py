"""Where offices are enrolled, a stranger stays one however often he sends, and no office reaches beyond its regions."""

import pytest

from p2kp_desktop.actions.bundles import import_undo, quarantine, receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import verification
from p2kp_desktop.actions.trust import enrolling
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema.forms import ALIVE
from p2kp_desktop.schema.review import CHANGED, VERIFIED
from p2kp_desktop.schema.review import standing as review_standing
from p2kp_desktop.store import records
from tests.conftest import KELURAHAN
from tests.enrolled import enrol, enrol_all, node_of
from tests.examples import a_record

NEAR = "16.72.01.1001"
COMPLETE = {key: value for key, value in a_record(Household, nik=None).answers.items()
            if value is not None and key != "kk_number"}


class Land:
    """A province, a city with a team, all enrolled, and two houses that both offices verified."""

    def __init__(self, make, folder):
        self.folder, self.make = folder, make
        self.root, self.city = make("Provinsi", "province", ("16",)), make("Kota", "district", ("16.71",))
        self.near, self.team = make("Kota Dekat", "district", ("16.72",)), make("Tim")
        enrol_all(self.root, self.city, self.team)
        enrol(self.near, self.root)
        for record, name in (("h0", "Sutarman"), ("h1", "Herlina")):
            recording.record(self.team, Household, {"id": record, **COMPLETE, "head_name": name})
        self.carry(self.team, self.city)
        assert verification.verify(self.city, ids=["h0"]).verified
        self.carry(self.city, self.root)
        assert verification.verify(self.root, ids=["h1"]).verified

    def carry(self, giver, taker, to=None):
        how = {"to": to} if to else {}
        received = receiving.receive(taker, sending.send(giver, self.folder, full=True, in_clear=True, **how).path)
        assert received.error is None
        return received

    def knows_all(self, workspace):
        """Let somebody who is not enrolled get hold of what the city sends back."""
        self.carry(self.city, workspace, "facilitator")


def stands(workspace, record):
    with workspace.asking() as connection:
        version = records.read(connection, Household.key, [record])[record]
    return review_standing(version), version.values()["head_name"], version.values()[ALIVE]


@pytest.fixture
def land(make_workspace, tmp_path):
    return Land(make_workspace, tmp_path)


def change(workspace, record, **given):
    recording.record(workspace, Household, {"id": record, **given}, reason="x")


def test_a_stranger_is_no_acquaintance_after_his_first_bundle(land):
    stranger = land.make("Orang Lain")
    land.knows_all(stranger)
    change(stranger, "h9", head_name="Rusdi")
    assert land.carry(stranger, land.city).counts["new"] == 1
    change(stranger, "h0", head_name="Palsu")
    recording.delete(stranger, Household, "h1", reason="x")
    before = stands(land.city, "h0"), stands(land.city, "h1")
    received = land.carry(stranger, land.city)
    assert received.quarantined == 2
    assert (stands(land.city, "h0"), stands(land.city, "h1")) == before
    quarantine.apply(land.city, [node_of(stranger)], reason="ditanyakan")
    change(stranger, "h0", head_name="Palsu lagi")
    assert land.carry(stranger, land.city).quarantined == 0
    assert stands(land.city, "h0") == (CHANGED, "Palsu lagi", 1)


def test_who_was_met_before_offices_were_enrolled_goes_on(make_workspace, tmp_path):
    city, team = make_workspace("Kota", "district", ("16.71",)), make_workspace("Tim")
    root = make_workspace("Provinsi", "province", ("16",))

    def carry():
        received = receiving.receive(city, sending.send(team, tmp_path, full=True).path)
        assert received.error is None
        return received

    recording.record(team, Household, {"id": "h0", **COMPLETE})
    carry()
    enrolling.make_root(root)
    enrol(city, root)
    verification.verify(city, ids=["h0"])
    change(team, "h0", head_name="Herlina")
    assert carry().quarantined == 0
    assert stands(city, "h0") == (CHANGED, "Herlina", 1)


@pytest.mark.parametrize("deed", ["change", "delete", "verify"])
def test_no_office_reaches_beyond_its_regions_by_moving_a_record_there(land, deed):
    land.carry(land.root, land.near, "district")
    for record in ("h0", "h1"):
        change(land.near, record, region=NEAR, head_name=f"Palsu {record}")
        if deed == "delete":
            recording.delete(land.near, Household, record, reason="x")
        elif deed == "verify":
            assert verification.verify(land.near, ids=[record]).verified
    before = soundness.digest(land.root)
    received = land.carry(land.near, land.root)
    assert (received.quarantined, soundness.digest(land.root)) == (2, before)
    assert [stands(land.root, record)[0] for record in ("h0", "h1")] == [VERIFIED, VERIFIED]


def test_an_import_that_is_taken_back_leaves_the_keys_of_what_came_since(land):
    late = land.make("Provinsi 2", "province", ("16",))
    first = land.carry(land.city, late)
    change(land.team, "h2", head_name="Rusdi", region=KELURAHAN)
    land.carry(land.team, land.city)
    second = land.carry(land.city, late)
    import_undo.undo(late, first.transfer)
    assert soundness.check(late) == []
    import_undo.undo(late, second.transfer)
    assert soundness.check(late) == []
    assert land.carry(land.city, late).counts["new"] == 3
    assert soundness.check(late) == []
