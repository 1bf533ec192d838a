"""Which row holds the headings, and which question each heading names."""

import pytest

from p2kp_desktop.exchange.columns import BY_HAND, match, match_below, unread
from p2kp_desktop.exchange.headings import USUAL, alike
from p2kp_desktop.exchange.tables import Table
from p2kp_desktop.forms import FORMS, Household, Resident, RtRecap
from p2kp_desktop.forms import form as form_named


def table(*rows):
    width = max(map(len, rows))
    return Table("a.xlsx", "Sheet", tuple([*row, *[""] * (width - len(row))] for row in rows))


def keys(matched):
    return [matched.columns.get(column, "") for column in range(max(matched.columns) + 1)]


def test_every_usual_heading_is_of_a_question_that_exists():
    for form, headings in USUAL.items():
        assert {*headings} <= {question.key for question in form_named(form).stored()}
        for key, said in headings.items():
            for text in said:
                assert key in dict(alike(form_named(form), text)), text


@pytest.mark.parametrize("form", FORMS)
def test_the_wording_of_a_question_goes_before_a_usual_heading(form):
    for question in form.stored():
        assert (question.key, 100) in alike(form, question.label)


def test_rt_and_rw_may_stand_in_two_columns():
    found = match(table(["No", "Nama KK", "RT", "RW"], [1, "Siti", "014", "005"]), Household)
    assert keys(found) == ["", "head_name", "rt", "rw"]


@pytest.mark.parametrize(("headings", "answers"), [
    (["Nama KK", "No. Rumah", "L", "P", "Jumlah KK"],
     ["head_name", "building", "members_male", "members_female", "kk_count"]),
    (["NAMA KEPALA KELUARGA", "No. KTP", "Laki-laki", "Perempuan", "Jml KK"],
     ["head_name", "nik", "members_male", "members_female", "kk_count"]),
    (["Nama", "Laki", "Pr", "Difabel"], ["head_name", "members_male", "members_female", "members_disabled"]),
])
def test_usual_headings_are_known(headings, answers):
    assert keys(match(table(headings, ["x"]), Household)) == answers


def test_rows_of_data_are_no_headings_even_where_their_figures_are_printed_numbers():
    headings = ["No", "Nama KK", "NIK", "RT", "RW", "Alamat", "Laki-laki", "Perempuan", "Jumlah KK"]
    rows = [[n, f"Warga {n}", "", "014", "005", "Jl B", n, n + 1, 1] for n in range(1, 6)]
    assert match(table(headings, *rows), Household).heading == 1
    assert match(table(*rows), Household) is None
    letters = [[n, f"Warga {n}", "014/005", "a", "b", "c"] for n in range(9, 13)]
    assert match(table(*letters), Household) is None


def test_headings_may_be_printed_numbers_in_their_order():
    found = match(table(["Nama Kepala Rumah Tangga", "RT/RW", 9, 10, 11, 12, 13], ["Siti", "14/5", "a"]), Household)
    assert keys(found)[2:] == ["roof", "wall", "floor", "water_source", "pit_distance"]


def test_a_row_that_only_numbers_the_columns_is_no_data():
    found = match(table(["No", "Nama KK", "RT", "L", "P"], ["(1)", "(2)", "(3)", "(4)", "(5)"], [1, "Siti"]), Household)
    assert found.heading == 2


def test_headings_in_two_rows_are_read_together():
    found = match(table(["No", "Nama KK", "Jumlah Anggota", ""], ["", "", "L", "P"], [1, "Siti", 2, 3]), Household)
    assert (found.heading, keys(found)) == (2, ["", "head_name", "members_male", "members_female"])


def test_a_person_may_say_which_row_holds_the_headings_and_it_is_kept_with_the_columns():
    rows = table(["DAFTAR WARGA", "KELURAHAN 35 ILIR"], ["Nama", "Persil"], ["Siti", "7"])
    below = match_below(rows, Resident, 2)
    assert (below.heading, below.columns) == (2, {0: "head_name"})
    kept = below.corrected(1, "house_number")
    again = match(rows, Resident, {kept.signature: kept.columns})
    assert (again.heading, dict(again.columns), again.by) == (2, {0: "head_name", 1: "house_number"}, BY_HAND)
    assert match_below(rows, Resident, 0).columns == {}


def test_columns_that_nobody_reads_are_named_but_not_those_that_count_the_rows():
    rows = table(["No", "RT/RW", "kk", "Penghasilan", "Kosong"], [1, "14/5", 20, "2 juta", "", "lepas"])
    assert list(unread(rows, match(rows, RtRecap))) == [(3, "Penghasilan"), (5, "")]
