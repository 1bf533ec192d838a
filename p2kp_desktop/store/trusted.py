"""Whose bundles may act in which role here, and which keys brought the saves of a node."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from .records import upsert
from .tables import acquaintances, brought, trusted


@dataclass(frozen=True)
class Accepted:
    """A key that may act in a role in a region («» for every one); `person` said so, «» where it was the first."""

    key: str
    role: str
    region: str
    transfer: str = ""
    person: str = ""
    reason: str = ""
    time: str = ""


def accept(connection: sa.Connection, found: Iterable[Accepted]) -> None:
    """Note that keys may act."""
    if rows := [vars(each) for each in found]:
        upsert(connection, trusted, ("key", "role", "region"), rows)


def accepted(connection: sa.Connection, role: str) -> list[Accepted]:
    """Return who may act in a role."""
    chosen = sa.select(trusted).where(trusted.c.role == role).order_by(trusted.c.region, trusted.c.key)
    return [Accepted(**row) for row in connection.execute(chosen).mappings()]


def everybody(connection: sa.Connection) -> list[Accepted]:
    """Return all keys that may act, in whatever role."""
    return [Accepted(**row) for row in connection.execute(sa.select(trusted).order_by(trusted.c.key)).mappings()]


def nodes_of(connection: sa.Connection, key: str) -> frozenset[str]:
    """Return the nodes that sent bundles with this key; of nobody's key none."""
    chosen = sa.select(acquaintances.c.node).where(acquaintances.c.key == key)
    return frozenset(connection.scalars(chosen)) if key else frozenset()


def keys_of(connection: sa.Connection, node: str) -> frozenset[str]:
    """Return the keys that tell of a node's saves: its own where that is known, else those that brought any."""
    own = connection.scalar(sa.select(acquaintances.c.key).where(acquaintances.c.node == node))
    if own:
        return frozenset([own])
    return frozenset(connection.scalars(sa.select(brought.c.key).where(brought.c.node == node)))


def is_own(connection: sa.Connection, node: str) -> bool:
    """Say whether a workspace of this node sent bundles itself, signed."""
    return bool(connection.scalar(sa.select(acquaintances.c.key).where(acquaintances.c.node == node)))


def note_brought(connection: sa.Connection, nodes: Iterable[str], key: str, transfer: str) -> None:
    """Note who brought saves of nodes; the first import to do so stands."""
    there = set(connection.scalars(sa.select(brought.c.node).where(brought.c.key == key)))
    rows = [{"node": node, "key": key, "transfer": transfer} for node in sorted({*nodes} - there)]
    if rows and key:
        connection.execute(brought.insert(), rows)


def forget(connection: sa.Connection, transfer: str) -> None:
    """Forget what an import that is taken back said of who may act, and what it was the first to bring."""
    for table in (trusted, brought):
        connection.execute(table.delete().where(table.c.transfer == transfer))
