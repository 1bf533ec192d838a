"""Comments on records, question by question: what a reviewer asks, what is answered, what is done about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.actions.recording.saves import Edits, editing
from p2kp_desktop.forms.comment import Comment
from p2kp_desktop.forms.lists import YES_NO
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import ALIVE, Answer, Form, new_id
from p2kp_desktop.schema.causality import Save, Version
from p2kp_desktop.store import Connection, Workspace, records, reviews

from .reviewable import REVIEWERS, ReviewSubject, named

DONE, NOT_DONE = YES_NO.codes


@dataclass(frozen=True)
class Said:
    """One comment: who wrote it, as what, where, when by which clock; `asks` while it waits to be done."""

    id: str
    person: str
    role: str
    workspace: str
    time: str
    text: str
    done: bool
    asks: bool


@dataclass(frozen=True)
class Thread:
    """The comments on one question of a record in order, answers included; `question` is "" for the whole record."""

    question: str
    number: str
    wording: str
    comments: tuple[Said, ...]

    @property
    def is_open(self) -> bool:
        """Say whether a comment in it still asks for something."""
        return any(comment.asks for comment in self.comments)


def threads(workspace: Workspace, record: str) -> tuple[Thread, ...]:
    """Return the threads of a record in the order of its questions, the one on the whole record first."""
    with workspace.asking() as connection:
        return threads_within(connection, record)


def threads_within(connection: Connection, record: str) -> tuple[Thread, ...]:
    """Return the threads of a record as a transaction finds them."""
    found = _by_question(_comments(connection, record))
    key = records.form_of(connection, record)
    known = next((each for each in reviews.REVIEWED if each.key == key), None)
    order = {question.key: place for place, question in enumerate(known.questions)} if known else {}
    return tuple(
        _thread(known, about, found[about])
        for about in sorted(found, key=lambda about: (about != "", order.get(about, len(order)), about))
    )


@dataclass(frozen=True)
class Commented:
    """A comment with the record and the question it is on."""

    subject: record_names.Subject
    thread: Thread
    said: Said


def everything(workspace: Workspace, area: str, period: str, rt: str | None = None) -> list[Commented]:
    """Return every comment on the records of an area and period, record by record; of those without a period too."""
    found: list[Commented] = []
    with workspace.asking() as connection:
        for record in reviews.commented(connection, area):
            form = records.form_of(connection, record)
            version = records.read(connection, form, [record]).get(record) if form else None
            if version is None or not version.values().get(ALIVE):
                continue
            subject = record_names.subject(version.form, record, version.values())
            if subject.period in ("", period) and rt in (None, subject.rt):
                threads = threads_within(connection, record)
                found += [Commented(subject, thread, each) for thread in threads for each in thread.comments]
    return sorted(found, key=lambda each: (each.subject.region, each.subject.rt, each.subject.title, each.subject.id))


def reply(workspace: Workspace, record: str, about: str, text: str, *, person: str = "") -> str:
    """Write into the thread of a question ("" = the whole record), by anybody; return the comment's id.

    Into an empty thread it asks for something; after other comments it answers them, and what they ask stays
    open until somebody settles it. Raises Trouble without a text and for a record or question that is not there.
    """
    if not text.strip():
        raise Trouble(say("Catatan belum diisi."), remedy=say("Tuliskan dulu isinya."), code="V01")
    with editing(workspace) as edits:
        return write(edits, named(edits, record), about, text, asks=False, person=person)


def note(edits: Edits, subject: ReviewSubject, about: str, text: str) -> str:
    """Save the first comment on a question: a reviewer's asks for something, anybody else's is only told."""
    if edits.facts.role in REVIEWERS:
        return write(edits, subject, about, text, asks=True, person="")
    return _keep(edits, subject, about, text, {Comment.done.key: DONE}, "catatan", "")


def write(edits: Edits, subject: ReviewSubject, about: str, text: str, *, asks: bool, person: str) -> str:
    """Save one comment in a transaction that others share; return its id. Raises Trouble for an unknown question."""
    if about and subject.form.question(about) is None:
        raise Trouble(
            say("Formulir {form} tidak mempunyai pertanyaan «{question}».", form=subject.form.key, question=about),
            remedy=say("Periksa nama pertanyaannya."), code="V02",
        )
    before = _by_question(_comments(edits.connection, subject.version.id)).get(about)
    told: dict[str, Answer] = {
        Comment.after.key: before[-1].id if before else None,
        Comment.done.key: NOT_DONE if asks or not before else None,
    }
    return _keep(edits, subject, about, text, told, "catatan pemeriksa" if asks else "catatan", person)


def _keep(
    edits: Edits, subject: ReviewSubject, about: str, text: str, told: Mapping[str, Answer], origin: str, person: str
) -> str:
    answers: dict[str, Answer] = {
        "parent": subject.version.id, "region": subject.place[0], Comment.about.key: about or None,
        Comment.text.key: text.strip(), **told,
    }
    ident = new_id()
    kept = {key: value for key, value in answers.items() if value is not None}
    edits.save(Comment.key, ident, kept, origin=origin, person=person)
    return ident


def settle_comment(workspace: Workspace, comment: str, *, done: bool = True, person: str = "") -> None:
    """Note that what a comment asks for was done, or was not after all; raise Trouble when it is not there."""
    with editing(workspace) as edits:
        version = edits.version(Comment.key, comment)
        if not version.values().get(ALIVE):
            raise Trouble(say("Catatan ini tidak ada lagi."), remedy=say("Muat ulang daftarnya."), code="V04")
        wanted = DONE if done else NOT_DONE
        if version.values().get(Comment.done.key) != wanted or Comment.done.key in version.conflicts():
            edits.save(Comment.key, comment, {Comment.done.key: wanted}, origin="catatan", person=person)


def open_count(workspace: Workspace, *, area: str | None = None, record: str | None = None) -> int:
    """Return how many comments still ask for something, here, in an area or on one record."""
    with workspace.asking() as connection:
        return sum(reviews.open_comments(connection, area=area, record=record).values())


def open_by_record(workspace: Workspace, *, area: str | None = None) -> dict[str, int]:
    """Return how many comments still ask for something by record; records without any are left out."""
    with workspace.asking() as connection:
        return reviews.open_comments(connection, area=area)


def _comments(connection: Connection, record: str) -> list[Version]:
    return list(records.read(connection, Comment.key, reviews.comments_on(connection, record)).values())


def _by_question(comments: Sequence[Version]) -> dict[str, list[Version]]:
    """Return the comments by question, each after the one its writer had read last, whatever the clocks say."""
    after = {version.id: str(version.values().get(Comment.after.key) or "") for version in comments}
    found: dict[str, list[Version]] = {}
    for version in sorted(comments, key=lambda each: (_depth(each.id, after), each.id)):
        found.setdefault(str(version.values().get(Comment.about.key) or ""), []).append(version)
    return found


def _depth(comment: str, after: Mapping[str, str]) -> int:
    """Return how many comments came before this one; a circle, which no honest writer makes, ends where it began."""
    passed: set[str] = set()
    while comment in after and comment not in passed:
        passed.add(comment)
        comment = after[comment]
    return len(passed)


def _thread(form: type[Form] | None, about: str, comments: Sequence[Version]) -> Thread:
    question = form.question(about) if form and about else None
    wording = say(question.label) if question else about
    return Thread(about, (question.number or "") if question else "", wording, tuple(map(_said, comments)))


def _said(version: Version) -> Said:
    values = version.values()
    save = _written(version)
    done = values.get(Comment.done.key)
    asks = done == NOT_DONE or (done is None and not values.get(Comment.after.key))
    text = str(values.get(Comment.text.key) or "")
    return Said(version.id, save.person, save.role, save.workspace, save.time, text, done == DONE, asks)


def _written(version: Version) -> Save:
    """Return the save that wrote the comment; a withheld text leaves the one that said where it belongs."""
    return next(_saves(version))


def _saves(version: Version) -> Iterator[Save]:
    for key in (Comment.text.key, "parent", ALIVE):
        siblings = version.answers.get(key)
        if siblings:
            yield min(sibling.save for sibling in siblings)
