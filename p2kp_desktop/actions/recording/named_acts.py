"""Acts: edits under one name, which one act takes back by edits of the opposite kind, and another does again.

Taking back writes edits, so that what was sent meanwhile is taken back wherever it travelled. What somebody
changed since stays as it is, and is named.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from p2kp_desktop import environment
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import ALIVE, Answer, new_id
from p2kp_desktop.schema.causality import Dot, Siblings, Version
from p2kp_desktop.schema.history import UNDONE as UNDONE
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Connection, Workspace, acts, drafts, undoing
from p2kp_desktop.store.acts import Act
from p2kp_desktop.store.undoing import Taken

from . import record_names
from .record_names import Subject
from .saves import Edits, editing


@contextmanager
def acting(workspace: Workspace, name: str, deed: Deed = Deed.CHANGE, *, file: str = "") -> Iterator[Edits]:
    """Give the edits of one transaction, which is kept as an act unless it changed nothing."""
    with editing(workspace, deed) as edits:
        yield edits
        keep(edits, name, file=file)


def keep(edits: Edits, name: str, *, file: str = "", undoes: str = "") -> None:
    """Keep what was saved in a transaction as an act, with the drafts put away in it, unless nothing was."""
    edits.finish()
    if edits.before or edits.drafts:
        records = len({record for _form, record in edits.before} | {record for record, _person in edits.drafts})
        act = Act(new_id(), name, file, edits.facts.person, environment.now(), records, undoes=undoes)
        acts.note(edits.connection, act, edits.before, edits.dots)
        _note_drafts(edits, act.id)


def _note_drafts(edits: Edits, act: str) -> None:
    for whose, (before, after) in edits.drafts.items():
        undoing.note_draft(edits.connection, act, whose, before, after)


def discard(workspace: Workspace, record: str) -> None:
    """Throw the draft of a record away, which is an act; with a record just deleted its draft goes in the same act.

    It is the draft of whoever works here. Somebody else's goes only where it is all that there is of the record, not
    where the record was saved, or is deleted just now: its author then decides.
    """
    with editing(workspace) as edits:
        mine = drafts.found(edits.connection, record, edits.facts.person)
        found = [mine] if mine else drafts.of_record(edits.connection, record)
        if not found:
            return
        draft = found[0]
        is_alive = edits.version(draft.form, record).values().get(ALIVE)
        newest = next(iter(acts.all_of_them(edits.connection)), None)
        goes_along = is_alive == 0 and newest and acts.touches(edits.connection, newest.id, draft.form, record)
        if mine is None and (is_alive or goes_along):
            return
        for each in found:
            edits.put_draft((record, each.person), None)
        if newest and goes_along:
            _note_drafts(edits, newest.id)
        else:
            title = record_names.subject(draft.form, record, draft.answers).title
            keep(edits, say("Draf {name} dibuang", name=title))


def last(workspace: Workspace) -> Act | None:
    """Return the newest act that was not taken back."""
    return offer(workspace, 0).undo


@dataclass(frozen=True)
class UndoRedo:
    """What can be undone and what can be done again now, None for nothing."""

    undo: Act | None = None
    redo: Act | None = None


def step(workspace: Workspace) -> int:
    """Return the number of the newest act, 0 before the first: acts after it are of this sitting."""
    with workspace.asking() as connection:
        return max((each.step for each in acts.all_of_them(connection)), default=0)


def offer(workspace: Workspace, since: int) -> UndoRedo:
    """Return the newest act after a step that is in force, and the newest taking back that nothing new came after."""
    with workspace.asking() as connection:
        found = [each for each in acts.all_of_them(connection) if each.step > since]
    by_id = {each.id: each for each in found}
    undo = next((each for each in found if not each.undone and not _takes_back(each, by_id)), None)
    redo = next((each for each in found if not each.undone and _takes_back(each, by_id)), None)
    newest = max((each.step for each in found if not each.undoes), default=0)
    return UndoRedo(undo, redo if redo is not None and redo.step > newest else None)


def _takes_back(act: Act, by_id: Mapping[str, Act]) -> bool:
    """Say whether an act undoes; one that takes back a taking back does the thing again."""
    before = by_id.get(act.undoes)
    return bool(act.undoes) and not (before is not None and _takes_back(before, by_id))


@dataclass(frozen=True)
class TakenBack:
    """What taking back did: how many records it changed, and those that somebody changed since."""

    records: int
    left: tuple[Subject, ...]
    name: str = ""


def take_back(workspace: Workspace, act: str, *, reason: str = "") -> TakenBack:
    """Give every answer that an act changed, and nobody after it, its value before; new records go to the trash.

    An answer that was in conflict before is in conflict again, between the same values of the same people.

    This is an act of the same name, which can be taken back in turn: then everything is as the act had left it.
    Raises Trouble for an act that is not known, was taken back already, or is too old.
    """
    with editing(workspace) as edits:
        known = {each.id: each for each in acts.all_of_them(edits.connection)}
        found = acts.taken(edits.connection, act)
        if act not in known or known[act].undone or not (found.before or found.drafts):
            raise Trouble(
                say("Tindakan ini tidak dapat dibatalkan lagi."), remedy=say("Ubah datanya dengan suntingan biasa."),
                code="T60",
            )
        mine = _Mine(frozenset(found.came), _counters(edits.connection, known.values()))
        left, changed = [], 0
        for (form, record), before in found.before.items():
            now = edits.version(form, record)
            why, back, reopened = reason or known[act].name, _way_back(before, now, mine), _reopened(before, now, mine)
            if back:
                edits.save(form, record, back, origin=UNDONE, reason=why)
            for key, sides in sorted(reopened.items(), key=lambda each: each[0] == ALIVE):
                edits.reopen(form, record, key, sides, origin=UNDONE, reason=why)
            changed += bool(back or reopened)
            if not (back or reopened) or not mine.holds(now, ALIVE):
                left.append(record_names.subject(form, record, now.values()))
        typed_on = _give_drafts_back(edits, found)
        acts.undone(edits.connection, act, environment.now())
        keep(edits, known[act].name, undoes=act)
    alone = {record for record, _person in edits.drafts} - {record for _form, record in found.before}
    return TakenBack(changed + len(alone), (*left, *typed_on), known[act].name)


def _give_drafts_back(edits: Edits, found: Taken) -> list[Subject]:
    """Give records the drafts that they had before an act; return those that somebody typed on since."""
    left = []
    for (record, author), its in found.drafts.items():
        person = author or edits.facts.person
        now = drafts.found(edits.connection, record, person)
        if its.after == (now.time if now else ""):
            edits.put_draft((record, person), its.before)
        elif now:
            left.append(record_names.subject(now.form, record, now.answers))
    return left


def _counters(connection: Connection, known: Iterable[Act]) -> dict[Dot, Taken]:
    """Return by the saves of those acts that took one back what that one had changed."""
    return {
        dot: acts.taken(connection, each.undoes)
        for each in known if each.undoes for dot in acts.taken(connection, each.id).came
    }


@dataclass(frozen=True)
class _Mine:
    """Whether answers are as an act left them; what a later act changed and was taken back counts as never changed."""

    dots: frozenset[Dot]
    counters: Mapping[Dot, Taken]

    def holds(self, version: Version, key: str) -> bool:
        return all(self._origins(version, key, s.save.dot) <= self.dots for s in version.answers.get(key, ()))

    def _origins(self, version: Version, key: str, dot: Dot) -> frozenset[Dot]:
        taken = None if dot in self.dots else self.counters.get(dot)
        before = taken.before.get((version.form, version.id)) if taken else None
        if before is None or key not in before.answers:
            return frozenset({dot})
        return frozenset().union(*(self._origins(version, key, s.save.dot) for s in before.answers[key]))


def _way_back(before: Version | None, now: Version, mine: _Mine) -> dict[str, Answer]:
    """Return the answers to give; nothing for a new record that somebody has worked on."""
    if before is None:
        return {ALIVE: 0} if mine.holds(now, ALIVE) else {}
    old, new = before.values(), now.values()
    settled, opened = before.conflicts(), now.conflicts()
    return {
        key: old.get(key) for key in now.answers
        if key not in settled and (new[key] != old.get(key) or key in opened) and mine.holds(now, key)
    }


def _reopened(before: Version | None, now: Version, mine: _Mine) -> dict[str, Siblings]:
    """Return the sides of the conflicts that the act decided."""
    settled = before.conflicts() if before is not None else {}
    return {
        key: sides for key, sides in settled.items()
        if now.answers.get(key) != sides and mine.holds(now, key)
    }
