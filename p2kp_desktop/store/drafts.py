"""Drafts: what somebody is typing, on disk at every field, until it is saved or thrown away.

Each person has drafts of their own: of one record there may be several, where clerks share a laptop or a server.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from p2kp_desktop.schema import Answer

from .records import upsert
from .tables import drafts

IN_PLACE_OF_A_FORM = "draft"  # by what it takes to undo: where a draft was thrown away, or came back


@dataclass(frozen=True)
class Draft:
    """A record being typed: `id` is the record's, `question` the one in focus; answers may be unreadable yet."""

    id: str
    form: str
    answers: Mapping[str, Answer]
    question: str
    person: str
    time: str


def keep(connection: sa.Connection, draft: Draft) -> None:
    """Put the draft on disk in place of the one that its author had of this record."""
    row = {
        "id": draft.id, "form": draft.form, "answers": json.dumps(dict(draft.answers), ensure_ascii=False),
        "question": draft.question, "person": draft.person, "time": draft.time,
    }
    upsert(connection, drafts, ("id", "person"), [row])


def of_record(connection: sa.Connection, record: str) -> list[Draft]:
    """Return the drafts of a record, of everybody, the last one touched first."""
    return list(_read(connection, drafts.c.id == record))


def found(connection: sa.Connection, record: str, person: str) -> Draft | None:
    """Return the draft that a person has of a record, None without one."""
    return next((each for each in of_record(connection, record) if each.person == person), None)


def all_of_them(connection: sa.Connection) -> list[Draft]:
    """Return the drafts of everybody, the last one touched first."""
    return list(_read(connection))


def waiting(connection: sa.Connection) -> list[Draft]:
    """Return the draft of each record that has any, the last one touched of those of several people."""
    found: dict[str, Draft] = {}
    for draft in _read(connection):
        found.setdefault(draft.id, draft)
    return list(found.values())


def _read(connection: sa.Connection, *wanted: sa.ColumnElement[bool]) -> Iterator[Draft]:
    chosen = sa.select(drafts).where(*wanted).order_by(drafts.c.time.desc(), drafts.c.id.desc())
    for row in connection.execute(chosen).all():
        yield Draft(row.id, row.form, json.loads(row.answers), row.question, row.person, row.time)


def drop(connection: sa.Connection, record: str, person: str) -> None:
    """Throw a draft away: it was saved, or its author said so."""
    connection.execute(drafts.delete().where(drafts.c.id == record, drafts.c.person == person))


def hand_over(connection: sa.Connection, before: str, person: str) -> None:
    """Give a person the drafts of another, unless they have one of the same record themselves."""
    theirs = sa.select(drafts.c.id).where(drafts.c.person == person)
    given = (drafts.c.person == before) & drafts.c.id.not_in(list(connection.scalars(theirs)))
    connection.execute(drafts.update().where(given).values(person=person))
