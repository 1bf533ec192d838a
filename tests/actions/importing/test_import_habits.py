"""From Excel: how tables look in the field, each habit on a real workbook."""

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from p2kp_desktop.actions.importing import import_plan
from p2kp_desktop.actions.importing.read_table import PlaceOfRows, spans
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Household, Rt, RtRecap
from tests.foreign_tables import book, found, imported, planned

HOUSES = ["No", "Nama KK", "RT", "RW", "L", "P"]
OLD = Path(__file__).parents[2] / "data" / "rekap.xls"


@pytest.mark.parametrize(("rt", "rw", "label"), [
    ("014", "005", "014/005"), (14, 5, "014/005"), ("RT 14", "RW 05", "014/005"), ("014/005", "005", "014/005"),
    ("DUSUN TIKUNG", "5", "DUSUN TIKUNG"), ("14", None, "014"), ("201/DS04", "2", "201/DS04"),
])
def test_rt_and_rw_in_two_columns_are_one_label(workspace, tmp_path, rt, rw, label):
    made = planned(workspace, book(tmp_path / "a.xlsx", [[1, "Siti", rt, rw, 2, 2]], HOUSES))
    assert (made.errors, made.rows[0].given["rt"]) == ((), label)


def test_rows_of_one_rt_number_in_two_rw_are_two_recaps(workspace, tmp_path):
    rows = [["014", "005", 1.5, 100], ["014", "006", 2.5, 77], ["015", "006", 3, 50]]
    path = book(tmp_path / "a.xlsx", rows, ["RT", "RW", "Luas verifikasi", "Jumlah bangunan"])
    imported(workspace, path, RtRecap)
    assert {each.answers["rt"]: each.answers["bangunan"] for each in found(workspace, RtRecap)} == {
        "014/005": 100, "014/006": 77, "015/006": 50,
    }


def test_an_rt_is_known_by_its_numbers_alone(workspace, tmp_path):
    path = book(tmp_path / "a.xlsx", [[14, 5, "Budi"]], ["Nomor RT", "Nomor RW", "Nama Ketua RT"])
    imported(workspace, path, Rt)
    (saved,) = found(workspace, Rt)
    assert (saved.answers["rt"], saved.answers["rw_number"]) == ("014/005", 5)


def test_an_rt_merged_over_rows_holds_for_each_of_them(workspace, tmp_path):
    made = Workbook()
    for row in (HOUSES, [1, "Siti", "014", "005", 1, 1], [2, "Budi", None, None, 1, 2], [None] * 6, [3, "Andi"]):
        made.active.append(row)
    for cells in ("C2:C4", "D2:D4"):
        made.active.merge_cells(cells)
    made.save(tmp_path / "a.xlsx")
    plan = planned(workspace, tmp_path / "a.xlsx")
    assert [(row.given["head_name"], row.given.get("rt")) for row in plan.rows] == [
        ("Siti", "014/005"), ("Budi", "014/005"), ("Andi", None),
    ]
    assert any("Baris 5 tidak menyebut RT" in warning for warning in plan.warnings)


@pytest.mark.parametrize("label", ["JUMLAH", "Total", "Jumlah seluruhnya", "TOTAL RT 014", "Rata-rata", "Sub Jumlah:"])
@pytest.mark.parametrize("place", [0, 1])
def test_a_row_that_adds_up_others_is_left_out_with_a_warning(workspace, tmp_path, label, place):
    rows = [[1, "014/005", 1.5, 100], [2, "015/005", 2, 50], [None, None, 3.5, 150]]
    rows[2][place] = label
    plan = planned(workspace, book(tmp_path / "a.xlsx", rows, ["No", "RT/RW", "Luas verifikasi", "bangunan"]), RtRecap)
    assert ([row.place.row for row in plan.rows], plan.errors) == ([2, 3], ())
    assert any("Baris 4 adalah baris jumlah" in warning for warning in plan.warnings)


def test_a_column_that_nobody_reads_is_named(workspace, tmp_path):
    path = book(tmp_path / "a.xlsx", [[1, "Siti", "14", "5", 1, 1, "janda", "x"]], [*HOUSES, "Keterangan", None])
    assert planned(workspace, path).warnings == (
        "Kolom G «Keterangan» tidak dikenal dan tidak dibaca.",
        "Kolom H «(tanpa judul)» tidak dikenal dan tidak dibaca.",
    )


@pytest.mark.parametrize(("move", "side", "columns", "right"), [(-1, "ke kiri", "D–F", "E–G"),
                                                                (1, "ke kanan", "F–H", "E–G")])
def test_cells_pasted_one_column_over_are_named_with_where_they_stand_and_belong(
    workspace, tmp_path, move, side, columns, right
):
    headings = ["No", "Nama KK", "RT/RW", "Jumlah KK", "9", "10", "11", "14"]
    rows = [[n, f"Warga {n}", "014/005", None, None, None, None, None] for n in range(1, 9)]
    for row in rows:
        row[4 + move], row[5 + move], row[6 + move] = "Tidak bocor", "Baik", "Bukan tanah"
    (warning,) = planned(workspace, book(tmp_path / "a.xlsx", rows, headings)).warnings
    assert f"Isi kolom {columns} " in warning
    assert f"bergeser satu kolom {side}; seharusnya di kolom {right}." in warning


def test_a_formula_without_a_value_keeps_its_row_out_and_names_its_cell(workspace, tmp_path):
    rows = [[1, "Siti", "14", "5", "=1+1", 2], [2, "Budi", "14", "5", "#REF!", 2], [3, "#N/A", "14", "5", 2, 2],
            [4, "Andi", "14", "5", 2, 2]]
    made = planned(workspace, book(tmp_path / "a.xlsx", rows, HOUSES))
    assert [(error.place.name, error.value) for error in made.errors] == [
        ("E2", "(rumus tanpa hasil)"), ("E3", "#REF!"), ("B4", "#N/A"),
    ]
    assert all("rumus" in error.rule for error in made.errors)
    assert [row.given["head_name"] for row in made.rows] == ["Andi"]


def test_a_csv_and_an_old_workbook_come_in_too(workspace, tmp_path):
    (tmp_path / "a.csv").write_text("Nama KK;RT;RW\nSiti;14;5\n", "utf-8")
    assert imported(workspace, tmp_path / "a.csv").new == 1
    shutil.copy(OLD, tmp_path / "rekap.xls")
    assert imported(workspace, tmp_path / "rekap.xls", RtRecap).new == 2


def test_rows_are_told_in_spans():
    assert spans([7, 2, 3, 4]) == "2–4, 7"


CODES = ["No", "Nama KK", "RT/RW", "L", "P", "9", "10", "11", "12", "14"]
ANSWERS = [[number, f"Warga {number}", "014/005", 2, 2, "a", "a", "b", "k", "c"] for number in range(8)]


def test_letters_that_fit_where_they_slid_are_found_out_by_the_cells_past_the_last_heading(workspace, tmp_path):
    slid = [[*row[:5], None, *row[5:]] for row in ANSWERS]
    warnings = planned(workspace, book(tmp_path / "a.xlsx", slid, CODES)).warnings
    assert warnings[0].startswith("Isi kolom J tampaknya bergeser satu kolom ke kanan; seharusnya di kolom I.")


def test_two_columns_that_hold_what_belongs_into_the_other_are_named(workspace, tmp_path):
    swapped = [[*row[:3], row[5], row[4], row[3], *row[6:]] for row in ANSWERS]
    assert planned(workspace, book(tmp_path / "a.xlsx", swapped, CODES)).warnings == (
        "Isi kolom D dan F tampaknya tertukar. Periksa sebelum mengimpor.",)


def test_headings_merged_over_two_rows_stand_beside_codes_below_a_common_heading(workspace, tmp_path):
    made = Workbook()
    for row in (["No", "RT/RW", "1. Bangunan", None, None, "Luas verifikasi"], [None, None, "1a", "1b", "1c", None],
                [1, "014/005", 1, 0, 3, 2.5]):
        made.active.append(row)
    for cells in ("A1:A2", "B1:B2", "C1:E1", "F1:F2"):
        made.active.merge_cells(cells)
    made.save(tmp_path / "a.xlsx")
    plan = planned(workspace, tmp_path / "a.xlsx", RtRecap)
    assert ([*plan.rows[0].given][:5], plan.warnings) == (
        ["rt", "irregular_buildings", "dense_ha", "substandard_buildings", "luas_ha"], ())


def _rts_of(workspace, text):
    made = import_plan.plan_pasted(workspace, Household, text, PlaceOfRows(period="2026"))
    return [row.given["rt"] for row in made.rows], [each for each in made.warnings if "tanpa RW" in each]


def test_an_rt_without_its_rw_is_the_one_of_that_number(workspace):
    recording.record(workspace, Household, {"rt": "14/5", "head_name": "Siti", "period": "2026"})
    labels, (told, _) = _rts_of(workspace, "RT\tNama KK\n14\tBudi\n15\tAli\n016/002\tAni\n16\tZen\n")
    assert labels == ["014/005", "015", "016/002", "016/002"]
    assert "RT 014 ditulis tanpa RW dan dibaca 014/005" in told


def test_an_rt_number_of_two_rws_stays_as_it_is_and_is_named(workspace):
    for rt in ("14/5", "14/6"):
        recording.record(workspace, Household, {"rt": rt, "head_name": "Siti", "period": "2026"})
    labels, (told,) = _rts_of(workspace, "RT\tNama KK\n14\tBudi\n")
    assert labels == ["014"]
    assert "padahal ada 014/005, 014/006" in told


def test_an_rt_that_is_recorded_without_rw_is_one(workspace):
    for rt in ("14", "14/6"):
        recording.record(workspace, Household, {"rt": rt, "head_name": "Siti", "period": "2026"})
    assert _rts_of(workspace, "RT\tNama KK\n14\tBudi\n") == (["014"], [])
