"""Where a photo was taken: real structure, both byte orders, and damage of every kind."""

import datetime
import struct
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.exchange.photo import Photo, read_photo

MUSI = Photo(Decimal("-2.990933"), Decimal("104.756554"), datetime.date(2026, 9, 1))


def exif(order="<", south="S", taken=b"2026:09:01 10:30:00\0", seconds=(2736, 100)):
    """Return an Exif block: one directory that points to when and where, 2° 59' 27.36" S, 104° 45' 23.594" E."""
    def entry(tag, kind, count, value):
        packed = value if isinstance(value, bytes) else struct.pack(order + "I", value)
        return struct.pack(order + "HHI", tag, kind, count) + packed.ljust(4, b"\0")

    def directory(*entries):
        return struct.pack(order + "H", len(entries)) + b"".join(entries) + bytes(4)

    def rationals(*parts):
        return b"".join(struct.pack(order + "II", *part) for part in parts)

    details = 8 + 2 + 2 * 12 + 4
    gps = details + 2 + 12 + 4
    values = gps + 2 + 4 * 12 + 4
    latitude, longitude = values + len(taken), values + len(taken) + 24
    block = {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(order + "I", 8)
    block += directory(entry(0x8769, 4, 1, details), entry(0x8825, 4, 1, gps))
    block += directory(entry(0x9003, 2, len(taken), values))
    block += directory(entry(1, 2, 2, south.encode() + b"\0"), entry(2, 5, 3, latitude), entry(3, 2, 2, b"E\0"),
                       entry(4, 5, 3, longitude))
    return block + taken + rationals((2, 1), (59, 1), seconds) + rationals((104, 1), (45, 1), (23594, 1000))


def jpeg(block):
    """Return the beginning of a photo: a JFIF segment, the Exif segment, then the picture."""
    jfif = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\1\1".ljust(14, b"\0")
    app1 = b"\xff\xe1" + struct.pack(">H", len(block) + 8) + b"Exif\0\0" + block
    return b"\xff\xd8" + jfif + app1 + b"\xff\xda\0\x02picture"


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
    ({"seconds": (1, 0)}, Photo(taken=MUSI.taken)),  # a camera without a fix
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
