"""The form of a record as it was answered: what lacks, both sides of conflicts, what was remarked, who changed what."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from p2kp_desktop.actions.keying import answer_history
from p2kp_desktop.actions.keying.answer_history import AnswerStep
from p2kp_desktop.actions.recording import conflicts, printed_codes, record_titles
from p2kp_desktop.actions.recording.record_names import Titles, form_of
from p2kp_desktop.actions.recording.record_names import asked as asked_about
from p2kp_desktop.actions.review import comments, review_state
from p2kp_desktop.actions.review.comments import Said, Thread
from p2kp_desktop.forms import under
from p2kp_desktop.language import say
from p2kp_desktop.printing.pages import veils
from p2kp_desktop.printing.pages.document import Asked, Document
from p2kp_desktop.printing.pages.qr import qr_svg
from p2kp_desktop.printing.pages.registry import Needs, printable
from p2kp_desktop.reports import saving
from p2kp_desktop.schema import Form, Question, Record, Reference, Several, written
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.forms import ERASED
from p2kp_desktop.schema.printed_code import PrintedCode
from p2kp_desktop.schema.records import WHY
from p2kp_desktop.schema.table import Scope, Source, standing_word
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.standing import SAID

from . import asked_records, form_sheets
from .form_sheets import Filled, Head
from .questions import Given, Lettered

_SIDES = 8  # as many as any form takes: each side has a code of its own


@dataclass(frozen=True)
class Told:
    """All that is known of a record besides its answers, read at once; `names` may stand in full."""

    version: Version
    record: Record
    titles: Titles
    threads: Sequence[Thread]
    history: Mapping[str, Sequence[AnswerStep]]
    names: bool
    own: Collection[str] = ()  # the people of the record: hidden where somebody typed of them, unless `names` stand


@printable("record", lambda: say("Formulir terisi"), Needs.RECORD)
def filled(workspace: Workspace, asked: Asked) -> Document:
    """Return the forms of records as they are answered, each begun on a sheet of its own."""
    sources = Sources(workspace)
    versions, whole = asked_records.versions(workspace, asked)
    parts = [partial(_sheet, workspace, version, asked, sources) for version in versions]
    if len(parts) == 1:
        return replace(parts[0](), whole=whole)
    return Document(say("Formulir terisi"), "", {}, parts=parts)


class Sources:
    """Where the figures of a place come from, asked once for all records that stand there."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[Scope, Source] = {}

    def of(self, scope: Scope) -> Source:
        """Return it as of the first time that it was asked."""
        if scope not in self._known:
            self._known[scope] = saving.source_of(self._workspace, scope)
        return self._known[scope]


def scope_of(version: Version) -> Scope:
    """Return where a record stands."""
    values = version.values()
    return Scope(*(str(values.get(key) or "") for key in ("region", "rt", "period")))


def _sheet(workspace: Workspace, version: Version, asked: Asked, sources: Sources) -> Document:
    form = form_of(version.form)
    with workspace.asking() as connection:
        told = read(connection, version, asked)
        digest = printed_codes.digest_now(connection, form, version.id)
        data = form_sheets.filled(form, Filled(
            head(told), given(connection, told), tuple(_below(connection, told)), {}, tuple(about(connection, told)),
        ))
    codes = [PrintedCode.of_record(form.key, version.id, digest, page) for page in range(1, _SIDES + 1)]
    return Document(
        say(form.title), "form", {**data, "codes": [qr_svg(each.text) for each in codes], "short": codes[0].short},
        source=sources.of(scope_of(version)), versions={(form.key, version.id): digest},
    )


def read(connection: Connection, version: Version, asked: Asked) -> Told:
    """Read what paper tells of a record."""
    form = form_of(version.form)
    [record] = views.found(connection, form, views.Where(id=version.id))
    sides = ({key: each.value} for key, siblings in version.answers.items() for each in siblings)
    return Told(
        version, record, record_titles.titles(connection, form, [record.answers, *sides], withhold=not asked.names),
        comments.threads_within(connection, version.id),
        answer_history.changed_answers(connection, form, version.id) if asked.history else {}, asked.names,
        () if asked.names else asked_records.own_people(connection, version),
    )


def head(told: Told) -> Head:
    """Return the head of the sheet of a record."""
    scope = scope_of(told.version)
    parent = str(told.record.answers.get("parent") or "")
    number = next((str(told.record.answers[each.key]) for each in told.record.form.runs_on
                   if told.record.answers.get(each.key) is not None), "")
    return Head(scope.area, scope.rt or "", scope.period, number, told.titles.get(parent, ""))


def given(connection: Connection, told: Told) -> dict[str, Given]:
    """Return the lines of each question of a record."""
    asked = told.record.asked_answers()
    return {
        question.key: _given(told, question, question.key in asked, tuple(remarks(connection, told, question)))
        for question in told.record.form.questions
    }


def _given(told: Told, question: Question[Any], applies: bool, remarks: tuple[str, ...]) -> Given:
    answer = told.record.understood(question)
    if question.kind == "derived":
        return Given(told.record.show(question) or "–", remarks=remarks)
    if answer is None and told.record.answers.get(question.key) is not None:
        return Given(say("(disamarkan)") if question.private and not told.names else told.record.show(question),
                     remarks=remarks)
    if answer is None:
        erased = f"{ERASED}{question.key}" in told.record.answers
        state = "unasked" if not applies else "empty" if question.required and not erased else ""
        return Given(say("(dihapus atas permintaan)") if erased else "" if state else "–", state=state, remarks=remarks)
    codes = str(answer).split(",") if isinstance(question, Several) else [str(answer)]
    return Given(
        asked_records.words(question, answer, told.titles, names=told.names, form=told.record.form, own=told.own),
        frozenset(codes) if isinstance(question, Lettered) else frozenset(), "" if applies else "unasked", remarks,
    )


def remarks(connection: Connection, told: Told, question: Question[Any]) -> Iterator[str]:
    """Yield what stands below an answer: the note with it, both sides of a conflict, comments, its changes."""
    note = told.record.answers.get(f"{WHY}{question.key}")
    if note:
        yield say("Catatan: {note}", note=asked_records.remark(note, names=told.names, own=told.own))
    if question.key in told.version.conflicts():
        yield from _sides(connection, told, question.key)
    for thread in told.threads:
        if thread.question == question.key:
            yield from (comment_words(each, names=told.names, own=told.own) for each in thread.comments)
    for step in told.history.get(question.key, ()):
        yield _step_words(told, question, step)


def _sides(connection: Connection, told: Told, key: str) -> Iterator[str]:
    """Yield each value of a conflict with who gave it when."""
    question = told.record.form.question(key)
    for each in conflicts.alternatives(connection, told.version, key):
        people = "; ".join(f"{side.person}, {written.moment(side.time)}" for side in each.sides)
        value = each.shown if question is None else asked_records.words(
            question, each.value, told.titles, names=told.names, form=told.record.form, own=told.own)
        letters = f"{' / '.join(each.letters)} " if each.letters else ""
        yield say("KONFLIK: {value} ({people})", value=f"{letters}{value or say('(kosong)')}", people=people)


def comment_words(comment: Said, *, names: bool, own: Collection[str] = ()) -> str:
    """Return a comment of a reviewer with who wrote it when, and whether it was done."""
    told = say("{person}, {time}: {words}", person=comment.person, time=written.moment(comment.time),
               words=asked_records.remark(comment.text, names=names, own=own))
    return f"☑ {told}" if comment.done else f"☐ {told}" if comment.asks else told


def _step_words(told: Told, question: Question[Any], step: AnswerStep) -> str:
    veiled = (question.private or isinstance(question, Reference)) and not told.names
    before, after, reason = (say("(disamarkan)"), say("(disamarkan)"), "") if veiled else (
        *(asked_records.remark(each, names=told.names, own=told.own) for each in (step.before, step.after)),
        step.reason)
    words = say("Diubah {time}, {person}: {before} → {after}", time=written.moment(step.time), person=step.person,
                before=before, after=after)
    return f"{words} ({asked_records.remark(reason, names=told.names, own=told.own)})" if reason else words


def about(connection: Connection, told: Told) -> Iterator[str]:
    """Yield what is said of the whole record: how it stands, comments on it, that names are masked."""
    review = review_state.review_within(connection, told.record.form, told.version)
    if review.standing in SAID:
        yield say("{standing}: {person}, {time}", standing=standing_word(SAID[review.standing]), person=review.person,
                  time=written.moment(review.time))
    for key in told.version.conflicts():
        if told.record.form.question(key) is None:
            _number, about_what = asked_about(told.record.form.key, key)
            yield f"{about_what}: {' / '.join(_sides(connection, told, key))}"
    for thread in told.threads:
        if not thread.question:
            yield from (comment_words(each, names=told.names, own=told.own) for each in thread.comments)
    if not told.names and any(question.private for question in told.record.form.stored()):
        yield say("Nama dan NIK disamarkan, juga dalam catatan; panggilan dan nama yang ditulis lain tidak dikenali.")


def _below(connection: Connection, told: Told) -> Iterator[tuple[type[Form], list[dict[str, Given]]]]:
    """Yield the records that belong to this one and that people write, form by form, with what each says."""
    for child in under(told.record.form):
        found = list(views.found(connection, child, views.Where(parent=told.version.id))) if child.by_hand else []
        if found:
            titles = record_titles.titles(connection, child, [each.answers for each in found], withhold=not told.names)
            every = (Told(Version(child.key, each.id), each, titles, (), {}, told.names, (*told.own, *_people(each)))
                     for each in found)
            yield child, [given(connection, each) for each in every]


def _people(record: Record) -> Iterator[str]:
    return (str(record.answers[key]) for key in veils.people(record.form) if record.answers.get(key))
