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
    """Return the condition of a form, what it belongs to in SQL: an attachment may belong to any of fifty others.

    Built of as many elements it took 10 ms to find that a workspace has no attachment, most of it in comparing them.
    """
    gone = (sa.text(f"NOT {away}") for away in _above(form_named(key), f'"{key}"', frozenset({key})))
    return sa.and_(RECORDS[key].c[ALIVE] == 1, *gone)


def _above(form: type[Form], here: str, passed: frozenset[str]) -> Iterator[str]:
    """Yield for each form that a record may belong to that the one above it is away; each form is met once."""
    if form.parent is None:
        return
    for above in [form_named(form.parent.to)] if form.parent.to else FORMS:
        if above.key not in passed:
            its = f"{above.key}_{len(passed)}"
            away = " OR ".join([f"{its}.{ALIVE} = 0", *_above(above, its, passed | {above.key})])
            yield f'EXISTS (SELECT {its}.id FROM "{above.key}" AS {its} WHERE {its}.id = {here}.parent AND ({away}))'
