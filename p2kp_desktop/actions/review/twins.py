"""What may be one household twice and is not said to be two: it is not verified before somebody says which it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from p2kp_desktop.actions.recording import doubles
from p2kp_desktop.actions.recording.saves import Edits
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.rules.likeness import Comparing, House, Likeness
from p2kp_desktop.schema.records import DISTINCT
from p2kp_desktop.store import neighbours

from .reviewable import Subject

MOST = 3  # that are named of one household

_Place = tuple[str, str, str]  # period, region, RT


class Twins:
    """Compares households with those of their RT and with their numbers; the numbers of a period are read once."""

    def __init__(self) -> None:
        self._comparing = Comparing()
        self._sharing: dict[str, dict[str, list[House]]] = {}  # by period, by NIK or family card

    def among(self, edits: Edits, subjects: Sequence[Subject]) -> Mapping[str, Sequence[str]]:
        """Return in words, by id, which other households these may be; the words begin with the question."""
        asked: dict[_Place, list[House]] = {}
        for version in (each.version for each in subjects if each.form is Household):
            house = doubles.house_of(version.id, version.values())
            asked.setdefault((str(version.values().get("period") or ""), house.region, house.rt), []).append(house)
        found = [each for place, houses in asked.items() for each in self._likely(edits, place, houses)]
        told: dict[str, list[str]] = {}
        for each in _not_apart(edits, found):
            told.setdefault(each.one.id, []).append(_words(each))
        return {record: tuple(islice(words, MOST)) for record, words in told.items()}

    def _likely(self, edits: Edits, place: _Place, houses: Sequence[House]) -> Iterator[Likeness]:
        """Yield each of these households with those that it may be."""
        period, region, rt = place
        if period not in self._sharing:
            self._sharing[period] = dict(neighbours.shared_numbers(edits.connection, period))
        there = [each for some in neighbours.households(edits.connection, period, region, rt) for each in some]
        others: dict[tuple[str, str], tuple[House, House]] = {}
        for one, other, _percent in self._comparing.between(houses, there) if rt else ():
            others[one.id, other.id] = one, other
        for one in houses:
            for other in (each for number in one.numbers for each in self._sharing[period].get(number, ())):
                others[one.id, other.id] = one, other
        pairs = (pair for pair in others.values() if pair[0].id != pair[1].id)
        yield from filter(None, (self._comparing.of(*pair) for pair in pairs))


def _not_apart(edits: Edits, found: Sequence[Likeness]) -> Iterable[Likeness]:
    """Return the likely ones of which nobody said that they are two, the likeliest first."""
    edits.look_up(Household.key, {min(each.one.id, each.other.id) for each in found})
    left = [each for each in found if not _is_said_apart(edits, each)]
    return sorted(left, key=lambda each: (-len(each.reasons), -each.percent, each.other.id))


def _is_said_apart(edits: Edits, found: Likeness) -> bool:
    first, second = sorted((found.one.id, found.other.id))
    return bool(edits.version(Household.key, first).values().get(f"{DISTINCT}{second}"))


def _words(found: Likeness) -> str:
    beside = (found.one.region, found.one.rt) == (found.other.region, found.other.rt)
    other = doubles.named(replace(found.other, rt="") if beside else found.other)
    why = doubles.reasons(found)
    said = say("mungkin rumah yang sama dengan {other}: {reasons}. Katakan «bukan duplikat» dengan alasannya, atau "
               "hapus salah satu.", other=other, reasons=why)
    return f"{Household.head_name.key}: {said}"
