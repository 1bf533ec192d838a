"""A household surveyed again: what it answered in an earlier period is offered, question by question, and compared.

Nothing is taken over silently: an earlier answer is offered until somebody confirms or replaces it, and what nobody
confirmed is not saved. Which household it was is told by the id of the new one, also on another laptop.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from p2kp_desktop import environment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Answer, Question, Record, is_begun_from, new_id
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Connection, Workspace, drafts, rights, views
from p2kp_desktop.store.drafts import Draft
from p2kp_desktop.store.facts import facts

_KNOWN_BY = (Household.building.key, Household.head_name.key)  # with what a draft begins, so that lists can name it
# When, by whom and on which sheet: of every survey anew.
_ANEW = frozenset(question.key for question in (*Household.carried, Household.form_number))


@dataclass(frozen=True)
class Earlier:
    """What a household answered in an earlier period, by question; nothing where it was not surveyed before."""

    period: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def changed(self, record: Record) -> list[Question[Any]]:
        """Return the questions that were answered then and are answered otherwise now."""
        now = record.asked_answers()
        return [question for question in record.form.questions
                if question.key in self.answers and now.get(question.key) not in (None, self.answers[question.key])]


NEVER = Earlier()


@dataclass(frozen=True)
class Again:
    """The household of the present period that is the same as an earlier one: its record, and where it stands."""

    id: str
    is_draft: bool
    period: str
    region: str = ""
    rt: str = ""


def earlier(connection: Connection, record: Record) -> Earlier:
    """Return the answers of the household that this one was begun from."""
    here = views.Where(area=str(record.answers.get("region") or ""), rt=str(record.answers.get("rt") or ""))
    if not here.area or not here.rt:
        return NEVER
    for each in views.picked(connection, Household, ("period",), here):
        if each["period"] != record.answers.get("period") and is_begun_from(record.id, each["id"]):
            (found,) = views.counted(connection, Household, views.Where(id=each["id"]))
            return Earlier(str(each["period"] or ""), {
                key: answer for key, answer in found.asked_answers().items()
                if answer is not None and key not in _ANEW and Household.question(key) is not None
            })
    return NEVER


@dataclass(frozen=True)
class BeforeLine:
    """A household of an earlier period that nobody has saved again in the present one; perhaps it was `begun`."""

    id: str
    region: str
    rt: str
    period: str
    building: str
    name: str
    begun: bool


@dataclass(frozen=True)
class LeftBefore:
    """The present period, and the households of the newest one before that were not taken up again."""

    now: str
    lines: tuple[BeforeLine, ...] = ()

    def after(self, household: str, building: str) -> BeforeLine | None:
        """Return the one that follows a household in the order of the list, round to the first; None where none is."""
        others = [each for each in self.lines if each.id != household]
        return next((each for each in others if _order(each) > (building, household)), next(iter(others), None))


def _order(line: BeforeLine) -> tuple[str, str]:
    return line.building, line.id


def left(workspace: Workspace, area: str, rt: str | None) -> LeftBefore:
    """Return the households of the newest period before the present one that are left to be surveyed again."""
    with workspace.asking() as connection:
        now = facts(connection).period
        keys = ("region", "rt", "period", *_KNOWN_BY)
        rows = list(views.picked(connection, Household, keys, views.Where(area=area, rt=rt)))
        begun = [each.id for each in drafts.waiting(connection) if each.form == Household.key]
    periods = {str(row["period"]) for row in rows if str(row["period"] or "")[:4] < now[:4] and row["period"]}
    saved = [str(row["id"]) for row in rows if row["period"] == now]
    then = max(periods, default="")
    found = [
        BeforeLine(row["id"], str(row["region"] or ""), str(row["rt"] or ""), then, str(row[_KNOWN_BY[0]] or ""),
                   str(row[_KNOWN_BY[1]] or ""), any(is_begun_from(each, row["id"]) for each in begun))
        for row in rows if row["period"] == then and not any(is_begun_from(each, row["id"]) for each in saved)
    ] if then else []
    return LeftBefore(now, tuple(sorted(found, key=lambda each: (each.region, each.rt, *_order(each)))))


def begin(workspace: Workspace, household: str) -> Again:
    """Return the draft of a household for the present period, or its record where it was surveyed again already.

    Raises Trouble for one that is not there, or is of the present period or a later one.
    """
    with workspace.asking() as connection:
        found = next(views.found(connection, Household, views.Where(id=household)), None)
        now = facts(connection).period
        if found is None:
            raise Trouble(say("Rumah ini tidak ada lagi."), remedy=say("Muat ulang daftarnya."), code="D13")
        then = str(found.answers.get("period") or "")
        if not then or then == now or then[:4] > now[:4]:
            raise Trouble(say("Rumah ini tidak dari periode sebelum {period}.", period=now),
                          remedy=say("Pilih periode yang lalu dengan Ctrl+L, lalu rumahnya."), code="D13")
        place = {key: found.answers.get(key) for key in ("region", "rt")}
        there = views.Where(area=str(place["region"]), rt=str(place["rt"]), period=now)
        saved = [each["id"] for each in views.picked(connection, Household, (), there)]
        begun = [each.id for each in drafts.waiting(connection) if each.form == Household.key]
    for ident in (*saved, *begun):
        if is_begun_from(ident, household):
            return Again(ident, ident not in saved, now, there.area or "", there.rt or "")
    again = Again(new_id(household), is_draft=True, period=now, region=there.area or "", rt=there.rt or "")
    known = {key: found.answers[key] for key in _KNOWN_BY if found.answers.get(key) is not None}
    answers = {**place, "period": now, **known}
    with workspace.changing() as connection:
        rights.must(connection, Deed.CHANGE)
        person = facts(connection).person
        drafts.keep(connection, Draft(again.id, Household.key, answers, "", person, environment.now()))
    return again
