"""The sums of areas (rules/sums.py), kept for every RT and for each area around it, so that nobody adds up a province.

A trigger of the database notes the RT of every record that is saved, merged, moved or deleted, in that transaction.
Whoever asks for sums next has those RTs alone added up anew, and the difference added to the areas around them
(actions/scores/area_sums.py): after one edit among 20,000 RTs, one is added up.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from p2kp_desktop import environment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.period import Period
from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.rules.sums import MEANING, Amount, Amounts, added
from p2kp_desktop.schema.places import lies_in, parents, regions

from .areas import inside
from .living import living
from .records import upsert
from .tables import RECORDS, REVIEW, area_sums, meta, unsummed

RtPlace = tuple[str, str]  # region (kelurahan), RT label
Key = tuple[str, str, str]  # area, RT or "", period

NOTE = "sums"  # the fact that says by which release sums were made
_MADE_BY = f"{environment.PROGRAM}, {MEANING}"
_TRIGGER = f"{unsummed.name}_"
_OF_RT = (Household, RtSurvey, RtRecap, Resident)  # what an RT is assessed by
_NOTHING: Amounts = {}
_COUNTED = 4  # parts of the code of a kelurahan
_PROVINCE = 1  # part of the code of the province

_here = area_sums.c
_houses = RECORDS[Household.key].c


def _statements() -> Iterator[str]:
    """Yield what makes the triggers."""
    for form in _OF_RT:
        for event, rows in (("INSERT", ("NEW",)), ("DELETE", ("OLD",)), ("UPDATE", ("OLD", "NEW"))):
            notes = " ".join(_noted(row) for row in rows)
            yield f'CREATE TRIGGER "{_TRIGGER}{form.key}_{event}" AFTER {event} ON "{form.key}" BEGIN {notes} END'
    for event in ("INSERT", "DELETE", "UPDATE"):
        yield (f'CREATE TRIGGER "{_TRIGGER}{Period.key}_{event}" AFTER {event} ON "{Period.key}" BEGIN '
               f"INSERT INTO {unsummed.name} (region, rt) SELECT DISTINCT area, rt FROM {area_sums.name} AS a "
               f"WHERE rt <> '' AND NOT EXISTS "
               f"(SELECT 1 FROM {unsummed.name} WHERE region = a.area AND rt = a.rt); END")


def _noted(row: str) -> str:
    """Return the SQL that notes the RT of a row once."""
    return (f"INSERT INTO {unsummed.name} (region, rt) SELECT {row}.region, {row}.rt WHERE {row}.region IS NOT NULL "
            f"AND {row}.rt IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {unsummed.name} "
            f"WHERE region = {row}.region AND rt = {row}.rt);")


def is_current(connection: sa.Connection, noted: Mapping[str, str]) -> bool:
    """Say whether sums are those of this release, and every trigger is there word by word."""
    if connection.dialect.name != "sqlite":
        return True
    here = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB ?"
    made = {sql for (sql,) in connection.exec_driver_sql(here, (f"{_TRIGGER}*",)).all()}
    return noted.get(NOTE) == _MADE_BY and made == {*_statements()}


def make(connection: sa.Connection) -> None:
    """Forget all sums, and note every RT there is: they are added up when somebody asks."""
    connection.execute(area_sums.delete())
    connection.execute(unsummed.delete())
    if connection.dialect.name == "sqlite":
        here = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB ?"
        for (name,) in connection.exec_driver_sql(here, (f"{_TRIGGER}*",)).all():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        for statement in _statements():
            connection.exec_driver_sql(statement)
    note_all(connection)
    upsert(connection, meta, ("key",), [{"key": NOTE, "value": _MADE_BY}])


def _places() -> sa.CompoundSelect[Any]:
    """Return the RTs that have a record which they are assessed by."""
    return sa.union(*(
        sa.select(table.c.region, table.c.rt).where(table.c.region.is_not(None), table.c.rt.is_not(None))
        for table in (RECORDS[form.key] for form in _OF_RT)
    ))


def note_all(connection: sa.Connection) -> None:
    """Note every RT there is."""
    places = _places().subquery()
    known = sa.select(unsummed.c.region).where(unsummed.c.region == places.c.region, unsummed.c.rt == places.c.rt)
    lacking = sa.select(places.c.region, places.c.rt).where(~known.exists())
    connection.execute(unsummed.insert().from_select(["region", "rt"], lacking))


def lacking(connection: sa.Connection) -> dict[str, list[str]]:
    """Return the RTs whose records changed since they were added up, by kelurahan."""
    return _by_region(connection, sa.select(unsummed.c.region, unsummed.c.rt))


def recorded(connection: sa.Connection) -> dict[str, list[str]]:
    """Return the RTs that have a record which they are assessed by, by kelurahan."""
    return _by_region(connection, _places())


def _by_region(connection: sa.Connection, chosen: sa.Select[Any] | sa.CompoundSelect[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for region, rt in connection.execute(chosen):
        found.setdefault(region, []).append(rt)
    return found


def periods(connection: sa.Connection, region: str, rts: Sequence[str]) -> set[str]:
    """Return the periods in which some RTs of a kelurahan have records that they are assessed by, or had."""
    found = set(connection.scalars(sa.select(_here.period).distinct().where(_here.area == region, _here.rt.in_(rts))))
    for form in (Household, RtSurvey, RtRecap):
        column = RECORDS[form.key].c
        chosen = sa.select(column.period).distinct().where(column.region == region, column.rt.in_(rts), living(form))
        found |= set(connection.scalars(chosen))
    return {period for period in found if period}


def standings(connection: sa.Connection, region: str, rts: Sequence[str]) -> dict[tuple[str, str], dict[str, int]]:
    """Return by RT and period how many households have which review status, "" for a draft."""
    grouped = (_houses.rt, _houses.period, _houses[REVIEW])
    chosen = sa.select(*grouped, sa.func.count()).where(
        _houses.region == region, _houses.rt.in_(rts), living(Household)).group_by(*grouped)
    found: dict[tuple[str, str], dict[str, int]] = {}
    for rt, period, standing, number in connection.execute(chosen):
        found.setdefault((rt, period or ""), {})[standing or ""] = number
    return found


def keep(connection: sa.Connection, region: str, rts: Sequence[str], now: Mapping[tuple[str, str], Amounts]) -> None:
    """Keep what some RTs of a kelurahan add by RT and period, and give the difference to the areas around them."""
    mine = (_here.area == region, _here.rt.in_(rts))
    before = {(key[1], key[2]): amounts for key, amounts in _read(connection, *mine).items()}
    connection.execute(area_sums.delete().where(*mine))
    around: dict[tuple[str, str], dict[str, Amount]] = {}
    for place in {*before, *now}:
        was, here = before.get(place, _NOTHING), now.get(place, _NOTHING)
        for name in {*was, *here}:
            grown = here.get(name, 0) - was.get(name, 0)
            for area in parents(region) if grown else ():
                sums = around.setdefault((area.code, place[1]), {})
                sums[name] = sums.get(name, 0) + grown
    rows = {(region, rt, period): amounts for (rt, period), amounts in now.items()}
    codes, years = {code for code, _ in around}, {period for _, period in around}
    stood = _read(connection, _here.area.in_(codes), _here.rt == "", _here.period.in_(years)) if around else {}
    for (code, period), grown_by in around.items():
        rows[code, "", period] = added((stood.get((code, "", period), _NOTHING), grown_by))
    if rows:
        upsert(connection, area_sums, ("area", "rt", "period"), [
            dict(zip(("area", "rt", "period"), key, strict=True)) | {"amounts": _packed(amounts)}
            for key, amounts in rows.items()
        ])
    connection.execute(unsummed.delete().where(unsummed.c.region == region, unsummed.c.rt.in_(rts)))


def _packed(amounts: Amounts) -> str:
    return json.dumps({
        name: amount.numerator if amount.denominator == 1 else f"{amount.numerator}/{amount.denominator}"
        for name, amount in sorted(amounts.items())
    }, separators=(",", ":"))


def _read(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> dict[Key, Amounts]:
    key = (_here.area, _here.rt, _here.period)
    rows = connection.execute(sa.select(*key, _here.amounts).where(*conditions).order_by(*key))
    return {
        (area, rt, period): {
            name: Fraction(amount) if isinstance(amount, str) else amount for name, amount in json.loads(text).items()
        } for area, rt, period, text in rows
    }


def everything(connection: sa.Connection) -> dict[Key, Amounts]:
    """Return all sums that are kept and are not nothing, of RTs and areas."""
    return {key: amounts for key, amounts in _read(connection).items() if amounts}


def _one(connection: sa.Connection, area: str, rt: str, period: str) -> Amounts:
    return _read(connection, _here.area == area, _here.rt == rt, _here.period == period).get(
        (area, rt, period), _NOTHING)


def of(connection: sa.Connection, area: str, rt: str | None, period: str) -> Amounts:
    """Return the sums of an area, or of one RT of it, in a period."""
    return _one(connection, area, rt or "", period)


def by_period(connection: sa.Connection, area: str, rt: str | None) -> dict[str, Amounts]:
    """Return the sums of an area, or of one RT of it, in every period that it has."""
    return {key[2]: amounts for key, amounts in _read(connection, _here.area == area, _here.rt == (rt or "")).items()}


def below(connection: sa.Connection, area: str, period: str) -> dict[RtPlace, Amounts]:
    """Return the areas just below: the RTs of a kelurahan, the kabupaten/kota of the province, else kelurahan."""
    if regions()[area].is_village:
        found = _read(connection, _here.area == area, _here.rt != "", _here.period == period)
    else:
        parts = _PROVINCE + 1 if area.count(".") + 1 == _PROVINCE else _COUNTED
        codes = [code for code in regions() if code.count(".") == parts - 1 and lies_in(code, area)]
        found = _read(connection, _here.area.in_(codes), _here.rt == "", _here.period == period)
    return {(key[0], key[1]): amounts for key, amounts in found.items()}


def of_rts(connection: sa.Connection, area: str | None, period: str) -> dict[RtPlace, Amounts]:
    """Return the amounts of every RT of an area, or of all there are, in a period."""
    found = _read(connection, *_rts_of(area), _here.period == period)
    return {(key[0], key[1]): amounts for key, amounts in found.items()}


def places(connection: sa.Connection, area: str, period: str) -> set[RtPlace]:
    """Return the RTs of an area that add anything in a period."""
    chosen = sa.select(_here.area, _here.rt).where(*_rts_of(area), _here.period == period)
    return {(code, rt) for code, rt in connection.execute(chosen)}


def of_areas(connection: sa.Connection, areas: Sequence[str], period: str) -> dict[str, Amounts]:
    """Return the sums of several areas in a period."""
    found = _read(connection, _here.area.in_(areas), _here.rt == "", _here.period == period)
    return {key[0]: amounts for key, amounts in found.items()}


def _rts_of(area: str | None) -> tuple[sa.ColumnElement[bool], ...]:
    if area is None:
        return (_here.rt != "",)
    return _here.rt != "", sa.or_(_here.area == area, sa.and_(_here.area > f"{area}.", _here.area < f"{area}/"))


def of_level(connection: sa.Connection, area: str, period: str, parts: int) -> dict[str, Amounts]:
    """Return the sums of every area with so many parts in its code that lies in another."""
    found = _read(connection, _here.area > f"{area}.", _here.area < f"{area}/", _here.rt == "", _here.period == period)
    return {key[0]: amounts for key, amounts in found.items() if key[0].count(".") == parts - 1}


def unassessed(connection: sa.Connection, area: str, period: str) -> int:
    """Return how many RTs of an area are recorded and have nothing to be assessed by in a period."""
    table = RECORDS[Rt.key]
    summed = sa.select(_here.area).where(
        _here.area == table.c.region, _here.rt == table.c.rt, _here.period == period)
    chosen = sa.select(table.c.region, table.c.rt).distinct().where(inside(table, area), living(Rt), ~summed.exists())
    return connection.scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0
