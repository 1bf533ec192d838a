"""Two households are likely one when their names, numbers and sizes say so; the reasons are given in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.rules.likeness import Comparing, House, comparable

PLACE = {"region": "16.71.06.1005", "rt": "014/005"}


def house(ident: str, name: str, **more: object) -> House:
    return House(ident, name, **{**PLACE, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("H. Mgs. Ismail, S.Pd", "MASAGUS ISMAIL"),
        ("Siti Aminah", "SITI  AMINAH."),
        ("Siti Aminah", "Hj. St. Aminah"),
        ("Moch. Djaelani", "moch jaelani"),
        ("Muhammad Yusuf", "M. Yusup"[:-1] + "f"),
        ("Soekarno", "Sukarno"),
        ("Nurhasanah Ibu", "Bu Nurhasanah"),
    ],
)
def test_the_same_name_written_otherwise_is_the_same(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


@given(st.text(max_size=40))
def test_any_text_can_be_compared_and_comparing_settles(name: str) -> None:
    assert comparable(comparable(name)) == comparable(comparable(comparable(name)))


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ({"name": "Siti Aminah"}, {"name": "Hj. Siti Aminah"}, ("nama sama",)),
        (
            {"name": "Siti Aminah", "number": "7", "members": 4}, {"name": "Siti Aminnah", "number": "7", "members": 4},
            ("nama sama", "nomor bangunan sama", "jumlah anggota sama"),
        ),
        ({"name": "Budi", "nik": "16"}, {"name": "Andi", "nik": "16", "rt": "001"}, ("NIK sama",)),
        ({"name": "Siti Aminah", "number": "7"}, {"name": "Budi Santoso", "number": "7"}, None),
        ({"name": "Siti Aminah"}, {"name": "Siti Aminah", "rt": "001/001"}, None),
        ({"name": ""}, {"name": ""}, None),
        (
            {"name": "Siti Aminah", "nik": "1", "number": "7"}, {"name": "Siti Aminah", "nik": "2", "number": "8"},
            None,
        ),
    ],
)
def test_a_pair_is_likely_for_reasons_that_can_be_read(one: dict, other: dict, reasons: object) -> None:  # type: ignore[type-arg]
    found = Comparing().of(house("a", **one), house("b", **other))
    assert (found and found.reasons) == reasons
