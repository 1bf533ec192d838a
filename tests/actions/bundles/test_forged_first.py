"""Somebody brings saves under the sign of a team before anybody knows the team, and then the team's own come."""

from dataclasses import replace

import pytest

from p2kp_desktop.actions.bundles import forks, import_undo, quarantine, receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.trust import enrolling
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import history, own_keys, records, transfers
from tests import forger
from tests.enrolled import enrol_all


@pytest.fixture
def offices(make_workspace, tmp_path):
    return Offices(make_workspace, tmp_path)


class Offices:
    """A province that knows its city and not yet the city's team."""

    def __init__(self, make_workspace, folder):
        self.folder = folder
        self.province = make_workspace("Provinsi", "province", ("16",))
        self.city, self.team = make_workspace("Kota", "district", ("16.71",)), make_workspace("Tim")
        enrol_all(self.province, self.city, self.team)
        recording.record(self.team, Household, {"id": "h1", "head_name": "Sutarman", "kk_count": 1})
        recording.record(self.team, Household, {"id": "h1", "head_name": "Herlina"}, reason="dibetulkan")
        self.path = self.send(self.team, "district")
        self.receive(self.city, self.path)

    def send(self, giver, to):
        return sending.send(giver, self.folder, to=to, full=True, in_clear=True).path

    def receive(self, taker, path):
        received = receiving.receive(taker, path)
        assert received.error is None
        return received

    def forged(self, *, node=forger.STRANGER, signs=False):
        """Write a bundle in which the team saved another name, as somebody who has its file might."""
        loot = forger.loot(self.path).sent_by(node=node)
        first = min(loot.rows, key=lambda row: row.save.dot)
        loot.rows = [forger.row(first.save, first)]
        loot.versions = [forger.answered(replace(each, vector={}), first.save, {"head_name": "Palsu", "kk_count": 7})
                         for each in loot.versions]
        loot.versions = [replace(each, vector={first.save.dot.node: 1}, answers={
            key: frozenset(side._replace(save=first.save) for side in sides) for key, sides in each.answers.items()
        }) for each in loot.versions]
        loot.manifest = replace(loot.manifest, includes={
            place: {first.save.dot.node: 1} for place in loot.manifest.includes
        })
        loot.manifest = replace(loot.manifest, more={})  # no certificates
        return (loot.signs() if signs else loot).write(self.folder / "palsu.xlsx")


def shown(workspace):
    return {each.subject.id: {change.question: change.after for change in each.changes}
            for each in quarantine.waiting(workspace)}


@pytest.mark.parametrize("signs", [False, True])
def test_what_somebody_brought_under_a_teams_sign_first_is_taken_back_by_itself(offices, signs):
    brought = offices.receive(offices.province, offices.forged(signs=signs))
    assert brought.counts["new"] == 1
    received = offices.receive(offices.province, offices.send(offices.city, "province"))
    assert received.counts["new"] == 1
    assert [note for note in received.notes if "palsu.xlsx" in note and "menunggu keputusan" in note]
    assert soundness.digest(offices.province) == soundness.digest(offices.city)
    assert (forks.copies(offices.province), soundness.check(offices.province)) == ([], [])
    assert shown(offices.province)["h1"]["head_name"] == "Palsu"  # nothing is lost: it is readable
    with offices.province.asking() as connection:
        assert "undone" in transfers.line(connection, brought.transfer).result
        assert all(row.mark for chain in history.chains(connection) for row in chain)
    import_undo.undo(offices.province, received.transfer)
    assert shown(offices.province)["h1"]["head_name"] == "Palsu"
    assert soundness.check(offices.province) == []


def test_what_was_taken_back_may_still_be_taken_in_by_a_person_as_edits_made_here(offices):
    offices.receive(offices.province, offices.forged())
    offices.receive(offices.province, offices.send(offices.city, "province"))
    assert quarantine.apply(offices.province, ["h1"], reason="ditanyakan lewat telepon") == 1
    with offices.province.asking() as connection:
        (house,) = records.read(connection, Household.key, ["h1"]).values()
    assert (house.values()["head_name"], house.values()["kk_count"]) == ("Palsu", 7)
    assert {side.save.workspace for side in house.answers["head_name"]} == {"Provinsi"}
    assert (quarantine.waiting(offices.province), soundness.check(offices.province)) == ([], [])


def beside(offices, make_workspace):
    """Receive a sound bundle of a team that nobody enrolled, which passes on what it was told of another team."""
    other = make_workspace("Tim Lain")
    recording.record(other, Household, {"id": "h2", "head_name": "Wati", "kk_count": 1})
    told, forged = forger.loot(offices.send(other, "province")), forger.loot(offices.forged())
    told.versions, told.rows, told.key = [*told.versions, *forged.versions], [*told.rows, *forged.rows], own_key(other)
    path = told.write(offices.folder / "lain.xlsx")
    return path, offices.receive(offices.province, path)


def own_key(workspace):
    with workspace.asking() as connection:
        return own_keys.signing(connection)


def names(workspace):
    with workspace.asking() as connection:
        return {each.id: each.values()["head_name"] for each in records.stream(connection, Household.key)}


def test_what_came_along_with_it_stays(offices, make_workspace):
    """Whoever passes on what it was told of others loses nothing of its own by it, nor do these others."""
    path, _brought = beside(offices, make_workspace)
    assert names(offices.province) == {"h1": "Palsu", "h2": "Wati"}
    offices.receive(offices.province, offices.send(offices.city, "province"))
    assert names(offices.province) == {"h1": "Herlina", "h2": "Wati"}
    assert (shown(offices.province).keys(), soundness.check(offices.province)) == ({"h1"}, [])
    digest = soundness.digest(offices.province)
    offices.receive(offices.province, path)
    assert soundness.digest(offices.province) == digest
    assert soundness.check(offices.province) == []


def test_the_rest_of_an_import_may_still_be_taken_back(offices, make_workspace):
    path, brought = beside(offices, make_workspace)
    offices.receive(offices.province, offices.send(offices.city, "province"))
    import_undo.undo(offices.province, brought.transfer)
    assert soundness.digest(offices.province) == soundness.digest(offices.city)
    assert (quarantine.waiting(offices.province), soundness.check(offices.province)) == ([], [])
    offices.receive(offices.province, path)
    assert names(offices.province) == {"h1": "Herlina", "h2": "Wati"}


def test_a_save_of_one_count_in_another_place_is_taken_back_too(offices):
    loot = forger.loot(offices.forged())
    loot.rows = [replace(each, place="16.71.01.1002").sealed() for each in loot.rows]
    assert offices.receive(offices.province, loot.write(offices.folder / "lain.xlsx")).counts["new"] == 1
    offices.receive(offices.province, offices.send(offices.city, "province"))
    assert soundness.digest(offices.province) == soundness.digest(offices.city)
    assert (forks.copies(offices.province), soundness.check(offices.province)) == ([], [])


def test_saves_by_a_key_that_was_revoked_take_nothing_back(offices):
    """Whoever has a lost laptop may say anything in its name; only an office that is known brings what it signed."""
    brought = offices.receive(offices.province, offices.forged())
    enrolling.revoke(offices.city, "Tim", reason="laptop hilang")
    told = forger.loot(offices.send(offices.city, "province"))
    told.versions, told.rows, told.key = [], [], own_key(offices.city)
    offices.receive(offices.province, told.write(offices.folder / "sertifikat.xlsx"))
    offices.receive(offices.province, offices.send(offices.team, "province"))
    with offices.province.asking() as connection:
        assert "undone" not in transfers.line(connection, brought.transfer).result
    assert names(offices.province) == {"h1": "Palsu"}
    offices.receive(offices.province, offices.send(offices.city, "province"))
    assert names(offices.province) == {"h1": "Herlina"}
    assert soundness.check(offices.province) == []


def test_a_rehearsal_takes_nothing_back(offices):
    offices.receive(offices.province, offices.forged())
    before = soundness.digest(offices.province)
    path = offices.send(offices.city, "province")
    assert [note for note in receiving.receive(offices.province, path, rehearse=True).notes if "palsu.xlsx" in note]
    assert (soundness.digest(offices.province), quarantine.waiting(offices.province)) == (before, [])


def test_where_somebody_worked_on_it_since_it_is_kept_beside_and_said(offices):
    offices.receive(offices.province, offices.forged())
    recording.record(offices.province, Household, {"id": "h1", "region": "16.71.01.1001", "kk_count": 3}, reason="x")
    received = offices.receive(offices.province, offices.send(offices.city, "province"))
    assert [note for note in received.notes if "tanpa tanda tangannya" in note]
    assert soundness.check(offices.province) == []


def test_what_the_teams_own_workspace_brought_unsigned_is_not_overruled(offices):
    """It may be an older release, or a key that was lost since: a person looks at it."""
    with offices.team.asking() as connection:
        (own,) = {row.save.dot.node for chain in history.chains(connection) for row in chain}
    offices.receive(offices.province, offices.forged(node=own))
    received = offices.receive(offices.province, offices.send(offices.city, "province"))
    assert [note for note in received.notes if "tanpa tanda tangannya" in note]
