import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.exchange import signing
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import own_keys, receipts


def test_a_signature_holds_for_its_seal_alone():
    key = signing.new_key()
    mark = signing.signed(key, "seal")
    public = signing.signer("seal", mark, "x.xlsx")
    assert len(signing.fingerprint(public).split()) == 6
    with pytest.raises(Trouble, match="tidak cocok"):
        signing.signer("another seal", mark, "x.xlsx")
    with pytest.raises(Trouble, match="tidak cocok"):
        signing.signer("seal", (mark[0], mark[1][:-4] + "AAAA"), "x.xlsx")


def test_nobody_and_a_method_of_the_future_are_no_signature():
    assert signing.signer("seal", None, "x") == signing.signer("seal", ("ml-dsa", "?"), "x") == ""


def test_a_sender_is_remembered_and_a_changed_key_is_announced(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    recording.record(here, Household, {"id": "h", "rt": "1/1"})
    assert receiving.receive(there, sending.send(here, tmp_path).path).notes == ()
    with there.asking() as connection:
        (known,) = receipts.acquainted(connection)
    assert (known.name, known.role, bool(known.key)) == ("a", "facilitator", True)
    with here.changing() as connection:
        own_keys.take(connection, signing.new_key())
    (note,) = receiving.receive(there, sending.send(here, tmp_path).path).notes
    assert "berubah" in note
    assert signing.fingerprint(known.key) in note


def test_the_words_of_fingerprints_are_all_different():
    assert len(signing.fingerprint_words()) == len(set(signing.fingerprint_words())) == 256
