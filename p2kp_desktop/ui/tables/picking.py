"""What the lists of Semua data offer: forms, columns, conditions, the answers of a question."""

from collections.abc import Iterable

from p2kp_desktop.actions.tables import form_table
from p2kp_desktop.actions.tables.form_table import (
    AT_LEAST,
    AT_MOST,
    CONTAINS,
    EMPTY,
    FILLED,
    IS,
    IS_NOT,
    Column,
    Offer,
)
from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import say
from p2kp_desktop.schema import Choice, Form, Several
from p2kp_desktop.schema.table import standing_word
from p2kp_desktop.ui.kit.chip import Status
from p2kp_desktop.ui.kit.found_list import Entry

STANDINGS = ("draft", "conflict", "problem", "incomplete", "complete", "ready", "returned", "changed", "verified")


def forms() -> tuple[Entry, ...]:
    """Return every form."""
    return tuple(Entry(say(form.title), "", form) for form in FORMS)


def _detail(column: Column) -> str:
    return say(column.question.section.title) if column.question else ""


def filterable(form: type[Form]) -> tuple[Entry, ...]:
    """Return the columns to filter by."""
    return tuple(Entry(column.title, _detail(column), column) for column in form_table.columns(form))


def sortable(form: type[Form]) -> tuple[Entry, ...]:
    """Return the columns to sort by, the usual order first."""
    usual = Entry(say("Urutan biasa"), say("tempat, nomor, nama"), Column("", "", "text"))
    return (usual, *(Entry(column.title, _detail(column), column) for column in form_table.columns(form)))


def choosable(form: type[Form], shown: Iterable[str]) -> tuple[Entry, ...]:
    """Return every column with a box that says whether it is shown."""
    chosen = set(shown)
    return tuple(
        Entry(column.title, _detail(column), column, checked=column.key in chosen)
        for column in form_table.columns(form)
    )


def editable(form: type[Form]) -> tuple[Entry, ...]:
    """Return the questions whose answer can be given to many records."""
    return tuple(Entry(column.title, _detail(column), column) for column in form_table.editable(form))


def conditions(column: Column) -> tuple[Entry, ...]:
    """Return the conditions that can be put to a column."""
    words = {
        IS: say("sama dengan …"), IS_NOT: say("bukan …"), AT_LEAST: say("paling sedikit …"),
        AT_MOST: say("paling banyak …"), EMPTY: say("kosong"), FILLED: say("terisi"), CONTAINS: say("memuat …"),
    }
    return tuple(Entry(words[how], "", how) for how in form_table.hows(column))


def standings() -> tuple[Entry, ...]:
    """Return how records can stand."""
    return tuple(Entry(standing_word(each), "", each, Status[each.upper()].look.icon) for each in STANDINGS)


def records(found: Iterable[Offer], *, empty: bool = False) -> tuple[Entry, ...]:
    """Return records that answer a question, by title, or that there are none; with `empty` the empty answer too."""
    known = tuple(Entry(each.name, each.detail, each) for each in found)
    none = (Entry(say("(kosongkan)"), "", Offer("", "")),) if empty else ()
    return (*(known or (Entry(say("Belum ada yang dapat dipilih.")),)), *none)


def answers(column: Column, *, empty: bool = False) -> tuple[Entry, ...]:
    """Return the printed answers of a question, nothing for one that is typed; with `empty` the empty one too."""
    if not isinstance(column.question, Choice | Several):
        return ()
    none = (Entry(say("(kosongkan)"), "", ""),) if empty else ()
    return (*(Entry(f"{each.letter}. {say(each.label)}", "", each.code) for each in column.question.options), *none)
