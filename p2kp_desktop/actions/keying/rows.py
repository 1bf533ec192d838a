"""The rows of a form: each question as it stands, for whoever shows it. No screen is needed for it.

It is told here too which questions a form shows at all, and in words why one of them is passed over.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from p2kp_desktop.actions.recording.conflicts import Alternative
from p2kp_desktop.actions.recording.record_names import NO_TITLES
from p2kp_desktop.language import say
from p2kp_desktop.schema import HARD, SOFT, Answer, Choice, Derived, Problem, Question, Record, Section, Several
from p2kp_desktop.schema.conditions import Answers, Asked, Both, Condition, UnderRules

from .conflict_choices import Choices
from .offers import ReferenceQuestion
from .period_before import NEVER, Earlier

PROPOSED = "="  # typed at an empty question it takes the answer that is offered


@dataclass(frozen=True)
class KeyedRow:
    """One question as the form shows it.

    `state` is answered, computed, waiting, skipped, error or unusual; `text` is what was typed, `shown` the
    answer in words or the reason why it is skipped, `letters` the chosen letters. `conflict` holds the answers
    of several people, with one typed here last; `picked` is the place among them of the one chosen (-1: none),
    `reason` why. `typed` could not be read. `in_head` says that it belongs to the record, not to the form.
    `offered` is an answer that is offered while there is none, `since` the period in which it was given, if in one.
    """

    question: Question[Any]
    state: str
    shown: str = ""
    text: str = ""
    letters: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    conflict: tuple[Alternative, ...] = ()
    picked: int = -1
    reason: str = ""
    typed: str = ""
    in_head: bool = False
    offered: Answer = None
    since: str = ""

    @property
    def can_focus(self) -> bool:
        """Say whether the person is asked this."""
        return bool(self.conflict) or self.state not in ("computed", "skipped")

    @property
    def choice(self) -> Alternative | None:
        """Return the answer chosen among those in conflict."""
        return self.conflict[self.picked] if self.picked >= 0 else None

    def in_hand(self) -> "KeyedRow":
        """Return the row as it stands open: of answers in conflict the chosen one stands in the field."""
        if self.typed or self.choice is None:
            return replace(self, text=self.typed or self.text)
        value = self.choice.value
        text = "" if value is None else answer_text(self.question, value)
        return replace(self, text=text, letters=self.choice.letters)


@dataclass(frozen=True)
class Shown:
    """A record with what was typed for it and what is wrong: what its rows are made of."""

    record: Record
    typed: Mapping[str, str]
    choices: Choices
    problems: Mapping[str, tuple[Problem, ...]]
    before: Earlier = NEVER
    following: Answers = field(default_factory=dict)

    def rows(self, questions: Iterable[Question[Any]], asked: Answers) -> list[KeyedRow]:
        """Return the rows of questions of the form; `asked` holds those that apply."""
        return [self.row(question, asked) for question in questions]

    def row(self, question: Question[Any], asked: Answers) -> KeyedRow:
        """Return the row of a question; `asked` holds those that apply."""
        row = self._row(question, asked)
        key = question.key
        if key not in self.choices.disputed:
            return row
        titles = question.titles if isinstance(question, ReferenceQuestion) else NO_TITLES
        sides = self.choices.alternatives(self.record, key, titles)
        picked, reason = self.choices.picked(key, sides), self.choices.reasons.get(key, "")
        return replace(row, conflict=sides, picked=picked, reason=reason)

    def _row(self, question: Question[Any], asked: Answers) -> KeyedRow:
        key = question.key
        if isinstance(question, Derived):
            value = self.record.show(question)
            return KeyedRow(question, "computed", f"{value} {question.unit or ''}".strip() if value else "")
        if key not in asked:
            return KeyedRow(question, "skipped", why_skipped(question.when, asked))
        answer, typed, problems = self.record.answers.get(key), self.typed.get(key, ""), self.problems.get(key, ())
        state = state_of(answer, typed, problems)
        if answer is None:
            suggested = self.record.form.suggested(key, self.record.answers)
            offered, since = self.following.get(key) if suggested is None else suggested, ""
            then = self.before.answers.get(key)
            if offered is None and then is not None and question.understands(then):
                offered, since = then, self.before.period
            return KeyedRow(question, state, typed, typed, (), problems, typed=typed, offered=offered, since=since)
        letters, shown = letters_of(question, str(answer)), self.record.show(question)
        return KeyedRow(question, state, shown, answer_text(question, answer), letters, problems, typed=typed)


@cache
def known(questions: tuple[Question[Any], ...], rules: str) -> tuple[Question[Any], ...]:
    """Return the questions that a rule set knows; others are not even shown as skipped."""
    return tuple(each for each in questions if is_known_under(each.when, rules))


def by_question(problems: Iterable[Problem]) -> dict[str, tuple[Problem, ...]]:
    """Return the problems by the key of their question."""
    found: dict[str, tuple[Problem, ...]] = {}
    for problem in problems:
        found[problem.question] = (*found.get(problem.question, ()), problem)
    return found


def state_of(answer: Answer, typed: str, problems: tuple[Problem, ...]) -> str:
    """Return how a question stands that is asked."""
    if typed or any(problem.severity == HARD for problem in problems):
        return "error"
    if answer is None:
        return "waiting"
    return "unusual" if any(not problem.note for problem in problems) else "answered"


def letters_of(question: Question[Any], answer: str) -> tuple[str, ...]:
    """Return the printed letters of an answer that is picked from a list."""
    if not isinstance(question, Choice | Several):
        return ()
    codes = answer.split(",") if isinstance(question, Several) else [answer]
    return tuple(question.options.letter(code) for code in codes if code in question.options.codes)


def answer_text(question: Question[Any], answer: Answer) -> str:
    """Return the answer as it stands in its field, where it can be typed over."""
    if isinstance(question, Choice | Several):
        return ""
    if question.kind == "decimal":
        return str(answer).replace(".", ",")
    if question.kind == "date":
        return "/".join(reversed(str(answer).split("-")))
    is_named = question.key == "region" or isinstance(question, ReferenceQuestion)
    return question.show(answer) if is_named and answer is not None else str(answer)


def focusable(rows: Iterable[KeyedRow]) -> list[str]:
    """Return the keys of the questions that can be answered now, in order."""
    return [row.question.key for row in rows if row.can_focus]


def asked_below(rows: Iterable[KeyedRow]) -> list[KeyedRow]:
    """Return the rows that can be answered now and are no part of the address."""
    return [row for row in rows if row.can_focus and not row.in_head]


def by_section(rows: Iterable[KeyedRow]) -> dict[Section, list[KeyedRow]]:
    """Return the rows by their section, in order."""
    found: dict[Section, list[KeyedRow]] = {}
    for row in rows:
        found.setdefault(row.question.section, []).append(row)
    return found


def first_of(rows: Iterable[KeyedRow]) -> str:
    """Return where a section begins, "" where it asks nothing; a known address is passed over."""
    for row in rows:
        if row.can_focus and (not row.in_head or row.conflict or row.state != "answered"):
            return row.question.key
    return ""


def troubled(rows: Iterable[KeyedRow]) -> list[str]:
    """Return the questions with something to be corrected, explained or decided."""
    return [
        row.question.key for row in rows
        if row.conflict or any(each.severity != SOFT or not each.note for each in row.problems)
    ]


def next_of(rows: Sequence[KeyedRow], key: str) -> str | None:
    """Return the key of the next row after that of `key` that can have the focus, or None after the last one."""
    here = next((place for place, row in enumerate(rows) if row.question.key == key), len(rows))
    return next((row.question.key for row in rows[here + 1 :] if row.can_focus), None)


def is_known_under(condition: Condition, rules: str) -> bool:
    """Say whether a rule set knows the question at all; one of another rule set is not even shown as skipped."""
    if isinstance(condition, UnderRules):
        return condition.rules == rules
    if isinstance(condition, Both):
        return is_known_under(condition.first, rules) and is_known_under(condition.second, rules)
    return True


def why_skipped(condition: Condition, asked: Answers) -> str:
    """Return why a question is passed over: «Dilewati karena 12 = a», «Menunggu jawaban 12»."""
    failed = [part for part in _parts(condition) if not part.holds(asked)]
    decided = [part for part in failed if not _waits(part, asked)]
    if failed and not decided:
        named = dict.fromkeys(_named(question) for part in failed for question in part.leans_on())
        return say("Menunggu jawaban {questions}", questions=", ".join(named))
    reasons = dict.fromkeys(_reason(question, asked) for part in decided for question in part.leans_on())
    return say("Dilewati karena {reason}", reason=" · ".join(reasons))


def _parts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, Both):
        yield from _parts(condition.first)
        yield from _parts(condition.second)
    else:
        yield condition


def _waits(part: Condition, asked: Answers) -> bool:
    """Say whether a condition does not hold because a question that is asked has no answer yet."""
    leans_on = part.leans_on()
    return bool(leans_on) and all(asked.get(each.key) is None and each.when.holds(asked) for each in leans_on)


def _named(question: Asked) -> str:
    return question.number or say(question.label)


def _reason(question: Asked, asked: Answers) -> str:
    answer = asked.get(question.key)
    if answer is None:
        return say("{question} dilewati", question=_named(question))
    if isinstance(question, Choice) and answer in question.options.codes:
        return f"{_named(question)} = {question.options.letter(str(answer))}"
    return _named(question)
