"""The households of a period as they are compared for likely duplicates, and the pairs said to be two."""

import json
from collections.abc import Collection, Iterator

import sqlalchemy as sa

from p2kp_desktop.forms.household import Household
from p2kp_desktop.rules.likeness import House
from p2kp_desktop.schema import ALIVE
from p2kp_desktop.schema.places import lies_in
from p2kp_desktop.schema.records import DISTINCT

from .records import AT_ONCE
from .tables import RECORDS

_here = RECORDS[Household.key].c
_nik = _here[Household.nik.key]
_COLUMNS = (
    _here.id, _here.region, _here.rt, _here[Household.head_name.key].label("name"),
    _here[Household.building.key].label("number"), _nik.label("nik"),
    _here[Household.members_male.key].label("men"), _here[Household.members_female.key].label("women"),
)


def households(connection: sa.Connection, period: str, area: str, rt: str | None = None) -> Iterator[list[House]]:
    """Yield the households of an area (a region of any level) RT by RT."""
    inside = (_here.region == area) | _here.region.startswith(f"{area}.", autoescape=True)
    chosen = sa.select(*_COLUMNS).where(_here[ALIVE] == 1, _here.period == period, inside)
    if rt is not None:
        chosen = chosen.where(_here.rt == rt)
    some: list[House] = []
    for row in connection.execute(chosen.order_by(_here.region, _here.rt, _here.id)).mappings():
        house = _house(row)
        if some and (some[0].region, some[0].rt) != (house.region, house.rt):
            yield some
            some = []
        some.append(house)
    if some:
        yield some


def with_niks(connection: sa.Connection, period: str, niks: Collection[str]) -> dict[str, list[House]]:
    """Return the households of a period whose head has one of these NIKs, wherever they are, by NIK."""
    found: dict[str, list[House]] = {}
    wanted = sorted(set(niks))
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        chosen = sa.select(*_COLUMNS).where(_here[ALIVE] == 1, _here.period == period, _nik.in_(some))
        for row in connection.execute(chosen.order_by(_here.id)).mappings():
            found.setdefault(row["nik"], []).append(_house(row))
    return found


def same_niks(connection: sa.Connection, period: str, area: str) -> list[list[House]]:
    """Return the groups of households with one NIK of which at least one lies in the area."""
    repeated = (
        sa.select(_nik).where(_here[ALIVE] == 1, _here.period == period, _nik != "")
        .group_by(_nik).having(sa.func.count() > 1)
    )
    chosen = sa.select(*_COLUMNS).where(_here[ALIVE] == 1, _here.period == period, _nik.in_(repeated))
    groups: dict[str, list[House]] = {}
    for row in connection.execute(chosen.order_by(_nik, _here.id)).mappings():
        groups.setdefault(row["nik"], []).append(_house(row))
    return [group for group in groups.values() if any(lies_in(house.region, area) for house in group)]


def _house(row: sa.RowMapping) -> House:
    both = row["men"] is not None and row["women"] is not None
    name, number, nik, region, rt = (row[key] or "" for key in ("name", "number", "nik", "region", "rt"))
    return House(row["id"], name, number, nik, row["men"] + row["women"] if both else None, region, rt)


def told_apart(connection: sa.Connection) -> set[frozenset[str]]:
    """Return the pairs of which somebody said that they are two households."""
    marked = sa.select(_here.id, _here.extra).where(_here.extra.like(f'%"{DISTINCT}%'))
    return {
        frozenset((record, key.removeprefix(DISTINCT)))
        for record, extra in connection.execute(marked)
        for key, value in json.loads(extra).items()
        if key.startswith(DISTINCT) and value
    }
