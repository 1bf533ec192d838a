"""What somebody with one bundle and the program can do to what an office verified: nothing that nobody sees."""

import datetime
import json
from dataclasses import replace

import pytest

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import forks, import_undo, outbox, quarantine, receiving, senders, sending
from p2kp_desktop.actions.bundles.arrivals import Outcome, Recognised
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import person_erasure, verification
from p2kp_desktop.actions.scripts import script_shapes
from p2kp_desktop.exchange import signing
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import STATUS
from p2kp_desktop.schema.branches import MARK
from p2kp_desktop.schema.erasure import marks_of
from p2kp_desktop.schema.forms import ALIVE, ERASED
from p2kp_desktop.schema.review import SEEN, VERIFIED, standing
from p2kp_desktop.store import facts, history, migrations, own_keys, records, trusted, views
from p2kp_desktop.store.tables import meta
from tests import forger
from tests.enrolled import enrol_all
from tests.examples import a_record

HOUSES = 6
COMPLETE = {key: value for key, value in a_record(Household, nik=None).answers.items() if value is not None}


class Offices:
    """A facilitator's and a district's workspace that know each other, with verified houses."""

    def __init__(self, make_workspace, folder):
        self.folder, self.make = folder, make_workspace
        self.team, self.city = make_workspace("Tim"), make_workspace("Kota", "district", ("16.71",))
        for number in range(HOUSES):
            recording.record(self.team, Household, {"id": f"h{number}", **COMPLETE, "head_name": f"Warga {number}"})
        self.first = self.send(self.team)
        self.receive(self.city, self.first)

    def send(self, workspace, **how):
        return sending.send(workspace, self.folder, **how).path

    def receive(self, workspace, path):
        received = receiving.receive(workspace, path)
        assert received.error is None
        return received

    def verify(self):
        done = verification.verify(self.city, ids=[f"h{number}" for number in range(HOUSES)])
        assert len(done.verified) == HOUSES
        return self


@pytest.fixture
def offices(make_workspace, tmp_path):
    return Offices(make_workspace, tmp_path)


def households(workspace):
    with workspace.asking() as connection:
        return {version.id: version for version in records.everything(connection) if version.form == Household.key}


def verified(workspace):
    return sum(standing(version) == VERIFIED for version in households(workspace).values())


def node_of(workspace):
    with workspace.asking() as connection:
        return facts.facts(connection).node


def names(workspace):
    with workspace.asking() as connection:
        return {record.id: record.answers.get("head_name") for record in views.found(connection, Household)}


def must_wait(offices, path, held=HOUSES):
    """Receive a forged bundle at the district; nothing changes there, and what waits is counted and said."""
    before = soundness.digest(offices.city)
    received = offices.receive(offices.city, path)
    assert soundness.digest(offices.city) == before
    assert received.counts["rejected"] == received.quarantined == held
    assert (received.fates["rejected"], received.fates["quarantined"]) == (0, held)
    (said,) = [line.result for line in outbox.log(offices.city) if line.id == received.transfer]
    for words in (said, script_shapes.equation(received), Outcome(Recognised(path), received).sentence()):
        assert f"{held} menunggu keputusan" in words
        assert " ditolak" not in words.replace("+ 0 ditolak", "")
    assert received.notes
    assert soundness.check(offices.city) == []
    return received


def test_a_stranger_who_calls_herself_the_province_changes_nothing_that_was_verified(offices):
    offices.verify()
    path = offices.send(offices.city, to="facilitator", full=True)
    stranger = offices.make("Prov", "province", ("16",))
    offices.receive(stranger, path)
    for record in households(stranger):
        recording.record(stranger, Household, {"id": record, "head_name": "Palsu"}, reason="x")
    verification.verify(stranger, ids=sorted(households(stranger)))
    must_wait(offices, offices.send(stranger, to="district", full=True), HOUSES)
    assert verified(offices.city) == HOUSES
    assert "Palsu" not in names(offices.city).values()


def test_nobody_is_verified_by_a_bundle_that_nobody_signed(offices):
    city, loot = node_of(offices.city), forger.loot(offices.first)
    beyond = json.dumps({"v": {node_of(offices.team): 1 << 40, forger.STRANGER: 1 << 40}})
    given = forger.save(city, 1 << 40, role="district")
    loot.each(lambda version: forger.answered(version, given, {STATUS: VERIFIED, f"{SEEN}{city}": beyond}))
    loot.key = ""
    must_wait(offices, loot.write(offices.folder / "palsu.xlsx"))
    assert verified(offices.city) == 0


def test_a_poisoned_count_hides_no_later_correction(offices):
    team, loot = node_of(offices.team), forger.loot(offices.first)
    loot.sent_by().each(lambda version: forger.counted(version, team, (1 << 53) - 1)).claims(team, (1 << 53) - 1)
    must_wait(offices, loot.write(offices.folder / "palsu.xlsx"))
    recording.record(offices.team, Household, {"id": "h1", "head_name": "Dibetulkan"})
    received = offices.receive(offices.city, offices.send(offices.team))
    assert (received.counts["updated"], received.quarantined) == (1, 0)
    assert names(offices.city)["h1"] == "Dibetulkan"


def stays(offices, path):
    """Receive a bundle of a stranger that adds no answer: all stays as it was, nothing waits, and it is said."""
    before, known = soundness.digest(offices.city), known_to(offices.city)
    received = offices.receive(offices.city, path)
    assert soundness.digest(offices.city) == before
    assert (received.counts["older"], received.quarantined) == (HOUSES, 0)
    assert any("tetap seperti semula" in note for note in received.notes)
    assert soundness.check(offices.city) == []
    assert known_to(offices.city) == known


def known_to(workspace):
    with workspace.asking() as connection:
        return facts.known_edits(connection)


def corrected(offices):
    """Let the team correct a house that was verified, and say how that came in at the district."""
    recording.record(offices.team, Household, {"id": "h1", "kk_count": 7}, reason="dibetulkan")
    received = offices.receive(offices.city, offices.send(offices.team))
    return received.counts["updated"], received.quarantined, received.notes


def test_a_stranger_widens_no_vector_of_what_was_verified_within_the_rows_that_are_here(offices):
    offices.verify()
    loot, team = forger.loot(offices.first).sent_by(), node_of(offices.team)
    loot.each(lambda version: forger.counted(version, team, HOUSES + 1))
    loot.rows.append(forger.row(forger.save(team, HOUSES + 1), loot.rows[-1], number=HOUSES + 1))
    recording.record(offices.team, Household, {"id": "anak", **COMPLETE, "head_name": "Lain"})
    offices.receive(offices.city, offices.send(offices.team))  # so that a row tells of the count, of another record
    stays(offices, loot.write(offices.folder / "palsu.xlsx"))
    assert corrected(offices) == (1, 0, ())


def test_a_stranger_who_says_again_that_what_was_verified_is_alive_leaves_it_as_it_was(offices):
    offices.verify()
    loot = forger.loot(offices.first).sent_by()
    loot.versions = [
        forger.answered(version, forger.save(tick=tick), {ALIVE: 1}) for tick, version in enumerate(loot.versions, 1)
    ]
    loot.rows += forger.chain(forger.STRANGER, loot.rows[:HOUSES], role="facilitator")
    stays(offices, loot.write(offices.folder / "palsu.xlsx"))
    assert corrected(offices) == (1, 0, ())


def test_a_stranger_brings_back_nothing_that_was_verified_and_deleted(offices):
    offices.verify()
    recording.delete(offices.city, Household, "h1", reason="dobel")
    loot = forger.loot(offices.first).sent_by()
    loot.versions = [
        forger.answered(version, forger.save(tick=1), {ALIVE: 1}) for version in loot.versions if version.id == "h1"
    ]
    loot.rows += forger.chain(
        forger.STRANGER, [row for row in loot.rows if row.record == "h1"][:1], role="facilitator"
    )
    must_wait(offices, loot.write(offices.folder / "palsu.xlsx"), held=1)


def test_an_old_bundle_that_comes_again_by_anybody_waits_for_nobody(offices):
    offices.verify()
    before = soundness.digest(offices.city)
    for path in (offices.first, forger.loot(offices.first).sent_by().write(offices.folder / "dibawa.xlsx")):
        received = offices.receive(offices.city, path)
        assert (received.counts["older"], received.quarantined, received.notes) == (HOUSES, 0, ())
    assert soundness.digest(offices.city) == before


def test_one_forged_row_of_history_blocks_nobody(offices):
    loot = forger.loot(offices.first).sent_by()
    first = min(loot.rows, key=lambda each: each.save.dot)
    loot.rows = [forger.row(first.save._replace(person="Lain"), first)]
    loot.versions = []
    loot.write(offices.folder / "palsu.xlsx")
    before = soundness.digest(offices.city)
    received = offices.receive(offices.city, offices.folder / "palsu.xlsx")
    assert received.notes
    assert not any("salinan" in note for note in received.notes)
    assert soundness.digest(offices.city) == before
    recording.record(offices.team, Household, {"id": "h1", "head_name": "Dibetulkan"})
    received = offices.receive(offices.city, offices.send(offices.team))
    assert (received.notes, received.counts["updated"]) == ((), 1)


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("mark", ["", f"{MARK}x"])
def test_a_row_of_history_that_stands_twice_in_a_bundle_is_one(offices, mark, swapped):
    loot = forger.loot(offices.first).sent_by()
    once = forger.row(forger.save(), loot.rows[0])
    twice = [once, replace(once, save=forger.save(f"{forger.STRANGER}{mark}", 1))]
    loot.rows += twice[::-1] if swapped else twice
    offices.receive(offices.city, loot.write(offices.folder / "dua.xlsx"))
    assert soundness.check(offices.city) == []
    assert corrected(offices) == (1, 0, ())


def test_forged_marks_of_erasure_take_no_name_away(offices):
    loot = forger.loot(offices.first).sent_by()
    beyond = json.dumps({node_of(offices.team): 1 << 52})
    given = forger.save()
    loot.rows += forger.chain(forger.STRANGER, [loot.rows[0]], role="facilitator")
    loot.each(lambda version: forger.answered(version, given, {"head_name": None, f"{ERASED}head_name": beyond}))
    must_wait(offices, loot.write(offices.folder / "palsu.xlsx"))
    assert all(names(offices.city).values())
    assert not any(marks_of(version) for version in households(offices.city).values())


def stranger_who_edits(offices):
    """Return a bundle of a province that nobody knows, in which every verified house has another name."""
    offices.verify()
    path = offices.send(offices.city, to="facilitator", full=True)
    stranger = offices.make("Prov", "province", ("16",))
    offices.receive(stranger, path)
    for record in households(stranger):
        recording.record(stranger, Household, {"id": record, "head_name": "Palsu"}, reason="x")
    return stranger, offices.send(stranger, to="district", full=True)


def test_what_waits_is_compared_and_applied_record_by_record_and_taken_back(offices):
    _stranger, path = stranger_who_edits(offices)
    offices.receive(offices.city, path)
    before = soundness.digest(offices.city)
    waits = quarantine.waiting(offices.city)
    assert {each.subject.id for each in waits} == {f"h{number}" for number in range(HOUSES)}
    change = next(each for each in waits[0].changes if each.question == "head_name")
    assert (change.before, change.after) == ("Warga 0", "Palsu")
    with pytest.raises(Trouble, match="Alasan"):
        quarantine.apply(offices.city, ["h0"], reason=" ")
    with pytest.raises(Trouble, match="menunggu"):
        quarantine.apply(offices.city, ["lain"], reason="x")
    assert quarantine.apply(offices.city, ["h0", "h1"], reason="ditanyakan") == 2
    assert {record for record, name in names(offices.city).items() if name == "Palsu"} == {"h0", "h1"}
    assert verified(offices.city) == HOUSES - 2
    assert len(quarantine.waiting(offices.city)) == HOUSES - 2
    assert soundness.check(offices.city) == []
    line = outbox.log(offices.city)[0]
    assert "karantina" in line.file
    import_undo.undo(offices.city, line.id)
    assert soundness.digest(offices.city) == before
    assert len(quarantine.waiting(offices.city)) == HOUSES


def test_a_sender_who_is_taken_in_as_a_whole_is_known_from_then_on(offices):
    stranger, path = stranger_who_edits(offices)
    offices.receive(offices.city, path)
    assert quarantine.apply(offices.city, [node_of(stranger)], reason="kantor provinsi, ditelepon") == HOUSES
    assert quarantine.waiting(offices.city) == []
    assert soundness.digest(offices.city) == soundness.digest(stranger)
    recording.record(stranger, Household, {"id": "h1", "head_name": "Lain"}, reason="x")
    received = offices.receive(offices.city, offices.send(stranger, to="district"))
    assert (received.counts["updated"], received.quarantined) == (1, 0)


def test_what_is_left_waits_no_more_and_changes_nothing(offices):
    _stranger, path = stranger_who_edits(offices)
    offices.receive(offices.city, path)
    before = soundness.digest(offices.city)
    assert quarantine.leave(offices.city, ["h0"], reason="tidak benar") == 1
    assert "h0" not in {each.subject.id for each in quarantine.waiting(offices.city)}
    assert soundness.digest(offices.city) == before


def test_an_import_that_is_taken_back_leaves_nothing_that_waits_and_nobody_known(offices):
    _stranger, path = stranger_who_edits(offices)
    received = offices.receive(offices.city, path)
    import_undo.undo(offices.city, received.transfer)
    assert quarantine.waiting(offices.city) == []
    again = offices.receive(offices.city, path)
    assert (again.sender.standing, again.quarantined) == ("new", HOUSES)


def test_what_nobody_proved_is_applied_as_an_edit_of_the_person_here(offices):
    loot = forger.loot(offices.first).sent_by()
    loot.each(lambda version: forger.answered(version, forger.save(tick=1 << 40), {"head_name": "Dikatakan"}))
    must_wait(offices, loot.write(offices.folder / "palsu.xlsx"))
    before = soundness.digest(offices.city)
    quarantine.apply(offices.city, ["h0"], reason="benar, ditanyakan")
    with offices.city.asking() as connection:
        (version,) = records.read(connection, Household.key, ["h0"]).values()
    (given,) = version.answers["head_name"]
    assert (given.value, given.save.workspace, given.save.dot.tick) == ("Dikatakan", "Kota", 1)
    assert soundness.check(offices.city) == []
    import_undo.undo(offices.city, outbox.log(offices.city)[0].id)
    assert soundness.digest(offices.city) == before


def test_the_ordinary_way_there_and_back_asks_nobody(offices):
    """Facilitator, district, province and back, with a correction, a verification, a return and a comment."""
    team, city = offices.team, offices.city
    province = offices.make("Provinsi", "province", ("16",))
    recording.record(city, Household, {"id": "h5", "head_name": "Dibetulkan Kota"})
    verification.verify(city, ids=["h0", "h1", "h2", "h3"])
    verification.give_back(city, "h4", comment="Periksa atapnya.", about="roof")
    came = [offices.receive(team, offices.send(city, to="facilitator"))]
    recording.record(team, Household, {"id": "h4", "kk_count": 2})
    recording.record(team, Household, {"id": "h1", "kk_count": 2}, reason="salah ketik")
    came += [offices.receive(city, offices.send(team)), offices.receive(province, offices.send(city))]
    verification.verify(province, ids=["h0"])
    verification.give_back(province, "h2", comment="Tanyakan lagi.")
    came += [offices.receive(city, offices.send(province, to="district"))]
    came += [offices.receive(team, offices.send(city, to="facilitator"))]
    assert [(each.quarantined, each.counts["rejected"], each.notes) for each in came] == [(0, 0, ())] * 5
    assert standing(households(team)["h2"]) == "dikembalikan"
    assert len({soundness.digest(each) for each in (team, city, province)}) == 1


def test_an_erasure_by_an_office_can_be_taken_back_for_seven_days(offices):
    team, city = offices.team, offices.city
    offices.receive(team, offices.send(city, to="facilitator"))
    before = soundness.digest(team)
    person_erasure.erase(city, Household, "h1", reason="surat", keys=["head_name"])
    received = offices.receive(team, offices.send(city, to="facilitator"))
    assert (received.quarantined, names(team)["h1"]) == (0, None)
    assert "Warga 1" not in told_of(team, "h1")
    import_undo.undo(team, received.transfer)
    assert (soundness.digest(team), names(team)["h1"]) == (before, "Warga 1")


def test_what_an_office_erased_is_not_sent_on_meanwhile(offices):
    team, city = offices.team, offices.city
    recording.record(team, Household, {"id": "h1", "head_name": "Rahasiawati"})
    offices.receive(city, offices.send(team))
    offices.receive(team, offices.send(city, to="facilitator"))
    person_erasure.erase(city, Household, "h1", reason="surat", keys=["head_name"])
    offices.receive(team, offices.send(city, to="facilitator"))
    assert "Rahasiawati" in everything_in(team)
    rows = forger.loot(offices.send(team, to="district", full=True)).rows
    assert not any("Rahasiawati" in str(row.changes) for row in rows)


def test_after_seven_days_nothing_brings_it_back(offices, monkeypatch):
    team, city = offices.team, offices.city
    recording.record(team, Household, {"id": "h1", "head_name": "Rahasiawati"})
    offices.receive(city, offices.send(team))
    offices.receive(team, offices.send(city, to="facilitator"))
    person_erasure.erase(city, Household, "h1", reason="surat", keys=["head_name"])
    received = offices.receive(team, offices.send(city, to="facilitator"))
    assert "Rahasiawati" in everything_in(team)
    later = environment.today() + datetime.timedelta(days=8)
    monkeypatch.setattr(environment, "today", lambda: later)
    offices.send(team)
    assert "Rahasiawati" not in everything_in(team)
    with pytest.raises(Trouble):
        import_undo.undo(team, received.transfer)


def told_of(workspace, record):
    with workspace.asking() as connection:
        return "\n".join(str(row.changes) for row in history.of_record(connection, record))


def everything_in(workspace):
    with workspace.asking() as connection:
        tables = [row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return "\n".join(str(row) for name in tables for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'))


def test_taking_an_import_back_takes_back_that_another_was_seen_under_the_own_sign(offices):
    team = offices.team
    node = node_of(team)
    loot = forger.loot(offices.first).sent_by(role="district").claims(node, 1000)
    with team.asking() as connection:
        before = forks.signs(connection)
    received = offices.receive(team, loot.write(offices.folder / "palsu.xlsx"))
    with team.asking() as connection:
        assert forks.signs(connection) != before
    import_undo.undo(team, received.transfer)
    with team.asking() as connection:
        assert forks.signs(connection) == before
    recording.record(team, Household, {"id": "h1", "kk_count": 2})
    assert node_of(team) == node


def test_a_key_that_changed_is_held_back_until_somebody_says_that_it_is_right(offices):
    with offices.team.changing() as connection:
        own_keys.take(connection, signing.new_key())
    recording.record(offices.team, Household, {"id": "h1", "head_name": "Baru"})
    path = offices.send(offices.team)
    received = must_wait(offices, path, held=1)
    senders.trust(offices.city, received.sender)
    again = offices.receive(offices.city, path)
    assert (again.counts["updated"], again.quarantined) == (1, 0)
    assert quarantine.waiting(offices.city) == []


def test_a_bundle_that_comes_before_the_one_it_goes_on_from_waits_only_until_that_comes(offices):
    """A stranger relays a save of which no row came yet; the row comes with the team's own bundle."""
    recording.record(offices.team, Household, {"id": "h1", "kk_count": 3})
    loot = forger.loot(offices.send(offices.team, full=True)).sent_by(name="Kurir")
    loot.rows = []
    offices.receive(offices.city, loot.write(offices.folder / "dibawa.xlsx"))
    assert [each.subject.id for each in quarantine.waiting(offices.city)] == ["h1"]
    received = offices.receive(offices.city, offices.send(offices.team))
    assert (received.counts["rejected"], quarantine.waiting(offices.city)) == (0, [])
    assert soundness.digest(offices.city) == soundness.digest(offices.team)


def test_a_row_that_was_lost_of_a_damaged_bundle_makes_nothing_wait_later(offices):
    """The team's bundle came without the row of its last save; who passes the record on claims no more than is here."""
    recording.record(offices.team, Household, {"id": "h1", "kk_count": 3})
    loot = forger.loot(offices.send(offices.team))
    with offices.team.asking() as connection:
        loot.key = own_keys.signing(connection)
    loot.rows = [row for row in loot.rows if row.save.dot.tick <= HOUSES]
    assert offices.receive(offices.city, loot.write(offices.folder / "rusak.xlsx")).counts["updated"] == 1
    neighbour = offices.make("Tetangga")
    offices.receive(neighbour, offices.send(offices.team, full=True))
    recording.record(neighbour, Household, {"id": "h1", "head_name": "Dibetulkan"})
    received = offices.receive(offices.city, offices.send(neighbour))
    assert (received.counts["updated"], received.quarantined) == (1, 0)
    assert names(offices.city)["h1"] == "Dibetulkan"


def test_offices_met_before_this_release_go_on_acting_in_their_role(offices):
    """The step that brings an older workspace up to date takes over whom it knew."""
    offices.receive(offices.team, offices.send(offices.city, to="facilitator"))
    with offices.team.changing() as connection:
        before = {each.key for each in trusted.accepted(connection, "district")}
        connection.exec_driver_sql("DELETE FROM trusted")
        connection.execute(meta.update().where(meta.c.key == "schema").values(value="4"))
    migrations.bring_up_to_date(offices.team)
    with offices.team.asking() as connection:
        assert {each.key for each in trusted.accepted(connection, "district")} == before != set()
    offices.verify()
    received = offices.receive(offices.team, offices.send(offices.city, to="facilitator"))
    assert (received.counts["updated"], received.quarantined) == (HOUSES, 0)


def test_what_an_enrolled_office_saved_is_taken_of_whoever_brings_it(make_workspace, tmp_path):
    """A team tells another what the city corrected, returned and erased: the city signed it."""
    province, city = make_workspace("Provinsi", "province", ("16",)), make_workspace("Kota", "district", ("16.71",))
    one, two = make_workspace("Tim satu"), make_workspace("Tim dua")
    enrol_all(province, city, one, two)

    def hand(giver, taker, to):
        path = sending.send(giver, tmp_path, to=to, full=True, in_clear=True).path
        received = receiving.receive(taker, path)
        assert received.error is None
        assert [each.why for each in received.held] == []

    recording.record(one, Household, {"id": "r1", "rt": "1/1", "head_name": "Satu", "nik": "1671060101900001"})
    hand(one, city, "district")
    hand(one, two, "facilitator")
    recording.record(city, Household, {"id": "r1", "head_name": "Dari kota"})
    recording.record(city, Household, {"id": "r2", "rt": "1/1", "head_name": "Rumah kota", "region": "16.71.01.1001"})
    hand(city, one, "facilitator")
    hand(one, two, "facilitator")
    person_erasure.erase(city, Household, "r1", reason="diminta")
    hand(city, one, "facilitator")
    hand(one, two, "facilitator")
    assert soundness.check(two) == []
