"""The history of 0.1.0 brought up to date: there a reason stood beside the changes of a save, unsalted.

Each chain is sealed anew from its first row. Salts follow from what stood there, so that two laptops that hold
the same rows hold the same ones afterwards. Values that were kept back keep the hashes they had.

Every past release keeps a workspace and a bundle in `tests/data/old` (`make.py keep`), with what its own `p2kp` said
of them. A workspace of 0.1.0 has its chains sealed anew (`store/resealing.py`), alike on every laptop; a bundle of
0.1.0 arrives without its history, and says so.
"""

import hashlib
from itertools import groupby

import sqlalchemy as sa

from p2kp_desktop.schema.causality import Dot, Save
from p2kp_desktop.schema.forms import REASON
from p2kp_desktop.schema.history import START, Change, HistoryRow, changes_from_json, changes_to_json

from .tables import history

FORMER = "reason"  # the column that only 0.1.0 had


def is_due(connection: sa.Connection) -> bool:
    """Say whether the history of this workspace is of 0.1.0."""
    inspector = sa.inspect(connection)
    return inspector.has_table(history.name) and FORMER in {c["name"] for c in inspector.get_columns(history.name)}


def seal_anew(connection: sa.Connection) -> None:
    """Move the reasons into the changes, seal every chain anew, and drop the column of the reasons."""
    here = history.c
    there = [column for column in history.columns if column.name != here.mark.name]  # which came later
    chosen = sa.select(*there, sa.column(FORMER)).order_by(here.node, here.place, here.number)
    rows = connection.execute(chosen).mappings().all()
    for _, chain in groupby(rows, key=lambda row: (row["node"], row["place"])):
        previous = START
        for row in chain:
            sealed = _told(row, previous).sealed()
            connection.execute(
                history.update().where(here.node == row["node"], here.tick == row["tick"]).values(
                    changes=changes_to_json(sealed.changes), previous=previous, hash=sealed.hash,
                )
            )
            previous = sealed.hash
    connection.exec_driver_sql(f'ALTER TABLE "{history.name}" DROP COLUMN "{FORMER}"')


def _told(row: sa.RowMapping, previous: str) -> HistoryRow:
    changes = dict(changes_from_json(row["changes"]))
    if row[FORMER]:
        salt = hashlib.sha256(row["hash"].encode()).hexdigest()[:16]
        changes[REASON] = Change(None, row[FORMER], salt)
    save = Save(Dot(row["node"], row["tick"]), row["person"], row["role"], row["workspace"], row["time"])
    return HistoryRow(
        save, row["place"], row["number"], row["form"], row["record"], changes, row["origin"], previous,
    )
