"""The RT head's list: pasted, matched with the households recorded, every line ending somehow."""

import pytest

from p2kp_desktop.actions import recording, residents
from p2kp_desktop.actions.residents import Line
from p2kp_desktop.forms import Household, Resident
from p2kp_desktop.forms.resident import EMPTY, REFUSED, SURVEYED
from tests.conftest import KELURAHAN

YEAR, RT = "2026", "001/005"
HERE = (KELURAHAN, RT, YEAR)


def put(workspace, name, **answers):
    return recording.record(workspace, Household, {"head_name": name, "rt": RT, "period": YEAR, **answers}).id


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("No\tNama\tNo Rumah\n1\tSiti Aminah\t7\n2\tBudi\t8a\n", [("7", "Siti Aminah"), ("8a", "Budi")]),
        ("7\tSiti Aminah\r\n9\tBudi\r\n", [("7", "Siti Aminah"), ("9", "Budi")]),
        ("1.;Siti Aminah\n2.;Budi\n", [("1", "Siti Aminah"), ("2", "Budi")]),
        ("Siti Aminah\n\nBudi Santoso\n", [("", "Siti Aminah"), ("", "Budi Santoso")]),
        ("Nama Kepala Keluarga\nSiti\n", [("", "Siti")]),
        ("", []),
    ],
)
def test_a_list_is_read_as_people_paste_it(text, lines):
    assert residents.read_list(text) == [Line(*line) for line in lines]


def test_a_pasted_list_is_matched_with_what_was_surveyed_already(workspace):
    siti, budi = put(workspace, "Hj. Siti Aminah", building="7"), put(workspace, "Budi")
    lines = [Line("7", "SITI AMINAH"), Line("8", "Budi"), Line("9", "Herlina Susanti"), Line("10", "")]
    done = residents.put_list(workspace, *HERE, lines, origin="ditempel")
    assert (len(done.new), done.known, done.matched) == (4, 0, 2)
    found = residents.lines(workspace, *HERE)
    assert [each[Resident.household] for each in found] == [siti, budi, None, None]
    assert [each[Resident.outcome] for each in found] == [SURVEYED, SURVEYED, None, None]
    again = residents.put_list(workspace, *HERE, lines, origin="ditempel")
    assert (again.new, again.known) == ((), 4)


def test_a_household_recorded_later_ends_its_line(workspace):
    residents.put_list(workspace, *HERE, [Line("7", "Siti Aminah"), Line("8", "Budi")], origin="ditempel")
    put(workspace, "Siti Aminnah")
    assert residents.match(workspace, *HERE) == 1
    assert residents.match(workspace, *HERE) == 0
    (missing,) = residents.lines(workspace, *HERE, missing=True)
    assert missing[Resident.head_name] == "Budi"


def test_two_of_one_name_are_left_for_a_person_to_tell(workspace):
    put(workspace, "Siti Aminah", building="1")
    put(workspace, "Siti Aminah", building="2")
    done = residents.put_list(workspace, *HERE, [Line("", "Siti Aminah")], origin="ditempel")
    assert done.matched == 0


def test_completeness_counts_every_end_of_a_line(workspace):
    names = ("Siti", "Budi", "Herlina", "Bambang")
    done = residents.put_list(workspace, *HERE, [Line("", name) for name in names], origin="ditempel")
    residents.decide(workspace, done.new[0], EMPTY, note="pemilik di Jakarta")
    residents.decide(workspace, done.new[1], REFUSED)
    (rt,) = residents.by_rt(workspace, KELURAHAN, YEAR)
    assert (rt.listed, rt.empty, rt.refused, rt.missing, rt.percent) == (4, 1, 1, 2, 50)
    residents.decide(workspace, done.new[1], None)
    whole = residents.together(residents.by_rt(workspace, KELURAHAN[:5], YEAR))
    assert (whole.listed, whole.missing, whole.percent) == (4, 3, 25)
    assert residents.together([]).percent is None
