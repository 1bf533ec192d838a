"""What a column of a table shows, to the database: its value, and conditions on it; derived values are computed.

Equal is what a cell shows, a limit is meant exactly: derived values are computed by the database where a table is
sorted or filtered by them, and «≥ 7,2» finds the houses that the assessment counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.schema import Answer, Choice, Derived, Form, Question, Reference, Several
from p2kp_desktop.schema.quantities import Number

from . import completeness
from .spread import Spreading
from .tables import RECORDS

IS, IS_NOT, AT_LEAST, AT_MOST, EMPTY, FILLED, CONTAINS = HOWS = (
    "is", "is_not", "at_least", "at_most", "empty", "filled", "contains"
)
_NOISE = 1e-9  # of a number: what computing with doubles may add or take away


@dataclass(frozen=True)
class Condition:
    """One condition on an answer, by the key of its question or part of the address; `value` is a plain answer."""

    key: str
    how: str
    value: Answer = None
    called: str = field(default="", compare=False)  # the title of the record that `value` is the id of


def able(question: Question[Any] | None) -> tuple[str, ...]:
    """Return the conditions that make sense for an answer; `question` is None for a part of the address."""
    if question is None:
        return IS, IS_NOT, EMPTY, FILLED
    if isinstance(question, Choice | Several | Reference):
        return IS, IS_NOT, EMPTY, FILLED
    if isinstance(question, Number | Derived) or question.kind == "date":
        return IS, IS_NOT, AT_LEAST, AT_MOST, EMPTY, FILLED
    return CONTAINS, IS, IS_NOT, EMPTY, FILLED


def value(form: type[Form], key: str, rules: Mapping[str, str]) -> sa.ColumnElement[Any]:
    """Return the value that a table column shows of a row, by the rule set of each period; NULL for an empty cell."""
    question = form.question(key)
    if isinstance(question, Derived):
        return Spreading(form, rules).number(question)
    return completeness.in_force(key) if form is Resident and key in completeness.ENDED else RECORDS[form.key].c[key]


def whole_rows(form: type[Form]) -> list[sa.ColumnElement[Any]]:
    """Return every column of a form under its name, each with what it shows; derived values are not among them."""
    kept = RECORDS[form.key].c
    ended = completeness.ENDED if form is Resident else ()
    return [completeness.in_force(each.name).label(each.name) if each.name in ended else each for each in kept]


def clause(form: type[Form], condition: Condition, rules: Mapping[str, str]) -> sa.ColumnElement[bool]:
    """Return a condition as SQL; an empty answer is none of those asked for, and is not what it is compared with."""
    column, question, given = value(form, condition.key, rules), form.question(condition.key), condition.value
    if condition.how == EMPTY:
        return column.is_(None)
    if condition.how == FILLED:
        return column.is_not(None)
    if isinstance(question, Derived):
        return _computed(column, question.places, condition)
    if condition.how == AT_LEAST:
        return column >= given
    if condition.how == AT_MOST:
        return column <= given
    if condition.how == CONTAINS:
        return sa.func.lower(column).contains(str(given).lower(), autoescape=True)
    if isinstance(question, Several):
        same = ("," + sa.func.coalesce(column, "") + ",").contains(f",{given},", autoescape=True)
    else:
        same = column.is_not_distinct_from(given) if given is None else column == given
    return same if condition.how == IS else sa.or_(column.is_(None), sa.not_(same))


def _computed(column: sa.ColumnElement[Any], places: int, condition: Condition) -> sa.ColumnElement[bool]:
    """Return a condition on a derived value: equal is what its cell shows, half up; limits are meant exactly."""
    given = Decimal(str(condition.value))
    number, noise = float(given), _NOISE * max(abs(float(given)), 1)
    if condition.how == AT_LEAST:
        return column >= number - noise
    if condition.how == AT_MOST:
        return column <= number + noise
    half = float(Decimal(5).scaleb(min(-places, int(given.as_tuple().exponent)) - 1))
    same = sa.and_(column >= number - half - noise, column < number + half - noise)
    return same if condition.how == IS else sa.or_(column.is_(None), sa.not_(same))
