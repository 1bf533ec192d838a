import pytest

from p2kp_desktop.actions import checking, receiving, recording, scoring, sending, undoing
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import facts, transfers

A_HOUSEHOLD = {"id": "h", "rt": "1/1", "kk_count": 2}


def last_import(workspace):
    with workspace.asking() as connection:
        return next(line.id for line in transfers.log(connection) if line.direction == "in")


def test_an_import_taken_back_leaves_what_was_before_and_the_file_brings_it_again(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    recording.record(here, Household, A_HOUSEHOLD)
    receiving.receive(there, sending.send(here, tmp_path).path)
    recording.record(there, Household, {"id": "x", "rt": "1/1", "region": "16.71.01.1001"})
    before, scores = checking.digest(there), scoring.score_workspace(there)
    with there.asking() as connection:
        knew = facts.known_edits(connection)
    recording.record(here, Household, {"id": "h", "kk_count": 3})
    recording.record(here, Household, {"id": "new", "rt": "2/1"})
    bundle = sending.send(here, tmp_path).path
    receiving.receive(there, bundle)
    after = checking.digest(there)
    assert undoing.undo(there, last_import(there)) == 2
    assert checking.digest(there) == before
    assert scoring.score_workspace(there) == scores
    assert checking.check(there) == []
    with there.asking() as connection:
        assert facts.known_edits(connection) == knew
    assert receiving.receive(there, bundle).counts["updated"] == 1
    assert checking.digest(there) == after


def test_an_import_is_not_taken_back_over_later_work(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    recording.record(here, Household, A_HOUSEHOLD)
    receiving.receive(there, sending.send(here, tmp_path).path)
    recording.record(there, Household, {"id": "h", "kk_count": 4})
    before = checking.digest(there)
    with pytest.raises(Trouble, match="1 catatan household sudah berubah"):
        undoing.undo(there, last_import(there))
    assert checking.digest(there) == before


def test_an_import_that_was_sent_on_is_not_taken_back(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    recording.record(here, Household, A_HOUSEHOLD)
    receiving.receive(there, sending.send(here, tmp_path).path)
    sending.send(there, tmp_path)
    assert undoing.obstacles(there, last_import(there)) == ["bundel yang memuatnya sudah dikirim."]


def test_an_import_is_taken_back_once(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    recording.record(here, Household, A_HOUSEHOLD)
    receiving.receive(there, sending.send(here, tmp_path).path)
    transfer = last_import(there)
    undoing.undo(there, transfer)
    with pytest.raises(Trouble, match="sudah dibatalkan"):
        undoing.undo(there, transfer)
