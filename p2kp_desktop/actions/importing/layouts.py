"""Which layout a file has, and so how it comes in: the official RT workbook, or a table of one form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from p2kp_desktop.actions.common import practice_mark
from p2kp_desktop.actions.common.long_work import Report, beat_of
from p2kp_desktop.exchange.bundle import MACHINE
from p2kp_desktop.exchange.columns import BY_HAND, BY_KEY, Kept, Matched, by_hand, is_marked, match, match_below
from p2kp_desktop.exchange.official import reading
from p2kp_desktop.exchange.official.reading import MIXED, Official
from p2kp_desktop.exchange.tables import Table, read_clipboard, read_tables
from p2kp_desktop.forms import FORMS, Household
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Answer, Form
from p2kp_desktop.store import Workspace

from . import column_matchings, import_plan
from . import official_workbook as official
from .import_plan import Plan
from .read_table import PlaceOfRows
from .rt_of_rows import said_of_all

COLUMNS, IGNORED = "kolom", "abaikan"  # what a person answers who does not need the columns that are not known


@dataclass(frozen=True)
class TableSource:
    """What comes in: the tables of a file, or of the clipboard (no path); `official` where it is such a workbook."""

    path: Path | None
    tables: tuple[Table, ...]
    official: Official | None = None

    @property
    def asks_about_drain(self) -> bool:
        """Say whether B28 was answered, which nobody can read without knowing what was asked."""
        line = self.official.surroundings if self.official else None
        return line is not None and any(each.key == MIXED for each in line.given)


@dataclass(frozen=True)
class WantedLayout:
    """How a source is to come in: `sheet` is the place of a table, None for the one that fits best.

    `heading` is the row, from 1, that a person says holds the headings; 0 for none of them.
    """

    form: type[Form]
    address: PlaceOfRows = import_plan.ANYWHERE
    sheet: int | None = None
    heading: int | None = None
    matched: Matched | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


def plans(
    workspace: Workspace, form: type[Form], path: Path, address: PlaceOfRows, answers: Mapping[str, str]
) -> list[Plan]:
    """Return the plans for importing a file, one for each form in it or each sheet of one layout; raise Trouble."""
    practice_mark.refuse_stamped(workspace, path)
    tables = _filled(path)
    book = reading.recognise(tables)
    if book is not None:
        return official.plans(workspace, book, address, answers)
    found = import_plan.recognised(workspace, form, tables, name=path.name)
    return _accepted(_of_one_layout(workspace, form, found, address), answers)


def _accepted(made: Sequence[Plan], answers: Mapping[str, str]) -> list[Plan]:
    """Return plans as they come in where a person said that the columns nobody knows are not needed."""
    return [replace(each, refusal=None) for each in made] if answers.get(COLUMNS) == IGNORED else [*made]


def _of_one_layout(
    workspace: Workspace, form: type[Form], found: Sequence[tuple[Matched, Table]], address: PlaceOfRows,
    report: Report | None = None,
) -> list[Plan]:
    """Return a plan for each sheet that has the layout of the best one; the first tells what is not read."""
    layout = _layout(max(found, key=lambda each: (*_worth(each[0]), len(each[1].rows)))[0])
    made = [import_plan.plan(workspace, form, table, matched, address, report) for matched, table in found
            if _layout(matched) == layout]
    return _telling(list(_each_once(made)), found)


def _layout(matched: Matched) -> tuple[bool, frozenset[str]]:
    """Return that by which sheets have one layout: their keys, what their columns answer."""
    return matched.by == BY_KEY, frozenset(matched.columns.values())


def _each_once(made: Sequence[Plan]) -> Iterator[Plan]:
    """Yield plans but for those with a row that stands in an earlier one too: copies that somebody kept of a sheet."""
    seen: set[frozenset[tuple[str, Answer]]] = set()
    for each in made:
        rows = {frozenset(row.given.items()) for row in (*each.rows, *each.refused)}
        if not rows & seen:
            seen |= rows
            yield each


def _telling(made: list[Plan], found: Sequence[tuple[Matched, Table]]) -> list[Plan]:
    """Return plans of which the first tells which other sheets with this form are not read."""
    read = {each.matched.sheet for each in made}
    best = made[0].matched
    notes = [
        say("Lembar «{sheet}» juga berisi {form} ({count} baris) dan tidak dibaca; impor lembar itu tersendiri.",
            sheet=table.sheet, form=say(form_named(matched.form).title), count=len(table.rows) - matched.heading)
        for matched, table in found
        if matched.sheet not in read and len(table.rows) > matched.heading
        and (matched.by == BY_KEY) == (best.by == BY_KEY) and len(matched.columns) > len(best.columns) / 2
    ]
    return [replace(made[0], warnings=(*made[0].warnings, *notes)), *made[1:]]


def of_file(path: Path, report: Report | None = None) -> TableSource:
    """Return the tables that a workbook holds; raise Trouble for one that cannot be read, is empty, or is a bundle.

    Raises Cancelled, too.
    """
    tables = _filled(path, report)
    if any(table.sheet == MACHINE for table in tables):
        raise Trouble(
            say("«{file}» adalah paket P2KP, bukan tabel isian.", file=path.name),
            remedy=say("Terima paket itu di Kirim & Terima; perubahannya digabungkan dan tidak ada yang tertimpa."),
            code="I08",
        )
    return TableSource(path, tables, reading.recognise(tables))


def _filled(path: Path, report: Report | None = None) -> tuple[Table, ...]:
    """Return the sheets that hold something; raise Trouble where none does."""
    tables = tuple(read_tables(path, beat=beat_of(report)))
    if not tables:
        raise Trouble(say("«{file}» tidak berisi apa pun.", file=path.name), remedy=say("Pilih berkas lain."),
                      code="I09")
    return tables


def of_text(text: str) -> TableSource:
    """Return the table that was copied from an office suite; raise Trouble where that is nothing."""
    table = read_clipboard(text)
    if not any(words for row in table.rows for words in row):
        raise Trouble(say("Papan klip kosong."), remedy=say("Salin sel di Excel, lalu tempel lagi."), code="I10")
    return TableSource(None, (table,))


def guess(workspace: Workspace, source: TableSource) -> type[Form] | None:
    """Return the form whose headings fit best; None where none does."""
    if source.official is not None:
        return Household
    known = column_matchings.kept_matchings(workspace)
    likely = [form for form in FORMS if any(is_marked(table, form) for table in source.tables)] or FORMS
    worth = {form: max(_worth(match(table, form, known)) for table in source.tables) for form in likely}
    best = max(likely, key=lambda form: worth[form])
    return best if any(worth[best]) else None


def address_of(workspace: Workspace, source: TableSource, form: type[Form], here: PlaceOfRows) -> PlaceOfRows:
    """Return where rows go that do not say so: where the user is, but for what the cover, sheet or title says."""
    if source.official is not None:
        return import_plan.ANYWHERE
    known = column_matchings.kept_matchings(workspace)
    found = ((match(table, form, known), table) for table in source.tables)
    says_rt = any(its is not None and said_of_all(form, its, table) for its, table in found)
    return replace(here, rt="") if says_rt else here


def _worth(matched: Matched | None) -> tuple[int, int, int]:
    if matched is None:
        return 0, 0, 0
    return {BY_KEY: 2, BY_HAND: 1}.get(matched.by, 0), len(matched.columns), sum(matched.percent.values())


def plans_of(
    workspace: Workspace, source: TableSource, wanted: WantedLayout, report: Report | None = None
) -> list[Plan]:
    """Return the plans for importing a source; a table without known headings comes with no column matched.

    Nothing is written. Raises Trouble, and Cancelled.
    """
    practice_mark.refuse_stamped(workspace, source.path)
    if source.official is not None:
        return official.plans(workspace, source.official, wanted.address, wanted.answers)
    known = column_matchings.kept_matchings(workspace)
    tables = source.tables if wanted.sheet is None else source.tables[wanted.sheet : wanted.sheet + 1]
    found = [(_match(table, wanted, known), table) for table in tables]
    known_ones = [(its, each) for its, each in found if its is not None]
    if known_ones and wanted.matched is None:
        return _accepted(_of_one_layout(workspace, wanted.form, known_ones, wanted.address, report), wanted.answers)
    _, table = max(found, key=lambda each: (*_worth(each[0]), len(each[1].rows)))
    matched = wanted.matched or by_hand(table, wanted.form)
    if wanted.matched is not None:
        table = next(each for each in source.tables if each.sheet == matched.sheet)
    return _accepted([import_plan.plan(workspace, wanted.form, table, matched, wanted.address, report)], wanted.answers)


def _match(table: Table, wanted: WantedLayout, known: Kept) -> Matched | None:
    if wanted.heading is not None:
        return match_below(table, wanted.form, wanted.heading, known)
    return match(table, wanted.form, known)
