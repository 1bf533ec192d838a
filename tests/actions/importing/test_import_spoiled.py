"""From Excel: cells that an office suite changed, or that people wrote in their own way."""


import pytest
from openpyxl import Workbook, load_workbook

from p2kp_desktop.actions.importing import import_plan
from p2kp_desktop.actions.importing.read_table import PlaceOfRows, Reading
from p2kp_desktop.actions.importing.row_reading import read
from p2kp_desktop.exchange.columns import Matched, by_hand
from p2kp_desktop.exchange.tables import Place, read_tables
from p2kp_desktop.forms import FORMS, RtRecap
from p2kp_desktop.forms.activity import Progress
from p2kp_desktop.schema import Choice, Several
from tests.foreign_tables import BESIDE, DAY, HERE, book, given, planned, rows_of


@pytest.mark.parametrize("spoiled", [DAY, "2026-12-05", "05-Des", "Mar-14"])
def test_an_rt_that_excel_made_a_day_keeps_its_row_out_and_says_so(workspace, tmp_path, spoiled):
    made = rows_of(workspace, tmp_path, [["Siti", spoiled]])
    (error,) = made.errors
    assert (error.place.name, made.rows) == ("B2", ())
    assert "Excel telah mengubah isi sel ini menjadi tanggal" in error.rule


def test_a_day_beside_an_rw_of_its_own_is_no_rt_and_a_day_is_no_number(workspace, tmp_path):
    made = rows_of(workspace, tmp_path, [["Siti", DAY, "5", 1], ["Budi", "14", "5", DAY]], ["Nama", "RT", "RW", "L"])
    assert [error.place.name for error in made.errors] == ["B2", "D3"]
    assert all("menjadi tanggal" in error.rule for error in made.errors)


def test_a_house_number_that_excel_made_a_day_is_named(workspace, tmp_path):
    made = rows_of(workspace, tmp_path, [["Siti", "14/5", DAY]], ["Nama", "RT/RW", "Nomor bangunan"])
    assert (given(made, "building"), made.errors) == (["2026-12-05"], ())
    assert made.warnings == (
        "C2: «2026-12-05» adalah tanggal; bila maksudnya nomor seperti 12/3, Excel telah mengubahnya.",)


@pytest.mark.parametrize("serial", [44838, 44838.0, "44838", 44838.34])
def test_the_number_that_excel_keeps_of_a_day_is_that_day(workspace, tmp_path, serial):
    assert given(rows_of(workspace, tmp_path, [["Siti", "14/5", None, None, serial]]), "survey_date") == ["2022-10-04"]


def test_days_in_the_american_order_are_named_and_put_the_others_of_their_column_in_doubt(workspace, tmp_path):
    rows = [[f"A{at}", "14/5", None, None, day] for at, day in enumerate(["10/14/2022", "10/04/2022", "05/05/2022"])]
    made = rows_of(workspace, tmp_path, rows)
    assert ([error.place.name for error in made.errors], given(made, "survey_date")) == (
        ["E2"], ["2022-04-10", "2022-05-05"])
    (doubt,) = made.warnings
    assert doubt.startswith("Kolom E: «10/14/2022» hanya dapat berarti bulan/hari/tahun. 1 tanggal lain")


def test_a_time_after_a_day_is_left(workspace, tmp_path):
    days = ["04/10/2022 08:15", "2022-10-04T08:15:33.000+07:00", "4 Okt 2022 20.30"]
    made = rows_of(workspace, tmp_path, [[f"A{at}", "14/5", None, None, day] for at, day in enumerate(days)])
    assert (given(made, "survey_date"), made.errors) == (["2022-10-04"] * 3, ())


@pytest.mark.parametrize("written", [
    "'1671064507800003", "’1671064507800003", "167106-450780-0003", "1671 0645 0780 0003", "1671064507800003.0",
])
def test_an_identity_number_is_its_digits_whatever_parts_them(workspace, tmp_path, written):
    assert given(rows_of(workspace, tmp_path, [["Siti", "14/5", written]]), "nik") == ["1671064507800003"]


def test_a_column_of_identity_numbers_that_all_end_with_0_was_ruined_and_a_single_one_may_be_right(workspace, tmp_path):
    ruined = [[f"A{at}", "14/5", f"16710645078000{at}0"] for at in (1, 2, 3)]
    made = rows_of(workspace, tmp_path, ruined)
    assert (given(made, "nik"), len(made.warnings)) == ([None] * 3, 3)
    others = [["B", "14/5", "1671064507800003"], ["C", "14/5", "1671064507800000"]]
    made = rows_of(workspace, tmp_path, [*ruined[:2], *others])
    assert given(made, "nik") == ["1671064507800010", "1671064507800020", "1671064507800003", None]
    (lost,) = made.warnings
    assert lost == "C5: «1671064507800000» sudah kehilangan angka terakhirnya di Excel; NIK dibiarkan kosong."


def test_a_dash_is_an_empty_cell_and_the_dashes_are_counted(workspace, tmp_path):
    made = rows_of(workspace, tmp_path, [["Siti", "14/5", "-", "–", None, "-"], ["-", "-", "-", "-", "-", "-"]])
    assert (len(made.rows), made.errors) == (1, ())
    assert made.warnings == (
        "Tanda «-» dibaca sebagai kosong: 9 sel di kolom A, B, C, D, E, F. Bila maksudnya nol, tulis 0.",)


def test_a_cell_of_spaces_is_empty(workspace, tmp_path):
    made = rows_of(workspace, tmp_path, [["Siti", "14/5", " ", "\u00a0", "  ", "\t"], [None, " "]])
    assert ([row.place.row for row in made.rows], made.errors, made.warnings) == ([2], (), ())


def test_a_number_may_carry_the_unit_of_its_question_and_what_is_no_number_is_named_as_written(workspace, tmp_path):
    made = rows_of(workspace, tmp_path, [["A", "14/5", None, "8,5 m", None, 2], ["B", "14/5", None, "8 cm"],
                                         ["C", "14/5", None, "1.234 m", None, "'2"], ["D", "14/5", None, "dua kali"]])
    assert (given(made, "floor_length"), given(made, "members_male")) == (["8.5", "1234"], [2, 2])
    assert [error.rule for error in made.errors] == ["«8 cm» bukan angka.", "«dua kali» bukan angka."]
    assert made.errors[0].remedy == "Tulis angkanya saja, misalnya 12; kosongkan bila tidak diketahui."
    assert any("D4: «1.234» dibaca 1.234 m" in warning for warning in made.warnings)


@pytest.mark.parametrize("written", [
    "A.", "(a)", "a)", "a. Ledeng meteran/SR", "(A) LEDENG  METERAN / SR", "a - ledeng meteran/sr",
])
def test_an_option_is_known_in_any_capitals_and_marks(workspace, tmp_path, written):
    made = rows_of(workspace, tmp_path, [["Siti", "14/5", written]], ["Nama", "RT/RW", "12"])
    assert (given(made, "water_source"), made.warnings, made.errors) == (["ledeng_meteran"], (), ())


def test_an_option_meant_by_its_first_words_is_told_and_one_that_may_be_two_keeps_its_row_out(workspace, tmp_path):
    made = rows_of(workspace, tmp_path, [["A", "14/5", "Sumur bor"], ["B", "14/5", "Ledeng"], ["C", "14/5", "3"]],
                   ["Nama", "RT/RW", "12"])
    assert (given(made, "water_source"), [error.place.name for error in made.errors]) == (["sumur_bor"], ["C3", "C4"])
    assert made.warnings == ("C2: «Sumur bor» dibaca «Sumur bor/pompa».",)


@pytest.mark.parametrize("form", FORMS)
def test_every_option_is_known_by_what_the_program_shows_of_it(form):
    reading = Reading(form, Matched(form.key, "", 0, {}, {}, "key"), None, None, None)
    for question in (each for each in form.questions if isinstance(each, Choice | Several)):
        for option in question.options:
            for text in (option.label, option.label.upper(), f"{option.letter}. {option.label}", option.letter.upper()):
                assert read(reading, Place("", 1, 0), question.key, text, {}) == option.code
        if isinstance(question, Several):
            everything = question.join({*question.options.codes})
            for text in (question.show(everything), question.show(everything).replace("; ", ", ")):
                assert read(reading, Place("", 1, 0), question.key, text, {}) == everything


def test_a_heading_with_spaced_letters_is_known_and_one_that_stands_twice_says_which_column_counts(workspace, tmp_path):
    heads = ["Nama", "Nama", "RT/RW", "N I K"]
    made = rows_of(workspace, tmp_path, [["Siti", "Aminah", "14/5", "1671064507800003"]], heads)
    assert given(made, "nik") == ["1671064507800003"]
    assert made.warnings == (
        "Kolom B «Nama» tidak dibaca: Nama Kepala Rumah Tangga sudah diambil dari kolom A.",)


def test_rows_of_another_kelurahan_among_ours_stay_out_but_a_misspelt_one_comes_in(make_workspace, tmp_path):
    workspace = make_workspace(regions=(HERE,))
    places = ["35 Ilir", "1671011001", "Lima Ulu", "16.71.02.1005", "35 ilr"]
    made = rows_of(workspace, tmp_path, [[f"A{at}", "14/5", place] for at, place in enumerate(places)],
                   ["Nama", "RT/RW", "Kelurahan"])
    assert given(made, "region") == [HERE] * 3
    assert [(error.place.name, error.rule) for error in made.errors] == [
        ("C4", "Kelurahan/desa «Lima Ulu» di luar wilayah ruang kerja ini."),
        ("C5", "Kelurahan/desa «16.71.02.1005» di luar wilayah ruang kerja ini."),
    ]
    assert made.errors[0].remedy == "Tulis salah satu tempat di ruang kerja ini, misalnya Tiga-puluh-lima Ilir."


def test_an_empty_cell_for_a_kelurahan_that_must_be_said_is_the_cell_that_is_named(make_workspace, tmp_path):
    workspace = make_workspace(regions=(HERE, BESIDE))
    made = rows_of(workspace, tmp_path, [["A", "14/5", None]], ["Nama", "RT/RW", "Kelurahan"])
    assert [(error.place.name, error.rule) for error in made.errors] == [("C2", "Selnya kosong.")]


@pytest.mark.parametrize(("sign", "above"), [
    (";", "DATA RT 14, RW 5"), (",", "DATA; RT 14"), ("\t", "Data, rekap; 2026"),
])
def test_a_csv_with_a_title_above_is_parted_by_the_sign_that_gives_most_lines_as_many_cells(
    workspace, tmp_path, sign, above
):
    quote = '"' if sign == "," else ""
    lines = [["RT/RW", "Luas verifikasi", "Jalan ideal", "Drainase ideal"],
             *([f"01{at}/005", *[f"{quote}{at},5{quote}"] * 3] for at in range(4))]
    path = tmp_path / "rekap.csv"
    path.write_text("\n".join([above, *(sign.join(line) for line in lines)]), encoding="utf-8")
    made = planned(workspace, path, RtRecap)
    assert (given(made, "jalan_ideal_m"), made.errors) == (["0.5", "1.5", "2.5", "3.5"], ())


def test_a_percentage_is_read_as_shown_and_a_share_of_one_is_put_in_doubt(workspace, tmp_path):
    made = Workbook()
    for row in (["Kegiatan", "Realisasi fisik"], ["Drainase", 0.45], ["Jalan", 0.45], ["MCK", 45]):
        made.active.append(row)
    made.active["B2"].number_format = "0%"
    made.save(tmp_path / "a.xlsx")
    (table,) = read_tables(tmp_path / "a.xlsx")
    plan = import_plan.plan(
        workspace, Progress, table, by_hand(table, Progress).corrected(1, "physical"), PlaceOfRows(HERE)
    )
    found = [row.given.get("physical") for row in (*plan.rows, *plan.refused)]
    assert found == ["45", "0.45", "45"]
    assert "Kolom B: «0,45» dibaca 0,45 %; bila maksudnya 45%, tulis 45% (1 sel seperti itu)." in plan.warnings


def test_hidden_rows_are_read_and_named(workspace, tmp_path):
    path = book(tmp_path / "a.xlsx", [["Siti", "14/5"], ["Budi", "14/5"]], ["Nama", "RT/RW"])
    filtered = load_workbook(path)
    filtered.active.row_dimensions[3].hidden = True
    filtered.save(path)
    made = planned(workspace, path)
    assert (len(made.rows), made.warnings) == (2, (
        "Baris 3 tersembunyi di berkasnya, misalnya karena disaring, dan ikut dibaca; hapus dari berkas bila tidak "
        "dimaksud.",))


@pytest.mark.parametrize(("written", "value"), [
    ("8,5 meter", "8.5"), ("8 MTR.", "8"), ("8m", "8"), ("8meter", "8"), ("3 kilometer", None), ("8 m2", None),
    ("8 me", None),
])
def test_a_unit_may_be_spelt_out(workspace, tmp_path, written, value):
    made = rows_of(workspace, tmp_path, [["A", "14/5", None, written]])
    assert (given(made, "floor_length"), len(made.errors)) == ([value] if value else [], 0 if value else 1)
