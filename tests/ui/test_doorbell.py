"""A second start on a workspace brings the window to the front that is open already, and ends."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from contextlib import suppress

import pytest

from p2kp_desktop import settings
from p2kp_desktop.actions.bundles import sending
from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.settings import Settings
from tests.conftest import KELURAHAN

SCRIPT = textwrap.dedent("""
    import sys
    from p2kp_desktop import app
    from p2kp_desktop.ui.shell.frame import Frame
    from p2kp_desktop.ui.transfer.intake import Intake, Phase
    from p2kp_desktop.ui.window import Window

    come = Frame.come_to_the_front
    begin = Window._begin

    def told(frame):
        frame.showMinimized()
        come(frame)
        print("lowered" if frame.isMinimized() else "raised", flush=True)

    def begun(window, about):
        begin(window, about)
        print("open", flush=True)

    def moved(intake, phase):
        if phase is Phase.REHEARSED:
            print("looks at", *sorted(file.path.name for file in intake.files), flush=True)
        move(intake, phase)

    move = Intake._move
    Frame.come_to_the_front, Window._begin, Intake._move = told, begun, moved
    code = app.main(sys.argv[1:])
    print("ended", code, flush=True)
""")


@pytest.fixture
def start():
    """Give a function that starts the program with a file, as a process of its own."""
    started = []

    def begin(*words):
        process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, *map(str, words)], stdout=subprocess.PIPE, text=True,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def bundles(make_workspace, tmp_path):
    """Give three files that differ in nothing but their names."""
    first = sending.send(make_workspace("Tono"), tmp_path).path.rename(tmp_path / "0.xlsx")
    return [first, shutil.copy(first, tmp_path / "1.xlsx"), shutil.copy(first, tmp_path / "2.xlsx")]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "kerja.p2kp"
    workspaces.init(path, role="facilitator", name="Siti", regions=(KELURAHAN,)).close()
    return path


def heard(process):
    return process.stdout.readline().strip()


def test_a_second_start_raises_the_window_that_is_open_and_ends(start, file):
    first = start(file)
    assert heard(first) == "open"
    second = start(file.parent / "." / file.name)
    assert heard(second) == "ended 0"
    assert heard(first) == "raised"
    third = start()  # the workspace of last time
    assert heard(third) == "ended 0"
    assert heard(first) == "raised"


def test_another_workspace_gets_a_window_of_its_own(start, file, tmp_path):
    other = tmp_path / "lain.p2kp"
    workspaces.init(other, role="facilitator", name="Budi", regions=(KELURAHAN,)).close()
    assert heard(start(file)) == "open"
    assert heard(start(other)) == "open"


def test_files_opened_at_once_or_later_are_looked_at_together_in_one_window(start, file, bundles):
    settings.save(Settings(workspace=str(file)))
    both = [start(bundle) for bundle in bundles[:2]]
    said = [heard(each) for each in both]
    assert said.count("ended 0") == 1
    shown = both[1 - said.index("ended 0")]
    assert heard(start(bundles[2])) == "ended 0"  # as a double click on it does
    while (words := heard(shown)) != "looks at 0.xlsx 1.xlsx 2.xlsx":
        assert words


@pytest.mark.skipif(os.name != "posix", reason="a process that stands still is made by a signal of POSIX")
def test_where_the_first_window_hangs_the_second_starts_all_the_same(start, file):
    first = start(file)
    assert heard(first) == "open"
    first.send_signal(signal.SIGSTOP)
    assert heard(start(file)) == "open"


def test_where_the_first_window_was_killed_the_next_ones_meet_as_ever(start, file):
    first = start(file)
    assert heard(first) == "open"
    first.kill()
    first.wait()
    third = start(file)
    assert heard(third) == "open"
    assert heard(start(file)) == "ended 0"
    assert heard(third) == "raised"
