"""Every save is signed by its node: kept, carried, checked, and passed on by whoever has it."""

from dataclasses import replace

import pytest

from p2kp_desktop.actions.bundles import quarantine, receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import conflicts, named_acts, recording
from p2kp_desktop.actions.trust import signed_saves
from p2kp_desktop.actions.trust.protection import BEYOND, FALSE, why_words
from p2kp_desktop.exchange import reading
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema.history import Change
from p2kp_desktop.schema.save_signing import holds
from p2kp_desktop.store import records, signers
from p2kp_desktop.store.tables import history as rows_table
from tests import forger
from tests.acquainted import introduce
from tests.signed_offices import Offices, keep, key_of, node_of, private_of, rows_of, without_signatures


def test_a_save_is_signed_and_the_signature_travels_with_whoever_has_it(make_workspace, tmp_path):
    team, city, province = (make_workspace("Tim"), make_workspace("Kota", "district", ("16.71",)),
                            make_workspace("Prov", "province", ("16",)))
    keep(team, "h1")
    keep(team, "h1", "Lain")
    keep(team, "h2")
    assert all(holds(key_of(team), row.hash, row.mark) for row in rows_of(team))
    assert receiving.receive(city, sending.send(team, tmp_path).path).notes == ()
    assert receiving.receive(province, sending.send(city, tmp_path).path).notes == ()
    for office in (city, province):
        assert [(row.hash, row.mark) for row in rows_of(office)] == [(row.hash, row.mark) for row in rows_of(team)]
    with province.asking() as connection:
        assert signers.keys_of(connection, node_of(team)) == ({key_of(team)}, False)
    with city.asking() as connection:
        assert signers.keys_of(connection, node_of(team)) == ({key_of(team)}, True)


def test_what_was_saved_before_saves_were_signed_is_signed_when_it_is_sent(make_workspace, tmp_path):
    team, city = make_workspace("Tim"), make_workspace("Kota", "district", ("16.71",))
    keep(team, "h1")
    before = sending.send(team, tmp_path).path
    without_signatures(team)
    keep(team, "h2")
    assert [bool(row.mark) for row in rows_of(team)] == [False, True]
    assert receiving.receive(city, before).error is None
    without_signatures(city)
    assert receiving.receive(city, sending.send(team, tmp_path, full=True).path).notes == ()
    assert all(holds(key_of(team), row.hash, row.mark) for row in (*rows_of(team), *rows_of(city)))


def test_a_false_signature_is_not_kept(make_workspace, tmp_path):
    team, city = make_workspace("Tim"), make_workspace("Kota", "district", ("16.71",))
    keep(team, "h1")
    with team.changing() as connection:
        connection.execute(rows_table.update().values(mark="x" * 1000))
    path = sending.send(team, tmp_path).path
    assert {len(row.mark) for row in reading.read(path).history()} == {100}
    assert receiving.receive(city, path).error is None
    assert [row.mark for row in rows_of(city)] == [""]
    assert soundness.check(city) == []


@pytest.fixture
def offices(make_workspace, tmp_path):
    return Offices(make_workspace, tmp_path)


def test_a_bundle_that_names_thousands_of_keys_costs_a_moment(offices, make_workspace, monkeypatch):
    tried = []
    monkeypatch.setattr(signed_saves, "holds", lambda *told: tried.append(told) or False)
    loot = forger.loot(offices.send(offices.team, full=True)).sent_by()
    told = {each.save.dot.node: [f"kunci {number}" for number in range(3000)] for each in loot.rows}
    loot.manifest = replace(loot.manifest, more={**loot.manifest.more, "signers": told})
    offices.receive(make_workspace("Kota lain", "district", ("16.71",)), loot.write(offices.folder / "kunci.xlsx"))
    assert 0 < len(tried) <= signed_saves.MOST_KEYS * len(loot.rows)


def test_even_an_office_that_is_known_brings_no_save_that_a_team_did_not_sign(offices):
    keep(offices.team, "h1", "Benar")
    offices.receive(offices.city, offices.send(offices.team))
    loot = forger.loot(offices.send(offices.city))
    loot.key = private_of(offices.city)
    genuine = max(loot.rows, key=lambda row: row.save.dot.tick)
    given = genuine.save
    false = replace(forger.row(given, genuine, number=genuine.number, previous=genuine.previous),
                    changes={"head_name": Change("Warga", "Palsu", "00")}, mark=genuine.mark).sealed()
    loot.rows = [false]
    loot.each(lambda each: forger.answered(each, given, {"head_name": "Palsu"}))
    received = offices.forged(offices.province, offices.folder / "palsu.xlsx", loot)
    assert received.quarantined == len(loot.versions)
    assert offices.receive(offices.province, offices.send(offices.city)).notes == ()


def altered(version, key, value):
    """Return a version in which a save gave another answer than it did."""
    siblings = frozenset(each._replace(value=value) for each in version.answers[key])
    return replace(version, answers={**version.answers, key: siblings})


@pytest.mark.parametrize(("key", "value"), [("head_name", "Palsu"), ("roof", "b")])
@pytest.mark.parametrize("saves_before", [False, True])
def test_an_office_on_the_way_cannot_alter_what_a_new_record_began_with(offices, key, value, saves_before):
    recording.record(offices.team, Household, {"id": "h3", "head_name": "Warga", "roof": "a", "floors": 1}, reason="x")
    offices.receive(offices.city, offices.send(offices.team))
    loot = forger.loot(offices.send(offices.city, full=True))
    loot.key = private_of(offices.city)
    loot.versions = [altered(each, key, value) for each in loot.versions if each.id == "h3"]
    if saves_before:
        without = replace(loot, versions=[], manifest=replace(loot.manifest, bundle="simpanan saja"))
        offices.receive(offices.province, without.write(offices.folder / "simpanan.xlsx"))
        loot.rows = []
    assert offices.receive(offices.province, loot.write(offices.folder / "palsu.xlsx")).quarantined == 1
    with offices.province.asking() as connection:
        assert records.read(connection, Household.key, ["h3"]) == {}
    offices.receive(offices.province, offices.send(offices.city, full=True))
    assert soundness.digest(offices.province) == soundness.digest(offices.city) == soundness.digest(offices.team)


@pytest.mark.parametrize(("key", "value"), [
    ("status", "siap"), ("alive", 0), ("erased.head_name", "{}"), ("roof", "b"),
])
@pytest.mark.parametrize("is_new", [True, False])
def test_an_office_on_the_way_adds_nothing_to_what_a_save_gave(offices, key, value, is_new):
    keep(offices.team, "h3" if is_new else "h1", "Benar")
    offices.receive(offices.city, offices.send(offices.team))
    loot = forger.loot(offices.send(offices.city))
    loot.key = private_of(offices.city)
    loot.each(lambda each: replace(each, answers={**each.answers, key: frozenset(
        [side._replace(value=value) for side in each.answers["head_name"]])}))
    received = offices.receive(offices.province, loot.write(offices.folder / "tambahan.xlsx"))
    assert received.held[0].why == why_words(FALSE)
    offices.receive(offices.province, offices.send(offices.city))
    assert soundness.digest(offices.province) == soundness.digest(offices.team)


@pytest.mark.parametrize("is_known", [True, False])
@pytest.mark.parametrize("saves_before", [True, False])
def test_an_office_on_the_way_cannot_keep_to_an_answer_that_was_corrected(offices, is_known, saves_before):
    if not is_known:
        keep(offices.team, "h3", "Lama")
        offices.receive(offices.city, offices.send(offices.team))
    meant = "h1" if is_known else "h3"
    with offices.city.asking() as connection:
        (old,) = records.read(connection, Household.key, [meant]).values()
    keep(offices.team, meant, "Benar")
    offices.receive(offices.city, offices.send(offices.team))
    loot = forger.loot(offices.send(offices.city))
    loot.key = private_of(offices.city)
    if saves_before:
        without = replace(loot, versions=[], manifest=replace(loot.manifest, bundle="simpanan saja"))
        offices.receive(offices.province, without.write(offices.folder / "simpanan.xlsx"))
        loot.rows = []
    loot.each(lambda each: replace(old, vector=each.vector) if each.id == meant else each)
    received = offices.receive(offices.province, loot.write(offices.folder / "lama.xlsx"))
    assert [each.why for each in received.held] == [why_words(FALSE)]
    offices.receive(offices.province, offices.send(offices.city))
    assert soundness.digest(offices.province) == soundness.digest(offices.team)


@pytest.mark.parametrize("began", [True, False])
def test_an_office_on_the_way_cannot_give_back_anothers_answer_that_was_corrected(offices, make_workspace, began):
    """What stands there is of a save that exists; but nobody replaced the correction, and it is not there."""
    other = make_workspace("Tim dua")
    introduce(offices.team, offices.city, offices.province, other)
    keep(other, "h3", "Lama")
    if not began:
        keep(other, "h3", "Lebih baru")
    offices.receive(offices.city, offices.send(other))
    offices.receive(offices.team, offices.send(offices.city, to="facilitator", full=True))
    with offices.city.asking() as connection:
        (old,) = records.read(connection, Household.key, ["h3"]).values()
    keep(offices.team, "h3", "Benar")
    offices.receive(offices.city, offices.send(offices.team))
    loot = forger.loot(offices.send(offices.city, full=True))
    loot.key = private_of(offices.city)
    loot.each(lambda each: replace(each, answers={**each.answers, "head_name": old.answers["head_name"]})
              if each.id == "h3" else each)
    received = offices.receive(offices.province, loot.write(offices.folder / "lama.xlsx"))
    assert [each.why for each in received.held] == [why_words(FALSE)]
    offices.receive(offices.province, offices.send(offices.city, full=True))
    assert soundness.digest(offices.province) == soundness.digest(offices.team)


def test_a_save_of_another_house_brings_back_none_that_was_deleted(offices):
    recording.delete(offices.team, Household, "h1", reason="dobel")
    offices.receive(offices.city, offices.send(offices.team))
    offices.receive(offices.province, offices.send(offices.city))
    keep(offices.team, "h2", "Lain")
    offices.receive(offices.city, offices.send(offices.team))
    loot = forger.loot(offices.send(offices.city, full=True))
    loot.key = private_of(offices.city)
    (alive,) = next(each for each in loot.versions if each.id == "h2").answers["alive"]
    loot.versions = [
        forger.answered(each, alive.save, {"alive": 1}) for each in loot.versions if each.id == "h1"
    ]
    received = offices.receive(offices.province, loot.write(offices.folder / "hidup.xlsx"))
    assert [each.why for each in received.held] == [why_words(FALSE)]


@pytest.mark.parametrize("new", [True, False])
def test_an_office_on_the_way_cannot_leave_out_the_save_whose_answer_it_alters(offices, new):
    """What lacks its save waits until that comes; then it is refuted, or comes in by itself."""
    meant = "h3" if new else "h1"
    keep(offices.team, meant, "Benar")
    keep(offices.team, "h2", "Sesudahnya")
    offices.receive(offices.city, offices.send(offices.team))
    loot = forger.loot(offices.send(offices.city))
    loot.key = private_of(offices.city)
    loot.rows = [row for row in loot.rows if row.record != meant]
    genuine = list(loot.versions)
    loot.each(lambda each: altered(each, "head_name", "Palsu") if each.id == meant else each)
    received = offices.receive(offices.province, loot.write(offices.folder / "palsu.xlsx"))
    assert (received.quarantined, received.held[0].why) == (1, why_words(BEYOND))
    loot.versions, loot.manifest = genuine, replace(loot.manifest, bundle="tanpa baris")
    assert offices.receive(offices.province, loot.write(offices.folder / "tanpa.xlsx")).quarantined == 1
    offices.receive(offices.province, offices.send(offices.city))
    assert soundness.digest(offices.province) == soundness.digest(offices.city) == soundness.digest(offices.team)


def test_whoever_has_a_record_brings_others_saves_of_it_with_their_proof(offices, make_workspace):
    other = make_workspace("Tim lain")
    introduce(other, offices.city)
    keep(offices.team, "h3", "Satu")
    keep(offices.team, "h3", "Dua")
    offices.receive(other, offices.send(offices.team, to="facilitator", full=True))
    keep(other, "h3", "Tiga")
    received = offices.receive(offices.city, offices.send(other, full=True))
    assert received.quarantined == 0
    assert soundness.digest(offices.city) == soundness.digest(other)
    keep(offices.team, "h3", "Empat")
    assert offices.receive(offices.city, offices.send(offices.team)).quarantined == 0


def test_who_brings_signed_saves_does_not_matter(offices, make_workspace):
    other = make_workspace("Kota lain", "district", ("16.71",))
    introduce(offices.team, other)
    keep(offices.team, "h1", "Benar")
    path = offices.send(offices.team, full=True)
    loot = forger.loot(path).sent_by()
    loot.versions = []
    received = offices.receive(offices.city, loot.write(offices.folder / "oleh orang lain.xlsx"))
    assert [row.mark for row in rows_of(offices.city)] == [row.mark for row in rows_of(offices.team)]
    assert received.counts.total() == 0
    for office in (offices.city, other):
        assert offices.receive(office, path).notes == ()
        assert soundness.check(office) == []
    assert soundness.digest(offices.city) == soundness.digest(other) == soundness.digest(offices.team)


def test_a_signed_save_does_not_let_a_stranger_say_what_it_gave(offices):
    keep(offices.team, "h1", "Benar")
    loot = forger.loot(offices.send(offices.team, full=True)).sent_by()
    last = max(loot.rows, key=lambda row: row.save.dot.tick)
    loot.versions = [each for each in loot.versions if each.id == "h1"]
    loot.each(lambda each: forger.answered(each, last.save, {"head_name": "Palsu"}))
    before = soundness.digest(offices.city)
    received = offices.receive(offices.city, loot.write(offices.folder / "palsu.xlsx"))
    assert (received.quarantined, soundness.digest(offices.city)) == (1, before)
    assert offices.receive(offices.city, offices.send(offices.team)).counts["updated"] == 1
    assert soundness.digest(offices.city) == soundness.digest(offices.team)


def test_an_unsigned_save_that_came_first_makes_no_copy_of_a_team(make_workspace, tmp_path):
    team, city = make_workspace("Tim"), make_workspace("Kota", "district", ("16.71",))
    keep(team, "h1")
    path = sending.send(team, tmp_path).path
    loot = forger.loot(path).sent_by()
    first = min(loot.rows, key=lambda row: row.save.dot)
    loot.rows, loot.versions = [forger.row(first.save._replace(person="Lain"), first)], []
    assert receiving.receive(city, loot.write(tmp_path / "palsu.xlsx")).error is None
    received = receiving.receive(city, path)
    assert received.counts["new"] == 1
    assert [note for note in received.notes if "tanpa tanda tangannya" in note]
    assert not any("dipakai di" in note for note in received.notes)
    keep(team, "h1", "Benar")
    received = receiving.receive(city, sending.send(team, tmp_path).path)
    assert (received.counts["updated"], received.notes) == (1, ())


def test_a_save_that_contradicts_a_signed_one_is_no_copy(offices):
    loot = forger.loot(offices.send(offices.city, full=True))
    loot.key, loot.versions = private_of(offices.city), []
    first = min(loot.rows, key=lambda row: row.save.dot)
    loot.rows = [forger.row(first.save._replace(person="Lain"), first)]
    received = offices.forged(offices.province, offices.folder / "palsu.xlsx", loot)
    assert not any("salinan" in note for note in received.notes)


def test_saves_that_wait_keep_their_signatures_and_what_they_did_not_say_becomes_an_edit(offices):
    keep(offices.team, "h1", "Benar")
    loot = forger.loot(offices.send(offices.team, full=True)).sent_by()
    last = max(loot.rows, key=lambda row: row.save.dot.tick)
    loot.versions = [each for each in loot.versions if each.id == "h1"]
    loot.each(lambda each: forger.answered(each, last.save, {"head_name": "Palsu"}))
    offices.receive(offices.city, loot.write(offices.folder / "palsu.xlsx"))
    quarantine.apply(offices.city, ["h1"], reason="ditanyakan")
    assert all(row.mark for row in rows_of(offices.city))
    assert soundness.check(offices.city) == []
    assert offices.receive(offices.city, offices.send(offices.team)).error is None
    with offices.city.asking() as connection:
        (version,) = records.read(connection, Household.key, ["h1"]).values()
    given = {side.value: side.save.dot.node for side in version.answers["head_name"]}
    assert given.get("Palsu") != node_of(offices.team)
    assert soundness.check(offices.city) == []


def test_a_save_that_an_office_keeps_to_itself_is_said(offices):
    keep(offices.team, "h1", "Benar")
    keep(offices.team, "h2", "Lain")
    offices.receive(offices.city, offices.send(offices.team))
    loot = forger.loot(offices.send(offices.city))
    loot.key = private_of(offices.city)
    loot.rows = [row for row in loot.rows if row.save.dot.tick != 3]
    received = offices.receive(offices.province, loot.write(offices.folder / "kurang.xlsx"))
    assert any("melompati 1 simpanan dari «Tim»" in note for note in received.notes)
    whole = offices.receive(offices.province, offices.send(offices.city))
    assert not any("melompati" in note for note in whole.notes)


@pytest.mark.parametrize("given", [{"role": "province"}, {"person": "Gubernur"}, {"time": "2020-01-01T00:00:00+07:00"}])
def test_an_office_on_the_way_cannot_say_that_somebody_else_saved(offices, given):
    keep(offices.team, "h1", "Benar")
    offices.receive(offices.city, offices.send(offices.team))
    loot = forger.loot(offices.send(offices.city))
    loot.key = private_of(offices.city)
    loot.each(lambda each: replace(each, answers={
        key: frozenset(side._replace(save=side.save._replace(**given)) for side in sides)
        for key, sides in each.answers.items()
    }))
    received = offices.receive(offices.province, loot.write(offices.folder / "orang lain.xlsx"))
    assert {each.why for each in received.held} == {why_words(FALSE)}
    offices.receive(offices.province, offices.send(offices.city))
    assert soundness.digest(offices.province) == soundness.digest(offices.team)


def test_a_decision_that_was_taken_back_travels_with_both_who_gave_the_sides(offices):
    keep(offices.team, "h1", "Dari tim")
    keep(offices.city, "h1", "Dari kota")
    offices.receive(offices.city, offices.send(offices.team))
    conflicts.settle(offices.city, "household", "h1", "head_name", "Dari tim", reason="ditanyakan")
    named_acts.take_back(offices.city, named_acts.offer(offices.city, 0).undo.id)
    received = offices.receive(offices.province, offices.send(offices.city))
    assert (received.quarantined, received.counts["conflict"]) == (0, 1)
    assert soundness.digest(offices.province) == soundness.digest(offices.city)
    with offices.province.asking() as connection:
        (version,) = records.read(connection, Household.key, ["h1"]).values()
    assert {side.save.person for side in version.answers["head_name"]} == {"Tim", "Kota"}


@pytest.mark.parametrize("given", [{"role": "province"}, {"person": "Gubernur"}, {"time": "2020-01-01T00:00:00+07:00"}])
def test_who_gave_a_side_that_was_opened_again_cannot_be_said_otherwise_on_the_way(offices, given):
    keep(offices.team, "h1", "Dari tim")
    keep(offices.city, "h1", "Dari kota")
    offices.receive(offices.city, offices.send(offices.team))
    conflicts.settle(offices.city, "household", "h1", "head_name", "Dari tim", reason="ditanyakan")
    named_acts.take_back(offices.city, named_acts.offer(offices.city, 0).undo.id)
    loot = forger.loot(offices.send(offices.city))
    loot.key = private_of(offices.city)
    loot.each(lambda each: replace(each, answers={**each.answers, "head_name": frozenset(
        side._replace(save=side.save._replace(**given)) if side.value == "Dari tim" else side
        for side in each.answers["head_name"]
    )}) if each.id == "h1" else each)
    received = offices.receive(offices.province, loot.write(offices.folder / "orang lain.xlsx"))
    assert [each.why for each in received.held] == [why_words(FALSE)]
    offices.receive(offices.province, offices.send(offices.city))
    assert soundness.digest(offices.province) == soundness.digest(offices.city)
