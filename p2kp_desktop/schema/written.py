"""How a day, a time, a number, money are written for people, in the language that the program speaks.

How they are read is another matter and the same in every language: a point before three digits groups thousands, as
in Indonesia, wherever the table or the person comes from (values.read_decimal). So what people type over, and what
travels in a file to other offices, is written `in_indonesian`.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from fractions import Fraction

from p2kp_desktop.language import SOURCE, say, spoken

from .values import MONTHS

_SHORT = 3  # letters of a short month
_SIGNS = {"en": (",", ".", ":")}  # between thousands, before decimals, between hours and minutes
_INDONESIAN = (".", ",", ".")
_UNITS = (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10))

_always: ContextVar[str] = ContextVar("always", default="")  # a thread of its own may write a file meanwhile


@contextmanager
def in_indonesian() -> Iterator[None]:
    """Write days, times and numbers as in Indonesia meanwhile, whatever the program speaks."""
    before = _always.set(SOURCE)
    try:
        yield
    finally:
        _always.reset(before)


def _signs() -> tuple[str, str, str]:
    return _SIGNS.get(_always.get() or spoken(), _INDONESIAN)


def _month(number: int) -> str:
    name = MONTHS[number - 1]
    return name if _always.get() else say(name)


def _date(day: datetime.date | str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(day.partition("T")[0]) if isinstance(day, str) else day
    except ValueError:
        return None


def day(day: datetime.date | str) -> str:
    """Return a day, or that of a time, be it in ISO form or not, as 4 Oktober 2022; any other text as it stands."""
    date = _date(day)
    return f"{date.day} {_month(date.month)} {date.year}" if date else str(day)


def short_day(day: datetime.date | str, *, year: int | None = None) -> str:
    """Return a day as 4 Okt 2022, one of this `year` as 4 Okt; any other text as it stands."""
    date = _date(day)
    if date is None:
        return str(day)
    short = f"{date.day} {_month(date.month)[:_SHORT]}"
    return short if date.year == year else f"{short} {date.year}"


def clock(time: datetime.datetime | str, *, seconds: bool = False) -> str:
    """Return the hour and minute, perhaps the second, of a time or one in ISO form: 14.32; any other text as it stands.

    It is the clock of the device that wrote the time, whatever its zone.
    """
    _, mark, after = (time if isinstance(time, str) else time.isoformat()).partition("T")
    return after[: 8 if seconds else 5].replace(":", _signs()[2]) if mark else str(time)


def moment(time: datetime.datetime | str, *, seconds: bool = False) -> str:
    """Return a time as 4 Oktober 2022, 14.32; any other text as it stands, a day alone as a day."""
    text = time if isinstance(time, str) else time.isoformat()
    return f"{day(text)}, {clock(text, seconds=seconds)}" if "T" in text and _date(text) else day(text)


def short_moment(time: str, *, year: int) -> str:
    """Return a time of this `year` as 3 Okt, 20.11, and one of another year as 3 Okt 2022; nothing for no time."""
    date = _date(time)
    if date is None:
        return ""
    return f"{short_day(date, year=year)}, {clock(time)}" if date.year == year else short_day(date)


def moment_since(time: str, today: datetime.date) -> str:
    """Return a time of today as 14.32, and one of another day as 4 Oktober 2022."""
    return clock(time) if time[:10] == today.isoformat() else day(time)


def number(number: Decimal | int) -> str:
    """Return a number as it is, its thousands grouped: 1.218, 1.218,50."""
    shown = f"{number:,f}" if isinstance(number, Decimal) else f"{number:,d}"
    thousands, decimals, _ = _signs()
    return shown.translate({ord(","): thousands, ord("."): decimals})


def decimal(exact: Decimal | Fraction | float, places: int = 1) -> str:
    """Return a number rounded to at most so many decimals: 4,5, and 4 for 4,04."""
    scaled = round(Fraction(exact) * 10**places)
    return number(_trimmed(Decimal(scaled).scaleb(-places)))


def rounded_percent(exact: Decimal | Fraction, places: int = 1) -> Decimal:
    """Return per cents rounded half up, but never up onto a whole per cent, nor down to nothing.

    99,96 is 99,9, 79,97 is 79,9 and 0,04 is 0,1: what reads as its target has reached it, be that 100, 80 or 0.
    """
    scaled, whole = Fraction(exact) * 10**places, 10**places
    rounded = int(scaled + Fraction(1, 2))
    if rounded > scaled and rounded % whole == 0:
        rounded -= 1
    elif not rounded and scaled:
        rounded = 1
    return _trimmed(Decimal(rounded).scaleb(-places))


def percent(exact: Decimal | Fraction) -> str:
    """Return per cents with at most one decimal, by the rule of `rounded_percent`: 82,6 %."""
    return f"{number(rounded_percent(exact))} %"


def hectares(exact: Decimal | Fraction) -> str:
    """Return an area with two decimals: 12,40 ha."""
    return f"{number((Decimal(round(exact * 100)) / 100).quantize(Decimal('0.01')))} ha"


def money(amount: Decimal | int) -> str:
    """Return an amount as Rp1.500.000."""
    return f"Rp{number(amount)}"


def size(octets: int) -> str:
    """Return how much room a file takes: 812 KB, 41,3 MB, 14 GB; the least is 1 KB."""
    unit, whole = next((each for each in _UNITS if octets >= each[1]), _UNITS[-1])
    return f"{max(1, octets // whole)} {unit}" if unit == "KB" else f"{decimal(Fraction(octets, whole))} {unit}"


def _trimmed(decimal: Decimal) -> Decimal:
    """Return it without noughts at its end, 100 as 100 and not as 1E+2."""
    return decimal.normalize() + 0
