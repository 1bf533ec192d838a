"""Reading the rows of a table whose columns are matched: answers, or an error for each cell that is none.

Rows that are no records are left and named: sums, headings said again, signatures. An RT in a title, or in a row over
its houses, is that of the rows below that say none. A file is known by what lies in it, never by its name.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from p2kp_desktop.actions.common.long_work import Steps
from p2kp_desktop.actions.recording.record_titles import is_uuid
from p2kp_desktop.actions.recording.recording import read_answer
from p2kp_desktop.exchange.columns import Matched
from p2kp_desktop.exchange.headings import RW, is_numbering
from p2kp_desktop.exchange.tables import Place, Table, words
from p2kp_desktop.exchange.workbook import Broken
from p2kp_desktop.language import say
from p2kp_desktop.schema import ADDRESS, Answer, Choice, Date, Question, Reference, Unreadable
from p2kp_desktop.schema.places import rt_with_rw

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
from .read_table import REJECTED, Reading, TableRow, error, names_own, placed, site
from .rt_of_rows import over_houses

Headings = Mapping[int, Collection[str]]
Cells = Mapping[int, object]  # the filled cells of a row by column


def rows(reading: Reading, table: Table, steps: Steps | None = None) -> Iterator[TableRow]:
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
                yield TableRow(Place(table.sheet, number, 0), given)


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
        reading.rejected.append(TableRow(row, given, REJECTED))
    return given if whole else None


def _in_order(reading: Reading) -> list[tuple[int, str]]:
    """Return the columns with their keys as they are read: what points to records last, once the place is known."""
    pointing = {question.key for question in reading.form.references()}
    return sorted(reading.matched.columns.items(), key=lambda each: (each[1] in pointing, each))


def read(reading: Reading, place: Place, key: str, value: object, near: Mapping[str, Answer]) -> Answer:
    """Return the answer that a cell gives; None for one that must be left out, which a warning names.

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


_TOTAL = re.compile(
    r"(sub[\s-]*|grand\s*)?(jumlah|jml|total|rata[\s-]*rata|rerata)(\s+(total|seluruh(nya)?|keseluruhan|semua|umum|r[tw]\b.*"
    r"|kel(urahan)?\b.*|desa\b.*))?[\s.:=]*", re.IGNORECASE,
)

_SIGNED = re.compile(  # what stands below a table: who knows of it, where and when, notes
    r"\W*(mengetahui|menyetujui|disetujui|hormat kami|tanda tangan|ttd|dibuat oleh|disusun oleh|yang membuat|pendata"
    r"|petugas|surveyor|fasilitator|ketua r[tw]|lurah|kepala desa|camat|nip\b|catatan\s*:|keterangan\s*:|sumber\s*:).*"
    r"|[^\d,]+,\s*[\d.…_]*\s*(jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)[a-z]*\s+\d{4}", re.IGNORECASE,
)
_HEADINGS = 3  # rows that headings stand in at most
_FULL = 3  # cells from which a row belongs to the table


def adds_up(matched: Matched, cells: Cells) -> bool:
    """Say whether a row holds the sums of others: «JUMLAH» stands first, in its address, or where nothing is read."""
    said = {
        column: words(value) for column, value in cells.items()
        if column == min(cells) or matched.columns.get(column) in (None, *ADDRESS)
    }
    return any(map(is_sum, said.values()))


def is_sum(text: str) -> bool:
    """Say whether a cell announces the sums of others: «JUMLAH», «Total RT 14»."""
    return bool(_TOTAL.fullmatch(text))


def headings_of(matched: Matched, table: Table) -> Headings:
    """Return the words above the rows of a table, by column, in small letters."""
    said: dict[int, set[str]] = {}
    for row in table.rows[max(0, matched.heading - _HEADINGS) : matched.heading]:
        for column, value in enumerate(row):
            said.setdefault(column, set()).add(words(value).casefold())
    return said


def repeats_headings(headings: Headings, cells: Cells) -> bool:
    """Say whether a row says the headings again, or numbers the columns, as at the top of every printed page."""
    if len(cells) > 1 and all(words(value).casefold() in headings.get(at, ()) for at, value in cells.items()):
        return True
    return words(cells[min(cells)]).strip("() ") == "1" and is_numbering([words(value) for value in cells.values()])


def signed_from(table: Table, matched: Matched) -> int:
    """Return the number of the first row of what is signed or noted below a table; one past the last for nothing."""
    full = max(2, min(_FULL, len(matched.columns)))
    tail: list[tuple[int, list[str]]] = []
    for number in range(len(table.rows), matched.heading, -1):
        said = [words(value) for _, value in table.cells(number)]
        tail.append((number, said))
        if len(said) >= full:
            break
    for (_, above), (number, said) in pairwise(reversed(tail)):
        if (not above or any(map(is_sum, above))) and any(map(_SIGNED.fullmatch, said)):
            return number
    return len(table.rows) + 1


def in_one_label(matched: Matched, cells: Cells) -> dict[int, object]:
    """Return the cells with the RT as one label where its RW stands in a column of its own."""
    at = {key: column for column, key in matched.columns.items()}
    rt, rw = at.get("rt", -1), at.get(RW, -1)
    found = {column: value for column, value in cells.items() if column != rw}
    if rt in cells and rw in cells and not (is_day(cells[rt]) or is_day(cells[rw])):  # told by whoever reads the cell
        try:
            found[rt] = rt_with_rw(words(without_apostrophe(cells[rt])), words(without_apostrophe(cells[rw])))
        except Unreadable:  # told by whoever reads the cell
            return found
    return found
