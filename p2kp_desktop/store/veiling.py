"""What a viewer's connection sees: every table that names people, masked, in place of the table itself.

Temporary views take the names of the tables, so whatever reads, a list, a report or a script, reads them masked; and
nothing writes to a view, so that nothing masked is ever saved. Text that may name anybody is hidden whole.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.forms import BY_KEY, FORMS
from p2kp_desktop.schema import ADDRESS, Form
from p2kp_desktop.schema.forms import ERASED, MOVED
from p2kp_desktop.schema.review import is_about_review
from p2kp_desktop.schema.values import Answer
from p2kp_desktop.schema.veils import HIDDEN, veiled

from .tables import RECORDS, acts, drafts, held, history, other_records, rechecks

_NOT_SHOWN = (other_records, held, rechecks, acts)
_HIDE = "p2kp_hide"  # the function that masks: what kind of text it is, of which form, by which key


def is_veiled(connection: sa.Connection) -> bool:
    """Say whether names are masked for whoever works at this connection."""
    return bool(connection.get_execution_options().get("p2kp_veiled"))


def unveiled(connection: sa.Connection, chosen: sa.Select[Any]) -> sa.CursorResult[Any]:
    """Return rows of the tables themselves, for what is only compared; whoever asks masks what is shown of them."""
    options = {"schema_translate_map": {None: "main"}} if is_veiled(connection) else {}
    return connection.execute(chosen, execution_options=options)


def veil(raw: Any) -> None:
    """Let a fresh connection of a file see names and identity numbers masked."""
    raw.create_function(_HIDE, 4, _hidden)
    for statement in _statements():
        raw.execute(statement)


@cache
def _statements() -> tuple[str, ...]:
    return tuple(_worded())


def _worded() -> Iterator[str]:
    for form in FORMS:
        table = RECORDS[form.key]
        columns = ", ".join(_column(form, column.name) for column in table.columns)
        yield f'CREATE TEMP VIEW "{form.key}" AS SELECT rowid AS rowid, {columns} FROM main."{form.key}"'
    for table, column in ((history, "changes"), (drafts, "answers")):
        columns = ", ".join(
            f"{_HIDE}('{column}', form, '', {column}) AS {column}" if each.name == column else f'"{each.name}"'
            for each in table.columns
        )
        yield f'CREATE TEMP VIEW "{table.name}" AS SELECT rowid AS rowid, {columns} FROM main."{table.name}"'
    for table in _NOT_SHOWN:
        yield f'CREATE TEMP VIEW "{table.name}" AS SELECT * FROM main."{table.name}" WHERE 0'


def _column(form: type[Form], name: str) -> str:
    question = form.question(name)
    kind = name if name in ("state", "extra") else "value" if question is not None and question.private else ""
    return f"{_HIDE}('{kind}', '{form.key}', '{name}', \"{name}\") AS \"{name}\"" if kind else f'"{name}"'


def _hidden(kind: str, form: str, key: str, told: Any) -> Any:
    """Mask a cell: a value, the answers beside it, a change, or a draft."""
    if told is None:
        return None
    if kind == "value":
        return _answer(form, key, told if isinstance(told, str) else None)
    try:
        return json.dumps(_PARTS[kind](form, json.loads(told)), ensure_ascii=False)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return told if kind == "state" and not told.startswith("{") else "{}"


def _state(form: str, state: dict[str, Any]) -> dict[str, Any]:
    beside = state.get("a", {})
    masked = {key: [each if isinstance(each, int) else [each[0], _answer(form, key, each[1])] for each in sides]
              for key, sides in beside.items()}
    return {**state, **({"a": masked} if masked else {})}


def _answers(form: str, answers: dict[str, Any]) -> dict[str, Any]:
    return {key: _answer(form, key, value) for key, value in answers.items()}


def _changes(form: str, changes: dict[str, Any]) -> dict[str, Any]:
    return {key: {part: _change(form, key, value) if part in ("b", "a") else value for part, value in entry.items()}
            for key, entry in changes.items()}


def _change(form: str, key: str, value: Any) -> Any:
    return [_answer(form, key, each) for each in value] if isinstance(value, list) else _answer(form, key, value)


def _answer(form: str, key: str, value: Answer) -> Answer:
    """Mask one answer; a text by a key that no question has may name anybody, like the note that explains an answer."""
    known = BY_KEY.get(form)
    question = known.question(key) if known else None
    if question is not None:
        return veiled(question, value) if question.private else value
    if not isinstance(value, str) or key in ADDRESS or is_about_review(key) or key.startswith((ERASED, MOVED)):
        return value
    return HIDDEN


_PARTS = {"state": _state, "extra": _answers, "answers": _answers, "changes": _changes}
