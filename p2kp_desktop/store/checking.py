"""Is the workspace whole: its file, its records, the chains of its history, its summaries."""

import hashlib
from collections.abc import Iterator

import sqlalchemy as sa

from p2kp_desktop.schema.branches import FOR_EVER
from p2kp_desktop.schema.causality import join
from p2kp_desktop.schema.history import HistoryRow, faults
from p2kp_desktop.schema.review import standing
from p2kp_desktop.schema.state import canonical, unpack

from . import branching, facts, history, lineage, node, records, search, summaries
from .tables import RECORDS, REVIEW, other_records


def digest(connection: sa.Connection) -> str:
    """Return one SHA-256 over all records: values, siblings, vectors, tombstones; equal where content is equal."""
    whole = hashlib.sha256()
    rows = [(form, *row) for form, table in RECORDS.items() for row in _seals(connection, table)]
    rows += connection.execute(sa.select(other_records.c.form, other_records.c.id, other_records.c.seal))
    for form, record, seal in sorted(rows):
        whole.update(f"{form}\n{record}\n{seal}\n".encode())
    return whole.hexdigest()


def _seals(connection: sa.Connection, table: sa.Table) -> Iterator[tuple[str, str]]:
    yield from connection.execute(sa.select(table.c.id, table.c.seal))


def problems(connection: sa.Connection) -> Iterator[str]:
    """Yield what is damaged, in words; problems in answers are no damage.

    What stands in a damaged file may be anything, so whatever cannot be read there is damage too.
    """
    harmed = list(_file(connection))
    yield from harmed
    if harmed:
        return
    try:
        yield from _content(connection)
    except (LookupError, ValueError, TypeError, sa.exc.DBAPIError) as error:
        yield f"Isi ruang kerja tidak terbaca ({type(error).__name__})."


def _content(connection: sa.Connection) -> Iterator[str]:
    newest: dict[str, int] = {}  # the last save of each node that a record includes
    for form, table in RECORDS.items():
        yield from _records(connection, form, table, newest)
    yield from _records(connection, None, other_records, newest)
    yield from _history(connection, newest)
    yield from _summaries(connection)


def _file(connection: sa.Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if said != "ok" and search.INDEX not in said:  # the index is told, and made anew, by itself
            yield f"Berkas rusak: {said}"


def _records(
    connection: sa.Connection, form: str | None, table: sa.Table, newest: dict[str, int]
) -> Iterator[str]:
    for row in connection.execute(sa.select(table)).mappings():
        key = form or row["form"]
        try:
            version = unpack(key, row["id"], records.values_of(form, {**row}), row["state"])
            whole = hashlib.sha256(canonical(version)).hexdigest() == row["seal"]
            whole = whole and (form is None or (row[REVIEW] or "") == standing(version))
            newest.update(join(newest, version.vector))
        except ValueError:
            yield f"Catatan {key} {row['id']} berubah di luar program."
            continue
        if not whole:
            yield f"Catatan {key} {row['id']} berubah di luar program."


def _history(connection: sa.Connection, newest: dict[str, int]) -> Iterator[str]:
    own = set(node.own_nodes(connection))
    known = facts.known_edits(connection)
    forked = lineage.forks(connection)
    for chain in history.chains(connection):
        dot, place = chain[-1].save.dot, chain[-1].place
        expected = dot.tick if dot.node in own else known.get(place, {}).get(dot.node, 0)
        for fault in faults(chain, branching.stem(connection, chain[0])):
            if fault.kind == "parted" and fault.row.save.dot.tick >= forked.get(dot.node, FOR_EVER):
                continue  # of two copies, as an earlier release kept them
            if fault.kind in ("altered", "parted"):
                yield f"Riwayat berubah di luar program: {_name(fault.row)}."
            elif fault.row.save.dot.tick <= expected:
                yield f"Riwayat hilang sebelum {_name(fault.row)}."
    for mine in own:
        if newest.get(mine, 0) > history.last_tick(connection, mine):
            yield f"Riwayat hilang di akhir: simpanan ke-{newest[mine]} ruang kerja ini."


def _name(row: HistoryRow) -> str:
    return f"baris {row.number} dari {row.save.workspace} ({row.save.dot.node}, wilayah {row.place or 'umum'})"


def _summaries(connection: sa.Connection) -> Iterator[str]:
    for place, kept in summaries.known(connection).items():
        if kept != summaries.compute(connection, place):
            yield f"Rekap RT {place[1]} ({place[0]}, {place[2]}) tidak sesuai dengan rumahnya."
