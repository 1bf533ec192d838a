"""Received files beside a workspace behind a password: sealed, found, given back byte for byte, in clear nowhere."""

import pytest

from p2kp_desktop.actions.bundles import outbox, receiving, sending
from p2kp_desktop.actions.common import originals
from p2kp_desktop.actions.protection import conversion
from p2kp_desktop.actions.upkeep import copies_left
from p2kp_desktop.store import open_workspace
from tests.protected import LEAST, PASSWORD, a_protected, forgotten
from tests.records import save


@pytest.fixture
def bundle(make_workspace, tmp_path):
    sender = make_workspace("Ani")
    save(sender, head_name="Ratnawulan Kusumo")
    (tmp_path / "keluar").mkdir()
    return sending.send(sender, tmp_path / "keluar", to="district").path


def test_a_received_file_is_sealed_found_and_given_back_as_it_came(bundle, tmp_path):
    office, _protection = a_protected(tmp_path / "Kota.p2kp", "Kota")
    with office:
        receiving.receive(office, bundle)
        [kept] = originals.kept(office)
        assert kept.read_bytes()[:2] != b"PK"  # no workbook
        assert originals.find(office, originals.hash_of(bundle)) == kept
        out = outbox.save_original(office, originals.hash_of(bundle), tmp_path / "lagi.xlsx", report=lambda *_: None)
        assert out.read_bytes() == bundle.read_bytes()
        receiving.receive(office, bundle)
        assert originals.kept(office) == [kept]
        assert copies_left.remains(office) == []


def test_files_received_before_are_sealed_with_the_workspace(bundle, make_workspace, tmp_path):
    office = make_workspace("Kota", role="district")
    receiving.receive(office, bundle)
    [kept] = originals.kept(office)
    office.close()
    file = tmp_path / "Kota.p2kp"
    protection = conversion.begun(file, "Kota", PASSWORD, LEAST)
    conversion.encipher(file, protection)
    assert kept in conversion.in_clear(file)
    assert conversion.encipher_copies(file) == []
    assert not kept.exists()
    with open_workspace(file) as again:
        assert originals.find(again, originals.hash_of(bundle)) is not None


def test_a_sealed_file_without_its_key_is_not_found_and_breaks_nothing(bundle, tmp_path):
    office, protection = a_protected(tmp_path / "Kota.p2kp", "Kota")
    with office:
        receiving.receive(office, bundle)
        [kept] = originals.kept(office)
        kept.write_bytes(kept.read_bytes()[:-5000])
        assert originals.find(office, originals.hash_of(bundle)) is None
    forgotten(protection)
