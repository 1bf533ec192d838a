"""The whole program in its folder: forward and back through its window, with the workspaces of past releases.

With --deep those of every one; without, of the first and the last.
"""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from p2kp_desktop import __version__, versions
from tests.conftest import DEEP
from tests.program_folder import ProgramFolder, update_of

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the folder is made with links")

OLD = Path(__file__).parent / "data" / "old"
EVERY = sorted((folder.name for folder in OLD.iterdir()), key=versions.order)
RELEASES = EVERY if DEEP else [EVERY[0], EVERY[-1]]
LONGEST = 180  # seconds
NEXT = f"{__version__}1"  # whatever this checkout is, a later version

# Opens every workspace that is named; where a newer program wrote one, restores the backup that is offered first.
_LOOK = """
import json, sys
from pathlib import Path
import p2kp_desktop
from p2kp_desktop.actions.common import backups, soundness
from p2kp_desktop.actions.upkeep import salvage
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import open_workspace
from p2kp_desktop.ui import rescuing

for name in sys.argv[1:]:
    told = ""
    try:
        workspace = rescuing.opened(name)
    except rescuing.Damaged as damaged:
        told = str(damaged.trouble)
        backups.restore(damaged.damage.good[0].path, name)
        workspace = rescuing.opened(name)
    with workspace:
        print(json.dumps([p2kp_desktop.__version__, told, soundness.digest(workspace), soundness.check(workspace)]))
"""


def look(program, files):
    """Open workspaces with the program that is used; return for each its version, what it told, digest and faults."""
    script = program.root / "look.py"
    script.write_text(_LOOK, encoding="utf-8")
    told = subprocess.run(
        [program.python, script, *files], capture_output=True, text=True, check=True, cwd=program.root)
    return [json.loads(line) for line in told.stdout.splitlines()]


def begin(program, *words, until):
    """Start the window, wait for something, end it as a session that closes does."""
    window = subprocess.Popen(
        [program.python, "-m", "p2kp_desktop", *map(str, words)], cwd=program.root, start_new_session=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )
    end = time.monotonic() + LONGEST
    while not until() and window.poll() is None and time.monotonic() < end:
        time.sleep(0.05)
    came = until()
    os.killpg(window.pid, signal.SIGTERM)
    told, _ = window.communicate(timeout=LONGEST)
    assert came, told


def renumbered(files):
    """Let a version lay out workspaces as only it and later ones know."""
    name = "p2kp_desktop/store/migrations.py"
    before = files[name].decode()
    after = before.replace("NUMBER = 1 + len(STEPS)", "NUMBER = 2 + len(STEPS)")
    assert after != before
    return files | {name: after.encode()}


def broken(files):
    """Let a version break when its window is about to open a workspace."""
    name = "p2kp_desktop/ui/rescuing.py"
    return files | {name: files[name] + b"\n\ndef opened(*_, **_given):\n    raise RuntimeError\n"}


@pytest.fixture
def program(tmp_path):
    return ProgramFolder(tmp_path / "program", whole=True)


@pytest.fixture
def files(tmp_path):
    found = []
    for release in RELEASES:
        folder = tmp_path / release
        folder.mkdir()
        found.append(shutil.copy(OLD / release / "workspace.p2kp", folder / "lama.p2kp"))
    return found


def test_forward_and_back_with_workspaces_of_past_releases(program, files, tmp_path):
    held = [json.loads((OLD / release / "holds.json").read_text("utf-8"))["digest"] for release in RELEASES]
    named = [word for file in files for word in ("--workspace", file)]
    path = update_of(tmp_path, NEXT, whole=True, change=renumbered)
    taken = json.loads(program.run("update", path, *named, "--json", module="p2kp_desktop.cli"))
    assert (taken["version"], taken["waits"], len(taken["backups"])) == (NEXT, NEXT, len(files))
    begin(program, files[-1], until=lambda: (program.shelf / "used").exists())
    assert program.run("--version", module="p2kp_desktop.cli") == f"P2KP Desktop {NEXT}"
    assert look(program, files) == [[NEXT, "", digest, []] for digest in held]

    program.run("update", "--back", __version__, *named, module="p2kp_desktop.cli")
    back = look(program, files)
    assert [(version, digest, faults) for version, _told, digest, faults in back] == [
        (__version__, digest, []) for digest in held]
    assert all(f"ditulis P2KP Desktop {NEXT}" in told and "(Kode R06)" in told for _version, told, *_rest in back)
    assert all([*file.parent.glob("lama-versi-baru-*.p2kp")] for file in map(Path, files))

    program.run("update", "--back", NEXT, *named[:2], module="p2kp_desktop.cli")
    begin(program, files[0], until=lambda: (program.shelf / "used").exists())
    assert [each[:3] for each in look(program, files)] == [[NEXT, "", digest] for digest in held]


def test_a_version_whose_window_breaks_gives_way_to_the_one_before(program, files, tmp_path):
    """Whoever closes the crash window of the new version gets the window of the old one, with the workspace in it."""
    program.run("update", update_of(tmp_path, NEXT, whole=True, change=broken), module="p2kp_desktop.cli")
    home, told = Path(os.environ["P2KP_HOME"]), []

    def the_old_one_opened_it():
        if (home / "crashes").is_dir() and not told:
            told.append(child_of(program))
            os.kill(told[0], signal.SIGTERM)
        settings = home / "settings.json"
        return settings.is_file() and json.loads(settings.read_text(encoding="utf-8"))["workspace"] == str(files[-1])

    begin(program, files[-1], until=the_old_one_opened_it)
    assert told
    assert not (program.shelf / "used").exists()
    assert not program.here.place_of(NEXT).exists()
    assert program.run("--version", module="p2kp_desktop.cli") == f"P2KP Desktop {__version__}"


def child_of(program):
    """Return the process of the version that waits, which the one before looks on at."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if words[0] == str(program.python).encode() and b"-c" in words:
            return int(folder.name)
    raise AssertionError("nothing was begun")
