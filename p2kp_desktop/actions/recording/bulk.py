"""One answer for many records, or many records into the trash: shown first, one act, one way back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.common.long_work import Report, Steps
from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import ALIVE, Answer, Form, Unreadable, written
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.review import is_locked
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace, completeness, drafts, records

from . import named_acts, record_names, record_titles
from .record_names import Subject
from .recording import Refused, keep_within, understood
from .saves import Edits

MOST = 20_000  # records of one act: what it takes to take it back must be kept
ORIGIN, TRASH, BACK = "ubah banyak", "dihapus", "kembali dari tempat sampah"


@dataclass(frozen=True)
class BulkChange:
    """What would become of one record: the answer before, in words; `why` says why it stays as it is («»: changes)."""

    subject: Subject
    before: str
    why: str = ""


@dataclass(frozen=True)
class BulkPlan:
    """What giving one answer to many records would do; nothing is written yet.

    `same` counts those that have the answer already. `seen` keeps what each record answered, so that one that
    somebody changes meanwhile is left alone. `again` are lines of the list of residents that count as not visited.
    """

    form: type[Form]
    key: str
    value: Answer
    question: str
    after: str
    changes: tuple[BulkChange, ...]
    refused: tuple[BulkChange, ...]
    same: int
    seen: Mapping[str, Answer]
    again: frozenset[str] = frozenset()


@dataclass(frozen=True)
class BulkDone:
    """What was done: how many records, those left as they were and why, the act («»: none), the backup before it."""

    records: int
    left: tuple[BulkChange, ...]
    act: str
    backup: Path | None


def preview(workspace: Workspace, form: type[Form], ids: Sequence[str], key: str, value: object) -> BulkPlan:
    """Return the plan of what giving this answer, as typed («» empties it), to these records would do.

    Raises Unreadable for what is no answer to the question, Trouble for too many records.
    """
    _must_be_few(ids)
    if form.question(key) is None or key in form.natural:
        raise Unreadable(say("Jawaban ini tidak dapat diubah untuk banyak catatan sekaligus."))
    with workspace.asking() as connection:
        answer = None if value in (None, "", []) else understood(connection, form, key, value)
        answer = None if answer == "" else answer
        found = records.read(connection, form.key, ids)
        answers = [*(version.values() for version in found.values()), {key: answer}]
        titles = record_titles.titles(connection, form, ({key: each.get(key)} for each in answers))
        ends_a_visit = form is Resident and key == Resident.outcome.key
        again = completeness.lapsed_among(connection, ids) if ends_a_visit else frozenset()
    changes, refused, same, seen = [], [], 0, {}
    for version in (found[record] for record in ids if record in found):
        values = version.values()
        stands = None if version.id in again else values.get(key)
        change = BulkChange(
            record_names.subject(form.key, version.id, values), record_names.shown(form.key, key, stands, titles)
        )
        why = _objection(version)
        if not why and stands == answer and key not in version.conflicts():
            same += 1
        elif why:
            refused.append(BulkChange(change.subject, change.before, why))
        else:
            changes.append(change)
            seen[version.id] = values.get(key)
    number, wording = record_names.asked(form.key, key)
    after = record_names.shown(form.key, key, answer, titles)
    question = f"{number} {wording}".strip()
    return BulkPlan(form, key, answer, question, after, tuple(changes), tuple(refused), same, seen, again)


def _must_be_few(ids: Sequence[str]) -> None:
    if len(ids) > MOST:
        raise Trouble(
            say("{count} catatan terlalu banyak untuk satu tindakan.", count=len(ids)),
            safe=say("Belum ada yang diubah."), remedy=say("Pilih paling banyak {most}.", most=MOST), code="T70",
        )


def _objection(version: Version) -> str:
    if version.values().get(ALIVE) == 0:
        return say("sudah di tempat sampah")
    return say("sudah diverifikasi dan terkunci") if is_locked(version) else ""


def carry_out(workspace: Workspace, plan: BulkPlan, report: Report | None = None) -> BulkDone:
    """Give the answer as one act after a backup; a record that somebody changed since the plan is left alone.

    Raises Trouble when the backup fails, Cancelled; then nothing has changed.
    """
    def give(edits: Edits, record: str) -> str:
        version = edits.version(plan.form.key, record)
        why = _objection(version)
        if not why and version.values().get(plan.key) != plan.seen[record]:
            why = say("diubah orang lain sementara itu")
        if not why:
            try:
                gone = {Resident.household.key: None} if record in plan.again else {}
                keep_within(edits, plan.form, {"id": record, plan.key: plan.value, **gone}, origin=ORIGIN)
            except Refused as refusal:
                return str(refusal)
        return why

    name = say("{question} = {answer} ({count} catatan)", question=plan.question, answer=plan.after,
               count=len(plan.changes))
    return _act(workspace, plan.form, name, [change.subject.id for change in plan.changes], give, report)


def put_away(
    workspace: Workspace, form: type[Form], ids: Sequence[str], *, reason: str, report: Report | None = None
) -> BulkDone:
    """Put records into the trash as one act after a backup, their drafts away; verified ones are left.

    Raises Trouble, Cancelled.
    """
    _must_be_few(ids)
    if not reason.strip():
        raise Trouble(say("Alasan belum diisi."), remedy=say("Tuliskan mengapa catatan ini dihapus."), code="T71")

    with workspace.asking() as connection:
        begun: dict[str, list[str]] = {}
        for draft in drafts.all_of_them(connection):
            begun.setdefault(draft.id, []).append(draft.person)

    def remove(edits: Edits, record: str) -> str:
        version = edits.version(form.key, record)
        why = _objection(version) if version.vector or record in begun else say("tidak ada lagi")
        if version.vector and not why:
            edits.save(form.key, record, {ALIVE: 0}, origin=TRASH, reason=reason.strip())
        for person in () if why else begun.get(record, ()):
            if not version.vector or person == edits.facts.person:  # what others typed of a saved one stays theirs
                edits.put_draft((record, person), None)
        return why

    name = say("{count} {form} ke tempat sampah", count=len(ids), form=say(form.title))
    return _act(workspace, form, name, ids, remove, report, Deed.DELETE)


def bring_back(
    workspace: Workspace, form: type[Form], ids: Sequence[str], *, report: Report | None = None
) -> BulkDone:
    """Bring records back from the trash, with all their answers, as one act after a backup. Raises Trouble, Cancelled.

    Whoever deleted them elsewhere sees them again with the next bundle.
    """
    _must_be_few(ids)

    def revive(edits: Edits, record: str) -> str:
        version = edits.version(form.key, record)
        if not version.vector or version.values().get(ALIVE):
            return say("tidak ada di tempat sampah")
        edits.save(form.key, record, {ALIVE: 1}, origin=BACK)
        return ""

    name = say("{count} {form} kembali dari tempat sampah", count=len(ids), form=say(form.title))
    return _act(workspace, form, name, ids, revive, report, Deed.DELETE)


def _act(
    workspace: Workspace, form: type[Form], name: str, ids: Sequence[str], do: Callable[[Edits, str], str],
    report: Report | None, deed: Deed = Deed.CHANGE,
) -> BulkDone:
    """Do something to each record in one act; `do` says why it did not, «» when it did."""
    steps = Steps(report, len(ids))
    backup = backups.if_changed(workspace)
    left: list[BulkChange] = []
    with named_acts.acting(workspace, name, deed) as edits:
        edits.look_up(form.key, ids)
        for record in ids:
            why = do(edits, record)
            if why:
                values = edits.version(form.key, record).values()
                left.append(BulkChange(record_names.subject(form.key, record, values), "", why))
            steps.step()
        steps.mark()
        is_act = bool(edits.before or edits.drafts)
    act = named_acts.last(workspace) if is_act else None
    return BulkDone(len(ids) - len(left), tuple(left), act.id if act else "", backup)


def changed_words(done: BulkDone) -> str:
    """Return how many records were changed, and how many were left as they were and why."""
    return _with_left(say("{count} catatan diubah. Ctrl+Z membatalkannya.", count=written.number(done.records)), done)


def gone_words(done: BulkDone) -> str:
    """Return the same of records that went into the trash."""
    return _with_left(say("{count} catatan ke tempat sampah. Ctrl+Z membatalkannya.",
                          count=written.number(done.records)), done)


def back_words(done: BulkDone) -> str:
    """Return the same of records that came back."""
    return _with_left(say("{count} catatan kembali. Ctrl+Z membatalkannya.", count=written.number(done.records)), done)


def _with_left(words: str, done: BulkDone) -> str:
    if not done.left:
        return words
    left = say("{count} dibiarkan: {why}.", count=written.number(len(done.left)), why=done.left[0].why)
    return f"{words} {left}"
