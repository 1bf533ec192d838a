"""Records that a row of a table may be: all that stand where the row does, deleted ones too."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from p2kp_desktop.schema import Form
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.values import Answer

from .records import AT_ONCE, read_where
from .tables import RECORDS, history

Place = tuple[Answer, ...]  # the answers to the keys of `where`


def where(form: type[Form]) -> tuple[str, ...]:
    """Return the keys of the address by which the records of a form stand apart."""
    keys = {"parent": form.parent is not None, "region": bool(form.place), "rt": form.place == "rt",
            "period": form.per_period}
    return tuple(key for key, wanted in keys.items() if wanted)


def standing_at(connection: sa.Connection, form: type[Form], places: Iterable[Place]) -> dict[Place, list[Version]]:
    """Return the records of a form by place, in the order they were recorded."""
    column = RECORDS[form.key].c
    return {
        place: read_where(connection, form.key, *(
            column[key].is_(None) if answer is None else column[key] == answer
            for key, answer in zip(where(form), place, strict=True)
        ))
        for place in set(places)
    }


def with_origin(connection: sa.Connection, ids: Sequence[str], origin: str) -> set[str]:
    """Return those of these records that a save with this origin made or changed."""
    found: set[str] = set()
    for start in range(0, len(ids), AT_ONCE):
        its = history.c.record.in_(ids[start : start + AT_ONCE]), history.c.origin.startswith(origin, autoescape=True)
        found.update(connection.scalars(sa.select(history.c.record).distinct().where(*its)))
    return found
