"""The records that somebody wants on paper: those named, or all of a form in an area, and what may be shown of them."""

from collections.abc import Collection, Sequence
from typing import Any

from p2kp_desktop.actions.recording.record_names import Titles, form_of, masked, shown
from p2kp_desktop.forms import Household
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.printing.pages.document import Asked
from p2kp_desktop.printing.pages.veils import initials, people, unnamed
from p2kp_desktop.reports import saving
from p2kp_desktop.schema import ALIVE, Answer, Form, Identity, Person, Question, Reference, Text
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.review import RETURNED
from p2kp_desktop.store import Connection, Workspace, records, reviews, views


def check_place() -> str:
    """Return the advice where there is nothing to print."""
    return say("Periksa wilayah, RT, dan periodenya.")


def versions(workspace: Workspace, asked: Asked) -> tuple[list[Version], int]:
    """Return the records that are asked, in order of RT and number, and how many they are: a preview reads the first.

    Raises Trouble for one that is not here, or none.
    """
    scope = saving.understood(workspace, asked.scope)
    with workspace.asking() as connection:
        if asked.records:
            return [_named(connection, each) for each in _some(asked.records, asked)], len(asked.records)
        form = form_named(asked.form or Household.key)
        where = views.Where(area=scope.area, rt=scope.rt, period=scope.period if form.per_period else None)
        found = sorted(views.found(connection, form, where),
                       key=lambda each: (str(each.answers.get("rt")), str(each.answers.get(form.numbered) or "")))
        wanted = _some([each.id for each in found], asked)
        read = records.read(connection, form.key, wanted)
    if not found:
        raise Trouble(say("Tidak ada data {form} di sini. Belum ada yang dicetak.", form=say(form.title)), code="N23",
                      remedy=check_place())
    return [read[each] for each in wanted], len(found)


def _some(records: Sequence[str], asked: Asked) -> Sequence[str]:
    return records[: 1 if asked.preview else None]


def returned(workspace: Workspace, asked: Asked) -> tuple[list[Version], int]:
    """Return the records that are asked, else those that wait for a correction, and how many they are.

    Raises Trouble where there are none.
    """
    if asked.records:
        return versions(workspace, asked)
    scope = saving.understood(workspace, asked.scope)
    with workspace.asking() as connection:
        lines = [each for each in reviews.lines(connection, scope.area, scope.period, (RETURNED,))
                 if scope.rt in (None, each.rt)]
        found = [_named(connection, each) for each in _some([line.id for line in lines], asked)]
    if not found:
        raise Trouble(say("Tidak ada data yang dikembalikan di sini. Belum ada yang dicetak."), code="N23",
                      remedy=check_place())
    return found, len(lines)


def _named(connection: Connection, record: str) -> Version:
    form = records.form_of(connection, record)
    version = records.read(connection, form, [record]).get(record) if form else None
    if version is None or not version.values().get(ALIVE):
        raise Trouble(say("Catatan «{record}» tidak ada di ruang kerja ini. Belum ada yang dicetak.", record=record),
                      remedy=say("Periksa id-nya; `p2kp records get` menyebut semuanya."), code="N23")
    return version


def words(
    question: Question[Any], answer: Answer, titles: Titles, *, names: bool, form: type[Form],
    own: Collection[str] = (),
) -> str:
    """Return an answer as paper shows it, without its unit: who it is about is masked unless `names` are asked for.

    What was typed freely is without its `own` people then, those of its record.
    """
    if answer is None:
        return ""
    if question.private and not names:
        return veiled(question, answer)
    told = shown(form.key, question.key, answer, titles)
    if isinstance(question, Text) and not names:
        return unnamed(told, own)
    unit = f" {question.unit}"
    return told.removesuffix(unit) if question.unit else told


def veiled(question: Question[Any], answer: Answer) -> str:
    """Mask an answer that tells who somebody is: initials, the ends of a number, or nothing."""
    if isinstance(question, Identity):
        return masked(answer)
    if isinstance(question, Person):
        return initials(answer)
    return say("(disamarkan)")


def remark(text: object, *, names: bool, own: Collection[str] = ()) -> str:
    """Return the words of a comment or note; numbers and names of its `own` people are masked unless asked for."""
    return str(text) if names else unnamed(text, own)


def own_people(connection: Connection, version: Version) -> frozenset[str]:
    """Return the names on a record, both sides of a conflict among them, and on those that it belongs to or names."""
    form, values = form_of(version.form), version.values()
    named = {str(each.value) for key in people(form) if key in version.answers
             for each in version.answers[key] if each.value}
    keys = ["parent", *(question.key for question in form.stored() if isinstance(question, Reference))]
    for other in filter(None, map(values.get, keys)):
        found = records.form_of(connection, str(other)) or ""
        for each in records.read(connection, found, [str(other)]).values() if found else ():
            said = each.values()
            named |= {str(said[key]) for key in people(form_of(found)) if said.get(key)}
    return frozenset(named)


def called(version: Version, *, names: bool) -> str:
    """Name a record as people do: initials in place of names unless `names` are asked for."""
    form, values = form_of(version.form), version.values()
    asked = [question for key in dict.fromkeys((form.numbered, *form.named)) if (question := form.question(key))]
    told = [words(each, values.get(each.key), {}, names=names, form=form) for each in asked]
    return " · ".join(filter(None, told)) or say(form.nameless)
