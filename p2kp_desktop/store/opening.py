"""Creating and opening a workspace: one SQLite file, or a PostgreSQL database in an office with several clerks.

What was saved is moved into the file when nobody types or the window is left, under the writer's lock: people copy
the file alone. The registry of nodes knows how far a file counted, so a lost log or an old copy is said.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement

from p2kp_desktop import access, file_names
from p2kp_desktop.language import Trouble, say

from . import audit, files, footing, migrations, reaching, search, sums
from .files import APPLICATION_ID
from .keyring import Lock
from .records import Report
from .tables import meta, metadata
from .workspace import BUSY_MILLISECONDS, SIDES, Connection, Workspace, is_server

_FIRST_PAGE = 4096  # bytes: all that a workspace takes while nothing is laid out in it
_BESIDE, _ATTACHED = 46, 84  # letters more that its backup, and its attachments, have in their names
WRITER = 0x50324B50  # «P2KP»: what whoever writes holds at a server


def only_looks(location: str | Path) -> bool:
    """Say whether a workspace can be looked at only: it lies where nothing can be written, as on a locked stick."""
    return not is_server(location) and Path(location).exists() and reaching.is_read_only(Path(location))


def create(location: str | Path, facts: Mapping[str, str], *, lock: Lock | None = None) -> Workspace:
    """Make a new workspace that knows these facts; raise Trouble, and leave nothing, where that cannot be done.

    With a lock it is enciphered from its first byte.
    """
    with _room_for(location):
        workspace = Workspace(_engine(location, lock), str(location), lock.salt if lock else b"")
        try:
            _lay_out(workspace, facts)
            workspace.empty_log()  # the header of the file itself says what it is
            return workspace.know()
        except BaseException:
            workspace.close()
            raise


@contextmanager
def _room_for(location: str | Path) -> Iterator[None]:
    """Make the empty file of a new workspace, and take it away again where nothing comes of it.

    Raises Trouble where something stands already, or there is no folder.
    """
    if is_server(location):
        yield
        return
    file, is_ours = Path(location), False
    file_names.must_fit(file.absolute(), spare=max(len(file.stem) + _BESIDE, _ATTACHED))
    footing.must_lie_here(file)
    if is_taken(file):
        raise Trouble(
            say("Berkas {location} sudah ada.", location=location),
            remedy="Pilih nama lain, atau buka berkas itu.",
            code="R01",
        )
    if not file.absolute().parent.is_dir():
        raise Trouble(
            say("Folder untuk {location} tidak ada.", location=location),
            remedy="Buat foldernya dulu, atau pilih folder lain.",
            code="R02",
        )
    with suppress(OSError):  # where nothing can be made, the database says why
        _take_away(file)  # what a start that was cut off left behind
        file.touch(exist_ok=False)
        is_ours = True
    try:
        yield
    except BaseException:
        if is_ours:
            _take_away(file)
        raise


def _take_away(file: Path) -> None:
    for made in (file, *(file.with_name(f"{file.name}{side}") for side in SIDES)):
        with suppress(OSError):
            made.unlink(missing_ok=True)


def is_taken(file: Path) -> bool:
    """Say whether something stands under a name; a workspace of which nothing came before the power went is nothing."""
    try:
        if not file.exists():
            return False
        if file.stat().st_size not in (0, _FIRST_PAGE):
            return True
        with closing(files.connect(file, "rw", timeout=0.1)) as here:
            here.execute("PRAGMA journal_mode = DELETE")  # only whoever is alone may leave the log
            return bool(here.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except files.errors(OSError, Trouble):
        return True


def _lay_out(workspace: Workspace, facts: Mapping[str, str]) -> None:
    with workspace.changing() as connection:
        if sa.inspect(connection).has_table(meta.name):
            raise Trouble("Basis data ini sudah berisi ruang kerja.", remedy="Pilih basis data lain.", code="R01")
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        for statement in _tables(connection.dialect.name):
            connection.exec_driver_sql(statement)
        rows = [{"key": name, "value": value} for name, value in {**facts, **migrations.stamps()}.items()]
        connection.execute(meta.insert(), rows)
        search.make(connection)
        sums.make(connection)
        audit.make(connection)


@cache
def _tables(dialect: str) -> tuple[str, ...]:
    """Return the statements that make a new workspace, worded once: that takes longer than making it."""
    speech = {"sqlite": sqlite, "postgresql": postgresql}[dialect].dialect()
    tables = metadata.sorted_tables
    indexes = sorted((each for table in tables for each in table.indexes), key=lambda index: str(index.name))
    made: list[ExecutableDDLElement] = [*map(CreateTable, tables), *map(CreateIndex, indexes)]
    return tuple(str(each.compile(dialect=speech)) for each in made)


def open_workspace(location: str | Path, *, report: Report | None = None) -> Workspace:
    """Open a workspace and bring it up to date; raise Trouble when it is none, damaged or of a newer release.

    One with a password opens where this process was given its key (keyring.py). `report` hears how far bringing it
    up to date is, where that takes long.
    """
    lock = None if is_server(location) else _must_be_ours(Path(location))
    workspace = Workspace(_engine(location, lock), str(location), lock.salt if lock else b"")
    try:
        migrations.bring_up_to_date(workspace, report)
        return workspace.know()
    except BaseException:
        workspace.close()
        raise


def _must_be_ours(path: Path) -> Lock | None:
    """Return the lock of a file that begins as a workspace does, None for one in clear; raise Trouble for any other."""
    footing.must_lie_here(path)
    if not path.is_file():
        raise Trouble(
            say("Berkas {path} tidak ditemukan.", path=path), remedy="Periksa nama dan foldernya.", code="R03"
        )
    try:
        header = reaching.head(path, 100)
    except OSError as error:
        raise footing.unreadable(path) from error
    if not files.begins_as_ours(header):
        raise Trouble(
            say("Berkas {path} bukan ruang kerja P2KP Desktop, atau sudah rusak.", path=path),
            remedy="Pilih berkas ruang kerja, atau pulihkan dari cadangan.", code="R04",
        )
    log = path.with_name(f"{path.name}-wal")
    if only_looks(path) and log.exists() and log.stat().st_size:
        raise Trouble(
            say(
                "Sebagian isi {name} masih ada di {log}, dan di sini tidak ada yang dapat ditulis.",
                name=path.name,
                log=log.name,
            ),
            remedy="Salin kedua berkas itu ke satu folder di laptop ini, lalu buka salinannya.",
            code="R09",
        )
    if not only_looks(path):
        for end in ("", *SIDES):  # what SQLite puts beside it gets the rights that it has
            access.close(path.with_name(f"{path.name}{end}"))
    lock = files.lock_of(path)
    if lock is None and _is_cut_off(path, header):
        raise Trouble(
            say("Berkas {path} terpotong.", path=path), safe="Yang masih ada di dalamnya tidak disentuh.",
            remedy="Pulihkan cadangan terakhir.", code="R14",
        )
    return lock


def _is_cut_off(path: Path, header: bytes) -> bool:
    """Say whether a file is shorter than its header says; while there is a log beside it, that may be right."""
    log = path.with_name(f"{path.name}-wal")
    pages, page = int.from_bytes(header[28:32]), int.from_bytes(header[16:18])
    counted = header[24:28] == header[92:96]  # SQLite's own sign that it keeps the number of pages
    if not counted or (log.exists() and log.stat().st_size):
        return False
    return path.stat().st_size < pages * (65_536 if page == 1 else page)


def _engine(location: str | Path, lock: Lock | None) -> sa.Engine:
    if is_server(location):
        address = str(location).replace("postgresql://", "postgresql+psycopg://", 1)
        engine = sa.create_engine(address, isolation_level="REPEATABLE READ")
        sa.event.listen(engine, "begin", _begin_at_server)
        return engine
    looks = only_looks(location)
    mode = {"mode": "ro", "immutable": "1"} if looks else {"mode": "rw"}  # it never makes an empty file
    database = footing.uri(Path(location), "").partition("?")[0]
    file = sa.URL.create("sqlite", database=database, query=mode | {"uri": "true"})
    engine = sa.create_engine(file, module=files.driver(lock), poolclass=sa.QueuePool)
    sa.event.listen(engine, "connect", lambda raw, _record: _prepare(raw, lock, looks=looks))
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(raw: Any, lock: Lock | None, *, looks: bool) -> None:
    """Set up a fresh connection: the key first, then safe and quick ways of writing where anything can be written."""
    raw.isolation_level = None  # transactions are begun by _begin, not by the driver
    safe = [f"busy_timeout = {BUSY_MILLISECONDS}", "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"]
    quick = ["cache_size = -16000"]
    try:
        files.unlock(raw, lock)
        for pragma in ([] if looks else safe) + quick:
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
