"""A thousand planted names and NIK: none of them readable anywhere, open, killed, or closed."""

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.protection import password
from p2kp_desktop.store import open_workspace
from tests.protected import PASSWORD, a_protected, forgotten

ROOT = Path(__file__).parents[3]
MANY = 1000
_SHAPES = (re.compile(rb"(?=(16710[0-9]{11}))"), re.compile(rb"(?=([A-Z][a-z]{11}))"))

_WORK = """
import sys, time
from pathlib import Path
from p2kp_desktop import environment
from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.protection import password
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Household
from p2kp_desktop.store import drafts as store_drafts, open_workspace
from tests.protected import PASSWORD
environment.keep_private()
file, planted = Path(sys.argv[1]), [line.split("|") for line in sys.stdin.read().splitlines()]
password.unlock(file, PASSWORD)
workspace = open_workspace(file)
given = [{"rt": f"{n % 20 + 1:03d}/001", "building": str(n), "head_name": name, "nik": nik}
         for n, (name, nik) in enumerate(planted[:-1])]
recording.record_all(workspace, Household, list(enumerate(given)), origin="uji")
name, nik = planted[-1]
with workspace.changing() as connection:
    draft = store_drafts.Draft("d1", "household", {"head_name": name, "nik": nik}, "nik", "Siti", "")
    store_drafts.keep(connection, draft)
backups.back_up(workspace)
recording.record(workspace, Household, {"rt": "021/001", "building": "1", "head_name": planted[0][0]})
with workspace.asking() as connection:  # a large sort, as of a list: SQLite's own temporary files
    large = "SELECT a.head_name FROM household a, household b WHERE b.rowid < 60 ORDER BY a.head_name || b.id"
    connection.exec_driver_sql(large).fetchmany(5)
    print("siap", flush=True)
    time.sleep(600)
"""


def planted():
    dice = random.Random(1671)
    made = ["".join(dice.choice("bcdfghjklmnprstw") + dice.choice("aiueo") for _ in range(6)) for _ in range(MANY)]
    niks = [f"16710{dice.randrange(10**11):011d}" for _ in range(MANY)]
    return [(f"{name.title()} Uji", nik) for name, nik in zip(made, niks, strict=True)]


def hits(words, *folders):
    """Give the files in which any of the planted words stands, as UTF-8 or UTF-16."""
    wanted = {word.encode() for word in words}
    found = []
    for path in (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()):
        data = path.read_bytes()
        for text in (data, data.replace(b"\0", b"")):
            found += [path] * any(each in wanted for shape in _SHAPES for each in shape.findall(text))
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed otherwise there")
def test_no_planted_name_or_nik_is_readable_while_open_after_a_kill_or_after_closing(tmp_path, home):
    data, scratch = tmp_path / "data", tmp_path / "tmp"
    data.mkdir()
    scratch.mkdir()
    file = data / "Siti.p2kp"
    made, protection = a_protected(file)
    made.close()
    people = planted()
    words = [each for name, nik in people for each in (name.split()[0], nik)]
    places = (data, scratch, home)
    process = subprocess.Popen([sys.executable, "-c", _WORK, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               text=True, cwd=tmp_path,
                               env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(scratch)})
    try:
        process.stdin.write("\n".join("|".join(each) for each in people))
        process.stdin.close()
        assert process.stdout.readline() == "siap\n"
        open_now = {path.name for path in data.rglob("*")}
        assert {"Siti.p2kp", "Siti.p2kp-wal", "Siti.p2kp.kunci"} <= open_now
        assert (data / "Siti.p2kp-wal").stat().st_size
        assert hits(words, *places) == []
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    assert hits(words, *places) == []
    assert os.name == "nt" or all(path.stat().st_mode & 0o077 == 0 for path in data.glob("Cadangan Siti/*"))
    forgotten(protection)
    password.unlock(file, PASSWORD)
    with open_workspace(file) as workspace:
        assert soundness.check(workspace) == []
        with workspace.asking() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM household").scalar() == MANY
    assert hits(words, *places) == []


def test_the_search_finds_what_is_in_clear(tmp_path):
    (name, nik), *_ = planted()
    (tmp_path / "a").write_bytes(b"x" + name.encode())
    (tmp_path / "b").write_bytes(b"x" + nik.encode("utf-16-le"))
    assert len(hits([name.split()[0], nik], tmp_path)) >= 2
