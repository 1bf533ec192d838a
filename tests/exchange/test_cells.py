"""What an answer looks like in a cell, and that it reads back exactly or says that it does not."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.exchange.cells import LONGEST, Codec, Column, column_letter, presentable
from p2kp_desktop.exchange.digests import cell_digest

WORDINGS = {"ledeng": "a. Ledeng", "bor": "b. Sumur bor", "hujan": "c. Hujan; ditampung"}
KINDS = [
    "text", "person", "identity", "choice", "several", "whole", "decimal", "money", "date", "region", "rt", "place",
    "new",
]
ANYTHING = st.one_of(st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times(), st.timedeltas())


def codec(kind: str) -> Codec:
    return Codec(Column("water", kind, WORDINGS if kind in ("choice", "several") else {}))


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        ("choice", "bor", "b. Sumur bor"),
        ("several", "ledeng,bor", "a. Ledeng; b. Sumur bor"),
        ("decimal", "7.2", 7.2),
        ("whole", 12, 12),
        ("money", 1500000, 1500000),
        ("date", "2022-10-04", datetime.date(2022, 10, 4)),
        ("identity", "0671010101010001", "0671010101010001"),
        ("region", "16.71", "Kota Palembang (16.71)"),
        ("text", "=1+1", "=1+1"),
        ("text", "_x0041_", "_x0041_"),
    ],
)
def test_an_answer_stands_in_its_cell_as_people_write_it_and_reads_back(
    kind: str, value: str | int, cell: object
) -> None:
    assert codec(kind).encode(value) == (cell, True)
    assert codec(kind).decode(cell) == value


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("several", "ledeng,hujan,baru"),
        ("several", "hujan"),
        ("text", "x" * (LONGEST + 1)),
        ("text", "a\n" * 300 + "a"),
        ("text", " spasi"),
        ("text", "_x0041_x0042_"),
        ("text", "\x01"),
        ("text", 5),
        ("choice", "b. Sumur bor"),
        ("place", "16.71"),
        ("text", ""),
    ],
)
def test_what_a_cell_cannot_carry_is_said_not_to_be_exact(kind: str, value: str | int) -> None:
    cell, exact = codec(kind).encode(value)
    assert not exact
    assert cell is None or (isinstance(cell, str) and len(cell) <= LONGEST)


@given(st.sampled_from(KINDS), st.one_of(st.none(), st.text(), st.integers(-(10**17), 10**17), st.decimals().map(str)))
def test_an_exact_cell_always_reads_back_as_the_very_value(kind: str, value: str | int | None) -> None:
    cell, exact = codec(kind).encode(value)
    if exact:
        back = codec(kind).decode(cell)
        assert (back, type(back)) == (value, type(value))


@given(st.text())
def test_what_is_shown_instead_of_an_answer_fits_a_cell(text: str) -> None:
    shown = presentable(text)
    assert shown is None or Codec(Column("note", "text")).encode(shown) == (shown, True)


@given(st.sampled_from(KINDS), ANYTHING)
def test_whatever_an_office_suite_puts_into_a_cell_can_be_decoded(kind: str, cell: object) -> None:
    assert isinstance(codec(kind).decode(cell), str | int | None)


def test_a_number_typed_again_as_the_same_text_or_day_is_the_same_answer() -> None:
    assert codec("text").decode(7.0) == codec("text").decode("7")
    assert codec("date").decode(44838.0) == "2022-10-04"
    assert codec("whole").decode(datetime.date(1900, 3, 3)) == 63


def test_digests_tell_texts_numbers_and_empty_cells_apart() -> None:
    assert len({cell_digest("id", "key", plain) for plain in (None, "", 5, "5", "#5", "=5", "-")}) == 7
    assert cell_digest("id", "key", 5) == cell_digest("id", "key", 5)
    assert cell_digest("other", "key", 5) != cell_digest("id", "key", 5)


def test_columns_are_named_as_office_suites_name_them() -> None:
    assert [column_letter(number) for number in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
