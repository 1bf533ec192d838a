"""The practice village and the sample as files, each made once in a process: to be looked at, or copied."""

import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

from p2kp_desktop import environment, language
from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.practice import demo_journey, first_start
from p2kp_desktop.store import Workspace


def make_village(folder: Path) -> Path:
    """Make Rina's practice village in a folder, and what others hand over beside it."""
    with _at_home(folder), first_start.begin_practice("Rina", folder) as village:
        return _file(village)


def make_sample(folder: Path) -> Path:
    """Make Rina's workspace in a folder, with the households of the sample."""
    with _at_home(folder), workspaces.init(
        folder / "contoh.p2kp", role="facilitator", name="Rina", regions=[demo_journey.KELURAHAN]
    ) as sample:
        demo_journey.fill(sample)
        return _file(sample)


def copied(file: Path, folder: Path) -> Path:
    """Copy a workspace into a folder, with what others hand over beside it."""
    beside = first_start.files_of(file)
    if beside.is_dir():
        shutil.copytree(beside, folder / beside.name)
    return Path(shutil.copy(file, folder / file.name))


@contextmanager
def _at_home(folder):
    """Make it as a person does who sits here for the first time, whatever the test before it was about."""
    language.use(language.SOURCE, environment.resources() / "language")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("P2KP_HOME", str(folder / "home"))
        yield


def _file(workspace: Workspace) -> Path:
    workspace.put_down()  # all of it is in the file itself
    return Path(workspace.name)
