"""Likely duplicates: found at entry, at import and before verification; «bukan duplikat» is remembered and travels.

While somebody types, the households that may be the one being keyed are named as the form names them.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules.likeness import Comparing, House, Likeness
from p2kp_desktop.schema.conditions import Answers
from p2kp_desktop.schema.records import DISTINCT
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Connection, Workspace, listing, neighbours

from .saves import Edits, editing

SAID_APART = "bukan duplikat"

# What of a household is compared, by the keys of its answers.
KEYS = ("region", "rt", "period", *(question.key for question in (
    Household.head_name, Household.building, Household.nik, Household.kk_number, Household.members_male,
    Household.members_female,
)))


def among(workspace: Workspace, area: str, period: str, rt: str | None = None) -> list[Likeness]:
    """Return the pairs that may be one household, the likeliest first; those said to be two are left out."""
    with workspace.asking() as connection:
        found = _sorted(_among(connection, area, period, rt), neighbours.told_apart(connection))
        return _told(connection, found)


def _among(connection: Connection, area: str, period: str, rt: str | None) -> Iterator[Likeness]:
    comparing = Comparing()
    for houses in neighbours.households(connection, period, area, rt):
        yield from comparing.among(houses)
    for group in neighbours.same_numbers(connection, period, area):
        for one, other in combinations(group, 2):
            found = comparing.of(one, other)
            if found and (rt is None or rt in (one.rt, other.rt)):
                yield found


def like(workspace: Workspace, record: str, answers: Answers) -> list[Likeness]:
    """Return the households that may be the one being recorded, whose answers stand in the form."""
    house = house_of(record, answers)
    period = str(answers.get("period") or "")
    with workspace.asking() as connection:
        found = _sorted(beside(connection, [house], period), neighbours.told_apart(connection))
        return _told(connection, found)


def _told(connection: Connection, found: Iterable[Likeness]) -> list[Likeness]:
    """Return pairs as whoever works here may see them."""
    return [replace(each, one=neighbours.told(connection, each.one), other=neighbours.told(connection, each.other))
            for each in found]


def named(house: House) -> str:
    """Return how people name a household: its name, the number of its building, its RT."""
    parts = (house.name or say(Household.nameless),
             say("nomor {number}", number=house.number) if house.number else "",
             say("RT {rt}", rt=house.rt) if house.rt else "")
    return ", ".join(filter(None, parts))


def reasons(found: Likeness) -> str:
    """Return why two households may be one, in words."""
    return ", ".join(say(reason) for reason in found.reasons)


def beside(
    connection: Connection, houses: Iterable[House], period: str, *, but: Collection[str] = ()
) -> Iterator[Likeness]:
    """Yield the pairs of one of these households with one that is recorded under another id, not one of `but`."""
    comparing, there, given = Comparing(), dict[tuple[str, str], list[House]](), list(houses)
    with_number = neighbours.with_numbers(connection, period, given)
    for house in given:
        place = house.region, house.rt
        if place not in there and all(place):
            found = neighbours.households(connection, period, *place)
            there[place] = [each for some in found for each in some if each.id not in but]
        others = {each.id: each for each in there.get(place, ())}
        others |= {
            each.id: each for number in house.numbers for each in with_number.get(number, ()) if each.id not in but
        }
        for other in others.values():
            alike = comparing.of(house, other) if other.id != house.id else None
            if alike:
                yield alike


def house_of(record: str, answers: Answers) -> House:
    """Return the answers of a household by which it is compared with others."""
    men, women = (answers.get(question.key) for question in (Household.members_male, Household.members_female))
    name, number, nik, card = (str(answers.get(question.key) or "") for question in (
        Household.head_name, Household.building, Household.nik, Household.kk_number,
    ))
    members = men + women if isinstance(men, int) and isinstance(women, int) else None
    region, rt = (str(answers.get(key) or "") for key in ("region", "rt"))
    return House(record, name, number, nik, members, region, rt, card)


def _sorted(found: Iterable[Likeness], apart: set[frozenset[str]]) -> list[Likeness]:
    once = {frozenset((each.one.id, each.other.id)): each for each in found}
    left = [each for pair, each in once.items() if pair not in apart]
    return sorted(left, key=lambda each: (-len(each.reasons), -each.percent, each.one.region, each.one.rt, each.one.id))


def tell_apart(workspace: Workspace, one: str, other: str, *, reason: str) -> None:
    """Remember that two households are not one, as an edit of the one with the smaller id; raise Trouble."""
    if not reason.strip():
        raise Trouble(say("Alasan belum diisi."), remedy=say("Tuliskan bagaimana Anda tahu bahwa ini dua rumah."),
                      code="D01")
    with editing(workspace, Deed.SETTLE) as edits:
        apart(edits, one, other, reason=reason.strip())


def apart(edits: Edits, one: str, other: str, *, reason: str) -> None:
    """Remember that two households are not one, in a transaction that others may share; raise Trouble."""
    first, second = sorted((one, other))
    if first == second or not edits.version(Household.key, first).vector:
        raise Trouble(say("Rumah ini tidak ada."), remedy=say("Muat ulang daftarnya."), code="D02")
    edits.save(Household.key, first, {f"{DISTINCT}{second}": 1}, origin=SAID_APART, reason=reason)


MOST_ALIKE = 2  # that are shown at once
COMPARED = ("region", "rt", "period", *(
    question.key for question in (
        Household.head_name, Household.nik, Household.kk_number, Household.building, Household.members_male,
        Household.members_female,
    )
))


@dataclass(frozen=True)
class Alike:
    """A household that is here already: its place in its RT from 1, the name of its head, why it is like this one."""

    id: str
    number: int
    name: str
    rt: str
    reasons: tuple[str, ...]


def compared(answers: Answers) -> tuple[object, ...]:
    """Return the answers that are compared: as long as they stay the same nobody needs to ask again."""
    return tuple(answers.get(key) for key in COMPARED)


def alike(workspace: Workspace, record: str, answers: Answers) -> tuple[Alike, ...]:
    """Return the households that may be the one being recorded, the likeliest first."""
    found = like(workspace, record, answers)[:MOST_ALIKE]
    houses = [each.other if each.one.id == record else each.one for each in found]
    period = str(answers.get("period") or "")
    with workspace.asking() as connection:
        numbers = [listing.place_in_rt(connection, each.id, (each.region, each.rt, period))[0] for each in houses]
    return tuple(
        Alike(house.id, number, house.name, house.rt, each.reasons)
        for house, number, each in zip(houses, numbers, found, strict=True)
    )
