"""The queue of a reviewer, or what came back to a facilitator: the records that wait for someone of this role."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.schema.review import CHANGED, READY, RETURNED
from p2kp_desktop.store import Connection, Workspace, reviews, views
from p2kp_desktop.store.facts import facts
from p2kp_desktop.store.reviews import Line
from p2kp_desktop.store.standing import SAID

from . import rollup
from .verification import REVIEWERS

AT_MOST = 500  # lines at once; who comes to the end of them asks again
_FIRST = (READY, CHANGED, RETURNED)


@dataclass(frozen=True)
class PendingRecord:
    """One record that waits: what it is, where, how it stands, what is asked of it, and at which question."""

    form: str
    title: str
    id: str
    region: str
    rt: str
    name: str
    standing: str
    comments: int
    question: str


@dataclass(frozen=True)
class Queue:
    """So many of the records that wait for this role, those handed in first, and how many wait by standing."""

    role: str
    counts: Mapping[str, int]
    lines: tuple[PendingRecord, ...]

    @property
    def reviews(self) -> bool:
        """Say whether this office reviews what others recorded."""
        return self.role in REVIEWERS

    @property
    def total(self) -> int:
        """Return how many records wait."""
        return sum(self.counts.values())


def role(workspace: Workspace) -> str:
    """Return the role of this office: facilitator, district or province."""
    with workspace.asking() as connection:
        return facts(connection).role


def queue(
    workspace: Workspace, area: str, period: str, standing: str = "", *, whole: bool = False
) -> Queue:
    """Return the records that wait in an area, of one standing where it is named; the `whole` of them, however many."""
    with workspace.asking() as connection:
        here = facts(connection).role
        waiting = list(reviews.lines(connection, area, period, rollup.TODO[here]))
        counts: dict[str, int] = {}
        for line in waiting:
            counts[SAID[line.standing]] = counts.get(SAID[line.standing], 0) + 1
        chosen = [line for line in waiting if standing in ("", SAID[line.standing])]
        chosen.sort(key=lambda line: (_FIRST.index(line.standing), line.region, line.rt))
        return Queue(here, counts, tuple(_pending(connection, area, chosen[: None if whole else AT_MOST])))


def _pending(connection: Connection, area: str, lines: Iterable[Line]) -> Iterable[PendingRecord]:
    found = list(lines)
    asked = reviews.open_comments(connection, area)
    names = household_names(connection, [line.id for line in found if line.form == Household.key])
    for line in found:
        comments = asked.get(line.id, 0)
        question = reviews.first_question(connection, line.id) if comments else ""
        yield PendingRecord(
            line.form, say(form_named(line.form).title), line.id, line.region, line.rt, names.get(line.id, ""),
            SAID[line.standing], comments, question,
        )


def household_names(connection: Connection, ids: list[str]) -> dict[str, str]:
    """Return the names that a list shows for some households: their number and the name of their head."""
    keys = (Household.building.key, Household.head_name.key)
    return {row["id"]: _named(row, keys) for row in views.picked(connection, Household, keys, ids=ids)}


def _named(row: Mapping[str, Any], keys: Iterable[str]) -> str:
    return " · ".join(str(row[key]) for key in keys if row[key]) or say("(tanpa nama)")
