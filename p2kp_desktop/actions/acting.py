"""Bulk acts: many edits under one name, which one act takes back by edits of the opposite kind.

Taking back writes edits, so that what was sent meanwhile is taken back wherever it travelled. What somebody
changed since stays as it is, and is named.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from p2kp_desktop import environment
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import ALIVE, Answer, new_id
from p2kp_desktop.schema.causality import Dot, Version
from p2kp_desktop.store import Workspace, acts
from p2kp_desktop.store.acts import Act

from . import naming
from .editing import Edits, editing
from .naming import Subject

UNDONE = "tindakan dibatalkan"


@contextmanager
def acting(workspace: Workspace, name: str, *, file: str = "") -> Iterator[Edits]:
    """Give the edits of one transaction, which is kept as an act unless it changed nothing."""
    with editing(workspace) as edits:
        yield edits
        edits.finish()
        if edits.before:
            about = edits.facts
            act = Act(new_id(), name, file, about.person, environment.now(), len(edits.before))
            acts.note(edits.connection, act, edits.before, edits.dots)


def last(workspace: Workspace) -> Act | None:
    """Return the newest act that was not taken back."""
    with workspace.asking() as connection:
        return next((each for each in acts.all_of_them(connection) if not each.undone), None)


@dataclass(frozen=True)
class TakenBack:
    """What taking back did: how many records it changed, and those that somebody changed since."""

    records: int
    left: tuple[Subject, ...]


def take_back(workspace: Workspace, act: str, *, reason: str = "") -> TakenBack:
    """Give every answer that an act changed, and nobody after it, its value before; new records go to the trash.

    Raises Trouble for an act that is not known, was taken back already, or is too old.
    """
    with editing(workspace) as edits:
        known = {each.id: each for each in acts.all_of_them(edits.connection)}
        found = acts.taken(edits.connection, act)
        if act not in known or known[act].undone or not found.before:
            raise Trouble(
                say("Tindakan ini tidak dapat dibatalkan lagi."), remedy=say("Ubah datanya dengan suntingan biasa."),
                code="T60",
            )
        dots = frozenset(found.came)
        left, changed = [], 0
        for (form, record), before in found.before.items():
            now = edits.version(form, record)
            back = _way_back(before, now, dots)
            if back:
                why = reason or known[act].name
                edits.save(form, record, back, origin=UNDONE, reason=why)
                changed += 1
            if not back or _changed_since(now, dots):
                left.append(naming.subject(form, record, now.values()))
        acts.undone(edits.connection, act, environment.now())
    return TakenBack(changed, tuple(left))


def _of_act(version: Version, key: str, dots: frozenset[Dot]) -> bool:
    return all(sibling.save.dot in dots for sibling in version.answers.get(key, ()))


def _changed_since(version: Version, dots: frozenset[Dot]) -> bool:
    return not _of_act(version, ALIVE, dots)


def _way_back(before: Version | None, now: Version, dots: frozenset[Dot]) -> dict[str, Answer]:
    """Return the answers to give; nothing for a new record that somebody has worked on."""
    if before is None:
        return {} if _changed_since(now, dots) else {ALIVE: 0}
    old, new = before.values(), now.values()
    return {
        key: old.get(key) for key in now.answers
        if key in new and new[key] != old.get(key) and _of_act(now, key, dots)
    }
