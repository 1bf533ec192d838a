"""What it takes to take an import back, kept beside the log of transfers."""

import json
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from p2kp_desktop.schema.causality import Dot, Version
from p2kp_desktop.schema.state import pack, unpack

from . import records
from .tables import undo_history, undo_records

Touched = Mapping[tuple[str, str], Version | None]  # form and id → the record as it was before


def note(connection: sa.Connection, transfer: str, touched: Touched, came: Iterable[Dot]) -> None:
    """Keep how the touched records were, and which saves' history came."""
    rows = []
    for form in {form for form, _ in touched}:
        ids = [record for its, record in touched if its == form]
        after = records.seals(connection, form, ids)
        rows += [
            {"transfer": transfer, "form": form, "id": record, "before": _written(touched[form, record]),
             "after": after.get(record, "")}
            for record in ids
        ]
    if rows:
        connection.execute(undo_records.insert(), rows)
    dots = [{"transfer": transfer, "node": dot.node, "tick": dot.tick} for dot in came]
    if dots:
        connection.execute(undo_history.insert(), dots)


def _written(version: Version | None) -> str:
    return json.dumps(pack(version), ensure_ascii=False) if version else ""


def touched(connection: sa.Connection, transfer: str) -> tuple[Touched, dict[tuple[str, str], str], list[Dot]]:
    """Return the records before, their seals right after, and the saves that came."""
    before: dict[tuple[str, str], Version | None] = {}
    after: dict[tuple[str, str], str] = {}
    for row in connection.execute(sa.select(undo_records).where(undo_records.c.transfer == transfer)):
        key = row.form, row.id
        before[key] = unpack(row.form, row.id, *json.loads(row.before)) if row.before else None
        after[key] = row.after
    chosen = sa.select(undo_history).where(undo_history.c.transfer == transfer)
    return before, after, [Dot(row.node, row.tick) for row in connection.execute(chosen)]


def drop(connection: sa.Connection, transfers: Sequence[str]) -> None:
    """Forget how imports could be taken back: they were, or are too old."""
    for table in (undo_records, undo_history):
        connection.execute(table.delete().where(table.c.transfer.in_(list(transfers))))


def undoable(connection: sa.Connection) -> list[str]:
    """Return the imports that can still be taken back, the oldest first."""
    chosen = sa.select(undo_records.c.transfer).distinct().order_by(undo_records.c.transfer)
    return list(connection.scalars(chosen))
