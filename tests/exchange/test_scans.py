"""What kind a file is follows from its first bytes, whatever it is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.exchange import scans

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


@pytest.mark.parametrize("kind", scans.KINDS, ids=lambda kind: kind.title)
def test_each_kind_is_known_by_how_it_begins(kind, tmp_path):
    file = tmp_path / "Foto drainase.cmd"
    file.write_bytes(BEGINNINGS[kind])
    assert scans.kind_of(file) == kind


@pytest.mark.parametrize("beginning", OTHERS)
def test_what_begins_otherwise_is_none_of_them(beginning):
    assert scans.kind_in(beginning) is None


def test_a_phone_that_names_the_kind_second_makes_heic_too():
    assert scans.kind_in(b"\0\0\0\x1cftypabcd\0\0\0\0mif1heic") == scans.HEIC


@given(st.binary(max_size=80))
def test_any_bytes_have_a_kind_or_none(head):
    assert scans.kind_in(head) in {*scans.KINDS, None}
