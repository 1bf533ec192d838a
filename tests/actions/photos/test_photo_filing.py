"""Photos are filed in one act that one undo takes back; the originals are never touched."""

import datetime
import hashlib
import random
from decimal import Decimal

import pytest

from p2kp_desktop.actions.common.long_work import Cancelled
from p2kp_desktop.actions.community import printed_agreements
from p2kp_desktop.actions.photos import photo_filing, photo_reading
from p2kp_desktop.actions.photos.photo_matches import match
from p2kp_desktop.actions.recording import attachments, named_acts, printed_codes, recording
from p2kp_desktop.exchange import pdf_scans
from p2kp_desktop.exchange.sheet_photo import read_page
from p2kp_desktop.forms.agreement import Agreement
from p2kp_desktop.forms.attachment import Attachment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema.printed_code import PrintedCode
from p2kp_desktop.store import views
from p2kp_desktop.store.views import Where
from tests import sheets
from tests.conftest import DEEP, KELURAHAN

PLACE = {"region": KELURAHAN, "rt": "014/005", "period": "2026"}


def put_houses(workspace, count):
    lines = [(number, {**PLACE, "head_name": f"Rumah {number}", "form_number": number})
             for number in range(1, count + 1)]
    return [each.id for each in recording.record_all(workspace, Household, lines, origin="uji").recorded]


def blank(number):
    return PrintedCode.of_blank("household", *PLACE.values(), number)


def a_minute(number):
    return (datetime.datetime(2026, 9, 1, 8) + datetime.timedelta(minutes=number)).strftime("%Y:%m:%d %H:%M:%S")


def house_of(workspace, record):
    with workspace.asking() as connection:
        return next(views.found(connection, Household, Where(id=record)))


def fingerprint(folder):
    return {file: (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns)
            for file in sorted(folder.rglob("*")) if file.is_file()}


@pytest.fixture
def card(workspace, tmp_path):
    """Give a phone's card with a sheet and a photo of each of two houses, the second form unreadable."""
    ids = put_houses(workspace, 2)
    folder = tmp_path / "DCIM"
    one, two = (sheets.photographed(sheets.a_sheet(blank(number).text, mm=size), number)
                for number, size in ((1, 14), (2, 4)))
    for name, picture, minute in (("1.jpg", one, 0), ("2.jpg", sheets.a_house(1), 1), ("3.jpg", two, 2),
                                  ("4.jpg", sheets.a_house(2), 3)):
        sheets.save(picture, folder / name, taken=a_minute(minute))
    return folder, ids


def matched(workspace, folder, pointed=None):
    return match(workspace, photo_reading.read_photos(photo_reading.photos_in([folder])), pointed)


def test_photos_are_filed_in_one_act_and_one_undo_takes_all_of_it_back(workspace, card):
    folder, (one, two) = card
    before = fingerprint(folder)
    found = matched(workspace, folder, {folder / "3.jpg": ("household", two)})
    filed = photo_filing.file_all(workspace, found, places=True)
    assert (filed.photos, filed.placed, filed.refused) == (4, 2, ())
    photos = [each.record for each in attachments.attached(workspace, one)]
    assert [each[Attachment.name] for each in photos] == ["A. Rumah Tangga, halaman 1", "2"]
    assert [each[Attachment.latitude] for each in photos] == [Decimal("-2.990933")] * 2
    assert house_of(workspace, two)[Household.latitude] == Decimal("-2.990933")
    act = named_acts.last(workspace)
    assert act is not None
    assert act.name == "4 foto dilampirkan"
    named_acts.take_back(workspace, act.id)
    assert attachments.attached(workspace, one, two) == []
    assert house_of(workspace, two)[Household.latitude] is None
    assert fingerprint(folder) == before


def test_the_pages_of_one_scan_go_each_to_its_record_and_no_neighbour_sees_another(workspace, tmp_path):
    one, two = put_houses(workspace, 2)
    folder = tmp_path / "pemindai"
    folder.mkdir()
    file = sheets.scanned(folder / "pindaian.pdf", *(
        sheets.a_sheet(text) for text in (blank(2).text, blank(1).text, "https://contoh.id")))
    before = fingerprint(folder)
    found = matched(workspace, file)
    assert [(each.read.page, each.certainty.value, each.subject.id if each.subject else None) for each in found] == [
        (1, "code", two), (2, "code", one), (3, "open", None)]
    assert photo_filing.file_all(workspace, found).photos == 2
    for record, number in ((one, 1), (two, 2)):
        (kept,) = attachments.attached(workspace, record)
        assert kept.path is not None
        assert pdf_scans.count(kept.path) == 1
        assert [code.number for code in read_page(kept.path, 1).codes] == [number]
    assert [each.certainty.value for each in matched(workspace, file)] == ["there", "there", "open"]
    assert fingerprint(folder) == before


def test_what_waits_for_a_person_is_not_filed_and_what_is_there_is_not_filed_again(workspace, card):
    folder, _ids = card
    assert photo_filing.file_all(workspace, matched(workspace, folder)).photos == 2
    again = matched(workspace, folder)
    assert [each.certainty.value for each in again] == ["there", "there", "open", "open"]
    assert photo_filing.file_all(workspace, again).photos == 0
    assert len([*folder.parent.glob("Lampiran */*")]) == 2


def test_a_place_that_somebody_wrote_down_is_kept(workspace, card):
    folder, (one, _two) = card
    recording.record(workspace, Household, {"id": one, "latitude": "-2.5", "longitude": "104.1"})
    assert photo_filing.file_all(workspace, matched(workspace, folder), places=True).placed == 0
    assert house_of(workspace, one)[Household.latitude] == Decimal("-2.5")


def test_stopped_on_the_way_nothing_is_filed_and_no_copy_stays(workspace, card):
    folder, ids = card

    def stop(done, _of):
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        photo_filing.file_all(workspace, matched(workspace, folder), report=stop)
    assert attachments.attached(workspace, *ids) == []
    assert [*folder.parent.glob("Lampiran */*")] == []


def test_the_photo_of_a_signed_agreement_locks_its_version_only_when_a_person_says_so(workspace, tmp_path):
    given = {"region": KELURAHAN, "number": "AB-1", "name": "Sampah", "rts": "014", "stage": "draf", "version": 3}
    agreement = recording.record(workspace, Agreement, given).id
    with workspace.asking() as connection:
        digest = printed_agreements.version_of(connection, agreement).digest
    code = PrintedCode.of_document("agreement", agreement, printed_codes.SIGNING, digest, version=3)
    for number in (1, 2):
        page = sheets.photographed(sheets.a_sheet(code.text, mm=14), number)
        sheets.save(page, tmp_path / "foto" / f"{number}.jpg", taken=a_minute(number))

    def stage():
        with workspace.asking() as connection:
            found = next(views.found(connection, Agreement, Where(id=agreement)))
        return found[Agreement.stage], found[Agreement.agreed]

    first, second = matched(workspace, tmp_path / "foto")
    assert photo_filing.file_all(workspace, [first]).locked == ()
    assert stage() == ("draf", None)
    assert [each.title for each in photo_filing.file_all(workspace, [second], lock=[agreement]).locked] == [
        "AB-1 · Sampah"]
    assert stage() == ("disepakati", datetime.date(2026, 9, 1))
    act = named_acts.last(workspace)
    assert act is not None
    named_acts.take_back(workspace, act.id)
    assert stage() == ("draf", None)


def test_a_card_full_of_photos_lands_on_no_wrong_record(workspace, tmp_path):
    """A third of the codes is too small or too blurred to be read: those are asked about, and so is what follows."""
    houses = 60 if DEEP else 4
    ids, truth, chance = put_houses(workspace, houses), {}, random.Random(7)
    for number, record in enumerate(ids, 1):
        size = chance.choice((12, 13, 4 if number % 3 == 0 else 12))
        sheet = sheets.photographed(sheets.a_sheet(blank(number).text, mm=size), number, blur=0.9)
        pictures = [sheet, *(sheets.a_house(number * 10 + each) for each in range(chance.randint(1, 3)))]
        for place, picture in enumerate(pictures):
            file = tmp_path / "DCIM" / f"IMG_{number:03d}{place}.jpg"
            sheets.save(picture, file, taken=a_minute(number * 5 + place), where=place == 1)
            truth[file] = record
    found = matched(workspace, tmp_path / "DCIM")
    filed = [each for each in found if each.is_filed]
    assert [each.read.file.name for each in filed if each.subject.id != truth[each.read.file]] == []
    assert len(filed) >= len(found) // 2
    assert all(each.is_filed or each.why for each in found)
    assert not DEEP or len(found) >= 150
