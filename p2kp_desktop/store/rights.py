"""What whoever works here may do: their role on this laptop, and the one question that every act asks of it."""

from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import roles
from p2kp_desktop.schema.roles import OFFICE, VIEWER, Deed

from . import facts, files, keyring, persons, tables

REFUSED = "G20"
_WORKS = "SELECT value FROM workspace WHERE key = 'person'"
_ROLE = "SELECT role, active FROM person WHERE name = ?"


def role(connection: sa.Connection) -> str:
    """Return the role of whoever works here: the office where they were never entered, as who works alone is.

    Somebody who was taken off the list may look at most, though an old key file let them in.
    """
    known = persons.entered(connection).get(facts.facts(connection).person)
    if known is None:
        return OFFICE
    return known.role if known.active else VIEWER


def must(connection: sa.Connection, deed: Deed) -> None:
    """Raise Trouble where whoever works here may not do this."""
    here = role(connection)
    if not roles.may(here, deed):
        raise refusal(facts.facts(connection).person, here, deed)


def reads_names(connection: sa.Connection) -> bool:
    """Say whether whoever works here reads names and identity numbers in full; at a server everybody does."""
    if connection.dialect.name != "sqlite" or not sa.inspect(connection).has_table(tables.persons.name):
        return True
    return not persons.entered(connection) or roles.may(role(connection), Deed.READ_NAMES)


def must_in(path: Path, deed: Deed, person: str = "") -> None:
    """Do the same for a file that is not open here, for a person or whoever works in it.

    One that is damaged, locked or not there refuses nothing: whoever opens it says what it is.
    """
    try:
        with closing(files.connect(path)) as there:
            who = person or keyring.signed_in(files.salt_of(path)) or there.execute(_WORKS).fetchone()[0]
            found = there.execute(_ROLE, (who,)).fetchone()
    except files.errors(OSError, Trouble, TypeError):
        return
    here = OFFICE if found is None else found[0] if found[1] else VIEWER
    if not roles.may(here, deed):
        raise refusal(who, here, deed)


def refusal(person: str, here: str, deed: Deed) -> Trouble:
    """Return why somebody may not do something, and who may."""
    return Trouble(
        say("{person} bekerja di sini sebagai {role}, dan {role} tidak {deed}.", person=person,
            role=roles.role_words(here), deed=roles.deed_words(deed)),
        safe=say("Tidak ada yang diubah."),
        remedy=say("Minta petugas kantor melakukannya, atau ganti petugas (F12)."), code=REFUSED,
    )
