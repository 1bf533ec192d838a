"""Records that answers point to: what they are called, which one a text means, which are offered, which are astray.

As a record is saved, each answer that points becomes the id of the record which its text means.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from p2kp_desktop.actions.common.refusals import Refused
from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import say
from p2kp_desktop.schema import ALIVE, HARD, SOFT, Answer, Form, Problem, Reference, Unreadable
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.places import concerns, region_name
from p2kp_desktop.schema.records import WHY
from p2kp_desktop.store import Connection, records, referred

from . import record_names
from .record_names import Subject, Titles
from .saves import Edits

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_EXAMPLES = 3  # records named to somebody who wrote what none is called

Answers = Mapping[str, Answer]


def titles(
    connection: Connection, form: type[Form], rows: Iterable[Answers], *, withhold: bool = False
) -> Titles:
    """Return by id what the records are called that these answers of a form point to; those not here are left out.

    To `withhold` is to call none by an answer that tells who somebody is.
    """
    asked = form.references()
    wanted: dict[str, set[str]] = {question.key: set() for question in asked}
    for answers in rows if asked else ():
        for key, ids in wanted.items():
            ids.update(filter(None, [str(answers.get(key) or "")]))
    return {
        str(row["id"]): _public_title(target, row) if withhold else _title(
            record_names.subject(target.key, row["id"], row), row)
        for question in asked for target, row in _rows(connection, question, wanted[question.key])
    }


def _title(subject: Subject, row: Mapping[str, Any]) -> str:
    called = subject.name or subject.words
    return called if row[ALIVE] else say("{record} (di tempat sampah)", record=called)


def printed_titles(connection: Connection, *, withhold: bool) -> Titles:
    """Return by id what all records are called, on paper, that others point to; withheld answers name none."""
    found: dict[str, str] = {}
    for form in records.kept_of(connection, FORMS):
        for question in form.references():
            ids = referred.pointed_to(connection, form, question.key) - found.keys()
            for target, row in _rows(connection, question, ids):
                found[str(row["id"])] = _public_title(target, row, withhold=withhold)
    return found


def _public_title(form: type[Form], row: Mapping[str, Any], *, withhold: bool = True) -> str:
    where = (row["rt"], region_name(row["region"]) if row["region"] else "", row["period"])
    return form.name_of(row, public=withhold) or " · ".join([form.title, *filter(None, where)])


def _rows(
    connection: Connection, question: Reference, ids: Iterable[str]
) -> Iterator[tuple[type[Form], Mapping[str, Any]]]:
    """Yield form, place and name of the records that answer a reference."""
    left = set(ids)
    for form in referred.targets(question):
        for row in list(referred.names(connection, form, left)) if left else ():
            left.discard(row["id"])
            yield form, row


@dataclass(frozen=True)
class TitledRecord:
    """A record that may be meant, and the texts that mean it, without spaces and in small letters."""

    subject: Subject
    calls: frozenset[str]


class Referring:
    """Finds records by what people call them; what was read once is kept for the next text."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, list[TitledRecord]] = {}

    def meant(
        self, question: Reference, text: str, *, near: Answers, may_arrive: Callable[[str], bool]
    ) -> str:
        """Return the id of the one record that a text means: its id, number, name or title, in any case and spacing.

        Of several the one in the place of `near` is meant. An id that is not here is taken where it may still
        arrive. Raises Unreadable.
        """
        if referred.is_here(self._connection, referred.targets(question), text):
            return text
        found = [each for each in self.known(question) if folded(text) in each.calls]
        found = near_by(found, near) or found if len(found) > 1 else found
        if len(found) == 1:
            return found[0].subject.id
        if not found and may_arrive(text):
            return text
        raise Unreadable(_objection(question, text, found))

    def known(self, question: Reference) -> list[TitledRecord]:
        """Return the records in sight that may answer a reference."""
        if question.to not in self._known:
            self._known[question.to] = self._read(question, {})
        return self._known[question.to]

    def nearby(self, question: Reference, near: Answers) -> list[TitledRecord]:
        """Return those of them that stand where the answers of `near` do, as far as both say so."""
        return near_by(self._read(question, near), near)

    def _read(self, question: Reference, near: Answers) -> list[TitledRecord]:
        rows = ((form, row) for form in referred.targets(question)
                for row in referred.all_names(self._connection, form, near))
        return [_target(form, row) for form, row in rows]

    def region(self, question: Reference, record: str) -> str:
        """Return the kelurahan of a record, "" for none."""
        rows = _rows(self._connection, question, [record])
        return next((str(row["region"] or "") for _form, row in rows), "")

    def remedy(self, question: Reference) -> str:
        """Return the advice on what to write where a text means no record, or several."""
        known = (each.subject.name for each in self.known(question) if each.subject.name)
        examples = [*dict.fromkeys(known)][:_EXAMPLES]
        if not examples:
            return say("Catat dahulu {form}-nya, lalu coba lagi.", form=form_words(question))
        return say("Tulis nomor atau nama yang tercatat, misalnya {examples}.", examples="; ".join(examples))


def near_by(targets: Sequence[TitledRecord], near: Answers) -> list[TitledRecord]:
    """Return the records that stand where the answers of `near` do, as far as both say so."""
    return [each for each in targets if _stands(each.subject, near)]


def _stands(subject: Subject, near: Answers) -> bool:
    here = str(near.get("region") or "")
    if here and not concerns(subject.region, here):
        return False
    pairs = ((subject.rt, near.get("rt")), (subject.period, near.get("period")))
    return all(not mine or not its or mine == its for mine, its in pairs)


def is_uuid(text: str) -> bool:
    """Say whether a text is an id as this program makes them."""
    return _UUID.fullmatch(text) is not None


def is_id(text: str) -> bool:
    """Say whether a text may be the id of a record that arrives later: one word with a figure in it."""
    return is_word(text) and any(letter.isdigit() for letter in text)


def is_word(text: str) -> bool:
    """Say whether a text is one word: what a script may call a record that arrives later."""
    return bool(text) and not any(letter.isspace() for letter in text)


def _target(form: type[Form], row: Mapping[str, Any]) -> TitledRecord:
    subject = record_names.subject(form.key, row["id"], row)
    kept = [str(row[key] or "") for key in form.named]  # however long
    answers = [*({key: row[key]} for key in form.named), row]
    names = [*kept, *(form.name_of(each, words) for each in answers for words in (say, str))]
    placed = [replace(subject, name=name).words for name in names if name]
    return TitledRecord(subject, frozenset(filter(None, map(folded, [*names, *placed]))))


def folded(text: str) -> str:
    """Return a text as it is compared: small letters without spaces."""
    return "".join(text.split()).casefold()


def form_words(question: Reference) -> str:
    """Return of what form the records are that answer a reference."""
    return say(record_names.form_of(question.to).title) if question.to else say("catatan")


def _objection(question: Reference, text: str, found: Sequence[TitledRecord]) -> str:
    if found:
        places = Counter(each.subject.words for each in found)
        named = "; ".join(
            each.subject.words if places[each.subject.words] == 1 else f"{each.subject.words} [{each.subject.id}]"
            for each in found[:_EXAMPLES]
        )
        return say("Ada {count} catatan «{typed}»: {named}. Tulis namanya dengan tempatnya, atau id-nya.",
                   count=len(found), typed=text, named=named)
    return say("«{typed}» tidak tercatat sebagai {form}. Tulis nomor, nama, atau id catatan yang ada.",
               typed=text, form=form_words(question))


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
