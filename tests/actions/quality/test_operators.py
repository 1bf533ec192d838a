"""The figures of operators: what was keyed, how fast, with how many corrections; they stay on this laptop."""

import pytest

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.keying import persons, sittings
from p2kp_desktop.actions.quality import operators
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.exchange import table_block
from p2kp_desktop.forms import Household
from p2kp_desktop.reports import quality
from p2kp_desktop.schema.table_words import words
from p2kp_desktop.store import keyed

DAY = "2026-11-2"


@pytest.fixture
def clock(monkeypatch):
    """Give a function that sets the time."""
    def at(time):
        monkeypatch.setattr(environment, "now", lambda: time)

    return at


def key(workspace, clock, began, ended, record="", strokes=100, corrections=5, **answers):
    sitting = sittings.Sitting()
    clock(began)
    for number in range(strokes):
        sitting = sitting.struck(corrects=number < corrections)
    clock(ended)
    given = {"rt": "1/5", "head_name": "A", **answers} | ({"id": record} if record else {})
    saved = recording.record(workspace, Household, given).id
    sittings.note(workspace, "household", saved, sitting)
    return saved


def test_records_keystrokes_and_corrections_are_counted_per_person_and_day(workspace, clock):
    key(workspace, clock, "2026-11-24T19:00:00+07:00", "2026-11-24T19:04:00+07:00", survey_date="2026-11-20")
    key(workspace, clock, "2026-11-24T19:04:00+07:00", "2026-11-24T19:10:00+07:00", strokes=200, corrections=10)
    persons.add(workspace, "Budi", "1234")
    persons.change_to(workspace, "Budi", "1234")
    key(workspace, clock, "2026-11-25T19:00:00+07:00", "2026-11-25T19:01:00+07:00")
    budi, siti = operators.figures(workspace)
    assert (siti.person, siti.day, siti.records, siti.seconds, siti.typical, siti.lag) == (
        "Siti", "2026-11-24", 2, 600, 300, 4
    )
    assert (siti.per_hour, siti.strokes_per_hour, siti.corrected) == (12, 1800, 5)
    assert (budi.person, budi.records, budi.lag) == ("Budi", 1, None)
    assert [each.person for each in operators.totals(workspace)] == ["Budi", "Siti"]
    shown = quality.figures_of_operators([siti, budi])
    assert [words(column, siti) for column in shown.columns[1:6]] == [
        "24 November 2026", "2", "12", "5 mnt 0 dtk", "1.800",
    ]


def test_a_record_keyed_in_two_sittings_counts_once_with_both_times(workspace, clock):
    record = key(workspace, clock, "2026-11-24T19:00:00+07:00", "2026-11-24T19:02:00+07:00")
    key(workspace, clock, "2026-11-24T20:00:00+07:00", "2026-11-24T20:01:00+07:00", record=record, kk_count=2)
    (siti,) = operators.figures(workspace)
    assert (siti.records, siti.seconds, siti.keystrokes) == (1, 180, 200)


def test_a_line_of_figures_leads_down_to_its_records_and_they_add_up_to_it(workspace, clock):
    first = key(workspace, clock, "2026-11-24T19:00:00+07:00", "2026-11-24T19:02:00+07:00")
    key(workspace, clock, "2026-11-24T20:00:00+07:00", "2026-11-24T20:01:30+07:00", record=first, kk_count=2)
    gone = key(workspace, clock, "2026-11-24T21:00:00+07:00", "2026-11-24T21:00:10+07:00", head_name="B", strokes=20)
    key(workspace, clock, "2026-11-25T19:00:00+07:00", "2026-11-25T19:04:00+07:00", head_name="C")
    recording.delete(workspace, Household, gone, reason="dua kali")
    monday = next(each for each in operators.figures(workspace) if each.day == "2026-11-24")
    found = operators.records_of(workspace, monday)
    assert [(each.id, each.name, each.answer) for each in found] == [
        (first, "A", "3 mnt 30 dtk · 200 ketukan · 10 koreksi"),
        ("", "B (di tempat sampah)", "10 dtk · 20 ketukan · 5 koreksi"),
    ]
    assert (monday.records, monday.seconds, monday.keystrokes, monday.corrections) == (2, 220, 220, 15)
    (everything,) = operators.totals(workspace)
    assert len(operators.records_of(workspace, everything)) == everything.records == 3


def test_a_laptop_left_open_over_night_does_not_count_as_work(workspace, clock):
    key(workspace, clock, "2026-11-23T19:00:00+07:00", "2026-11-24T07:00:00+07:00")
    assert operators.figures(workspace)[0].seconds == operators.LONGEST_PAUSE


def test_without_a_key_nothing_is_noted(workspace):
    sittings.note(workspace, "household", "h", sittings.Sitting())
    assert operators.figures(workspace) == []


def test_the_figures_are_copied_as_cells(workspace, clock):
    key(workspace, clock, "2026-11-24T19:00:00+07:00", "2026-11-24T19:04:00+07:00")
    head, line = table_block.block(quality.figures_of_operators(operators.figures(workspace))).text.splitlines()
    assert head.split("\t")[:2] == ["Petugas", "Hari"]
    assert line.split("\t")[:3] == ["Siti", "2026-11-24", "1"]


def test_the_figures_stay_on_this_laptop(make_workspace, clock, tmp_path):
    field, city = make_workspace("field"), make_workspace("city", role="district")
    key(field, clock, "2026-11-24T19:00:00+07:00", "2026-11-24T19:04:00+07:00")
    receiving.receive(city, sending.send(field, tmp_path).path)
    with city.asking() as connection:
        assert keyed.stints(connection) == []
