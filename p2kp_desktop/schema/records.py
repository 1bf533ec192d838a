"""A record is one filled form as it is shown: for every question the one value in force.

Ids of one transaction sort as they were made, whatever the clock says (that of Windows stands for 15 ms): what came
in together keeps its order wherever it travels, without a number in every record.

An answer that cannot be is unanswered for every figure (`Record.counted`), in SQL too; a recap's volumes are scored
as published and marked. A change compares only RTs assessed in both periods (`rules/comparison.py`).
"""

import hashlib
import os
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar, cast

from p2kp_desktop.language import say

from .conditions import DEFAULT_RULES, RULES, Always, Answers, condition_words
from .forms import ADDRESS, ERASED, Form
from .quantities import Derived
from .questions import HARD, SOFT, Objection, Question, Severity
from .values import Answer

T = TypeVar("T")


DISTINCT = "distinct."  # before another record's id: somebody said that the two are not one household; it travels
WHY = "why."  # before a question's key: the note that explains an unlikely answer; it travels like an answer


@dataclass(frozen=True)
class Problem:
    """One thing to put right or to explain, said to the person who typed the answer."""

    question: str
    message: str
    severity: Severity
    note: str = ""  # why it is right all the same, said by the person who recorded it


@dataclass(frozen=True)
class Record:
    """The answers to one form by key: `record[Household.floor_length]` is a `Decimal` or None.

    `record[Household.floor_area]`, which follows from answers and is not kept, is computed, from those that can be.
    `answers` holds plain values, those of the address (region, rt, period …) among them. `rules` is the
    rule set of the record's period, which decides what is asked.
    """

    form: type[Form]
    id: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    rules: str = DEFAULT_RULES

    def __getitem__(self, question: Question[T]) -> T | None:
        if isinstance(question, Derived):
            return cast(T | None, question.value(self.counted_answers()))
        plain = self.understood(question)
        return None if plain is None else question.answer(plain)

    def understood(self, question: Question[Any]) -> Answer:
        """Return the plain answer, or None where it is empty or of a kind that the question cannot have."""
        plain = self.answers.get(question.key)
        return plain if plain is not None and question.understands(plain) else None

    def show(self, question: Question[Any]) -> str:
        """Return the answer in words; one of another kind as it stands; derived values computed."""
        if isinstance(question, Derived):
            return question.shown(self.counted_answers())
        plain = self.answers.get(question.key)
        if plain is None:
            return ""
        return question.show(plain) if question.understands(plain) else f"‹{plain}›"

    def asked_answers(self) -> Mapping[str, Answer]:
        """Return the answers to the questions that apply, in order, empty ones among them."""
        return self._asked

    @cached_property
    def _asked(self) -> Mapping[str, Answer]:
        seen: dict[str, Answer] = {RULES: self.rules}
        for question in self.form.questions:
            if isinstance(question.when, Always) or question.when.holds(seen):
                seen[question.key] = self.understood(question)
        del seen[RULES]
        return seen

    def asked(self) -> Iterator[Question[Any]]:
        """Yield the questions that apply, given the answers so far."""
        applying = self.asked_answers()
        return (question for question in self.form.questions if question.key in applying)

    def problems(self) -> Iterator[Problem]:
        """Return the problems of the answers, wrong or unlikely, in the order of the questions."""
        return iter(self._problems)

    @cached_property
    def _problems(self) -> tuple[Problem, ...]:
        return tuple(self._judged())

    def _judged(self) -> Iterator[Problem]:
        judged = self.judged_answers()
        broken = self._broken(judged)
        for question in self.form.stored():
            key, answer = question.key, self.answers.get(question.key)
            if key not in judged:
                if answer is not None:
                    yield Problem(key, say("Tidak ditanyakan ({condition}); jawaban disimpan, tidak dihitung.",
                                           condition=condition_words(question.when)), SOFT)
                continue
            if answer is None:
                if question.required and f"{ERASED}{key}" not in self.answers:
                    yield Problem(key, "Belum diisi.", SOFT)
                continue
            if not question.understands(answer):
                yield Problem(key, _unread(question, answer), HARD)
                continue
            note = str(self.answers.get(f"{WHY}{key}") or "")
            found = [*question.objections(answer), *broken.get(key, ())]
            yield from (Problem(key, o.message, o.severity, note if o.severity == SOFT else "") for o in found)

    def _broken(self, judged: Answers) -> Mapping[str, list[Objection]]:
        """Return the objections of the checks across questions, by the key of the question that each speaks of."""
        found: dict[str, list[Objection]] = {}
        for check in self.form.checks:
            if objection := check.objection(judged):
                found.setdefault(check.at(), []).append(objection)
        return found

    def judged_answers(self) -> dict[str, Answer]:
        """Return the answers that checks look at: those to the questions that apply, and the address."""
        return {**{key: self.answers.get(key) for key in ADDRESS}, **self.asked_answers()}

    def impossible(self) -> frozenset[str]:
        """Return the keys of the answers that cannot be: those with a hard problem."""
        return self._wrong

    @cached_property
    def _wrong(self) -> frozenset[str]:
        found, judged = set(), self.judged_answers()
        for question in self.form.stored():
            answer = judged.get(question.key)
            if answer is None:
                if self.answers.get(question.key) is not None and question.key in judged:
                    found.add(question.key)  # nobody understands it
            elif question.excludes(answer):
                found.add(question.key)
        for check in self.form.checks:
            if check.severity == HARD and check.is_broken(judged):
                found.add(check.at())
        return frozenset(found)

    def counted(self) -> "Record":
        """Return the record as every figure sees it: an answer that cannot be is unanswered."""
        return self._without(self._wrong)

    def counted_answers(self) -> Mapping[str, Answer]:
        """Return the answers to the questions that apply as every figure sees them."""
        return self._counted

    @cached_property
    def _counted(self) -> Mapping[str, Answer]:
        return self._without(self._wrong).asked_answers()

    def _without(self, keys: frozenset[str]) -> "Record":
        if not keys:
            return self
        return replace(self, answers={key: answer for key, answer in self.answers.items() if key not in keys})

    def derived(self) -> dict[str, str]:
        """Return the derived values as people read them, by key."""
        applying = self.counted_answers()
        return {q.key: q.shown(applying) for q in self.form.questions if isinstance(q, Derived)}


def new_id(begun_from: str = "", *, after: str = "") -> str:
    """Return a fresh id: a UUID version 7 (RFC 9562), so that ids sort by the time they were made.

    It sorts behind `after` however quickly it follows. That of a record which is begun from another one says so by
    its second half, see `is_begun_from`.
    """
    chance = int.from_bytes(os.urandom(10))
    stamp = time.time_ns() // 1_000_000 << 12 | chance >> 68
    if after:
        stamp = max(stamp, _stamp(after) + 1)
    second = _half(begun_from) if begun_from else chance & _HALF
    return str(uuid.UUID(int=stamp >> 12 << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0x2 << 62 | second))


def _stamp(record: str) -> int:
    """Return the milliseconds of an id and the twelve bits after its version."""
    number = uuid.UUID(record).int
    return number >> 80 << 12 | number >> 64 & 0xFFF


def is_begun_from(record: str, other: str) -> bool:
    """Say whether a record was begun from another one: a household from a line of the list of residents."""
    return record[-17:] == str(uuid.UUID(int=0x2 << 62 | _half(other)))[-17:]


def _half(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) & _HALF


_HALF = (1 << 62) - 1  # the random bits of the second half


def _unread(question: Question[Any], answer: Answer) -> str:
    """Say that an answer was not understood; one that tells who somebody is, is not said again: lists show this."""
    told = say("(disamarkan)") if question.private else answer
    return say("«{answer}» tidak terbaca sebagai jawaban pertanyaan ini.", answer=told)
