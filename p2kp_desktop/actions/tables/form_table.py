"""Any form as a table: which records, in what order, in which columns, and a page of them as it is painted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from p2kp_desktop.actions.keying import offers
from p2kp_desktop.actions.keying.offers import Offer
from p2kp_desktop.actions.recording import record_names, record_titles
from p2kp_desktop.actions.recording.bulk import BulkDone, BulkPlan, carry_out, preview, put_away
from p2kp_desktop.actions.recording.record_names import Titles, masked
from p2kp_desktop.actions.recording.record_places import words_for_site
from p2kp_desktop.actions.recording.recording import read_answer
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.language import say
from p2kp_desktop.schema import Answer, Choice, Derived, Form, Identity, Question, Record, Reference, Several
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.store import Workspace, referred, tabling, views
from p2kp_desktop.store.filtering import (
    AT_LEAST,
    AT_MOST,
    CONTAINS,
    EMPTY,
    FILLED,
    HOWS,
    IS,
    IS_NOT,
    Condition,
    able,
)
from p2kp_desktop.store.tabling import STANDING, Filter, Handle, Handles, Order

__all__ = [
    "AT_LEAST", "AT_MOST", "CONTAINS", "EMPTY", "FILLED", "HOWS", "IS", "IS_NOT", "STANDING", "BulkDone", "BulkPlan",
    "Column", "Condition", "Filter", "Handle", "Handles", "Offer", "Order", "RecordLine", "answerable", "answered",
    "carry_out", "columns", "condition", "count", "editable", "form_named", "found", "hows", "ids", "page",
    "place_of", "preview", "put_away", "sentence", "usual",
]

REGION, RT, PERIOD = "region", "rt", "period"
_NO_IDENTITY = 8  # figures that tell nobody
_SHOWN_FIRST = 4  # questions of a form that a table begins with


@dataclass(frozen=True)
class Column:
    """A column that a table may show: its key, its title, how its cells look, and the question it answers.

    `kind` is standing, name, identity, number, date or text.
    """

    key: str
    title: str
    kind: str
    question: Question[Any] | None = None


def columns(form: type[Form]) -> tuple[Column, ...]:
    """Return every column of a form: where and how a record stands, then its questions in order."""
    place = []
    if form.parent:
        place.append(Column(form.parent.key, say(form.parent.label), "text", form.parent))
    if form.place == "rt":
        place.append(Column(RT, say("RT"), "text"))
    if form.place:
        place.append(Column(REGION, words_for_site(form), "text"))
    if form.per_period:
        place.append(Column(PERIOD, say("Periode"), "text"))
    answers = [Column(each.key, _title(each), _kind(each), each) for each in form.questions]
    return (Column(STANDING, say("Status"), "standing"), *place, *answers)


def usual(form: type[Form]) -> tuple[str, ...]:
    """Return the keys of the columns that are shown until somebody chooses others; one long number is enough."""
    numbers = [each for each in form.questions if isinstance(each, Identity)]
    first = [each for each in form.questions if each not in numbers[1:]][:_SHOWN_FIRST]
    above = [form.parent.key] if form.parent else []
    place = [RT] if form.place == "rt" else [REGION] if form.place else []
    return (*above, *place, *(each.key for each in first), STANDING)


def _title(question: Question[Any]) -> str:
    label = say(question.label)
    unit = f" ({question.unit})" if question.unit and f"({question.unit})" not in label else ""
    return f"{question.number or ''} {label}{unit}".strip()


def _kind(question: Question[Any]) -> str:
    if question.kind in ("whole", "money", "decimal", "derived"):
        return "number"
    return {"person": "name", "identity": "identity", "date": "date"}.get(question.kind, "text")


@dataclass(frozen=True)
class RecordLine:
    """One record as a table shows it; `standing` as in household_pages.py, `texts` the cells by key of their column."""

    handle: Handle
    record: Record
    standing: str
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Return the id of the record."""
        return self.record.id


def found(workspace: Workspace, form: type[Form], wanted: Filter, order: Order) -> Handles:
    """Return the records wanted, in order: all of them, eight bytes each."""
    with workspace.asking() as connection:
        return tabling.handles(connection, form, wanted, order, views.rule_sets(connection))


def count(workspace: Workspace, form: type[Form], wanted: Filter) -> int:
    """Return how many records are wanted."""
    with workspace.asking() as connection:
        return tabling.count(connection, form, wanted, views.rule_sets(connection))


def page(
    workspace: Workspace, form: type[Form], some: Handles, keys: Collection[str] | None = None
) -> dict[Handle, RecordLine]:
    """Return the lines of some records, in these columns only if given; those that are gone are left out."""
    shown = [column for column in columns(form) if keys is None or column.key in keys]
    with workspace.asking() as connection:
        rules = views.rule_sets(connection)
        rows = tabling.rows(connection, form, some, rules)
        titles = record_titles.titles(connection, form, rows.values())
    lines = {}
    for handle, row in rows.items():
        record = views.record_of(form, row, rules)
        texts = {column.key: cell(record, column, titles) for column in shown if column.key != STANDING}
        lines[handle] = RecordLine(handle, record, row[STANDING], texts)
    return lines


def ids(workspace: Workspace, form: type[Form], some: Handles) -> list[str]:
    """Return the ids of some records in the order given; those gone are left out."""
    with workspace.asking() as connection:
        return tabling.ids(connection, form, some)


def place_of(workspace: Workspace, form: type[Form], record: str, among: Handles) -> int:
    """Return where a record stands in a list, -1 when it is not there."""
    with workspace.asking() as connection:
        handle = tabling.handle_of(connection, form, record)
    try:
        return -1 if handle is None else among.index(handle)
    except ValueError:
        return -1


def cell(record: Record, column: Column, titles: Titles) -> str:
    """Return the text of a cell: an answer in words, an identity number with its middle hidden, a record's title."""
    if column.question is None:
        value = record.answers.get(column.key)
        return region_name(str(value)) if column.key == REGION and value else str(value or "")
    if isinstance(column.question, Reference):
        answer = record.answers.get(column.key)
        return "" if answer is None else record_names.shown(record.form.key, column.key, answer, titles)
    if column.kind == "identity":
        return masked(record.answers.get(column.key))
    shown = record.show(column.question)
    return say(shown) if isinstance(column.question, Choice) and shown else shown


def answered(workspace: Workspace, form: type[Form], key: str) -> list[Offer]:
    """Return the choices to filter a table by: the records that those of a form point to by title, or their places."""
    with workspace.asking() as connection:
        known = referred.pointed_to(connection, form, key)
        titles = record_titles.titles(connection, form, ({key: one} for one in known))
    if key == REGION:
        titles = {code: region_name(code) for code in known}
    return sorted((Offer(one, title) for one, title in titles.items()), key=lambda each: each.name.casefold())


def answerable(workspace: Workspace, form: type[Form], key: str) -> list[Offer]:
    """Return the records in sight that may be pointed to, by title."""
    question = form.question(key)
    if not isinstance(question, Reference):
        return []
    with workspace.asking() as connection:
        known = [offers.offer(each.subject) for each in record_titles.Referring(connection).known(question)]
    return sorted(known, key=lambda each: each.name.casefold())


def hows(column: Column) -> tuple[str, ...]:
    """Return the conditions that can be put to a column; none for how a record stands, which is chosen at once."""
    return () if column.key == STANDING else able(column.question)


def condition(form: type[Form], key: str, how: str, typed: str, called: str = "") -> Condition:
    """Return a condition as it was typed; raise Unreadable for what is no answer to the question.

    `called` is the title of a record that was chosen.
    """
    if how in (EMPTY, FILLED):
        return Condition(key, how)
    if how == CONTAINS:
        return Condition(key, how, " ".join(typed.split()))
    question = form.question(key)
    read = question.read(typed) if isinstance(question, Derived) else read_answer(form, key, typed)
    return Condition(key, how, read, called)


_WORDS = {
    IS: "{question} = {value}", IS_NOT: "{question} ≠ {value}", AT_LEAST: "{question} ≥ {value}",
    AT_MOST: "{question} ≤ {value}",
}


def sentence(form: type[Form], one: Condition) -> str:
    """Return a condition in words."""
    question = form.question(one.key)
    parts = {REGION: words_for_site(form), RT: say("RT"), PERIOD: say("Periode")}
    label = say(question.label) if question else parts[one.key]
    short = f"{question.number} {label}" if question and question.number else label
    if question is not None and question.kind == "identity" and len(str(one.value)) > _NO_IDENTITY:
        one = replace(one, value=masked(one.value))  # files say by what their lines were chosen
    if one.how in _WORDS:
        return _WORDS[one.how].format(question=short, value=one.called or _shown(form, one.key, one.value))
    if one.how == CONTAINS:
        return say("{question} memuat «{value}»", question=short, value=str(one.value))
    return say("{question} kosong", question=short) if one.how == EMPTY else say("{question} terisi", question=short)


def _shown(form: type[Form], key: str, value: Answer) -> str:
    question = form.question(key)
    if question is None or value is None:
        return str(value or "")
    shown = question.show(value)
    return say(shown) if isinstance(question, Choice | Several) else shown


def editable(form: type[Form]) -> tuple[Column, ...]:
    """Return the columns whose answers can be given to many records at once."""
    return tuple(column for column in columns(form) if column.question is not None and _may_be_many(form, column))


def _may_be_many(form: type[Form], column: Column) -> bool:
    question = column.question
    private = question is not None and question.private and question.kind == "identity"
    anything = isinstance(question, Reference) and not question.to
    fixed = isinstance(question, Derived) or column.key in form.natural
    return not fixed and not private and not anything
