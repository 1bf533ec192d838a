"""A laptop handed to a successor, a workspace retired and revived."""

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.keying import answer_history, keyed_drafts
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import person_erasure
from p2kp_desktop.actions.upkeep import handing_over, rt_moves
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import open_workspace

A_HOUSEHOLD = {"id": "h", "rt": "1/1", "head_name": "Budi"}


def test_a_successor_edits_under_their_own_name_and_the_old_edits_keep_theirs(workspace):
    recording.record(workspace, Household, A_HOUSEHOLD)
    event = handing_over.hand_over(workspace, person=" Rina Marlina ", reason="pindah tugas")
    assert (event.before, event.after, event.reason) == ("Siti", "Rina Marlina", "pindah tugas")
    recording.record(workspace, Household, {"id": "h", "head_name": "Budi Santoso"})
    told = answer_history.answer_history(workspace, Household, "h", "head_name")
    assert {step.person for step in told} <= {"Siti", "Rina Marlina"}
    assert told[0].person == "Rina Marlina"
    assert handing_over.events(workspace) == [event]
    assert soundness.check(workspace) == []


def test_a_successor_finds_the_drafts_that_were_not_saved(workspace):
    keyed_drafts.keep(workspace, Household, "x", {"rt": "001/001"}, "mbr")
    handing_over.hand_over(workspace, person="Rina", reason="pindah tugas")
    assert [each.person for each in keyed_drafts.waiting(workspace)] == ["Rina"]


@pytest.mark.parametrize(("person", "reason", "code"), [("", "x", "A01"), ("Siti", "x", "A02"), ("Rina", " ", "A03")])
def test_handing_over_needs_a_name_of_somebody_else_and_a_reason(workspace, person, reason, code):
    with pytest.raises(Trouble) as refused:
        handing_over.hand_over(workspace, person=person, reason=reason)
    assert refused.value.code == code
    assert handing_over.events(workspace) == []


def test_a_workspace_is_retired_once_everything_was_acknowledged(make_workspace, tmp_path):
    here, district = make_workspace("a"), make_workspace("d", role="district")
    recording.record(here, Household, A_HOUSEHOLD)
    keyed_drafts.keep(here, Household, "x", {"rt": "001/001"}, "mbr")
    assert handing_over.pending(here) == handing_over.LeftBehind(1, 1, 1, 0)
    with pytest.raises(Trouble, match="1 catatan belum diterima kantor lain, 1 draf belum disimpan"):
        handing_over.retire(here, reason="survei selesai")
    keyed_drafts.drop(here, "x")
    receiving.receive(district, sending.send(here, tmp_path).path)
    receiving.receive(here, sending.send(district, tmp_path, to="facilitator").path)
    assert handing_over.pending(here).words() == ""
    handing_over.retire(here, reason="survei selesai")
    with pytest.raises(Trouble, match="sudah diistirahatkan"):
        handing_over.retire(here, reason="lagi")


@pytest.fixture
def retired(workspace):
    recording.record(workspace, Household, A_HOUSEHOLD)
    handing_over.retire(workspace, reason="laptop rusak sebagian", anyway=True)
    return workspace


def test_a_retired_workspace_refuses_every_edit_with_a_sentence(retired):
    before = soundness.digest(retired)
    edits = (
        lambda: recording.record(retired, Household, {"id": "h", "kk_count": 2}),
        lambda: recording.delete(retired, Household, "h", reason="x"),
        lambda: person_erasure.erase(retired, Household, "h", reason="x"),
        lambda: rt_moves.rename_rt(retired, "16.71.01.1001", "1/1", "2/1", reason="x"),
    )
    for change in edits:
        with pytest.raises(Trouble) as refused:
            change()
        assert refused.value.code == "A04"
    assert soundness.digest(retired) == before


def test_a_retired_workspace_stays_so_when_opened_again_and_still_receives(retired, make_workspace, tmp_path):
    other = make_workspace("other")
    recording.record(other, Household, {"id": "o", "rt": "2/1"})
    bundle = sending.send(other, tmp_path).path
    with open_workspace(retired.name) as again:
        assert receiving.receive(again, bundle).counts["new"] == 1
        with pytest.raises(Trouble):
            recording.record(again, Household, {"id": "o", "kk_count": 2})


def test_the_last_bundle_of_a_retired_workspace_opens_its_work_for_a_successor(retired, make_workspace, tmp_path):
    successor = make_workspace("successor")
    receiving.receive(successor, sending.send(retired, tmp_path, full=True).path)
    assert soundness.digest(successor) == soundness.digest(retired)
    recording.record(successor, Household, {"id": "h", "kk_count": 2})
    assert soundness.check(successor) == []


def test_a_revived_workspace_takes_edits_again_and_remembers_what_happened(retired):
    handing_over.revive(retired, reason="survei ulang")
    recording.record(retired, Household, {"id": "h", "kk_count": 2})
    told = [(event.what, event.reason) for event in handing_over.events(retired)]
    assert told == [(handing_over.RETIRED, "laptop rusak sebagian"), (handing_over.REVIVED, "survei ulang")]
    with pytest.raises(Trouble, match="tidak sedang"):
        handing_over.revive(retired, reason="lagi")
