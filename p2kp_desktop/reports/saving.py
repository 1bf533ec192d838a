"""Saving a table as a file with where its figures come from; without the reports, so that a list opens at once."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from p2kp_desktop.exchange import table_files
from p2kp_desktop.schema.area_map import Spot
from p2kp_desktop.schema.places import normal_rt, region
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.schema.table import Scope, Source, Table
from p2kp_desktop.store import Workspace, boundaries

from . import sources


def understood(workspace: Workspace, asked: Scope) -> Scope:
    """Return the scope that is asked, area and period filled in; raise Unreadable for a region or RT that is none."""
    about = sources.about(workspace)
    area = region(asked.area).code if asked.area else sources.whole(about)
    return Scope(area, normal_rt(asked.rt) if asked.rt else None, asked.period or about.period)


def save(workspace: Workspace, table: Table[Any], path: Path) -> int:
    """Write a table as shown to a file, with its source as of now; return how many lines it has. Raises Trouble."""
    whole = understood(workspace, table.scope)
    table_files.write(path, for_file(workspace, sourced(workspace, replace(table, scope=whole)), path))
    return len(table.lines)


def for_file(workspace: Workspace, table: Table[Any], path: Path) -> Table[Any]:
    """Return a table with the boundaries of its lines where the file is one for maps."""
    workspace.must(Deed.EXPORT)
    if path.suffix.lower() != table_files.MAP or table.spot is None:
        return table
    with workspace.asking() as connection:
        kept = boundaries.outlines(connection, (Spot(*table.spot(line)) for line in table.lines))
    return replace(table, outlines={(spot.region, spot.rt): each for spot, each in kept.items()})


def source_of(workspace: Workspace, asked: Scope) -> Source:
    """Return where the figures of a scope come from, as of now."""
    return sources.source(workspace, understood(workspace, asked))


def sourced(workspace: Workspace, table: Table[Any]) -> Table[Any]:
    """Return a table with its source as of now; one of every period names none."""
    source = sources.source(workspace, table.scope)
    return replace(table, source=replace(source, period="") if table.every_period else source)
