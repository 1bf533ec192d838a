"""Where a photo was taken: real structure, both byte orders, and damage of every kind."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.exchange.photo import Photo, read_photo
from tests.photos import exif, jpeg

MUSI = Photo(Decimal("-2.990933"), Decimal("104.756554"), datetime.datetime(2026, 9, 1, 10, 30))


@pytest.fixture
def told(tmp_path):
    def told(content):
        file = tmp_path / "foto.jpg"
        file.write_bytes(content)
        return read_photo(file)

    return told


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photo_tells_where_and_when_it_was_taken_in_either_byte_order(told, order):
    assert told(jpeg(exif(order))) == MUSI


def test_north_is_positive(told):
    assert told(jpeg(exif(south="N"))).latitude == Decimal("2.990933")


@pytest.mark.parametrize(("more", "expected"), [
    ({"seconds": (1, 0)}, Photo(moment=MUSI.moment)),  # a camera without a fix
    ({"taken": b"0000:00:00 00:00:00\0"}, Photo(MUSI.latitude, MUSI.longitude)),
])
def test_what_one_part_cannot_tell_the_other_still_does(told, more, expected):
    assert told(jpeg(exif(**more))) == expected


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x89PNG\r\n", b"\xff\xd8", b"\xff\xd8\xff\xe1\0\x08Exif\0\0",
                                     jpeg(b"XX"), jpeg(b"II*\0\xff\xff\xff\xff")])
def test_what_is_no_photo_or_tells_nothing_is_no_fault(told, content):
    assert told(content) == Photo()


@given(st.data())
def test_a_photo_damaged_anywhere_is_no_fault(told, data):
    content = bytearray(jpeg(exif()))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    told(bytes(content[: data.draw(st.integers(0, len(content)))]))
