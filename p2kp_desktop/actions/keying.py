"""One record under the hands: what was typed, what it means, what is asked next. No screen is needed for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from p2kp_desktop.schema import ADDRESS, HARD, Answer, Form, Problem, Question, Record, Several, Unreadable, new_id
from p2kp_desktop.schema.choices import Choice
from p2kp_desktop.schema.conditions import Answers
from p2kp_desktop.schema.quantities import Derived
from p2kp_desktop.schema.records import WHY

from .asking import is_known_under, why_skipped

UNREAD = "typed."  # in a draft, before the key of an answer that could not be read


@dataclass(frozen=True)
class Row:
    """One question as the form shows it.

    `state` is answered, computed, waiting, skipped, error or unusual; `text` is what was typed, `shown` the
    answer in words or the reason why it is skipped, `letters` the chosen letters.
    """

    question: Question[Any]
    state: str
    shown: str = ""
    text: str = ""
    letters: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def can_focus(self) -> bool:
        """Say whether the person is asked this."""
        return self.state not in ("computed", "skipped")


@dataclass(frozen=True)
class Moment:
    """All that was typed, and the question that was answered next."""

    record: Record
    typed: Mapping[str, str]
    question: str


class Keying:
    """A record being typed. Nothing is saved here; `draft()` is what to put on disk, `given()` what to save."""

    def __init__(self, record: Record, *, typed: Mapping[str, str] | None = None, is_new: bool = True) -> None:
        self.record = record
        self.is_new = is_new
        self._typed = dict(typed or {})  # texts that could not be read, by key
        self._before = {} if is_new else dict(record.answers)
        self._began = dict(record.answers)
        self._past: list[Moment] = []
        self._future: list[Moment] = []
        self._rows: list[Row] | None = None

    @classmethod
    def from_draft(cls, record: Record, draft: Mapping[str, Answer], *, is_new: bool) -> "Keying":
        """Take up a draft: its answers lie over those of the saved record."""
        keying = cls(record, is_new=is_new)
        keying._typed = {k.removeprefix(UNREAD): str(v) for k, v in draft.items() if k.startswith(UNREAD)}
        answers = {key: value for key, value in draft.items() if not key.startswith(UNREAD)}
        keying.record = replace(record, answers={**record.answers, **answers})
        return keying

    def next_one(self) -> "Keying":
        """Return the next record of the stack: same place and period, the carried answers, all else empty."""
        carried = (*ADDRESS[:3], *(question.key for question in self.form.carried))
        answers = {key: self.record.answers[key] for key in carried if self.record.answers.get(key) is not None}
        return Keying(Record(self.form, new_id(), answers, self.record.rules))

    @property
    def is_touched(self) -> bool:
        """Say whether anything differs from what it began with: only then there is a draft to keep."""
        return bool(self._typed) or _filled(self.record.answers) != _filled(self._began)

    def saved(self) -> None:
        """Take what stands here now as saved: what saving clears is gone; undoing still leads back before it."""
        passed_over = {row.question.key for row in self.no_longer_asked()}
        kept = {key: value for key, value in self.record.answers.items() if key not in passed_over}
        self.record, self._typed, self._rows = replace(self.record, answers=kept), {}, None
        self._before = self._began = kept
        self.is_new = False

    @property
    def form(self) -> type[Form]:
        """Return the form of the record."""
        return self.record.form

    def put(self, key: str, text: str) -> str | None:
        """Take what was typed for a question; return the objection to a text that cannot be read, else None.

        Nothing typed is lost: an unreadable text stays in the field and in the draft.
        """
        answer: Answer = None
        try:
            if text.strip():
                answer = self._question(key).read(text)
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

    def explain(self, key: str, note: str) -> None:
        """Note why an unlikely answer is right."""
        self._set(f"{WHY}{key}", note.strip() or None)

    def undo(self) -> str | None:
        """Take the last answer back; return the question it was given to, None when there is nothing to undo."""
        return self._go(self._past, self._future)

    def redo(self) -> str | None:
        """Give an answer again that was taken back; return its question, None when there is none."""
        return self._go(self._future, self._past)

    def rows(self) -> list[Row]:
        """Return every question of the form that the period's rules know, in order, as it stands now."""
        if self._rows is None:
            self._rows = self._all_rows()
        return self._rows

    def _all_rows(self) -> list[Row]:
        asked = self.record.asked_answers()
        problems: dict[str, list[Problem]] = {}
        for problem in self.problems():
            problems.setdefault(problem.question, []).append(problem)
        return [
            self._row(question, asked, tuple(problems.get(question.key, ())))
            for question in self.form.questions
            if is_known_under(question.when, self.record.rules)
        ]

    def problems(self) -> list[Problem]:
        """Return what is wrong or unlikely in what was answered; unanswered questions are not listed here."""
        unread = [Problem(key, self._objection(key), HARD) for key in self._typed]
        asked = self.record.asked_answers()
        found = [p for p in self.record.problems() if asked.get(p.question) is not None]
        order = {question.key: place for place, question in enumerate(self.form.questions)}
        return sorted(unread + found, key=lambda problem: order.get(problem.question, 0))

    def focusable(self) -> list[str]:
        """Return the keys of the questions that can be answered now, in order."""
        return [row.question.key for row in self.rows() if row.can_focus]

    def after(self, key: str) -> str | None:
        """Return the next question that is asked, or None after the last one."""
        return _next(self._order(), key, self.focusable())

    def before(self, key: str) -> str | None:
        """Return the question before that is asked, or None before the first one."""
        return _next(self._order()[::-1], key, self.focusable())

    def no_longer_asked(self) -> list[Row]:
        """Return the questions that hold an answer but are passed over: listed before saving clears them."""
        return [
            row for row in self.rows()
            if row.state == "skipped" and self.record.answers.get(row.question.key) is not None
        ]

    def unread(self) -> list[Row]:
        """Return the questions whose typed text cannot be read: saving leaves it out, so it is listed before."""
        return [row for row in self.rows() if row.question.key in self._typed]

    def undecided(self) -> list[str]:
        """Return the keys of missing answers without which nobody could tell which record this is."""
        known = dict(self.record.answers) | self.form.complete(self.record.answers)
        return [key for key in self.form.natural if known.get(key) is None and self.record.answers.get(key) is None]

    def given(self, *, clear_skipped: bool = True) -> dict[str, Answer]:
        """Return what to save: for a new record everything, for an old one what changed."""
        answers = {key: value for key, value in self.record.answers.items() if key not in self._typed}
        if clear_skipped:
            answers |= dict.fromkeys((row.question.key for row in self.no_longer_asked()), None)
        if self.is_new:
            return {key: value for key, value in answers.items() if value is not None}
        return {key: value for key, value in answers.items() if value != self._before.get(key)}

    def draft(self) -> dict[str, Answer]:
        """Return all that was typed, readable or not, to be put on disk."""
        changed = {k: v for k, v in self.record.answers.items() if self.is_new or v != self._before.get(k)}
        return changed | {f"{UNREAD}{key}": text for key, text in self._typed.items()}

    def _set(self, key: str, answer: Answer) -> None:
        self._become(key, answer, {k: text for k, text in self._typed.items() if k != key})

    def _become(self, key: str, answer: Answer, typed: dict[str, str]) -> None:
        """Put an answer in its place, unless nothing changes, and remember how it was before."""
        if self.record.answers.get(key) == answer and typed == self._typed:
            return
        self._past.append(Moment(self.record, self._typed, key.removeprefix(WHY)))
        self._future.clear()
        self._typed, self._rows = typed, None
        self.record = replace(self.record, answers={**self.record.answers, key: answer})

    def _go(self, back: list[Moment], forth: list[Moment]) -> str | None:
        if not back:
            return None
        moment = back.pop()
        forth.append(Moment(self.record, self._typed, moment.question))
        self.record, self._typed, self._rows = moment.record, dict(moment.typed), None
        return moment.question

    def _question(self, key: str) -> Question[Any]:
        question = self.form.question(key)
        if question is None:
            raise KeyError(key)
        return question

    def _order(self) -> list[str]:
        return [question.key for question in self.form.questions]

    def _codes(self, key: str) -> list[str]:
        return str(self.record.answers.get(key) or "").split(",")

    def _objection(self, key: str) -> str:
        try:
            self._question(key).read(self._typed[key])
        except Unreadable as objection:
            return str(objection)
        return ""

    def _row(self, question: Question[Any], asked: Answers, problems: tuple[Problem, ...]) -> Row:
        key = question.key
        if isinstance(question, Derived):
            value = question.shown(asked)
            return Row(question, "computed", f"{value} {question.unit or ''}".strip() if value else "")
        if key not in asked:
            return Row(question, "skipped", why_skipped(question.when, asked))
        answer, typed = self.record.answers.get(key), self._typed.get(key, "")
        state = _state(answer, typed, problems)
        if answer is None:
            return Row(question, state, typed, typed, (), problems)
        letters = _letters(question, str(answer))
        return Row(question, state, self.record.show(question), _text(question, answer), letters, problems)


def _filled(answers: Answers) -> dict[str, Answer]:
    return {key: value for key, value in answers.items() if value is not None}


def _state(answer: Answer, typed: str, problems: tuple[Problem, ...]) -> str:
    if typed or any(problem.severity == HARD for problem in problems):
        return "error"
    if answer is None:
        return "waiting"
    return "unusual" if any(not problem.note for problem in problems) else "answered"


def _letters(question: Question[Any], answer: str) -> tuple[str, ...]:
    if not isinstance(question, Choice | Several):
        return ()
    codes = answer.split(",") if isinstance(question, Several) else [answer]
    return tuple(question.options.letter(code) for code in codes if code in question.options.codes)


def _text(question: Question[Any], answer: Answer) -> str:
    """Return the answer as it stands in its field, where it can be typed over."""
    if isinstance(question, Choice | Several):
        return ""
    if question.kind == "decimal":
        return str(answer).replace(".", ",")
    if question.kind == "date":
        return "/".join(reversed(str(answer).split("-")))
    return str(answer)


def _next(order: list[str], key: str, focusable: list[str]) -> str | None:
    allowed = set(focusable)
    return next((each for each in order[order.index(key) + 1 :] if each in allowed), None)
