"""What a record is judged by beside itself: other reports of an activity, clauses, RTs, and who gave its answers."""

from collections.abc import Callable, Iterator, Mapping

from p2kp_desktop.forms import Rt
from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.forms.agreement import Agreement, Clause, Incentive, Violation
from p2kp_desktop.language import say
from p2kp_desktop.schema import HARD, Answer, Form, Problem, Record
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.review import is_by_reviewer
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


def uncounted(form: type[Form], version: Version) -> Iterator[Problem]:
    """Yield the answers that count only from an office that reviews, and were given by none."""
    values = version.values()
    for each in form.by_reviewers:
        if values.get(each.key) and not is_by_reviewer(version, each.key):
            said = say("Hanya berlaku bila diisi kabupaten/kota atau provinsi; ini diisi fasilitator.")
            yield Problem(each.key, said, HARD)


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
