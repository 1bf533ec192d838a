"""No count is used twice, also where a file is put back or copied while the program that wrote it still runs."""

import shutil

from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import copies, open_workspace, records


def save(workspace, count):
    recording.record(workspace, Household, {"id": "h", "rt": "1/1", "kk_count": count})
    with workspace.asking() as connection:
        return records.read(connection, "household", ["h"])["h"].vector


def test_a_backup_put_back_in_the_run_that_made_it_counts_under_a_new_node(make_workspace, tmp_path):
    workspace = make_workspace("Siti")
    (node,) = save(workspace, 1)
    backup = backups.back_up(workspace)
    assert save(workspace, 2) == {node: 2}
    workspace.close()
    backups.restore(backup, tmp_path / "Siti.p2kp")
    with open_workspace(tmp_path / "Siti.p2kp") as restored:
        after = save(restored, 3)
    assert after[node] == 1
    assert len(after) == 2


def test_a_file_copied_back_by_hand_counts_under_a_new_node(make_workspace, tmp_path):
    path = tmp_path / "Siti.p2kp"
    workspace = make_workspace("Siti")
    (node,) = save(workspace, 1)
    copies.copy(workspace, tmp_path / "aside.p2kp")
    save(workspace, 2)
    workspace.close()
    shutil.copy(tmp_path / "aside.p2kp", path)
    with open_workspace(path) as old:
        assert save(old, 3)[node] == 1


def test_a_copy_opened_beside_its_original_counts_under_a_new_node(make_workspace, tmp_path):
    workspace = make_workspace("Siti")
    (node,) = save(workspace, 1)
    copies.copy(workspace, tmp_path / "copy.p2kp")
    with open_workspace(tmp_path / "copy.p2kp") as copy:
        assert save(copy, 2)[node] == 1
    assert save(workspace, 3) == {node: 2}


def test_a_moved_file_keeps_its_node(make_workspace, tmp_path):
    workspace = make_workspace("Siti")
    (node,) = save(workspace, 1)
    workspace.close()
    (tmp_path / "Siti.p2kp").rename(tmp_path / "moved.p2kp")
    with open_workspace(tmp_path / "moved.p2kp") as moved:
        assert save(moved, 2) == {node: 2}
