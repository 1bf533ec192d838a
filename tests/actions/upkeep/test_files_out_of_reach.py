"""A file that is held, pulled or cannot be written is told as that, and never as damage."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from p2kp_desktop import held_files
from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.upkeep import salvage
from p2kp_desktop.databases import library
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import copies, open_workspace, opening, pages, reaching, views
from tests.conftest import KELURAHAN


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Count the pauses instead of waiting."""
    pauses = []
    monkeypatch.setattr(held_files.time, "sleep", pauses.append)
    return pauses


@pytest.fixture
def hold(monkeypatch):
    """Give a function that lets another program hold a file for so many tries, as Windows tells it."""
    held = {}
    real = Path.open

    def open_it(path, *arguments, **named):
        if held.get(path, 0) > 0:
            held[path] -= 1
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", open_it)
    return held.__setitem__


@pytest.fixture
def kept(workspace):
    """Give the file of a workspace with one household, closed, and a backup of it."""
    recording.record(workspace, Household, {"id": "h", "region": KELURAHAN, "rt": "1/1", "head_name": "Siti"})
    backup = backups.back_up(workspace)
    workspace.close()
    return Path(workspace.name), backup


def test_a_workspace_that_is_held_for_a_moment_opens(kept, hold, at_once):
    file, _backup = kept
    hold(file, 3)
    with open_workspace(file) as again, again.asking() as connection:
        assert [each.id for each in views.found(connection, Household)] == ["h"]
    assert sum(at_once) <= 1


def test_a_workspace_that_stays_held_is_told_as_held_within_a_second(kept, hold, at_once):
    file, _backup = kept
    hold(file, 999)
    with pytest.raises(Trouble) as told:
        open_workspace(file)
    assert told.value.code == reaching.HELD
    assert "sedang dipakai program lain" in told.value.what
    assert "OneDrive" in told.value.remedy
    assert sum(at_once) <= 1


def test_a_good_backup_that_is_held_is_not_called_damaged(kept, hold):
    file, backup = kept
    hold(backup, 999)
    with pytest.raises(Trouble) as told:
        backups.restore(backup, file)
    assert told.value.code == reaching.HELD
    assert "rusak" not in str(told.value)
    hold(backup, 0)
    assert backups.restore(backup, file) is not None


def test_a_held_backup_does_not_keep_the_others_from_the_page_of_rescue(kept, hold):
    file, backup = kept
    with open_workspace(file) as workspace:
        recording.record(workspace, Household, {"id": "i", "region": KELURAHAN, "rt": "1/1", "head_name": "Ani"})
        newer = backups.back_up(workspace)
    hold(newer, 999)
    assert [each.path for each in salvage.examine(file).good] == [backup]


def test_restoring_onto_a_held_workspace_says_that_restoring_failed(kept, monkeypatch):
    file, backup = kept
    part = copies.fetch(backup, file)
    real = Path.replace
    monkeypatch.setattr(Path, "replace", lambda path, target: (_ for _ in ()).throw(
        PermissionError(13, "Permission denied", str(target))) if path == part else real(path, target))
    with pytest.raises(Trouble) as told:
        copies.put_in_place(part, file)
    assert told.value.code == reaching.HELD
    assert file.name in told.value.what


@pytest.mark.parametrize("said", [
    "database disk image is malformed", "file is not a database", "disk I/O error", "unable to open database file",
])
def test_a_stick_that_is_pulled_is_told_as_gone_whatever_the_database_says(workspace, said):
    folder = Path(workspace.name).parent
    away = folder.with_name("di tangan")
    with pytest.raises(Trouble) as told, workspace.asking():
        folder.rename(away)
        raise sa.exc.OperationalError("SELECT 1", {}, library.OperationalError(said))
    away.rename(folder)
    assert told.value.code == "R07"
    assert "Jangan dipakai lagi" not in told.value.remedy
    assert "Pasang lagi" in told.value.remedy


def test_a_disk_that_gives_nothing_is_not_told_as_damage(workspace, monkeypatch):
    monkeypatch.setattr(reaching, "is_readable", lambda _path: False)
    with pytest.raises(Trouble) as told, workspace.asking():
        raise sa.exc.DatabaseError("SELECT 1", {}, library.DatabaseError("database disk image is malformed"))
    assert told.value.code == "R16"
    assert "rusak." not in told.value.what


def test_a_full_disk_is_told_as_full_though_the_database_says_it_cannot_write(workspace, monkeypatch):
    monkeypatch.setattr("p2kp_desktop.store.faults.shutil.disk_usage", lambda _folder: type("Usage", (), {"free": 0}))
    with pytest.raises(Trouble, match="Disk penuh") as told, workspace.changing():
        raise sa.exc.OperationalError("INSERT", {}, library.OperationalError("disk I/O error"))
    assert told.value.code == "R10"
    assert "ulihkan" not in told.value.remedy


def test_damage_is_still_told_as_damage(workspace):
    with pytest.raises(Trouble, match="rusak") as told, workspace.asking():
        raise sa.exc.DatabaseError("SELECT 1", {}, library.DatabaseError("database disk image is malformed"))
    assert told.value.code == "R14"


def test_a_workspace_on_a_locked_stick_can_be_looked_at_and_says_that_nothing_is_saved(kept, monkeypatch):
    file, _backup = kept
    monkeypatch.setattr(reaching, "is_read_only", lambda _path: True)
    with open_workspace(file) as looked:
        with looked.asking() as connection:
            assert [each[Household.head_name] for each in views.found(connection, Household)] == ["Siti"]
        with pytest.raises(Trouble) as told:
            recording.record(looked, Household, {"region": KELURAHAN, "rt": "1/1", "head_name": "Ani"})
    assert told.value.code == "R12"
    assert [path.name for path in file.parent.glob(f"{file.name}-*")] == []


def test_work_that_is_only_in_the_log_of_a_locked_stick_is_said(kept, monkeypatch):
    file, _backup = kept
    file.with_name(f"{file.name}-wal").write_bytes(b"x")
    monkeypatch.setattr(reaching, "is_read_only", lambda _path: True)
    with pytest.raises(Trouble, match="masih ada di") as told:
        open_workspace(file)
    assert told.value.code == "R09"


def test_a_sound_file_is_sound_and_a_missing_one_is_not(kept, tmp_path):
    assert pages.is_sound(kept[0])
    assert not pages.is_sound(tmp_path / "tidak ada.p2kp")
    assert opening.only_looks(kept[0]) is False
