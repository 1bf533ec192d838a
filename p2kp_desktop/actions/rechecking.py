"""Keying again, blind: some of an operator's records are drawn and keyed a second time, then compared.

The second answers stay apart from the records: nothing is merged by itself. Whoever decides a difference for the
second answer writes an ordinary edit with a reason. Lots and figures stay on this laptop.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from p2kp_desktop import environment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import ADDRESS, ALIVE, Answer, Record, new_id
from p2kp_desktop.schema.conditions import DEFAULT_RULES
from p2kp_desktop.schema.values import tidy
from p2kp_desktop.store import Connection, Workspace, facts, keyed, node, rechecks, records, views
from p2kp_desktop.store.rechecks import Recheck as Recheck

from . import addressing, naming
from .drafting import Opened
from .editing import editing
from .keying import Keying
from .recording import keep_within

FIRST, SECOND = "first", "second"  # whose answer was right

_BLIND = ("region", "rt", "period")  # what the second person is told: which paper to take
_LEFT_OUT = (Household.interviewer.key,)  # who asked is carried over from paper to paper, not keyed each time


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


@dataclass(frozen=True)
class Difference:
    """A question that was keyed in two ways, both in words; `decided` is FIRST, SECOND or «»."""

    record: str
    question: str
    number: str
    wording: str
    first: str
    second: str
    decided: str


@dataclass(frozen=True)
class Errors:
    """How often an operator was wrong: `wrong` where the second answer was right, `open` not decided yet.

    `keystrokes` are those of the records keyed again: counted at the keyboard, or, where nobody counted (an
    older record), the letters of their answers.
    """

    operator: str
    records: int
    wrong: int
    open: int
    keystrokes: int

    @property
    def per_thousand(self) -> float:
        """Return the errors per thousand keystrokes."""
        return self.wrong * 1000 / self.keystrokes if self.keystrokes else 0.0


def operators(workspace: Workspace) -> list[Operator]:
    """Return who keyed households in this workspace, and how far their drawn records are."""
    with workspace.asking() as connection:
        theirs = Counter(_first_keyed(connection).values())
        drawn = rechecks.drawn(connection)
        differing = {each.record: _open(connection, each) for each in drawn if each.time}
    found = []
    for name in sorted({*theirs, *(each.operator for each in drawn)}):
        lots = [each for each in drawn if each.operator == name]
        done = [each for each in lots if each.time]
        found.append(Operator(name, theirs[name], len(lots), len(done), sum(differing[each.record] for each in done)))
    return found


def _first_keyed(connection: Connection) -> dict[str, str]:
    return keyed.first_saved_by(connection, Household.key, node.made_here(connection))


def draw(workspace: Workspace, person: str, percent: int, seed: int | None = None) -> list[str]:
    """Draw so many percent of one operator's households, at least one; what was drawn before counts, and stays.

    Returns the ids drawn now. The same seed draws the same. Raises Trouble where there is nothing to draw.
    """
    if not 0 < percent <= 100:
        raise Trouble(say("Persentase harus 1 sampai 100."), remedy=say("Biasanya 5 sampai 10 persen cukup."),
                      code="M01")
    with workspace.changing() as connection:
        theirs = sorted(record for record, name in _first_keyed(connection).items() if name == person)
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
    return chosen


def lots(workspace: Workspace) -> list[Lot]:
    """Return what was drawn: not yet keyed again first, then what has open differences."""
    with workspace.asking() as connection:
        drawn = rechecks.drawn(connection)
        keys = [*_BLIND, Household.head_name.key, Household.building.key, ALIVE]
        known = {row["id"]: row for row in views.picked(connection, Household, keys, ids=[e.record for e in drawn])}
        found = [_lot(each, known[each.record], _open(connection, each) if each.time else None)
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
        address = addressing.address(connection, Household, place)
    rules = address.rules.get(str(place.get("period")), DEFAULT_RULES)
    empty = Record(Household, new_id(), place, rules)
    keying = Keying(empty, address=address)
    if drawn.answers:
        keying = Keying.from_draft(empty, dict(drawn.answers), is_new=True, address=address)
    return Opened(keying, drawn.question, rt=str(place.get("rt") or ""))


def keep(workspace: Workspace, record: str, answers: Mapping[str, Answer], question: str) -> None:
    """Put what is keyed again on disk, apart from the record."""
    with workspace.changing() as connection:
        drawn = _drawn(connection, record)
        rechecks.put(connection, [replace(drawn, answers=dict(answers), question=question)])


def finish(workspace: Workspace, record: str, answers: Mapping[str, Answer]) -> list[Difference]:
    """End the second keying of a record; return the differences."""
    with workspace.changing() as connection:
        drawn = _drawn(connection, record)
        rechecks.put(connection, [replace(
            drawn, answers=dict(answers), person=facts.facts(connection).person, time=environment.now(),
        )])
    return differences(workspace, record)


def give_up(workspace: Workspace, record: str) -> None:
    """Let a drawn record go, with what was keyed again."""
    with workspace.changing() as connection:
        rechecks.forget(connection, record)


def _drawn(connection: Connection, record: str) -> Recheck:
    found = next(iter(rechecks.drawn(connection, record)), None)
    if found is None:
        raise Trouble(say("Catatan ini tidak diundi."), remedy=say("Muat ulang daftarnya."), code="M03")
    return found


def differences(workspace: Workspace, record: str) -> list[Difference]:
    """Return the questions of a record that were keyed in two ways, in the order of the form."""
    with workspace.asking() as connection:
        drawn = _drawn(connection, record)
        return _differences(connection, drawn) if drawn.time else []


def _open(connection: Connection, drawn: Recheck) -> int:
    return sum(not each.decided for each in _differences(connection, drawn))


def _differences(connection: Connection, drawn: Recheck) -> list[Difference]:
    version = records.read(connection, Household.key, [drawn.record]).get(drawn.record)
    first = version.values() if version else {}
    found = []
    for question in Household.stored():
        key = question.key
        one, two, decided = first.get(key), drawn.answers.get(key), drawn.decided.get(key, "")
        if key in _LEFT_OUT or (not decided and _same(one, two)):
            continue
        number, wording = naming.asked(Household.key, key)
        shown_one, shown_two = (naming.shown(Household.key, key, answer) for answer in (one, two))
        found.append(Difference(drawn.record, key, number, wording, shown_one, shown_two, decided))
    return found


def _same(one: Answer, two: Answer) -> bool:
    """Say whether two answers are one: capitals and spaces are no error of keying."""
    if isinstance(one, str) and isinstance(two, str):
        return tidy(one).casefold() == tidy(two).casefold()
    return one == two


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


def errors(workspace: Workspace) -> list[Errors]:
    """Return how often each operator was wrong in the records keyed again, by name."""
    with workspace.asking() as connection:
        done = [each for each in rechecks.drawn(connection) if each.time]
        counted = Counter[str]()
        for stint in keyed.stints(connection, records=[each.record for each in done]):
            counted[stint.record] += stint.keystrokes
        return [
            _errors(connection, name, [each for each in done if each.operator == name], counted)
            for name in sorted({each.operator for each in done})
        ]


def _errors(connection: Connection, name: str, done: Sequence[Recheck], counted: Counter[str]) -> Errors:
    found = [difference for each in done for difference in _differences(connection, each)]
    strokes = sum(counted[each.record] or _letters(each.answers) for each in done)
    return Errors(
        name, len(done), sum(each.decided == SECOND for each in found), sum(not each.decided for each in found), strokes
    )


def _letters(answers: Mapping[str, Answer]) -> int:
    """Return how many keys the answers take at least: their letters and one to go on; one for a choice."""
    kinds = {question.key: question.kind for question in Household.stored()}
    given = [(kinds.get(key), value) for key, value in answers.items() if value is not None and key not in ADDRESS]
    return sum(1 if kind == "choice" else len(str(value)) + 1 for kind, value in given if kind is not None)
