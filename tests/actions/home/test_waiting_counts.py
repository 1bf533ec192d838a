"""What waits in each place, counted without going there."""

import pytest

from p2kp_desktop.actions.collaboration import platform
from p2kp_desktop.actions.community import agreement_todos, meetings
from p2kp_desktop.actions.home import waiting_counts
from p2kp_desktop.actions.home.waiting_counts import Where
from p2kp_desktop.actions.recording import bulk, recording
from p2kp_desktop.forms import Household
from p2kp_desktop.forms.agreement import Agreement
from p2kp_desktop.forms.collaboration import Need
from p2kp_desktop.forms.meeting import Decision, Meeting
from tests.conftest import KELURAHAN
from tests.examples import a_record

HERE = Where(KELURAHAN, "2026")


def counts(workspace, where=HERE):
    return {place: waiting_counts.count(workspace, place, where) for place in waiting_counts.PLACES}


def test_nothing_waits_in_a_new_kelurahan_but_its_bowl(workspace):
    found = counts(workspace)
    assert found.pop("bowl") > 0
    assert set(found.values()) == {0}


def test_what_was_recorded_waits_where_it_is_dealt_with(workspace):
    twins = [recording.record(workspace, Household, {
        "rt": "14/5", "period": "2026", "head_name": "Siti Aminah", "building": "7", "kk_count": 1,
    }).id for _ in range(2)]
    recording.record(workspace, Household, {"rt": "15/5", "period": "2026", "head_name": "Budi"})
    meeting = recording.record(workspace, Meeting, {"region": KELURAHAN, "name": "Rembug", "date": "2026-09-04"}).id
    recording.record(workspace, Decision, {"parent": meeting, "text": "Iuran"})
    found = counts(workspace)
    assert (found["collecting"], found["quality"], found["meetings"]) == (3, 1, 1)
    assert counts(workspace, Where(KELURAHAN, "2026", "015/005"))["collecting"] == 1
    bulk.put_away(workspace, Household, twins[:1], reason="terdata dua kali")
    assert counts(workspace)["quality"] == 0
    assert found["collaboration"] == platform.waiting(workspace, KELURAHAN)
    assert len(meetings.open_decisions(workspace, KELURAHAN)) == 1


def test_what_an_agreement_leaves_to_do_waits_there(workspace):
    recording.record(workspace, Agreement, {"region": KELURAHAN, "number": "AB-01", "name": "Sampah", "version": 1,
                                            "stage": "berlaku", "in_force": "2020-01-04", "review_due": "2021-01-04"})
    assert counts(workspace)["agreements"] == len(agreement_todos.of_area(workspace, KELURAHAN)) > 0


def test_a_complete_household_asks_nothing_more_of_a_facilitator(workspace):
    whole = a_record(Household, period="2026").answers | {"region": KELURAHAN}
    recording.record(workspace, Household, {key: answer for key, answer in whole.items() if key != "parent"})
    assert counts(workspace)["collecting"] == 0


@pytest.mark.parametrize("area", ["16.71", "16"])
def test_a_wider_area_is_counted_too(workspace, area):
    recording.record(workspace, Need, {"region": KELURAHAN})
    assert counts(workspace, Where(area, "2026"))["bowl"] in (0, 1)
