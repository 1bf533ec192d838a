"""How a day, a time, a number and money are written, in both languages."""

import datetime
import threading
from decimal import Decimal
from fractions import Fraction

import pytest

from p2kp_desktop import environment, language
from p2kp_desktop.schema import written

THEN = "2026-08-03T20:11:05+07:00"


@pytest.fixture
def english():
    language.use("en", environment.resources() / "language")


def test_days_and_times_read_as_people_write_them():
    assert [written.day(day) for day in ("2022-10-04", datetime.date(2022, 5, 1), THEN)] == [
        "4 Oktober 2022", "1 Mei 2022", "3 Agustus 2026",
    ]
    assert [written.short_day(THEN, year=year) for year in (None, 2026, 2027)] == ["3 Agu 2026", "3 Agu", "3 Agu 2026"]
    assert [written.clock(THEN), written.clock(THEN, seconds=True)] == ["20.11", "20.11.05"]
    assert [written.moment(THEN), written.moment(datetime.datetime(2026, 8, 3, 20, 11, 5), seconds=True)] == [
        "3 Agustus 2026, 20.11", "3 Agustus 2026, 20.11.05",
    ]
    assert [written.short_moment(THEN, year=year) for year in (2026, 2027)] == ["3 Agu, 20.11", "3 Agu 2026"]


def test_a_time_is_told_by_its_hour_today_and_by_its_day_later():
    assert written.moment_since(THEN, datetime.date(2026, 8, 3)) == "20.11"
    assert written.moment_since(THEN, datetime.date(2026, 8, 4)) == "3 Agustus 2026"


@pytest.mark.parametrize("text", ["", "kapan-kapan", "2026-13-01"])
def test_what_is_no_day_or_time_stays_as_it_stands(text):
    assert [write(text) for write in (written.day, written.short_day, written.clock, written.moment)] == [text] * 4
    assert written.short_moment(text, year=2026) == ""


def test_numbers_read_as_people_write_them():
    assert [written.number(number) for number in (1_234_567, -1218, Decimal("1218.50"), Decimal("0.5"), 0)] == [
        "1.234.567", "-1.218", "1.218,50", "0,5", "0",
    ]
    assert [written.decimal(number) for number in (Fraction(9, 2), 4.04, Decimal(100), Fraction(2, 3))] == [
        "4,5", "4", "100", "0,7",
    ]
    assert [written.percent(Fraction(share)) for share in ("826/10", "9999/100", 100, 0)] == [
        "82,6 %", "99,9 %", "100 %", "0 %",
    ]
    assert [written.percent(Fraction(share)) for share in ("8266/100", "200/3", "7997/100", "8004/100", "4/100")] == [
        "82,7 %", "66,7 %", "79,9 %", "80 %", "0,1 %",
    ]
    assert [written.hectares(Fraction(62, 5)), written.money(1_500_000)] == ["12,40 ha", "Rp1.500.000"]
    assert [written.size(octets) for octets in (10, 340 << 10, 1_400_000, 14 << 30)] == [
        "1 KB", "340 KB", "1,3 MB", "14 GB",
    ]


@pytest.mark.usefixtures("english")
def test_english_has_its_own_months_and_signs():
    assert [written.day(THEN), written.short_day(THEN), written.moment(THEN)] == [
        "3 August 2026", "3 Aug 2026", "3 August 2026, 20:11",
    ]
    assert [written.number(Decimal("1218.5")), written.percent(Fraction("82.6")), written.money(1_500_000)] == [
        "1,218.5", "82.6 %", "Rp1,500,000",
    ]


@pytest.mark.usefixtures("english")
def test_what_travels_is_indonesian_in_every_language_and_the_window_meanwhile_is_not():
    seen = []
    with written.in_indonesian():
        assert [written.day(THEN), written.clock(THEN), written.number(1218)] == ["3 Agustus 2026", "20.11", "1.218"]
        other = threading.Thread(target=lambda: seen.append(written.number(1218)))
        other.start()
        other.join()
    assert [*seen, written.number(1218)] == ["1,218", "1,218"]
