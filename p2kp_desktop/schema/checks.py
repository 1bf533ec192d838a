"""Checks across questions as values: they can be asked, and can be read aloud.

Missing required answers are soft problems: they can be explained («menolak menjawab»); hard is only what cannot be.
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from .conditions import Answers
from .expressions import Expression
from .questions import HARD, SOFT, Date, Objection, Severity

if TYPE_CHECKING:
    from .quantities import Number

_YEARLY = re.compile("....(?:-|$)", re.DOTALL)  # a period that names its year first: 2026, 2026-awal


class Check(ABC):
    """A rule that the answers of one record keep among each other."""

    severity: Severity

    @abstractmethod
    def at(self) -> str:
        """Return the key of the question that is marked when the rule is broken."""

    @abstractmethod
    def objection(self, answers: Answers) -> Objection | None:
        """Return what is wrong, or None while the rule holds or an answer is missing."""

    @abstractmethod
    def sentence(self) -> str:
        """Say the rule in words."""


class Judgement(Check):
    """A rule that a database cannot decide by itself: the store notes beside a record that it is broken.

    Breaking it is unlikely, never impossible, so that an older release which does not know the rule agrees
    about what may be verified. What it says depends on the answers alone: not on the clock, not on the rule set.
    """

    severity = SOFT


@dataclass(frozen=True)
class Bounded(Check):
    """The question's answer does not go beyond a limit that follows from other answers."""

    words: ClassVar[str]

    question: "Number[Any]"
    limit: Expression
    says: str = ""
    severity: Severity = HARD

    @staticmethod
    @abstractmethod
    def beyond(answer: Any, limit: Any) -> Any:
        """Say of two numbers that the first is beyond the second; two columns give the condition that it is."""

    def at(self) -> str:
        """Return the key of the limited question."""
        return self.question.key

    def objection(self, answers: Answers) -> Objection | None:
        """Object when the answer is beyond the limit."""
        answer, limit = self.question.value(answers), self.limit.value(answers)
        if answer is None or limit is None or not self.beyond(answer, limit):
            return None
        return Objection(self.sentence(), self.severity)

    def sentence(self) -> str:
        """Return the given wording, else «10 paling banyak 6 − 7»."""
        return self.says or f"{self.question.sentence()} {self.words} {self.limit.sentence()}."


@dataclass(frozen=True)
class AtMost(Bounded):
    """The question's answer is at most a limit that follows from other answers."""

    words = "paling banyak"

    @staticmethod
    def beyond(answer: Any, limit: Any) -> Any:
        """Say that an answer is above its limit."""
        return answer > limit


@dataclass(frozen=True)
class AtLeast(Bounded):
    """The question's answer is at least a limit that follows from other answers."""

    words = "paling sedikit"

    @staticmethod
    def beyond(answer: Any, limit: Any) -> Any:
        """Say that an answer is below its limit."""
        return answer < limit


class InPeriod(Check):
    """The day lies in the year of the period for which the record counts: another year is most likely mistyped."""

    severity = SOFT

    def __init__(self, question: Date) -> None:
        self.question = question

    def at(self) -> str:
        """Return the key of the day."""
        return self.question.key

    def objection(self, answers: Answers) -> Objection | None:
        """Object to a day of another year, and name the period."""
        day, period = answers.get(self.question.key), str(answers.get("period") or "")
        if not isinstance(day, str) or not self.question.understands(day) or not _YEARLY.match(period):
            return None
        return None if day[:4] == period[:4] else Objection(f"Di luar periode {period}. Periksa tahunnya.", SOFT)

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

    def objection(self, answers: Answers) -> Objection | None:
        """Object to a day before an earlier one, and name that one."""
        day = answers.get(self.question.key)
        for each in self.earlier if isinstance(day, str) else ():
            other = answers.get(each.key)
            if isinstance(other, str) and other > str(day):
                return Objection(f"Lebih awal daripada «{each.label}», {each.show(other)}.", self.severity)
        return None

    def sentence(self) -> str:
        """Return for instance «Tanggal disahkan tidak lebih awal daripada Tanggal draf.»."""
        *first, last = (each.label for each in self.earlier)
        named = f"{', '.join(first)} atau {last}" if first else last
        return f"{self.question.label} tidak lebih awal daripada {named}."
