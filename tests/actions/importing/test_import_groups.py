"""From Excel: tables that ODK and Kobo export, and tables of which most columns mean nothing here."""

import pytest

from p2kp_desktop.actions.importing import import_plan, layouts
from p2kp_desktop.actions.importing.read_table import PlaceOfRows
from p2kp_desktop.forms import Household, RtRecap
from p2kp_desktop.language import Trouble
from tests.foreign_tables import HERE, book, found

OWN = ["start", "end", "meta/instanceID", "_id", "_uuid", "_submission_time", "_validation_status", "_index",
       "_parent_index", "__version__"]
OWN_CELLS = ["2026-08-01", "2026-08-01", "uuid:1", 1, "8f", "2026-08-01T08:00:00", "", 1, 1, "v9"]
NAMES = ["umum/nama_kk", "umum/NIK", "umum/rt", "umum/rw", "hunian/q9", "hunian/q10", "air/q12", "air/q12/a",
         "anggota/laki_laki", "anggota/perempuan", "difabel/laki_laki"]
CELLS = ["Siti Aminah", "1671064507800003", 14, 5, "a", "b", "c", 0, 2, 3, 1]
LABELS = ["A.1 Umum/Nama Kepala Rumah Tangga", "A.1 Umum/RT/RW", "A.2 Bangunan/9. Kondisi atap terluas",
          "A.2 Bangunan/10. Kondisi dinding terluas", "A.2 Bangunan/11. Jenis lantai terluas",
          "A.3 Air/12. Dari mana air untuk minum diambil?"]


def planned(workspace, path, form=Household, **answers):
    return layouts.plans(workspace, form, path, PlaceOfRows(HERE), answers)


def answered(made):
    return {made.matched.headings[at]: key for at, key in made.matched.columns.items()}


def test_an_export_of_kobo_comes_in_without_the_groups_of_its_names_and_its_own_columns(workspace, tmp_path):
    path = book(tmp_path / "kobo.xlsx", [[*OWN_CELLS[:2], *CELLS, *OWN_CELLS[2:]]], [*OWN[:2], *NAMES, *OWN[2:]])
    (made,) = planned(workspace, path)
    assert answered(made) == {
        "umum/nama_kk": "head_name", "umum/NIK": "nik", "umum/rt": "rt", "umum/rw": "rw", "hunian/q9": "roof",
        "hunian/q10": "wall", "air/q12": "water_source", "anggota/laki_laki": "members_male",
        "anggota/perempuan": "members_female",
    }
    assert (made.errors, made.refusal) == ((), None)
    assert made.warnings == (
        f"Kolom J «air/q12/a» tidak dibaca: 12 {Household.water_source.label} sudah diambil dari kolom I.",
        "Kolom M «difabel/laki_laki» tidak dikenal dan tidak dibaca.",
        f"Dikenal dari nomornya saja: G «hunian/q9» → 9 {Household.roof.label}; H «hunian/q10» → 10 "
        f"{Household.wall.label}; I «air/q12» → 12 {Household.water_source.label}. Periksa apakah formulirnya sama.",
    )
    (row,) = made.rows
    assert [row.given[key] for key in ("rt", "water_source", "members_male")] == ["014/005", "sumur_bor", 2]


def test_an_export_with_labels_is_known_by_the_words_and_then_the_numbers_behind_its_groups(workspace, tmp_path):
    path = book(tmp_path / "kobo.xlsx", [["Siti", "14/5", "a", "a", "a", "c"]], LABELS)
    (made,) = planned(workspace, path)
    assert answered(made) == dict(
        zip(LABELS, ("head_name", "rt", "roof", "wall", "floor", "water_source"), strict=True))
    (told,) = made.warnings
    assert told.startswith("Dikenal dari nomornya saja: F «A.3 Air/12.")


def test_numbers_of_another_questionnaire_say_nothing(workspace, tmp_path):
    labels = [*LABELS[:2], *(each.replace("9.", "4.").replace("10.", "5.").replace("11.", "6.") for each in LABELS[2:])]
    (made,) = planned(workspace, book(tmp_path / "lain.xlsx", [["Siti", "14/5", "a", "a", "a", "c"]], labels))
    assert labels[-1] not in answered(made)


@pytest.mark.parametrize("headings", [
    ["No", "Nama KK", "RT/RW", "Blok/No. Rumah"], ["Nama KK/NIK", "RT/RW", "L"], ["Difabel/Laki-laki", "Nama KK", "RT"],
])
def test_a_stroke_within_a_heading_makes_no_group(workspace, tmp_path, headings):
    (made,) = planned(workspace, book(tmp_path / "a.xlsx", [["x"] * len(headings)], headings))
    taken = {key for heading, key in answered(made).items() if "/" in heading}
    assert taken <= {"rt", "building"}


FOREIGN = ["Nama KK", "RT/RW", *(f"grup_{at}/butir_{word}" for at, word in enumerate(
    ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"]))]
FOREIGN_ROW = ["Siti", "14/5", *range(10)]


def test_a_table_of_which_most_columns_are_not_known_stops_and_says_so(workspace, tmp_path):
    (made,) = plans = planned(workspace, book(tmp_path / "asing.xlsx", [FOREIGN_ROW], FOREIGN))
    for act in (import_plan.carry_out, import_plan.rehearse):
        with pytest.raises(Trouble) as told:
            act(workspace, plans)
    assert (told.value.code, found(workspace, Household)) == ("I13", [])
    assert "2 dari 12 terbaca. Yang tidak: C «grup_0/butir_satu», D «grup_1/butir_dua»" in told.value.what
    assert "dan 2 kolom lagi" in told.value.what
    assert made.refusal is not None


def test_who_does_not_need_those_columns_or_matches_some_by_hand_may_go_on(workspace, tmp_path):
    path = book(tmp_path / "asing.xlsx", [FOREIGN_ROW], FOREIGN)
    assert import_plan.rehearse(workspace, planned(workspace, path, kolom="abaikan")).new == 1
    (made,) = planned(workspace, path)
    corrected = made.matched.corrected(2, "kk_count")
    assert import_plan.plan_file(workspace, Household, path, PlaceOfRows(HERE), corrected).refusal is None


def test_sums_and_columns_that_the_program_computes_are_not_missed(workspace, tmp_path):
    headings = ["No", "RT/RW", "luas_ha", "bangunan", "_uuid"]
    (made,) = planned(workspace, book(tmp_path / "a.xlsx", [[1, "14/5", 1, 2, "x"]], headings), RtRecap)
    assert (made.refusal, made.warnings) == (None, ())
