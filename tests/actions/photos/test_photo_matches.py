"""Each photo finds its record by its code or the code before it; whatever is doubtful waits for a person."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from p2kp_desktop.actions.common import originals
from p2kp_desktop.actions.community import printed_agreements
from p2kp_desktop.actions.photos import photo_reading
from p2kp_desktop.actions.photos.photo_matches import match
from p2kp_desktop.actions.photos.photo_reading import PhotoRead
from p2kp_desktop.actions.recording import attachments, printed_codes, recording
from p2kp_desktop.exchange.photo import Photo
from p2kp_desktop.exchange.sheet_photo import SheetPhoto
from p2kp_desktop.forms.agreement import Agreement
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.period import Period
from p2kp_desktop.schema.printed_code import PrintedCode
from tests.conftest import KELURAHAN
from tests.photos import BEGINNINGS, exif, jpeg

PLACE = {"region": KELURAHAN, "rt": "014/005", "period": "2026"}
START = datetime.datetime(2026, 9, 1, 8, 0)


def blank(number, region=KELURAHAN):
    return PrintedCode.of_blank("household", region, "014/005", "2026", number)


def a_read(name, *codes, minute=None, where=None, paper=False, faults=(), sha256=""):
    moment = None if minute is None else START + datetime.timedelta(minutes=minute)
    at = (Decimal(where[0]), Decimal(where[1])) if where else (None, None)
    sheet = SheetPhoto(codes, faults, like_paper=paper or bool(codes))
    return PhotoRead(Path(name), sha256 or f"sha {name}", Photo(*at, moment), sheet)


@pytest.fixture
def houses(workspace):
    def put(name, number):
        given = {**PLACE, "head_name": name, "form_number": number}
        return recording.record(workspace, Household, given).id

    return {name: put(name, number) for number, name in enumerate(("Ani", "Budi", "Cici"), 1)}


def told(workspace, read, pointed=None):
    found = match(workspace, photo_reading.in_order(read), pointed)
    return [(each.read.file.name, each.certainty.value, each.subject.name if each.subject else "") for each in found]


def reasons(workspace, read):
    return [each.why for each in match(workspace, read)]


@pytest.mark.usefixtures("houses")
def test_photos_follow_the_code_before_them_by_the_clock_of_the_camera(workspace):
    read = [a_read("d.jpg", minute=12), a_read("a.jpg", blank(1), minute=0), a_read("c.jpg", blank(2), minute=10),
            a_read("b.jpg", minute=2)]
    assert told(workspace, read) == [
        ("a.jpg", "code", "Ani"), ("b.jpg", "before", "Ani"), ("c.jpg", "code", "Budi"), ("d.jpg", "before", "Budi")]


@pytest.mark.usefixtures("houses")
def test_photos_without_a_time_follow_by_their_names_and_never_mix_with_the_others(workspace):
    read = [a_read("IMG_10.jpg"), a_read("IMG_9.jpg", blank(1)), a_read("jam.jpg", blank(2), minute=0),
            a_read("lain/IMG_11.jpg")]
    assert told(workspace, read) == [
        ("jam.jpg", "code", "Budi"), ("IMG_9.jpg", "code", "Ani"), ("IMG_10.jpg", "before", "Ani"),
        ("IMG_11.jpg", "open", "")]


@pytest.mark.usefixtures("houses")
@pytest.mark.parametrize(("between", "words"), [
    (a_read("b.jpg", paper=True, minute=1), "kodenya tidak terbaca"),
    (a_read("b.jpg", faults=("Kode ini rusak.",), minute=1), "rusak"),
    (a_read("b.jpg", blank(9), minute=1), "belum dientri dengan nomor itu"),
    (a_read("b.jpg", blank(1, "16.72.01.1001"), minute=1), "di luar wilayah"),
    (a_read("b.jpg", PrintedCode.of_record("household", "dari-sana", "ABCD"), minute=1), "ruang kerja lain"),
    (a_read("b.jpg", PrintedCode.of_report("rt", "ABCD"), minute=1), "laporan bukan catatan"),
    (a_read("b.jpg", blank(1), blank(2), minute=1), "Beberapa catatan"),
    (a_read("b.jpg", blank(1), blank(9), minute=1), "Beberapa catatan"),
])
def test_a_sheet_that_leads_nowhere_waits_and_so_does_what_follows_it(workspace, between, words):
    read = [a_read("a.jpg", blank(1), minute=0), between, a_read("c.jpg", minute=2)]
    assert [one for _name, one, _who in told(workspace, read)] == ["code", "open", "open"]
    assert words in reasons(workspace, read)[1]
    assert reasons(workspace, read)[2] == "Mengikuti b.jpg, yang catatannya belum jelas."


@pytest.mark.usefixtures("houses")
def test_a_long_time_or_way_between_two_photos_is_asked_about(workspace):
    here, there = ("-2.990", "104.756"), ("-2.992", "104.756")
    read = [a_read("a.jpg", blank(1), minute=0, where=here), a_read("b.jpg", minute=1, where=here),
            a_read("c.jpg", minute=2, where=there), a_read("d.jpg", minute=90, where=there)]
    assert [one for _name, one, _who in told(workspace, read)] == ["code", "before", "open", "open"]
    assert reasons(workspace, read)[2:] == ["Diambil 223 m dari foto sebelumnya.",
                                            "Diambil 88 menit setelah foto sebelumnya."]
    assert [each.name for each in match(workspace, read)[2].candidates] == ["Ani"]


def test_a_person_points_at_the_record_of_a_sheet_and_what_follows_comes_along(workspace, houses):
    sheet, house = a_read("a.jpg", paper=True, minute=0), a_read("b.jpg", minute=1)
    pointed = {sheet.file: ("household", houses["Cici"])}
    assert told(workspace, [sheet, house], pointed) == [("a.jpg", "pointed", "Cici"), ("b.jpg", "before", "Cici")]
    assert told(workspace, [sheet, house], {house.file: ("household", houses["Budi"])}) == [
        ("a.jpg", "open", ""), ("b.jpg", "pointed", "Budi")]


@pytest.mark.usefixtures("houses")
def test_the_same_photo_twice_is_attached_once(workspace):
    read = [a_read("a.jpg", blank(1), sha256="x"), a_read("b.jpg", blank(1), sha256="x"), a_read("c.jpg")]
    assert told(workspace, read) == [("a.jpg", "code", "Ani"), ("b.jpg", "there", "Ani"), ("c.jpg", "before", "Ani")]


def test_a_photo_that_is_attached_to_its_record_already_says_so(workspace, houses, tmp_path):
    file = tmp_path / "a.jpg"
    file.write_bytes(jpeg(exif()))
    attachments.attach(workspace, houses["Ani"], "", file)
    read = [a_read("a.jpg", blank(1), sha256=originals.hash_of(file)), a_read("b.jpg")]
    assert told(workspace, read) == [("a.jpg", "there", "Ani"), ("b.jpg", "before", "Ani")]
    assert reasons(workspace, read)[0] == "sudah ada"


def test_a_record_that_takes_no_files_is_not_given_any(workspace):
    period = recording.record(workspace, Period, {"year": 2024}).id
    (found,) = match(workspace, [a_read("a.jpg", PrintedCode.of_record("period", period, "ABCD"))])
    assert (found.certainty.value, found.subject) == ("open", None)
    assert "tidak menerima lampiran" in found.why


def test_an_older_printed_version_says_so_and_locks_nothing(workspace):
    given = {"region": KELURAHAN, "number": "AB-1", "name": "Sampah", "rts": "014", "stage": "draf", "version": 3}
    agreement = recording.record(workspace, Agreement, given).id
    with workspace.asking() as connection:
        digest = printed_agreements.version_of(connection, agreement).digest

    def of(version, digest, document=printed_codes.RULES, page=1):
        code = PrintedCode.of_document("agreement", agreement, document, digest, version=version, page=page)
        (found,) = match(workspace, [a_read("a.jpg", code)])
        assert found.subject.id == agreement
        return found.remark, found.locks

    assert of(3, digest) == ("", 3)
    assert of(2, digest) == ("tercetak versi 2, sekarang versi 3", 0)
    assert of(3, "0000") == ("isinya berubah sejak dicetak", 0)
    assert of(3, digest, page=2) == ("", 3)
    for behind in (printed_codes.REMBUG, printed_codes.ATTENDANCE):
        assert of(3, digest, behind) == ("", 0)
    assert of(3, digest, printed_codes.SIGNING) == ("", 3)  # as 0.8.0 printed it
    remark, locks = of(3, digest, printed_codes.SIGNING, page=2)
    assert ("daftar hadir" in remark, locks) == (True, 0)
    recording.record(workspace, Agreement, {"id": agreement, "stage": "disepakati"})
    assert of(3, digest) == ("", 0)


def test_what_is_no_picture_says_so_and_breaks_the_chain(tmp_path):
    files = {"kartu.txt": b"x", "pindaian.pdf": b"%PDF-1.7\n", "foto.heic": next(
        head for kind, head in BEGINNINGS.items() if kind.suffix == ".heic")}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    found = {each.file.name: each.trouble for each in photo_reading.read_photos([tmp_path / name for name in files])}
    assert found == {"kartu.txt": "Bukan foto atau PDF.", "pindaian.pdf": "PDF pindaian.pdf tidak dapat dibaca.",
                     "foto.heic": "Kode di berkas HEIC tidak dibaca."}
    assert photo_reading.read_one(tmp_path / "hilang.jpg").trouble


def test_photos_are_found_in_folders_below_and_what_is_dropped_is_taken_as_it_is(tmp_path):
    for name in ("DCIM/100/IMG_10.jpg", "DCIM/100/IMG_9.jpg", "DCIM/.thumbs", "DCIM/100/catatan.txt", "lain.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(jpeg(exif()) if name.endswith("jpg") else b"x")
    found = photo_reading.photos_in([tmp_path / "DCIM", tmp_path / "lain.txt"])
    assert [each.name for each in found] == ["IMG_9.jpg", "IMG_10.jpg", "lain.txt"]
