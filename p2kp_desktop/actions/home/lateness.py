"""What was promised and is past its day: decisions of meetings, and commitments that nobody has paid out."""

import datetime
from dataclasses import dataclass

from p2kp_desktop import environment
from p2kp_desktop.actions.community import meetings, partners
from p2kp_desktop.actions.community.needs import CANCELLED
from p2kp_desktop.forms.collaboration import Commitment
from p2kp_desktop.forms.meeting import Decision
from p2kp_desktop.store import Workspace

PAID = "cair"


@dataclass(frozen=True)
class Late:
    """A decision or commitment past its day (`due`, ISO 8601), by so many days; `who` promised it."""

    form: str
    id: str
    region: str
    who: str
    what: str
    due: str
    days: int
    amount: int | None = None


def late(workspace: Workspace, area: str) -> list[Late]:
    """Return what is late in an area, what is late longest first."""
    today = datetime.date.fromisoformat(environment.now()[:10])
    decided = [
        Late(Decision.key, each.decision, each.region, each.responsible, each.text, each.due, _days(each.due, today))
        for each in meetings.open_decisions(workspace, area) if each.late
    ]
    promised = [
        Late(Commitment.key, each.id, "", each.who, each.what, due, _days(due, today), each.amount)
        for partner in partners.partners(workspace, area) for each in partner.promises
        if each.year and (due := f"{each.year}-12-31") < today.isoformat() and each.reached not in (PAID, CANCELLED)
    ]
    return sorted((*decided, *promised), key=lambda each: (-each.days, each.who))


def _days(due: str, today: datetime.date) -> int:
    return (today - datetime.date.fromisoformat(due[:10])).days
