"""The reports of the community: on the practice village's, through every kind of file, equal to what a list shows."""

import csv
import datetime
import json
import shutil

import pytest
from openpyxl import load_workbook

from p2kp_desktop.actions.collaboration import needs, works
from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.community import agreement_steps
from p2kp_desktop.actions.practice import village_community
from p2kp_desktop.actions.practice.village_sample import KELURAHAN
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.cli import main
from p2kp_desktop.exchange import table_files
from p2kp_desktop.forms import form
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema.table import Kind, Mark, Scope
from p2kp_desktop.schema.table_words import words
from p2kp_desktop.store import open_workspace

NAMES = (
    "bowl_ranking", "bowl_parts", "readiness_rules", "bowl_forms", "bowl_records", "agreements", "indicators",
    "agreement_library", "meetings", "open_decisions", "needs", "funding", "activities", "activity_reports",
    "partners", "commitments", "policies",
)
NEED = {"region": KELURAHAN, "rt": "001/002", "criterion": "c2b", "what": "Gang", "volume": 12, "unit_name": "meter"}


@pytest.fixture(scope="module")
def settled(tmp_path_factory):
    """Give the file of a workspace with the community of the practice village, made once."""
    path = tmp_path_factory.mktemp("desa") / "Siti.p2kp"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("P2KP_HOME", str(tmp_path_factory.mktemp("rumah")))
        with workspaces.init(path, role="facilitator", name="Siti", regions=(KELURAHAN,)) as made:
            village_community.build_community(made)
            recording.record(made, form("policy"), {
                "kind": "sk_kumuh", "name": "SK 488", "number": "=488", "hectares": "12.5", "date": "2014-06-12",
                "area": "Kota Palembang"})
    return path


@pytest.fixture
def community(settled, tmp_path):
    path = tmp_path / settled.name
    shutil.copy(settled, path)
    with open_workspace(path) as workspace:
        yield workspace


def report(workspace, name, **asked):
    return catalogue.make(workspace, name, Scope(**asked))


def rows(workspace, name, **asked):
    return table_files.as_document(report(workspace, name, **asked))["rows"]


def test_every_list_of_the_community_is_a_report(capsys):
    assert set(NAMES) <= set(catalogue.reports())
    assert main(["report", "--list"]) == 0
    listed = capsys.readouterr().out
    assert all(f"\n{name} " in f"\n{listed}" for name in NAMES)


def test_every_report_is_the_same_in_every_kind_of_file(community, tmp_path):
    for name in NAMES:
        table = report(community, name)
        assert table.lines, name
        assert table.source is not None
        for ending in table_files.ENDINGS:
            table_files.write(tmp_path / f"{name}{ending}", table)
        document = json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8"))
        assert [list(row) for row in document["rows"]] == [[each.key for each in table.written]] * len(table.lines)
        text = (tmp_path / f"{name}.csv").read_text(encoding="utf-8-sig")
        assert len(list(csv.reader(text.splitlines(keepends=True)))) >= len(table.lines) + 3
        sheet = load_workbook(tmp_path / f"{name}.xlsx").worksheets[0]
        cells = [list(row) for row in sheet.iter_rows()]
        heads = [table_files.head(column) for column in table.written]
        head = next(at for at, row in enumerate(cells) if [cell.value for cell in row] == heads)
        for line, row in zip(table.lines, cells[head + 1:], strict=False):
            for column, cell in zip(table.written, row, strict=False):
                assert_holds(cell, column, line)


def assert_holds(cell, column, line):
    """Assert that a cell of a workbook holds a number, a day, or the words that the window shows."""
    value = column.of(line)
    if column.kind.is_number and value is not None:
        assert cell.value == pytest.approx(float(value)), column.key
    elif column.kind is Kind.DATE and value is not None:
        assert cell.value.date() == datetime.date.fromisoformat(str(value)), column.key
    else:
        assert (cell.value or "") == words(column, line), column.key
        assert cell.data_type != "f"


def test_marks_are_codes_for_scripts_and_words_for_people(community):
    recording.record(community, form("need"), {**NEED, "cost": 5})
    row = next(row for row in rows(community, "needs") if row["what"] == "Gang")
    assert (row["criterion"], row["standing"], row["cost"], row["lack"]) == ("c2b", "unfunded", 5, 5)
    assert (row["volume"], row["unit"], row["region"]) == (12, "Meter", KELURAHAN)
    table = report(community, "needs")
    line = next(line for line in table.lines if line.what == "Gang")
    assert words(table.column("standing"), line) == "Belum"
    assert table.column("standing").icon(line) == "open"


def test_costs_nobody_knows_are_in_no_sum_and_that_is_said(community):
    before = report(community, "needs")
    recording.record(community, form("need"), NEED)
    after = report(community, "needs")
    assert after.sums == before.sums
    unknown = sum(line.cost is None for line in after.lines)
    assert after.notes == (f"{unknown} kebutuhan belum ditaksir biayanya dan tidak ikut dijumlahkan.",)
    assert report(community, "funding").notes == after.notes


def test_money_against_needs_is_that_of_the_sums(community):
    table = report(community, "funding")
    found = needs.lines(community, KELURAHAN)
    sources = {each.source for line in found for each in line.sums if each.firm}
    assert sources
    assert sum(table.sums[source] for source in sources) == sum(line.firm for line in found)
    assert table.sums["offered"] == sum(line.offered for line in found)


def test_what_is_of_every_period_says_so_and_is_narrowed_to_one(community):
    years = {row["year"] for row in rows(community, "activities")}
    year = max(years)
    recording.record(community, form("activity"), {"region": KELURAHAN, "period": "2019", "name": "Lama"})
    assert {row["year"] for row in rows(community, "activities")} == {*years, "2019"}
    assert {row["year"] for row in rows(community, "activities", period=year)} == {year}
    assert report(community, "activities").source.period == ""
    assert report(community, "activities", period=year).source.period == year
    assert {row["name"] for row in rows(community, "activities", period="2019")} == {"Lama"}


def test_activities_sum_their_money_and_their_reports_what_was_paid(community):
    found = works.works(community, KELURAHAN)
    table = report(community, "activities")
    assert table.sums == {"amount": sum(each.amount for each in found), "paid": sum(each.paid for each in found)}
    reports = report(community, "activity_reports")
    assert reports.sums == {"paid": table.sums["paid"]}
    assert {step.work for step in reports.lines} <= {line.name for line in found}


def test_only_the_rt_asked_for_is_in_it(community):
    recording.record(community, form("activity"), {
        "region": KELURAHAN, "period": "2019", "name": "Gang", "rt_label": "RT 7 RW 3"})
    recording.record(community, form("need"), {**NEED, "rt": "007/003"})
    assert [row["name"] for row in rows(community, "activities", rt="7/3")] == ["Gang"]
    assert [row["rt"] for row in rows(community, "needs", rt="7/3")] == ["007/003"]


def test_cancelled_commitments_are_in_no_sum_and_that_is_said(community):
    before = report(community, "commitments").sums
    recording.record(community, form("commitment"), {"who": "PT", "amount": 7, "reached": "batal", "year": 2026})
    after = report(community, "commitments")
    assert after.sums == before
    assert after.notes == ("1 komitmen yang batal tidak ikut dijumlahkan.",)
    assert {"who": "PT", "amount": 7, "reached": "batal", "year": 2026, "need": "waiting"}.items() <= next(
        row for row in rows(community, "commitments") if row["who"] == "PT").items()


@pytest.mark.parametrize("name", NAMES)
def test_some_lines_of_a_report_are_summed_up_anew_and_said_to_be_some(community, name):
    whole = report(community, name)
    if len(whole.lines) < 2:
        pytest.skip("one line at most")
    some = whole.holding(whole.lines[:1])
    assert some.sums == catalogue.reports()[name].put(whole.lines[:1]).sums
    assert some.notes[-1] == f"Hanya 1 dari {len(whole.lines)} baris daftar ini."
    assert whole.holding(whole.lines[::-1]).sums == whole.sums


def test_a_meeting_counts_who_came_and_an_open_decision_names_its_meeting(community):
    meetings = report(community, "meetings")
    assert meetings.sums["men"] == sum(line.came.men for line in meetings.lines) > 0
    decisions = rows(community, "open_decisions")
    assert meetings.sums["waiting"] == sum(each["kind"] == "decision" for each in decisions) > 0
    names = {line.name for line in meetings.lines}
    assert {row["meeting"].partition(" · ")[0] for row in decisions} <= names
    assert {row["standing"] for row in decisions} <= {"open", "late"}


def test_indicators_say_yes_or_no_for_each_kelurahan_and_how_many(community):
    (row,) = rows(community, "indicators")
    assert (row["region"], row["exists"], row["in_force"]) == (KELURAHAN, "yes", "yes")
    assert report(community, "indicators").sums["exists"] == 1
    assert rows(community, "indicators", period="2019")[0]["exists"] == "no"


def test_agreements_and_examples_hold_their_stage_and_aspect_as_codes(community):
    stages = {row["stage"] for row in rows(community, "agreements")}
    assert "berlaku" in stages
    library = rows(community, "agreement_library")
    assert [row["subject"] for row in library] == [each.subject for each in agreement_steps.library()]
    assert "check" not in library[0]


def test_a_bowl_is_ranked_by_its_parts_which_are_told_one_by_one(community):
    (ranking,) = rows(community, "bowl_ranking")
    parts = rows(community, "bowl_parts")
    counted = [row for row in parts if row["counts"] == "yes"]
    ready = [row for row in counted if row["ready"] == "ready"]
    assert (ranking["ready_parts"], ranking["parts"]) == (len(ready), len(counted))
    assert ranking["ready"] == pytest.approx(100 * len(ready) / len(counted))
    assert (ranking["region"], ranking["above"]) == (KELURAHAN, "Ilir Timur Dua")
    missing = [row["part"] for row in counted if row["ready"] == "missing"]
    assert ranking["next"] == (missing[0] if missing else "complete")


def test_records_of_institutions_are_counted_by_form(community):
    counted = {row["form"]: row["count"] for row in rows(community, "bowl_forms")}
    listed = [row["form"] for row in rows(community, "bowl_records")]
    assert {key: listed.count(key) for key in counted} == counted
    assert report(community, "bowl_forms").sums == {"count": len(listed)}


def test_rules_say_least_and_unit_apart(community):
    found = {row["part"]: row for row in rows(community, "readiness_rules")}
    table = report(community, "readiness_rules")
    rule = next(rule for rule in table.lines if rule.least is not None)
    assert words(table.column("least"), rule) == f"{rule.least} {rule.unit}"
    assert (found[rule.key]["least"], found[rule.key]["unit"]) == (rule.least, rule.unit)
    assert isinstance(table.column("part").of(rule), Mark)
