"""One record taken a step on in the review, from the form, and the next one that waits, ready to be looked at."""

from dataclasses import dataclass

from p2kp_desktop.actions.recording.saves import editing
from p2kp_desktop.actions.review import comments, handing_in, review_state, rollup, verification
from p2kp_desktop.actions.review.review_acts import reason_told
from p2kp_desktop.actions.review.review_state import Review
from p2kp_desktop.actions.review.reviewable import Refusal, named
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import Form, Record
from p2kp_desktop.store import Workspace, reviews
from p2kp_desktop.store.facts import facts

from . import keyed_drafts, period_before
from .keyed_drafts import Opened, Place


@dataclass(frozen=True)
class ReviewedRecord:
    """The record under review with its kelurahan and RT, and the area and period that is gone through."""

    form: type[Form]
    record: str
    area: str
    period: str
    region: str = ""
    rt: str = ""

    @property
    def order(self) -> tuple[int, str, str, str]:
        """Return the key by which records under review are put in order."""
        return _PLACE[self.form.key], self.region, self.rt, self.record


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way: in words, and the question it is about, "" for none."""

    question: str
    words: str


@dataclass(frozen=True)
class Advanced:
    """What became of a step: what stood in its way, or the next record that waits, None for none, and how many do.

    `ends` says that somebody goes through what waits, so that this record is left.
    """

    obstacles: tuple[Obstacle, ...] = ()
    ends: bool = False
    following: Opened | None = None
    waiting: int = 0


def submit_and_advance(workspace: Workspace, subject: ReviewedRecord) -> Advanced:
    """Hand a record in; a returned one leads to the next one that was returned. Raises Trouble."""
    was_returned = review_state.review(workspace, subject.form, subject.record).is_returned
    taken = handing_in.submit(workspace, ids=(subject.record,))
    if taken.refused or not was_returned:
        return Advanced(_obstacles(subject.form, taken.refused))
    return following(workspace, subject)


def verify_and_advance(workspace: Workspace, subject: ReviewedRecord) -> Advanced:
    """Verify a record, then lead to the next one that waits. Raises Trouble."""
    taken = verification.verify(workspace, ids=(subject.record,))
    return Advanced(_obstacles(subject.form, taken.refused)) if taken.refused else following(workspace, subject)


def give_back(workspace: Workspace, form: type[Form], record: str, about: str, comment: str) -> Review:
    """Return a record with a comment on a question; return the review as it stands then. Raises Trouble."""
    verification.give_back(workspace, record, comment=comment, about=about)
    return review_state.review(workspace, form, record)


def following(workspace: Workspace, subject: ReviewedRecord) -> Advanced:
    """Return the waiting record after this one in the order of forms and places, round to the first."""
    with workspace.asking() as connection:
        role = facts(connection).role
    found = [line for line in rollup.waiting(workspace, subject.area, subject.period, role)
             if line.id != subject.record]
    if not found:
        return Advanced(ends=True)
    line = next((each for each in found if _order(each) > subject.order), found[0])
    place = Place(line.region, line.rt or None, subject.period)
    return Advanced((), True, keyed_drafts.open_record(workspace, form_named(line.form), place, line.id), len(found))


def following_before(workspace: Workspace, record: Record) -> Opened | None:
    """Return the next household of the period before that is left in the RT of this one, as a draft; None for none.

    It was begun from one itself, and saved.
    """
    region, rt, building = (str(record.answers.get(key) or "") for key in ("region", "rt", Household.building.key))
    found = period_before.left(workspace, region, rt or None).after("", building)
    if found is None:
        return None
    return keyed_drafts.open_draft(workspace, period_before.begin(workspace, found.id).id)


_PLACE = {form.key: place for place, form in enumerate(FORMS)}


def _order(line: reviews.Line) -> tuple[int, str, str, str]:
    return _PLACE[line.form], line.region, line.rt, line.id


def _obstacles(form: type[Form], refused: tuple[Refusal, ...]) -> tuple[Obstacle, ...]:
    return tuple(Obstacle(*reason_told(form, reason)) for refusal in refused for reason in refusal.reasons)


def reply(workspace: Workspace, form: type[Form], record: str, about: str, text: str) -> Review:
    """Answer in the thread of a question; return the review as it stands then. Raises Trouble."""
    comments.reply(workspace, record, about, text)
    return review_state.review(workspace, form, record)


def note(workspace: Workspace, form: type[Form], record: str, about: str, text: str) -> Review:
    """Write the first comment on a question; return the review as it stands then. Raises Trouble."""
    with editing(workspace) as edits:
        comments.note(edits, named(edits, record), about, text)
    return review_state.review(workspace, form, record)


def settle_thread(workspace: Workspace, form: type[Form], record: str, about: str) -> Review:
    """Note that all a thread asks for was done, or, where nothing is open, that the last of it was not after all."""
    thread = next((each for each in comments.threads(workspace, record) if each.question == about), None)
    said = thread.comments if thread else ()
    asking = [each for each in said if each.asks]
    for each in asking or [each for each in said if each.done][-1:]:
        comments.settle_comment(workspace, each.id, done=bool(asking))
    return review_state.review(workspace, form, record)
