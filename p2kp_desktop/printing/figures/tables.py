"""A table of reports/ on paper: headings on every page, numbers on their decimal side, the source in the foot."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.printing.pages import letters
from p2kp_desktop.printing.pages.document import Asked, Document
from p2kp_desktop.printing.pages.paper import A4, Sheet
from p2kp_desktop.printing.pages.veils import veiled_table
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema import written
from p2kp_desktop.schema.table import Column, Kind, Part, Table
from p2kp_desktop.schema.table_words import head, sum_row, value_words, words
from p2kp_desktop.store import Workspace

from . import blocks, official
from .blocks import Block
from .columns import INSET, LARGE, MARGIN, SMALL, Laid, laid, numbered

_TAGGED = 6000  # cells that are tagged for those who hear them: tags make a file 25 times as large
_FEW = 12  # lines that do not turn a page among upright ones
_SIDE_BY_SIDE = 4  # lines that stand in columns of their own, where their columns have no room on a sheet
_MANY = 9  # columns among text that so few lines stand beside
_HELD, _MOST_HELD = 2, 90.0  # last rows that stay together, and how many millimetres they may be high then
_NAMES = (Kind.NAME, Kind.RT, Kind.IDENTITY, Kind.TEXT)
_TICK = "☐"


def report(workspace: Workspace | None, asked: Asked) -> Document:
    """Return a report as a document, by the name that is asked for; raise Trouble for a name that there is not."""
    if workspace is None:
        raise Trouble(say("Laporan dibuat dari sebuah ruang kerja."),
                      remedy=say("Sebutkan ruang kerjanya dengan --workspace."), code="N03")
    return of_table(catalogue.make(workspace, asked.form, asked.scope), asked.sheet, names=asked.names)


def of_table(table: Table[Any], sheet: Sheet = A4, *, names: bool = False) -> Document:
    """Return a table as a document: as it leaves the window, an official sheet as its office prescribes it.

    Who somebody is stands on it only where `names` are asked for.
    """
    filed = table.as_filed()
    filed = replace(filed if names else veiled_table(filed), lines=tuple(filed.lines))  # some fetch them as asked
    if filed.sheets is not None and filed.lines:
        pages, landscape = official.of_sheets(filed.sheets(filed.lines)), False
    else:
        pages, landscape = _pages(filed, sheet)
    cells = sum(len(each["rows"]) * len(each["widths"]) for each in pages if each["kind"] == blocks.TABLE)
    return Document(
        filed.title, "pages", {"blocks": pages}, source=filed.source, landscape=landscape, letterhead=True,
        kept=cells <= _TAGGED,
    )


def _pages(table: Table[Any], sheet: Sheet) -> tuple[list[Block], bool]:
    """Return the blocks of a table on pages of its own, and whether they are turned."""
    told = [say("Disaring: {filters}.", filters="; ".join(table.narrowed))] if table.narrowed else []
    if not table.lines:
        return [blocks.title(table.title), *map(blocks.note, told), blocks.paragraph(_why_empty(table)),
                *map(blocks.note, table.notes)], False
    columns, rows, same = shown(table)
    found = laid(columns, rows, sheet, _sums(table, columns))
    crowded = len(found.parts) > 1 or (found.size == SMALL and not table.sums)
    if crowded and len(table.lines) <= _SIDE_BY_SIDE:
        return [blocks.title(table.title), *map(blocks.note, (*same, *told)),
                *blocks.noted([_side_by_side(columns, rows, sheet)], table.notes)], False
    if len(found.parts) > 1:  # then what is alike costs a part
        columns, rows, same = shown(table, alike_above=True)
        found = laid(columns, rows, sheet, _sums(table, columns))
    head_of = [blocks.title(table.title), *map(blocks.note, (*same, *told))]
    sums = _sums(table, columns)
    if table.part is None:
        body = blocks.noted(_tables(columns, rows, found, sums, _heading_lines(columns, table.lines)), table.notes)
        return [*head_of, *body], found.landscape
    return [*head_of, *_by_part(table, columns, rows, found, sums)], found.landscape


def _side_by_side(columns: Sequence[Column[Any]], rows: Sequence[Sequence[str]], sheet: Sheet) -> Block:
    """Return a few lines of many columns as columns themselves, what is asked before them."""
    named = next((place for place, column in enumerate(columns) if column.kind in _NAMES), 0)
    room = sheet.width - 2 * MARGIN
    first = room / 3 if len(rows) < _SIDE_BY_SIDE else room / 4
    widths = [first, *[(room - first) / len(rows)] * len(rows)]

    def fitted(cells: Sequence[str], *, bold: bool = False) -> list[str]:
        return [letters.hyphenated(letters.breakable(cell), wide - 2 * INSET, LARGE, bold=bold)
                for cell, wide in zip(cells, widths, strict=True)]

    asked = [fitted([head(column), *(row[place] for row in rows)])
             for place, column in enumerate(columns) if place != named]
    heads = fitted([head(columns[named]), *(row[named] for row in rows)], bold=True)
    return blocks.table(LARGE, widths, ["left"] * len(widths), heads, asked, held=held(asked, widths, LARGE))


def _by_part(
    table: Table[Any], columns: Sequence[Column[Any]], rows: Sequence[Sequence[str]], found: Laid,
    sums: Sequence[Sequence[str]],
) -> Iterator[Block]:
    """Yield the parts of a table, each on a page of its own: it is handed out by itself."""
    assert table.part is not None
    of: list[tuple[Part, int]] = [(table.part(line), place) for place, line in enumerate(table.lines)]
    for number, (part, some) in enumerate(groupby(of, key=lambda each: each[0])):
        places = [place for _part, place in some]
        if number:
            yield blocks.new_page()
        name, *told = part.told or (part.name,)
        if name:
            yield blocks.heading(name)
        yield from map(blocks.note, told)
        yield from _tables(columns, [rows[place] for place in places], found, (),
                           _heading_lines(columns, [table.lines[place] for place in places]))
    if sums:
        yield blocks.listed([f"{head(column)}: {said}" for column, said in zip(columns, sums[0], strict=True)
                             if said and column.key in table.sums])
    yield from map(blocks.note, table.notes)


def chapter(table: Table[Any], sheet: Sheet, *, keys: Sequence[str] = (), level: int = 2) -> Iterator[Block]:
    """Yield a table under its title among others: one that an upright page has no room for on turned ones."""
    heading = blocks.heading(table.title, level)
    some = _of_keys(veiled_table(table), keys)
    columns, rows, same = shown(some, everything=bool(keys))
    upright = _narrow(sheet.width - 2 * MARGIN)
    if len(rows) > _SIDE_BY_SIDE or keys:
        found = laid(columns, rows, sheet, _sums(some, columns))
        crowded = len(laid(columns, rows, upright, _sums(some, columns)).parts) > 1
        if found.landscape and (crowded or len(rows) > _FEW):
            yield blocks.sheet([heading, *_set(some, columns, rows, same, found)], landscape=True)
            return
    yield heading
    yield from in_text(table, sheet.width - 2 * MARGIN, keys=keys)


def in_text(table: Table[Any], room: float, *, keys: Sequence[str] = ()) -> Iterator[Block]:
    """Yield the blocks of a table that stands among others, in a room so wide, in millimetres.

    Only the columns of these keys, in their order, where some are named.
    """
    if not table.lines:
        yield blocks.paragraph(_why_empty(table))
        return
    some = _of_keys(veiled_table(table), keys)
    columns, rows, same = shown(some, everything=bool(keys))
    narrow = _narrow(room)
    if len(rows) <= _SIDE_BY_SIDE and len(columns) > _MANY and not keys:
        yield from map(blocks.note, same)
        yield from blocks.noted([_side_by_side(columns, rows, narrow)], some.notes)
        return
    found = laid(columns, rows, narrow, _sums(some, columns))
    yield from _set(some, columns, rows, same, found)


def _narrow(room: float) -> Sheet:
    """Return a sheet that is no wider turned than upright."""
    width = int(room + 2 * MARGIN)
    return Sheet("", "", width, width)


def _why_empty(table: Table[Any]) -> str:
    """Return why a table is empty, without what keys of the window would do about it."""
    first, stop, _rest = table.empty.partition(". ")
    return f"{first}." if stop else first or say("Belum ada isinya.")


def _of_keys(table: Table[Any], keys: Sequence[str]) -> Table[Any]:
    known = {column.key: column for column in table.columns}
    return replace(table, columns=tuple(known[key] for key in keys if key in known)) if keys else table


def _set(
    table: Table[Any], columns: Sequence[Column[Any]], rows: Sequence[Sequence[str]], same: Sequence[str], found: Laid
) -> Iterator[Block]:
    sums = _sums(table, columns)
    yield from map(blocks.note, same)
    bold = _heading_lines(columns, table.lines)
    yield from blocks.noted(_tables(columns, rows, found, sums, bold, apart=False), table.notes)


def shown(
    table: Table[Any], *, everything: bool = False, alike_above: bool = False
) -> tuple[list[Column[Any]], list[list[str]], list[str]]:
    """Return the columns of a table that say something, its cells in words, and what all lines say alike.

    A column that says the same of every line is told once above, where it is one that varies; an empty one is left
    out, and so are figures that only files have room for. With `everything` all stand in columns, with `alike_above`
    none that says the same everywhere.
    """
    columns, cells, same = [], [], []
    by_pen = any(column.kind is Kind.BOX for column in table.printed)  # what is empty is to be filled in
    for column in table.printed:
        if column.is_aside and not everything:
            continue
        said = [_TICK if column.kind is Kind.BOX else words(column, line) for line in table.lines]
        alike = len(set(said)) == 1
        if not everything and not by_pen and alike and not said[0] and not table.sums.get(column.key):
            continue
        if not everything and alike and said[0] and _told_above(column, len(said), alike_above=alike_above):
            same.append(f"{head(column)}: {said[0]}")
            continue
        columns.append(column)
        cells.append(said)
    if not columns:  # all that it has is alike
        return shown(table, everything=True)
    return columns, [list(row) for row in zip(*cells, strict=True)], [" · ".join(same)] if same else []


def _told_above(column: Column[Any], lines: int, *, alike_above: bool) -> bool:
    """Say whether what all lines have alike is told once above."""
    some = lines > 1 and (column.varies or (alike_above and column.kind is not Kind.NAME))
    return some or (column.varies and column.kind in (Kind.REGION, Kind.RT))


def _sums(table: Table[Any], columns: Sequence[Column[Any]]) -> list[list[str]]:
    """Return the row of sums in words, where there are any."""
    return [[value_words(column.kind, value) for column, value in sum_row(table, columns)]] if table.sums else []


def _heading_lines(columns: Sequence[Column[Any]], lines: Sequence[Any]) -> list[int]:
    """Return which rows head those after them."""
    heads = next((column.heads for column in columns if column.heads is not None), None)
    return [place for place, line in enumerate(lines) if heads(line)] if heads is not None else []


def _tables(
    columns: Sequence[Column[Any]], rows: Sequence[Sequence[str]], found: Laid, sums: Sequence[Sequence[str]],
    bold: Sequence[int], *, apart: bool = True,
) -> Iterator[Block]:
    """Yield a table, or its parts one after the other where the sheet has no room for all columns."""
    several = len(found.parts) > 1
    for number, part in enumerate(found.parts, start=1):
        if several and number > 1 and apart:
            yield blocks.new_page()
        table = _table(columns, rows, found, part, sums, bold, several=several)
        part_of = say("Bagian {number} dari {all}", number=number, all=len(found.parts)) if several else ""
        yield {**table, "part": part_of}


def _table(
    columns: Sequence[Column[Any]], rows: Sequence[Sequence[str]], found: Laid, part: Sequence[tuple[int, float]],
    sums: Sequence[Sequence[str]], bold: Sequence[int], *, several: bool,
) -> Block:
    places = [place for place, _wide in part]
    heads = [_headed(columns[place], wide, found.size, turned=place in found.turned) for place, wide in part]
    cells = [[letters.breakable(row[place]) for place in places] for row in rows]
    ends = [[row[place] for place in places] for row in sums]
    widths, align = [wide for _place, wide in part], [_side(columns[place]) for place in places]
    turned = [place in found.turned for place in places]
    if several:
        cells = [[written.number(number), *row] for number, row in enumerate(cells, start=1)]
        ends = [["", *row] for row in ends]
        widths, align = [numbered(max(len(rows), 99), found.size), *widths], ["right", *align]
        heads, turned = [say("No"), *heads], [False, *turned]
    by_pen = any(column.kind is Kind.BOX for column in columns)
    return blocks.table(found.size, widths, align, heads, cells, ends, turned=turned, bold=bold, by_pen=by_pen,
                        held=held(cells, widths, found.size))


def held(rows: Sequence[Sequence[str]], widths: Sequence[float], size: float) -> int:
    """Return how many of the last rows stay together: what is held is cut where no page has room for it."""
    high = 0.0
    for number, row in enumerate(reversed(rows[-_HELD:])):
        high += max(_lines(text, wide - 2 * INSET, size) for text, wide in zip(row, widths, strict=True)) * size / 2
        if high > _MOST_HELD:
            return number
    return _HELD


def _lines(text: str, room: float, size: float) -> int:
    """Return how many lines a text takes at most in a column so wide."""
    return sum(1 + int(1.3 * letters.width(line, size) / max(1.0, room)) for line in text.split("\n"))


def _headed(column: Column[Any], wide: float, size: float, *, turned: bool) -> str:
    title = head(column)
    return title if turned else letters.hyphenated(title, wide - 2 * INSET, size, bold=True)


def _side(column: Column[Any]) -> str:
    if column.kind is Kind.BOX:
        return "center"
    return "right" if column.kind.is_number else "left"


