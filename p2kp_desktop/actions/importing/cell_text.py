"""What a cell says once the marks of people and office suites are off it: apostrophes, dashes, days that were none.

What an office suite did to a cell is said, never guessed back: an RT that became a day, digits that are lost, a dash,
month before day. Only a day's own number (44838) is read, for it can mean nothing else, a percentage as its cell
shows it, and a computed number as Excel shows it.
"""

import datetime
import re
from collections.abc import Iterator

from p2kp_desktop.exchange.columns import Matched
from p2kp_desktop.exchange.headings import RW
from p2kp_desktop.exchange.tables import Table, is_ruined, words
from p2kp_desktop.schema import Choice, Date, Form, Identity, Question
from p2kp_desktop.schema.choices import Option
from p2kp_desktop.schema.quantities import Number

_APOSTROPHE = re.compile(r"^['’‘`](?=[\d+-])")
_UNSEEN = re.compile("[\u200b\u200c\u200e\u200f\u2060\ufeff\u00ad]")
_ODD_SPACE = re.compile("[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_DASH = re.compile(r"[-–—‒−]+")
_MONTHS = "jan|feb|mar|apr|me[iy]|jun|jul|agu|aug|sep|okt|oct|nov|de[sc]"
_DAY = re.compile(rf"\d{{1,2}}[- ]({_MONTHS})[a-z]*|({_MONTHS})[a-z]*[- ]\d{{1,2}}|\d{{4}}-\d\d-\d\d", re.IGNORECASE)
_SERIAL = range(41_275, 50_000)  # days since 1900 from 2013 to 2036; none of them is a day written as ddmmyy
_EPOCH = datetime.date(1899, 12, 30)
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[/-](\d{1,2})[/-](?:\d\d|\d{4})")
_YES = frozenset({"v", "√", "✓", "✔", "☑", "y", "1", "true", "iya"})
_NO = frozenset({"0", "n", "t", "tdk", "false", "☐"})
_YES_OR_NO = ("yes", "no")
_MONTHS_OF_A_YEAR = 12
_LEAST = 3  # identity numbers from which all of them ending with 0 is no chance


def is_dash(value: object) -> bool:
    """Say whether a cell holds the dash with which people leave it out."""
    return isinstance(value, str) and _DASH.fullmatch(value.strip()) is not None


def without_apostrophe(value: object) -> object:
    """Return a cell without the apostrophe that people put before figures to have them kept as they are."""
    return _APOSTROPHE.sub("", value.strip()) if isinstance(value, str) else value


def as_seen(value: object) -> object:
    """Return a cell without signs that nobody sees, as they come from web pages: a text with plain spaces alone."""
    return _ODD_SPACE.sub(" ", _UNSEEN.sub("", value)).strip(" ") if isinstance(value, str) else value


def is_day(value: object) -> bool:
    """Say whether a cell is a day, or was written from one: what an office suite makes of 5/12."""
    return isinstance(value, datetime.date) or (isinstance(value, str) and _DAY.fullmatch(value.strip()) is not None)


def may_be_spoiled(question: Question[object] | None, value: object) -> bool:
    """Say whether a day stands in a cell that asks for words: perhaps a house number 12/3 once."""
    return isinstance(value, datetime.date) and question is not None and question.kind == "text"


def may_be_share(question: Question[object] | None, value: object) -> bool:
    """Say whether a number may be meant as a share of 1 where a percentage is asked: 0,45 for 45 %."""
    return isinstance(value, float) and 0 < value < 1 and isinstance(question, Number) and question.unit == "%"


def option_of_mark(question: Choice, text: str) -> Option | None:
    """Return the option of a question of yes or no that a mark means; None where it may mean either, or neither."""
    codes = question.options.codes
    meant = "tidak" if text.casefold() in _NO else next((code for code in ("ya", "ada") if code in codes), "")
    if len(codes) != len(_YES_OR_NO) or "tidak" not in codes or text.casefold() not in _NO | _YES:
        return None
    if text == "1" and codes[0] == "tidak":  # the first option, or yes?
        return None
    return next((each for each in question.options if each.code == meant), None)


def spoiled_by_days(form: type[Form], key: str) -> bool:
    """Say whether a day cannot be meant in the cells that answer this: an RT, or an amount."""
    question = form.question(key)
    return key in ("rt", RW) or (question is not None and question.kind in ("whole", "decimal", "money"))


def day_of_serial(value: object) -> datetime.date | None:
    """Return the day of which a cell shows the number that office suites keep; None for everything else."""
    text = words(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else ""
    number = re.fullmatch(r"(\d{5})(?:[.,]\d+)?", text)
    if number is None or int(number[1]) not in _SERIAL:
        return None
    return _EPOCH + datetime.timedelta(int(number[1]))


def month_first(values: Iterator[object]) -> tuple[list[str], list[str]]:
    """Return the days that can only be month/day/year, and those that may be read in both orders."""
    surely: list[str] = []
    perhaps: list[str] = []
    for text in (value.strip() for value in values if isinstance(value, str)):
        found = _MONTH_FIRST.fullmatch(text)
        if found and int(found[2]) > _MONTHS_OF_A_YEAR:
            surely.append(text)
        elif found and int(found[1]) != int(found[2]):
            perhaps.append(text)
    return surely, perhaps


def ruined_columns(form: type[Form], table: Table, matched: Matched) -> frozenset[int]:
    """Return the columns of identity numbers of which every one ends with 0: an office suite took their last digits."""
    return frozenset(
        column for column, key in matched.columns.items()
        if isinstance(form.question(key), Identity) and _all_end_with_zero(_below(table, matched, column))
    )


def _all_end_with_zero(values: Iterator[object]) -> bool:
    whole = [text for text in map(words, values) if len(text) == Identity.digits and text.isdecimal()]
    return len(whole) >= _LEAST and all(text.endswith("0") for text in whole)


def days_in(form: type[Form], table: Table, matched: Matched) -> Iterator[tuple[int, Iterator[object]]]:
    """Yield the columns of days with what stands in them."""
    for column, key in sorted(matched.columns.items()):
        if isinstance(form.question(key), Date):
            yield column, _below(table, matched, column)


def _below(table: Table, matched: Matched, column: int) -> Iterator[object]:
    return (row[column] for row in table.rows[matched.heading :] if column < len(row))


def is_masked(question: Question[object] | None, value: object) -> bool:
    """Say whether a cell is an identity number as the program's own tables show it, with its middle hidden."""
    return isinstance(question, Identity) and "•" in str(value)


def has_lost_digits(question: Question[object] | None, value: object, *, column_is_ruined: bool) -> bool:
    """Say whether a cell is an identity number of which an office suite took digits."""
    if not isinstance(question, Identity):
        return False
    text = words(value)
    return is_ruined(value) or (column_is_ruined and len(text) == Identity.digits and text.endswith("0"))
