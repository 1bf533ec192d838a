"""What is unlikely about a record beside others: reports of the same activity, clauses of the same agreement."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.forms.agreement import Agreement, Incentive, Violation
from p2kp_desktop.schema import Problem, Record
from p2kp_desktop.schema.records import WHY

from . import instalments, references

_JUDGES: Mapping[str, Callable[[Record, Sequence[Record]], Iterator[Problem]]] = {
    Activity.key: instalments.of_activity, Progress.key: instalments.of_report, Agreement.key: references.of_rts,
    Violation.key: references.of_clause, Incentive.key: references.of_clause,
}


def problems(record: Record, others: Sequence[Record]) -> Iterator[Problem]:
    """Yield what is unlikely in a record beside others (recording.records_beside), with notes that explain it."""
    judge = _JUDGES.get(record.form.key)
    for each in judge(record, others) if judge else ():
        yield replace(each, note=str(record.answers.get(f"{WHY}{each.question}") or ""))
