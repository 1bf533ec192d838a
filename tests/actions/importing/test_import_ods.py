"""From Excel: tables of LibreOffice Calc (.ods) come in as the same tables of Excel do."""

import datetime

import pytest
from openpyxl import load_workbook

from p2kp_desktop.actions.importing import import_plan, layouts
from p2kp_desktop.actions.importing.read_table import PlaceOfRows
from p2kp_desktop.exchange.template import write_template
from p2kp_desktop.forms import FORMS, Household, RtRecap
from p2kp_desktop.language import Trouble
from tests.conftest import some
from tests.foreign_tables import DAY, HERE, answers_of, book, found, template
from tests.office import cell, converted, ods, row
from tests.official_workbook import SITI, filled

UGLY = [
    ["Siti", "14/5", "1671064507800003", 8.5, datetime.datetime(2022, 10, 4), 2],
    ["Budi", DAY, 1671064507800000, "8,5 m", "04/10/2022", "'2"],
    ["Andi\nbin Amat", "RT 14-RW 05", "'1671064507800003", "dua", 44838, "-"],
    ["Ali", "14/5", "1,67106E+15", "#DIV/0!", datetime.date(2022, 10, 4), True],
]
PARTS = 4  # LibreOffice takes ever longer, the more files it opens at one start
CHOSEN = some(FORMS)


def told(plans):
    """Return all that plans say, but for the name of the file."""
    return [
        (each.form, each.matched.sheet, each.matched.columns, each.errors, each.warnings,
         [(row.place, row.given, row.outcome) for row in (*each.rows, *each.refused)])
        for each in plans
    ]


def plans(workspace, path, form):
    return layouts.plans(workspace, form, path, PlaceOfRows(HERE), {})


def hold_alike(workspace, tmp_path, made):
    """Hold that files come in as Calc saves them as they do from Excel."""
    (tmp_path / "calc").mkdir()
    again = converted(tmp_path / "calc", "ods", *made)
    for (path, form), saved in zip(made.items(), again, strict=True):
        ours, theirs = plans(workspace, path, form), plans(workspace, saved, form)
        assert ours[0].rows or ours[0].errors
        assert told(theirs) == told(ours), path.name


@pytest.mark.parametrize("part", range(PARTS))
def test_templates_of_all_forms_come_in_from_calc_as_from_excel(workspace, tmp_path, part):
    hold_alike(workspace, tmp_path, {
        template(tmp_path / f"{form.key}.xlsx", form, answers_of(workspace, form)): form for form in CHOSEN[part::PARTS]
    })


def test_official_and_recap_tables_come_in_from_calc_as_from_excel(workspace, tmp_path):
    made = {}
    recap = [["JUMLAH", None, None, 3.5, 150], ["015/005", None, 1, 2, 50]]
    heads = ["RT/RW", "Keterangan", "1a", "Luas verifikasi", "bangunan"]
    made[filled(tmp_path / "resmi.xlsx", SITI, {**SITI, "D": "BUDI", "F": 2, "E": 1671064507800000})] = Household
    made[book(tmp_path / "rekap.xlsx", [["014/005", "x", 1, 1.5, 100], *recap], heads, [["REKAP"], []])] = RtRecap
    made[book(tmp_path / "jelek.xlsx", UGLY, ["Nama", "RT/RW", "NIK", "Panjang", "Tanggal Pendataan", "L"])] = Household
    hold_alike(workspace, tmp_path, made)


def test_a_template_of_the_practice_village_is_refused_from_calc_too(workspace, tmp_path):
    write_template(tmp_path / "a.xlsx", Household, rows=5, practice=True)
    (tmp_path / "calc").mkdir()
    (path,) = converted(tmp_path / "calc", "ods", tmp_path / "a.xlsx")
    with pytest.raises(Trouble, match="latihan"):
        import_plan.plan_file(workspace, Household, path)


def houses(path):
    return ods(path, "".join((
        row("DATA RT 14"), row("Nama", "RT/RW", "NIK", "L", "Tanggal"),
        row("Siti", "014/005", cell("1671064507800003"), cell("2", kind="float", value="2"),
            cell("04/10/22", kind="date", value="2022-10-04")),
        row("Budi", "014/005", cell("1,67106E+15", kind="float", value="1671064507800000"), "dua"),
    )))


def test_a_table_of_calc_is_planned_taken_in_and_known_again(workspace, tmp_path):
    (made,) = plans(workspace, houses(tmp_path / "a.ods"), Household)
    assert [(error.place.name, error.value) for error in made.errors] == [("D4", "dua")]
    assert any("C4" in warning and "kehilangan angka terakhirnya" in warning for warning in made.warnings)
    assert (import_plan.carry_out(workspace, [made]).new, len(found(workspace))) == (1, 1)
    assert found(workspace)[0].answers["survey_date"] == "2022-10-04"
    assert plans(workspace, tmp_path / "a.ods", Household)[0].count("identical") == 1


def test_the_copy_with_remarks_of_a_table_of_calc_is_an_xlsx_and_says_so(workspace, tmp_path):
    path, copy = houses(tmp_path / "a.ods"), tmp_path / "b.xlsx"
    import_plan.write_annotated(plans(workspace, path, Household), path, copy)
    made = load_workbook(copy)
    assert made["Rumah"]["D4"].comment.text.startswith("«dua» bukan angka.")
    assert made["Rumah"]["E3"].value.date() == datetime.date(2022, 10, 4)
    assert made["Rumah"].column_dimensions["C"].width > 16
    assert "Salinan selalu .xlsx, yang juga dibuka LibreOffice" in import_plan.words_of_annotated(path, copy)
    assert "LibreOffice" not in import_plan.words_of_annotated(copy, copy)
    assert plans(workspace, copy, Household)[0].errors == plans(workspace, path, Household)[0].errors


def test_the_copy_holds_sheets_and_signs_that_no_excel_would(workspace, tmp_path):
    rows = row("Nama", "RT/RW", "L") + row("Siti", "014/005", "dua")
    long = "Rumah tangga RT 014 RW 005 kelurahan 35 Ilir"
    body = "".join(f'<table:table table:name="{long} {name}">{rows}</table:table>' for name in ("A/B", "C"))
    path, copy = ods(tmp_path / "a.ods", "", body=body), tmp_path / "b.xlsx"
    import_plan.write_annotated(plans(workspace, path, Household), path, copy)
    made = load_workbook(copy)
    assert (len(made.sheetnames), max(map(len, made.sheetnames)) <= 32) == (3, True)
    assert made[made["Kesalahan"]["A2"].value]["C2"].comment is not None
    csv = tmp_path / "a.csv"
    csv.write_text("Nama;RT/RW;L\nSiti\x07;14/5;d\x0bua\n", encoding="utf-8")
    import_plan.write_annotated(plans(workspace, csv, Household), csv, tmp_path / "c.xlsx")
    assert load_workbook(tmp_path / "c.xlsx")["Data"]["C2"].value == "dua"
