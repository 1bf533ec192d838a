"""Bundles are sealed to whoever is enrolled to receive them; anybody may still send a workbook in clear."""

from pathlib import Path

import pytest

from p2kp_desktop.actions.bundles import arrivals, outbox, receiving, sending
from p2kp_desktop.actions.bundles.outbox import Order
from p2kp_desktop.actions.common import originals
from p2kp_desktop.actions.recording import attachments, recording
from p2kp_desktop.actions.review import person_erasure
from p2kp_desktop.actions.upkeep import copies_left
from p2kp_desktop.exchange import scans, sealed_files
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import sealed, views
from tests.conftest import KELURAHAN
from tests.enrolled import enrol, enrol_all
from tests.photos import BEGINNINGS
from tests.protected import holding

NAME = "Namarahasia"


@pytest.fixture
def line(make_workspace):
    """Give the workspaces of a province, a city and a team, none of them enrolled."""
    made = (make_workspace("Provinsi", "province", ("16",)), make_workspace("Kota", "district", ("16.71",)),
            make_workspace("Tim"))
    recording.record(made[2], Household, {"rt": "1/1", "head_name": NAME, "nik": "1671010101800001"})
    return made


def _sent(workspace, folder, **how):
    folder.mkdir(exist_ok=True)
    return sending.send(workspace, folder, **how)


def test_an_unenrolled_team_sends_a_workbook_as_ever(line, tmp_path):
    sent = _sent(line[2], tmp_path / "stik")
    assert sent.path.suffix == ".xlsx"
    assert sent.sealed_for == ()
    assert not outbox.contents(line[2], Order("district")).sealed_for


def test_an_enrolled_team_seals_to_its_office_which_takes_it_like_any_bundle(line, tmp_path):
    enrol_all(*line)
    _province, city, team = line
    assert outbox.contents(team, Order("district")).sealed_for == ("Kota",)
    assert outbox.contents(team, Order("district")).personal == 1

    sent = _sent(team, tmp_path / "stik")
    assert sent.path.suffix == sealed_files.ENDING
    assert sent.sealed_for == ("Kota",)
    assert holding(tmp_path / "stik", NAME, "1671010101800001") == []

    assert arrivals.bundles_in([tmp_path / "stik"]) == [sent.path]
    seen = arrivals.recognise(city, sent.path)
    assert (seen.trouble, seen.manifest.workspace, seen.own) == (None, "Tim", False)
    renamed = sent.path.rename(sent.path.with_name("dari WhatsApp.xlsx"))  # whatever it is called
    received = receiving.receive(city, renamed)
    assert received.counts["new"] == 1
    assert receiving.receive(city, renamed).counts["identical"] == 1

    [kept] = originals.kept(city)
    assert sealed_files.is_sealed(kept)
    given = outbox.save_original(city, originals.hash_of(renamed), tmp_path / "asli.segel", report=lambda *_: None)
    assert given.read_bytes() == renamed.read_bytes()


def test_its_sender_can_look_at_it_again_and_others_are_told_for_whom_it_is(line, tmp_path, make_workspace):
    enrol_all(*line)
    sent = _sent(line[2], tmp_path / "stik")
    assert arrivals.recognise(line[2], sent.path).own

    stranger = make_workspace("Kabupaten lain", "district", ("16.02",))
    received = receiving.receive(stranger, sent.path)
    assert received.trouble.code == sealed_files.NOT_OURS
    assert "Kota" in received.trouble.what
    assert originals.kept(stranger) == []


def test_a_sealed_bundle_that_is_cut_off_or_changed_changes_nothing(line, tmp_path):
    enrol_all(*line)
    sent = _sent(line[2], tmp_path / "stik")
    whole = sent.path.read_bytes()
    for content in (whole[:-1], whole[:-9] + b"x" + whole[-8:], whole[:40]):
        sent.path.write_bytes(content)
        received = receiving.receive(line[1], sent.path)
        assert "terpotong atau pernah diubah" in received.trouble.what
    assert originals.kept(line[1]) == []


def test_in_clear_and_behind_a_password_are_one_choice_away(line, tmp_path):
    enrol_all(*line)
    bare = _sent(line[2], tmp_path / "stik", in_clear=True, full=True)
    locked = _sent(line[2], tmp_path / "stik", password="empat kuda biru 12", full=True)
    assert [bare.path.suffix, locked.path.suffix] == [".xlsx", ".xlsx"]
    assert (bare.sealed_for, locked.sealed_for, locked.locked) == ((), (), True)


def test_back_it_goes_sealed_only_where_every_team_that_it_is_for_is_enrolled(line, tmp_path, make_workspace):
    _province, city, team = line
    receiving.receive(city, _sent(team, tmp_path / "stik").path)
    enrol_all(*line)
    back = _sent(city, tmp_path / "balik", to="facilitator")
    assert back.sealed_for == ("Tim",)
    assert not receiving.receive(team, back.path).trouble

    other = make_workspace("Tetangga")
    recording.record(other, Household, {"rt": "2/1", "head_name": "Ali"})
    receiving.receive(city, _sent(other, tmp_path / "stik").path)
    assert _sent(city, tmp_path / "balik", to="facilitator").sealed_for == ()


def test_a_second_laptop_of_the_office_opens_it_too(line, tmp_path, make_workspace):
    province, city, team = line
    second = make_workspace("Kota 2", "district", ("16.71",))
    enrol_all(*line)
    enrol(second, province)
    receiving.receive(city, _sent(province, tmp_path / "dari provinsi", to="district", in_clear=True).path)
    receiving.receive(team, _sent(city, tmp_path / "balik", to="facilitator", in_clear=True).path)

    sent = _sent(team, tmp_path / "stik")
    assert sorted(sent.sealed_for) == ["Kota", "Kota 2"]
    for office in (city, second):
        assert not receiving.receive(office, sent.path).trouble


def test_attached_files_go_along_under_the_same_seal(line, tmp_path):
    enrol_all(*line)
    _province, city, team = line
    photo = tmp_path / "berita acara.pdf"
    photo.write_bytes(BEGINNINGS[scans.PDF] + b"1")
    with team.asking() as connection:
        [house] = [each.id for each in _households(connection)]
    attachments.attach(team, house, KELURAHAN, photo)

    sent = _sent(team, tmp_path / "stik")
    assert (sent.attached, sent.remark()) == (1, "")
    [beside] = attachments.files_in(attachments.folder_beside(sent.path))
    assert sealed_files.is_sealed(beside)
    received = receiving.receive(city, sent.path)
    assert (received.attached, received.unattached) == (1, ())
    [kept] = attachments.files_in(attachments.folder_of(city))
    assert not sealed_files.is_sealed(kept)


def _households(connection):
    return views.found(connection, Household)


def test_what_was_sent_sealed_is_named_where_it_holds_what_was_erased(line, tmp_path):
    enrol_all(*line)
    sent = _sent(line[2], tmp_path / "stik")
    with line[2].asking() as connection:
        [house] = _households(connection)
    person_erasure.erase(line[2], Household, house.id, reason="permintaan")
    assert sent.path in [each.path for each in copies_left.remains(line[2])]


def test_a_sealed_bundle_lies_in_the_folder_of_received_files_behind_the_password_too(line, tmp_path):
    enrol_all(*line)
    sent = _sent(line[2], tmp_path / "stik")
    receiving.receive(line[1], sent.path)
    [kept] = originals.kept(line[1])
    assert sealed.in_clear(Path(line[1].name)) == [kept]
