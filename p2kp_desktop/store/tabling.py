"""Any form as a table: which rows, in what order, and the rows in sight; straight from the columns.

A list holds numbers of rows, not ids: eight bytes a row instead of ninety, so that a million of them are found,
sorted and kept within a second. On a server, which does not number rows, it holds ids.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from operator import add, itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from p2kp_desktop.forms import form as form_named
from p2kp_desktop.schema import ALIVE, Choice, Form, Reference

from . import search
from .areas import concerning, scanned
from .filtering import Condition, clause, value, whole_rows
from .living import living
from .records import AT_ONCE
from .standing import CONFLICT, DRAFT, SAID, Standing
from .tables import RECORDS, REVIEW, conflicts, drafts

Handle = int | str
Handles = Sequence[Handle]

STANDING = "~standing"  # the key of the column that says how a record stands: no question can have it


@dataclass(frozen=True)
class Filter:
    """Which records of a form; an empty field is no condition. `area` is a region of any level.

    Every word of `text` must begin a word of the record. With `deleted` those in the trash are shown instead.
    """

    area: str = ""
    period: str = ""
    rt: str | None = None
    text: str = ""
    standing: str = ""
    conditions: tuple[Condition, ...] = ()
    deleted: bool = False


@dataclass(frozen=True)
class Order:
    """By which column; «» is the usual order: place, number, name. Empty answers come last either way."""

    key: str = ""
    descending: bool = False


def handles(
    connection: sa.Connection, form: type[Form], wanted: Filter, order: Order, rules: Mapping[str, str]
) -> Handles:
    """Return the records wanted, in order: all of them, for a list that fetches rows when painted."""
    row = _row(connection, form)
    chosen = sa.select(row).where(*_conditions(connection, form, wanted, rules))
    ordering = _ordering(connection, form, order, rules) if order.key else _usual(form, wanted)
    found = connection.execute(chosen.order_by(*ordering, row))
    if connection.dialect.name == "sqlite":
        raw: Any = found.cursor  # rows as the driver gives them: a million of them twice as fast
        return array("q", map(itemgetter(0), raw))
    return list(found.scalars())


def count(connection: sa.Connection, form: type[Form], wanted: Filter, rules: Mapping[str, str]) -> int:
    """Return how many records are wanted."""
    chosen = sa.select(sa.func.count()).select_from(RECORDS[form.key])
    return connection.scalar(chosen.where(*_conditions(connection, form, wanted, rules))) or 0


def rows(
    connection: sa.Connection, form: type[Form], some: Handles, rules: Mapping[str, str]
) -> dict[Handle, dict[str, Any]]:
    """Return the whole rows of some records, and how each stands; those gone are left out."""
    row = _row(connection, form).label("handle")
    status = _status(connection.dialect.name, form, rules).label(STANDING)
    chosen = sa.select(row, *whole_rows(form), status).where(_row(connection, form).in_(some))
    return {found["handle"]: {**found} for found in connection.execute(chosen).mappings()}


def ids(connection: sa.Connection, form: type[Form], some: Handles) -> list[str]:
    """Return the ids of some records in the order given; those gone are left out."""
    row, column = _row(connection, form), RECORDS[form.key].c
    found: dict[Handle, str] = {}
    for start in range(0, len(some), AT_ONCE):
        part = list(some[start : start + AT_ONCE])
        found.update((handle, record) for handle, record in connection.execute(
            sa.select(row, column.id).where(row.in_(part))
        ))
    return [found[handle] for handle in some if handle in found]


def handle_of(connection: sa.Connection, form: type[Form], record: str) -> Handle | None:
    """Return the handle of a record, None when it is gone."""
    found: Handle | None = connection.scalar(
        sa.select(_row(connection, form)).where(RECORDS[form.key].c.id == record)
    )
    return found


def _row(connection: sa.Connection, form: type[Form]) -> sa.ColumnElement[Any]:
    if connection.dialect.name == "sqlite":
        return sa.literal_column(f'"{form.key}".rowid', sa.Integer)
    return RECORDS[form.key].c.id


def _conditions(
    connection: sa.Connection, form: type[Form], wanted: Filter, rules: Mapping[str, str]
) -> list[sa.ColumnElement[bool]]:
    table = RECORDS[form.key]
    column = table.c
    found: list[sa.ColumnElement[bool]] = [column[ALIVE] == 0 if wanted.deleted else living(form)]
    if wanted.area:
        found.append(concerning(form, wanted.area, scanned))
    if wanted.rt is not None and form.place == "rt":
        found.append(column.rt == wanted.rt)
    if wanted.period and form.per_period:
        found.append(column.period == wanted.period)
    found += [clause(form, each, rules) for each in wanted.conditions]
    words = search.matching(form, wanted.text, search.way(connection))
    if words is not None:
        found.append(words)
    if wanted.standing:
        found += _stands(connection, form, wanted.standing, rules)
    return found


def _stands(
    connection: sa.Connection, form: type[Form], standing: str, rules: Mapping[str, str]
) -> list[sa.ColumnElement[bool]]:
    """Return that records stand so; what one column or table decides is asked first, for the rest takes long."""
    column = RECORDS[form.key].c
    said = {mine: word for word, mine in SAID.items()}
    first: list[sa.ColumnElement[bool]] = []
    if standing in said:
        first.append(column[REVIEW] == said[standing])
    elif standing == CONFLICT:
        first.append(column.id.in_(sa.select(conflicts.c.record).where(conflicts.c.form == form.key)))
    elif standing == DRAFT:
        first.append(column.id.in_(sa.select(drafts.c.id)))
    return [*first, _status(connection.dialect.name, form, rules) == standing]


def _status(dialect: str, form: type[Form], rules: Mapping[str, str]) -> sa.ColumnElement[str]:
    return _written(dialect, form.key, tuple(sorted(rules.items())))


@cache
def _written(dialect: str, form: str, rules: tuple[tuple[str, str], ...]) -> sa.ColumnElement[str]:
    """Return how a row stands; for SQLite as text made once, since making it takes longer than a page of rows."""
    status = Standing(form_named(form), dict(rules)).status()
    if dialect != "sqlite":
        return status
    text = str(status.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    return sa.literal_column(f"({text})", sa.Text)


def _ordering(
    connection: sa.Connection, form: type[Form], order: Order, rules: Mapping[str, str]
) -> list[sa.ColumnElement[Any]]:
    if order.key == STANDING:
        case = _status(connection.dialect.name, form, rules)
        return [case.desc() if order.descending else case.asc()]
    return [sa.nulls_last(key.desc() if order.descending else key.asc()) for key in _keys(form, order.key, rules)]


def _keys(form: type[Form], key: str, rules: Mapping[str, str]) -> list[sa.ColumnElement[Any]]:
    """Return by what a column is sorted: choices as they are printed, house numbers as numbers, names as words."""
    column, question = value(form, key, rules), form.question(key)
    if isinstance(question, Choice):
        printed = {code: place for place, code in enumerate(question.options.codes)}
        return [sa.case(printed, value=column), column]  # an answer of a newer release comes after them
    if key == form.numbered:
        return [sa.func.length(column), column]  # 2 before 10
    if question is not None and question.kind in ("text", "person"):
        return [sa.func.lower(column)]
    if isinstance(question, Reference) and question.to:
        return [_called(question, column)]
    return [column]


def _called(question: Reference, column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Return the name of the record that a column points to, as people sort names."""
    target, its = form_named(question.to), RECORDS[question.to].alias()
    parts = [sa.func.lower(sa.func.coalesce(sa.cast(its.c[key], sa.Text), "")) for key in target.named]
    name = reduce(add, parts, sa.literal(""))
    return sa.select(name).where(its.c.id == column).scalar_subquery()


def _usual(form: type[Form], wanted: Filter) -> list[sa.ColumnElement[Any]]:
    """Return the order in which people look for a record: place, what it belongs to, number or name, period; few.

    The place is wrapped, lest SQLite walks through its index and jumps about in the table for every row.
    """
    column = RECORDS[form.key].c
    parts = [column.region, column.rt] if form.place == "rt" else [column.region] if form.place else []
    place: list[sa.ColumnElement[Any]] = [sa.func.coalesce(part, "") for part in parts]
    period = [column.period] if form.per_period and not wanted.period else []
    above = [sa.nulls_last(key) for key in _keys(form, "parent", {})] if form.parent else []
    first = form.numbered or next(iter(form.named), "")
    return [*place, *above, *(_keys(form, first, {}) if first else ()), *period]
