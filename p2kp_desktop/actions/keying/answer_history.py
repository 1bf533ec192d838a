"""What became of one answer: who gave it when, and what stood there before."""

from collections.abc import Iterator
from dataclasses import dataclass

from p2kp_desktop.actions.recording import record_names, record_titles
from p2kp_desktop.actions.recording.record_names import Titles
from p2kp_desktop.schema import Answer, Form, Reference
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.history import Before, HistoryRow
from p2kp_desktop.store import Connection, Workspace, history, records

NOTHING = "(kosong)"


@dataclass(frozen=True)
class AnswerStep:
    """One change of an answer in words; `before` is empty where it was the first."""

    time: str
    person: str
    before: str
    after: str
    reason: str = ""


def answer_history(workspace: Workspace, form: type[Form], record: str, question: str) -> list[AnswerStep]:
    """Return the changes of one answer as they are known here, the latest first by the clocks of those who saved.

    Clocks may be wrong: the order is for reading, nothing is decided by it.
    """
    with workspace.asking() as connection:
        rows = history.of_record(connection, record)
        version = records.read(connection, form.key, [record]).get(record)
        titles = record_titles.titles(connection, form, _values(rows, version, question))
    steps = list(_steps(rows, form, question, titles))
    known = {(step.time, step.person) for step in steps}
    for sibling in version.answers.get(question, frozenset()) if version else ():
        save = sibling.save
        if (save.time, save.person) not in known:
            steps.append(AnswerStep(save.time, save.person, "", _words(form, question, sibling.value, titles)))
    return sorted(steps, key=lambda step: step.time)[::-1]  # of one second, too, the later save stands first


def changed_answers(connection: Connection, form: type[Form], record: str) -> dict[str, list[AnswerStep]]:
    """Return by question how its answer was changed once it was there, the first change first, as known here."""
    rows = history.of_record(connection, record)
    keys = dict.fromkeys(key for row in rows for key in row.answers if form.question(key) is not None)
    titles = record_titles.titles(connection, form, (each for key in keys for each in _values(rows, None, key)))
    found = {key: [step for step in _steps(rows, form, key, titles) if step.before not in ("", NOTHING)]
             for key in keys}
    return {key: steps for key, steps in found.items() if steps}


def _values(rows: list[HistoryRow], version: Version | None, question: str) -> Iterator[dict[str, Answer]]:
    """Yield every value that an answer had or has."""
    told = [change for row in rows if (change := row.changes.get(question)) is not None]
    for value in (side for change in told for side in (change.before, change.after)):
        yield from ({question: each} for each in (value if isinstance(value, list) else [value]))
    yield from ({question: each.value} for each in (version.answers.get(question, ()) if version else ()))


def _steps(rows: list[HistoryRow], form: type[Form], question: str, titles: Titles) -> Iterator[AnswerStep]:
    for row in rows:
        change = row.changes.get(question)
        if change is None:
            continue
        if change.withheld:
            yield AnswerStep(row.save.time, row.save.person, "", "(tidak dikirim)", row.reason)
            continue
        before, after = (_words(form, question, value, titles) for value in (change.before, change.after))
        yield AnswerStep(row.save.time, row.save.person, before, after, row.reason)


def _words(form: type[Form], key: str, value: Before | Answer, titles: Titles) -> str:
    if isinstance(value, list):
        return " / ".join(_words(form, key, each, titles) for each in value)
    if value is None:
        return NOTHING
    question = form.question(key)
    if isinstance(question, Reference):
        return record_names.shown(form.key, key, value, titles)
    return question.show(value) if question and question.understands(value) else str(value)
