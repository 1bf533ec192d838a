"""The houses not visited yet as a list to print and take along."""

import openpyxl
import pytest

from p2kp_desktop.actions.importing import resident_lists
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.residents import line_ends, residents
from p2kp_desktop.forms import Household
from p2kp_desktop.forms.resident import EMPTY
from p2kp_desktop.language import Trouble
from p2kp_desktop.reports import saving
from p2kp_desktop.reports.residents import to_visit
from p2kp_desktop.schema.table import Scope
from tests.conftest import KELURAHAN

YEAR = "2026"


def put(workspace, rt, *names):
    lines = [residents.ResidentLine(str(number), name) for number, name in enumerate(names, start=1)]
    resident_lists.put_list(workspace, KELURAHAN, rt, YEAR, lines, origin="daftar")
    return residents.lines(workspace, KELURAHAN, rt, YEAR)


@pytest.fixture
def listed(workspace):
    first = put(workspace, "014/005", "Siti Anwar", "Budi Yusuf", "=Wulan")
    put(workspace, "015/005", "Rosmala")
    residents.decide(workspace, first[1].id, EMPTY)
    return workspace


def write(workspace, rt, path):
    return saving.save(workspace, to_visit(workspace, Scope(KELURAHAN, rt, YEAR)), path)


def rows(path, title):
    sheet = openpyxl.load_workbook(path)[title]
    return [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=6) if row[3].value]


def test_only_who_was_not_visited_stands_on_the_list_of_an_rt(listed, tmp_path):
    path = tmp_path / "daftar.xlsx"
    assert write(listed, "014/005", path) == 2
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["014-005"]
    sheet = book["014-005"]
    assert sheet["A2"].value.startswith("RT 014/005, ")
    assert sheet["A3"].value.startswith("2 dari 3 rumah")
    assert rows(path, "014-005") == [[1, "1", "Siti Anwar"], [3, "3", "=Wulan"]]
    assert sheet.print_title_rows == "$5:$5"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)


def test_a_note_is_printed_beside_its_house_in_a_row_that_holds_it(listed, tmp_path):
    path = tmp_path / "daftar.xlsx"
    line = residents.lines(listed, KELURAHAN, "014/005", YEAR)[0].id
    residents.note_down(listed, line, "rumah dikunci, pemilik di Jakarta sampai Lebaran, tanya warung sebelah")
    write(listed, "014/005", path)
    sheet = openpyxl.load_workbook(path)["014-005"]
    assert [sheet.cell(row, 8).value or "" for row in (6, 7)] == [
        "rumah dikunci, pemilik di Jakarta sampai Lebaran, tanya warung sebelah", ""
    ]
    assert sheet.row_dimensions[6].height > sheet.row_dimensions[7].height > 21


def test_a_kelurahan_has_a_sheet_for_each_rt_with_somebody_left(listed, tmp_path):
    path = tmp_path / "daftar.xlsx"
    recording.record(listed, Household, {"rt": "15/5", "period": YEAR, "head_name": "Rosmala", "building": "1"})
    line_ends.match(listed, KELURAHAN, "015/005", YEAR)
    assert write(listed, None, path) == 2
    assert openpyxl.load_workbook(path).sheetnames == ["014-005"]


def test_without_a_list_and_with_nobody_left_it_says_so(workspace, tmp_path):
    with pytest.raises(Trouble, match="belum ada"):
        write(workspace, None, tmp_path / "x.xlsx")
    (line,) = put(workspace, "014/005", "Siti")
    residents.decide(workspace, line.id, EMPTY)
    with pytest.raises(Trouble, match="Tidak ada rumah yang tersisa"):
        write(workspace, None, tmp_path / "x.xlsx")
    assert not (tmp_path / "x.xlsx").exists()
