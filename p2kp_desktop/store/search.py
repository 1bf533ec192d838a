"""Finding records by the words in them: one FTS5 index over names, numbers, notes and free texts of every form.

Triggers keep the index with the rows, so that whatever changes a record, or takes it away, changes the index in
the same transaction. The index holds no text: it is made from a view over the tables, against which SQLite can
check it and from which it can be made anew. On a server, which has no FTS5, the same words are looked for with
LIKE.

Measured with 1,000,000 households: unicode61 with prefixes of 1 to 3 letters takes 58 MB and 5 s to make, and
finds one letter's 356,000 records in 90 ms; trigrams take 73 to 144 MB and find nothing below three letters.
What triggers cost a save could not be measured (3.0 ms with and without); kept by records.write, which would
have to read what it replaces, one save took 4.0 ms, and other statements that change rows would be missed.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa

from p2kp_desktop.forms import FORMS
from p2kp_desktop.schema import Answer, Form
from p2kp_desktop.schema.records import WHY

from .living import living
from .tables import RECORDS, meta
from .veiling import is_veiled

NOTE = "search"  # the fact that says over what, and how, the index of a workspace was made

INDEX, TEXTS = "sought", "sought_text"
OTHERS = ("unsummed_*", "audit_*")  # triggers beside these: sums.py, audit.py
TABLES = (INDEX, *(f"{INDEX}_{part}" for part in ("data", "idx", "config")))  # of FTS5, not ours to read

_KINDS = ("text", "person", "identity")
_APART = 1 << 40  # the index numbers a record: its row, after those of the forms before its own
_OPTIONS = "tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3', detail = none, columnsize = 0"
_WORD = re.compile(r"[^\W_]+")
_LAST_PLAIN = 0x24F  # beyond Latin letters, Python and SQLite may not agree on what a letter is

_FIRST = {form.key: number * _APART for number, form in enumerate(FORMS)}


def _first(form: type[Form]) -> int:
    return _FIRST[form.key]


def searched(form: type[Form]) -> tuple[str, ...]:
    """Return the keys of the answers that are searched."""
    return tuple(question.key for question in form.stored() if question.kind in _KINDS)


def _text(form: type[Form], row: str = "") -> str:
    """Return the SQL of a row's words; notes are found by their words and by the question they explain."""
    answers = [f"coalesce({row}\"{key}\", '')" for key in searched(form)]
    plain = f"replace(replace({row}extra, '\\n', ' '), '\\t', ' ')"
    notes = f"CASE WHEN {row}extra LIKE '%\"{WHY}%' THEN {plain} ELSE '' END"
    return " || ' ' || ".join([*answers, notes])


@cache
def stamp() -> str:
    """Return a text that changes whenever an index of this release would be another."""
    whole = "\n".join([_OPTIONS, *_statements()])
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


@cache
def _statements() -> tuple[str, ...]:
    """Return the statements that make view, index and triggers."""
    return tuple(_worded())


def _worded() -> Iterator[str]:
    selects = [
        f'SELECT rowid + {_first(form)} AS rowid, {_text(form)} AS words FROM "{form.key}"'
        for form in FORMS
    ]
    yield f"CREATE VIEW {TEXTS} AS {' UNION ALL '.join(selects)}"
    yield f"CREATE VIRTUAL TABLE {INDEX} USING fts5(words, content = '{TEXTS}', {_OPTIONS})"
    for form in FORMS:
        old, new = (f"{row}.rowid + {_first(form)}, {_text(form, f'{row}.')}" for row in ("OLD", "NEW"))
        away = f"INSERT INTO {INDEX} ({INDEX}, rowid, words) VALUES ('delete', {old});"
        here = f"INSERT INTO {INDEX} (rowid, words) VALUES ({new});"
        keys = ", ".join(f'"{key}"' for key in (*searched(form), "extra"))
        differs = f"{_text(form, 'OLD.')} IS NOT {_text(form, 'NEW.')}"
        yield f'CREATE TRIGGER "{INDEX}_{form.key}_new" AFTER INSERT ON "{form.key}" BEGIN {here} END'
        yield f'CREATE TRIGGER "{INDEX}_{form.key}_gone" AFTER DELETE ON "{form.key}" BEGIN {away} END'
        yield (f'CREATE TRIGGER "{INDEX}_{form.key}_changed" AFTER UPDATE OF {keys} ON "{form.key}" '
               f"WHEN {differs} BEGIN {away} {here} END")


def is_current(noted: Mapping[str, str], dialect: str) -> bool:
    """Say whether a workspace with these facts has an index as this release makes it."""
    return dialect != "sqlite" or noted.get(NOTE) == stamp()


def has_its_triggers(connection: sa.Connection) -> bool:
    """Say whether view and triggers are those of this release, word by word; a flipped bit would stop every save."""
    if connection.dialect.name != "sqlite":
        return True
    here = "SELECT sql FROM sqlite_master WHERE type IN ('view', 'trigger') AND name NOT GLOB ? AND name NOT GLOB ?"
    made = {sql for (sql,) in connection.exec_driver_sql(here, OTHERS).all()}
    return made == {each for each in _statements() if not each.startswith("CREATE VIRTUAL")}


def make(connection: sa.Connection) -> None:
    """Make the index anew from the records: 5 s for 1,000,000 of them."""
    if connection.dialect.name != "sqlite":
        return
    drop(connection)
    for statement in _statements():
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')")
    connection.execute(meta.insert().values(key=NOTE, value=stamp()))


def drop(connection: sa.Connection) -> None:
    """Take the index away; the next opening of the workspace makes it anew."""
    here = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB ?"
    for (name,) in connection.exec_driver_sql(here, (f"{INDEX}_*",)).all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {INDEX}")
    connection.exec_driver_sql(f"DROP VIEW IF EXISTS {TEXTS}")
    connection.execute(meta.delete().where(meta.c.key == NOTE))


def lies(connection: sa.Connection) -> bool:
    """Say whether the index and the records differ, or its triggers are gone; needs a connection that may write."""
    if connection.dialect.name != "sqlite":
        return False
    counted = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name GLOB ?"
    triggers = connection.exec_driver_sql(counted, (f"{INDEX}_*",)).scalar()
    if triggers != 3 * len(FORMS):
        return True
    try:
        connection.exec_driver_sql(f"INSERT INTO {INDEX} ({INDEX}, rank) VALUES ('integrity-check', 1)")
    except sa.exc.DBAPIError:
        return True
    return False


def purge(connection: sa.Connection) -> None:
    """Write the index as one piece, so that words that were erased do not linger in it: 1 s for 1,000,000 records."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('optimize')")


def row_numbers(connection: sa.Connection) -> tuple[tuple[object, ...], ...]:
    """Return the number of rows, first and last row number by form: they change where VACUUM numbers rows anew."""
    return tuple(
        tuple(connection.exec_driver_sql(f'SELECT count(*), min(rowid), max(rowid) FROM "{form}"').one())
        for form in RECORDS
    )


def words_of(typed: str) -> list[str]:
    """Return the words of what was typed, small letters, as the index cuts them."""
    return _WORD.findall(typed.lower())


def way(connection: sa.Connection) -> str:
    """Return the dialect that words are looked for in; "" where names are masked: the index holds them as they are."""
    return "" if is_veiled(connection) else connection.dialect.name


def _is_indexed(dialect: str, typed: str) -> bool:
    return dialect == "sqlite" and all(ord(letter) <= _LAST_PLAIN for letter in typed)


def matching(form: type[Form], typed: str, dialect: str) -> sa.ColumnElement[bool] | None:
    """Return the condition that every word typed begins a word of the record; None when none was typed."""
    words = words_of(typed)
    if not words:
        return None
    table = RECORDS[form.key]
    if _is_indexed(dialect, typed):
        asked = sa.text(f"SELECT rowid - {_first(form)} {_FOUND}").bindparams(**_asked(form, words))
        found = asked.columns(sa.column("number")).scalar_subquery()
        return sa.literal_column(f'"{form.key}".rowid').in_(found)
    empty = sa.literal("")
    notes = sa.func.replace(sa.func.replace(table.c.extra, "\\n", " "), '"', " ")
    whole: sa.ColumnElement[str] = sa.func.coalesce(notes, empty)
    for key in searched(form):
        whole = sa.func.coalesce(table.c[key], empty) + " " + whole
    return sa.and_(*((" " + sa.func.lower(whole)).contains(f" {word}", autoescape=True) for word in words))


_FOUND = f"FROM {INDEX} WHERE {INDEX} MATCH :words AND rowid BETWEEN :first AND :last"


def _asked(form: type[Form], words: Sequence[str]) -> dict[str, object]:
    first = _first(form)
    return {"words": " AND ".join(f'"{word}"*' for word in words), "first": first, "last": first + _APART - 1}


def forms_with(connection: sa.Connection, typed: str) -> list[type[Form]]:
    """Return the forms that have a record, perhaps a deleted one, in which every word typed begins a word."""
    words = words_of(typed)
    if not words:
        return []
    if not _is_indexed(way(connection), typed):
        return list(FORMS)
    next_one = sa.text(f"SELECT rowid {_FOUND} ORDER BY rowid LIMIT 1")  # of this form, or of one after it
    found: list[type[Form]] = []
    last = len(FORMS) * _APART
    number = 0
    while number < len(FORMS):
        asked = _asked(FORMS[number], words) | {"last": last}
        row = connection.scalar(next_one, asked)
        if row is None:
            break
        number = row // _APART
        found.append(FORMS[number])
        number += 1
    return found


@dataclass(frozen=True)
class Hit:
    """A record that was found: its form, id, the answers by which people know it, and those with words in them."""

    form: str
    id: str
    answers: Mapping[str, Answer]


_DELETED = 50  # records in the trash that may stand among those found
_SITE = ("region", "rt", "period", "parent")


def hits(connection: sa.Connection, form: type[Form], typed: str, most: int) -> list[Hit]:
    """Return living records of a form in which every word typed begins a word; at most so many, the newest first."""
    table = RECORDS[form.key]
    wanted = _newest(connection, form, typed, most)
    if wanted is None:
        return []
    said = (question.key for question in form.stored() if question.kind in ("text", "person"))
    columns = [table.c[key] for key in dict.fromkeys((*_SITE, form.numbered, *form.named, *said)) if key in table.c]
    newest = table.c.id if connection.dialect.name != "sqlite" else sa.literal_column(f'"{form.key}".rowid')
    chosen = sa.select(table.c.id, *columns).where(living(form), wanted).order_by(newest.desc()).limit(most)
    return [
        Hit(form.key, row["id"], {key: value for key, value in row.items() if key != "id" and value is not None})
        for row in connection.execute(chosen).mappings()
    ]


def _newest(connection: sa.Connection, form: type[Form], typed: str, most: int) -> sa.ColumnElement[bool] | None:
    """Return a condition for the newest records that match, deleted ones among them, without finding all others."""
    words = words_of(typed)
    if not words or not _is_indexed(way(connection), typed):
        return matching(form, typed, way(connection))
    asked = sa.text(f"SELECT rowid - {_first(form)} {_FOUND} ORDER BY rowid DESC LIMIT :most")
    found = connection.scalars(asked, _asked(form, words) | {"most": most + _DELETED}).all()
    return sa.literal_column(f'"{form.key}".rowid').in_(found)
