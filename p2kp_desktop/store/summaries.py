"""Summary rows per RT and period: what reports add up instead of reading a million households.

A change takes the summary of the RT it touches away in the same transaction; whoever asks next, or the
end of the work that changed it, makes it anew. A missing row means «not yet added up», never zero.

Profiles tell more of the households of an RT than its score needs. They are made with the summaries; one that lacks, or
that another release counted otherwise, when a table of indicators asks for it.
"""

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.forms.household import Household
from p2kp_desktop.rules.census import Tally, tally
from p2kp_desktop.rules.profile import VERSION, Profile, from_text, profile
from p2kp_desktop.schema import Record
from p2kp_desktop.schema.places import lies_in

from . import views
from .areas import inside
from .tables import RECORDS, profiles, summaries

Place = tuple[str, str, str]  # region (kelurahan), RT label, period

_households = RECORDS[Household.key]


def forget(connection: sa.Connection, places: Iterable[Place]) -> None:
    """Take away the summaries of RTs whose households changed."""
    for region, rt, period in set(places):
        for table in (summaries, profiles):
            here = table.c
            connection.execute(table.delete().where(here.region == region, here.rt == rt, here.period == period))


def refresh(connection: sa.Connection) -> int:
    """Add up every RT that lacks its summary, with its profile while its households are read; return how many."""
    return _add_up(connection, _lacking(connection, summaries))


def _add_up(connection: sa.Connection, places: Iterable[Place]) -> int:
    rows: list[dict[str, Any]] = []
    counted: list[dict[str, Any]] = []
    for place in places:
        households = _households_of(connection, place)
        rows.append(_keys(place) | asdict(tally(households)))
        counted.append(_keys(place) | _kept(profile(households)))
    if rows:
        here = profiles.c
        stale: dict[str, Any] = {key: sa.bindparam(f"its_{key}") for key in ("region", "rt", "period")}
        connection.execute(
            profiles.delete().where(*(here[key] == value for key, value in stale.items())),
            [{f"its_{key}": row[key] for key in stale} for row in rows],
        )
        connection.execute(summaries.insert(), rows)
        connection.execute(profiles.insert(), counted)
    return len(rows)


def refresh_profiles(connection: sa.Connection, *, area: str | None = None, period: str | None = None) -> int:
    """Count the households of every RT of an area and period that lacks its profile; return how many."""
    connection.execute(profiles.delete().where(profiles.c.version != VERSION))
    rows = [
        _keys(place) | _kept(compute_profile(connection, place))
        for place in _lacking(connection, profiles)
        if (area is None or lies_in(place[0], area)) and period in (None, place[2])
    ]
    if rows:
        connection.execute(profiles.insert(), rows)
    return len(rows)


def _lacking(connection: sa.Connection, table: sa.Table) -> list[Place]:
    """Return the RTs and periods that have households and no row in a table."""
    here = _households.c
    known = sa.select(table.c.region).where(
        table.c.region == here.region, table.c.rt == here.rt, table.c.period == here.period
    )
    lacking = (
        sa.select(here.region, here.rt, here.period).distinct()
        .where(here.alive == 1, here.region.is_not(None), here.rt.is_not(None), here.period.is_not(None))
        .where(~known.exists())
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(lacking)]


def complete(connection: sa.Connection, region: str, rt: str) -> None:
    """Add up one RT in those periods that lack its summary: without looking at any other, as `refresh` does."""
    here = _households.c
    of_rt = (here.region == region, here.rt == rt, here.alive == 1, here.period.is_not(None))
    used = set(connection.scalars(sa.select(here.period).distinct().where(*of_rt)))
    there = sa.select(summaries.c.period).where(summaries.c.region == region, summaries.c.rt == rt)
    _add_up(connection, [(region, rt, period) for period in sorted(used - set(connection.scalars(there)))])


def compute(connection: sa.Connection, place: Place) -> Tally:
    """Add up the households of one RT and period from their records."""
    return tally(_households_of(connection, place))


def compute_profile(connection: sa.Connection, place: Place) -> Profile:
    """Count the households of one RT and period from their records."""
    return profile(_households_of(connection, place))


def _households_of(connection: sa.Connection, place: Place) -> list[Record]:
    region, rt, period = place
    found = views.found(connection, Household, views.Where(area=region, rt=rt, period=period))
    return [household for household in found if household.answers["region"] == region]


def _kept(counted: Profile) -> dict[str, str]:
    return {"version": VERSION, "counts": counted.to_text()}


def _keys(place: Place) -> dict[str, str]:
    return dict(zip(("region", "rt", "period"), place, strict=True))


def known(connection: sa.Connection, *, area: str | None = None, period: str | None = None) -> dict[Place, Tally]:
    """Return the summaries of an area (a region of any level) and period as they are kept."""
    names = [field.name for field in fields(Tally)]
    return {
        _place(row): Tally(**{name: row[name] for name in names}) for row in _rows(connection, summaries, area, period)
    }


def known_profiles(
    connection: sa.Connection, *, area: str | None = None, period: str | None = None
) -> dict[Place, Profile]:
    """Return the profiles of an area and period as they are kept; those that another release counted are none."""
    found = _rows(connection, profiles, area, period)
    return {_place(row): from_text(row["counts"]) for row in found if row["version"] == VERSION}


def _place(row: sa.RowMapping) -> Place:
    return row["region"], row["rt"], row["period"]


def _rows(
    connection: sa.Connection, table: sa.Table, area: str | None, period: str | None
) -> Iterable[sa.RowMapping]:
    chosen = sa.select(table)
    if area is not None:
        chosen = chosen.where(inside(table, area))
    if period is not None:
        chosen = chosen.where(table.c.period == period)
    return connection.execute(chosen).mappings()
