"""How a record stands, decided by the database: the problems of Record.problems() as conditions on the columns.

A list of 50,000 households is told apart by these in one scan; a test compares them with Record.problems().
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.schema import HARD, SOFT, Check, Question, review
from p2kp_desktop.schema.forms import ERASED
from p2kp_desktop.schema.records import WHY

from .clauses import Clause, Clauses, like
from .tables import RECORDS, REVIEW, conflicts, drafts

CONFLICT, DRAFT, PROBLEM, INCOMPLETE, COMPLETE = STANDINGS = ("conflict", "draft", "problem", "incomplete", "complete")
RETURNED, CHANGED, READY, VERIFIED = REVIEWS = ("returned", "changed", "ready", "verified")

# What the review says of a record, by the words its column keeps.
SAID = {review.RETURNED: RETURNED, review.CHANGED: CHANGED, review.READY: READY, review.VERIFIED: VERIFIED}


@dataclass(frozen=True)
class Standing(Clauses):
    """The conditions under which a record of a form is incomplete or has a problem nobody explained."""

    def case(self) -> sa.ColumnElement[str]:
        """Return the standing of a row: conflict, draft, problem, incomplete or complete, the first that holds."""
        return sa.case(*self._unsettled(), *self._lacking(), else_=COMPLETE)

    def status(self) -> sa.ColumnElement[str]:
        """Return the standing that a list shows of a row: as case(), but the review goes before what is filled in.

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
            sa.and_(self.column(each.key).is_(None), *self.asked(each), *self._kept(each)) for each in wanted
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

    def _wrong(self, question: Question[Any]) -> Iterator[Clause]:
        if question.shape:
            yield self._shapeless(question)
        yield from self._not_asked(question)
        yield from self._hard(question)
        yield from self._soft(question)

    def _shapeless(self, question: Question[Any]) -> Clause:
        """Return that an older release put what is no answer into the column of the answers."""
        return self.column(question.key).not_like(like(question.shape))

    def _not_asked(self, question: Question[Any]) -> Iterator[Clause]:
        """Yield that there is an answer which is not asked for."""
        asked = self.asked(question)
        if asked:
            yield sa.and_(self.column(question.key).is_not(None), sa.not_(sa.and_(*asked)))

    def _hard(self, question: Question[Any]) -> Iterator[Clause]:
        """Yield that the answer is impossible."""
        hard = list(self.own(question, HARD))
        if hard:
            yield sa.and_(sa.or_(*hard), *self.asked(question))

    def _soft(self, question: Question[Any]) -> Iterator[Clause]:
        """Yield that the answer is unlikely, and nobody said why it is right."""
        soft = list(self.own(question, SOFT))
        if soft:
            yield sa.and_(sa.or_(*soft), *self.asked(question), self._not_explained(question.key))

    def _broken(self, check: Check) -> Clause:
        broken = self.breaks(check)
        return broken if check.severity == HARD else sa.and_(broken, self._not_explained(check.at()))

    def _not_explained(self, key: str) -> Clause:
        extra = RECORDS[self.form.key].c.extra
        return sa.or_(extra.is_(None), extra.not_like(f'%"{WHY}{key}":%'))

    def _has_unreadable(self) -> Clause:
        """Return the condition that an answer is of a kind its column cannot keep."""
        extra = RECORDS[self.form.key].c.extra
        return sa.and_(extra.is_not(None), sa.or_(*(extra.like(f'%"{each.key}":%') for each in self.form.stored())))
