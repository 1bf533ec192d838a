"""Where a record of a table opens."""

from p2kp_desktop.actions.tables.form_table import RecordLine
from p2kp_desktop.actions.tables.household_pages import DRAFT
from p2kp_desktop.forms import Comment, Household
from p2kp_desktop.schema import Form
from p2kp_desktop.schema.places import seen_from
from p2kp_desktop.ui.place import Destination, Scope

FORM = "form"  # the key of the place that shows forms


def destination_of(form: type[Form], line: RecordLine, scope: Scope) -> Destination:
    """Return where a record opens: a comment at the question it is about."""
    answers = line.record.answers
    where = Scope(seen_from(scope.area, str(answers.get("region") or "")), str(answers.get("rt") or "") or scope.rt,
                  str(answers.get("period") or scope.period))
    if form is Comment:
        about = str(answers.get(Comment.about.key) or "")
        return Destination(FORM, where, Household.key, str(answers.get("parent") or ""), about)
    return Destination(FORM, where, form.key, line.id, draft=line.standing == DRAFT)
