"""From a line of the list of residents to its household: one that was begun already, or a new draft."""

from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Answer, Record, new_id
from p2kp_desktop.schema.values import Unreadable
from p2kp_desktop.store import Workspace, views

from . import drafting


def begin(workspace: Workspace, line: str) -> str:
    """Return the draft of a household with the place, number and name of a line filled in; made unless it waits.

    Raises Trouble for a line that is not there.
    """
    with workspace.asking() as connection:
        found = next(views.found(connection, Resident, views.Where(id=line)), None)
    if found is None:
        raise Trouble(say("Baris ini tidak ada lagi."), remedy=say("Muat ulang daftarnya."), code="D01")
    answers = _known(found)
    for draft in drafting.waiting(workspace):
        if draft.form == Household.key and all(draft.answers.get(key) == value for key, value in answers.items()):
            return draft.id
    ident = new_id()
    drafting.keep(workspace, Household, ident, answers, "")
    return ident


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
