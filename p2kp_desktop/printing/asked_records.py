"""The records that somebody wants on paper: those named, or all of a form in an area, and what may be shown of them."""

from collections.abc import Iterable
from typing import Any

from p2kp_desktop.actions.recording.record_names import Titles, form_of, masked, shown
from p2kp_desktop.forms import Household
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.reports import saving
from p2kp_desktop.schema import ALIVE, Answer, Form, Identity, Person, Question
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.store import Connection, Workspace, records, views

from .document import Asked


def versions(workspace: Workspace, asked: Asked, standings: Iterable[str] = ()) -> list[Version]:
    """Return the records that are asked, in order of RT and number; raise Trouble for one that is not here, or none.

    Of all of a scope only those with one of these review standings, when any is named.
    """
    wanted = set(standings)
    scope = saving.understood(workspace, asked.scope)
    with workspace.asking() as connection:
        if asked.records:
            return [_named(connection, each) for each in asked.records]
        form = form_named(asked.form or Household.key)
        where = views.Where(area=scope.area, rt=scope.rt, period=scope.period if form.per_period else None)
        found = [each for each in views.found(connection, form, where)
                 if not wanted or str(each.answers.get("status") or "") in wanted]
        found.sort(key=lambda each: (str(each.answers.get("rt")), str(each.answers.get(form.numbered) or "")))
        read = records.read(connection, form.key, [each.id for each in found])
    if not found:
        raise Trouble(say("Tidak ada data {form} di sini. Belum ada yang dicetak.", form=say(form.title)), code="N06",
                      remedy=say("Periksa wilayah, RT, dan periodenya."))
    return [read[each.id] for each in found[: 1 if asked.preview else None]]


def _named(connection: Connection, record: str) -> Version:
    form = records.form_of(connection, record)
    version = records.read(connection, form, [record]).get(record) if form else None
    if version is None or not version.values().get(ALIVE):
        raise Trouble(say("Catatan «{record}» tidak ada di ruang kerja ini. Belum ada yang dicetak.", record=record),
                      remedy=say("Periksa id-nya; `p2kp records get` menyebut semuanya."), code="N06")
    return version


def words(question: Question[Any], answer: Answer, titles: Titles, *, names: bool, form: type[Form]) -> str:
    """Return an answer as paper shows it, without its unit: who it is about is masked unless `names` are asked for."""
    if answer is None:
        return ""
    if question.private and not names:
        return veiled(question, answer)
    told = shown(form.key, question.key, answer, titles)
    unit = f" {question.unit}"
    return told.removesuffix(unit) if question.unit else told


def veiled(question: Question[Any], answer: Answer) -> str:
    """Return what may be shown of an answer that tells who somebody is: initials, the ends of a number, or nothing."""
    if isinstance(question, Identity):
        return masked(answer)
    if isinstance(question, Person):
        return " ".join(f"{word[0]}•••" for word in str(answer).split())
    return say("(disamarkan)")


def called(version: Version, *, names: bool) -> str:
    """Return what people call a record, without who it is about unless `names` are asked for."""
    form = form_of(version.form)
    return form.name_of(version.values(), say, public=not names) or say(form.nameless)
