"""A flipped bit in the pages that list tables is told as damage, or harms nothing: never a raw database error."""

import random
from contextlib import closing
from pathlib import Path

import pytest

from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.databases import library
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import open_workspace
from tests.conftest import DEEP, KELURAHAN

HOUSES = 5
FLIPS = 2_000 if DEEP else 60
PAGE = 4096


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("utuh") / "a.p2kp"
    with workspaces.init(path, role="facilitator", name="Tim", regions=[KELURAHAN]) as workspace:
        for number in range(HOUSES):
            recording.record(workspace, Household, {"rt": "001/001", "head_name": f"Budi {number}"})
    return path.read_bytes()


def lists(content: bytes, path: Path) -> list[int]:
    """Return the pages that hold the list of tables."""
    path.write_bytes(content)
    with closing(library.connect(path)) as file:
        try:
            return [page for (page,) in file.execute("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'")]
        except library.OperationalError:  # this SQLite cannot tell
            return [*range(1, 20)]


def used(path: Path) -> str:
    """Open a file, ask and save; return the code of the sentence, «» where all is there."""
    try:
        with open_workspace(path) as workspace:
            recording.record(workspace, Household, {"rt": "001/001", "head_name": "Baru"})
            slum_scores.assessments(workspace)
            with workspace.asking() as connection:
                names = connection.exec_driver_sql("SELECT count(*) FROM household WHERE head_name LIKE 'Budi %'")
                assert names.scalar() == HOUSES
    except Trouble as trouble:
        return trouble.code
    return ""


def test_any_bit_of_the_pages_that_list_tables_may_flip(content: bytes, tmp_path: Path) -> None:
    pages, dice = lists(content, tmp_path / "x.p2kp"), random.Random(20)
    for number in range(FLIPS):
        path = tmp_path / f"{number}.p2kp"
        at = (dice.choice(pages) - 1) * PAGE + dice.randrange(PAGE)
        path.write_bytes(content[:at] + bytes([content[at] ^ 1 << dice.randrange(8)]) + content[at + 1 :])
        assert used(path) in ("", "R04", "R06", "R12", "R13", "R14", "R15", "R16"), at
        path.unlink()


@pytest.mark.parametrize("column", [b"head_name TEXT", b"floor_length REAL"])
def test_a_column_whose_name_changed_is_damage_and_not_made_anew(content: bytes, tmp_path: Path, column: bytes) -> None:
    path = tmp_path / "a.p2kp"
    assert column in content
    path.write_bytes(content.replace(column, bytes([column[0] ^ 1]) + column[1:]))
    before = path.read_bytes()
    assert used(path) == "R14"
    assert path.read_bytes() == before


def test_a_trigger_that_changed_is_made_anew(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.p2kp"
    broken = content.replace(b"coalesce(NEW.", b"coalesce(NEV.")
    assert broken != content
    path.write_bytes(broken)
    assert used(path) == ""
