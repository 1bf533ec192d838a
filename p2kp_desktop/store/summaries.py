"""Summary rows per RT and period: what reports add up instead of reading a million households.

A change takes the summary of the RT it touches away in the same transaction; whoever asks next, or the
end of the work that changed it, makes it anew. A missing row means «not yet added up», never zero.
"""

from collections.abc import Iterable
from dataclasses import asdict, fields

import sqlalchemy as sa

from p2kp_desktop.forms.household import Household
from p2kp_desktop.rules.census import Tally, tally

from . import views
from .tables import RECORDS, summaries

Place = tuple[str, str, str]  # region (kelurahan), RT label, period

_households = RECORDS[Household.key]


def forget(connection: sa.Connection, places: Iterable[Place]) -> None:
    """Take away the summaries of RTs whose households changed."""
    for region, rt, period in set(places):
        connection.execute(
            summaries.delete().where(
                summaries.c.region == region, summaries.c.rt == rt, summaries.c.period == period
            )
        )


def refresh(connection: sa.Connection) -> int:
    """Add up every RT that lacks its summary; return how many."""
    here = _households.c
    known = sa.select(summaries.c.region).where(
        summaries.c.region == here.region, summaries.c.rt == here.rt, summaries.c.period == here.period
    )
    lacking = (
        sa.select(here.region, here.rt, here.period).distinct()
        .where(here.alive == 1, here.region.is_not(None), here.rt.is_not(None), here.period.is_not(None))
        .where(~known.exists())
    )
    places = [tuple(row) for row in connection.execute(lacking)]
    rows = [_keys(place) | asdict(compute(connection, place)) for place in places]
    if rows:
        connection.execute(summaries.insert(), rows)
    return len(rows)


def complete(connection: sa.Connection, region: str, rt: str) -> None:
    """Add up one RT in those periods that lack its summary: without looking at any other, as `refresh` does."""
    here = _households.c
    of_rt = (here.region == region, here.rt == rt, here.alive == 1, here.period.is_not(None))
    used = set(connection.scalars(sa.select(here.period).distinct().where(*of_rt)))
    there = sa.select(summaries.c.period).where(summaries.c.region == region, summaries.c.rt == rt)
    places = [(region, rt, period) for period in sorted(used - set(connection.scalars(there)))]
    rows = [_keys(place) | asdict(compute(connection, place)) for place in places]
    if rows:
        connection.execute(summaries.insert(), rows)


def compute(connection: sa.Connection, place: Place) -> Tally:
    """Add up the households of one RT and period from their records."""
    region, rt, period = place
    households = views.found(connection, Household, views.Where(area=region, rt=rt, period=period))
    return tally(household for household in households if household.answers["region"] == region)


def _keys(place: Place) -> dict[str, str]:
    return dict(zip(("region", "rt", "period"), place, strict=True))


def known(connection: sa.Connection, *, area: str | None = None, period: str | None = None) -> dict[Place, Tally]:
    """Return the summaries of an area (a region of any level) and period as they are kept."""
    chosen = sa.select(summaries)
    if area is not None:
        inside = summaries.c.region.startswith(f"{area}.", autoescape=True)
        chosen = chosen.where((summaries.c.region == area) | inside)
    if period is not None:
        chosen = chosen.where(summaries.c.period == period)
    names = [field.name for field in fields(Tally)]
    return {
        (row["region"], row["rt"], row["period"]): Tally(**{name: row[name] for name in names})
        for row in connection.execute(chosen).mappings()
    }
