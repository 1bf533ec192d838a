"""Statements about answers as values: asked here of one record, by the database of a million, and read aloud.

They are the words of which limits and checks are made. Python decides each by `holds`; what the database asks
instead is said once for each word in store/clauses.py, so a limit made of these words needs nothing there. A
statement about an answer that is missing does not hold.
"""

import datetime
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Protocol

from p2kp_desktop import environment

from .conditions import Always, Among, Answers, Asked, Both, Condition, Except, UnderRules

SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, ">": operator.gt, "≤": operator.le, "≥": operator.ge, "=": operator.eq, "≠": operator.ne,
}
_SPOKEN = {"<": "<", ">": ">", "≤": "≤", "≥": "≥", "=": "=", "≠": "bukan"}


class Term(Protocol):
    """What is compared: a number, or a text; days are in order as texts."""

    def value(self, answers: Answers) -> Fraction | str | None:
        """Return the value, or None while an answer it needs is missing."""
        ...

    def sentence(self) -> str:
        """Write the term with the printed numbers of its questions."""
        ...

    def parts(self) -> tuple[Any, ...]:
        """Return the questions it is made of."""
        ...


class Listed(Asked, Term, Protocol):
    """A question that is answered from a list, by one code or by `many`."""

    many: bool


@dataclass(frozen=True)
class Address:
    """A part of the address of a record: its region, RT, or period."""

    key: str

    def value(self, answers: Answers) -> str | None:
        """Return this part of a record's address; None where the record has none."""
        said = answers.get(self.key)
        return said if isinstance(said, str) else None

    def sentence(self) -> str:
        """Return the key, for nobody is asked it."""
        return self.key

    def parts(self) -> tuple[Any, ...]:
        """Return nothing: no question stands behind it."""
        return ()


@dataclass(frozen=True)
class Day:
    """A day that a rule names, as an ISO date."""

    iso: str

    def value(self, answers: Answers) -> str | None:  # noqa: ARG002
        """Return the day."""
        return self.iso

    def sentence(self) -> str:
        """Return the day as it is kept."""
        return self.iso

    def parts(self) -> tuple[Any, ...]:
        """Return nothing: no question stands behind it."""
        return ()


@dataclass(frozen=True)
class InYears:
    """The day so many years from today."""

    years: int

    def value(self, answers: Answers) -> str | None:  # noqa: ARG002
        """Return the day."""
        today = environment.today()
        return datetime.date(today.year + self.years, today.month, min(today.day, 28)).isoformat()

    def sentence(self) -> str:
        """Return for instance «10 tahun dari hari ini»."""
        return f"{self.years} tahun dari hari ini"

    def parts(self) -> tuple[Any, ...]:
        """Return nothing: no question stands behind it."""
        return ()


@dataclass(frozen=True)
class Beginning:
    """The first letters of a text."""

    of: Term
    letters: int

    def value(self, answers: Answers) -> str | None:
        """Return so many letters."""
        text = self.of.value(answers)
        return text[: self.letters] if isinstance(text, str) else None

    def sentence(self) -> str:
        """Name the text."""
        return self.of.sentence()

    def parts(self) -> tuple[Any, ...]:
        """Return the questions of the text."""
        return self.of.parts()


@dataclass(frozen=True)
class Length:
    """How many letters a text has."""

    of: Term

    def value(self, answers: Answers) -> Fraction | None:
        """Return their number."""
        text = self.of.value(answers)
        return Fraction(len(text)) if isinstance(text, str) else None

    def sentence(self) -> str:
        """Return for instance «panjang Nama»."""
        return f"panjang {self.of.sentence()}"

    def parts(self) -> tuple[Any, ...]:
        """Return the questions of the text."""
        return self.of.parts()


@dataclass(frozen=True)
class Compare:
    """One term is less than, more than, or the same as another; the sign is one of SIGNS."""

    left: Term
    sign: str
    right: Term

    def holds(self, answers: Answers) -> bool:
        """Compare what is known of both."""
        left = self.left.value(answers)
        if left is None:
            return False
        right = self.right.value(answers)
        if right is None:
            return False
        if isinstance(left, Fraction) and isinstance(right, Fraction):  # whole numbers compare four times as fast
            crossed = left.numerator * right.denominator, right.numerator * left.denominator
            return bool(SIGNS[self.sign](*crossed))
        return bool(SIGNS[self.sign](left, right))

    def sentence(self) -> str:
        """Return for instance «7 > 6 × 2»."""
        return f"{self.left.sentence()} {_SPOKEN[self.sign]} {self.right.sentence()}"

    def leans_on(self) -> tuple[Any, ...]:
        """Return the questions of both sides."""
        return self.left.parts() + self.right.parts()


@dataclass(frozen=True)
class Shaped:
    """A text has one of these shapes, in which ? stands for one letter and * for any."""

    of: Term
    shapes: tuple[str, ...]

    @cached_property
    def _shape(self) -> re.Pattern[str]:
        wild = {"?": ".", "*": ".*"}
        every = ("".join(wild.get(sign, re.escape(sign)) for sign in shape) for shape in self.shapes)
        return re.compile("|".join(every), re.DOTALL)

    def holds(self, answers: Answers) -> bool:
        """Look at the whole text."""
        text = self.of.value(answers)
        return isinstance(text, str) and self._shape.fullmatch(text) is not None

    def sentence(self) -> str:
        """Return for instance «periode = 2026»."""
        return f"{self.of.sentence()} = {' / '.join(self.shapes)}"

    def leans_on(self) -> tuple[Any, ...]:
        """Return the questions of the text."""
        return self.of.parts()


VEILED_FIGURE = "●"  # a figure that whoever works here may not read (schema/veils.py); it is judged as one


@dataclass(frozen=True)
class Digits:
    """A text consists of the figures 0 to 9 alone."""

    of: Term

    def holds(self, answers: Answers) -> bool:
        """Look at the whole text."""
        text = self.of.value(answers)
        return isinstance(text, str) and (told := text.replace(VEILED_FIGURE, "0")).isascii() and told.isdigit()

    def sentence(self) -> str:
        """Return for instance «NIK hanya angka»."""
        return f"{self.of.sentence()} hanya angka"

    def leans_on(self) -> tuple[Any, ...]:
        """Return the questions of the text."""
        return self.of.parts()


@dataclass(frozen=True)
class Unlisted:
    """The answer is, or has among it, a code that the list of its question does not have."""

    question: Listed
    codes: tuple[str, ...]

    def holds(self, answers: Answers) -> bool:
        """Look at every code that was chosen."""
        answer = answers.get(self.question.key)
        if not isinstance(answer, str) or answer in self.codes:
            return False
        return not self.question.many or any(code not in self.codes for code in answer.split(","))

    def sentence(self) -> str:
        """Return for instance «12 di luar pilihan»."""
        return f"{self.question.sentence()} di luar pilihan"

    def leans_on(self) -> tuple[Any, ...]:
        """Return the one question."""
        return (self.question,)


@dataclass(frozen=True)
class Either:
    """One of these holds."""

    conditions: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        """Hold when one does."""
        return any(each.holds(answers) for each in self.conditions)

    def sentence(self) -> str:
        """Join them with «atau»."""
        return " atau ".join(each.sentence() for each in self.conditions)

    def leans_on(self) -> tuple[Any, ...]:
        """Return the questions of all of them."""
        return tuple(question for each in self.conditions for question in each.leans_on())


@dataclass(frozen=True)
class Not:
    """The other does not hold; also while an answer that it needs is missing."""

    condition: Condition

    def holds(self, answers: Answers) -> bool:
        """Hold when the other does not."""
        return not self.condition.holds(answers)

    def sentence(self) -> str:
        """Return for instance «bukan (12 = c)»."""
        return f"bukan ({self.condition.sentence()})"

    def leans_on(self) -> tuple[Any, ...]:
        """Return the questions of the other."""
        return self.condition.leans_on()


@dataclass(frozen=True)
class Noted:
    """What a function of Python finds, which no database can ask: the store notes it beside each record it writes.

    `key` names the question at which it is noted. The function looks at answers alone: not at the clock, not at the
    rule set. `rule` says in words what it looks for: where that changes, all records are looked at anew.
    """

    key: str
    finds: Callable[[Answers], bool]
    rule: str

    def holds(self, answers: Answers) -> bool:
        """Ask the function."""
        return self.finds(answers)

    def sentence(self) -> str:
        """Return the rule in words that the function looks for."""
        return self.rule

    def leans_on(self) -> tuple[Any, ...]:
        """Return nothing: nobody knows what the function looks at."""
        return ()


# Every statement that store/clauses.py can put to the database: a test holds that it knows them all.
VOCABULARY: tuple[type[Condition], ...] = (
    Always, Among, Except, UnderRules, Both, Either, Not, Compare, Shaped, Digits, Unlisted, Noted,
)


def within(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and those of which it is made."""
    yield condition
    for said in vars(condition).values():
        for part in said if isinstance(said, tuple) else (said,):
            if hasattr(part, "holds") and hasattr(part, "leans_on"):
                yield from within(part)


def refuse_strange(where: str, condition: Condition) -> None:
    """Raise TypeError, which names the place, for a condition that the database could not be asked."""
    for each in within(condition):
        if not isinstance(each, VOCABULARY):
            raise TypeError(
                f"{where}: the database does not know {type(each).__name__}. Say it with what schema.comparisons has, "
                "or let the store note what a function finds: Noted, or for a check Judgement."
            )
