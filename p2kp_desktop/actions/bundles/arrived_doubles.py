"""Likely duplicates that a bundle brings: a new household that may be one which is here already under another id."""

from collections.abc import Sequence

from p2kp_desktop.actions.recording import doubles
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.forms.household import Household
from p2kp_desktop.rules.likeness import House
from p2kp_desktop.store import Connection, neighbours, views

from .receipt_outcome import Duplicate

MOST = 500  # that are listed of one bundle


def likely(connection: Connection, new: Sequence[str]) -> tuple[Duplicate, ...]:
    """Return the households among the new ones that another one of their period resembles, unless told apart."""
    by_period: dict[str, list[House]] = {}
    for row in views.picked(connection, Household, doubles.KEYS, ids=new):
        by_period.setdefault(str(row["period"] or ""), []).append(doubles.house_of(row["id"], row))
    apart = neighbours.told_apart(connection) if by_period else set()
    ours, found = set(new), list[Duplicate]()
    for period, houses in by_period.items():
        for each in doubles.beside(connection, houses, period, but=ours):
            if frozenset((each.one.id, each.other.id)) not in apart:
                one, other = (_subject(house, period) for house in (each.one, each.other))
                found.append(Duplicate(one, other, doubles.reasons(each)))
            if len(found) == MOST:
                return tuple(found)
    return tuple(found)


def _subject(house: House, period: str) -> Subject:
    return Subject(Household.key, house.id, house.name, house.region, house.rt, period)
