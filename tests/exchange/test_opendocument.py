"""Tables of LibreOffice Calc (.ods): what its cells hold, and files that are locked, damaged or made to harm."""

import datetime
import random
import zipfile
from contextlib import suppress
from dataclasses import replace

import pytest

from p2kp_desktop.exchange.opendocument import read_sheets
from p2kp_desktop.exchange.package import LIMITS
from p2kp_desktop.exchange.tables import read_tables
from p2kp_desktop.exchange.workbook import Broken
from p2kp_desktop.language import Trouble
from tests.office import cell, ods, row

from .spoiling import TOKENS

ERROR = 'table:formula="of:=1/0" calcext:value-type="error"'


def rows_of(path):
    (table,) = read_tables(path)
    return list(table.rows)


@pytest.mark.parametrize(("made", "value"), [
    (cell("Siti"), "Siti"),
    (cell("25%", kind="percentage", value="0.25"), "25%"),
    (cell("7,5%", kind="percentage", value="0.075"), "7,5%"),
    (cell("1.500.000", kind="float", value="1500000"), 1500000.0),
    (cell("Rp1.500.000", kind="currency", value="1500000"), 1500000.0),
    (cell("1,67106E+15", kind="float", value="1671064507800003"), 1671064507800003.0),
    (cell("04/10/22", kind="date", value="2022-10-04"), datetime.date(2022, 10, 4)),
    (cell("04/10/22", kind="date", value="2022-10-04T00:00:00"), datetime.date(2022, 10, 4)),
    (cell("04/10/22 08.15", kind="date", value="2022-10-04T08:15:00"), datetime.datetime(2022, 10, 4, 8, 15)),
    (cell("kapan", kind="date", value="2022-13-44"), "kapan"),
    (cell("08.15", kind="time", value="PT08H15M00S"), datetime.time(8, 15)),
    (cell("100.00", kind="time", value="PT100H00M00S"), "100.00"),
    (cell("YA", kind="boolean", value="true"), True),
    (cell("2", kind="float", value="2", attributes='table:formula="of:=1+1"'), 2.0),
    (cell("#DIV/0!", attributes=ERROR), Broken("#DIV/0!")),
    (cell("Err:522", kind="float", value="0", attributes='table:formula="of:=A1"'), Broken("Err:522")),
    (cell("", kind="", attributes='table:formula="of:=A1"'), Broken("")),
    (cell("#REF!"), "#REF!"),
    (cell("Siti</text:p><text:p>Aminah"), "Siti\nAminah"),
    (cell("Siti<text:line-break/>Aminah<text:tab/>x<text:s text:c='2'/>y"), "Siti\nAminah\tx  y"),
    (cell("<text:span>Si</text:span>ti"), "Siti"),
    (cell("Siti").replace("<text:p>", "<office:annotation><text:p>catatan</text:p></office:annotation><text:p>"),
     "Siti"),
    (cell("Siti").replace("<text:p>", "<draw:frame><text:p>gambar</text:p></draw:frame><text:p>"), "Siti"),
])
def test_a_cell_of_calc_holds_what_people_see_in_it(tmp_path, made, value):
    assert rows_of(ods(tmp_path / "a.ods", row("Judul", made)))[0][1] == value


def test_repeated_cells_and_rows_are_written_out_and_empty_ones_are_room(tmp_path):
    path = ods(tmp_path / "a.ods", "".join((
        row(cell("", kind="", attributes='table:number-columns-repeated="2"'), cell("a"),
            cell("b", attributes='table:number-columns-repeated="2"')),
        row(cell("", kind="", attributes='table:number-columns-repeated="16384"'),
            attributes='table:number-rows-repeated="2"'),
        row("c", attributes='table:number-rows-repeated="2"'),
        row(cell("", kind="", attributes='table:number-columns-repeated="16384"'),
            attributes='table:number-rows-repeated="1048571"'),
    )))
    empty = [""] * 5
    assert rows_of(path) == [["", "", "a", "b", "b"], empty, empty, ["c", *empty[1:]], ["c", *empty[1:]]]


def test_a_cell_merged_over_rows_holds_for_each_of_them(tmp_path):
    path = ods(tmp_path / "a.ods", "".join((
        row(cell("014/005", attributes='table:number-rows-spanned="2" table:number-columns-spanned="1"'), "Siti"),
        row("<table:covered-table-cell/>", "Budi"),
    )))
    (table,) = read_tables(path)
    assert (table.rows, table.held) == ((["014/005", "Siti"], ["", "Budi"]), {2: {0: "014/005"}})


def test_rows_that_a_filter_hides_are_read_and_known(tmp_path):
    path = ods(tmp_path / "a.ods", row("a") + row("b", attributes='table:visibility="filter"') + row("c"))
    (sheet,) = read_sheets(path)
    assert (sheet.rows, sheet.hidden) == ([["a"], ["b"], ["c"]], {2})


def test_what_calc_keeps_of_other_files_and_of_earlier_edits_is_no_sheet(tmp_path):
    body = (f'<table:tracked-changes><table:table-cell><text:p>lama</text:p></table:table-cell></table:tracked-changes>'
            f'<table:table table:name="Rumah">{row("a")}</table:table>'
            f"""<table:table table:name="'file:///C:/lain.ods'#Data">{row("rahasia")}</table:table>""")
    assert rows_of(ods(tmp_path / "a.ods", "", body=body)) == [["a"]]


def filled(times):
    return row(cell("1", attributes=f'table:number-columns-repeated="{times}"'))


@pytest.mark.parametrize(("rows", "code"), [
    (filled(16_385), "B11"), (filled(999_999_999), "B11"),
    (row("x", attributes='table:number-rows-repeated="1048577"'), "B11"),
    (row(cell("1", attributes='table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="9999"'),
     "B11"),
    (row(attributes='table:number-rows-repeated="1048575"') + filled(100), "B11"),
    (row("x", attributes='table:number-rows-repeated="-1"'), "B14"),
    (row("x", attributes='table:number-rows-repeated="banyak"'), "B14"),
    ("<text:span>" * 200 + "</text:span>" * 200, "B11"),
    ("<table:table-row>", "B14"),
])
def test_a_sheet_that_reaches_too_far_or_is_none_is_refused_in_no_time(tmp_path, rows, code):
    with pytest.raises(Trouble) as told:
        read_tables(ods(tmp_path / "a.ods", rows))
    assert told.value.code == code


MANIFEST = b'<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'


@pytest.mark.parametrize(("parts", "code"), [
    ({"META-INF/manifest.xml": MANIFEST}, "B08"),
    ({"META-INF/manifest.xml": b"<m/>", "encrypted-package": b"x"}, "B08"),
    ({"Basic/Standard/Module1.xml": b"<m/>"}, "B07"),
    ({"content.xml": b'<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'}, "B12"),
    ({"content.xml": b"<x/>"}, "B14"), ({"content.xml": b"rusak"}, "B14"),
    ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "B05"),
    ({"Pictures/besar.bin": bytes(8 << 20)}, "B11"),
])
def test_a_file_that_is_locked_damaged_or_unsafe_is_refused_for_what_it_is(tmp_path, parts, code):
    with pytest.raises(Trouble) as told:
        read_tables(ods(tmp_path / "a.ods", row("a"), parts=parts))
    assert told.value.code == code
    assert "paket" not in str(told.value).casefold()


def test_a_content_that_unpacks_to_more_than_the_limit_is_refused(tmp_path):
    path = ods(tmp_path / "a.ods", row("a") * 1000)
    for limits in (replace(LIMITS, unpacked=1000), replace(LIMITS, cells=10), replace(LIMITS, packed=100)):
        with pytest.raises(Trouble) as told:
            read_sheets(path, limits)
        assert told.value.code == "B11"


def test_a_file_cut_off_or_with_spoilt_bytes_is_told(tmp_path):
    path = ods(tmp_path / "a.ods", row("a") * 1000)
    content = path.read_bytes()
    for length in (3, len(content) // 2, len(content) - 2):
        path.write_bytes(content[:length])
        with pytest.raises(Trouble):
            read_tables(path)
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(Trouble):
        read_tables(path)


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods", "a"])
def test_a_table_of_calc_is_known_whatever_its_name_ends_with(tmp_path, name):
    assert rows_of(ods(tmp_path / name, row("a"))) == [["a"]]


def spoilt(content, dice):
    """Return a content with some bytes changed, or with what nobody expects put into it."""
    made = bytearray(content)
    for _ in range(dice.choice((1, 3, 30))):
        at = dice.randrange(len(made))
        if dice.random() < 0.5:
            made[at] = dice.randrange(256)
        else:
            made[at:at] = dice.choice((*TOKENS, b"<table:table>", b' table:number-rows-repeated="999999999"'))
    return bytes(made)


@pytest.mark.parametrize("seed", range(100))
def test_whatever_befalls_a_file_it_is_read_or_refused_in_words(tmp_path, seed):
    dice, path = random.Random(seed), ods(tmp_path / "a.ods", row("Siti", cell("2", kind="float", value="2")) * 50)
    with zipfile.ZipFile(path) as package:
        content = package.read("content.xml")
    if seed % 2:
        ods(path, "", parts={"content.xml": spoilt(content, dice)})
    else:
        path.write_bytes(spoilt(path.read_bytes(), dice))
    with suppress(Trouble):
        read_tables(path)
