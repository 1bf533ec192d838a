"""The RT head's list: pasted, matched with the households recorded, every line ending somehow."""

import time

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.importing import import_plan, resident_lists
from p2kp_desktop.actions.importing.read_table import PlaceOfRows
from p2kp_desktop.actions.recording import bulk, named_acts, recording
from p2kp_desktop.actions.residents import line_ends, residents
from p2kp_desktop.actions.residents.residents import ResidentLine
from p2kp_desktop.actions.tables import form_table
from p2kp_desktop.actions.tables.form_table import EMPTY as EMPTY_CELL
from p2kp_desktop.actions.tables.form_table import Condition, Filter, Order
from p2kp_desktop.exchange import table_block
from p2kp_desktop.forms import Household, Resident
from p2kp_desktop.forms.resident import EMPTY, REFUSED, SURVEYED
from p2kp_desktop.reports.records import long
from p2kp_desktop.store import records
from tests.acquainted import introduce
from tests.conftest import KELURAHAN

YEAR, RT = "2026", "001/005"
HERE = (KELURAHAN, RT, YEAR)
USUAL = Order()


def put(workspace, name, **answers):
    return recording.record(workspace, Household, {"head_name": name, "rt": RT, "period": YEAR, **answers}).id


def test_a_pasted_list_is_matched_with_what_was_surveyed_already(workspace):
    siti, budi = put(workspace, "Hj. Siti Aminah", building="7"), put(workspace, "Budi")
    lines = [ResidentLine("7", "SITI AMINAH"), ResidentLine("8", "Budi"),
             ResidentLine("9", "Herlina Susanti"), ResidentLine("10", "")]
    done = resident_lists.put_list(workspace, *HERE, lines, origin="ditempel")
    assert (len(done.new), done.known, done.matched) == (4, 0, 2)
    found = residents.lines(workspace, *HERE)
    assert [each[Resident.household] for each in found] == [siti, budi, None, None]
    assert [each[Resident.outcome] for each in found] == [SURVEYED, SURVEYED, None, None]
    again = resident_lists.put_list(workspace, *HERE, lines, origin="ditempel")
    assert (again.new, again.known) == ((), 4)


def test_a_household_recorded_later_ends_its_line(workspace):
    lines = [ResidentLine("7", "Siti Aminah"), ResidentLine("8", "Budi")]
    resident_lists.put_list(workspace, *HERE, lines, origin="ditempel")
    put(workspace, "Siti Aminnah")
    assert line_ends.match(workspace, *HERE) == 1
    assert line_ends.match(workspace, *HERE) == 0
    (missing,) = residents.lines(workspace, *HERE, missing=True)
    assert missing[Resident.head_name] == "Budi"


def test_two_of_one_name_are_left_for_a_person_to_tell(workspace):
    put(workspace, "Siti Aminah", building="1")
    put(workspace, "Siti Aminah", building="2")
    done = resident_lists.put_list(workspace, *HERE, [ResidentLine("", "Siti Aminah")], origin="ditempel")
    assert done.matched == 0


def test_completeness_counts_every_end_of_a_line(workspace):
    names = ("Siti", "Budi", "Herlina", "Bambang")
    done = resident_lists.put_list(workspace, *HERE, [ResidentLine("", name) for name in names], origin="ditempel")
    residents.decide(workspace, done.new[0], EMPTY, note="pemilik di Jakarta")
    residents.decide(workspace, done.new[1], REFUSED)
    (rt,) = residents.by_rt(workspace, KELURAHAN, YEAR)
    assert (rt.listed, rt.empty, rt.refused, rt.missing, rt.percent) == (4, 1, 1, 2, 50)
    assert named_acts.last(workspace).name == "Budi: Menolak didata"
    named_acts.take_back(workspace, named_acts.last(workspace).id)
    assert residents.by_rt(workspace, KELURAHAN, YEAR)[0].missing == 3
    residents.decide(workspace, done.new[1], REFUSED)
    residents.decide(workspace, done.new[1], None)
    whole = residents.together(residents.by_rt(workspace, KELURAHAN[:5], YEAR))
    assert (whole.listed, whole.missing, whole.percent) == (4, 3, 25)
    assert residents.together([]).percent is None


def test_a_note_on_a_line_is_kept_changed_and_taken_back_by_name(workspace):
    (line,) = resident_lists.put_list(workspace, *HERE, [ResidentLine("7", "Siti Aminah")], origin="ditempel").new
    residents.note_down(workspace, line, " rumah dikunci ")
    first = named_acts.last(workspace)
    residents.note_down(workspace, line, "rumah dikunci")
    assert (named_acts.last(workspace).id, first.name) == (first.id, "Siti Aminah: keterangan")
    assert residents.lines(workspace, *HERE)[0][Resident.note] == "rumah dikunci"
    residents.note_down(workspace, line, "")
    assert residents.lines(workspace, *HERE)[0][Resident.note] is None
    named_acts.take_back(workspace, named_acts.last(workspace).id)
    assert residents.lines(workspace, *HERE)[0][Resident.note] == "rumah dikunci"


def everywhere(workspace, place=HERE):
    """Return how many are missing as each reader says it: the sum, the list, the missing ones, the table."""
    (rt,) = residents.by_rt(workspace, place[0], place[2])
    lines = residents.lines(workspace, *place)
    cells = in_table(workspace, "outcome")
    empty = Condition("outcome", EMPTY_CELL)
    return {rt.missing, len([each for each in lines if each[Resident.outcome] is None]),
            len(residents.lines(workspace, *place, missing=True)), cells.count(""),
            form_table.count(workspace, Resident, Filter(*place[::2], place[1], conditions=(empty,)))}


def in_table(workspace, key, order=USUAL):
    """Return what the table of the list says in a column, in an order, having made sure that its copy says the same."""
    found = form_table.found(workspace, Resident, Filter(KELURAHAN, YEAR, RT), order)
    lines = form_table.page(workspace, Resident, found)
    cells = [lines[each].texts[key] for each in found]
    assert table_block.block(long(Resident, ["rt", key]).of(workspace, found)).text.splitlines()[1:] == [
        f"{RT}\t{c}" for c in cells
    ]
    return cells


@pytest.fixture
def surveyed(workspace):
    siti = put(workspace, "Siti Aminah", building="7")
    lines = [ResidentLine("7", "Siti Aminah"), ResidentLine("8", "Budi")]
    resident_lists.put_list(workspace, *HERE, lines, origin="ditempel")
    assert everywhere(workspace) == {1}
    return siti


def test_a_line_whose_house_goes_into_the_trash_is_not_visited_and_back_with_it(workspace, surveyed):
    recording.delete(workspace, Household, surveyed, reason="salah")
    assert everywhere(workspace) == {2}
    (line, _) = residents.lines(workspace, *HERE)
    assert line[Resident.household] is None
    bulk.bring_back(workspace, Household, [surveyed])
    assert everywhere(workspace) == {1}


def test_the_table_shows_sorts_and_changes_the_end_in_force(workspace, surveyed):
    lines = [line.id for line in residents.lines(workspace, *HERE)]
    assert in_table(workspace, "outcome", Order("outcome")) == ["Didata", ""]
    residents.decide(workspace, lines[1], REFUSED)
    recording.delete(workspace, Household, surveyed, reason="salah")
    assert in_table(workspace, "outcome", Order("outcome")) == ["Menolak didata", ""]
    assert in_table(workspace, "household") == ["", ""]
    plan = form_table.preview(workspace, Resident, lines, "outcome", SURVEYED)
    assert [change.before for change in plan.changes] == ["(kosong)", "Menolak didata"]
    done = form_table.carry_out(workspace, plan)
    assert (everywhere(workspace), in_table(workspace, "outcome")) == ({0}, ["Didata", "Didata"])
    named_acts.take_back(workspace, done.act)
    assert in_table(workspace, "outcome") == ["", "Menolak didata"]
    bulk.bring_back(workspace, Household, [surveyed])
    assert in_table(workspace, "outcome") == ["Didata", "Menolak didata"]


def test_a_line_whose_house_was_moved_to_another_rt_is_not_visited(workspace, surveyed):
    recording.record(workspace, Household, {"id": surveyed, "rt": "002/005"})
    assert everywhere(workspace) == {2}


def test_a_line_without_its_house_is_answered_by_another_one(workspace, surveyed):
    recording.delete(workspace, Household, surveyed, reason="salah")
    again = put(workspace, "Siti Aminah", building="7")
    assert line_ends.match(workspace, *HERE) == 1
    assert residents.lines(workspace, *HERE)[0][Resident.household] == again
    bulk.bring_back(workspace, Household, [surveyed])
    assert residents.lines(workspace, *HERE)[0][Resident.household] == again


def test_an_import_ends_lines_and_taking_it_back_opens_them(workspace):
    lines = [ResidentLine("7", "Siti Aminah"), ResidentLine("8", "Budi")]
    resident_lists.put_list(workspace, *HERE, lines, origin="ditempel")
    text = f"RT\tPeriode\tNama KK\tNo. Bangunan\n{RT}\t{YEAR}\tSITI AMINAH\t7\n"
    import_plan.carry_out(workspace, [import_plan.plan_pasted(workspace, Household, text)])
    assert everywhere(workspace) == {1}
    named_acts.take_back(workspace, named_acts.last(workspace).id)
    assert everywhere(workspace) == {2}


def test_an_imported_list_is_matched_with_what_was_surveyed_already(workspace):
    put(workspace, "Siti Aminah", building="7")
    text = f"RT\tPeriode\tNama KK\tNo. Rumah\n{RT}\t{YEAR}\tSITI AMINAH\t7\n{RT}\t{YEAR}\tBudi\t8\n"
    import_plan.carry_out(workspace, [import_plan.plan_pasted(workspace, Resident, text)])
    assert everywhere(workspace) == {1}


def test_a_bundle_that_arrives_edits_nothing_and_its_houses_end_lines_when_the_rt_is_looked_at(
    workspace, make_workspace, tmp_path
):
    friend = make_workspace("Budi")
    put(friend, "Siti Aminah", building="7")
    lines = [ResidentLine("7", "Siti Aminah"), ResidentLine("8", "Rosmala")]
    resident_lists.put_list(workspace, *HERE, lines, origin="ditempel")
    receiving.receive(friend, sending.send(workspace, tmp_path, to="facilitator").path)
    receiving.receive(workspace, sending.send(friend, tmp_path, to="facilitator").path)
    assert soundness.digest(workspace) == soundness.digest(friend)
    assert everywhere(workspace) == {2}
    assert (line_ends.match(workspace, *HERE), everywhere(workspace)) == (1, {1})


def test_a_line_of_which_it_is_open_whether_it_lives_is_not_settled_by_matching(workspace, make_workspace, tmp_path):
    friend = make_workspace("Budi")
    introduce(workspace, friend)
    made = resident_lists.put_list(workspace, *HERE, [ResidentLine("7", "Siti Aminah")], origin="ditempel").new[0]
    receiving.receive(friend, sending.send(workspace, tmp_path, to="facilitator").path)
    recording.delete(friend, Resident, made, reason="pindah")
    recording.record(workspace, Resident, {"id": made, "note": "masih di sini"})
    receiving.receive(workspace, sending.send(friend, tmp_path, to="facilitator").path)
    put(workspace, "Siti Aminah", building="7")
    assert line_ends.match(workspace, *HERE) == 0
    with workspace.asking() as connection:
        assert records.open_conflicts(connection) == [("resident", made, "alive")]


def test_an_office_leaves_the_lines_to_those_who_keep_the_list(workspace, make_workspace, tmp_path):
    city, friend = make_workspace("Kota", "district", ["16.71"]), make_workspace("Budi")
    resident_lists.put_list(workspace, *HERE, [ResidentLine("7", "Siti Aminah")], origin="ditempel")
    put(friend, "Siti Aminah", building="7")
    for sender in (workspace, friend):
        receiving.receive(city, sending.send(sender, tmp_path).path)
    assert everywhere(city) == {1}


def test_a_deletion_that_arrives_opens_the_line(workspace, surveyed, make_workspace, tmp_path):
    city = make_workspace("Kota", "district", ["16.71"])
    receiving.receive(city, sending.send(workspace, tmp_path).path)
    assert everywhere(city) == {1}
    recording.delete(workspace, Household, surveyed, reason="salah")
    receiving.receive(city, sending.send(workspace, tmp_path).path)
    assert everywhere(city) == {2}


def test_a_house_that_a_person_took_from_a_line_is_not_given_to_it_again(workspace, surveyed):
    line = residents.lines(workspace, *HERE)[0]
    residents.decide(workspace, line.id, None, household=surveyed)
    assert (line_ends.match(workspace, *HERE), everywhere(workspace)) == (0, {2})
    put(workspace, "Siti Aminah", building="7")
    assert (line_ends.match(workspace, *HERE), everywhere(workspace)) == (1, {1})


def test_one_house_never_ends_two_lines_that_it_answers_alike(workspace):
    put(workspace, "Siti Aminah")
    lines = [ResidentLine("3", "Siti Aminah"), ResidentLine("9", "Siti Aminah")]
    resident_lists.put_list(workspace, *HERE, lines, origin="ditempel")
    assert everywhere(workspace) == {2}


def test_a_file_of_residents_comes_in_by_its_headings_and_again_changes_nothing(workspace):
    text = (f"No\tNama KK\tAlamat\tRT\n1\tSiti\tLrg. 1\t{RT}\n2\tSiti\tLrg. 7\t{RT}\n"
            f"3\tAni\t\t{RT}\n4\tAni\t\t{RT}\nJumlah\t4\t\t\n")
    plan = import_plan.plan_pasted(workspace, Resident, text)
    assert "Nama dan nomor rumah yang sama: baris 4–5." in " ".join(plan.warnings)
    import_plan.carry_out(workspace, [plan])
    found = [(each[Resident.line], each[Resident.house_number]) for each in residents.lines(workspace, *HERE)]
    assert found == [(1, "Lrg. 1"), (2, "Lrg. 7"), (3, None), (4, None)]
    assert import_plan.plan_pasted(workspace, Resident, text).count("identical") == 4


def test_a_file_with_names_alone_is_a_list_of_residents(workspace):
    plan = import_plan.plan_pasted(workspace, Resident, "No\tKepala Keluarga\n1\tSiti\n2\tBudi\n", PlaceOfRows(rt=RT))
    assert plan.count("new") == 2


def test_a_list_without_numbers_keeps_the_order_of_its_sheet_wherever_it_goes(
    workspace, make_workspace, tmp_path, monkeypatch
):
    monkeypatch.setattr(time, "time_ns", lambda: 1_770_000_000_000_000_000)  # a clock that stands for 15 ms, as some do
    names = [f"{letter}{other}i" for letter in "ZAMBQRLTKD" for other in "uae"]
    text = "\n".join(["RT\tPeriode\tNama KK", *(f"{RT}\t{YEAR}\t{name}" for name in names)])
    import_plan.carry_out(workspace, [import_plan.plan_pasted(workspace, Resident, text)])
    recording.record(workspace, Resident, {"rt": RT, "period": YEAR, "line": 1, "head_name": "Bernomor"})
    friend = make_workspace("Budi")
    receiving.receive(friend, sending.send(workspace, tmp_path, to="facilitator").path)
    assert soundness.digest(workspace) == soundness.digest(friend)
    for each in (workspace, friend):
        assert [line[Resident.head_name] for line in residents.lines(each, *HERE)] == ["Bernomor", *names]
