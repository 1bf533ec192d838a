"""Photos and scans of a workspace behind a password: sealed, shown, sent, converted, killed; in clear nowhere."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.protection import conversion, password
from p2kp_desktop.actions.recording import attachments, recording
from p2kp_desktop.actions.upkeep import housekeeping
from p2kp_desktop.exchange import scans
from p2kp_desktop.forms.institutions import Bkm
from p2kp_desktop.store import enciphering, open_workspace, sealed
from tests.conftest import KELURAHAN
from tests.photos import exif, jpeg
from tests.protected import LEAST, PASSWORD, a_protected, forgotten, holding

ROOT = Path(__file__).parents[3]
SCAN = b"%PDF-1.7\n" + b"Ratnawulan " * 200_000  # two pieces
WORDS = ("Ratnawulan", "JFIF", "Exif")


def put_bkm(workspace):
    recording.record(workspace, Bkm, {"id": "bkm", "region": KELURAHAN, "name": "BKM Maju", "active": "aktif"})


def sources(folder):
    folder.mkdir()
    (folder / "foto.jpg").write_bytes(jpeg(exif()))
    (folder / "SK.pdf").write_bytes(SCAN)
    return [folder / "foto.jpg", folder / "SK.pdf"]


def attach_all(workspace, files):
    for file in files:
        attachments.attach(workspace, "bkm", "", file)


def shown(workspace):
    found = [each for each in attachments.attached(workspace, "bkm") if each.path is not None]
    return [(each.name, each.kind, sealed.hash_of(each.path) == each.record.answers["content"]) for each in found]


BOTH = [("foto", scans.JPEG, True), ("SK", scans.PDF, True)]


@pytest.fixture
def protected(tmp_path):
    """Give a protected workspace with a photo and a scan, and its protection."""
    (tmp_path / "data").mkdir()
    workspace, protection = a_protected(tmp_path / "data" / "Siti.p2kp")
    put_bkm(workspace)
    attach_all(workspace, sources(tmp_path / "dari"))
    yield workspace, protection
    workspace.close()
    forgotten(protection)


@pytest.fixture
def plain(make_workspace, tmp_path):
    """Give the file of a workspace in clear with a photo and a scan, closed."""
    workspace = make_workspace()
    put_bkm(workspace)
    attach_all(workspace, sources(tmp_path / "dari"))
    workspace.close()
    return tmp_path / "Siti.p2kp"


def test_they_lie_sealed_and_are_given_back_as_they_were(protected, tmp_path, home):
    workspace, _protection = protected
    assert holding(tmp_path / "data", *WORDS) == holding(home, *WORDS) == []
    assert shown(workspace) == BOTH
    folder = attachments.folder_of(workspace)
    assert all(path.name.endswith(sealed.ENDING) for path in folder.iterdir())
    attach_all(workspace, [tmp_path / "dari" / "SK.pdf"])  # it is there already
    assert len([*folder.iterdir()]) == 2
    with sealed.opened(attachments.attached(workspace, "bkm")[1].path) as file:
        assert file.read() == SCAN


def test_one_whose_key_is_not_here_or_that_was_altered_is_missing_and_breaks_nothing(protected, tmp_path):
    workspace, _protection = protected
    photo, scan = attachments.attached(workspace, "bkm")
    other, foreign = a_protected(tmp_path / "Lain.p2kp", "Lain")
    other.close()
    scan.path.unlink()
    sealed.seal(io.BytesIO(SCAN), scan.path, foreign.lock)
    forgotten(foreign)
    photo.path.write_bytes(photo.path.read_bytes()[:-2000])
    assert shown(workspace) == []
    assert attachments.whole(workspace, scan.record.answers["content"]) is None
    assert attachments.hold_back(workspace) == []


def test_they_travel_beside_a_bundle_and_are_sealed_where_they_arrive(protected, tmp_path):
    workspace, _protection = protected
    stick = tmp_path / "stik"
    stick.mkdir()
    sent = sending.send(workspace, stick, to="district")
    assert (sent.attached, sent.unattached) == (2, ())
    assert sorted(path.suffix for path in attachments.folder_beside(sent.path).iterdir()) == [".jpg", ".pdf", ".txt"]
    assert "tanpa sandi" in sent.remark()
    (tmp_path / "kota").mkdir()
    office, office_key = a_protected(tmp_path / "kota" / "Kota.p2kp", "Kota")
    with office:
        assert receiving.receive(office, sent.path).attached == 2
        assert shown(office) == BOTH
        assert holding(tmp_path / "kota", *WORDS) == []
    forgotten(office_key)


def test_they_come_behind_the_password_with_their_workspace(plain):
    folder = sealed.folder(plain, sealed.ATTACHED)
    (folder / "catatan saya.txt").write_text("bukan lampiran", encoding="utf-8")
    protection = conversion.begun(plain, "Siti", PASSWORD, LEAST)
    conversion.encipher(plain, protection)
    assert len([path for path in conversion.in_clear(plain) if path.parent == folder]) == 2
    assert conversion.encipher_copies(plain) == []
    assert holding(folder, *WORDS) == []
    assert (folder / "catatan saya.txt").read_text(encoding="utf-8") == "bukan lampiran"
    with open_workspace(plain) as workspace:
        assert shown(workspace) == BOTH
    forgotten(protection)


_KILLED = """
import sys, os
from pathlib import Path
from p2kp_desktop.actions.protection import password
from p2kp_desktop.actions.protection import conversion
file, at = Path(sys.argv[1]), int(sys.argv[2])
password.unlock(file, sys.argv[3])
seen = 0
def count(event, given):
    global seen
    if event in ("open", "os.rename", "os.remove") and "Lampiran" in str(given[0]):
        seen += 1
        if seen == at:
            os.kill(os.getpid(), 9)
sys.addaudithook(count)
conversion.encipher_copies(file)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed otherwise there")
def test_killed_at_any_moment_each_is_whole_in_one_of_the_two_forms(plain):
    protection = conversion.begun(plain, "Siti", PASSWORD, LEAST)
    conversion.encipher(plain, protection)
    for at in range(2, 40, 3):
        run = subprocess.run([sys.executable, "-c", _KILLED, str(plain), str(at), PASSWORD], check=False,
                             env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
        with open_workspace(plain) as workspace:
            assert shown(workspace) == BOTH
        if run.returncode == 0:
            break
    assert run.returncode == 0, run.stderr
    assert at > 5
    assert conversion.in_clear(plain) == []
    assert holding(sealed.folder(plain, sealed.ATTACHED), *WORDS) == []
    forgotten(protection)


def test_other_recovery_words_seal_them_anew(plain):
    before = conversion.begun(plain, "Siti", PASSWORD, LEAST)
    conversion.encipher(plain, before)
    conversion.encipher_copies(plain)
    after = conversion.renew(plain, PASSWORD, LEAST)
    forgotten(before)
    forgotten(after)
    password.unlock_with_words(plain, " ".join(after.words))
    with open_workspace(plain) as workspace:
        assert shown(workspace) == BOTH
    assert {path.read_bytes()[:16] for path in sealed.kept_sealed(plain)} == {after.lock.salt}
    forgotten(after)


def test_what_was_overwritten_by_half_is_taken_away_at_the_next_start(plain, monkeypatch):
    protection = conversion.begun(plain, "Siti", PASSWORD, LEAST)
    conversion.encipher(plain, protection)

    def refused(_path):
        raise OSError

    with monkeypatch.context() as here:
        here.setattr(enciphering, "overwrite", refused)
        assert len(conversion.encipher_copies(plain)) == 2
    with open_workspace(plain) as workspace:
        housekeeping.put_in_order(workspace)
        assert shown(workspace) == BOTH
    assert conversion.encipher_copies(plain) == []
    assert holding(sealed.folder(plain, sealed.ATTACHED), *WORDS) == []
    forgotten(protection)
