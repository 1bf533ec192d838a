"""Taking records one step on in the review: those named, or all of an RT, of a kelurahan, of everything here."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from p2kp_desktop.actions.recording.saves import Edits, editing
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import ALIVE, Answer, Form
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.places import region
from p2kp_desktop.schema.review import standing
from p2kp_desktop.store import Workspace, records, reviews

from . import stamps
from .stamps import RtPeriod

Report = Callable[[int, int], None]
REVIEWERS = ("district", "province")


@dataclass(frozen=True)
class Refusal:
    """A record that cannot be submitted or verified yet, and why, in words."""

    form: str
    id: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ReviewSubject:
    """A record under review as the transaction finds it."""

    form: type[Form]
    version: Version

    @property
    def place(self) -> tuple[Answer, Answer, Answer]:
        """Return its kelurahan, RT and period; None where a form has none."""
        values = self.version.values()
        return values.get("region"), values.get("rt"), values.get("period")


@dataclass(frozen=True)
class ReviewStep:
    """A step of the review: which standings have it behind them, what stands in its way, what it saves.

    `twins` says by id what stands in the way of records among others, asked once for all of a transaction.
    """

    behind: tuple[str, ...]
    obstacles: Callable[[Edits, ReviewSubject, bool], Iterable[str]]  # the last says whether the record was named
    changes: Callable[[Edits, Version], Mapping[str, Answer]]
    origin: str
    stamp: str
    twins: Callable[[Edits, Sequence[ReviewSubject]], Mapping[str, Sequence[str]]] = lambda _edits, _subjects: {}


@dataclass
class StepTaken:
    """What a step did: the records it took on, those that had it behind them, those it had to refuse."""

    done: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True)
class WantedRecords:
    """Which records: those named, else those of an area, an RT and a period, None being no condition."""

    ids: Sequence[str] = ()
    area: str | None = None
    rt: str | None = None
    period: str | None = None


def take(
    workspace: Workspace, wanted: WantedRecords, step: ReviewStep, *, person: str, report: Report | None = None
) -> StepTaken:
    """Take records one step on: those named in one transaction, of an area each RT in one of its own.

    An RT of which no record was refused gets the stamp of the step. `report` hears how many RTs are done of
    how many; what it raises ends the work, and the RTs done stay so. Raises Trouble for a name that is not there.
    """
    taken = StepTaken()
    if wanted.ids:
        with editing(workspace) as edits:
            _take(edits, [named(edits, record) for record in dict.fromkeys(wanted.ids)], step, taken, person, True)
        return taken
    places = places_of(workspace, wanted)
    for number, (village, rt) in enumerate(places):
        if report:
            report(number, len(places))
        with editing(workspace) as edits:
            subjects = list(at(edits, village, rt, wanted.period))
            _stamp(edits, subjects, _take(edits, subjects, step, taken, person, False), step, person)
    return taken


def places_of(workspace: Workspace, wanted: WantedRecords) -> list[tuple[str | None, str | None]]:
    """Return the kelurahan and RT where wanted records are; raise Unreadable for an area that is none."""
    if wanted.area is not None:
        region(wanted.area)
    with workspace.asking() as connection:
        return list(reviews.places(connection, wanted.area, wanted.rt, wanted.period))


def named(edits: Edits, record: str) -> ReviewSubject:
    """Return the record with this id; raise Trouble when there is none, or one that is never reviewed or deleted."""
    found = records.form_of(edits.connection, record)
    known = next((each for each in reviews.REVIEWED if each.key == found), None)
    if known is None:
        raise Trouble(say("Catatan {record} tidak ada.", record=record), remedy=say("Periksa nomornya."), code="V04")
    version = edits.version(known.key, record)
    if version.values().get(ALIVE) == 0:
        said = say("Catatan {record} sudah dihapus.", record=record)
        raise Trouble(said, remedy=say("Periksa nomornya."), code="V05")
    return ReviewSubject(known, version)


def at(edits: Edits, region: str | None, rt: str | None, period: str | None) -> Iterator[ReviewSubject]:
    """Yield the living records of an RT that are reviewed."""
    for form in reviews.REVIEWED:
        found = reviews.ids(edits.connection, form, region, rt, period) if form.in_village else []
        edits.look_up(form.key, found)
        for record in found:
            yield ReviewSubject(form, edits.version(form.key, record))


def _take(
    edits: Edits, subjects: Sequence[ReviewSubject], step: ReviewStep, taken: StepTaken, person: str, by_name: bool
) -> dict[str, str]:
    """Take records one step on; return by id of each how it ended: done, already or refused."""
    ended = {}
    twins = step.twins(edits, [each for each in subjects if standing(each.version) not in step.behind])
    for subject in subjects:
        version = subject.version
        if standing(version) in step.behind:
            taken.already.append(version.id)
            ended[version.id] = "already"
        elif reasons := (*step.obstacles(edits, subject, by_name), *twins.get(version.id, ())):
            taken.refused.append(Refusal(subject.form.key, version.id, reasons))
            ended[version.id] = "refused"
        else:
            changes = step.changes(edits, version)
            edits.save(subject.form.key, version.id, changes, origin=step.origin, person=person)
            taken.done.append(version.id)
            ended[version.id] = "done"
    return ended


def _stamp(
    edits: Edits, subjects: Sequence[ReviewSubject], ended: Mapping[str, str], step: ReviewStep, person: str
) -> None:
    """Stamp the RTs and periods of which no record was refused; one of every period stands in the way of all."""
    barred = {subject.place for subject in subjects if ended[subject.version.id] == "refused"}
    whole = {
        place for place in _rt_periods(subjects) if place not in barred and (place[0], place[1], None) not in barred
    }
    touched = set(_rt_periods(subject for subject in subjects if ended[subject.version.id] == "done"))
    stamps.stamp_whole(edits, step.stamp, sorted(whole), touched, person)


def _rt_periods(subjects: Iterable[ReviewSubject]) -> Iterator[RtPeriod]:
    for subject in subjects:
        region, rt, period = subject.place
        if subject.form.place == "rt" and region and rt and period:
            yield str(region), str(rt), str(period)
