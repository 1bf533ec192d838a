"""Taking an agreement on: its stage with the date and what is missing, its next version, clauses to start with."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from p2kp_desktop import environment
from p2kp_desktop.actions.recording.named_acts import acting
from p2kp_desktop.actions.recording.recording import TYPED, Refused, record_within
from p2kp_desktop.actions.recording.saves import Edits
from p2kp_desktop.forms.agreement import STAGES as STAGE_OPTIONS
from p2kp_desktop.forms.agreement import Agreement, Clause
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules.agreements import (
    AGREED,
    DATES,
    DRAFT,
    IN_FORCE,
    LEGALISED,
    REVOKED,
    STAGES,
    TESTED,
    UNDER_REVIEW,
)
from p2kp_desktop.schema import Answer, Date, Unreadable
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.values import read_date
from p2kp_desktop.store import Workspace, views

from . import agreement_versions, clauses
from .agreements import WholeAgreement, text, whole_number

_ANSWERED = {  # what every agreement has to say somewhere (dossier E)
    "monitor": "siapa yang memantau", "upkeep": "siapa yang mengelola dan memelihara",
    "liable": "siapa yang menanggung kerusakan", "funding": "dari mana biayanya",
}


def stage_words(stage: str) -> str:
    """Return a stage in words."""
    return say(STAGE_OPTIONS.show(stage))


_NEXT = {UNDER_REVIEW: IN_FORCE, REVOKED: REVOKED}  # a review confirms; what is revoked stays so


def following(stage: str) -> str:
    """Return the stage that usually comes next: a review leads back into force, what is revoked stays so."""
    return _NEXT.get(stage) or STAGES[STAGES.index(stage) + 1]


def missing(whole: WholeAgreement, stage: str) -> list[str]:
    """Return, in sentences, what is usually there before an agreement reaches a stage; nothing keeps it from going."""
    return list(_missing(whole, stage))


def _missing(whole: WholeAgreement, stage: str) -> Iterator[str]:
    if stage in (DRAFT, REVOKED) or is_confirmed(whole.stage, stage):
        return
    if not whole.parts.clauses:
        yield say("Belum ada pasal.")
    if stage == TESTED:
        return
    if stage == UNDER_REVIEW:
        if not whole.parts.visits:
            yield say("Belum pernah dipantau.")
        return
    if not whole.edition.said(TESTED):
        yield say("Tanggal uji publik belum diisi.")
    if not whole_number(whole.record, "men") + whole_number(whole.record, "women"):
        yield say("Peserta rembug belum diisi.")
    yield from _unanswered(whole)
    if stage != AGREED:
        yield from _missing_to_legalise(whole, stage)


def _unanswered(whole: WholeAgreement) -> Iterator[str]:
    if not whole.parts.clauses:
        return
    silent = [say(words) for key, words in _ANSWERED.items() if not any(text(c, key) for c in whole.parts.clauses)]
    if silent:
        yield say("Tidak satu pasal pun menyebut {what}.", what=", ".join(silent))


def _missing_to_legalise(whole: WholeAgreement, stage: str) -> Iterator[str]:
    if not whole.edition.said(AGREED):
        yield say("Tanggal disepakati belum diisi.")
    total = len(whole.parts.signatures)
    if not total:
        yield say("Belum ada penanda tangan.")
    elif len(whole.signed) < total:
        yield say("{count} tanda tangan belum ada.", count=total - len(whole.signed))
    if not whole.edition.legal_basis:
        yield say("Dasar pengesahan (nomor SK/peraturan) belum diisi.")
    if stage == IN_FORCE and not whole.edition.said(LEGALISED):
        yield say("Tanggal disahkan belum diisi.")


def is_confirmed(now: str, stage: str) -> bool:
    """Say whether this step only confirms what was in force before: a review that changes nothing."""
    return (now, stage) == (UNDER_REVIEW, IN_FORCE)


def advance(
    workspace: Workspace, agreement: str, stage: str, date: str, *, legal_basis: str = "", review_due: str = ""
) -> None:
    """Take an agreement to a stage, reached on a date as people write it, as one act that can be taken back.

    What stays in force after a review keeps the day since when it is; what is put into force again after it was
    revoked keeps both days. Raises Refused with the question for a date or a stage that cannot be read, and for a
    verified one.
    """
    with acting(workspace, say("Status aturan: {stage}", stage=stage_words(stage))) as edits:
        advance_within(edits, agreement, stage, date, legal_basis=legal_basis, review_due=review_due)


def advance_within(
    edits: Edits, agreement: str, stage: str, date: str, *, legal_basis: str = "", review_due: str = ""
) -> None:
    """Take an agreement to a stage in a transaction that others may share; see `advance`. Raises Refused."""
    if stage not in STAGES:
        raise Refused(Agreement.stage.key, say("Status «{stage}» tidak dikenal.", stage=stage))
    given: dict[str, object] = {"id": agreement, Agreement.stage.key: stage}
    if review_due.strip():
        given[Agreement.review_due.key] = _day(Agreement.review_due, review_due)
    if legal_basis.strip():
        given[Agreement.legal_basis.key] = legal_basis
    answers = _existing(edits, agreement).values()
    given |= {question.key: _day(question, date) for question in _dated(answers, stage)}
    if answers.get(Agreement.stage.key) == REVOKED and stage not in (REVOKED, IN_FORCE):
        given[Agreement.revoked.key] = None  # it was not meant: what is in force again keeps both days
    record_within(edits, Agreement, given, origin=TYPED)


def _dated(answers: Mapping[str, Answer], stage: str) -> list[Date]:
    """Return the questions that take the date of a step from where an agreement stands."""
    now = str(answers.get(Agreement.stage.key))
    if is_confirmed(now, stage):
        return [Agreement.review_date]
    if (now, stage) == (REVOKED, IN_FORCE):
        bound = answers.get(Agreement.in_force.key) or answers.get(Agreement.legalised.key)
        return [Agreement.restored] if bound else [Agreement.restored, Agreement.in_force]
    return [DATES[stage]]


def _day(question: Date, text_of_it: str) -> str:
    try:
        return read_date(text_of_it).isoformat()
    except Unreadable as error:
        raise Refused(question.key, str(error)) from error


def begin_version(workspace: Workspace, agreement: str, today: str = "") -> int:
    """Begin the next version: the stage is draft again, its dates and legal basis are still to come.

    The version before keeps its own, and stays in force until the new one is; its text stays comparable. Returns the
    number of the new one. Raises Refused for a verified one.
    """
    with acting(workspace, say("Versi baru aturan bersama")) as edits:
        found = _existing(edits, agreement)
        number = int(str(found.values().get("version") or 1))
        held = [found, *clauses.ever(edits.connection, agreement)]
        key, mark = agreement_versions.edition_mark(number, edits.facts.node, held)
        agreement_versions.keep(edits, found, number)
        begun = {"version": number + 1, "stage": DRAFT, "drafted": (today or environment.now())[:10]}
        record_within(edits, Agreement, {"id": agreement, **agreement_versions.NOT_YET, **begun}, origin=TYPED)
        edits.save(Agreement.key, agreement, {key: mark}, origin=TYPED)
    return number + 1


def _existing(edits: Edits, agreement: str) -> Version:
    found = edits.version(Agreement.key, agreement)
    if not found.vector or found.values().get("alive") == 0:
        raise Trouble(say("Aturan bersama ini sudah tidak ada."), remedy=say("Kembali ke daftar."), code="E20")
    return found


@dataclass(frozen=True)
class Example:
    """A clause of the library, in our own words; `aspect` is a code."""

    aspect: str
    subject: str
    factual: str
    ideal: str
    rule: str
    sanction: str = ""
    incentive: str = ""
    responsible: str = ""
    monitor: str = ""
    upkeep: str = ""
    liable: str = ""
    funding: str = ""


@cache
def library() -> tuple[Example, ...]:
    """Return the example clauses, by aspect in the order of the list."""
    content = tomllib.loads((environment.resources() / "clauses.toml").read_text(encoding="utf-8"))
    return tuple(Example(aspect, **each) for aspect, some in content.items() for each in some)


def insert_examples(workspace: Workspace, agreement: str, examples: Sequence[Example]) -> list[str]:
    """Add example clauses to an agreement as one act, numbered after its last one; return their ids."""
    made = []
    with acting(workspace, say("Contoh pasal ditambahkan")) as edits:
        region = str(_existing(edits, agreement).values().get("region") or "")
        number = _last_number(edits, agreement)
        for each in examples:
            number += 1
            answers = {key: value for key, value in vars(each).items() if value}
            given = {**answers, "clause_number": number, "parent": agreement, "region": region}
            made.append(record_within(edits, Clause, given, origin=TYPED).id)
    return made


def _last_number(edits: Edits, agreement: str) -> int:
    rows = views.picked(edits.connection, Clause, ("clause_number",), views.Where(parent=agreement))
    return max((row["clause_number"] or 0 for row in rows), default=0)
