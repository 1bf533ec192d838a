"""Whether the tables of a file are still those that its release noted: a flipped bit may rename a column in silence.

SQLite finds most damage to its own lists by itself. What it cannot find is a list that reads well and says something
else: a column of another name would be missed, made anew and empty, and its answers would be gone from every screen.
"""

from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from .tables import metadata

_COLUMNS = "SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
_AFFINITIES = (("INT", "integer"), ("CHAR", "text"), ("CLOB", "text"), ("TEXT", "text"), ("BLOB", "blob"),
               ("REAL", "real"), ("FLOA", "real"), ("DOUB", "real"))


def has_its_columns(connection: sa.Connection) -> bool:
    """Say whether a file of this release holds every table and column, of a kind that keeps what is in it."""
    if connection.dialect.name != "sqlite":
        return True
    there = connection.exec_driver_sql(_COLUMNS).cursor.fetchall()
    if _made() <= {*there}:
        return True
    kept = {(table, column): _affinity(kind) for table, column, kind in there}
    return all(kept.get((table, column)) == _affinity(kind) for table, column, kind in _made())


@cache
def _made() -> frozenset[tuple[str, str, str]]:
    """Return every table, column and type as this release makes them."""
    speech = sqlite.dialect()
    return frozenset(
        (table.name, column.name, column.type.compile(speech))
        for table in metadata.sorted_tables for column in table.columns
    )


@cache
def _affinity(kind: str) -> str:
    """Return how SQLite keeps what comes into a column of this type (datatype3.html, 3.1)."""
    return next((affinity for sign, affinity in _AFFINITIES if sign in kind.upper()), "numeric")
