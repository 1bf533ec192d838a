"""`p2kp print`: forms without a workspace and from one, for a reason only with names, and what was printed is noted."""

from pathlib import Path

import pytest

from p2kp_desktop.store import open_workspace, prints
from tests.conftest import KELURAHAN
from tests.records import YEAR, save


@pytest.fixture
def file(workspace):
    record = save(workspace, rt="014/005")
    workspace.close()
    return workspace.name, record


def test_a_blank_form_needs_no_workspace(p2kp):
    told = p2kp("print", "blank:household", "a.pdf", "--paper", "f4", "--count", "3", "--first", "26", "--json").json()
    assert told["pages"] == 6
    assert Path(told["path"]).read_bytes().startswith(b"%PDF")


def test_all_that_can_be_printed_is_named(p2kp):
    found = {each["name"]: each["needs"] for each in p2kp("print", "--list", "--json").json()["printables"]}
    wanted = {"blank:household": "form", "blank:rt_survey": "form", "record": "record", "correction": "record",
              "missing": "rt", "verification": "rt", "handover": "area"}
    assert wanted.items() <= found.items()


def test_a_record_is_printed_and_noted(p2kp, file):
    name, record = file
    told = p2kp("print", "record", "b.pdf", "--workspace", name, "--record", record, "--json").json()
    with open_workspace(name) as again, again.asking() as connection:
        [(one, version)] = prints.of_record(connection, record)
    assert (one.what, one.digest, one.pages) == ("record", told["digest"], told["pages"])
    assert version


def test_names_without_a_reason_print_nothing(p2kp, file):
    name, _record = file
    ran = p2kp("print", "record", "c.pdf", "--workspace", name, "--region", KELURAHAN, "--rt", "14/5",
               "--period", YEAR, "--names")
    assert ran.code != 0
    assert "alasan" in ran.err
    assert not Path("c.pdf").exists()
