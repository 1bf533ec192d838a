"""How people gave columns to questions: kept by the headings' signature, so that the same layout is known again.

A table of which most columns mean nothing is refused, not imported as shells, until a person matches a column or says
that they are not needed.
"""

import json

from p2kp_desktop.exchange.columns import Kept, Matched
from p2kp_desktop.store import Workspace, facts

_KEPT = "columns."  # before the signature of the headings, among the notes of a workspace


def kept(workspace: Workspace) -> Kept:
    """Return the matchings that people corrected, by signature."""
    with workspace.asking() as connection:
        notes = facts.everything(connection)
    return {
        name.removeprefix(_KEPT): {int(column): key for column, key in json.loads(value).items()}
        for name, value in notes.items() if name.startswith(_KEPT)
    }


def keep(workspace: Workspace, matched: Matched) -> None:
    """Keep a corrected matching for the next table with these headings; one without headings cannot be known again."""
    if matched.headings:
        with workspace.changing() as connection:
            facts.note(connection, f"{_KEPT}{matched.signature}", json.dumps(dict(matched.columns)))


def forget(workspace: Workspace, matched: Matched) -> None:
    """Go back to what the headings themselves say."""
    with workspace.changing() as connection:
        facts.forget(connection, f"{_KEPT}{matched.signature}")
