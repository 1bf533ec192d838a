"""From Excel: a table becomes records. First a plan that says what would happen, then one act that can be taken back.

Nothing typed is guessed at: a cell that cannot be read keeps its row out and is named with its rule and remedy, and in
a copy of the file it is explained; an empty cell changes nothing; a row that is here already is known again by its id,
its natural key, RT, building and name, or word for word: importing a file twice changes nothing.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from p2kp_desktop.actions.common import practice_mark
from p2kp_desktop.actions.common.long_work import Report, Steps
from p2kp_desktop.actions.recording import doubles, record_titles
from p2kp_desktop.actions.recording.named_acts import acting
from p2kp_desktop.actions.recording.record_names import Titles
from p2kp_desktop.actions.recording.record_titles import Referring
from p2kp_desktop.actions.recording.recording import Refused, keep_within
from p2kp_desktop.actions.recording.saves import Edits, editing
from p2kp_desktop.actions.residents import line_ends
from p2kp_desktop.exchange import annotated
from p2kp_desktop.exchange.annotated import Remark
from p2kp_desktop.exchange.columns import BY_KEY, Matched, match
from p2kp_desktop.exchange.tables import Table, read_clipboard, read_tables
from p2kp_desktop.exchange.template import write_template
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules.likeness import Likeness
from p2kp_desktop.schema import Answer, Form
from p2kp_desktop.store import Connection, Workspace, facts

from . import cell_rules, column_matchings, rt_of_rows
from .cell_rules import Unfit, code_of_row, coded
from .namesakes import BY_ROW, known_again, likely
from .read_table import (
    DELETED,
    IDENTICAL,
    IMPORTED,
    LOCKED,
    NEW,
    REJECTED,
    SKIPPED,
    UPDATED,
    CellError,
    PlaceOfRows,
    Reading,
    TableRow,
)
from .row_reading import rows as rows_of
from .rt_of_rows import on_sheet
from .table_notes import mostly_unread, notes

ANYWHERE = PlaceOfRows()


@dataclass(frozen=True)
class Plan:
    """What an import would do; nothing is written yet. `doubles` are new rows that may be here already."""

    source: str
    form: str
    matched: Matched
    rows: tuple[TableRow, ...]
    errors: tuple[CellError, ...]
    warnings: tuple[str, ...]
    doubles: tuple[Likeness, ...] = ()
    refused: tuple[TableRow, ...] = ()  # the rows that cannot be read, with the answers that can
    locked: tuple[CellError, ...] = ()  # what would change a verified record
    titles: Titles = field(default_factory=dict)  # of the records that answers point to, by id
    refusal: Trouble | None = None  # why nothing of it is recorded, unless a person says how it is meant

    def count(self, outcome: str) -> int:
        """Return how many rows would end like this."""
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def rejected(self) -> int:
        """Return how many rows stay out."""
        return len({(error.place.sheet, error.place.row) for error in self.errors})

    def objections(self, *, reason: str = "") -> tuple[CellError, ...]:
        """Return the cells that keep their rows out; with a reason verified records may change."""
        return self.errors if reason.strip() else (*self.errors, *self.locked)


@dataclass(frozen=True)
class Imported:
    """How an import ended, in rows: each is new, updated, identical, skipped or rejected.

    Rejected ones are told by the objections of their plan, and among the warnings where a record refused them.
    """

    rows: int
    new: int
    updated: int
    rejected: int
    warnings: tuple[str, ...]
    ids: tuple[str, ...]
    identical: int = 0
    skipped: int = 0


def plan_file(
    workspace: Workspace, form: type[Form], path: Path, address: PlaceOfRows = ANYWHERE,
    corrected: Matched | None = None,
) -> Plan:
    """Return the plan of importing a workbook; raise Trouble for a file in which no sheet holds the form."""
    practice_mark.refuse_stamped(workspace, path)
    found = recognised(workspace, form, read_tables(path), name=path.name)
    best, table = max(found, key=lambda each: (each[0].by == BY_KEY, len(each[0].columns)))
    return plan(workspace, form, table, corrected or best, address)


def recognised(
    workspace: Workspace, form: type[Form], tables: Sequence[Table], *, name: str
) -> list[tuple[Matched, Table]]:
    """Return the sheets of a file that hold the form; columns go where a person gave them before. Raises Trouble."""
    kept = column_matchings.kept_matchings(workspace)
    found = [(its, table) for table in tables if (its := match(table, form, kept)) is not None]
    if not found:
        raise Trouble(
            say("Tidak ada lembar di «{file}» yang judul kolomnya cocok dengan formulir {form}.", file=name,
                form=say(form.title)),
            remedy=say("Periksa formulirnya, atau salin judul kolom dari templat."), code="I01",
        )
    return found


def plan_pasted(workspace: Workspace, form: type[Form], text: str, address: PlaceOfRows = ANYWHERE) -> Plan:
    """Return the plan of importing a pasted block; raise Trouble when its headings do not say what it is."""
    table = read_clipboard(text)
    matched = match(table, form)
    if matched is None:
        raise Trouble(
            say("Blok yang disalin tidak mempunyai judul kolom yang dikenal."),
            remedy=say("Salin bersama baris judulnya, lalu tempel lagi."), code="I02",
        )
    return plan(workspace, form, table, matched, address)


def plan(
    workspace: Workspace, form: type[Form], table: Table, matched: Matched, address: PlaceOfRows,
    report: Report | None = None,
) -> Plan:
    """Return the plan of importing a table whose columns are matched; nothing is written. Raises Cancelled."""
    steps = Steps(report, 2 * len(table.rows))
    with workspace.asking() as connection:
        table, matched, gathered = column_matchings.gathered(form, table, matched)
        address = on_sheet(form, matched, table, address)
        reading = Reading(form, matched, facts.facts(connection), address, Referring(connection))
        read = rt_of_rows.with_rw(connection, reading, list(rows_of(reading, table, steps)))
        reading.warnings += [*gathered, *notes(reading, table, read)]
        steps.at_least(len(table.rows))
        made = plan_read(connection, reading, read, table.source)
        steps.at_least(steps.total)
    return replace(made, refusal=mostly_unread(reading, table))


def plan_read(connection: Connection, reading: Reading, read: Sequence[TableRow], source: str) -> Plan:
    """Return the plan of importing rows that were read."""
    placed = known_again(connection, reading, read)
    alike = likely(connection, reading.form, placed, reading.about.period)
    titles = record_titles.titles(connection, reading.form, (row.given for row in (*placed, *reading.rejected)))
    return Plan(source, reading.form.key, reading.matched, tuple(placed), tuple(reading.errors),
                tuple(reading.warnings), alike, tuple(reading.rejected), tuple(reading.locked), titles)


def decided(made: Plan, skipped: Collection[int], apart: Mapping[int, Collection[str]]) -> Plan:
    """Return a plan after what a person decided: rows to skip, and of which households a row is none, by row."""
    placed = [
        replace(row, outcome=SKIPPED if row.place.row in skipped else row.outcome,
                apart=tuple(sorted(apart.get(row.place.row, ()))))
        for row in made.rows
    ]
    return replace(made, rows=tuple(placed))


def must_be_accepted(plans: Sequence[Plan]) -> None:
    """Raise Trouble where a plan is refused."""
    for refusal in (made.refusal for made in plans):
        if refusal is not None:
            raise refusal


def carry_out(
    workspace: Workspace, plans: Sequence[Plan], *, reason: str = "", report: Report | None = None
) -> Imported:
    """Record the rows of plans as one act that can be taken back; raises Cancelled, and then nothing is recorded.

    With a reason rows may change verified records. Raises Trouble where a plan is refused.
    """
    must_be_accepted(plans)
    steps = Steps(report, sum(len(made.rows) for made in plans))
    with acting(workspace, _name(plans[0]), file=plans[0].source) as edits:
        return _record(edits, plans, reason, steps)


class _Rehearsed(Exception):
    """Takes a rehearsal back."""


def rehearse(workspace: Workspace, plans: Sequence[Plan], *, reason: str = "") -> Imported:
    """Return how carrying out these plans would end; nothing is recorded. Raises Trouble where a plan is refused."""
    must_be_accepted(plans)
    done: list[Imported] = []
    with suppress(_Rehearsed), editing(workspace) as edits:
        done.append(_record(edits, plans, reason, Steps(None, 0)))
        raise _Rehearsed
    return done[0]


def _record(edits: Edits, plans: Sequence[Plan], reason: str, steps: Steps) -> Imported:
    ids: dict[str, None] = {}
    refused: list[str] = []
    ended = Counter({REJECTED: sum(made.rejected for made in plans)})
    for made in plans:
        edits.look_up(made.form, [row.id for row in made.rows if row.id])
        recorded: dict[str, str] = {}
        for row in made.rows:
            outcome = _outcome(row, reason)
            try:
                if outcome in (NEW, UPDATED):
                    _refuse_again(row, ids)
                    recorded[f"{BY_ROW}{row.place.row}"] = _carry(edits, made, row, reason)
            except (Refused, Unfit) as objection:
                outcome = REJECTED
                refused.append(coded(f"{_source(made, row)}: {objection}", code_of_row(objection)))
            ended[outcome] += 1
            steps.step()
        _tell_apart(edits, made, recorded)
        ids |= dict.fromkeys(recorded.values())
    line_ends.match_touched(edits)
    warnings = (*_warnings(plans), *refused)
    return Imported(ended.total(), ended[NEW], ended[UPDATED], ended[REJECTED], warnings, tuple(ids),
                    ended[IDENTICAL], ended[SKIPPED])


def _warnings(plans: Sequence[Plan]) -> Iterator[str]:
    """Yield the warnings of plans, with the sheet of each where several sheets are alike."""
    alike = len(plans) > 1 and len({made.form for made in plans}) == 1
    for made in plans:
        for told in made.warnings:
            yield say("Lembar «{sheet}»: {told}", sheet=made.matched.sheet, told=told) if alike else told


def _refuse_again(row: TableRow, ids: Collection[str]) -> None:
    """Raise Unfit for a row of a record that a row of another sheet is already."""
    if row.id in ids:
        raise Unfit(cell_rules.TWICE_ELSEWHERE)


def _outcome(row: TableRow, reason: str) -> str:
    """Return how a row ends: one of a verified record changes it when there is a reason."""
    if row.outcome == LOCKED:
        return UPDATED if reason.strip() else REJECTED
    return SKIPPED if row.outcome == DELETED else row.outcome


def _carry(edits: Edits, made: Plan, row: TableRow, reason: str) -> str:
    """Record a row; return its id. Raises Refused."""
    why = reason if row.outcome == LOCKED else ""
    form = form_named(made.form)
    return keep_within(edits, form, _answers(row), origin=IMPORTED, source=_source(made, row), reason=why).id


def _tell_apart(edits: Edits, made: Plan, recorded: Mapping[str, str]) -> None:
    """Remember of which households, or of which other rows, a row is none."""
    for row in made.rows:
        one = recorded.get(f"{BY_ROW}{row.place.row}")
        others = [recorded.get(other, "") if other.startswith(BY_ROW) else other for other in row.apart]
        for other in filter(None, others if one else ()):
            doubles.apart(edits, str(one), other, reason=f"{IMPORTED} {_source(made, row)}")


def _name(made: Plan) -> str:
    if made.source:
        return say("Impor {file}", file=made.source)
    return say("Tempel {form}", form=say(form_named(made.form).title))


def _answers(row: TableRow) -> dict[str, Answer]:
    given = {key: value for key, value in row.given.items() if key != "id"}
    return given | {"id": row.id} if row.id else given


def _source(made: Plan, row: TableRow) -> str:
    sheet = say("lembar «{sheet}»", sheet=row.place.sheet) if row.place.sheet else ""
    said = made.source, sheet, say("baris {row}", row=row.place.row)
    return " ".join(part for part in said if part)


def template(form: type[Form], path: Path) -> None:
    """Write a blank workbook of a form that can be filled and imported; raise Trouble."""
    write_template(path, form)


def write_annotated(plans: Sequence[Plan], source: Path, target: Path) -> None:
    """Write the copy, always an .xlsx; raise Trouble."""
    remarks = [
        Remark(error.place, error.value, error.question, error.rule, error.remedy, error.code)
        for made in plans for error in made.objections()
    ]
    annotated.annotate(source, target, remarks)


def words_of_annotated(source: Path, copy: Path) -> str:
    """Return in words what was written, and what to do with it."""
    words = say("Tersimpan: {path}. Perbaiki sel berwarna di salinan itu, lalu impor lagi; yang sudah masuk "
                "tidak digandakan.", path=copy)
    if annotated.keeps_looks(source):
        return words
    looks = say("Salinan selalu .xlsx, yang juga dibuka LibreOffice; rumus dan warna aslinya tidak ikut.")
    return f"{words} {looks}"
