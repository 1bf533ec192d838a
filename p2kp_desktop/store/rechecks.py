"""Records drawn to be keyed a second time, blind: the second answers stay apart from the records."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from p2kp_desktop.schema import Answer

from .records import AT_ONCE, upsert
from .tables import rechecks


@dataclass(frozen=True)
class Recheck:
    """A drawn record: whose it was, what was keyed the second time, by whom; who was right, by question.

    `time` is when the second keying ended, «» before; `decided` holds FIRST or SECOND by question.
    """

    record: str
    form: str
    operator: str
    drawn: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    question: str = ""
    person: str = ""
    time: str = ""
    decided: Mapping[str, str] = field(default_factory=dict)


def put(connection: sa.Connection, some: Iterable[Recheck]) -> None:
    """Keep drawn records in place of what was known of them."""
    rows = [
        {**vars(each), "answers": json.dumps(dict(each.answers), ensure_ascii=False),
         "decided": json.dumps(dict(each.decided))} for each in some
    ]
    for start in range(0, len(rows), AT_ONCE):
        upsert(connection, rechecks, ("record",), rows[start : start + AT_ONCE])


def drawn(connection: sa.Connection, record: str | None = None) -> list[Recheck]:
    """Return the records drawn to be keyed a second time, the latest drawing first; only one record when named."""
    chosen = sa.select(rechecks).order_by(rechecks.c.drawn.desc(), rechecks.c.operator, rechecks.c.record)
    if record is not None:
        chosen = chosen.where(rechecks.c.record == record)
    return [
        Recheck(**{**row, "answers": json.loads(row["answers"]), "decided": json.loads(row["decided"])})
        for row in connection.execute(chosen).mappings()
    ]


def forget(connection: sa.Connection, record: str) -> None:
    """Let a record be drawn no longer."""
    connection.execute(rechecks.delete().where(rechecks.c.record == record))
