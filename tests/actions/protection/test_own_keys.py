"""Where the private keys of a workspace lie: in the profile of this machine, and in nothing that leaves it."""

import shutil
from pathlib import Path

import pytest

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.protection import conversion, password
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.exchange import reading, signing
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import sealing
from p2kp_desktop.store import facts, key_files, keyring, node, open_workspace, own_keys
from tests.protected import LEAST, PASSWORD, a_protected, forgotten, holding


def _keys(workspace):
    with workspace.asking() as connection:
        return own_keys.signing(connection), own_keys.sealing(connection)


def _edit(workspace):
    recording.record(workspace, Household, {"rt": "1/1", "head_name": "Siti"})


def _on_another_machine(monkeypatch, folder, sign="0123456789abc"):
    monkeypatch.setenv("P2KP_HOME", str(folder))
    monkeypatch.setattr(environment, "machine", lambda: f"{sign[:12]}c")


def test_the_keys_stay_the_same_and_lie_in_no_file_but_that_of_the_profile(workspace, tmp_path):
    keys = _keys(workspace)
    _edit(workspace)
    backups.back_up(workspace)

    assert _keys(workspace) == keys
    assert sealing.is_public(sealing.public_of(keys[1]))
    assert holding(key_files.folder(), *keys)
    assert not holding(tmp_path, *keys)


def test_a_backup_on_another_machine_signs_with_new_keys_and_says_so(workspace, tmp_path, monkeypatch):
    _edit(workspace)
    keys = _keys(workspace)
    copy = shutil.copy(backups.back_up(workspace), tmp_path / "curian.p2kp")
    _on_another_machine(monkeypatch, tmp_path / "lain")

    with open_workspace(copy) as other:
        with other.asking() as connection:
            assert node.origin(connection, other.name) == node.Origin(node.MOVED)
        _edit(other)
        assert not {*keys} & {*_keys(other)}
        sent = sending.send(other, tmp_path, to="district")
    parcel = reading.read(sent.path)
    assert signing.signer(parcel.seal, parcel.signature, "") == signing.public_of(_signing_in(copy))
    assert signing.public_of(keys[0]) != signing.public_of(_signing_in(copy))


def _signing_in(file):
    with open_workspace(file) as workspace:
        return _keys(workspace)[0]


def test_a_disk_that_was_imaged_with_its_profile_does_not_sign_with_the_keys_on_it(workspace, monkeypatch):
    _edit(workspace)
    keys = _keys(workspace)
    monkeypatch.setattr(environment, "machine", lambda: "0123456789abc")

    _edit(workspace)
    with open_workspace(workspace.name) as image:
        _edit(image)
        assert not {*keys} & {*_keys(image)}


def test_a_file_that_comes_home_goes_on_with_the_keys_that_stayed_there(workspace, tmp_path, monkeypatch):
    _edit(workspace)
    keys = _keys(workspace)
    with monkeypatch.context() as away:
        _on_another_machine(away, tmp_path / "lain")
        with open_workspace(workspace.name) as there:
            _edit(there)
            assert _keys(there) != keys
    with open_workspace(workspace.name) as back:
        _edit(back)
        assert _keys(back) == keys


def test_a_copy_and_a_restored_backup_on_the_same_machine_keep_the_keys(workspace, tmp_path):
    _edit(workspace)
    keys = _keys(workspace)
    copy = shutil.copy(backups.back_up(workspace), tmp_path / "salinan.p2kp")

    with open_workspace(copy) as other:
        before = _node(other)
        _edit(other)
        assert _node(other) != before
        assert _keys(other) == keys


def _node(workspace):
    with workspace.asking() as connection:
        return facts.facts(connection).node


def test_a_file_of_a_former_release_gives_its_key_up_to_the_profile(workspace, tmp_path):
    _make_old(workspace)
    key = signing.new_key()
    with workspace.changing() as connection:
        facts.note(connection, own_keys.SIGNING, key)

    with open_workspace(workspace.name) as opened:
        assert _keys(opened)[0] == key
        _edit(opened)
        assert _keys(opened)[0] == key
        backups.back_up(opened)
    assert not holding(tmp_path, key)


def _make_old(workspace):
    """Leave a workspace as a former release did: nothing of its keys anywhere."""
    shutil.rmtree(key_files.folder(), ignore_errors=True)
    with workspace.changing() as connection:
        facts.forget(connection, own_keys.PUBLIC)


def test_an_old_backup_of_another_machine_does_not_sign_with_the_key_in_it(workspace, tmp_path, monkeypatch):
    _make_old(workspace)
    key = signing.new_key()
    with workspace.changing() as connection:
        facts.note(connection, own_keys.SIGNING, key)
    _on_another_machine(monkeypatch, tmp_path / "lain")

    with open_workspace(workspace.name) as there:
        assert _keys(there)[0] != key
        _edit(there)
        assert _keys(there)[0] != key
        backups.back_up(there)
    assert not holding(tmp_path, key)


def test_a_change_that_is_cut_off_on_its_way_leaves_the_key(workspace):
    _make_old(workspace)
    key = signing.new_key()
    with workspace.changing() as connection:
        facts.note(connection, own_keys.SIGNING, key)

    with open_workspace(workspace.name) as opened:
        with pytest.raises(ZeroDivisionError), node.editing(opened):
            raise ZeroDivisionError
        assert _keys(opened)[0] == key
    shutil.rmtree(key_files.folder())
    assert _signing_in(workspace.name) == key  # its row is there until the change is on the disk


def test_lost_keys_are_replaced_and_said(workspace):
    _edit(workspace)
    keys = _keys(workspace)
    with workspace.asking() as connection:
        assert node.origin(connection, workspace.name) is None
    shutil.rmtree(key_files.folder())

    with workspace.asking() as connection:
        assert node.origin(connection, workspace.name) == node.Origin(node.KEYLESS)
        own_keys.signing(connection)
        assert node.origin(connection, workspace.name) == node.Origin(node.KEYLESS)
    with open_workspace(workspace.name) as again:
        _edit(again)
        assert not {*keys} & {*_keys(again)}
        with again.asking() as connection:
            assert node.origin(connection, again.name) is None


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 2}', '{"format": 1, "machine": "", "keys": 3}',
                                  '{"format": 1, "machine": "", "salt": "zz", "nonce": "", "sealed": ""}'])
def test_a_damaged_file_of_keys_is_replaced(workspace, text):
    _keys(workspace)
    (place,) = key_files.folder().glob(f"*{own_keys.ENDING}")
    place.write_text(text, encoding="utf-8")
    assert sealing.is_public(sealing.public_of(_keys(workspace)[1]))


def test_a_profile_that_cannot_be_written_keeps_the_keys_for_this_process_and_the_row(workspace, monkeypatch):
    _make_old(workspace)
    key = signing.new_key()
    with workspace.changing() as connection:
        facts.note(connection, own_keys.SIGNING, key)

    def refuses(*_arguments):
        raise PermissionError

    monkeypatch.setattr(key_files, "write", refuses)
    with open_workspace(workspace.name) as opened:
        _edit(opened)
        assert _keys(opened) == _keys(opened)
        with opened.asking() as connection:
            assert facts.everything(connection)[own_keys.SIGNING] == key


def test_behind_a_password_the_keys_are_sealed_by_its_secret(tmp_path):
    made, protection = a_protected(tmp_path / "a.p2kp")
    with made:
        _edit(made)
        keys = _keys(made)
    assert not holding(tmp_path, *keys)
    assert not holding(key_files.folder(), *keys)

    forgotten(protection)
    password.unlock(tmp_path / "a.p2kp", PASSWORD)
    assert _signing_in(tmp_path / "a.p2kp") == keys[0]


def test_putting_a_workspace_behind_a_password_seals_its_keys_and_other_words_seal_them_anew(workspace):
    _edit(workspace)
    file, keys = Path(workspace.name), _keys(workspace)
    workspace.close()

    fresh = conversion.begun(file, "Siti", PASSWORD, LEAST)
    conversion.encipher(file, fresh)
    assert not holding(key_files.folder(), *keys)
    assert _signing_in(file) == keys[0]

    renewed = conversion.renew(file, PASSWORD, LEAST)
    keyring.forget(fresh.lock.salt)
    assert _signing_in(file) == keys[0]
    keyring.forget(renewed.lock.salt)


def _original_and_copy(workspace, folder):
    """Give the paths of a workspace in clear, closed, and of a copy that somebody made of it, and its keys."""
    _edit(workspace)
    file, keys = Path(workspace.name), _keys(workspace)
    workspace.close()
    return file, Path(shutil.copy(file, folder / "salinan.p2kp")), keys


def _behind_a_password(file):
    protection = conversion.begun(file, "Siti", PASSWORD, LEAST)
    conversion.encipher(file, protection)
    return protection


def test_a_copy_that_is_put_behind_a_password_leaves_the_keys_of_its_original(workspace, tmp_path):
    file, copy, keys = _original_and_copy(workspace, tmp_path)
    forgotten(_behind_a_password(copy))
    with open_workspace(file) as original, original.asking() as connection:
        assert node.origin(connection, original.name) is None
    assert _signing_in(file) == keys[0]


def test_a_copy_in_clear_leaves_the_keys_of_an_original_that_is_behind_a_password(workspace, tmp_path):
    file, copy, keys = _original_and_copy(workspace, tmp_path)
    protection = _behind_a_password(file)
    forgotten(protection)
    assert _signing_in(copy) != keys[0]  # whoever only looks has none
    with open_workspace(copy) as other:
        _edit(other)
    own = _signing_in(copy)
    own_keys._known.clear()
    assert _signing_in(copy) == own
    with open_workspace(copy) as other, other.asking() as connection:
        assert node.origin(connection, other.name) is None
    password.unlock(file, PASSWORD)
    assert _signing_in(file) == keys[0]
    assert not holding(key_files.folder(), *keys)


def test_a_copy_in_clear_has_no_part_in_the_keys_of_an_original_that_is_open_beside_it(workspace, tmp_path):
    file, copy, keys = _original_and_copy(workspace, tmp_path)
    protection = _behind_a_password(file)
    with open_workspace(file) as original, open_workspace(copy) as other:
        assert _keys(original) == keys
        assert not {*keys} & {*_keys(other)}
        _edit(other)
        assert not {*keys} & {*_keys(other)}
        _edit(original)
        assert _keys(original) == keys
    assert not holding(key_files.folder(), *keys)
    forgotten(protection)


def test_a_copy_with_other_recovery_words_leaves_the_keys_of_its_original(workspace, tmp_path):
    file, _, keys = _original_and_copy(workspace, tmp_path)
    protection = _behind_a_password(file)
    copy = Path(shutil.copy(file, tmp_path / "salinan.p2kp"))
    renewed = conversion.renew(copy, PASSWORD, LEAST)
    keyring.forget(renewed.lock.salt)
    own_keys._known.clear()
    assert _signing_in(file) == keys[0]
    forgotten(protection)


def test_bundles_are_still_those_of_the_workspace_after_its_key_moved(workspace, tmp_path):
    _edit(workspace)
    first = sending.send(workspace, tmp_path, to="district").path
    assert not receiving.receive(workspace, first, rehearse=True).trouble
