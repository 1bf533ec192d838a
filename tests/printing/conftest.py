"""A practice village for many tests, and what is read of a PDF."""

import shutil

import pytest

from p2kp_desktop import environment, language
from p2kp_desktop.actions.practice import first_start
from p2kp_desktop.store import open_workspace


@pytest.fixture(scope="module")
def village_file(tmp_path_factory):
    """Give the file of a practice village, made once for the tests of a module."""
    language.use(language.SOURCE, environment.resources() / "language")
    folder = tmp_path_factory.mktemp("desa")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("P2KP_HOME", str(folder / "home"))
        made = first_start.begin_practice("Rina", folder)
        made.close()
    yield made.name
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def village(village_file):
    """Give the practice village."""
    with open_workspace(village_file) as workspace:
        yield workspace
