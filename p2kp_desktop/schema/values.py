"""Plain values: the one form in which an answer is stored, compared, hashed and sent.

A plain value is text or a whole number. Decimals are their shortest text ("7.2"), dates ISO text,
several choices the codes joined by commas in the order of the options. None means empty.

A double is read as Excel shows it, by one rule (`values.as_shown`): 15 digits, of these nine decimals where the rest
is noise; a number of up to nine decimals is never touched.
"""

import datetime
import re
import unicodedata
from decimal import Decimal, InvalidOperation

from p2kp_desktop.language import say

Plain = str | int
Answer = Plain | None

SIGNIFICANT = 15  # what Excel, LibreOffice and a double keep of a number
GENERAL = 9  # decimals that a cell shows at most where nobody chose how many: 0,123456789
NOISE = Decimal(2) ** -48  # sixteen of the steps in which doubles go: what a sum of many numbers may be off by
OPERANDS = Decimal(10_000)  # metres, m², houses of one RT: differences are taken between numbers as great as this

_FARTHEST = 1_000  # places before or behind the decimal sign

_GROUPED = re.compile(r"^[+-]?[1-9]\d{0,2}([.,]\d{3})+$")
_TWOFOLD = re.compile(r"^([+-]?[1-9]\d{0,2})([.,])(\d{3})$")  # 1.218: a thousand and more, or one and a bit
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
DATE_SHAPES = ("%Y-%m-%d", "%d-%m-%Y", "%d-%m-%y")


class Unreadable(ValueError):
    """What was typed cannot be understood as an answer; the message is for the person who typed it."""


def tidy(text: str) -> str:
    """Return the text in Unicode NFC, without control characters, with LF line ends and no outer spaces."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", lines)).strip()


def read_decimal(text: str) -> Decimal:
    """Read a number as people write it in Indonesia, comma or point; raise Unreadable.

    With both signs the last one is the decimal sign; one sign that repeats groups thousands. A single comma is the
    decimal sign, and so is a single point, but before exactly three digits it groups thousands: 1.218 is 1218.
    """
    bare = _bare(text)
    if bare.count(",") and bare.count("."):
        grouping = "," if bare.rindex(".") > bare.rindex(",") else "."
        bare = bare.replace(grouping, "")
    for sign in ",.":
        if bare.count(sign) > 1:
            bare = bare.replace(sign, "") if _GROUPED.match(bare) else "?"
    if bare.count(".") and _TWOFOLD.match(_bare(text)):
        bare = bare.replace(".", "")
    return as_shown(exact(bare.replace(",", "."), text))


def _bare(text: str) -> str:
    return text.replace(" ", "").replace("\u00a0", "")


def exact(number: str, text: str) -> Decimal:
    """Return a number written with a decimal point; raise Unreadable, which names the text that was typed."""
    try:
        read = Decimal(number)
    except InvalidOperation:
        raise Unreadable(say("«{value}» bukan angka.", value=text)) from None
    if not read.is_finite():
        raise Unreadable(say("«{value}» bukan angka.", value=text))
    if _is_beyond(read):
        raise Unreadable(say("«{value}» terlalu panjang: paling banyak {most} angka.", value=text, most=SIGNIFICANT))
    return read


def _is_beyond(number: Decimal) -> bool:
    """Say whether a number is so large or so small that not even arithmetic can hold it (1E+999999999)."""
    return bool(number) and not -_FARTHEST <= number.adjusted() <= _FARTHEST


def of_double(number: float) -> Decimal:
    """Return the number that a double out of a workbook or JSON is meant for; raise Unreadable for one that is none."""
    return as_shown(exact(repr(number), str(number)))


def as_shown(number: Decimal) -> Decimal:
    """Return the number that is meant by one which a machine may have computed, and written with all its digits.

    0,1 + 0,2 is 0,30000000000000004 to the machine and 0,3 to everybody else; 2,004724 − 2 is 0,00472399999999995,
    which Excel shows as 0,004724. So the 15 digits count that Excel has, and of these the decimals that a cell shows
    by itself where the rest is no more than the noise of computing. What has up to nine decimals stays as it is, and
    so does what needs more: 1/3 is 0,333333333333333.
    """
    if number.adjusted() >= SIGNIFICANT:
        return number  # whoever reads it says that it is too long
    meant = Decimal(f"{number:.{SIGNIFICANT}g}")
    if int(meant.as_tuple().exponent) >= -GENERAL:
        return meant
    shown = round(meant, GENERAL)
    is_noise = abs(meant - shown) <= NOISE * max(abs(meant), OPERANDS)
    return shown if is_noise else round(meant, SIGNIFICANT)


def other_reading(text: str) -> Decimal | None:
    """Return the number that 1.218 or 1,218 would be if its sign were of the other kind.

    None for a text that is read in one way only.
    """
    found = _TWOFOLD.match(_bare(text))
    if found is None:
        return None
    return Decimal(f"{found[1]}.{found[3]}" if found[2] == "." else f"{found[1]}{found[3]}")


def read_whole(text: str) -> int:
    """Read a whole number; a single sign before exactly three digits groups thousands; raise Unreadable."""
    bare = _bare(text)
    return whole(exact(re.sub("[.,]", "", bare), text) if _GROUPED.match(bare) else read_decimal(text), text)


def whole(number: Decimal, text: str) -> int:
    """Return a whole number of at most 15 digits; raise Unreadable, which names the text that was typed."""
    if number != number.to_integral_value():
        raise Unreadable(say("«{value}» bukan bilangan bulat.", value=text))
    if abs(number) >= 10**SIGNIFICANT:
        raise Unreadable(say("«{value}» terlalu panjang: paling banyak {most} angka.", value=text, most=SIGNIFICANT))
    return int(number)


def plain_decimal(number: Decimal) -> str:
    """Return the shortest text of a decimal; raise Unreadable beyond 15 significant digits."""
    if not number.is_finite() or _is_beyond(number):
        raise Unreadable(say("«{value}» terlalu panjang: paling banyak {most} angka.", value=number, most=SIGNIFICANT))
    shortest = number.normalize()
    _, digits, exponent = shortest.as_tuple()
    if len(digits) > SIGNIFICANT or not isinstance(exponent, int) or not -SIGNIFICANT <= exponent <= SIGNIFICANT:
        raise Unreadable(say("«{value}» terlalu panjang: paling banyak {most} angka.", value=number, most=SIGNIFICANT))
    return "0" if not any(digits) else f"{shortest:f}"


MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)
_ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # a spreadsheet in English writes them so
_OTHER_SPELLINGS = {"pebruari": 2, "agt": 8, "ags": 8, "agst": 8, "nopember": 11}
_SHORTEST_MONTH = 3
_WEEKDAY = re.compile(r"^(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*,?\s+(?=\d)", re.IGNORECASE)
_TIME = re.compile(r"(?<=\d)[T\s]+\d{1,2}[:.]\d\d([:.]\d\d)?(\.\d+)?\s*(z|[+-]\d\d:?\d\d|am|pm|wib)?$", re.IGNORECASE)
_WORDED = re.compile(r"^(\d{1,2})[\s/.-]*([a-z]+)\.?[\s/.,-]*(\d{4}|\d{2})$", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"^([a-z]+)\.?\s*(\d{1,2})\s*,?\s+(\d{4})$", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")
_RUN = re.compile(r"^\d{5,8}$", re.ASCII)
_SEPARATED = re.compile(r"(?<=\d)\s*[/.\s-]\s*(?=\d)")


def read_date(text: str) -> datetime.date:
    """Read year, month and day, or day, month (in figures or words) and year; raise Unreadable.

    «4/10/22», «041022», «4 okt 22», «20221004», «Selasa, 4 Oktober 2022» are the same day; a time after it is left.
    """
    bare = _in_figures(_TIME.sub("", _WEEKDAY.sub("", text.strip())))
    for shape in DATE_SHAPES:
        try:
            return datetime.datetime.strptime(bare, shape).date()
        except ValueError:
            continue
    raise Unreadable(say("«{value}» bukan tanggal. Tulis hari/bulan/tahun, misalnya 04/10/2022.", value=text))


def _in_figures(text: str) -> str:
    """Return a day in figures with a stroke between them, if it has such; anything else as it stands."""
    worded, first, turned = _WORDED.match(text), _MONTH_FIRST.match(text), _YEAR_FIRST.match(text)
    day, word, year = worded.groups() if worded else (first[2], first[1], first[3]) if first else ("", "", "")
    month = _month(word.lower())
    if month:
        return f"{day}-{month}-{year}"
    if turned:
        return "-".join(turned.groups())
    if _RUN.match(text):  # a spreadsheet takes the 0 away that a number begins with
        run = text.zfill(6 if len(text) <= 6 else 8)
        return f"{run[:2]}-{run[2:4]}-{run[4:]}"
    return _SEPARATED.sub("-", text)


def _month(word: str) -> int | None:
    """Return the number of the one month that begins like this, or that is spelt like this in the field."""
    if len(word) < _SHORTEST_MONTH:
        return None
    for spelling, number in _OTHER_SPELLINGS.items():
        if spelling.startswith(word):
            return number
    begun = {
        number for names in (MONTHS, _ENGLISH) for number, name in enumerate(names, 1) if name.lower().startswith(word)
    }
    return begun.pop() if len(begun) == 1 else None
