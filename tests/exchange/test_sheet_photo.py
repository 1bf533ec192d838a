"""Codes are read from photos of printed sheets as phones and messengers make them; hostile pictures are refused."""

import struct
import zlib

import pytest
from PIL import Image

from p2kp_desktop.exchange import pdf_scans
from p2kp_desktop.exchange.sheet_photo import SheetPhoto, read_page, read_sheet
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import new_id
from p2kp_desktop.schema.printed_code import PrintedCode
from tests import sheets
from tests.conftest import DEEP

PLACE = ("16.71.06.1005", "014/005", "2026")
BLANK = PrintedCode.of_blank("household", *PLACE, 1042, resident=new_id(), page=2)
RECORD = PrintedCode.of_record("household", new_id(), "ABCD")
SEEDS = range(40) if DEEP else range(3)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("code", [BLANK, RECORD], ids=["blank", "record"])
def test_a_code_of_12_mm_is_read_from_a_photocopy_photographed_and_sent(tmp_path, seed, code):
    photo = sheets.save(sheets.photographed(sheets.a_sheet(code.text), seed), tmp_path / "foto.jpg")
    assert read_sheet(photo) == SheetPhoto((code,), (), like_paper=True)


def test_both_codes_of_two_sheets_in_one_picture_are_read(tmp_path):
    page = sheets.a_sheet(BLANK.text, RECORD.text, "https://contoh.id/iklan")
    found = read_sheet(sheets.save(sheets.photographed(page, 1), tmp_path / "foto.jpg"))
    assert {*found.codes} == {BLANK, RECORD}


def test_a_small_code_in_a_large_picture_is_found_at_full_size(tmp_path):
    wall = sheets.a_house(3, (4_800, 3_600))
    wall.paste(sheets.a_sheet(BLANK.text).resize((1_000, 1_535)), (2_000, 1_200))
    assert read_sheet(sheets.save(wall, tmp_path / "foto.jpg", quality=85)).codes == (BLANK,)


def test_a_sheet_whose_code_cannot_be_read_is_still_known_as_paper_and_a_house_is_not(tmp_path):
    sheet = sheets.photographed(sheets.a_sheet(BLANK.text, mm=4), 2)
    assert read_sheet(sheets.save(sheet, tmp_path / "lembar.jpg")) == SheetPhoto(like_paper=True)
    assert read_sheet(sheets.save(sheets.a_house(1), tmp_path / "rumah.jpg")) == SheetPhoto()


def test_the_pages_of_a_scanned_pdf_are_read_each_by_itself(tmp_path):
    file = sheets.scanned(tmp_path / "pindaian.pdf", sheets.a_sheet(BLANK.text), sheets.a_sheet(RECORD.text),
                          sheets.a_sheet())
    assert pdf_scans.count(file) == 3
    assert [read_page(file, page) for page in (1, 2, 3)] == [
        SheetPhoto((BLANK,), (), like_paper=True), SheetPhoto((RECORD,), (), like_paper=True),
        SheetPhoto(like_paper=True)]
    alone = pdf_scans.alone(file, 2)
    assert alone == pdf_scans.alone(file, 2)
    assert pdf_scans.count(tmp_path / "berkas", alone) == 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(5_000)])
def test_a_damaged_pdf_is_refused_in_words(tmp_path, content):
    file = tmp_path / "pindaian.pdf"
    file.write_bytes(content)
    with pytest.raises(Trouble, match="tidak dapat dibaca"):
        pdf_scans.count(file)


def test_a_pdf_of_too_many_pages_is_refused_in_words(tmp_path, monkeypatch):
    file = sheets.scanned(tmp_path / "pindaian.pdf", *[sheets.a_sheet()] * 3, dpi=20)
    monkeypatch.setattr(pdf_scans, "MOST", 2)
    with pytest.raises(Trouble, match="3 halaman; paling banyak 2"):
        pdf_scans.count(file)


def test_a_code_of_a_newer_release_is_told(tmp_path):
    page = sheets.a_sheet(BLANK.text.replace("P2KP1", "P2KP2"))
    (fault,) = read_sheet(sheets.save(page, tmp_path / "foto.jpg")).faults
    assert "lebih baru" in fault


@pytest.mark.parametrize("content", [
    b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"<svg/>", b"%PDF-1.7",
])
def test_what_is_no_picture_is_refused_in_words(tmp_path, content):
    file = tmp_path / "foto.jpg"
    file.write_bytes(content)
    with pytest.raises(Trouble, match="tidak dapat dibaca"):
        read_sheet(file)


def test_a_photo_cut_off_on_the_way_is_refused_in_words(tmp_path):
    file = sheets.save(sheets.a_sheet(BLANK.text), tmp_path / "foto.jpg")
    file.write_bytes(file.read_bytes()[:20_000])
    with pytest.raises(Trouble, match="tidak dapat dibaca"):
        read_sheet(file)


@pytest.mark.parametrize("side", [12_000, 40_000])
def test_a_picture_that_claims_more_than_fits_into_memory_is_refused_in_words(tmp_path, side):
    file = tmp_path / "bom.png"
    Image.new("1", (8, 8)).save(file)
    content = bytearray(file.read_bytes())
    content[16:24] = struct.pack(">II", side, side)
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    file.write_bytes(content)
    with pytest.raises(Trouble, match="terlalu besar"):
        read_sheet(file)
