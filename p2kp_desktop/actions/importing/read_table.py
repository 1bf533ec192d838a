"""A table that is being read: its rows, what was noted on the way, and where rows stand that do not say so."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from p2kp_desktop.actions.recording.record_places import (
    place_elsewhere,
    site_of,
    sites_meant,
    usual_site,
    words_for_site,
)
from p2kp_desktop.actions.recording.record_titles import Referring
from p2kp_desktop.exchange.columns import Matched
from p2kp_desktop.exchange.headings import RW
from p2kp_desktop.exchange.tables import Place, Table, words
from p2kp_desktop.language import say
from p2kp_desktop.schema import ADDRESS, Answer, Form, Unreadable
from p2kp_desktop.schema.places import region
from p2kp_desktop.store.facts import Facts

from . import cell_rules
from .cell_rules import Unfit, code_of, coded, remedy

NEW, UPDATED, IDENTICAL = OUTCOMES = "new", "updated", "identical"
LOCKED, SKIPPED, REJECTED, DELETED = STAYING_OUT = "locked", "skipped", "rejected", "deleted"
IMPORTED = "impor"  # the origin of what an import records


@dataclass(frozen=True)
class CellError:
    """Why a row stays out: where, what stands there, which rule it breaks, with its code, and what to do."""

    place: Place
    value: str
    question: str
    rule: str
    remedy: str
    code: str
    key: str = ""  # of the question

    @property
    def words(self) -> str:
        """Return the error in one line."""
        where = say("lembar «{sheet}», ", sheet=self.place.sheet) if self.place.sheet else ""
        told = f"{where}{self.place.name}: «{self.value}» {self.question}. {self.rule} {self.remedy}"
        return coded(told, self.code)


@dataclass(frozen=True)
class TableRow:
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
class PlaceOfRows:
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
    address: PlaceOfRows
    referring: Referring
    errors: list[CellError] = field(default_factory=list)
    locked: list[CellError] = field(default_factory=list)  # what would change a verified record
    warnings: list[str] = field(default_factory=list)
    rejected: list[TableRow] = field(default_factory=list)
    dashes: Counter[int] = field(default_factory=Counter)  # cells with a dash alone, by column
    repeated: list[int] = field(default_factory=list)  # rows that say the headings again
    signed: list[int] = field(default_factory=list)  # rows below the table, with signatures or notes
    over: dict[int, str] = field(default_factory=dict)  # rows with the label of the RT of those below
    marks: Counter[tuple[int, str, str]] = field(default_factory=Counter)  # column, mark, and the option it is read as
    names_own: bool = False  # some row names a place of the workspace
    ruined: frozenset[int] = frozenset()  # columns of identity numbers that all lost their last digits

    def cell(self, row: TableRow, key: str) -> Place:
        """Return the cell of a row that answers a question; the first one for what no column says."""
        column = next((at for at, its in self.matched.columns.items() if its == key), 0)
        return replace(row.place, column=column)


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
        raise Unfit(cell_rules.OUTSIDE, what=what, name=text)
    if found:
        raise Unfit(cell_rules.SEVERAL, what=what, name=text)
    raise Unfit(cell_rules.UNKNOWN, what=what, name=text)


def names_own(reading: Reading, table: Table) -> bool:
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
        reading.errors.append(error(reading, row, "", "parent", Unfit(cell_rules.NO_CELL)))
        return None
    given |= {key: value for key, value in form.complete(given).items() if key in ADDRESS and key not in given}
    wanted = {"region": bool(form.place), "rt": form.place == "rt", "period": form.per_period}
    period = address.period or reading.about.period
    rt = next(reversed(reading.over.values()), address.rt)
    usual = {"region": _usual_region(reading, given), "rt": rt, "period": period}
    needed = [key for key, is_needed in wanted.items() if is_needed]
    needed += (key for key in form.natural if key not in wanted)
    known = form.complete(given)
    for key in (key for key in needed if key not in given and key not in known):
        if usual.get(key):
            given[key] = usual[key]
        elif key == "region" or key in form.natural:
            has_column = key in reading.matched.columns.values()
            lacking = Unfit(cell_rules.EMPTY if has_column else cell_rules.NO_COLUMN)
            reading.errors.append(error(reading, reading.cell(TableRow(row, given), key), "", key, lacking))
            return None
    return given


def _usual_region(reading: Reading, given: Mapping[str, object]) -> str:
    """Return where a row stands that does not say so: beside the record it belongs to, else as the workspace has it."""
    above = reading.form.parent
    beside = reading.referring.region(above, str(given["parent"])) if above and "parent" in given else ""
    return beside or _usual_site(reading)


def error(reading: Reading, place: Place, value: str, key: str, objection: Unreadable) -> CellError:
    """Return why a cell keeps its row out: the question in words, the rule, its code, and what to do."""
    form, to_do = reading.form, remedy(reading.form, key, reading.referring, reading.about.regions)
    return CellError(place, value, label_of(form, key), str(objection), to_do, code_of(form, key, objection), key)


def label_of(form: type[Form], key: str) -> str:
    """Return a question, or a part of the address, in words."""
    question = form.question(key)
    if question is not None:
        return f"{question.number or ''} {say(question.label)}".strip()
    named = {"region": words_for_site(form), "rt": "RT", RW: "RW", "period": say("Periode"),
             "id": say("Nomor catatan")}
    return named.get(key, key)


def spans(numbers: Iterable[int]) -> str:
    """Return for instance «2–4, 7»."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(f"{first}–{last}" if first < last else str(first) for first, last in found)
