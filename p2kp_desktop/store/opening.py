"""Creating and opening a workspace: one SQLite file, or a PostgreSQL database in an office with several clerks."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.language import Trouble

from . import faults, migrations, search
from .pages import APPLICATION_ID
from .tables import meta, metadata

Connection = sa.Connection

BUSY_MILLISECONDS = 15_000
WRITER = 0x50324B50  # «P2KP»: what whoever writes holds at a server


class Workspace:
    """An open workspace. Ask in `asking`, change in `changing`; there is one writer at a time."""

    def __init__(self, engine: sa.Engine, name: str) -> None:
        self.engine = engine
        self.name = name
        self._raw: list[Any] = []  # every connection of a file, so that none outlives it
        sa.event.listen(engine, "connect", lambda raw, _record: self._raw.append(raw))
        self.closed = False
        self.claimed = False  # whether this process has made sure of the node, see node.py
        self._writing = threading.RLock()

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """Give a connection that sees one unchanging state."""
        self._must_be_open()
        with faults.told(self.name), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """Give a connection whose changes are on disk when the block ends, or none of them are."""
        self._must_be_open()
        with self._writing, faults.told(self.name), self.engine.connect() as connection:
            connection = connection.execution_options(p2kp_writes=True)
            with connection.begin():
                yield connection

    def _must_be_open(self) -> None:
        if self.closed:
            raise Trouble("Ruang kerja ini sudah ditutup.", remedy="Buka lagi berkasnya.", code="R18")

    def close(self) -> None:
        """Let go of the file, also where an unfinished question still holds a connection."""
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


def is_server(location: str | Path) -> bool:
    """Say whether the location names a database server and not a file."""
    return str(location).startswith("postgresql")


def create(location: str | Path, facts: Mapping[str, str], *, key: str | None = None) -> Workspace:
    """Make a new workspace that knows these facts; raise Trouble where something stands already."""
    if not is_server(location) and Path(location).exists():
        raise Trouble(
            f"Berkas {location} sudah ada.",
            remedy="Pilih nama lain, atau buka berkas itu.", code="R01",
        )
    if not is_server(location) and not Path(location).absolute().parent.is_dir():
        raise Trouble(
            f"Folder untuk {location} tidak ada.", remedy="Buat foldernya dulu, atau pilih folder lain.", code="R02"
        )
    workspace = Workspace(_engine(location, key), str(location))
    try:
        _lay_out(workspace, facts)
        _settle(workspace)
    except BaseException:
        workspace.close()
        raise
    return workspace


def _lay_out(workspace: Workspace, facts: Mapping[str, str]) -> None:
    with workspace.changing() as connection:
        if sa.inspect(connection).has_table(meta.name):
            raise Trouble("Basis data ini sudah berisi ruang kerja.", remedy="Pilih basis data lain.", code="R01")
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        metadata.create_all(connection)
        rows = [{"key": name, "value": value} for name, value in {**facts, **migrations.stamps()}.items()]
        connection.execute(meta.insert(), rows)
        search.make(connection)


def _settle(workspace: Workspace) -> None:
    """Move what was laid out from the log into the file itself, whose header says what it is."""
    if workspace.engine.dialect.name == "sqlite":
        raw = workspace.engine.raw_connection()
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()


def open_workspace(location: str | Path, *, key: str | None = None) -> Workspace:
    """Open a workspace and bring it up to date; raise Trouble when it is none, damaged or of a newer release."""
    if not is_server(location):
        _must_be_ours(Path(location), key)
    workspace = Workspace(_engine(location, key), str(location))
    try:
        migrations.bring_up_to_date(workspace)
    except BaseException:
        workspace.close()
        raise
    return workspace


def _must_be_ours(path: Path, key: str | None) -> None:
    if not path.is_file():
        raise Trouble(
            f"Berkas {path} tidak ditemukan.", remedy="Periksa nama dan foldernya.", code="R03"
        )
    with path.open("rb") as file:
        header = file.read(100)
    if key is None and (not header.startswith(b"SQLite format 3\x00") or header[68:72] != APPLICATION_ID.to_bytes(4)):
        raise Trouble(
            f"Berkas {path} bukan ruang kerja P2KP Desktop, atau sudah rusak.",
            remedy="Pilih berkas ruang kerja, atau pulihkan dari cadangan.", code="R04",
        )
    if key is None and _is_cut_off(path, header):
        raise Trouble(
            f"Berkas {path} terpotong.", safe="Yang masih ada di dalamnya tidak disentuh.",
            remedy="Pulihkan cadangan terakhir.", code="R14",
        )


def _is_cut_off(path: Path, header: bytes) -> bool:
    """Say whether a file is shorter than its header says; while there is a log beside it, that may be right."""
    log = path.with_name(f"{path.name}-wal")
    pages, page = int.from_bytes(header[28:32]), int.from_bytes(header[16:18])
    counted = header[24:28] == header[92:96]  # SQLite's own sign that it keeps the number of pages
    if not counted or (log.exists() and log.stat().st_size):
        return False
    return path.stat().st_size < pages * (65_536 if page == 1 else page)


def _engine(location: str | Path, key: str | None) -> sa.Engine:
    if is_server(location):
        address = str(location).replace("postgresql://", "postgresql+psycopg://", 1)
        engine = sa.create_engine(address, isolation_level="REPEATABLE READ")
        sa.event.listen(engine, "begin", _begin_at_server)
        return engine
    options: dict[str, Any] = {}
    if key is not None:
        options["module"] = _cipher()
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(Path(location).absolute())), **options)
    sa.event.listen(engine, "connect", lambda raw, _record: _prepare(raw, key))
    sa.event.listen(engine, "begin", _begin)
    return engine


def _cipher() -> Any:
    try:
        from sqlcipher3 import dbapi2  # type: ignore[import-not-found]
    except ImportError:
        raise Trouble(
            "Ruang kerja dengan kata sandi belum dapat dibuka oleh program ini.",
            remedy="Pasang versi program dengan enkripsi.", code="R05",
        ) from None
    return dbapi2


def _prepare(raw: Any, key: str | None) -> None:
    """Set up a fresh connection: the key first, then safe and quick ways of writing."""
    raw.isolation_level = None  # transactions are begun by _begin, not by the driver
    locked = [] if key is None else ["key = '{}'".format(key.replace("'", "''"))]
    safe = [f"busy_timeout = {BUSY_MILLISECONDS}", "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"]
    quick = ["cache_size = -16000"]
    try:
        for pragma in locked + safe + quick:
            raw.execute(f"PRAGMA {pragma}")
    except Exception:
        raw.close()  # a damaged file: nobody else knows of this connection yet
        raise


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("p2kp_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_at_server(connection: Connection) -> None:
    """Let one program write at a time, as a file does by itself: it sees what the writer before it has written."""
    if connection.get_execution_options().get("p2kp_writes"):
        connection.exec_driver_sql(
            "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; "
            f"SET LOCAL lock_timeout = {BUSY_MILLISECONDS}; SELECT pg_advisory_xact_lock({WRITER})"
        )
