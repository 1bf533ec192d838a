"""How answers are spread: the numbers of an area, and what each interviewer's questionnaires say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.schema import Choice, Form, Question
from p2kp_desktop.schema.quantities import Derived, Number

from .clauses import Clauses
from .living import living
from .tables import RECORDS
from .views import Where, lying


@dataclass(frozen=True)
class Spreading(Clauses):
    """Reads numbers of a form, derived ones computed by the database."""

    def number(self, question: Number[Any] | Derived) -> sa.ColumnElement[Any]:
        """Return the number that a row answers, NULL where it is not asked or missing.

        A derived one is a figure: it is not made of answers that cannot be.
        """
        return replace(self, counted=isinstance(question, Derived)).value(question)

    def numbers(
        self, connection: sa.Connection, where: Where, questions: Sequence[Number[Any] | Derived]
    ) -> list[Sequence[Any]]:
        """Return id, region, RT and the numbers of every living record there."""
        column = RECORDS[self.form.key].c
        wanted = [self.number(each) for each in questions]
        rows = (living(self.form), *lying(self.form, where))
        chosen = sa.select(column.id, column.region, column.rt, *wanted).where(*rows)
        return [tuple(row) for row in connection.execute(chosen.order_by(column.id))]


def said(
    connection: sa.Connection, form: type[Form], where: Where, by: Question[Any], question: Choice
) -> list[tuple[str, str, int]]:
    """Return by whom which option of a question was answered how often, in the living records there."""
    column = RECORDS[form.key].c
    who = sa.func.trim(sa.func.coalesce(column[by.key], ""))
    answer = column[question.key]
    wanted = (living(form), *lying(form, where), answer.is_not(None), who != "")
    chosen = sa.select(who, answer, sa.func.count()).where(*wanted)
    return [(name, code, count) for name, code, count in connection.execute(chosen.group_by(who, answer))]


def named(connection: sa.Connection, form: type[Form], ids: Sequence[str], key: str) -> Mapping[str, str]:
    """Return the answers to one question of some records, by id."""
    column = RECORDS[form.key].c
    rows = connection.execute(sa.select(column.id, column[key]).where(column.id.in_(ids)))
    return {row[0]: str(row[1] or "") for row in rows}
