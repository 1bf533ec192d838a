"""How records were keyed in the window here: when, with how many keystrokes and corrections."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from p2kp_desktop.forms import form as form_named
from p2kp_desktop.schema import ALIVE
from p2kp_desktop.schema.values import Answer

from .records import upsert
from .tables import RECORDS, history, keyed
from .views import Where, lying

EVERYWHERE = Where()


@dataclass(frozen=True)
class Stint:
    """One record keyed or changed at one sitting: times are ISO 8601 by this device's clock."""

    record: str
    form: str
    person: str
    started: str
    ended: str
    keystrokes: int
    corrections: int


def note(connection: sa.Connection, stint: Stint) -> None:
    """Keep how a record was keyed."""
    upsert(connection, keyed, ("record", "ended"), [asdict(stint)])


def stints(
    connection: sa.Connection, *, since: str = "", records: Sequence[str] | None = None, where: Where = EVERYWHERE
) -> list[Stint]:
    """Return the sittings of keying since a day (ISO 8601, «» for ever), or of some records, in order of time.

    With a place only what was keyed of records that lie there.
    """
    chosen = sa.select(keyed).where(keyed.c.started >= since).order_by(keyed.c.started, keyed.c.record)
    if records is not None:
        chosen = chosen.where(keyed.c.record.in_(records))
    if where != EVERYWHERE:
        chosen = chosen.where(sa.or_(sa.false(), *_lying(connection, where)))
    return [Stint(**row) for row in connection.execute(chosen).mappings()]


def _lying(connection: sa.Connection, where: Where) -> Iterator[sa.ColumnElement[bool]]:
    """Yield form by form the condition that a record lies there."""
    for key in connection.scalars(sa.select(keyed.c.form).distinct()):
        if key in RECORDS:
            there = sa.select(RECORDS[key].c.id).where(*lying(form_named(key), where))
            yield sa.and_(keyed.c.form == key, keyed.c.record.in_(there))


def answers_to(connection: sa.Connection, form: str, question: str, since: str = "") -> dict[str, Answer]:
    """Return the answers to one question of the records that were keyed here since a day, by record."""
    column = RECORDS[form].c
    mine = sa.select(keyed.c.record).where(keyed.c.form == form, keyed.c.started >= since)
    rows = connection.execute(sa.select(column.id, column[question]).where(column.id.in_(mine)))
    return {row[0]: row[1] for row in rows}


def first_saved_by(connection: sa.Connection, form: str, nodes: Sequence[str]) -> dict[str, str]:
    """Return who first saved each living record of a form in this workspace, by record."""
    first = (
        sa.select(history.c.record, sa.func.min(history.c.tick).label("tick"), history.c.node)
        .where(history.c.form == form, history.c.node.in_(nodes)).group_by(history.c.record).subquery()
    )
    table = RECORDS[form]
    rows = connection.execute(
        sa.select(history.c.record, history.c.person)
        .join(first, (history.c.node == first.c.node) & (history.c.tick == first.c.tick))
        .join(table, table.c.id == history.c.record)
        .where(table.c[ALIVE] == 1).order_by(history.c.record)
    )
    return {row.record: row.person for row in rows}
