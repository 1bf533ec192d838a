"""Records by the words in them, whatever their form: what the field of the window finds beside places."""

from collections.abc import Iterator
from dataclasses import dataclass

from p2kp_desktop.actions.recording import printed_codes, record_names
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.forms.comment import Comment
from p2kp_desktop.language import say
from p2kp_desktop.schema.names import fit
from p2kp_desktop.schema.printed_code import read_short
from p2kp_desktop.store import Connection, Workspace, drafts, listing, records, search
from p2kp_desktop.store.search import Hit

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

    What was begun and never saved comes first: most lists do not show it. A code from paper finds its record.
    """
    if len("".join(search.words_of(typed))) < SHORTEST:
        return []
    with workspace.asking() as connection:
        printed = list(_printed(connection, typed))
        forms = search.forms_with(connection, typed)
        begun = [one for one in _begun(connection) if fit(typed, one.title, one.detail) is not None]
        hits = [hit for form in forms for hit in search.hits(connection, form, typed, OF_A_FORM)]
        worded = (found for hit in hits[:most] if (found := _found(connection, hit, typed)) is not None)
        return [*printed, *begun[:most], *worded]


def _printed(connection: Connection, typed: str) -> Iterator[Found]:
    """Yield the records whose sheets bear a code: K7QF-2M9X."""
    short = read_short(typed)
    for form, record in printed_codes.with_short_code(connection, short) if short else ():
        version = records.read(connection, form, [record])[record]
        found = _found(connection, Hit(form, record, version.values()), typed)
        if found is not None:
            yield found


def _begun(connection: Connection) -> Iterator[Found]:
    for draft in drafts.waiting(connection):
        if not listing.is_saved(connection, draft.form, draft.id):
            subject = record_names.subject(draft.form, draft.id, draft.answers)
            parts = [say("Draf"), say(record_names.form_of(draft.form).title), subject.place, subject.period]
            yield Found(subject, subject.title, " · ".join(part for part in parts if part), draft.form, draft.id,
                        draft=True)


def _found(connection: Connection, hit: Hit, typed: str) -> Found | None:
    subject = record_names.subject(hit.form, hit.id, hit.answers)
    number = hit.answers.get(record_names.form_of(hit.form).numbered)
    parts = [say(record_names.form_of(hit.form).title), say("nomor {number}", number=number) if number else "",
             subject.place, subject.period]
    detail = " · ".join(part for part in dict.fromkeys(parts) if part and part != subject.title)
    detail = " · ".join(filter(None, (detail, _heard(hit, typed, f"{subject.title} {detail}"))))
    if hit.form != Comment.key:
        return Found(subject, subject.title, detail, hit.form, hit.id)
    parent = str(hit.answers.get("parent", ""))
    above = records.form_of(connection, parent)
    version = records.read(connection, hit.form, [hit.id]).get(hit.id)
    if above is None or version is None:
        return None
    about = str(version.values().get(Comment.about.key) or "")
    return Found(subject, subject.title, detail, above, parent, about)


def _heard(hit: Hit, typed: str, shown: str) -> str:
    """Return the answer for which a record was found, where neither its name nor its place shows why."""
    if fit(typed, shown) is not None:
        return ""
    texts = (" ".join(str(hit.answers[key]).split()) for key in search.searched(record_names.form_of(hit.form))
             if key in hit.answers)
    return next((text for text in texts if any(fit(word, text) is not None for word in typed.split())), "")
