"""What waits is named by ids and nodes, which whoever sends may choose: no name decides more than was meant."""

from dataclasses import replace

import pytest

from p2kp_desktop.actions.bundles import import_undo, quarantine, receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import verification
from p2kp_desktop.actions.trust import standing
from p2kp_desktop.exchange import signing
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.roles import KEYER
from p2kp_desktop.schema.signing_keys import public_of
from p2kp_desktop.store import facts, held, rights, transfers, trusted
from p2kp_desktop.store.persons import Entered, put
from tests import forger
from tests.examples import a_record

COMPLETE = {key: value for key, value in a_record(Household, nik=None).answers.items() if value is not None}
TEAM = "a" * 16  # a newcomer, whose correction of what was verified waits


class Desk:
    """A city that verified a house; what a newcomer corrected there waits, and what others write who chose names."""

    def __init__(self, make, folder):
        self.folder, self.city, team = folder, make("Kota", "district", ("16.71",)), make("Tim")
        recording.record(team, Household, {"id": "h1", **COMPLETE})
        self.path = sending.send(team, folder, full=True).path
        assert receiving.receive(self.city, self.path).error is None
        verification.verify(self.city, ids=["h1"])
        self.key = self.waits(TEAM, "h1", role="facilitator")
        self.words = signing.fingerprint(self.key)

    def waits(self, node, record, *, role="district"):
        """Let a record wait of a sender with this node, and give his key."""
        loot = forger.loot(self.path).sent_by(node=node, role=role, name="Palsu")
        made = forger.save(node, 1, role=role)
        loot.rows, loot.versions = [], [
            forger.answered(replace(each, id=record), made, {"head_name": "Lain"}) for each in loot.versions
        ]
        received = receiving.receive(self.city, loot.write(self.folder / f"{len(self.waiting())}.xlsx"))
        assert (received.error, received.quarantined) == (None, 1)
        return public_of(loot.key)

    def waiting(self):
        with self.city.asking() as connection:
            return {(each.node, each.version.id) for each in held.waiting(connection)}

    def admitted(self):
        with self.city.asking() as connection:
            return {each.key for each in trusted.everybody(connection)}

    def refused(self, act, name, match, **whose):
        before = self.waiting()
        with pytest.raises(Trouble, match=match):
            act(self.city, [name], reason="x", **whose)
        assert self.waiting() == before


@pytest.fixture
def desk(make_workspace, tmp_path):
    return Desk(make_workspace, tmp_path)


def test_who_is_called_as_a_record_is_not_admitted_with_it(desk):
    key = desk.waits("h1", "h1")
    for act in (quarantine.apply, quarantine.leave):
        desk.refused(act, "h1", "lebih dari satu pengirim")
    sender = next(each.sender for each in quarantine.waiting(desk.city) if each.sender.key == key)
    assert quarantine.apply(desk.city, ["h1"], reason="x", whose=quarantine.of(sender)) == 1
    assert (desk.waiting(), desk.admitted()) == ({(TEAM, "h1")}, set())


def test_a_record_that_is_called_as_a_team_does_not_come_in_with_it(desk):
    desk.waits(forger.STRANGER, TEAM)
    for act in (quarantine.apply, quarantine.leave):
        desk.refused(act, TEAM, "lebih dari satu pengirim")
    assert quarantine.apply(desk.city, [TEAM], reason="x", whose=quarantine.called(desk.words)) == 1
    assert (desk.waiting(), desk.admitted()) == ({(forger.STRANGER, TEAM)}, {desk.key})


def test_a_record_that_two_brought_comes_in_of_the_one_who_is_named(desk):
    desk.waits(forger.STRANGER, "h1")
    desk.refused(quarantine.apply, "h1", "lebih dari satu pengirim")
    assert quarantine.apply(desk.city, ["h1"], reason="x", whose=quarantine.called(desk.words)) == 1
    assert (desk.waiting(), desk.admitted()) == ({(forger.STRANGER, "h1")}, set())


def test_nobody_is_called_by_the_six_words_of_another(desk):
    desk.waits(desk.words, "h1")
    desk.waits("-", "h1")
    desk.refused(quarantine.leave, "h1", "Tidak ada catatan", whose=quarantine.called("-"))
    assert quarantine.apply(desk.city, ["h1"], reason="x", whose=quarantine.called(desk.words)) == 1
    assert desk.waiting() == {(desk.words, "h1"), ("-", "h1")}


def test_what_waits_for_a_proof_does_not_come_in_with_the_next_bundle_of_anybody(desk):
    before = soundness.digest(desk.city)
    desk.waits(forger.STRANGER, "h1")
    assert soundness.digest(desk.city) == before
    assert desk.waiting() == {(TEAM, "h1"), (forger.STRANGER, "h1")}


def test_who_was_admitted_by_mistake_is_a_stranger_again_when_that_is_taken_back(desk):
    before = soundness.digest(desk.city)
    quarantine.apply(desk.city, [TEAM], reason="keliru")
    assert desk.admitted() == {desk.key}
    with desk.city.asking() as connection:
        line = transfers.log(connection)[0]
    import_undo.undo(desk.city, line.id)
    assert (desk.admitted(), desk.waiting()) == (set(), {(TEAM, "h1")})
    assert (soundness.digest(desk.city), soundness.check(desk.city)) == (before, [])


def test_who_was_admitted_before_stays_so_when_what_waited_is_taken_back(desk):
    standing.accept(desk.city, desk.key, "facilitator", reason="ditelepon")
    quarantine.apply(desk.city, [TEAM], reason="x")
    with desk.city.asking() as connection:
        line = transfers.log(connection)[0]
    import_undo.undo(desk.city, line.id)
    assert desk.admitted() == {desk.key}


def test_who_may_not_decide_what_waits_takes_no_decision_back(desk):
    quarantine.apply(desk.city, ["h1"], reason="x")
    with desk.city.changing() as connection:
        line = transfers.log(connection)[0]
        put(connection, Entered("Tono", KEYER))
        facts.note(connection, "person", "Tono")
    before = soundness.digest(desk.city)
    with pytest.raises(Trouble) as refused:
        import_undo.undo(desk.city, line.id)
    assert (refused.value.code, soundness.digest(desk.city)) == (rights.REFUSED, before)
