"""How a record stands, decided by the database: the problems of Record.problems() as conditions on the columns.

A list of 50,000 households is told apart by these in one scan; a test compares them with Record.problems().
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.schema import (
    HARD,
    Bounded,
    Check,
    Choice,
    Date,
    Form,
    Identity,
    InPeriod,
    Judgement,
    NotBefore,
    Question,
    Several,
    Text,
    review,
)
from p2kp_desktop.schema.conditions import DEFAULT_RULES, Among, Asked, Both, Condition, Except, UnderRules
from p2kp_desktop.schema.expressions import Expression, Fixed, Operation, Together
from p2kp_desktop.schema.forms import ERASED
from p2kp_desktop.schema.quantities import Derived, Number
from p2kp_desktop.schema.records import WHY

from .tables import RECORDS, REVIEW, conflicts, drafts, oddities

CONFLICT, DRAFT, PROBLEM, INCOMPLETE, COMPLETE = STANDINGS = ("conflict", "draft", "problem", "incomplete", "complete")
RETURNED, CHANGED, READY, VERIFIED = REVIEWS = ("returned", "changed", "ready", "verified")

# What the review says of a record, by the words its column keeps.
SAID = {review.RETURNED: RETURNED, review.CHANGED: CHANGED, review.READY: READY, review.VERIFIED: VERIFIED}

Clause = sa.ColumnElement[bool]


@dataclass(frozen=True)
class Standing:
    """The conditions under which a record of a form is incomplete or has a problem nobody explained."""

    form: type[Form]
    rules: Mapping[str, str]  # rule set by period, as views.rule_sets gives it

    def case(self) -> sa.ColumnElement[str]:
        """Return the standing of a row: conflict, draft, problem, incomplete or complete, the first that holds."""
        return sa.case(*self._unsettled(), *self._lacking(), else_=COMPLETE)

    def status(self) -> sa.ColumnElement[str]:
        """Return what a list says of a row: as case(), but what the review says goes before what is filled in.

        Returned, changed since it was verified, ready, verified: an open conflict and a draft go before them.
        """
        said = RECORDS[self.form.key].c[REVIEW]
        reviewed = [(said == word, standing) for word, standing in SAID.items()]
        return sa.case(*self._unsettled(), *reviewed, *self._lacking(), else_=COMPLETE)

    def _unsettled(self) -> list[tuple[Clause, str]]:
        column = RECORDS[self.form.key].c
        disputed = sa.select(conflicts.c.record).where(conflicts.c.form == self.form.key)
        return [(column.id.in_(disputed), CONFLICT), (column.id.in_(sa.select(drafts.c.id)), DRAFT)]

    def _lacking(self) -> list[tuple[Clause, str]]:
        return [(self.has_problem(), PROBLEM), (self.is_incomplete(), INCOMPLETE)]

    def is_incomplete(self) -> Clause:
        """Return the condition that a required question is asked and empty, and was not erased on request."""
        wanted = [each for each in self.form.stored() if each.required]
        return sa.or_(sa.false(), *(
            sa.and_(self._column(each).is_(None), *self._asked(each), *self._kept(each)) for each in wanted
        ))

    def _kept(self, question: Question[Any]) -> Iterator[Clause]:
        """Yield that the answer was not erased, which only private ones ever are."""
        if question.private:
            extra = RECORDS[self.form.key].c.extra
            yield sa.or_(extra.is_(None), ~extra.contains(f'"{ERASED}{question.key}"', autoescape=True))

    def has_problem(self) -> Clause:
        """Return the condition that an answer is impossible, unlikely without a note, or not asked for."""
        return sa.or_(
            self._has_unreadable(),
            *(clause for each in self.form.stored() for clause in self._wrong(each)),
            *(self._broken(check) for check in self.form.checks),
        )

    def _column(self, question: Asked) -> sa.ColumnElement[Any]:
        return RECORDS[self.form.key].c[question.key]

    def _asked(self, question: Asked) -> list[Clause]:
        return list(self._holds(question.when))

    def _holds(self, condition: Condition) -> Iterator[Clause]:
        """Yield clauses that are never NULL and hold together when the condition does."""
        if isinstance(condition, Both):
            yield from self._holds(condition.first)
            yield from self._holds(condition.second)
        elif isinstance(condition, Among):
            yield self._among(condition)
        elif isinstance(condition, Except):
            yield sa.not_(self._among(Among(condition.question, condition.codes)))
        elif isinstance(condition, UnderRules):
            yield self._under(condition.rules)

    def _among(self, condition: Among) -> Clause:
        question = condition.question
        answer = sa.func.coalesce(self._column(question), "")
        if isinstance(question, Several):
            listed = "," + answer + ","
            chosen: Clause = sa.or_(*(listed.contains(f",{code},", autoescape=True) for code in condition.codes))
        else:
            chosen = answer.in_(condition.codes)
        return sa.and_(chosen, *self._asked(question))

    def _under(self, rules: str) -> Clause:
        period = sa.func.coalesce(RECORDS[self.form.key].c.period, "")
        if rules == DEFAULT_RULES:
            return period.not_in([key for key, used in self.rules.items() if used != rules])
        return period.in_([key for key, used in self.rules.items() if used == rules])

    def _wrong(self, question: Question[Any]) -> Iterator[Clause]:
        yield from self._not_asked(question)
        yield from self._hard(question)
        yield from self._soft(question)

    def _not_asked(self, question: Question[Any]) -> Iterator[Clause]:
        """Yield that there is an answer which is not asked for."""
        asked = self._asked(question)
        if asked:
            yield sa.and_(self._column(question).is_not(None), sa.not_(sa.and_(*asked)))

    def _hard(self, question: Question[Any]) -> Iterator[Clause]:
        """Yield that the answer is impossible."""
        hard = list(_impossible(question, self._column(question)))
        if hard:
            yield sa.and_(sa.or_(*hard), *self._asked(question))

    def _soft(self, question: Question[Any]) -> Iterator[Clause]:
        """Yield that the answer is unlikely, and nobody said why it is right."""
        soft = list(_unlikely(question, self._column(question)))
        if soft:
            yield sa.and_(sa.or_(*soft), *self._asked(question), self._not_explained(question.key))

    def _broken(self, check: Check) -> Clause:
        broken = self._breaking(check)
        return broken if check.severity == HARD else sa.and_(broken, self._not_explained(check.at()))

    def _breaking(self, check: Check) -> Clause:
        match check:
            case Judgement():
                return self._is_odd(check.at())
            case InPeriod():
                return self._of_another_year(check)
            case NotBefore():
                return self._before(check)
            case Bounded():
                beyond: Clause = check.beyond(self._value(check.question), self._value(check.limit))
                return beyond
        raise NotImplementedError(check)

    def _before(self, check: NotBefore) -> Clause:
        """Return the condition that a day lies before an earlier one; ISO dates are in order as texts."""
        return sa.or_(*(
            sa.and_(self._day(check.question) < self._day(each), *self._asked(check.question), *self._asked(each))
            for each in check.earlier
        ))

    def _of_another_year(self, check: InPeriod) -> Clause:
        """Return the condition that a day lies in another year than the period, whose year stands first in it."""
        period, year = RECORDS[self.form.key].c.period, sa.func.substr(self._day(check.question), 1, 4)
        yearly = sa.or_(period.like("____"), period.like("____-%"))
        return sa.and_(yearly, year != sa.func.substr(period, 1, 4), *self._asked(check.question))

    def _day(self, question: Date) -> sa.ColumnElement[Any]:
        column = self._column(question)
        return sa.case((column.like("____-__-__"), column))

    def _is_odd(self, key: str) -> Clause:
        noted = sa.select(oddities.c.record).where(oddities.c.form == self.form.key, oddities.c.question == key)
        return RECORDS[self.form.key].c.id.in_(noted)

    def _value(self, expression: Expression, *, counted: bool = False) -> sa.ColumnElement[Any]:
        """Return the value of an expression over the answers that are asked for; NULL while one is missing.

        `counted` leaves out answers that cannot be, as every figure does (Record.counted).
        """
        if isinstance(expression, Fixed):
            return sa.literal(expression.number)
        if isinstance(expression, Derived):
            return self._value(expression.formula, counted=counted)
        if isinstance(expression, Operation):
            left, right = (self._value(each, counted=counted) for each in (expression.left, expression.right))
            return _joined(left, expression.sign, right)
        if isinstance(expression, Together):
            return _together([self._value(each, counted=counted) for each in expression.addends])
        if not isinstance(expression, Number):
            raise TypeError(f"{expression} has no column")
        column, conditions = sa.type_coerce(self._column(expression), sa.Double), self._asked(expression)
        if counted:
            conditions = [*conditions, *self._possible(expression)]
        return sa.case((sa.and_(*conditions), column)) if conditions else column

    def _possible(self, question: Question[Any]) -> Iterator[Clause]:
        """Yield that an answer can be: it lies within its limits and keeps every hard check that is marked at it."""
        for wrong in _impossible(question, self._column(question)):
            yield sa.not_(wrong)
        for check in self.form.checks:
            if check.severity == HARD and check.at() == question.key:
                yield sa.not_(sa.func.coalesce(self._breaking(check), sa.false()))

    def _not_explained(self, key: str) -> Clause:
        extra = RECORDS[self.form.key].c.extra
        return sa.or_(extra.is_(None), extra.not_like(f'%"{WHY}{key}":%'))

    def _has_unreadable(self) -> Clause:
        """Return the condition that an answer is of a kind its column cannot keep."""
        extra = RECORDS[self.form.key].c.extra
        return sa.and_(extra.is_not(None), sa.or_(*(extra.like(f'%"{each.key}":%') for each in self.form.stored())))


def _impossible(question: Question[Any], column: sa.ColumnElement[Any]) -> Iterator[Clause]:
    if isinstance(question, Number):
        number = sa.type_coerce(column, sa.Double)
        if question.low is not None:
            yield number < float(question.low)
        if question.high is not None:
            yield number > float(question.high)
    elif isinstance(question, Date):
        yield column.not_like("____-__-__")
    elif isinstance(question, Several) and question.alone:
        yield sa.and_(column.contains(question.alone, autoescape=True), column != question.alone)


def _unlikely(question: Question[Any], column: sa.ColumnElement[Any]) -> Iterator[Clause]:
    if isinstance(question, Number) and question.usual:
        low, high = (float(limit) for limit in question.usual)
        yield sa.not_(sa.type_coerce(column, sa.Double).between(low, high))
    elif isinstance(question, Date):
        latest = sa.bindparam(None, callable_=lambda: question.latest().isoformat(), type_=sa.Text)
        yield sa.or_(column < question.earliest.isoformat(), column > latest)
    elif isinstance(question, Choice):
        yield column.not_in(question.options.codes)
    elif isinstance(question, Identity):
        yield sa.or_(sa.func.length(column) != question.digits, sa.func.ltrim(column, "0123456789") != "")
    elif isinstance(question, Text):
        yield sa.func.length(column) > question.longest


def _joined(left: sa.ColumnElement[Any], sign: str, right: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    if sign == "+":
        return left + right
    if sign == "−":
        return left - right
    if sign == "×":
        return left * right
    return left / sa.func.nullif(right, 0.0)


def _together(addends: list[sa.ColumnElement[Any]]) -> sa.ColumnElement[Any]:
    """Return the sum of what is not NULL, NULL where everything is."""
    whole: sa.ColumnElement[Any] = sa.literal(0.0)
    for each in addends:
        whole = whole + sa.func.coalesce(each, 0.0)
    return sa.case((sa.or_(*(each.is_not(None) for each in addends)), whole))
