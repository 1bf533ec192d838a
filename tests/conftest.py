"""What many tests need: a home of their own, workspaces, a day that is always the same, how deep to look."""

import datetime
import gc
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from p2kp_desktop import environment, language
from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.store import opening
from p2kp_desktop.store.tables import meta
from tests import villages

DEEP = bool(os.environ.get("P2KP_DEEP"))


def some(cases):
    """Give all cases with `--deep`; else every third and the last, where each takes long and shows much the same."""
    found = list(cases)
    return found if DEEP else [*found[:-1:3], *found[-1:]]


settings.register_profile(
    "p2kp", deadline=None, max_examples=2000 if DEEP else int(os.environ.get("P2KP_EXAMPLES", "50")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
settings.load_profile("p2kp")

KELURAHAN = "16.71.01.1001"


def _words_statements_once():
    """Let every workspace of a process use the statements that the one before it compiled: half of the time.

    The program opens one workspace, and its database keeps what it compiled; these tests open thousands. Statements
    are kept by dialect, so that those of two files are the same one here.
    """
    kept, made = LRUCache(5000), opening._engine

    def engine(*arguments):
        found = made(*arguments)
        if found.dialect.name == "sqlite":
            found._compiled_cache = kept
        return found

    SQLiteDialect_pysqlite.__eq__ = lambda self, other: type(self) is type(other)
    SQLiteDialect_pysqlite.__hash__ = lambda self: hash(type(self))
    opening._engine = engine


def _lays_out_once():
    """Let a new workspace of a process be a copy of an empty one: 300 statements take ten times as long.

    `--deep` lays out every one, as do the first of each process and the tests with `laid_out_anew`.
    """
    made, empty = opening._lay_out, []

    def lay_out(workspace, facts):
        file = Path(workspace.name)
        in_clear = workspace.engine.dialect.name == "sqlite" and not workspace._salt
        if DEEP or not in_clear or not file.is_file() or file.stat().st_size:
            made(workspace, facts)
        elif not empty:
            made(workspace, {})
            workspace.empty_log()
            empty.append(file.read_bytes())
            _note(workspace, facts)
        else:
            file.write_bytes(empty[0])
            _note(workspace, facts)

    lay_out.made = made
    opening._lay_out = lay_out


def _note(workspace, facts):
    with workspace.changing() as connection:
        connection.execute(meta.insert(), [{"key": name, "value": value} for name, value in facts.items()])


def _lives_on_one_day():
    """Let the tests live on one day of 2026, at the hour it is: records of theirs say 2026, and are of this year."""
    now = environment.moment
    ahead = datetime.date(2026, 12, 1) - now().date()
    environment.moment = lambda: now() + ahead


_words_statements_once()
_lays_out_once()
_lives_on_one_day()


def pytest_collection_finish():
    """Leave all that was imported and collected, which stays, out of every look for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def home(tmp_path_factory, monkeypatch):
    """Keep the registry of nodes and all user data of a test away from the machine's user."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("P2KP_HOME", str(folder))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)  # with the backups of its workspaces


@pytest.fixture
def laid_out_anew(monkeypatch):
    """Lay out every workspace as the program does, where that is what a test is about."""
    monkeypatch.setattr(opening, "_lay_out", opening._lay_out.made)


@pytest.fixture(autouse=True)
def indonesian():
    """Speak Indonesian at the start of each test, whatever the one before it chose."""
    language.use(language.SOURCE, environment.resources() / "language")


@pytest.fixture(scope="session")
def village_file(tmp_path_factory):
    """Give the file of a practice village, made once, to be looked at or copied."""
    folder = tmp_path_factory.mktemp("desa")
    yield villages.make_village(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory):
    """Give the file of a workspace with the households of the sample, made once, to be copied."""
    folder = tmp_path_factory.mktemp("contoh")
    yield villages.make_sample(folder)
    shutil.rmtree(folder, ignore_errors=True)


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
