"""Keeping the history: every save of every node that is known here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.schema.causality import Dot, Save
from p2kp_desktop.schema.history import START, Change, HistoryRow, changes_from_json, changes_to_json

from .tables import history

AT_ONCE = 500


def append(connection: sa.Connection, rows: Iterable[HistoryRow]) -> None:
    """Number, seal and put rows of this workspace's own at the ends of their chains, in the given order."""
    ends: dict[tuple[str, str], tuple[int, str]] = {}
    sealed = []
    for row in rows:
        chain = row.save.dot.node, row.place
        number, previous = ends.get(chain) or _end(connection, *chain)
        sealed.append(replace(row, number=number + 1, previous=previous).sealed())
        ends[chain] = number + 1, sealed[-1].hash
    if sealed:
        connection.execute(history.insert(), [_columns(row) for row in sealed])


def _end(connection: sa.Connection, node: str, place: str) -> tuple[int, str]:
    """Return number and hash of the last row of a chain."""
    last = connection.execute(
        sa.select(history.c.number, history.c.hash)
        .where(history.c.node == node, history.c.place == place)
        .order_by(history.c.number.desc()).limit(1)
    ).first()
    return (last.number, last.hash) if last else (0, START)


def keep(connection: sa.Connection, rows: Iterable[HistoryRow]) -> tuple[list[Dot], list[HistoryRow]]:
    """Add rows that came in a bundle; return the new saves, and the rows that contradict one kept here.

    A row whose answers were withheld when it first came is completed by the same row in full.
    """
    new: list[Dot] = []
    strange = []
    for some in _portions(rows):
        known = {row.save.dot: row for row in by_dots(connection, [row.save.dot for row in some])}
        fresh = {row.save.dot: row for row in some if row.save.dot not in known}
        if fresh:
            connection.execute(history.insert(), [_columns(row) for row in fresh.values()])
        new += fresh
        for row in some:
            here = known.get(row.save.dot)
            if here is None:
                continue
            if here.hash != row.hash:
                strange.append(row)
            elif _tells_more(row, here):
                _complete(connection, row, here)
    return new, strange


def _tells_more(row: HistoryRow, here: HistoryRow) -> bool:
    return any(change.withheld and not row.changes[key].withheld for key, change in here.changes.items())


def _complete(connection: sa.Connection, row: HistoryRow, here: HistoryRow) -> None:
    changes = {key: row.changes[key] if change.withheld else change for key, change in here.changes.items()}
    dot = row.save.dot
    connection.execute(
        history.update().where(history.c.node == dot.node, history.c.tick == dot.tick)
        .values(changes=changes_to_json(changes))
    )


def _portions(rows: Iterable[HistoryRow]) -> Iterator[list[HistoryRow]]:
    some: list[HistoryRow] = []
    for row in rows:
        some.append(row)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def forget(connection: sa.Connection, dots: Sequence[Dot]) -> None:
    """Take away rows that came in a bundle which is taken back."""
    for start in range(0, len(dots), AT_ONCE):
        some = [tuple(dot) for dot in dots[start : start + AT_ONCE]]
        connection.execute(history.delete().where(sa.tuple_(history.c.node, history.c.tick).in_(some)))


def by_dots(connection: sa.Connection, dots: Sequence[Dot]) -> list[HistoryRow]:
    """Return the rows of these saves, as far as they are known here."""
    wanted = sa.tuple_(history.c.node, history.c.tick).in_([tuple(dot) for dot in dots])
    return [_row(row) for row in connection.execute(sa.select(history).where(wanted))]


def of_record(connection: sa.Connection, record: str) -> list[HistoryRow]:
    """Return the saves of a record, node by node in their order."""
    chosen = sa.select(history).where(history.c.record == record).order_by(history.c.node, history.c.tick)
    return [_row(row) for row in connection.execute(chosen)]


def chains(connection: sa.Connection, places: Sequence[str] | None = None) -> Iterator[list[HistoryRow]]:
    """Yield every chain, its rows in order of their number; only those of `places` when given."""
    heads = sa.select(history.c.node, history.c.place).distinct().order_by(history.c.node, history.c.place)
    if places is not None:
        heads = heads.where(history.c.place.in_(places))
    for node, place in connection.execute(heads).all():
        chain = sa.select(history).where(history.c.node == node, history.c.place == place)
        yield [_row(row) for row in connection.execute(chain.order_by(history.c.number))]


def last_tick(connection: sa.Connection, node: str) -> int:
    """Return the count of a node's last save that is known here; 0 before the first."""
    return connection.scalar(sa.select(sa.func.max(history.c.tick)).where(history.c.node == node)) or 0


def _columns(row: HistoryRow) -> dict[str, Any]:
    save = row.save
    return {
        "node": save.dot.node, "tick": save.dot.tick, "person": save.person, "role": save.role,
        "workspace": save.workspace, "time": save.time, "place": row.place, "number": row.number,
        "form": row.form, "record": row.record, "changes": changes_to_json(row.changes),
        "origin": row.origin, "reason": row.reason, "previous": row.previous, "hash": row.hash,
    }


def _row(row: sa.Row[Any]) -> HistoryRow:
    save = Save(Dot(row.node, row.tick), row.person, row.role, row.workspace, row.time)
    return HistoryRow(
        save, row.place, row.number, row.form, row.record, _changes(row.changes),
        row.origin, row.reason, row.previous, row.hash,
    )


def _changes(text: str) -> dict[str, Change]:
    """Return the changes, or for a damaged text one that makes the row's hash fail."""
    try:
        return changes_from_json(text)
    except ValueError:
        return {text: Change(None, None, "")}
