"""Photos as cameras keep them: when and where stand before the picture."""

import io
import struct
from functools import cache

from PIL import Image

from p2kp_desktop.exchange import scans


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


@cache
def drawn(shade=0):
    """Return a small photo as Pillow writes it: a JFIF segment and the picture, in one of 256 shades."""
    out = io.BytesIO()
    Image.new("RGB", (16, 12), (shade, 90, 40)).save(out, "JPEG")
    return out.getvalue()


def jpeg(block, shade=0):
    """Return a photo: a JFIF segment, the Exif segment, then the picture."""
    return told(drawn(shade), block)


def told(content, block):
    """Return a JPEG with an Exif segment behind its first one."""
    behind = 4 + int.from_bytes(content[4:6])
    app1 = b"\xff\xe1" + struct.pack(">H", len(block) + 8) + b"Exif\0\0" + block
    return content[:behind] + app1 + content[behind:]


BEGINNINGS = {
    scans.JPEG: b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    scans.PNG: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    scans.WEBP: b"RIFF\x24\0\0\0WEBPVP8 ",
    scans.HEIC: b"\0\0\0\x18ftypmif1\0\0\0\0heicmif1",
    scans.TIFF: b"II*\0\x08\0\0\0",
    scans.PDF: b"%PDF-1.7\n",
}


OTHERS = [
    b"", b"@echo off\r\ncalc.exe", b"MZ\x90\0", b"#!/bin/sh\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<?xml version='1.0'?><svg/>", b"<html>", b"GIF89a", b"BM6\0\0\0",
    b"\n%PDF-1.7", b"RIFF\x24\0\0\0WAVEfmt ", b"\0\0\0\x18ftypisom\0\0\0\0isommp42", b"RIFF", b"\0\0\0\x18ftyp",
]
