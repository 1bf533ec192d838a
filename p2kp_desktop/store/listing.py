"""Lists of households and of RTs: ids in the order shown, a page of rows, counts; straight from the columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.rules import census
from p2kp_desktop.schema import ADDRESS, ALIVE

from .areas import concerning, inside
from .standing import COMPLETE, SAID, Standing
from .tables import RECORDS, REVIEW, conflicts, history

_households = RECORDS[Household.key]
_here = _households.c

# What a row of the list shows or is judged by.
_SHOWN = (
    *ADDRESS, Household.head_name.key, Household.nik.key, Household.building.key, Household.kk_count.key,
    Household.members_male.key, Household.members_female.key, *(question.key for question in census.SCORED),
    Household.floor_length.key, Household.floor_width.key, Household.floors.key,
)
_members = _here[Household.members_male.key] + _here[Household.members_female.key]
_building = _here[Household.building.key]
_name = sa.func.lower(_here[Household.head_name.key])

_searched = (_name, sa.func.lower(_building), _here[Household.nik.key])

ORDERS: Mapping[str, tuple[sa.ColumnElement[Any], ...]] = {
    "rt": (_here.region, _here.rt),
    "building": (sa.func.length(_building), _building),  # 2 before 10
    "name": (_name,),
    "nik": (_here[Household.nik.key],),
    "kk": (_here[Household.kk_count.key],),
    "members": (_members,),
}
_USUAL = (*ORDERS["rt"], *ORDERS["building"], _name, _here.id)


@dataclass(frozen=True)
class Wanted:
    """Which households, in what order; an empty field is no condition. `area` is a region of any level."""

    area: str
    period: str
    rt: str | None = None
    text: str = ""
    standing: str = ""
    order: str = ""
    descending: bool = False


def household_ids(connection: sa.Connection, wanted: Wanted, rules: Mapping[str, str]) -> list[str]:
    """Return the ids of the households in the order wanted: all of them, for a list that fetches rows when painted."""
    conditions = _conditions(wanted)
    if wanted.standing:
        conditions.append(_case(rules) == wanted.standing)
    chosen = sa.select(_here.id).where(*conditions).order_by(*_ordering(wanted, rules))
    return list(connection.scalars(chosen))


def household_texts(
    connection: sa.Connection, wanted: Wanted, rules: Mapping[str, str], limit: int
) -> list[tuple[str, str]]:
    """Return ids as `household_ids` does, each with what is searched in it, lower case; at most `limit` of them."""
    conditions = _conditions(replace(wanted, text=""))
    if wanted.standing:
        conditions.append(_case(rules) == wanted.standing)
    name, number, nik = (sa.func.coalesce(column, "") for column in _searched)
    text = name + "\n" + number + "\n" + nik
    chosen = sa.select(_here.id, text).where(*conditions).order_by(*_ordering(wanted, rules)).limit(limit)
    return [(record, found) for record, found in connection.execute(chosen)]


def _case(rules: Mapping[str, str]) -> sa.ColumnElement[str]:
    return _cases(tuple(sorted(rules.items())))[0]


@cache
def _cases(rules: tuple[tuple[str, str], ...]) -> tuple[sa.ColumnElement[str], sa.ColumnElement[str]]:
    """Return how a household stands with its review, and without; made once: writing it down takes long."""
    standing = Standing(Household, dict(rules))
    return standing.status(), standing.case()


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    conditions = [_here[ALIVE] == 1, _here.period == wanted.period, inside(_households, wanted.area)]
    if wanted.rt is not None:
        conditions.append(_here.rt == wanted.rt)
    text = " ".join(wanted.text.lower().split())
    if text:
        conditions.append(sa.or_(*(column.contains(text, autoescape=True) for column in _searched)))
    return conditions


def _ordering(wanted: Wanted, rules: Mapping[str, str]) -> list[sa.ColumnElement[Any]]:
    if wanted.order == "standing":
        first: tuple[sa.ColumnElement[Any], ...] = (_case(rules),)
    elif wanted.order == "saved":
        first = (sa.select(sa.func.max(history.c.time)).where(history.c.record == _here.id).scalar_subquery(),)
    else:
        first = ORDERS.get(wanted.order, ())
    turned = [column.desc() for column in first] if wanted.descending else list(first)
    return [*turned, *_USUAL]


def household_rows(
    connection: sa.Connection, ids: Sequence[str], rules: Mapping[str, str]
) -> dict[str, Mapping[str, Any]]:
    """Return the columns that a list shows of some households, and `standing`, by id; those gone are left out."""
    case = _case(rules).label("standing")
    chosen = sa.select(_here.id, *(_here[key] for key in dict.fromkeys(_SHOWN)), case).where(_here.id.in_(ids))
    return {row["id"]: {**row} for row in connection.execute(chosen).mappings()}


def standings(connection: sa.Connection, wanted: Wanted, rules: Mapping[str, str]) -> dict[tuple[str, str, str], int]:
    """Count households by region, RT and standing; the standing and the order wanted do not matter."""
    case = _case(rules)
    grouped = (_here.region, _here.rt, case)
    chosen = sa.select(*grouped, sa.func.count()).where(*_conditions(replace(wanted, standing=""))).group_by(*grouped)
    return {(str(region), str(rt), standing): number for region, rt, standing, number in connection.execute(chosen)}


def unfinished(
    connection: sa.Connection, area: str, period: str, rules: Mapping[str, str]
) -> dict[tuple[str, str], int]:
    """Count by region and RT the households in which something is left to fill in, whatever their review says."""
    case = _cases(tuple(sorted(rules.items())))[1]
    grouped = (_here.region, _here.rt)
    chosen = sa.select(*grouped, sa.func.count()).where(*_conditions(Wanted(area, period)), case != COMPLETE)
    return {(str(region), str(rt)): number for region, rt, number in connection.execute(chosen.group_by(*grouped))}


@dataclass(frozen=True)
class LastSave:
    """One save of a record: by which node, its count, when, and in which kelurahan."""

    record: str
    node: str
    tick: int
    time: str
    place: str


def saves_of(connection: sa.Connection, ids: Sequence[str]) -> list[LastSave]:
    """Return every save of some records."""
    column = history.c
    chosen = sa.select(column.record, column.node, column.tick, column.time, column.place).where(column.record.in_(ids))
    return [LastSave(*row) for row in connection.execute(chosen)]


def conflicts_by_rt(connection: sa.Connection, area: str, period: str) -> dict[tuple[str, str], int]:
    """Count the records with an open conflict by region and RT; those without a period are counted too."""
    counts: dict[tuple[str, str], int] = {}
    concerned = set(connection.scalars(sa.select(conflicts.c.form).distinct()))
    for form in (form for form in FORMS if form.key in concerned):
        table = RECORDS[form.key]
        disputed = sa.select(conflicts.c.record).where(conflicts.c.form == form.key)
        chosen = (
            sa.select(table.c.region, table.c.rt, sa.func.count())
            .where(table.c.id.in_(disputed), concerning(form, area), _of_period(table, period))
            .group_by(table.c.region, table.c.rt)
        )
        for region, rt, number in connection.execute(chosen):
            place = str(region or ""), str(rt or "")
            counts[place] = counts.get(place, 0) + number
    return counts


def _of_period(table: sa.Table, period: str) -> sa.ColumnElement[bool]:
    return sa.or_(table.c.period == period, table.c.period.is_(None))


def is_saved(connection: sa.Connection, form: str, record: str) -> bool:
    """Say whether a record was saved, as against only begun."""
    table = RECORDS[form]
    return connection.execute(sa.select(table.c.id).where(table.c.id == record)).first() is not None


def reviewed(connection: sa.Connection, form: str, ids: Sequence[str]) -> dict[str, str]:
    """Return the standings that the review gives some records of a form, by id; those not handed in are left out."""
    column = RECORDS[form].c
    chosen = sa.select(column.id, column[REVIEW]).where(column.id.in_(ids), column[REVIEW].in_(SAID))
    return {record: SAID[said] for record, said in connection.execute(chosen)}


def disputed(connection: sa.Connection) -> set[tuple[str, str]]:
    """Return form and id of the records with an open conflict."""
    return {(row.form, row.record) for row in connection.execute(sa.select(conflicts.c.form, conflicts.c.record))}


def place_in_rt(connection: sa.Connection, record: str, place: tuple[str, str, str]) -> tuple[int, int]:
    """Return how many households of an RT (region, RT, period) come up to this one in order of id, and how many are.

    A household that is not among them comes after the last.
    """
    region, rt, period = place
    mine = sa.func.sum(sa.case((_here.id == record, 1), else_=0))
    before = sa.func.sum(sa.case((_here.id <= record, 1), else_=0))
    conditions = (_here[ALIVE] == 1, _here.region == region, _here.rt == rt, _here.period == period)
    count, there, number = connection.execute(sa.select(sa.func.count(), mine, before).where(*conditions)).one()
    return (int(number) if there else count + 1), count


def known_rts(connection: sa.Connection, areas: Sequence[str], period: str) -> list[tuple[str, str, int]]:
    """Return region and label of every RT of these areas, recorded or named by households, with its households."""
    found: dict[tuple[str, str], int] = {}
    in_period = sa.func.sum(sa.case((_here.period == period, 1), else_=0))
    for table, number in ((RECORDS[Rt.key], sa.literal(0)), (_households, in_period)):
        within = sa.or_(*(inside(table, area) for area in areas))
        chosen = sa.select(table.c.region, table.c.rt, number).where(
            table.c[ALIVE] == 1, table.c.rt.is_not(None), within
        ).group_by(table.c.region, table.c.rt)
        for region, rt, households in connection.execute(chosen):
            found[region, rt] = found.get((region, rt), 0) + int(households)
    return sorted((region, rt, households) for (region, rt), households in found.items())
