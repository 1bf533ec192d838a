"""Many edits under one name are taken back as one act; what was changed since stays and is named."""

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.recording import named_acts, recording
from p2kp_desktop.forms import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import views

RT = "001/005"


def answers(workspace, record, **where):
    with workspace.asking() as connection:
        found = next(views.found(connection, Household, views.Where(id=record, **where)), None)
        return found and found.answers


@pytest.fixture
def acted(workspace):
    old = recording.record(workspace, Household, {"head_name": "Siti", "rt": RT, "kk_count": 1}).id
    with named_acts.acting(workspace, "Impor rumah.xlsx") as edits:
        recording.record_within(edits, Household, {"id": old, "head_name": "Siti A", "kk_count": 2}, origin="x")
        new = recording.record_within(edits, Household, {"head_name": "Budi", "rt": RT}, origin="x").id
    return workspace, old, new


def test_an_act_is_taken_back_whole(acted):
    workspace, old, new = acted
    act = named_acts.last(workspace)
    assert (act.name, act.records) == ("Impor rumah.xlsx", 2)
    assert named_acts.take_back(workspace, act.id) == named_acts.TakenBack(2, (), "Impor rumah.xlsx")
    assert {answers(workspace, old)[key] for key in ("head_name", "kk_count")} == {"Siti", 1}
    assert answers(workspace, new) is None
    assert answers(workspace, new, deleted=True)["head_name"] == "Budi"
    assert named_acts.last(workspace) is None
    with pytest.raises(Trouble, match="tidak dapat dibatalkan"):
        named_acts.take_back(workspace, act.id)


def test_what_was_changed_since_stays_and_is_named(acted):
    workspace, old, new = acted
    recording.record(workspace, Household, {"id": old, "kk_count": 3})
    recording.record(workspace, Household, {"id": new, "kk_count": 4})
    done = named_acts.take_back(workspace, named_acts.last(workspace).id)
    assert done.records == 1
    assert sorted(each.title for each in done.left) == ["Budi", "Siti A"]
    assert (answers(workspace, old)["head_name"], answers(workspace, old)["kk_count"]) == ("Siti", 3)
    assert answers(workspace, new)["head_name"] == "Budi"


def test_taking_back_travels_to_whoever_has_the_act(acted, make_workspace, tmp_path):
    workspace, old, new = acted
    city = make_workspace("city", role="district")
    receiving.receive(city, sending.send(workspace, tmp_path).path)
    named_acts.take_back(workspace, named_acts.last(workspace).id)
    receiving.receive(city, sending.send(workspace, tmp_path).path)
    assert answers(city, old)["head_name"] == "Siti"
    assert answers(city, new) is None


def test_an_act_that_changed_nothing_is_none(workspace):
    with named_acts.acting(workspace, "Impor kosong"):
        pass
    assert named_acts.last(workspace) is None


def test_what_was_taken_back_is_done_again_and_taken_back_once_more(acted):
    workspace, old, new = acted
    for _ in range(2):
        undo = named_acts.offer(workspace, 0)
        assert (undo.undo.name, undo.redo) == ("Impor rumah.xlsx", None)
        named_acts.take_back(workspace, undo.undo.id)
        assert answers(workspace, old)["head_name"] == "Siti"
        redo = named_acts.offer(workspace, 0)
        assert (redo.undo, redo.redo.name) == (None, "Impor rumah.xlsx")
        named_acts.take_back(workspace, redo.redo.id)
        assert answers(workspace, old)["head_name"] == "Siti A"
        assert answers(workspace, new)["head_name"] == "Budi"


def test_several_acts_go_back_in_turn_and_come_again_in_turn(workspace):
    record = recording.record(workspace, Household, {"head_name": "Siti", "rt": RT, "kk_count": 1}).id
    for number in (2, 3):
        with named_acts.acting(workspace, f"menjadi {number}") as edits:
            recording.record_within(edits, Household, {"id": record, "kk_count": number}, origin="x")
    seen = []
    for way in ("undo", "undo", "redo", "redo", "undo"):
        named_acts.take_back(workspace, getattr(named_acts.offer(workspace, 0), way).id)
        seen.append(answers(workspace, record)["kk_count"])
    assert seen == [2, 1, 2, 3, 2]
    with named_acts.acting(workspace, "sesuatu yang lain") as edits:
        recording.record_within(edits, Household, {"id": record, "kk_count": 9}, origin="x")
    assert named_acts.offer(workspace, 0).redo is None


def test_acts_before_this_sitting_are_not_offered(acted):
    workspace = acted[0]
    assert named_acts.offer(workspace, named_acts.step(workspace)) == named_acts.UndoRedo()


def test_a_deletion_is_an_act_that_names_the_record(workspace):
    record = recording.record(workspace, Household, {"head_name": "Siti Anwar", "rt": RT}).id
    recording.delete(workspace, Household, record, reason="terdata dua kali")
    assert named_acts.last(workspace).name == "Siti Anwar ke tempat sampah"
    named_acts.take_back(workspace, named_acts.last(workspace).id)
    assert answers(workspace, record)["head_name"] == "Siti Anwar"
