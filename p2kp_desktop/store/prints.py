"""What left this workspace on paper: who printed what and when, which version of which record, with names or without.

Kept here alone and never sent: it is the answer to «who has printed this list?» and «is this paper the latest?».
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from p2kp_desktop import environment
from p2kp_desktop.schema.records import new_id

from .facts import facts
from .tables import printed, printed_records


@dataclass(frozen=True)
class OfRecord:
    """A record on a page: its form, its id, the digest of the version that was printed."""

    form: str
    id: str
    version: str


@dataclass(frozen=True)
class Print:
    """A document that was printed: its name for scripts, its title, digest, whether names stood in full, why, pages."""

    what: str
    title: str
    digest: str
    names: bool
    reason: str
    pages: int
    person: str = ""
    time: str = ""


def note(connection: sa.Connection, one: Print, records: Sequence[OfRecord]) -> str:
    """Keep that a document is printed now by the person of the workspace; return under which key."""
    key = new_id()  # of two in one second the later one is the larger
    connection.execute(printed.insert().values(
        id=key, what=one.what, title=one.title, digest=one.digest, names=int(one.names), reason=one.reason,
        pages=one.pages, person=one.person or facts(connection).person, time=one.time or environment.now(),
    ))
    if records:
        connection.execute(printed_records.insert(), [
            {"printed": key, "form": each.form, "record": each.id, "version": each.version} for each in records
        ])
    return key


def amend(connection: sa.Connection, key: str, pages: int) -> None:
    """Keep how many pages of a print came out after all; of none, that nothing was printed."""
    if pages:
        connection.execute(printed.update().where(printed.c.id == key).values(pages=pages))
        return
    connection.execute(printed_records.delete().where(printed_records.c.printed == key))
    connection.execute(printed.delete().where(printed.c.id == key))


def of_record(connection: sa.Connection, record: str) -> list[tuple[Print, str]]:
    """Read what was printed of a record, the latest first, each with the version that was on it."""
    found = connection.execute(
        sa.select(printed, printed_records.c.version)
        .join(printed_records, printed_records.c.printed == printed.c.id)
        .where(printed_records.c.record == record).order_by(printed.c.time.desc(), printed.c.id.desc())
    )
    return [(_read(row), row.version) for row in found]


def latest(connection: sa.Connection, number: int) -> list[Print]:
    """Return the documents that were printed last, the latest first."""
    newest = sa.select(printed).order_by(printed.c.time.desc(), printed.c.id.desc()).limit(number)
    return [_read(row) for row in connection.execute(newest)]


def _read(row: sa.Row[tuple[object, ...]]) -> Print:
    return Print(what=row.what, title=row.title, digest=row.digest, names=bool(row.names), reason=row.reason,
                 pages=row.pages, person=row.person, time=row.time)
