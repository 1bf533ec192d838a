"""A laptop handed to a successor, and a workspace retired: who works here from now on, or that nobody does.

Edits keep the name of whoever made them. What happened is noted in the workspace, with reason and time.
"""

import json
from dataclasses import asdict, dataclass

from p2kp_desktop import environment
from p2kp_desktop.actions.common import events as events_noted
from p2kp_desktop.actions.trust import copies
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.schema.values import tidy
from p2kp_desktop.settings import LONGEST_NAME
from p2kp_desktop.store import Connection, Workspace, drafts, facts, node, oversight, records, rights
from p2kp_desktop.store.oversight import Since

TRACE = "handed_over"  # the note with everything that happened here, oldest first

HANDED, RETIRED, REVIVED = "handed over", "retired", "revived"



@dataclass(frozen=True)
class Event:
    """One turn in the life of a workspace: what, from whom to whom (equal unless it was handed over), why, when."""

    what: str
    before: str
    after: str
    reason: str
    time: str


@dataclass(frozen=True)
class LeftBehind:
    """What would be left behind by a workspace that is retired now.

    `households` and `records` are saved here and not acknowledged by any other office; `drafts` were never
    saved; `conflicts` are open.
    """

    households: int
    records: int
    drafts: int
    conflicts: int

    def words(self) -> str:
        """Return the counts of all that is left behind, in words; empty when nothing is."""
        told = (
            (self.records, say("{count} catatan belum diterima kantor lain", count=self.records)),
            (self.drafts, say("{count} draf belum disimpan", count=self.drafts)),
            (self.conflicts, say("{count} konflik belum diputuskan", count=self.conflicts)),
        )
        return ", ".join(words for count, words in told if count)


def hand_over(workspace: Workspace, *, person: str, reason: str) -> Event:
    """Let another person work here from now on; raise Trouble without a name or reason, or for the same person."""
    name = tidy(person)
    if not name or len(name) > LONGEST_NAME or "\n" in name:
        raise Trouble(say("Nama petugas baru belum diisi."), remedy=say("Tuliskan nama lengkapnya."), code="A01")
    with workspace.changing() as connection:
        rights.must(connection, Deed.PERSONS)
        before = facts.facts(connection).person
        if name == before:
            raise Trouble(say("{person} sudah menjadi petugas di ruang kerja ini.", person=name),
                          remedy=say("Tuliskan nama penggantinya."), code="A02")
        event = _noted(connection, HANDED, name, reason)
        facts.note(connection, "person", name)
        drafts.hand_over(connection, before, name)
    workspace.is_worked_by(name)
    return event


def pending(workspace: Workspace) -> LeftBehind:
    """Return the counts of records that no other office acknowledged, and of drafts and conflicts not finished here."""
    with workspace.asking() as connection:
        return _pending(connection)


def _pending(connection: Connection) -> LeftBehind:
    acknowledged = oversight.acknowledged(connection, [each.node for each in copies.believed(connection).holders])
    places = oversight.chain_places(connection, node.made_here(connection))
    since = [Since(name, place, acknowledged.get((name, place), 0)) for name, place in places]
    households, count = oversight.touched(connection, since)
    return LeftBehind(households, count, len(drafts.all_of_them(connection)), len(records.open_conflicts(connection)))


def retire(workspace: Workspace, *, reason: str, anyway: bool = False) -> Event:
    """Let a workspace take no more edits; it can still be looked at, sent and printed, and receive.

    Raises Trouble without a reason, and while something would be left behind, unless `anyway`.
    """
    with workspace.changing() as connection:
        rights.must(connection, Deed.PERSONS)
        if facts.facts(connection).retired:
            raise Trouble(say("Ruang kerja ini sudah diistirahatkan."), remedy=say("Tidak perlu apa-apa."), code="A05")
        left = _pending(connection).words()
        if left and not anyway:
            raise Trouble(
                say("Ruang kerja ini belum dapat diistirahatkan: {left}.", left=left),
                remedy=say("Kirim, lalu terima paket balasannya; simpan atau buang draf; putuskan konflik."),
                code="A06",
            )
        event = _noted(connection, RETIRED, "", reason)
        facts.note(connection, facts.RETIRED, event.time)
    return event


def revive(workspace: Workspace, *, reason: str) -> Event:
    """Let a retired workspace take edits again; raise Trouble without a reason or when it is not retired."""
    with workspace.changing() as connection:
        rights.must(connection, Deed.PERSONS)
        if not facts.facts(connection).retired:
            raise Trouble(say("Ruang kerja ini tidak sedang diistirahatkan."), remedy=say("Tidak perlu apa-apa."),
                          code="A07")
        event = _noted(connection, REVIVED, "", reason)
        facts.note(connection, facts.RETIRED, "")
    return event


def events(workspace: Workspace) -> list[Event]:
    """Return the events in the life of this workspace, the oldest first."""
    with workspace.asking() as connection:
        return _events(connection)


def _events(connection: Connection) -> list[Event]:
    return [Event(**each) for each in json.loads(facts.everything(connection).get(TRACE) or "[]")]


def _noted(connection: Connection, what: str, after: str, reason: str) -> Event:
    """Add a turn to the trace; raise Trouble without a reason."""
    if not reason.strip():
        raise Trouble(say("Alasan belum diisi."), remedy=say("Tuliskan alasannya."), code="A03")
    person = facts.facts(connection).person
    event = Event(what, person, after or person, reason.strip(), environment.now())
    trace = [asdict(each) for each in [*_events(connection), event]]
    facts.note(connection, TRACE, json.dumps(trace, ensure_ascii=False))
    events_noted.note(connection, events_noted.HANDED, kind=what, to=event.after, reason=event.reason)
    return event
