"""Review: verifying records that are clean, returning others with comments, opening verified ones again.

A verification stores which edits it saw. An edit that it did not see, arriving later or made later, takes
the verification's force away: the record shows «berubah sesudah diverifikasi» and counts as not verified. What may be
one household twice and is not said to be two is not verified before somebody says which it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from p2kp_desktop.actions.recording import doubles
from p2kp_desktop.actions.recording.recording import problems
from p2kp_desktop.actions.recording.saves import Edits, editing
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules.likeness import Comparing, House, Likeness
from p2kp_desktop.schema import ALIVE, STATUS, Answer
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.records import DISTINCT
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
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace, neighbours
from p2kp_desktop.store.facts import Facts, facts

from . import comments, stamps
from .reviewable import REVIEWERS, Refusal, Report, ReviewStep, ReviewSubject, WantedRecords, at, named, places_of, take

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
    workspace.must(Deed.REVIEW)
    with workspace.asking() as connection:
        _must_review(facts(connection))
    step = replace(_STEP, twins=Twins().among)
    taken = take(workspace, WantedRecords(ids, area, rt, period), step, person=person, report=report)
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
    with editing(workspace, Deed.REVIEW) as edits:
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
    for region, label in places_of(workspace, WantedRecords((), area, rt, period)):
        with editing(workspace, Deed.REVIEW) as edits:
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


def _give_back(edits: Edits, subject: ReviewSubject, comment: str, about: str, person: str) -> str:
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
    with editing(workspace, Deed.CHANGE) as edits:
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


def _must_be_settled(subject: ReviewSubject) -> None:
    """Raise Trouble while it is open whether the record is deleted, for every save says that it lives."""
    if ALIVE in subject.version.conflicts():
        raise Trouble(
            say("Belum diputuskan apakah catatan ini dihapus."),
            remedy=say("Putuskan dahulu konflik «dihapus atau diubah» pada catatan ini."), code="K12",
        )


def _obstacles(edits: Edits, subject: ReviewSubject, by_name: bool) -> Iterator[str]:
    for question in subject.version.conflicts():
        yield say("{question}: konflik belum diselesaikan.", question=question)
    for problem in problems(edits, subject.form, subject.version):
        if not problem.note:
            yield f"{problem.question}: {problem.message}"
    if not by_name and standing(subject.version) == RETURNED and is_untouched(subject.version):
        yield say("Dikembalikan dan belum diubah; periksa dan verifikasi dari catatannya sendiri.")


def _verified(edits: Edits, version: Version) -> dict[str, Answer]:
    return {STATUS: VERIFIED, f"{SEEN}{edits.facts.node}": seen(version)}


_STEP = ReviewStep((VERIFIED,), _obstacles, _verified, "verifikasi", stamps.VERIFIED)


MOST_TWINS = 3  # that are named of one household

_Place = tuple[str, str, str]  # period, region, RT


class Twins:
    """Compares households with those of their RT and with their numbers; the numbers of a period are read once."""

    def __init__(self) -> None:
        self._comparing = Comparing()
        self._sharing: dict[str, dict[str, list[House]]] = {}  # by period, by NIK or family card

    def among(self, edits: Edits, subjects: Sequence[ReviewSubject]) -> Mapping[str, Sequence[str]]:
        """Return in words, by id, which other households these may be; the words begin with the question."""
        asked: dict[_Place, list[House]] = {}
        for version in (each.version for each in subjects if each.form is Household):
            house = doubles.house_of(version.id, version.values())
            asked.setdefault((str(version.values().get("period") or ""), house.region, house.rt), []).append(house)
        found = [each for place, houses in asked.items() for each in self._likely(edits, place, houses)]
        told: dict[str, list[str]] = {}
        for each in _not_apart(edits, found):
            told.setdefault(each.one.id, []).append(_words(each))
        return {record: tuple(islice(words, MOST_TWINS)) for record, words in told.items()}

    def _likely(self, edits: Edits, place: _Place, houses: Sequence[House]) -> Iterator[Likeness]:
        """Yield each of these households with those that it may be."""
        period, region, rt = place
        if period not in self._sharing:
            self._sharing[period] = dict(neighbours.shared_numbers(edits.connection, period))
        there = [each for some in neighbours.households(edits.connection, period, region, rt) for each in some]
        others: dict[tuple[str, str], tuple[House, House]] = {}
        for one, other, _percent in self._comparing.between(houses, there) if rt else ():
            others[one.id, other.id] = one, other
        for one in houses:
            for other in (each for number in one.numbers for each in self._sharing[period].get(number, ())):
                others[one.id, other.id] = one, other
        pairs = (pair for pair in others.values() if pair[0].id != pair[1].id)
        yield from filter(None, (self._comparing.of(*pair) for pair in pairs))


def _not_apart(edits: Edits, found: Sequence[Likeness]) -> Iterable[Likeness]:
    """Return the likely ones of which nobody said that they are two, the likeliest first."""
    edits.look_up(Household.key, {min(each.one.id, each.other.id) for each in found})
    left = [each for each in found if not _is_said_apart(edits, each)]
    return sorted(left, key=lambda each: (-len(each.reasons), -each.percent, each.other.id))


def _is_said_apart(edits: Edits, found: Likeness) -> bool:
    first, second = sorted((found.one.id, found.other.id))
    return bool(edits.version(Household.key, first).values().get(f"{DISTINCT}{second}"))


def _words(found: Likeness) -> str:
    beside = (found.one.region, found.one.rt) == (found.other.region, found.other.rt)
    other = doubles.named(replace(found.other, rt="") if beside else found.other)
    why = doubles.reasons(found)
    said = say("mungkin rumah yang sama dengan {other}: {reasons}. Katakan «bukan duplikat» dengan alasannya, atau "
               "hapus salah satu.", other=other, reasons=why)
    return f"{Household.head_name.key}: {said}"
