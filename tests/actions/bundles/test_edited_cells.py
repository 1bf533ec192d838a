"""Cells edited in an office suite, taken over with a reason: once, never over what is newer, deleted or erased."""

import openpyxl
import pytest

from p2kp_desktop.actions.bundles import arrivals, import_undo, receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import conflicts, recording
from p2kp_desktop.actions.review import person_erasure
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.comment import Comment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import facts, history, node, records, transfers
from tests.edited_bundle import WHY, edited

Activity, Need = form_named("activity"), form_named("need")
A_HOUSEHOLD = {"id": "h", "rt": "14/5", "head_name": "Herlina", "kk_count": 1, "nik": "1671014410850003"}


@pytest.fixture
def kota(make_workspace):
    return make_workspace("Kota", "district", ("16.71",))


@pytest.fixture
def bundle(workspace, tmp_path):
    recording.record(workspace, Household, A_HOUSEHOLD)
    return sending.send(workspace, tmp_path).path


def accepted(workspace, path):
    received = receiving.receive(workspace, path, accept=WHY)
    assert received.error is None
    return received


def household(workspace, record="h"):
    with workspace.asking() as connection:
        return records.read(connection, "household", [record])[record]


def outcomes(received):
    return {name: number for name, number in received.counts.items() if number}


def without_row(path, row=4, *, title="Rumah Tangga"):
    """Return a copy of a bundle without a row of a sheet."""
    book = openpyxl.load_workbook(path)
    book[title].delete_rows(row)
    target = path.with_name("terhapus.xlsx")
    book.save(target)
    return target


def known(workspace):
    with workspace.asking() as connection:
        return [tick for edits in facts.known_edits(connection).values() for tick in edits.values()]


@pytest.mark.parametrize("spoil", [lambda path: edited(path, kk_count=5), without_row])
@pytest.mark.parametrize("accept", ["", WHY])
def test_a_bundle_that_did_not_come_whole_is_no_receipt_of_what_it_lacks(workspace, kota, bundle, tmp_path, spoil,
                                                                        accept):
    receiving.receive(kota, spoil(bundle), accept=accept)
    assert known(kota) == []
    receiving.receive(workspace, sending.send(kota, tmp_path, to="facilitator").path)
    again = sending.send(workspace, tmp_path)
    assert again.records == 1
    receiving.receive(kota, again.path)
    assert known(kota)
    if not accept:
        assert household(kota).values() == household(workspace).values()


def test_a_cell_that_was_taken_over_replaces_what_stood_in_the_file(kota, bundle):
    receiving.receive(kota, bundle)
    assert outcomes(accepted(kota, edited(bundle, kk_count=5))) == {"updated": 1}
    assert household(kota).values()["kk_count"] == 5
    assert conflicts.count(kota) == 0
    assert outcomes(receiving.receive(kota, bundle)) == {"older": 1}
    assert household(kota).values()["kk_count"] == 5


def test_taking_the_same_file_over_again_changes_nothing(kota, bundle):
    receiving.receive(kota, bundle)
    changed = edited(bundle, kk_count=5)
    accepted(kota, changed)
    before = soundness.digest(kota)
    again = accepted(kota, changed)
    assert outcomes(again) == {"older": 1}
    assert again.changes == ()
    recording.record(kota, Household, {"id": "h", "kk_count": 6})
    accepted(kota, changed)
    assert household(kota).values()["kk_count"] == 6
    assert conflicts.count(kota) == 0
    assert soundness.digest(kota) != before


def test_what_is_newer_here_stands_beside_it_as_a_conflict(kota, bundle):
    receiving.receive(kota, bundle)
    recording.record(kota, Household, {"id": "h", "kk_count": 9})
    received = accepted(kota, edited(bundle, kk_count=5))
    assert outcomes(received) == {"conflict": 1}
    assert [(each.before, each.after) for each in received.conflicts] == [(9, 5)]
    (conflict,) = conflicts.open_conflicts(kota)
    assert {side.value for side in conflict.sides} == {5, 9}


def test_what_stood_in_the_file_and_comes_later_stands_beside_it_too(kota, bundle):
    assert outcomes(accepted(kota, edited(bundle, kk_count=5))) == {"new": 1}
    assert outcomes(receiving.receive(kota, bundle)) == {"conflict": 1}
    (conflict,) = conflicts.open_conflicts(kota)
    assert {side.value for side in conflict.sides} == {1, 5}


def test_a_deleted_record_stays_deleted(kota, bundle):
    receiving.receive(kota, bundle)
    recording.delete(kota, Household, "h", reason="pindah")
    before = soundness.digest(kota)
    received = accepted(kota, edited(bundle, kk_count=5))
    assert outcomes(received) == {"rejected": 1}
    assert any("catatannya sudah dihapus" in note for note in received.notes)
    assert soundness.digest(kota) == before


def test_what_hangs_on_a_deleted_record_does_not_bring_it_back(kota, workspace, tmp_path):
    recording.record(workspace, Household, A_HOUSEHOLD)
    recording.record(workspace, Comment, {"id": "c", "parent": "h", "text": "Periksa atapnya."})
    path = sending.send(workspace, tmp_path).path
    receiving.receive(kota, path)
    recording.delete(kota, Household, "h", reason="pindah")
    received = accepted(kota, edited(path, title="Catatan Pemeriksa", text="Sudah."))
    assert received.counts["rejected"] == 1
    assert household(kota).values()["alive"] == 0


def test_an_erased_answer_stays_erased_and_is_not_told_again(kota, bundle):
    receiving.receive(kota, bundle)
    person_erasure.erase(kota, Household, "h", reason="surat 5 Oktober")
    before = soundness.digest(kota)
    received = accepted(kota, edited(bundle, head_name="Herlina Wati"))
    assert outcomes(received) == {"rejected": 1}
    assert any("sudah dihapus atas permintaan" in note for note in received.notes)
    assert not any("Wati" in note for note in received.notes)
    assert soundness.digest(kota) == before
    with kota.asking() as connection:
        assert "Wati" not in str(transfers.log(connection))


def test_an_import_with_cells_taken_over_can_be_taken_back_and_done_again(kota, bundle):
    receiving.receive(kota, bundle)
    before = soundness.digest(kota)
    with kota.asking() as connection:
        nodes, rows = node.own_nodes(connection), len(history.of_record(connection, "h"))
    changed = edited(bundle, kk_count=5)
    received = accepted(kota, changed)
    recording.record(kota, Household, {"id": "other", "region": "16.71.01.1001", "rt": "1/1"})
    assert import_undo.undo(kota, received.transfer) == 1
    recording.delete(kota, Household, "other", reason="keliru")
    assert household(kota).values()["kk_count"] == 1
    with kota.asking() as connection:
        assert node.own_nodes(connection) == nodes
        assert len(history.of_record(connection, "h")) == rows
    assert soundness.check(kota) == []
    assert before != soundness.digest(kota)
    assert outcomes(accepted(kota, changed)) == {"updated": 1}
    assert household(kota).values()["kk_count"] == 5
    assert soundness.check(kota) == []


def test_a_rehearsal_shows_what_taking_over_would_do_and_writes_nothing(kota, bundle):
    receiving.receive(kota, bundle)
    before = soundness.digest(kota)
    changed = edited(bundle, kk_count=5)
    rehearsed = arrivals.rehearse_files(kota, arrivals.recognise_all(kota, [changed]), accept={changed: WHY})
    assert [(each.question, each.before, each.after) for each in rehearsed.changes] == [("kk_count", 1, 5)]
    assert rehearsed.outcomes[0].counts["updated"] == 1
    assert soundness.digest(kota) == before
    again = arrivals.rehearse_files(kota, arrivals.recognise_all(kota, [changed]))
    assert [each.before for each in again.changes] == []


def test_rows_that_changed_places_are_named_once_and_never_taken_over(kota, workspace, tmp_path):
    for name, count in (("Charlie", 1), ("Alpha", 2), ("Bravo", 3)):
        recording.record(workspace, Household, {"rt": "14/5", "head_name": name, "kk_count": count})
    path = sending.send(workspace, tmp_path).path
    book = openpyxl.load_workbook(path)
    sheet = book["Rumah Tangga"]
    rows = [[cell.value for cell in row[1:]] for row in sheet.iter_rows(min_row=4)]
    for at, row in enumerate(sorted(rows, key=str), start=4):
        for column, value in enumerate(row, start=2):
            sheet.cell(at, column).value = value
    book.save(tmp_path / "tertukar.xlsx")
    received = accepted(kota, tmp_path / "tertukar.xlsx")
    assert outcomes(received) == {"rejected": 3}
    assert received.edited_outside == 3
    assert received.edited == ()
    (note,) = received.notes
    assert "baris tertukar urutannya tanpa kolom kuncinya: 3 baris" in note
    receiving.receive(kota, path)
    assert soundness.digest(kota) == soundness.digest(workspace)


@pytest.mark.parametrize(
    ("key", "typed", "shown", "taken"),
    [("kk_count", 7.0, "7", 7), ("floor_length", 7.5, "7,5", "7.5"),
     ("nik", 1671014410850003, "1671014410850000", "1671014410850000")],
)
def test_numbers_are_shown_as_people_write_them_and_taken_alike(kota, bundle, key, typed, shown, taken):
    received = accepted(kota, edited(bundle, **{key: typed}))
    (cell,) = received.edited
    assert cell.now == shown
    assert ("hanya 15 angka pertama" in cell.sentence()) == (key == "nik")
    assert household(kota).values()[key] == taken


def test_a_cell_that_cannot_be_read_is_named_and_its_record_counts_as_rejected(kota, bundle):
    received = accepted(kota, edited(bundle, kk_count="dua puluh", head_name="Herlina Wati"))
    assert outcomes(received) == {"rejected": 1}
    assert household(kota).values()["head_name"] == "Herlina Wati"
    assert any("Tidak dapat diambil" in note for note in received.notes)


def test_a_title_that_was_edited_is_taken_over_as_the_record_it_names(workspace, kota, tmp_path):
    for number, what in enumerate(("Paving", "Gerobak"), start=1):
        recording.record(workspace, Need, {"id": f"n{number}", "rt": "1/5", "criterion": "2b", "what": what})
    recording.record(workspace, Activity, {"id": "k", "name": "Jalan", "need": "n1"})
    path = sending.send(workspace, tmp_path).path
    receiving.receive(kota, path)
    accepted(kota, edited(path, title="Kegiatan", need="gerobak"))
    assert activity(kota)["need"] == "n2"
    refused = accepted(kota, edited(path, title="Kegiatan", need="yang lain"))
    assert any("tidak tercatat sebagai Kebutuhan" in note for note in refused.notes)
    assert activity(kota)["need"] == "n2"


def activity(workspace):
    with workspace.asking() as connection:
        return records.read(connection, Activity.key, ["k"])["k"].values()
