"""Keeping the history: every save of every node that is known here."""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import sqlalchemy as sa

from p2kp_desktop.schema.branches import MARK, origin
from p2kp_desktop.schema.causality import Dot, Save, Vector
from p2kp_desktop.schema.erasure import Marks, cleared
from p2kp_desktop.schema.history import START, Change, HistoryRow, changes_from_json, changes_to_json

from . import erasures
from .tables import history

AT_ONCE = 500

Sign = Callable[[str], str]  # from the hash of a row to the signature over it


def append(connection: sa.Connection, rows: Iterable[HistoryRow], sign: Sign | None = None) -> None:
    """Number, seal, sign and put rows of this workspace's own at the ends of their chains, in the given order."""
    ends: dict[tuple[str, str], tuple[int, str]] = {}
    sealed = []
    for row in rows:
        chain = row.save.dot.node, row.place
        number, previous = ends.get(chain) or _end(connection, *chain)
        last = replace(row, number=number + 1, previous=previous).sealed()
        sealed.append(replace(last, mark=sign(last.hash)) if sign else last)
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


class Kept(NamedTuple):
    """What came of history rows that arrived: new saves, those that say more now, rows that wait for their branch.

    `completed` holds, save by save, how each answer that was told now had been kept back: withheld or lost. `apart`
    holds by node, as the bundle names it, the rows that are no part of what is known here of that node. `seen` holds
    the counts of the other rows by node, as the bundle names it and as it is kept here. `refused` are rows that whoever
    brought them has no say in.
    """

    new: list[Dot]
    completed: dict[Dot, dict[str, str]]
    apart: dict[str, list[HistoryRow]]
    seen: "dict[tuple[str, str], array[int]]"
    refused: Sequence[HistoryRow] = ()


class Welcome:
    """Which saves that arrive are taken; here all of them, as a person here decides."""

    def is_signed(self, row: HistoryRow) -> bool:  # noqa: ARG002
        """Say whether the node of a save signed it; other signatures are not kept."""
        return False

    def takes(self, row: HistoryRow) -> bool:  # noqa: ARG002
        """Say whether a save that is not known here is taken; what it bears as a signature holds."""
        return True

    def parts(self, row: HistoryRow) -> bool:  # noqa: ARG002
        """Say whether a save that contradicts one here may tell of another copy of its workspace."""
        return True


EVERYTHING = Welcome()


def keep(
    connection: sa.Connection, rows: Iterable[HistoryRow], forked: Mapping[str, Collection[str]],
    welcome: Welcome = EVERYTHING,
) -> Kept:
    """Add rows that came in a bundle; return the new saves, and the rows that another copy of a workspace made.

    A row whose answers were withheld when it first came is completed by the same row in full; what was
    erased meanwhile stays out. `forked` are the branches of forked nodes: new rows of these are left to the caller.
    `welcome` says which new saves are taken.
    """
    refused: list[HistoryRow] = []
    kept = Kept([], {}, {}, {}, refused)
    marked = erasures.marked(connection)

    def less(row: HistoryRow, dot: Dot) -> HistoryRow:
        named = row if row.save.dot == dot else replace(row, save=row.save._replace(dot=dot))
        return cleared(named, marked[row.record]) if row.record in marked else named

    for some in _portions(rows):
        known = _known(connection, some, forked)
        taken = {dot for dot, _seal in known} | _continued(connection, some, known)
        fresh: dict[Dot, HistoryRow] = {}
        for came in some:
            dot = came.save.dot
            here = known.get((Dot(origin(dot.node), dot.tick), came.hash))
            row = came if (here and here.mark) or welcome.is_signed(came) else replace(came, mark="")
            if here is not None:
                _complete(connection, kept, here, less(row, here.save.dot))
            elif not welcome.takes(row) or ((dot in taken or dot in fresh) and not welcome.parts(row)):
                refused.append(came)
                continue
            elif MARK in dot.node or dot.node in forked or dot.node in kept.apart or dot in taken or dot in fresh:
                kept.apart.setdefault(dot.node, []).append(row)
                continue
            else:
                fresh[dot] = less(row, dot)
            kept.seen.setdefault((dot.node, (here or row).save.dot.node), array("q")).append(dot.tick)
        put(connection, fresh.values())
        kept.new.extend(fresh)
    return kept


def put(connection: sa.Connection, rows: Iterable[HistoryRow]) -> None:
    """Add sealed rows as they are."""
    columns = [_columns(row) for row in rows]
    if columns:
        connection.execute(history.insert(), columns)


def told_of(connection: sa.Connection, dots: Sequence[Dot]) -> dict[str, dict[str, list[Dot]]]:
    """Return of which records these saves are: by form and id."""
    chosen = sa.select(history.c.form, history.c.record, history.c.node, history.c.tick)
    found: dict[str, dict[str, list[Dot]]] = {}
    for start in range(0, len(dots), AT_ONCE):
        some = sa.tuple_(history.c.node, history.c.tick).in_(dots[start : start + AT_ONCE])
        for form, record, name, tick in connection.execute(chosen.where(some)):
            found.setdefault(form, {}).setdefault(record, []).append(Dot(name, tick))
    return found


def put_apart(connection: sa.Connection, rows: Iterable[HistoryRow]) -> None:
    """Add rows that waited for their branch, without what was erased of their records."""
    marked = erasures.marked(connection)
    put(connection, [cleared(row, marked[row.record]) if row.record in marked else row for row in rows])


def dots_now(
    connection: sa.Connection, rows: Iterable[HistoryRow], forked: Mapping[str, Collection[str]]
) -> dict[str, Dot]:
    """Return the names that saves have here by now, by their hashes, as far as they are here."""
    return {
        seal: row.save.dot for some in _portions(rows) for (_dot, seal), row in _known(connection, some, forked).items()
    }


def _known(
    connection: sa.Connection, rows: Iterable[HistoryRow], forked: Mapping[str, Collection[str]]
) -> dict[tuple[Dot, str], HistoryRow]:
    """Return the history rows here of these saves, under whatever branch, by the save as it was counted and by hash."""
    dots = {
        Dot(name, row.save.dot.tick): None for row in rows
        for name in (origin(row.save.dot.node), row.save.dot.node, *forked.get(origin(row.save.dot.node), ()))
    }
    wanted = list(dots)
    found = (row for at in range(0, len(wanted), AT_ONCE) for row in by_dots(connection, wanted[at : at + AT_ONCE]))
    return {(Dot(origin(row.save.dot.node), row.save.dot.tick), row.hash): row for row in found}


def _continued(
    connection: sa.Connection, rows: Sequence[HistoryRow], known: Mapping[tuple[Dot, str], HistoryRow]
) -> set[Dot]:
    """Return the saves that do not fit into their chains as they are here: another goes there, or before, or after."""
    fresh = [row for row in rows if (row.save.dot, row.hash) not in known]
    nodes = {node for node in {row.save.dot.node for row in fresh} if last_tick(connection, node)}
    fresh = [row for row in fresh if row.save.dot.node in nodes]
    wanted = {(row.save.dot.node, row.place, row.number + step): None for row in fresh for step in (-1, 0, 1)}
    chain = _at(connection, list(wanted))
    found = set()
    for row in fresh:
        node, place, number = row.save.dot.node, row.place, row.number
        before, after = chain.get((node, place, number - 1)), chain.get((node, place, number + 1))
        if (node, place, number) in chain or (before and before[0] != row.previous) or (after and after[1] != row.hash):
            found.add(row.save.dot)
    return found


def _at(
    connection: sa.Connection, wanted: Sequence[tuple[str, str, int]]
) -> dict[tuple[str, str, int], tuple[str, str]]:
    """Return the hashes of the rows at these places of chains, and of those before them."""
    here = history.c
    found = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = sa.tuple_(here.node, here.place, here.number).in_(wanted[start : start + AT_ONCE])
        chosen = sa.select(here.node, here.place, here.number, here.hash, here.previous).where(some)
        found.update({(row[0], row[1], row[2]): (row[3], row[4]) for row in connection.execute(chosen)})
    return found


def _complete(connection: sa.Connection, kept: Kept, here: HistoryRow, row: HistoryRow) -> None:
    more = _completed(here, row)
    if more != here:
        kept.completed.setdefault(here.save.dot, _hidden(here, more))
    if more != here or more.mark != here.mark:
        _rewrite(connection, more)


def _hidden(here: HistoryRow, more: HistoryRow) -> dict[str, str]:
    """Return how the answers that a row tells now were kept back before."""
    told = (key for key, change in here.changes.items() if change != more.changes[key])
    return {key: "withheld" if here.changes[key].withheld else "lost" for key in told}


def hide_again(connection: sa.Connection, hidden: Mapping[Dot, Mapping[str, str]]) -> None:
    """Keep answers back again that a bundle told which is taken back."""
    dots = list(hidden)
    for start in range(0, len(dots), AT_ONCE):
        for row in by_dots(connection, dots[start : start + AT_ONCE]):
            how = hidden[row.save.dot]
            ways = {key: change.kept_back() if how.get(key) == "withheld" else change.without_before()
                    for key, change in row.changes.items() if key in how}
            _rewrite(connection, replace(row, changes={**row.changes, **ways}))


def _completed(here: HistoryRow, row: HistoryRow) -> HistoryRow:
    changes = {key: change.completed(row.changes[key]) for key, change in here.changes.items()}
    return replace(here, changes=changes, mark=here.mark or row.mark)


def _rewrite(connection: sa.Connection, row: HistoryRow) -> None:
    """Write anew the changes of a row, which tell more or less than before, and its signature; its hash stays."""
    dot = row.save.dot
    connection.execute(
        history.update().where(history.c.node == dot.node, history.c.tick == dot.tick)
        .values(changes=changes_to_json(row.changes), mark=row.mark)
    )


def clear(connection: sa.Connection, record: str, marks: Marks) -> int:
    """Take out of the history of a record what was erased; return how many saves told of it."""
    rows = of_record(connection, record)
    told_less = [less for row in rows if (less := cleared(row, marks)) != row]
    for row in told_less:
        _rewrite(connection, row)
    return len(told_less)


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
    found: list[HistoryRow] = []
    for start in range(0, len(dots), AT_ONCE):
        some = [tuple(dot) for dot in dots[start : start + AT_ONCE]]
        wanted = sa.tuple_(history.c.node, history.c.tick).in_(some)
        found += shown(connection, connection.execute(sa.select(history).where(wanted)))
    return found


def shown(connection: sa.Connection, rows: Iterable[sa.Row[Any]]) -> list[HistoryRow]:
    """Return rows of the table as saves, without what was erased, also where it is kept for some days."""
    gone = erasures.put_off_marks(connection)
    found = [row_of(row) for row in rows]
    return [cleared(row, gone[row.record]) if row.record in gone else row for row in found] if gone else found


def of_record(connection: sa.Connection, record: str) -> list[HistoryRow]:
    """Return the saves of a record, node by node in their order."""
    chosen = sa.select(history).where(history.c.record == record).order_by(history.c.node, history.c.tick)
    return shown(connection, connection.execute(chosen))


def chains(connection: sa.Connection, places: Sequence[str] | None = None) -> Iterator[list[HistoryRow]]:
    """Yield every chain, its rows in order of their number; only those of `places` when given."""
    heads = sa.select(history.c.node, history.c.place).distinct().order_by(history.c.node, history.c.place)
    if places is not None:
        heads = heads.where(history.c.place.in_(places))
    for node, place in connection.execute(heads).all():
        chain = sa.select(history).where(history.c.node == node, history.c.place == place)
        yield shown(connection, connection.execute(chain.order_by(history.c.number)))


def ends(connection: sa.Connection) -> Iterator[tuple[str, str, int]]:
    """Yield node, place and the number of the last row of every chain."""
    here = history.c
    found = sa.select(here.node, here.place, sa.func.max(here.number)).group_by(here.node, here.place)
    yield from (tuple(row) for row in connection.execute(found))


def count_between(connection: sa.Connection, node: str, place: str, first: int, last: int) -> int:
    """Return how many rows of a chain are here between these two numbers."""
    here = history.c
    chosen = sa.select(sa.func.count()).where(
        here.node == node, here.place == place, here.number > first, here.number < last
    )
    return connection.scalar(chosen) or 0


def is_unbroken(connection: sa.Connection, node: str, places: Iterable[str], after: int, last: int) -> bool:
    """Say whether no save of a node in these places lacks from after one count up to another."""
    here = history.c
    for place in places:
        chain = (here.node == node) & (here.place == place)
        numbers = connection.scalars(sa.select(here.number).where(chain, here.tick > after, here.tick <= last)).all()
        before = sa.select(sa.func.max(here.number)).where(chain, here.tick <= after)
        first = (connection.scalar(before) or 0) + 1
        if sorted(numbers) != [*range(first, first + len(numbers))]:
            return False
    return True


def tells_all(connection: sa.Connection, included: Vector, places: Iterable[str]) -> bool:
    """Say whether all saves are here of a record that includes so many and ever lay in these places."""
    last = [Dot(node, tick) for node, tick in included.items()]
    return len(by_dots(connection, last)) == len(last) and all(
        is_unbroken(connection, dot.node, places, 0, dot.tick) for dot in last
    )


def last_tick(connection: sa.Connection, node: str) -> int:
    """Return the count of a node's last save that is known here; 0 before the first."""
    return connection.scalar(sa.select(sa.func.max(history.c.tick)).where(history.c.node == node)) or 0


def has_made(connection: sa.Connection, nodes: Iterable[str], origin: str) -> bool:
    """Say whether one of these nodes ever made a save of this origin."""
    chosen = sa.select(history.c.tick).where(history.c.node.in_(list(nodes)), history.c.origin == origin)
    return connection.execute(chosen.limit(1)).first() is not None


def last_of(connection: sa.Connection, node: str, form: str) -> HistoryRow | None:
    """Return a node's last save of a record of a form; None before the first."""
    chosen = sa.select(history).where(history.c.node == node, history.c.form == form)
    row = connection.execute(chosen.order_by(history.c.tick.desc()).limit(1)).first()
    return row_of(row) if row else None


def last_own(connection: sa.Connection, nodes: Sequence[str]) -> HistoryRow | None:
    """Return the last save that was made under the last of these nodes that made any; None before the first."""
    for name in reversed(nodes):
        chosen = sa.select(history).where(history.c.node == name).order_by(history.c.tick.desc()).limit(1)
        if row := connection.execute(chosen).first():
            return row_of(row)
    return None


def _columns(row: HistoryRow) -> dict[str, Any]:
    save = row.save
    return {
        "node": save.dot.node, "tick": save.dot.tick, "person": save.person, "role": save.role,
        "workspace": save.workspace, "time": save.time, "place": row.place, "number": row.number,
        "form": row.form, "record": row.record, "changes": changes_to_json(row.changes),
        "origin": row.origin, "previous": row.previous, "hash": row.hash, "mark": row.mark,
    }


def row_of(row: sa.Row[Any]) -> HistoryRow:
    """Return a row of the table as a save."""
    save = Save(Dot(row.node, row.tick), row.person, row.role, row.workspace, row.time)
    return HistoryRow(
        save, row.place, row.number, row.form, row.record, _changes(row.changes),
        row.origin, row.previous, row.hash, row.mark or "",
    )


def _changes(text: str) -> dict[str, Change]:
    """Return the changes, or for a damaged text one that makes the row's hash fail."""
    try:
        return changes_from_json(text)
    except ValueError:
        return {text: Change(None, None, "")}
