import csv
import datetime
import json
from decimal import Decimal
from fractions import Fraction

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.cli import main
from p2kp_desktop.exchange import table_block, table_book, table_files
from p2kp_desktop.forms import FORMS, Household, RtSurvey, form
from p2kp_desktop.language import Trouble
from p2kp_desktop.reports import catalogue
from p2kp_desktop.reports.long import Fetched
from p2kp_desktop.reports.marks import conflicts
from p2kp_desktop.reports.records import records
from p2kp_desktop.schema import Unreadable
from p2kp_desktop.schema.table import Column, Kind, Mark, Part, Scope, Table, standing
from p2kp_desktop.schema.table_words import words
from p2kp_desktop.store import open_workspace

KELURAHAN = "16.71.01.1001"
HOSTILE = ('=1+1', "<b>&", "baris\nkedua\tdan tab", "n" * 300, "@SUM(A1)")

TYPED = Table("contoh", "Contoh: semua/jenis", (
    Column("name", "Nama", Kind.NAME, lambda line: line[0]),
    Column("check", "", Kind.CHECK, lambda _line: None),
    Column("number", "Jumlah", Kind.WHOLE, lambda line: line[1], unit="unit"),
    Column("area", "Luas", Kind.DECIMAL, lambda line: line[2], unit="ha"),
    Column("share", "Bagian", Kind.SHARE, lambda line: line[3], shown=lambda _line: "8 dari 64"),
    Column("day", "Tanggal", Kind.DATE, lambda line: line[4]),
    Column("money", "Biaya", Kind.MONEY, lambda line: line[5]),
    Column("standing", "Status", Kind.STATUS, lambda line: line[6]),
), [
    ("=1+1", 1218, Decimal("12.40"), Fraction(1, 8), "2026-12-01", 1_500_000, standing("incomplete", "3 kosong")),
    ("Siti", None, None, None, None, None, None),
], sums={"number": 1218}, notes=("Sementara.",))


@pytest.fixture
def house(workspace):
    """Give the file of a workspace with one house of an RT and its area survey."""
    recording.record(workspace, Household, {"region": KELURAHAN, "rt": "014/005", "head_name": "=1+1",
                                            "nik": "1671014410850003"})
    recording.record(workspace, RtSurvey, {"region": KELURAHAN, "rt": "014/005"})
    workspace.close()
    return workspace.name


def test_each_form_has_a_report_and_no_two_are_called_alike():
    names = list(catalogue.reports())
    assert len(set(names)) == len(names)
    assert {form.key for form in FORMS} <= set(names)
    assert {"rt", "kelurahan", "kawasan"} <= set(names)
    for described in catalogue.described():
        keys = [column["key"] for column in described["columns"]]
        assert described["title"]
        assert len(set(keys)) == len(keys) > 0


def test_a_workbook_holds_numbers_as_numbers_days_as_days_and_text_as_text(tmp_path):
    path = tmp_path / "contoh.xlsx"
    table_files.write(path, TYPED)
    sheet = load_workbook(path).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = rows.index(["Nama", "Jumlah (unit)", "Luas (ha)", "Bagian", "Tanggal", "Biaya", "Status"])
    assert rows[head + 1] == ["=1+1", 1218, 12.4, 0.125, datetime.datetime(2026, 12, 1), 1_500_000,
                              "Belum lengkap (3 kosong)"]
    assert sheet.cell(head + 2, 1).data_type == "s"
    assert rows[head + 2] == ["Siti", None, None, "8 dari 64", None, None, None]
    assert rows[head + 3][:2] == ["Jumlah", 1218]
    assert rows[head + 4][0] == "Sementara."


def test_values_between_commas_are_plain_and_no_formula(tmp_path):
    path = tmp_path / "contoh.csv"
    table_files.write(path, TYPED)
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][3] == "Bagian (%)"
    assert rows[1] == ["'=1+1", "1218", "12.4", "12.5", "2026-12-01", "1500000", "Belum lengkap (3 kosong)"]
    assert rows[3][:2] == ["Jumlah", "1218"]


def test_scripts_read_codes_and_numbers():
    assert table_files.as_document(TYPED)["rows"][0] == {
        "name": "=1+1", "number": 1218, "area": 12.4, "share": 12.5, "day": "2026-12-01", "money": 1_500_000,
        "standing": "incomplete",
    }


def test_whatever_is_called_percent_is_per_cent_in_every_report():
    found = {
        (one["name"], column["key"]): (column["unit"], column["kind"]) for one in catalogue.described()
        for column in one["columns"] if column["key"].split("_")[-1] == "percent" or column["kind"] == "share"
    }
    assert {("rt", "percent"), ("kelurahan", "percent"), ("rt_slum", "percent"), ("indicator_table", "percent"),
            ("activities", "physical")} <= found.keys()
    assert {where: unit for where, (unit, _kind) in found.items() if unit != "%"} == {}


def test_the_clipboard_gets_words_and_cells():
    block = table_block.block(TYPED)
    assert block.text.splitlines()[1] == "'=1+1\t1218\t12,40\t8 dari 64\t2026-12-01\t1500000\tBelum lengkap (3 kosong)"
    assert 'x:num="12.40"' in block.html
    assert block.rows == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_stays_text(text, tmp_path):
    table = Table("t", text[:40], (Column("a", text, Kind.NAME, lambda line: line),
                                   Column("b", "B", Kind.VERDICT, lambda line: Mark("open", line))), [text],
                  notes=(text,))
    for ending in table_files.ENDINGS:
        table_files.write(tmp_path / f"t{ending}", table)
    cells = [cell for row in load_workbook(tmp_path / "t.xlsx").worksheets[0].iter_rows() for cell in row]
    assert sum(cell.value == text and cell.data_type == "s" for cell in cells) >= 2
    assert json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))["rows"][0]["a"] == text
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        written = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in written if cell.startswith(("=", "@", "+", "-", "\t", "\r"))]


def test_a_file_of_an_unknown_kind_is_refused_and_nothing_is_left(tmp_path):
    with pytest.raises(Trouble) as refused:
        table_files.write(tmp_path / "daftar.pdf", TYPED)
    assert refused.value.code == "Q01"
    assert list(tmp_path.iterdir()) == []


def test_a_report_says_where_its_figures_come_from(house, capsys):
    assert main(["report", "rt", house, "-"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["report"] == "rt"
    (row,) = document["rows"]
    assert (row["rt"], row["households"], row["survey"]) == ("014/005", 1, "fit")
    assert document["sums"] == {"households": 1}
    source = document["source"]
    assert (source["workspace"], source["region"], source["rules"]) == ("Siti", KELURAHAN, "2018")
    assert (source["open_conflicts"], source["unverified"]) == (0, 2)
    assert source["coverage"] == {"surveyed": 1, "of": None}


def test_identity_numbers_are_masked_in_every_file(house, tmp_path, capsys):
    for ending in table_files.ENDINGS:
        out = tmp_path / f"rumah{ending}"
        assert main(["report", "household", house, str(out)]) == 0
    for ending in (".json", ".csv"):
        assert "1671014410850003" not in (tmp_path / f"rumah{ending}").read_text(encoding="utf-8")
    sheet = load_workbook(tmp_path / "rumah.xlsx").worksheets[0]
    values = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "1671••••••••0003" in values
    assert "=1+1" in values
    assert str(tmp_path / "rumah.xlsx") in capsys.readouterr().out


def test_only_the_rt_and_the_period_asked_for_are_in_it(house):
    with open_workspace(house) as workspace:
        assert len(catalogue.make(workspace, "household", Scope(rt="14/5")).lines) == 1
        assert len(catalogue.make(workspace, "household", Scope(rt="015")).lines) == 0
        assert len(catalogue.make(workspace, "household", Scope(period="2020")).lines) == 0
        with pytest.raises(Unreadable):
            catalogue.make(workspace, "household", Scope("99.99"))
        with pytest.raises(Trouble) as unknown:
            catalogue.make(workspace, "rumah", Scope())
    assert unknown.value.code == "Q02"


def test_lines_are_fetched_in_parts_and_the_gone_left_out(workspace, monkeypatch):
    monkeypatch.setattr("p2kp_desktop.reports.long.AT_ONCE", 2)
    ids = [recording.record(workspace, Household, {"region": KELURAHAN, "rt": "1", "head_name": f"Rumah {n}"}).id
           for n in range(5)]
    made = catalogue.make(workspace, "household", Scope())
    recording.delete(workspace, Household, ids[1], reason="ganda")
    assert isinstance(made.lines, Fetched)
    assert next(line.id for line in made.lines) == ids[0]
    assert made.lines[2].id == ids[2]
    assert len(records(Household, list(made.lines)).lines) >= 4


def test_the_list_of_reports_needs_no_workspace(capsys):
    assert main(["report", "--list", "--json"]) == 0
    reports = json.loads(capsys.readouterr().out)["reports"]
    columns = {each["key"]: each for each in next(one for one in reports if one["name"] == "rt")["columns"]}
    assert columns["rt"] == {"key": "rt", "title": "RT", "kind": "rt", "unit": None}
    assert main(["report", "--list"]) == 0
    assert "kelurahan" in capsys.readouterr().out
    assert main(["report", "rt"]) == 2


def test_every_report_of_a_workspace_without_records_is_a_table_and_no_error(workspace):
    for name in catalogue.reports():
        assert catalogue.make(workspace, name, Scope("", None, "")).columns, name


def test_more_rows_than_a_sheet_holds_are_refused_and_not_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(table_book, "_MOST_ROWS", 1)
    with pytest.raises(Trouble) as refused:
        table_files.write(tmp_path / "daftar.xlsx", TYPED)
    assert refused.value.code == "Q03"
    assert list(tmp_path.iterdir()) == []


def test_households_and_what_waits_are_reports_with_values(house):
    with open_workspace(house) as workspace:
        (row,) = table_files.as_document(catalogue.make(workspace, "houses", Scope()))["rows"]
        assert (row["name"], row["nik"], row["rt"]) == ("=1+1", "1671••••••••0003", "014/005")
        for name in ("waiting", "resident_list", "unvisited"):
            assert table_files.as_document(catalogue.make(workspace, name, Scope()))["rows"] == []


def test_a_decimal_answer_is_the_number_that_was_stored(workspace):
    """Files keep 1.234 ha as it is: read as people type it, the point would group thousands."""
    recording.record(workspace, RtSurvey, {"region": KELURAHAN, "rt": "014/005", "area_ha": "1.234"})
    recording.record(workspace, form("kawasan"), {"region": KELURAHAN, "name": "K", "sk_ha": "12.345"})
    made = table_files.as_document(catalogue.make(workspace, "rt_survey", Scope()))
    assert made["rows"][0]["area_ha"] == 1.234
    kawasan = table_files.as_document(catalogue.make(workspace, "kawasan", Scope()))["rows"][0]
    assert (kawasan["hectares"], kawasan["rts"]) == (12.345, 0)


def test_an_option_and_a_level_are_codes_for_scripts_whatever_is_spoken(workspace):
    recording.record(workspace, Household, {"region": KELURAHAN, "rt": "014/005", "water_source": "a"})
    table = catalogue.make(workspace, "household", Scope())
    made = table_files.as_document(table)["rows"][0]
    assert made["water_source"] == "ledeng_meteran"
    assert words(table.column("water_source"), next(iter(table.lines))).startswith("Ledeng")
    rt = table_files.as_document(catalogue.make(workspace, "rt", Scope()))["rows"][0]
    assert rt["level"] in ("berat", "sedang", "ringan", "tidak_kumuh")


def test_a_mark_that_is_only_a_count_is_a_number_in_files(tmp_path):
    table = Table("c", "Konflik", (Column("c", "Konflik", Kind.STATUS, conflicts),), [3, 0])
    assert [row["c"] for row in table_files.as_document(table)["rows"]] == [3, None]
    table_files.write(tmp_path / "c.csv", table)
    assert (tmp_path / "c.csv").read_text("utf-8-sig").splitlines()[1] == "3"
    table_files.write(tmp_path / "c.xlsx", table)
    assert load_workbook(tmp_path / "c.xlsx").active["A4"].value == 3


def test_parts_of_one_name_are_sheets_of_their_own(tmp_path):
    """RT 014/005 of two kelurahan stands on two sheets of a district's workbook."""
    table = Table("rt", "RT", (Column("name", "Nama", Kind.NAME, lambda line: line[1]),),
                  [("x", "Siti"), ("y", "Budi"), ("z", "Ali")], part=lambda line: Part("'RT: 014/005" * 9, (line[0],)))
    table_files.write(tmp_path / "rt.xlsx", table)
    book = load_workbook(tmp_path / "rt.xlsx")
    assert len(book.sheetnames) == 3
    assert [sheet["A2"].value for sheet in book] == ["x", "y", "z"]


@pytest.mark.parametrize(("asked", "told"), [
    (("--period", "1999"), "1999"), (("--rt", "99/99"), "099/099"), (("--region", "16.02"), "16.02"),
])
def test_what_the_workspace_does_not_hold_is_said_beside_the_report(house, asked, told, capsys):
    assert main(["report", "rt", house, "-", *asked]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["report"] == "rt"
    assert told in said.err
    assert main(["report", "rt", house, "-"]) == 0
    assert not capsys.readouterr().err


def test_a_map_has_points_where_there_are_coordinates_and_no_name_of_a_person(workspace, tmp_path, capsys):
    place = {"region": KELURAHAN, "head_name": "Siti Aminah", "phone": "0812345678"}
    recording.record(workspace, form("rt"), {**place, "rt": "014/005", "latitude": "-2,9831", "longitude": "104,7754"})
    recording.record(workspace, form("rt"), {**place, "rt": "015/005"})
    workspace.close()
    path = tmp_path / "rt.geojson"
    assert main(["report", "rt", workspace.name, str(path)]) == 0
    found = json.loads(path.read_text("utf-8"))
    assert found["type"] == "FeatureCollection"
    assert [each["geometry"] for each in found["features"]] == [
        {"type": "Point", "coordinates": [104.7754, -2.9831]}, None]
    assert found["features"][0]["properties"]["rt"] == "014/005"
    assert found["source"]["workspace"] == "Siti"
    assert "Aminah" not in path.read_text("utf-8").replace('"person": "Siti"', "")
    for report, code in (("criteria", "Q08"), ("kelurahan", "Q19")):  # without a place, and without boundaries
        assert main(["report", report, workspace.name, str(tmp_path / "k.geojson")]) == 1
        assert code in capsys.readouterr().err


def test_columns_about_a_person_are_left_out_of_a_map():
    rooms = [each.put(()) for each in catalogue.reports().values()]
    mapped = [table for table in rooms if table.at is not None]
    assert {"rt", "activities", "activity"} <= {table.name for table in mapped}
    private = {question.key for made in FORMS for question in made.questions if question.private} | {"head", "nik"}
    for table in mapped:
        open_to_all = {column.key for column in table.written if not column.is_private}
        public = {"name", "latitude", "longitude"}  # an activity has them, too, and a slum area
        assert not open_to_all & (private - public), table.name
    assert not {"household", "houses", "attachment"} & {table.name for table in mapped}


@pytest.mark.parametrize("columns", [1, 3, 40])
def test_what_stands_above_and_below_a_table_prints_whole(columns, tmp_path):
    long = "Kelurahan Tiga-puluh-lima Ilir · periode 2026 · " * 4
    table = Table("t", "Judul yang panjang sekali untuk satu kolom yang sempit", tuple(
        Column(f"c{number}", f"Kolom {number}", Kind.TEXT, lambda _line: "isi") for number in range(columns)
    ), [1], notes=(long,))
    table_files.write(tmp_path / "t.xlsx", table)
    sheet = load_workbook(tmp_path / "t.xlsx").worksheets[0]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == long]
    spans = {str(each).split(":")[0]: each for each in sheet.merged_cells.ranges}
    reach = spans[cell.coordinate].max_col if cell.coordinate in spans else cell.column
    letters = sum(sheet.column_dimensions[each].width for each in map(get_column_letter, range(cell.column, reach + 1)))
    assert cell.column == (1 if columns < 40 else 2)  # the first one stands again on every page
    assert cell.alignment.wrap_text
    assert sheet.row_dimensions[cell.row].height >= 15 * min(len(long) / letters, 11)
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows
    assert sheet.page_setup.orientation == ("landscape" if columns > 3 else "portrait")


def test_a_table_without_lines_says_why(tmp_path):
    table = Table("t", "Judul", (Column("a", "A", Kind.TEXT, str),), [], empty="Belum ada apa-apa.")
    table_files.write(tmp_path / "t.xlsx", table)
    values = [cell.value for row in load_workbook(tmp_path / "t.xlsx").worksheets[0].iter_rows() for cell in row]
    assert "Belum ada apa-apa." in values


def test_a_sum_of_hectares_keeps_its_decimals(tmp_path):
    table = Table("t", "Judul", (Column("n", "Nama", Kind.NAME, lambda _line: "x"),
                                 Column("a", "Luas", Kind.DECIMAL, lambda line: line)),
                  [Decimal("1.25"), Decimal(2)], sums={"a": Decimal("3.25")})
    table_files.write(tmp_path / "t.xlsx", table)
    cells = [cell for row in load_workbook(tmp_path / "t.xlsx").worksheets[0].iter_rows() for cell in row]
    formats = {cell.value: cell.number_format for cell in cells if isinstance(cell.value, int | float)}
    assert formats[3.25] == formats[1.25] != formats[2] == "#,##0"
