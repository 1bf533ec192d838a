"""The list of residents as the head of an RT gives it: what each line would do, then one act that can be taken back.

Which column is what is told by its headings or by what it holds.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from p2kp_desktop.actions.common.long_work import Report, Steps
from p2kp_desktop.actions.recording.named_acts import acting
from p2kp_desktop.actions.residents import line_ends
from p2kp_desktop.actions.residents.residents import ResidentLine, line_of, listed
from p2kp_desktop.exchange.cells import column_letter
from p2kp_desktop.exchange.columns import match
from p2kp_desktop.exchange.headings import RW
from p2kp_desktop.exchange.tables import Table, read_clipboard, words
from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.language import say
from p2kp_desktop.rules.likeness import comparable
from p2kp_desktop.schema import Answer, Record, Unreadable
from p2kp_desktop.schema.places import rt_parts, rt_with_rw
from p2kp_desktop.schema.values import tidy
from p2kp_desktop.store import Workspace

from .row_reading import is_sum

NAME, NUMBER, RT = Resident.head_name.key, Resident.house_number.key, "rt"
_READ = (NAME, NUMBER, RT, RW)
_NUMBERED = re.compile(r"^\s*(\d{1,4})\s*[.)]\s*(?=\D)")  # 1. Siti, as people number a list in a message
_LONG = 9  # figures from which a cell is an identity or a telephone number, never that of a house

PastedRow = tuple[str, ...]


@dataclass(frozen=True)
class Pasted:
    """A pasted list: its rows without those above the data, its headings («()» for none), the column of each key."""

    rows: tuple[PastedRow, ...]
    headings: PastedRow = ()
    columns: Mapping[str, int] = field(default_factory=dict)
    above: int = 0  # rows above the first one

    def cell(self, row: PastedRow, key: str) -> str:
        """Return the text of a pasted row under a key, «» for nothing."""
        return row[self.columns[key]] if key in self.columns else ""

    def line(self, row: PastedRow) -> ResidentLine:
        """Return the house number and the name of a row."""
        return ResidentLine(self.cell(row, NUMBER).rstrip("."), self.cell(row, NAME))

    def lies_in(self, row: PastedRow, rt: str) -> bool:
        """Say whether a row belongs to an RT: it names that one, or none."""
        said = self.cell(row, RT)
        try:
            label = rt_with_rw(said, self.cell(row, RW)) if said else rt
        except Unreadable:
            return True
        (its, its_rw, _), (here, here_rw, _) = rt_parts(label), rt_parts(rt)
        return label == rt or None in (its, here) or (its == here and (None in (its_rw, here_rw) or its_rw == here_rw))

    def called(self, key: str) -> str:
        """Return the column of a key as people see it in Excel: B «Nama KK»; «» for none."""
        if key not in self.columns:
            return ""
        at = self.columns[key]
        heading = self.headings[at] if at < len(self.headings) else ""
        return f"{column_letter(at)} «{heading}»" if heading else column_letter(at)

    def turned(self, key: str) -> "Pasted":
        """Return the list with the next column to the right as its names, or among the others as its numbers.

        A column that was the numbers becomes the names, and the other way round; there may be no numbers at all.
        """
        filled = [at for at in range(max(map(len, self.rows), default=0)) if any(row[at] for row in self.rows)]
        others = [None, *(at for at in filled if at != self.columns.get(NAME))]
        choices: list[int | None] = [*filled] if key == NAME else others
        here = self.columns.get(key)
        chosen = choices[(choices.index(here) + 1) % len(choices)] if here in choices else choices[0]
        columns = {each: at for each, at in self.columns.items() if each != key and at != chosen}
        if here is not None and chosen is not None and chosen == self.columns.get(NUMBER):
            columns[NUMBER] = here
        return replace(self, columns=columns if chosen is None else columns | {key: chosen})


def read_pasted(text: str) -> Pasted:
    """Return a list as it is pasted or typed: columns between tabs or semicolons, or one name a line."""
    table = read_clipboard(text if "\t" in text else text.replace(";", "\t"))
    return _read(replace(table, rows=tuple([tidy(words(cell)) for cell in row] for row in table.rows)))


def _read(table: Table) -> Pasted:
    matched = match(table, Resident)
    above = matched.heading if matched else 0
    rows = [(*map(str, row),) for row in table.rows[above:]]
    headings = matched.headings if matched else ()
    columns = {key: at for at, key in matched.columns.items() if key in _READ} if matched else {}
    if not columns:
        rows, columns = _guessed(rows)
    elif NAME not in columns:
        columns = _guess(rows) | columns
    return Pasted(tuple(rows), tuple(headings), columns, above)


def _guessed(rows: list[PastedRow]) -> tuple[list[PastedRow], dict[str, int]]:
    """Return the rows and their columns by what they hold; a number before each name is taken off."""
    filled = [row[0] for row in rows if any(row)]
    if filled and all(len(row) == 1 for row in rows) and all(_NUMBERED.match(cell) for cell in filled):
        rows = [(_NUMBERED.sub("", row[0]),) for row in rows]
    return rows, _guess(rows)


def _guess(rows: Sequence[PastedRow]) -> dict[str, int]:
    """Return the column of names, that with most cells of letters alone, and that of house numbers.

    The last column that may hold the numbers does, but for one that counts the rows: only of two columns it may be it.
    """
    width = max(map(len, rows), default=0)
    columns = {at: [row[at] for row in rows if any(row)] for at in range(width)}
    free = {at: cells for at, cells in columns.items() if any(cells)}
    if not free:
        return {}
    named = max(free, key=lambda at: (sum(map(_is_name, free[at])), sum(map(_letters, free[at])), -at))
    numbered = [at for at in free if at != named and _may_number(free[at])]
    counted = [at for at in numbered if len(free) == 2 or not _is_running(free[at])]
    return {NAME: named} | ({NUMBER: counted[-1]} if counted else {})


def _is_name(cell: str) -> bool:
    return _letters(cell) > 1 and not any(letter.isdigit() for letter in cell)


def _letters(cell: str) -> int:
    return sum(letter.isalpha() for letter in cell)


def _may_number(cells: Sequence[str]) -> bool:
    """Say whether a column may hold house numbers: figures in most cells, not all alike, not those of persons."""
    filled = [cell for cell in cells if cell]
    figures = [sum(letter.isdigit() for letter in cell) for cell in filled]
    return 2 * sum(map(bool, figures)) >= len(filled) and max(figures) < _LONG and (
        len(filled) == 1 or len(set(filled)) > 1
    )


def _is_running(cells: Sequence[str]) -> bool:
    return [cell.rstrip(".") for cell in cells] == [str(number) for number in range(1, len(cells) + 1)]


NEW, KNOWN, TWIN, DOUBTFUL, ELSEWHERE, TOTAL = "new", "known", "twin", "doubtful", "elsewhere", "total"
TAKEN = (NEW, TWIN, DOUBTFUL)  # what is put unless a person leaves it out


@dataclass(frozen=True)
class Examined:
    """A line of a pasted list and what it would do; `place` is its row in what was pasted, from 1.

    `why` says in words what is known, repeated or doubtful about it.
    """

    place: int
    line: ResidentLine
    standing: str
    why: str = ""


def examine(pasted: Pasted, there: Iterable[Record], rt: str) -> list[Examined]:
    """Return each pasted line with what it would do in the list of an RT; `there` are the lines that it has."""
    known = Counter(_sameness(line_of(each)) for each in there)
    first: dict[tuple[str, str], int] = {}
    named: dict[str, int] = {}
    found = []
    for place, row in enumerate(pasted.rows, start=pasted.above + 1):
        line = pasted.line(row)
        if line.number or line.name:
            same = _sameness(line)
            if not pasted.lies_in(row, rt):
                standing, why = ELSEWHERE, say("{rt}: tidak diambil", rt=pasted.cell(row, RT))
            elif any(map(is_sum, row)):
                standing, why = TOTAL, say("tidak diambil")
            else:
                standing, why = _standing(line, known, first.get(same), named.get(same[1]))
            found.append(Examined(place, line, standing, why))
            first.setdefault(same, place)
            named.setdefault(same[1], place)
    return found


def _standing(
    line: ResidentLine, known: Counter[tuple[str, str]], twin: int | None, namesake: int | None
) -> tuple[str, str]:
    same = _sameness(line)
    if known[same]:
        known[same] -= 1
        return KNOWN, say("sudah ada di daftar")
    if twin is not None:
        return TWIN, say("sama dengan baris {row}", row=twin)
    if why := next(_doubts(line), ""):
        return DOUBTFUL, why
    return NEW, say("nama sama dengan baris {row}, nomor lain", row=namesake) if line.name and namesake else ""


def _doubts(line: ResidentLine) -> Iterator[str]:
    if not line.name:
        yield say("tanpa nama")
    elif not any(letter.isalpha() for letter in line.name):
        yield say("nama tanpa huruf: kolomnya tertukar?")
    elif line.number and not any(letter.isdigit() for letter in line.number):
        yield say("nomor tanpa angka: kolomnya tertukar?")
    elif len(line.name) > Resident.head_name.longest:
        yield say("nama terlalu panjang")


def _sameness(line: ResidentLine) -> tuple[str, str]:
    return line.number.casefold(), comparable(line.name)


@dataclass(frozen=True)
class Put:
    """What became of a list: lines that are new, how many were there already, how many a household answers."""

    new: tuple[str, ...]
    known: int
    matched: int


def put_list(
    workspace: Workspace, region: str, rt: str, period: str, lines: Sequence[ResidentLine], *, origin: str,
    report: Report | None = None,
) -> Put:
    """Add lines to the list of an RT and match them with the households recorded, as one act; raise Cancelled.

    A line that is there already is left out, as often as it is there: two residents of one name stay two.
    """
    with workspace.asking() as connection:
        there = listed(connection, region, rt, period)
    known = Counter(_sameness(line_of(each)) for each in there)
    new = [line for line in lines if not _is_known(line, known)]
    place = max((each[Resident.line] or 0 for each in there), default=0)
    steps, ids = Steps(report, len(new)), list[str]()
    with acting(workspace, say("daftar warga, {count} baris", count=len(new))) as edits:
        for number, line in enumerate(new, start=place + 1):
            answers: dict[str, Answer] = {
                "region": region, "rt": rt, "period": period, Resident.line.key: number,
                Resident.house_number.key: line.number or None, Resident.head_name.key: line.name or None,
            }
            ids.append(edits.new_id())
            kept = {key: value for key, value in answers.items() if value is not None}
            edits.save(Resident.key, ids[-1], kept, origin=origin)
            steps.step()
        matched = line_ends.match_within(edits, region, rt, period)
    return Put(tuple(ids), len(lines) - len(new), matched)


def _is_known(line: ResidentLine, known: Counter[tuple[str, str]]) -> bool:
    """Say whether a line is there, and count that one off."""
    same = _sameness(line)
    known[same] -= 1
    return known[same] >= 0
