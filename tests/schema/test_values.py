"""Days are understood in the shapes in which people write them."""

import datetime

import pytest

from p2kp_desktop.schema.values import MONTHS, Unreadable, read_date

DAY = datetime.date(2022, 10, 4)


@pytest.mark.parametrize(
    "text",
    [
        *("4/10/22", "04/10/2022", "4-10-2022", "4.10.2022", "041022", "04102022", "2022-10-04"),
        *("4 okt 22", "4 Okt. 2022", "4-Okt-22", "4okt2022", "4 OKTOBER 2022", "Selasa, 4 Oktober 2022"),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert read_date(text) == DAY


@pytest.mark.parametrize(("number", "name"), list(enumerate(MONTHS, 1)))
def test_every_month_is_known_by_name_and_by_three_letters(number: int, name: str) -> None:
    assert read_date(f"7 {name} 2021") == read_date(f"7 {name[:3]} 21") == datetime.date(2021, number, 7)


@pytest.mark.parametrize(("word", "number"), [("pebruari", 2), ("peb", 2), ("agt", 8), ("nop", 11), ("nopember", 11)])
def test_spellings_of_the_field_are_known(word: str, number: int) -> None:
    assert read_date(f"1 {word} 2020").month == number


@pytest.mark.parametrize("text", ["4 ma 22", "4 juli-an 22", "31 feb 2022", "40 okt 22", "okt 2022", "", "4 okt"])
def test_what_is_no_day_is_refused_in_words(text: str) -> None:
    with pytest.raises(Unreadable, match="bukan tanggal"):
        read_date(text)
