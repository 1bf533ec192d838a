"""The list of residents as the head of an RT gives it: which column is what, by its headings or by what it holds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from p2kp_desktop.actions.residents.residents import Line
from p2kp_desktop.exchange.cells import column_letter
from p2kp_desktop.exchange.columns import match
from p2kp_desktop.exchange.headings import RW
from p2kp_desktop.exchange.tables import Table, read_clipboard, words
from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.schema import Unreadable
from p2kp_desktop.schema.places import rt_parts, rt_with_rw
from p2kp_desktop.schema.values import tidy

NAME, NUMBER, RT = Resident.head_name.key, Resident.house_number.key, "rt"
_READ = (NAME, NUMBER, RT, RW)
_NUMBERED = re.compile(r"^\s*(\d{1,4})\s*[.)]\s*(?=\D)")  # 1. Siti, as people number a list in a message
_LONG = 9  # figures from which a cell is an identity or a telephone number, never that of a house

Row = tuple[str, ...]


@dataclass(frozen=True)
class Pasted:
    """A pasted list: its rows without those above the data, its headings («()» for none), the column of each key."""

    rows: tuple[Row, ...]
    headings: Row = ()
    columns: Mapping[str, int] = field(default_factory=dict)
    above: int = 0  # rows above the first one

    def cell(self, row: Row, key: str) -> str:
        """Return what a row says of a key, «» for nothing."""
        return row[self.columns[key]] if key in self.columns else ""

    def line(self, row: Row) -> Line:
        """Return the house number and the name of a row."""
        return Line(self.cell(row, NUMBER).rstrip("."), self.cell(row, NAME))

    def lies_in(self, row: Row, rt: str) -> bool:
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


def read(text: str) -> Pasted:
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


def _guessed(rows: list[Row]) -> tuple[list[Row], dict[str, int]]:
    """Return the rows and their columns by what they hold; a number before each name is taken off."""
    filled = [row[0] for row in rows if any(row)]
    if filled and all(len(row) == 1 for row in rows) and all(_NUMBERED.match(cell) for cell in filled):
        rows = [(_NUMBERED.sub("", row[0]),) for row in rows]
    return rows, _guess(rows)


def _guess(rows: Sequence[Row]) -> dict[str, int]:
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
