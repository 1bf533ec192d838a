"""What many tests need: a home of their own, workspaces, and how deep to look for counterexamples."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

from p2kp_desktop import environment, language
from p2kp_desktop.actions.common import workspaces

DEEP = bool(os.environ.get("P2KP_DEEP"))

settings.register_profile(
    "p2kp", deadline=None, max_examples=2000 if DEEP else 100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
settings.load_profile("p2kp")

KELURAHAN = "16.71.01.1001"


@pytest.fixture(autouse=True)
def home(tmp_path_factory, monkeypatch):
    """Keep the registry of nodes and all user data of a test away from the machine's user."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("P2KP_HOME", str(folder))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)  # with the backups of its workspaces


@pytest.fixture(autouse=True)
def indonesian():
    """Speak Indonesian at the start of each test, whatever the one before it chose."""
    language.use(language.SOURCE, environment.resources() / "language")


@pytest.fixture
def make_workspace(tmp_path):
    """Give a function that makes a workspace of a name, and close them all at the end."""
    made = []

    def make(name="Siti", role="facilitator", regions=(KELURAHAN,)):
        workspace = workspaces.init(tmp_path / f"{name}.p2kp", role=role, name=name, regions=regions)
        made.append(workspace)
        return workspace

    yield make
    for workspace in made:
        workspace.close()


@pytest.fixture
def workspace(make_workspace):
    """Give one facilitator's workspace."""
    return make_workspace()
