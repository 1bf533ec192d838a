"""Which disk a folder lies on, as Windows answers when it is asked."""

import struct
from pathlib import Path

import pytest

from p2kp_desktop import disks
from p2kp_desktop.actions.common import backups, workspaces
from p2kp_desktop.disks import Drive
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import footing, open_workspace
from p2kp_desktop.ui.files import drives
from tests.systems import on_linux

REMOVABLE, FIXED, REMOTE = 2, 3, 4
USB, SATA, NVME, SD = 7, 11, 17, 12
DISK = 7  # the kind of device that every hard disk and stick is


def told(kind, bus=None, number=None):
    """Say what a drive is that answers as Windows does: its bus, the number of its disk; None for no answer."""
    def ask(code, _query):
        if code == disks._QUERY_PROPERTY:
            return b"" if bus is None else struct.pack("<IIBBBBIIIIII", 40, 40, 0, 0, 0, 1, 0, 0, 0, 0, bus, 0)
        return b"" if number is None else struct.pack("<III", DISK, number, 1)

    return disks._told(kind, ask)


INSIDE = told(FIXED, NVME, 0)


@pytest.mark.parametrize(("drive", "plugged", "apart"), [
    (told(REMOVABLE, USB, 1), True, True),
    (told(REMOVABLE), True, True),
    (told(FIXED, USB, 1), True, True),  # a USB hard disk
    (told(FIXED, SD, 1), True, True),
    (told(FIXED, SATA, 1), False, True),  # a second disk inside
    (told(FIXED, NVME, 0), False, False),  # D: on the disk of C:
    (told(FIXED, USB, 0), True, False),  # both on the plugged in disk that the system runs from
    (told(FIXED), False, False),  # nobody can say
    (Drive(REMOTE), False, True),
])
def test_what_is_plugged_in_and_what_is_another_disk(drive, plugged, apart):
    assert drive.is_plugged_in is plugged
    assert disks._are_apart(INSIDE, drive) is apart
    assert disks._are_apart(drive, INSIDE) is apart


def test_an_answer_that_is_cut_off_is_none():
    assert disks._told(FIXED, lambda _code, _query: b"\x28\0\0\0") == Drive(FIXED)


@on_linux
@pytest.mark.parametrize(("kind", "shared"), [
    ("nfs4", True), ("cifs", True), ("smb3", True), ("fuse.sshfs", True), ("ext4", False), ("vfat", False),
    ("9p", False), ("overlay", False),
])
def test_a_folder_of_another_computer_is_known_by_its_file_system(kind, shared, monkeypatch, tmp_path):
    monkeypatch.setattr(disks, "_mount", lambda _path: (kind, "server:/bagian"))
    assert disks.is_shared(tmp_path) is shared


@pytest.fixture
def shared(monkeypatch, tmp_path):
    """Give a folder of another computer."""
    folder = tmp_path / "jaringan"
    folder.mkdir()
    monkeypatch.setattr(disks, "is_shared", lambda path: path.is_relative_to(folder))
    return folder


def test_no_workspace_is_made_or_opened_or_restored_on_another_computer(workspace, shared):
    backup = backups.back_up(workspace)
    there = shared / "kota.p2kp"
    with pytest.raises(Trouble) as made:
        workspaces.init(there, role="district", name="Kota", regions=["16.71"])
    with pytest.raises(Trouble) as restored:
        backups.restore(backup, there)
    assert list(shared.iterdir()) == []
    there.write_bytes(backup.read_bytes())
    with pytest.raises(Trouble) as opened:
        open_workspace(there)
    for refused in (made, restored, opened):
        assert refused.value.code == "R34"
        assert "di laptop ini" in refused.value.remedy
    assert "Salin berkas itu" in opened.value.remedy
    assert there.read_bytes() == backup.read_bytes()


def test_a_backup_on_another_computer_can_be_restored_here(workspace, shared):
    backup = backups.back_up(workspace)
    workspace.close()
    there = shared / backup.name
    there.write_bytes(backup.read_bytes())
    assert backups.restore(there, workspace.name) is not None


def test_a_file_on_a_server_has_four_slashes_for_sqlite():
    assert footing.uri(Path("//server/bagian/kota.p2kp"), "ro") == "file:////server/bagian/kota.p2kp?mode=ro"


@pytest.mark.parametrize(("label", "drive", "stick", "name"), [
    ("DATA", "E:", True, "Flashdisk DATA (E:)"), ("", "E:", True, "Flashdisk (E:)"),
    ("My Passport", "F:", False, "Disk luar My Passport (F:)"), ("", "", True, "Flashdisk 3A21"),
    ("DATA", "", True, "Flashdisk DATA"),
])
def test_a_drive_is_called_by_its_label_and_letter(label, drive, stick, name, monkeypatch):
    class Root:
        pass

    root = Root()
    root.drive, root.name = drive, "3A21"
    monkeypatch.setattr(disks, "is_stick", lambda _root: stick)
    assert drives.named(label, root) == name
