"""Records of bundles that wait for a person: kept whole beside the records, until somebody takes or leaves them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa

from p2kp_desktop.schema.causality import Dot, Version
from p2kp_desktop.schema.erasure import Marks, blanked, cleared
from p2kp_desktop.schema.history import HistoryRow, from_json, to_json
from p2kp_desktop.schema.state import pack, unpack

from . import branching, history
from .records import upsert
from .tables import held

Named = tuple[str, str]  # form and id


@dataclass(frozen=True)
class Held:
    """A record that waits: as it came, with the saves it brought, why it waits, who sent it and when.

    `left` is why somebody decided to leave it, `taken` the line of the log with which it was taken in; «» while nobody
    did so.
    """

    transfer: str
    version: Version
    why: str
    saves: tuple[HistoryRow, ...]
    node: str
    workspace: str
    role: str
    person: str
    key: str
    sent: str
    time: str
    left: str = ""
    taken: str = ""

    @property
    def named(self) -> Named:
        """Return form and id."""
        return self.version.form, self.version.id


def hold(connection: sa.Connection, found: Iterable[Held]) -> None:
    """Keep records apart."""
    if rows := [_row(each) for each in found]:
        upsert(connection, held, ("transfer", "form", "record"), rows)


def _row(each: Held) -> dict[str, object]:
    form, record = each.named
    return {
        "transfer": each.transfer, "form": form, "record": record, "why": each.why,
        "version": json.dumps(pack(each.version), ensure_ascii=False),
        "saves": json.dumps([[to_json(row), row.mark] for row in each.saves], ensure_ascii=False),
        "node": each.node, "workspace": each.workspace, "role": each.role, "person": each.person, "key": each.key,
        "sent": each.sent, "time": each.time, "left": each.left,
        "taken": each.taken,
    }


def waiting(connection: sa.Connection) -> list[Held]:
    """Return the records that wait, the first that came first."""
    return _found(connection, _waits())


def _waits() -> sa.ColumnElement[bool]:
    return (held.c.left == "") & (held.c.taken == "")


def _found(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> list[Held]:
    order = (held.c.time, held.c.transfer, held.c.form, held.c.record)
    return [_held(row) for row in connection.execute(sa.select(held).where(condition).order_by(*order)).mappings()]


def _held(row: sa.RowMapping) -> Held:
    version = unpack(row["form"], row["record"], *json.loads(row["version"]))
    saves = tuple(_save(each) for each in json.loads(row["saves"]))
    told = {name: row[name] for name in ("node", "workspace", "role", "person", "key", "sent", "time", "left", "taken")}
    return Held(row["transfer"], version, row["why"], saves, **told)


def _save(kept: str | list[str]) -> HistoryRow:
    """Read a save with its signature; until saves were signed its text stood there alone."""
    text, mark = (kept, "") if isinstance(kept, str) else kept
    return replace(from_json(text), mark=mark)


def decide(connection: sa.Connection, some: Iterable[Held], *, left: str = "", taken: str = "") -> None:
    """Note that somebody left records as they are here, and why, or with which line of the log they were taken in."""
    for each in some:
        its = (held.c.transfer == each.transfer) & (held.c.form == each.named[0]) & (held.c.record == each.named[1])
        connection.execute(held.update().where(its).values(left=left, taken=taken))


def forget(connection: sa.Connection, transfer: str) -> None:
    """Forget what an import held back that is taken back; what was taken in with that line waits again."""
    connection.execute(held.delete().where(held.c.transfer == transfer))
    connection.execute(held.update().where(held.c.taken == transfer).values(taken=""))


def blank(connection: sa.Connection, record: str, marks: Marks) -> None:
    """Take what was erased of a record out of what waits of it, also where its saves are called otherwise by now."""
    forked = branching.shapes(connection)
    for each in _found(connection, held.c.record == record):
        now = history.dots_now(connection, each.saves, forked)
        names = {row.save.dot: now.get(row.hash, row.save.dot) for row in each.saves}
        version = _renamed(blanked(_renamed(each.version, names), marks), {new: old for old, new in names.items()})
        saves = tuple(_cleared(row, names[row.save.dot], marks) for row in each.saves)
        hold(connection, [replace(each, version=version, saves=saves)])


def _renamed(version: Version, names: Mapping[Dot, Dot]) -> Version:
    """Give a version with other names of the saves that gave its answers."""
    return replace(version, answers={
        key: frozenset(s._replace(save=s.save._replace(dot=names.get(s.save.dot, s.save.dot))) for s in siblings)
        for key, siblings in version.answers.items()
    })


def _cleared(row: HistoryRow, now: Dot, marks: Marks) -> HistoryRow:
    return replace(row, changes=cleared(replace(row, save=row.save._replace(dot=now)), marks).changes)
