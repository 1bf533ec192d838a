"""Coverage, not counts: the RT head's list of residents, and how each line of it ended."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from p2kp_desktop.actions.recording.named_acts import acting
from p2kp_desktop.forms.resident import EMPTY, MOVED, REFUSED, SURVEYED, Resident
from p2kp_desktop.language import say
from p2kp_desktop.schema import Answer, Record
from p2kp_desktop.schema.values import tidy
from p2kp_desktop.store import Connection, Workspace, completeness, views


@dataclass(frozen=True)
class ResidentLine:
    """One line of a list as it is pasted or typed: house number and name, either may be «»."""

    number: str
    name: str


def line_of(record: Record) -> ResidentLine:
    """Return the house number and name that identify a line kept in the list of residents."""
    return ResidentLine(record[Resident.house_number] or "", record[Resident.head_name] or "")


def listed(connection: Connection, region: str, rt: str | None, period: str) -> list[Record]:
    """Return the lines of an RT, or of all RTs of a region; whose household is gone has not been visited yet."""
    gone = completeness.lapsed(connection, region, period)
    found = views.found(connection, Resident, views.Where(area=region, rt=rt, period=period))
    return [_reopened(each) if each.id in gone else each for each in found]


def _reopened(line: Record) -> Record:
    ended = (Resident.outcome.key, Resident.household.key)
    return replace(line, answers={key: value for key, value in line.answers.items() if key not in ended})


def decide(workspace: Workspace, line: str, outcome: str | None, *, household: str = "", note: str = "") -> None:
    """Say how a line ended, as an act: a code of OUTCOMES, or None for not visited yet.

    A household that stays with a line not visited is the one that does not answer it.
    """
    ended: dict[str, Answer] = {Resident.outcome.key: outcome, Resident.household.key: household or None}
    if note.strip():
        ended[Resident.note.key] = tidy(note)
    with workspace.asking() as connection:
        name = _name(connection, line)
    word = Resident.outcome.show(outcome) if outcome else say("belum dikunjungi")
    with acting(workspace, say("{name}: {outcome}", name=name, outcome=word)) as edits:
        edits.save(Resident.key, line, ended, origin="hasil kunjungan")


def note_down(workspace: Workspace, line: str, note: str) -> None:
    """Keep what is to be known about a line, as an act; «» takes it away, the same again is none."""
    with workspace.asking() as connection:
        known = next(views.found(connection, Resident, views.Where(id=line)), None)
        name = _name(connection, line)
    kept = tidy(note) or None
    if known is not None and known.answers.get(Resident.note.key) != kept:
        with acting(workspace, say("{name}: keterangan", name=name)) as edits:
            edits.save(Resident.key, line, {Resident.note.key: kept}, origin="keterangan")


def _name(connection: Connection, line: str) -> str:
    found = next(views.found(connection, Resident, views.Where(id=line)), None)
    known = line_of(found) if found else ResidentLine("", "")
    return known.name or known.number or say("(tanpa nama)")


def lines(workspace: Workspace, region: str, rt: str | None, period: str, *, missing: bool = False) -> list[Record]:
    """Return the lines of an RT, or of all RTs of a region, in their order; only those not visited when `missing`.

    Lines without a running number come last, in the order in which they came in, which their ids keep everywhere.
    """
    with workspace.asking() as connection:
        found = listed(connection, region, rt, period)
    if missing:
        found = [each for each in found if each.answers.get(Resident.outcome.key) is None]
    return sorted(found, key=lambda each: (
        str(each.answers.get("region")), str(each.answers.get("rt")), *in_turn(each),
    ))


def in_turn(line: Record) -> tuple[bool, int, str]:
    """Return by what the lines of an RT stand in order."""
    number = line[Resident.line]
    return number is None, number or 0, line.id


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
