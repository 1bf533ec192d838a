"""What came of keying again: where the two keyings differ, and how often whoever keyed first was wrong.

The second answers are compared with what was keyed when the record was drawn; what was changed since then, by
anybody, makes no error and hides none.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from p2kp_desktop.actions.community.agreement_versions import answers_at
from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import ADDRESS, Answer
from p2kp_desktop.schema.causality import covers
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.schema.values import tidy
from p2kp_desktop.store import Connection, Workspace, facts, history, keyed, rechecks, records, views
from p2kp_desktop.store.keyed import EVERYWHERE
from p2kp_desktop.store.rechecks import Recheck
from p2kp_desktop.store.views import Where

FIRST, SECOND = "first", "second"  # whose answer was right

_DRAWN = "drawn."  # before the id of a record, among the notes of a workspace: the saves there were when it was drawn
_LEFT_OUT = (Household.interviewer.key,)  # who asked is carried over from paper to paper, not keyed each time


@dataclass(frozen=True)
class Difference:
    """A question that was keyed in two ways, both in words; `decided` is FIRST, SECOND or «».

    `person` gave the first answer: the operator, unless somebody changed it before the record was drawn. `paper` and
    `rt` name the record where those of several are listed.
    """

    record: str
    question: str
    number: str
    wording: str
    first: str
    second: str
    decided: str
    person: str = ""
    paper: str = ""
    rt: str = ""


@dataclass(frozen=True)
class Errors:
    """How often an operator was wrong: `wrong` where the second answer was right, `open` not decided yet.

    `keystrokes` are the operator's own in the records keyed again: counted at the keyboard, or, where nobody
    counted (an older record), the letters of their answers.
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


def remember_first(connection: Connection, ids: Sequence[str]) -> None:
    """Keep for records that were drawn which saves they consist of now."""
    for record, version in records.read(connection, Household.key, ids).items():
        facts.note(connection, f"{_DRAWN}{record}", json.dumps(dict(version.vector)))


def forget_first(connection: Connection, record: str) -> None:
    """Forget it for a record that is drawn no longer."""
    facts.forget(connection, f"{_DRAWN}{record}")


def open_differences(connection: Connection, drawn: Recheck) -> int:
    """Return how many differences of a record are not decided yet."""
    return sum(not each.decided for each in differing(connection, drawn))


def differing(connection: Connection, drawn: Recheck) -> list[Difference]:
    """Return the questions of a record that were keyed in two ways, in the order of the form."""
    first, people = _first(connection, drawn)
    found = []
    for question in Household.stored():
        key = question.key
        one, two, decided = first.get(key), drawn.answers.get(key), drawn.decided.get(key, "")
        if key in _LEFT_OUT or (not decided and _same(one, two)):
            continue
        number, wording = record_names.asked(Household.key, key)
        shown_one, shown_two = (record_names.shown(Household.key, key, answer) for answer in (one, two))
        found.append(Difference(drawn.record, key, number, wording, shown_one, shown_two, decided,
                                people.get(key, drawn.operator)))
    return found


def _first(connection: Connection, drawn: Recheck) -> tuple[Mapping[str, Answer], dict[str, str]]:
    """Return the answers that a household had when it was drawn to be keyed again, and who gave each."""
    version = records.read(connection, Household.key, [drawn.record]).get(drawn.record)
    now = version.values() if version else {}
    held = json.loads(facts.everything(connection).get(f"{_DRAWN}{drawn.record}", "null"))
    if held is None:  # drawn by an older release
        return now, {}
    rows = history.of_record(connection, drawn.record)
    before = [row for row in rows if covers(held, row.save.dot)]
    people = {key: row.save.person for row in _in_time(before) for key in row.answers}
    return answers_at(now, rows, held, [question.key for question in Household.stored()]) or {}, people


def _in_time(rows: Iterable[HistoryRow]) -> list[HistoryRow]:
    return sorted(rows, key=lambda row: (row.save.time, row.save.dot))


def _same(one: Answer, two: Answer) -> bool:
    """Say whether two answers are one: capitals and spaces are no error of keying."""
    if isinstance(one, str) and isinstance(two, str):
        return tidy(one).casefold() == tidy(two).casefold()
    return one == two


def errors(workspace: Workspace, where: Where = EVERYWHERE) -> list[Errors]:
    """Return how often each operator was wrong in the records there that were keyed again, by name."""
    with workspace.asking() as connection:
        there = views.there(connection, Household, where)
        done = [each for each in rechecks.drawn(connection) if each.time and each.record in there]
        lots = {each.record: each for each in done}
        counted = Counter[str]()
        for stint in keyed.stints(connection, records=[*lots]):
            lot = lots[stint.record]
            if stint.person == lot.operator and stint.ended <= lot.time:
                counted[stint.record] += stint.keystrokes
        return [
            _errors(connection, name, [each for each in done if each.operator == name], counted)
            for name in sorted({each.operator for each in done})
        ]


def _errors(connection: Connection, name: str, done: Sequence[Recheck], counted: Counter[str]) -> Errors:
    found = [difference for each in done for difference in differing(connection, each) if difference.person == name]
    strokes = sum(counted[each.record] or _letters(each.answers) for each in done)
    return Errors(
        name, len(done), sum(each.decided == SECOND for each in found), sum(not each.decided for each in found), strokes
    )


def _letters(answers: Mapping[str, Answer]) -> int:
    """Return how many keys the answers take at least: their letters and one to go on; one for a choice."""
    kinds = {question.key: question.kind for question in Household.stored()}
    given = [(kinds.get(key), value) for key, value in answers.items() if value is not None and key not in ADDRESS]
    return sum(1 if kind == "choice" else len(str(value)) + 1 for kind, value in given if kind is not None)
