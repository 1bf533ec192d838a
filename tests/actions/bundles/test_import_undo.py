import pytest

from p2kp_desktop.actions.bundles import import_undo, receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import records
from p2kp_desktop.store import facts, history, receipts, transfers

A_HOUSEHOLD = {"id": "h", "rt": "1/1", "kk_count": 2}


def last_import(workspace):
    with workspace.asking() as connection:
        return next(line.id for line in transfers.log(connection) if line.direction == "in")


def test_an_import_taken_back_leaves_what_was_before_and_the_file_brings_it_again(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    recording.record(here, Household, A_HOUSEHOLD)
    receiving.receive(there, sending.send(here, tmp_path).path)
    recording.record(there, Household, {"id": "x", "rt": "1/1", "region": "16.71.01.1001"})
    before, scores = soundness.digest(there), slum_scores.score_workspace(there)
    with there.asking() as connection:
        knew = facts.known_edits(connection)
    recording.record(here, Household, {"id": "h", "kk_count": 3})
    recording.record(here, Household, {"id": "new", "rt": "2/1"})
    bundle = sending.send(here, tmp_path).path
    receiving.receive(there, bundle)
    after = soundness.digest(there)
    assert import_undo.undo(there, last_import(there)) == 2
    assert soundness.digest(there) == before
    assert slum_scores.score_workspace(there) == scores
    assert soundness.check(there) == []
    with there.asking() as connection:
        assert facts.known_edits(connection) == knew
    assert receiving.receive(there, bundle).counts["updated"] == 1
    assert soundness.digest(there) == after


def test_an_import_is_not_taken_back_over_later_work(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    recording.record(here, Household, A_HOUSEHOLD)
    receiving.receive(there, sending.send(here, tmp_path).path)
    recording.record(there, Household, {"id": "h", "kk_count": 4})
    before = soundness.digest(there)
    with pytest.raises(Trouble, match="1 catatan sudah berubah sesudahnya: Rumah tanpa nama"):
        import_undo.undo(there, last_import(there))
    assert soundness.digest(there) == before


def test_an_import_that_was_sent_on_is_not_taken_back(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    recording.record(here, Household, A_HOUSEHOLD)
    receiving.receive(there, sending.send(here, tmp_path).path)
    sending.send(there, tmp_path)
    (hindered,) = import_undo.obstacles(there, last_import(there))
    assert "sudah dikirim kepada Provinsi" in hindered
    assert "memuat 1 catatan" in hindered


def test_an_import_is_taken_back_once(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    recording.record(here, Household, A_HOUSEHOLD)
    receiving.receive(there, sending.send(here, tmp_path).path)
    transfer = last_import(there)
    import_undo.undo(there, transfer)
    with pytest.raises(Trouble, match="sudah dibatalkan"):
        import_undo.undo(there, transfer)


def imports(workspace):
    with workspace.asking() as connection:
        return [line.id for line in transfers.log(connection) if line.direction == "in"]


def test_several_imports_are_taken_back_the_last_first_however_they_are_named(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    nothing = soundness.digest(there)
    for count in (2, 3, 4):
        recording.record(here, Household, A_HOUSEHOLD | {"kk_count": count})
        receiving.receive(there, sending.send(here, tmp_path).path)
    lines = imports(there)
    assert "1 catatan sudah berubah" in import_undo.obstacles(there, lines[-1])[0]
    assert import_undo.obstacles_to_all(there, lines) == []
    assert len(imports(there)) == 3
    assert import_undo.undo_all(there, [lines[1], lines[2], lines[0]]) == 1
    assert soundness.digest(there) == nothing
    assert soundness.check(there) == []
    with there.asking() as connection:
        assert facts.known_edits(connection) == {}
        assert receipts.acquainted(connection) == []


def test_one_obstacle_keeps_all_of_them(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    recording.record(here, Household, A_HOUSEHOLD | {"head_name": "Siti"})
    receiving.receive(there, sending.send(here, tmp_path).path)
    recording.record(here, Household, {"id": "n", "rt": "2/1"})
    receiving.receive(there, sending.send(here, tmp_path).path)
    recording.record(there, Household, {"id": "h", "kk_count": 9})
    before = soundness.digest(there)
    with pytest.raises(Trouble, match="Siti \\(RT 001/001"):
        import_undo.undo_all(there, imports(there))
    assert soundness.digest(there) == before
    assert import_undo.undo(there, imports(there)[0]) == 1


def test_undoing_the_first_and_then_the_second_never_claims_what_is_gone(make_workspace, tmp_path):
    one, two = make_workspace("a"), make_workspace("c")
    there = make_workspace("b", role="district")
    recording.record(one, Household, {"id": "x", "rt": "1/1"})
    recording.record(two, Household, {"id": "y", "rt": "2/1"})
    for sender in (one, two):
        receiving.receive(there, sending.send(sender, tmp_path).path)
    second, first = imports(there)
    import_undo.undo(there, first)
    import_undo.undo(there, second)
    with there.asking() as connection:
        assert facts.known_edits(connection) == {}


def test_answers_that_a_bundle_told_are_kept_back_again(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", role="province", regions=("16",))
    recording.record(here, Household, A_HOUSEHOLD | {"head_name": "Siti"})
    recording.record(here, Household, {"id": "h", "head_name": "Siti Aminah"})
    receiving.receive(there, sending.send(here, tmp_path, to="province", withhold=True).path)

    def told():
        with there.asking() as connection:
            rows = history.of_record(connection, "h")
        return [row.changes["head_name"].after for row in rows if "head_name" in row.changes]

    before, digest = told(), soundness.digest(there)
    full = sending.send(here, tmp_path, to="province").path
    receiving.receive(there, full)
    assert "Siti Aminah" in told()
    import_undo.undo(there, last_import(there))
    assert told() == before
    assert "Siti Aminah" not in before
    assert (soundness.digest(there), soundness.check(there)) == (digest, [])
    receiving.receive(there, full)
    assert "Siti Aminah" in told()


def test_an_import_that_changed_nothing_is_taken_back_without_a_word(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    recording.record(here, Household, A_HOUSEHOLD)
    bundle = sending.send(here, tmp_path).path
    for _ in range(2):
        receiving.receive(there, bundle)
    digest = soundness.digest(there)
    assert import_undo.obstacles(there, last_import(there)) == []
    assert import_undo.undo(there, last_import(there)) == 0
    assert soundness.digest(there) == digest


def test_only_the_last_imports_can_be_taken_back(make_workspace, tmp_path, monkeypatch):
    monkeypatch.setattr(import_undo, "UNDOABLE", 2)
    here, there = make_workspace("a"), make_workspace("b", role="district")
    for count in (1, 2, 3):
        recording.record(here, Household, A_HOUSEHOLD | {"kk_count": count})
        receiving.receive(there, sending.send(here, tmp_path).path)
    lines = imports(there)
    assert import_undo.obstacles_to_all(there, lines[:2]) == []
    assert "terlalu lama" in import_undo.obstacles(there, lines[2])[0]


def test_a_bundle_of_another_kelurahan_does_not_stand_in_the_way(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", role="district", regions=("16.71",))
    recording.record(there, Household, {"id": "other", "rt": "1/1", "region": "16.71.01.1002"})
    recording.record(here, Household, A_HOUSEHOLD)
    receiving.receive(there, sending.send(here, tmp_path).path)
    sending.send(there, tmp_path, areas=["16.71.01.1002"])
    assert import_undo.obstacles(there, last_import(there)) == []
    sending.send(there, tmp_path, areas=["16.71.01"])
    assert len(import_undo.obstacles(there, last_import(there))) == 1


def test_what_was_sent_is_known_by_the_order_of_the_log_and_not_by_the_clock(make_workspace, tmp_path, monkeypatch):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    recording.record(here, Household, A_HOUSEHOLD)
    receiving.receive(there, sending.send(here, tmp_path).path)
    transfer = last_import(there)
    now = records.time.time_ns()
    monkeypatch.setattr(records.time, "time_ns", lambda: now - 2 * 365 * 86_400 * 10**9)
    sending.send(there, tmp_path)
    assert len(import_undo.obstacles(there, transfer)) == 1
