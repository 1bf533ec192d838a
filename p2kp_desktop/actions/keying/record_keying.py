"""One record under the hands: what was typed, what it means, what is asked next. No screen is needed for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

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

from .addresses import Address, belated
from .conflict_choices import Choices, is_choice, taken_up
from .period_before import NEVER, Earlier
from .rows import KeyedRow, Shown, by_question, focusable, known, next_of

__all__ = ["BEGAN", "UNREAD", "Address", "Choices", "KeyedRow", "Keying", "Moments"]

UNREAD = "typed."  # in a draft, before the key of an answer that could not be read
BEGAN = "began."  # in a draft, before the key of an answer as it stood before it was changed

_NOWHERE, _AGREED = Address(), Choices()


@dataclass(frozen=True)
class Moment:
    """All that was typed, and the question that was answered next."""

    record: Record
    typed: Mapping[str, str]
    choices: Choices
    question: str

    def with_settled(self, key: str, value: Answer) -> "Moment":
        """Return the moment as if a conflict had been settled before it."""
        record = replace(self.record, answers={**self.record.answers, key: value})
        return replace(self, record=record, choices=self.choices.without(key))


@dataclass(frozen=True)
class Moments:
    """The moments one can go back to, and those one came back from, the nearest last."""

    past: tuple[Moment, ...] = ()
    future: tuple[Moment, ...] = ()

    @property
    def undoes(self) -> str | None:
        """Return the question whose answer undoing takes back, or None at the beginning."""
        return self.past[-1].question if self.past else None

    @property
    def redoes(self) -> str | None:
        """Return the question whose answer redoing gives again, or None."""
        return self.future[-1].question if self.future else None

    def settled(self, key: str, value: Answer) -> "Moments":
        """Return them so that none leads back before a settled conflict."""
        past, future = ([each.with_settled(key, value) for each in side] for side in (self.past, self.future))
        return Moments(tuple(past), tuple(future))


_FIRST = Moments()


@dataclass(frozen=True)
class Keying:
    """A record being typed: a value, every key makes another one of it. Nothing is saved here.

    `draft()` is what to put on disk, `given()` what to save. An answer in conflict is not changed by typing: what is
    typed is one more answer to choose from. `others` are the records beside which it is judged, `typed` the texts that
    could not be read, by key, `began` the answers it began with, or was saved with last, `earlier` what it
    answered in an earlier period, `following` what follows on the record before: offered, and taken only by whoever
    confirms it.
    """

    record: Record
    is_new: bool = True
    address: Address = _NOWHERE
    choices: Choices = _AGREED
    others: tuple[Record, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    began: Answers | None = None
    moments: Moments = _FIRST
    earlier: Earlier = NEVER
    following: Answers = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.began is None:
            object.__setattr__(self, "began", dict(self.record.answers))

    @classmethod
    def from_draft(
        cls, record: Record, draft: Mapping[str, Answer], *, is_new: bool, address: Address = _NOWHERE,
        choices: Choices = _AGREED,
    ) -> "Keying":
        """Take up a draft: its answers lie over those of the saved record.

        Of what it changed it began with the answers that its author saw then, which may be others by now.
        """
        disputed = choices.disputed
        typed = {k.removeprefix(UNREAD): str(v) for k, v in draft.items() if k.startswith(UNREAD)}
        saw = {k.removeprefix(BEGAN): v for k, v in draft.items() if k.startswith(BEGAN)}
        answers = {
            k: v for k, v in draft.items() if not (k.startswith((UNREAD, BEGAN)) or is_choice(k) or k in disputed)
        }
        lying_over = replace(record, answers={**record.answers, **answers})
        began = {**record.answers, **{key: value for key, value in saw.items() if key not in disputed}}
        return cls(lying_over, is_new, address, taken_up(draft, disputed), typed=typed, began=began)

    def next_one(self) -> "Keying":
        """Return the next record of the stack: same place and period, the carried answers with why, all else empty."""
        again = [question.key for question in self.form.carried]
        carried = (*ADDRESS[:4], *again, *(f"{WHY}{key}" for key in again))
        answers = {key: self.record.answers[key] for key in carried if self.record.answers.get(key) is not None}
        return Keying(Record(self.form, new_id(), answers, self.record.rules), address=self.address,
                      following=self._running_on())

    def _running_on(self) -> Answers:
        """Return the numbers that follow on this one's, or that followed before: some of a stack lack theirs."""
        here = {question.key: self.record.understood(question) for question in self.form.runs_on}
        return {**self.following, **{key: each + 1 for key, each in here.items() if isinstance(each, int)}}

    @property
    def form(self) -> type[Form]:
        """Return the form of the record."""
        return self.record.form

    @cached_property
    def is_touched(self) -> bool:
        """Say whether anything differs from what it began with: only then there is a draft to keep."""
        chosen = self.choices.picks or any(self.choices.reasons.values())
        return bool(self.typed or chosen) or _filled(self.record.answers) != _filled(self._began)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is filled in yet but where the record stands."""
        begun = {key: value for key, value in self._began.items() if key not in ADDRESS}
        filled = {key: value for key, value in self.record.answers.items() if key not in ADDRESS}
        return self.is_new and not self.typed and _filled(filled) == _filled(begun)

    @property
    def _began(self) -> Answers:
        return self.began or {}

    def saved(self, handed: "Keying | None" = None) -> "Keying":
        """Return it once it is on disk as it was handed over, or as it stands; what was typed since stays typed.

        What saving clears is gone; undoing still leads back before it.
        """
        handed = handed or self
        decided = {key: value for key, (value, _reason) in handed.choices.decided().items()}
        settled = self
        for key, value in decided.items():
            settled = settled.settled(key, value)
        before = {**handed.record.answers, **decided}
        passed_over = {row.question.key for row in handed.no_longer_asked()}
        now = {key: value for key, value in settled.record.answers.items()
               if key not in passed_over or value != before.get(key)}
        return replace(
            settled, record=replace(settled.record, answers=now), is_new=False,
            typed={key: text for key, text in settled.typed.items() if handed.typed.get(key) != text},
            began={key: value for key, value in before.items() if key not in passed_over},
        )

    def settled(self, key: str, value: Answer) -> "Keying":
        """Return it with a conflict settled for a value; undoing does not lead back before it."""
        return replace(
            self, record=replace(self.record, answers={**self.record.answers, key: value}),
            began={**self._began, key: value}, choices=self.choices.without(key),
            typed=_without(self.typed, key), moments=self.moments.settled(key, value),
        )

    def put(self, key: str, text: str) -> "Keying":
        """Return it with what was typed for a question.

        Nothing typed is lost: an unreadable text stays in the field and in the draft.
        """
        try:
            answer: Answer = self._question(key).read(text) if text.strip() else None
        except Unreadable:
            return self._become(key, None, {**self.typed, key: text})
        return self._set(key, None if answer == "" else answer)

    def choose(self, key: str, letter: str) -> "Keying":
        """Return it with a printed letter chosen (for several choices: chosen or taken back), itself without one."""
        question = self._question(key)
        option = question.options.find(letter) if isinstance(question, Choice | Several) else None
        if option is None:
            return self
        if not isinstance(question, Several):
            return self._set(key, option.code)
        chosen = set(self._codes(key)) ^ {option.code}
        if option.code in chosen:
            chosen = {option.code} if option.code == question.alone else chosen - {question.alone}
        return self._set(key, question.join({code for code in chosen if code}) or None)

    def prints(self, key: str, letter: str) -> bool:
        """Say whether a letter is printed before an answer of this question."""
        question = self._question(key)
        return isinstance(question, Choice | Several) and question.options.find(letter) is not None

    def pick(self, key: str, number: int) -> "Keying":
        """Return it with the answer of this number, from 1, chosen of those in conflict, itself without one."""
        sides = self.choices.alternatives(self.record, key) if key in self.choices.disputed else ()
        return self._set(key, sides[number - 1].value) if 0 < number <= len(sides) else self

    def reason(self, key: str, text: str) -> "Keying":
        """Return it with a note why an answer in conflict is the right one."""
        return replace(self, choices=self.choices.explain(key, text))

    def explain(self, key: str, note: str) -> "Keying":
        """Return it with a note why an unlikely answer is right."""
        return self._set(f"{WHY}{key}", note.strip() or None)

    def undo(self) -> "Keying":
        """Return it with the last answer taken back, that to `moments.undoes`."""
        past, future = self.moments.past, self.moments.future
        return self._go(past[-1], past[:-1], (*future, self._now(past[-1].question))) if past else self

    def redo(self) -> "Keying":
        """Return it with the answer given again that was taken back last, that to `moments.redoes`."""
        past, future = self.moments.past, self.moments.future
        return self._go(future[-1], (*past, self._now(future[-1].question)), future[:-1]) if future else self

    def rows(self) -> list[KeyedRow]:
        """Return every question of the form that the period's rules know, in order, as it stands now."""
        return self._rows

    def _head(self) -> list[Question[Any]]:
        """Return the questions that stand above the form's: conflicts about the record itself, and its address."""
        asked = self.address.questions(self.form, self.record.answers)
        known = {question.key for question in (*asked, *self.form.questions)}
        return [*(self.address.at_large(self.form, key) for key in self.choices.disputed if key not in known), *asked]

    @cached_property
    def _rows(self) -> list[KeyedRow]:
        asked = self.record.asked_answers()
        shown = Shown(self.record, self.typed, self.choices, by_question(self.problems()), self.earlier, self.following)
        head = [replace(shown.row(each, {each.key: None}), in_head=True) for each in self._head()]
        references = self.address.references
        asking = [references.get(each.key, each) for each in known(self.form.questions, self.record.rules)]
        return head + shown.rows(asking, asked)

    def problems(self) -> list[Problem]:
        """Return the problems of the answers given, wrong or unlikely; unanswered questions are not listed here."""
        return self._problems

    @cached_property
    def _problems(self) -> list[Problem]:
        unread = [Problem(key, self.objection(key), HARD) for key in self.typed]
        unread += [Problem(key, belated(self.form, key), HARD) for key in self.lacking() if key not in self.typed]
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
        return self._focusable

    @cached_property
    def _focusable(self) -> list[str]:
        return focusable(self.rows())

    def after(self, key: str) -> str | None:
        """Return the next question that is asked, or None after the last one."""
        return next_of(self.rows(), key)

    def before(self, key: str) -> str | None:
        """Return the question before that is asked, or None before the first one."""
        return next_of(self.rows()[::-1], key)

    def no_longer_asked(self) -> list[KeyedRow]:
        """Return the questions that hold an answer but are passed over: listed before saving clears them."""
        return [
            row for row in self.rows()
            if row.state == "skipped" and not row.conflict and self.record.answers.get(row.question.key) is not None
        ]

    def unread(self) -> list[KeyedRow]:
        """Return the questions whose typed text cannot be read: saving leaves it out, so it is listed before."""
        return [row for row in self.rows() if row.question.key in self.typed]

    def unconfirmed(self) -> list[KeyedRow]:
        """Return the questions whose answer of an earlier period nobody confirmed or replaced."""
        return [row for row in self.rows() if row.since]

    def undecided(self) -> list[str]:
        """Return the keys of missing answers without which nobody could tell which record this is."""
        known = dict(self.record.answers) | self.form.complete(self.record.answers)
        return [key for key in self.form.natural if known.get(key) is None and self.record.answers.get(key) is None]

    def given(self, *, clear_skipped: bool = True) -> dict[str, Answer]:
        """Return the answers to save: for a new record all, for an old one those that changed; none in conflict."""
        left_out = {*self.typed, *self.choices.disputed}
        answers = {key: value for key, value in self.record.answers.items() if key not in left_out}
        if clear_skipped:
            answers |= dict.fromkeys((row.question.key for row in self.no_longer_asked()), None)
        if self.is_new:
            return {key: value for key, value in answers.items() if value is not None}
        return {key: value for key, value in answers.items() if value != self._began.get(key)}

    def draft(self) -> dict[str, Answer]:
        """Return all that was typed, readable or not, to be put on disk."""
        changed = {k: v for k, v in self.record.answers.items() if self.is_new or v != self._began.get(k)}
        unread: dict[str, Answer] = {f"{UNREAD}{key}": text for key, text in self.typed.items()}
        seen = {} if self.is_new or not changed else dict.fromkeys((*changed, ALIVE))
        saw = {f"{BEGAN}{key}": self._began.get(key) for key in seen}
        return changed | unread | saw | self.choices.draft()

    def _set(self, key: str, answer: Answer) -> "Keying":
        return self._become(key, answer, _without(self.typed, key))

    def _become(self, key: str, answer: Answer, typed: Mapping[str, str]) -> "Keying":
        """Return it with an answer in its place, remembering how it was before; itself where nothing changes."""
        record, choices = self.record, self.choices
        if key in choices.disputed:
            choices = choices if key in typed else choices.pick(key, answer)
        elif record.answers.get(key) != answer:
            record = self._ruled(replace(record, answers={**record.answers, key: answer}))
        if (record, choices, typed) == (self.record, self.choices, self.typed):
            return self
        moments = Moments((*self.moments.past, self._now(key.removeprefix(WHY))))
        return replace(self, record=record, choices=choices, typed=typed, moments=moments)

    def _ruled(self, record: Record) -> Record:
        """Return the record under the rule set of its period, where the period is asked for here."""
        if "period" not in self.address.asked:
            return record
        return replace(record, rules=self.address.rules.get(str(record.answers.get("period")), DEFAULT_RULES))

    def _now(self, question: str) -> Moment:
        return Moment(self.record, self.typed, self.choices, question)

    def _go(self, moment: Moment, past: tuple[Moment, ...], future: tuple[Moment, ...]) -> "Keying":
        choices = replace(moment.choices, reasons=self.choices.reasons)
        return replace(
            self, record=moment.record, typed=moment.typed, choices=choices, moments=Moments(past, future),
        )

    def _question(self, key: str) -> Question[Any]:
        question = self.form.question(key) or next((each for each in self._head() if each.key == key), None)
        if question is None:
            raise KeyError(key)
        return self.address.as_asked(question)

    def _codes(self, key: str) -> list[str]:
        return str(self.choices.picks.get(key, self.record.answers.get(key)) or "").split(",")

    def objection(self, key: str) -> str:
        """Return why a typed text could not be read, "" for none."""
        try:
            self._question(key).read(self.typed.get(key, ""))
        except Unreadable as objection:
            return str(objection)
        return ""


def is_of_saved(draft: Mapping[str, Answer]) -> bool:
    """Say whether a draft changes a record that was saved when it was begun, though it may be deleted by now."""
    return any(key.startswith(BEGAN) for key in draft)


def _without(texts: Mapping[str, str], key: str) -> dict[str, str]:
    return {other: text for other, text in texts.items() if other != key}


def _filled(answers: Answers) -> dict[str, Answer]:
    return {key: value for key, value in answers.items() if value is not None}
