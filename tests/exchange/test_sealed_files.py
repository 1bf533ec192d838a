import pytest

from p2kp_desktop.exchange import sealed_files
from p2kp_desktop.exchange.sealed_files import MAGIC, Receiver
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import sealing

OFFICE, SENDER, OTHER = (sealing.new_key() for _ in "123")


@pytest.fixture
def sealed(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK Siti 1671010101800001")
    file = tmp_path / "a.segel"
    sealed_files.seal(tmp_path / "a.xlsx", file, [
        Receiver("Dinas Perkim", sealing.public_of(OFFICE)), Receiver("Tim 3", sealing.public_of(SENDER))])
    return file


def test_receiver_and_sender_open_it_and_nobody_reads_a_name_in_it(sealed, tmp_path):
    assert sealed_files.is_sealed(sealed)
    assert sealed_files.receivers(sealed) == ("Dinas Perkim", "Tim 3")
    assert b"1671010101800001" not in sealed.read_bytes()
    for private in (OFFICE, SENDER):
        sealed_files.unseal(sealed, tmp_path / "b.xlsx", private)
        assert (tmp_path / "b.xlsx").read_bytes() == b"PK Siti 1671010101800001"


def test_others_are_told_for_whom_it_is(sealed, tmp_path):
    with pytest.raises(Trouble, match="disegel untuk Dinas Perkim:") as caught:
        sealed_files.unseal(sealed, tmp_path / "b.xlsx", OTHER)
    assert caught.value.code == sealed_files.NOT_OURS
    assert not (tmp_path / "b.xlsx").exists()


def test_whatever_is_changed_or_cut_off_is_refused_in_words(sealed, tmp_path):
    whole = sealed.read_bytes()
    for place in range(len(MAGIC), len(whole)):
        for content in (whole[:place], whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]):
            sealed.write_bytes(content)
            with pytest.raises(Trouble):
                sealed_files.unseal(sealed, tmp_path / "b.xlsx", OFFICE)
    sealed.write_bytes(whole + b"x")
    with pytest.raises(Trouble, match="pernah diubah"):
        sealed_files.unseal(sealed, tmp_path / "b.xlsx", OFFICE)
    assert not (tmp_path / "b.xlsx").exists()


@pytest.mark.parametrize("head", [
    b"", b"[]", b"{}", b'{"receivers": 3, "nonce": "00"}', b'{"receivers": [3], "nonce": "00"}', b"[" * 9000,
    b'{"receivers": [{"sealed": "zz"}], "nonce": "00"}', b'{"receivers": [{"sealed": ""}], "nonce": "00"}',
    b'{"receivers": [{"name": 3, "sealed": "00"}], "nonce": "0000"}',
    b'{"receivers": {"a": 1}, "nonce": "00"}', b'{"receivers": [], "nonce": "00"}',
])
def test_a_head_that_makes_no_sense_is_refused_in_words(tmp_path, head):
    file = tmp_path / "a.segel"
    file.write_bytes(MAGIC + len(head).to_bytes(4) + head + b"x")
    with pytest.raises(Trouble):
        sealed_files.unseal(file, tmp_path / "b.xlsx", OFFICE)


def test_what_is_no_file_is_not_sealed(tmp_path):
    assert not sealed_files.is_sealed(tmp_path)
    assert not sealed_files.is_sealed(tmp_path / "nothing")
