"""An import before it happens, as a person looks at it: rows with what they do, columns with what they answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from p2kp_desktop.actions.recording import doubles, record_names, record_titles
from p2kp_desktop.actions.recording.record_names import Titles
from p2kp_desktop.exchange.cells import column_letter
from p2kp_desktop.exchange.headings import RW
from p2kp_desktop.exchange.tables import Table, words
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.language import say
from p2kp_desktop.rules.likeness import Likeness
from p2kp_desktop.schema import ADDRESS, Answer, Form, Reference
from p2kp_desktop.store import Workspace, records

from .import_plan import Plan
from .namesakes import BY_ROW
from .read_table import CellError, TableRow, label_of

_EXAMPLES = 3  # cells shown of a column
_MOST_DOUBLES = 50  # likely duplicates that are told


@dataclass(frozen=True)
class ColumnHead:
    """A column: its letter and heading in the file («» where a question has several), and what it answers."""

    letter: str
    heading: str
    key: str = ""
    label: str = ""
    percent: int | None = None
    column: int = -1


@dataclass(frozen=True)
class PreviewLine:
    """A row and the cells that keep it out, by the key of their question."""

    row: TableRow
    errors: Mapping[str, CellError]

    @property
    def outcome(self) -> str:
        """Return the outcome that importing the row has here."""
        return self.row.outcome


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: as understood, or with its error; `aside` when nothing is taken from it."""

    text: str
    error: CellError | None = None
    aside: bool = False


class Preview:
    """A plan beside the table it came from; the official workbook has none that could be shown column by column."""

    def __init__(self, made: Plan, tables: Sequence[Table] = ()) -> None:
        self.plan = made
        self.form: type[Form] = form_named(made.form)
        self.table = next((each for each in tables if each.sheet == made.matched.sheet), None)

    @property
    def part(self) -> str:
        """Return by what this part of a file is told from the others: its form and its sheet."""
        return f"{self.form.key} {self.plan.matched.sheet}"

    @cached_property
    def lines(self) -> tuple[PreviewLine, ...]:
        """Return all rows in the order of the file."""
        errors: dict[int, dict[str, CellError]] = {}
        for error in self.plan.errors:
            errors.setdefault(error.place.row, {})[error.key] = error
        found = sorted((*self.plan.rows, *self.plan.refused), key=lambda row: row.place.row)
        return tuple(PreviewLine(row, errors.get(row.place.row, {})) for row in found)

    def count(self, *outcomes: str) -> int:
        """Return how many rows have one of these outcomes."""
        return sum(line.outcome in outcomes for line in self.lines)

    @cached_property
    def heads(self) -> tuple[ColumnHead, ...]:
        """Return the columns: of the table, those in which something stands; else the questions answered."""
        return self._of_table(self.table) if self.table else self._of_questions()

    def _of_table(self, table: Table) -> tuple[ColumnHead, ...]:
        matched = self.plan.matched
        filled = {at for row in table.rows[matched.heading :] for at, value in enumerate(row) if value != ""}
        headings = dict(enumerate(matched.headings or _texts(table, matched.heading)))
        shown = filled | set(matched.columns) | {at for at, text in headings.items() if text}
        found = []
        for at in sorted(shown):
            key = matched.columns.get(at, "")
            label = label_of(self.form, key) if key else ""
            found.append(ColumnHead(column_letter(at), headings.get(at, ""), key, label, matched.percent.get(at), at))
        return tuple(found)

    def _of_questions(self) -> tuple[ColumnHead, ...]:
        given = {key for line in self.lines for key in (*line.row.given, *line.errors)}
        keys = [question.key for question in self.form.stored() if question.key in given]
        return tuple(ColumnHead("", "", key, label_of(self.form, key)) for key in keys)

    def cell(self, line: PreviewLine, head: ColumnHead) -> Cell:
        """Return the cell of a line under a heading, as understood or with its error."""
        error = line.errors.get(head.key) if head.key else None
        if error is not None:
            return Cell(error.value or "–", error)
        if head.key in line.row.given:
            return Cell(shown(self.form, head.key, line.row.given[head.key], self.plan.titles))
        return Cell(self._raw(line, head), aside=head.key != RW)

    def _raw(self, line: PreviewLine, head: ColumnHead) -> str:
        if self.table is None or head.column < 0:
            return ""
        row = self.table.rows[line.row.place.row - 1]
        return words(row[head.column]) if head.column < len(row) else ""

    def examples(self, head: ColumnHead) -> str:
        """Return the texts in the first filled cells of a column."""
        rows = self.table.rows[self.plan.matched.heading :] if self.table and head.column >= 0 else ()
        filled = filter(None, (words(row[head.column]) for row in rows if head.column < len(row)))
        return " · ".join(islice(filled, _EXAMPLES))

    @cached_property
    def alike(self) -> Mapping[int, tuple[Likeness, ...]]:
        """Return the households that a new row may be, by row."""
        found: dict[int, list[Likeness]] = {}
        for likeness in self.plan.doubles:
            found.setdefault(row_of(likeness), []).append(likeness)
        return {row: tuple(some) for row, some in found.items()}

    @property
    def to_write(self) -> int:
        """Return how many rows would be recorded: new and updated ones."""
        return self.count("new", "updated")


def _texts(table: Table, heading: int) -> list[str]:
    return [words(cell) for cell in table.rows[heading - 1]] if heading else []


def shown(form: type[Form], key: str, answer: Answer, titles: Titles) -> str:
    """Return an answer in the words of its question; `titles` says what records are called that one points to."""
    question = form.question(key)
    if isinstance(question, Reference):
        return record_names.shown(form.key, key, answer, titles)
    if key in ADDRESS or question is None or answer is None or not question.understands(answer):
        return str(answer)
    return question.show(answer)


def other_house(likeness: Likeness) -> str:
    """Return how the household is called that a row may be: with its row where it is another row of the table."""
    house = likeness.other
    number = house.id.removeprefix(BY_ROW) if house.id.startswith(BY_ROW) else ""
    parts = say("baris {row}", row=number) if number else "", house.name or say("(tanpa nama)"), house.number
    return " · ".join(part for part in parts if part)


def doubles_told(made: Plan) -> list[str]:
    """Return in words which new rows may be here already, or twice in the table; of very many the first."""
    told = [
        say("Baris {row} ({name}) mungkin sama dengan {other}: {reasons}.", row=row_of(each),
            name=each.one.name or say("(tanpa nama)"), other=other_house(each), reasons=doubles.reasons(each))
        for each in made.doubles[:_MOST_DOUBLES]
    ]
    more = len(made.doubles) - len(told)
    return told + ([say("dan {count} pasang lainnya yang mungkin sama.", count=more)] if more else [])


def row_of(likeness: Likeness) -> int:
    """Return the row of a table that may be here already."""
    return int(likeness.one.id.split()[-1])


@dataclass(frozen=True)
class RowChange:
    """One answer that an updated row changes."""

    label: str
    before: str
    after: str


def changes(workspace: Workspace, form: type[Form], row: TableRow) -> list[RowChange]:
    """Return the answers that a row changes in the record it is; empty where it is none, or says the same."""
    if not row.id:
        return []
    with workspace.asking() as connection:
        there = records.read(connection, form.key, [row.id]).get(row.id)
        titles = record_titles.titles(connection, form, [row.given, *([there.values()] if there else [])])
    values: Mapping[str, Answer] = there.values() if there else {}
    return [
        RowChange(label_of(form, key), shown(form, key, values[key], titles) if values.get(key) is not None else "–",
               shown(form, key, answer, titles))
        for key, answer in row.given.items()
        if there and key != "id" and values.get(key) != answer
    ]
