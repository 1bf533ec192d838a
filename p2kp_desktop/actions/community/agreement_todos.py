"""What is to be done about agreements: signatures, legalisation, monitoring, violations, review, decisions."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from p2kp_desktop import environment
from p2kp_desktop.forms.agreement import Agreement, Signature, Violation, Visit
from p2kp_desktop.forms.meeting import Decision
from p2kp_desktop.language import say
from p2kp_desktop.rules.agreements import AGREED, DRAFT, IN_FORCE, LEGALISED, REVOKED, TESTED, UNDER_REVIEW
from p2kp_desktop.schema import Record, written
from p2kp_desktop.store import Workspace

from .agreements import WholeAgreement, in_area, is_open, text, whole_in, whole_number

SIGN, LEGALISE, ENFORCE, MONITOR, VIOLATION, REVIEW, DECISION = (
    "sign", "legalise", "enforce", "monitor", "violation", "review", "decision",
)
SOON = 60  # days before a date at which it is told


@dataclass(frozen=True)
class Todo:
    """One thing to do: what, until when (ISO date or ""), the form and record to open; "" begins a new one."""

    kind: str
    words: str
    due: str
    late: bool
    form: str
    record: str
    agreement: str
    number: str  # of the agreement

    @property
    def when(self) -> str:
        """Return the date in words."""
        return written.day(self.due) if self.due else ""


def of_area(workspace: Workspace, area: str, today: str = "") -> list[Todo]:
    """Return the things to be done about the agreements of an area, late ones first, then by date."""
    with workspace.asking() as connection:
        wholes = [whole_in(connection, record.id) for record in in_area(connection, area)]
    found = [todo for whole in wholes if whole is not None for todo in of_agreement(whole, today)]
    return sorted(found, key=_order)


def of_agreement(whole: WholeAgreement, today: str = "") -> list[Todo]:
    """Return the things to be done about one agreement, late ones first, then by date."""
    if whole.stage == REVOKED:
        return []
    day = (today or environment.now())[:10]
    return sorted(_todos(whole, day), key=_order)


def _order(todo: Todo) -> tuple[bool, str, str]:
    return not todo.late, todo.due or "9999", todo.number


def _todos(whole: WholeAgreement, today: str) -> Iterator[Todo]:
    def todo(kind: str, words: str, form: str, record: str = "", due: str = "") -> Todo:
        late = bool(due) and due < today
        return Todo(kind, words, due, late, form, record, whole.record.id, text(whole.record, "number"))

    for violation in whole.parts.violations:
        if is_open(violation):
            yield todo(VIOLATION, _violation_words(violation), Violation.key, violation.id)
    for decision in whole.decisions:
        yield todo(DECISION, text(decision, "text"), Decision.key, decision.id, text(decision, "due"))
    due = text(whole.record, "review_due")
    if due and due <= _in_days(today, SOON) and whole.stage != UNDER_REVIEW:
        yield todo(REVIEW, say("Tinjau aturan ini"), Agreement.key, whole.record.id, due)
    unsigned = len(whole.parts.signatures) - len(whole.signed)
    own = whole.record.id
    if whole.stage in (TESTED, AGREED) and (unsigned or not whole.parts.signatures):
        yield _signing(whole, unsigned, todo("", "", Signature.key))
    elif whole.stage == AGREED:
        yield todo(LEGALISE, say("Antar berkas ke kelurahan untuk disahkan"), Agreement.key, own)
    elif whole.stage == LEGALISED:
        yield todo(ENFORCE, say("Sosialisasikan, lalu nyatakan berlaku"), Agreement.key, own)
    elif whole.stage == IN_FORCE and not _is_monitored(whole, today):
        yield todo(MONITOR, say("Belum dipantau tahun ini"), Visit.key)
    elif whole.stage == DRAFT and whole.parts.clauses:
        yield todo(SIGN, say("Bawa draf ke rembug atau uji publik"), "meeting")


def _signing(whole: WholeAgreement, unsigned: int, blank: Todo) -> Todo:
    words = say("{count} tanda tangan belum", count=unsigned) if unsigned else say("Tulis siapa yang menandatangani")
    left = [each.id for each in whole.parts.signatures if each not in whole.signed]
    return Todo(SIGN, words, "", False, blank.form, left[0] if left else "", blank.agreement, blank.number)


def _violation_words(violation: Record) -> str:
    number, date = whole_number(violation, "clause_number"), written.day(text(violation, "date"))
    if not text(violation, "sanctions"):
        return say("Pelanggaran pasal {number}, {date}: sanksi belum ada", number=number, date=date)
    return say("Pelanggaran pasal {number}, {date}: belum selesai", number=number, date=date)


def _is_monitored(whole: WholeAgreement, today: str) -> bool:
    return any(text(visit, "date").startswith(today[:4]) for visit in whole.parts.visits)


def _in_days(today: str, days: int) -> str:
    return (datetime.date.fromisoformat(today) + datetime.timedelta(days=days)).isoformat()
