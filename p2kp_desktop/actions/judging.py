"""The records beside which one is judged: other reports of an activity, the clauses of an agreement, the RTs."""

from collections.abc import Callable, Iterator, Mapping

from p2kp_desktop.forms import Rt
from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.forms.agreement import Agreement, Clause, Incentive, Violation
from p2kp_desktop.schema import Answer, Form, Record
from p2kp_desktop.store import Connection, views
from p2kp_desktop.store.views import Where

Beside = Callable[[Connection, str, str], Iterator[Record]]  # by the record's id or what it belongs to, and where


def beside(
    connection: Connection, form: type[Form], record: str, answers: Mapping[str, Answer]
) -> tuple[Record, ...]:
    """Return the records beside which this one is judged (rules/beside.py), none for most forms."""
    if form.key not in _FOUND:
        return ()
    parent, region = str(answers.get("parent") or record), str(answers.get("region") or "")
    return tuple(each for each in _FOUND[form.key](connection, parent, region) if each.id != record)


def _reports(connection: Connection, activity: str, _region: str) -> Iterator[Record]:
    return views.found(connection, Progress, Where(parent=activity))


def _clauses(connection: Connection, agreement: str, _region: str) -> Iterator[Record]:
    """Yield every clause an agreement has or had: what was broken then may be gone now."""
    for deleted in (False, True):
        yield from views.found(connection, Clause, Where(parent=agreement, deleted=deleted))


def _rts(connection: Connection, _agreement: str, region: str) -> Iterator[Record]:
    return views.found(connection, Rt, Where(area=region or None))


_FOUND: Mapping[str, Beside] = {
    Activity.key: _reports, Progress.key: _reports, Violation.key: _clauses, Incentive.key: _clauses,
    Agreement.key: _rts,
}
