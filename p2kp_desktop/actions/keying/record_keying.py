"""One record under the hands: what was typed, what it means, what is asked next. No screen is needed for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from p2kp_desktop.actions.recording.addresses import Address, belated
from p2kp_desktop.actions.recording.asked_questions import is_known_under
from p2kp_desktop.actions.recording.conflict_choices import Choices, is_choice, taken_up
from p2kp_desktop.rules import beside
from p2kp_desktop.schema import (
    ADDRESS,
    ALIVE,
    HARD,
    Answer,
    Choice,
    Form,
    Problem,
    Question,
    Record,
    Several,
    Unreadable,
    new_id,
)
from p2kp_desktop.schema.conditions import DEFAULT_RULES, Answers
from p2kp_desktop.schema.records import WHY

from .moments import Moment, Moments
from .rows import Row, Shown, by_question, next_of

__all__ = ["UNREAD", "Address", "Choices", "Handed", "Keying", "Row"]

UNREAD = "typed."  # in a draft, before the key of an answer that could not be read

_NOWHERE, _AGREED = Address(), Choices()


@dataclass(frozen=True)
class Handed:
    """What stood in a record when it was handed over to be saved; typing went on since."""

    record: Record
    typed: Mapping[str, str]
    decided: Mapping[str, tuple[Answer, str]]
    passed_over: frozenset[str]


class Keying:
    """A record being typed. Nothing is saved here; `draft()` is what to put on disk, `given()` what to save.

    An answer in conflict is not changed by typing: what is typed is one more answer to choose from.
    """

    def __init__(
        self, record: Record, *, is_new: bool = True, address: Address = _NOWHERE, choices: Choices = _AGREED
    ) -> None:
        self.record = record
        self.is_new = is_new
        self.address, self.choices = address, choices
        self.others: Sequence[Record] = ()  # beside which this one is judged
        self._typed: dict[str, str] = {}  # texts that could not be read, by key
        self._before, self._began = {} if is_new else dict(record.answers), dict(record.answers)
        self.moments = Moments()
        self._rows: list[Row] | None = None

    @classmethod
    def from_draft(
        cls, record: Record, draft: Mapping[str, Answer], *, is_new: bool, address: Address = _NOWHERE,
        choices: Choices = _AGREED,
    ) -> "Keying":
        """Take up a draft: its answers lie over those of the saved record."""
        disputed = choices.disputed
        keying = cls(record, is_new=is_new, address=address, choices=taken_up(draft, disputed))
        keying._typed = {k.removeprefix(UNREAD): str(v) for k, v in draft.items() if k.startswith(UNREAD)}
        answers = {k: v for k, v in draft.items() if not (k.startswith(UNREAD) or is_choice(k) or k in disputed)}
        keying.record = replace(record, answers={**record.answers, **answers})
        return keying

    def next_one(self) -> "Keying":
        """Return the next record of the stack: same place and period, the carried answers with why, all else empty."""
        again = [question.key for question in self.form.carried]
        carried = (*ADDRESS[:4], *again, *(f"{WHY}{key}" for key in again))
        answers = {key: self.record.answers[key] for key in carried if self.record.answers.get(key) is not None}
        return Keying(Record(self.form, new_id(), answers, self.record.rules), address=self.address)

    @property
    def is_touched(self) -> bool:
        """Say whether anything differs from what it began with: only then there is a draft to keep."""
        chosen = self.choices.picks or any(self.choices.reasons.values())
        return bool(self._typed or chosen) or _filled(self.record.answers) != _filled(self._began)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is filled in yet but where the record stands."""
        begun = {key: value for key, value in self._began.items() if key not in ADDRESS}
        filled = {key: value for key, value in self.record.answers.items() if key not in ADDRESS}
        return self.is_new and not self._typed and _filled(filled) == _filled(begun)

    def handed_over(self) -> Handed:
        """Return what stands here now, as a save takes it."""
        passed_over = frozenset(row.question.key for row in self.no_longer_asked())
        return Handed(self.record, dict(self._typed), self.choices.decided(), passed_over)

    def saved(self, handed: Handed | None = None) -> None:
        """Take what was handed over, or what stands here now, as saved; what was typed since stays typed.

        What saving clears is gone; undoing still leads back before it.
        """
        handed = handed or self.handed_over()
        for key, (value, _reason) in handed.decided.items():
            self.settled(key, value)
        before = {**handed.record.answers, **{key: value for key, (value, _reason) in handed.decided.items()}}
        kept = {key: value for key, value in before.items() if key not in handed.passed_over}
        now = {key: value for key, value in self.record.answers.items()
               if key not in handed.passed_over or value != before.get(key)}
        self.record, self._rows = replace(self.record, answers=now), None
        self._typed = {key: text for key, text in self._typed.items() if handed.typed.get(key) != text}
        self._before = self._began = kept
        self.is_new = False

    def settled(self, key: str, value: Answer) -> None:
        """Take a conflict as settled for a value; undoing does not lead back before it."""
        self.record = replace(self.record, answers={**self.record.answers, key: value})
        self._before, self._began = {**self._before, key: value}, {**self._began, key: value}
        self.choices, self._rows = self.choices.without(key), None
        self._typed.pop(key, None)
        self.moments.settle(key, value)

    @property
    def form(self) -> type[Form]:
        """Return the form of the record."""
        return self.record.form

    def put(self, key: str, text: str) -> str | None:
        """Take what was typed for a question; return the objection to a text that cannot be read, else None.

        Nothing typed is lost: an unreadable text stays in the field and in the draft.
        """
        try:
            answer: Answer = self._question(key).read(text) if text.strip() else None
        except Unreadable as objection:
            self._become(key, None, {**self._typed, key: text})
            return str(objection)
        self._set(key, None if answer == "" else answer)
        return None

    def choose(self, key: str, letter: str) -> bool:
        """Choose a printed letter (for several choices: choose it or take it back); False if there is none."""
        question = self._question(key)
        if not isinstance(question, Choice | Several):
            return False
        option = question.options.find(letter)
        if option is None:
            return False
        if isinstance(question, Choice):
            self._set(key, option.code)
            return True
        chosen = set(self._codes(key)) ^ {option.code}
        if option.code in chosen:
            chosen = {option.code} if option.code == question.alone else chosen - {question.alone}
        self._set(key, question.join({code for code in chosen if code}) or None)
        return True

    def pick(self, key: str, number: int) -> bool:
        """Choose the answer with this number, from 1, of those in conflict; False if there is none."""
        sides = self.choices.alternatives(self.record, key) if key in self.choices.disputed else ()
        if not 0 < number <= len(sides):
            return False
        self._set(key, sides[number - 1].value)
        return True

    def reason(self, key: str, text: str) -> None:
        """Note why an answer in conflict is the right one."""
        self.choices, self._rows = self.choices.explain(key, text), None

    def explain(self, key: str, note: str) -> None:
        """Note why an unlikely answer is right."""
        self._set(f"{WHY}{key}", note.strip() or None)

    def undo(self) -> str | None:
        """Take the last answer back; return the question it was given to, None when there is nothing to undo."""
        return self._go(self.moments.back(self._now))

    def redo(self) -> str | None:
        """Give an answer again that was taken back; return its question, None when there is none."""
        return self._go(self.moments.forth(self._now))

    def rows(self) -> list[Row]:
        """Return every question of the form that the period's rules know, in order, as it stands now."""
        if self._rows is None:
            self._rows = self._all_rows()
        return self._rows

    def _head(self) -> list[Question[Any]]:
        """Return what stands above the form's questions: conflicts about the record itself, and its address."""
        asked = self.address.questions(self.form, self.record.answers)
        known = {question.key for question in (*asked, *self.form.questions)}
        return [*(self.address.at_large(self.form, key) for key in self.choices.disputed if key not in known), *asked]

    def _all_rows(self) -> list[Row]:
        asked = self.record.asked_answers()
        shown = Shown(self.record, self._typed, self.choices, by_question(self.problems()))
        head = [replace(shown.row(each, {each.key: None}), in_head=True) for each in self._head()]
        known = [each for each in self.form.questions if is_known_under(each.when, self.record.rules)]
        return head + [shown.row(self.address.as_asked(question), asked) for question in known]

    def problems(self) -> list[Problem]:
        """Return what is wrong or unlikely in what was answered; unanswered questions are not listed here."""
        unread = [Problem(key, self._objection(key), HARD) for key in self._typed]
        unread += [Problem(key, belated(self.form, key), HARD) for key in self.lacking() if key not in self._typed]
        asked = self.record.asked_answers()
        told = (*self.address.problems(self.record), *beside.problems(self.record, self.others))
        found = [p for p in told if asked.get(p.question) is not None]
        order = {question.key: place for place, question in enumerate(self.form.questions)}
        return sorted(unread + found, key=lambda problem: order.get(problem.question, -1))

    def lacking(self) -> list[str]:
        """Return the parts of the address without which a record is not saved, once anything else is filled in."""
        known = self.record.answers
        return [] if self.is_empty else [key for key in self.address.asked if known.get(key) is None]

    def hindrance(self) -> str | None:
        """Return the key of what has to be put right before anything is saved, or None.

        While it is open whether the record was deleted no save may decide that by the way.
        """
        return ALIVE if ALIVE in self.choices.disputed else next(iter(self.lacking()), None)

    def focusable(self) -> list[str]:
        """Return the keys of the questions that can be answered now, in order."""
        return [row.question.key for row in self.rows() if row.can_focus]

    def after(self, key: str) -> str | None:
        """Return the next question that is asked, or None after the last one."""
        return next_of(self.rows(), key)

    def before(self, key: str) -> str | None:
        """Return the question before that is asked, or None before the first one."""
        return next_of(self.rows()[::-1], key)

    def no_longer_asked(self) -> list[Row]:
        """Return the questions that hold an answer but are passed over: listed before saving clears them."""
        return [
            row for row in self.rows()
            if row.state == "skipped" and not row.conflict and self.record.answers.get(row.question.key) is not None
        ]

    def unread(self) -> list[Row]:
        """Return the questions whose typed text cannot be read: saving leaves it out, so it is listed before."""
        return [row for row in self.rows() if row.question.key in self._typed]

    def undecided(self) -> list[str]:
        """Return the keys of missing answers without which nobody could tell which record this is."""
        known = dict(self.record.answers) | self.form.complete(self.record.answers)
        return [key for key in self.form.natural if known.get(key) is None and self.record.answers.get(key) is None]

    def given(self, *, clear_skipped: bool = True) -> dict[str, Answer]:
        """Return what to save: for a new record everything, for an old one what changed; nothing in conflict."""
        left_out = {*self._typed, *self.choices.disputed}
        answers = {key: value for key, value in self.record.answers.items() if key not in left_out}
        if clear_skipped:
            answers |= dict.fromkeys((row.question.key for row in self.no_longer_asked()), None)
        if self.is_new:
            return {key: value for key, value in answers.items() if value is not None}
        return {key: value for key, value in answers.items() if value != self._before.get(key)}

    def draft(self) -> dict[str, Answer]:
        """Return all that was typed, readable or not, to be put on disk."""
        changed = {k: v for k, v in self.record.answers.items() if self.is_new or v != self._before.get(k)}
        unread: dict[str, Answer] = {f"{UNREAD}{key}": text for key, text in self._typed.items()}
        return changed | unread | self.choices.draft()

    def _set(self, key: str, answer: Answer) -> None:
        self._become(key, answer, {k: text for k, text in self._typed.items() if k != key})

    def _become(self, key: str, answer: Answer, typed: dict[str, str]) -> None:
        """Put an answer in its place, unless nothing changes, and remember how it was before."""
        record, choices = self.record, self.choices
        if key in choices.disputed:
            choices = choices if key in typed else choices.pick(key, answer)
        elif record.answers.get(key) != answer:
            record = self._ruled(replace(record, answers={**record.answers, key: answer}))
        if (record, choices, typed) == (self.record, self.choices, self._typed):
            return
        self.moments.remember(self._now(key.removeprefix(WHY)))
        self.record, self.choices, self._typed, self._rows = record, choices, typed, None

    def _ruled(self, record: Record) -> Record:
        """Return the record under the rule set of its period, where the period is asked for here."""
        if "period" not in self.address.asked:
            return record
        return replace(record, rules=self.address.rules.get(str(record.answers.get("period")), DEFAULT_RULES))

    def _now(self, question: str) -> Moment:
        return Moment(self.record, self._typed, self.choices, question)

    def _go(self, moment: Moment | None) -> str | None:
        if moment is None:
            return None
        self.record, self._typed, self._rows = moment.record, dict(moment.typed), None
        self.choices = replace(moment.choices, reasons=self.choices.reasons)
        return moment.question

    def _question(self, key: str) -> Question[Any]:
        question = self.form.question(key) or next((each for each in self._head() if each.key == key), None)
        if question is None:
            raise KeyError(key)
        return self.address.as_asked(question)

    def _codes(self, key: str) -> list[str]:
        return str(self.choices.picks.get(key, self.record.answers.get(key)) or "").split(",")

    def _objection(self, key: str) -> str:
        try:
            self._question(key).read(self._typed[key])
        except Unreadable as objection:
            return str(objection)
        return ""


def _filled(answers: Answers) -> dict[str, Answer]:
    return {key: value for key, value in answers.items() if value is not None}
