"""A check holds the records against what the history names: none may be gone, none older than it was saved."""

from contextlib import closing

import pytest

from p2kp_desktop.actions.bundles import import_undo, receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.databases import library
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import open_workspace, records, transfers

KELURAHAN = "16.71.01.1001"


def fill(workspace, number=3):
    return [recording.record(workspace, Household, {"rt": "1/1", "building": str(n)}).id for n in range(number)]


def outside(workspace, statement, *values):
    """Change the file behind the program's back, and check it."""
    workspace.close()
    with closing(library.connect(workspace.name)) as file:
        file.execute(statement, values)
        file.commit()
    with open_workspace(workspace.name) as again:
        return [line for line in soundness.check(again) if "Rekap" not in line]


def test_every_household_deleted_behind_the_programs_back_is_missed(workspace):
    fill(workspace)
    (told,) = outside(workspace, "DELETE FROM household")
    assert told.startswith("3 catatan household hilang dari berkas; riwayatnya masih ada")
    assert "Pulihkan cadangan terakhir" in told


def test_a_single_one_is_missed_too_and_named(workspace):
    one, *_ = fill(workspace)
    (told,) = outside(workspace, "DELETE FROM household WHERE id = ?", one)
    assert told.startswith("1 catatan household hilang")
    assert one in told


def test_a_record_put_back_to_an_earlier_save_is_found(workspace):
    one, *_ = fill(workspace)
    with workspace.asking() as connection:
        before = records.read(connection, Household.key, [one])
    recording.record(workspace, Household, {"id": one, "kk_count": 2})
    with workspace.changing() as connection:
        records.write(connection, before.values())
    told = [line for line in soundness.check(workspace) if "Rekap" not in line]
    assert told == [f"Catatan household {one} lebih lama daripada riwayatnya."]


def test_what_was_received_is_missed_where_it_was_received(workspace, make_workspace, tmp_path):
    office = make_workspace("Kota", role="district", regions=("16.71",))
    fill(workspace)
    receiving.receive(office, sending.send(workspace, tmp_path).path)
    (told,) = outside(office, "DELETE FROM household")
    assert told.startswith("3 catatan household hilang")


def test_records_of_forms_that_only_a_newer_release_knows_are_missed_too(workspace):
    from p2kp_desktop.actions.recording.saves import editing

    with editing(workspace) as edits:
        edits.save("perahu", "p", {"region": KELURAHAN, "name": "Jaya"}, origin="test")
    assert soundness.check(workspace) == []
    (told,) = outside(workspace, "DELETE FROM other_record")
    assert told.startswith("1 catatan perahu hilang")


def test_a_bundle_taken_back_leaves_nothing_to_miss(workspace, make_workspace, tmp_path):
    office = make_workspace("Kota", role="district", regions=("16.71",))
    fill(workspace)
    receiving.receive(office, sending.send(workspace, tmp_path).path)
    with office.asking() as connection:
        line = transfers.log(connection)[0].id
    import_undo.undo(office, line)
    assert soundness.check(office) == []


@pytest.mark.parametrize("withhold", [False, True])
def test_deleted_records_and_bundles_without_names_are_whole(workspace, make_workspace, tmp_path, withhold):
    office = make_workspace("Kota", role="district", regions=("16.71",))
    one, *_ = fill(workspace)
    recording.delete(workspace, Household, one, reason="dobel")
    receiving.receive(office, sending.send(workspace, tmp_path, withhold=withhold).path)
    assert soundness.check(workspace) == soundness.check(office) == []
