"""Handing in: the facilitator says that records are ready for review, one by one or a whole RT."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from p2kp_desktop.actions.recording.recording import problems
from p2kp_desktop.actions.recording.saves import Edits, editing
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import HARD, STATUS
from p2kp_desktop.schema.review import READY, RETURNED, VERIFIED, is_untouched, standing
from p2kp_desktop.store import Workspace

from . import stamps
from .reviewable import Refusal, Report, ReviewStep, ReviewSubject, WantedRecords, named, take

__all__ = ["Refusal", "Submitted", "submit", "withdraw"]


@dataclass(frozen=True)
class Submitted:
    """What handing in did: the records ready now, those that were before, and those it had to refuse."""

    ready: tuple[str, ...]
    already: tuple[str, ...]
    refused: tuple[Refusal, ...]


def submit(
    workspace: Workspace, *, ids: Sequence[str] = (), area: str | None = None, rt: str | None = None,
    period: str | None = None, person: str = "", report: Report | None = None,
) -> Submitted:
    """Mark the named records, or all of an RT or region, as ready for review.

    Incomplete records may be handed in. One with an open conflict or an impossible answer is refused with
    its reasons; of a whole RT also one that was returned and is unchanged since: it can be handed in by
    name, by someone who has looked at it. An RT without a refusal gets the stamp «diserahkan»; each RT is
    saved by itself, `report` hears how many are done. Raises Trouble for a name that is not there.
    """
    taken = take(workspace, WantedRecords(ids, area, rt, period), _STEP, person=person, report=report)
    return Submitted(tuple(taken.done), tuple(taken.already), tuple(taken.refused))


def withdraw(workspace: Workspace, record: str, *, person: str = "") -> None:
    """Take a record back from review into work; raise Trouble unless it waits for review."""
    with editing(workspace) as edits:
        subject = named(edits, record)
        if standing(subject.version) != READY:
            raise Trouble(
                say("Catatan ini tidak sedang menunggu pemeriksaan."),
                remedy=say("Hanya catatan yang siap diperiksa dapat ditarik kembali."), code="V06",
            )
        edits.save(subject.form.key, record, {STATUS: None}, origin="ditarik kembali", person=person)


def _obstacles(edits: Edits, subject: ReviewSubject, by_name: bool) -> Iterator[str]:
    for question in subject.version.conflicts():
        yield say("{question}: konflik belum diselesaikan.", question=question)
    for problem in problems(edits, subject.form, subject.version):
        if problem.severity == HARD:
            yield f"{problem.question}: {problem.message}"
    if not by_name and standing(subject.version) == RETURNED and is_untouched(subject.version):
        yield say("Dikembalikan dan belum diubah; ajukan dari catatannya sendiri bila sudah benar.")


_STEP = ReviewStep((READY, VERIFIED), _obstacles, lambda *_: {STATUS: READY}, "diajukan", stamps.SUBMITTED)
