"""A workspace file behind a password: nothing in it is readable, and its faults are told as those of any other."""

from contextlib import suppress

import pytest

from p2kp_desktop import databases
from p2kp_desktop.actions.common import backups, soundness
from p2kp_desktop.actions.upkeep import salvage
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import files, keyring, marks, open_workspace, pages, views
from tests.protected import a_protected, forgotten, holding
from tests.records import save

PAGE = 4096
NIK = "1671014101800001"


@pytest.fixture
def protected(tmp_path):
    made, protection = a_protected(tmp_path / "Siti.p2kp")
    yield made, protection
    made.close()


def names(workspace):
    with workspace.asking() as connection:
        return sorted(each.answers["head_name"] for each in views.found(connection, Household))


def test_nothing_of_it_is_readable_while_it_is_open_nor_after(protected, tmp_path, home):
    workspace, _protection = protected
    save(workspace, head_name="Ratnawulan Kusumo", nik=NIK)
    assert holding(tmp_path, "Ratnawulan", NIK, "CREATE TABLE") == []
    backups.back_up(workspace)
    workspace.close()
    assert holding(tmp_path, "Ratnawulan", NIK, "CREATE TABLE", "SQLite format 3") == []
    assert holding(home, "Ratnawulan", NIK) == []


def test_without_its_key_it_says_that_it_is_behind_a_password(protected, tmp_path):
    workspace, protection = protected
    workspace.close()
    forgotten(protection)
    with pytest.raises(Trouble, match="terlindungi kata sandi") as told:
        open_workspace(tmp_path / "Siti.p2kp")
    assert told.value.code == files.LOCKED
    keyring.learn(protection.lock)
    with open_workspace(tmp_path / "Siti.p2kp") as again:
        assert soundness.check(again) == []


def test_another_key_is_told_and_harms_nothing(protected, tmp_path):
    workspace, protection = protected
    save(workspace, head_name="Ani")
    workspace.close()
    keyring.learn(keyring.Lock(protection.lock.salt, bytes(keyring.KEY)))
    with pytest.raises(Trouble) as told:
        open_workspace(tmp_path / "Siti.p2kp")
    assert told.value.code == "R15"
    keyring.learn(protection.lock)
    with open_workspace(tmp_path / "Siti.p2kp") as again:
        assert names(again) == ["Ani"]


def test_a_machine_without_the_library_says_so_and_writes_nothing_in_clear(tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "ENCIPHERS", False)
    with pytest.raises(Trouble) as told:
        a_protected(tmp_path / "Siti.p2kp")
    assert told.value.code == files.NO_CIPHER
    assert not (tmp_path / "Siti.p2kp").exists()


def test_its_backups_open_with_its_key_and_count_as_backups(protected):
    workspace, _protection = protected
    save(workspace, head_name="Ani")
    made = backups.back_up(workspace)
    assert pages.is_sound(made)
    assert marks.content(made).holdings.households == 1
    assert backups.if_changed(workspace) is None


def test_a_file_cut_off_or_hit_is_told_as_damaged(protected, tmp_path):
    workspace, _protection = protected
    save(workspace)
    workspace.close()
    whole = (tmp_path / "Siti.p2kp").read_bytes()
    cut, hit = tmp_path / "cut.p2kp", tmp_path / "hit.p2kp"
    cut.write_bytes(whole[: len(whole) // 2])
    hit.write_bytes(whole[: 2 * PAGE] + bytes([7]) * 5 * PAGE + whole[7 * PAGE :])
    for file in (cut, hit):
        assert not pages.is_sound(file)
        with suppress(Trouble), open_workspace(file) as opened:
            assert soundness.check(opened)


def test_what_can_still_be_read_of_it_is_saved_behind_the_same_password(protected, tmp_path):
    workspace, _protection = protected
    for number in range(60):
        save(workspace, head_name=f"Kepala {number:02d}")
    workspace.close()
    file = tmp_path / "Siti.p2kp"
    data = bytearray(file.read_bytes())
    with open_workspace(file) as opened, opened.asking() as connection:
        root = connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'history'").scalar()
    data[(root - 1) * PAGE : root * PAGE] = bytes([7]) * PAGE
    file.write_bytes(bytes(data))
    outcome = salvage.salvage(file)
    assert outcome.households == 60
    assert files.is_enciphered(file)
    with open_workspace(file) as again:
        assert len(names(again)) == 60


def test_a_backup_in_clear_is_restored_behind_the_password_of_its_place(tmp_path, make_workspace):
    plain = make_workspace("Ani")
    save(plain, head_name="Ratnawulan Kusumo")
    bare = backups.back_up(plain)
    place = tmp_path / "tempat" / "Siti.p2kp"
    place.parent.mkdir()
    a_protected(place)[0].close()
    backups.restore(bare, place)
    assert files.is_enciphered(place)
    assert holding(place.parent, "Ratnawulan") == []
    with open_workspace(place) as again:
        assert names(again) == ["Ratnawulan Kusumo"]
