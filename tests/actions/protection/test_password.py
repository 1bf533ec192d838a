import json
import os

import pytest

from p2kp_desktop.actions.protection import password, patience
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import key_files, keyring, open_workspace, slots
from tests.protected import LEAST, PASSWORD, a_protected, forgotten


@pytest.fixture
def file(tmp_path):
    return tmp_path / "Siti.p2kp"


@pytest.fixture
def protection(file):
    made, protection = a_protected(file)
    made.close()
    forgotten(protection)
    return protection


def is_open(file):
    open_workspace(file).close()
    return True


@pytest.mark.usefixtures("protection")
def test_the_password_opens_it_and_says_whose_it_is(file):
    assert password.is_locked(file)
    assert password.unlock(file, f" {PASSWORD} ") == "Siti"
    assert is_open(file)


@pytest.mark.usefixtures("protection")
def test_a_file_renamed_on_this_machine_finds_its_keys(file, tmp_path):
    other = tmp_path / "lain" / "Baru.p2kp"
    other.parent.mkdir()
    file.rename(other)
    assert password.unlock(other, PASSWORD) == "Siti"
    assert key_files.beside(other).is_file()  # and has them beside it again


def test_a_file_carried_alone_to_another_machine_says_what_is_missing_and_opens_with_the_words(
    file, protection, tmp_path, monkeypatch
):
    other = tmp_path / "lain" / "Siti.p2kp"
    other.parent.mkdir()
    other.write_bytes(file.read_bytes())
    monkeypatch.setenv("P2KP_HOME", str(tmp_path / "rumah lain"))
    with pytest.raises(Trouble, match="tidak ikut") as told:
        password.unlock(other, PASSWORD)
    assert ".kunci" in told.value.remedy
    assert "Siti" not in told.value.remedy  # the key file is called after the original, which may be called otherwise
    password.unlock_with_words(other, " ".join(protection.words))
    assert is_open(other)


def test_a_lost_password_is_replaced_by_the_words_on_a_blank_machine(file, protection, tmp_path, monkeypatch):
    key_files.beside(file).unlink()
    monkeypatch.setenv("P2KP_HOME", str(tmp_path / "rumah lain"))
    password.reset(file, " ".join(word[:4] for word in protection.words), "Siti", "sandi baru 2026", LEAST)
    forgotten(protection)
    assert password.unlock(file, "sandi baru 2026") == "Siti"
    assert is_open(file)


@pytest.mark.usefixtures("protection")
def test_words_of_another_workspace_are_told(file, tmp_path):
    made, other = a_protected(tmp_path / "Ani.p2kp", "Ani")
    made.close()
    with pytest.raises(Trouble, match="bukan milik Siti"):
        password.unlock_with_words(file, " ".join(other.words))


def test_changing_it_touches_no_byte_of_the_file(file, protection):
    before = file.read_bytes()
    assert password.change(file, PASSWORD, "sandi baru 2026", LEAST) == "Siti"
    forgotten(protection)
    with pytest.raises(Trouble, match="salah"):
        password.unlock(file, PASSWORD)
    password.unlock(file, "sandi baru 2026")
    assert file.read_bytes() == before
    assert password.people(file) == ["Siti"]


def test_a_weak_one_is_refused_before_anything_is_made(file):
    with pytest.raises(Trouble, match="mudah ditebak"):
        password.chosen("Siti", "123456", LEAST)
    assert list(file.parent.iterdir()) == []


def test_wrong_ones_wait_longer_and_the_right_one_forgets_them(file, protection, monkeypatch):
    for _try in range(patience.FREE):
        with pytest.raises(Trouble, match="salah"):
            password.unlock(file, "bukan ini 77")
    with pytest.raises(Trouble, match="5 detik"):
        password.unlock(file, "bukan ini 77")
    with pytest.raises(Trouble) as told:
        password.unlock(file, PASSWORD)  # even the right one waits
    assert told.value.code == "K24"
    now = patience.time.time()
    monkeypatch.setattr(patience.time, "time", lambda: now + 6)
    password.unlock(file, PASSWORD)
    assert patience.seconds_left(protection.lock.salt) == 0
    assert is_open(file)


def test_no_wait_is_longer_than_five_minutes_whatever_the_clock_says(protection, monkeypatch):
    for _try in range(40):
        patience.note_wrong(protection.lock.salt)
    assert 0 < patience.seconds_left(protection.lock.salt) <= 300
    now = patience.time.time()
    monkeypatch.setattr(patience.time, "time", lambda: now - 10_000_000)
    assert patience.seconds_left(protection.lock.salt) <= 300


@pytest.mark.parametrize("change", [
    lambda told: told["people"][0].update(person="Ani"),
    lambda told: told["people"][0]["effort"].update(passes=2),
    lambda told: told["people"][0].update(sealed="00" * 32),
    lambda told: told["people"][0]["effort"].update(memory=1 << 40),
    lambda told: told["people"][0]["effort"].update(memory=1 << 20),  # KiB: more than cheap laptops have to spare
    lambda told: told.update(format=2),
    lambda told: told.update(people="x"),
    lambda told: told["people"][0].update(nonce="ab"),
    lambda told: told["people"][0].update(spice="ab"),
    lambda told: told["people"][0]["effort"].update(passes=float("inf")),
    lambda told: told.update(former=[{"salt": "ab", "nonce": "ab", "sealed": "ab"}]),
])
def test_a_key_file_that_was_changed_opens_nothing(file, protection, tmp_path, monkeypatch, change):
    monkeypatch.setenv("P2KP_HOME", str(tmp_path / "rumah lain"))
    told = json.loads(key_files.beside(file).read_text(encoding="utf-8"))
    change(told)
    key_files.beside(file).write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(Trouble) as refused:
        password.unlock(file, PASSWORD)
    assert refused.value.code in ("K23", "K25")
    assert keyring.lock_of(protection.lock.salt) is None


@pytest.mark.usefixtures("protection")
def test_a_key_file_of_endless_brackets_says_nothing(file):
    key_files.beside(file).write_text("[" * 100_000, encoding="utf-8")
    assert key_files.read(key_files.beside(file)) is None
    assert password.unlock(file, PASSWORD) == "Siti"  # by the keys in the profile


def test_no_key_file_holds_the_secret_or_the_key(file, protection, home):
    for path in (key_files.beside(file), *home.rglob("*.kunci")):
        text = path.read_text(encoding="utf-8")
        assert protection.secret.hex() not in text
        assert protection.lock.key.hex() not in text
        assert os.name == "nt" or path.stat().st_mode & 0o077 == 0  # Windows keeps rights in lists of its own


def test_the_effort_measured_takes_64_mebibytes():
    assert slots.measured().memory == 64 << 10
