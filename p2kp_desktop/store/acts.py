"""Bulk acts of people here: what each was, how the records stood before it, and its saves."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from p2kp_desktop.schema.causality import Dot, Version

from . import undoing
from .history import Kept
from .tables import acts, undo_records
from .undoing import Taken

KEPT = 30  # acts whose way back is kept; that of older ones would need too much room


@dataclass(frozen=True)
class Act:
    """One act: its name in words, the file it came from («» for none), and when it was taken back («»: not).

    `undoes` is the act that this one took back, «» where it took back none.
    """

    id: str
    name: str
    file: str
    person: str
    time: str
    records: int
    undone: str = ""
    step: int = 0
    undoes: str = ""


def note(connection: sa.Connection, act: Act, before: Mapping[tuple[str, str], Version], dots: Sequence[Dot]) -> None:
    """Keep an act with what it takes to take it back; a record with an empty vector was not there before."""
    last = connection.scalar(sa.select(sa.func.max(acts.c.step))) or 0
    connection.execute(acts.insert().values(asdict(act) | {"step": last + 1}))
    touched = {key: version if version.vector else None for key, version in before.items()}
    undoing.note(connection, act.id, touched, Kept(list(dots), {}, {}, {}))
    old = connection.scalars(sa.select(acts.c.id).order_by(acts.c.step.desc()).offset(KEPT))
    undoing.drop(connection, list(old))


def touches(connection: sa.Connection, act: str, form: str, record: str) -> bool:
    """Say whether an act changed a record."""
    there = undo_records.c
    chosen = sa.select(there.id).where(there.transfer == act, there.form == form, there.id == record)
    return connection.scalar(chosen) is not None


def all_of_them(connection: sa.Connection) -> list[Act]:
    """Return the acts, the newest first."""
    rows = connection.execute(sa.select(acts).order_by(acts.c.step.desc())).mappings()
    return [Act(**{**row, "undoes": row["undoes"] or ""}) for row in rows]


def taken(connection: sa.Connection, act: str) -> Taken:
    """Return the records and history that an act changed, as far as they are still known."""
    return undoing.taken(connection, act)


def undone(connection: sa.Connection, act: str, time: str) -> None:
    """Note that an act was taken back."""
    connection.execute(acts.update().where(acts.c.id == act).values(undone=time))
