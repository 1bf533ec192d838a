"""From a line of the list of residents to its household: one that was begun already, or a new draft."""

from p2kp_desktop import environment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Answer, Record, is_begun_from, new_id
from p2kp_desktop.schema.values import Unreadable
from p2kp_desktop.store import Connection, Workspace, history, records, views
from p2kp_desktop.store.facts import facts

from . import keyed_drafts


def begin(workspace: Workspace, line: str) -> str:
    """Return the draft of a household with the place, number and name of a line filled in; made unless it waits.

    It begins with what the next paper of a stack begins with, as the household has it that was saved last here.
    Raises Trouble for a line that is not there.
    """
    with workspace.asking() as connection:
        found = next(views.found(connection, Resident, views.Where(id=line)), None)
        carried = _carried(connection)
    if found is None:
        raise Trouble(say("Baris ini tidak ada lagi."), remedy=say("Muat ulang daftarnya."), code="D12")
    for draft in keyed_drafts.waiting(workspace):
        if draft.form == Household.key and is_begun_from(draft.id, line):
            return draft.id
    ident = new_id(line)
    keyed_drafts.keep(workspace, Household, ident, carried | _known(found), "")
    return ident


def _carried(connection: Connection) -> dict[str, Answer]:
    """Return the answers that the household last saved today, by the person who works here, leaves to the next one."""
    about = facts(connection)
    row = history.last_of(connection, about.node, Household.key)
    if row is None or row.save.person != about.person or row.save.time[:10] != environment.now()[:10]:
        return {}
    before = records.read(connection, Household.key, [row.record]).get(row.record)
    values = before.values() if before else {}
    keys = (question.key for question in Household.carried)
    return {key: values[key] for key in keys if values.get(key) is not None}


def _known(line: Record) -> dict[str, Answer]:
    answers = {key: line.answers.get(key) for key in ("region", "rt", "period")}
    for question, said in (
        (Household.building, line[Resident.house_number]), (Household.head_name, line[Resident.head_name])
    ):
        try:
            answers[question.key] = question.read(said) if said else None
        except Unreadable:
            continue
    return {key: value for key, value in answers.items() if value is not None}
