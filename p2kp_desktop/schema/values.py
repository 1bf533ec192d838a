"""Plain values: the one form in which an answer is stored, compared, hashed and sent.

A plain value is text or a whole number. Decimals are their shortest text ("7.2"), dates ISO text,
several choices the codes joined by commas in the order of the options. None means empty.
"""

import datetime
import re
import unicodedata
from decimal import Decimal, InvalidOperation

Plain = str | int
Answer = Plain | None

SIGNIFICANT = 15  # what Excel, LibreOffice and a double keep of a number

_GROUPED = re.compile(r"^[+-]?\d{1,3}([.,]\d{3})+$")
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
DATE_SHAPES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%d%m%Y", "%d%m%y")


class Unreadable(ValueError):
    """What was typed cannot be understood as an answer; the message is for the person who typed it."""


def tidy(text: str) -> str:
    """Return the text in Unicode NFC, without control characters, with LF line ends and no outer spaces."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", lines)).strip()


def read_decimal(text: str) -> Decimal:
    """Read a number as people write it, comma or point; raise Unreadable.

    With both signs the last one is the decimal sign; one sign that repeats groups thousands.
    """
    bare = text.replace(" ", "").replace("\u00a0", "")
    if bare.count(",") and bare.count("."):
        grouping = "," if bare.rindex(".") > bare.rindex(",") else "."
        bare = bare.replace(grouping, "")
    for sign in ",.":
        if bare.count(sign) > 1:
            bare = bare.replace(sign, "") if _GROUPED.match(bare) else "?"
    try:
        number = Decimal(bare.replace(",", "."))
    except InvalidOperation:
        raise Unreadable(f"«{text}» bukan angka.") from None
    if not number.is_finite():
        raise Unreadable(f"«{text}» bukan angka.")
    return number


def read_whole(text: str) -> int:
    """Read a whole number; a single sign before exactly three digits groups thousands; raise Unreadable."""
    bare = text.replace(" ", "")
    number = read_decimal(re.sub("[.,]", "", bare) if _GROUPED.match(bare) else bare)
    if number != number.to_integral_value():
        raise Unreadable(f"«{text}» bukan bilangan bulat.")
    if abs(number) >= 10**SIGNIFICANT:
        raise Unreadable(f"«{text}» terlalu panjang: paling banyak {SIGNIFICANT} angka.")
    return int(number)


def plain_decimal(number: Decimal) -> str:
    """Return the shortest text of a decimal; raise Unreadable beyond 15 significant digits."""
    shortest = number.normalize()
    _, digits, exponent = shortest.as_tuple()
    if len(digits) > SIGNIFICANT or not isinstance(exponent, int) or not -SIGNIFICANT <= exponent <= SIGNIFICANT:
        raise Unreadable(f"«{number}» terlalu panjang: paling banyak {SIGNIFICANT} angka.")
    return "0" if not any(digits) else f"{shortest:f}"


MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)
_OTHER_SPELLINGS = {"pebruari": 2, "agt": 8, "ags": 8, "agst": 8, "nopember": 11}
_SHORTEST_MONTH = 3
_WEEKDAY = re.compile(r"^(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*,?\s+(?=\d)", re.IGNORECASE)
_WORDED = re.compile(r"^(\d{1,2})[\s/.-]*([a-z]+)\.?[\s/.,-]*(\d{4}|\d{2})$", re.IGNORECASE)


def read_date(text: str) -> datetime.date:
    """Read an ISO date, or day, month (in figures or words) and year; raise Unreadable.

    «4/10/22», «041022», «4 okt 22», «Selasa, 4 Oktober 2022» are the same day.
    """
    bare = _in_figures(_WEEKDAY.sub("", text))
    for shape in DATE_SHAPES:
        try:
            return datetime.datetime.strptime(bare, shape).date()
        except ValueError:
            continue
    raise Unreadable(f"«{text}» bukan tanggal. Tulis hari/bulan/tahun, misalnya 04/10/2022.")


def _in_figures(text: str) -> str:
    """Return a day whose month is a word with the month's number; anything else as it stands."""
    worded = _WORDED.match(text)
    month = _month(worded[2].lower()) if worded else None
    return f"{worded[1]}/{month}/{worded[3]}" if worded and month else text


def _month(word: str) -> int | None:
    """Return the number of the one month that begins like this, or that is spelt like this in the field."""
    if len(word) < _SHORTEST_MONTH:
        return None
    for spelling, number in _OTHER_SPELLINGS.items():
        if spelling.startswith(word):
            return number
    begun = [number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(word)]
    return begun[0] if len(begun) == 1 else None


def show_date(plain: str) -> str:
    """Return an ISO date as 4 Oktober 2022; anything else as it stands."""
    try:
        day = datetime.date.fromisoformat(plain)
    except ValueError:
        return plain
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def show_number(number: Decimal | int) -> str:
    """Return a number as 1.218,50 is written in Indonesia."""
    shown = f"{number:,f}" if isinstance(number, Decimal) else f"{number:,d}"
    return shown.translate(str.maketrans(",.", ".,"))
