"""Reading the rows of a table whose columns are matched: answers, or an error for each cell that is none."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from p2kp_desktop.exchange.columns import Matched
from p2kp_desktop.exchange.headings import RW
from p2kp_desktop.exchange.tables import Broken, Place, Table, words
from p2kp_desktop.language import say
from p2kp_desktop.schema import ADDRESS, Answer, Choice, Date, Form, Question, Reference, Unreadable
from p2kp_desktop.schema.places import region
from p2kp_desktop.store.facts import Facts

from .cancelling import Steps
from .deciphering import (
    day_of_serial,
    has_lost_digits,
    is_dash,
    is_day,
    is_masked,
    may_be_spoiled,
    ruined_columns,
    spoiled_by_days,
    without_apostrophe,
)
from .gleaning import adds_up, in_one_label
from .recording import read_answer
from .referring import Referring, is_uuid
from .remedying import remedy
from .siting import place_elsewhere, site_of, sites_meant, usual_site, words_for_site

NEW, UPDATED, IDENTICAL = OUTCOMES = "new", "updated", "identical"
LOCKED, SKIPPED, REJECTED, DELETED = STAYING_OUT = "locked", "skipped", "rejected", "deleted"
IMPORTED = "impor"  # the origin of what an import records


@dataclass(frozen=True)
class CellError:
    """Why a row stays out: where, what stands there, which rule it breaks, and what to do."""

    place: Place
    value: str
    question: str
    rule: str
    remedy: str
    key: str = ""  # of the question

    @property
    def words(self) -> str:
        """Return the error in one line."""
        where = say("lembar «{sheet}», ", sheet=self.place.sheet) if self.place.sheet else ""
        return f"{where}{self.place.name}: «{self.value}» {self.question}. {self.rule} {self.remedy}"


@dataclass(frozen=True)
class Row:
    """A row: its place, its answers, and what it would do here: new, updated, identical, or locked (verified).

    A person may have it skipped, or say that it is `apart` from the households with these ids. One that cannot
    be read is rejected, with the answers that can.
    """

    place: Place
    given: Mapping[str, Answer]
    outcome: str = "new"
    id: str = ""
    apart: tuple[str, ...] = ()


@dataclass(frozen=True)
class Address:
    """Where rows go that do not say so themselves; «» for what is not chosen."""

    region: str = ""
    rt: str = ""
    period: str = ""


@dataclass
class Reading:
    """What is being read of one table, and what was noted on the way."""

    form: type[Form]
    matched: Matched
    about: Facts
    address: Address
    referring: Referring
    errors: list[CellError] = field(default_factory=list)
    locked: list[CellError] = field(default_factory=list)  # what would change a verified record
    warnings: list[str] = field(default_factory=list)
    rejected: list[Row] = field(default_factory=list)
    dashes: Counter[int] = field(default_factory=Counter)  # cells with a dash alone, by column
    names_own: bool = False  # some row names a place of the workspace
    ruined: frozenset[int] = frozenset()  # columns of identity numbers that all lost their last digits

    def cell(self, row: Row, key: str) -> Place:
        """Return the cell of a row that answers a question; the first one for what no column says."""
        column = next((at for at, its in self.matched.columns.items() if its == key), 0)
        return replace(row.place, column=column)


def rows(reading: Reading, table: Table, steps: Steps | None = None) -> Iterator[Row]:
    """Yield the rows that can be read; note why others cannot."""
    reading.names_own = _names_own(reading, table)
    reading.ruined = ruined_columns(reading.form, table, reading.matched)
    for number in range(reading.matched.heading + 1, len(table.rows) + 1):
        if steps:
            steps.step()
        own = {place.column: value for place, value in table.cells(number)}
        own = _without_dashes(reading, own)
        told = {column: value for column, value in own.items() if reading.matched.columns.get(column, "id") != "id"}
        if not told:
            continue
        if adds_up(reading.matched, own):
            reading.warnings.append(say("Baris {row} adalah baris jumlah dan tidak dibaca.", row=number))
            continue
        cells = in_one_label(reading.matched, {**table.held.get(number, {}), **own})
        given = _given(reading, Place(table.sheet, number, 0), cells)
        if given is not None:
            yield Row(Place(table.sheet, number, 0), given)


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
            reading.errors.append(error(reading, place, words(value), key, str(objection)))
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
    question, value = reading.form.question(key), without_apostrophe(value)
    if isinstance(value, Broken):
        if not value.error:
            raise Unreadable(say("Sel ini berisi rumus tanpa hasil. Buka berkasnya di Excel dan simpan, atau tulis "
                                 "nilainya."))
        raise Unreadable(say("Sel ini berisi rumus yang tidak menghasilkan nilai."))
    if _is_no_identity(reading, place, question, value):
        return None
    if is_day(value) and spoiled_by_days(reading.form, key):
        raise Unreadable(say("Excel telah mengubah isi sel ini menjadi tanggal. Ubah jenis selnya menjadi Teks, lalu "
                             "tulis lagi isinya."))
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
    begun = None if question.options.find(text) else question.options.begun(text)
    if begun is None:
        return question.read(text)
    reading.warnings.append(say("{cell}: «{value}» dibaca «{option}».", cell=place.name, value=text,
                                option=say(begun.label)))
    return begun.code


def site(reading: Reading, text: str) -> str | None:
    """Return the code of where a row stands, by code, or by a name in any spelling among those of the workspace.

    Where nothing in the column names a place of the workspace, as on a cover, all rows stand where it usually is.
    """
    form, areas = reading.form, reading.about.regions
    found = sites_meant(form, text, areas)  # type: ignore[arg-type]  # a class is hashable
    if len(found) == 1:
        return found[0].code
    usual, what = _usual_site(reading), words_for_site(form)
    elsewhere = None if found else place_elsewhere(form, text)
    if usual and not found and not (elsewhere and reading.names_own):
        note = say("{what} «{name}» tidak dikenal di ruang kerja ini; dipakai {here}.", what=what, name=text,
                   here=region(usual).name)
        if note not in reading.warnings:
            reading.warnings.append(note)
        return usual
    if elsewhere:
        raise Unreadable(say("{what} «{name}» di luar wilayah ruang kerja ini.", what=what, name=text))
    if found:
        raise Unreadable(say("{what} «{name}» ada di beberapa tempat.", what=what, name=text))
    raise Unreadable(say("{what} «{name}» tidak dikenal.", what=what, name=text))


def _names_own(reading: Reading, table: Table) -> bool:
    """Say whether a cell of the column for the place names one of the workspace."""
    column = next((at for at, key in reading.matched.columns.items() if key == "region"), None)
    rows = table.rows[reading.matched.heading :] if column is not None else ()
    texts = {words(row[column]) for row in rows if column is not None and column < len(row)} - {""}
    form, areas = reading.form, reading.about.regions
    return any(sites_meant(form, text, areas) for text in texts)  # type: ignore[arg-type]


def _usual_site(reading: Reading) -> str:
    """Return where a row stands that does not say so: where a person put the table, else as the workspace has it."""
    return site_of(reading.form, reading.address.region) or usual_site(reading.form, reading.about.regions)


def placed(reading: Reading, row: Place, given: dict[str, Answer]) -> dict[str, Answer] | None:
    """Return a row's answers with the address it lacks; None after noting that nobody says where it belongs."""
    form, address = reading.form, reading.address
    if form.parent and "parent" not in given and "id" not in given:
        reading.errors.append(error(reading, row, "", "parent", say("Tidak ada sel yang menyebutkannya.")))
        return None
    given |= {key: value for key, value in form.complete(given).items() if key in ADDRESS and key not in given}
    wanted = {"region": bool(form.place), "rt": form.place == "rt", "period": form.per_period}
    period = address.period or reading.about.period
    usual = {"region": _usual_region(reading, given), "rt": address.rt, "period": period}
    for key in (key for key, needed in wanted.items() if needed and key not in given):
        if usual[key]:
            given[key] = usual[key]
        elif key == "region" or key in form.natural:
            has_column = key in reading.matched.columns.values()
            said = say("Selnya kosong.") if has_column else say("Tidak ada kolom yang menyebutkannya.")
            reading.errors.append(error(reading, reading.cell(Row(row, given), key), "", key, said))
            return None
    return given


def _usual_region(reading: Reading, given: Mapping[str, object]) -> str:
    """Return where a row stands that does not say so: beside the record it belongs to, else as the workspace has it."""
    above = reading.form.parent
    beside = reading.referring.region(above, str(given["parent"])) if above and "parent" in given else ""
    return beside or _usual_site(reading)


def error(reading: Reading, place: Place, value: str, key: str, rule: str) -> CellError:
    """Return why a cell keeps its row out: the question in words, the rule, and what to do."""
    to_do = remedy(reading.form, key, reading.referring, reading.about.regions)
    return CellError(place, value, label_of(reading.form, key), rule, to_do, key)


def label_of(form: type[Form], key: str) -> str:
    """Return a question, or a part of the address, in words."""
    question = form.question(key)
    if question is not None:
        return f"{question.number or ''} {say(question.label)}".strip()
    named = {"region": words_for_site(form), "rt": "RT", RW: "RW", "period": say("Periode"),
             "id": say("Nomor catatan")}
    return named.get(key, key)
