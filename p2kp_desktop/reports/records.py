"""The records of any form as a table: one report for each form, and the table that Semua data shows and copies.

Identity numbers have their middle hidden unless they are asked for in full, which is logged.
"""

import logging
from collections.abc import Iterator, Sequence
from typing import overload

from p2kp_desktop.actions.tables import form_table
from p2kp_desktop.actions.tables.form_table import STANDING, Filter, Handle, Handles, Line, Order
from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import say
from p2kp_desktop.schema import Derived, Form
from p2kp_desktop.schema.table import Column, Kind, Scope, Table, Value, standing
from p2kp_desktop.schema.values import read_decimal
from p2kp_desktop.store import Workspace

from .registry import Finds, Puts, Report

log = logging.getLogger(__name__)

_AT_ONCE = 500
_KINDS = {"standing": Kind.STATUS, "name": Kind.NAME, "identity": Kind.IDENTITY, "date": Kind.DATE, "text": Kind.TEXT}


class Lines(Sequence[Line]):
    """The lines of records, fetched some hundreds at a time; those gone meanwhile are left out when walked through."""

    def __init__(self, workspace: Workspace, form: type[Form], some: Handles, keys: Sequence[str]) -> None:
        self._workspace, self._form, self._some, self._keys = workspace, form, some, tuple(keys)

    def __len__(self) -> int:
        return len(self._some)

    def __iter__(self) -> Iterator[Line]:
        for start in range(0, len(self._some), _AT_ONCE):
            yield from self._fetched(self._some[start : start + _AT_ONCE])

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        if isinstance(at, slice):
            return list(self._fetched(self._some[at]))
        return next(self._fetched([self._some[at]]))

    def _fetched(self, some: Handles) -> Iterator[Line]:
        part: list[Handle] = list(some)
        found = form_table.page(self._workspace, self._form, part, self._keys)
        return (found[handle] for handle in part if handle in found)


def records(
    form: type[Form], lines: Sequence[Line] = (), keys: Sequence[str] = (), *, full: bool = False
) -> Table[Line]:
    """Return records of a form in these columns, in all of them without `keys`."""
    by_key = {column.key: column for column in form_table.columns(form)}
    shown = [by_key[key] for key in keys if key in by_key] if keys else list(by_key.values())
    if full and any(column.kind == "identity" for column in shown):
        log.info("identity numbers of %d %s records put out in full", len(lines), form.key)
    return Table(form.key, say(form.title), tuple(_column(column, full=full) for column in shown), lines,
                 known_by=lambda line: line.id)


def _column(column: form_table.Column, *, full: bool) -> Column[Line]:
    title = say("Status data") if column.key == STANDING else column.title
    key = "record_standing" if column.key == STANDING else column.key
    return Column(key, title, _kind(column), lambda line: _value(line, column, full=full))


def _kind(column: form_table.Column) -> Kind:
    if column.kind == "number":
        kind = column.question.kind if column.question else ""
        return {"whole": Kind.WHOLE, "money": Kind.MONEY}.get(kind, Kind.DECIMAL)
    return _KINDS[column.kind]


def _value(line: Line, column: form_table.Column, *, full: bool) -> Value:
    if column.key == STANDING:
        return standing(line.standing)
    answer = line.record.answers.get(column.key)
    if isinstance(column.question, Derived):
        return column.question.rounded(line.record.counted_answers())
    if column.kind == "identity" and full:
        return str(answer or "")
    if column.kind == "date":
        return None if answer is None else str(answer)
    if column.kind == "number":
        return answer if answer is None or isinstance(answer, int) else read_decimal(str(answer))
    return line.texts.get(column.key, "")


def of_handles(
    workspace: Workspace, form: type[Form], some: Handles, keys: Sequence[str], *, full: bool = False
) -> Table[Line]:
    """Return these records as a table, in these columns; they are fetched when it is written or copied."""
    return records(form, Lines(workspace, form, some, keys), keys, full=full)


def _finds(form: type[Form]) -> Finds:
    def find(workspace: Workspace, asked: Scope) -> Lines:
        wanted = Filter(asked.area, asked.period if form.per_period else "", asked.rt if form.place == "rt" else None)
        keys = [column.key for column in form_table.columns(form)]
        return Lines(workspace, form, form_table.found(workspace, form, wanted, Order()), keys)

    return find


def _puts(form: type[Form]) -> Puts:
    return lambda lines: records(form, lines)


def of_forms(taken: Sequence[str]) -> Iterator[Report]:
    """Yield a report of the records of each form whose name is not taken."""
    for form in FORMS:
        if form.key not in taken:
            yield Report(_finds(form), _puts(form))
