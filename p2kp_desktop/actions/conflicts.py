"""Open conflicts: answers for which two people gave different values, both kept until somebody settles."""

from dataclasses import dataclass

from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import Answer
from p2kp_desktop.store import Workspace, records

from .editing import editing


@dataclass(frozen=True)
class Side:
    """One value of a conflict: as data, in words, and who gave it where and when by which clock."""

    value: Answer
    shown: str
    person: str
    role: str
    workspace: str
    time: str


@dataclass(frozen=True)
class Conflict:
    """An answer with several values; `question` is its key, or alive, status, region."""

    form: str
    id: str
    question: str
    sides: tuple[Side, ...]


def open_conflicts(workspace: Workspace) -> list[Conflict]:
    """Return every open conflict with all its sides, in order of form, record and question."""
    with workspace.asking() as connection:
        named = records.open_conflicts(connection)
        versions = {
            form: records.read(connection, form, [record for its, record, _ in named if its == form])
            for form in {form for form, _, _ in named}
        }
    found = []
    for form, record, question in named:
        siblings = versions[form][record].answers[question]
        sides = tuple(
            Side(s.value, _show(form, question, s.value), s.save.person, s.save.role, s.save.workspace, s.save.time)
            for s in sorted(siblings, key=lambda s: s.save.dot)
        )
        found.append(Conflict(form, record, question, sides))
    return found


def _show(form: str, key: str, value: Answer) -> str:
    if value is None:
        return "(kosong)"
    if key == "alive":
        return "ada" if value else "dihapus"
    known = {each.key: each for each in FORMS}.get(form)
    question = known.question(key) if known else None
    return question.show(value) if question and question.understands(value) else str(value)


def settle(
    workspace: Workspace, form: str, record: str, question: str, value: Answer, *, reason: str, person: str = ""
) -> None:
    """Decide an open conflict for a value, as an edit that covers every side; the decision travels.

    `value` may be one of the sides or another one. Raises Trouble without a reason, or when there is no such
    conflict (any more).
    """
    if not reason.strip():
        raise Trouble("Alasan belum diisi.", remedy="Tuliskan alasan keputusan ini.", code="K10")
    with editing(workspace) as edits:
        if question not in edits.version(form, record).conflicts():
            raise Trouble("Konflik ini sudah diselesaikan.", remedy="Muat ulang daftar konflik.", code="K11")
        edits.save(form, record, {question: value}, origin="keputusan", reason=reason.strip(), person=person)
