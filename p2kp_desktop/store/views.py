"""Reading records as people see them: values in force, straight from the columns."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.period import Period
from p2kp_desktop.schema import ALIVE, STATUS, Form, Record
from p2kp_desktop.schema.conditions import DEFAULT_RULES

from .areas import concerning, scanned
from .living import living
from .records import AT_ONCE
from .tables import RECORDS, REVIEW, answer_columns

_KEYS = {form.key: tuple(answer_columns(form)) for form in FORMS}


@dataclass(frozen=True)
class Where:
    """Which records to show; an empty field is no condition. `area` is a region of any level."""

    id: str | None = None
    area: str | None = None
    rt: str | None = None
    period: str | None = None
    parent: str | None = None
    deleted: bool = False


def found(connection: sa.Connection, form: type[Form], where: Where = Where()) -> Iterator[Record]:
    """Yield the records of a form, in order of id, with the rule set of their period."""
    table = RECORDS[form.key]
    rules: Mapping[str, str] | None = {} if form is Period else None
    rows = connection.execute(sa.select(table).where(*_conditions(form, where)).order_by(table.c.id))
    for row in rows.mappings():
        if rules is None:  # asked only where there is a record
            rules = rule_sets(connection)
        yield record_of(form, {**row}, rules)


def counted(connection: sa.Connection, form: type[Form], where: Where = Where()) -> Iterator[Record]:
    """Yield the same as every sum sees them: an answer that cannot be is unanswered."""
    return (record.counted() for record in found(connection, form, where))


def picked(
    connection: sa.Connection, form: type[Form], keys: Sequence[str], where: Where = Where(), *,
    ids: Sequence[str] | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield id and a few plain answers of the records of a form, of these ids only when given."""
    table = RECORDS[form.key]
    chosen = sa.select(table.c.id, *(table.c[key] for key in keys)).where(*_conditions(form, where))
    portions = [chosen] if ids is None else [
        chosen.where(table.c.id.in_(ids[start : start + AT_ONCE])) for start in range(0, len(ids), AT_ONCE)
    ]
    for portion in portions:
        yield from ({**row} for row in connection.execute(portion).mappings())


def texts(connection: sa.Connection, form: type[Form], keys: Sequence[str], where: Where = Where()) -> set[str]:
    """Return all texts that the records of a form have as their answers to some questions, each once."""
    column = RECORDS[form.key].c
    chosen = sa.select(*(column[key] for key in keys)).where(*_conditions(form, where)).distinct()
    return {str(said) for row in connection.execute(chosen) for said in row if said}


def count(connection: sa.Connection, form: type[Form], where: Where = Where()) -> int:
    """Return how many records of a form there are."""
    table = RECORDS[form.key]
    return connection.scalar(sa.select(sa.func.count()).select_from(table).where(*_conditions(form, where))) or 0


def _conditions(form: type[Form], where: Where) -> list[sa.ColumnElement[bool]]:
    column = RECORDS[form.key].c
    conditions: list[sa.ColumnElement[bool]] = [column[ALIVE] == 0 if where.deleted else living(form)]
    if where.area is not None:
        conditions.append(concerning(form, where.area, scanned))
    for key in ("id", "rt", "period", "parent"):
        wanted = getattr(where, key)
        if wanted is not None:
            conditions.append(column[key] == wanted)
    return conditions


def lying(form: type[Form], where: Where) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of the records, deleted ones too, that lie in the area, RT and period of `where`.

    What a form does not know of is no condition: one without survey rounds belongs to every period.
    """
    column = RECORDS[form.key].c
    found = [concerning(form, where.area)] if where.area else []
    found += [column.rt == where.rt] if where.rt is not None else []
    return found + ([column.period == where.period] if where.period and form.per_period else [])


def there(connection: sa.Connection, form: type[Form], where: Where) -> frozenset[str]:
    """Return the ids of the records, deleted ones too, that lie in the area, RT and period of `where`."""
    return frozenset(connection.scalars(sa.select(RECORDS[form.key].c.id).where(*lying(form, where))))


def record_of(form: type[Form], row: Mapping[str, Any], rules: Mapping[str, str]) -> Record:
    """Return the record of a whole row of its form's table, with the review status in force."""
    answers = {key: row[key] for key in _KEYS[form.key] if row[key] is not None}
    if row["extra"]:
        answers = json.loads(row["extra"]) | answers
    if row[REVIEW]:
        answers[STATUS] = row[REVIEW]  # what was said of the record may not hold any more
    return Record(form, row["id"], answers, rules.get(str(row["period"]), DEFAULT_RULES))


def rule_sets(connection: sa.Connection) -> dict[str, str]:
    """Return the rule set by period; a period that nobody recorded uses the default."""
    return {
        period_key(record): str(record.understood(Period.rules) or DEFAULT_RULES)
        for record in found(connection, Period)
    }


def period_key(period: Record) -> str:
    """Return the text by which records name their period: the year, and the kind unless it is the usual one."""
    kind = period[Period.kind]
    year = str(period[Period.year])
    return year if kind in (None, Period.kind.options.all[0].code) else f"{year}-{kind}"
