"""Erasing a person's data on request (UU 27/2022): an edit that takes the values out wherever it travels.

Who did so, when and why stays as a trace. Copies that cannot be edited are the subject of upkeep/copies_left.py.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from p2kp_desktop import environment
from p2kp_desktop.actions.common import events
from p2kp_desktop.actions.recording import attachments
from p2kp_desktop.actions.recording.record_names import masked
from p2kp_desktop.actions.recording.saves import Edits, editing
from p2kp_desktop.forms import BY_KEY, FORMS
from p2kp_desktop.forms.comment import Comment
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import ALIVE, Form
from p2kp_desktop.schema import erasure as marks
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.claims import is_part_of_work_of
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.records import WHY
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.schema.values import Answer
from p2kp_desktop.store import Connection, Workspace, erasures, held, history, records, search

ORIGIN = "penghapusan data pribadi"
PATIENCE = datetime.timedelta(days=7)  # before the copies of what others erased go
SHORTEST, MOST = 2, 8  # letters to search by, and records found
MENTION = "mention"  # of another record: it may be another person's
_NAMING, _TELLING = ("person", "identity"), 4  # what names somebody, from so many letters on

Named = tuple[str, str]  # form and id of a record


@dataclass(frozen=True)
class Personal:
    """A record that holds a person's data: the answers that would be erased, in words, and its comments.

    `why` says how it belongs to the record that was asked for: "" itself, identity, child, pointing (a line of the
    list of residents, say), or mention: the same name or number stands there, perhaps another person's.
    """

    form: str
    id: str
    name: str
    title: str
    place: str
    answers: tuple[tuple[str, str], ...]
    comments: int
    why: str = ""


@dataclass(frozen=True)
class Erased:
    """What an erasure did: the records with the answers erased in each, and how many comments with them."""

    records: tuple[tuple[str, str, tuple[str, ...]], ...]
    comments: int


def people(workspace: Workspace, words: str) -> list[Personal]:
    """Return records, of any period and deleted ones too, in whose private answers the words stand; few of them."""
    wanted = " ".join(words.split())
    if len(wanted) < SHORTEST:
        return []
    with workspace.asking() as connection:
        forms = [form for form in FORMS if form is not Comment]
        return [_personal(connection, version, "") for version in erasures.find(connection, forms, wanted, MOST)]


def found(workspace: Workspace, form: type[Form], record: str) -> list[Personal]:
    """Return the record and what is offered with it: other periods, child records, what points to it or names it."""
    with workspace.asking() as connection:
        asked = _version(connection, form.key, record)
        found = {(asked.form, asked.id): (asked, "")}
        for other, why in (*_related(connection, asked), *_mentioning(connection, asked)):
            found.setdefault((other.form, other.id), (other, why))
        told = [_personal(connection, *each) for each in found.values()]
    return [told[0], *(each for each in told[1:] if each.answers or each.comments)]


def erase(
    workspace: Workspace,
    form: type[Form],
    record: str, *,
    reason: str,
    keys: Sequence[str] | None = None,
    others: Sequence[Named] = (),
    person: str = "",
) -> Erased:
    """Erase a person's answers of a record, and of `others` offered with it, in one transaction.

    By default all private answers, the notes that explain answers, and the texts of comments; `keys` names
    fewer. The reasons of all earlier saves of these records go too. Raises Trouble without a reason, or for
    a record that is not there or an answer that is not private.
    """
    _must_be_sound(form, reason, keys or ())
    with editing(workspace, Deed.ERASE) as edits:
        named = [(form.key, record), *others]
        chosen = [_Chosen(edits.connection, *one, keys if one == named[0] else None) for one in named]
        touched = [
            _erase_one(edits, comment, (Comment.text.key,), reason, person) for each in chosen for comment in each.said
        ]
        touched += [  # children before their parents, whom a child's save would bring to life
            _erase_one(edits, each.version, each.keys, reason, person) for each in reversed(chosen)
        ]
        edits.finish()
        for before, after in touched:
            _forget(edits.connection, before, after)
        search.purge(edits.connection)
        erasures.note_unused(edits.connection)
        events.note(edits.connection, events.ERASED, form=form.key, records=len(chosen), reason=reason.strip())
    attachments.let_go_erased(workspace, [before for before, _after in touched])
    erasures.compact_if_due(workspace)
    return Erased(
        tuple((each.version.form, each.version.id, tuple(each.keys)) for each in chosen),
        sum(_text(comment) is not None for each in chosen for comment in each.said),
    )


def _must_be_sound(form: type[Form], reason: str, keys: Iterable[str]) -> None:
    """Raise Trouble without a reason, or for an answer that is not private."""
    if not reason.strip():
        said = say("Tuliskan siapa yang meminta, dan surat atau tanggalnya.")
        raise Trouble(say("Alasan belum diisi."), remedy=said, code="H01")
    for key in keys:
        question = form.question(key)
        if question is None or not question.private:
            raise Trouble(say("«{key}» bukan jawaban pribadi di formulir ini.", key=key),
                          remedy=say("Periksa nama pertanyaannya."), code="H02")


class _Chosen:
    """A record with the answers and comments to erase, as it was before."""

    def __init__(self, connection: Connection, form: str, record: str, keys: Sequence[str] | None) -> None:
        self.version = _version(connection, form, record)
        self.keys = _keys(connection, self.version, keys)
        self.said = _comments(connection, self.version, keys)


def _erase_one(
    edits: Edits, version: Version, keys: Iterable[str], reason: str, person: str
) -> tuple[Version, Version]:
    """Return the record before and after; a deleted one stays deleted."""
    current = edits.version(version.form, version.id)
    changes = marks.changes(current, keys)
    if version.values().get(ALIVE) == 0:
        changes[ALIVE] = 0
    after = edits.save(version.form, version.id, changes, origin=ORIGIN, reason=reason.strip(), person=person)
    return version, after


def apply_marks(
    connection: Connection, touched: Mapping[Named, Version | None], transfer: str = "", *, decided: bool = False
) -> None:
    """Take out of history, drafts and undo information what erasures that just arrived have erased.

    `touched` are the records that a bundle changed, as they were before. Where somebody erased what mostly others gave,
    or it was `decided` here to take an erasure in, nobody is shown or sent it any more, and the copies go after some
    days: until then the import can be taken back.
    """
    forgot, later = False, (environment.today() + PATIENCE).isoformat()
    for form in {form for form, _ in touched}:
        its = [record for each, record in touched if each == form]
        now = records.read(connection, form, records.erased_among(connection, form, its))
        for version in now.values():
            before = touched[form, version.id]
            arrived = marks.marks_of(version)
            if not arrived or (before is not None and arrived == marks.marks_of(before)):
                continue
            is_put_off = decided or (before is not None and not _is_of_erasers(connection, before, arrived))
            if transfer and before is not None and is_put_off:
                erasures.put_off(connection, form, version.id, transfer, later)
            else:
                _forget(connection, before, version)
            forgot = True
    if forgot:
        search.purge(connection)
        erasures.note_unused(connection)


def _is_of_erasers(connection: Connection, before: Version, arrived: marks.Marks) -> bool:
    """Say whether those who erased gave most of what they erased, or the record that it says something of.

    Who gave the rest of a record does not matter: it stays.
    """
    erasers = {save.dot.node for erased in arrived.values() for save, _seen in erased}
    erased = {key: before.answers[key] for key in (*arrived, "parent") if key in before.answers}
    return is_part_of_work_of(replace(before, answers=erased), erasers, partial(records.above, connection))


def forget_due(connection: Connection) -> None:
    """Take away the copies of what others erased some days ago."""
    found = erasures.due(connection, environment.today().isoformat())
    for form, record in found:
        for version in records.read(connection, form, [record]).values():
            _forget(connection, None, version)
    if found:
        search.purge(connection)
        erasures.note_unused(connection)


def forget_due_in(workspace: Workspace) -> None:
    """Do so where anything is due, in a transaction of its own."""
    with workspace.asking() as connection:
        waits = erasures.is_due(connection, environment.today().isoformat())
    if waits:
        with workspace.changing() as connection:
            forget_due(connection)


def _forget(connection: Connection, before: Version | None, after: Version) -> None:
    erased = marks.marks_of(after)
    values: set[Answer] = set()
    if before:
        values = {s.value for key in erased for s in before.answers.get(key, ()) if s not in after.answers.get(key, ())}
    for row in history.of_record(connection, after.id):
        for key in erased.keys() & row.answers.keys():
            sides = row.changes[key].before
            values |= {*(sides if isinstance(sides, list) else [sides]), row.changes[key].after}
    kept = {s.value for key in erased for s in after.answers.get(key, ())}
    history.clear(connection, after.id, erased)
    erasures.forget_copies(connection, after, values - kept)
    held.blank(connection, after.id, erased)


def _version(connection: Connection, form: str, record: str) -> Version:
    version = records.read(connection, form, [record]).get(record)
    if version is None:
        raise Trouble(say("Catatan ini tidak ada."), remedy=say("Periksa nomornya."), code="H03")
    return version


def _keys(connection: Connection, version: Version, keys: Sequence[str] | None) -> list[str]:
    """Return the answers to erase: those that hold something now, or ever did as far as the history tells."""
    ever = {key for row in history.of_record(connection, version.id) for key in row.answers} | {*version.answers}
    if keys is not None:
        return sorted({*keys, *(f"{WHY}{key}" for key in keys if f"{WHY}{key}" in ever)})
    form = BY_KEY.get(version.form)
    asked = (*(each for each in form.stored() if each.private), *form.erased_along) if form else ()
    private = {question.key for question in asked}
    return sorted(key for key in ever if key in private or key.startswith(WHY))


def _comments(connection: Connection, version: Version, keys: Sequence[str] | None) -> list[Version]:
    """Return the comments on a record, deleted ones too; with `keys` those on these answers or on all of it."""
    said = erasures.children(connection, Comment.key, version.id)
    if keys is None:
        return said
    return [comment for comment in said if comment.values().get(Comment.about.key) in (None, *keys)]


def _text(comment: Version) -> object:
    return comment.values().get(Comment.text.key)


def _related(connection: Connection, asked: Version) -> list[tuple[Version, str]]:
    """Return the records of the same household in other periods, and the child records of all of them."""
    identity = asked.values().get("identity")
    same = erasures.same_identity(connection, asked.form, str(identity)) if identity else []
    others = [(version, "identity") for version in same if version.id != asked.id]
    for parent in [asked, *(version for version, _ in others)]:
        for form in FORMS:
            if form is not Comment:
                others += [(child, "child") for child in erasures.children(connection, form.key, parent.id)]
        others += [(each, "pointing") for each in erasures.pointing(connection, BY_KEY[asked.form], parent.id)]
    return others


def _mentioning(connection: Connection, asked: Version) -> Iterator[tuple[Version, str]]:
    """Yield records in whose private answers the same name or number stands."""
    form, values = BY_KEY[asked.form], asked.values()
    for question in form.stored():
        words = str(values.get(question.key) or "")
        if question.private and question.kind in _NAMING and len(words) >= _TELLING:
            forms = [each for each in FORMS if each is not Comment]
            yield from ((other, MENTION) for other in erasures.find(connection, forms, words, MOST))


def _personal(connection: Connection, version: Version, why: str) -> Personal:
    form, values = BY_KEY[version.form], version.values()
    held = [key for key in _keys(connection, version, None) if values.get(key) is not None]
    comments = sum(_text(each) is not None for each in _comments(connection, version, None))
    rt = say("RT {rt}", rt=values["rt"]) if values.get("rt") else ""
    where = (rt, region_name(str(values["region"])) if values.get("region") else "", str(values.get("period") or ""))
    state = say("dihapus") if values.get(ALIVE) == 0 else ""
    place = " · ".join(part for part in (*where, state) if part)
    return Personal(
        version.form, version.id, _name(form, values), say(form.title), place,
        tuple((key, _wording(form, key)) for key in held), comments, why,
    )


def _name(form: type[Form], values: Mapping[str, Answer]) -> str:
    """Return the first private answer that is there; an identity number with its middle hidden."""
    for question in form.stored():
        if question.private and question.kept == "text" and (value := values.get(question.key)) is not None:
            return masked(value) if question.kind == "identity" else str(value)
    return ""


def _wording(form: type[Form], key: str) -> str:
    question = form.question(key.removeprefix(WHY))
    label = say(question.label) if question else key
    return say("Catatan untuk «{question}»", question=label) if key.startswith(WHY) else label
