"""Temporary files: in one place, for one user, gone after a kill; and what is put in order when a workspace opens."""

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import sending
from p2kp_desktop.actions.common import backups, originals
from p2kp_desktop.actions.recording import attachments, recording
from p2kp_desktop.actions.upkeep import housekeeping
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import open_workspace
from tests.conftest import KELURAHAN

DAY = 86_400
KILLED = """
import sys, time
from pathlib import Path
from p2kp_desktop.actions.bundles import sending
from p2kp_desktop.exchange import locking
from p2kp_desktop.store import open_workspace

def lock(source, target, password):
    print(source, flush=True)
    time.sleep(600)

locking.lock = lock
with open_workspace(sys.argv[1]) as workspace:
    sending.send(workspace, Path(sys.argv[2]), password="perahu jambu kursi 12")
"""
posix = pytest.mark.skipif(os.name != "posix", reason="rights and signals of POSIX")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def old(path, content=b"x"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (time.time() - DAY,) * 2)
    return path


@posix
def test_a_bench_is_for_its_user_alone_and_gone_afterwards():
    with environment.bench() as bench:
        assert mode(bench) == 0o700
        assert mode(bench.parent) & 0o077 == 0
        environment.sweep_benches()
        assert bench.is_dir()
    assert not bench.exists()


@posix
def test_a_send_that_is_killed_leaves_its_open_bundle_until_the_next_start_only(workspace, tmp_path):
    recording.record(workspace, Household, {"region": KELURAHAN, "rt": "1/1", "head_name": "Siti"})
    with subprocess.Popen([sys.executable, "-c", KILLED, workspace.name, str(tmp_path)], stdout=subprocess.PIPE,
                          text=True) as process:
        bundle = Path(process.stdout.readline().strip())
        assert bundle.is_file()
        environment.sweep_benches()
        assert bundle.is_file()  # its process lives
        process.kill()
    assert bundle.is_file()
    environment.sweep_benches()
    assert not bundle.parent.exists()


def test_half_copies_of_killed_processes_are_taken_away_and_new_ones_are_left(workspace):
    file = Path(workspace.name)
    folders = (file.parent, backups.folder_of(file), originals.folder_of(workspace), attachments.folder_of(workspace))
    left = [old(folder / f"{file.name}.part") for folder in folders]
    left.append(old(file.with_name(f"{file.name}.pulih.part")))
    others = [old(file.with_name("lain.p2kp.part")), old(backups.folder_of(file) / "cadangan.p2kp")]
    new = backups.folder_of(file) / "baru.p2kp.part"
    new.write_bytes(b"x")
    housekeeping.put_in_order(workspace)
    assert [path for path in left if path.exists()] == []
    assert all(path.exists() for path in (*others, new))


@posix
def test_a_workspace_and_its_folders_are_closed_to_other_users(workspace):
    file = Path(workspace.name)
    file.chmod(0o644)
    folder = originals.folder_of(workspace)
    folder.mkdir(mode=0o755)
    housekeeping.put_in_order(workspace)
    assert (mode(file), mode(folder)) == (0o600, 0o700)
    assert {mode(path) & 0o077 for path in file.parent.glob(f"{file.name}-*")} <= {0}


@posix
def test_what_the_command_line_writes_is_for_its_user_alone(tmp_path):
    command = [sys.executable, "-m", "p2kp_desktop.cli"]
    subprocess.run([*command, "init", str(tmp_path / "a.p2kp"), "--role", "facilitator", "--name", "Tim", "--region",
                    KELURAHAN], check=True, capture_output=True)
    subprocess.run([*command, "backup", str(tmp_path / "a.p2kp")], check=True, capture_output=True)
    assert [path.name for path in tmp_path.rglob("*") if mode(path) & 0o077] == []
    assert len(list(tmp_path.rglob("*"))) >= 3


def test_a_stick_keeps_no_half_bundle_beside_the_next_one(workspace, tmp_path):
    half, others = old(tmp_path / "P2KP_Lorok_2026-01-01.xlsx.part"), old(tmp_path / "film.mp4.part")
    sent = sending.send(workspace, tmp_path)
    assert (half.exists(), others.exists(), sent.path.exists()) == (False, True, True)


@pytest.mark.parametrize("name", ["desa.part2.p2kp", "desa.partisipasi.p2kp"])
def test_backups_of_a_workspace_that_is_called_like_half_a_file_stay(make_workspace, tmp_path, name):
    place = tmp_path / name
    make_workspace("Desa").close()
    (tmp_path / "Desa.p2kp").rename(place)
    with open_workspace(place) as workspace:
        backup = backups.back_up(workspace)
        bundle = old(originals.folder_of(workspace) / "kiriman.part1.xlsx")
        os.utime(backup, (time.time() - DAY,) * 2)
        housekeeping.put_in_order(workspace)
        assert (backup.exists(), bundle.exists(), housekeeping.half_made(workspace)) == (True, True, [])


def test_a_sweep_that_meets_a_bench_at_its_beginning_harms_nobody(monkeypatch):
    hold, met = environment._hold, []

    def meet(mark):
        if not met:
            met.append(mark.name)
            environment.sweep_benches()  # of another process, before this one holds its bench
        hold(mark)

    monkeypatch.setattr(environment, "_hold", meet)
    with environment.bench() as bench:
        environment.sweep_benches()
        (bench / "paket.xlsx").write_bytes(b"x")
    assert not Path(met[0]).parent.exists()
