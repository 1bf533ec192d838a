"""What counts as a password: the same in the window, in a file, and for sending and receiving."""

import codecs
import errno

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import passwords
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.exchange import locking
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble

HERLINA = {"rt": "14/5", "head_name": "Herlina", "kk_count": 1}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "sandi.txt"


@pytest.mark.parametrize("content", [
    b"rahasia", b"rahasia\n", b"rahasia\r\nlain", b"  rahasia \t\n", codecs.BOM_UTF8 + b"rahasia\r\n",
    "rahasia\r\n".encode("utf-16"), codecs.BOM_UTF16_BE + "rahasia".encode("utf-16-be"),
])
def test_the_first_line_is_the_password_whatever_editor_wrote_it(file, content):
    file.write_bytes(content)
    assert passwords.from_file(file) == "rahasia"


@pytest.mark.parametrize(("content", "code"), [
    (b"", "K06"), (b"\n", "K06"), (b"\nrahasia\n", "K06"), (b"   \r\n", "K06"), (codecs.BOM_UTF8, "K06"),
    (b"x" * 201, "K06"), ("rahasié".encode("latin-1"), "K08"), ("rahasia".encode("utf-16-le"), "K08"),
])
def test_a_file_without_a_password_is_refused(file, content, code):
    file.write_bytes(content)
    with pytest.raises(Trouble) as trouble:
        passwords.from_file(file)
    assert trouble.value.code == code


def test_a_missing_file_or_a_folder_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "tidak ada"):
        with pytest.raises(Trouble, match="tidak ditemukan"):
            passwords.from_file(path)


def test_spaces_around_a_password_count_neither_in_sending_nor_in_receiving(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", "district", ("16.71",))
    recording.record(here, Household, HERLINA)
    path = sending.send(here, tmp_path, password=" rahasia ").path
    assert receiving.receive(there, path, password="rahasia\t").error is None
    with pytest.raises(Trouble, match="Kata sandi kosong"):
        sending.send(here, tmp_path, password="   ")
    assert len(list(tmp_path.glob("P2KP*"))) == 1


def test_a_file_locked_by_an_earlier_release_opens_with_its_spaces(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", "district", ("16.71",))
    recording.record(here, Household, HERLINA)
    locking.lock(sending.send(here, tmp_path).path, tmp_path / "lama.xlsx", " rahasia ")
    assert receiving.receive(there, tmp_path / "lama.xlsx", password=" rahasia ").error is None
    assert "salah" in receiving.receive(there, tmp_path / "lama.xlsx", password=" lain ").error


def test_a_full_disk_is_not_told_as_a_damaged_file(make_workspace, tmp_path, monkeypatch):
    here, there = make_workspace("a"), make_workspace("b", "district", ("16.71",))
    recording.record(here, Household, HERLINA)
    path = sending.send(here, tmp_path, password="rahasia").path
    damaged = tmp_path / "rusak.xlsx"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    damaged.write_bytes(content)
    assert "(Kode B14)" in str(receiving.receive(there, damaged, password="rahasia").trouble)

    def full(*_given, **_named):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("msoffcrypto.format.ooxml.OOXMLFile.decrypt", full)
    with pytest.raises(Trouble, match="penuh") as trouble:
        locking.unlock_here(path, tmp_path / "buka.xlsx", "rahasia")
    assert trouble.value.code == "B22"


@pytest.mark.parametrize("weak", [
    "a", "siti", "12345", "aaaaaaaaaa", "1212121212", " abc ", "123456", "08123456", "Qwerty", "abcdef", "password",
])
def test_an_easily_guessed_password_locks_no_new_file_and_a_better_is_offered(make_workspace, tmp_path, weak):
    with pytest.raises(Trouble, match="mudah ditebak") as refused:
        sending.send(make_workspace(), tmp_path, password=weak)
    assert refused.value.code == "K14"
    offered = refused.value.remedy.split("«")[1].split("»")[0]
    assert passwords.weakness(offered) == ""
    assert not list(tmp_path.glob("*.xlsx"))


def test_the_offered_password_is_four_words_and_a_number_and_another_one_each_time():
    offered = {passwords.offered() for _time in range(20)}
    assert len(offered) == 20
    for each in offered:
        *words, number = each.split()
        assert (len(words), len(number), number.isdigit()) == (4, 4, True)
