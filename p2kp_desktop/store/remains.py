"""Reading what can still be read of a damaged workspace file, row by row; the file itself is never touched."""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.forms import FORMS
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.state import canonical, unpack

from . import audit as events
from . import files, key_files, records
from .keyring import Lock
from .records import upsert
from .tables import (
    RECORDS,
    acquaintances,
    answer_columns,
    audit,
    boundaries,
    drafts,
    history,
    knowledge,
    meta,
    other_records,
    profiles,
    signers,
    summaries,
    transfers,
)
from .workspace import SIDES

WINDOW = 512  # rows asked for at once, halved around what cannot be read
PATIENCE = 50_000  # single rows that could not be read, after which the rest of a table is given up
_LEAST_ROW = 16  # bytes: no row of a table takes less

Row = dict[str, Any]


class Remains:
    """A damaged file as far as it can be read."""

    def __init__(self, connection: sa.Connection, size: int, *, is_enciphered: bool = False) -> None:
        self._connection, self._size, self._is_enciphered = connection, size, is_enciphered
        self.unread = 0  # places in tables where a row could not be read

    def noted(self) -> dict[str, str]:
        """Return the notes that the workspace made of itself, as far as they can be read."""
        return {row["key"]: row["value"] for row in self.rows(meta)}

    def rows(self, table: sa.Table) -> Iterator[Row]:
        """Yield the rows of a table that can be read, with the columns that the file has."""
        columns = self._columns(table)
        if not columns:
            return
        chosen, patience = sa.select(*columns), [PATIENCE]
        last = self._last(table)
        for first in range(0, last + 1, WINDOW):
            yield from self._between(chosen, first, min(first + WINDOW - 1, last), patience)
        self.unread += PATIENCE - patience[0]

    def versions(self) -> Iterator[tuple[Version, bool]]:
        """Yield every record that can be read, and whether its seal says it is as it was saved."""
        for form in FORMS:
            nothing = dict.fromkeys((*answer_columns(form), "extra"))
            for row in self.rows(RECORDS[form.key]):
                yield from _version(form.key, nothing | row, records.values_of)
        for row in self.rows(other_records):
            yield from _version(row["form"], row, lambda _form, row: json.loads(row["extra"]))

    def _columns(self, table: sa.Table) -> list[sa.Column[Any]]:
        try:
            found = self._connection.exec_driver_sql(f'PRAGMA table_info("{table.name}")').all()
        except sa.exc.DBAPIError:
            self._begin_again()
            return []
        return [table.c[row[1]] for row in found if row[1] in table.c]

    def _last(self, table: sa.Table) -> int:
        """Return the number of the last row; where even that is damaged, the most that the file can hold."""
        try:
            return self._connection.exec_driver_sql(f'SELECT max(rowid) FROM "{table.name}"').scalar() or 0
        except sa.exc.DBAPIError:
            self._begin_again()
            return self._size // _LEAST_ROW if self._leads_anywhere(table) else 0

    def _leads_anywhere(self, table: sa.Table) -> bool:
        """Say whether some row number can be looked up: where the first page of a table is gone, none can."""
        for number in (*range(1, 1000, 40), *(2**power for power in range(10, 21))):
            try:
                self._connection.exec_driver_sql(f'SELECT 1 FROM "{table.name}" WHERE rowid = {number}').scalar()
            except sa.exc.DBAPIError:
                self._begin_again()
            else:
                return True
        return False

    def _begin_again(self) -> None:
        """Take a fresh connection after a fault: that of an enciphered file reads nothing more once a page failed."""
        if self._is_enciphered:
            self._connection.invalidate()
            self._connection.rollback()

    def _between(self, chosen: sa.Select[Any], first: int, last: int, patience: list[int]) -> Iterator[Row]:
        if patience[0] <= 0:
            return
        here = chosen.where(sa.literal_column("rowid").between(first, last))
        try:
            found = [{**row} for row in self._connection.execute(here).mappings()]
        except (sa.exc.DBAPIError, ValueError, ArithmeticError):
            self._begin_again()
            if first == last:
                patience[0] -= 1
                return
            middle = (first + last) // 2
            yield from self._between(chosen, first, middle, patience)
            yield from self._between(chosen, middle + 1, last, patience)
        else:
            yield from found


def _version(form: str, row: Row, values_of: Any) -> Iterator[tuple[Version, bool]]:
    try:
        version = unpack(form, row["id"], values_of(form, row), row["state"])
        yield version, hashlib.sha256(canonical(version)).hexdigest() == row["seal"]
    except (ValueError, TypeError, KeyError, AttributeError):
        return


@contextmanager
def opened(damaged: Path, bench: Path) -> Iterator[Remains]:
    """Open a copy, in the folder `bench`, of a damaged file and of what SQLite keeps beside it."""
    copied = bench / "rusak.db"
    for end in ("", *SIDES[:1]):
        side = damaged.with_name(f"{damaged.name}{end}")
        if side.exists():
            shutil.copyfile(side, copied.with_name(f"{copied.name}{end}"))
    put_back_head(copied, key_files.meant_salt(damaged))
    lock = files.lock_of(copied)
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(copied)), module=files.driver(lock))
    sa.event.listen(engine, "connect", lambda raw, _record: _forgive(raw, lock))
    try:
        with engine.connect() as connection:
            yield Remains(connection, copied.stat().st_size, is_enciphered=lock is not None)
    finally:
        engine.dispose()


def put_back_head(copied: Path, salt: bytes) -> None:
    """Let an enciphered file begin again with the salt that its key file tells: only its head may be damaged."""
    if salt and files.salt_of(copied) != salt:
        with copied.open("rb+") as file:
            file.write(salt)


def _forgive(raw: Any, lock: Lock | None) -> None:
    files.unlock(raw, lock)
    raw.text_factory = lambda found: found.decode("utf-8", "replace")


def take_over_rest(connection: sa.Connection, found: Remains) -> int:
    """Bring in history, drafts, logs and receipts that can be read, where they are not known; return saves brought.

    What this workspace itself was known to have is left out: not all of it can be read.
    """
    for table in (summaries, profiles):
        connection.execute(table.delete())  # they are added up anew
    saves = 0
    for table in (history, signers, drafts, transfers, acquaintances, knowledge, boundaries):
        keys = tuple(column.name for column in table.primary_key)
        for row in found.rows(table):
            if _fits(table, row) and not (table is knowledge and not row["holder"]):
                saves += _bring(connection, table, keys, row)
    return saves


def take_over_events(connection: sa.Connection, found: Remains) -> None:
    """Bring in the events that were noted, as far as they go on from those that are here."""
    events.take_over(connection, found.rows(audit))


def _fits(table: sa.Table, row: Mapping[str, Any]) -> bool:
    return all(row.get(column.name) is not None for column in table.columns if not column.nullable)


def _bring(connection: sa.Connection, table: sa.Table, keys: tuple[str, ...], row: Row) -> int:
    if table is drafts:  # what was being typed last
        upsert(connection, table, keys, [row])
        return 0
    same = sa.and_(*(table.c[key] == row[key] for key in keys))
    if connection.execute(sa.select(table.c[keys[0]]).where(same)).first():
        return 0
    connection.execute(table.insert().values(row))
    return int(table is history)
