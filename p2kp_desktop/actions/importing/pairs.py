"""Which row of a table is which record: each row is one at most, and each record one row, best agreement first.

A record is met by what people know it by, as its form says (known_by). Rows that say exactly what a record says come
before all others, then those with its identity number, then those that agree most: a corrected row touches its own
record only, and rows in another order change nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from p2kp_desktop.schema import ADDRESS, Answer, Form, Identity

Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class Known:
    """A record that a row may be."""

    id: str
    answers: Answers
    deleted: bool = False


class _Pair(NamedTuple):
    """A row that may be a record, by their places; pairs sort from the likeliest on."""

    differs: bool
    without_identity: bool
    deleted: bool
    disagreement: int  # the less, the more of the other answers agree
    row: int
    record: int

    @property
    def is_guess(self) -> bool:
        return self.differs and self.without_identity


def paired(
    form: type[Form], rows: Sequence[Answers], known: Sequence[Known], imported: Callable[[Sequence[str]], set[str]]
) -> dict[int, str]:
    """Return by the place of a row the id of the record it is; rows of one place in the world, its records.

    A row without the first answer that a record is known by must say exactly what a record says that came by an
    import: `imported` picks those. Of several records that agree as much a row is none, unless they are known by
    the same answers.
    """
    pairs = sorted(_pairs(form, rows, known, imported))
    of_row: dict[int, list[_Pair]] = {}
    for pair in pairs:
        of_row.setdefault(pair.row, []).append(pair)
    taken: dict[int, str] = {}
    gone: set[int] = set()
    for pair in pairs:
        if pair.row not in of_row or pair.record in gone:
            continue
        equals = [each for each in of_row.pop(pair.row) if each[:4] == pair[:4] and each.record not in gone]
        if not pair.is_guess or len({_called(form, known[each.record].answers) for each in equals}) == 1:
            taken[pair.row] = known[pair.record].id
            gone.add(pair.record)
    return taken


def _called(form: type[Form], answers: Answers) -> tuple[Answer, ...]:
    return tuple(_folded(answers.get(key)) for key in form.known_by)


def _pairs(
    form: type[Form], rows: Sequence[Answers], known: Sequence[Known], imported: Callable[[Sequence[str]], set[str]]
) -> Iterator[_Pair]:
    by_name: dict[Answer, list[int]] = {}
    for place, record in enumerate(known):
        by_name.setdefault(_first(form, record.answers), []).append(place)
    nameless = by_name.get(None, [])
    came = imported([known[place].id for place in nameless]) if nameless else set()
    by_name[None] = [place for place in nameless if known[place].id in came]
    identities = [question.key for question in form.stored() if isinstance(question, Identity)]
    for row, given in enumerate(rows):
        name = _first(form, given)
        for place in by_name.get(name, ()):
            pair = _pair(form, row, given, place, known[place], identities)
            if pair is not None and not (name is None and pair.differs):
                yield pair


def _first(form: type[Form], answers: Answers) -> Answer:
    return _folded(answers.get(form.known_by[0])) if form.known_by else None


def _pair(
    form: type[Form], row: int, given: Answers, place: int, record: Known, identities: Iterable[str]
) -> _Pair | None:
    """Return how well a row agrees with a record of its name; None where it is another one."""
    answers = record.answers
    if any(given.get(key) is not None and _folded(given[key]) != _folded(answers.get(key)) for key in form.known_by):
        return None
    told = [(given[key], answers[key]) for key in identities if given.get(key) and answers.get(key)]
    silent = any(given.get(key) is None and answers.get(key) is not None for key in form.known_by)
    if silent and any(mine != its for mine, its in told):
        return None
    others = [key for key in given if key not in (*ADDRESS, *form.known_by, "id")]
    same = sum(answers.get(key) == given[key] for key in others)
    differs = any(answers.get(key) != answer for key, answer in given.items() if key != "id")
    return _Pair(differs, not any(mine == its for mine, its in told), record.deleted, -same, row, place)


def _folded(answer: Answer) -> Answer:
    return " ".join(answer.casefold().split()) if isinstance(answer, str) else answer
