"""An office certifies a key for a workspace that it does not know, and that is another team's of another office."""

import pytest

from p2kp_desktop.actions.bundles import quarantine, receiving
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.trust import enrolling, enrolment, members
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import history, records, transfers, trusted
from tests.certified_elsewhere import OfficesApart
from tests.enrolled import enrol, key_of, node_of, words_of


@pytest.fixture
def offices(make_workspace, tmp_path):
    return OfficesApart(make_workspace, tmp_path)


def names(workspace):
    with workspace.asking() as connection:
        return {each.id: each.values()["head_name"] for each in records.stream(connection, Household.key)}


def marks(workspace):
    with workspace.asking() as connection:
        return [bool(row.mark) for chain in history.chains(connection) for row in chain]


def undone(workspace):
    with workspace.asking() as connection:
        return [line.file for line in transfers.log(connection) if "undone" in line.result]


@pytest.mark.parametrize("by_itself", [False, True])
def test_a_certificate_in_another_offices_regions_takes_no_work_from_who_is_known(offices, make_workspace, by_itself):
    if by_itself:
        offices.carry(offices.team, offices.province)
    else:
        offices.far_city(make_workspace)
    before = soundness.digest(offices.province)
    offices.certify()
    told = offices.carry(offices.city, offices.province)
    assert [note for note in told.notes if "Laptop Lain" in note and "kunci lain" in note]
    received = receiving.receive(offices.province, offices.in_the_teams_name())
    assert (received.quarantined, received.sender.words) == (1, "kunci berubah")
    assert (soundness.digest(offices.province), undone(offices.province)) == (before, [])
    assert marks(offices.province) == [True, True]
    recording.record(offices.team, Household, {"id": "h1", "head_name": "Herlina binti Umar"}, reason="x")
    assert offices.carry(offices.team, offices.province).counts["updated"] == 1
    assert names(offices.province) == {"h1": "Herlina binti Umar"}
    assert (len(quarantine.waiting(offices.province)), soundness.check(offices.province)) == (1, [])


def test_what_the_certifying_city_brings_of_it_waits_too(offices, make_workspace):
    offices.far_city(make_workspace)
    before = soundness.digest(offices.province)
    offices.certify()
    assert receiving.receive(offices.city, offices.in_the_teams_name()).counts["new"] == 1
    assert offices.carry(offices.city, offices.province).quarantined == 1
    assert (soundness.digest(offices.province), undone(offices.province)) == (before, [])


def test_nothing_for_the_team_is_sealed_to_a_laptop_that_says_to_succeed_it(offices):
    offices.carry(offices.team, offices.province)
    offices.certify(as_former=True)
    offices.carry(offices.city, offices.province)
    with offices.province.asking() as connection:
        here = enrolment.register(connection)
        certificate = here.certificate(key_of(offices.thief))
    assert here.nodes_of(certificate) == {node_of(offices.thief)}
    assert state_of(offices.province) == members.ENROLLED  # for its own node it speaks
    assert receiving.receive(offices.province, offices.in_the_teams_name()).quarantined == 1
    assert names(offices.province) == {"h1": "Herlina"}


@pytest.mark.parametrize("as_former", [False, True])
def test_who_is_enrolled_already_is_nobody_elses(offices, as_former):
    """Nothing of it came yet, so nothing but the earlier certificate tells."""
    enrol(offices.team, offices.province)
    offices.certify(as_former=as_former)
    offices.carry(offices.city, offices.province)
    assert receiving.receive(offices.province, offices.in_the_teams_name()).quarantined == 1
    assert offices.carry(offices.team, offices.province).counts["new"] == 1
    assert names(offices.province) == {"h1": "Herlina"}
    told = offices.carry(offices.province, offices.team, "facilitator")
    assert as_former or [note for note in told.notes if "kunci lain" in note]
    recording.record(offices.team, Household, {"id": "h2", "head_name": "Wati", "kk_count": 1})
    assert offices.carry(offices.team, offices.province).counts["new"] == 1


def test_who_comes_after_another_took_its_name_is_enrolled_as_its_successor(offices):
    offices.certify()
    offices.carry(offices.city, offices.province)
    assert receiving.receive(offices.province, offices.in_the_teams_name()).counts["new"] == 1
    assert offices.carry(offices.team, offices.province).quarantined == 1
    with pytest.raises(Trouble, match="atas nama Laptop Lain"):
        enrol(offices.team, offices.province)
    enrol(offices.team, offices.province, replaces=True)
    assert offices.carry(offices.team, offices.province).counts["new"] == 1
    assert names(offices.province)["h1"] == "Herlina"


def state_of(workspace):
    return {each.name: each.state for each in members.members(workspace)}["Laptop Lain"]


def test_a_person_may_say_that_the_certificate_is_right(offices, make_workspace):
    """Then it was the others who took the name: what they brought gives way."""
    offices.far_city(make_workspace)
    offices.certify()
    offices.carry(offices.city, offices.province)
    path = offices.in_the_teams_name()
    receiving.receive(offices.province, path)
    assert state_of(offices.province) == enrolment.CONTESTED
    with pytest.raises(Trouble, match="Alasan"):
        enrolling.confirm(offices.province, "Laptop Lain", reason=" ")
    enrolling.confirm(offices.province, words_of(offices.thief), reason="ditelepon, laptop yang sama")
    assert state_of(offices.province) == members.ENROLLED
    with pytest.raises(Trouble, match="Tidak ada satu"):
        enrolling.confirm(offices.province, "Laptop Lain", reason="sekali lagi")
    received = receiving.receive(offices.province, path)
    assert (received.quarantined, received.sender.words) == (0, "terdaftar")
    assert "Palsu" in names(offices.province).values()
    assert soundness.check(offices.province) == []


def test_a_revoked_certificate_is_contested_no_more(offices):
    offices.carry(offices.team, offices.province)
    offices.certify()
    offices.carry(offices.city, offices.province)
    enrolling.revoke(offices.province, "Laptop Lain", reason="kode ruang kerja tim lain")
    assert receiving.receive(offices.province, offices.in_the_teams_name()).sender.words == "dicabut"
    recording.record(offices.team, Household, {"id": "h1", "head_name": "Wati"}, reason="x")
    assert offices.carry(offices.team, offices.province).counts["updated"] == 1



def test_an_office_that_approves_a_successor_knowing_the_other_believes_it(offices):
    offices.carry(offices.team, offices.city, "district")
    with pytest.raises(Trouble, match="atas nama Tim Jauh"):
        offices.certify()
    offices.certify(replaces=True)
    assert state_of(offices.city) == members.ENROLLED


def test_who_took_a_name_does_not_come_in_with_whoever_has_it(offices):
    """The team's own bundle waits beside another one under its node: whoever takes it in means one of them."""
    offices.certify()
    offices.carry(offices.city, offices.province)
    assert receiving.receive(offices.province, offices.in_the_teams_name()).counts["new"] == 1
    enrolling.revoke(offices.province, "Laptop Lain", reason="laptop dicuri")
    assert offices.carry(offices.team, offices.province).quarantined == 1
    assert receiving.receive(offices.province, offices.in_the_teams_name("h8")).quarantined == 1
    its, waits = node_of(offices.team), quarantine.waiting(offices.province)
    assert [each.sender.node for each in waits] == [its, its]
    with pytest.raises(Trouble, match="lebih dari satu pengirim"):
        quarantine.apply(offices.province, [its], reason="ditelepon")
    (team,) = [each.sender for each in waits if each.sender.key == key_of(offices.team)]
    assert quarantine.apply(offices.province, [its], reason="ditelepon", whose=quarantine.of(team)) == 1
    with offices.province.asking() as connection:
        assert {each.key for each in trusted.everybody(connection)} == {key_of(offices.team)}
    assert [each.subject.id for each in quarantine.waiting(offices.province)] == ["h8"]
