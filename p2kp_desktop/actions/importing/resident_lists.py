"""Putting a list of residents: what each line of it would do, shown before, then one act that can be taken back."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from p2kp_desktop.actions.common.long_work import Report, Steps
from p2kp_desktop.actions.recording.named_acts import acting
from p2kp_desktop.actions.residents import line_ends
from p2kp_desktop.actions.residents.residents import Line, line_of, listed
from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.language import say
from p2kp_desktop.rules.likeness import comparable
from p2kp_desktop.schema import Answer, Record
from p2kp_desktop.store import Workspace

from .pasted import RT, Pasted
from .row_kinds import is_sum

NEW, KNOWN, TWIN, DOUBTFUL, ELSEWHERE, TOTAL = "new", "known", "twin", "doubtful", "elsewhere", "total"
TAKEN = (NEW, TWIN, DOUBTFUL)  # what is put unless a person leaves it out


@dataclass(frozen=True)
class Examined:
    """A line of a pasted list and what it would do; `place` is its row in what was pasted, from 1.

    `why` says in words what is known, repeated or doubtful about it.
    """

    place: int
    line: Line
    standing: str
    why: str = ""


def examine(pasted: Pasted, there: Iterable[Record], rt: str) -> list[Examined]:
    """Return what each line would do in the list of an RT; `there` are the lines that it has."""
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
    line: Line, known: Counter[tuple[str, str]], twin: int | None, namesake: int | None
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


def _doubts(line: Line) -> Iterator[str]:
    if not line.name:
        yield say("tanpa nama")
    elif not any(letter.isalpha() for letter in line.name):
        yield say("nama tanpa huruf: kolomnya tertukar?")
    elif line.number and not any(letter.isdigit() for letter in line.number):
        yield say("nomor tanpa angka: kolomnya tertukar?")
    elif len(line.name) > Resident.head_name.longest:
        yield say("nama terlalu panjang")


def _sameness(line: Line) -> tuple[str, str]:
    return line.number.casefold(), comparable(line.name)


@dataclass(frozen=True)
class Put:
    """What became of a list: lines that are new, how many were there already, how many a household answers."""

    new: tuple[str, ...]
    known: int
    matched: int


def put_list(
    workspace: Workspace, region: str, rt: str, period: str, lines: Sequence[Line], *, origin: str,
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


def _is_known(line: Line, known: Counter[tuple[str, str]]) -> bool:
    """Say whether a line is there, and count that one off."""
    same = _sameness(line)
    known[same] -= 1
    return known[same] >= 0
