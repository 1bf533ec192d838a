"""What other workspaces are known to have: every bundle that arrives is also a receipt of its sender."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from p2kp_desktop.schema.causality import Vector

from . import facts
from .records import upsert
from .tables import acquaintances, knowledge


@dataclass(frozen=True)
class Acquaintance:
    """Another workspace as it last introduced itself; `time` is by its own clock and only shown."""

    node: str
    name: str
    role: str
    person: str
    serial: int
    time: str
    key: str = ""


def remembered(connection: sa.Connection, node: str) -> Acquaintance | None:
    """Return another workspace as it last introduced itself, or None before it was met."""
    row = connection.execute(sa.select(acquaintances).where(acquaintances.c.node == node)).mappings().first()
    return Acquaintance(**row) if row else None


def met(connection: sa.Connection, sender: Acquaintance, includes: Mapping[str, Vector]) -> bool:
    """Note what a sender has; an older bundle than the newest known of it says nothing new (False)."""
    known = remembered(connection, sender.node)
    if known and known.serial > sender.serial:
        return False
    upsert(connection, acquaintances, ("node",), [vars(sender)])
    connection.execute(knowledge.delete().where(knowledge.c.holder == sender.node))
    for place, edits in includes.items():
        facts.learn(connection, place, edits, holder=sender.node)
    return True


def trust(connection: sa.Connection, node: str, key: str) -> None:
    """Remember another public key of a workspace, because a person said that it is its own."""
    connection.execute(acquaintances.update().where(acquaintances.c.node == node).values(key=key))


def met_before(
    connection: sa.Connection, serial: int, node: str, before: Acquaintance | None, knows: Mapping[str, Vector]
) -> None:
    """Put what is known of a sender back to what it was, unless a newer bundle (another serial) came since."""
    known = remembered(connection, node)
    if known is None or known.serial != serial:
        return
    connection.execute(knowledge.delete().where(knowledge.c.holder == node))
    connection.execute(acquaintances.delete().where(acquaintances.c.node == node))
    if before is not None:
        upsert(connection, acquaintances, ("node",), [vars(before)])
    for place, edits in knows.items():
        facts.learn(connection, place, edits, holder=node)


def acquainted(connection: sa.Connection, role: str | None = None) -> list[Acquaintance]:
    """Return the workspaces met so far, of one role when given, the last met first by their clocks."""
    chosen = sa.select(acquaintances).order_by(acquaintances.c.time.desc())
    if role is not None:
        chosen = chosen.where(acquaintances.c.role == role)
    return [Acquaintance(**row) for row in connection.execute(chosen).mappings()]


def known_to_all(connection: sa.Connection, role: str, places: Iterable[str]) -> dict[str, Vector]:
    """Return the edits that every known workspace of a role has, by kelurahan; nothing where none is known."""
    holders = [facts.known_edits(connection, each.node) for each in acquainted(connection, role)]
    found: dict[str, Vector] = {}
    for place in places:
        vectors = [holder.get(place, {}) for holder in holders]
        if vectors and all(vectors):
            nodes = set.intersection(*(set(vector) for vector in vectors))
            found[place] = {node: min(vector[node] for vector in vectors) for node in nodes}
    return found
