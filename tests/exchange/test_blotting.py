"""Files that are kept as they came lose what a camera wrote into them, and not one point of their pictures.

`photos/exif_xmp.heic` was written by libheif: 64 by 48 points, with Exif, a place south of Palembang, and XMP.
"""

import io
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from p2kp_desktop.exchange import bare_pictures, blotting
from p2kp_desktop.exchange.photo import photo_in
from p2kp_desktop.language import Trouble
from tests.photos import exif, jpeg

HEIC = (Path(__file__).parents[1] / "data" / "photos" / "exif_xmp.heic").read_bytes()
SECRET = b"Rumah Ratnawulan"


def bare(content):
    return bare_pictures.bare(io.BytesIO(content), "foto")


def box(kind, content):
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def test_a_heic_is_kept_without_what_its_camera_wrote_and_nothing_else_of_it_moves():
    assert HEIC.count(SECRET) == 2
    kept = bare(HEIC)
    assert SECRET not in kept
    changed = [at for at, (was, now) in enumerate(zip(HEIC, kept, strict=True)) if was != now]
    assert min(changed) > HEIC.index(b"mdat")  # and its points end where the notes begin
    assert HEIC[:min(changed)] == kept[:min(changed)]
    assert len(changed) < 320
    assert photo_in(io.BytesIO(kept)).latitude is None
    assert bare(kept) is None  # a second time there is nothing to take


def test_a_heic_tells_where_and_when_it_was_taken_before():
    found = photo_in(io.BytesIO(HEIC))
    assert (str(found.latitude), str(found.longitude), str(found.taken)) == ("-2.986250", "104.755625", "2026-09-30")


@pytest.mark.parametrize("behind", [box(b"mpvd", SECRET), box(b"uuid", SECRET), b"SEFT" + SECRET, SECRET[:5]])
def test_a_film_or_a_note_behind_the_picture_goes_too(behind):
    kept = bare(HEIC + behind)
    assert len(kept) == len(HEIC + behind)
    assert SECRET[:5] not in kept


def test_a_jpeg_within_a_heic_tells_no_place_either():
    photo = jpeg(exif())
    kept = bare(HEIC + box(b"mdat", photo))
    seen = kept[len(HEIC) + 8 :]
    assert (photo_in(io.BytesIO(seen)).latitude, len(seen)) == (None, len(photo))
    with Image.open(io.BytesIO(seen)) as now, Image.open(io.BytesIO(photo)) as then:
        assert now.tobytes() == then.tobytes()


def full(kind, content):
    return box(kind, bytes(4) + content)


@pytest.mark.parametrize("within", [
    full(b"meta", full(b"xml ", SECRET)), full(b"meta", box(b"uuid", SECRET)), box(b"free", SECRET),
    box(b"moov", box(b"udta", box(b"\xa9xyz", SECRET))), box(b"moov", box(b"trak", full(b"meta", SECRET))),
])
def test_a_note_in_a_box_that_no_picture_needs_goes_too(within):
    kept = bare(HEIC + within)
    assert len(kept) == len(HEIC + within)
    assert SECRET not in kept
    assert bare(kept) is None


def test_a_table_that_names_the_same_bytes_very_often_is_as_quick_as_any():
    """It took six minutes for three megabytes."""
    count, size = 65_535, 2_000_000
    entry = full(b"infe", bytes([0, 1, 0, 0]) + b"Exif\0")
    entry = entry[:8] + b"\2" + entry[9:]
    part = bytes(4) + size.to_bytes(4, "big")
    places = bytes([0x44, 0, 0, 1, 0, 1, 0, 0]) + count.to_bytes(2, "big") + part * count
    tables = full(b"iinf", b"\0\1" + entry) + full(b"iloc", places)
    content = box(b"ftyp", b"heic") + full(b"meta", tables) + box(b"mdat", SECRET + bytes(size))
    started = time.monotonic()
    assert SECRET not in blotting.blotted_heic(content)
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("stop", range(40, len(HEIC) - 400, 37))
def test_a_heic_that_was_cut_off_is_refused_in_words(stop):
    with pytest.raises(Trouble, match="tidak dapat dibaca"):
        bare(HEIC[:stop])


@example([(111, 1)])  # its Exif lies behind the end of the file
@given(st.lists(st.tuples(st.integers(24, len(HEIC) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_no_damaged_heic_does_more_than_be_refused(changes):
    content = bytearray(HEIC)
    for at, value in changes:
        content[at] = value
    try:
        kept = blotting.blotted_heic(bytes(content))
    except ValueError:
        return
    assert len(kept) == len(content)


def test_a_table_that_promises_more_parts_than_it_tells_of_is_refused_at_once():
    iloc = box(b"iloc", bytes(4) + b"\0\0" + (60_000).to_bytes(2, "big") + (b"\0\x01\0\0" + b"\xff\xff") * 60_000)
    with pytest.raises(ValueError, match="iloc"):
        blotting.blotted_heic(HEIC[:28] + box(b"meta", bytes(4) + iloc))


def a_pdf(photo):
    out = io.BytesIO()
    Image.open(io.BytesIO(photo)).save(out, "PDF")
    drawn = io.BytesIO(out.getvalue()).read()
    start = drawn.index(b"\xff\xd8\xff")
    return drawn[:start] + photo + drawn[start:]  # as a scanner app lays the photo itself into its page


def test_photos_in_a_pdf_tell_no_place_and_are_seen_as_before():
    photo = jpeg(exif())
    content = a_pdf(photo)
    kept = bare(content)
    assert (len(kept), b"Exif" in kept) == (len(content), False)
    at = content.index(photo)
    seen = kept[at : at + len(photo)]
    assert photo_in(io.BytesIO(seen)).latitude is None
    with Image.open(io.BytesIO(seen)) as now, Image.open(io.BytesIO(photo)) as then:
        assert now.tobytes() == then.tobytes()


def test_a_pdf_that_was_signed_electronically_stays_as_it_was_signed():
    assert bare(a_pdf(jpeg(exif())) + b"<< /Type /Sig /ByteRange [0 1 2 3] >>") is None
