import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.actions.practice import first_start
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.databases import library
from p2kp_desktop.forms.household import Household

KELURAHAN = "16.71.01.1001"
ANSWERS = first_start.Answers("Rina Marlina", "facilitator", (KELURAHAN,))


def begun(folder):
    with first_start.begin(ANSWERS, folder) as workspace:
        return window_edge.about(workspace)


def test_three_answers_make_a_workspace_named_for_its_area(tmp_path):
    about = begun(tmp_path / "Dokumen" / "P2KP")
    assert (about.person, about.role, about.regions) == ("Rina Marlina", "facilitator", (KELURAHAN,))
    assert not about.practice
    assert about.file.endswith(".p2kp")


def test_a_second_workspace_never_takes_the_place_of_the_first(tmp_path):
    assert begun(tmp_path).file != begun(tmp_path).file


KILLED = """
import os, sys
from pathlib import Path
from p2kp_desktop.actions.practice import first_start
from p2kp_desktop.store import opening
from p2kp_desktop.databases import library

def kill(*_): os.kill(os.getpid(), 9)

where, name = sys.argv[2].split(".")
setattr({"search": opening.search, "engine": opening}[where], name, kill)
first_start.begin(first_start.Answers("Rina", "facilitator", ("16.71.01.1001",)), Path(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("moment", ["engine._engine", "engine._lay_out", "search.make"])
def test_what_a_start_that_was_killed_left_behind_is_no_workspace(moment, tmp_path):
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), moment], check=False)
    assert ended.returncode == -9
    (left,) = tmp_path.glob("*.p2kp")
    assert left.stat().st_size in (0, 4096)
    assert first_start.village_in(tmp_path) is None
    assert begun(tmp_path).file == str(left)
    assert [each.name for each in tmp_path.iterdir()] == [left.name]


def test_a_small_file_of_somebody_else_keeps_its_name(tmp_path):
    first = begun(tmp_path).file
    for kept in (b"x", sqlite_with(tmp_path / "lain.db", "CREATE TABLE t (a)")):
        Path(first).write_bytes(kept)
        assert begun(tmp_path).file != first
        assert Path(first).read_bytes() == kept


def sqlite_with(file, statement):
    with closing(library.connect(file)) as made:
        made.execute("PRAGMA page_size = 1024")
        made.execute(statement)
    return file.read_bytes()


def test_practice_files_are_refused_by_a_real_workspace(tmp_path):
    practice = first_start.begin_practice("Rina Marlina", tmp_path)
    real = first_start.begin(ANSWERS, tmp_path)
    with practice, real:
        assert window_edge.about(practice).practice
        sent = sending.send(practice, tmp_path)
        received = receiving.receive(real, sent.path)
        assert received.error is not None
        assert "latihan" in received.error
        assert received.read == 0


def test_real_files_are_refused_by_the_practice_village(tmp_path):
    practice = first_start.begin_practice("Rina Marlina", tmp_path)
    real = first_start.begin(ANSWERS, tmp_path)
    with practice, real:
        recording.record(real, Household, {"rt": "014/005", "head_name": "Siti"})
        received = receiving.receive(practice, sending.send(real, tmp_path).path)
        assert received.error is not None
        assert "T41" in received.error


def test_practice_files_are_received_by_another_practice_village(tmp_path):
    with first_start.begin_practice("Rina", tmp_path) as one, first_start.begin_practice("Budi", tmp_path) as other:
        assert receiving.receive(other, sending.send(one, tmp_path).path).error is None
