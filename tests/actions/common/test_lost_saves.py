"""Saves that this laptop counted and a file lacks: said when it is opened and checked, with the way back."""

import shutil
from pathlib import Path

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import backups, lost_saves, soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import open_workspace, views


def fill(workspace, number):
    for _ in range(number):
        recording.record(workspace, Household, {"rt": "014/005"})


def households(workspace):
    with workspace.asking() as connection:
        return len(list(views.found(connection, Household)))


def cut(workspace, path, left):
    """Leave the file as a power cut leaves it that took the end of its log; `left` is what part of it is left."""
    kept = path.with_name("was.p2kp")
    log = path.with_name(f"{path.name}-wal")
    shutil.copyfile(path, kept)
    shutil.copyfile(log, f"{kept}-wal")
    workspace.close()
    kept.replace(path)
    whole = Path(f"{kept}-wal").read_bytes()
    Path(f"{kept}-wal").unlink()
    if left:
        log.write_bytes(whole[: int(len(whole) * left)])


@pytest.fixture
def path(make_workspace):
    """A workspace with 10 households in the file itself."""
    workspace = make_workspace()
    fill(workspace, 10)
    workspace.close()
    return Path(workspace.name)


@pytest.mark.parametrize("left", [0, 0.5])
def test_saves_that_were_in_a_lost_or_cut_log_are_counted_and_the_backup_that_holds_them_named(path, left):
    workspace = open_workspace(path)
    fill(workspace, 20)
    kept = backups.back_up(workspace)
    fill(workspace, 31)
    cut(workspace, path, left)
    with open_workspace(path) as again:
        lost = 61 - households(again)
        assert 0 < lost <= 51
        found = lost_saves.missing(again)
        assert (found.lag.saves, found.backup, found.held) == (lost, kept, max(0, lost - 31)) or left
        (told,) = soundness.check(again)
        assert told.startswith(f"{lost} simpanan terakhir tidak ada di berkas ini.")
        assert "Pulihkan cadangan itu" in told or found.held == 0
    backups.restore(kept, path)
    with open_workspace(path) as again:
        assert households(again) == 30
        assert soundness.check(again) == soundness.remarks(again) == []


def test_without_a_backup_the_offices_that_have_them_are_the_way_back(path, make_workspace, tmp_path):
    office = make_workspace("Kota", role="district", regions=("16.71",))
    workspace = open_workspace(path)
    fill(workspace, 5)
    receiving.receive(office, sending.send(workspace, tmp_path).path)
    cut(workspace, path, 0)
    with open_workspace(path) as again:
        told, events = soundness.check(again)
        assert told.startswith("5 simpanan terakhir")
        assert "Terima lagi paket" in told
        assert "laptop ini mencatat nomor" in events  # the same cut took the note that a bundle was sent
        fill(again, 1)  # somebody goes on without them: it stays known, and is no damage any more
        assert soundness.check(again) == []
        (told,) = soundness.remarks(again)
        assert told.startswith("5 simpanan terakhir")
        receiving.receive(again, sending.send(office, tmp_path, to="facilitator", full=True).path)
        assert households(again) == 16
        assert soundness.check(again) == soundness.remarks(again) == []


def test_a_copy_that_lacks_the_last_work_says_so_until_it_counts_by_itself(path, tmp_path):
    copied = tmp_path / "salinan.p2kp"
    with open_workspace(path) as workspace:
        fill(workspace, 40)
        shutil.copyfile(path, copied)
        with open_workspace(copied) as copy:
            found = lost_saves.missing(copy)
            assert (found.lag.saves, found.lag.original) == (40, str(path.resolve()))
            assert soundness.check(copy) == []
            (told,) = soundness.remarks(copy)
            assert told.startswith("Salinan ini lebih lama daripada aslinya: 40 simpanan")
            fill(copy, 1)
        fill(workspace, 3)
        with open_workspace(copied) as copy:
            assert lost_saves.missing(copy) is None
        assert lost_saves.missing(workspace) is None


def test_a_file_moved_away_from_its_log_lacks_what_was_in_it(path, tmp_path):
    moved = tmp_path / "pindah" / path.name
    moved.parent.mkdir()
    workspace = open_workspace(path)
    fill(workspace, 4)
    cut(workspace, path, 0)
    path.rename(moved)
    with open_workspace(moved) as again:
        (told,) = soundness.check(again)
        assert told.startswith("4 simpanan terakhir")
