"""Review: verifying records that are clean, returning others with comments, opening verified ones again.

A verification stores which edits it saw. An edit that it did not see, arriving later or made later, takes
the verification's force away: the record shows «berubah sesudah diverifikasi» and counts as not verified.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from p2kp_desktop.actions.recording.recording import problems
from p2kp_desktop.actions.recording.saves import Edits, editing
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import ALIVE, STATUS, Answer
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.review import (
    BEHELD,
    CHANGED,
    READY,
    RETURNED,
    SEEN,
    VERIFIED,
    is_locked,
    is_untouched,
    seen,
    standing,
)
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.facts import Facts, facts

from . import comments, stamps
from .reviewable import REVIEWERS, Refusal, Report, Step, Subject, Wanted, at, named, places_of, take
from .twins import Twins

__all__ = [
    "CHANGED", "READY", "RETURNED", "REVIEWERS", "VERIFIED", "Refusal", "Reviewed", "give_back", "give_back_all",
    "give_back_area",    "is_locked", "obstacles", "reopen", "standing", "verify",
]


@dataclass(frozen=True)
class Reviewed:
    """What a review did: the records it verified, those verified before, and those it could not verify."""

    verified: tuple[str, ...]
    already: tuple[str, ...]
    refused: tuple[Refusal, ...]


def verify(
    workspace: Workspace, *, ids: Sequence[str] = (), area: str | None = None, rt: str | None = None,
    period: str | None = None, person: str = "", report: Report | None = None,
) -> Reviewed:
    """Verify the named records, or all of an RT or region that can be; raise Trouble in a facilitator's workspace.

    A record with a problem that nobody explained, with an open conflict, or that may be another one of which nobody
    said that they are two, is refused with its reasons; of a whole RT also one that was returned and is unchanged
    since. An RT without a refusal gets the stamp «diverifikasi»; each RT is saved by itself, `report` hears how many
    are done.
    """
    with workspace.asking() as connection:
        _must_review(facts(connection))
    step = replace(_STEP, twins=Twins().among)
    taken = take(workspace, Wanted(ids, area, rt, period), step, person=person, report=report)
    return Reviewed(tuple(taken.done), tuple(taken.already), tuple(taken.refused))


def give_back(
    workspace: Workspace, record: str, *, comment: str, about: str = "", person: str = ""
) -> str:
    """Return a record to its facilitator with a comment, on one question or on all; return the comment's id.

    Raises Trouble without a comment, for a record that is not there, and in a facilitator's workspace.
    """
    return give_back_all(workspace, [record], comment=comment, about=about, person=person)[record]


def give_back_all(
    workspace: Workspace, ids: Sequence[str], *, comment: str, about: str = "", person: str = ""
) -> dict[str, str]:
    """Return records with the same comment, all or none; give the comments' ids by record. Raises as give_back."""
    _must_say(comment)
    with editing(workspace) as edits:
        _must_review(edits.facts)
        return {
            subject.version.id: _give_back(edits, subject, comment.strip(), about, person)
            for subject in [named(edits, record) for record in dict.fromkeys(ids)]
        }


def give_back_area(
    workspace: Workspace, *, area: str | None, rt: str | None, period: str | None, comment: str, person: str = ""
) -> dict[str, str]:
    """Return all records of an area or RT with the same comment, each RT by itself; give the comments' ids by record.

    A record of which it is open whether it is deleted stays as it is. Raises as give_back.
    """
    _must_say(comment)
    returned: dict[str, str] = {}
    for region, label in places_of(workspace, Wanted((), area, rt, period)):
        with editing(workspace) as edits:
            _must_review(edits.facts)
            for subject in list(at(edits, region, label, period)):
                if ALIVE not in subject.version.conflicts():
                    returned[subject.version.id] = _give_back(edits, subject, comment.strip(), "", person)
    return returned


def _must_say(comment: str) -> None:
    if not comment.strip():
        raise Trouble(
            say("Catatan belum diisi."), remedy=say("Tuliskan apa yang harus diperbaiki."), code="V01"
        )


def _give_back(edits: Edits, subject: Subject, comment: str, about: str, person: str) -> str:
    _must_be_settled(subject)
    said = comments.write(edits, subject, about, comment, asks=True, person=person)
    form, record = subject.form.key, subject.version.id
    changes = {STATUS: RETURNED, f"{BEHELD}{edits.facts.node}": seen(edits.version(form, record))}
    edits.save(form, record, changes, origin="dikembalikan", reason=comment, person=person)
    return said


def reopen(workspace: Workspace, record: str, *, reason: str, person: str = "") -> None:
    """Open a verified record for work again, by whoever keys or reviews; the reason stands in its history.

    Raises Trouble without a reason, for a record that is not there, and for one that is not verified.
    """
    if not reason.strip():
        raise Trouble(
            say("Alasan belum diisi."), remedy=say("Tuliskan mengapa data ini dibuka kembali."), code="V01"
        )
    with editing(workspace) as edits:
        subject = named(edits, record)
        _must_be_settled(subject)
        if standing(subject.version) not in (VERIFIED, CHANGED):
            raise Trouble(
                say("Data ini tidak terkunci: belum diverifikasi."), remedy=say("Langsung ubah saja."), code="V07"
            )
        edits.save(
            subject.form.key, record, {STATUS: None}, origin="dibuka kembali", reason=reason.strip(), person=person
        )


def obstacles(workspace: Workspace, record: str) -> tuple[str, ...]:
    """Return in words what stands in the way of verifying a record; raise Trouble when it is not there."""
    with workspace.asking() as connection:
        edits = Edits(connection, facts(connection))
        subject = named(edits, record)
        return (*_obstacles(edits, subject, True), *Twins().among(edits, [subject]).get(record, ()))


def _must_review(about: Facts) -> None:
    if about.role not in REVIEWERS:
        raise Trouble(
            say("Ruang kerja fasilitator tidak memeriksa datanya sendiri."),
            remedy=say("Kirim ke kabupaten/kota untuk diperiksa."), code="V03",
        )


def _must_be_settled(subject: Subject) -> None:
    """Raise Trouble while it is open whether the record is deleted, for every save says that it lives."""
    if ALIVE in subject.version.conflicts():
        raise Trouble(
            say("Belum diputuskan apakah catatan ini dihapus."),
            remedy=say("Putuskan dahulu konflik «dihapus atau diubah» pada catatan ini."), code="K12",
        )


def _obstacles(edits: Edits, subject: Subject, by_name: bool) -> Iterator[str]:
    for question in subject.version.conflicts():
        yield say("{question}: konflik belum diselesaikan.", question=question)
    for problem in problems(edits, subject.form, subject.version):
        if not problem.note:
            yield f"{problem.question}: {problem.message}"
    if not by_name and standing(subject.version) == RETURNED and is_untouched(subject.version):
        yield say("Dikembalikan dan belum diubah; periksa dan verifikasi dari catatannya sendiri.")


def _verified(edits: Edits, version: Version) -> dict[str, Answer]:
    return {STATUS: VERIFIED, f"{SEEN}{edits.facts.node}": seen(version)}


_STEP = Step((VERIFIED,), _obstacles, _verified, "verifikasi", stamps.VERIFIED)
