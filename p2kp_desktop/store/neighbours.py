"""The households of a period as they are compared for likely duplicates, and the pairs said to be two.

They are compared by what was recorded, also where names are masked for whoever works there: by initials half a village
would be alike. What comes of it is for `told` before anybody sees it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

import sqlalchemy as sa

from p2kp_desktop.forms.household import Household
from p2kp_desktop.rules.likeness import House
from p2kp_desktop.schema import ALIVE
from p2kp_desktop.schema.places import lies_in
from p2kp_desktop.schema.records import DISTINCT
from p2kp_desktop.schema.veils import veiled

from .records import AT_ONCE
from .tables import RECORDS
from .veiling import is_veiled, unveiled

_here = RECORDS[Household.key].c
_NUMBERS = {"nik": _here[Household.nik.key], "card": _here[Household.kk_number.key]}  # by the names in House
_COLUMNS = (
    _here.id, _here.region, _here.rt, _here[Household.head_name.key].label("name"),
    _here[Household.building.key].label("number"), *(column.label(name) for name, column in _NUMBERS.items()),
    _here[Household.members_male.key].label("men"), _here[Household.members_female.key].label("women"),
)


def households(connection: sa.Connection, period: str, area: str, rt: str | None = None) -> Iterator[list[House]]:
    """Yield the households of an area (a region of any level) RT by RT."""
    inside = (_here.region == area) | _here.region.startswith(f"{area}.", autoescape=True)
    chosen = sa.select(*_COLUMNS).where(_here[ALIVE] == 1, _here.period == period, inside)
    if rt is not None:
        chosen = chosen.where(_here.rt == rt)
    some: list[House] = []
    for row in unveiled(connection, chosen.order_by(_here.region, _here.rt, _here.id)).mappings():
        house = _house(row)
        if some and (some[0].region, some[0].rt) != (house.region, house.rt):
            yield some
            some = []
        some.append(house)
    if some:
        yield some


def with_numbers(connection: sa.Connection, period: str, houses: Iterable[House]) -> dict[str, list[House]]:
    """Return the households of a period that share a NIK or a family card with these, wherever they are, by number."""
    found: dict[str, list[House]] = {}
    given = list(houses)
    for name, column in _NUMBERS.items():
        wanted = sorted({getattr(house, name) for house in given} - {""})
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            chosen = sa.select(*_COLUMNS).where(_here[ALIVE] == 1, _here.period == period, column.in_(some))
            for row in unveiled(connection, chosen.order_by(_here.id)).mappings():
                found.setdefault(row[name], []).append(_house(row))
    return found


def same_numbers(connection: sa.Connection, period: str, area: str) -> Iterator[list[House]]:
    """Yield the groups of households with one NIK, or one family card, of which at least one lies in the area."""
    for _number, group in shared_numbers(connection, period):
        if any(lies_in(house.region, area) for house in group):
            yield group


def shared_numbers(connection: sa.Connection, period: str) -> Iterator[tuple[str, list[House]]]:
    """Yield each NIK, and each family card, that several households of a period have, with those households."""
    for name, column in _NUMBERS.items():
        repeated = (
            sa.select(column).where(_here[ALIVE] == 1, _here.period == period, column != "")
            .group_by(column).having(sa.func.count() > 1)
        )
        chosen = sa.select(*_COLUMNS).where(_here[ALIVE] == 1, _here.period == period, column.in_(repeated))
        groups: dict[str, list[House]] = {}
        for row in unveiled(connection, chosen.order_by(column, _here.id)).mappings():
            groups.setdefault(row[name], []).append(_house(row))
        yield from groups.items()


def _house(row: sa.RowMapping) -> House:
    both = row["men"] is not None and row["women"] is not None
    name, number, nik, region, rt, card = (
        row[key] or "" for key in ("name", "number", "nik", "region", "rt", "card")
    )
    return House(row["id"], name, number, nik, row["men"] + row["women"] if both else None, region, rt, card)


def told(connection: sa.Connection, house: House) -> House:
    """Return a household as whoever works here may see it."""
    if not is_veiled(connection):
        return house
    name, nik, card = (
        str(veiled(question, said) or "") if said else "" for question, said in (
            (Household.head_name, house.name), (Household.nik, house.nik), (Household.kk_number, house.card))
    )
    return replace(house, name=name, nik=nik, card=card)


def told_apart(connection: sa.Connection) -> set[frozenset[str]]:
    """Return the pairs of which somebody said that they are two households."""
    marked = sa.select(_here.id, _here.extra).where(_here.extra.like(f'%"{DISTINCT}%'))
    return {
        frozenset((record, key.removeprefix(DISTINCT)))
        for record, extra in connection.execute(marked)
        for key, value in json.loads(extra).items()
        if key.startswith(DISTINCT) and value
    }
