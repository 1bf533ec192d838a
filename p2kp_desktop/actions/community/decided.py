"""What becomes of a decision of a meeting: tasks of institutions, commitments, targets, needs, each in one act.

Tasks are recorded at once, one for each institution that attended and is of the element that the decision names; the
others begin as a draft that knows the decision, for what they ask beside that (how much, which RT) only people know.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording.named_acts import acting
from p2kp_desktop.actions.recording.record_places import site_of
from p2kp_desktop.actions.recording.recording import keep_within
from p2kp_desktop.forms.collaboration import Commitment, Need, Stakeholder
from p2kp_desktop.forms.meeting import Attendance, Decision, Task
from p2kp_desktop.forms.target import Target
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Answer, Form, Record, new_id
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.views import Where

FROM_DECISION = "dari keputusan"
OPEN = "terbuka"
BECOMES: tuple[type[Form], ...] = (Commitment, Target, Need)  # beside tasks, what a decision may become
_LONGEST = 200


@dataclass(frozen=True)
class Followed:
    """A record that came of a decision, or that it serves."""

    form: str
    id: str
    name: str


def followed(connection: Connection, decisions: Sequence[Record]) -> dict[str, tuple[Followed, ...]]:
    """Return by decision the commitments, targets and needs that came of it, and the target that it serves."""
    if not decisions:
        return {}
    wanted = {each.id for each in decisions}
    found: dict[str, list[Followed]] = {}
    for form in BECOMES:
        for each in views.found(connection, form):
            decision = str(each.answers.get("decision") or "")
            if decision in wanted:
                found.setdefault(decision, []).append(_followed(each))
    for one in decisions:
        served = str(one.answers.get(Decision.target.key) or "")
        if served and served not in {each.id for each in found.get(one.id, ())}:
            found.setdefault(one.id, []).extend(
                _followed(each) for each in views.found(connection, Target, Where(id=served)))
    return {decision: tuple(some) for decision, some in found.items()}


def _followed(record: Record) -> Followed:
    return Followed(record.form.key, record.id, record.form.called(record.answers, say))


def give_tasks(workspace: Workspace, decision: str) -> int:
    """Record one task for each institution that is to carry out a decision and has none yet; return how many.

    One act. Institutions are those that attended; of the decision's element where it names one, and who is
    responsible where none of them attended. Raises Trouble where the decision is gone.
    """
    with acting(workspace, say("Tugas dari keputusan")) as edits:
        made = _one(edits.connection, Decision, decision)
        meeting = str(made.answers.get("parent") or "")
        has = {_whose(each) for each in views.found(edits.connection, Task, Where(parent=meeting))
               if each.answers.get("decision") == decision}
        new = [each for each in _institutions(edits.connection, made, meeting) if _named(each) not in has]
        for each in new:
            keep_within(edits, Task, {
                **each, "parent": meeting, "decision": decision, "text": made.answers.get("text"), "done": OPEN,
                "due": made.answers.get("due"), "region": made.answers.get("region"),
            }, origin=FROM_DECISION)
    return len(new)


def _institutions(connection: Connection, decision: Record, meeting: str) -> list[dict[str, Answer]]:
    """Return whose task a decision is, each institution once, in the order of attendance."""
    element = decision.answers.get("element")
    came = [each for each in views.found(connection, Attendance, Where(parent=meeting))
            if element in (None, each.answers.get("element"))]
    named = [each for each in came if each.answers.get("institution") or each[Attendance.delegation]]
    asked = [dict(_institution(each)) for each in named]
    asked = asked or [{"institution": decision.answers.get("responsible"), "element": element}]
    once = {_named(each): each for each in asked if each.get("institution")}
    return list(once.values())


def _institution(came: Record) -> Iterator[tuple[str, Answer]]:
    delegation, element = came[Attendance.delegation], came.answers.get("element")
    name = str(came.answers.get("institution") or say(came.show(Attendance.element)))
    where = region_name(delegation) if delegation else ""
    yield "institution", name if not where or where in name else f"{name}, {where}"
    yield "element", element
    yield "delegation", delegation


def _named(answers: Mapping[str, Answer]) -> str:
    return str(answers.get("institution") or "").casefold()


def _whose(task: Record) -> str:
    return _named(task.answers)


def begin(workspace: Workspace, form: type[Form], decision: str, area: str) -> str:
    """Return the draft of a commitment, a target or a need that a decision becomes; `area` is that in sight."""
    with workspace.asking() as connection:
        made = _one(connection, Decision, decision)
        answers = {"decision": decision, **_prepared(connection, form, made)}
    place = str(made.answers.get("region") or "") or area
    answers["region"] = site_of(form, place)
    record = new_id()
    keyed_drafts.keep(workspace, form, record, {key: value for key, value in answers.items() if value is not None},
                      _FIRST[form.key])
    return record


_FIRST = {Commitment.key: Commitment.amount.key, Target.key: Target.indicator.key, Need.key: Need.criterion.key}


def _prepared(connection: Connection, form: type[Form], decision: Record) -> dict[str, Answer]:
    text, due = decision.answers.get("text"), str(decision.answers.get("due") or "")
    year = int(due[:4]) if due[:4].isdigit() else None
    if form is Need:
        return {"what": text, "year": year}
    if form is Target:
        return {"end_year": year, "decree": str(text or "")[:_LONGEST] or None}
    who = str(decision.answers.get("responsible") or "")
    giver = next((each.id for each in views.found(connection, Stakeholder)
                  if each.show(Stakeholder.name).casefold() == who.casefold()), None)
    return {"who": who or None, "stakeholder": giver, "what": text, "due": due or None, "year": year,
            "reached": "disepakati"}


def _one(connection: Connection, form: type[Form], record: str) -> Record:
    found = next(views.found(connection, form, Where(id=record)), None)
    if found is None:
        raise Trouble(
            say("Keputusan ini tidak ada lagi."), remedy=say("Kembali ke pertemuannya, lalu pilih yang lain."),
            code="F03",
        )
    return found
