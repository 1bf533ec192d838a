"""The forms, in menu order. To add a form, write it in a file of its own and list it here."""

from p2kp_desktop.schema import Form, Unreadable

from .activity import Activity, Progress
from .agreement import Agreement, Attachment, Clause, FormerVersion, Incentive, Signature, Violation, Visit
from .approval import Approval
from .collaboration import Commitment, Need, Policy, Stakeholder
from .comment import Comment
from .household import Household
from .institutions import (
    Bkm,
    BkmUnit,
    BkmYear,
    Election,
    Forum,
    Kpp,
    Ksm,
    PlanDocument,
    Pokja,
    Tipp,
    Training,
    VillageProfile,
    Volunteers,
)
from .kawasan import Kawasan
from .meeting import Attendance, Attendee, Decision, Meeting, Talk
from .period import Period
from .readiness_rule import ReadinessRule
from .resident import Resident
from .rt import Rt
from .rt_recap import RtRecap
from .rt_survey import RtSurvey

FORMS: tuple[type[Form], ...] = (
    *(Household, RtSurvey, RtRecap, Rt, Resident, Kawasan, Period),
    *(VillageProfile, Bkm, BkmYear, Election, BkmUnit, Ksm, Kpp, Tipp, Volunteers, Training, PlanDocument),
    *(Forum, Pokja, ReadinessRule),
    *(Agreement, FormerVersion, Clause, Signature, Visit, Violation, Incentive),
    *(Meeting, Talk, Attendance, Attendee, Decision),
    *(Need, Stakeholder, Commitment, Activity, Progress, Policy, Attachment, Comment, Approval),
)

# The forms whose records take scans and photos
WITH_FILES: tuple[type[Form], ...] = (
    *(Bkm, Election, Ksm, Kpp, Tipp, Training, PlanDocument, Forum, Pokja),
    *(Agreement, Meeting, Activity, Progress, Policy),
)

_BY_KEY = {form.key: form for form in FORMS}

__all__ = [
    "FORMS", "WITH_FILES", "Approval", "Comment", "Household", "Kawasan", "Period", "Resident", "Rt", "RtRecap",
    "RtSurvey", "form",
]


def form(key: str) -> type[Form]:
    """Return the form with this key; raise Unreadable, which names those that exist."""
    found = _BY_KEY.get(key)
    if found is None:
        raise Unreadable(f"Formulir «{key}» tidak dikenal. Yang ada: {', '.join(_BY_KEY)}.")
    return found
