"""Answers that point to other records, as a record is saved: which record a text means, and which are astray."""

from collections.abc import Iterator, Mapping

from p2kp_desktop.actions.common.refusals import Refused
from p2kp_desktop.language import say
from p2kp_desktop.schema import HARD, SOFT, Answer, Form, Problem, Reference, Unreadable
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.records import WHY
from p2kp_desktop.store import Connection, referred

from .record_titles import Referring, is_id, is_word
from .saves import Edits


def pointed(
    edits: Edits, form: type[Form], named: Mapping[str, Answer], before: Version | None
) -> dict[str, Answer]:
    """Return the records that the given answers point to; raise Refused for a text that means none."""
    near = {**(before.values() if before else {}), **named}
    found: dict[str, Answer] = {}
    for question in form.references():
        text = named.get(question.key)
        if text is not None and not is_here(edits, question, str(text)):
            try:
                found[question.key] = _meant(edits.connection, question, str(text), near)
            except Unreadable as error:
                raise Refused(question.key, str(error)) from None
    return found


def _meant(connection: Connection, question: Reference, text: str, near: Mapping[str, Answer]) -> str:
    """Return the record that a text means; a script may name one that arrives later, a parent by any word."""
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
