"""Who may work on this laptop: names with their PINs, which never leave it."""

from dataclasses import dataclass

import sqlalchemy as sa

from .records import upsert
from .tables import persons


@dataclass(frozen=True)
class Entered:
    """A person as entered here; `pin` is salt and hash as text, «» where none was chosen."""

    name: str
    role: str
    pin: str = ""
    active: bool = True
    time: str = ""


def put(connection: sa.Connection, person: Entered) -> None:
    """Keep a person in place of what was known of them."""
    row = {"name": person.name, "role": person.role, "pin": person.pin, "active": int(person.active),
           "time": person.time}
    upsert(connection, persons, ("name",), [row])


def entered(connection: sa.Connection) -> dict[str, Entered]:
    """Return everybody who was ever entered here, by name."""
    rows = connection.execute(sa.select(persons).order_by(persons.c.name))
    return {row.name: Entered(row.name, row.role, row.pin, bool(row.active), row.time) for row in rows}
