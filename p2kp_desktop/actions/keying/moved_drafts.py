"""Drafts that follow their RT to its new name, so that saving one does not bring the old name back."""

from collections.abc import Collection
from dataclasses import replace

from p2kp_desktop.store import Connection, drafts


def move(connection: Connection, region: str, here: str, there: str, period: str = "") -> None:
    """Give every draft in an RT its new name; with a period only those of it."""
    for draft in drafts.waiting(connection):
        answers = draft.answers
        if (answers.get("region"), answers.get("rt")) == (region, here) and period in ("", answers.get("period")):
            drafts.keep(connection, replace(draft, answers={**answers, "rt": there}))


def move_records(connection: Connection, ids: Collection[str], there: str) -> None:
    """Give the drafts of these records another RT, where they say one."""
    for draft in drafts.waiting(connection):
        if draft.id in ids and draft.answers.get("rt"):
            drafts.keep(connection, replace(draft, answers={**draft.answers, "rt": there}))
