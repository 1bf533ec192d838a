"""What Beranda shows of an area: what to do next, the way to 100-0-100, how far each RT is, the bowl."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from p2kp_desktop.actions.bundles import acknowledgements
from p2kp_desktop.actions.bundles.acknowledgements import Inbox
from p2kp_desktop.actions.bundles.acknowledgements import Waiting as Waiting
from p2kp_desktop.actions.collaboration import targets
from p2kp_desktop.actions.collaboration.targets import TargetLine
from p2kp_desktop.actions.community import meetings, readiness
from p2kp_desktop.actions.review.verification import REVIEWERS
from p2kp_desktop.actions.scores import area_periods, progress, slum_scores
from p2kp_desktop.actions.scores.progress import RtLine, VillageLine
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.language import say
from p2kp_desktop.rules import bowl, comparison
from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.rules.bowl import Part as Part
from p2kp_desktop.rules.comparison import Comparison, compare
from p2kp_desktop.rules.targets import Hundreds, hundreds
from p2kp_desktop.schema import Answer
from p2kp_desktop.schema.places import concerns, region
from p2kp_desktop.schema.review import CHANGED, READY, RETURNED
from p2kp_desktop.store import Connection, Workspace, decreed, drafts, listing, reviews, views
from p2kp_desktop.store.decreed import Decreed
from p2kp_desktop.store.drafts import Draft
from p2kp_desktop.store.facts import facts
from p2kp_desktop.store.listing import Wanted
from p2kp_desktop.store.standing import INCOMPLETE, PROBLEM


@dataclass(frozen=True)
class Begun:
    """The draft to go on with: what is being typed, where, at which question, since when."""

    id: str
    form: str
    name: str
    area: str
    rt: str
    period: str
    question: str
    number: str
    time: str
    others: int  # drafts beside it


@dataclass(frozen=True)
class Promised:
    """What meetings decided and nobody has carried out; `late` counts those past their day."""

    open: int = 0
    late: int = 0


NOTHING, NO_INBOX, NO_PROMISE = Waiting(0, 0), Inbox(), Promised()


@dataclass(frozen=True)
class Tasks:
    """What to do next: the draft, what was returned, is in conflict or unfinished.

    For a reviewing office also what waits for review (siap, or changed since it was verified) and the last
    bundle received. `comments` counts the open comments of the area, `decisions` what its meetings left to do.
    """

    draft: Begun | None
    returned: Waiting
    conflicts: Waiting
    incomplete: Waiting
    problems: Waiting
    role: str = "facilitator"
    review: Waiting = NOTHING
    comments: int = 0
    inbox: Inbox = NO_INBOX
    decisions: Promised = NO_PROMISE

    @property
    def reviews(self) -> bool:
        """Say whether this office reviews what others recorded."""
        return self.role in REVIEWERS


def tasks(workspace: Workspace, area: str, period: str, rt: str | None = None) -> Tasks:
    """Return the tasks that wait in an area, or in one RT of it."""
    with workspace.asking() as connection:
        role = facts(connection).role
        returned = acknowledgements.waiting(connection, area, period, rt, RETURNED)
        review = acknowledgements.waiting(connection, area, period, rt, READY, CHANGED)
        comments = sum(reviews.open_comments(connection, area=area).values())
        inbox = acknowledgements.inbox(connection)
        standings = listing.standings(connection, Wanted(area, period, rt), views.rule_sets(connection))
        disputed = listing.conflicts_by_rt(connection, area, period)
        draft = _draft(connection, area, rt)
        pending = meetings.open_within(connection, area)
    conflicts = {place: number for place, number in disputed.items() if rt is None or place[1] == rt}
    return Tasks(
        draft, returned, Waiting(sum(conflicts.values()), len(conflicts)),
        _waiting(standings, INCOMPLETE), _waiting(standings, PROBLEM), role, review, comments, inbox,
        Promised(len(pending), sum(each.late for each in pending)),
    )


def _waiting(standings: dict[tuple[str, str, str], int], wanted: str) -> Waiting:
    found = [number for (_region, _rt, standing), number in standings.items() if standing == wanted]
    return Waiting(sum(found), len(found))


def _draft(connection: Connection, area: str, rt: str | None) -> Begun | None:
    """Return the draft touched last, one's own before those of others, and one of the RT before the rest."""
    me = facts(connection).person
    here = sorted(
        (each for each in drafts.waiting(connection) if concerns(str(each.answers.get("region") or ""), area)),
        key=lambda each: each.person != me,
    )
    if not here:
        return None
    told = {each.id: _answers(connection, each) for each in here}
    first = next((each for each in here if rt and told[each.id].get("rt") == rt), here[0])
    form, answers = form_named(first.form), told[first.id]
    question = form.question(first.question)
    region_code, place, period = (str(answers.get(key) or "") for key in ("region", "rt", "period"))
    number = (question.number or question.label) if question else ""
    name = form.called(answers, say)
    return Begun(
        first.id, first.form, name, region_code, place, period, first.question, number, first.time,
        len(here) - 1,
    )


def _answers(connection: Connection, draft: Draft) -> dict[str, Answer]:
    """Return the answers of a record, those of its draft put over the saved ones."""
    saved = None
    if listing.is_saved(connection, draft.form, draft.id):
        saved = next(views.found(connection, form_named(draft.form), views.Where(id=draft.id)), None)
    return {**(saved.answers if saved else {}), **draft.answers}


@dataclass(frozen=True)
class Slum:
    """The middle ring in ha; `whole` is by the decrees of the kawasan, or else what was assessed."""

    ha: Fraction
    whole: Fraction
    by_decree: bool


@dataclass(frozen=True)
class Path:
    """The way to 100-0-100 in one period."""

    period: str
    hundreds: Hundreds
    slum: Slum


@dataclass(frozen=True)
class Before:
    """The period before, and how what was assessed in both moved since."""

    path: Path
    change: Comparison

    @property
    def period(self) -> str:
        """Return the period before."""
        return self.path.period


PARTS = tuple(rule.key for rule in bowl.suggested())  # the readiness of a kelurahan in the order of the list


@dataclass(frozen=True)
class Picture:
    """How an area stands: RT tiles, or kelurahan tiles for an area wider than that; `before` has data too.

    `targets` are those in force, by their indicators (forms/target.py).
    """

    now: Path
    before: Before | None
    rts: tuple[RtLine, ...]
    villages: tuple[VillageLine, ...]
    parts: tuple[Part, ...]
    targets: Mapping[str, TargetLine] = field(default_factory=dict)


def picture(workspace: Workspace, area: str, period: str, rt: str | None = None) -> Picture:
    """Return how an area stands in a period and stood in the one before; raise Unreadable.

    With an RT the way to 100-0-100 is that of the RT alone; the decree, which is of a whole kawasan, is left out.
    """
    assessed = slum_scores.assessments(workspace, area=area, period=period)
    lines = progress.rt_lines(workspace, area, period, assessed)
    with workspace.asking() as connection:
        kawasan = decreed.kawasan(connection, area) if rt is None else []
    unverified = sum(each.review.records.total - each.review.records.verified
                     for each in lines if each.review and rt in (None, each.rt))
    earlier = comparison.earlier(period, area_periods.assessed(workspace, area))
    here = _within(assessed, rt)
    then = _within(slum_scores.assessments(workspace, area=area, period=earlier), rt) if earlier else []
    unassessed = sum(line.total is None for line in lines if rt is None or line.rt == rt)
    return Picture(
        _path(period, here, _decreed(kawasan), unassessed, unverified),
        Before(_path(earlier, then, _decreed(kawasan, earlier)), compare(then, here)) if then else None,
        tuple(lines),
        () if region(area).is_village else tuple(progress.village_lines(lines, assessed)),
        readiness.parts(workspace, area, period, lines),
        targets.in_force(targets.lines_of(workspace, area, period, here)),
    )


def _within(assessed: Iterable[RtAssessment], rt: str | None) -> list[RtAssessment]:
    return [each for each in assessed if rt is None or each.rt == rt]


def _decreed(kawasan: Iterable[Decreed], period: str = "") -> Fraction | None:
    """Return the ha of the kawasan by the newest decree of each, or None while none is recorded or all are revoked.

    Of an earlier `period` the decrees count that it had, not those made since.
    """
    known = [(each.decrees.until(f"{period[:4]}-12-31") if period[:4].isdigit() else each.decrees).decreed
             for each in kawasan]
    return sum(filter(None, known), Fraction()) or None


def _path(
    period: str, assessed: Sequence[RtAssessment], by_decree: Fraction | None, unassessed: int = 0, unverified: int = 0
) -> Path:
    reached = hundreds(assessed, decree_ha=by_decree, unassessed=unassessed, unverified=unverified)
    surveyed = sum((each.area_ha for each in assessed), Fraction())
    whole = surveyed if reached.decree_ha is None else reached.decree_ha
    return Path(period, reached, Slum(reached.slum_ha, whole, reached.decree_ha is not None))
