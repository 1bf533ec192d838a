"""The table of roles and acts, through the core and through the command line: both obey it, and say why not."""

import re
from pathlib import Path

import pytest

from p2kp_desktop.actions.bundles import quarantine, receiving, sending
from p2kp_desktop.actions.common import backups, soundness, workspaces
from p2kp_desktop.actions.keying import persons
from p2kp_desktop.actions.recording import conflicts, recording
from p2kp_desktop.actions.review import person_erasure, verification
from p2kp_desktop.actions.trust import enrolling
from p2kp_desktop.forms import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.printing import making
from p2kp_desktop.printing.pages import offices
from p2kp_desktop.printing.pages.document import Asked
from p2kp_desktop.reports import catalogue, saving
from p2kp_desktop.schema.roles import MAY, ROLES, Deed, may
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import facts, open_workspace, rights
from p2kp_desktop.store.persons import Entered, put

NAMES = ("Ratnawulan Kusumo", "1671014101800001", "Kusumo")
RATNA = {"id": "h1", "rt": "001/001", "head_name": NAMES[0], "nik": NAMES[1]}
SCOPE = Scope("16.71", None, "2026")

# How each act is done in the core, and as which command; what is done to nobody (KOSONG) ends in another refusal.
CORE = {
    Deed.READ_NAMES: lambda w: soundness.digest(w),
    Deed.CHANGE: lambda w: recording.record(w, Household, RATNA | {"kk_count": 2}),
    Deed.DELETE: lambda w: recording.delete(w, Household, "KOSONG", reason="uji"),
    Deed.SEND: lambda w: sending.send(w, "keluar"),
    Deed.RECEIVE: lambda w: receiving.receive(w, "KOSONG.xlsx"),
    Deed.SETTLE: lambda w: conflicts.settle(w, "household", "KOSONG", "nik", None, reason="uji"),
    Deed.BACK_UP: backups.by_hand,
    Deed.EXPORT: lambda w: saving.save(w, catalogue.make(w, "household", SCOPE), Path("a.csv")),
    Deed.PRINT_NAMES: lambda w: making.make(w, "record", Asked(SCOPE, records=("h1",), names=True, reason="uji")),
    Deed.ADMIT: lambda w: quarantine.apply(w, ["KOSONG"], reason="uji"),
    Deed.REVIEW: lambda w: verification.verify(w, ids=["h1"]),
    Deed.ERASE: lambda w: person_erasure.erase(w, Household, "KOSONG", reason="uji"),
    Deed.RESTORE: lambda w: backups.restore("cadangan.p2kp", w.name),
    Deed.RULE: lambda w: offices.keep(w, offices.office(w)),
    Deed.PERSONS: lambda w: persons.add(w, "Cici", "12"),
    Deed.ENROL: lambda w: enrolling.refuse(w, "KOSONG", reason="uji"),
}
COMMANDS = {
    Deed.READ_NAMES: "digest FILE",
    Deed.CHANGE: "records FILE put household",
    Deed.DELETE: "records FILE delete household KOSONG --reason uji",
    Deed.SEND: "send FILE keluar",
    Deed.RECEIVE: "receive FILE KOSONG.xlsx",
    Deed.SETTLE: "conflicts FILE settle KOSONG nik --take 1 --reason uji",
    Deed.BACK_UP: "backup FILE",
    Deed.EXPORT: "report household FILE a.csv",
    Deed.PRINT_NAMES: "print record a.pdf --workspace FILE --record h1 --names --reason uji",
    Deed.ADMIT: "quarantine FILE apply KOSONG --reason uji",
    Deed.REVIEW: "verify FILE h1",
    Deed.RESTORE: "restore cadangan.p2kp FILE",
    Deed.RULE: "office FILE --town Palembang",
    Deed.PERSONS: "persons FILE add Cici --new-password-file pin",
    Deed.ENROL: "enrol FILE refuse KOSONG --reason uji",
}
COUNTED = ("rt", "kelurahan", "broken_rules")  # figures that are the same whoever reads them
BY_WINDOW_ALONE = {Deed.ERASE}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("peran")
    with workspaces.init(folder / "a.p2kp", role="district", name="Kantor", regions=["16.71"]) as workspace:
        recording.record(workspace, Household, {**RATNA, "region": "16.71.01.1001"})
        backups.back_up(workspace).rename(folder / "cadangan.p2kp")
    (folder / "keluar").mkdir()
    (folder / "pin").write_text("12\n", encoding="utf-8")
    (folder / "angka").write_text("1234\n", encoding="utf-8")
    return folder


@pytest.fixture
def here(made, monkeypatch):
    """Give a function that opens the workspace for somebody of a role."""
    monkeypatch.chdir(made)

    def as_role(role, file="a.p2kp"):
        with open_workspace(file) as workspace, workspace.changing() as connection:
            put(connection, Entered("Tono", role))
            facts.note(connection, "person", "Tono")
        return open_workspace(file)

    return as_role


def is_refused(act):
    try:
        act()
    except Trouble as trouble:
        return trouble.code == rights.REFUSED and "Minta petugas kantor" in str(trouble)
    except ValueError:  # what is done to nobody
        return False
    return False


@pytest.mark.parametrize("role", ROLES)
def test_the_core_does_what_the_table_says(here, role):
    assert CORE.keys() == {*Deed}
    for deed, act in CORE.items():
        with here(role) as workspace:
            assert is_refused(lambda: act(workspace)) is not may(role, deed), (role, deed)  # noqa: B023


@pytest.mark.parametrize("role", ROLES)
def test_so_does_the_command_line(here, p2kp, made, monkeypatch, role):
    assert COMMANDS.keys() | BY_WINDOW_ALONE == {*Deed}
    monkeypatch.chdir(made)
    for deed, words in COMMANDS.items():
        here(role).close()
        here(role, "cadangan.p2kp").close()
        ran = p2kp(*words.replace("FILE", "a.p2kp").split(), lines=[RATNA] if deed is Deed.CHANGE else ())
        refused = f"Kode {rights.REFUSED}" in ran.err
        assert refused is not may(role, deed), (role, deed, ran.err)
        assert ran.code == 1 or not refused


def test_who_works_alone_may_everything_and_nobody_less_than_a_viewer():
    assert MAY["office"] == {*Deed}
    assert not MAY["viewer"]
    assert not any(may("", deed) for deed in Deed)


def test_a_viewer_reads_no_name_in_any_report_record_or_search(here, p2kp, made, monkeypatch):
    monkeypatch.chdir(made)
    here("office").close()
    told = p2kp("records", "a.p2kp", "get", "household").out
    figures = [p2kp("report", name, "a.p2kp", "-").json()["rows"] for name in COUNTED]
    assert all(name in told for name in NAMES)
    with here("viewer") as workspace:
        tables = [catalogue.make(workspace, name, SCOPE) for name in catalogue.reports()]
        shown = " ".join(
            str(shown) for table in tables for line in table.lines for column in table.columns
            for shown in (column.of(line), column.shown and column.shown(line))
        )
    commands = (["records", "a.p2kp", "get", "household"], ["report", "household", "a.p2kp", "-"],
                ["report", "changes", "a.p2kp", "-"], ["doubles", "a.p2kp", "--json"])
    shown += " ".join(p2kp(*words).out for words in commands)
    assert [p2kp("report", name, "a.p2kp", "-").json()["rows"] for name in COUNTED] == figures
    assert re.search("R••• K•••", shown)
    assert [name for name in NAMES if name in shown] == []


def test_back_at_work_the_keyer_reads_names_again_in_the_same_window(here):
    with here("viewer") as workspace:
        put_back = "SELECT head_name FROM household"
        with workspace.asking() as connection:
            assert connection.exec_driver_sql(put_back).scalar() == "R••• K•••"
        with workspace.changing() as connection:
            put(connection, Entered("Tono", "keyer"))
        workspace.is_worked_by("Tono")
        with workspace.asking() as connection:
            assert connection.exec_driver_sql(put_back).scalar() == NAMES[0]


def test_the_office_changes_a_role_by_one_command(here, p2kp, made, monkeypatch):
    monkeypatch.chdir(made)
    here("office").close()
    p2kp("persons", "a.p2kp", "add", "Dewi", "--new-password-file", "angka")
    assert "pelihat" in p2kp("persons", "a.p2kp", "role", "Dewi", "viewer").out
    found = p2kp("persons", "a.p2kp", "--json").json()["persons"]
    assert {each["name"]: each["role"] for each in found}["Dewi"] == "viewer"
    assert p2kp("persons", "a.p2kp", "role", "Tidak ada", "viewer").code == 1
