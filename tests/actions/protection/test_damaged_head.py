"""An enciphered workspace whose first bytes are damaged: it does not come back in clear, and all of it can be read."""

import shutil

import pytest

from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.protection import conversion, password
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.upkeep import salvage
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import files, key_files, open_workspace
from tests.protected import LEAST, PASSWORD, forgotten, holding

HEADS = [bytes(16), b"P2KP\x01" + bytes(11)]


@pytest.fixture
def scene(make_workspace, tmp_path):
    """Give a protected workspace, its protection, and a backup of it in clear, as one on a stick may be."""
    with make_workspace() as workspace:
        recording.record(workspace, Household, {"rt": "1/1", "head_name": "Namarahasia"})
        bare = shutil.copy(backups.back_up(workspace), tmp_path / "di flashdisk.p2kp")
        file = type(tmp_path)(workspace.name)
    fresh = conversion.begun(file, "Siti", PASSWORD, LEAST)
    conversion.encipher(file, fresh)
    conversion.encipher_copies(file)
    return file, fresh, bare


def _spoil(file, head):
    with file.open("rb+") as there:
        there.write(head)


@pytest.mark.parametrize("head", HEADS)
def test_a_backup_in_clear_that_is_restored_over_it_comes_behind_its_password(scene, tmp_path, head):
    file, _fresh, bare = scene
    _spoil(file, head)

    backups.restore(bare, file)
    assert files.is_enciphered(file)
    assert holding(tmp_path, "Namarahasia") == [bare]


@pytest.mark.parametrize("head", HEADS)
def test_without_the_password_nothing_is_restored_in_clear_and_with_it_all_is(scene, head):
    file, fresh, bare = scene
    _spoil(file, head)
    forgotten(fresh)

    with pytest.raises(Trouble) as caught:
        backups.restore(bare, file)
    assert caught.value.code == files.LOCKED
    assert not files.is_enciphered(file) or files.salt_of(file) == head

    assert password.is_locked(file)
    with pytest.raises(Trouble, match="salah"):
        password.unlock(file, "bukan ini 123")
    password.unlock(file, PASSWORD)
    backups.restore(bare, file)
    with open_workspace(file):
        assert files.salt_of(file) == fresh.lock.salt


def test_the_words_of_another_workspace_are_not_taken_for_its_own(scene):
    file, fresh, _bare = scene
    _spoil(file, HEADS[0])
    forgotten(fresh)
    other = password.chosen("Ali", PASSWORD, LEAST)
    with pytest.raises(Trouble, match="bukan milik"):
        password.unlock_with_words(file, " ".join(other.words))
    password.unlock_with_words(file, " ".join(fresh.words))


def test_what_is_in_it_can_be_saved(scene):
    file, _fresh, _bare = scene
    _spoil(file, HEADS[0])
    saved = salvage.salvage(file)
    assert saved.records[Household.key] == 1
    assert files.is_enciphered(file)


def test_a_workspace_in_clear_beside_a_key_file_of_a_conversion_that_was_cut_off_stays_in_clear(make_workspace):
    with make_workspace() as workspace:
        bare, file = backups.back_up(workspace), workspace.name
    place = type(bare)(file)
    fresh = conversion.begun(place, "Siti", PASSWORD, LEAST)
    password.put_up(place, fresh)
    forgotten(fresh)

    backups.restore(bare, place)
    assert not files.is_enciphered(place)
    assert key_files.meant_salt(place) == b""
