"""Which records a printed short code may mean; nothing is kept for it (schema/printed_code.py)."""

from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa

from p2kp_desktop.forms import FORMS

from .living import living
from .tables import RECORDS

_UUID = 36  # letters


def with_ids_like(connection: sa.Connection, shape: str) -> Iterator[tuple[str, str]]:
    """Yield form and id of the living records whose id has a shape, ? for one figure, or is no UUID."""
    for form in FORMS:
        ids = RECORDS[form.key].c.id
        fits = sa.or_(ids.like(shape.replace("?", "_")), sa.func.length(ids) != _UUID)
        for found in connection.scalars(sa.select(ids).where(fits, living(form)).order_by(ids)):
            yield form.key, found


class NumberedRecord(NamedTuple):
    """A record that was keyed from a blank form with a number."""

    form: str
    id: str
    region: str
    rt: str
    period: str
    number: int


def numbered(connection: sa.Connection) -> Iterator[NumberedRecord]:
    """Yield the living records that were keyed from a numbered blank form."""
    for form in FORMS:
        column = RECORDS[form.key].c
        for question in form.runs_on:
            number = column[question.key]
            asked = sa.select(column.id, column.region, column.rt, column.period, number)
            for row in connection.execute(asked.where(number.is_not(None), living(form)).order_by(column.id)):
                region, rt, period = (str(each or "") for each in row[1:4])
                yield NumberedRecord(form.key, row[0], region, rt, period, int(row[4]))
