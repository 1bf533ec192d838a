"""Copied, restored and cloned workspaces: nothing is lost, no count is used twice unseen, and clones are named."""

import json
from dataclasses import replace
from itertools import permutations

from p2kp_desktop.actions.bundles import forks, import_undo, quarantine, receiving, sending
from p2kp_desktop.actions.common import backups, soundness, workspaces
from p2kp_desktop.actions.recording import conflicts, recording
from p2kp_desktop.actions.review import person_erasure, verification
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import (
    copies,
    facts,
    history,
    lineage,
    node,
    open_workspace,
    own_keys,
    receipts,
    records,
    summaries,
    views,
)
from tests import forger
from tests.acquainted import introduce
from tests.conftest import some


def send(workspace, folder, **how):
    return sending.send(workspace, folder, **how).path


def names(workspace):
    with workspace.asking() as connection:
        return {record.id: record.answers.get("head_name") for record in views.found(connection, Household)}


def own(workspace):
    with workspace.asking() as connection:
        return facts.facts(connection).node, node.own_nodes(connection), lineage.own_edits(connection)


def exchange(one, other, folder):
    for _ in range(2):
        receiving.receive(other, send(one, folder, to="facilitator", full=True))
        receiving.receive(one, send(other, folder, to="facilitator", full=True))


def test_a_copy_on_another_machine_gets_a_new_node_and_loses_nothing(make_workspace, machines, places, tmp_path):
    machines("a")
    ali = make_workspace("Ali")
    recording.record(ali, Household, {"id": "1", "rt": "1/1", "head_name": "Awal"})
    machines("b")
    copy = places(ali, "salinan")
    recording.record(copy, Household, {"id": "2", "rt": "1/1", "head_name": "Di B"})
    recording.record(copy, Household, {"id": "1", "head_name": "Diubah B"})
    machines("a")
    recording.record(ali, Household, {"id": "3", "rt": "1/1", "head_name": "Di A"})
    recording.record(ali, Household, {"id": "1", "head_name": "Diubah A"})
    assert own(ali)[0] != own(copy)[0]
    exchange(ali, copy, tmp_path)
    assert soundness.digest(ali) == soundness.digest(copy)
    assert set(names(ali)) == {"1", "2", "3"}
    (conflict,) = conflicts.open_conflicts(ali)
    assert {side.shown for side in conflict.sides} == {"Diubah A", "Diubah B"}
    assert soundness.check(ali) == soundness.check(copy) == []


def test_a_copy_claims_of_the_original_only_what_it_was_copied_with(make_workspace, machines, places, tmp_path):
    machines("a")
    ali = make_workspace("Ali")
    kota = make_workspace("Kota", "district", ("16.71",))
    recording.record(ali, Household, {"id": "1", "rt": "1/1"})
    machines("b")
    copy = places(ali, "salinan")
    recording.record(copy, Household, {"id": "2", "rt": "1/1"})
    machines("a")
    receiving.receive(kota, send(ali, tmp_path))
    receiving.receive(ali, send(kota, tmp_path, to="facilitator"))
    recording.record(ali, Household, {"id": "3", "rt": "1/1"})
    receiving.receive(kota, send(ali, tmp_path))
    receiving.receive(ali, send(kota, tmp_path, to="facilitator"))
    recording.record(ali, Household, {"id": "4", "rt": "1/1"})
    late = send(ali, tmp_path)
    machines("b")
    first = own(ali)[0]
    assert receiving.receive(copy, late).gaps
    assert own(copy)[2][first] == 1
    assert not receiving.receive(kota, send(copy, tmp_path)).quarantined  # its key is not Ali's, who signed his saves
    assert not receiving.receive(kota, late).quarantined
    receiving.receive(copy, send(kota, tmp_path, to="facilitator", full=True))
    assert set(names(copy)) == {"1", "2", "3"} | {"4"}
    assert set(names(kota)) == {"1", "2", "3", "4"}


def test_a_restored_backup_gets_its_lost_past_back_from_the_district(make_workspace, machines, tmp_path):
    machines("a")
    ali = make_workspace("Ali")
    kota = make_workspace("Kota", "district", ("16.71",))
    recording.record(ali, Household, {"id": "1", "rt": "1/1"})
    backup = backups.back_up(ali)
    recording.record(ali, Household, {"id": "2", "rt": "1/1"})
    receiving.receive(kota, send(ali, tmp_path))
    ali.close()
    backups.restore(backup, tmp_path / "Ali.p2kp")
    with open_workspace(tmp_path / "Ali.p2kp") as restored:
        before = own(restored)[0]
        received = receiving.receive(restored, send(kota, tmp_path, to="facilitator", full=True))
        assert any("bertanda ruang kerja ini yang tidak ada di sini" in note for note in received.notes)
        assert set(names(restored)) == {"1", "2"}
        recording.record(restored, Household, {"id": "3", "rt": "1/1"})
        assert own(restored)[0] != before
        assert receiving.receive(kota, send(restored, tmp_path)).counts["new"] == 1
        assert soundness.digest(restored) == soundness.digest(kota)
        assert soundness.check(restored) == soundness.check(kota) == []


def test_an_imaged_laptop_counts_under_a_new_node_before_its_first_edit(make_workspace, machines, places, tmp_path):
    machines("a")
    ali = make_workspace("Ali")
    kota = make_workspace("Kota", "district", ("16.71",))
    recording.record(ali, Household, {"id": "1", "rt": "1/1", "head_name": "Awal"})
    before = own(ali)[0]
    machines("b", copied_from="a", told_apart=True)
    image = places(ali, "klon")
    with image.asking() as connection:
        assert node.origin(connection, image.name) == node.Origin(node.MOVED)
    recording.record(image, Household, {"id": "1", "head_name": "Dari B"})
    with image.asking() as connection:
        assert node.origin(connection, image.name) is None
    image.claimed = False  # as the next run of the program
    recording.record(image, Household, {"id": "b", "rt": "1/1"})
    assert len(own(image)[1]) == 2
    machines("a")
    recording.record(ali, Household, {"id": "1", "head_name": "Dari A"})
    assert own(ali)[0] == before
    for workspace in (ali, image):
        assert receiving.receive(kota, send(workspace, tmp_path)).notes == ()
    (conflict,) = conflicts.open_conflicts(kota)
    assert {side.shown for side in conflict.sides} == {"Dari A", "Dari B"}


def test_an_imaged_laptop_that_only_sends_is_another_sender(make_workspace, machines, places, tmp_path):
    machines("a")
    ali = make_workspace("Ali")
    kota = make_workspace("Kota", "district", ("16.71",))
    recording.record(ali, Household, {"id": "1", "rt": "1/1"})
    machines("b", copied_from="a", told_apart=True)
    image = places(ali, "klon")
    machines("a")
    recording.record(ali, Household, {"id": "2", "rt": "1/1"})
    receiving.receive(kota, send(ali, tmp_path))
    machines("b", told_apart=True)
    receiving.receive(kota, send(image, tmp_path))
    with kota.asking() as connection:
        has = {each.node: facts.known_edits(connection, each.node) for each in receipts.acquainted(connection)}
    shared = own(ali)[0]
    assert {edits["16.71.01.1001"][shared] for edits in has.values()} == {1, 2}


def test_a_file_of_an_image_that_counts_behind_the_registry_counts_under_a_new_node(
    make_workspace, machines, tmp_path
):
    machines("a")
    ali = make_workspace("Ali")
    recording.record(ali, Household, {"id": "1", "rt": "1/1"})
    copies.copy(ali, tmp_path / "image.p2kp")
    recording.record(ali, Household, {"id": "2", "rt": "1/1"})
    before = own(ali)[0]
    ali.close()
    (tmp_path / "image.p2kp").replace(tmp_path / "Ali.p2kp")  # with the token that the registry knows
    with open_workspace(tmp_path / "Ali.p2kp") as old:
        with old.asking() as connection:
            assert node.origin(connection, old.name) == node.Origin(node.RESTORED)
        recording.record(old, Household, {"id": "3", "rt": "1/1"})
        assert own(old)[0] != before
        assert own(old)[2][before] == 1


def cloned(make_workspace, machines, places):
    """Return two workspaces whose machines are copies of one another, registry included, both edited since."""
    machines("a")
    ali = make_workspace("Ali")
    recording.record(ali, Household, {"id": "1", "rt": "1/1", "head_name": "Awal"})
    machines("b", copied_from="a")
    clone = places(ali, "klon")
    for workspace, person in ((ali, "Ani"), (clone, "Budi")):
        with workspace.changing() as connection:
            facts.note(connection, "person", person)
    recording.record(clone, Household, {"id": "1", "head_name": "Dari B"})
    recording.record(clone, Household, {"id": "b", "rt": "1/1"})
    machines("a")
    recording.record(ali, Household, {"id": "1", "head_name": "Dari A"})
    recording.record(ali, Household, {"id": "a", "rt": "1/1"})
    assert own(ali)[0] == own(clone)[0]
    return ali, clone


def said(received):
    return [note for note in received.notes if "dipakai di 2 salinan sejak simpanan ke-2" in note]


def sides(workspace):
    found = conflicts.open_conflicts(workspace)
    return {(each.id, each.question): {side.shown for side in each.sides} for each in found}


BOTH = {("1", "head_name"): {"Dari A", "Dari B"}}


def test_two_machines_under_one_node_are_named_and_both_values_stay_in_sight(
    make_workspace, machines, places, tmp_path
):
    ali, clone = cloned(make_workspace, machines, places)
    from_clone = send(clone, tmp_path, to="facilitator")
    received = receiving.receive(ali, from_clone)
    (told,) = said(received)
    assert "Ani (Ali, Fasilitator kelurahan)" in told
    assert "Budi (Ali, Fasilitator kelurahan)" in told
    assert (received.counts["rejected"], received.counts["conflict"]) == (0, 1)
    assert set(names(ali)) == {"1", "a", "b"}
    assert sides(ali) == BOTH
    assert said(receiving.receive(ali, from_clone)) == []
    receiving.receive(clone, send(ali, tmp_path, to="facilitator"))
    assert soundness.digest(clone) == soundness.digest(ali)
    assert soundness.check(ali) == soundness.check(clone) == []
    before = own(ali)[0]
    recording.record(ali, Household, {"id": "c", "rt": "1/1"})
    recording.record(clone, Household, {"id": "d", "rt": "1/1"})
    assert len({before, own(ali)[0], own(clone)[0]}) == 3
    exchange(ali, clone, tmp_path)
    assert set(names(ali)) == set(names(clone)) == {"1", "a", "b", "c", "d"}
    assert soundness.digest(clone) == soundness.digest(ali)


def test_whatever_order_the_bundles_of_two_clones_come_in_the_office_ends_alike(
    make_workspace, machines, places, tmp_path
):
    ali, clone = cloned(make_workspace, machines, places)
    bundles = [send(ali, tmp_path), send(clone, tmp_path)]
    recording.record(clone, Household, {"id": "1", "head_name": "Dari B lagi", "kk_count": 2})
    bundles.append(send(clone, tmp_path))
    recording.record(ali, Household, {"id": "a", "head_name": "Atap"})
    bundles.append(send(ali, tmp_path, withhold=True))
    ends = set()
    orders = some(permutations(bundles))
    for number, order in enumerate(orders):
        with workspaces.init(tmp_path / f"{number}.p2kp", role="district", name="Kota", regions=["16.71"]) as kota:
            told = [note for bundle in order for note in said(receiving.receive(kota, bundle))]
            assert len(told) == 1
            assert soundness.check(kota) == []
            assert len(forks.copies(kota)) == 1
            assert sides(kota) == {("1", "head_name"): {"Dari A", "Dari B lagi"}}
            ends.add(soundness.digest(kota))
            assert {receiving.receive(kota, bundle).counts["updated"] for bundle in order} == {0}
            assert soundness.digest(kota) in ends
    assert len(ends) == 1


def test_following_the_advice_settles_a_fork_everywhere_and_a_correction_from_above_arrives(
    make_workspace, machines, places, tmp_path
):
    ali, clone = cloned(make_workspace, machines, places)
    kota = make_workspace("Kota", "district", ("16.71",))
    provinsi = make_workspace("Provinsi", "province", ("16",))
    for workspace in (ali, clone):
        receiving.receive(kota, send(workspace, tmp_path))
    conflicts.settle(kota, "household", "1", "head_name", "Dari B", reason="ditanyakan")
    received = receiving.receive(provinsi, send(kota, tmp_path))
    assert len(said(received)) == 1
    recording.record(provinsi, Household, {"id": "1", "head_name": "Dari Provinsi"})
    assert receiving.receive(kota, send(provinsi, tmp_path, to="district")).counts["updated"] == 1
    for workspace in (ali, clone):  # neither heard of the other yet: what each types now is still its own
        receiving.receive(workspace, send(kota, tmp_path, to="facilitator", full=True))
        recording.record(workspace, Household, {"id": "1", "kk_count": 3})
        receiving.receive(kota, send(workspace, tmp_path))
    for workspace in (ali, clone, provinsi):
        to = "province" if workspace is provinsi else "facilitator"
        receiving.receive(workspace, send(kota, tmp_path, to=to, full=True))
    offices = (ali, clone, kota, provinsi)
    assert {names(office)["1"] for office in offices} == {"Dari Provinsi"}
    assert len({soundness.digest(office) for office in offices}) == 1
    assert all(soundness.check(office) == [] and sides(office) == {} for office in offices)


def test_taking_back_the_bundle_that_showed_a_fork_takes_the_fork_back_too(make_workspace, machines, places, tmp_path):
    ali, clone = cloned(make_workspace, machines, places)
    kota = make_workspace("Kota", "district", ("16.71",))
    first = receiving.receive(kota, send(ali, tmp_path)).transfer
    before, known = soundness.digest(kota), names(kota)
    received = receiving.receive(kota, send(clone, tmp_path))
    after = soundness.digest(kota)
    import_undo.undo(kota, received.transfer)
    assert (soundness.digest(kota), names(kota)) == (before, known)
    assert (soundness.check(kota), forks.copies(kota)) == ([], [])
    received = receiving.receive(kota, received.file)
    assert len(said(received)) == 1
    assert soundness.digest(kota) == after
    import_undo.undo_all(kota, [first, received.transfer])
    assert (names(kota), soundness.check(kota), forks.copies(kota)) == ({}, [], [])


def test_what_was_erased_of_one_copy_is_told_of_neither_and_what_the_other_gave_stays(
    make_workspace, machines, places, tmp_path
):
    ali, clone = cloned(make_workspace, machines, places)
    person_erasure.erase(ali, Household, "1", reason="permintaan", keys=["head_name"])
    bundles = [send(ali, tmp_path), send(clone, tmp_path)]
    ends = set()
    for number, order in enumerate((bundles, bundles[::-1])):
        kota = make_workspace(f"Kota {number}", "district", ("16.71",))
        for bundle in order:
            receiving.receive(kota, bundle)
        with kota.asking() as connection:
            told = {change.after for row in history.of_record(connection, "1") for change in row.changes.values()}
        assert "Dari A" not in told
        assert "Dari B" in told
        assert soundness.check(kota) == []
        assert quarantine.count(kota) == 0
        ends.add(soundness.digest(kota))
    assert len(ends) == 1


def test_a_city_passes_on_what_was_erased_and_returned_of_two_copies_whatever_came_before(
    make_workspace, machines, places, tmp_path
):
    ali, clone = cloned(make_workspace, machines, places)
    kota = make_workspace("Kota", "district", ("16.71",))
    first = send(ali, tmp_path)
    receiving.receive(kota, first)
    verification.give_back(kota, "a", comment="lengkapi")
    person_erasure.erase(ali, Household, "1", reason="permintaan", keys=["head_name"])
    alone = send(kota, tmp_path)
    of_both = [send(ali, tmp_path, full=True), send(clone, tmp_path)]
    for bundle in of_both:
        receiving.receive(kota, bundle)
    verification.give_back(kota, "b", comment="lengkapi")
    bundles = [first, *of_both, alone, send(kota, tmp_path, full=True)]  # the last one holds two saves of one count
    ends = {soundness.digest(kota)}
    for number, order in enumerate((bundles, bundles[::-1])):
        provinsi = make_workspace(f"Provinsi {number}", "province", ("16",))
        introduce(kota, provinsi)
        for bundle in order:
            received = receiving.receive(provinsi, bundle)
            assert (received.error, received.held) == (None, ())
        assert soundness.check(provinsi) == []
        ends.add(soundness.digest(provinsi))
    assert len(ends) == 1


def test_an_erasure_of_one_copy_is_not_taken_for_one_of_the_other(make_workspace, machines, places, tmp_path):
    ali, clone = cloned(make_workspace, machines, places)
    kota, provinsi = make_workspace("Kota", "district", ("16.71",)), make_workspace("Provinsi", "province", ("16",))
    introduce(kota, provinsi)
    person_erasure.erase(ali, Household, "1", reason="permintaan", keys=["head_name"])
    for workspace in (ali, clone):
        receiving.receive(kota, send(workspace, tmp_path))
    genuine = send(kota, tmp_path)
    loot = forger.loot(genuine)
    with kota.asking() as connection:
        loot.key = own_keys.signing(connection)
    (other,) = {s.save.dot for s in next(v for v in loot.versions if v.id == "b").answers["rt"]}

    def widened(version):
        marks = {
            key: frozenset(s._replace(value=json.dumps({**json.loads(s.value), other.node: 2})) for s in siblings)
            for key, siblings in version.answers.items() if key.startswith("erased.")
        }
        return replace(version, answers={**version.answers, **marks})

    received = receiving.receive(provinsi, loot.each(widened).write(tmp_path / "palsu.xlsx"))
    assert [each.subject.id for each in received.held] == ["1"]
    assert receiving.receive(provinsi, genuine).held == ()
    assert soundness.digest(provinsi) == soundness.digest(kota)


def test_an_office_that_met_two_clones_asks_for_what_it_may_lack_of_each(make_workspace, machines, places, tmp_path):
    ali, clone = cloned(make_workspace, machines, places)
    kota = make_workspace("Kota", "district", ("16.71",))
    receiving.receive(kota, send(ali, tmp_path))
    receiving.receive(clone, send(kota, tmp_path, to="facilitator"))  # «the city has your saves 2 and 3»: not its own
    recording.record(clone, Household, {"id": "e", "rt": "1/1"})
    receiving.receive(kota, send(clone, tmp_path))
    assert set(names(kota)) == {"1", "a", "b", "e"}
    assert sides(kota) == BOTH


def test_three_copies_are_told_apart_wherever_they_parted(make_workspace, machines, places, tmp_path):
    ali, clone = cloned(make_workspace, machines, places)
    machines("c", copied_from="b")
    third = places(clone, "klon ketiga")
    with third.changing() as connection:
        facts.note(connection, "token", "")
        facts.note(connection, "person", "Cici")
    for entry in (tmp_path / "home-c" / "nodes").iterdir():
        entry.write_text(json.dumps({"now": "", "file": str(tmp_path / "klon ketiga.p2kp")}), encoding="utf-8")
    recording.record(third, Household, {"id": "1", "head_name": "Dari C"})
    machines("b")
    recording.record(clone, Household, {"id": "1", "head_name": "Dari B lagi"})
    assert own(ali)[0] == own(clone)[0] == own(third)[0]
    ends = set()
    for number, order in enumerate(permutations((ali, clone, third))):
        kota = make_workspace(f"Kota {number}", "district", ("16.71",))
        for workspace in order:
            receiving.receive(kota, send(workspace, tmp_path))
        assert sides(kota) == {("1", "head_name"): {"Dari A", "Dari B lagi", "Dari C"}}
        assert len(forks.copies(kota)) == 2
        assert soundness.check(kota) == []
        ends.add(soundness.digest(kota))
    assert len(ends) == 1


def test_a_clone_that_alone_went_on_is_named_and_contradicts_nothing(make_workspace, machines, places, tmp_path):
    machines("a")
    ali = make_workspace("Ali")
    recording.record(ali, Household, {"id": "1", "rt": "1/1"})
    machines("b", copied_from="a")
    clone = places(ali, "klon")
    recording.record(clone, Household, {"id": "2", "rt": "1/1"})
    received = receiving.receive(ali, send(clone, tmp_path, to="facilitator"))
    (told,) = received.notes
    assert "Pengirimnya ruang kerja lain dengan tanda yang sama" in told
    assert "laptop" in told
    recording.record(ali, Household, {"id": "3", "rt": "1/1"})
    assert own(ali)[0] != own(clone)[0]
    exchange(ali, clone, tmp_path)
    assert soundness.digest(ali) == soundness.digest(clone)
    with ali.asking() as connection:
        assert history.last_tick(connection, own(clone)[0]) == 2


def test_a_fork_that_an_earlier_release_only_noted_is_no_damage_and_heals_with_the_next_bundles(
    make_workspace, machines, places, tmp_path
):
    ali, clone = cloned(make_workspace, machines, places)
    recording.record(clone, Household, {"id": "h", "rt": "1/1"})
    kota, fresh = (make_workspace(name, "district", ("16.71",)) for name in ("Kota", "Kota baru"))
    bundles = [send(ali, tmp_path), send(clone, tmp_path)]
    receiving.receive(kota, bundles[0])
    shared = own(ali)[0]
    with clone.asking() as theirs, kota.changing() as connection:  # of the clone it kept what did not contradict
        history.put(connection, history.by_dots(theirs, [(shared, 4)]))
        records.write(connection, records.read(theirs, "household", ["h"]).values())
        facts.note(connection, lineage.FORKS, f'{{"{shared}": 2}}')
        summaries.forget(connection, set(summaries.known(connection)))
    assert soundness.check(kota) == []
    assert "Ani" in forks.copies(kota)[0]
    for bundle in bundles[::-1]:
        receiving.receive(kota, bundle)
        receiving.receive(fresh, bundle)
    assert sides(kota) == BOTH
    assert soundness.digest(kota) == soundness.digest(fresh)
    assert soundness.check(kota) == []
    assert len(forks.copies(kota)) == 1
