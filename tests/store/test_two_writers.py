"""Two programs at work on one workspace at once: two clerks at a server, or the window and the command line."""

import subprocess
import sys
from collections import Counter

import pytest
import sqlalchemy as sa

from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording.saves import editing
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import facts, migrations, node, open_workspace, opening
from p2kp_desktop.store.tables import RECORDS, history
from p2kp_desktop.store.turns import turn

PLACE = {"region": "16.71.01.1001", "rt": "014/005", "period": "2026"}
SITTINGS, EACH = 8, 5

CLERK = f"""
import sys
from p2kp_desktop.actions.recording.saves import editing
from p2kp_desktop.store import open_workspace

location, name = sys.argv[1:]
print("siap", flush=True)
sys.stdin.readline()
for sitting in range({SITTINGS}):
    with open_workspace(location) as workspace:
        for number in range({EACH}):
            with editing(workspace) as edits:
                edits.save("household", f"{{name}}-{{sitting}}-{{number}}", {PLACE}, origin="diketik")
                shared = {{**{PLACE}, "head_name": f"{{name}} {{number}}"}}
                edits.save("household", "rumah bersama", shared, origin="diketik")
"""

COUNTER = """
import sys
from pathlib import Path
from p2kp_desktop.store.turns import turn

number = Path(sys.argv[1])
print("siap", flush=True)
sys.stdin.readline()
for _ in range(150):
    with turn(number.with_suffix(".lock")):
        number.write_text(str(int(number.read_text()) + 1))
"""


def at_once(program, *arguments):
    """Run a program once for each list of arguments, all at the same time; return what they complained of."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    running = [subprocess.Popen([sys.executable, "-c", program, *map(str, some)], **pipes) for some in arguments]
    for each in running:
        each.stdout.readline()
    for each in running:
        each.stdin.write("mulai\n")
        each.stdin.flush()
    return [each.communicate()[1] for each in running]


def test_what_two_programs_save_at_once_is_all_there_and_each_count_is_used_once(location, workspace):
    assert at_once(CLERK, (location, "Ani"), (location, "Budi")) == ["", ""]
    saves = 2 * 2 * SITTINGS * EACH
    with workspace.asking() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(RECORDS["household"])) == saves / 2 + 1
        assert Counter(connection.scalars(sa.select(history.c.node))) == {facts.facts(connection).node: saves}
        assert list(connection.scalars(sa.select(history.c.tick).order_by(history.c.tick))) == [*range(1, saves + 1)]
        places = sa.select(history.c.number).order_by(history.c.tick)
        assert list(connection.scalars(places)) == [*range(1, saves + 1)]
    assert soundness.check(workspace) == []


def test_a_question_sees_one_state_while_another_program_saves(location, workspace):
    households = sa.select(sa.func.count()).select_from(RECORDS["household"])
    with workspace.asking() as connection:
        before = connection.scalar(households)
        with open_workspace(location) as other, editing(other) as edits:
            edits.save("household", "h", PLACE, origin="diketik")
        assert connection.scalar(households) == before == 0
    with workspace.asking() as connection:
        assert connection.scalar(households) == 1


def test_whoever_cannot_wait_for_the_other_writer_any_longer_is_told_so(location, workspace, monkeypatch):
    monkeypatch.setattr(opening, "BUSY_MILLISECONDS", 50)
    with open_workspace(location) as other, workspace.changing() as connection:
        facts.note(connection, "period", "2027")
        with pytest.raises(Trouble, match=r"Ruang kerja sedang \w+ (program|orang) lain") as told, editing(other):
            pass
    assert told.value.code == "R11"


def test_an_older_workspace_that_another_program_just_brought_up_to_date_is_left_so(location, workspace, monkeypatch):
    with workspace.changing() as connection:
        connection.execute(facts.meta.update().where(facts.meta.c.key == "schema").values(value="1"))
        connection.exec_driver_sql("CREATE TABLE steps (n INTEGER)")
    monkeypatch.setattr(migrations, "STEPS", (("INSERT INTO steps VALUES (1)",),))

    def overtaken(*_):
        monkeypatch.setattr(migrations, "_back_up", lambda *_: None)
        open_workspace(location).close()

    monkeypatch.setattr(migrations, "_back_up", overtaken)
    migrations.bring_up_to_date(workspace)
    with workspace.asking() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM steps").scalar() == 1


def test_what_another_program_noted_of_the_node_meanwhile_stands(make_workspace, tmp_path):
    make_workspace("asli").close()
    path = tmp_path / "asli.p2kp"
    with open_workspace(path) as window, open_workspace(path) as command:
        for each in (window, command, command):
            with editing(each) as edits:
                edits.save("household", "h", {**PLACE, "kk_count": 1}, origin="diketik")
        with window.asking() as connection:
            name = facts.facts(connection).node
        noted = node._entry(name)
        node._count(name, 1, token=noted["now"][::-1])  # the window comes late with what it counted first
    assert node._entry(name) == noted
    assert noted["last"] == "3"


def test_programs_take_turns(tmp_path):
    number = tmp_path / "number"
    number.write_text("0", encoding="utf-8")
    assert at_once(COUNTER, [number], [number], [number]) == ["", "", ""]
    assert number.read_text(encoding="utf-8") == "450"


def test_where_nothing_can_be_held_work_goes_on(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with turn(tmp_path / "file" / "x.lock"):
        done = True
    assert done


def test_a_sentence_about_a_server_never_tells_its_password():
    pytest.importorskip("psycopg")
    address = "postgresql://siti:rahasia@127.0.0.1:1/p2kp"
    with pytest.raises(Trouble, match="tidak dapat dihubungi") as told:
        open_workspace(address)
    assert "rahasia" not in str(told.value)
    assert "siti@127.0.0.1" in str(told.value)
