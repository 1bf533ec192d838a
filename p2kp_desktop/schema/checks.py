"""Checks across questions as values: they can be asked, here and by the database, and can be read aloud.

Missing required answers are soft problems: they can be explained («menolak menjawab»); hard is only what cannot be.
"""

import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

from p2kp_desktop.language import say

from .comparisons import Address, Beginning, Compare, Noted, Shaped
from .conditions import Answers, Both, Condition
from .expressions import Expression
from .questions import HARD, SOFT, Date, Limit, Objection, Question, Severity

if TYPE_CHECKING:
    from .quantities import Number

MADE = "__checks_made__"  # in the body of a form
_PERIOD = Address("period")
_YEARLY = Shaped(_PERIOD, ("????", "????-*"))  # a period that names its year first: 2026, 2026-awal


class Check(ABC):
    """A rule that the answers of one record keep among each other.

    What breaks it is stated once, by `limits`: Python and the database both decide by them.
    """

    severity: Severity

    def __new__(cls, *_given: object, **_named: object) -> Self:
        """Note in the class body where it is made that it was, so that a form can refuse one that it gives no name."""
        body = sys._getframe(1).f_locals  # a check without a name leaves no other trace
        if "__qualname__" in body:
            body.setdefault(MADE, []).append(made := super().__new__(cls))
            return made
        return super().__new__(cls)

    @abstractmethod
    def at(self) -> str:
        """Return the key of the question that is marked when the rule is broken; it is not while that is empty."""

    @abstractmethod
    def limits(self) -> Iterable[Limit]:
        """Yield what breaks the rule, all of its severity; the first that does says what is wrong."""

    @abstractmethod
    def sentence(self) -> str:
        """Say the rule in words."""

    @cached_property
    def _limits(self) -> tuple[Limit, ...]:
        return tuple(self.limits())

    def objection(self, answers: Answers) -> Objection | None:
        """Return the objection of the check, or None while the rule holds or an answer is missing."""
        if answers.get(self.at()) is None:
            return None
        return next((found for each in self._limits if (found := each.objection(answers))), None)

    def is_broken(self, answers: Answers) -> bool:
        """Say whether something is wrong, without words."""
        return answers.get(self.at()) is not None and any(each.beyond.holds(answers) for each in self._limits)


class Judgement(Check):
    """A rule that a function of Python decides, and no database can: the store notes beside a record that it is broken.

    A class of these gives `objection`. Breaking it is unlikely, never impossible, so that an older release which does
    not know the rule agrees about what may be verified. What it says depends on the answers alone: not on the clock,
    not on the rule set.
    """

    severity = SOFT

    @abstractmethod
    def objection(self, answers: Answers) -> Objection | None:
        """Return the objection of the check, or None while the rule holds or an answer is missing."""

    def limits(self) -> Iterable[Limit]:
        """Yield that the function objects."""
        noted = Noted(self.at(), self.is_broken, self.sentence())
        return (Limit(noted, self.sentence(), self.severity),)

    def is_broken(self, answers: Answers) -> bool:
        """Say whether the function objects."""
        return self.objection(answers) is not None


@dataclass(frozen=True)
class Never(Check):
    """Something that is not, or hardly ever, so: any condition of schema/comparisons.py, marked at a question."""

    question: Question[Any]
    condition: Condition
    says: str
    severity: Severity = HARD

    def at(self) -> str:
        """Return the key of the marked question."""
        return self.question.key

    def limits(self) -> Iterable[Limit]:
        """Yield that the condition holds."""
        return (Limit(self.condition, self.says, self.severity),)

    def sentence(self) -> str:
        """Return the given wording."""
        return self.says


@dataclass(frozen=True)
class Bounded(Check):
    """The question's answer does not go beyond a limit that follows from other answers."""

    words: ClassVar[str]
    sign: ClassVar[str]  # between an answer and the limit that it is beyond

    question: "Number[Any]"
    limit: Expression
    says: str = ""
    severity: Severity = HARD

    def at(self) -> str:
        """Return the key of the limited question."""
        return self.question.key

    def limits(self) -> Iterable[Limit]:
        """Yield that the answer is beyond the limit."""
        return (Limit(Compare(self.question, self.sign, self.limit), lambda _: self.sentence(), self.severity),)

    def sentence(self) -> str:
        """Return the given wording, else «10 paling banyak 6 − 7»."""
        return self.says or f"{self.question.sentence()} {self.words} {self.limit.sentence()}."


@dataclass(frozen=True)
class AtMost(Bounded):
    """The question's answer is at most a limit that follows from other answers."""

    words, sign = "paling banyak", ">"


@dataclass(frozen=True)
class AtLeast(Bounded):
    """The question's answer is at least a limit that follows from other answers."""

    words, sign = "paling sedikit", "<"


class InPeriod(Check):
    """The day lies in the year of the period for which the record counts: another year is most likely mistyped."""

    severity = SOFT

    def __init__(self, question: Date) -> None:
        self.question = question

    def at(self) -> str:
        """Return the key of the day."""
        return self.question.key

    def limits(self) -> Iterable[Limit]:
        """Yield that the day is of another year; the period is named."""
        elsewhere = Both(_YEARLY, Compare(Beginning(self.question, 4), "≠", Beginning(_PERIOD, 4)))
        yield Limit(elsewhere, lambda answers: say("Di luar periode {period}. Periksa tahunnya.",
                                                   period=answers.get("period")), SOFT)

    def sentence(self) -> str:
        """Return for instance «Tanggal Pendataan biasanya di tahun periodenya.»."""
        return f"{self.question.label} biasanya di tahun periodenya."


class NotBefore(Check):
    """The day is not before any of the earlier ones that are known."""

    def __init__(self, question: Date, *earlier: Date, severity: Severity = SOFT) -> None:
        self.question, self.earlier, self.severity = question, earlier, severity

    def at(self) -> str:
        """Return the key of the later day."""
        return self.question.key

    def limits(self) -> Iterable[Limit]:
        """Yield for each earlier day that this one lies before it; that one is named."""
        return (self._limit(each) for each in self.earlier)

    def _limit(self, each: Date) -> Limit:
        return Limit(
            Compare(self.question, "<", each),
            lambda answers: say("Lebih awal daripada «{question}», {day}.", question=say(each.label),
                                day=each.show(str(answers[each.key]))),
            self.severity,
        )

    def sentence(self) -> str:
        """Return for instance «Tanggal disahkan tidak lebih awal daripada Tanggal draf.»."""
        *first, last = (each.label for each in self.earlier)
        named = f"{', '.join(first)} atau {last}" if first else last
        return f"{self.question.label} tidak lebih awal daripada {named}."
