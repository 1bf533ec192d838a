"""How a plain value stands in a typed column.

An answer that no column keeps is never lost: of an unknown question, or of the wrong kind, it lives in `extra`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator, TypeEngine

from p2kp_desktop.schema import Question
from p2kp_desktop.schema.values import Answer, plain_decimal

LARGEST = 2**63 - 1

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class Exact(TypeDecorator[str]):
    """A decimal of at most 15 significant digits as a double, which keeps exactly that many."""

    impl = sa.Double
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        """Return REAL on SQLite (8 bytes there), a double elsewhere."""
        return dialect.type_descriptor(sa.REAL() if dialect.name == "sqlite" else sa.Double())

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> Any:  # noqa: ARG002
        """Return the double nearest to the plain text."""
        return None if value is None else float(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        """Return the shortest decimal text of the double."""
        return None if value is None else plain_decimal(Decimal(repr(float(value))))


@dataclass(frozen=True)
class Column:
    """The type of a column, and which plain values it keeps exactly."""

    type: Callable[[], TypeEngine[Any]]
    keeps: Callable[[Answer], bool]


def _is_text(value: Answer) -> bool:
    return isinstance(value, str) and "\x00" not in value


def _is_whole(value: Answer) -> bool:
    return isinstance(value, int) and abs(value) <= LARGEST


TEXT = Column(sa.Text, _is_text)
WHOLE = Column(lambda: Whole, _is_whole)
DECIMAL = Column(Exact, _is_text)

_BY_NAME = {"text": TEXT, "whole": WHOLE, "decimal": DECIMAL}


def column_of(question: Question[Any]) -> Column:
    """Return the column of a question's answers: it keeps what its type can hold and the question understands."""
    column = _BY_NAME[question.kept]
    return Column(column.type, lambda value: value is not None and column.keeps(value) and question.understands(value))
