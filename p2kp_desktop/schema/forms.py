"""A form is a class whose body lists its questions in the order they are asked.

What a city promises, decides or writes down stands in the city (`Form.place` "city"), and is of each kelurahan in it
and of the province, on every screen and in every bundle; of another city never. On the way back it counts as known
only when everybody who works anywhere in the city has it: who never received it would be left out for ever.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from .checks import MADE, Check
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
# Of the save that made a record: digests of its answers, and those of the program's own (first_answers.py).
FIRST, FIRST_PRIVATE, FIRST_OWN = ABOUT_FIRST = "first", "first.private", "first.own"
RESERVED = (*ADDRESS, ALIVE, STATUS, *ABOUT_SAVE, FIRST, "id", "form")

# Before a key: the edits of an answer that were erased (schema/erasure.py); before a period or *: what an RT
# is called now (actions/upkeep/rt_moves.py). Both travel in every bundle, for they tell nothing about a person.
ERASED, MOVED = "erased.", "moved."

ALL_DATA = "tables"  # the place of the window that lists the records of any form
_NAMES_ITSELF = ("name", "head_name")  # the answer that names a record where its form does not say it: the first
_JOINT = " · "
_LONGEST_NAME = 80

_NAMES = uuid.UUID("6f1f5f0e-3b0a-5d52-9d0e-70326b702d31")  # the namespace of natural keys; frozen with the format


class Form:
    """Subclasses list the questions. Forms are never instantiated: answers live in a Record.

    The class head says all that is said of a form; every list, search, bundle and key of the program reads it there.

    What it is: `key` names it in the file and in every bundle, for ever; `title` on the screen; `new` is the command
    that begins one, where that is not its title with «baru».

    Where a record stands: `place` is "" (anywhere), "city" (a kabupaten/kota, or the province), "region" (a
    kelurahan) or "rt"; `in_village` follows: one of the last two. `per_period`: there is one per survey round.
    `parent` is the form of the record that each of its records belongs to, `Form` itself for a record of any form.
    `begins_here`: one that may stand anywhere begins in the kelurahan in sight. `says_rt`: its own questions say of
    which RT it is, so nobody asks for that above them. `natural` are the answers from which the id follows, so that
    two laptops make the same record.

    What one is called: `named` are the answers by which people know one, its name unless said otherwise; what it is
    called everywhere follows from them (`name_of`, `called`). `nameless` is what one without a name is called, the
    title unless said otherwise. `told_by` tells it from others of that name, in lists after the name; `numbered` is
    the number that it has in its place. `known_by` are the answers by which a row of a table is known to be one that
    is here already: those of `named`, unless said otherwise; the first must be given. `spoken_of` are those by which
    the notes of a meeting name one; a meeting cannot be about the others.

    What is done with it: `by_hand` says whether a person begins one by itself; the program makes the others where
    they hang. `reviewed`: it is submitted and verified. `takes_files`: scans and photos are attached to it.

    Where it is seen (words of forms/places.py): `listed_in` is the place of the window that lists its records: that
    of its parent, or Semua data, unless said otherwise. `touches` are the figures, and the forms, that change with it.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    new: ClassVar[str]
    place: ClassVar[str]
    in_village: ClassVar[bool]
    per_period: ClassVar[bool]
    begins_here: ClassVar[bool]
    says_rt: ClassVar[bool]
    natural: ClassVar[tuple[str, ...]]
    parent: ClassVar[Reference | None] = None  # asked like a question, kept with the address
    named: ClassVar[tuple[str, ...]]
    nameless: ClassVar[str]
    told_by: ClassVar[tuple[str, ...]]
    numbered: ClassVar[str]
    known_by: ClassVar[tuple[str, ...]]
    spoken_of: ClassVar[tuple[str, ...]]
    by_hand: ClassVar[bool]
    reviewed: ClassVar[bool]
    takes_files: ClassVar[bool]
    listed_in: ClassVar[str] = ALL_DATA
    touches: ClassVar[tuple[str, ...]]
    questions: ClassVar[tuple[Question[Any], ...]]
    checks: ClassVar[tuple[Check, ...]]
    carried: ClassVar[tuple[Question[Any], ...]] = ()  # what the next record of a stack of paper starts with
    runs_on: ClassVar[tuple[Question[Any], ...]] = ()  # numbers of which the next record is offered one more
    by_reviewers: ClassVar[tuple[Question[Any], ...]] = ()  # answers that count only from an office that reviews
    erased_along: ClassVar[tuple[Question[Any], ...]] = ()  # not private by themselves, but gone when a person goes

    def __init_subclass__(
        cls, *, key: str, title: str, new: str = "",
        place: str = "rt", per_period: bool = True, parent: "type[Form] | None" = None,
        begins_here: bool = False, says_rt: bool = False, natural: tuple[str, ...] = (),
        named: tuple[str, ...] | None = None, nameless: str = "", told_by: tuple[str, ...] = (), numbered: str = "",
        known_by: tuple[str, ...] | None = None, spoken_of: tuple[str, ...] = (),
        by_hand: bool = True, reviewed: bool = True, takes_files: bool = False,
        listed_in: str = "", touches: tuple[str, ...] = (),
    ) -> None:
        cls.key, cls.title, cls.new, cls.nameless = key, title, new, nameless or title
        cls.place, cls.in_village = place, place in ("region", "rt")
        cls.per_period, cls.begins_here, cls.says_rt, cls.natural = per_period, begins_here, says_rt, natural
        cls.by_hand, cls.reviewed, cls.takes_files, cls.touches = by_hand, reviewed, takes_files, touches
        cls.questions = tuple(_questions(cls))
        if parent is not None:
            cls.parent = _belonging(parent)
        cls.listed_in = listed_in or (parent or Form).listed_in
        cls.checks = tuple(value for value in vars(cls).values() if isinstance(value, Check))
        usual = tuple(each for each in _NAMES_ITSELF if cls.question(each))[:1]
        cls.named, cls.told_by, cls.spoken_of = usual if named is None else named, told_by, spoken_of
        cls.numbered = numbered
        cls.known_by = cls.named if known_by is None else known_by
        _refuse_unknown_answers(cls)
        _refuse_forward_conditions(cls)
        _refuse_strange_checks(cls)
        _refuse_unnamed_checks(cls)

    @classmethod
    def question(cls, key: str) -> Question[Any] | None:
        """Return the question with this key."""
        found = vars(cls).get(key)
        return found if isinstance(found, Question) else None

    @classmethod
    def stored(cls) -> Iterator[Question[Any]]:
        """Yield the questions whose answers are kept; derived values are computed."""
        return iter([question for question in cls.questions if not isinstance(question, Derived)])

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
        """Return the name of a record wherever it is shown, or the words that stand for one."""
        return cls.name_of(answers, words) or words(cls.nameless)

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


def _questions(form: type[Form]) -> Iterator[Question[Any]]:
    """Yield the questions of a class body, each told under which heading it stands: the title before the first."""
    heading = Section(form.title)
    for name, value in list(vars(form).items()):
        if isinstance(value, Section):
            heading = value
        elif isinstance(value, Question):
            if name in RESERVED:
                raise TypeError(f"{form.key}.{name}: this name belongs to every record")
            value.section = heading
            yield value


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


def _refuse_unknown_answers(form: type[Form]) -> None:
    """Raise TypeError where the class head names an answer that the form does not ask for."""
    heads = {"natural": form.natural, "named": form.named, "told_by": form.told_by, "known_by": form.known_by,
             "spoken_of": form.spoken_of, "numbered": (form.numbered,) if form.numbered else ()}
    for said, keys in heads.items():
        if unknown := [key for key in keys if key not in ADDRESS and form.question(key) is None]:
            raise TypeError(f"{form.key}: {said} names {unknown}, which it does not ask for")


def _refuse_forward_conditions(form: type[Form]) -> None:
    """Raise TypeError where a question leans on one that comes later."""
    seen: set[Question[Any]] = set()
    for question in form.questions:
        if missing := [q.key for q in question.when.leans_on() if q not in seen]:
            raise TypeError(f"{form.key}.{question.key} leans on {missing}, which come later")
        seen.add(question)


def _refuse_unnamed_checks(form: type[Form]) -> None:
    """Raise TypeError where a check stands in the body of a form without a name: nobody would ever ask it."""
    named = {id(check) for check in form.checks}
    unnamed = [check for check in vars(form).get(MADE, ()) if id(check) not in named]
    if unnamed:
        raise TypeError(f"{form.key}: a check has no name, and would never be asked: {unnamed[0].sentence()}")


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
