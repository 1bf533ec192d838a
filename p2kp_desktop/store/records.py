"""Keeping versions of records: reading them by id or place, writing them back whole.

A row holds typed columns and one compact `state` text. The columns are the values in force, for cross tables; the
state holds vector, saves and the other sides of conflicts. Most records cost about 200 bytes of it. A SHA-256 per row
finds edits made behind the program's back, and makes `p2kp digest` a matter of milliseconds.

What only Python can judge (the NIK of a household's head) is noted beside the record when it is written, so that a
list of 50,000 is still one query. Where what it judges changes, an older workspace is judged anew.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.schema import STATUS, Answer, Form, Record
from p2kp_desktop.schema.causality import Vector, Version
from p2kp_desktop.schema.forms import ERASED
from p2kp_desktop.schema.review import VERIFIED, standing
from p2kp_desktop.schema.state import canonical, pack, unpack

from .clauses import noted
from .tables import RECORDS, REVIEW, answer_columns, conflicts, oddities, other_records

AT_ONCE = 500

Report = Callable[[int, int], None]  # hears how much is done of how much

_COLUMNS = {form.key: answer_columns(form) for form in FORMS}


_NOTED = {form.key: noted(form) for form in FORMS}


def read(connection: sa.Connection, form: str, ids: Sequence[str]) -> dict[str, Version]:
    """Return the versions of these records by id; those not there are left out."""
    found: dict[str, Version] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        if form in RECORDS:
            chosen = read_where(connection, form, RECORDS[form].c.id.in_(some))
        else:
            chosen = read_others(connection, (other_records.c.form == form) & other_records.c.id.in_(some))
        found.update((version.id, version) for version in chosen)
    return found


def vectors(connection: sa.Connection, form: str, ids: Sequence[str]) -> dict[str, Vector]:
    """Return which saves these records include, by id; those not there are left out."""
    return {row.id: json.loads(row.state)["v"] for row in _rows(connection, form, ids, "id", "state")}


def erased_among(connection: sa.Connection, form: str, ids: Sequence[str]) -> list[str]:
    """Return which of these records bear marks of an erasure: few do, and the others need not be read."""
    rows = _rows(connection, form, ids, "id", "extra", "state")
    return [row.id for row in rows if ERASED in (row.extra or "") or ERASED in row.state]


def _rows(connection: sa.Connection, form: str, ids: Sequence[str], *columns: str) -> Iterator[sa.Row[Any]]:
    """Yield columns of the table in which the records of a form stand, of those of these that are there."""
    table = RECORDS.get(form, other_records)
    its = [] if form in RECORDS else [other_records.c.form == form]
    for start in range(0, len(ids), AT_ONCE):
        among = table.c.id.in_(ids[start : start + AT_ONCE])
        yield from connection.execute(sa.select(*(table.c[column] for column in columns)).where(among, *its))


def read_where(connection: sa.Connection, form: str, *conditions: sa.ColumnElement[bool]) -> list[Version]:
    """Return the versions of a known form that meet the conditions, in order of id."""
    return list(stream(connection, form, *conditions))


def stream(connection: sa.Connection, form: str, *conditions: sa.ColumnElement[bool]) -> Iterator[Version]:
    """Yield the versions of a known form that meet the conditions, in order of id."""
    table = RECORDS[form]
    rows = connection.execute(sa.select(table).where(*conditions).order_by(table.c.id))
    for row in rows.yield_per(AT_ONCE).mappings():
        yield unpack(form, row["id"], values_of(form, {**row}), row["state"])


def read_others(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> list[Version]:
    """Return versions of forms that this release does not know."""
    rows = connection.execute(
        sa.select(other_records).where(*conditions).order_by(other_records.c.form, other_records.c.id)
    )
    return [unpack(row["form"], row["id"], json.loads(row["extra"]), row["state"]) for row in rows.mappings()]


def above(connection: sa.Connection, version: Version) -> Version | None:
    """Return the record that one belongs to, None where there is none."""
    parent = version.values().get("parent")
    form = form_of(connection, str(parent)) if parent else None
    return read(connection, form, [str(parent)]).get(str(parent)) if form else None


def everything(connection: sa.Connection) -> Iterator[Version]:
    """Yield every record, tombstones and unknown forms too, in order of form and id."""
    for form in kept_forms(connection):
        yield from stream(connection, form)
    yield from read_others(connection)


def kept_forms(connection: sa.Connection) -> list[str]:
    """Return the known forms of which there are records, in their order: most workspaces have a few of fifty."""
    return list(connection.scalars(_kept()))


def kept_of(connection: sa.Connection, forms: Iterable[type[Form]]) -> list[type[Form]]:
    """Return those of these forms of which there are records: whoever looks at each table looks at no empty one."""
    there = {*kept_forms(connection)}
    return [form for form in forms if form.key in there]


@cache
def _kept() -> sa.CompoundSelect[tuple[str]]:
    """Return the question of which forms there are records: one, for each table is looked at for every bundle."""
    return sa.union_all(*(
        sa.select(sa.literal_column(f"'{form}'", sa.Text())).where(sa.exists(sa.select(1).select_from(table)))
        for form, table in RECORDS.items()
    ))


def values_of(form: str | None, row: Mapping[str, Any]) -> dict[str, Answer]:
    """Return the values in force of a row; `form` is None for one of an unknown form."""
    values: dict[str, Answer] = {key: row[key] for key in _COLUMNS[form]} if form else {}
    return values | json.loads(row["extra"]) if row["extra"] else values


def write(connection: sa.Connection, versions: Iterable[Version]) -> None:
    """Keep these versions in place of what stood there, and note their open conflicts."""
    by_form: dict[str, list[Version]] = {}
    for version in versions:
        by_form.setdefault(version.form, []).append(version)
    for form, some in by_form.items():
        if form in RECORDS:
            upsert(connection, RECORDS[form], ("id",), [_row(version) for version in some])
        else:
            upsert(connection, other_records, ("form", "id"), [_other_row(version) for version in some])
        _note(connection, conflicts, form, [version.id for version in some], [
            (version.id, question) for version in some for question in version.conflicts()
        ])
        if _NOTED.get(form):
            _note_oddities(connection, form, {version.id: version.values() for version in some})


def _note_oddities(connection: sa.Connection, form: str, answers: Mapping[str, Mapping[str, Answer]]) -> None:
    """Note which answers of these records, by id, only the program can judge, and finds unlikely."""
    found = []
    for record, given in answers.items():
        values = Record(form_named(form), record, given).judged_answers()
        found += [(record, name) for each, name in _NOTED.get(form, {}).items() if each.holds(values)]
    _note(connection, oddities, form, answers, found)


def judged() -> list[str]:
    """Return the rules that only the program can judge, in words: where they change, every record is judged anew."""
    return [each.sentence() for some in _NOTED.values() for each in some]


def judge_anew(connection: sa.Connection, forms: Iterable[str], report: Report | None = None) -> None:
    """Note anew which answers of all records of these forms only the program can judge, and finds unlikely.

    `report` hears how many records are done of how many: 200,000 households take tens of seconds.
    """
    judged_forms = [form for form in forms if _NOTED.get(form)]
    total = sum(connection.scalar(sa.select(sa.func.count()).select_from(RECORDS[form])) or 0 for form in judged_forms)
    done = 0
    for form in judged_forms:
        rows = connection.execute(sa.select(RECORDS[form]).order_by(RECORDS[form].c.id)).yield_per(AT_ONCE).mappings()
        while some := list(islice(rows, AT_ONCE)):
            _note_oddities(connection, form, {row["id"]: values_of(form, {**row}) for row in some})
            done += len(some)
            if report is not None:
                report(done, total)


def note_reviews(connection: sa.Connection, form: str) -> None:
    """Keep the review status in force of every record of a form whose table did not keep it yet."""
    column = RECORDS[form].c
    connection.execute(RECORDS[form].update().values({REVIEW: column[STATUS]}))
    for version in read_where(connection, form, column[STATUS] == VERIFIED):
        kept = {REVIEW: standing(version)}
        connection.execute(RECORDS[form].update().where(column.id == version.id).values(kept))


def _row(version: Version) -> dict[str, Any]:
    values, state = pack(version)
    columns = _COLUMNS[version.form]
    row: dict[str, Any] = dict.fromkeys(columns)
    extra = {}
    for key, value in values.items():
        if key in columns and (value is None or columns[key].keeps(value)):
            row[key] = value
        elif value is not None:
            extra[key] = value
    row["id"], row["state"], row["seal"] = version.id, state, _seal(version)
    row["extra"] = json.dumps(extra, ensure_ascii=False) if extra else None
    row[REVIEW] = standing(version, values) or None
    return row


def _other_row(version: Version) -> dict[str, Any]:
    values, state = pack(version)
    kept = {key: value for key, value in values.items() if value is not None}
    return {
        "form": version.form, "id": version.id, "region": str(values.get("region") or ""),
        "extra": json.dumps(kept, ensure_ascii=False), "state": state, "seal": _seal(version),
    }


def _seal(version: Version) -> str:
    return hashlib.sha256(canonical(version)).hexdigest()


def upsert(connection: sa.Connection, table: sa.Table, keys: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    """Put rows into a table in place of those with the same keys."""
    connection.execute(_upsertion(connection.dialect.name, table, keys), rows)


@cache
def _upsertion(dialect: str, table: sa.Table, keys: tuple[str, ...]) -> Any:
    insert = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table)
    taken = {column.name: insert.excluded[column.name] for column in table.columns if column.name not in keys}
    return insert.on_conflict_do_update(index_elements=keys, set_=taken)


def remove(connection: sa.Connection, form: str, ids: Sequence[str]) -> None:
    """Take records away as if they had never come: only for an import that is taken back."""
    table = RECORDS.get(form, other_records)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        mine = table.c.id.in_(some) if form in RECORDS else (table.c.form == form) & table.c.id.in_(some)
        connection.execute(table.delete().where(mine))
        for table_of_notes in (conflicts, oddities):
            its = (table_of_notes.c.form == form) & table_of_notes.c.record.in_(some)
            connection.execute(table_of_notes.delete().where(its))


def seals(connection: sa.Connection, form: str, ids: Sequence[str]) -> dict[str, str]:
    """Return the seal of each of these records that is there."""
    return {row.id: row.seal for row in _rows(connection, form, ids, "id", "seal")}


def _note(
    connection: sa.Connection, table: sa.Table, form: str, ids: Iterable[str], found: list[tuple[str, str]]
) -> None:
    """Keep the questions noted of these records in place of those noted before."""
    left = iter(ids)
    while some := list(islice(left, AT_ONCE)):
        connection.execute(table.delete().where(table.c.form == form, table.c.record.in_(some)))
    rows = [{"form": form, "record": record, "question": question} for record, question in found]
    if rows:
        connection.execute(table.insert(), rows)


def open_conflicts(connection: sa.Connection) -> list[tuple[str, str, str]]:
    """Return form, record and question of every open conflict."""
    chosen = sa.select(conflicts.c.form, conflicts.c.record, conflicts.c.question)
    rows = connection.execute(chosen.order_by(conflicts.c.form, conflicts.c.record, conflicts.c.question))
    return [tuple(row) for row in rows]


def form_of(connection: sa.Connection, record: str) -> str | None:
    """Return the form of the record with this id."""
    found = connection.scalars(_everywhere(), {"record": record}).first()
    return found if found is None else str(found)


@cache
def _everywhere() -> sa.CompoundSelect[tuple[str]]:
    """Return the question in which form a record is: one, for each table is looked at whenever a child is saved."""
    wanted = sa.bindparam("record", type_=sa.Text())
    known = [sa.select(sa.literal_column(f"'{form}'", sa.Text()).label("form")).where(table.c.id == wanted)
             for form, table in RECORDS.items()]
    return sa.union_all(*known, sa.select(other_records.c.form).where(other_records.c.id == wanted))
