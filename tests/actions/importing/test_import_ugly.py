"""From Excel: whole sheets as they come from offices: titles, signatures, repeated headings, RTs over houses."""

import pytest
from openpyxl import Workbook

from p2kp_desktop.actions.importing import import_plan, layouts
from p2kp_desktop.actions.importing.read_table import PlaceOfRows
from p2kp_desktop.forms import Household
from p2kp_desktop.language import Trouble
from tests.foreign_tables import HERE, book, given

SITE = PlaceOfRows(HERE)
HOUSES = ["No", "Nama KK", "L", "P"]
SITI, BUDI, ALI = [1, "Siti", 1, 2], [2, "Budi", 1, 1], [3, "Ali", 2, 2]


def planned(workspace, tmp_path, rows, form=Household, address=SITE):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    made.save(tmp_path / "a.xlsx")
    (plan,) = layouts.plans(workspace, form, tmp_path / "a.xlsx", address, {})
    return plan


def names(made):
    return given(made, "head_name")


SIGNED = [
    [[None, None, None, "Palembang, 4 Oktober 2022"], [None, "Mengetahui", None, "Ketua RT 014"], [],
     [None, "Lurah", None, "( H. ABDULLAH )"], [None, "NIP. 196504101990031002"]],
    [[None, "Ketua RT 014"], [], [None, "H. Abdullah"]],
    [["Catatan: data sementara"], [None, "Sumber: RT"]],
    [[None, "Palembang, .......... 2022", "Palembang,   Oktober 2022"], [None, "H. Abdullah"]],
]


@pytest.mark.parametrize("signed", SIGNED)
@pytest.mark.parametrize("total", [[], [[], [None, "JUMLAH", 2, 3]]])
def test_a_signature_below_a_table_is_no_household(workspace, tmp_path, signed, total):
    made = planned(workspace, tmp_path, [HOUSES, SITI, BUDI, *total, [], *signed], address=PlaceOfRows(HERE, "014/005"))
    assert (names(made), made.errors) == (["Siti", "Budi"], ())
    assert any("di bawah tabel (tanda tangan atau catatan) dan tidak dibaca" in each for each in made.warnings)


def test_a_household_below_an_empty_row_is_none_of_a_signature(workspace, tmp_path):
    rows = [HOUSES, SITI, [], [None, "Ketua RT 014", 1, 1], [], [None, "Ali"]]
    made = planned(workspace, tmp_path, rows, address=PlaceOfRows(HERE, "014/005"))
    assert names(made) == ["Siti", "Ketua RT 014", "Ali"]


def test_headings_on_every_page_are_no_household(workspace, tmp_path):
    page = [["No", "Nama KK", "RT/RW", "L"], [1, 2, 3, 4]]
    siti, budi, ali = ([at, name, "14/5", 1] for at, name in enumerate(("Siti", "Budi", "Ali"), start=1))
    rows = [*page, siti, *page, budi, ["NO", "NAMA KK", "RT/RW"], ali]
    made = planned(workspace, tmp_path, rows)
    assert (names(made), made.errors) == (["Siti", "Budi", "Ali"], ())
    assert "Baris 4–5, 7 mengulang judul dan tidak dibaca." in made.warnings


@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize("label", ["RT 014 RW 005", "RT. 14/5", "R.T 14, R.W 5 (Ketua: H. Abdullah)"])
def test_a_row_with_an_rt_alone_says_it_for_the_houses_below(workspace, tmp_path, column, label):
    over = [None] * column
    rows = [HOUSES, [*over, label], SITI, BUDI, [*over, "RT 015 RW 005"], ALI]
    made = planned(workspace, tmp_path, rows, address=PlaceOfRows(HERE, "001/001"))
    assert given(made, "rt") == ["014/005", "014/005", "015/005"]
    assert made.warnings == ("RT diambil dari baris di atas rumah-rumahnya: 014/005 (baris 2), 015/005 (baris 5).",)


@pytest.mark.parametrize(
    "title", ["DAFTAR WARGA RT 14 RW 05 KEL. 35 ILIR", "RT 14 / RW V", "Rukun Tetangga: RT.014/005"],
)
def test_the_title_says_the_rt_where_no_row_does_and_is_put_against_the_one_chosen(workspace, tmp_path, title):
    rows = [[title], [], HOUSES, SITI]
    made = planned(workspace, tmp_path, rows)
    assert (given(made, "rt"), made.warnings) == (["014/005"], (f"RT 014/005 diambil dari A1 «{title}».",))
    made = planned(workspace, tmp_path, rows, address=PlaceOfRows(HERE, "001/001"))
    assert given(made, "rt") == ["001/001"]
    assert made.warnings == (f"Berkas menyebut RT 014/005 (A1 «{title}»), tetapi barisnya masuk ke RT 001/001. Periksa "
                             "RT-nya sebelum mengimpor.",)


@pytest.mark.parametrize("title", ["REKAP RT 14 s.d. 16", "RT 14 - 16", "RT 14 dan RT 15", "RT 14, RT 15"])
def test_a_title_with_several_rts_says_none(workspace, tmp_path, title):
    assert given(planned(workspace, tmp_path, [[title], HOUSES, SITI]), "rt") == [None]


def test_a_sheet_of_headings_alone_says_that_nothing_is_below_them(workspace, tmp_path):
    made = planned(workspace, tmp_path, [HOUSES])
    assert (made.rows, made.warnings) == ((), ("Di bawah judulnya tidak ada baris yang terisi.",))


def test_marks_answer_a_question_of_yes_or_no_and_are_told(workspace, tmp_path):
    made = planned(workspace, tmp_path, [
        ["RT/RW", "Nama KK", "1"], *[["14/5", f"A{at}", mark] for at, mark in enumerate(["v", "✓", "Y", "tdk", "v"])],
        ["14/5", "B", "x"], ["14/5", "C", 2],
    ])
    assert given(made, "road_access") == ["ya", "ya", "ya", "tidak", "ya"]
    assert [(error.place.name, error.code) for error in made.errors] == [("C7", "X22"), ("C8", "X22")]
    assert "Kolom C: «v» dibaca «Ya» (2 sel)." in made.warnings


def test_one_and_nothing_are_marks_too_but_for_a_question_whose_first_option_is_no(workspace, tmp_path):
    made = planned(workspace, tmp_path, [["RT/RW", "Nama KK", "1"], ["14/5", "A", 1], ["14/5", "B", 0]])
    assert given(made, "road_access") == ["ya", "tidak"]


def test_a_heading_that_may_be_men_or_women_is_neither(workspace, tmp_path):
    made = planned(workspace, tmp_path, [["RT/RW", "Nama KK", "Jumlah Anggota"], ["14/5", "Siti", 5]])
    assert {"members_male", "members_female"}.isdisjoint(made.rows[0].given)
    assert "Kolom C «Jumlah Anggota» tidak dikenal dan tidak dibaca." in made.warnings


def test_a_sum_is_passed_over_silently_only_where_its_parts_are_read(workspace, tmp_path):
    total = Household.members_total.label
    (told,) = planned(workspace, tmp_path, [["RT/RW", "Nama KK", total], ["14/5", "Siti", 5]]).warnings
    assert told == f"Kolom C «{total}» tidak dikenal dan tidak dibaca."
    whole = [["RT/RW", "Nama KK", "L", "P", total], ["14/5", "Siti", 2, 3, 5]]
    assert planned(workspace, tmp_path, whole).warnings == ()


def test_labels_that_look_like_another_rt_are_named(workspace, tmp_path):
    labels = ["XIV", "1405", "14 RT 05 RW", "DUSUN 2", "014/005", "201/DS04"]
    made = planned(workspace, tmp_path, [["Nama KK", "RT"], *[[f"A{at}", label] for at, label in enumerate(labels)]])
    (told,) = (each for each in made.warnings if "tidak biasa" in each)
    assert "«014 RT 05 RW» (baris 4), «1405» (baris 3), «XIV» (baris 2)." in told


def test_sheets_that_are_alike_are_named_with_their_warnings(workspace, tmp_path):
    made = Workbook()
    made.remove(made.active)
    for rt in (14, 15):
        sheet = made.create_sheet(f"RT {rt}")
        for row in (HOUSES, SITI, [None, "Jumlah", 1, 2]):
            sheet.append(row)
        sheet["B2"] = f"Siti {rt}"
    made.save(tmp_path / "a.xlsx")
    plans = layouts.plans(workspace, Household, tmp_path / "a.xlsx", PlaceOfRows(HERE), {})
    told = import_plan.rehearse(workspace, plans).warnings
    assert "Lembar «RT 15»: Baris 3 adalah baris jumlah dan tidak dibaca." in told


def test_signs_that_nobody_sees_are_left(workspace, tmp_path):
    rows = [["RT/RW\u00a0", "Nama KK\u200b", "L"], ["\u00a014/5", "\ufeffSiti\u00a0Aminah\u200b", "\u00a02"],
            ["14/5", " Budi\tSantoso ", "2"]]
    made = planned(workspace, tmp_path, rows)
    assert (names(made), given(made, "members_male"), made.errors) == (["Siti Aminah", "Budi Santoso"], [2, 2], ())


def test_a_list_with_a_row_for_each_person_is_put_in_doubt(workspace, tmp_path):
    card, other = "1671064507800003", "1671064507800004"
    rows = [["Nomor KK", "Nama Kepala Keluarga", "RT/RW"], [card, "Siti", "14/5"], [card, "Siti", "14/5"],
            [other, "Budi", "14/5"], [None, "Ali", "14/5"], [None, "Ani", "14/5"]]
    (told,) = (each for each in planned(workspace, tmp_path, rows).warnings if "Nomor KK" in each)
    assert told.startswith("Nomor KK yang sama ada di baris 2–3. Satu baris menjadi satu rumah tangga")


TICKS = [["Nama KK", "RT/RW", "Atap", None, "12", None, None, "L"], [None, None, "Tidak bocor", "Bocor", "a", "b", "c"]]


def test_a_column_for_each_option_is_read_as_one_answer(workspace, tmp_path):
    made = planned(workspace, tmp_path, [*TICKS, ["Siti", "14/5", "v", None, None, None, "x", 2],
                                         ["Budi", "14/5", 0, 1, "✓"], ["Ali", "14/5"]])
    assert given(made, "roof") == ["tidak_bocor", "bocor", None]
    assert given(made, "water_source") == ["sumur_bor", "ledeng_meteran", None]
    assert (given(made, "members_male"), made.errors) == ([2, None, None], ())
    assert made.warnings == ("9 Kondisi atap terluas dibaca dari tanda di kolom C–D.",
                             "12 Sumber utama air minum, mandi, cuci dibaca dari tanda di kolom E–G.")


def test_two_ticks_where_one_is_asked_and_what_is_no_tick_keep_their_rows_out(workspace, tmp_path):
    made = planned(workspace, tmp_path, [*TICKS, ["Siti", "14/5", "v", "v"], ["Budi", "14/5", None, 7]])
    assert [(error.place.name, error.value) for error in made.errors] == [("C3", "Tidak bocor; Bocor"), ("C4", "7")]


def test_a_first_household_that_answers_is_no_row_of_options(workspace, tmp_path):
    rows = [["Nama KK", "RT/RW", "Atap", "Dinding"], ["Siti", "14/5", "Bocor", "Baik"]]
    assert given(planned(workspace, tmp_path, rows), "roof") == ["bocor"]


def test_where_the_user_is_counts_unless_the_file_says_its_rt(workspace, tmp_path):
    here = PlaceOfRows(HERE, "001/001", "2026")
    for above, rt in ([], "001/001"), ([["DAFTAR WARGA RT 14 RW 5"]], ""), ([["KELURAHAN 35 ILIR"]], "001/001"):
        path = book(tmp_path / "a.xlsx", [SITI], HOUSES, above)
        source = layouts.of_file(path)
        assert layouts.address_of(workspace, source, Household, here) == PlaceOfRows(HERE, rt, "2026")


@pytest.mark.parametrize(("sheet", "title", "label"), [
    ("DATA RT 02", "RT 02 RW 03", "002/003"), ("RT 02 RW 03", "DAFTAR RUMAH RT 2", "002/003"),
    ("RT 02 (2)", "DAFTAR RUMAH", "002"), ("RT_02 revisi 3", "RT 02/RW 03", "002/003"),
    ("RT 02 RW 03 KEL. 35 ILIR", "DAFTAR", "002/003"), ("RT 02", "REKAP RT 14 s.d. 16", "002"),
])
def test_of_a_sheets_name_and_its_title_the_one_counts_that_says_more(workspace, tmp_path, sheet, title, label):
    path = tmp_path / "a.xlsx"
    book = Workbook()
    book.active.title = sheet.replace("/", "-")
    for row in ([title], HOUSES, SITI):
        book.active.append(row)
    book.save(path)
    (made,) = layouts.plans(workspace, Household, path, PlaceOfRows(HERE), {})
    assert given(made, "rt") == [label]
    assert len(made.warnings) == 1
    assert made.warnings[0].startswith(f"RT {label} diambil dari ")


def test_a_sheets_name_and_a_title_that_contradict_each_other_are_asked_about(workspace, tmp_path):
    path = tmp_path / "a.xlsx"
    book = Workbook()
    book.active.title = "DATA RT 02"
    for row in (["RT 05 RW 03"], HOUSES, SITI):
        book.active.append(row)
    book.save(path)
    with pytest.raises(Trouble, match=r"RT 002 \(nama lembar «DATA RT 02»\); RT 005/003 \(A1 «RT 05 RW 03»\)") as asked:
        layouts.plans(workspace, Household, path, PlaceOfRows(HERE), {})
    assert "--rt" in str(asked.value)
    source = layouts.of_file(path)
    here = layouts.address_of(workspace, source, Household, PlaceOfRows(HERE, "014/005"))
    assert here.rt == ""
    with pytest.raises(Trouble, match="RT yang berbeda-beda"):
        layouts.plans_of(workspace, source, layouts.WantedLayout(Household, here))
    (made,) = layouts.plans_of(workspace, source, layouts.WantedLayout(Household, PlaceOfRows(HERE, "005/003")))
    assert given(made, "rt") == ["005/003"]
    assert made.warnings == ("Berkas menyebut RT 002 (nama lembar «DATA RT 02»), tetapi barisnya masuk ke RT 005/003. "
                             "Periksa RT-nya sebelum mengimpor.", "RT 005/003 diambil dari A1 «RT 05 RW 03».")
