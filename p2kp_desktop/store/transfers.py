"""The log of files sent and received: what each was and how it ended."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from .tables import transfers


@dataclass(frozen=True)
class Transfer:
    """One file sent (`direction` "out") or received ("in"), with its SHA-256 and the counts it ended with."""

    id: str
    direction: str
    bundle: str
    file: str
    sha256: str
    person: str
    time: str
    result: Mapping[str, object]


def note(connection: sa.Connection, transfer: Transfer) -> None:
    """Add a line to the log."""
    row = asdict(transfer) | {"result": json.dumps(transfer.result, ensure_ascii=False)}
    connection.execute(transfers.insert().values(row))


def log(connection: sa.Connection) -> list[Transfer]:
    """Return the log, the newest line first."""
    rows = connection.execute(sa.select(transfers).order_by(transfers.c.id.desc())).mappings()
    return [Transfer(**{**row, "result": json.loads(row["result"])}) for row in rows]


def amend(connection: sa.Connection, transfer: str, result: Mapping[str, object]) -> None:
    """Write a line's result anew, for instance that it was taken back."""
    text = json.dumps(result, ensure_ascii=False)
    connection.execute(transfers.update().where(transfers.c.id == transfer).values(result=text))
