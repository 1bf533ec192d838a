"""The living records of an area with what tells who has seen them: their vector, and who reviewed them last."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.schema import STATUS
from p2kp_desktop.schema.causality import Vector

from .areas import concerning
from .living import living
from .records import kept_of
from .reviews import REVIEWED
from .tables import RECORDS, REVIEW, conflicts

_AT_ONCE = 2000
_ROLE, _WORKSPACE = 3, 4  # where a packed save holds them: schema/state.py


@dataclass(frozen=True)
class Reviewed:
    """A record by its review status in force; `role` and `workspace` are of whoever gave it, "" for nobody."""

    id: str
    standing: str
    disputed: bool
    role: str
    workspace: str
    vector: Vector
    places: tuple[str, ...]


def records(connection: sa.Connection, area: str, period: str) -> Iterator[Reviewed]:
    """Yield the records of an area that are reviewed: those of the period, and those of every one."""
    for form in kept_of(connection, REVIEWED):
        if not form.place:
            continue
        table = RECORDS[form.key]
        here = table.c
        conditions = [living(form), concerning(form, area)]
        if form.per_period:
            conditions.append(here.period == period)
        disputed = here.id.in_(sa.select(conflicts.c.record).where(conflicts.c.form == form.key))
        chosen = sa.select(here.id, here[REVIEW], disputed, here.state).where(*conditions)
        for ident, standing, in_conflict, state in connection.execute(chosen).yield_per(_AT_ONCE):
            yield _reviewed(ident, standing or "", bool(in_conflict), json.loads(state))


def _reviewed(ident: str, standing: str, disputed: bool, state: Mapping[str, Any]) -> Reviewed:
    role, workspace = _giver(state) if standing else ("", "")
    return Reviewed(ident, standing, disputed, role, workspace, state["v"], tuple(state.get("p", ())))


def _giver(state: Mapping[str, Any]) -> tuple[str, str]:
    """Return role and workspace of the save that gave the status, the first of several."""
    entries = state.get("a", {}).get(STATUS, [0])
    number = entries[0] if isinstance(entries[0], int) else entries[0][0]
    save = state["s"][number]
    return str(save[_ROLE]), str(save[_WORKSPACE])
