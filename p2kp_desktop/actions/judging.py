"""The records beside which one is judged: the reports of an activity, the other reports of the same one."""

from collections.abc import Mapping

from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.schema import Answer, Form, Record
from p2kp_desktop.store import Connection, views
from p2kp_desktop.store.views import Where


def beside(
    connection: Connection, form: type[Form], record: str, answers: Mapping[str, Answer]
) -> tuple[Record, ...]:
    """Return the records beside which this one is judged (rules/instalments.py), none for most forms."""
    above = {Activity.key: record, Progress.key: str(answers.get("parent") or "")}.get(form.key)
    reports = views.found(connection, Progress, Where(parent=above)) if above else ()
    return tuple(each for each in reports if each.id != record)
