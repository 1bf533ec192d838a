"""Photos and scans of any record: where and when they were taken, and that they stand and travel with their record."""

import datetime
import hashlib
import os
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from p2kp_desktop import settings as preferences
from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.collaboration import works
from p2kp_desktop.actions.common import events
from p2kp_desktop.actions.keying import persons
from p2kp_desktop.actions.recording import attachments, recording
from p2kp_desktop.exchange import scans
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.forms.attachment import PHOTO_STAGES, Attachment
from p2kp_desktop.forms.meeting import Meeting
from p2kp_desktop.forms.policy import Policy
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.roles import VIEWER
from tests.conftest import KELURAHAN
from tests.photos import BEGINNINGS, OTHERS, exif, jpeg


def a_photo(folder, name="Foto 50.jpg", block=None):
    file = folder / name
    file.write_bytes(jpeg(exif() if block is None else block))
    return file


@pytest.fixture
def built(workspace):
    """Give a workspace with an activity and a report of its progress."""
    recording.record(workspace, Activity, {"id": "kegiatan", "region": KELURAHAN, "period": "2026", "name": "Paving"})
    recording.record(workspace, Progress, {"id": "laporan", "parent": "kegiatan", "region": KELURAHAN, "physical": 50,
                                           "date": "2026-09-01"})
    return workspace


def kept(workspace, *parents):
    return [each.record for each in attachments.attached(workspace, *parents)]


def test_a_photo_is_kept_with_its_stage_its_place_and_its_day(built, tmp_path):
    attachments.attach(built, "laporan", "", a_photo(tmp_path), stage=attachments.stage_of(Decimal(50)))
    (photo,) = kept(built, "laporan")
    assert photo.answers["region"] == KELURAHAN
    assert (photo[Attachment.stage], photo[Attachment.taken]) == ("p50", datetime.date(2026, 9, 1))
    assert (photo[Attachment.latitude], photo[Attachment.longitude]) == (Decimal("-2.990933"), Decimal("104.756554"))


def test_where_the_place_is_not_wanted_it_is_in_no_answer_and_never_in_the_file(built, tmp_path):
    preferences.save(preferences.Settings(photo_places=False))
    attachments.attach(built, "laporan", "", a_photo(tmp_path))
    (photo,) = attachments.attached(built, "laporan")
    assert (photo.record[Attachment.latitude], photo.record[Attachment.longitude]) == (None, None)
    assert photo.record[Attachment.taken] == datetime.date(2026, 9, 1)
    assert b"Exif" not in photo.path.read_bytes()
    assert photo.record.answers["original"] == hashlib.sha256(jpeg(exif())).hexdigest()
    assert photo.record.answers["content"] == hashlib.sha256(photo.path.read_bytes()).hexdigest()


@pytest.mark.parametrize("wanted", [True, False])
def test_a_photo_of_a_telephone_that_writes_heic_is_kept_without_its_notes(built, wanted):
    preferences.save(preferences.Settings(photo_places=wanted))
    attachments.attach(built, "laporan", "", Path(__file__).parents[2] / "data" / "photos" / "exif_xmp.heic")
    (photo,) = attachments.attached(built, "laporan")
    assert photo.record[Attachment.taken] == datetime.date(2026, 9, 30)
    assert photo.record[Attachment.latitude] == (Decimal("-2.98625") if wanted else None)
    assert b"Ratnawulan" not in photo.path.read_bytes()


def test_an_attachment_of_a_former_release_opens_by_its_hash_and_travels(built, make_workspace, tmp_path):
    old = jpeg(exif())
    sha256 = hashlib.sha256(old).hexdigest()
    recording.record(built, Attachment, {"id": "lama", "parent": "kegiatan", "region": KELURAHAN, "size": len(old),
                                         "name": "Foto lama", "file": "lama.jpg", "content": sha256})
    attachments.folder_of(built).mkdir()
    (attachments.folder_of(built) / f"{sha256}.jpg").write_bytes(old)
    assert attachments.whole(built, sha256) is not None
    city = make_workspace("kota", role="district")
    assert receiving.receive(city, sending.send(built, tmp_path).path).attached == 1
    assert attachments.whole(city, sha256).read_bytes() == old


@pytest.mark.parametrize("block", [exif(seconds=(1, 0)), exif(south="N", seconds=(360000, 1))])
def test_a_photo_that_knows_no_place_of_this_country_is_kept_without_one(built, tmp_path, block):
    attachments.attach(built, "kegiatan", "", a_photo(tmp_path, block=block))
    (photo,) = kept(built, "kegiatan")
    assert (photo[Attachment.latitude], photo[Attachment.longitude]) == (None, None)
    assert photo[Attachment.stage] is None


def test_a_stage_follows_from_how_far_the_work_is():
    assert [attachments.stage_of(Decimal(percent)) for percent in (0, 1, 99, 100)] == ["p0", "p50", "p50", "p100"]
    assert PHOTO_STAGES.codes == ("p0", "p50", "p100")


def test_a_report_has_a_photo_once_one_is_attached(built, tmp_path):
    assert not works.works(built, KELURAHAN)[0].steps[0].photo
    attachments.attach(built, "laporan", "", a_photo(tmp_path))
    assert works.works(built, KELURAHAN)[0].steps[0].photo


def test_attachments_of_several_records_are_one_list(built, tmp_path):
    for parent in ("laporan", "kegiatan"):
        attachments.attach(built, parent, "", a_photo(tmp_path), name=parent)
    assert [each.name for each in attachments.attached(built, "kegiatan", "laporan")] == ["laporan", "kegiatan"]
    assert attachments.form_of(built, "laporan") == Progress.key
    assert attachments.form_of(built, "tidak ada") == ""


@pytest.mark.parametrize(("form", "place"), [(Meeting, None), (Policy, "16.71")])
def test_what_stands_in_no_kelurahan_takes_files_too(workspace, tmp_path, form, place):
    recording.record(workspace, form, {"id": "di kota", "name": "Lokakarya", "period": "2026"})
    attachments.attach(workspace, "di kota", "", a_photo(tmp_path))
    (photo,) = kept(workspace, "di kota")
    assert photo.answers.get("region") == place


def test_the_photos_of_an_activity_travel_beside_the_workbook(built, make_workspace, tmp_path):
    attachments.attach(built, "laporan", "", a_photo(tmp_path), stage="p50")
    stick = tmp_path / "stik"
    stick.mkdir()
    sent = sending.send(built, stick, to="district")
    assert (sent.attached, sent.unattached) == (1, ())
    district = make_workspace("Dina", role="district", regions=("16.71",))
    assert receiving.receive(district, sent.path).attached == 1
    (photo,) = attachments.attached(district, "laporan")
    assert (photo.record[Attachment.stage], photo.path is not None) == ("p50", True)
    assert works.works(district, KELURAHAN)[0].steps[0].photo


def test_activities_progress_meetings_plans_and_bkm_take_files():
    keys = {form.key for form in FORMS if form.takes_files}
    assert {"activity", "progress", "meeting", "plan_document", "bkm", "agreement"} <= keys


SCRIPT = b"@echo off\r\ncalc.exe\r\n"


def a_script(folder, name="Foto drainase.cmd"):
    file = folder / name
    file.write_bytes(SCRIPT)
    return file


def files_in(folder):
    return sorted(path.name for path in folder.glob("*")) if folder.is_dir() else []


def only_scans(folder):
    """Say whether every file of a folder is a photo or scan under its hash and the ending of what it is."""
    return all(
        path.name == f"{hashlib.sha256(path.read_bytes()).hexdigest()}{scans.kind_of(path).suffix}"
        for path in folder.glob("*") if path.name != attachments.LIST
    )


@pytest.mark.parametrize("name", ["Foto drainase.cmd", "Foto drainase.jpg", "Foto.pdf.exe", "skrip.lnk", "gambar.svg"])
def test_what_is_no_photo_and_no_scan_is_not_attached(built, tmp_path, name):
    with pytest.raises(Trouble, match="bukan foto, pindaian, atau PDF"):
        attachments.attach(built, "laporan", "", a_script(tmp_path, name))
    assert kept(built, "laporan") == []
    assert files_in(attachments.folder_of(built)) == []


def test_a_photo_called_a_script_is_kept_as_the_photo_it_is(built, tmp_path):
    attachments.attach(built, "laporan", "", a_photo(tmp_path, "Foto drainase.cmd"))
    (photo,) = attachments.attached(built, "laporan")
    assert (photo.path.suffix, photo.kind) == (".jpg", scans.JPEG)


def sent_with(built, tmp_path, content, name):
    """Send an attachment whose file beside the bundle is something else, as its record says too: a hostile sender."""
    sha256 = hashlib.sha256(content).hexdigest()
    recording.record(built, Attachment, {"id": "jahat", "parent": "kegiatan", "region": KELURAHAN, "size": len(content),
                                         "name": "Foto drainase", "file": "Foto drainase.jpg", "content": sha256})
    sent = sending.send(built, tmp_path)
    folder = attachments.folder_beside(sent.path)
    folder.mkdir(exist_ok=True)
    (folder / f"{sha256}{name}").write_bytes(content)
    return sent.path


def test_a_script_beside_a_bundle_is_named_and_held_back(built, make_workspace, tmp_path):
    bundle = sent_with(built, tmp_path, SCRIPT, ".cmd")
    city = make_workspace("kota", role="district")
    received = receiving.receive(city, bundle)
    assert (received.attached, received.unattached) == (
        0, ("Foto drainase.jpg (ditahan: bukan foto, pindaian, atau PDF)",))
    assert files_in(attachments.folder_of(city)) == []
    assert attachments.attached(city, "kegiatan")[0].path is None


def test_a_photo_beside_a_bundle_under_another_ending_gets_its_own(built, make_workspace, tmp_path):
    bundle = sent_with(built, tmp_path, BEGINNINGS[scans.PNG], ".cmd")
    city = make_workspace("kota", role="district")
    assert receiving.receive(city, bundle).attached == 1
    assert attachments.attached(city, "kegiatan")[0].path.suffix == ".png"


def test_a_script_that_an_older_release_kept_is_shown_as_held_back_and_is_not_sent(built, tmp_path):
    bundle = sent_with(built, tmp_path, SCRIPT, ".cmd")
    folder = attachments.folder_of(built)
    folder.mkdir(exist_ok=True)
    old = folder / f"{hashlib.sha256(SCRIPT).hexdigest()}.cmd"
    old.write_bytes(SCRIPT)
    (folder / f"{'0' * 64}.jpeg").write_bytes(BEGINNINGS[scans.JPEG])
    (found,) = attachments.attached(built, "kegiatan")
    assert (found.path, found.is_held) == (None, True)
    attachments.hold_back(built)
    assert files_in(folder) == sorted([f"{'0' * 64}.jpg", f"{old.stem}.ditahan"])
    (found,) = attachments.attached(built, "kegiatan")
    assert (found.path, found.is_held) == (None, True)
    again = sending.send(built, tmp_path, full=True)
    assert again.attached == 0
    assert bundle != again.path
    assert not attachments.folder_beside(again.path).exists()


def test_a_file_that_was_altered_since_is_not_opened(built, tmp_path):
    attachments.attach(built, "laporan", "", a_photo(tmp_path))
    (photo,) = attachments.attached(built, "laporan")
    sha256 = photo.record.answers["content"]
    assert attachments.whole(built, sha256) == photo.path
    photo.path.write_bytes(jpeg(b"lain"))
    assert attachments.whole(built, sha256) is None


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(
        st.one_of(st.sampled_from([*BEGINNINGS.values(), *OTHERS]), st.binary(min_size=1, max_size=99)),
        st.sampled_from(["a.jpg", "b.cmd", "c", "d.pdf.exe", "e.lnk", ".part", "f.hta", "g.JPG"]),
    ), max_size=5),
    st.randoms(),
)
def test_nothing_but_photos_and_scans_ever_lies_in_a_folder_of_attachments(built, tmp_path, files, dice):
    source = tmp_path / "sumber"
    beside = attachments.folder_beside(source / "paket.xlsx")
    beside.mkdir(parents=True, exist_ok=True)
    for content, name in files:
        file = source / name
        file.write_bytes(content)
        with suppress(Trouble):
            attachments.attach(built, "laporan", "", file)
        called = f"{hashlib.sha256(content).hexdigest()}{dice.choice(['.cmd', '.jpg', '', '.exe'])}"
        (beside / called).write_bytes(content)
    attachments.take_in_beside(built, source / "paket.xlsx")
    assert only_scans(attachments.folder_of(built))


def test_what_somebody_put_among_the_attachments_himself_is_left_as_it_is(built):
    folder = attachments.folder_of(built)
    folder.mkdir(exist_ok=True)
    for name in ("surat.docx", "surat.xlsx", "Thumbs.db"):
        (folder / name).write_bytes(name.encode())
    assert attachments.hold_back(built) == []
    assert {path.name: path.read_bytes() for path in folder.glob("*")} == {
        name: name.encode() for name in ("surat.docx", "surat.xlsx", "Thumbs.db")}


def test_no_kept_file_is_written_over_when_another_is_held_back(built):
    folder, stem = attachments.folder_of(built), "0" * 64
    folder.mkdir(exist_ok=True)
    for name in (f"{stem}.cmd", f"{stem}.exe", f"{stem}.JPG", f"{stem}.jpg"):
        (folder / name).write_bytes((BEGINNINGS[scans.JPEG] if "pg" in name.lower() else b"") + name.encode())
    first = [f"{stem}.jpg"] if len(files_in(folder)) == 4 else []  # where small and large letters tell files apart
    attachments.hold_back(built)
    assert files_in(folder) == sorted([f"{stem}-2.ditahan", f"{stem}-2.jpg", f"{stem}.ditahan", *first])


def test_a_film_is_refused_before_it_is_read_for_its_hash(built, tmp_path, monkeypatch):
    large = a_photo(tmp_path)
    os.truncate(large, attachments.LARGEST + 1)
    monkeypatch.setattr(attachments, "_hash", pytest.fail)
    with pytest.raises(Trouble, match="terlalu besar"):
        attachments.attach(built, "laporan", "", large)
    with pytest.raises(Trouble, match="bukan foto"):
        attachments.attach(built, "laporan", "", a_script(tmp_path))


def test_who_may_not_read_names_sees_that_there_is_a_photo_and_nothing_of_it(built, tmp_path):
    attachments.attach(built, "laporan", "", a_photo(tmp_path))
    (seen,) = attachments.attached(built, "laporan")
    persons.add(built, "Lurah", "1234", role=VIEWER)
    persons.change_to(built, "Lurah", "1234")
    (photo,) = attachments.attached(built, "laporan")
    assert (photo.path, photo.is_veiled, photo.record.id) == (None, True, seen.record.id)
    with pytest.raises(Trouble, match="membaca nama"):
        attachments.whole(built, seen.record.answers["content"])


def test_a_copy_of_a_photo_that_leaves_is_noted_with_names_before_it_leaves(built, tmp_path):
    attachments.attach(built, "laporan", "", a_photo(tmp_path))
    (photo,) = attachments.attached(built, "laporan")
    attachments.save_copy(built, photo.path, tmp_path / "salinan.jpg")
    noted = [each for each in events.all_of_them(built) if each.act == events.EXPORTED]
    assert [(each.what["list"], each.what["names"]) for each in noted] == [("attachment", True)]
    with pytest.raises(Trouble):
        attachments.save_copy(built, photo.path, tmp_path / "tidak ada" / "salinan.jpg")
    assert [each.act for each in events.all_of_them(built)][:3] == [events.FAILED, events.EXPORTED, events.EXPORTED]


def test_a_viewer_takes_no_copy_of_a_photo_out(workspace, tmp_path):
    persons.add(workspace, "Lurah", "123456", role=VIEWER)
    persons.change_to(workspace, "Lurah", "123456")
    with pytest.raises(Trouble, match="pelihat") as refused:
        attachments.save_copy(workspace, tmp_path / "foto.jpg", tmp_path / "salinan.jpg")
    assert (refused.value.code, list(tmp_path.glob("salinan*"))) == ("G20", [])
