"""What a workspace file holds, told cheaply: a mark that changes with its content, saves by node, records.

A backup's age is how far its workspace had come, never its name: one session with a wrong clock decides nothing.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble

from . import files, search
from .audit import SIGNED_WITH
from .node import COPY, MACHINE, NODE, OWN, TOKEN
from .tables import (
    RECORDS,
    audit,
    boundaries,
    conflicts,
    history,
    meta,
    oddities,
    other_records,
    profiles,
    summaries,
    undo_history,
    undo_records,
)
from .workspace import Workspace

Ask = Callable[[str], Iterable[Sequence[Any]]]

# What follows from the saves and the log of files, and is too large to be read each time; and what people looked at,
# for which no backup is made.
_LARGE = {table.name for table in (
    *RECORDS.values(), audit, boundaries, other_records, history, conflicts, oddities, profiles, summaries,
    undo_records, undo_history,
)} | {*search.TABLES}
_UNMARKED = (TOKEN, COPY, MACHINE, SIGNED_WITH, search.NOTE)  # notes that say nothing of the content

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
_LAST = (
    f"SELECT coalesce(max(tick), 0) FROM history WHERE node = (SELECT value FROM {meta.name} WHERE key = '{NODE}')"
)
_FILES = (
    "SELECT count(*), coalesce(sum(CASE WHEN direction = 'in' AND result LIKE '%\"undone\"%' THEN 1 ELSE 0 END), 0) "
    "FROM transfer"
)
_SAVES = "SELECT node, max(tick), count(*) FROM history GROUP BY node ORDER BY node"


@dataclass(frozen=True)
class Holdings:
    """How many living households there are, and how many other living records."""

    households: int
    others: int


class Age(NamedTuple):
    """How far a workspace had come, whatever its clock said: none of these ever becomes less, save by save.

    A file that was put back and went on has one more node; what was received and taken back again stays in the log.
    """

    nodes: int  # before the present one
    saves: int  # of the present one
    files: int  # sent and received
    taken_back: int  # of those received


NOTHING = Age(-1, 0, 0, 0)  # of a file that cannot be read


@dataclass(frozen=True)
class Content:
    """What a file holds: its mark, its last save by node, its records; equal marks mean equal content."""

    mark: str
    edits: dict[str, int]
    holdings: Holdings


def mark(workspace: Workspace) -> str:
    """Return the mark of an open workspace."""
    with workspace.asking() as connection:
        return _mark(lambda sql: connection.exec_driver_sql(sql).all())


def age(workspace: Workspace) -> Age:
    """Return how far an open workspace has come."""
    with workspace.asking() as connection:
        return _age(lambda sql: connection.exec_driver_sql(sql).all())


def age_of(path: Path) -> Age:
    """Return how far a workspace file that nobody writes to had come, NOTHING where it cannot be read.

    A file is read once: this is asked of every backup each time that one is made.
    """
    try:
        found = path.stat()
        return _age_kept(path, found.st_size, found.st_mtime_ns)
    except files.errors(OSError, Trouble):
        return NOTHING  # for now: another program may hold it


@lru_cache(maxsize=1024)
def _age_kept(path: Path, _size: int, _changed: int) -> Age:
    with closing(files.connect(path)) as there:
        return _age(lambda sql: there.execute(sql).fetchall())


def _age(ask: Ask) -> Age:
    noted = {row[0]: row[1] for row in ask(f"SELECT key, value FROM {meta.name} WHERE key IN ('{NODE}', '{OWN}')")}
    before = noted.get(OWN, "").partition(noted.get(NODE, ""))[0].split()
    ((saves,),) = ask(_LAST)
    ((files, taken_back),) = ask(_FILES)
    return Age(len(before), saves, files, taken_back)


def content(path: Path) -> Content | None:
    """Return the mark, last saves and number of records of a file that nobody writes to; None if it cannot be read."""
    try:
        with closing(files.connect(path)) as there:
            def ask(sql: str) -> list[Any]:
                return list(there.execute(sql))

            edits = {node: tick for node, tick, _ in ask(_SAVES)}
            return Content(_mark(ask), edits, _holdings(ask))
    except files.errors(Trouble):
        return None


def _holdings(ask: Ask) -> Holdings:
    there = {table for (table,) in ask(_TABLES)} & {*RECORDS}
    living = {form: next(iter(ask(f'SELECT count(*) FROM "{form}" WHERE alive = 1')))[0] for form in there}
    households = living.pop(Household.key, 0)
    return Holdings(households, sum(living.values()))


def holdings(workspace: Workspace) -> Holdings:
    """Return how many living households and other living records an open workspace holds."""
    with workspace.asking() as connection:
        return _holdings(lambda sql: connection.exec_driver_sql(sql).all())


def noted(path: Path, key: str) -> str | None:
    """Return a note of a workspace file that nobody writes to, "" where it has none; None when it cannot be read."""
    try:
        with closing(files.connect(path)) as there:
            rows = there.execute(f"SELECT value FROM {meta.name} WHERE key = ?", (key,)).fetchall()
    except files.errors(Trouble):
        return None
    return str(rows[0][0]) if rows else ""


def _mark(ask: Ask) -> str:
    """Digest the small tables whole, and of the history only how far each node has come.

    Every change of a record is a save, or came with a file that the log names; so nothing else needs to be read.
    """
    whole = hashlib.sha256()
    for (table,) in ask(_TABLES):
        if table not in _LARGE:
            rows = [tuple(row) for row in ask(f'SELECT * FROM "{table}"')]
            kept = [row for row in rows if table != meta.name or row[0] not in _UNMARKED]
            whole.update(repr((table, sorted(kept, key=repr))).encode())
    whole.update(repr([tuple(row) for row in ask(_SAVES)]).encode())
    return whole.hexdigest()
