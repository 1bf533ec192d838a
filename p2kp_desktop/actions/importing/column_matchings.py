"""Which questions the columns of a table answer, as people say it and where several columns are one question.

What people matched is kept by the headings' signature, so that the same layout is known again. A table of which most
columns mean nothing is refused, not imported as shells, until a person matches a column or says that they are not
needed. Columns for each option of a question, ticked where it is chosen, are read as one column of answers.
"""

import json
from collections.abc import Mapping
from dataclasses import replace

from p2kp_desktop.exchange.cells import column_letter
from p2kp_desktop.exchange.columns import Kept, Matched
from p2kp_desktop.exchange.official.reading import CHOSEN, EMPTY
from p2kp_desktop.exchange.tables import Table, words
from p2kp_desktop.exchange.workbook import Row
from p2kp_desktop.language import say
from p2kp_desktop.schema import Choice, Form, Several
from p2kp_desktop.schema.choices import Option
from p2kp_desktop.store import Workspace, facts

from .read_table import label_of

_KEPT = "columns."  # before the signature of the headings, among the notes of a workspace


def kept_matchings(workspace: Workspace) -> Kept:
    """Return the matchings that people corrected, by signature."""
    with workspace.asking() as connection:
        notes = facts.everything(connection)
    return {
        name.removeprefix(_KEPT): {int(column): key for column, key in json.loads(value).items()}
        for name, value in notes.items() if name.startswith(_KEPT)
    }


def keep_matching(workspace: Workspace, matched: Matched) -> None:
    """Keep a corrected matching for the next table with these headings; one without headings cannot be known again."""
    if matched.headings:
        with workspace.changing() as connection:
            facts.note(connection, f"{_KEPT}{matched.signature}", json.dumps(dict(matched.columns)))


def forget_matching(workspace: Workspace, matched: Matched) -> None:
    """Go back to what the headings themselves say."""
    with workspace.changing() as connection:
        facts.forget(connection, f"{_KEPT}{matched.signature}")


_Ticked = Mapping[int, Option]  # the option of each column


def gathered(form: type[Form], table: Table, matched: Matched) -> tuple[Table, Matched, list[str]]:
    """Return the table and its matching with such columns as one answer, and what was gathered, in words.

    They are known by the row below the headings, when it holds nothing but options of the questions above it.
    """
    below = table.rows[matched.heading] if matched.headings and matched.heading < len(table.rows) else []
    found = {column: ticked for column in sorted(matched.columns) if (ticked := _options(form, matched, column, below))}
    spanned = {at for ticked in found.values() for at in ticked}
    if not found or any(words(value) for at, value in enumerate(below) if at not in spanned):
        return table, matched, []
    rows = [_answered(row, found) for row in table.rows[matched.heading + 1 :]]
    told = [
        say("{question} dibaca dari tanda di kolom {first}–{last}.", question=label_of(form, matched.columns[column]),
            first=column_letter(min(ticked)), last=column_letter(max(ticked)))
        for column, ticked in found.items()
    ]
    whole = replace(table, rows=(*table.rows[: matched.heading + 1], *rows))
    return whole, replace(matched, heading=matched.heading + 1), told


def _options(form: type[Form], matched: Matched, column: int, below: Row) -> _Ticked:
    """Return the options that stand below the heading of a question, by column; none unless there are several."""
    question = form.question(matched.columns[column])
    if not isinstance(question, Choice | Several):
        return {}
    named = (at for at in range(column + 1, len(matched.headings)) if matched.headings[at])
    end = next(named, len(below))
    said = {at: words(below[at]) for at in range(column, min(end, len(below))) if words(below[at])}
    found = {at: question.options.find(text) or question.options.begun(text) for at, text in said.items()}
    ticked = {at: option for at, option in found.items() if option}
    return ticked if len({*ticked.values()}) == len(said) > 1 else {}


def _answered(row: Row, found: Mapping[int, _Ticked]) -> Row:
    """Return a row with the options that are ticked in the first column of each question; what is no tick, as it is."""
    whole = list(row)
    for column, ticked in found.items():
        said = {at: words(row[at]) for at in ticked if at < len(row) and words(row[at]).casefold() not in EMPTY}
        strange = [row[at] for at, text in said.items() if text.casefold() not in CHOSEN]
        for at in ticked:
            if at < len(row):
                whole[at] = ""
        if said:
            whole[column] = strange[0] if strange else "; ".join(ticked[at].label for at in said)
    return whole
