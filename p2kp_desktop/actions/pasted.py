"""The list of residents as the head of an RT gives it: read from what was pasted, and put."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.rules.likeness import comparable
from p2kp_desktop.schema import Answer, new_id
from p2kp_desktop.schema.values import tidy
from p2kp_desktop.store import Workspace

from . import ending
from .editing import editing
from .residents import Line, line_of, listed

HEADINGS = re.compile(r"^(no\.?|nomor|nama|name|kepala|alamat|rumah|kk)\b", re.IGNORECASE)


def read_list(text: str) -> list[Line]:
    """Return the lines of a pasted list: columns between tabs or semicolons, or one name a line.

    The name is the column with most letters; the house number the last other one that is not a running number.
    """
    rows = [[tidy(cell) for cell in re.split(r"[\t;]", row)] for row in text.splitlines() if row.strip()]
    rows = [row for row in rows if any(row)]
    if rows and sum(bool(HEADINGS.match(cell)) for cell in rows[0] if cell) == sum(bool(cell) for cell in rows[0]):
        rows = rows[1:]
    if not rows:
        return []
    width = max(map(len, rows))
    columns = [[row[place] if place < len(row) else "" for row in rows] for place in range(width)]
    named = max(range(width), key=lambda place: sum(_letters(cell) for cell in columns[place]))
    numbered = [p for p in range(width) if p != named and any(columns[p]) and not (p == 0 and _is_running(columns[p]))]
    if not numbered and named != 0 and width == 2:
        numbered = [0]
    numbers = columns[numbered[-1]] if numbered else [""] * len(rows)
    return [
        Line(number.rstrip("."), name) for number, name in zip(numbers, columns[named], strict=True) if number or name
    ]


def _letters(cell: str) -> int:
    return sum(letter.isalpha() for letter in cell)


def _is_running(cells: Sequence[str]) -> bool:
    return [cell.rstrip(".") for cell in cells] == [str(number) for number in range(1, len(cells) + 1)]


@dataclass(frozen=True)
class Put:
    """What became of a list: lines that are new, and those that were there already."""

    new: tuple[str, ...]
    known: int
    matched: int


def put_list(
    workspace: Workspace, region: str, rt: str, period: str, lines: Iterable[Line], *, origin: str
) -> Put:
    """Add lines to the list of an RT in one act, match them with the households recorded, leave out those known."""
    with editing(workspace) as edits:
        there = listed(edits.connection, region, rt, period)
        known = {_sameness(line_of(each)) for each in there}
        place = max((each[Resident.line] or 0 for each in there), default=0)
        new: list[str] = []
        doubled = 0
        for line in lines:
            same = _sameness(line)
            if same in known:
                doubled += 1
                continue
            known.add(same)
            answers: dict[str, Answer] = {
                "region": region, "rt": rt, "period": period, Resident.line.key: place + len(new) + 1,
                Resident.house_number.key: line.number or None, Resident.head_name.key: line.name or None,
            }
            kept = {key: value for key, value in answers.items() if value is not None}
            new.append(new_id())
            edits.save(Resident.key, new[-1], kept, origin=origin)
        matched = ending.match_within(edits, region, rt, period)
    return Put(tuple(new), doubled, matched)


def _sameness(line: Line) -> tuple[str, str]:
    return line.number.casefold(), comparable(line.name)
