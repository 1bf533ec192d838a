"""What the window's edge shows of a workspace: the last save, what no other place has, RTs and periods."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.period import Period
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey

from . import views
from .areas import inside
from .tables import RECORDS, history, knowledge, summaries

_households, _rts = RECORDS[Household.key], RECORDS[Rt.key]


@dataclass(frozen=True)
class LastSave:
    """Who saved last on this machine, and when (ISO 8601 with zone)."""

    person: str
    time: str


@dataclass(frozen=True)
class Since:
    """The saves of a node in a kelurahan ("" for records without one) that came after its count `tick`."""

    node: str
    place: str
    tick: int


def last_save(connection: sa.Connection, nodes: Iterable[str]) -> LastSave | None:
    """Return the last save under these nodes, or None before the first."""
    newest = [_newest(connection, node) for node in nodes]
    return max((save for save in newest if save), key=lambda save: save.time, default=None)


def _newest(connection: sa.Connection, node: str) -> LastSave | None:
    chosen = sa.select(history.c.person, history.c.time).where(history.c.node == node)
    row = connection.execute(chosen.order_by(history.c.tick.desc()).limit(1)).first()
    return LastSave(row.person, row.time) if row else None


def chain_places(connection: sa.Connection, nodes: Iterable[str]) -> list[tuple[str, str]]:
    """Return the nodes of these that saved anything, with each kelurahan where they did."""
    heads = sa.select(history.c.node, history.c.place).distinct().where(history.c.node.in_(list(nodes)))
    return [(row.node, row.place) for row in connection.execute(heads)]


def acknowledged(connection: sa.Connection, holders: Collection[str]) -> dict[tuple[str, str], int]:
    """Return the count up to which one of these workspaces is known to have a node's saves, by node and kelurahan."""
    here = knowledge.c
    chosen = sa.select(here.node, here.place, sa.func.max(here.tick)).where(here.holder.in_(list(holders)))
    return {(row[0], row[1]): int(row[2]) for row in connection.execute(chosen.group_by(here.node, here.place))}


def touched(connection: sa.Connection, ranges: Iterable[Since]) -> tuple[int, int]:
    """Return how many households, and how many records of any form, were saved in these ranges."""
    here = history.c
    within = [sa.and_(here.node == one.node, here.place == one.place, here.tick > one.tick) for one in ranges]
    if not within:
        return 0, 0
    chosen = sa.select(here.form, sa.func.count(here.record.distinct())).where(sa.or_(*within)).group_by(here.form)
    counts = {row[0]: int(row[1]) for row in connection.execute(chosen)}
    return counts.get(Household.key, 0), sum(counts.values())


def living(connection: sa.Connection) -> dict[str, int]:
    """Return how many records of each form there are, deleted ones not counted; none are left out."""
    counts = {
        form: connection.scalar(sa.select(sa.func.count()).select_from(table).where(table.c.alive == 1)) or 0
        for form, table in RECORDS.items()
    }
    return {form: number for form, number in counts.items() if number}


def only_in_history(connection: sa.Connection) -> int:
    """Return how many records were saved but are not there: damaged beyond reading."""
    total = 0
    for form, table in RECORDS.items():
        gone = ~sa.select(table.c.id).where(table.c.id == history.c.record).exists()
        chosen = sa.select(sa.func.count(history.c.record.distinct())).where(history.c.form == form, gone)
        total += connection.scalar(chosen) or 0
    return total


def rts(connection: sa.Connection, village: str) -> list[str]:
    """Return the labels of the RTs of a kelurahan: those recorded, and those that households name."""
    found: set[str] = set()
    for table in (_rts, _households):
        here = table.c
        chosen = sa.select(here.rt).distinct().where(here.region == village, here.alive == 1, here.rt.is_not(None))
        found |= set(connection.scalars(chosen))
    return sorted(found)


def periods(connection: sa.Connection, village: str | None) -> set[str]:
    """Return the periods of which a kelurahan, or with None any of those added up, has households."""
    if village is None:
        return set(connection.scalars(sa.select(summaries.c.period).distinct()))
    here = _households.c
    chosen = sa.select(here.period).distinct().where(here.region == village, here.period.is_not(None))
    return set(connection.scalars(chosen))


def assessed_periods(connection: sa.Connection, area: str) -> set[str]:
    """Return the periods of which an area (a region of any level) has something that an RT can be assessed by.

    Households are known from their summaries, which must be up to date.
    """
    found = set(connection.scalars(sa.select(summaries.c.period).distinct().where(inside(summaries, area))))
    for form in (RtSurvey, RtRecap):
        table = RECORDS[form.key]
        chosen = sa.select(table.c.period).distinct().where(table.c.alive == 1, inside(table, area))
        found |= {period for period in connection.scalars(chosen) if period}
    return found


def defined_periods(connection: sa.Connection) -> set[str]:
    """Return the periods that somebody recorded."""
    return {views.period_key(record) for record in views.found(connection, Period)}


def named_rts(connection: sa.Connection) -> list[tuple[str, str]]:
    """Return the kelurahan and label of every RT that was recorded or added up."""
    here = _rts.c
    recorded = sa.select(here.region, here.rt).where(here.alive == 1, here.region.is_not(None), here.rt.is_not(None))
    added_up = sa.select(summaries.c.region, summaries.c.rt)
    return sorted({(row[0], row[1]) for chosen in (recorded, added_up) for row in connection.execute(chosen)})
