"""Tables as people bring them: workbooks of every age, CSV, merged cells, cells without a value."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from p2kp_desktop.exchange import locking
from p2kp_desktop.exchange.tables import read_tables
from p2kp_desktop.exchange.workbook import Broken
from p2kp_desktop.language import Trouble

OLD = Path(__file__).parents[1] / "data" / "rekap.xls"


@pytest.mark.parametrize("text", [
    "RT;Nama\r\n014/005;Siti\r\n", "RT|Nama\n014/005|Siti\n", "RT,Nama\n014/005,Siti\n", "RT\tNama\n014/005\tSiti\n",
])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("name", ["a.csv", "a.TXT", "a.xls", "a.xlsx", "a"])
def test_a_csv_is_read_as_office_suites_save_it_whatever_it_is_called(tmp_path, text, encoding, name):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    (table,) = read_tables(path)
    assert (table.sheet, table.rows) == ("", (["RT", "Nama"], ["014/005", "Siti"]))


def test_a_workbook_of_an_old_office_suite_is_read():
    (table,) = read_tables(OLD)
    assert (table.sheet, table.rows[1]) == ("Rekap", ["014/005", 1.5, 100.0, 120.0])


def test_a_cell_merged_over_rows_holds_its_value_in_each_of_them(tmp_path):
    book = Workbook()
    for row in (["RT", "Nama"], ["014/005", "Siti"], [None, "Budi"], [None, "Andi"]):
        book.active.append(row)
    book.active.merge_cells("A2:A4")
    book.save(tmp_path / "a.xlsx")
    (table,) = read_tables(tmp_path / "a.xlsx")
    assert table.held == {3: {0: "014/005"}, 4: {0: "014/005"}}


def test_a_formula_that_failed_or_has_no_value_is_told_apart_from_an_empty_cell(tmp_path):
    book = Workbook()
    for row in (["=1+1", None, "#REF!"], ["Siti", 2, None], [None, None, None, "#N/A"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    (table,) = read_tables(tmp_path / "a.xlsx")
    cells = {place.name: value for row in (1, 2, 3) for place, value in table.cells(row)}
    assert cells == {"A1": Broken(""), "C1": Broken("#REF!"), "A2": "Siti", "B2": 2.0, "D3": Broken("#N/A")}


def test_an_old_workbook_behind_a_password_is_named_as_such():
    with pytest.raises(Trouble) as told:
        read_tables(OLD.with_name("terkunci.xls"))
    assert (told.value.code, "simpan tanpa kata sandi" in told.value.remedy) == ("B08", True)


@pytest.mark.parametrize(("name", "content", "code"), [
    ("a.csv", b"", "B02"), ("a.csv", b"PK\0\0", "B04"), ("a.xlsx", b"JPEG", "B04"), ("a.xlsx", b"", "B02"),
    ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "B14"), ("tidak ada.csv", None, "B01"),
])
def test_what_is_no_table_is_told_without_a_word_about_bundles(tmp_path, name, content, code):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Trouble) as told:
        read_tables(path)
    assert told.value.code == code
    assert "paket" not in str(told.value).casefold()
    assert "pengirim" not in str(told.value).casefold()


@pytest.mark.parametrize("content", [
    b"<html><table></table></html>", b"\n<!DOCTYPE html><p>", b"<?xml version='1.0'?><Workbook/>",
    "<table><tr><td>a;b</td></tr></table>".encode("utf-16"),
])
def test_a_page_of_a_browser_that_is_called_a_workbook_is_named(tmp_path, content):
    (tmp_path / "a.xls").write_bytes(content)
    with pytest.raises(Trouble) as told:
        read_tables(tmp_path / "a.xls")
    assert told.value.code == "B24"


@pytest.mark.parametrize("content", [
    b"%PDF-1.7\na;b\nc;d\n\x00\x01", b"\x89PNG\r\n\x1a\n", b"satu baris; saja", b"a\nb\n",
])
def test_what_is_neither_a_workbook_nor_a_text_with_columns_is_no_table(tmp_path, content):
    (tmp_path / "a.xls").write_bytes(content)
    with pytest.raises(Trouble) as told:
        read_tables(tmp_path / "a.xls")
    assert told.value.code == "B04"


def test_a_workbook_that_is_called_a_csv_is_read_as_what_it_is(tmp_path):
    book = Workbook()
    book.active.append(["RT", "Nama"])
    book.save(tmp_path / "a.xlsx")
    (table,) = read_tables((tmp_path / "a.xlsx").rename(tmp_path / "a.csv"))
    assert table.rows == (["RT", "Nama"],)


def of_a_kind(path, kind):
    """Write a table as a file of a kind that is not read: locked, with macros, a text, a page of a browser."""
    plain = path.with_name("polos.xlsx")
    book = Workbook()
    book.active.append(["Nama", "RT/RW"])
    book.save(plain)
    if kind == "locked":
        locking.lock(plain, path, "rahasia")
    elif kind == "page":
        path.write_text("<html><table><tr><td>Nama</td></tr></table></html>", encoding="utf-8")
    else:
        with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
            if kind == "odt":
                target.writestr("mimetype", "application/vnd.oasis.opendocument.text")
                target.writestr("content.xml", "<x/>")
                return
            for name in source.namelist():
                target.writestr(name, source.read(name))
            target.writestr("xl/vbaProject.bin", b"macro")


@pytest.mark.parametrize(("name", "kind", "code", "remedy"), [
    ("a.xlsx", "locked", "B08", "simpan tanpa kata sandi"), ("a.xls", "locked", "B08", "simpan tanpa kata sandi"),
    ("a.xlsm", "macros", "B07", "simpan sebagai .xlsx tanpa makro"),
    ("a.odt", "odt", "B05", "simpan sebagai .xlsx atau .ods"),
    ("a.xls", "page", "B24", "jawab Ya bila ditanya, simpan sebagai .xlsx"),
])
def test_a_table_of_another_kind_is_refused_with_the_way_to_bring_it_in(tmp_path, name, kind, code, remedy):
    of_a_kind(tmp_path / name, kind)
    with pytest.raises(Trouble) as told:
        read_tables(tmp_path / name)
    assert (told.value.code, remedy in told.value.remedy) == (code, True)


def test_a_sheet_that_claims_a_million_rows_holds_those_that_are_filled(tmp_path):
    book = Workbook()
    for row in (["Nama", "RT/RW"], ["Siti", "14/5"]):
        book.active.append(row)
    book.active.cell(1_048_576, 2).fill = PatternFill("solid", fgColor="FF0000")
    book.save(tmp_path / "a.xlsx")
    (table,) = read_tables(tmp_path / "a.xlsx")
    assert len(table.rows) == 2


@pytest.mark.parametrize(("shown", "value"), [
    ("0%", "45%"), ("0.00%", "45%"), ('0" %"', 0.45), ("General", 0.45), ("0.0%;[Red]-0.0%", "45%"),
])
def test_a_percentage_is_what_the_cell_shows(tmp_path, shown, value):
    book = Workbook()
    book.active.append(["Progres", 0.45, "0,45"])
    for cell in book.active[1]:
        cell.number_format = shown
    book.save(tmp_path / "a.xlsx")
    (table,) = read_tables(tmp_path / "a.xlsx")
    assert table.rows == (["Progres", value, "0,45"],)


def test_rows_that_are_hidden_or_filtered_out_are_known(tmp_path):
    book = Workbook()
    for row in (["Nama"], ["Siti"], ["Budi"], []):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = book.active.row_dimensions[4].hidden = True
    book.save(tmp_path / "a.xlsx")
    (table,) = read_tables(tmp_path / "a.xlsx")
    assert table.hidden == {3}
