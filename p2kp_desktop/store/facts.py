"""What a workspace knows of itself: its node, name, role, area, current period."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from p2kp_desktop.schema.causality import Vector, join

from .records import upsert
from .tables import knowledge, meta

RETIRED = "retired"
_NOTED = sa.select(meta.c.key, meta.c.value)  # asked dozens of times for each bundle: worded once


@dataclass(frozen=True)
class Facts:
    """The workspace in the words its user gave at the first start."""

    node: str
    name: str
    role: str
    person: str
    regions: tuple[str, ...]
    period: str
    made: str
    retired: str = ""  # since when it takes no more edits, ISO 8601; "" while it does


def facts(connection: sa.Connection) -> Facts:
    """Return the facts that a workspace notes of itself: its node, name, role, person, area, period."""
    noted = everything(connection)
    return Facts(
        noted["node"], noted["name"], noted["role"], _person(connection) or noted["person"],
        tuple(noted["regions"].split()), noted["period"], noted["made"], noted.get(RETIRED, ""),
    )


def _person(connection: sa.Connection) -> str:
    """Return who works in this window, where others may sign in at another of the same server."""
    return str(connection.get_execution_options().get("p2kp_person") or "")


def everything(connection: sa.Connection) -> dict[str, str]:
    """Return all notes by name."""
    return dict(connection.execute(_NOTED).all())


def note(connection: sa.Connection, name: str, value: str) -> None:
    """Keep one fact in place of what stood there."""
    upsert(connection, meta, ("key",), [{"key": name, "value": value}])


def forget(connection: sa.Connection, name: str) -> None:
    """Keep one fact no longer."""
    connection.execute(meta.delete().where(meta.c.key == name))


def known_edits(connection: sa.Connection, holder: str = "") -> dict[str, Vector]:
    """Return the edits a workspace is known to have, by kelurahan; `holder` "" is this workspace.

    Its own saves are not listed: it has them all.
    """
    found: dict[str, Vector] = {}
    for row in connection.execute(sa.select(knowledge).where(knowledge.c.holder == holder)):
        found[row.place] = join(found.get(row.place, {}), {row.node: row.tick})
    return found


def know_again(connection: sa.Connection, edits: Mapping[str, Vector]) -> None:
    """Put what this workspace knows back to an earlier state: an import was taken back."""
    connection.execute(knowledge.delete().where(knowledge.c.holder == ""))
    for place, vector in edits.items():
        learn(connection, place, vector)


def learn(connection: sa.Connection, place: str, edits: Vector, holder: str = "") -> None:
    """Note that a workspace has all these edits of a kelurahan."""
    before = known_edits(connection, holder).get(place, {})
    rows = [
        {"holder": holder, "place": place, "node": node, "tick": tick}
        for node, tick in join(before, edits).items()
    ]
    if rows:
        upsert(connection, knowledge, ("holder", "place", "node"), rows)
