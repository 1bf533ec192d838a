"""What becomes of a decision: tasks of institutions, commitments, targets and needs, and what it serves."""

import json
from pathlib import Path

import pytest

from p2kp_desktop.actions.collaboration import commitments
from p2kp_desktop.actions.community import decided, meetings
from p2kp_desktop.actions.community.turnout import Turnout
from p2kp_desktop.actions.recording import named_acts, recording
from p2kp_desktop.forms import form
from p2kp_desktop.forms.collaboration import Commitment, Need, Realisation, Stakeholder
from p2kp_desktop.forms.meeting import Attendance, Decision, Meeting, Task
from p2kp_desktop.forms.target import Target
from p2kp_desktop.language import Trouble
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import drafts
from tests.conftest import KELURAHAN

FILE = Path(__file__).parents[2] / "data/workshop.jsonl"
M, D = "m1", "d1"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(meetings.environment, "now", lambda: "2026-11-24T10:00:00+07:00")


@pytest.fixture
def met(workspace):
    """Give a workspace with a meeting of a kelurahan, three delegations, and one decision for offices."""
    recording.record(workspace, Meeting, {"id": M, "region": KELURAHAN, "name": "Forum", "date": "2026-10-04"})
    for element, more in (("opd", {"institution": "Dinas PU", "delegation": "Palembang"}),
                          ("opd", {"institution": "Dinas PU", "delegation": "Prabumulih"}),
                          ("bank", {"institution": "Bank Sumsel Babel"})):
        recording.record(workspace, Attendance, {"parent": M, "element": element, **more})
    recording.record(workspace, Decision, {
        "id": D, "parent": M, "text": "Ambil peran", "responsible": "Bank Sumsel Babel", "element": "opd",
        "due": "2026-12-31", "done": "terbuka"})
    return workspace


def draft(workspace, record):
    with workspace.asking() as connection:
        return next(each.answers for each in drafts.waiting(connection) if each.id == record)


def test_a_decision_becomes_one_task_for_each_delegation_of_its_element_in_one_act(met):
    assert (decided.give_tasks(met, D), decided.give_tasks(met, D)) == (2, 0)
    whole = meetings.whole(met, M)
    assert [(each.answers["institution"], each.answers["delegation"], each.answers["due"], each.answers["region"])
            for each in whole.tasks_of(D)] == [
        ("Dinas PU, Kota Palembang", "16.71", "2026-12-31", KELURAHAN),
        ("Dinas PU, Kota Prabumulih", "16.74", "2026-12-31", KELURAHAN),
    ]
    assert {each.form for each in meetings.open_decisions(met, KELURAHAN)} == {"decision", "task"}
    named_acts.take_back(met, named_acts.last(met).id)
    assert meetings.whole(met, M).tasks == ()


def test_where_nobody_of_the_element_came_the_task_is_that_of_who_is_responsible(met):
    recording.record(met, Decision, {"id": D, "element": "dprd"})
    assert decided.give_tasks(met, D) == 1
    assert meetings.whole(met, M).tasks[0].answers["institution"] == "Bank Sumsel Babel"


def test_a_task_is_done_and_opened_again_like_a_decision(met):
    decided.give_tasks(met, D)
    task = meetings.whole(met, M).tasks[0].id
    meetings.mark(met, task, done=True, form=Task)
    assert task not in [each.decision for each in meetings.open_decisions(met, KELURAHAN)]
    meetings.mark(met, task, done=False, form=Task)
    assert task in [each.decision for each in meetings.open_decisions(met, KELURAHAN)]


def test_a_decision_begins_a_commitment_a_target_or_a_need_that_knows_it(met):
    recording.record(met, Stakeholder, {"id": "bank", "name": "bank sumsel babel"})
    promise = draft(met, decided.begin(met, Commitment, D, KELURAHAN))
    assert promise == {
        "decision": D, "who": "Bank Sumsel Babel", "stakeholder": "bank", "what": "Ambil peran", "due": "2026-12-31",
        "year": 2026, "reached": "disepakati", "region": "16.71",
    }
    assert draft(met, decided.begin(met, Target, D, KELURAHAN)) == {
        "decision": D, "end_year": 2026, "decree": "Ambil peran", "region": "16.71"}
    assert draft(met, decided.begin(met, Need, D, KELURAHAN)) == {
        "decision": D, "what": "Ambil peran", "year": 2026, "region": KELURAHAN}


def test_what_became_of_a_decision_is_found_from_its_meeting(met):
    recording.record(met, Target, {"id": "t", "indicator": "water_safe", "end_year": 2030, "end_value": 100})
    recording.record(met, Commitment, {"id": "k", "who": "Bank", "what": "Semen", "decision": D})
    recording.record(met, Decision, {"id": D, "target": "t"})
    followed = meetings.whole(met, M).followed[D]
    assert [(each.form, each.id) for each in followed] == [("commitment", "k"), ("target", "t")]


def test_a_decision_that_is_gone_is_told(met):
    with pytest.raises(Trouble):
        decided.give_tasks(met, "tidak-ada")


def test_who_came_is_told_also_where_nobody_counted_men_and_women(met):
    recording.record(met, Meeting, {"id": M, "attended": 105, "invited": 120})
    assert meetings.whole(met, M).came == Turnout(others=105, invited=120)
    recording.record(met, Attendance, {"parent": M, "element": "warga", "men": 20, "women": 14, "attended": 40})
    assert meetings.whole(met, M).came == Turnout(20, 14, 0, 71, 120)
    (line,) = meetings.lines(met, KELURAHAN)
    assert (line.came.people, line.came) == (105, meetings.whole(met, M).came)


def test_commitments_are_listed_with_what_was_given_the_late_ones_first(workspace):
    for ident, due in (("k1", "2027-01-01"), ("k2", "2026-01-01")):
        recording.record(workspace, Commitment, {
            "id": ident, "who": ident, "what": "Paving", "year": 2026, "due": due, "amount": 100,
            "reached": "disepakati"})
    for amount in (30, 20):
        recording.record(workspace, Realisation, {"parent": "k2", "date": "2025-12-01", "amount": amount,
                                                  "evidence": "BA 1"})
    recording.record(workspace, Commitment, {
        "id": "k3", "who": "PT", "what": "Semen", "year": 2026, "shape": "barang", "goods": "semen",
        "goods_volume": 200, "goods_unit": "sak", "reached": "disepakati"})
    late, *others = commitments.promises(workspace, KELURAHAN)
    assert (late.id, late.is_late, late.pledge.given, late.pledge.left, len(late.steps)) == ("k2", True, 50, 50, 2)
    assert [(each.id, each.pledge.state, each.goods) for each in others] == [
        ("k3", "menunggu", "200 Sak semen"), ("k1", "menunggu", "")]
    table = catalogue.make(workspace, "commitments", Scope(KELURAHAN))
    assert [table.column("state").of(line).code for line in table.lines] == ["terlambat", "menunggu", "menunggu"]
    assert table.sums == {"amount": 200, "given": 50, "left": 150}
    given_ = catalogue.make(workspace, "realisations", Scope(KELURAHAN))
    assert [(line.who, line.amount, line.evidence) for line in given_.lines] == [("k2", 20, "BA 1"), ("k2", 30, "BA 1")]


def test_the_workshop_of_2015_is_recorded_whole_and_each_part_is_found_again_connected(make_workspace):
    province = make_workspace("sumsel", "province", ("16",))
    for line in FILE.read_text("utf-8").splitlines():
        given = json.loads(line)
        found = recording.record(province, form(given.pop("form")), given)
        assert [each for each in found.problems if each.severity == "hard"] == []
    ident = "lokakarya-p2kp-sumsel"
    whole = meetings.whole(province, ident)
    assert (whole.record.answers["date"], whole.record.answers["end_date"], whole.came.people) == (
        "2015-08-04", "2015-08-05", 105)
    assert [each.id for each in whole.links] == ["program-100-0-100"]  # what it was about, with what is said of it
    assert (len(whole.talks), len(whole.decisions), len(whole.attendance), len(whole.attendees)) == (3, 7, 11, 1)
    mandate = [whole.tasks_of(f"lokakarya-mandat-{number}") for number in (1, 2, 3, 4)]
    assert [[each.id for each in some] for some in mandate] == [[f"lokakarya-tugas-{n}"] for n in (1, 2, 3, 4)]
    served = {each.id: [one.id for one in whole.followed.get(each.id, ())] for each in whole.decisions}
    assert [served[f"lokakarya-komitmen-{number}"] for number in (1, 2, 3)] == [
        ["lokakarya-sasaran-air"], ["lokakarya-sasaran-kumuh"], ["lokakarya-sasaran-sanitasi"]]
    assert decided.give_tasks(province, "lokakarya-mandat-1") == 1  # the offices of the seven kabupaten/kota too
    table = catalogue.make(province, "open_decisions", Scope("16"))
    assert sum(each.late for each in table.lines) == 3  # what was to be reached by 2019
