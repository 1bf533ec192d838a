"""What was saved is in the workspace's file soon, so that a copy of the file alone has it; an older copy says so."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.common import backups, workspaces
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import open_workspace, views
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.safety import whole_file
from tests.ui.hands import LONGEST
from tests.ui.windows import Running

KELURAHAN = "16.71.01.1001"
NEVER = 10**8


def save(workspace, number=1):
    for _ in range(number):
        recording.record(workspace, Household, {"rt": "014/005", "head_name": "Siti"})


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "lorok.p2kp"
    workspaces.init(path, role="facilitator", name="Rina Marlina", regions=[KELURAHAN]).close()
    return path


@pytest.fixture
def quiet(monkeypatch):
    """Give a function that sets how long nothing must be typed."""
    return lambda milliseconds: monkeypatch.setattr(whole_file, "QUIET", milliseconds)


@pytest.fixture
def running(qtbot, file, quiet):
    quiet(NEVER)
    made = Running(qtbot, file)
    yield made
    made.close()


def in_a_copy(path, tmp_path):
    """How many households a copy of the file alone has, as a file manager makes it."""
    copied = tmp_path / "salinan.p2kp"
    copied.unlink(missing_ok=True)
    shutil.copyfile(path, copied)
    with open_workspace(copied) as copy, copy.asking() as connection:
        return len(list(views.found(connection, Household)))


def change(running, number=1):
    running.window.desk.change(running.window, lambda workspace: save(workspace, number), touches=["household"])
    running.until_quiet()


def words_of(widget):
    return " ".join(label.text() for label in widget.findChildren(Label))


def test_once_nothing_was_typed_for_a_while_a_copy_of_the_file_alone_has_everything(qtbot, file, tmp_path, quiet):
    quiet(20)
    made = Running(qtbot, file)
    change(made, 3)
    made.until(lambda: in_a_copy(file, tmp_path) == 3)
    made.close()


def test_when_the_window_is_left_it_is_in_the_file_at_once(running, file, tmp_path):
    change(running, 3)
    assert in_a_copy(file, tmp_path) == 0
    QApplication.instance().applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    running.until_quiet()
    assert in_a_copy(file, tmp_path) == 3


def test_after_an_import_it_is_in_the_file_at_once(running, file, tmp_path):
    running.window.desk.work(running.window, lambda workspace, _report: save(workspace, 3), touches=["household"])
    running.until_quiet()
    assert in_a_copy(file, tmp_path) == 3


def test_what_is_read_meanwhile_as_it_was_is_put_down_later(running, file, tmp_path, quiet):
    workspace = running.window.desk.workspace
    with workspace.asking() as connection:
        views.found(connection, Household)
        connection.exec_driver_sql("SELECT count(*) FROM household").all()
        change(running, 3)
        quiet(20)
        running.window.whole_file.put_down()
        running.until_quiet()
        assert in_a_copy(file, tmp_path) == 0
    running.until(lambda: in_a_copy(file, tmp_path) == 3)


def test_on_logging_off_what_is_typed_and_saved_is_in_the_file(running, file, tmp_path):
    change(running, 3)
    running.program.rest()
    assert in_a_copy(file, tmp_path) == 3


def test_the_window_closes_with_everything_in_the_file_though_another_program_has_it_open(qtbot, file, tmp_path, quiet):
    quiet(NEVER)
    made = Running(qtbot, file)
    with open_workspace(file) as other, other.asking() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM household").all()
    other = open_workspace(file)
    change(made, 3)
    with other.asking() as connection:
        assert len(list(views.found(connection, Household))) == 3
    made.close()
    assert in_a_copy(file, tmp_path) == 3
    other.close()


@pytest.mark.skipif(os.name != "posix", reason="Windows asks the window itself")
def test_the_system_may_end_the_program_and_finds_everything_in_the_file(file, tmp_path):
    script = f"""
import sys
from PySide6.QtCore import QTimer
from p2kp_desktop import app
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.household import Household

started = app.Program.start
def start(program, named=""):
    started(program, named)
    look = QTimer(program)
    def looked():
        if program.window is not None and program.window.about is not None:
            look.stop()
            recording.record(program.window.desk.workspace, Household, {{"rt": "014/005"}})
            print("saved", flush=True)
    look.timeout.connect(looked)
    look.start(20)
app.Program.start = start
sys.exit(app.main([{str(file)!r}]))
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True,
                          env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}) as program:
        assert program.stdout.readline() == "saved\n"
        program.send_signal(signal.SIGTERM)
        assert program.wait(LONGEST) == 0
    assert not Path(f"{file}-wal").exists()
    assert in_a_copy(file, tmp_path) == 1


def test_a_copy_older_than_its_original_says_so_and_leads_to_it(qtbot, file, tmp_path):
    with open_workspace(file) as workspace:
        save(workspace)
    copied = tmp_path / "salinan.p2kp"
    shutil.copyfile(file, copied)
    with open_workspace(file) as workspace:
        save(workspace, 4)
    made = Running(qtbot, copied)
    made.until(lambda: made.window.board.notice is not None)
    assert "4 simpanan tidak ada di dalamnya" in words_of(made.window.board.notice)
    before = made.window
    made.window.board.notice.pressed.emit()
    made.until(lambda: made.window is not before)
    made.until_open()
    assert made.window.desk.workspace.name == str(file.resolve())
    assert made.window.board.notice is None  # that it lies there without a password stands at home alone
    made.close()


def test_saves_that_were_in_a_lost_log_are_told_of_with_the_way_to_the_backup(qtbot, file):
    workspace = open_workspace(file)
    save(workspace, 2)
    kept = backups.back_up(workspace)
    before = file.read_bytes()
    save(workspace, 3)
    workspace.close()
    file.write_bytes(before)
    made = Running(qtbot, file)
    made.until(lambda: made.window.board.notice is not None)
    told = words_of(made.window.board.notice)
    assert "5 simpanan terakhir tidak ada di berkas ini" in told
    assert "memuat 2 di antaranya" in told
    made.window.board.notice.pressed.emit()
    made.until_quiet()
    assert made.window.place.list.current().path == kept
    made.close()
