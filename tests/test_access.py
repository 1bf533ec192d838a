"""Who may read what the program writes: its user; and of what is saved on purpose, whoever may read that folder."""

import os
import stat
import subprocess
import sys

import pytest

from p2kp_desktop import access

posix = pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def usual(monkeypatch):
    """Let this process be one that keeps private what it makes, and came with the usual umask."""
    monkeypatch.setattr(access, "_usual", [0o022])
    before = os.umask(0o077)
    yield
    os.umask(before)


def put(folder, folder_mode, name="laporan.pdf"):
    folder.mkdir()
    folder.chmod(folder_mode)
    (folder / name).write_bytes(b"x")
    return folder / name


@posix
@pytest.mark.parametrize(("folder", "expected"), [(0o755, 0o644), (0o775, 0o644), (0o750, 0o640), (0o700, 0o600)])
@pytest.mark.usefixtures("usual")
def test_what_is_saved_on_purpose_is_read_by_whoever_may_read_the_folder(tmp_path, folder, expected):
    file = put(tmp_path / "pilihan", folder)
    assert mode(file) == 0o600
    access.hand_over(file)
    assert mode(file) == expected


@posix
@pytest.mark.usefixtures("usual")
def test_a_folder_that_is_handed_over_can_be_entered(tmp_path):
    put(tmp_path / "stik", 0o755)
    (tmp_path / "stik" / "Lampiran").mkdir()
    access.hand_over(tmp_path / "stik" / "Lampiran")
    assert mode(tmp_path / "stik" / "Lampiran") == 0o755


@posix
def test_a_umask_of_the_users_own_holds(tmp_path, monkeypatch):
    monkeypatch.setattr(access, "_usual", [0o077])
    file = put(tmp_path / "pilihan", 0o755)
    file.chmod(0o600)
    access.hand_over(file)
    assert mode(file) == 0o600


@posix
def test_what_others_could_read_is_closed_with_all_that_is_made_in_it(tmp_path):
    file = put(tmp_path / "Cadangan", 0o755)
    access.close(file)
    access.make_folder(file.parent)
    assert (mode(file), mode(file.parent)) == (0o600, 0o700)


def test_what_is_not_there_or_has_no_rights_is_no_fault(tmp_path):
    access.close(tmp_path / "tidak ada")
    access.hand_over(tmp_path / "tidak ada" / "juga")


_LISTED = """
import sys
from pathlib import Path
from p2kp_desktop import access
file = Path(sys.argv[1])
access.close(file)
access.make_folder(file.with_name("Cadangan"))
print(sorted(access._signs(access._list_of(file)) | access._signs(access._list_of(file.with_name("Cadangan")))))
"""


@pytest.mark.skipif(sys.platform != "win32", reason="lists of rights of Windows")
def test_on_windows_the_list_names_the_user_the_system_and_administrators_only(tmp_path):
    file = tmp_path / "Siti.p2kp"
    file.write_bytes(b"x")
    said = subprocess.run([sys.executable, "-c", _LISTED, str(file)], check=True, capture_output=True, text=True).stdout
    assert "WD" not in said
    assert "BU" not in said
    assert "AU" not in said
    assert file.read_bytes() == b"x"
