"""What kind a file is follows from its first bytes, whatever it is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.exchange import scans
from tests.photos import BEGINNINGS, OTHERS


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
