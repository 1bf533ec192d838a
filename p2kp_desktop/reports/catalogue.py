"""The reports there are, by name; making one, describing all, and saving what is shown as a file."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from p2kp_desktop.exchange import table_files
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.places import normal_rt, region
from p2kp_desktop.schema.table import Scope, Table
from p2kp_desktop.store import Workspace

from . import agreements, areas, bowl, collaboration, funding, meetings, records, sources
from .registry import KEPT, Report

ROOMS = (areas, bowl, agreements, meetings, funding, collaboration)  # modules with reports, in the order of the list


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


def make(workspace: Workspace, name: str, asked: Scope) -> Table[Any]:
    """Return a report of what is asked, with its source; raise Trouble for a name that there is not, Unreadable.

    An area that is not named is the whole workspace, a period that is not named the current one, or every one where
    the report is of `every_period`.
    """
    found = reports().get(name)
    if found is None:
        raise Trouble(say("Laporan «{name}» tidak dikenal.", name=name),
                      remedy=say("`p2kp report --list` menyebut semuanya."), code="P02")
    whole = understood(workspace, asked)
    made = found.make(workspace, replace(whole, period=asked.period) if found.put(()).every_period else whole)
    return _sourced(workspace, replace(made, scope=whole, every_period=made.every_period and not asked.period))


def _sourced(workspace: Workspace, table: Table[Any]) -> Table[Any]:
    """Return a table with its source as of now; one of every period names none."""
    source = sources.source(workspace, table.scope)
    return replace(table, source=replace(source, period="") if table.every_period else source)


def understood(workspace: Workspace, asked: Scope) -> Scope:
    """Return what is asked with nothing left open; raise Unreadable for a region or RT that is none."""
    about = sources.about(workspace)
    area = region(asked.area).code if asked.area else sources.whole(about)
    return Scope(area, normal_rt(asked.rt) if asked.rt else None, asked.period or about.period)


def save(workspace: Workspace, table: Table[Any], path: Path) -> int:
    """Write a table as shown to a file, with its source as of now; return how many lines it has. Raises Trouble."""
    whole = understood(workspace, table.scope)
    table_files.write(path, _sourced(workspace, replace(table, scope=whole)))
    return len(table.lines)


def described() -> list[dict[str, object]]:
    """Return the reports as scripts read them: name, title, columns with key, title, kind and unit."""
    return [_described(each.put(())) for each in reports().values()]


def _described(table: Table[Any]) -> dict[str, object]:
    columns = [
        {"key": each.key, "title": each.title, "kind": each.kind.value, "unit": each.unit or None}
        for each in table.written
    ]
    return {"name": table.name, "title": table.title, "columns": columns}
