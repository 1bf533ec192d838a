"""Review acts on many records at once: what was done, and for each record that could not be taken on, why.

The acts themselves are those of handing_in.py and verification.py. Records that are named are taken in portions,
each in one transaction, so that the work can report and be stopped: what was done before stays done.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from p2kp_desktop.actions.common.long_work import Cancelled, Report
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Form
from p2kp_desktop.store import Connection, Workspace, drafts, records, views

from . import handing_in, review_queue, verification
from .reviewable import Refusal

PORTION = 40


@dataclass(frozen=True)
class ReviewTarget:
    """Which records: those named, or all of an area and period, or of one RT of it."""

    ids: tuple[str, ...] = ()
    area: str = ""
    rt: str | None = None
    period: str = ""


@dataclass(frozen=True)
class Hindered:
    """A record that was not taken on: what and where it is, the reasons, the question of the first, "" for none."""

    form: str
    id: str
    region: str
    rt: str
    name: str
    question: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Attended:
    """What an act did; `stopped` says that the person ended it before its end."""

    done: int
    already: int
    hindered: tuple[Hindered, ...]
    stopped: bool = False


Taken = tuple[Sequence[str], Sequence[str], Sequence[Refusal]]  # done, already, refused
Act = Callable[[Sequence[str], Report], Taken]


def submit_many(workspace: Workspace, target: ReviewTarget, report: Report) -> Attended:
    """Hand in; raises what submitting.submit raises."""
    def act(ids: Sequence[str], hear: Report) -> Taken:
        taken = handing_in.submit(
            workspace, ids=ids, area=target.area or None, rt=target.rt, period=target.period or None, report=hear
        )
        return taken.ready, taken.already, taken.refused

    return _attended(workspace, target, act, report)


def verify_many(workspace: Workspace, target: ReviewTarget, report: Report) -> Attended:
    """Verify; raises what reviewing.verify raises."""
    def act(ids: Sequence[str], hear: Report) -> Taken:
        taken = verification.verify(
            workspace, ids=ids, area=target.area or None, rt=target.rt, period=target.period or None, report=hear
        )
        return taken.verified, taken.already, taken.refused

    return _attended(workspace, target, act, report)


def give_back_many(workspace: Workspace, target: ReviewTarget, report: Report, *, comment: str) -> Attended:
    """Return the records named with one comment on each; raises what reviewing.give_back_all raises."""
    def act(ids: Sequence[str], _hear: Report) -> Taken:
        return tuple(verification.give_back_all(workspace, ids, comment=comment)), (), ()

    return _attended(workspace, target, act, report)


def reopen_many(workspace: Workspace, target: ReviewTarget, report: Report, *, reason: str) -> Attended:
    """Open the records named again, those that are verified; raises Trouble without a reason."""
    return _one_by_one(workspace, target, report, lambda record: verification.reopen(workspace, record, reason=reason))


def withdraw_many(workspace: Workspace, target: ReviewTarget, report: Report) -> Attended:
    """Take the records named back from review into work, those that wait for it."""
    return _one_by_one(workspace, target, report, lambda record: handing_in.withdraw(workspace, record))


def _one_by_one(workspace: Workspace, target: ReviewTarget, report: Report, one: Callable[[str], object]) -> Attended:
    def act(ids: Sequence[str], _hear: Report) -> Taken:
        done, refused = [], []
        for record in ids:
            try:
                one(record)
            except Trouble as trouble:
                if trouble.code not in PASSED_OVER:
                    raise
                refused.append(Refusal(_form_of(workspace, record), record, (say(trouble.what),)))
            else:
                done.append(record)
        return done, (), refused

    return _attended(workspace, target, act, report)


PASSED_OVER = ("V06", "V07", "K12")  # does not wait, is not verified, is perhaps deleted: the others go on


def _form_of(workspace: Workspace, record: str) -> str:
    with workspace.asking() as connection:
        return records.form_of(connection, record) or Household.key


def _attended(workspace: Workspace, target: ReviewTarget, act: Act, report: Report) -> Attended:
    done = already = 0
    refused: list[Refusal] = []
    stopped = False
    try:
        for ids in _portions(workspace, target, report, refused):
            taken = act(ids, report)
            done, already = done + len(taken[0]), already + len(taken[1])
            refused.extend(taken[2])
    except Cancelled:
        stopped = True
    with workspace.asking() as connection:
        return Attended(done, already, tuple(_hindered(connection, refused)), stopped)


def _portions(
    workspace: Workspace, target: ReviewTarget, report: Report, refused: list[Refusal]
) -> Iterator[Sequence[str]]:
    """Yield the ids named in portions, those with a draft refused; nothing named is one portion of no ids."""
    if not target.ids:
        yield ()
        return
    with workspace.asking() as connection:
        typed = {draft.id: draft.form for draft in drafts.waiting(connection)}
    refused.extend(Refusal(typed[each], each, (say("Masih ada draf yang belum disimpan."),))
                   for each in target.ids if each in typed)
    ids = [each for each in target.ids if each not in typed]
    for start in range(0, len(ids), PORTION):
        report(start, len(ids))
        yield ids[start : start + PORTION]


def _hindered(connection: Connection, refused: Sequence[Refusal]) -> Iterator[Hindered]:
    households = [each.id for each in refused if each.form == Household.key]
    names = review_queue.household_names(connection, households)
    places = {}
    for key in {each.form for each in refused}:
        ids = [each.id for each in refused if each.form == key]
        for row in views.picked(connection, form_named(key), ("region", "rt"), ids=ids):
            places[row["id"]] = (str(row["region"] or ""), str(row["rt"] or ""))
    for each in refused:
        form = form_named(each.form)
        found = [reason_told(form, reason) for reason in each.reasons]
        question = next((key for key, _words in found if key), "")
        name = names.get(each.id) or say(form.nameless)
        region, rt = places.get(each.id, ("", ""))
        yield Hindered(each.form, each.id, region, rt, name, question, tuple(words for _key, words in found))


def reason_told(form: type[Form], reason: str) -> tuple[str, str]:
    """Return the question that a reason begins with, and the reason with its printed number or its wording."""
    key, colon, rest = reason.partition(": ")
    question = form.question(key) if colon else None
    if question is None:
        return "", reason
    return key, f"{question.number or say(question.label)}: {rest}"
