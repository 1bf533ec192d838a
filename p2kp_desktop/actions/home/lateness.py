"""What was promised and is past its day: decisions of meetings, and commitments that are not kept."""

import datetime
from dataclasses import dataclass

from p2kp_desktop import environment
from p2kp_desktop.actions.collaboration import commitments
from p2kp_desktop.actions.community import meetings
from p2kp_desktop.forms.collaboration import Commitment
from p2kp_desktop.forms.meeting import Decision
from p2kp_desktop.store import Workspace


@dataclass(frozen=True)
class LatePromise:
    """A decision or commitment past its day (`due`, ISO 8601), by so many days; `who` promised it."""

    form: str
    id: str
    region: str
    who: str
    what: str
    due: str
    days: int
    amount: int | None = None


def late(workspace: Workspace, area: str) -> list[LatePromise]:
    """Return the late commitments and decisions of an area, the latest first."""
    today = environment.today()
    decided = [
        LatePromise(Decision.key, each.decision, each.region, each.responsible, each.text, each.due,
                    _days(each.due, today))
        for each in meetings.open_decisions(workspace, area) if each.late
    ]
    promised = [
        LatePromise(Commitment.key, each.id, each.region, each.who, each.what, due.isoformat(), (today - due).days,
             each.amount or None)
        for each in commitments.promises(workspace, area) if each.is_late and (due := each.pledge.due)
    ]
    return sorted((*decided, *promised), key=lambda each: (-each.days, each.who))


def _days(due: str, today: datetime.date) -> int:
    return (today - datetime.date.fromisoformat(due[:10])).days
