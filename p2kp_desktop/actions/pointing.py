"""Answers that point to other records, as a record is saved: which record a text means, and which are astray."""

from collections.abc import Iterator, Mapping

from p2kp_desktop.language import say
from p2kp_desktop.schema import HARD, SOFT, Answer, Form, Problem, Reference
from p2kp_desktop.schema.records import WHY
from p2kp_desktop.store import Connection, referred

from .editing import Edits
from .referring import Referring, is_id, is_word


def meant(connection: Connection, question: Reference, text: str, near: Mapping[str, Answer]) -> str:
    """Return the record that a text means; a script may name one that arrives later, a parent by any word.

    Raises Unreadable.
    """
    may_arrive = is_word if question.key == "parent" else is_id
    return Referring(connection).meant(question, text, near=near, may_arrive=may_arrive)


def is_here(edits: Edits, question: Reference, record: str) -> bool:
    """Say whether a record that may answer a reference is here, perhaps only in this transaction."""
    if question.to:
        return bool(edits.version(question.to, record).vector)
    return referred.is_here(edits.connection, referred.targets(question), record)


def astray(edits: Edits, form: type[Form], answers: Mapping[str, Answer]) -> Iterator[Problem]:
    """Yield that a record belongs to none, or points to one that is not here and may still arrive."""
    for question in form.references():
        record, label = answers.get(question.key), say(question.label)
        if record is not None and not is_here(edits, question, str(record)):
            note = str(answers.get(f"{WHY}{question.key}") or "")
            what = say("{question}: catatannya tidak ada di laptop ini. Mungkin datang dengan paket lain.",
                       question=label)
            yield Problem(question.key, what, SOFT, note)
        elif record is None and question is form.parent:
            what = say("{question} belum diisi, jadi catatan ini tidak tampak di mana pun.", question=label)
            yield Problem(question.key, what, HARD)
