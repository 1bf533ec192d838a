"""Records by the words in them, whatever their form: what the field of the window finds beside places."""

from collections.abc import Iterator
from dataclasses import dataclass

from p2kp_desktop.forms.comment import Comment
from p2kp_desktop.language import say
from p2kp_desktop.schema.names import fit
from p2kp_desktop.store import Connection, Workspace, drafts, listing, records, search
from p2kp_desktop.store.search import Hit

from . import naming
from .naming import Subject

SHORTEST = 2  # letters from which records are looked for
OF_A_FORM = 8


@dataclass(frozen=True)
class Found:
    """A record that was found: its name, what it is and where, and where it opens (a comment at its question)."""

    subject: Subject
    title: str
    detail: str
    form: str
    record: str
    question: str = ""
    draft: bool = False


def find(workspace: Workspace, typed: str, most: int) -> list[Found]:
    """Return living records of every form in which each word typed begins a word; few of each, the newest first.

    What was begun and never saved comes first: most lists do not show it.
    """
    if len("".join(search.words_of(typed))) < SHORTEST:
        return []
    with workspace.asking() as connection:
        forms = search.forms_with(connection, typed)
        begun = [one for one in _begun(connection) if fit(typed, one.title, one.detail) is not None]
        hits = [hit for form in forms for hit in search.hits(connection, form, typed, OF_A_FORM)]
        return [*begun[:most], *(found for hit in hits[:most] if (found := _found(connection, hit)) is not None)]


def _begun(connection: Connection) -> Iterator[Found]:
    for draft in drafts.waiting(connection):
        if not listing.is_saved(connection, draft.form, draft.id):
            subject = naming.subject(draft.form, draft.id, draft.answers)
            parts = [say("Draf"), say(naming.form_of(draft.form).title), subject.place, subject.period]
            yield Found(subject, subject.title, " · ".join(part for part in parts if part), draft.form, draft.id,
                        draft=True)


def _words(hit: Hit) -> str:
    """Return the first text that a record without a name holds."""
    keys = (question.key for question in naming.form_of(hit.form).stored() if question.kind in ("text", "person"))
    return " ".join(next((hit.answers[key] for key in keys if key in hit.answers), "").split())


def _found(connection: Connection, hit: Hit) -> Found | None:
    subject = naming.subject(hit.form, hit.id, hit.answers)
    title = say(naming.form_of(hit.form).title)
    number = hit.answers.get("building") or hit.answers.get("house_number") or ""
    parts = [title, say("nomor {number}", number=number) if number else "", subject.place, subject.period]
    detail = " · ".join(part for part in parts if part)
    if hit.form != Comment.key:
        return Found(subject, subject.name or _words(hit) or subject.title, detail, hit.form, hit.id)
    parent = hit.answers.get("parent", "")
    above = records.form_of(connection, parent)
    version = records.read(connection, hit.form, [hit.id]).get(hit.id)
    if above is None or version is None:
        return None
    about = str(version.values().get(Comment.about.key) or "")
    return Found(subject, hit.answers.get("text", title), detail, above, parent, about)
