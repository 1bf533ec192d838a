"""Bringing an older workspace up to date.

New questions need no step here: their columns are added, and answers to them that came in bundles of a
newer release move from `extra` into the new column. Columns are never dropped. Steps for anything else
are frozen SQL, numbered, never edited after a release; all run in one transaction, after a backup.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from p2kp_desktop import environment, versions
from p2kp_desktop.language import Trouble, say

from . import audit, intact, marks, pages, records, resealing, search, sums
from .records import Report
from .tables import RECORDS, REVIEW, history, meta, metadata, other_records, summaries
from .workspace import Workspace

STEPS: tuple[tuple[str, ...], ...] = (  # step n brings a workspace from number n to n + 1
    ("DELETE FROM rt_summary",),  # 19 is asked while 18 is empty, so what was added up before may differ
    ("DELETE FROM rt_summary",),  # answers that cannot be no longer count, and those not given are counted apart
    (  # a draft is known by its author too: two clerks had one of a record between them
        "ALTER TABLE draft RENAME TO draft_by_record",
        "CREATE TABLE draft (id TEXT NOT NULL, form TEXT, answers TEXT, question TEXT, person TEXT NOT NULL, "
        "time TEXT, PRIMARY KEY (id, person)) STRICT",
        "INSERT INTO draft (id, form, answers, question, person, time) "
        "SELECT id, form, answers, question, COALESCE(person, ''), time FROM draft_by_record",
        "DROP TABLE draft_by_record",
    ),
    (  # the offices that were met before go on acting in their role, where they sent something of
        "CREATE TABLE IF NOT EXISTS trusted (key TEXT NOT NULL, role TEXT NOT NULL, region TEXT NOT NULL, "
        "transfer TEXT, person TEXT, reason TEXT, time TEXT, PRIMARY KEY (key, role, region)) STRICT",
        "INSERT INTO trusted (key, role, region, transfer, person, reason, time) "
        "SELECT DISTINCT a.key, a.role, k.place, '', '', '', '' FROM acquaintance a "
        "JOIN knowledge k ON k.holder = a.node "
        "WHERE a.key <> '' AND k.place <> '' AND a.role IN ('district', 'province') "
        "ON CONFLICT DO NOTHING",
    ),
)
NUMBER = 1 + len(STEPS)
NEWER = "R06"  # the code of a workspace that only a newer program opens


@cache
def shape() -> str:
    """Return a text that changes whenever a table, a column or what only the program can judge does."""
    tables = [f"{table.name}({','.join(sorted(table.columns.keys()))})" for table in metadata.sorted_tables]
    return ";".join([*tables, *records.judged()])


def stamps() -> dict[str, str]:
    """Return the notes that a workspace keeps of the release that last laid out its tables."""
    return {"schema": str(NUMBER), "shape": shape(), "program": environment.PROGRAM}


def bring_up_to_date(workspace: Workspace, report: Report | None = None) -> list[str]:
    """Run the missing steps and add the missing columns; return what was added, as table.column.

    `report` hears how far it is where that takes long: every record of an older workspace may have to be judged anew.
    """
    with workspace.asking() as connection:
        if not sa.inspect(connection).has_table(meta.name):
            raise Trouble("Basis data ini bukan ruang kerja P2KP.", remedy="Buat ruang kerja dulu.", code="R04")
        noted = dict(connection.execute(sa.select(meta.c.key, meta.c.value)).all())
    if not ({*stamps(), "node", "regions"} <= noted.keys() and noted["schema"].isdecimal()):
        raise _damaged()
    number = int(noted["schema"])
    if noted["shape"] == shape() and number == NUMBER:
        with workspace.asking() as connection:
            if not intact.has_its_columns(connection):
                raise _damaged()
        _see_to_triggers(workspace, noted)
        return []
    if is_newer(noted) or _unknown_columns(workspace):
        raise _of_a_newer_program(noted["program"])
    _back_up(workspace, noted)
    with workspace.changing() as connection:
        noted = dict(connection.execute(sa.select(meta.c.key, meta.c.value)).all())
        if noted["shape"] == shape() and int(noted["schema"]) == NUMBER:
            return []  # another program that opened it at the same time has done so
        for step in STEPS[number - 1 :]:
            for statement in step:
                connection.exec_driver_sql(_for(connection.dialect.name, statement))
        if resealing.is_due(connection):
            resealing.seal_anew(connection)
        added = _add_missing(connection, report)
        for key, value in stamps().items():
            connection.execute(meta.update().where(meta.c.key == key).values(value=value))
        search.make(connection)
        sums.make(connection)
        audit.make(connection)
    return added


def is_newer(noted: Mapping[str, str]) -> bool:
    """Say whether only a newer program opens a workspace with these notes.

    A table that this program does not know is no column of a table that it knows: whoever sent such a workspace on
    would say that it has what it cannot see. So where the shape is another and the program was newer, it is newer.
    """
    theirs, ours = (_version(each) for each in (noted["program"], environment.PROGRAM))
    is_later = versions.order(theirs) > versions.order(ours)
    return int(noted["schema"]) > NUMBER or (noted["shape"] != shape() and is_later)


def is_for_us(file: Path) -> bool:
    """Say whether this program opens a file that nobody writes to, by its notes; False where it cannot be read."""
    noted = {key: marks.noted(file, key) or "" for key in stamps()}
    return noted["schema"].isdecimal() and not is_newer(noted)


def _version(program: str) -> str:
    return program.rpartition(" ")[2]


def _of_a_newer_program(program: str) -> Trouble:
    if program == environment.PROGRAM:  # two builds on the way to one release
        return Trouble(
            say("Ruang kerja ini terakhir dibuka oleh {program} yang lebih baru, dengan nomor versi yang sama.",
                program=program),
            safe="Data Anda aman: berkasnya tidak diubah.",
            remedy=say("Pasang {program} dari berkas pemasangan yang lebih baru, sama dengan di laptop itu.",
                       program=program), code=NEWER)
    return Trouble(
        say("Ruang kerja ini ditulis {noted}; program ini masih {own}.", noted=program, own=environment.PROGRAM),
        safe="Data Anda aman: berkasnya tidak diubah.",
        remedy=say("Pasang {noted} atau yang lebih baru: dengan berkas pembaruan (.p2kpupdate) atau berkas "
                   "pemasangannya.", noted=program), code=NEWER)


def _for(dialect: str, statement: str) -> str:
    """Return a statement as this database takes it: only SQLite must be told to be strict, which others are anyway."""
    return statement if dialect == "sqlite" else statement.removesuffix(" STRICT")


def _damaged() -> Trouble:
    return Trouble("Ruang kerja ini rusak.", safe="Yang masih ada di dalamnya tidak disentuh.",
                   remedy="Pulihkan dari cadangan terakhir.", code="R14")


def _see_to_triggers(workspace: Workspace, noted: Mapping[str, str]) -> None:
    """Make the index of words, the sums of areas or the guards where they lack, are of another release, or damaged."""
    current = search.is_current(noted, workspace.engine.dialect.name)
    with workspace.asking() as connection:
        finds = current and search.has_its_triggers(connection)
        adds, guarded = sums.is_current(connection, noted), audit.is_guarded(connection)
    if finds and adds and guarded:
        return
    try:
        with workspace.changing() as connection:
            for made, part in ((finds, search), (adds, sums), (guarded, audit)):
                if not made:
                    part.make(connection)
    except sa.exc.DatabaseError as error:  # not even the list of what is there can be trusted
        raise _damaged() from error


def _unknown_columns(workspace: Workspace) -> set[str]:
    """Return the columns that only a newer release can have made."""
    with workspace.asking() as connection:
        inspector = sa.inspect(connection)
        return {
            f"{table.name}.{column['name']}"
            for table in metadata.sorted_tables
            if inspector.has_table(table.name)
            for column in inspector.get_columns(table.name)
            if column["name"] not in table.columns and (table, column["name"]) != (history, resealing.FORMER)
        }


def _back_up(workspace: Workspace, noted: Mapping[str, str]) -> None:
    """Copy the file beside it, and check the copy; raise Trouble before anything is changed."""
    if workspace.engine.dialect.name == "sqlite":
        source, before, now = Path(workspace.name), _version(noted["program"]), _version(environment.PROGRAM)
        named = f"{now}-dari-{before}" if versions.is_version(before) else f"{NUMBER}-dari-{noted['schema']}"
        raw = workspace.engine.raw_connection()
        try:
            pages.copy(raw, source.with_name(f"{source.stem}-sebelum-{named}{source.suffix}"))
        finally:
            raw.close()


def _add_missing(connection: sa.Connection, report: Report | None) -> list[str]:
    """Create the tables and columns that the forms ask for and the workspace lacks."""
    inspector = sa.inspect(connection)
    present = {
        table: {column["name"] for column in inspector.get_columns(table.name)}
        for table in metadata.sorted_tables if inspector.has_table(table.name)
    }
    lacking = [
        (table, column) for table, names in present.items() for column in table.columns if column.name not in names
    ]
    new_forms = [key for key in RECORDS if not inspector.has_table(key)]
    known_forms = [key for key in RECORDS if key not in new_forms]
    metadata.create_all(connection)
    for table, column in lacking:
        kind = column.type.compile(connection.dialect)
        filled = "" if column.nullable else " NOT NULL DEFAULT 0"
        connection.exec_driver_sql(f'ALTER TABLE "{table.name}" ADD COLUMN "{column.name}" {kind}{filled}')
        if table.name in RECORDS:
            _move_from_extra(connection, table, column.name)
    if any(table is summaries for table, _column in lacking):
        connection.execute(summaries.delete())  # what was added up before lacks what is counted now
    for table, column in lacking:
        if column.name == REVIEW:
            records.note_reviews(connection, table.name)
    for key in new_forms:
        _adopt(connection, key)
    records.judge_anew(connection, known_forms, report)
    return [f"{table.name}.{column.name}" for table, column in lacking]


def _move_from_extra(connection: sa.Connection, table: sa.Table, key: str) -> None:
    """Put answers to a question that was unknown until now into its new column."""
    rows = connection.execute(sa.select(table.c.id, table.c.extra).where(table.c.extra.is_not(None))).all()
    for record, text in rows:
        extra = json.loads(text)
        if key in extra:
            value = extra.pop(key)
            left = json.dumps(extra, ensure_ascii=False) if extra else None
            connection.execute(table.update().where(table.c.id == record).values({key: value, "extra": left}))


def _adopt(connection: sa.Connection, form: str) -> None:
    """Move the records of a form that was unknown until now into its new table."""
    theirs = other_records.c.form == form
    waiting = records.read_others(connection, theirs)
    connection.execute(other_records.delete().where(theirs))
    records.write(connection, waiting)

