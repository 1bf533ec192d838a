"""Recording: create, change and delete records from answers as people and scripts give them.

A natural-key record keeps its derived id even when a script gives another one, and the answer says which: two records
for one RT and period would be two truths.

What a record is judged by beside itself is found here too: other reports of an activity, clauses, RTs, and who gave
its answers.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from p2kp_desktop.actions.common.refusals import Refused as Refused
from p2kp_desktop.actions.common.refusals import must_be_explained
from p2kp_desktop.actions.common.refusals import refuse_locked as refuse_locked
from p2kp_desktop.forms import Rt
from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.forms.agreement import Agreement, Clause, Incentive, Violation
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules import beside
from p2kp_desktop.schema import ADDRESS, ALIVE, HARD, SOFT, STATUS, Answer, Form, Problem, Record, Reference, Unreadable
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.history import AT_ONCE as REOPENED_AT_ONCE
from p2kp_desktop.schema.places import concerns
from p2kp_desktop.schema.records import WHY
from p2kp_desktop.schema.review import is_by_reviewer, standing
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.schema.values import tidy
from p2kp_desktop.store import Connection, Workspace, records, views
from p2kp_desktop.store.facts import Facts
from p2kp_desktop.store.views import Where

from . import named_acts, record_names, record_titles
from .record_places import read_id, read_part, usual_site
from .record_titles import Referring, is_uuid
from .saves import Edits, editing

TYPED = "diketik"
SCRIPT = "perintah"
AT_ONCE = REOPENED_AT_ONCE  # two people changed one answer, neither knowing of the other's

Given = Mapping[str, object]


@dataclass(frozen=True)
class Recorded:
    """A saved record, what is still wrong with it, and the answers that somebody else changed meanwhile (`began`)."""

    id: str
    problems: tuple[Problem, ...]
    contested: tuple[str, ...] = ()


def record(
    workspace: Workspace, form: type[Form], given: Given, *, origin: str = TYPED, reason: str = ""
) -> Recorded:
    """Create or change one record; on disk when it returns.

    Raises Refused for what cannot be read, and for changing a verified record without a reason.
    """
    with editing(workspace) as edits:
        return record_within(edits, form, given, origin=origin, reason=reason)


@dataclass(frozen=True)
class RecordedAll:
    """What became of many lines: all recorded, or, with any refused, none."""

    recorded: tuple[Recorded, ...]
    refused: tuple[tuple[int, Unreadable], ...]


class _Nothing(Exception):
    """Takes a transaction back."""


def record_all(
    workspace: Workspace, form: type[Form], lines: Sequence[tuple[int, Given]], *, origin: str, save: bool = True,
    reason: str = "",
) -> RecordedAll:
    """Create or change many records in one transaction; with any refused, or `save` off, none is saved."""
    recorded, refused = [], []
    try:
        with editing(workspace) as edits:
            edits.look_up(form.key, [str(given["id"]) for _, given in lines if given.get("id")])
            for number, given in lines:
                try:
                    recorded.append(record_within(edits, form, given, origin=origin, reason=reason))
                except Unreadable as refusal:
                    refused.append((number, refusal))
            if refused or not save:
                raise _Nothing
    except _Nothing:
        return RecordedAll((), tuple(refused))
    return RecordedAll(tuple(recorded), ())


def record_within(edits: Edits, form: type[Form], given: Given, *, origin: str, reason: str = "") -> Recorded:
    """Create or change one record in a transaction that others may share. Raises Refused.

    What can be read in two ways comes back as a soft problem that says how it was read.
    """
    names = {key: str(given[key] or "") for key in _NAMES if key in given}
    recorded = keep_within(edits, form, {**_read(form, given), **names}, origin=origin, reason=reason)
    return replace(recorded, problems=(*_remarks(form, given), *recorded.problems))


def keep_within(
    edits: Edits, form: type[Form], answers: Mapping[str, Answer], *, origin: str, source: str = "", reason: str = "",
    began: Mapping[str, Answer] | None = None,
) -> Recorded:
    """Create or change one record from answers as they are kept, its `id` among them if it has one; raise Refused.

    `began` is what their author had seen of the record: an answer that is another one by now, and not the one given,
    is not replaced unseen. Both then stand beside each other as a conflict.
    """
    stated = _stated_id(answers)
    named = {key: value if value != "" else None for key, value in answers.items() if key not in _NAMES}
    before = edits.version(form.key, stated) if stated else None
    named |= record_titles.pointed(edits, form, named, before)
    if before is None or not before.vector:
        named = _placed(form, _beside_parent(edits, named), edits.facts)
        ident = form.natural_id(named) or stated or edits.new_id()
        before = edits.version(form.key, ident)
    elif form.natural and form.natural_id(before.values() | named) != before.id:
        raise Refused(form.natural[-1], "Ini menentukan catatannya sendiri; buat catatan baru dan hapus yang lama.")
    if STATUS in answers and (answers[STATUS] or "") not in (before.values().get(STATUS) or "", standing(before)):
        raise Refused(STATUS, "Status tidak diketik: ia mengikuti pengajuan dan pemeriksaan.")
    changes = _changes(form, before, named)
    changes |= form.beside(changes, _above(edits, before.values() | changes))
    contested: tuple[str, ...] = ()
    if changes:
        refuse_locked(before, reason)
        contested = _contested(before, changes, began)
        replaced = {key: before.answers[key] for key in contested}
        before = edits.save(form.key, before.id, changes, origin=origin, source=source, reason=reason.strip())
        for key, sides in replaced.items():
            edits.reopen(form.key, before.id, key, sides | before.answers[key], origin=AT_ONCE, reason=reason.strip())
        before = edits.version(form.key, before.id)
    return Recorded(before.id, tuple(problems(edits, form, before)), contested)


def _contested(now: Version, changes: Mapping[str, Answer], began: Mapping[str, Answer] | None) -> tuple[str, ...]:
    """Return the answers that a save would replace though its author never saw them; `alive` comes last."""
    if began is None:
        return ()
    shown = now.values()
    unseen = [key for key, value in changes.items()
              if shown.get(key) not in (began.get(key), value) and now.answers.get(key)]
    return tuple(sorted(unseen, key=lambda key: key == ALIVE))


def _remarks(form: type[Form], given: Given) -> Iterator[Problem]:
    for key, raw in given.items():
        question = form.question(key)
        if question is not None and (remark := question.remark(raw)):
            yield Problem(key, remark.message, remark.severity)


def _read(form: type[Form], given: Given) -> dict[str, Answer]:
    """Read every given answer; raise Refused with the question that cannot be read."""
    named: dict[str, Answer] = {}
    for key, raw in given.items():
        if key in _NAMES:
            continue
        try:
            named[key] = None if raw is None or raw in ("", []) else read_answer(form, key, raw)
        except Unreadable as error:
            raise Refused(key, str(error)) from None
        if named[key] == "":
            named[key] = None
    return named


def understood(connection: Connection, form: type[Form], key: str, raw: object) -> Answer:
    """Return an answer as it is kept, a record that it points to by its id; raise Unreadable."""
    answer, question = read_answer(form, key, raw), form.question(key)
    if isinstance(question, Reference) and answer is not None:
        return Referring(connection).meant(question, str(answer), near={}, may_arrive=is_uuid)
    return answer


def _stated_id(given: Given) -> str | None:
    stated = given.get("id")
    if stated in (None, ""):
        return None
    try:
        return read_id(str(stated))
    except Unreadable as error:
        raise Refused("id", str(error)) from None


def read_answer(form: type[Form], key: str, raw: object) -> Answer:
    """Return the answer to one question or part of the address as it is kept; raise Unreadable."""
    if key in ADDRESS:
        return read_part(form, key, str(raw).strip())
    if key.startswith(WHY) and form.question(key.removeprefix(WHY)):
        return tidy(str(raw))
    question = form.question(key)
    if question is None:
        raise Unreadable(say("Formulir {form} tidak mempunyai pertanyaan «{question}».", form=form.key, question=key))
    if question.kind == "derived":
        raise Unreadable(say("«{label}» dihitung sendiri oleh program.", label=say(question.label)))
    if isinstance(raw, dict | bool) or (isinstance(raw, list) and question.kind not in ("several", "rt")):
        raise Unreadable(say("Jawaban «{raw}» bukan teks atau angka.", raw=raw))
    answer: Answer = question.read(raw)
    return answer


def _placed(form: type[Form], named: Mapping[str, Answer], facts: Facts) -> dict[str, Answer]:
    """Add to a new record the address and answers that follow; raise Refused where it cannot be placed."""
    placed = dict(named) | {key: value for key, value in form.complete(named).items() if named.get(key) is None}
    if form.place and not placed.get("region"):
        placed["region"] = usual_site(form, facts.regions)
        if not placed["region"]:
            raise Refused("region", "Sebutkan kode kelurahan, karena ruang kerja ini mencakup beberapa.")
    if form.per_period and not placed.get("period"):
        placed["period"] = facts.period
    for key in form.natural:
        if placed.get(key) is None:
            raise Refused(key, "Belum diisi, padahal menentukan catatannya.")
    return placed


def _beside_parent(edits: Edits, named: Mapping[str, Answer]) -> dict[str, Answer]:
    """Let a new record that hangs on another and names no kelurahan stand where that one stands, to travel with it."""
    region = None if named.get("region") else _above(edits, named).get("region")
    return dict(named) | ({"region": region} if region else {})


def _above(edits: Edits, answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
    """Return the answers of the record that a record belongs to; none where there is no such record."""
    parent = answers.get("parent")
    form = records.form_of(edits.connection, parent) if isinstance(parent, str) else None
    return edits.version(form, str(parent)).values() if form else {}


def _changes(form: type[Form], before: Version, named: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers that a save has to change: new ones, different ones, ones in conflict."""
    shown, conflicts = before.values(), before.conflicts()
    changes = {key: value for key, value in named.items() if value != shown.get(key) or key in conflicts}
    if not before.vector:
        changes.setdefault("identity", before.id) if form.per_period and not form.natural else None
        return changes or {ALIVE: 1}
    return changes | {ALIVE: 1} if shown.get(ALIVE) == 0 else changes


def problems(edits: Edits, form: type[Form], version: Version) -> list[Problem]:
    """Return the problems of a saved record, those of its place included; a withheld answer is not an empty one."""
    answers = version.values()
    rules = edits.rules_of(answers.get("period"))
    found = []
    if form.place == "rt" and not answers.get("rt"):
        found.append(Problem("rt", "RT belum diisi.", HARD))
    area = str(answers.get("region") or "")
    if area and not any(concerns(area, mine) for mine in edits.facts.regions):
        found.append(Problem("region", "Tempat ini di luar wilayah ruang kerja.", SOFT))
    found += uncounted(form, version)
    found += record_titles.astray(edits, form, answers)
    record = Record(form, version.id, answers, rules)
    others = records_beside(edits.connection, form, version.id, answers)
    judged = (*record.problems(), *beside.problems(record, others))
    return found + [each for each in judged if not _is_withheld(version, each.question)]


def _is_withheld(version: Version, key: str) -> bool:
    """Say whether an answer is empty here only because it did not travel."""
    return key in version.overrides and not version.answers.get(key)


def delete(workspace: Workspace, form: type[Form], record_id: str, *, reason: str) -> None:
    """Put a record into the trash, where its answers are kept; an act that can be taken back.

    Raises Trouble when there is none, or no reason.
    """
    must_be_explained(reason)
    with workspace.asking() as connection:
        found = records.read(connection, form.key, [record_id]).get(record_id)
    what = record_names.subject(form.key, record_id, found.values() if found else {}).title
    with named_acts.acting(workspace, say("{what} ke tempat sampah", what=what), Deed.DELETE) as edits:
        version = edits.version(form.key, record_id)
        if not version.vector or version.values().get(ALIVE) == 0:
            raise Trouble(
                say("Catatan {record} tidak ada di formulir {form}.", record=record_id, form=form.key),
                remedy="Periksa nomornya.",
                code="R30",
            )
        edits.save(form.key, record_id, {ALIVE: 0}, origin="dihapus", reason=reason.strip())


_FindBeside = Callable[[Connection, str, str], Iterator[Record]]  # by the record's id or what it belongs to, and where


def records_beside(
    connection: Connection, form: type[Form], record: str, answers: Mapping[str, Answer]
) -> tuple[Record, ...]:
    """Return the records beside which this one is judged (rules/beside.py), none for most forms."""
    if form.key not in _BESIDE:
        return ()
    parent, region = str(answers.get("parent") or record), str(answers.get("region") or "")
    return tuple(each for each in _BESIDE[form.key](connection, parent, region) if each.id != record)


def uncounted(form: type[Form], version: Version) -> Iterator[Problem]:
    """Yield the answers that count only from an office that reviews, and were given by none."""
    values = version.values()
    for each in form.by_reviewers:
        if values.get(each.key) and not is_by_reviewer(version, each.key):
            said = say("Hanya berlaku bila diisi kabupaten/kota atau provinsi; ini diisi fasilitator.")
            yield Problem(each.key, said, HARD)


def _reports(connection: Connection, activity: str, _region: str) -> Iterator[Record]:
    return views.found(connection, Progress, Where(parent=activity))


def _clauses(connection: Connection, agreement: str, _region: str) -> Iterator[Record]:
    """Yield every clause an agreement has or had: what was broken then may be gone now."""
    for deleted in (False, True):
        yield from views.found(connection, Clause, Where(parent=agreement, deleted=deleted))


def _rts(connection: Connection, _agreement: str, region: str) -> Iterator[Record]:
    return views.found(connection, Rt, Where(area=region or None))


_BESIDE: Mapping[str, _FindBeside] = {
    Activity.key: _reports, Progress.key: _reports, Violation.key: _clauses, Incentive.key: _clauses,
    Agreement.key: _rts,
}


_NAMES = ("id", STATUS)  # of what is given, what is no answer
