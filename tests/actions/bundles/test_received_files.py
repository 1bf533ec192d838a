"""What a received file leaves behind: the file itself, and what it said about the review."""

import pytest

from p2kp_desktop.actions.bundles import outbox, receiving, sending
from p2kp_desktop.actions.bundles.receipt_outcome import News, news
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import verification
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble

HERLINA = {"rt": "14/5", "head_name": "Herlina", "kk_count": 1, "members_male": 2, "members_female": 1}


def quietly(_done, _total):
    """Take no notice of the progress."""


def test_a_received_file_is_given_out_byte_for_byte(make_workspace, tmp_path):
    siti, kota = make_workspace("Siti"), make_workspace("Kota", "district", ("16.71",))
    recording.record(siti, Household, HERLINA)
    sent = sending.send(siti, tmp_path, to="district").path
    receiving.receive(kota, sent)
    (line,) = outbox.log(kota)
    assert (line.sender.split(", ")[0], line.undone) == ("Siti", False)
    given = outbox.save_original(kota, line.sha256, tmp_path / "lagi.xlsx", report=quietly)
    assert given.read_bytes() == sent.read_bytes()


def test_a_file_that_is_not_kept_is_told(workspace, tmp_path):
    with pytest.raises(Trouble, match="tidak ada lagi"):
        outbox.save_original(workspace, "0" * 64, tmp_path / "lagi.xlsx", report=quietly)
    assert list(tmp_path.glob("*.xlsx")) == []


def test_the_news_of_a_return_bundle_count_returned_houses(make_workspace, tmp_path):
    siti, kota = make_workspace("Siti"), make_workspace("Kota", "district", ("16.71",))
    ids = [recording.record(siti, Household, {**HERLINA, "head_name": name}).id for name in ("Ani", "Budi", "Citra")]
    receiving.receive(kota, sending.send(siti, tmp_path, to="district").path)
    verification.give_back_all(kota, ids[:2], comment="Periksa atap.")
    came = receiving.receive(siti, sending.send(kota, tmp_path, to="facilitator").path)
    assert news(came.changes) == News(houses=2)
