"""A form is a class whose body lists its questions in the order they are asked."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from .checks import Check
from .conditions import Answers
from .quantities import Derived
from .questions import Question, Section
from .values import Answer

# Answers that every record may carry beside those to its questions.
ADDRESS = ("region", "rt", "period", "parent", "identity")
ALIVE, STATUS = "alive", "status"
REASON = "reason"  # why a save was made: a change in the history, never an answer
RESERVED = (*ADDRESS, ALIVE, STATUS, REASON, "id", "form")

# Before a key: the edits of an answer that were erased (schema/erasure.py); before a period or *: what an RT
# is called now (actions/moving.py). Both travel in every bundle, for they tell nothing about a person.
ERASED, MOVED = "erased.", "moved."

_NAMES = uuid.UUID("6f1f5f0e-3b0a-5d52-9d0e-70326b702d31")  # the namespace of natural keys; frozen with the format


class Form:
    """Subclasses list the questions. Forms are never instantiated: answers live in a Record.

    `place` says where a record stands: "" (anywhere), "region" (a kelurahan) or "rt". `per_period` says
    whether there is one per survey round. `natural` names the answers from which the id follows. `reviewed`
    says whether its records are submitted and verified.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    place: ClassVar[str]
    per_period: ClassVar[bool]
    reviewed: ClassVar[bool]
    natural: ClassVar[tuple[str, ...]]
    questions: ClassVar[tuple[Question[Any], ...]]
    checks: ClassVar[tuple[Check, ...]]
    carried: ClassVar[tuple[Question[Any], ...]] = ()  # what the next record of a stack of paper starts with
    begins_here: ClassVar[bool] = False  # a record that may stand anywhere begins in the kelurahan in sight

    def __init_subclass__(
        cls, *, key: str, title: str, place: str = "rt", per_period: bool = True, natural: tuple[str, ...] = (),
        reviewed: bool = True,
    ) -> None:
        cls.key, cls.title, cls.place, cls.per_period, cls.natural = key, title, place, per_period, natural
        cls.reviewed = reviewed
        heading, questions = Section(""), []
        for name, value in list(vars(cls).items()):
            if isinstance(value, Section):
                heading = value
            elif isinstance(value, Question):
                if name in RESERVED:
                    raise TypeError(f"{key}.{name}: this name belongs to every record")
                value.section = heading
                questions.append(value)
        cls.questions = tuple(questions)
        cls.checks = tuple(value for value in vars(cls).values() if isinstance(value, Check))
        _refuse_forward_conditions(cls)

    @classmethod
    def question(cls, key: str) -> Question[Any] | None:
        """Return the question with this key."""
        found = vars(cls).get(key)
        return found if isinstance(found, Question) else None

    @classmethod
    def stored(cls) -> Iterator[Question[Any]]:
        """Yield the questions whose answers are kept; derived values are computed."""
        return (question for question in cls.questions if not isinstance(question, Derived))

    @classmethod
    def complete(cls, answers: Answers) -> dict[str, Answer]:
        """Return answers that follow from the given ones and are to be saved with them."""
        del answers
        return {}

    @classmethod
    def natural_id(cls, answers: Mapping[str, Answer]) -> str | None:
        """Return the id that follows from a natural key, or None for forms without one."""
        if not cls.natural:
            return None
        return str(uuid.uuid5(_NAMES, "|".join([cls.key, *(str(answers.get(key) or "") for key in cls.natural)])))


def _refuse_forward_conditions(form: type[Form]) -> None:
    """Raise TypeError where a question leans on one that comes later."""
    seen: set[Question[Any]] = set()
    for question in form.questions:
        if missing := [q.key for q in question.when.leans_on() if q not in seen]:
            raise TypeError(f"{form.key}.{question.key} leans on {missing}, which come later")
        seen.add(question)
