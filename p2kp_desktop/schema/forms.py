"""A form is a class whose body lists its questions in the order they are asked."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from .checks import Check
from .choices import Choice, Several
from .comparisons import refuse_strange
from .conditions import Answers
from .quantities import Derived
from .questions import Question, Section
from .references import Reference
from .values import Answer

# Answers that every record may carry beside those to its questions.
ADDRESS = ("region", "rt", "period", "parent", "identity")
ALIVE, STATUS = "alive", "status"
# Of a save: why it was made, and from which file and row its answers came. Changes in the history, never answers:
# a person may be named there, so both are withheld and erased as answers are.
REASON, SOURCE = ABOUT_SAVE = "reason", "origin"
RESERVED = (*ADDRESS, ALIVE, STATUS, *ABOUT_SAVE, "id", "form")

# Before a key: the edits of an answer that were erased (schema/erasure.py); before a period or *: what an RT
# is called now (actions/upkeep/rt_moves.py). Both travel in every bundle, for they tell nothing about a person.
ERASED, MOVED = "erased.", "moved."

_NAMES_ITSELF = ("name", "head_name")  # the answer that names a record where its form does not say it: the first
_JOINT = " · "
_LONGEST_NAME = 80

_NAMES = uuid.UUID("6f1f5f0e-3b0a-5d52-9d0e-70326b702d31")  # the namespace of natural keys; frozen with the format


class Form:
    """Subclasses list the questions. Forms are never instantiated: answers live in a Record.

    `place` says where a record stands: "" (anywhere), "city" (a kabupaten/kota, or the province), "region" (a
    kelurahan) or "rt"; `in_village` that it is one of the last two. `per_period` says whether there is one per
    survey round. `natural` names the answers from which the id follows. `reviewed`
    says whether its records are submitted and verified. `parent` is the form of the record that each of its
    records belongs to, `Form` itself for a record of any form. `named` are the answers by which people know one:
    its name, unless said otherwise; what it is called everywhere follows from them (`name_of`). `known_by` are those
    by which a row of a table is known to be one that is here already: of `named`, unless said otherwise; the first
    must be given.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    place: ClassVar[str]
    in_village: ClassVar[bool]
    per_period: ClassVar[bool]
    reviewed: ClassVar[bool]
    natural: ClassVar[tuple[str, ...]]
    parent: ClassVar[Reference | None] = None  # asked like a question, kept with the address
    named: ClassVar[tuple[str, ...]]
    known_by: ClassVar[tuple[str, ...]]
    questions: ClassVar[tuple[Question[Any], ...]]
    checks: ClassVar[tuple[Check, ...]]
    carried: ClassVar[tuple[Question[Any], ...]] = ()  # what the next record of a stack of paper starts with
    by_reviewers: ClassVar[tuple[Question[Any], ...]] = ()  # answers that count only from an office that reviews
    begins_here: ClassVar[bool] = False  # a record that may stand anywhere begins in the kelurahan in sight

    def __init_subclass__(
        cls, *, key: str, title: str, place: str = "rt", per_period: bool = True, natural: tuple[str, ...] = (),
        reviewed: bool = True, parent: "type[Form] | None" = None,
        named: tuple[str, ...] | None = None, known_by: tuple[str, ...] | None = None,
    ) -> None:
        cls.key, cls.title, cls.place, cls.per_period, cls.natural = key, title, place, per_period, natural
        cls.reviewed, cls.in_village = reviewed, place in ("region", "rt")
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
        usual = tuple(each for each in _NAMES_ITSELF if cls.question(each))[:1]
        cls.named = usual if named is None else named
        cls.known_by = cls.named if known_by is None else known_by
        if parent is not None:
            cls.parent = _belonging(parent)
        _refuse_forward_conditions(cls)
        _refuse_strange_checks(cls)

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
    def references(cls) -> tuple[Reference, ...]:
        """Return the questions that are answered by another record, the one it belongs to first."""
        above = (cls.parent,) if cls.parent else ()
        return (*above, *(question for question in cls.questions if isinstance(question, Reference)))

    @classmethod
    def name_of(cls, answers: Answers, words: Callable[[str], str] = str, *, public: bool = False) -> str:
        """Return the name by which people know a record, "" for none; `words` translates what is printed.

        With `public` no private answer is part of it.
        """
        asked = [question for key in cls.named if (question := cls.question(key)) is not None]
        told = (_told(question, answers, words) for question in asked if not (public and question.private))
        return _JOINT.join(_shortened(part) for part in told if part)

    @classmethod
    def called(cls, answers: Answers, words: Callable[[str], str] = str) -> str:
        """Return what a record is called wherever it is shown: its name, or else its form."""
        return cls.name_of(answers, words) or words(cls.title)

    @classmethod
    def complete(cls, answers: Answers) -> dict[str, Answer]:
        """Return answers that follow from the given ones and are to be saved with them."""
        del answers
        return {}

    @classmethod
    def suggested(cls, key: str, answers: Answers) -> Answer:
        """Return an answer that is offered for an empty question, given the others; None for none."""
        del key, answers
        return None

    @classmethod
    def beside(cls, changes: Answers, above: Answers) -> dict[str, Answer]:
        """Return answers that follow from changed ones and from the record this one belongs to."""
        del changes, above
        return {}

    @classmethod
    def natural_id(cls, answers: Mapping[str, Answer]) -> str | None:
        """Return the id that follows from a natural key, or None for forms without one.

        An empty part is left out: a rule of an older release, which stands nowhere, keeps its id.
        """
        if not cls.natural:
            return None
        parts = [str(answers[key]) for key in cls.natural if answers.get(key)]
        return str(uuid.uuid5(_NAMES, "|".join([cls.key, *parts])))


def _belonging(parent: type[Form]) -> Reference:
    """Return the question which record of a form this is part of."""
    asked = Reference("Bagian dari", to="") if parent is Form else Reference(parent.title, to=parent.key)
    asked.key = "parent"
    return asked


def _told(question: Question[Any], answers: Answers, words: Callable[[str], str]) -> str:
    plain = answers.get(question.key)
    if plain is None or not question.understands(plain):
        return ""
    shown = question.show(plain)
    return " ".join((words(shown) if isinstance(question, Choice | Several) else shown).split())


def _shortened(text: str) -> str:
    """Return a text that is not too long for a name, cut between two words."""
    if len(text) <= _LONGEST_NAME:
        return text
    return f"{text[:_LONGEST_NAME].rpartition(' ')[0] or text[:_LONGEST_NAME]} …"


def _refuse_forward_conditions(form: type[Form]) -> None:
    """Raise TypeError where a question leans on one that comes later."""
    seen: set[Question[Any]] = set()
    for question in form.questions:
        if missing := [q.key for q in question.when.leans_on() if q not in seen]:
            raise TypeError(f"{form.key}.{question.key} leans on {missing}, which come later")
        seen.add(question)


def _refuse_strange_checks(form: type[Form]) -> None:
    """Raise TypeError where a list could not tell who breaks a check, or does not show a question that is asked."""
    kept = {question.key for question in form.stored()}
    for question in form.questions:
        refuse_strange(f"{form.key}.{question.key}", question.when)
    for check in form.checks:
        where = f"{form.key}, {type(check).__name__}"
        if check.at() not in kept:
            raise TypeError(f"{where}: it marks «{check.at()}», which is no answer that this form keeps")
        for limit in check.limits():
            refuse_strange(where, limit.beyond)
