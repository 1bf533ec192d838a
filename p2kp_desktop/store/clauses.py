"""What schema/comparisons.py states about answers, put to the database: each word of it once, whoever uses it.

Limits of questions, checks and skip logic are made of these words, so that a new one needs nothing here.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar

import sqlalchemy as sa

from p2kp_desktop.schema import HARD, Form, Question, comparisons, conditions, expressions
from p2kp_desktop.schema.checks import Check
from p2kp_desktop.schema.conditions import Asked, Condition
from p2kp_desktop.schema.quantities import Derived, Number

from .tables import RECORDS, oddities

Clause = sa.ColumnElement[bool]
Column = sa.ColumnElement[Any]

N = TypeVar("N")


@dataclass(frozen=True)
class Clauses:
    """Says of the rows of a form what conditions on its answers say, and what its quantities are.

    `rules` is the rule set by period, as views.rule_sets gives it. With `counted` answers that cannot be are left
    out, as of every figure (Record.counted). Without `asking` answers count that are not asked for.
    """

    form: type[Form]
    rules: Mapping[str, str]
    counted: bool = False
    asking: bool = True

    def column(self, key: str) -> Column:
        """Return the column of an answer, or of a part of the address."""
        return RECORDS[self.form.key].c[key]

    def holds(self, condition: Condition) -> Clause:
        """Return that a condition holds; NULL, which is no, may stand for an answer that is missing."""
        return _of(_CONDITIONS, condition)(self, condition)

    def surely(self, condition: Condition) -> Clause:
        """Return the same without NULL, so that the opposite can be asked."""
        clause = self.holds(condition)
        known = all(isinstance(each, _NEVER_NULL) for each in comparisons.within(condition))
        return clause if known else sa.func.coalesce(clause, sa.false())

    def value(self, term: comparisons.Term) -> Column:
        """Return the value of a term as a column of the database; NULL while an answer it needs is missing."""
        return _of(_TERMS, term)(self, term)

    def asked(self, question: Asked) -> list[Clause]:
        """Return that a question is asked, nothing for one that always is."""
        return [] if question.when is conditions.ALWAYS else [self.surely(question.when)]

    def own(self, question: Question[Any], severity: str) -> Iterator[Clause]:
        """Yield that an answer is beyond a limit of its question, whether it is asked for or not."""
        bare, given = replace(self, asking=False), self.column(question.key).is_not(None)
        for limit in question.limits():
            if limit.severity == severity:
                beyond = bare.holds(limit.beyond)
                empty_too = any(isinstance(each, _HOLD_OF_NOTHING) for each in comparisons.within(limit.beyond))
                yield sa.and_(given, beyond) if empty_too else beyond

    def breaks(self, check: Check) -> Clause:
        """Return that a check is broken whose question is asked and answered."""
        question, limits = self.form.question(check.at()), tuple(check.limits())
        assert question is not None  # a form without it is refused
        broken = sa.or_(*(self.holds(limit.beyond) for limit in limits))
        if all(_needs(limit.beyond, question) for limit in limits):
            return broken
        return sa.and_(self.column(question.key).is_not(None), *self.asked(question), broken)

    def possible(self, question: Question[Any]) -> Iterator[Clause]:
        """Yield that an answer can be: it is within its limits and keeps every hard check that is marked at it."""
        everything = replace(self, counted=False)
        for wrong in everything.own(question, HARD):
            yield sa.not_(wrong)
        for check in self.form.checks:
            if check.severity == HARD and check.at() == question.key:
                yield sa.not_(sa.func.coalesce(everything.breaks(check), sa.false()))


def _needs(condition: Condition, question: Question[Any]) -> bool:
    """Say whether a condition cannot hold while a question is not asked or not answered."""
    if isinstance(condition, conditions.Both):
        return _needs(condition.first, question) or _needs(condition.second, question)
    return isinstance(condition, comparisons.Compare) and any(part is question for part in condition.leans_on())


def _of(table: Mapping[type, Callable[..., N]], word: object) -> Callable[..., N]:
    return next(table[kind] for kind in type(word).__mro__ if kind in table)


def _among(on: Clauses, condition: conditions.Among) -> Clause:
    question = condition.question
    answer = sa.func.coalesce(on.column(question.key), "")
    if question.many:
        listed = "," + answer + ","
        chosen: Clause = sa.or_(*(listed.contains(f",{code},", autoescape=True) for code in condition.codes))
    else:
        chosen = answer.in_(condition.codes)
    return sa.and_(chosen, *on.asked(question)) if on.asking else chosen


def _under(on: Clauses, condition: conditions.UnderRules) -> Clause:
    period = sa.func.coalesce(on.column("period"), "")
    if condition.rules == conditions.DEFAULT_RULES:
        return period.not_in([key for key, used in on.rules.items() if used != condition.rules])
    return period.in_([key for key, used in on.rules.items() if used == condition.rules])


def _compared(on: Clauses, condition: comparisons.Compare) -> Clause:
    left, right = on.value(condition.left), on.value(condition.right)
    if _is_inexact(condition.left) or _is_inexact(condition.right):
        beyond: Clause = _WITH_NOISE[condition.sign](left - right)
        return beyond
    clause: Clause = comparisons.SIGNS[condition.sign](left, right)  # type: ignore[assignment]
    return clause


def _is_inexact(term: comparisons.Term) -> bool:
    """Say whether a term is computed of decimals, of which the database keeps doubles: 0,3 − 0,1 is less than 0,2."""
    if isinstance(term, Question) and not isinstance(term, Derived):
        return False
    return any(isinstance(part, Question) and part.kept == "decimal" for part in term.parts())


_NOISE = 1e-7  # what computing with doubles may add or take away; nobody measures so finely
_WITH_NOISE: Mapping[str, Callable[[Any], Any]] = {
    "<": lambda more: more < -_NOISE, ">": lambda more: more > _NOISE, "≤": lambda more: more <= _NOISE,
    "≥": lambda more: more >= -_NOISE, "=": lambda more: more.between(-_NOISE, _NOISE),
    "≠": lambda more: sa.not_(more.between(-_NOISE, _NOISE)),
}


def _shaped(on: Clauses, condition: comparisons.Shaped) -> Clause:
    text = on.value(condition.of)
    return sa.or_(*(text.like(like(shape), escape="/") for shape in condition.shapes))


def like(shape: str) -> str:
    """Return a shape as LIKE writes it."""
    written = {"?": "_", "*": "%", "_": "/_", "%": "/%", "/": "//"}
    return "".join(written.get(sign, sign) for sign in shape)


def _digits(on: Clauses, condition: comparisons.Digits) -> Clause:
    text = on.value(condition.of)
    return sa.and_(text != "", sa.func.ltrim(text, f"0123456789{comparisons.VEILED_FIGURE}") == "")


def _unlisted(on: Clauses, condition: comparisons.Unlisted) -> Clause:
    answer = on.value(condition.question)
    if not condition.question.many:
        return answer.not_in(condition.codes)
    left = "," + sa.func.replace(answer, ",", ",,") + ","
    for code in condition.codes:
        left = sa.func.replace(left, f",{code},", "")
    return left != ""


def noted(form: type[Form]) -> Mapping[comparisons.Noted, str]:
    """Return the name under which each condition is noted that a form's limits and checks leave to functions of Python.

    That is its question; a second one at the same question has a number after it.
    """
    limits = [limit for question in form.stored() for limit in question.limits()]
    limits += [limit for check in form.checks for limit in check.limits()]
    names: dict[comparisons.Noted, str] = {}
    for each in (each for limit in limits for each in comparisons.within(limit.beyond)):
        if isinstance(each, comparisons.Noted) and each not in names:
            before = sum(other.key == each.key for other in names)
            names[each] = f"{each.key} {before + 1}" if before else each.key
    return names


def _noted(on: Clauses, condition: comparisons.Noted) -> Clause:
    name = noted(on.form)[condition]
    found = sa.select(oddities.c.record).where(oddities.c.form == on.form.key, oddities.c.question == name)
    return on.column("id").in_(found)


_CONDITIONS: Mapping[type, Callable[[Clauses, Any], Clause]] = {
    conditions.Always: lambda _on, _condition: sa.true(),
    conditions.Among: _among,
    conditions.Except: lambda on, each: sa.not_(_among(on, conditions.Among(each.question, each.codes))),
    conditions.UnderRules: _under,
    conditions.Both: lambda on, each: sa.and_(on.holds(each.first), on.holds(each.second)),
    comparisons.Either: lambda on, each: sa.or_(*map(on.holds, each.conditions)),
    comparisons.Not: lambda on, each: sa.not_(on.surely(each.condition)),
    comparisons.Compare: _compared,
    comparisons.Shaped: _shaped,
    comparisons.Digits: _digits,
    comparisons.Unlisted: _unlisted,
    comparisons.Noted: _noted,
}
_NEVER_NULL = (
    conditions.Always, conditions.Among, conditions.Except, conditions.UnderRules, conditions.Both, comparisons.Either,
    comparisons.Not, comparisons.Noted,
)
_HOLD_OF_NOTHING = (  # also of an answer that is missing
    conditions.Always, conditions.Except, conditions.UnderRules, comparisons.Not, comparisons.Noted,
)


def _answer(on: Clauses, question: Question[Any]) -> Column:
    """Return an answer, NULL where it is not asked for."""
    column = on.column(question.key)
    if isinstance(question, Number):
        column = sa.type_coerce(column, sa.Double)
    given = [*(on.asked(question) if on.asking else ()), *(on.possible(question) if on.counted else ())]
    return sa.case((sa.and_(*given), column)) if given else column


def _fixed(_on: Clauses, term: expressions.Fixed) -> Column:
    return sa.literal(float(term.number) if isinstance(term.number, Decimal) else term.number)


def _in_years(_on: Clauses, term: comparisons.InYears) -> Column:
    return sa.bindparam(None, callable_=lambda: term.value({}), type_=sa.Text)


def _joined(on: Clauses, term: expressions.Operation) -> Column:
    left, right = on.value(term.left), on.value(term.right)
    if term.sign == "÷":
        right = sa.func.nullif(right, 0.0)
    joined: Column = _SIGNS[term.sign](left, right)
    return joined


_SIGNS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "−": operator.sub, "×": operator.mul, "÷": operator.truediv,
}


def _together(on: Clauses, term: expressions.Together) -> Column:
    """Return the sum of what is not NULL, NULL where everything is."""
    addends = [on.value(each) for each in term.addends]
    whole: Column = sa.literal(0.0)
    for each in addends:
        whole = whole + sa.func.coalesce(each, 0.0)
    return sa.case((sa.or_(*(each.is_not(None) for each in addends)), whole))


_TERMS: Mapping[type, Callable[[Clauses, Any], Column]] = {
    Question: _answer,
    Derived: lambda on, question: on.value(question.formula),
    expressions.Fixed: _fixed,
    expressions.Operation: _joined,
    expressions.Together: _together,
    comparisons.Address: lambda on, term: on.column(term.key),
    comparisons.Day: lambda _on, term: sa.literal(term.iso),
    comparisons.InYears: _in_years,
    comparisons.Beginning: lambda on, term: sa.func.substr(on.value(term.of), 1, term.letters),
    comparisons.Length: lambda on, term: sa.func.length(on.value(term.of)),
}
