"""Drafts: what somebody is typing, on disk at every field, until it is saved or thrown away."""

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
    """Put the draft on disk in place of its earlier state."""
    row = {
        "id": draft.id, "form": draft.form, "answers": json.dumps(dict(draft.answers), ensure_ascii=False),
        "question": draft.question, "person": draft.person, "time": draft.time,
    }
    upsert(connection, drafts, ("id",), [row])


def found(connection: sa.Connection, record: str) -> Draft | None:
    """Return the draft of a record, None where it has none."""
    return next(_read(connection, drafts.c.id == record), None)


def waiting(connection: sa.Connection) -> list[Draft]:
    """Return the drafts, the last one touched first."""
    return list(_read(connection))


def _read(connection: sa.Connection, *wanted: sa.ColumnElement[bool]) -> Iterator[Draft]:
    chosen = sa.select(drafts).where(*wanted).order_by(drafts.c.time.desc(), drafts.c.id.desc())
    for row in connection.execute(chosen).all():
        yield Draft(row.id, row.form, json.loads(row.answers), row.question, row.person, row.time)


def drop(connection: sa.Connection, draft: str) -> None:
    """Throw a draft away: it was saved, or its author said so."""
    connection.execute(drafts.delete().where(drafts.c.id == draft))
