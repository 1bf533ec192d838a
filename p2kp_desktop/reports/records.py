"""The records of any form as a table: one report for each form, and the table that Semua data shows and copies.

Identity numbers have their middle hidden unless they are asked for in full (LongTable.of logs that).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from p2kp_desktop.actions.tables import form_table
from p2kp_desktop.actions.tables.form_table import STANDING, Filter, Handle, Order, RecordLine
from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import say
from p2kp_desktop.schema import Choice, Derived, Form, Question, Reference
from p2kp_desktop.schema.table import Column, Kind, Mark, Point, Scope, Table, Value, standing
from p2kp_desktop.schema.values import exact
from p2kp_desktop.store import Workspace, referred

from .long import Fetched, LongTable
from .marks import widest
from .registry import Finds, Group, Puts, Report

_KINDS = {"standing": Kind.STATUS, "name": Kind.NAME, "identity": Kind.IDENTITY, "date": Kind.DATE, "text": Kind.TEXT}
_SAMPLES = {
    "name": "Muhammad Sukarman Hidayat", "identity": "1671••••••••0012", "number": "000.000",
    "date": "30 September 2026", "text": "Tiga-puluh-enam Ilir",
}
_SAMPLES_OF = {"rt": "000/000", "period": "2026", "building": "0000", "house_number": "0000"}
RECORD_STANDING = "record_standing"  # the column that says how a record stands: a question may be called standing


def records(
    form: type[Form], lines: Sequence[RecordLine] = (), keys: Sequence[str] = (), *, full: bool = False
) -> Table[RecordLine]:
    """Return records of a form in these columns, in all of them without `keys`."""
    by_key = {column.key: column for column in form_table.columns(form)}
    shown = [by_key[key] for key in keys if key in by_key] if keys else list(by_key.values())
    return Table(form.key, say(form.title), tuple(_column(column, full=full) for column in shown), lines,
                 known_by=lambda line: line.id, at=_at if _is_on_the_map(form, by_key) else None,
                 record=lambda line: (form.key, line.id))


_AT = {"latitude", "longitude"}


def _is_on_the_map(form: type[Form], keys: Iterable[str]) -> bool:
    """Say whether a map may show where the records stand: the coordinates of a house point at a family."""
    public = {question.key for question in form.stored() if not question.private}
    return public.intersection(keys) >= _AT


def _at(line: RecordLine) -> Point | None:
    answers = line.record.counted_answers()
    return Point.of(answers.get("latitude"), answers.get("longitude"))


def _column(column: form_table.Column, *, full: bool) -> Column[RecordLine]:
    if column.key == STANDING:
        return Column(RECORD_STANDING, say("Status data"), Kind.STATUS, lambda line: standing(line.standing),
                      marks=widest("returned", "incomplete"))
    unmasked, asks = full and column.kind == "identity", column.question
    return Column(column.key, column.title, _kind(column), lambda line: _value(line, column, full=full),
                  shown=None if unmasked else lambda line: line.texts.get(column.key, ""),
                  unit=(asks.unit or "") if asks else "", is_private=_tells_who(asks),
                  sample=_SAMPLES_OF.get(column.key) or _SAMPLES[column.kind])


def _tells_who(asked: Question[Any] | None) -> bool:
    """Say whether a column tells who somebody is: by its answer, or as the name of the record it points to."""
    if isinstance(asked, Reference):
        called = (form.question(key) for form in referred.targets(asked) for key in form.named)
        return any(question is not None and question.private for question in called)
    return asked is not None and asked.private


def _kind(column: form_table.Column) -> Kind:
    if column.kind == "number":
        kind = column.question.kind if column.question else ""
        return {"whole": Kind.WHOLE, "money": Kind.MONEY}.get(kind, Kind.DECIMAL)
    return _KINDS[column.kind]


def _value(line: RecordLine, column: form_table.Column, *, full: bool) -> Value:
    answer = line.record.answers.get(column.key)
    if isinstance(column.question, Derived):
        return column.question.rounded(line.record.counted_answers())
    if column.kind == "identity" and full:
        return str(answer or "")
    if column.kind == "date":
        return None if answer is None else str(answer)
    if column.kind == "number":
        if column.question is not None and answer is not None and not column.question.understands(answer):
            return None  # the words of the cell show it
        return answer if answer is None or isinstance(answer, int) else exact(str(answer), str(answer))
    text = line.texts.get(column.key, "")
    return Mark(str(answer), text) if isinstance(column.question, Choice) and answer is not None else text


def long(form: type[Form], keys: Sequence[str]) -> LongTable[Handle, RecordLine]:
    """Return the records of a form as a table of any length, in these columns."""
    return LongTable(lambda lines=(), *, full=False: records(form, lines, keys, full=full), _fetches(form, keys))


def _fetches(
    form: type[Form], keys: Sequence[str]
) -> Callable[[Workspace, Sequence[Handle]], Mapping[Handle, RecordLine]]:
    asked = tuple(keys)
    return lambda workspace, some: form_table.page(workspace, form, some, asked)


def _finds(form: type[Form]) -> Finds:
    def find(workspace: Workspace, asked: Scope) -> Sequence[RecordLine]:
        wanted = Filter(asked.area, asked.period if form.per_period else "", asked.rt if form.place == "rt" else None)
        keys = [column.key for column in form_table.columns(form)]
        return Fetched(workspace, form_table.found(workspace, form, wanted, Order()), _fetches(form, keys))

    return find


def _puts(form: type[Form]) -> Puts:
    return lambda lines: records(form, lines)


def of_forms(taken: Sequence[str]) -> Iterator[Report]:
    """Yield a report of the records of each form whose name is not taken."""
    for form in FORMS:
        if form.key not in taken:
            yield Report(_finds(form), _puts(form), Group.RECORDS, form.key)
