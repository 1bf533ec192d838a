"""The reports on how good the data is, what was sent and received, and what is kept: alike in every file."""

import csv
import datetime
import errno
import json
import os

import pytest
from openpyxl import load_workbook

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.importing import layouts
from p2kp_desktop.actions.importing.import_preview import Preview
from p2kp_desktop.actions.importing.layouts import WantedLayout
from p2kp_desktop.actions.keying import sittings
from p2kp_desktop.actions.quality import second_keying
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import comments
from p2kp_desktop.actions.upkeep import handing_over
from p2kp_desktop.exchange import table_block, table_files
from p2kp_desktop.forms import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.reports import catalogue, importing, quality, transfer, upkeep
from p2kp_desktop.schema.roles import VIEWER
from p2kp_desktop.schema.table import Kind, Scope
from p2kp_desktop.schema.table_words import words
from p2kp_desktop.store import facts, open_workspace
from p2kp_desktop.store.persons import Entered, put
from tests import villages

KELURAHAN = "16.71.01.1001"
NAMES = [name for name, made in catalogue.reports().items()
         if made.put.__module__ in (quality.__name__, transfer.__name__, upkeep.__name__)]
HOSTILE = ("=1+1", "<b>", "n" * 300, "dua\tkata\r\nlagi", "@SUM(A1)")


def house(workspace, name="Siti Aminah", **answers):
    given = {"region": KELURAHAN, "rt": "014/005", "head_name": name, **answers}
    return recording.record(workspace, Household, given).id


def rows_of(workspace, name, **asked):
    return table_files.as_document(catalogue.make(workspace, name, Scope(**asked)))["rows"]


def files_of(table, folder):
    """Give the cells of a table as they stand in a workbook, between commas, and in a document."""
    paths = {ending: folder / f"{table.name}{ending}" for ending in table_files.ENDINGS}
    for path in paths.values():
        table_files.write(path, table)
    sheet = [[cell.value for cell in row] for row in load_workbook(paths[".xlsx"]).worksheets[0].iter_rows()]
    head = sheet.index([table_files.head(column) for column in table.written])
    with paths[".csv"].open(encoding="utf-8-sig", newline="") as file:
        between = list(csv.reader(file))
    number = len(table.lines)
    rows = json.loads(paths[".json"].read_text(encoding="utf-8"))["rows"]
    return sheet[head + 1 : head + 1 + number], between[1 : 1 + number], rows


def check(column, line, cell, between, plain):
    """Compare a value in three files with what the window shows of it."""
    value, shown = column.of(line), words(column, line)
    assert plain == table_files.plain(value)
    if value is None or shown == "":
        assert cell in (None, shown)
        assert between == ""
    elif column.kind.is_number and not isinstance(value, str):
        assert cell == pytest.approx(float(value))
        assert float(between) == pytest.approx(float(value))
    elif column.kind in (Kind.DATE, Kind.MOMENT):
        assert cell == datetime.datetime.fromisoformat(value).replace(tzinfo=None)
        assert between == value
    else:
        assert cell == shown
        assert between.removeprefix("'") in (shown, value)


def figures_of(table):
    """Return how many lines a table has, and what its columns of figures say: names do not count."""
    shown = [column for column in table.written if column.kind.is_number]
    return len(table.lines), sorted(words(column, line) for column in shown for line in table.lines)


def test_every_report_of_the_practice_village_says_the_same_in_every_file_and_counts_alike_for_a_viewer(
    village_file, tmp_path
):
    with open_workspace(villages.copied(village_file, tmp_path)) as village:
        first = catalogue.make(village, "household", Scope()).lines[0].id
        recording.delete(village, Household, first, reason="=terdata dua kali")
        backups.back_up(village)
        handing_over.hand_over(village, person="Dewi", reason="pindah tugas")
        filled, figures = set(), {}
        for name in NAMES:
            table = catalogue.make(village, name, Scope())
            figures[name] = figures_of(table)
            sheet, between, plain = files_of(table, tmp_path)
            for row, line in enumerate(table.lines):
                for place, column in enumerate(table.written):
                    check(column, line, sheet[row][place], between[row][place], plain[row][column.key])
            filled |= {name} if table.lines else set()
        with village.changing() as connection:
            put(connection, Entered("Tono", VIEWER))
            facts.note(connection, "person", "Tono")
        assert village.know().is_veiled
        for name in NAMES:
            assert figures_of(catalogue.make(village, name, Scope())) == figures[name], name
    assert {"broken_rules", "rule_breakers", "doubles", "unusual", "transfers", "sent", "received", "senders",
            "conflicts", "backups", "trash", "comments", "handovers"} <= filled


def test_the_records_that_break_rules_are_listed_rule_by_rule(workspace):
    house(workspace, kk_count=0)
    broken = rows_of(workspace, "broken_rules")
    breakers = rows_of(workspace, "rule_breakers")
    assert sum(each["count"] for each in broken) == len(breakers)
    assert {each["severity"] for each in broken} == {each["severity"] for each in breakers}
    assert {each["name"] for each in breakers} == {"Siti Aminah"}
    assert breakers[0]["region"] == KELURAHAN
    assert rows_of(workspace, "broken_rules", rt="15/5") == []


def test_what_is_keyed_twice_is_compared_and_identity_numbers_stay_masked(workspace):
    record = house(workspace, nik="1671014410850003", kk_count=1)
    sittings.note(workspace, "household", record, sittings.Sitting().struck())
    second_keying.draw(workspace, "Siti", 100)
    (lot,) = rows_of(workspace, "rechecks")
    assert (lot["name"], lot["state"]) == ("Siti Aminah", "drawn")
    second_keying.finish(workspace, record, {"head_name": "Siti Aminah", "nik": "1671014410859993", "kk_count": 2})
    found = {each["question"].split(" ")[-1]: each for each in rows_of(workspace, "recheck_differences")}
    numbers = next(each for each in found.values() if "•" in str(each["first"]))
    assert (numbers["first"], numbers["second"]) == ("1671••••••••0003", "1671••••••••9993")
    assert {each["paper"] for each in found.values()} == {"Siti Aminah"}
    assert rows_of(workspace, "rechecks")[0]["state"] == "differs"
    (errors,) = rows_of(workspace, "keying_errors")
    assert (errors["operator"], errors["records"], errors["wrong"]) == ("Siti", 1, 0)
    (line,) = rows_of(workspace, "operators")
    assert (line["person"], line["records"]) == ("Siti", 1)
    assert datetime.date.fromisoformat(line["day"])


def test_a_sender_is_told_with_what_came_what_did_not_and_the_conflicts(make_workspace, tmp_path):
    field, city = make_workspace("field"), make_workspace("city", role="district")
    record = house(field, kk_count=1)
    receiving.receive(city, sending.send(field, tmp_path).path)
    (sender,) = rows_of(city, "senders")
    assert (sender["name"], sender["role"], sender["files"], sender["records"], sender["new"]) == (
        "field", "facilitator", 1, 1, 1)
    assert (sender["missing"], sender["conflicts"]) == (0, 0)
    recording.record(city, Household, {"id": record, "kk_count": 3})
    recording.record(field, Household, {"id": record, "kk_count": 2})
    receiving.receive(city, sending.send(field, tmp_path).path)
    (sender,) = rows_of(city, "senders")
    assert (sender["files"], sender["conflicts"], sender["serial"]) == (2, 1, 2)
    (conflict,) = rows_of(city, "conflicts")
    assert (conflict["question"], conflict["record"], conflict["id"]) == ("kk_count", "Siti Aminah", record)
    assert {conflict["first_workspace"], conflict["second_workspace"]} == {"field", "city"}
    assert rows_of(city, "conflicts", period="2019") == []
    assert [each["direction"] for each in rows_of(city, "transfers")] == ["received", "received"]
    assert [(each["to"], each["records"]) for each in rows_of(field, "sent")] == [("district", 1), ("district", 1)]
    assert [each["conflict"] for each in rows_of(city, "received")] == [1, 0]


def test_what_did_not_come_is_missing_at_its_sender_until_it_comes(make_workspace, tmp_path):
    team, city = make_workspace("Tim 3"), make_workspace("Kota", "district", ("16.71",))
    made = []
    for number in range(3):  # each goes on from what the city acknowledged of the one before
        house(team, f"Warga {number}")
        made.append(sending.send(team, tmp_path).path)
        receiving.receive(city, made[-1])
        receiving.receive(team, sending.send(city, tmp_path, to="facilitator").path)
    other = make_workspace("Kota baru", "district", ("16.71",))
    receiving.receive(other, made[2])
    (sender,) = rows_of(other, "senders")
    assert (sender["missing"], sender["files"]) == (2, 1)
    assert sender["lacking"] == "Tiga-puluh-lima Ilir"
    for bundle in made[:2]:
        receiving.receive(other, bundle)
    (sender,) = rows_of(other, "senders")
    assert (sender["missing"], sender["lacking"], sender["files"]) == (0, "", 3)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_name_stays_text(text, workspace, tmp_path):
    record = house(workspace, text, kk_count=0)
    comments.reply(workspace, record, "", text)
    for name in ("rule_breakers", "comments"):
        table = catalogue.make(workspace, name, Scope())
        sheet, between, plain = files_of(table, tmp_path)
        key = "name" if name == "rule_breakers" else "text"
        place = [column.key for column in table.written].index(key)
        kept = plain[0][key]
        assert kept[:70].split() == text[:70].split()
        assert sheet[0][place].replace("_x000D_", "\r") == kept
        assert not between[0][place].startswith(("=", "@"))
        block = table_block.block(table)
        assert f"'{text}" in block.text or not text.startswith(("=", "@"))
        assert "<b>" not in block.html
    recording.delete(workspace, Household, record, reason=text)
    (gone,) = rows_of(workspace, "trash")
    assert gone["reason"] == text.strip()
    assert gone["id"] == record


def test_identity_numbers_of_a_file_that_is_looked_at_stay_in_the_window(workspace):
    source = layouts.of_text("Nama Kepala Rumah Tangga\tRT/RW\tNIK\tNo. kartu lama\nSiti\t14/5\t1671064507800003\t"
                             "1671064507800004\n")
    (plan,) = layouts.plans_of(workspace, source, WantedLayout(Household))
    table = importing.columns(Preview(plan, source.tables))
    shown = [words(table.column("examples"), head) for head in table.lines]
    assert shown == ["Siti", "14/5", "1671064507800003", "1671064507800004"]
    assert "16710645078" not in table_block.block(table.as_filed()).text
    assert "Siti" in table_block.block(table.as_filed()).text


@pytest.mark.parametrize("why", [errno.ENOSPC, errno.EACCES])
def test_a_file_that_cannot_be_written_is_told_and_nothing_is_left(why, workspace, tmp_path, monkeypatch):
    house(workspace, kk_count=0)

    def refuse(*_paths):
        raise OSError(why, "no")

    monkeypatch.setattr(os, "replace", refuse)
    for ending in table_files.ENDINGS:
        with pytest.raises(Trouble) as refused:
            table_files.write(tmp_path / f"aturan{ending}", catalogue.make(workspace, "broken_rules", Scope()))
        assert refused.value.code
    assert not list(tmp_path.glob("aturan*"))
