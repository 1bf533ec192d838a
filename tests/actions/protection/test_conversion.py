"""A workspace in clear comes behind a password: all of it, nothing changed, killed at whatever moment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from p2kp_desktop import versions
from p2kp_desktop.actions.common import backups, soundness
from p2kp_desktop.actions.protection import conversion, password
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import enciphering, files, key_files, keyring, marks, node, open_workspace, pages
from tests.conftest import DEEP, some
from tests.protected import LEAST, PASSWORD, forgotten, holding
from tests.records import save

SECRET = "Ratnawulan"
ROOT = Path(__file__).parents[3]
OLD = ROOT / "tests" / "data" / "old"
_IN_CLEAR = (SECRET, "CREATE TABLE", "SQLite format 3")


@pytest.fixture
def plain(make_workspace, tmp_path):
    """Give the file of a workspace with a household, a backup and a draft's worth of log, closed."""
    workspace = make_workspace()
    save(workspace, head_name=f"{SECRET} Kusumo")
    backups.back_up(workspace)
    save(workspace, head_name=f"{SECRET} Kedua")
    workspace.close()
    return tmp_path / "Siti.p2kp"


def digest(file):
    with open_workspace(file) as workspace:
        assert soundness.check(workspace) == []
        return soundness.digest(workspace), marks.mark(workspace)


def protect(file):
    fresh = conversion.begun(file, "Siti", PASSWORD, LEAST)
    conversion.encipher(file, fresh)
    return fresh


def test_it_holds_the_same_and_nothing_in_clear_is_left(plain, tmp_path, home):
    before = digest(plain)
    protect(plain)
    assert digest(plain) == before
    assert conversion.encipher_copies(plain) == []
    assert holding(tmp_path, *_IN_CLEAR) == []
    assert holding(home, SECRET) == []
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["Siti.p2kp", "Siti.p2kp.kunci"]


def test_its_backups_keep_their_names_their_times_and_what_they_hold(plain):
    told = {each.path: (each.made, each.holdings, each.path.stat().st_mtime_ns) for each in backups.listed(plain)}
    assert told
    protect(plain)
    conversion.encipher_copies(plain)
    now = {each.path: (each.made, each.holdings, each.path.stat().st_mtime_ns) for each in backups.listed(plain)}
    assert {path: now[path] for path in told} == told
    assert all(files.is_enciphered(path) for path in now)
    assert key_files.beside(backups.folder_of(plain) / plain.name).is_file()


def test_it_goes_on_counting_under_its_node(plain):
    with open_workspace(plain) as workspace, workspace.asking() as connection:
        before = node.own_nodes(connection)
    protect(plain)
    with open_workspace(plain) as workspace:
        save(workspace)
        with workspace.asking() as connection:
            assert node.own_nodes(connection) == before


def test_one_that_is_open_elsewhere_is_left_as_it_is(plain):
    with open_workspace(plain) as workspace, workspace.changing():
        fresh = password.chosen("Siti", PASSWORD, LEAST)
        with pytest.raises(Trouble) as told:
            conversion.encipher(plain, fresh)
    assert told.value.code == "R11"
    assert not files.is_enciphered(plain)


def test_a_copy_that_is_not_equal_is_thrown_away(plain, monkeypatch):
    before = digest(plain)
    real = enciphering._export

    def lossy(there, part, lock):
        real(there, part, lock)
        with files.connect(part, "rw", lock=lock) as here:
            here.execute("UPDATE household SET head_name = 'Lain' WHERE rowid = 1")

    monkeypatch.setattr(enciphering, "_export", lossy)
    with pytest.raises(Trouble, match="tidak sama"):
        protect(plain)
    assert digest(plain) == before
    assert not files.is_enciphered(plain)
    assert not list(plain.parent.glob("*.part"))


def test_a_damaged_backup_in_clear_is_named(plain):
    [made] = backups.made(plain)
    data = made.read_bytes()
    protect(plain)
    made.write_bytes(data[:4096] + bytes(len(data) - 4096))
    assert conversion.encipher_copies(plain) == [made]
    assert conversion.in_clear(plain) == [made]


@pytest.mark.parametrize("release", some(sorted((folder.name for folder in OLD.iterdir()), key=versions.order)))
def test_a_workspace_of_every_past_release_comes_behind_a_password(release, tmp_path):
    file = tmp_path / "lama.p2kp"
    file.write_bytes((OLD / release / "workspace.p2kp").read_bytes())
    with open_workspace(file) as workspace:
        before = soundness.digest(workspace)
    protect(file)
    assert conversion.encipher_copies(file) == []
    assert digest(file)[0] == before
    assert holding(tmp_path, "CREATE TABLE") == []


def test_other_words_open_it_and_the_former_ones_do_not(plain):
    before = protect(plain)
    conversion.encipher_copies(plain)
    whole = digest(plain)
    after = conversion.renew(plain, PASSWORD, LEAST)
    forgotten(before)
    forgotten(after)
    with pytest.raises(Trouble, match="bukan milik"):
        password.unlock_with_words(plain, " ".join(before.words))
    password.unlock_with_words(plain, " ".join(after.words))
    assert digest(plain) == whole
    assert all(pages.is_sound(path) for path in backups.made(plain))


def test_a_backup_out_of_reach_while_the_words_changed_still_opens(plain, tmp_path):
    protect(plain)
    conversion.encipher_copies(plain)
    away = tmp_path / "stik" / "cadangan.p2kp"
    away.parent.mkdir()
    away.write_bytes(backups.made(plain)[0].read_bytes())
    former = files.salt_of(away)
    after = conversion.renew(plain, PASSWORD, LEAST)
    for salt in (former, after.lock.salt):
        keyring.forget(salt)
    password.unlock(plain, PASSWORD)
    assert pages.is_sound(away)


# Killed

_KILLED = """
import os, sys
from pathlib import Path
moment, file = int(sys.argv[1]), Path(sys.argv[2])
seen = 0
def hear(event, arguments):
    global seen
    if event in ("open", "os.rename", "os.remove", "os.link", "os.utime") and str(file.parent) in str(arguments[0]):
        seen += 1
        if seen == moment:
            os._exit(9)
sys.addaudithook(hear)
from p2kp_desktop.actions.protection import conversion
from tests.protected import LEAST, PASSWORD
from p2kp_desktop.store import enciphering
real = enciphering._export
def export(*given):
    hear("open", (str(file),))
    real(*given)
    hear("open", (str(file),))
enciphering._export = export
conversion.encipher(file, conversion.begun(file, "Siti", PASSWORD, LEAST))
conversion.encipher_copies(file)
print(seen)
"""


def run_until(moment, file):
    """Convert a file in a process of its own that dies at the given touch of its folder; give how many there were."""
    ran = subprocess.run([sys.executable, "-c", _KILLED, str(moment), str(file)], capture_output=True, text=True,
                         env=os.environ | {"PYTHONPATH": str(ROOT)}, cwd=file.parent, check=False)
    assert ran.returncode == (0 if moment == 0 else 9), ran.stderr
    return int(ran.stdout) if moment == 0 else 0


def test_killed_at_any_moment_it_is_whole_before_or_after_and_goes_on(plain, tmp_path, home):
    kept = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    before = digest(plain)
    kept = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    counted = {path: path.read_bytes() for path in (home / "nodes").glob("*.json")}
    total = run_until(0, plain)
    assert total > 30
    moments = 10 if DEEP else 3
    for moment in [max(1, round(total * part / moments)) for part in range(1, moments + 1)]:
        for path in sorted(tmp_path.rglob("*"), reverse=True):
            if path.is_file():
                path.unlink()
        for name, data in kept.items():
            (tmp_path / name).write_bytes(data)
        for path, data in counted.items():
            path.write_bytes(data)  # or check says that this is an old copy
        run_until(min(moment, total), plain)
        if files.is_enciphered(plain):
            password.unlock(plain, PASSWORD)
        assert digest(plain) == before, moment
        protect(plain)
        assert conversion.encipher_copies(plain) == []
        assert digest(plain) == before, moment
        for part in tmp_path.rglob("*.part"):
            part.unlink()  # the next start sweeps them
        assert holding(tmp_path, SECRET) == [], moment
