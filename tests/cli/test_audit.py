"""«Catatan kejadian» by command: each act is noted once, and read as a report."""

import ast
import json
from pathlib import Path

import pytest

from p2kp_desktop.databases import library
from tests.cli.words import A_HOUSEHOLD, put, receive, send
from tests.protected import PASSWORD

from .conftest import ROOT, init

UNNOTED = {"backup", "digest", "check"}  # commands that show and change nothing of what the workspace holds


@pytest.fixture
def here(p2kp):
    """Give a workspace with one household, and what was noted of it so far by act, without openings."""
    file = init(p2kp, "Siti")
    ids = put(p2kp, file, "household", A_HOUSEHOLD | {"nik": "1671010101010012"})
    return file, ids


def rows(p2kp, file, *more):
    return p2kp("report", "audit", file, "-", *more).json()["rows"]


def done(p2kp, file):
    return [row["act"] for row in reversed(rows(p2kp, file)) if row["act"] != "open"]


def test_each_list_that_leaves_is_noted_once_with_how_and_how_much(p2kp, here):
    file, _ids = here
    p2kp("records", file, "get", "household")
    p2kp("report", "household", file, "-")
    p2kp("report", "household", file, "daftar.xlsx")
    full = ("--names", "--reason", "rapat")
    assert p2kp("print", "report:household", "daftar.pdf", "--workspace", file, *full).code == 0
    found = [row for row in reversed(rows(p2kp, file)) if row["act"] != "open"]
    assert [(row["act"], row["list"], row["kind"], row["names"]) for row in found] == [
        ("export", "household", "-", "names"), ("export", "household", "-", "names"),
        ("export", "household", ".xlsx", "names"), ("print", "report:household", None, "names"),
    ]
    assert found[-1]["reason"] == "rapat"
    assert [row["lines"] for row in found[1:3]] == [1, 1]
    told = json.dumps(rows(p2kp, file))
    assert "1671010101010012" not in told
    assert p2kp("check", file).code == 0


def test_a_bundle_an_erasure_and_a_changed_rule_are_noted(p2kp, here):
    file, _ids = here
    send(p2kp, file)
    put(p2kp, file, "period", {"year": 2026, "rules": "2016"})
    assert done(p2kp, file) == ["send", "settings"]
    (sent,) = rows(p2kp, file, "--where", "act=send")
    assert (sent["records"], sent["names"], sent["file"][:5]) == (1, "names", "P2KP_")


def test_figures_that_leave_every_night_are_noted_once_a_day_and_names_each_time(p2kp, here):
    file, _ids = here
    for _time in range(3):
        p2kp("report", "progress", file, "-")
        p2kp("report", "household", file, "-")
    found = [row["list"] for row in reversed(rows(p2kp, file)) if row["act"] == "export"]
    assert found == ["progress", "household", "household", "household"]
    assert len(rows(p2kp, file)) == len(rows(p2kp, file))  # reading the events is such figures too


def test_the_report_is_narrowed_by_act_and_person_and_says_so(p2kp, here):
    file, _ids = here
    p2kp("records", file, "get", "household")
    told = p2kp("report", "audit", file, "-", "--where", "act=export", "--where", "person=Siti").json()
    assert {row["act"] for row in told["rows"]} == {"export"}
    assert told["filters"] == ["Kejadian: export", "Oleh: Siti"]
    assert rows(p2kp, file, "--where", "person=Budi") == []
    assert {row["act"] for row in rows(p2kp, file, "--where", "act=ruang kerja dibuka")} == {"open"}
    assert p2kp("report", "audit", file, "-", "--where", "siapa=Budi").code == 1


def test_wrong_passwords_are_noted_once_the_workspace_is_opened(p2kp, monkeypatch):
    Path("sandi.txt").write_text(PASSWORD, "utf-8")
    Path("salah.txt").write_text("salah sekali 77", "utf-8")
    words = ("init", "Siti.p2kp", "--role", "facilitator", "--name", "Siti", "--region", "16.71.01.1001")
    assert p2kp(*words, "--password-file", "sandi.txt").code == 0
    from p2kp_desktop.store import files, keyring

    salt = files.salt_of(Path("Siti.p2kp"))
    keyring.forget(salt)
    assert p2kp("check", "Siti.p2kp", "--password-file", "salah.txt").code == 1
    monkeypatch.setenv("P2KP_PASSWORD_FILE", "sandi.txt")
    assert "wrong_password" in done(p2kp, "Siti.p2kp")
    assert p2kp("check", "Siti.p2kp").code == 0


def test_an_edit_with_an_sql_tool_is_found_by_check_and_by_the_office(p2kp, here):
    file, _ids = here
    city = init(p2kp, "kota", "district", "16.71")
    receive(p2kp, city, send(p2kp, file))
    with library.connect(file) as raw:
        raw.execute("DROP TRIGGER audit_no_delete")
        raw.execute("DELETE FROM audit WHERE number > 1")
    raw.close()
    checked = p2kp("check", file)
    assert checked.code == 1
    assert "Barisnya dipotong" in checked.out
    p2kp("records", file, "get", "household")
    assert "gap" in done(p2kp, file)
    told = p2kp("receive", city, send(p2kp, file))
    assert "kembali ke keadaan lama" in told.out + told.err
    assert "put_back" in {row["events"] for row in p2kp("report", "senders", city, "-").json()["rows"]}


def test_commands_open_a_workspace_where_that_is_noted():
    """A command that shows or changes what a workspace holds opens it through cli/opening.py."""
    quiet = {"opening.py", "protecting.py", "updates.py", "people.py"}
    for path in sorted((ROOT / "p2kp_desktop" / "cli").glob("*.py")):
        if path.name in quiet:
            continue
        for each in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(each, ast.ImportFrom) and (each.module or "").startswith("p2kp_desktop.store"):
                named = {one.name: one.asname for one in each.names}
                assert named.get("open_workspace", "opened") == "opened", path.name
