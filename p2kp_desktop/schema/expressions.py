"""Arithmetic over answers as values: it can be computed exactly, and can be written down in words."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Protocol

from .conditions import Answers


class Expression(Protocol):
    """A quantity that follows from answers."""

    def value(self, answers: Answers) -> Fraction | None:
        """Return the exact value, or None while an answer it needs is missing."""
        ...

    def sentence(self) -> str:
        """Write the expression with the printed numbers of its questions."""
        ...

    def parts(self) -> tuple["Expression", ...]:
        """Return the questions it is made of."""
        ...


class Arithmetic:
    """Gives + − × ÷ to whatever has a value."""

    def __add__(self: Expression, other: Expression) -> "Operation":
        """Return the sum."""
        return Operation(self, "+", other)

    def __sub__(self: Expression, other: Expression) -> "Operation":
        """Return the difference."""
        return Operation(self, "−", other)

    def __mul__(self: Expression, other: Expression) -> "Operation":
        """Return the product."""
        return Operation(self, "×", other)

    def __truediv__(self: Expression, other: Expression) -> "Operation":
        """Return the quotient; dividing by zero has no value."""
        return Operation(self, "÷", other)


@dataclass(frozen=True)
class Operation(Arithmetic):
    """Two expressions joined by a sign."""

    left: Expression
    sign: str
    right: Expression

    def value(self, answers: Answers) -> Fraction | None:
        """Return the exact value, None while a part is missing or for a division by zero."""
        left, right = self.left.value(answers), self.right.value(answers)
        if left is None or right is None:
            return None
        if self.sign == "+":
            return left + right
        if self.sign == "−":
            return left - right
        if self.sign == "×":
            return left * right
        return left / right if right else None

    def sentence(self) -> str:
        """Write the operation; a joined right side stands in brackets."""
        right = self.right.sentence()
        if isinstance(self.right, Operation):
            right = f"({right})"
        return f"{self.left.sentence()} {self.sign} {right}"

    def parts(self) -> tuple[Expression, ...]:
        """Return the questions of both sides."""
        return self.left.parts() + self.right.parts()


@dataclass(frozen=True)
class Fixed(Arithmetic):
    """A number that a rule names."""

    number: int | Decimal

    def value(self, answers: Answers) -> Fraction | None:  # noqa: ARG002
        """Return the number."""
        return self._exact

    @cached_property
    def _exact(self) -> Fraction:
        return Fraction(self.number)

    def sentence(self) -> str:
        """Write the number."""
        return str(self.number)

    def parts(self) -> tuple[Expression, ...]:
        """Return nothing: no question stands behind it."""
        return ()


class Together(Arithmetic):
    """The sum of those quantities that are answered; it has no value while none of them is."""

    def __init__(self, *addends: Expression) -> None:
        self.addends = addends

    def value(self, answers: Answers) -> Fraction | None:
        """Return the exact sum."""
        known = [value for each in self.addends if (value := each.value(answers)) is not None]
        return sum(known, Fraction()) if known else None

    def sentence(self) -> str:
        """Write the sum."""
        return " + ".join(each.sentence() for each in self.addends)

    def parts(self) -> tuple[Expression, ...]:
        """Return the questions of all of them."""
        return tuple(part for each in self.addends for part in each.parts())
