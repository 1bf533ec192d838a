"""Which columns a person chose for the table of each form: kept with the workspace, sent to nobody."""

import json
from collections.abc import Sequence

from p2kp_desktop.schema import Form
from p2kp_desktop.store import Workspace, facts

from .form_table import STANDING, columns

_KEPT = "table."  # before the key of a form, among the notes of a workspace

Chosen = dict[str, tuple[str, ...]]


def kept_columns(workspace: Workspace) -> Chosen:
    """Return the keys of the columns chosen, by form."""
    with workspace.asking() as connection:
        notes = facts.everything(connection)
    return {
        name.removeprefix(_KEPT): tuple(json.loads(value)) for name, value in notes.items() if name.startswith(_KEPT)
    }


def keep_columns(workspace: Workspace, form: type[Form], keys: Sequence[str]) -> None:
    """Keep the columns chosen for a form."""
    with workspace.changing() as connection:
        facts.note(connection, f"{_KEPT}{form.key}", json.dumps(list(keys)))


def still_there(form: type[Form], keys: Sequence[str]) -> tuple[str, ...]:
    """Return those of the columns that this release has."""
    known = {column.key for column in columns(form)}
    return tuple(key for key in keys if key in known)


def with_column(form: type[Form], keys: Sequence[str], key: str) -> tuple[str, ...]:
    """Return the columns and one more, in its place among those of the form; the standing may stand anywhere."""
    every = [column.key for column in columns(form)]
    before = [each for each in keys if each != STANDING and every.index(each) < every.index(key)]
    at = keys.index(before[-1]) + 1 if before else 0
    return tuple(keys) if key in keys else (*keys[:at], key, *keys[at:])
