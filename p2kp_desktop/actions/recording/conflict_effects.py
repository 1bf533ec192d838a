"""What each answer in conflict would do to the verdict on a household."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace

from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.rules import census
from p2kp_desktop.schema import Answer, Record


@dataclass(frozen=True)
class Effect:
    """What an answer does to the score: the aspect, whether it is good, the questions still missing for it."""

    aspect: str
    good: bool
    missing: tuple[str, ...] = ()


def effects(record: Record, key: str, values: Iterable[Answer]) -> dict[Answer, tuple[Effect, ...]]:
    """Return by value the aspects of a household that ask this question, or that differ between the values."""
    told = list(values)
    question = record.form.question(key)
    if record.form.key != Household.key or question is None:
        return dict.fromkeys(told, ())
    judged = {value: _judged(replace(record, answers={**record.answers, key: value})) for value in told}
    aspects = [
        aspect for aspect, numbers in _aspects().items()
        if question.number in numbers or len({each[aspect] for each in judged.values()}) > 1
    ]
    return {value: tuple(each[aspect] for aspect in aspects) for value, each in judged.items()}


def _aspects() -> dict[str, tuple[str, ...]]:
    """Return the aspects in the order of a verdict, each with the questions it asks."""
    return {
        say("Keteraturan bangunan"): ("1", "2", "3", "4", "5"),
        say("Atap, dinding, lantai"): ("9", "10", "11"),
        say("Luas lantai per jiwa"): ("6a", "6b", "6c"),
        say("Akses air minum aman"): ("12", "13"),
        say("Kecukupan air"): ("14",),
        say("Akses jamban"): ("15",),
        say("Teknis air limbah"): ("16", "17"),
        say("Pengangkutan sampah"): ("18", "19"),
    }


def _judged(record: Record) -> dict[str, Effect]:
    """Return the verdict on a household by aspect, with the questions that still lack an answer."""
    asked, goods = record.asked_answers(), astuple(census.verdict(record))
    lacking = {q.number for q in record.form.stored() if q.key in asked and asked[q.key] is None}
    return {
        aspect: Effect(aspect, good, () if good else tuple(number for number in numbers if number in lacking))
        for (aspect, numbers), good in zip(_aspects().items(), goods, strict=True)
    }
