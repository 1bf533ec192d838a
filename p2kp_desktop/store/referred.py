"""Records that others point to or belong to: how they are called and where they stand, straight from the columns."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.schema import ALIVE, Answer, Form, Reference

from .living import living
from .records import AT_ONCE
from .tables import RECORDS

_PLACE = ("region", "rt", "period")


def targets(question: Reference) -> tuple[type[Form], ...]:
    """Return the forms whose records may answer a reference."""
    return (form_named(question.to),) if question.to else FORMS


def names(connection: sa.Connection, form: type[Form], ids: Collection[str]) -> Iterator[dict[str, Any]]:
    """Yield id, place, what names it, and `alive` of each of these records that is here, deleted ones too."""
    column, wanted = RECORDS[form.key].c, sorted(ids)
    for start in range(0, len(wanted), AT_ONCE):
        some = column.id.in_(wanted[start : start + AT_ONCE])
        yield from ({**row} for row in connection.execute(_named(form).where(some)).mappings())


def all_names(
    connection: sa.Connection, form: type[Form], near: Mapping[str, Answer] = MappingProxyType({})
) -> Iterator[dict[str, Any]]:
    """Yield the same of every record of a form in sight; of those that name an RT or a period only those of `near`."""
    column = RECORDS[form.key].c
    same = [sa.or_(column[key].is_(None), column[key] == near[key]) for key in ("rt", "period") if near.get(key)]
    yield from ({**row} for row in connection.execute(_named(form).where(living(form), *same)).mappings())


def _named(form: type[Form]) -> sa.Select[Any]:
    column = RECORDS[form.key].c
    return sa.select(column.id, column[ALIVE], *(column[key] for key in dict.fromkeys((*_PLACE, *form.named))))


def pointed_to(connection: sa.Connection, form: type[Form], key: str) -> set[str]:
    """Return the ids that the records of a form answer to a reference."""
    column = RECORDS[form.key].c[key]
    return set(connection.scalars(sa.select(column).distinct().where(column.is_not(None))))


def is_here(connection: sa.Connection, forms: Iterable[type[Form]], record: str) -> bool:
    """Say whether one of these forms has a record with this id, perhaps a deleted one."""
    return any(
        connection.execute(sa.select(RECORDS[form.key].c.id).where(RECORDS[form.key].c.id == record)).first()
        for form in forms
    )
