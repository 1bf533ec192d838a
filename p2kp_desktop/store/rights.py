"""What whoever works here may do: their role on this laptop, and the one question that every act asks of it."""

from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import roles
from p2kp_desktop.schema.roles import OFFICE, VIEWER, Deed

from . import facts, files, key_files, keyring, persons, tables

REFUSED = "G20"
_WORKS = "SELECT value FROM workspace WHERE key = 'person'"
_ROLE = "SELECT role, active FROM person WHERE name = ?"


def role(connection: sa.Connection) -> str:
    """Return the role of whoever works here: the office where they were never entered, as who works alone is.

    Somebody who was taken off the list may look at most, though an old key file let them in. What the slot of a
    password says bounds all that: a backup of before somebody was entered opens with the same password.
    """
    who = facts.facts(connection).person
    known = persons.entered(connection).get(who)
    return roles.least(_bound(connection, who), _as_entered((known.role, known.active) if known else None))


def _as_entered(found: tuple[str, bool] | None) -> str:
    return OFFICE if found is None else found[0] if found[1] else VIEWER


def _bound(connection: sa.Connection, person: str) -> str:
    """Return the role that the password of somebody was given for, as far as this process knows it."""
    behind = connection.dialect.name == "sqlite" and files.lock_behind(connection.connection.dbapi_connection)
    return keyring.role_of(behind.salt, person) if behind else ""


def must(connection: sa.Connection, deed: Deed) -> None:
    """Raise Trouble where whoever works here may not do this."""
    here = role(connection)
    if not roles.may(here, deed):
        raise refusal(facts.facts(connection).person, here, deed)


def reads_names(connection: sa.Connection) -> bool:
    """Say whether whoever works here reads names and identity numbers in full; at a server everybody does."""
    if connection.dialect.name != "sqlite":
        return True
    if not sa.inspect(connection).has_table(tables.persons.name):
        return roles.may(roles.least(_bound(connection, facts.facts(connection).person)), Deed.READ_NAMES)
    return roles.may(role(connection), Deed.READ_NAMES)


def must_in(path: Path, deed: Deed, person: str = "") -> None:
    """Do the same for a file that is not open here, for a person or whoever works in it.

    One that is damaged, locked or not there refuses nothing but what the slot of the password does: whoever opens it
    says what it is.
    """
    found, salt = None, _salt(path)
    who = person or keyring.signed_in(salt)
    try:
        with closing(files.connect(path)) as there:
            who = who or there.execute(_WORKS).fetchone()[0]
            found = there.execute(_ROLE, (who,)).fetchone()
    except files.errors(OSError, Trouble, TypeError):
        pass  # what the slot says counts still
    here = roles.least(keyring.role_of(salt, who), _as_entered(found))
    if not roles.may(here, deed):
        raise refusal(who, here, deed)


def _salt(path: Path) -> bytes:
    try:
        return key_files.meant_salt(path)
    except OSError:
        return b""


def entered_as(path: Path, person: str) -> str:
    """Return the role in which somebody was entered in a file that is not open here; "" where that is not known."""
    try:
        with closing(files.connect(path)) as there:
            found = there.execute(_ROLE, (person,)).fetchone()
    except files.errors(OSError, Trouble, TypeError):
        return ""
    return _as_entered(found) if found else ""


def refusal(person: str, here: str, deed: Deed) -> Trouble:
    """Return why somebody may not do something, and who may."""
    return Trouble(
        say("{person} bekerja di sini sebagai {role}, dan {role} tidak {deed}.", person=person,
            role=roles.role_words(here), deed=roles.deed_words(deed)),
        safe=say("Tidak ada yang diubah."),
        remedy=say("Minta petugas kantor melakukannya, atau ganti petugas (F12)."), code=REFUSED,
    )
