"""How far the review is, by RT and kelurahan: computed from the records, never stored."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from p2kp_desktop.forms.approval import Approval
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import Answer
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.places import is_wide, region_name
from p2kp_desktop.schema.review import CHANGED, READY, RETURNED, VERIFIED, is_by_reviewer
from p2kp_desktop.store import Workspace, records, reviews, views
from p2kp_desktop.store.reviews import Line

DRAFT = ""
TODO = {"facilitator": (RETURNED,), "district": (READY, CHANGED), "province": (READY, CHANGED)}  # by role

RtPlace = tuple[str, str]  # region (kelurahan), RT label


@dataclass(frozen=True)
class Counts:
    """How many records stand how."""

    draft: int = 0
    ready: int = 0
    returned: int = 0
    verified: int = 0
    changed: int = 0

    @property
    def total(self) -> int:
        """Return how many records there are."""
        return self.draft + self.ready + self.returned + self.verified + self.changed

    @property
    def status(self) -> str:
        """Return the status of all together: terverifikasi only when every one is.

        Else dikembalikan or berubah as soon as one is, siap when nothing is left to hand in, "" before.
        """
        if self.total and self.verified == self.total:
            return VERIFIED
        if self.returned:
            return RETURNED
        if self.changed:
            return CHANGED
        return READY if self.total and not self.draft else DRAFT

    def todo(self, role: str) -> int:
        """Return how many wait for someone of this role: to be reviewed, or to be corrected."""
        numbers = {READY: self.ready, CHANGED: self.changed, RETURNED: self.returned}
        return sum(numbers[standing] for standing in TODO[role])


@dataclass(frozen=True)
class Stamp:
    """A date (ISO) and a name on an RT's forms; `holds` says whether the records still bear it out."""

    date: str
    name: str
    holds: bool


@dataclass(frozen=True)
class RtReview:
    """The review of one RT: its records, the households among them, and its stamps, None where not given.

    `rt` is "" for records whose RT is not filled in.
    """

    region: str
    rt: str
    records: Counts
    households: Counts
    submitted: Stamp | None = None
    acknowledged: Stamp | None = None
    verified: Stamp | None = None

    @property
    def status(self) -> str:
        """Return "", siap, dikembalikan, terverifikasi or berubah sesudah diverifikasi."""
        return self.records.status

    def todo(self, role: str) -> int:
        """Return how many records wait for someone of this role."""
        return self.records.todo(role)


@dataclass(frozen=True)
class VillageReview:
    """The review of one kelurahan: its RTs, and all its records with those of no RT."""

    region: str
    name: str
    rts: tuple[RtReview, ...]
    records: Counts

    @property
    def status(self) -> str:
        """Return the status; terverifikasi only when every RT and every other record is."""
        return self.records.status

    @property
    def verified_rts(self) -> int:
        """Return how many of its RTs are verified."""
        return sum(each.status == VERIFIED for each in self.rts)

    def todo(self, role: str) -> int:
        """Return how many records wait for someone of this role."""
        return self.records.todo(role)


def rts(workspace: Workspace, area: str, period: str) -> tuple[RtReview, ...]:
    """Return every RT of an area (a region of any level) with records, in order of kelurahan and label."""
    return tuple(each for village in villages(workspace, area, period) for each in village.rts)


def villages(workspace: Workspace, area: str, period: str) -> tuple[VillageReview, ...]:
    """Return every kelurahan of an area with records, in order of its code."""
    with workspace.asking() as connection:
        found = list(reviews.counts(connection, area, period))
        approvals = views.found(connection, Approval, views.Where(area=area, period=period))
        versions = records.read(connection, Approval.key, [each.id for each in approvals])
        given = [_given(version) for version in versions.values()]
        stamped = {(str(answers.get("region")), str(answers.get("rt"))): answers for answers in given}
    by_village: dict[str, list[reviews.Count]] = {}
    for each in found:
        if not is_wide(each.region):  # a letter beside a commitment of the city is of no kelurahan
            by_village.setdefault(each.region, []).append(each)
    return tuple(
        VillageReview(region, region_name(region), tuple(_rts(some, stamped)), _counts(some))
        for region, some in sorted(by_village.items())
    )


def _given(version: Version) -> Mapping[str, Answer]:
    """Return the stamps that count: a facilitator does not verify."""
    uncounted = {each.key for each in Approval.by_reviewers if not is_by_reviewer(version, each.key)}
    return {key: value for key, value in version.values().items() if key not in uncounted}


def waiting(workspace: Workspace, area: str, period: str, role: str) -> tuple[Line, ...]:
    """Return the records that wait for someone of this role, by form and place: to open them one after another."""
    return standing_so(workspace, area, period, *TODO[role])


def standing_so(workspace: Workspace, area: str, period: str, *standings: str) -> tuple[Line, ...]:
    """Return the records of an area that stand in one of these ways, by form and place."""
    with workspace.asking() as connection:
        return tuple(reviews.lines(connection, area, period, standings))


def _rts(found: Iterable[reviews.Count], stamped: Mapping[RtPlace, Mapping[str, Answer]]) -> Iterator[RtReview]:
    """Yield the RTs of one kelurahan."""
    by_rt: dict[str, list[reviews.Count]] = {}
    for each in found:
        if each.form in _OF_RT:
            by_rt.setdefault(each.rt, []).append(each)
    for rt, some in sorted(by_rt.items()):
        region, records = some[0].region, _counts(some)
        answers = stamped.get((region, rt), {})
        handed_in = not records.draft and not records.returned
        yield RtReview(
            region, rt, records, _counts(each for each in some if each.form == Household.key),
            _stamp(answers, "submitted", holds=handed_in), _stamp(answers, "acknowledged", holds=handed_in),
            _stamp(answers, "verified", holds=records.status == VERIFIED),
        )


_OF_RT = frozenset(form.key for form in reviews.REVIEWED if form.place == "rt")


def _counts(found: Iterable[reviews.Count]) -> Counts:
    numbers: Counter[str] = Counter()
    for each in found:
        numbers[each.standing] += each.number
    return Counts(
        sum(numbers.values()) - sum(numbers[known] for known in (READY, RETURNED, VERIFIED, CHANGED)),
        numbers[READY], numbers[RETURNED], numbers[VERIFIED], numbers[CHANGED],
    )


def _stamp(answers: Mapping[str, Answer], kind: str, *, holds: bool) -> Stamp | None:
    date, name = answers.get(f"{kind}_date"), answers.get(f"{kind}_name")
    return Stamp(str(date or ""), str(name or ""), holds) if date or name else None
