"""Every rule of a form as a condition on its columns: how many records break each, in one scan, and which."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.schema import HARD, Form, Question

from .clauses import Clause
from .living import living
from .standing import Standing
from .tables import RECORDS
from .views import Where, lying

MISSING, UNREADABLE, IMPOSSIBLE, UNLIKELY, NOT_ASKED, CHECKED = (
    "missing", "unreadable", "impossible", "unlikely", "not asked", "checked",
)
PLACE = "rt"  # the part of the address that may be missing
AT_MOST = 400  # sums of one scan: a database takes some thousand columns, and a statement so many values


@dataclass(frozen=True)
class Rule:
    """A rule by its question, its kind, and for a check its place among the checks of the form."""

    form: str
    question: str
    kind: str
    check: int = -1


@dataclass(frozen=True)
class Breaches(Standing):
    """The conditions under which a record breaks each rule, for itself."""

    def clauses(self) -> dict[Rule, Clause]:
        """Return the condition of every rule of the form, in the order of its questions."""
        key, found = self.form.key, dict[Rule, list[Clause]]()
        if self.form.place == "rt":
            found[Rule(key, PLACE, MISSING)] = [RECORDS[key].c[PLACE].is_(None)]
        for each in self.form.stored():
            if each.required:
                found[Rule(key, each.key, MISSING)] = [
                    sa.and_(self.column(each.key).is_(None), *self.asked(each), *self._kept(each), ~self._apart(each))
                ]
            found[Rule(key, each.key, UNREADABLE)] = [self._unreadable(each)]
            hard, soft = list(self._hard(each)), list(self._soft(each))
            found[Rule(key, each.key, IMPOSSIBLE)] = hard
            found[Rule(key, each.key, UNLIKELY)] = [sa.and_(sa.or_(*soft), *map(sa.not_, hard))] if soft else []
            found[Rule(key, each.key, NOT_ASKED)] = [
                sa.or_(clause, sa.and_(self._apart(each), sa.not_(sa.and_(*self.asked(each)))))
                for clause in self._not_asked(each)
            ]
            for place, check in enumerate(self.form.checks):
                if check.at() == each.key:
                    found[Rule(key, each.key, CHECKED, place)] = [self._broken(check)]
        return {rule: sa.or_(*clauses) for rule, clauses in found.items() if clauses}

    def _unreadable(self, question: Question[Any]) -> Clause:
        strange = [self._apart(question), *([self._shapeless(question)] if question.shape else ())]
        return sa.and_(sa.or_(*strange), *self.asked(question))

    def _apart(self, question: Question[Any]) -> Clause:
        """Return that there is an answer which is none of this question, so that its column cannot keep it."""
        extra = self.column("extra")
        return sa.and_(extra.is_not(None), extra.like(f'%"{question.key}":%'))


def is_hard(form: type[Form], rule: Rule) -> bool:
    """Say whether breaking the rule is impossible, so that no note explains it."""
    if rule.kind == CHECKED:
        return form.checks[rule.check].severity == HARD
    return rule.kind in (IMPOSSIBLE, UNREADABLE)


def counts(
    connection: sa.Connection, form: type[Form], where: Where, rules: Mapping[str, str]
) -> dict[Rule, int]:
    """Return how many records of an area, period and RT break each rule that any of them breaks."""
    clauses = list(Breaches(form, rules).clauses().items())
    found: dict[Rule, int] = {}
    for start in range(0, len(clauses), AT_MOST):
        some = clauses[start : start + AT_MOST]
        sums = [sa.func.sum(sa.case((clause, 1), else_=0)) for _, clause in some]
        row = connection.execute(sa.select(*sums).where(living(form), *lying(form, where))).one()
        found |= {rule: int(number) for (rule, _), number in zip(some, row, strict=True) if number}
    return found


def broken(
    connection: sa.Connection, rule: Rule, form: type[Form], where: Where, rules: Mapping[str, str], *, most: int
) -> Iterator[Mapping[str, Any]]:
    """Yield the rows that break a rule, RT by RT, at most so many: id, address and every answer."""
    clause = Breaches(form, rules).clauses()[rule]
    yield from (row for row, _ in _rows(connection, {rule: clause}, form, where, most))


def every_broken(
    connection: sa.Connection, wanted: Collection[Rule], form: type[Form], where: Where, rules: Mapping[str, str]
) -> Iterator[tuple[Mapping[str, Any], list[Rule]]]:
    """Yield the rows that break any of the wanted rules, RT by RT, each with those it breaks: one scan for them all.

    Of very many rules some are asked at a time, so that a row may come again with others of them.
    """
    clauses = [(rule, clause) for rule, clause in Breaches(form, rules).clauses().items() if rule in wanted]
    for start in range(0, len(clauses), AT_MOST):
        yield from _rows(connection, dict(clauses[start : start + AT_MOST]), form, where, None)


def _rows(
    connection: sa.Connection, clauses: Mapping[Rule, Clause], form: type[Form], where: Where, most: int | None
) -> Iterator[tuple[Mapping[str, Any], list[Rule]]]:
    table = RECORDS[form.key]
    names = {f"breaks {place}": rule for place, rule in enumerate(clauses)}
    breaks = [clause.label(name) for name, clause in zip(names, clauses.values(), strict=True)]
    inside = sa.select(table, *breaks).where(living(form), *lying(form, where)).subquery()
    chosen = sa.select(inside).where(sa.or_(*(inside.c[name] for name in names)))
    order = (inside.c.region, inside.c.rt, inside.c.id)
    for row in connection.execute(chosen.order_by(*order).limit(most)).mappings():
        yield {**row}, [rule for name, rule in names.items() if row[name]]
