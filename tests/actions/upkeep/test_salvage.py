from contextlib import closing
from pathlib import Path

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import backups, soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.trust import enrolling, enrolment
from p2kp_desktop.actions.upkeep import salvage
from p2kp_desktop.databases import library
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import node, open_workspace, views
from tests import btree
from tests.enrolled import enrol_all, key_of

PAGE = 4096


def fill(workspace, number, first=0):
    for one in range(first, first + number):
        recording.record(workspace, Household, {"rt": "014/005", "building": str(one), "head_name": f"Kepala {one}"})


def names(workspace):
    with workspace.asking() as connection:
        return sorted(each.answers["head_name"] for each in views.found(connection, Household))


def spoil(path, pages):
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE)
            file.write(b"\xa5" * PAGE)


@pytest.fixture
def filled(make_workspace):
    """A closed workspace with 120 households; 60 of them in a backup."""
    workspace = make_workspace()
    fill(workspace, 60)
    kept = backups.back_up(workspace)
    fill(workspace, 60, first=60)
    workspace.close()
    return Path(workspace.name), kept


def test_a_whole_file_is_not_called_damaged_and_a_spoilt_one_is(filled):
    path, _ = filled
    with open_workspace(path) as workspace:
        assert not salvage.is_damaged(workspace)
    spoil(path, btree.leaves(path, "household")[2:4])
    with open_workspace(path) as workspace:
        assert salvage.is_damaged(workspace)


def test_what_can_be_read_is_saved_without_a_backup_and_what_cannot_is_counted(filled):
    path, _ = filled
    spoil(path, btree.leaves(path, "household")[3:5])
    saved = salvage.salvage(path)
    assert 0 < saved.lost < 60
    assert saved.households + saved.lost == 120
    assert saved.aside.exists()
    with open_workspace(path) as workspace:
        assert len(names(workspace)) == saved.households
        assert soundness.check(workspace) == []


def test_over_the_last_good_backup_only_what_neither_holds_is_lost(filled):
    path, kept = filled
    spoil(path, btree.leaves(path, "household")[:2])  # the oldest households, which the backup has
    saved = salvage.salvage(path, base=kept)
    assert (saved.households, saved.lost, saved.doubtful) == (120, 0, ())
    with open_workspace(path) as workspace:
        assert names(workspace) == sorted(f"Kepala {one}" for one in range(120))
        assert soundness.check(workspace) == []


def test_other_offices_send_again_what_was_lost(filled, make_workspace, tmp_path):
    path, _ = filled
    office = make_workspace("Budi", role="district", regions=("16.71",))
    with open_workspace(path) as workspace:
        receiving.receive(office, sending.send(workspace, tmp_path).path)
    spoil(path, btree.leaves(path, "household")[3:5])
    salvage.salvage(path)
    with open_workspace(path) as workspace:
        receiving.receive(office, sending.send(workspace, tmp_path).path)
        receiving.receive(workspace, sending.send(office, tmp_path, to="facilitator", full=True).path)
        assert len(names(workspace)) == 120
        fill(workspace, 1, first=200)
        assert soundness.check(workspace) == []


def test_the_salvaged_workspace_counts_under_a_new_node(filled):
    path, _ = filled
    with open_workspace(path) as workspace, workspace.asking() as connection:
        before = node.own_nodes(connection)
    spoil(path, btree.leaves(path, "household")[3:4])
    salvage.salvage(path)
    with open_workspace(path) as workspace:
        with workspace.asking() as connection:
            after = node.own_nodes(connection)
            assert set(before) < set(node.made_here(connection))
        assert not set(after) & set(before)
        fill(workspace, 1, first=300)
        with workspace.asking() as connection:
            assert node.own_nodes(connection) == after


def test_a_record_that_was_altered_is_saved_and_named_for_checking(filled):
    path, _ = filled
    with closing(library.connect(path)) as here:
        here.execute("UPDATE household SET head_name = 'Kepala lain' WHERE building = '7'")
        here.commit()
    saved = salvage.salvage(path)
    assert saved.doubtful == ("household · 014/005 · 7 · Kepala lain",)
    assert "Kepala lain" in saved.listed.read_text(encoding="utf-8")


def test_a_cut_off_file_yields_its_backup_and_what_was_left(filled):
    path, kept = filled
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert salvage.salvage(path, base=kept).households >= 60


def test_from_nothing_nothing_is_saved_and_nothing_is_changed(tmp_path):
    path = tmp_path / "x.p2kp"
    path.write_bytes(b"bukan apa-apa" * 999)
    with pytest.raises(Trouble, match="tidak ada yang masih terbaca"):
        salvage.salvage(path)
    assert path.read_bytes() == b"bukan apa-apa" * 999
    assert [each.name for each in tmp_path.iterdir()] == ["x.p2kp"]


def test_only_backups_that_are_whole_are_offered(filled):
    path, kept = filled
    with open_workspace(path) as workspace:
        good = backups.back_up(workspace)
    kept.write_bytes(kept.read_bytes()[: 5 * PAGE])
    path.write_bytes(b"")
    damage = salvage.examine(path)
    assert [each.path for each in damage.good] == [good]
    assert not damage.there
    assert damage.good[0].holdings.households == 120


def test_whose_laptop_was_stolen_is_not_forgotten_with_a_damaged_file(make_workspace):
    province, city, team = (
        make_workspace("Provinsi", "province", ("16",)), make_workspace("Kota", "district", ("16.71",)),
        make_workspace("Tim"),
    )
    enrol_all(province, city, team)
    enrolling.revoke(province, "Kota", reason="dicuri")
    receiving.receive(team, sending.send(province, Path(team.name).parent, to="facilitator").path)
    fill(team, 60)
    team.close()
    path = Path(team.name)
    spoil(path, btree.leaves(path, "household")[1:2])
    salvage.salvage(path)
    with open_workspace(path) as again, again.asking() as connection:
        here = enrolment.register(connection)
        assert {*here.revocations} == {key_of(city)}
        assert here.root.key == key_of(province)
