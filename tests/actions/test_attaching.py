"""Photos and scans of any record: where and when they were taken, and that they stand and travel with their record."""

import datetime
from decimal import Decimal

import pytest

from p2kp_desktop.actions import attaching, receiving, recording, sending, works
from p2kp_desktop.forms import FORMS, WITH_FILES
from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.forms.agreement import PHOTO_STAGES, Attachment
from p2kp_desktop.forms.collaboration import Policy
from p2kp_desktop.forms.meeting import Meeting
from tests.conftest import KELURAHAN
from tests.exchange.test_photo import exif, jpeg


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
    return [each.record for each in attaching.attached(workspace, *parents)]


def test_a_photo_is_kept_with_its_stage_its_place_and_its_day(built, tmp_path):
    attaching.attach(built, "laporan", "", a_photo(tmp_path), stage=attaching.stage_of(Decimal(50)))
    (photo,) = kept(built, "laporan")
    assert photo.answers["region"] == KELURAHAN
    assert (photo[Attachment.stage], photo[Attachment.taken]) == ("p50", datetime.date(2026, 9, 1))
    assert (photo[Attachment.latitude], photo[Attachment.longitude]) == (Decimal("-2.990933"), Decimal("104.756554"))


@pytest.mark.parametrize("block", [exif(seconds=(1, 0)), exif(south="N", seconds=(360000, 1))])
def test_a_photo_that_knows_no_place_of_this_country_is_kept_without_one(built, tmp_path, block):
    attaching.attach(built, "kegiatan", "", a_photo(tmp_path, block=block))
    (photo,) = kept(built, "kegiatan")
    assert (photo[Attachment.latitude], photo[Attachment.longitude]) == (None, None)
    assert photo[Attachment.stage] is None


def test_a_stage_follows_from_how_far_the_work_is():
    assert [attaching.stage_of(Decimal(percent)) for percent in (0, 1, 99, 100)] == ["p0", "p50", "p50", "p100"]
    assert PHOTO_STAGES.codes == ("p0", "p50", "p100")


def test_a_report_has_a_photo_once_one_is_attached(built, tmp_path):
    assert not works.works(built, KELURAHAN)[0].steps[0].photo
    attaching.attach(built, "laporan", "", a_photo(tmp_path))
    assert works.works(built, KELURAHAN)[0].steps[0].photo


def test_attachments_of_several_records_are_one_list(built, tmp_path):
    for parent in ("laporan", "kegiatan"):
        attaching.attach(built, parent, "", a_photo(tmp_path), name=parent)
    assert [each.name for each in attaching.attached(built, "kegiatan", "laporan")] == ["laporan", "kegiatan"]
    assert attaching.form_of(built, "laporan") == Progress.key
    assert attaching.form_of(built, "tidak ada") == ""


@pytest.mark.parametrize(("form", "place"), [(Meeting, None), (Policy, "16.71")])
def test_what_stands_in_no_kelurahan_takes_files_too(workspace, tmp_path, form, place):
    recording.record(workspace, form, {"id": "di kota", "name": "Lokakarya", "period": "2026"})
    attaching.attach(workspace, "di kota", "", a_photo(tmp_path))
    (photo,) = kept(workspace, "di kota")
    assert photo.answers.get("region") == place


def test_the_photos_of_an_activity_travel_beside_the_workbook(built, make_workspace, tmp_path):
    attaching.attach(built, "laporan", "", a_photo(tmp_path), stage="p50")
    stick = tmp_path / "stik"
    stick.mkdir()
    sent = sending.send(built, stick, to="district")
    assert (sent.attached, sent.unattached) == (1, ())
    district = make_workspace("Dina", role="district", regions=("16.71",))
    assert receiving.receive(district, sent.path).attached == 1
    (photo,) = attaching.attached(district, "laporan")
    assert (photo.record[Attachment.stage], photo.path is not None) == ("p50", True)
    assert works.works(district, KELURAHAN)[0].steps[0].photo


def test_activities_progress_meetings_plans_and_bkm_take_files():
    keys = {form.key for form in WITH_FILES}
    assert {"activity", "progress", "meeting", "plan_document", "bkm", "agreement"} <= keys
    assert set(WITH_FILES) <= set(FORMS)
