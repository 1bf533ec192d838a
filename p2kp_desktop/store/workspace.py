"""An open workspace: whoever asks and whoever changes gets a connection from it, and knows where it lies."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.roles import Deed

from . import faults, files, footing, keyring, rights, veiling
from .footing import Footing
from .tables import meta

Connection = sa.Connection

SIDES = ("-wal", "-shm")  # what SQLite keeps beside a file that is in use
BUSY_MILLISECONDS = 15_000
BRIEFLY = 50  # milliseconds
PERSON = "person"  # the note of who works in a workspace
_AFTER = "p2kp_after"
_KNOWN_BY = ("made", "schema", "shape")  # the notes by which a workspace that was out of reach is known again


class Workspace:
    """An open workspace. Ask in `asking`, change in `changing`; there is one writer at a time.

    A file that was out of reach for a while is taken up again, with fresh connections, as soon as it is back.
    """

    def __init__(self, engine: sa.Engine, name: str, salt: bytes = b"") -> None:
        self.engine = engine
        self.name = name
        self._footing = None if is_server(name) else Footing(Path(name))
        self._known: dict[str, str] = {}
        self._raw: list[Any] = []  # every connection of a file, so that none outlives it
        self._asked: dict[int, Any] = {}  # the connection in which each thread asks just now
        self._salt = salt  # of an enciphered file
        if self._footing is not None:
            files.hold(Path(name), salt)
        self._is_veiled = False  # whether whoever works here may not read names
        sa.event.listen(engine, "connect", lambda raw, _record: self._raw.append(raw))
        sa.event.listen(engine, "connect", self._prepare)
        self.closed = False
        self.claimed = False  # whether this process has made sure of the node, see node.py
        self._person = ""  # who works in this window of a server, whoever else signs in at another
        self._writing = threading.RLock()

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """Give a connection that sees one unchanging state."""
        with self._standing(), faults.told(self.name), self.engine.connect() as connection, connection.begin():
            thread, raw = threading.get_ident(), connection.connection.driver_connection
            before = self._asked.get(thread)
            self._asked[thread] = raw
            try:
                yield self._named(connection)
            finally:
                self._asked[thread] = before

    def interrupt(self, thread: int) -> None:
        """End what a thread reads at this moment, which fails there; where it reads nothing, nothing happens."""
        raw = self._asked.get(thread)
        if raw is not None:
            (raw.interrupt if self.engine.dialect.name == "sqlite" else raw.cancel)()

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """Give a connection whose changes are on disk when the block ends, or none of them are."""
        with self._writing, self._standing():
            begun = self._footing.known if self._footing else None
            with faults.told(self.name), self.engine.connect() as connection:
                connection = connection.execution_options(p2kp_writes=True, p2kp_location=self.name)
                told: dict[str, Callable[[], None]] = {}
                connection.info[_AFTER] = told
                with connection.begin():
                    yield self._named(connection)
            if self._footing is not None:
                self._footing.must_be(begun)
        for tell in told.values():
            tell()

    def must(self, deed: Deed) -> None:
        """Raise Trouble where whoever works here may not do this."""
        with self.asking() as connection:
            rights.must(connection, deed)

    def put_down(self) -> bool:
        """Move what was saved out of SQLite's log into the file, whose copy then has it all; say whether all of it was.

        Nobody is waited for: what somebody still reads as it was before stays in the log until the next time, and
        where another program writes just now, Trouble is raised. It is done inside a change that changes nothing, so
        that nobody anywhere commits and begins the log anew meanwhile: before SQLite 3.51.3 that could harm the file.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        with (
            self._writing, self._standing(), faults.told(self.name),
            self.engine.connect() as here, self.engine.connect() as beside,
        ):
            held, log = here.connection.cursor(), beside.connection.cursor()
            held.execute(f"PRAGMA busy_timeout = {BRIEFLY}")
            try:
                held.execute("BEGIN IMMEDIATE")
                _busy, logged, moved = log.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
                return bool(logged == moved)
            finally:
                here.connection.rollback()
                held.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")

    def empty_log(self) -> bool:
        """Move everything out of SQLite's log into the file, and leave an empty one, unless somebody reads still."""
        if self.engine.dialect.name != "sqlite":
            return True
        with self._writing, self._standing(), faults.told(self.name), self.engine.connect() as connection:
            raw = connection.connection.cursor()
            try:
                busy, _pages, _moved = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                raw.close()
        return not busy

    @contextmanager
    def _standing(self) -> Iterator[None]:
        """Make sure that the file is where it was opened; trust no connection after a fault of its place."""
        if self.closed:
            raise Trouble("Ruang kerja ini sudah ditutup.", remedy="Buka lagi berkasnya.", code="R18")
        if self._footing is not None and not self._footing.is_firm():
            self._take_up_again(self._footing)
        try:
            yield
        except Trouble as trouble:
            if self._footing is not None and trouble.code in footing.STALE:
                self._footing.lose()
            raise

    def _take_up_again(self, place: Footing) -> None:
        """Open the file that is back, with fresh connections; raise Trouble where it is another one."""
        with place.returning:
            if place.is_firm():
                return  # somebody else took it up meanwhile
            self.engine.dispose()  # what the old connections lead to may not be this file
            place.renew()
            try:
                if self._seen() != self._known:
                    raise footing.another(place.path)
            except BaseException:
                place.lose()
                raise
            self.claimed = False  # it was out of sight, and may be a copy

    def know(self) -> "Workspace":
        """Take note of what this workspace is known by when it comes back, and of who works here; return it."""
        self._known = self._seen()
        signed_in = keyring.signed_in(self._salt) if self._salt else ""
        self.is_worked_by(signed_in or self._seen((PERSON,)).get(PERSON, ""))
        return self

    def is_worked_by(self, person: str) -> None:
        """Take note of who works here from now on: at a server, and behind a password, others sign in beside them."""
        if self._salt:
            keyring.sign_in(self._salt, person)
        self._person = person if self._salt or is_server(self.name) else ""
        self._veil()

    def _veil(self) -> None:
        """Let nobody read names here who may not: every connection from now on shows them masked."""
        with self.asking() as connection:
            wanted = not rights.reads_names(connection)
        if wanted != self._is_veiled:
            self._is_veiled = wanted
            self.engine.dispose()

    @property
    def is_veiled(self) -> bool:
        """Say whether names are masked here, for whoever works now may not read them."""
        return self._is_veiled

    def _prepare(self, raw: Any, _record: object) -> None:
        if self._is_veiled:
            veiling.veil(raw)

    def _named(self, connection: Connection) -> Connection:
        if self._is_veiled:
            connection = connection.execution_options(p2kp_veiled=True)
        return connection.execution_options(p2kp_person=self._person) if self._person else connection

    def _seen(self, notes: tuple[str, ...] = _KNOWN_BY) -> dict[str, str]:
        with self.asking() as connection:
            if not sa.inspect(connection).has_table(meta.name):
                return {}
            rows = connection.execute(sa.select(meta.c.key, meta.c.value).where(meta.c.key.in_(notes)))
            return {row.key: row.value for row in rows}

    def close(self) -> None:
        """Let go of the file, also where an unfinished question still holds a connection."""
        if not self.closed and self._footing is not None:
            files.let_go(Path(self.name), self._salt)
        self.closed = True
        self.engine.dispose()
        if self.engine.dialect.name == "sqlite":
            for raw in self._raw:
                raw.close()
        self._raw.clear()

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def after_change(connection: Connection, name: str, tell: Callable[[], None]) -> None:
    """Tell something once the changes of this connection are on disk, and never where they are not; once per name."""
    connection.info.setdefault(_AFTER, {})[name] = tell


def is_server(location: str | Path) -> bool:
    """Say whether the location names a database server and not a file."""
    return str(location).startswith("postgresql")
