"""Who somebody is, hidden on paper: a sheet lies on a table where neighbours read it.

A name becomes its initials, an identity number its ends; of a table any other column that tells it is left out.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from p2kp_desktop.actions.recording.record_names import masked
from p2kp_desktop.language import say
from p2kp_desktop.schema.table import Column, Kind, Table, Value
from p2kp_desktop.schema.table_words import words

_WORD = re.compile(r"[^\W\d_][\w'’.-]*")


def initials(name: object) -> str:
    """Return a name as initials: S••• N•••; figures stay, so that «RT 014» does not become another one."""
    return _WORD.sub(lambda found: f"{found[0][0]}•••", str(name))


def veiled_table(table: Table[Any]) -> Table[Any]:
    """Return a table as paper has it without names, which says so."""
    if not any(column.is_private or column.private_in for column in table.printed):
        return table
    by_pen = any(column.kind is Kind.BOX for column in table.columns)  # what is left out then is room to write in
    columns = tuple(_veiled(column) for column in table.columns
                    if by_pen or not column.is_private or column.kind in _VEILS)
    return replace(table, columns=columns, notes=(*table.notes, say(
        "Nama ditulis dengan huruf awalnya; keterangan lain yang menunjuk orang tidak dicetak.")))


def _nothing(_words: object) -> str:
    return ""


_VEILS: dict[Kind, Callable[[object], str]] = {Kind.NAME: initials, Kind.IDENTITY: masked}


def _veiled(column: Column[Any]) -> Column[Any]:
    of_some = column.private_in
    if not column.is_private and of_some is None:
        return column
    veil = _VEILS.get(column.kind, _nothing) if column.is_private else lambda _words: say("(disamarkan)")

    def told(line: Any) -> str:
        said = words(column, line)
        return veil(said) if said and (of_some is None or of_some(line)) else said

    def value(line: Any) -> Value:
        return told(line)

    return replace(column, of=value, shown=told, remark=None, bar=None)
