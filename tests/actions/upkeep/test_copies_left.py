"""What still holds what was erased: each copy is named, those in reach are deleted, a full disk is no obstacle."""

import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import backups, originals
from p2kp_desktop.actions.recording import attachments, recording
from p2kp_desktop.actions.review import person_erasure
from p2kp_desktop.actions.upkeep import copies_left, housekeeping
from p2kp_desktop.databases import library
from p2kp_desktop.forms.activity import Activity
from p2kp_desktop.forms.attachment import Attachment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import erasures, history, open_workspace, records
from tests.conftest import KELURAHAN
from tests.photos import exif, jpeg

REASON = "surat 5 Oktober"


def record(workspace, name="h", **more):
    recording.record(workspace, Household, {"id": name, "rt": "1/1", "head_name": f"Rahasiawati {name}", **more})


def erase(workspace, name="h", form=Household, **more):
    return person_erasure.erase(workspace, form, name, reason=REASON, **more)


def kinds(workspace):
    return [each.kind for each in copies_left.remains(workspace)]


def names(workspace, kind):
    return [each.path.name for each in copies_left.remains(workspace) if each.kind == kind]


@pytest.fixture
def small(tmp_path):
    """Give a disk of 6 MB, really mounted, and a function that fills it but for some bytes."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0):
        pytest.skip("only root can mount")
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], check=False).returncode:
        pytest.skip("mounting is not allowed here")

    def fill(left):
        (disk / "lain").write_bytes(b"x" * (shutil.disk_usage(disk).free - left))

    yield disk, fill
    subprocess.run(["umount", disk], check=True)


@pytest.fixture
def on_small_disk(make_workspace, small):
    disk, fill = small
    make_workspace("Siti").close()
    moved = disk / "Siti.p2kp"
    shutil.copyfile(disk.parent / "Siti.p2kp", moved)
    with open_workspace(moved) as workspace:
        record(workspace)
        workspace.put_down()
        yield workspace, fill


@pytest.mark.parametrize("asks_first", [True, False])
def test_on_a_nearly_full_disk_an_erasure_is_done_and_what_waits_for_room_is_told(
    on_small_disk, monkeypatch, asks_first
):
    workspace, fill = on_small_disk
    if not asks_first:  # the room was there when it was asked for, and is gone when SQLite needs it
        monkeypatch.setattr(erasures, "_must_have_room", lambda _file: None)
    fill(300_000)
    free = shutil.disk_usage(Path(workspace.name).parent).free
    assert erase(workspace).records
    assert kinds(workspace) == [copies_left.UNUSED]
    with pytest.raises(Trouble) as told:
        copies_left.clear_remains(workspace)
    assert told.value.code == "R10"
    assert "belum dapat ditulis ulang" in told.value.what
    assert "sudah dihapus dari catatan" in told.value.safe
    with pytest.raises(Trouble, match="Cadangan gagal: disk penuh"):
        backups.if_changed(workspace)
    assert shutil.disk_usage(Path(workspace.name).parent).free > free - 150_000
    (Path(workspace.name).parent / "lain").unlink()
    monkeypatch.undo()
    assert backups.if_changed(workspace) is not None
    assert copies_left.remains(workspace) == []


def test_where_the_file_cannot_be_written_anew_the_automatic_backup_is_made_all_the_same_and_named(
    workspace, monkeypatch
):
    record(workspace)

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10_000, 9_000, 1_000))
        erase(workspace)
        kept = backups.if_changed(workspace)
    found = copies_left.remains(workspace)
    assert [(each.kind, each.path) for each in found] == [
        (copies_left.UNUSED, Path(workspace.name)), (copies_left.BACKUP, kept),
    ]
    assert copies_left.clear_remains(workspace).deleted == (kept,)
    assert copies_left.remains(workspace) == []


@pytest.fixture
def photographed(workspace, tmp_path):
    """A workspace with photos of two people's houses, taken where and when the files say."""
    recording.record(workspace, Activity, {"id": "kegiatan", "region": KELURAHAN, "period": "2026", "name": "Paving"})
    made = {}
    for name in ("Rumah Rahasiawati", "Rumah Budi"):
        file = tmp_path / f"{name}.jpg"
        file.write_bytes(jpeg(exif(), shade=len(name)))
        made[name] = attachments.attach(workspace, "kegiatan", "", file)
    return workspace, made


def answers(workspace, record):
    with workspace.asking() as connection:
        return records.read(connection, Attachment.key, [record])[record].values()


def test_an_erased_persons_photo_and_the_place_where_it_was_taken_go_with_the_name(
    photographed, make_workspace, tmp_path
):
    workspace, made = photographed
    (photo,) = (each for each in attachments.attached(workspace, "kegiatan") if "Rahasiawati" in each.name)
    stick = tmp_path / "stik"
    stick.mkdir()
    sent = sending.send(workspace, stick).path
    office = make_workspace("Kota", role="district", regions=("16.71",))
    receiving.receive(office, sent)
    assert [each.id for each in person_erasure.people(workspace, "rumah rahasiawati")] == [made["Rumah Rahasiawati"]]
    erase(workspace, photo.record.id, Attachment)
    held = {key: value for key, value in answers(workspace, photo.record.id).items() if value is not None}
    assert held.keys() & {"name", "file", "content", "taken", "latitude", "longitude", "size"} == set()
    with workspace.asking() as connection:
        told = " ".join(str(row.changes) for row in history.of_record(connection, photo.record.id))
    assert "104.7" not in told
    assert [each.name for each in attachments.attached(workspace, "kegiatan")] == ["Rumah Budi"]
    beside = attachments.folder_beside(sent) / photo.path.name
    assert not photo.path.exists()
    assert {each.path for each in copies_left.remains(workspace)} == {beside, sent}
    copies_left.clear_remains(workspace)
    assert not beside.exists()
    (other,) = attachments.attached(workspace, "kegiatan")
    assert other.path.exists()
    again = sending.send(workspace, stick, full=True).path
    receiving.receive(office, again)
    (theirs,) = names(office, copies_left.PHOTO)
    assert theirs == photo.path.name
    os.utime(attachments.folder_of(office) / theirs, (1, 1))
    housekeeping.put_in_order(office)  # as when it is opened the next time
    assert names(office, copies_left.PHOTO) == []
    assert len(attachments.attached(office, "kegiatan")) == 1


def test_copies_that_were_broken_off_are_named_and_deleted_and_nobody_elses(workspace, tmp_path):
    record(workspace)
    backups.back_up(workspace)
    stick = tmp_path / "stik"
    stick.mkdir()
    sent = sending.send(workspace, stick).path
    originals.folder_of(workspace).mkdir()
    attachments.folder_of(workspace).mkdir()
    file = Path(workspace.name)
    halves = {
        backups.folder_of(file) / "Siti-2026-11-01-100000.p2kp.part",
        backups.folder_of(file) / "Siti-2026-11-01-100000.p2kp.part-journal",
        originals.folder_of(workspace) / "2026-11-01-100000-0123456789abcdef.xlsx.part",
        attachments.folder_of(workspace) / f"{'0' * 64}.jpg.part",
        file.with_name("Siti.p2kp.pulih.part"), file.with_name("Siti-sebelum-2-dari-1.p2kp.part"),
        sent.with_name(f"{sent.name}.part"),
    }
    others = {stick / "film.mkv.part", file.with_name("Siti Aminah.p2kp.pulih.part"), file.with_name("x.part")}
    for path in halves | others:
        path.write_bytes(b"Rahasiawati")
    assert copies_left.remains(workspace) == []  # nothing was erased yet
    erase(workspace)
    assert {each.path for each in copies_left.remains(workspace) if each.kind == copies_left.HALF} == halves
    copies_left.clear_remains(workspace)
    assert not any(path.exists() for path in halves)
    assert all(path.exists() for path in others)
    assert copies_left.remains(workspace) == []


def test_files_sent_before_are_named_and_deleted_where_they_still_lie(workspace, tmp_path):
    record(workspace)
    stick = tmp_path / "stik"
    stick.mkdir()
    here = sending.send(workspace, stick).path
    gone = sending.send(workspace, stick).path
    other = sending.send(workspace, stick).path
    sending.send(workspace, stick, withhold=True)
    gone.unlink()
    other.write_bytes(b"somebody else's file under this name")
    erase(workspace)
    later = sending.send(workspace, stick, full=True).path
    found = {each.path: each.there for each in copies_left.remains(workspace) if each.kind == copies_left.SENT}
    assert found == {here: True, gone: False, other: False}
    cleared = copies_left.clear_remains(workspace)
    assert (set(cleared.deleted), set(cleared.away)) == ({here}, {gone, other})
    assert not here.exists()
    assert other.exists()
    assert later.exists()
    assert copies_left.remains(workspace) == []


def test_a_file_out_of_reach_is_named_again_only_for_whoever_is_erased_next(workspace, tmp_path):
    record(workspace)
    record(workspace, "i")
    sending.send(workspace, tmp_path).path.unlink()
    erase(workspace)
    assert kinds(workspace) == [copies_left.SENT]
    copies_left.clear_remains(workspace)
    assert kinds(workspace) == []
    erase(workspace, "i")
    assert copies_left.SENT in kinds(workspace)


def test_a_backup_is_named_that_was_made_while_unused_pages_waited_to_be_written_anew(workspace):
    record(workspace)
    erase(workspace)
    kept = backups.back_up(workspace)
    assert names(workspace, copies_left.BACKUP) == []
    with closing(library.connect(kept)) as file:
        file.execute("INSERT INTO workspace VALUES (?, '1')", (erasures.UNUSED,))
        file.commit()
    assert names(workspace, copies_left.BACKUP) == [kept.name]
