"""The list of an RT's head as people paste it: understood, shown line by line, put as one act."""

import pytest

from p2kp_desktop.actions.importing import resident_lists
from p2kp_desktop.actions.importing.resident_lists import DOUBTFUL, ELSEWHERE, KNOWN, NEW, TOTAL, TWIN
from p2kp_desktop.actions.recording import named_acts
from p2kp_desktop.actions.residents import residents
from tests.conftest import KELURAHAN

RT = "014/005"
HERE = (KELURAHAN, RT, "2026")
LIST = "No\tNama KK\tBlok\n1\tSiti Aminah\tA1\n2\tBudi\tA2\n3\tSiti Aminah\tB7\n"


def lines_of(found):
    every = [found.line(row) for row in found.rows]
    return [(line.number, line.name) for line in every if line.number or line.name]


def put(workspace, text):
    there = residents.lines(workspace, *HERE)
    wanted = [each.line for each in resident_lists.examine(resident_lists.read_pasted(text), there, RT)]
    return resident_lists.put_list(workspace, *HERE, wanted, origin="ditempel")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("No\tNama\tNo Rumah\n1\tSiti Aminah\t7\n2\tBudi\t8a\n", [("7", "Siti Aminah"), ("8a", "Budi")]),
        ("7\tSiti Aminah\r\n9\tBudi\r\n", [("7", "Siti Aminah"), ("9", "Budi")]),
        ("1.;Siti Aminah\n2.;Budi\n", [("1", "Siti Aminah"), ("2", "Budi")]),
        ("Siti Aminah\n\nBudi Santoso\n", [("", "Siti Aminah"), ("", "Budi Santoso")]),
        ("1. Siti Aminah\n2) Budi\n", [("", "Siti Aminah"), ("", "Budi")]),
        ("Nama Kepala Keluarga\nSiti\n", [("", "Siti")]),
        ("DAFTAR WARGA RT 14\n\nNo\tKepala Keluarga\tAlamat\n1\tSiti\tBlok C 7\n", [("Blok C 7", "Siti")]),
        ("No\tAlamat\tNama KK\tNo. Rumah\n1\tJl. Melati\tSiti\t7\n", [("7", "Siti")]),
        ("1\tJalan Melati Raya Nomor 7\tSiti\n2\tJalan Melati Raya Nomor 9\tAni\n",
         [("Jalan Melati Raya Nomor 7", "Siti"), ("Jalan Melati Raya Nomor 9", "Ani")]),
        ("1\tSiti\t1671065505800001\t7\n2\tAni\t1671065505800002\t9\n", [("7", "Siti"), ("9", "Ani")]),
        ("7\tSiti\tRT 14\n9\tAni\tRT 14\n", [("7", "Siti"), ("9", "Ani")]),
        ("Ama\nSiti\n", [("", "Ama"), ("", "Siti")]),
        ("", []),
    ],
)
def test_a_list_is_read_as_people_paste_it(text, lines):
    assert lines_of(resident_lists.read_pasted(text)) == lines


def test_what_a_column_means_is_turned_and_name_and_number_change_places():
    found = resident_lists.read_pasted("1\tSiti\tA1\n2\tBudi\tA2\n")
    assert (found.called(resident_lists.NAME), found.called(resident_lists.NUMBER)) == ("B", "C")
    other = found.turned(resident_lists.NAME)
    assert (other.called(resident_lists.NAME), other.called(resident_lists.NUMBER)) == ("C", "B")
    turned = [found := found.turned(resident_lists.NUMBER) for _ in range(4)]
    assert [each.called(resident_lists.NUMBER) for each in turned] == ["", "A", "C", ""]
    assert {each.called(resident_lists.NAME) for each in turned} == {"B"}


def test_columns_with_headings_are_called_as_excel_shows_them():
    found = resident_lists.read_pasted(LIST)
    assert (found.called(resident_lists.NAME), found.called(resident_lists.NUMBER)) == ("B «Nama KK»", "C «Blok»")


def test_every_line_says_what_it_would_do(workspace):
    put(workspace, "A1\tSiti Aminah\n")
    text = ("No\tNama\tRumah\tRT\n1\tSiti Aminah\tA1\t14\n2\tSiti Aminah\tB7\t14\n3\tBudi\t\t014/005\n"
            "4\tBudi\t\t14\n5\tRosmala\tC1\t15\n6\t\tC2\t14\nJumlah\t\t6\t\n")
    found = resident_lists.examine(resident_lists.read_pasted(text), residents.lines(workspace, *HERE), RT)
    assert [each.standing for each in found] == [KNOWN, NEW, NEW, TWIN, ELSEWHERE, DOUBTFUL, TOTAL]
    assert [each.place for each in found] == [2, 3, 4, 5, 6, 7, 8]
    assert (found[1].why, found[3].why) == ("nama sama dengan baris 2, nomor lain", "sama dengan baris 4")


def test_two_residents_of_one_name_stay_two_and_the_list_again_adds_nothing(workspace):
    text = "1. Siti Aminah\n2. Budi\n3. Siti Aminah\n"
    assert len(put(workspace, text).new) == 3
    again = put(workspace, text)
    assert (again.new, again.known) == ((), 3)
    assert len(put(workspace, f"{text}4. Siti Aminah\n").new) == 1


def test_a_list_is_taken_back_as_one_act_with_its_name(workspace):
    put(workspace, LIST)
    act = named_acts.last(workspace)
    assert act.name == "daftar warga, 3 baris"
    named_acts.take_back(workspace, act.id)
    assert residents.lines(workspace, *HERE) == []
    put(workspace, LIST)
    put(workspace, LIST)
    assert len(residents.lines(workspace, *HERE)) == 3


def test_a_long_list_is_put_whole(workspace):
    text = "\n".join(f"{number}\tWarga {number}\tBlok {number}" for number in range(1, 2501))
    assert len(put(workspace, text).new) == 2500
