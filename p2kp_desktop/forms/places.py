"""Words for the heads of the forms: where the window lists their records, and which of its figures they change."""

from p2kp_desktop.schema.forms import ALL_DATA

__all__ = ["AGREEMENTS", "ALL_DATA", "BOWL", "COLLABORATION", "COLLECTING", "MEETINGS", "READINESS", "SCORES", "WAYS"]

# Places of the window, by the keys they have there; without one of them a form is listed in Semua data. The bowl lists
# whatever names it; the pages of the other places are each made for their forms.
COLLECTING, BOWL, AGREEMENTS, MEETINGS, COLLABORATION, WAYS = (
    "collecting", "bowl", "agreements", "meetings", "collaboration", "ways"
)

# Figures: how an RT scores and what was counted there; how ready a kelurahan is (Mangkuk Masyarakat).
SCORES, READINESS = "scores", "readiness"
