"""Which records are in sight: those that live and belong to nothing that lies in the trash; said once, here.

A record whose agreement, meeting or activity is deleted is not edited for that: it is in no table, count or list
while that one is away, and back when that one is.
"""

from collections.abc import Iterator
from functools import cache

import sqlalchemy as sa

from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.schema import ALIVE, Form

from .tables import RECORDS

Clause = sa.ColumnElement[bool]


def living(form: type[Form]) -> Clause:
    """Return the condition that a record of a form is in sight."""
    return _in_sight(form.key)


@cache
def _in_sight(key: str) -> Clause:
    form, table = form_named(key), RECORDS[key]
    return sa.and_(table.c[ALIVE] == 1, *(~gone for gone in _above(form, table, frozenset({key}))))


def _above(form: type[Form], here: sa.FromClause, passed: frozenset[str]) -> Iterator[Clause]:
    """Yield for each form that a record may belong to that the one above it is away; each form is met once."""
    if form.parent is None:
        return
    for above in [form_named(form.parent.to)] if form.parent.to else FORMS:
        if above.key not in passed:
            its = RECORDS[above.key].alias()
            away = sa.or_(its.c[ALIVE] == 0, *_above(above, its, passed | {above.key}))
            yield sa.select(its.c.id).where(its.c.id == here.c.parent, away).exists()
