"""Numbers and days are understood in the shapes in which people write them."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop import environment
from p2kp_desktop.schema import Date, Measure, Whole, written
from p2kp_desktop.schema.values import MONTHS, Unreadable, plain_decimal, read_date, read_decimal, read_whole

DAY = datetime.date(2022, 10, 4)


@pytest.mark.parametrize(
    "text",
    [
        *("4/10/22", "04/10/2022", "4-10-2022", "4.10.2022", "041022", "04102022", "2022-10-04"),
        *("4 / 10 / 22", "2022/10/04", "20221004", "4 oct 22", "4 October 2022", "Oct 4, 2022", "4 10 2022"),
        *("4 okt 22", "4 Okt. 2022", "4-Okt-22", "4okt2022", "4 OKTOBER 2022", "Selasa, 4 Oktober 2022"),
        *("2022-10-04 00:00:00", "2022.10.4"),
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


@pytest.mark.parametrize(
    ("word", "number"), [("may", 5), ("aug", 8), ("dec", 12), ("feb", 2), ("march", 3), ("july", 7), ("sept", 9)]
)
def test_months_are_known_as_a_spreadsheet_in_english_writes_them(word: str, number: int) -> None:
    assert read_date(f"4 {word} 22") == read_date(f"4-{word}-2022") == datetime.date(2022, number, 4)


@pytest.mark.parametrize(
    ("text", "day"), [("20112012", (2012, 11, 20)), ("20101112", (2010, 11, 12)), ("31121999", (1999, 12, 31)),
                      ("110100", (2000, 1, 11)), ("41022", (2022, 10, 4)), ("4102022", (2022, 10, 4))]
)
def test_figures_in_a_row_are_a_day_of_our_time(text: str, day: tuple[int, int, int]) -> None:
    assert read_date(text) == datetime.date(*day)


@given(st.dates(datetime.date(1969, 1, 1), datetime.date(2068, 12, 31)))
def test_a_day_comes_back_from_every_way_of_writing_it(day: datetime.date) -> None:
    for text in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d%m%y}", f"{day:%Y%m%d}", written.day(day.isoformat())):
        assert read_date(text) == day


@pytest.mark.parametrize(
    ("day", "words"),
    [("2022-10-04", None), ("1944-12-31", "sebelum 1945"), ("0022-10-04", "sebelum 1945"), ("2068-10-04", "lagi")],
)
def test_a_year_that_was_most_likely_mistyped_is_asked_about(day: str, words: str | None) -> None:
    found = [each.message for each in Date("Tanggal").objections(day)]
    assert (words is None and found == []) or (words is not None and words in found[0])


def test_a_day_is_ahead_by_the_clock_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "today", lambda: datetime.date(2024, 2, 29))
    assert [bool([*Date("Tanggal", ahead=1).objections(day)]) for day in ("2025-02-28", "2025-03-01")] == [False, True]


@pytest.mark.parametrize("text", ["4 ma 22", "4 juli-an 22", "31 feb 2022", "40 okt 22", "okt 2022", "", "4 okt"])
def test_what_is_no_day_is_refused_in_words(text: str) -> None:
    with pytest.raises(Unreadable, match="bukan tanggal"):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.218", "1218"), ("1,218", "1.218"), ("1.218,50", "1218.5"), ("1,218.50", "1218.5"), ("1.218.500", "1218500"),
        ("1,218,500", "1218500"), ("0.57", "0.57"), ("0,57", "0.57"), ("1218.5", "1218.5"), ("0.575", "0.575"),
        ("1218.500", "1218.5"), ("7.5", "7.5"), ("-1.218", "-1218"), ("1 218", "1218"), ("12.3456", "12.3456"),
    ],
)
def test_a_number_is_read_as_it_is_written_in_indonesia(text: str, number: str) -> None:
    assert read_decimal(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "satu", "1.2.3", "1,2,3", "1.2184.500", "inf", "nan", "0.218.500"])
def test_what_is_no_number_is_refused_in_words(text: str) -> None:
    with pytest.raises(Unreadable, match="bukan angka"):
        read_decimal(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**11), max_value=10**11, places=3))
def test_a_number_comes_back_from_the_way_it_is_shown(number: Decimal) -> None:
    plain = plain_decimal(number)
    assert plain_decimal(read_decimal(written.number(Decimal(plain)))) == plain


@given(st.integers(-(10**14), 10**14))
def test_a_count_comes_back_from_the_way_it_is_shown(number: int) -> None:
    assert read_whole(written.number(number)) == number


LENGTH = Measure("Panjang jalan", unit="m", high=5000)
AREA = Measure("Luas", unit="Ha", high=5000, usual=("0.05", 20))


@pytest.mark.parametrize(
    ("question", "text", "plain", "words"),
    [
        (LENGTH, "1.218", "1218", "«1.218» dibaca 1.218 m (seribu dua ratus delapan belas). "
                                  "Bila maksudnya satu koma dua satu delapan, tulis 1,218."),
        (LENGTH, "1,218", "1.218", "«1,218» dibaca 1,218 m (satu koma dua satu delapan). "
                                   "Bila maksudnya seribu dua ratus delapan belas, tulis 1218."),
        (AREA, "2.125", "2.125", "«2.125» dibaca 2,125 Ha (dua koma satu dua lima). "
                                 "Bila maksudnya dua ribu seratus dua puluh lima, tulis 2125."),
        (LENGTH, "9.000", "9", "«9.000» dibaca 9 m (sembilan). Bila maksudnya sembilan ribu, tulis 9000."),
        (LENGTH, "1218", "1218", ""), (LENGTH, "0.575", "0.575", ""), (LENGTH, 1.218, "1.218", ""),
        (LENGTH, 1218, "1218", ""),
    ],
)
def test_a_number_that_can_be_read_in_two_ways_is_never_read_in_silence(
    question: Measure, text: object, plain: str, words: str
) -> None:
    remark = question.remark(text)
    assert (question.read(text), remark.message if remark else "") == (plain, words)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**9, places=4))
def test_a_json_number_is_what_it_says(number: Decimal) -> None:
    assert LENGTH.read(float(number)) == plain_decimal(Decimal(repr(float(number))))


@pytest.mark.parametrize("raw", [float("inf"), float("nan"), True, 1e30])
def test_a_json_value_that_is_no_number_is_refused(raw: float) -> None:
    with pytest.raises(Unreadable):
        LENGTH.read(raw)
    with pytest.raises(Unreadable):
        Whole("Jumlah").read(raw)
