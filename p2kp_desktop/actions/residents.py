"""Coverage, not counts: the RT head's list of residents, and how each line of it ended."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from p2kp_desktop.forms.resident import EMPTY, MOVED, REFUSED, SURVEYED, Resident
from p2kp_desktop.rules.likeness import ALIKE, Comparing, House, comparable
from p2kp_desktop.schema import Answer, Record, new_id
from p2kp_desktop.schema.values import tidy
from p2kp_desktop.store import Workspace, completeness, neighbours, views

from .editing import Edits, editing

MATCHED = "dicocokkan dengan rumah yang didata"
HEADINGS = re.compile(r"^(no\.?|nomor|nama|name|kepala|alamat|rumah|kk)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One line of a list as it is pasted or typed: house number and name, either may be «»."""

    number: str
    name: str


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
        there = list(views.found(edits.connection, Resident, views.Where(area=region, rt=rt, period=period)))
        known = {_sameness(_line(each)) for each in there}
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
        matched = _match(edits, region, rt, period, [*there, *_records(edits, new)])
    return Put(tuple(new), doubled, matched)


def _sameness(line: Line) -> tuple[str, str]:
    return line.number.casefold(), comparable(line.name)


def _line(record: Record) -> Line:
    return Line(record[Resident.house_number] or "", record[Resident.head_name] or "")


def _records(edits: Edits, ids: Iterable[str]) -> Iterator[Record]:
    for each in ids:
        yield Record(Resident, each, edits.version(Resident.key, each).values())


def match(workspace: Workspace, region: str, rt: str, period: str) -> int:
    """Let the lines not visited yet that one recorded household answers end as surveyed; return how many."""
    with editing(workspace) as edits:
        return match_within(edits, region, rt, period)


def match_within(edits: Edits, region: str, rt: str, period: str) -> int:
    """Do the same in a transaction that others share; what was saved in it so far counts too."""
    there = list(views.found(edits.connection, Resident, views.Where(area=region, rt=rt, period=period)))
    if all(line.answers.get(Resident.outcome.key) is not None for line in there):
        return 0
    edits.finish()
    return _match(edits, region, rt, period, there)


def _match(edits: Edits, region: str, rt: str, period: str, lines: Sequence[Record]) -> int:
    taken = {str(line.answers.get(Resident.household.key)) for line in lines}
    houses = [
        house for some in neighbours.households(edits.connection, period, region, rt) for house in some
        if house.id not in taken
    ]
    open_lines = [line for line in lines if line.answers.get(Resident.outcome.key) is None]
    pairs = dict(_pairs(open_lines, houses))
    for line, household in pairs.items():
        ended: dict[str, Answer] = {Resident.outcome.key: SURVEYED, Resident.household.key: household}
        edits.save(Resident.key, line, ended, origin=MATCHED)
    return len(pairs)


def _pairs(lines: Sequence[Record], houses: Sequence[House]) -> Iterator[tuple[str, str]]:
    """Yield line and household where each is the only one, or by far the likest one, that answers the other."""
    comparing = Comparing()
    likely: dict[str, list[tuple[int, str]]] = {}
    for line in lines:
        listed = _line(line)
        for house in houses:
            same_number = bool(listed.number) and listed.number.casefold() == house.number.casefold()
            percent = comparing.percent(House("", listed.name), house) if listed.name and house.name else 0
            if percent >= ALIKE or (same_number and not (listed.name and house.name)):
                likely.setdefault(line.id, []).append((percent + 100 * same_number, house.id))
    taken: set[str] = set()
    for line_id, found in sorted(likely.items(), key=lambda item: -max(item[1])[0]):
        best = [house for points, house in found if house not in taken and points == max(found)[0]]
        if len(best) == 1:
            taken.add(best[0])
            yield line_id, best[0]


def decide(workspace: Workspace, line: str, outcome: str | None, *, household: str = "", note: str = "") -> None:
    """Say how a line ended: a code of OUTCOMES, or None for not visited yet."""
    ended: dict[str, Answer] = {Resident.outcome.key: outcome, Resident.household.key: household or None}
    if note.strip():
        ended[Resident.note.key] = tidy(note)
    with editing(workspace) as edits:
        edits.save(Resident.key, line, ended, origin="hasil kunjungan")


def lines(workspace: Workspace, region: str, rt: str | None, period: str, *, missing: bool = False) -> list[Record]:
    """Return the lines of an RT, or of all RTs of a region, in their order; only those not visited when `missing`."""
    with workspace.asking() as connection:
        found = list(views.found(connection, Resident, views.Where(area=region, rt=rt, period=period)))
    if missing:
        found = [each for each in found if each.answers.get(Resident.outcome.key) is None]
    return sorted(found, key=lambda each: (
        str(each.answers.get("region")), str(each.answers.get("rt")), each[Resident.line] or 0, each.id,
    ))


@dataclass(frozen=True)
class Completeness:
    """How the lines of an RT, or of several, ended; `percent` is of the lines, None where there is no list."""

    region: str
    rt: str
    listed: int
    surveyed: int
    empty: int
    refused: int
    moved: int

    @property
    def missing(self) -> int:
        """Return how many lines nobody has visited yet."""
        return self.listed - self.surveyed - self.empty - self.refused - self.moved

    @property
    def percent(self) -> Fraction | None:
        """Return the share of lines that ended, in percent."""
        return Fraction(100 * (self.listed - self.missing), self.listed) if self.listed else None


def by_rt(workspace: Workspace, area: str, period: str) -> list[Completeness]:
    """Return the completeness of every RT of an area that has a list, in order."""
    with workspace.asking() as connection:
        found = completeness.outcomes(connection, area, period)
    return [_completeness(*place, ended) for place, ended in sorted(found.items())]


def together(parts: Iterable[Completeness], region: str = "") -> Completeness:
    """Return the completeness of several RTs taken together."""
    every = list(parts)
    sums = (sum(getattr(each, name) for each in every) for name in ("listed", "surveyed", "empty", "refused", "moved"))
    return Completeness(region, "", *sums)


def _completeness(region: str, rt: str, ended: Counter[str]) -> Completeness:
    return Completeness(region, rt, ended.total(), *(ended[code] for code in (SURVEYED, EMPTY, REFUSED, MOVED)))
