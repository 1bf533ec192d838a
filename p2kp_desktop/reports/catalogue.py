"""The reports there are, by name; making one, and describing all."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from p2kp_desktop.actions.collaboration import programme as programme_list
from p2kp_desktop.actions.collaboration.programme import Taking
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.table import Scope, Table
from p2kp_desktop.store import Workspace

from . import (
    activity_totals,
    agreements,
    area_map,
    areas,
    boundaries,
    bowl,
    collaboration,
    decrees,
    editions,
    events,
    funding,
    households,
    meetings,
    over_time,
    programme,
    quality,
    recap_sheets,
    records,
    residents,
    review,
    saving,
    scores,
    sk_annex,
    slum,
    slum_indicators,
    targets,
    transfer,
    upkeep,
    waits,
    wider_areas,
    works,
)
from .registry import KEPT, Report

REGION = "region"  # the key of the column that says where a line is of

ROOMS = (  # the modules with reports, in the order of the list
    areas, wider_areas, area_map, scores, slum_indicators, editions, over_time, recap_sheets, sk_annex, decrees, works,
    households, residents, review, bowl,
    agreements, meetings, funding, collaboration, activity_totals, targets, programme, quality, transfer, upkeep,
    events, boundaries, slum, waits,
)


@cache
def reports() -> Mapping[str, Report]:
    """Return every report by its name, then one for each other form; raise ValueError where two are called alike."""
    found: dict[str, Report] = {}
    rooms = [room.__name__ for room in ROOMS]
    for each in sorted(KEPT, key=lambda one: rooms.index(one.put.__module__)):
        if each.name in found:
            raise ValueError(f"two reports are called {each.name}")
        found[each.name] = each
    return found | {each.name: each for each in records.of_forms(tuple(found))}


def make(workspace: Workspace, name: str, asked: Scope, *, participants: bool = False) -> Table[Any]:
    """Return a report of what is asked, with its source; raise Trouble for a name that there is not, Unreadable.

    An area that is not named is the whole workspace, a period that is not named the current one, or every one where
    the report is of `every_period`. With `participants` it has only lines of regions that take part in the programme.
    """
    found = reports().get(name)
    if found is None:
        raise Trouble(say("Laporan «{name}» tidak dikenal.", name=name),
                      remedy=say("`p2kp report --list` menyebut semuanya."), code="Q02")
    whole = saving.understood(workspace, asked)
    made = found.make(workspace, replace(whole, period=asked.period) if found.put(()).every_period else whole)
    if participants:
        made = _of_participants(made, programme_list.taking_part(workspace, whole.period))
    every = made.every_period and not asked.period
    return saving.sourced(workspace, replace(made.as_filed(), scope=whole, every_period=every))


def tells_regions(table: Table[Any]) -> bool:
    """Say whether each line of a report names its region, so that it can be narrowed to participants."""
    return any(column.key == REGION for column in table.columns)


def _of_participants(table: Table[Any], taking: Taking) -> Table[Any]:
    """Return a report with the lines of those who take part, summed up anew, and who that is beside it."""
    if not tells_regions(table):
        raise Trouble(say("Laporan «{title}» tidak menyebut wilayah di tiap barisnya.", title=table.title),
                      remedy=say("Mintalah tanpa menyaring peserta program."), code="Q10")
    region = table.column(REGION).of
    narrowed = table.holding([line for line in table.lines if taking.holds(str(region(line) or ""))])
    return replace(narrowed, narrowed=(*table.narrowed, taking.words))


def described() -> list[dict[str, object]]:
    """Return the reports as scripts read them: name, title, columns with key, title, kind and unit."""
    return [_described(each.put(())) for each in reports().values()]


def _described(table: Table[Any]) -> dict[str, object]:
    columns = [
        {"key": each.key, "title": each.title, "kind": each.kind.value, "unit": each.kind.unit or each.unit or None}
        for each in table.written
    ]
    return {"name": table.name, "title": table.title, "columns": columns}
