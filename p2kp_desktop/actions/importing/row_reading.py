"""Reading the rows of a table whose columns are matched: answers, or an error for each cell that is none."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from p2kp_desktop.actions.common.long_work import Steps
from p2kp_desktop.actions.recording.record_titles import is_uuid
from p2kp_desktop.actions.recording.recording import read_answer
from p2kp_desktop.exchange.tables import Place, Table, words
from p2kp_desktop.exchange.workbook import Broken
from p2kp_desktop.language import say
from p2kp_desktop.schema import ADDRESS, Answer, Choice, Date, Question, Reference, Unreadable

from . import cell_rules
from .cell_rules import Unfit
from .cell_text import (
    as_seen,
    day_of_serial,
    has_lost_digits,
    is_dash,
    is_day,
    is_masked,
    may_be_spoiled,
    option_of_mark,
    ruined_columns,
    spoiled_by_days,
    without_apostrophe,
)
from .read_table import REJECTED, Reading, Row, error, names_own, placed, site
from .row_kinds import Headings, adds_up, headings_of, in_one_label, repeats_headings, signed_from
from .rt_above import over_houses


def rows(reading: Reading, table: Table, steps: Steps | None = None) -> Iterator[Row]:
    """Yield the rows that can be read; note why others cannot."""
    reading.names_own = names_own(reading, table)
    reading.ruined = ruined_columns(reading.form, table, reading.matched)
    below, headings = signed_from(table, reading.matched), headings_of(reading.matched, table)
    for number in range(reading.matched.heading + 1, len(table.rows) + 1):
        if steps:
            steps.step()
        own = {place.column: value for place, value in table.cells(number)}
        own = _without_dashes(reading, own)
        if number >= below:
            reading.signed += [number] if own else []
        elif not _is_none(reading, headings, number, own):
            cells = in_one_label(reading.matched, {**table.held.get(number, {}), **own})
            given = _given(reading, Place(table.sheet, number, 0), cells)
            if given is not None:
                yield Row(Place(table.sheet, number, 0), given)


def _is_none(reading: Reading, headings: Headings, number: int, own: Mapping[int, object]) -> bool:
    """Say whether a row is no record, after noting what it is."""
    over = over_houses(reading.form, reading.matched, own)
    if over:
        reading.over[number] = over
        return True
    if not any(reading.matched.columns.get(column, "id") != "id" for column in own):
        return True
    if adds_up(reading.matched, own):
        reading.warnings.append(say("Baris {row} adalah baris jumlah dan tidak dibaca.", row=number))
        return True
    if repeats_headings(headings, own):
        reading.repeated.append(number)
        return True
    return False


def _without_dashes(reading: Reading, cells: Mapping[int, object]) -> dict[int, object]:
    """Return the cells but for those with a dash alone, which are counted: nothing is said there."""
    reading.dashes.update(column for column, value in cells.items() if is_dash(value))
    return {column: value for column, value in cells.items() if not is_dash(value)}


def _given(reading: Reading, row: Place, cells: Mapping[int, object]) -> dict[str, Answer] | None:
    """Return the answers of a row, or None after noting what cannot be read."""
    given: dict[str, Answer] = {}
    whole = True
    for column, key in _in_order(reading):
        if column not in cells:
            continue
        place, value = replace(row, column=column), cells[column]
        try:
            answer = read(reading, place, key, value, given)
        except Unreadable as objection:
            reading.errors.append(error(reading, place, words(value), key, objection))
            whole = False
            continue
        if answer is not None:
            given[key] = answer
    whole = whole and placed(reading, row, given) is not None
    if not whole:
        reading.rejected.append(Row(row, given, REJECTED))
    return given if whole else None


def _in_order(reading: Reading) -> list[tuple[int, str]]:
    """Return the columns with their keys as they are read: what points to records last, once the place is known."""
    pointing = {question.key for question in reading.form.references()}
    return sorted(reading.matched.columns.items(), key=lambda each: (each[1] in pointing, each))


def read(reading: Reading, place: Place, key: str, value: object, near: Mapping[str, Answer]) -> Answer:
    """Return what a cell answers; None for one that must be left out, which a warning names.

    `near` are the answers of the row so far: of several records that are called alike the one in its place is meant.
    """
    question, value = reading.form.question(key), without_apostrophe(as_seen(value))
    if isinstance(value, Broken):
        raise Unfit(cell_rules.FAILED if value.error else cell_rules.NO_RESULT)
    if _is_no_identity(reading, place, question, value):
        return None
    if is_day(value) and spoiled_by_days(reading.form, key):
        raise Unfit(cell_rules.MADE_A_DAY)
    if isinstance(question, Date) and (day := day_of_serial(value)):
        return question.read(day)
    if question is not None and (remark := question.remark(value)):
        reading.warnings.append(f"{place.name}: {say(remark.message)}")
    if may_be_spoiled(question, value):
        reading.warnings.append(say("{cell}: «{value}» adalah tanggal; bila maksudnya nomor seperti 12/3, Excel telah "
                                    "mengubahnya.", cell=place.name, value=words(value)))
    text = words(value)
    if key == "id":
        return text
    if key == "region":
        return site(reading, text)
    if isinstance(question, Reference):
        here = {each: str(near[each]) for each in near if each in ADDRESS}
        return reading.referring.meant(question, text, near=here, may_arrive=is_uuid)
    if isinstance(question, Choice):
        return _option(reading, place, question, text)
    is_words = key in ADDRESS or (question is not None and question.kind in ("text", "person", "identity"))
    return read_answer(reading.form, key, text if is_words else value)


def _is_no_identity(reading: Reading, place: Place, question: Question[Any] | None, value: object) -> bool:
    """Say whether a cell was an identity number once, which a warning tells: masked, or without its last digits."""
    if is_masked(question, value):
        reading.warnings.append(say("{cell}: «{value}» disamarkan dan tidak dibaca.", cell=place.name, value=value))
        return True
    if not has_lost_digits(question, value, column_is_ruined=place.column in reading.ruined):
        return False
    reading.warnings.append(say(
        "{cell}: «{value}» sudah kehilangan angka terakhirnya di Excel; {question} dibiarkan kosong.",
        cell=place.name, value=words(value), question=say(question.label) if question else "",
    ))
    return True


def _option(reading: Reading, place: Place, question: Choice, text: str) -> Answer:
    """Return the option that a text means; one that is meant by its first words alone is told."""
    if question.options.find(text):
        return question.read(text)
    if marked := option_of_mark(question, text):
        reading.marks[place.column, text, marked.label] += 1
        return marked.code
    begun = question.options.begun(text)
    if begun is None:
        return question.read(text)
    reading.warnings.append(say("{cell}: «{value}» dibaca «{option}».", cell=place.name, value=text,
                                option=say(begun.label)))
    return begun.code
