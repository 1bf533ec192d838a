"""Keying again, blind: some of an operator's records are drawn and keyed a second time, then compared.

The second answers stay apart from the records: nothing is merged by itself. Whoever decides a difference for the
second answer writes an ordinary edit with a reason. Lots and figures stay on this laptop.

A second keying is compared with what was keyed when it was drawn: a later correction neither hides an error nor makes
one, and only the operator's own answers and keystrokes count.
"""

import random
from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from math import ceil

from p2kp_desktop import environment
from p2kp_desktop.actions.keying import addresses
from p2kp_desktop.actions.keying.keyed_drafts import Opened
from p2kp_desktop.actions.keying.record_keying import Keying
from p2kp_desktop.actions.recording.recording import keep_within
from p2kp_desktop.actions.recording.saves import editing
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import ALIVE, Answer, Record, new_id
from p2kp_desktop.schema.conditions import DEFAULT_RULES
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Connection, Workspace, facts, keyed, node, rechecks, records, rights, views
from p2kp_desktop.store.keyed import EVERYWHERE
from p2kp_desktop.store.rechecks import Recheck as Recheck
from p2kp_desktop.store.views import Where

from .keying_differences import FIRST, SECOND, Difference, differing, forget_first, open_differences, remember_first

_BLIND = ("region", "rt", "period")  # what the second person is told: which paper to take


@dataclass(frozen=True)
class Operator:
    """Somebody who keyed here: how many records, how many were drawn, keyed again and not decided yet."""

    name: str
    records: int
    drawn: int
    keyed: int
    open: int


@dataclass(frozen=True)
class Lot:
    """A drawn record as it is listed, its paper known by RT, number of the building and name.

    `differences` counts those not decided yet, None while it is not keyed again.
    """

    record: str
    operator: str
    name: str
    number: str
    rt: str
    drawn: str
    begun: bool
    person: str
    differences: int | None


def operators(workspace: Workspace, where: Where = EVERYWHERE) -> list[Operator]:
    """Return who keyed households there in this workspace, and how far their drawn records are."""
    with workspace.asking() as connection:
        there = views.there(connection, Household, where)
        theirs = Counter(_first_keyed(connection, there).values())
        drawn = [each for each in rechecks.drawn(connection) if each.record in there]
        differing = {each.record: open_differences(connection, each) for each in drawn if each.time}
    found = []
    for name in sorted({*theirs, *(each.operator for each in drawn)}):
        lots = [each for each in drawn if each.operator == name]
        done = [each for each in lots if each.time]
        found.append(Operator(name, theirs[name], len(lots), len(done), sum(differing[each.record] for each in done)))
    return found


def _first_keyed(connection: Connection, there: Container[str]) -> dict[str, str]:
    first = keyed.first_saved_by(connection, Household.key, node.made_here(connection))
    return {record: name for record, name in first.items() if record in there}


def draw(
    workspace: Workspace, person: str, percent: int, seed: int | None = None, *, where: Where = EVERYWHERE
) -> list[str]:
    """Draw so many percent of one operator's households there, at least one; what was drawn before counts, and stays.

    Returns the ids drawn now. The same seed draws the same. Raises Trouble where there is nothing to draw.
    """
    if not 0 < percent <= 100:
        raise Trouble(say("Persentase harus 1 sampai 100."), remedy=say("Biasanya 5 sampai 10 persen cukup."),
                      code="M01")
    with workspace.changing() as connection:
        first = _first_keyed(connection, views.there(connection, Household, where))
        theirs = sorted(record for record, name in first.items() if name == person)
        before = {each.record for each in rechecks.drawn(connection)}
        left = [record for record in theirs if record not in before]
        wanted = ceil(len(theirs) * percent / 100) - len(before.intersection(theirs))
        if wanted <= 0 or not left:
            raise Trouble(
                say("Tidak ada lagi yang perlu diundi dari {person}.", person=person),
                remedy=say("Naikkan persentasenya, atau ketik ulang yang sudah diundi."), code="M02",
            )
        chosen = sorted(random.Random(seed).sample(left, min(wanted, len(left))))
        time = environment.now()
        rechecks.put(connection, [Recheck(record, Household.key, person, time) for record in chosen])
        remember_first(connection, chosen)
    return chosen


def lots(workspace: Workspace, where: Where = EVERYWHERE) -> list[Lot]:
    """Return the households drawn there: those not yet keyed again first, then those with most open differences."""
    with workspace.asking() as connection:
        drawn = rechecks.drawn(connection)
        keys = [*_BLIND, Household.head_name.key, Household.building.key, ALIVE]
        rows = views.picked(connection, Household, keys, where, ids=[each.record for each in drawn])
        known = {row["id"]: row for row in rows}
        found = [_lot(each, known[each.record], open_differences(connection, each) if each.time else None)
                 for each in drawn if each.record in known]
    return sorted(found, key=lambda each: (each.differences is not None, -(each.differences or 0)))


def _lot(drawn: Recheck, row: Mapping[str, Answer], differences: int | None) -> Lot:
    name, number = (str(row[question.key] or "") for question in (Household.head_name, Household.building))
    return Lot(drawn.record, drawn.operator, name, number, str(row["rt"] or ""), drawn.drawn,
               bool(drawn.answers) and not drawn.time, drawn.person, differences)


def open_blind(workspace: Workspace, record: str) -> Opened:
    """Take up a drawn record for keying it again: only its place is shown, and what was keyed again so far."""
    with workspace.asking() as connection:
        drawn = _drawn(connection, record)
        version = records.read(connection, Household.key, [record])[record]
        place = {key: value for key, value in version.values().items() if key in _BLIND and value is not None}
        address = addresses.address(connection, Household, place)
    rules = address.rules.get(str(place.get("period")), DEFAULT_RULES)
    empty = Record(Household, new_id(), place, rules)
    keying = Keying(empty, address=address)
    if drawn.answers:
        keying = Keying.from_draft(empty, dict(drawn.answers), is_new=True, address=address)
    return Opened(keying, drawn.question, rt=str(place.get("rt") or ""))


def keep(workspace: Workspace, record: str, answers: Mapping[str, Answer], question: str) -> None:
    """Put what is keyed again on disk, apart from the record."""
    with workspace.changing() as connection:
        rights.must(connection, Deed.CHANGE)
        drawn = _drawn(connection, record)
        rechecks.put(connection, [replace(drawn, answers=dict(answers), question=question)])


def finish(workspace: Workspace, record: str, answers: Mapping[str, Answer]) -> list[Difference]:
    """End the second keying of a record; return the differences."""
    with workspace.changing() as connection:
        rights.must(connection, Deed.CHANGE)
        drawn = _drawn(connection, record)
        rechecks.put(connection, [replace(
            drawn, answers=dict(answers), person=facts.facts(connection).person, time=environment.now(),
        )])
    return differences(workspace, record)


def give_up(workspace: Workspace, record: str) -> None:
    """Let a drawn record go, with what was keyed again."""
    with workspace.changing() as connection:
        rights.must(connection, Deed.CHANGE)
        rechecks.forget(connection, record)
        forget_first(connection, record)


def _drawn(connection: Connection, record: str) -> Recheck:
    found = next(iter(rechecks.drawn(connection, record)), None)
    if found is None:
        raise Trouble(say("Catatan ini tidak diundi."), remedy=say("Muat ulang daftarnya."), code="M03")
    return found


def differences(workspace: Workspace, record: str) -> list[Difference]:
    """Return the questions of a record that were keyed in two ways, in the order of the form."""
    with workspace.asking() as connection:
        drawn = _drawn(connection, record)
        return differing(connection, drawn) if drawn.time else []


def decide(workspace: Workspace, record: str, question: str, right: str, *, reason: str = "") -> None:
    """Decide who was right: the second answer, with a reason, becomes an ordinary edit of the record.

    Raises Trouble without a reason for the second, and Refused as recording does.
    """
    if right not in (FIRST, SECOND):
        raise ValueError(right)
    if right == SECOND and not reason.strip():
        raise Trouble(say("Alasan belum diisi."), remedy=say("Tuliskan, misalnya: di kertas tertulis 4."), code="M04")
    with editing(workspace) as edits:
        drawn = _drawn(edits.connection, record)
        if right == SECOND:
            given = {"id": record, question: drawn.answers.get(question)}
            keep_within(edits, Household, given, origin=say("ketik ulang"), reason=reason.strip())
        decided = {**drawn.decided, question: right}
        rechecks.put(edits.connection, [replace(drawn, decided=decided)])
