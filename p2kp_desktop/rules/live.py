"""The assessment of one household while it is typed: what is certain already, and what is still open.

An aspect is decided as soon as no answer that is still missing could change it. The conditions are those of
census.py, so that a complete household is judged here as it is counted there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.schema import Choice, Record, written
from p2kp_desktop.schema.conditions import DEFAULT_RULES, Among, Answers, Condition

from . import census
from .deciding import Standing, every, standing
from .regulation import available, regulation


class Judgement(Enum):
    """How an aspect stands."""

    FIT = "Layak"
    UNFIT = "Tidak layak"
    OPEN = "Belum"


@dataclass(frozen=True)
class Reason:
    """Why an aspect is not fit: in short («12 = g»), and in words."""

    short: str
    words: str


@dataclass(frozen=True)
class Aspect:
    """One line of the assessment; `reason` is None unless there is something to explain."""

    name: str
    judgement: Judgement
    reason: Reason | None = None


def assess(record: Record) -> tuple[Aspect, ...]:
    """Return the seven aspects of a household (SKOR A.1–A.5) in the order of the questionnaire."""
    asked = record.counted_answers()
    found = []
    for name, holds, conditions in _ASPECTS:
        judgement = _JUDGEMENTS[holds(asked)]
        reason = _reason(conditions, record, asked) if judgement is Judgement.UNFIT else None
        if conditions is census.SOUND:
            reason = reason or _floor_area(record, asked)
        found.append(Aspect(name, judgement, reason))
    return tuple(found)


_JUDGEMENTS = {True: Judgement.FIT, False: Judgement.UNFIT, None: Judgement.OPEN}


def _every(conditions: Sequence[Condition]) -> Callable[[Answers], Standing]:
    return lambda asked: every(conditions, asked)


_WATER = (census.SAFE_BY_ITSELF, *census.SAFE_FROM_PITS)
_ENOUGH, _LATRINE, _COLLECTED = (census.ENOUGH_WATER,), (census.LATRINE,), (census.COLLECTED,)

_ASPECTS: tuple[tuple[str, Callable[[Answers], Standing], Sequence[Condition]], ...] = (
    ("Keteraturan bangunan", _every(census.REGULAR), census.REGULAR),
    ("Kelayakan bangunan", _every(census.SOUND), census.SOUND),
    ("Akses air minum aman", census.safe_water, _WATER),
    ("Kecukupan air minum", _every(_ENOUGH), _ENOUGH),
    ("Akses jamban", _every(_LATRINE), _LATRINE),
    ("Teknis air limbah", _every(census.FIT_LATRINE), census.FIT_LATRINE),
    ("Pengangkutan sampah", _every(_COLLECTED), _COLLECTED),
)


def _reason(conditions: Iterable[Condition], record: Record, asked: Answers) -> Reason | None:
    """Return the answer that decides: that of the last failing condition's question, or of what skips it."""
    failing = [c for c in conditions if isinstance(c, Among) and standing(c, asked) is False]
    answered = [c.question for c in failing if asked.get(c.question.key) is not None]
    skipping = [q for c in failing for q in c.question.when.leans_on() if asked.get(q.key) is not None]
    question = next(iter([*(answered[-1:] if conditions is _WATER else answered), *skipping]), None)
    if not isinstance(question, Choice) or str(asked[question.key]) not in question.options.codes:
        return None
    letter = question.options.letter(str(asked[question.key]))
    short = f"{question.number} = {letter}"
    return Reason(short, f"{short}, {record.show(question)}")


def _floor_area(record: Record, asked: Answers) -> Reason | None:
    """Return the floor area per person where it is too small: it is shown, but decides nothing here."""
    area = Household.area_per_person.shown(asked)
    if not area or census.verdict(record).roomy:
        return None
    rules = record.rules if record.rules in available() else DEFAULT_RULES
    least = written.number(regulation(rules).census.floor_area_per_person.normalize() + 0)
    words = say("{area} m²/jiwa, perlu {least}", area=area, least=least)
    return Reason(words, words)
