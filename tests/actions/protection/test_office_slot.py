"""Who lost the password and the sheet is opened by the office; from a machine on which nothing is known of it."""

import json
import shutil
from dataclasses import replace

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.protection import office_slot, password, recovery_words
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.trust import enrolling, seals
from p2kp_desktop.actions.trust.enrolling import Terms
from p2kp_desktop.actions.upkeep import housekeeping
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import key_files, open_workspace, own_keys, slots, views
from tests.conftest import KELURAHAN
from tests.enrolled import enrol, enrol_all, words_of
from tests.protected import LEAST, PASSWORD, a_protected, forgotten

NEW = "lima sapi merah 34"


@pytest.fixture
def scene(make_workspace, tmp_path):
    """Give a city, and a team of it behind a password; both are enrolled."""
    province, city = make_workspace("Provinsi", "province", ("16",)), make_workspace("Kota", "district", ("16.71",))
    (tmp_path / "tim").mkdir()
    team, protection = a_protected(tmp_path / "tim" / "Tim.p2kp", "Tim")
    with team:
        recording.record(team, Household, {"rt": "1/1", "head_name": "Siti"})
        enrol_all(province, city, team)
        housekeeping.put_in_order(team)
        yield city, team, protection


def test_another_office_of_the_regions_does_not_take_the_place_of_the_one_that_enrolled(
    make_workspace, tmp_path, monkeypatch
):
    province, other = make_workspace("Provinsi", "province", ("16",)), make_workspace("Lain", "district", ("16.71",))
    city = make_workspace("Kota", "district", ("16.71",))
    team, protection = a_protected(tmp_path / "Tim.p2kp", "Tim")
    with team:
        recording.record(team, Household, {"rt": "1/1", "head_name": "Siti"})
        enrol_all(province, city, team)
        enrol(other, province)
        enrolling.receive_request(other, enrolling.request(team))
        monkeypatch.setattr(enrolling, "new_id", lambda: "ffffffff-ffff-ffff-ffff-ffffffffffff")  # the newest of a day
        enrolling.approve(other, words_of(team), Terms(until="2099-12-31"))  # unasked: nobody here takes the answer
        recording.record(other, Household, {"region": KELURAHAN, "rt": "1/2", "head_name": "Aminah"})
        sent = sending.send(other, tmp_path, to="facilitator", in_clear=True).path
        assert receiving.receive(team, sent).error is None
        housekeeping.put_in_order(team)
        assert office_slot.offices(tmp_path / "Tim.p2kp") == ["Kota"]
    forgotten(protection)


def test_the_office_opens_a_laptop_on_a_blank_machine_by_telephone(scene, tmp_path, monkeypatch):
    city, team, protection = scene
    team.close()
    blank = tmp_path / "kosong"
    shutil.copytree(tmp_path / "tim", blank)
    forgotten(protection)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("P2KP_HOME", str(tmp_path / "profil kosong"))
        assert office_slot.offices(blank / "Tim.p2kp") == ["Kota"]
        handed = office_slot.hand_over(blank / "Tim.p2kp", tmp_path)

    found = seals.opened_key_file(city, handed)
    assert found.owner.startswith("Tim · ")
    assert found.words == protection.words

    monkeypatch.setenv("P2KP_HOME", str(tmp_path / "profil kosong"))
    password.reset(blank / "Tim.p2kp", " ".join(found.words), "Tim", NEW, LEAST)
    forgotten(protection)
    password.unlock(blank / "Tim.p2kp", NEW)
    with open_workspace(blank / "Tim.p2kp") as there, there.asking() as connection:
        assert [each.answers["head_name"] for each in views.found(connection, Household)] == ["Siti"]


def test_the_recovery_words_open_it_on_a_blank_machine_by_telephone(scene, tmp_path, monkeypatch):
    _city, team, protection = scene
    team.close()
    spoken = " ".join(recovery_words.numbered(protection.words))  # as the sheet at the office says them
    blank = shutil.copy(tmp_path / "tim" / "Tim.p2kp", tmp_path / "kosong.p2kp")  # without its key file
    forgotten(protection)
    monkeypatch.setenv("P2KP_HOME", str(tmp_path / "profil kosong"))

    password.reset(blank, spoken, "Tim", NEW, LEAST)
    forgotten(protection)
    password.unlock(blank, NEW)
    with open_workspace(blank) as there:
        recording.record(there, Household, {"rt": "1/1", "head_name": "Ali"})
        assert sending.send(there, tmp_path, in_clear=True, to="district").records == 2


def test_a_slot_is_sealed_to_one_office_for_one_workspace(scene, make_workspace, tmp_path):
    city, _team, _protection = scene
    [kept] = key_files.found(tmp_path / "tim" / "Tim.p2kp")
    with city.asking() as connection:
        private = own_keys.sealing(connection)
    other, theirs = a_protected(tmp_path / "lain.p2kp", "Lain")
    other.close()
    [of_other] = key_files.found(tmp_path / "lain.p2kp")
    moved = slots.Slots(of_other.salt, of_other.people, (), kept.offices)
    assert slots.opened_by_office(kept, private) is not None
    assert slots.opened_by_office(moved, private) is None
    renamed = replace(kept, people=tuple(replace(each, person="Pak Budi") for each in kept.people))
    assert slots.opened_by_office(renamed, private)[1].startswith("Tim · ")

    stranger = make_workspace("Kabupaten lain", "district", ("16.02",))
    with pytest.raises(Trouble, match="tersegel untuk Kota"):
        seals.opened_key_file(stranger, tmp_path / "tim" / "Tim.p2kp")
    with pytest.raises(Trouble, match="belum terdaftar"):
        seals.opened_key_file(city, tmp_path / "lain.p2kp")
    with pytest.raises(Trouble, match="bukan berkas kunci"):
        seals.opened_key_file(city, tmp_path / "tidak ada")
    forgotten(theirs)


def test_nobody_is_let_in_before_a_team_is_enrolled(make_workspace, tmp_path):
    city = make_workspace("Kota", "district", ("16.71",))
    team, protection = a_protected(tmp_path / "Tim.p2kp", "Tim")
    with team:
        recording.record(team, Household, {"rt": "1/1", "head_name": "Siti"})
        receiving.receive(team, sending.send(city, tmp_path, to="facilitator").path)
        housekeeping.put_in_order(team)
        assert office_slot.offices(tmp_path / "Tim.p2kp") == []
    forgotten(protection)


def test_other_passwords_and_other_words_keep_the_office(scene, tmp_path):
    city, _team, _protection = scene
    file = tmp_path / "tim" / "Tim.p2kp"
    password.change(file, PASSWORD, NEW, LEAST)
    assert office_slot.offices(file) == ["Kota"]
    assert seals.opened_key_file(city, file).owner.startswith("Tim · ")


def test_a_key_file_of_a_former_release_opens_and_gets_its_office_with_the_next_opening(scene, tmp_path):
    city, team, protection = scene
    file = tmp_path / "tim" / "Tim.p2kp"
    for place in (key_files.beside(file), *key_files.folder().glob(f"{protection.lock.salt.hex()}*")):
        told = json.loads(place.read_text(encoding="utf-8"))
        del told["offices"]
        place.write_text(json.dumps(told), encoding="utf-8")
    assert office_slot.offices(file) == []
    password.unlock(file, PASSWORD)
    housekeeping.put_in_order(team)
    assert seals.opened_key_file(city, file).words == protection.words


@pytest.mark.parametrize("offices", [3, [3], [{"name": "Kota"}], [{"name": "Kota", "key": "", "sealed": "zz"}]])
def test_a_key_file_with_offices_that_make_no_sense_says_nothing(offices):
    assert slots.read({**slots.written(slots.Slots(bytes(16))), "offices": []}) is not None
    assert slots.read({**slots.written(slots.Slots(bytes(16))), "offices": offices}) is None
