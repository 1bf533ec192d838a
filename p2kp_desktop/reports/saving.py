"""Saving a table as a file with where its figures come from; without the reports, so that a list opens at once."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

from p2kp_desktop.actions.common import events
from p2kp_desktop.exchange import table_block, table_files
from p2kp_desktop.exchange.table_block import Block
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.area_map import Spot
from p2kp_desktop.schema.places import normal_rt, region
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.schema.table import Column, Scope, Source, Table
from p2kp_desktop.schema.table_words import words
from p2kp_desktop.store import Workspace, boundaries

from . import sources


def understood(workspace: Workspace, asked: Scope) -> Scope:
    """Return the scope that is asked, area and period filled in; raise Unreadable for a region or RT that is none."""
    about = sources.about(workspace)
    area = region(asked.area).code if asked.area else sources.whole(about)
    return Scope(area, normal_rt(asked.rt) if asked.rt else None, asked.period or about.period)


def save(workspace: Workspace, table: Table[Any], path: Path) -> int:
    """Write a table as shown to a file, with its source as of now; return how many lines it has. Raises Trouble."""
    whole = replace(table, scope=understood(workspace, table.scope))
    write(workspace, sourced(workspace, whole), path)
    return len(table.lines)


def write(workspace: Workspace, table: Table[Any], path: Path) -> None:
    """Write a table that knows its source to a file, and note that it left the workspace. Raises Trouble."""
    table_files.must_be_known(path)
    whole = for_file(workspace, table, path)
    with leaving(workspace, events.EXPORTED, table, path.suffix.lower()):
        table_files.write(path, whole)


def copied(workspace: Workspace, table: Table[Any]) -> Block:
    """Return the lines of a table for the clipboard; of a list with names it is noted that it left. Raises Trouble."""
    workspace.must(Deed.EXPORT)
    if not tells_names(table):
        return table_block.block(table)
    with leaving(workspace, events.COPIED, table):
        return table_block.block(table)


def leaving(workspace: Workspace, act: str, table: Table[Any], kind: str = "") -> AbstractContextManager[None]:
    """Note that a table leaves the workspace in this block: which, of where, how many lines, whether with names."""
    scope = table.scope
    return events.leaving(
        workspace, act, names=tells_names(table), list=table.name, region=scope.area, rt=scope.rt or "",
        period=scope.period, lines=len(table.lines), kind=kind,
    )


def holding(table: Table[Any], conditions: Sequence[str]) -> Table[Any]:
    """Return a table with the lines that meet conditions like act=export: a column and its value or words.

    Raises Trouble for a column that there is not.
    """
    for condition in conditions:
        key, _, wanted = condition.partition("=")
        column = next((each for each in table.columns if each.key == key), None)
        if column is None or not wanted:
            raise Trouble(say("«{condition}» tidak menyebut kolom laporan ini.", condition=condition),
                          remedy=say("Tulis kolom=nilai; `p2kp report --list --json` menyebut kolomnya."), code="Q20")
        lines = [line for line in table.lines if _meets(column, line, wanted.casefold())]
        table = replace(table.holding(lines), narrowed=(*table.narrowed, f"{column.title}: {wanted}"))
    return table


def _meets(column: Column[Any], line: object, wanted: str) -> bool:
    return wanted in (str(table_files.plain(column.of(line))).casefold(), words(column, line).casefold())


def tells_names(table: Table[Any]) -> bool:
    """Say whether a table tells who somebody is, or may."""
    return bool(table.lines) and any(column.is_private or column.private_in for column in table.written)


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
